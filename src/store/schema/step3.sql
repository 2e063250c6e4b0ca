-- A user's own times and limits; empty = the batch's. A limit of -1 is none.
ALTER TABLE users ADD COLUMN start_after INTEGER;
ALTER TABLE users ADD COLUMN complete_after INTEGER;
ALTER TABLE users ADD COLUMN bad_item_limit INTEGER;
ALTER TABLE users ADD COLUMN large_item_limit INTEGER;
-- completing: the next run is the last pass.
ALTER TABLE users ADD COLUMN completing INTEGER NOT NULL DEFAULT 0;
CREATE INDEX users_complete_after ON users (batch_id, complete_after) WHERE complete_after IS NOT NULL;
