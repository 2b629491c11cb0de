//! What the central sends: pages of changes, each applied in one transaction together with its cursor.

use jiff::Timestamp;
use outpost_api::{Change, ChangesPage};
use outpost_domain::{EntryId, Inspection, InspectionId, SignedEntry};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::sql::{self, Id};
use crate::store::Writing;
use crate::{Result, Store, StoreError, journal, lists, outbox, people, projection, receipts};

/// What a page brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Inspections whose row, entries or badge changed; one that left the list is among them.
    pub changed: Vec<InspectionId>,
    /// Whether officers changed.
    pub officers: bool,
    /// Whether a key of an officer came that was not known before.
    pub new_keys: bool,
    /// Changes that could not be taken in and were kept aside.
    pub unreadable: u64,
    /// The central's epoch is another than before. The page was applied only when it was asked for from the
    /// beginning; otherwise pull again from [`Store::cursor`], which is now `None`.
    pub epoch_changed: bool,
}

/// A change that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableChange {
    /// Its text, word for word.
    pub body: String,
    /// Why.
    pub reason: String,
    /// The central's time of the page that brought it.
    pub received_at: Timestamp,
}

impl Store {
    /// Where the next page begins; `None` for the beginning.
    pub fn cursor(&self) -> Result<Option<String>> {
        self.read(|c| sql::meta(c, "cursor"))
    }

    /// The central's epoch as last seen.
    pub fn epoch(&self) -> Result<Option<Uuid>> {
        self.read(|c| {
            let text: Option<String> = sql::meta(c, "epoch")?;
            text.map(|t| t.parse().map_err(StoreError::unreadable("the epoch")))
                .transpose()
        })
    }

    /// Applies a page that was asked for with `since`: rows, cursor and epoch in one transaction.
    ///
    /// Each change is read by itself: one that this build cannot read, or whose signature does not fit or is made
    /// with a key that its author is not known by, is kept aside with the reason and holds up nothing else. It is
    /// read again when a new key of an officer comes. Applying a page twice changes nothing.
    ///
    /// # Errors
    /// [`StoreError::CursorMoved`] when `since` is not the stored cursor.
    pub fn apply_changes(
        &self,
        since: Option<&str>,
        page: &ChangesPage<Box<RawValue>>,
    ) -> Result<Applied> {
        self.write(|w| {
            let mut applied = Applied {
                epoch_changed: see_epoch(&w.tx, page.epoch)?,
                ..Applied::default()
            };
            if applied.epoch_changed && since.is_some() {
                return Ok(applied);
            }
            if sql::meta::<String>(&w.tx, "cursor")?.as_deref() != since {
                return Err(StoreError::CursorMoved);
            }
            for change in &page.changes {
                if let Err(reason) = take(w, change.get(), &mut applied)? {
                    keep_aside(&w.tx, change.get(), &reason, page.server_time)?;
                    applied.unreadable += 1;
                }
            }
            if applied.new_keys {
                applied.changed.extend(read_again(w)?.changed);
            }
            receipts::look_again(&w.tx, w.device)?;
            sql::set_meta(&w.tx, "cursor", &page.cursor)?;
            see_time(&w.tx, page.server_time)?;
            if !page.more {
                sweep(&w.tx, &mut applied)?;
            }
            refresh_changed(w, &mut applied)?;
            Ok(applied)
        })
    }

    /// Changes that were kept aside, oldest first.
    pub fn unreadable_changes(&self) -> Result<Vec<UnreadableChange>> {
        self.read(kept_aside)
    }

    /// After a change of build, what was kept aside is read again: the new build may know more.
    pub(crate) fn after_upgrade(&self) -> Result<()> {
        let build = env!("CARGO_PKG_VERSION");
        let last = self.read(|c| sql::meta::<String>(c, "build"))?;
        if last.as_deref() == Some(build) {
            return Ok(());
        }
        self.write(|w| {
            read_again(w)?;
            sql::set_meta(&w.tx, "build", build)
        })
    }

    /// The central's clock as last told.
    pub fn server_time(&self) -> Result<Option<Timestamp>> {
        self.read(|c| Ok(sql::meta::<i64>(c, "server_time")?.map(sql::time)))
    }

    /// Keeps the device's time of the last successful exchange.
    pub fn note_exchange(&self, at: Timestamp) -> Result<()> {
        self.write(|w| sql::set_meta(&w.tx, "last_exchange", sql::ms(at)))
    }

    /// The device's time of the last successful exchange.
    pub fn last_exchange(&self) -> Result<Option<Timestamp>> {
        self.read(|c| Ok(sql::meta::<i64>(c, "last_exchange")?.map(sql::time)))
    }
}

fn kept_aside(c: &Connection) -> Result<Vec<UnreadableChange>> {
    let mut select = c.prepare("SELECT body, reason, received_at FROM unreadable ORDER BY id")?;
    let rows = select.query_map([], |r| {
        Ok(UnreadableChange {
            body: r.get(0)?,
            reason: r.get(1)?,
            received_at: sql::time(r.get(2)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads what was kept aside once more: a new build, or a new key of an officer, may make sense of it.
pub(crate) fn read_again(w: &mut Writing<'_>) -> Result<Applied> {
    let mut applied = Applied::default();
    for change in kept_aside(&w.tx)? {
        if take(w, &change.body, &mut applied)?.is_ok() {
            let drop = "DELETE FROM unreadable WHERE body = ?1";
            w.tx.execute(drop, [&change.body])?;
        }
    }
    refresh_changed(w, &mut applied)?;
    Ok(applied)
}

fn refresh_changed(w: &mut Writing<'_>, applied: &mut Applied) -> Result<()> {
    applied.changed.sort_unstable();
    applied.changed.dedup();
    for id in &applied.changed {
        projection::refresh(w, *id)?;
    }
    Ok(())
}

/// Notes the server's epoch. On another one than before, everything is offered and pulled again; `true` then.
pub(crate) fn see_epoch(c: &Connection, epoch: Uuid) -> Result<bool> {
    let epoch = epoch.to_string();
    let known: Option<String> = sql::meta(c, "epoch")?;
    if known.as_ref() == Some(&epoch) {
        return Ok(false);
    }
    sql::set_meta(c, "epoch", &epoch)?;
    if known.is_none() {
        return Ok(false);
    }
    sql::set_meta(c, "generation", generation(c)? + 1)?;
    sql::drop_meta(c, "cursor")?;
    outbox::offer_everything(c)?;
    Ok(true)
}

/// Keeps the central's clock.
pub(crate) fn see_time(c: &Connection, time: Timestamp) -> Result<()> {
    sql::set_meta(c, "server_time", sql::ms(time))
}

/// How many epochs have ended.
fn generation(c: &Connection) -> Result<i64> {
    Ok(sql::meta(c, "generation")?.unwrap_or(0))
}

/// Takes one change in, or says why it cannot be.
fn take(w: &mut Writing<'_>, text: &str, applied: &mut Applied) -> Result<Result<(), String>> {
    let change = match serde_json::from_str(text) {
        Ok(change) => change,
        Err(why) => return Ok(Err(why.to_string())),
    };
    match change {
        Change::Inspection { inspection } => {
            applied.changed.push(inspection.id);
            take_inspection(&w.tx, &inspection).map(Ok)
        }
        Change::Removed { inspection } => {
            applied.changed.push(inspection);
            take_removal(&w.tx, inspection).map(Ok)
        }
        Change::Officer { officer } => {
            applied.officers = true;
            applied.new_keys |= people::put_officer(&w.tx, &officer)?;
            Ok(Ok(()))
        }
        Change::Checklist { checklist } => lists::take(&w.tx, &checklist),
        Change::Entry { entry } => take_entry(w, &entry, applied),
    }
}

fn take_inspection(c: &Connection, inspection: &Inspection) -> Result<()> {
    // An older snapshot never replaces a newer one of the same epoch.
    c.prepare_cached(
        "INSERT INTO inspections (id, version, generation, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE
         SET version = ?2, generation = ?3, removed = 0, body = ?4
         WHERE generation < ?3 OR version <= ?2",
    )?
    .execute(params![
        inspection.id.column(),
        inspection.version as i64,
        generation(c)?,
        sql::to_json("an inspection", inspection)?,
    ])?;
    Ok(())
}

fn take_removal(c: &Connection, id: InspectionId) -> Result<()> {
    c.prepare_cached("UPDATE inspections SET removed = 1, generation = ?2 WHERE id = ?1")?
        .execute(params![id.column(), generation(c)?])?;
    Ok(())
}

/// Takes in an entry that the central accepted: one of our own coming back, or another device's.
fn take_entry(
    w: &mut Writing<'_>,
    signed: &SignedEntry,
    applied: &mut Applied,
) -> Result<Result<(), String>> {
    let entry = match signed.open() {
        Ok(entry) => entry,
        Err(why) => return Ok(Err(why.to_string())),
    };
    let id = entry.payload.id;
    let own = entry.payload.device == w.device;
    match hash_of(&w.tx, id)? {
        Some(hash) if hash != entry.hash.0 => {
            return Ok(Err(format!(
                "entry {id} differs from the one in the journal"
            )));
        }
        Some(_) => {}
        None if !people::knows_key(&w.tx, entry.payload.author, &entry.key)? => {
            let (author, key) = (&entry.payload.author_name, &entry.key);
            return Ok(Err(format!(
                "entry {id} is signed with the key {key}, which the central has not told of {author}"
            )));
        }
        None if is_taken(&w.tx, &entry.payload)? => {
            let (device, sequence) = (entry.payload.device, entry.payload.sequence);
            return Ok(Err(format!(
                "device {device} has another entry with the number {sequence}"
            )));
        }
        None => {
            journal::insert(&w.tx, &entry, signed)?;
            // Written here before this store was brought back from a copy: the chain goes on after it.
            if own {
                outbox::enqueue(&w.tx, &entry, outbox::ACCEPTED)?;
            }
        }
    }
    if own {
        outbox::accept(&w.tx, id)?;
    }
    applied.changed.push(entry.payload.inspection);
    Ok(Ok(()))
}

fn hash_of(c: &Connection, id: EntryId) -> Result<Option<outpost_domain::BlobHash>> {
    let mut select = c.prepare_cached("SELECT hash FROM journal WHERE id = ?1")?;
    let found = select.query_row([id.column()], |r| sql::hash(r, 0));
    Ok(found.optional()?)
}

fn is_taken(c: &Connection, p: &outpost_domain::EntryPayload) -> Result<bool> {
    let mut select =
        c.prepare_cached("SELECT 1 FROM journal WHERE device = ?1 AND sequence = ?2")?;
    Ok(select.exists(params![p.device.0.into_bytes(), p.sequence as i64])?)
}

fn keep_aside(c: &Connection, text: &str, reason: &str, at: Timestamp) -> Result<()> {
    c.prepare_cached(
        "INSERT INTO unreadable (body, reason, received_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (body) DO UPDATE SET reason = ?2",
    )?
    .execute(params![text, reason, sql::ms(at)])?;
    Ok(())
}

/// After the first complete pull of a new epoch, what the central no longer names is no longer this post's.
fn sweep(c: &Connection, applied: &mut Applied) -> Result<()> {
    let generation = generation(c)?;
    if sql::meta::<i64>(c, "swept")?.unwrap_or(0) == generation {
        return Ok(());
    }
    let mut gone = c.prepare(
        "UPDATE inspections SET removed = 1, generation = ?1
         WHERE generation < ?1 AND removed = 0 RETURNING id",
    )?;
    let ids = gone.query_map([generation], |r| sql::id(r, 0))?;
    for id in ids {
        applied.changed.push(id?);
    }
    sql::set_meta(c, "swept", generation)
}
