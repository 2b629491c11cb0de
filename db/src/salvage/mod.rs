//! A damaged store: set aside whole, and what can be read goes on in a new one under the same key.
//!
//! The new database is finished and durable before the old one is moved, and both moves are taken up again at the
//! next opening when the power goes in between. Nothing of the old store is ever changed or unlinked; sealed files
//! stay where they are. Start reading at [`Store::salvage`].

mod gather;
mod pages;
mod record;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use serde::{Deserialize, Serialize};

use crate::keys::{KeyFile, KeySource, StoreKey};
use crate::store::{DATABASE, beside, connect, take_lock};
use crate::{Result, Store, StoreError, files, migrations, sql};
use pages::{Page, Pages};

/// Beside the database: what is being written, and what is finished but for its name.
const UNFINISHED: &str = "store.db.salvaging";
const FINISHED: &str = "store.db.salvaged-";
pub(crate) const ASIDE: &str = "store.db.damaged-";
/// Says that a page of the database did not open: the next opening looks at them all.
const SUSPECT: &str = "store.suspect";

/// What a salvage came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvaged {
    /// When, by the device's clock.
    pub at: Timestamp,
    /// The file in the data folder that holds the damaged store.
    pub file: String,
    /// Entries of all devices that were kept.
    pub entries: u64,
    /// Entries of this device that could not be read; others' come again from the central.
    pub unreadable: u64,
    /// Drafts that were kept.
    pub drafts: u64,
    /// Pages of the database of which nothing, or only an older state, could be read.
    pub pages_lost: u64,
}

impl Store {
    /// Sets a damaged store aside and opens a new one under the same key with everything that can be read.
    ///
    /// To be called when [`Store::open`] says [`StoreError::Damaged`]. The cursor begins anew, so that everything
    /// the central has comes again; entries whose fate is unknown are offered again; the chain goes on above every
    /// number that was given out.
    ///
    /// # Errors
    /// [`StoreError::Undecryptable`] when not one page opens with the key, [`StoreError::NamelessStore`],
    /// [`StoreError::Newer`], [`StoreError::Key`], [`StoreError::Full`]: the damaged store is left as it is.
    pub fn salvage(dir: &Path, source: &KeySource, now: Timestamp) -> Result<(Self, Salvaged)> {
        let lock = take_lock(dir)?;
        // Never a key that is not proven to be this store's.
        let key = KeyFile::read(dir)?.unwrap(source)?;
        let old = dir.join(DATABASE);
        let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let file = format!("{ASIDE}{stamp}");
        if dir.join(&file).exists() {
            return Err(StoreError::Exists(dir.join(file)));
        }
        let pages = Pages::open(&old, &key)?.ok_or(StoreError::Undecryptable(old))?;
        refuse_newer(&pages)?;
        let new = dir.join(UNFINISHED);
        let built = remove_copy(&new).and_then(|()| build(&pages, &new, &key, &file, now));
        if built.is_err() {
            // A copy that is not complete is of no use, and a full disk wants the space back.
            remove_copy(&new)?;
        }
        let salvaged = built?;
        drop(pages);
        files::move_into_place(&new, &dir.join(format!("{FINISHED}{stamp}")))?;
        finish(dir)?;
        clear_suspicion(dir)?;
        let connection = connect(&dir.join(DATABASE), &key, OpenFlags::empty())?;
        let store = Self::over(dir, key, connection, lock)?;
        Ok((store, salvaged))
    }

    /// The salvage from which this store comes, when it comes from one.
    pub fn salvaged(&self) -> Result<Option<Salvaged>> {
        self.read(|c| {
            let text: Option<String> = sql::meta(c, "salvage")?;
            text.map(|t| sql::from_json("the salvage", &t)).transpose()
        })
    }

    /// What is left to do when a salvaged database is opened for the first time.
    pub(crate) fn after_salvage(&self) -> Result<()> {
        if !self.read(|c| Ok(sql::meta::<i64>(c, "salvage_unfinished")?.is_some()))? {
            return Ok(());
        }
        self.rebuild_projections()?;
        self.adopt_blobs()?;
        self.write(|w| sql::drop_meta(&w.tx, "salvage_unfinished"))
    }
}

/// Whether a salvage is finished but for the names of its files.
pub(crate) fn is_pending(dir: &Path) -> bool {
    finished_in(dir).is_some()
}

/// Sets the old files aside and puts the finished database in their place; goes on where it was cut off.
pub(crate) fn finish(dir: &Path) -> Result<()> {
    let Some((finished, stamp)) = finished_in(dir) else {
        return Ok(());
    };
    let (database, aside) = (dir.join(DATABASE), dir.join(format!("{ASIDE}{stamp}")));
    // The database last: without it nobody takes the folder for a store, or its WAL for that of the new one.
    for more in ["-wal", "-shm", ""] {
        let (from, to) = (beside(&database, more), beside(&aside, more));
        if !from.exists() {
            continue;
        }
        if to.exists() {
            return Err(StoreError::Exists(to));
        }
        files::move_into_place(&from, &to)?;
    }
    files::move_into_place(&finished, &database)
}

/// Notes that the database did not read as it should.
pub(crate) fn suspect(dir: &Path) {
    if let Err(error) = std::fs::write(dir.join(SUSPECT), []) {
        tracing::error!(%error, "the damage could not be noted for the next start");
    }
}

/// Whether the last one who used the store had reason to doubt it.
pub(crate) fn is_suspect(dir: &Path) -> bool {
    dir.join(SUSPECT).exists()
}

/// The doubt was looked into.
pub(crate) fn clear_suspicion(dir: &Path) -> Result<()> {
    files::remove_if_there(&dir.join(SUSPECT))
}

fn finished_in(dir: &Path) -> Option<(PathBuf, String)> {
    std::fs::read_dir(dir).ok()?.find_map(|entry| {
        let entry = entry.ok()?;
        let stamp = entry
            .file_name()
            .to_str()?
            .strip_prefix(FINISHED)?
            .to_owned();
        Some((entry.path(), stamp))
    })
}

/// A newer build's store is not for this one to read, damaged or not.
fn refuse_newer(pages: &Pages) -> Result<()> {
    if let Page::Whole(first) | Page::Older(first) = pages.read(1)?
        && let Some(found) = record::be32(&first, 60)
        && found > migrations::VERSION
    {
        return Err(StoreError::Newer {
            found,
            known: migrations::VERSION,
        });
    }
    Ok(())
}

fn build(
    pages: &Pages,
    path: &Path,
    key: &StoreKey,
    file: &str,
    now: Timestamp,
) -> Result<Salvaged> {
    let mut connection = connect(path, key, OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    migrations::bring_up(&mut connection)?;
    let tx = connection.transaction()?;
    let found = gather::gather(pages, &tx)?;
    let salvaged = Salvaged {
        at: now,
        file: file.to_owned(),
        entries: found.entries,
        unreadable: found.unreadable,
        drafts: found.drafts,
        pages_lost: found.pages_lost,
    };
    sql::set_meta(&tx, "salvage", sql::to_json("the salvage", &salvaged)?)?;
    sql::set_meta(&tx, "salvage_unfinished", 1)?;
    tx.commit()?;
    // Closing brings the WAL into the database, synced, and takes it away.
    connection.close().map_err(|(_, error)| error)?;
    Ok(salvaged)
}

fn remove_copy(path: &Path) -> Result<()> {
    ["", "-wal", "-shm"]
        .iter()
        .try_for_each(|more| files::remove_if_there(&beside(path, more)))
}
