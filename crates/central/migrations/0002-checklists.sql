-- Checklists by post: each text once, known by the hash of its content. A withdrawn one stays for what was begun with it.
CREATE TABLE checklists (
    id        BLOB PRIMARY KEY,
    post      TEXT NOT NULL REFERENCES posts (code),
    content   BLOB NOT NULL,
    name      TEXT NOT NULL,
    version   INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    body      TEXT NOT NULL,
    UNIQUE (post, content),
    UNIQUE (post, name, version)
) STRICT, WITHOUT ROWID;

-- The feed tells of them too. The numbers go on where they were: cursors of workstations stay good.
CREATE TABLE changes_with_checklists (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    post    TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('inspection', 'entry', 'officer', 'checklist')),
    subject BLOB NOT NULL,
    UNIQUE (kind, subject)
) STRICT;
INSERT INTO changes_with_checklists SELECT seq, post, kind, subject FROM changes;
INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq)
SELECT (SELECT rowid FROM sqlite_sequence WHERE name = 'changes_with_checklists'), 'changes_with_checklists', seq
FROM sqlite_sequence WHERE name = 'changes';
DROP TABLE changes;
ALTER TABLE changes_with_checklists RENAME TO changes;
CREATE INDEX changes_by_post ON changes (post, seq);
