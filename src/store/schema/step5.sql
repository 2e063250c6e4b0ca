-- A mailbox elsewhere that is polled for a mailbox here. due_at: when it is next; empty = not by itself.
CREATE TABLE subscriptions (
    id               INTEGER PRIMARY KEY,
    guid             TEXT    NOT NULL UNIQUE,
    mailbox_id       INTEGER NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
    kind             TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    name_key         TEXT    NOT NULL,
    display_name     TEXT    NOT NULL,
    email_address    TEXT    NOT NULL,
    host             TEXT    NOT NULL,
    port             INTEGER NOT NULL,
    security         TEXT    NOT NULL,
    authentication   TEXT    NOT NULL,
    user_name        TEXT    NOT NULL,
    password         BLOB    NOT NULL,
    leave_on_server  INTEGER NOT NULL,
    enabled          INTEGER NOT NULL,
    status           TEXT    NOT NULL,
    detail           TEXT    NOT NULL,
    message          TEXT    NOT NULL,
    attempts         INTEGER NOT NULL DEFAULT 0,
    due_at           INTEGER,
    items            INTEGER NOT NULL DEFAULT 0,
    bytes            INTEGER NOT NULL DEFAULT 0,
    created_at       INTEGER NOT NULL,
    modified_at      INTEGER NOT NULL,
    synced_at        INTEGER,
    succeeded_at     INTEGER,
    UNIQUE (mailbox_id, name_key)
) STRICT;
CREATE INDEX subscriptions_due ON subscriptions (due_at) WHERE due_at IS NOT NULL;

-- What happened to a subscription, the last lines of it.
CREATE TABLE subscription_entries (
    id               INTEGER PRIMARY KEY,
    subscription_id  INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    at               INTEGER NOT NULL,
    message          TEXT    NOT NULL
) STRICT;
CREATE INDEX subscription_entries_of ON subscription_entries (subscription_id, id);

-- What a mailbox here has of an account elsewhere. It outlives the subscription: one that is made anew goes on where the old
-- one ended. validity: a number that is never the same again, for the names of files. settled: a poll came to its end, so that
-- what else the mailbox has was looked at.
CREATE TABLE maildrops (
    id           INTEGER PRIMARY KEY,
    address_key  TEXT    NOT NULL,
    account      TEXT    NOT NULL,
    validity     INTEGER NOT NULL,
    next_number  INTEGER NOT NULL DEFAULT 1,
    settled      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (address_key, account)
) STRICT;

-- A message of a POP3 account, some 45 bytes: its number among ours, 0 intended 1 stored 2 deleted there, hashes of its name
-- there and of all of it, its size as told there, and since when it is not listed any more.
CREATE TABLE maildrop_messages (
    maildrop_id  INTEGER NOT NULL REFERENCES maildrops (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    name         BLOB,
    content      BLOB    NOT NULL,
    size         INTEGER NOT NULL,
    gone_at      INTEGER,
    PRIMARY KEY (maildrop_id, number)
) STRICT, WITHOUT ROWID;

-- The messages of a folder of an IMAP account that the mailbox here has, as a set of UIDs.
CREATE TABLE maildrop_folders (
    maildrop_id   INTEGER NOT NULL REFERENCES maildrops (id) ON DELETE CASCADE,
    name          BLOB    NOT NULL,
    uid_validity  INTEGER NOT NULL,
    uids          TEXT    NOT NULL,
    PRIMARY KEY (maildrop_id, name)
) STRICT, WITHOUT ROWID;
