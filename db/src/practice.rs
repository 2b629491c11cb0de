//! Practice: the clean scans that are here, and what each officer answered. Nothing of it is in the journal.

use outpost_domain::{Agency, Inspection, OfficerId, PracticeResult, Scan, is_for_practice};
use rusqlite::{Connection, params};

use crate::projection::{blobs_here, snapshot, state_of};
use crate::sql::{self, Id};
use crate::{Result, Store, journal};

/// The most inspections that are looked at for clean scans, those that were closed last.
const MOST_INSPECTIONS: i64 = 200;
/// The most answers that are told, the newest.
const MOST_ANSWERS: i64 = 2_000;

/// A scan to practise on.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeScan {
    /// The inspection it belongs to.
    pub inspection: Inspection,
    /// The scan.
    pub scan: Scan,
}

impl Store {
    /// The scans on this laptop on which an officer of `agency` may practise, those closed last first.
    pub fn practice_scans(&self, agency: Agency) -> Result<Vec<PracticeScan>> {
        self.read(|c| {
            let mut scans = Vec::new();
            for id in closed_with_scans(c)? {
                let Some(inspection) = snapshot(c, id)? else {
                    continue;
                };
                let entries = journal::entries_of(c, id)?;
                let state = state_of(c, &inspection, &entries)?;
                let here = blobs_here(c, id)?;
                let clean = inspection.scans.iter().filter(|scan| {
                    here.contains(&scan.blob)
                        && is_for_practice(agency, &inspection, &state, scan.blob)
                });
                scans.extend(clean.map(|scan| PracticeScan {
                    inspection: inspection.clone(),
                    scan: scan.clone(),
                }));
            }
            Ok(scans)
        })
    }

    /// Keeps an answer. The same answer told again is kept once.
    pub fn keep_practice(&self, officer: OfficerId, result: &PracticeResult) -> Result<()> {
        let body = sql::to_json("a practice answer", result)?;
        self.write(|w| {
            w.tx.prepare_cached(
                "INSERT OR IGNORE INTO practice (officer, answered_at, body) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![officer.column(), sql::ms(result.at), body])?;
            Ok(())
        })
    }

    /// An officer's answers, oldest first.
    pub fn practice(&self, officer: OfficerId) -> Result<Vec<PracticeResult>> {
        self.read(|c| {
            let mut select = c.prepare_cached(
                "SELECT body FROM practice WHERE officer = ?1 ORDER BY answered_at DESC LIMIT ?2",
            )?;
            let rows = select.query_map(params![officer.column(), MOST_ANSWERS], |r| {
                r.get::<_, String>(0)
            })?;
            let mut answers = Vec::new();
            for body in rows {
                answers.push(sql::from_json("a practice answer", &body?)?);
            }
            answers.reverse();
            Ok(answers)
        })
    }
}

/// Inspections that are over, on which nothing was found and of which a scan is here, those closed last first; by
/// the indexes of facts and of blob links.
fn closed_with_scans(c: &Connection) -> Result<Vec<outpost_domain::InspectionId>> {
    let mut select = c.prepare_cached(
        "SELECT f.inspection FROM facts f
         WHERE f.closed_at IS NOT NULL AND f.hit = 0
           AND EXISTS (SELECT 1 FROM blob_links l JOIN blobs b ON b.hash = l.hash
                       WHERE l.inspection = f.inspection AND l.scan = 1)
           AND EXISTS (SELECT 1 FROM worklist w WHERE w.inspection = f.inspection)
         ORDER BY f.closed_at DESC, f.number LIMIT ?1",
    )?;
    let ids = select.query_map([MOST_INSPECTIONS], |r| sql::id(r, 0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}
