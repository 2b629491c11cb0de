-- What officers answered to practice scans. It is no act: it has no entry, is not sent, and is told to its officer alone.
CREATE TABLE practice (
    officer     BLOB NOT NULL,
    answered_at INTEGER NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (officer, answered_at)
) STRICT, WITHOUT ROWID;
