-- Checklists as the central sent them, known by the hash of their content; withdrawn ones stay for what was begun with them.
CREATE TABLE checklists (
    content BLOB PRIMARY KEY,
    name    TEXT NOT NULL,
    version INTEGER NOT NULL,
    body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
