//! What stands on the pages that open, put row by row into a new database.
//!
//! A row is known by its shape, because the pages that say which table it belongs to may be the lost ones. An entry
//! counts only when its signature does; everything else was sealed by this store's own key.

use std::collections::{BTreeSet, HashMap};

use ed25519_dalek::SigningKey;
use outpost_api::{Receipt, Session};
use outpost_domain::{
    DeviceId, Entry, EntryId, Inspection, Officer, OfficerId, PracticeResult, SignedEntry,
    public_key,
};
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ToSql, params, params_from_iter};
use uuid::Uuid;

use super::pages::{Page, Pages, View};
use super::record::{self, Row, Value};
use crate::sql::{self, Id};
use crate::{Result, StoreError, chain, journal, outbox, people, receipts};

use Value::{Blob, Int, Null, Text};

/// Single values that stay true. The cursor does not: everything the central has comes anew.
const LASTING: [&str; 9] = [
    "chain_floor",
    "chain_gaps",
    "device",
    "device_secret",
    "epoch",
    "generation",
    "last_exchange",
    "post_info",
    "server_time",
];
/// Single values that are made anew.
const PASSING: [&str; 5] = ["build", "cursor", "salvage", "salvage_unfinished", "swept"];

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) entries: u64,
    pub(super) unreadable: u64,
    pub(super) drafts: u64,
    pub(super) pages_lost: u64,
    states: HashMap<EntryId, Outcome>,
    /// Numbers that were given out, by device, as indexes tell them.
    numbers: HashMap<DeviceId, BTreeSet<u64>>,
    /// Public keys of this device's officers, as entries write them.
    own_keys: Vec<String>,
}

/// How far an entry was on its way.
#[derive(Debug)]
struct Outcome {
    sequence: u64,
    state: String,
    code: Value,
    detail: Value,
}

/// Puts everything that can be read into the empty store behind `c`.
pub(super) fn gather(pages: &Pages, c: &Connection) -> Result<Gathered> {
    let free = pages.free()?;
    let mut gathered = Gathered::default();
    gathered.take_entries_by_age(pages, c)?;
    for number in 1..=pages.count() {
        if free.as_ref().is_some_and(|free| free.contains(&number)) {
            continue;
        }
        let page = pages.read(number)?;
        let newest = matches!(page, Page::Whole(_));
        gathered.pages_lost += u64::from(!newest);
        // Content of a deleted page would pass for new when the list of free pages is lost.
        let current = newest && free.is_some();
        for row in rows_of(pages, View::NEWEST, number)? {
            gathered.take(c, &row, current)?;
        }
    }
    gathered.restore_chain(c)?;
    receipts::pin_from_receipts(c)?;
    Ok(gathered)
}

/// The rows that stand on a page as it was in `view`.
fn rows_of(pages: &Pages, view: View, number: u32) -> Result<Vec<Row>> {
    let content = |number| {
        Ok(match pages.read_in(view, number)? {
            Page::Whole(page) | Page::Older(page) => Some(page),
            Page::Lost => None,
        })
    };
    match content(number)? {
        Some(page) => record::rows(&page, number, content),
        None => Ok(Vec::new()),
    }
}

impl Gathered {
    /// Where the WAL's sums break off, a transaction that the disk refused may stand behind those that were
    /// acknowledged, on newer states of the same pages, with an entry under a number that was given out again. So
    /// entries are taken by age: what SQLite would read first, then each transaction behind it.
    fn take_entries_by_age(&mut self, pages: &Pages, c: &Connection) -> Result<()> {
        let (sure, doubtful) = pages.doubtful();
        if doubtful.is_empty() {
            return Ok(());
        }
        for number in 1..=pages.count() {
            self.take_entries(pages, c, sure, number)?;
        }
        for transaction in doubtful {
            for number in &transaction.pages {
                self.take_entries(pages, c, transaction.view, *number)?;
            }
        }
        Ok(())
    }

    fn take_entries(&mut self, pages: &Pages, c: &Connection, view: View, page: u32) -> Result<()> {
        for row in rows_of(pages, view, page)? {
            if let Some((id, signed)) = entry_in(&row) {
                self.take_entry(c, row.number, id, &signed)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, c: &Connection, row: &Row, current: bool) -> Result<()> {
        if let Some((id, signed)) = entry_in(row) {
            return self.take_entry(c, row.number, id, &signed);
        }
        let insert = match row.values.as_slice() {
            [
                Blob(entry),
                Int(sequence),
                Blob(_),
                Blob(_),
                Text(_),
                Int(_),
                Text(state),
                code,
                detail,
            ] => {
                self.take_state(entry, *sequence, state, (code, detail), current);
                return Ok(());
            }
            [Blob(device), Int(sequence), Int(_)] => {
                if let Ok(device) = Uuid::from_slice(device) {
                    let numbers = self.numbers.entry(DeviceId(device)).or_default();
                    numbers.insert(*sequence as u64);
                }
                return Ok(());
            }
            // A row that is older than the column of faults ends before it.
            [Null, Text(_), Int(_), Text(body)]
            | [Null, Text(_), Int(_), Text(body), Text(_) | Null] => {
                return self.take_receipt(c, row, body);
            }
            [Null, Text(key), Int(_), Int(_)] if sql::is_public_key(key) => {
                return run(c, CENTRAL_KEY, &numbered(row));
            }
            [Blob(_), Blob(_), Text(_), Text(_), Int(_)] => {
                self.drafts += c
                    .prepare_cached(DRAFT)?
                    .execute(params_from_iter(&row.values))? as u64;
                return Ok(());
            }
            [
                Blob(officer),
                key,
                Blob(_) | Null,
                Blob(_) | Null,
                Int(_),
                Int(_) | Null,
            ] => {
                if let Blob(key) = key
                    && let Ok(key) = <[u8; 32]>::try_from(key.as_slice())
                {
                    let public = public_key(&SigningKey::from_bytes(&key));
                    if let Ok(officer) = Uuid::from_slice(officer) {
                        people::learn_key(c, OfficerId(officer), &public)?;
                    }
                    self.own_keys.push(public);
                }
                "INSERT OR IGNORE INTO credentials VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
            }
            [Blob(_), Int(_), Int(_), Int(_), Text(body)] if is::<Inspection>(body) => INSPECTION,
            [Blob(_), Int(_), Text(_), Text(_), Int(_)] => {
                "INSERT OR IGNORE INTO blobs VALUES (?1, ?2, ?3, ?4, ?5)"
            }
            [
                Blob(_),
                Blob(_),
                Text(_),
                Text(_) | Null,
                Text(_) | Null,
                Text(_) | Null,
                Int(_) | Null,
            ] if current => "INSERT OR IGNORE INTO uploads VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            [Blob(_), Int(_), Text(body)] if is::<PracticeResult>(body) => {
                "INSERT OR IGNORE INTO practice VALUES (?1, ?2, ?3)"
            }
            [Blob(_), Text(body)] if is::<Session>(body) => {
                "INSERT OR IGNORE INTO sessions VALUES (?1, ?2)"
            }
            [Blob(id), Text(body)] => match serde_json::from_str::<Officer>(body) {
                Ok(officer) if officer.id.0.as_bytes() == id.as_slice() => {
                    for key in &officer.keys {
                        people::learn_key(c, officer.id, key)?;
                    }
                    "INSERT OR IGNORE INTO officers VALUES (?1, ?2)"
                }
                _ if id.len() == 16 && sql::is_public_key(body) => {
                    "INSERT OR IGNORE INTO officer_keys VALUES (?1, ?2)"
                }
                _ => return Ok(()),
            },
            [Text(name), _] if LASTING.contains(&name.as_str()) => {
                "INSERT OR IGNORE INTO meta VALUES (?1, ?2)"
            }
            [Text(name), Text(_)] if !PASSING.contains(&name.as_str()) => {
                "INSERT OR IGNORE INTO settings VALUES (?1, ?2)"
            }
            _ => return Ok(()),
        };
        run(c, insert, &row.values)
    }

    fn take_entry(
        &mut self,
        c: &Connection,
        arrival: i64,
        id: &[u8],
        signed: &SignedEntry,
    ) -> Result<()> {
        let Ok(entry) = signed.open() else {
            return Ok(());
        };
        let p = &entry.payload;
        if p.id.0.as_bytes() != id {
            return Ok(());
        }
        let rows = c
            .prepare_cached(
                "INSERT OR IGNORE INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                arrival,
                p.id.column(),
                p.inspection.column(),
                p.device.0.into_bytes(),
                p.sequence as i64,
                signed.payload,
                signed.signature,
                signed.key,
                entry.hash.0.0,
            ])?;
        self.entries += rows as u64;
        // What stood in the journal was taken in under a known key. The signature says that it stands unchanged.
        people::learn_key(c, p.author, &entry.key)?;
        Ok(())
    }

    fn take_receipt(&mut self, c: &Connection, row: &Row, body: &str) -> Result<()> {
        let Ok(receipt) = serde_json::from_str::<Receipt>(body) else {
            return Ok(());
        };
        let numbers = self.numbers.entry(receipt.device).or_default();
        numbers.extend((receipt.sequence > 0).then_some(receipt.sequence));
        let mut values = numbered(row);
        values.resize(5, Null);
        run(c, RECEIPT, &values)
    }

    fn take_state(
        &mut self,
        entry: &[u8],
        sequence: i64,
        state: &str,
        (code, detail): (&Value, &Value),
        current: bool,
    ) {
        let Ok(entry) = Uuid::from_slice(entry) else {
            return;
        };
        // What is not known for certain is offered again: the central takes an entry once.
        let state = if current { state } else { outbox::WAITING };
        let outcome = Outcome {
            sequence: sequence as u64,
            state: state.to_owned(),
            code: code.clone(),
            detail: detail.clone(),
        };
        self.states.insert(EntryId(entry), outcome);
    }

    /// Puts own entries into the outbox, notes which numbers are lost, and lets the chain go on above them.
    fn restore_chain(&mut self, c: &Connection) -> Result<()> {
        let Some(own) = self.own_device(c)? else {
            return Ok(());
        };
        let mut numbers = self.numbers.remove(&own).unwrap_or_default();
        numbers.extend(self.states.values().map(|outcome| outcome.sequence));
        let mut here = BTreeSet::new();
        for entry in entries_of(c, own)? {
            here.insert(entry.payload.sequence);
            self.put_in_outbox(c, &entry)?;
        }
        let known = numbers.iter().chain(&here).max().copied().unwrap_or(0);
        let accounted = chain::gaps(c)?;
        let is_lost = |number: &u64| {
            !here.contains(number) && !accounted.iter().any(|(a, z)| (a..=z).contains(&number))
        };
        let lost: Vec<u64> = (1..=known).filter(is_lost).collect();
        self.unreadable = lost.len() as u64;
        chain::interrupt(c, known.max(chain::floor(c)?), &lost)
    }

    /// This workstation, as the store says, or as its entries do: its outbox names them, its officers signed them.
    fn own_device(&self, c: &Connection) -> Result<Option<DeviceId>> {
        if let Some(bytes) = sql::meta(c, "device")? {
            return Ok(Some(DeviceId(Uuid::from_bytes(bytes))));
        }
        let mut select = c.prepare("SELECT id, device, key FROM journal")?;
        let mut rows = select.query([])?;
        let mut any = false;
        while let Some(row) = rows.next()? {
            any = true;
            let (id, key): (EntryId, String) = (sql::id(row, 0)?, row.get(2)?);
            if self.states.contains_key(&id) || self.own_keys.contains(&key) {
                let device: [u8; 16] = row.get(1)?;
                sql::set_meta(c, "device", device)?;
                return Ok(Some(DeviceId(Uuid::from_bytes(device))));
            }
        }
        // Without its name the entries could not be told from those of others, and would never be sent.
        if any {
            Err(StoreError::NamelessStore)
        } else {
            Ok(None)
        }
    }

    fn put_in_outbox(&self, c: &Connection, entry: &Entry) -> Result<()> {
        let id = entry.payload.id;
        match self.states.get(&id) {
            Some(known) => {
                outbox::enqueue(c, entry, &known.state)?;
                c.prepare_cached("UPDATE outbox SET code = ?2, detail = ?3 WHERE entry = ?1")?
                    .execute(params![id.column(), known.code, known.detail])?;
            }
            None => outbox::enqueue(c, entry, outbox::WAITING)?,
        }
        for hash in entry.payload.body.blobs() {
            c.prepare_cached("INSERT OR IGNORE INTO uploads (hash, author) VALUES (?1, ?2)")?
                .execute(params![hash.0, entry.payload.author.column()])?;
        }
        Ok(())
    }
}

const RECEIPT: &str = "INSERT OR IGNORE INTO receipts VALUES (?1, ?2, ?3, ?4, ?5)";
const CENTRAL_KEY: &str = "INSERT OR IGNORE INTO central_keys VALUES (?1, ?2, ?3, ?4)";
const DRAFT: &str = "INSERT INTO drafts VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at
    WHERE excluded.saved_at > saved_at";
const INSPECTION: &str = "INSERT INTO inspections VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT DO UPDATE SET version = excluded.version, generation = excluded.generation,
        removed = excluded.removed, body = excluded.body
    WHERE (excluded.generation, excluded.version) > (generation, version)";

/// The id and the signed text, when the row has the shape of an entry's.
fn entry_in(row: &Row) -> Option<(&[u8], SignedEntry)> {
    let [
        Null,
        Blob(id),
        Blob(_),
        Blob(_),
        Int(_),
        Text(payload),
        Text(signature),
        Text(key),
        Blob(_),
    ] = row.values.as_slice()
    else {
        return None;
    };
    let signed = SignedEntry {
        payload: payload.clone(),
        signature: signature.clone(),
        key: key.clone(),
    };
    Some((id, signed))
}

fn entries_of(c: &Connection, device: DeviceId) -> Result<Vec<Entry>> {
    let mut select = c.prepare(
        "SELECT id, payload, signature, key FROM journal WHERE device = ?1 ORDER BY sequence",
    )?;
    let rows = select.query_map([device.0.into_bytes()], journal::signed_row)?;
    let mut entries = Vec::new();
    for row in rows {
        entries.push(journal::opened(row?)?.entry);
    }
    Ok(entries)
}

fn is<T: serde::de::DeserializeOwned>(text: &str) -> bool {
    serde_json::from_str::<T>(text).is_ok()
}

/// The row's values with its number in the place of the key column, which holds nothing.
fn numbered(row: &Row) -> Vec<Value> {
    let mut values = row.values.clone();
    if let Some(first) = values.first_mut() {
        *first = Int(row.number);
    }
    values
}

/// A row that a table refuses is no row of it.
fn run(c: &Connection, insert: &str, values: &[Value]) -> Result<()> {
    match c.prepare_cached(insert)?.execute(params_from_iter(values)) {
        Err(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
        {
            Ok(())
        }
        other => {
            other?;
            Ok(())
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Null => Ok(ToSqlOutput::from(rusqlite::types::Null)),
            Int(number) => number.to_sql(),
            Blob(bytes) => bytes.to_sql(),
            Text(text) => text.to_sql(),
        }
    }
}
