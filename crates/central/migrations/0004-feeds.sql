-- Each post's feed has numbers of its own, so that posts need not wait for each other where several transactions write at
-- once. They go on from the common number: cursors of workstations stay good.
CREATE TABLE feeds (
    post TEXT PRIMARY KEY,
    head INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO feeds (post, head)
SELECT code, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0) FROM posts;

CREATE TABLE changes_by_feed (
    post    TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('inspection', 'entry', 'officer', 'checklist')),
    subject BLOB NOT NULL,
    PRIMARY KEY (post, seq),
    UNIQUE (kind, subject)
) STRICT, WITHOUT ROWID;
INSERT INTO changes_by_feed (post, seq, kind, subject) SELECT post, seq, kind, subject FROM changes;
DROP TABLE changes;
ALTER TABLE changes_by_feed RENAME TO changes;

-- The place of an entry among the accepted ones is its number in the feed: it orders those of an inspection.
DROP INDEX entries_by_acceptance;
CREATE INDEX entries_by_arrival ON entries (received_at, accepted) WHERE outcome = 'accepted';
