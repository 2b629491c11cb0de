-- What the figures are counted from: projections, rebuilt from snapshots and journal at any time. Each index begins
-- with what its figure is grouped by, so that groups come in order without sorting, and holds everything the figure
-- reads, so that the table itself is not touched.
CREATE TABLE facts (
    number       INTEGER PRIMARY KEY,
    inspection   BLOB NOT NULL UNIQUE,
    lane         TEXT NOT NULL,
    trusted      INTEGER NOT NULL,
    bay          TEXT,
    -- Why it was selected; for customs alone, and NULL on the devices of others.
    criterion    TEXT,
    random       INTEGER,
    ordered_at   INTEGER NOT NULL,
    presented_at INTEGER,
    -- Presented, else ordered.
    since        INTEGER NOT NULL,
    due_at       INTEGER,
    slot_start   INTEGER,
    slot_end     INTEGER,
    decided_at   INTEGER,
    closed_at    INTEGER,
    partial      INTEGER NOT NULL,
    hit          INTEGER NOT NULL,
    customs_hit  INTEGER NOT NULL,
    alarm        TEXT,
    alarm_at     INTEGER,
    scanner      TEXT
) STRICT;
CREATE INDEX facts_queue ON facts (lane, since, closed_at, bay);
CREATE INDEX facts_presented ON facts (presented_at, ordered_at, bay) WHERE presented_at IS NOT NULL;
CREATE INDEX facts_released ON facts (closed_at, decided_at, bay)
    WHERE closed_at IS NOT NULL AND decided_at IS NOT NULL;
CREATE INDEX facts_due ON facts (lane, due_at, closed_at, bay) WHERE due_at IS NOT NULL;
CREATE INDEX facts_partial ON facts (lane, closed_at, partial, bay) WHERE closed_at IS NOT NULL;
CREATE INDEX facts_criterion ON facts (random, criterion, decided_at, customs_hit, bay)
    WHERE criterion IS NOT NULL AND decided_at IS NOT NULL;
CREATE INDEX facts_trusted ON facts (trusted, closed_at, since, hit, bay) WHERE closed_at IS NOT NULL;
CREATE INDEX facts_alarm ON facts (scanner, alarm_at, alarm, bay) WHERE alarm IN ('confirmed', 'false-alarm');
CREATE INDEX facts_slot ON facts (bay, slot_start, slot_end) WHERE slot_start IS NOT NULL;
CREATE INDEX facts_bay ON facts (bay, closed_at) WHERE closed_at IS NOT NULL;

-- An agency's part in an inspection; `number` is that of its facts.
CREATE TABLE fact_sections (
    number     INTEGER NOT NULL,
    agency     TEXT NOT NULL,
    bay        TEXT,
    since      INTEGER NOT NULL,
    claimed_at INTEGER,
    decided_at INTEGER,
    decided_by TEXT,
    slot_start INTEGER,
    -- Whether it did not come to the slot; NULL when it was not awaited.
    absent     INTEGER,
    PRIMARY KEY (number, agency)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_sections_start ON fact_sections (agency, claimed_at, since, bay) WHERE claimed_at IS NOT NULL;
CREATE INDEX fact_sections_decision ON fact_sections (agency, decided_at, claimed_at, bay)
    WHERE decided_at IS NOT NULL;
CREATE INDEX fact_sections_absent ON fact_sections (agency, slot_start, absent, bay) WHERE absent IS NOT NULL;
CREATE INDEX fact_sections_officer ON fact_sections (agency, decided_by, decided_at, bay)
    WHERE decided_at IS NOT NULL;

CREATE TABLE fact_holds (
    number     INTEGER NOT NULL,
    hold       BLOB NOT NULL,
    agency     TEXT NOT NULL,
    hold_type  TEXT NOT NULL,
    bay        TEXT,
    placed_at  INTEGER NOT NULL,
    lifted_at  INTEGER,
    overridden INTEGER NOT NULL,
    PRIMARY KEY (number, hold)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_holds_age ON fact_holds (hold_type, placed_at, lifted_at, agency, bay);
CREATE INDEX fact_holds_lifted ON fact_holds (agency, lifted_at, overridden, bay) WHERE lifted_at IS NOT NULL;

CREATE INDEX outbox_unsent ON outbox (agency, recorded_at, inspection)
    WHERE state IN ('waiting', 'refused', 'conflict');
