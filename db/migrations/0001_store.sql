-- The first schema. Ids are 16 bytes, content hashes 32; times are milliseconds since 1970 UTC.

-- Single values: the device's id and secret, the cursor, the epoch, the post.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE officers (
    id   BLOB PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What this device knows of an officer's secrets; the file around it is encrypted.
CREATE TABLE credentials (
    officer     BLOB PRIMARY KEY,
    signing_key BLOB,
    pin_salt    BLOB,
    pin_hash    BLOB,
    failures    INTEGER NOT NULL DEFAULT 0,
    failed_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    officer BLOB PRIMARY KEY,
    body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Snapshots as the central sent them. `generation` counts server epochs: what a restored server no longer
-- names is swept after its first complete pull.
CREATE TABLE inspections (
    id         BLOB PRIMARY KEY,
    version    INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    removed    INTEGER NOT NULL DEFAULT 0,
    body       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every entry, own and foreign: the signed text verbatim, and columns read from it.
CREATE TABLE journal (
    arrival     INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE,
    inspection  BLOB NOT NULL,
    device      BLOB NOT NULL,
    sequence    INTEGER NOT NULL,
    payload     TEXT NOT NULL,
    signature   TEXT NOT NULL,
    key         TEXT NOT NULL,
    hash        BLOB NOT NULL,
    UNIQUE (device, sequence)
) STRICT;
CREATE INDEX journal_inspection ON journal (inspection);

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- How far each entry of this device is: a pointer beside the journal, not a second queue.
CREATE TABLE outbox (
    entry       BLOB PRIMARY KEY REFERENCES journal (id),
    sequence    INTEGER NOT NULL,
    inspection  BLOB NOT NULL,
    author      BLOB NOT NULL,
    agency      TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    state       TEXT NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'accepted', 'refused', 'conflict', 'set-aside')),
    code        TEXT,
    detail      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (sequence) WHERE state = 'waiting';
CREATE INDEX outbox_inspection ON outbox (inspection, state, sequence);

-- The central's signed word for how far it has this device's chain, by epoch.
CREATE TABLE receipts (
    id       INTEGER PRIMARY KEY,
    epoch    TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    body     TEXT NOT NULL
) STRICT;

-- Changes that could not be taken in, kept word for word with the reason.
CREATE TABLE unreadable (
    id          INTEGER PRIMARY KEY,
    body        TEXT NOT NULL UNIQUE,
    reason      TEXT NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

-- The worklist: a projection, rebuilt from snapshots and journal at any time. `find` is the folded text that
-- the search looks through.
CREATE TABLE worklist (
    inspection BLOB PRIMARY KEY,
    priority   INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    slot_start INTEGER,
    slot_end   INTEGER,
    slot       TEXT,
    row        TEXT NOT NULL,
    find       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX worklist_order ON worklist (priority, since, inspection);
CREATE INDEX worklist_slot ON worklist (slot_start) WHERE slot_start IS NOT NULL;

-- Which blobs an inspection shows: radiographs of its snapshot, photos of its entries. A projection.
CREATE TABLE blob_links (
    inspection BLOB NOT NULL,
    hash       BLOB NOT NULL,
    scan       INTEGER NOT NULL,
    bytes      INTEGER,
    PRIMARY KEY (inspection, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_links_hash ON blob_links (hash);

CREATE TABLE drafts (
    officer    BLOB NOT NULL,
    inspection BLOB NOT NULL,
    form       TEXT NOT NULL,
    text       TEXT NOT NULL,
    saved_at   INTEGER NOT NULL,
    PRIMARY KEY (officer, inspection, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_inspection ON drafts (inspection, officer);

-- Blobs whose sealed file is complete on this disk.
CREATE TABLE blobs (
    hash       BLOB PRIMARY KEY,
    bytes      INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    name       TEXT NOT NULL,
    stored_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Blobs that own entries name: they go up, and stay here until the central has confirmed them.
CREATE TABLE uploads (
    hash        BLOB PRIMARY KEY,
    author      BLOB NOT NULL,
    state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'uploaded')),
    location    TEXT,
    code        TEXT,
    detail      TEXT,
    uploaded_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_pending ON uploads (hash) WHERE state = 'pending';
