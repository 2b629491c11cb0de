//! The change feed: what a post may see, in the order in which it was committed.

use jiff::Timestamp;
use outpost_api::{Change, ChangesPage};
use outpost_domain::{
    Agency, EntryId, Inspection, InspectionId, Officer, OfficerId, SignedEntry, UnLocode,
};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::epoch::Life;
use crate::lists;
use crate::notices;
use crate::problem::Failure;

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An inspection.
    Inspection(InspectionId),
    /// An accepted entry.
    Entry(EntryId),
    /// An officer.
    Officer(OfficerId),
    /// A checklist of the post.
    Checklist(Uuid),
}

/// Puts `subject` at the end of the post's feed. An earlier change of the same subject leaves its place: whoever has
/// not seen it will see this one instead.
pub fn publish(tx: &Transaction<'_>, post: &UnLocode, subject: Subject) -> Result<(), Failure> {
    let (kind, id) = match subject {
        Subject::Inspection(id) => ("inspection", id.0),
        Subject::Entry(id) => ("entry", id.0),
        Subject::Officer(id) => ("officer", id.0),
        Subject::Checklist(id) => ("checklist", id),
    };
    // REPLACE deletes the row that is in the way and takes a new number (AUTOINCREMENT never gives one twice).
    tx.prepare_cached("INSERT OR REPLACE INTO changes (post, kind, subject) VALUES (?1, ?2, ?3)")?
        .execute(params![post.as_str(), kind, id.as_bytes()])?;
    Ok(())
}

/// A page of the feed as JSON texts, and the number it reaches to.
pub struct Page {
    /// The changes, each a text.
    pub changes: Vec<Box<RawValue>>,
    /// The last change of this page, or where it began.
    pub reached: u64,
    /// How many are left after it.
    pub remaining: u64,
}

/// The changes of `post` after `since`, at most `limit`, as an officer of `agency` may see them.
pub fn page(
    tx: &Transaction<'_>,
    post: &UnLocode,
    agency: Agency,
    since: u64,
    limit: u32,
) -> Result<Page, Failure> {
    let mut statement = tx.prepare_cached(
        "SELECT seq, kind, subject FROM changes WHERE post = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let mut rows = statement.query(params![post.as_str(), since as i64, limit])?;
    let mut changes = Vec::new();
    let mut reached = since;
    while let Some(row) = rows.next()? {
        reached = row.get::<_, i64>(0)? as u64;
        let subject: [u8; 16] = row.get(2)?;
        if let Some(text) = change(tx, &row.get::<_, String>(1)?, &subject, agency)? {
            changes.push(RawValue::from_string(text)?);
        }
    }
    let remaining: i64 = tx
        .prepare_cached("SELECT count(*) FROM changes WHERE post = ?1 AND seq > ?2")?
        .query_row(params![post.as_str(), reached as i64], |row| row.get(0))?;
    Ok(Page {
        changes,
        reached,
        remaining: remaining as u64,
    })
}

impl Page {
    /// The answer in which this page travels.
    pub fn answer(self, life: &Life, now: Timestamp) -> ChangesPage<Box<RawValue>> {
        ChangesPage {
            epoch: life.epoch,
            cursor: life.cursor(self.reached),
            more: self.remaining > 0,
            remaining: self.remaining,
            server_time: now,
            changes: self.changes,
        }
    }
}

fn change(
    tx: &Transaction<'_>,
    kind: &str,
    subject: &[u8; 16],
    agency: Agency,
) -> Result<Option<String>, Failure> {
    match kind {
        "inspection" => {
            let body: Option<String> = tx
                .prepare_cached("SELECT body FROM inspections WHERE id = ?1")?
                .query_row([subject], |row| row.get(0))
                .optional()?;
            // The stored text already is what customs may see: it is not read and written again.
            body.map(|body| match agency {
                Agency::Customs => Ok(format!(r#"{{"change":"inspection","inspection":{body}}}"#)),
                _ => Ok(serde_json::to_string(&Change::Inspection {
                    inspection: Box::new(without_reason(serde_json::from_str(&body)?)),
                })?),
            })
            .transpose()
        }
        "entry" => {
            let entry = tx
                .prepare_cached(
                    "SELECT payload, signature, key FROM entries WHERE id = ?1 AND outcome = 'accepted'",
                )?
                .query_row([subject], signed_entry)
                .optional()?;
            entry
                .map(|entry| Ok(serde_json::to_string(&Change::Entry { entry })?))
                .transpose()
        }
        "checklist" => lists::by_id(tx, Uuid::from_bytes(*subject))?
            .map(|checklist| {
                let checklist = Box::new(checklist);
                Ok(serde_json::to_string(&Change::Checklist { checklist })?)
            })
            .transpose(),
        _ => {
            let officer = officer(tx, OfficerId(Uuid::from_bytes(*subject)))?;
            officer
                .map(|(officer, _)| Ok(serde_json::to_string(&Change::Officer { officer })?))
                .transpose()
        }
    }
}

/// The inspection as agencies other than customs may see it: without why it was selected.
pub fn without_reason(mut inspection: Inspection) -> Inspection {
    inspection.selection = None;
    inspection
}

/// Reads `payload, signature, key`.
pub fn signed_entry(row: &Row<'_>) -> rusqlite::Result<SignedEntry> {
    Ok(SignedEntry {
        payload: row.get(0)?,
        signature: row.get(1)?,
        key: row.get(2)?,
    })
}

/// An officer with keys, and the post.
pub fn officer(
    tx: &Transaction<'_>,
    id: OfficerId,
) -> Result<Option<(Officer, UnLocode)>, Failure> {
    let row: Option<(String, String)> = tx
        .prepare_cached("SELECT body, post FROM officers WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((body, post)) = row else {
        return Ok(None);
    };
    let mut officer: Officer = serde_json::from_str(&body)?;
    officer.keys = tx
        .prepare_cached(
            "SELECT DISTINCT key FROM officer_keys WHERE officer = ?1 ORDER BY bound_at, key",
        )?
        .query_map([id.0.as_bytes()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let post = post
        .parse()
        .map_err(|e| Failure::Data(format!("the database's post: {e}")))?;
    Ok(Some((officer, post)))
}

/// An inspection and its post.
pub fn inspection(tx: &Transaction<'_>, id: InspectionId) -> Result<Option<Inspection>, Failure> {
    let body: Option<String> = tx
        .prepare_cached("SELECT body FROM inspections WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Stores an inspection, new or with another version, and publishes it.
pub fn put_inspection(
    tx: &Transaction<'_>,
    inspection: &Inspection,
    now: Timestamp,
) -> Result<(), Failure> {
    let old = self::inspection(tx, inspection.id)?;
    tx.prepare_cached(
        "INSERT INTO inspections (id, post, version, body) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET post = excluded.post, version = excluded.version, body = excluded.body",
    )?
    .execute(params![
        inspection.id.0.as_bytes(),
        inspection.post.as_str(),
        inspection.version as i64,
        serde_json::to_string(inspection)?,
    ])?;
    publish(tx, &inspection.post, Subject::Inspection(inspection.id))?;
    notices::after_snapshot(tx, old.as_ref(), inspection, now)
}

/// The accepted entries of an inspection in the order of acceptance.
pub fn entries(tx: &Transaction<'_>, id: InspectionId) -> Result<Vec<SignedEntry>, Failure> {
    let entries = tx
        .prepare_cached(
            "SELECT payload, signature, key FROM entries \
             WHERE inspection = ?1 AND outcome = 'accepted' ORDER BY accepted",
        )?
        .query_map([id.0.as_bytes()], signed_entry)?
        .collect::<Result<_, _>>()?;
    Ok(entries)
}
