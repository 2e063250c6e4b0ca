-- What is set for all batches.
CREATE TABLE settings (
    name   TEXT NOT NULL PRIMARY KEY,
    value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The administrator's sign-in of a target server, which opens every mailbox, and how it names the mailbox.
ALTER TABLE endpoints ADD COLUMN admin_name TEXT;
ALTER TABLE endpoints ADD COLUMN admin_password BLOB;
ALTER TABLE endpoints ADD COLUMN admin_form TEXT NOT NULL DEFAULT 'MasterUser';

-- A user's own sign-in at the target server; empty = the address, the administrator's password.
ALTER TABLE users ADD COLUMN target_user_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN target_password BLOB;
