-- Keys of the central under which receipts count: the first one that was seen, then those that a person accepted.
-- The last one is in force.
CREATE TABLE central_keys (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    since     INTEGER NOT NULL,
    by_person INTEGER NOT NULL CHECK (by_person IN (0, 1))
) STRICT;

-- Why a receipt does not fit this journal; NULL when it does.
ALTER TABLE receipts ADD COLUMN fault TEXT
    CHECK (fault IN ('not-signed', 'other-device', 'other-key', 'other-entry', 'missing-entry'));
CREATE INDEX receipts_covering ON receipts (epoch, sequence) WHERE fault IS NULL;
CREATE INDEX receipts_unfit ON receipts (id) WHERE fault IS NOT NULL;

INSERT INTO central_keys (key, since, by_person)
SELECT lower(json_extract(body, '$.key')), 1000 * unixepoch(json_extract(body, '$.at')), 0
FROM receipts ORDER BY id LIMIT 1;
