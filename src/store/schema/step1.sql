-- Times are milliseconds since 1970 in UTC. Keys (name_key, address_key) are the lower-case forms that names are found by.

CREATE TABLE schema_steps (
    number   INTEGER PRIMARY KEY,
    checksum TEXT NOT NULL
) STRICT;

CREATE TABLE endpoints (
    id                INTEGER PRIMARY KEY,
    guid              TEXT    NOT NULL UNIQUE,
    name              TEXT    NOT NULL,
    name_key          TEXT    NOT NULL UNIQUE,
    kind              TEXT    NOT NULL,
    host              TEXT    NOT NULL,
    port              INTEGER NOT NULL,
    security          TEXT    NOT NULL,
    authentication    TEXT    NOT NULL,
    accept_untrusted  INTEGER NOT NULL,
    max_migrations    INTEGER,
    max_incrementals  INTEGER,
    created_at        INTEGER NOT NULL,
    modified_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE mailboxes (
    id            INTEGER PRIMARY KEY,
    guid          TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL UNIQUE,
    alias         TEXT    NOT NULL,
    alias_key     TEXT    NOT NULL,
    display_name  TEXT    NOT NULL,
    first_name    TEXT    NOT NULL,
    last_name     TEXT    NOT NULL,
    address       TEXT    NOT NULL,
    address_key   TEXT    NOT NULL UNIQUE,
    upn           TEXT    NOT NULL,
    upn_key       TEXT    NOT NULL UNIQUE,
    password      BLOB,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE batches (
    id                     INTEGER PRIMARY KEY,
    guid                   TEXT    NOT NULL UNIQUE,
    name                   TEXT    NOT NULL,
    name_key               TEXT    NOT NULL UNIQUE,
    status                 TEXT    NOT NULL,
    wanted                 TEXT    NOT NULL,
    endpoint_id            INTEGER NOT NULL REFERENCES endpoints (id),
    target_endpoint_id     INTEGER REFERENCES endpoints (id),
    excluded_folders       TEXT    NOT NULL,
    included_folders       TEXT    NOT NULL,
    notification_emails    TEXT    NOT NULL,
    time_zone              TEXT    NOT NULL,
    submitted_by           TEXT    NOT NULL,
    allow_incrementals     INTEGER NOT NULL,
    allow_unknown_columns  INTEGER NOT NULL,
    auto_retry_count       INTEGER NOT NULL,
    bad_item_limit         INTEGER,
    large_item_limit       INTEGER,
    report_interval_ms     INTEGER NOT NULL,
    skip_reports           INTEGER NOT NULL,
    total_rows             INTEGER NOT NULL,
    message                TEXT    NOT NULL,
    created_at             INTEGER NOT NULL,
    started_at             INTEGER,
    initial_sync_at        INTEGER,
    last_synced_at         INTEGER,
    finalized_at           INTEGER,
    start_after            INTEGER,
    complete_after         INTEGER
) STRICT;
CREATE INDEX batches_endpoint ON batches (endpoint_id);

-- Rows of the CSV file that were refused.
CREATE TABLE rejected_rows (
    batch_id   INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    row        INTEGER NOT NULL,
    address    TEXT    NOT NULL,
    user_name  TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    PRIMARY KEY (batch_id, row)
) STRICT, WITHOUT ROWID;

-- due: a run is wanted. initial_done: all mail was copied once. since_at: since when in this status.
CREATE TABLE users (
    id               INTEGER PRIMARY KEY,
    guid             TEXT    NOT NULL UNIQUE,
    batch_id         INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    row              INTEGER NOT NULL,
    address          TEXT    NOT NULL,
    address_key      TEXT    NOT NULL,
    user_name        TEXT    NOT NULL,
    user_root        TEXT    NOT NULL,
    password         BLOB    NOT NULL,
    status           TEXT    NOT NULL,
    due              INTEGER NOT NULL,
    due_at           INTEGER,
    attempts         INTEGER NOT NULL DEFAULT 0,
    initial_done     INTEGER NOT NULL DEFAULT 0,
    triggered        TEXT    NOT NULL DEFAULT '',
    score            TEXT,
    error_id         TEXT,
    error_class      TEXT,
    error_message    TEXT,
    error_at         INTEGER,
    mailbox_guid     TEXT,
    total_items      INTEGER NOT NULL DEFAULT 0,
    copied_items     INTEGER NOT NULL DEFAULT 0,
    adopted_items    INTEGER NOT NULL DEFAULT 0,
    skipped_items    INTEGER NOT NULL DEFAULT 0,
    vanished_items   INTEGER NOT NULL DEFAULT 0,
    metadata_losses  INTEGER NOT NULL DEFAULT 0,
    total_bytes      INTEGER NOT NULL DEFAULT 0,
    copied_bytes     INTEGER NOT NULL DEFAULT 0,
    created_at       INTEGER NOT NULL,
    started_at       INTEGER,
    initial_sync_at  INTEGER,
    last_sync_at     INTEGER,
    since_at         INTEGER NOT NULL,
    queued_ms        INTEGER NOT NULL DEFAULT 0,
    progress_ms      INTEGER NOT NULL DEFAULT 0,
    stalled_ms       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (batch_id, address_key)
) STRICT;
-- its end is the row id, so that the queue is read in order
CREATE INDEX users_status ON users (batch_id, status, due);
CREATE INDEX users_due_at ON users (batch_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX users_address ON users (address_key);

-- A source folder of a user, known by its name as it is on the wire. The item counts hold for the UIDVALIDITY of the row.
CREATE TABLE folders (
    id                   INTEGER PRIMARY KEY,
    user_id              INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    source_name          BLOB    NOT NULL,
    display_name         TEXT    NOT NULL,
    target_name          TEXT    NOT NULL,
    uid_validity         INTEGER NOT NULL,
    uid_next             INTEGER NOT NULL DEFAULT 0,
    highest_modseq       INTEGER NOT NULL DEFAULT 0,
    target_uid_validity  INTEGER NOT NULL DEFAULT 0,
    total_items          INTEGER NOT NULL DEFAULT 0,
    copied_items         INTEGER NOT NULL DEFAULT 0,
    adopted_items        INTEGER NOT NULL DEFAULT 0,
    skipped_items        INTEGER NOT NULL DEFAULT 0,
    vanished_items       INTEGER NOT NULL DEFAULT 0,
    total_bytes          INTEGER NOT NULL DEFAULT 0,
    copied_bytes         INTEGER NOT NULL DEFAULT 0,
    synced_at            INTEGER,
    UNIQUE (user_id, source_name)
) STRICT;

-- One row per group of messages sent, never per message. done 0: intent; done 1: the target has them.
-- UID sets are IMAP sequence-set text.
CREATE TABLE journal (
    id                   INTEGER PRIMARY KEY,
    folder_id            INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    uid_validity         INTEGER NOT NULL,
    uids                 TEXT    NOT NULL,
    messages             INTEGER NOT NULL,
    bytes                INTEGER NOT NULL,
    done                 INTEGER NOT NULL,
    adopted              INTEGER NOT NULL DEFAULT 0,
    target_uid_validity  INTEGER,
    target_uid_next      INTEGER,
    target_uids          TEXT,
    at                   INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_folder ON journal (folder_id, uid_validity);

-- Items that were not copied. folder_id is empty for a folder that could not be opened.
CREATE TABLE skipped_items (
    id             INTEGER PRIMARY KEY,
    user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    folder_id      INTEGER REFERENCES folders (id) ON DELETE CASCADE,
    uid_validity   INTEGER,
    uid            INTEGER,
    kind           TEXT    NOT NULL,
    folder_name    TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    sender         TEXT    NOT NULL,
    recipient      TEXT    NOT NULL,
    date_sent      INTEGER,
    date_received  INTEGER,
    size           INTEGER NOT NULL,
    reason         TEXT    NOT NULL,
    at             INTEGER NOT NULL,
    UNIQUE (folder_id, uid_validity, uid)
) STRICT;
CREATE INDEX skipped_items_user ON skipped_items (user_id);

CREATE TABLE report_entries (
    id        INTEGER PRIMARY KEY,
    batch_id  INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    user_id   INTEGER REFERENCES users (id) ON DELETE CASCADE,
    at        INTEGER NOT NULL,
    message   TEXT    NOT NULL
) STRICT;
CREATE INDEX report_entries_user ON report_entries (user_id, id);
CREATE INDEX report_entries_batch ON report_entries (batch_id, id);
