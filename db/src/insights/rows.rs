//! The rows that figures are counted from: written with every change of an inspection, in its transaction.

use outpost_domain::{Facts, Inspection, State, facts};
use rusqlite::{Connection, params};

use crate::Result;
use crate::sql::{Id, ms};

/// Whether an inspection stays in the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is the post's.
    Always,
    /// It is no longer the post's: only when it was finished here.
    WhenFinished,
}

/// Takes every row away, to be made anew.
pub(crate) const FORGET_ALL: &str =
    "DELETE FROM facts; DELETE FROM fact_sections; DELETE FROM fact_holds;";

/// Makes the rows of one inspection anew.
pub(crate) fn put(
    c: &Connection,
    inspection: &Inspection,
    state: &State,
    kept: Kept,
) -> Result<()> {
    let facts = facts(inspection, state);
    if kept == Kept::WhenFinished && facts.closed_at.is_none() {
        return forget(c, inspection);
    }
    let number = put_facts(c, inspection, state, &facts)?;
    put_sections(c, number, state, &facts)?;
    put_holds(c, number, &facts)
}

fn forget(c: &Connection, inspection: &Inspection) -> Result<()> {
    for table in ["fact_sections", "fact_holds", "facts"] {
        let whose = "(SELECT number FROM facts WHERE inspection = ?1)";
        c.prepare_cached(&format!("DELETE FROM {table} WHERE number = {whose}"))?
            .execute([inspection.id.column()])?;
    }
    Ok(())
}

const PUT: &str = "
    INSERT INTO facts (inspection, lane, trusted, bay, criterion, random, ordered_at, presented_at, since, due_at,
                       slot_start, slot_end, decided_at, closed_at, partial, hit, customs_hit, alarm, alarm_at,
                       scanner)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
    ON CONFLICT (inspection) DO UPDATE
    SET lane = ?2, trusted = ?3, bay = ?4, criterion = ?5, random = ?6, ordered_at = ?7, presented_at = ?8, since = ?9,
        due_at = ?10, slot_start = ?11, slot_end = ?12, decided_at = ?13, closed_at = ?14, partial = ?15, hit = ?16,
        customs_hit = ?17, alarm = ?18, alarm_at = ?19, scanner = ?20
    RETURNING number";

fn put_facts(c: &Connection, inspection: &Inspection, state: &State, facts: &Facts) -> Result<i64> {
    let selection = inspection.selection.as_ref();
    let slot = state.slot.as_ref().map(|s| &s.slot);
    let alarm = facts.alarm.as_ref();
    let number = c.prepare_cached(PUT)?.query_row(
        params![
            inspection.id.column(),
            inspection.lane.code(),
            inspection.trusted,
            facts.bay,
            selection.map(|s| &s.criterion),
            selection.map(|s| s.random),
            ms(inspection.ordered_at),
            inspection.presented_at.map(ms),
            ms(facts.since),
            inspection.due_at.map(ms),
            slot.map(|s| ms(s.start)),
            slot.map(|s| ms(s.end)),
            facts.decided_at.map(ms),
            facts.closed_at.map(ms),
            facts.partial,
            facts.hit,
            facts.customs_hit,
            alarm.map(|a| a.became.code()),
            alarm.map(|a| ms(a.at)),
            alarm.map(|a| &a.scanner),
        ],
        |r| r.get(0),
    )?;
    Ok(number)
}

fn put_sections(c: &Connection, number: i64, state: &State, facts: &Facts) -> Result<()> {
    c.prepare_cached("DELETE FROM fact_sections WHERE number = ?1")?
        .execute([number])?;
    let mut put = c.prepare_cached(
        "INSERT OR IGNORE INTO fact_sections
             (number, agency, bay, since, claimed_at, decided_at, decided_by, slot_start, absent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for section in &facts.sections {
        put.execute(params![
            number,
            section.agency.code(),
            facts.bay,
            ms(facts.since),
            section.claimed_at.map(ms),
            section.decided_at.map(ms),
            section.decided_by,
            state.slot.as_ref().map(|s| ms(s.slot.start)),
            section.absent,
        ])?;
    }
    Ok(())
}

fn put_holds(c: &Connection, number: i64, facts: &Facts) -> Result<()> {
    c.prepare_cached("DELETE FROM fact_holds WHERE number = ?1")?
        .execute([number])?;
    let mut put = c.prepare_cached(
        "INSERT OR IGNORE INTO fact_holds
             (number, hold, agency, hold_type, bay, placed_at, lifted_at, overridden)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for hold in &facts.holds {
        put.execute(params![
            number,
            hold.hold.0.into_bytes(),
            hold.agency.code(),
            hold.hold_type.code(),
            facts.bay,
            ms(hold.placed_at),
            hold.lifted_at.map(ms),
            hold.overridden,
        ])?;
    }
    Ok(())
}
