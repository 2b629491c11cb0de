-- Who is told of inspections, holds and releases: as the folder given to `--webhooks` says.
CREATE TABLE receivers (
    name    TEXT PRIMARY KEY,
    -- The file as read: address, secrets, posts and topics.
    body    TEXT NOT NULL,
    -- It has answered 410: nothing is sent until its file changes or dead notices are sent again.
    gone    INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT, WITHOUT ROWID;

-- What is to be told, a row for each receiver, written in the transaction of the act that it tells of.
CREATE TABLE notices (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The same in every delivery: by it a receiver knows one that it has had.
    id         TEXT NOT NULL UNIQUE,
    receiver   TEXT NOT NULL,
    inspection BLOB NOT NULL,
    -- What a later notice makes outdated: the order, the release, or one hold.
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    written_at TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
    tries      INTEGER NOT NULL DEFAULT 0,
    -- The moment of the next try, milliseconds since 1970. While one is under way it lies behind its end.
    due        INTEGER NOT NULL,
    -- What came of the last try, in words.
    answer     TEXT
) STRICT;

CREATE INDEX notices_waiting ON notices (receiver, due) WHERE state = 'waiting';
CREATE INDEX notices_in_order ON notices (receiver, inspection, number);
CREATE INDEX notices_by_state ON notices (state, receiver);
