//! Projections: worklist rows, the agenda, an inspection opened. All are rebuilt from snapshots and journal at any
//! time, and written in the same transaction as what they follow from.

use std::collections::HashSet;

use jiff::Timestamp;
use outpost_domain::{
    BlobHash, Checklist, Entry, EntryId, EntryPayload, Inspection, InspectionId, OfficerId, Row,
    SlotState, State, only_one_stands, project, summarise,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::insights::rows::{self as facts, Kept};
use crate::sql::{self, Id};
use crate::store::Writing;
use crate::{
    Draft, Result, Sent, Store, StoreError, Stuck, drafts, finder, journal, lists, outbox,
};

/// What the badge of a row is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncState {
    /// Entries recorded on this laptop.
    pub recorded: u64,
    /// Drafts of the officer who asks.
    pub drafts: u64,
    /// Entries that are not at the central, the stuck ones among them.
    pub waiting: u64,
    /// The first stuck entry.
    pub stuck: Option<Stuck>,
    /// Files that are not at the central.
    pub blobs: u64,
}

/// A worklist row with what its badge is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedRow {
    /// The row.
    pub row: Row,
    /// For its badge.
    pub sync: SyncState,
}

/// Where a page of the worklist ends; the next one begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKey {
    priority: i64,
    since: i64,
    id: InspectionId,
}

/// A page of the worklist: urgent first, then the longest waiting.
#[derive(Debug, Clone, PartialEq)]
pub struct RowsPage {
    /// The rows.
    pub rows: Vec<ListedRow>,
    /// Where to go on; `None` after the last page.
    pub next: Option<RowKey>,
}

/// An entry in an inspection's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The entry.
    pub entry: Entry,
    /// How far it is; entries of other devices came from the central.
    pub sent: Sent,
}

impl HistoryEntry {
    /// Whether it counts: not when it was set aside, nor when it lost against another one.
    pub fn counts(&self) -> bool {
        match &self.sent {
            Sent::SetAside(_) => false,
            Sent::Stuck(stuck) => !(stuck.conflict && only_one_stands(&self.entry.payload)),
            Sent::Yes | Sent::Waiting | Sent::Behind => true,
        }
    }
}

/// An inspection opened.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedInspection {
    /// The snapshot as the central sent it.
    pub inspection: Inspection,
    /// As it stands with all entries.
    pub state: State,
    /// Every entry, oldest first.
    pub history: Vec<HistoryEntry>,
    /// For its badge.
    pub sync: SyncState,
    /// The asking officer's drafts here.
    pub drafts: Vec<Draft>,
    /// Blobs of this inspection whose whole content is on this laptop.
    pub blobs_here: Vec<BlobHash>,
    /// Every checklist on this laptop, withdrawn ones among them.
    pub checklists: Vec<Checklist>,
}

impl OpenedInspection {
    /// The entries that count, as in the projection.
    pub fn standing(&self) -> impl Iterator<Item = &EntryPayload> {
        self.history
            .iter()
            .filter(|h| h.counts())
            .map(|h| &h.entry.payload)
    }
}

/// A slot with its inspection's row; proposals and answers recorded on this laptop are applied.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaEntry {
    /// The inspection's row.
    pub row: Row,
    /// The inspection's version.
    pub version: u64,
    /// Place, time and answers.
    pub slot: SlotState,
}

/// What the projections are made of changes with this number: a store with another one makes them anew.
const PROJECTION: i64 = 8;

impl Store {
    /// A page of at most `limit` worklist rows after `after`. Drafts are counted for `officer`.
    pub fn rows(
        &self,
        officer: Option<OfficerId>,
        after: Option<RowKey>,
        limit: usize,
    ) -> Result<RowsPage> {
        self.read(|c| page(c, officer, after, limit))
    }

    /// The worklist row of one inspection.
    pub fn row(&self, officer: Option<OfficerId>, id: InspectionId) -> Result<Option<ListedRow>> {
        self.read(|c| {
            let text: Option<String> = c
                .prepare_cached("SELECT row FROM worklist WHERE inspection = ?1")?
                .query_row([id.column()], |r| r.get(0))
                .optional()?;
            text.map(|t| listed(c, officer, &t)).transpose()
        })
    }

    /// How many rows the worklist has.
    pub fn row_count(&self) -> Result<u64> {
        self.read(|c| {
            let n: i64 = c.query_row("SELECT count(*) FROM worklist", [], |r| r.get(0))?;
            Ok(n as u64)
        })
    }

    /// Everything about one inspection. Drafts are those of `officer`.
    ///
    /// # Errors
    /// [`StoreError::UnknownInspection`] when its snapshot is not on this laptop.
    pub fn open_inspection(
        &self,
        officer: Option<OfficerId>,
        id: InspectionId,
    ) -> Result<OpenedInspection> {
        self.read(|c| {
            let inspection = snapshot(c, id)?.ok_or(StoreError::UnknownInspection(id))?;
            let entries = journal::entries_of(c, id)?;
            let state = state_of(c, &inspection, &entries)?;
            Ok(OpenedInspection {
                state,
                history: history(c, id, entries)?,
                sync: sync_state(c, officer, id)?,
                drafts: match officer {
                    Some(officer) => drafts::of(c, officer, id)?,
                    None => Vec::new(),
                },
                blobs_here: blobs_here(c, id)?,
                checklists: lists::all(c)?,
                inspection,
            })
        })
    }

    /// Slots that touch the time from `from` to before `to`, by begin.
    pub fn agenda(&self, from: Timestamp, to: Timestamp) -> Result<Vec<AgendaEntry>> {
        self.read(|c| {
            let mut select = c.prepare_cached(
                "SELECT w.row, w.slot, i.version FROM worklist w JOIN inspections i ON i.id = w.inspection
                 WHERE w.slot_start < ?2 AND w.slot_end > ?1 ORDER BY w.slot_start, w.inspection",
            )?;
            let mut rows = select.query([sql::ms(from), sql::ms(to)])?;
            let mut slots = Vec::new();
            while let Some(row) = rows.next()? {
                slots.push(AgendaEntry {
                    row: sql::from_json("a worklist row", &row.get::<_, String>(0)?)?,
                    slot: sql::from_json("a slot", &row.get::<_, String>(1)?)?,
                    version: row.get::<_, i64>(2)? as u64,
                });
            }
            Ok(slots)
        })
    }

    /// Makes the projections anew when another build made them otherwise.
    pub(crate) fn after_new_projection(&self) -> Result<()> {
        if self.read(|c| sql::meta::<i64>(c, "projection"))? == Some(PROJECTION) {
            return Ok(());
        }
        self.rebuild_projections()?;
        self.write(|w| sql::set_meta(&w.tx, "projection", PROJECTION))
    }

    /// Makes every projection anew from snapshots and journal.
    pub fn rebuild_projections(&self) -> Result<()> {
        self.write(|w| {
            let known = all_ids(&w.tx)?;
            let listed: HashSet<InspectionId> = {
                let mut select = w.tx.prepare("SELECT inspection FROM worklist")?;
                let ids = select.query_map([], |r| sql::id(r, 0))?;
                ids.collect::<rusqlite::Result<_>>()?
            };
            w.tx.execute_batch("DELETE FROM worklist; DELETE FROM blob_links;")?;
            w.tx.execute_batch(facts::FORGET_ALL)?;
            w.rows.extend(listed);
            for id in known {
                refresh(w, id)?;
            }
            Ok(())
        })
    }
}

fn all_ids(c: &Connection) -> Result<Vec<InspectionId>> {
    let mut select =
        c.prepare("SELECT id FROM inspections UNION SELECT inspection FROM journal")?;
    let ids = select.query_map([], |r| sql::id(r, 0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Makes the projections of one inspection anew.
pub(crate) fn refresh(w: &mut Writing<'_>, id: InspectionId) -> Result<()> {
    let c = &w.tx;
    w.rows.push(id);
    for table in [
        "DELETE FROM worklist WHERE inspection = ?1",
        "DELETE FROM blob_links WHERE inspection = ?1",
    ] {
        c.prepare_cached(table)?.execute([id.column()])?;
    }
    let entries = journal::entries_of(c, id)?;
    link_photos(c, id, &entries)?;
    let Some(inspection) = snapshot(c, id)? else {
        return Ok(());
    };
    link_scans(c, &inspection)?;
    let state = state_of(c, &inspection, &entries)?;
    if hidden(c, id)? {
        return facts::put(c, &inspection, &state, Kept::WhenFinished);
    }
    facts::put(c, &inspection, &state, Kept::Always)?;
    let row = summarise(&inspection, &state);
    let slot = state.slot.as_ref();
    c.prepare_cached(
        "INSERT INTO worklist (inspection, priority, since, slot_start, slot_end, slot, row, find)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        id.column(),
        row.priority as i64,
        sql::ms(row.since),
        slot.map(|s| sql::ms(s.slot.start)),
        slot.map(|s| sql::ms(s.slot.end)),
        slot.map(|s| sql::to_json("a slot", s)).transpose()?,
        sql::to_json("a worklist row", &row)?,
        finder::text_of(&inspection),
    ])?;
    Ok(())
}

/// An inspection that is no longer this post's goes from the list once nothing of it waits to be sent.
fn hidden(c: &Connection, id: InspectionId) -> Result<bool> {
    let removed = c
        .prepare_cached("SELECT 1 FROM inspections WHERE id = ?1 AND removed = 1")?
        .exists([id.column()])?;
    let waits = c
        .prepare_cached(
            "SELECT 1 FROM outbox WHERE inspection = ?1
             AND state IN ('waiting', 'refused', 'conflict')",
        )?
        .exists([id.column()])?;
    Ok(removed && !waits)
}

/// The state with all entries but those an officer set aside, and those that lost against another one at the central:
/// what came first there stands, until an officer decides anew.
pub(crate) fn state_of(
    c: &Connection,
    inspection: &Inspection,
    entries: &[Entry],
) -> Result<State> {
    let out = left_out(c, inspection.id, entries)?;
    if out.is_empty() {
        return Ok(project(inspection, entries));
    }
    let standing: Vec<Entry> = entries
        .iter()
        .filter(|e| !out.contains(&e.payload.id))
        .cloned()
        .collect();
    Ok(project(inspection, &standing))
}

/// Those of `entries` that do not count.
pub(crate) fn left_out(
    c: &Connection,
    inspection: InspectionId,
    entries: &[Entry],
) -> Result<HashSet<EntryId>> {
    let mut out: HashSet<EntryId> = outbox::set_aside_of(c, inspection)?.into_iter().collect();
    let lost: HashSet<EntryId> = outbox::conflicts_of(c, inspection)?.into_iter().collect();
    let contended = entries
        .iter()
        .map(|e| &e.payload)
        .filter(|p| lost.contains(&p.id) && only_one_stands(p));
    out.extend(contended.map(|p| p.id));
    Ok(out)
}

fn link_photos(c: &Connection, id: InspectionId, entries: &[Entry]) -> Result<()> {
    let mut link = c.prepare_cached(
        "INSERT INTO blob_links (inspection, hash, scan) VALUES (?1, ?2, 0) ON CONFLICT DO NOTHING",
    )?;
    for hash in entries.iter().flat_map(|e| e.payload.body.blobs()) {
        link.execute(params![id.column(), hash.0])?;
    }
    Ok(())
}

fn link_scans(c: &Connection, inspection: &Inspection) -> Result<()> {
    let mut link = c.prepare_cached(
        "INSERT INTO blob_links (inspection, hash, scan, bytes) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT DO UPDATE SET scan = 1, bytes = ?3",
    )?;
    for scan in &inspection.scans {
        link.execute(params![
            inspection.id.column(),
            scan.blob.0,
            scan.bytes as i64
        ])?;
    }
    let mut link = c.prepare_cached(
        "INSERT INTO blob_links (inspection, hash, scan, bytes) VALUES (?1, ?2, 2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for reference in &inspection.references {
        let scan = &reference.scan;
        link.execute(params![
            inspection.id.column(),
            scan.blob.0,
            scan.bytes as i64
        ])?;
    }
    Ok(())
}

/// The snapshot of an inspection.
pub(crate) fn snapshot(c: &Connection, id: InspectionId) -> Result<Option<Inspection>> {
    let body: Option<String> = c
        .prepare_cached("SELECT body FROM inspections WHERE id = ?1")?
        .query_row([id.column()], |r| r.get(0))
        .optional()?;
    body.map(|b| sql::from_json("an inspection", &b))
        .transpose()
}

fn history(c: &Connection, id: InspectionId, entries: Vec<Entry>) -> Result<Vec<HistoryEntry>> {
    let mut sent: std::collections::HashMap<EntryId, Sent> =
        outbox::sent_states(c, id)?.into_iter().collect();
    Ok(entries
        .into_iter()
        .map(|entry| HistoryEntry {
            sent: sent.remove(&entry.payload.id).unwrap_or(Sent::Yes),
            entry,
        })
        .collect())
}

const PAGE: &str = "
    SELECT priority, since, inspection, row FROM worklist
    WHERE (priority, since, inspection) > (?1, ?2, ?3)
    ORDER BY priority, since, inspection LIMIT ?4";

fn page(
    c: &Connection,
    officer: Option<OfficerId>,
    after: Option<RowKey>,
    limit: usize,
) -> Result<RowsPage> {
    let (priority, since, id) = after.map_or((-1, i64::MIN, [0; 16]), |k| {
        (k.priority, k.since, k.id.column())
    });
    let mut select = c.prepare_cached(PAGE)?;
    let mut rows = select.query(params![priority, since, id, limit as i64])?;
    let mut page = RowsPage {
        rows: Vec::new(),
        next: None,
    };
    let mut last = None;
    while let Some(row) = rows.next()? {
        last = Some(RowKey {
            priority: row.get(0)?,
            since: row.get(1)?,
            id: sql::id(row, 2)?,
        });
        let text = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        page.rows.push(listed(c, officer, text)?);
    }
    if page.rows.len() == limit {
        page.next = last;
    }
    Ok(page)
}

fn listed(c: &Connection, officer: Option<OfficerId>, text: &str) -> Result<ListedRow> {
    let row: Row = sql::from_json("a worklist row", text)?;
    Ok(ListedRow {
        sync: sync_state(c, officer, row.id)?,
        row,
    })
}

const SYNC_STATE: &str = "
    SELECT count(*), coalesce(sum(state IN ('waiting', 'refused', 'conflict')), 0),
           coalesce(sum(state IN ('refused', 'conflict')), 0)
    FROM outbox WHERE inspection = ?1";

/// What the badge of an inspection is made from.
pub(crate) fn sync_state(
    c: &Connection,
    officer: Option<OfficerId>,
    id: InspectionId,
) -> Result<SyncState> {
    let (recorded, waiting, stuck) =
        c.prepare_cached(SYNC_STATE)?
            .query_row([id.column()], |r| {
                Ok((
                    r.get::<_, i64>(0)?,
                    r.get::<_, i64>(1)?,
                    r.get::<_, i64>(2)?,
                ))
            })?;
    let drafts: i64 = match officer {
        Some(officer) => c
            .prepare_cached("SELECT count(*) FROM drafts WHERE inspection = ?1 AND officer = ?2")?
            .query_row([id.column(), officer.column()], |r| r.get(0))?,
        None => 0,
    };
    Ok(SyncState {
        recorded: recorded as u64,
        drafts: drafts as u64,
        waiting: waiting as u64,
        stuck: if stuck > 0 {
            outbox::first_stuck(c, Some(id))?
        } else {
            None
        },
        blobs: if recorded > 0 {
            pending_blobs(c, id)?
        } else {
            0
        },
    })
}

/// Files of an inspection that are not at the central.
pub(crate) fn pending_blobs(c: &Connection, id: InspectionId) -> Result<u64> {
    let pending: i64 = c
        .prepare_cached(
            "SELECT count(*) FROM blob_links l JOIN uploads u ON u.hash = l.hash
             WHERE l.inspection = ?1 AND u.state = 'pending'",
        )?
        .query_row([id.column()], |r| r.get(0))?;
    Ok(pending as u64)
}

pub(crate) fn blobs_here(c: &Connection, id: InspectionId) -> Result<Vec<BlobHash>> {
    let mut select = c.prepare_cached(
        "SELECT b.hash FROM blob_links l JOIN blobs b ON b.hash = l.hash WHERE l.inspection = ?1",
    )?;
    let rows = select.query_map([id.column()], |r| sql::hash(r, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
