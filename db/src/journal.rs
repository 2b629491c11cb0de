//! The journal: every act of an officer, signed and chained, never changed.

use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use outpost_domain::{
    Entry, EntryBody, EntryHash, EntryId, EntryPayload, InspectionId, Officer, OfficerId,
    SignedEntry, sign_entry, successor,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::sql::{self, Id};
use crate::store::Writing;
use crate::{Result, Store, StoreError, chain, outbox, projection};

/// An act to be recorded. Device, sequence and the hash of the entry before are the journal's own.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// UUIDv7, made by the caller.
    pub id: EntryId,
    /// The inspection; it must be on this laptop.
    pub inspection: InspectionId,
    /// Who acts.
    pub author: &'a Officer,
    /// Another officer for whom the author signs.
    pub on_behalf_of: Option<OfficerId>,
    /// What was done.
    pub body: EntryBody,
    /// The entry that this one replaces or takes back.
    pub supersedes: Option<EntryId>,
    /// The inspection's version on the screen.
    pub based_on: u64,
    /// The device's clock.
    pub recorded_at: Timestamp,
    /// The post's offset from UTC at that time, seconds east.
    pub offset_seconds: i32,
    /// The last time known from the central.
    pub server_time: Option<Timestamp>,
    /// The author's key on this device ([`Store::signing_key`]).
    pub key: &'a SigningKey,
}

/// An entry in the journal: as it is read, and as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The content with its hash.
    pub entry: Entry,
    /// The signed text.
    pub signed: SignedEntry,
}

impl Store {
    /// Signs an act, appends it to this device's chain and puts it in the outbox. Returns after the commit is
    /// durable: only then may anybody be told "saved".
    ///
    /// Every blob that the body names must have been put before; it is queued for upload with the entry.
    ///
    /// An entry that supersedes a stuck one settles it: the stuck one is set aside. It stays in the journal and the
    /// history, is not sent, and holds nothing up.
    /// The central does not know the stuck entry, so the new one is signed without naming it: when the stuck one was a
    /// correction, the new one corrects what stands in that place now. A withdrawal has nothing to tell the central and
    /// is set aside too.
    pub fn append(&self, new: NewEntry<'_>) -> Result<Recorded> {
        self.write(|w| append(w, new))
    }

    /// The entry with this id, from whichever device.
    pub fn entry(&self, id: EntryId) -> Result<Option<Recorded>> {
        self.read(|c| {
            let mut get =
                c.prepare_cached("SELECT id, payload, signature, key FROM journal WHERE id = ?1")?;
            get.query_row([id.column()], signed_row)
                .optional()?
                .map(opened)
                .transpose()
        })
    }

    /// The number and hash of this device's last entry; 0 and [`EntryHash::GENESIS`] before the first.
    pub fn chain_head(&self) -> Result<(u64, EntryHash)> {
        self.read(|c| head(c, self.device()))
    }
}

fn append(w: &mut Writing<'_>, new: NewEntry<'_>) -> Result<Recorded> {
    let known =
        w.tx.prepare_cached("SELECT 1 FROM inspections WHERE id = ?1")?
            .exists([new.inspection.column()])?;
    if !known {
        return Err(StoreError::UnknownInspection(new.inspection));
    }
    let settles = match new.supersedes {
        Some(other) => outbox::settle_by_successor(&w.tx, other)?,
        None => false,
    };
    let state = match new.body {
        EntryBody::Withdrawn { .. } if settles => outbox::SET_ASIDE,
        _ => outbox::WAITING,
    };
    let (sequence, previous) = head(&w.tx, w.device)?;
    let sequence = sequence.max(chain::floor(&w.tx)?);
    let payload = EntryPayload {
        id: new.id,
        inspection: new.inspection,
        author: new.author.id,
        author_name: new.author.name.clone(),
        agency: new.author.agency,
        device: w.device,
        sequence: sequence + 1,
        recorded_at: new.recorded_at,
        offset_seconds: new.offset_seconds,
        server_time: new.server_time,
        based_on: new.based_on,
        supersedes: match new.supersedes {
            Some(stuck) if settles && state != outbox::SET_ASIDE => {
                standing_in_place_of(&w.tx, new.inspection, stuck)?
            }
            supersedes => supersedes,
        },
        on_behalf_of: new.on_behalf_of,
        previous,
        body: new.body,
    };
    let signed = sign_entry(&payload, new.key).map_err(StoreError::unreadable("the new entry"))?;
    let entry = Entry {
        hash: signed.hash(),
        key: signed.key.clone(),
        payload,
    };
    if !insert(&w.tx, &entry, &signed)? {
        return Err(StoreError::DuplicateEntry(new.id));
    }
    outbox::enqueue(&w.tx, &entry, state)?;
    outbox::queue_uploads(&w.tx, &entry)?;
    projection::refresh(w, new.inspection)?;
    Ok(Recorded { entry, signed })
}

/// What a correction that is set aside had corrected, or what was put in its place since; `None` when the entry
/// corrected nothing.
fn standing_in_place_of(
    c: &Connection,
    inspection: InspectionId,
    aside: EntryId,
) -> Result<Option<EntryId>> {
    let entries = entries_of(c, inspection)?;
    let Some((mut place, agency)) = entries
        .iter()
        .find(|e| e.payload.id == aside)
        .and_then(|e| Some((e.payload.supersedes?, e.payload.agency)))
    else {
        return Ok(None);
    };
    let out = projection::left_out(c, inspection, &entries)?;
    let standing = || {
        let counts = entries.iter().filter(|e| !out.contains(&e.payload.id));
        counts.map(|e| &e.payload)
    };
    // As many steps as there are entries: corrections that were forged into a circle do not hold the store up.
    for _ in 0..entries.len() {
        match successor(place, agency, standing()) {
            Some(next) => place = next.id,
            None => break,
        }
    }
    Ok(Some(place))
}

/// Writes an entry's row; `false` when its id is there already.
pub(crate) fn insert(c: &Connection, entry: &Entry, signed: &SignedEntry) -> Result<bool> {
    let p = &entry.payload;
    let rows = c
        .prepare_cached(
            "INSERT INTO journal (id, inspection, device, sequence, payload, signature, key, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            p.id.column(),
            p.inspection.column(),
            p.device.0.into_bytes(),
            p.sequence as i64,
            signed.payload,
            signed.signature,
            signed.key,
            entry.hash.0.0,
        ])?;
    Ok(rows == 1)
}

/// The number and hash of a device's last entry.
pub(crate) fn head(c: &Connection, device: outpost_domain::DeviceId) -> Result<(u64, EntryHash)> {
    // Answered by the index that UNIQUE (device, sequence) makes.
    let mut last = c.prepare_cached(
        "SELECT sequence, hash FROM journal WHERE device = ?1 ORDER BY sequence DESC LIMIT 1",
    )?;
    let found = last
        .query_row([device.0.into_bytes()], |r| {
            Ok((r.get::<_, i64>(0)? as u64, EntryHash(sql::hash(r, 1)?)))
        })
        .optional()?;
    Ok(found.unwrap_or((0, EntryHash::GENESIS)))
}

/// Every entry of an inspection in the order of the act, then of id.
pub(crate) fn entries_of(c: &Connection, inspection: InspectionId) -> Result<Vec<Entry>> {
    let mut select =
        c.prepare_cached("SELECT id, payload, signature, key FROM journal WHERE inspection = ?1")?;
    let rows = select.query_map([inspection.column()], signed_row)?;
    let mut entries = Vec::new();
    for row in rows {
        entries.push(opened(row?)?.entry);
    }
    entries.sort_by_key(|e| (e.payload.recorded_at, e.payload.id));
    Ok(entries)
}

/// Reads `id, payload, signature, key`.
pub(crate) fn signed_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<(EntryId, SignedEntry)> {
    let signed = SignedEntry {
        payload: row.get(1)?,
        signature: row.get(2)?,
        key: row.get(3)?,
    };
    Ok((sql::id(row, 0)?, signed))
}

/// Reads an entry that was verified when it was stored.
pub(crate) fn opened((id, signed): (EntryId, SignedEntry)) -> Result<Recorded> {
    let entry = signed
        .open_trusted()
        .map_err(|why| StoreError::UnreadableEntry { id, why })?;
    Ok(Recorded { entry, signed })
}
