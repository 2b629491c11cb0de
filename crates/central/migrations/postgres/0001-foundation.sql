-- The central's state in PostgreSQL: the tables of the embedded store, after its fourth migration. Times are RFC 3339
-- in UTC, texts as there; identifiers are 16 bytes; hashes are 32 bytes. Texts compare by their bytes.

CREATE TABLE meta (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE posts (
    code     TEXT COLLATE "C" PRIMARY KEY,
    position BIGINT NOT NULL,
    body     TEXT NOT NULL
);

CREATE TABLE officers (
    id       BYTEA PRIMARY KEY,
    post     TEXT COLLATE "C" NOT NULL REFERENCES posts (code),
    position BIGINT NOT NULL,
    body     TEXT NOT NULL,
    pin_hash TEXT NOT NULL
);

CREATE TABLE officer_keys (
    officer  BYTEA NOT NULL REFERENCES officers (id),
    device   BYTEA NOT NULL,
    key      TEXT COLLATE "C" NOT NULL,
    bound_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (officer, device, key)
);

CREATE TABLE devices (
    id          BYTEA PRIMARY KEY,
    post        TEXT COLLATE "C" NOT NULL REFERENCES posts (code),
    enrolled_at TEXT NOT NULL
);

CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY,
    officer    BYTEA NOT NULL REFERENCES officers (id),
    device     BYTEA NOT NULL REFERENCES devices (id),
    expires_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE inspections (
    id      BYTEA PRIMARY KEY,
    post    TEXT COLLATE "C" NOT NULL REFERENCES posts (code),
    version BIGINT NOT NULL,
    body    TEXT NOT NULL
);

CREATE TABLE entries (
    device      BYTEA NOT NULL,
    sequence    BIGINT NOT NULL,
    id          BYTEA NOT NULL,
    hash        BYTEA NOT NULL,
    inspection  BYTEA,
    received_at TEXT COLLATE "C" NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused', 'conflict')),
    code        TEXT,
    detail      TEXT,
    payload     TEXT NOT NULL,
    signature   TEXT NOT NULL,
    key         TEXT NOT NULL,
    accepted    BIGINT,
    PRIMARY KEY (device, sequence)
);

CREATE UNIQUE INDEX entries_by_id ON entries (id) WHERE outcome = 'accepted';
CREATE INDEX entries_by_inspection ON entries (inspection, accepted) WHERE outcome = 'accepted';
CREATE INDEX entries_by_arrival ON entries (received_at, accepted) WHERE outcome = 'accepted';

CREATE FUNCTION entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an accepted entry is never changed, and none is deleted';
END $$;

CREATE TRIGGER entries_accepted_stay BEFORE UPDATE ON entries FOR EACH ROW WHEN (old.outcome = 'accepted')
EXECUTE FUNCTION entries_stay();
CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION entries_stay();
CREATE TRIGGER entries_are_not_emptied BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();

CREATE TABLE feeds (
    post TEXT COLLATE "C" PRIMARY KEY,
    head BIGINT NOT NULL
);

CREATE TABLE changes (
    post    TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL CHECK (kind IN ('inspection', 'entry', 'officer', 'checklist')),
    subject BYTEA NOT NULL,
    PRIMARY KEY (post, seq),
    UNIQUE (kind, subject)
);

CREATE TABLE uploads (
    id         TEXT COLLATE "C" PRIMARY KEY,
    device     BYTEA NOT NULL,
    blob       BYTEA NOT NULL,
    length     BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    finished   BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE checklists (
    id        BYTEA PRIMARY KEY,
    post      TEXT COLLATE "C" NOT NULL REFERENCES posts (code),
    content   BYTEA NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,
    version   BIGINT NOT NULL,
    withdrawn BIGINT NOT NULL CHECK (withdrawn IN (0, 1)),
    body      TEXT NOT NULL,
    UNIQUE (post, content),
    UNIQUE (post, name, version)
);

CREATE TABLE receivers (
    name TEXT COLLATE "C" PRIMARY KEY,
    body TEXT NOT NULL,
    gone BIGINT NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
);

CREATE TABLE notices (
    number     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    receiver   TEXT COLLATE "C" NOT NULL,
    inspection BYTEA NOT NULL,
    subject    TEXT COLLATE "C" NOT NULL,
    body       TEXT NOT NULL,
    written_at TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
    tries      BIGINT NOT NULL DEFAULT 0,
    due        BIGINT NOT NULL,
    answer     TEXT
);

CREATE INDEX notices_waiting ON notices (receiver, due) WHERE state = 'waiting';
CREATE INDEX notices_in_order ON notices (receiver, inspection, number);
CREATE INDEX notices_by_state ON notices (state, receiver);
