-- Every key the central has ever told of an officer. They stay when the officer leaves the post: old entries are
-- verified with them.
CREATE TABLE officer_keys (
    officer BLOB NOT NULL,
    key     TEXT NOT NULL,
    PRIMARY KEY (officer, key)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO officer_keys (officer, key)
SELECT o.id, lower(k.value) FROM officers o, json_each(o.body, '$.keys') k;

-- What the journal holds came from the central, which takes an entry only with a key that its author has bound, or
-- was signed here.
INSERT OR IGNORE INTO officer_keys (officer, key)
SELECT DISTINCT unhex(json_extract(payload, '$.author'), '-'), lower(key) FROM journal;
