-- The flags that the source's messages had when they were last carried over: a row for each distinct set of flags with the
-- UIDs that have it, as sequence-set text. They hold for the folder's UIDVALIDITY; a later row wins over an earlier one.
CREATE TABLE flag_sets (
    id         INTEGER PRIMARY KEY,
    folder_id  INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    flags      TEXT    NOT NULL,
    uids       TEXT    NOT NULL
) STRICT;
CREATE INDEX flag_sets_folder ON flag_sets (folder_id);

-- source_items: messages listed when the folder was last synced whole. missing: UIDs of messages that the target has and
-- the source no longer had.
ALTER TABLE folders ADD COLUMN source_items INTEGER NOT NULL DEFAULT 0;
ALTER TABLE folders ADD COLUMN missing TEXT NOT NULL DEFAULT '';

-- Whether what is gone at the source is removed at the target, and how many messages at most in one pass; empty = the
-- built-in limits.
ALTER TABLE batches ADD COLUMN remove_missing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN remove_missing_limit INTEGER;
