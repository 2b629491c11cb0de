//! The outbox: how far each entry of this device is on its way to the central.
//!
//! It is a row of state beside the journal, never a second copy. A refused or contended entry *parks* the later
//! entries of its own inspection and of no other; nothing is reverted, hidden or dropped.

use std::collections::BTreeMap;

use jiff::Timestamp;
use outpost_api::{PushResponse, PushResult};
use outpost_domain::{Entry, EntryId, InspectionId, OfficerId, SignedEntry};
use rusqlite::{Connection, OptionalExtension, params};

use crate::sql::{self, Id};
use crate::{Result, Store, StoreError, UnfitReceipt, changes, journal, projection, receipts};

pub(crate) const WAITING: &str = "waiting";
pub(crate) const ACCEPTED: &str = "accepted";
pub(crate) const SET_ASIDE: &str = "set-aside";

/// An entry that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The entry.
    pub id: EntryId,
    /// Its number in this device's chain.
    pub sequence: u64,
    /// Its author: it is sent under this officer's session.
    pub author: OfficerId,
    /// What is sent.
    pub signed: SignedEntry,
}

/// Why an entry is stuck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// The entry.
    pub entry: EntryId,
    /// Whether it contends with what happened in the meantime; else it was refused.
    pub conflict: bool,
    /// The central's code.
    pub code: String,
    /// The central's sentence.
    pub detail: String,
}

/// How far an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// The central has it.
    Yes,
    /// It waits for the line.
    Waiting,
    /// The central refused it, or it contends.
    Stuck(Stuck),
    /// It waits behind a stuck entry of the same inspection.
    Behind,
    /// The central refused it and its agency took it back or corrected it: it is not sent and holds nothing up.
    SetAside(Stuck),
}

/// What waits, of one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxLine {
    /// The inspection.
    pub inspection: InspectionId,
    /// The unit's number as read aloud; empty when the inspection is gone.
    pub unit: String,
    /// Entries that are not at the central, the stuck ones among them.
    pub entries: u64,
    /// Files that are not at the central.
    pub blobs: u64,
    /// When the oldest of them was recorded.
    pub oldest: Timestamp,
    /// The first stuck entry.
    pub stuck: Option<Stuck>,
}

/// The figures of the status bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxTotals {
    /// Entries that are not at the central, the stuck ones among them.
    pub entries: u64,
    /// Files that are not at the central.
    pub blobs: u64,
    /// Entries that are stuck.
    pub stuck: u64,
    /// The first of them.
    pub first_stuck: Option<Stuck>,
}

/// What a push brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pushed {
    /// Entries the central has now.
    pub accepted: u64,
    /// Entries that are stuck now.
    pub stuck: Vec<Stuck>,
    /// Inspections whose badge changed.
    pub touched: Vec<InspectionId>,
    /// The central's epoch is another than before: everything is offered again, and pulled from the beginning.
    pub epoch_changed: bool,
    /// The receipt does not fit this chain.
    pub unfit_receipt: Option<UnfitReceipt>,
}

impl Store {
    /// The next entries to send, in the device's order, at most `limit`.
    ///
    /// Left out are entries behind a stuck one of the same inspection and, when `authors` is given, entries of
    /// other officers (those without a session) with the entries of the same inspection and agency behind them.
    pub fn outbox_batch(
        &self,
        limit: usize,
        authors: Option<&[OfficerId]>,
    ) -> Result<Vec<Outgoing>> {
        self.read(|c| batch(c, limit, authors))
    }

    /// Officers whose entries wait, the oldest entry first: each needs a session.
    pub fn outbox_authors(&self) -> Result<Vec<OfficerId>> {
        self.read(|c| {
            let mut select = c.prepare_cached(
                "SELECT author FROM outbox WHERE state = 'waiting' GROUP BY author ORDER BY min(sequence)",
            )?;
            let rows = select.query_map([], |r| sql::id(r, 0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How many entries of each officer are not at the central, the most first.
    pub fn waiting_by_author(&self) -> Result<Vec<(OfficerId, u64)>> {
        self.read(|c| {
            let mut select = c.prepare_cached(
                "SELECT author, count(*) FROM outbox WHERE state NOT IN ('accepted', 'set-aside')
                 GROUP BY author ORDER BY count(*) DESC, author",
            )?;
            let rows =
                select.query_map([], |r| Ok((sql::id(r, 0)?, r.get::<_, i64>(1)? as u64)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Records the outcomes of a push of `sent`, with epoch and receipt, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::StrangeAnswer`] when the outcomes are not those of `sent`: nothing is recorded, the entries
    /// stay in the outbox.
    pub fn record_push(&self, sent: &[EntryId], answer: &PushResponse) -> Result<Pushed> {
        check_answer(sent, answer)?;
        self.write(|w| {
            let mut pushed = Pushed {
                epoch_changed: changes::see_epoch(&w.tx, answer.epoch)?,
                ..Pushed::default()
            };
            for (id, outcome) in sent.iter().zip(&answer.outcomes) {
                settle(&w.tx, *id, &outcome.result, &mut pushed)?;
            }
            if let Some(receipt) = &answer.receipt {
                pushed.unfit_receipt = receipts::keep(w, answer.epoch, receipt)?;
            }
            changes::see_time(&w.tx, answer.server_time)?;
            pushed.touched.sort_unstable();
            pushed.touched.dedup();
            Ok(pushed)
        })
    }

    /// Records that an entry was refused by what stands before the central, with a code and a sentence.
    pub fn record_refusal(&self, entry: EntryId, code: &str, detail: &str) -> Result<Pushed> {
        let refused = PushResult::Refused {
            code: code.to_owned(),
            detail: detail.to_owned(),
        };
        self.write(|w| {
            let mut pushed = Pushed::default();
            settle(&w.tx, entry, &refused, &mut pushed)?;
            Ok(pushed)
        })
    }

    /// Sends a stuck or set-aside entry again, with those behind it.
    pub fn offer_again(&self, entry: EntryId) -> Result<()> {
        self.write(|w| {
            let inspection: Option<InspectionId> =
                w.tx.query_row(
                    "UPDATE outbox SET state = 'waiting' WHERE entry = ?1
                     AND state IN ('refused', 'conflict', 'set-aside') RETURNING inspection",
                    [entry.column()],
                    |r| sql::id(r, 0),
                )
                .optional()?;
            projection::refresh(w, inspection.ok_or(StoreError::UnknownEntry(entry))?)
        })
    }

    /// What waits, by inspection, the oldest entry first.
    pub fn outbox_lines(&self) -> Result<Vec<OutboxLine>> {
        self.read(lines)
    }

    /// How many entries are stuck, by the central's code.
    pub fn stuck_codes(&self) -> Result<BTreeMap<String, u64>> {
        self.read(|c| {
            let mut select = c.prepare_cached(
                "SELECT coalesce(code, ''), count(*) FROM outbox WHERE state IN ('refused', 'conflict') GROUP BY 1",
            )?;
            let rows = select.query_map([], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The figures of the status bar.
    pub fn outbox_totals(&self) -> Result<OutboxTotals> {
        self.read(|c| {
            let count = |sql: &str| -> Result<u64> {
                Ok(c.prepare_cached(sql)?
                    .query_row([], |r| r.get::<_, i64>(0))? as u64)
            };
            Ok(OutboxTotals {
                entries: count(
                    "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'refused', 'conflict')",
                )?,
                blobs: count("SELECT count(*) FROM uploads WHERE state = 'pending'")?,
                stuck: count("SELECT count(*) FROM outbox WHERE state IN ('refused', 'conflict')")?,
                first_stuck: first_stuck(c, None)?,
            })
        })
    }
}

/// Makes an own entry's row.
pub(crate) fn enqueue(c: &Connection, entry: &Entry, state: &str) -> Result<()> {
    let p = &entry.payload;
    c.prepare_cached(
        "INSERT INTO outbox (entry, sequence, inspection, author, agency, recorded_at, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        p.id.column(),
        p.sequence as i64,
        p.inspection.column(),
        p.author.column(),
        p.agency.code(),
        sql::ms(p.recorded_at),
        state
    ])?;
    Ok(())
}

/// Queues the blobs that an own entry names.
pub(crate) fn queue_uploads(c: &Connection, entry: &Entry) -> Result<()> {
    for hash in entry.payload.body.blobs() {
        let here = c
            .prepare_cached("SELECT 1 FROM blobs WHERE hash = ?1")?
            .exists([hash.0])?;
        if !here {
            return Err(StoreError::UnknownBlob(*hash));
        }
        c.prepare_cached(
            "INSERT INTO uploads (hash, author) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute(params![hash.0, entry.payload.author.column()])?;
    }
    Ok(())
}

/// Marks an own entry as being at the central.
pub(crate) fn accept(c: &Connection, entry: EntryId) -> Result<()> {
    c.prepare_cached(
        "UPDATE outbox SET state = 'accepted', code = NULL, detail = NULL
         WHERE entry = ?1 AND state <> 'accepted'",
    )?
    .execute([entry.column()])?;
    Ok(())
}

/// Sets an entry aside when it is stuck, and says whether it was.
pub(crate) fn settle_by_successor(c: &Connection, entry: EntryId) -> Result<bool> {
    let rows = c
        .prepare_cached(
            "UPDATE outbox SET state = 'set-aside' WHERE entry = ?1
             AND state IN ('refused', 'conflict')",
        )?
        .execute([entry.column()])?;
    Ok(rows == 1)
}

/// Offers everything again: the central was restored and may have lost what it had acknowledged.
pub(crate) fn offer_everything(c: &Connection) -> Result<()> {
    c.execute_batch(
        "UPDATE outbox SET state = 'waiting' WHERE state = 'accepted';
         UPDATE uploads SET state = 'pending', location = NULL, uploaded_at = NULL
         WHERE state = 'uploaded' AND hash IN (SELECT hash FROM blobs);",
    )?;
    Ok(())
}

// An entry of the same agency before one that may not be sent now waits too: an agency's acts build on each other.
const BATCH: &str = "
    SELECT j.id, j.payload, j.signature, j.key, o.sequence, o.author
    FROM outbox o JOIN journal j ON j.id = o.entry
    WHERE o.state = 'waiting'
      AND NOT EXISTS (
        SELECT 1 FROM outbox s WHERE s.inspection = o.inspection
          AND s.state IN ('refused', 'conflict') AND s.sequence < o.sequence)
      AND (?1 IS NULL OR NOT EXISTS (
        SELECT 1 FROM outbox w WHERE w.inspection = o.inspection AND w.state = 'waiting'
          AND w.agency = o.agency AND w.sequence <= o.sequence
          AND lower(hex(w.author)) NOT IN (SELECT value FROM json_each(?1))))
    ORDER BY o.sequence LIMIT ?2";

fn batch(c: &Connection, limit: usize, authors: Option<&[OfficerId]>) -> Result<Vec<Outgoing>> {
    let authors = authors
        .map(|list| {
            let names: Vec<String> = list.iter().map(|a| a.0.simple().to_string()).collect();
            sql::to_json("the authors", &names)
        })
        .transpose()?;
    let mut select = c.prepare_cached(BATCH)?;
    let rows = select.query_map(params![authors, limit as i64], |r| {
        let (id, signed) = journal::signed_row(r)?;
        Ok(Outgoing {
            id,
            sequence: r.get::<_, i64>(4)? as u64,
            author: sql::id(r, 5)?,
            signed,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn check_answer(sent: &[EntryId], answer: &PushResponse) -> Result<()> {
    let strange = |why: String| Err(StoreError::StrangeAnswer(why));
    if answer.outcomes.len() != sent.len() {
        let (asked, told) = (sent.len(), answer.outcomes.len());
        return strange(format!("{told} outcomes for {asked} entries"));
    }
    for (index, (id, outcome)) in sent.iter().zip(&answer.outcomes).enumerate() {
        if outcome.index as usize != index || outcome.id.is_some_and(|told| told != *id) {
            return strange(format!("outcome {index} is not of entry {id}"));
        }
    }
    Ok(())
}

fn settle(c: &Connection, id: EntryId, result: &PushResult, pushed: &mut Pushed) -> Result<()> {
    let (state, reason) = match result {
        // It goes on waiting, behind the one that was not taken in.
        PushResult::Behind => return Ok(()),
        PushResult::Accepted | PushResult::Duplicate => (ACCEPTED, None),
        PushResult::Refused { code, detail } => ("refused", Some((code, detail))),
        PushResult::Conflict { code, detail } => ("conflict", Some((code, detail))),
    };
    // An entry that has come back over the feed in the meantime is at the central whatever this answer says.
    let inspection: Option<InspectionId> = c
        .prepare_cached(
            "UPDATE outbox SET state = ?2, code = ?3, detail = ?4
             WHERE entry = ?1 AND (state <> 'accepted' OR ?2 = 'accepted') RETURNING inspection",
        )?
        .query_row(
            params![id.column(), state, reason.map(|r| r.0), reason.map(|r| r.1)],
            |r| sql::id(r, 0),
        )
        .optional()?;
    pushed.touched.extend(inspection);
    match reason {
        None => pushed.accepted += 1,
        Some((code, detail)) => pushed.stuck.push(Stuck {
            entry: id,
            conflict: state == "conflict",
            code: code.clone(),
            detail: detail.clone(),
        }),
    }
    Ok(())
}

const FIRST_STUCK: &str = "
    SELECT entry, state, coalesce(code, ''), coalesce(detail, '') FROM outbox
    WHERE state IN ('refused', 'conflict') AND (?1 IS NULL OR inspection = ?1)
    ORDER BY sequence LIMIT 1";

/// The first stuck entry, of one inspection or of all.
pub(crate) fn first_stuck(
    c: &Connection,
    inspection: Option<InspectionId>,
) -> Result<Option<Stuck>> {
    let mut select = c.prepare_cached(FIRST_STUCK)?;
    let first = select.query_row([inspection.map(Id::column)], stuck_row);
    Ok(first.optional()?)
}

/// Reads `entry, state, code, detail`.
pub(crate) fn stuck_row(r: &rusqlite::Row<'_>) -> rusqlite::Result<Stuck> {
    Ok(Stuck {
        entry: sql::id(r, 0)?,
        conflict: r.get_ref(1)?.as_str()? == "conflict",
        code: r.get(2)?,
        detail: r.get(3)?,
    })
}

/// How far each own entry of an inspection is, in the device's order.
pub(crate) fn sent_states(
    c: &Connection,
    inspection: InspectionId,
) -> Result<Vec<(EntryId, Sent)>> {
    let mut select = c.prepare_cached(
        "SELECT entry, state, coalesce(code, ''), coalesce(detail, '') FROM outbox
         WHERE inspection = ?1 ORDER BY sequence",
    )?;
    let mut rows = select.query([inspection.column()])?;
    let mut states = Vec::new();
    let mut parked = false;
    while let Some(row) = rows.next()? {
        let stuck = stuck_row(row)?;
        let id = stuck.entry;
        let sent = match row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)? {
            "accepted" => Sent::Yes,
            "set-aside" => Sent::SetAside(stuck),
            "waiting" if parked => Sent::Behind,
            "waiting" => Sent::Waiting,
            _ => {
                parked = true;
                Sent::Stuck(stuck)
            }
        };
        states.push((id, sent));
    }
    Ok(states)
}

/// Entries of an inspection that were set aside by their successors.
pub(crate) fn set_aside_of(c: &Connection, inspection: InspectionId) -> Result<Vec<EntryId>> {
    in_state(c, inspection, SET_ASIDE)
}

/// Entries of an inspection that contend with what is at the central.
pub(crate) fn conflicts_of(c: &Connection, inspection: InspectionId) -> Result<Vec<EntryId>> {
    in_state(c, inspection, "conflict")
}

fn in_state(c: &Connection, inspection: InspectionId, state: &str) -> Result<Vec<EntryId>> {
    let mut select =
        c.prepare_cached("SELECT entry FROM outbox WHERE inspection = ?1 AND state = ?2")?;
    let rows = select.query_map(params![inspection.column(), state], |r| sql::id(r, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const LINES: &str = "
    SELECT o.inspection, count(*), min(o.recorded_at), coalesce(json_extract(w.row, '$.unit'), '')
    FROM outbox o LEFT JOIN worklist w ON w.inspection = o.inspection
    WHERE o.state IN ('waiting', 'refused', 'conflict')
    GROUP BY o.inspection
    UNION ALL
    SELECT l.inspection, 0, min(o.recorded_at), coalesce(json_extract(w.row, '$.unit'), '')
    FROM uploads u JOIN blob_links l ON l.hash = u.hash
    JOIN outbox o ON o.inspection = l.inspection
    LEFT JOIN worklist w ON w.inspection = l.inspection
    WHERE u.state = 'pending' AND NOT EXISTS (
        SELECT 1 FROM outbox s WHERE s.inspection = l.inspection
          AND s.state IN ('waiting', 'refused', 'conflict'))
    GROUP BY l.inspection
    ORDER BY 3";

fn lines(c: &Connection) -> Result<Vec<OutboxLine>> {
    let mut select = c.prepare_cached(LINES)?;
    let mut rows = select.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let inspection: InspectionId = sql::id(row, 0)?;
        lines.push(OutboxLine {
            inspection,
            unit: row.get(3)?,
            entries: row.get::<_, i64>(1)? as u64,
            blobs: projection::pending_blobs(c, inspection)?,
            oldest: sql::time(row.get(2)?),
            stuck: first_stuck(c, Some(inspection))?,
        });
    }
    Ok(lines)
}
