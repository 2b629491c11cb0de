//! The change feed: what a post may see, in the order in which it was committed.

use std::cell::OnceCell;

use jiff::Timestamp;
use outpost_api::{Change, ChangesPage};
use outpost_domain::{
    Agency, EntryId, Inspection, InspectionId, Officer, OfficerId, SignedEntry, UnLocode,
    reserved_for,
};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::access::{self, Caller};
use crate::epoch::Life;
use crate::lists;
use crate::notices;
use crate::problem::Failure;
use crate::store::{Row, Tx, values};

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

/// Puts `subject` at the end of the post's feed and returns its number there. An earlier change of the same subject
/// leaves its place: whoever has not seen it will see this one instead.
///
/// The post's head stays locked until the commit, so that numbers are committed in their order: nobody sees a number
/// before every lower one, and a reader who goes on from the highest seen misses nothing.
pub fn publish(tx: &dyn Tx, post: &UnLocode, subject: Subject) -> Result<u64, Failure> {
    let (kind, id) = match subject {
        Subject::Inspection(id) => ("inspection", id.0),
        Subject::Entry(id) => ("entry", id.0),
        Subject::Officer(id) => ("officer", id.0),
        Subject::Checklist(id) => ("checklist", id),
    };
    let seq: u64 = tx
        .one(
            "INSERT INTO feeds (post, head) VALUES (?1, 1) \
             ON CONFLICT (post) DO UPDATE SET head = feeds.head + 1 RETURNING head",
            values![post.as_str()],
        )?
        .get(0)?;
    tx.execute(
        "DELETE FROM changes WHERE kind = ?1 AND subject = ?2",
        values![kind, id.as_bytes()],
    )?;
    tx.execute(
        "INSERT INTO changes (post, seq, kind, subject) VALUES (?1, ?2, ?3, ?4)",
        values![post.as_str(), seq, kind, id.as_bytes()],
    )?;
    Ok(seq)
}

/// The number of the newest change of a post; numbers of changes that were replaced count.
pub fn head(tx: &dyn Tx, post: &UnLocode) -> Result<u64, Failure> {
    tx.first(
        "SELECT head FROM feeds WHERE post = ?1",
        values![post.as_str()],
    )?
    .map_or(Ok(0), |row| row.get(0))
}

/// The newest change of every post.
pub fn heads(tx: &dyn Tx) -> Result<Vec<(UnLocode, u64)>, Failure> {
    tx.query("SELECT post, head FROM feeds ORDER BY post", values![])?
        .iter()
        .map(|row| {
            let post: String = row.get(0)?;
            let post = post
                .parse()
                .map_err(|e| Failure::Data(format!("the database's post: {e}")))?;
            Ok((post, row.get(1)?))
        })
        .collect()
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

/// The changes of the caller's post after `since`, at most `limit`, as far as they are for the caller's workstation.
pub fn page(tx: &dyn Tx, caller: &Caller, since: u64, limit: u32) -> Result<Page, Failure> {
    let post = &caller.post;
    let reader = Reader {
        caller,
        here: OnceCell::new(),
    };
    let rows = tx.query(
        "SELECT seq, kind, subject FROM changes WHERE post = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        values![post.as_str(), since, limit],
    )?;
    let mut changes = Vec::new();
    let mut reached = since;
    for row in rows {
        reached = row.get(0)?;
        let subject: [u8; 16] = row.get(2)?;
        if let Some(text) = change(tx, &row.get::<String>(1)?, &subject, &reader)? {
            changes.push(RawValue::from_string(text)?);
        }
    }
    let remaining = tx
        .one(
            "SELECT count(*) FROM changes WHERE post = ?1 AND seq > ?2",
            values![post.as_str(), reached],
        )?
        .get(0)?;
    Ok(Page {
        changes,
        reached,
        remaining,
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

/// Who reads the feed. A laptop that officers of several agencies share is told what any of them may see, since it
/// keeps one copy for all and shows each officer the own part; the feed is read once, by whoever's session is at hand.
struct Reader<'a> {
    caller: &'a Caller,
    /// Agencies whose officers have signed in at this workstation; asked for when something turns on it.
    here: OnceCell<Vec<Agency>>,
}

impl Reader<'_> {
    fn may_have(&self, tx: &dyn Tx, entry: &SignedEntry) -> Result<bool, Failure> {
        let Some(only) = reserved(tx, entry)? else {
            return Ok(true);
        };
        if only == self.caller.officer.agency {
            return Ok(true);
        }
        if self.here.get().is_none() {
            let found = access::agencies_at(tx, self.caller.device, None)?;
            self.here.get_or_init(|| found);
        }
        Ok(self.here.get().is_some_and(|here| here.contains(&only)))
    }
}

/// The agency that alone may see an accepted entry; `None` when all that are concerned may.
pub fn reserved(tx: &dyn Tx, entry: &SignedEntry) -> Result<Option<Agency>, Failure> {
    let Ok(entry) = entry.open_trusted() else {
        return Ok(None);
    };
    reserved_for(&entry.payload, |id| {
        let found = accepted(tx, id.0.as_bytes())?;
        Ok(found.and_then(|e| e.open_trusted().ok().map(|e| e.payload)))
    })
}

/// Puts what is for `agency` alone at the end of the post's feed once more: a workstation at which its first officer
/// has signed in was passed over so far.
pub fn publish_reserved(tx: &dyn Tx, post: &UnLocode, agency: Agency) -> Result<(), Failure> {
    // Goes through every entry; it happens when a shared laptop gets its first officer of another agency.
    let found = tx.query(
        "SELECT e.payload, e.signature, e.key FROM entries e JOIN inspections i ON i.id = e.inspection \
         WHERE e.outcome = 'accepted' AND i.post = ?1 \
         AND (e.payload LIKE '%\"comment-%' OR e.payload LIKE '%\"withdrawn\"%')",
        values![post.as_str()],
    )?;
    for row in found {
        let entry = signed_entry(&row)?;
        if reserved(tx, &entry)? == Some(agency)
            && let Ok(entry) = entry.open_trusted()
        {
            publish(tx, post, Subject::Entry(entry.payload.id))?;
        }
    }
    Ok(())
}

fn accepted(tx: &dyn Tx, id: &[u8; 16]) -> Result<Option<SignedEntry>, Failure> {
    tx.first(
        "SELECT payload, signature, key FROM entries WHERE id = ?1 AND outcome = 'accepted'",
        values![id],
    )?
    .map(|row| signed_entry(&row))
    .transpose()
}

fn change(
    tx: &dyn Tx,
    kind: &str,
    subject: &[u8; 16],
    reader: &Reader<'_>,
) -> Result<Option<String>, Failure> {
    match kind {
        "inspection" => {
            let body: Option<String> = body(tx, subject)?;
            // The stored text already is what customs may see: it is not read and written again.
            body.map(|body| match reader.caller.officer.agency {
                Agency::Customs => Ok(format!(r#"{{"change":"inspection","inspection":{body}}}"#)),
                _ => Ok(serde_json::to_string(&Change::Inspection {
                    inspection: Box::new(without_reason(serde_json::from_str(&body)?)),
                })?),
            })
            .transpose()
        }
        "entry" => {
            let Some(entry) = accepted(tx, subject)? else {
                return Ok(None);
            };
            Ok(if reader.may_have(tx, &entry)? {
                Some(serde_json::to_string(&Change::Entry { entry })?)
            } else {
                None
            })
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
pub fn signed_entry(row: &Row) -> Result<SignedEntry, Failure> {
    Ok(SignedEntry {
        payload: row.get(0)?,
        signature: row.get(1)?,
        key: row.get(2)?,
    })
}

/// An officer with keys, and the post.
pub fn officer(tx: &dyn Tx, id: OfficerId) -> Result<Option<(Officer, UnLocode)>, Failure> {
    let row = tx.first(
        "SELECT body, post FROM officers WHERE id = ?1",
        values![id.0.as_bytes()],
    )?;
    let Some(row) = row else {
        return Ok(None);
    };
    let mut officer: Officer = serde_json::from_str(&row.get::<String>(0)?)?;
    officer.keys = tx
        .query(
            "SELECT key FROM officer_keys WHERE officer = ?1 GROUP BY key ORDER BY min(bound_at), key",
            values![id.0.as_bytes()],
        )?
        .iter()
        .map(|row| row.get(0))
        .collect::<Result<_, _>>()?;
    let post = row
        .get::<String>(1)?
        .parse()
        .map_err(|e| Failure::Data(format!("the database's post: {e}")))?;
    Ok(Some((officer, post)))
}

/// An inspection and its post.
pub fn inspection(tx: &dyn Tx, id: InspectionId) -> Result<Option<Inspection>, Failure> {
    let body: Option<String> = body(tx, id.0.as_bytes())?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

fn body(tx: &dyn Tx, inspection: &[u8; 16]) -> Result<Option<String>, Failure> {
    tx.first(
        "SELECT body FROM inspections WHERE id = ?1",
        values![inspection],
    )?
    .map(|row| row.get(0))
    .transpose()
}

/// Stores an inspection, new or with another version, and publishes it.
pub fn put_inspection(tx: &dyn Tx, inspection: &Inspection, now: Timestamp) -> Result<(), Failure> {
    tx.lock_post(&inspection.post)?;
    let old = self::inspection(tx, inspection.id)?;
    tx.execute(
        "INSERT INTO inspections (id, post, version, body) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET post = excluded.post, version = excluded.version, body = excluded.body",
        values![
            inspection.id.0.as_bytes(),
            inspection.post.as_str(),
            inspection.version,
            serde_json::to_string(inspection)?,
        ],
    )?;
    publish(tx, &inspection.post, Subject::Inspection(inspection.id))?;
    notices::after_snapshot(tx, old.as_ref(), inspection, now)
}

/// The accepted entries of an inspection in the order of acceptance.
pub fn entries(tx: &dyn Tx, id: InspectionId) -> Result<Vec<SignedEntry>, Failure> {
    tx.query(
        "SELECT payload, signature, key FROM entries \
         WHERE inspection = ?1 AND outcome = 'accepted' ORDER BY accepted",
        values![id.0.as_bytes()],
    )?
    .iter()
    .map(signed_entry)
    .collect()
}
