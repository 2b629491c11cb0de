-- The central's state. Times are RFC 3339 in UTC; identifiers are 16 bytes; hashes are 32 bytes.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE posts (
    code     TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    body     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `body` is the officer's JSON without keys; they stand in `officer_keys`.
CREATE TABLE officers (
    id       BLOB PRIMARY KEY,
    post     TEXT NOT NULL REFERENCES posts (code),
    position INTEGER NOT NULL,
    body     TEXT NOT NULL,
    pin_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys stay for ever: old entries are verified with them.
CREATE TABLE officer_keys (
    officer  BLOB NOT NULL REFERENCES officers (id),
    device   BLOB NOT NULL,
    key      TEXT NOT NULL,
    bound_at TEXT NOT NULL,
    PRIMARY KEY (officer, device, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
    id          BLOB PRIMARY KEY,
    post        TEXT NOT NULL REFERENCES posts (code),
    enrolled_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Only the hash of a token is kept.
CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    officer    BLOB NOT NULL REFERENCES officers (id),
    device     BLOB NOT NULL REFERENCES devices (id),
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A rowid table: bodies are a few kilobytes and are appended, not sorted in by their identifier.
CREATE TABLE inspections (
    id      BLOB PRIMARY KEY,
    post    TEXT NOT NULL REFERENCES posts (code),
    version INTEGER NOT NULL,
    body    TEXT NOT NULL
) STRICT;

-- Every entry that could be placed in its device's chain, whatever became of it. A refused one keeps its place, so
-- that the ones after it can follow.
CREATE TABLE entries (
    device      BLOB NOT NULL,
    sequence    INTEGER NOT NULL,
    id          BLOB NOT NULL,
    hash        BLOB NOT NULL,
    inspection  BLOB,
    received_at TEXT NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused', 'conflict')),
    code        TEXT,
    detail      TEXT,
    payload     TEXT NOT NULL,
    signature   TEXT NOT NULL,
    key         TEXT NOT NULL,
    accepted    INTEGER,
    PRIMARY KEY (device, sequence)
) STRICT;

CREATE UNIQUE INDEX entries_by_id ON entries (id) WHERE outcome = 'accepted';
CREATE INDEX entries_by_inspection ON entries (inspection, accepted) WHERE outcome = 'accepted';
CREATE INDEX entries_by_acceptance ON entries (accepted) WHERE outcome = 'accepted';

CREATE TRIGGER entries_accepted_stay BEFORE UPDATE ON entries WHEN old.outcome = 'accepted'
BEGIN SELECT raise(ABORT, 'an accepted entry is never changed'); END;
CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'an entry is never deleted'); END;

-- What each post may see, in order. One row per subject: a new version takes a new place at the end.
CREATE TABLE changes (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    post    TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('inspection', 'entry', 'officer')),
    subject BLOB NOT NULL,
    UNIQUE (kind, subject)
) STRICT;

CREATE INDEX changes_by_post ON changes (post, seq);

CREATE TABLE uploads (
    id         TEXT PRIMARY KEY,
    device     BLOB NOT NULL,
    blob       BLOB NOT NULL,
    length     INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    finished   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
