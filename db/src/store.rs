//! The one door to the database: opening, creating, and the two ways in, [`Store::write`] and [`Store::read`].

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use outpost_domain::{DeviceId, InspectionId};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::finder::Finder;
use crate::keys::{KEY_FILE, KeyError, KeyFile, KeySource, StoreKey, random};
use crate::{Result, StoreError, files, migrations, salvage, verify, wal};

/// The database's name in the data folder.
pub(crate) const DATABASE: &str = "store.db";
const LOCK: &str = "store.lock";

/// SQLite 3.7.0 to 3.51.2 can lose a commit in a race of two connections at a WAL reset.
const OLDEST_SQLITE: (i32, &str) = (3_051_003, "3.51.3");
/// SQLCipher 4's page.
pub(crate) const PAGE: u64 = 4096;
const BUSY_LIMIT: Duration = Duration::from_secs(10);
const IDLE_READERS: usize = 4;

/// The workstation's store. Every method may be called from any thread; they block on the disk.
///
/// There is one writer at a time; readers never wait for it. A method that writes returns after the commit is
/// durable on the disk.
pub struct Store {
    pub(crate) dir: PathBuf,
    pub(crate) key: StoreKey,
    /// Before the writer, which closes last and brings the WAL into the database.
    readers: Mutex<Vec<Connection>>,
    /// `None` after something failed beneath it: the WAL may hold frames of a transaction that nobody was told of, and
    /// SQLCipher refuses everything on a connection on which a page did not open once. The next write opens another.
    writer: Mutex<Option<Connection>>,
    pub(crate) finder: RwLock<Option<Finder>>,
    pub(crate) blob_writes: Mutex<()>,
    device: DeviceId,
    /// Held as long as the store lives: two processes never write one journal.
    _lock: File,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("dir", &self.dir)
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a new store in `dir`, its key kept where `source` says.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the folder has a store or any sealed file: no key is ever made over data.
    pub fn create(dir: &Path, source: &KeySource) -> Result<Self> {
        files::make_folder(dir)?;
        let lock = take_lock(dir)?;
        if holds_data(dir) {
            return Err(StoreError::Exists(dir.to_owned()));
        }
        let key = match KeyFile::read(dir) {
            // The creation before this one was cut off after its key was kept: it goes on with that key.
            Ok(kept) => kept.unwrap(source)?,
            Err(KeyError::NoKeyFile) => keep_new_key(dir, source)?,
            Err(error) => return Err(error.into()),
        };
        let connection = connect(&dir.join(DATABASE), &key, OpenFlags::SQLITE_OPEN_CREATE)?;
        files::sync_folder(&dir.join(DATABASE))?;
        Self::over(dir, key, connection, lock)
    }

    /// Opens the store in `dir`, bringing an older one up to this build's version.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::InUse`], [`StoreError::Key`], [`StoreError::Newer`] and
    /// [`StoreError::Damaged`], each before anything is changed on the disk.
    pub fn open(dir: &Path, source: &KeySource) -> Result<Self> {
        if !dir.join(DATABASE).exists() && !salvage::is_pending(dir) {
            return Err(StoreError::Missing(dir.to_owned()));
        }
        let lock = take_lock(dir)?;
        salvage::finish(dir)?;
        let key = match (KeyFile::read(dir), source) {
            (Ok(kept), _) => kept.unwrap(source)?,
            (Err(KeyError::NoKeyFile), KeySource::Raw(bytes)) => StoreKey::new(*bytes),
            (Err(error), _) => return Err(error.into()),
        };
        // Only with the right key: a wrong one is told first.
        if dir.join(KEY_FILE).exists() {
            wal::refuse_broken(&beside(&dir.join(DATABASE), "-wal"))?;
        }
        let connection = connect(&dir.join(DATABASE), &key, OpenFlags::empty());
        let connection = match connection {
            // Without a check value a wrong key and a damaged file look alike; the key is the likelier of the two.
            Err(StoreError::Damaged { .. }) if !dir.join(KEY_FILE).exists() => {
                return Err(KeyError::WrongKey.into());
            }
            other => other?,
        };
        // A power cut while the WAL was brought into the database leaves torn pages there; whole ones are in the WAL.
        // A disk without room opens all the same; what is in the WAL is then brought over before the first write.
        let in_doubt = match begin_wal_anew(&connection) {
            Ok(()) => false,
            Err(StoreError::Full | StoreError::Busy) => true,
            Err(error) => return Err(error),
        };
        if salvage::is_suspect(dir) {
            look_at_every_page(&connection, dir)?;
        }
        let store = Self::over(dir, key, connection, lock)?;
        if in_doubt {
            *self::lock(&store.writer) = None;
        }
        Ok(store)
    }

    pub(crate) fn over(
        dir: &Path,
        key: StoreKey,
        mut connection: Connection,
        lock: File,
    ) -> Result<Self> {
        migrations::bring_up(&mut connection)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let device = device_of(&mut connection)?;
        let store = Self {
            dir: dir.to_owned(),
            key,
            readers: Mutex::default(),
            writer: Mutex::new(Some(connection)),
            finder: RwLock::default(),
            blob_writes: Mutex::default(),
            device,
            _lock: lock,
        };
        store.drop_unfinished()?;
        store.after_salvage()?;
        store.after_new_projection()?;
        store.after_upgrade()?;
        Ok(store)
    }

    /// Keeps the store's key under one more lock: a passphrase beside the keyring, or the other way round.
    pub fn add_key(&self, source: &KeySource) -> Result<()> {
        let mut kept = match KeyFile::read(&self.dir) {
            Err(KeyError::NoKeyFile) => KeyFile::new(&self.key)?,
            other => other?,
        };
        kept.wrap(&self.key, source)?;
        kept.write(&self.dir)
    }

    /// This workstation. Named when the store was made.
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// The version of the schema that this build writes.
    pub const fn schema() -> u32 {
        migrations::VERSION
    }

    /// The version of SQLite that this build has in it.
    pub fn sqlite() -> &'static str {
        rusqlite::version()
    }

    /// The data folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Bytes that are free where the store lies, for who may write no more than this program.
    pub fn room(&self) -> Result<u64> {
        fs4::available_space(&self.dir).map_err(StoreError::io(&self.dir))
    }

    /// Runs `work` in one immediate transaction and makes it durable. The worklist rows that `work` changed are
    /// told to the search before the next writer begins.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&mut Writing<'_>) -> Result<T>) -> Result<T> {
        let mut writer = lock(&self.writer);
        let mut connection = match writer.take() {
            Some(connection) => connection,
            None => self.another_writer().map_err(|e| self.named(e))?,
        };
        match commit(&mut connection, self.device, work) {
            Ok((done, rows)) => {
                if self.tell_finder(&connection, &rows).is_ok() {
                    *writer = Some(connection);
                }
                Ok(done)
            }
            Err(error) => {
                if !fails_beneath(&error) {
                    *writer = Some(connection);
                }
                Err(self.named(error))
            }
        }
    }

    /// A connection for writing that knows nothing of what failed, over an empty WAL.
    fn another_writer(&self) -> Result<Connection> {
        let connection = connect(&self.dir.join(DATABASE), &self.key, OpenFlags::empty())?;
        begin_wal_anew(&connection)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(connection)
    }

    /// Runs `work` on a consistent view of the store, without waiting for a writer.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = lock(&self.readers).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.reader().map_err(|e| self.named(e))?,
        };
        let result = {
            let view = connection
                .transaction_with_behavior(TransactionBehavior::Deferred)
                .map_err(|e| self.named(e.into()))?;
            work(&view).map_err(|e| self.named(e))
        };
        let mut readers = lock(&self.readers);
        let worn = result.as_ref().is_err_and(fails_beneath);
        if readers.len() < IDLE_READERS && !worn {
            readers.push(connection);
        }
        result
    }

    fn reader(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(self.dir.join(DATABASE), flags)?;
        unlock(&connection, &self.key)?;
        connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16000;")?;
        connection.busy_timeout(BUSY_LIMIT)?;
        Ok(connection)
    }

    /// Gives a damage report the file's whole path.
    fn named(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Damaged { file, what } if file.is_relative() => {
                salvage::suspect(&self.dir);
                StoreError::Damaged {
                    file: self.dir.join(file),
                    what,
                }
            }
            other => other,
        }
    }
}

/// Reads the whole database, because the last one who used it met a page that did not open.
fn look_at_every_page(connection: &Connection, dir: &Path) -> Result<()> {
    match verify::page_faults(connection)?.into_iter().next() {
        None => salvage::clear_suspicion(dir),
        Some(what) => Err(StoreError::Damaged {
            file: dir.join(DATABASE),
            what,
        }),
    }
}

fn commit<T>(
    connection: &mut Connection,
    device: DeviceId,
    work: impl FnOnce(&mut Writing<'_>) -> Result<T>,
) -> Result<(T, Vec<InspectionId>)> {
    let mut writing = Writing {
        tx: connection.transaction_with_behavior(TransactionBehavior::Immediate)?,
        device,
        rows: Vec::new(),
    };
    let done = work(&mut writing)?;
    writing.tx.commit()?;
    Ok((done, writing.rows))
}

/// Brings the WAL into the database and empties it, once no reader needs it any more.
///
/// After a write that the disk refused, frames of that transaction may stand behind the last commit, whole with their
/// sums. Left there, they would pass for damage, or for what was saved, when a later commit ends among them.
///
/// # Errors
/// [`StoreError::Busy`] when a reader needs the WAL for longer than the time limit.
fn begin_wal_anew(connection: &Connection) -> Result<()> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0))?;
    if busy == 0 {
        Ok(())
    } else {
        Err(StoreError::Busy)
    }
}

/// Whether it was the disk, or SQLite itself, that refused, and not what was asked.
fn fails_beneath(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Sqlite(_) | StoreError::Full | StoreError::Damaged { .. }
    )
}

/// A write transaction under way.
pub(crate) struct Writing<'c> {
    pub(crate) tx: Transaction<'c>,
    pub(crate) device: DeviceId,
    /// Inspections whose worklist row was written or taken away.
    pub(crate) rows: Vec<InspectionId>,
}

/// A lock whose holder panicked protects nothing half done: transactions roll back.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn take_lock(dir: &Path) -> Result<File> {
    let path = dir.join(LOCK);
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(StoreError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse(dir.to_owned())),
        Err(std::fs::TryLockError::Error(e)) => Err(StoreError::io(&path)(e)),
    }
}

/// Whether there is anything in `dir` over which no new store may be made.
pub(crate) fn holds_data(dir: &Path) -> bool {
    dir.join(DATABASE).exists() || has_blobs(dir) || salvage::is_pending(dir)
}

fn has_blobs(dir: &Path) -> bool {
    std::fs::read_dir(dir.join(crate::blobs::FOLDER))
        .is_ok_and(|mut entries| entries.next().is_some())
}

fn keep_new_key(dir: &Path, source: &KeySource) -> Result<StoreKey> {
    let key = match source {
        KeySource::Raw(bytes) => StoreKey::new(*bytes),
        KeySource::Keyring | KeySource::Passphrase(_) => StoreKey::random()?,
    };
    let mut kept = KeyFile::new(&key)?;
    kept.wrap(&key, source)?;
    kept.write(dir)?;
    Ok(key)
}

/// Opens the writer's connection. Until the version is known to be ours, closing leaves the WAL as it is.
pub(crate) fn connect(path: &Path, key: &StoreKey, more: OpenFlags) -> Result<Connection> {
    if rusqlite::version_number() < OLDEST_SQLITE.0 {
        return Err(StoreError::OldSqlite {
            found: rusqlite::version(),
            wanted: OLDEST_SQLITE.1,
        });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let unlocked = unlock(&connection, key);
    unlocked.map_err(|error| match error {
        StoreError::Damaged { what, .. } => StoreError::Damaged {
            file: path.to_owned(),
            what,
        },
        other => other,
    })?;
    connection.busy_timeout(BUSY_LIMIT)?;
    refuse_cut_off(&connection, path)?;
    migrations::refuse_newer(&connection)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -8000;
         PRAGMA journal_size_limit = 33554432;",
    )?;
    Ok(connection)
}

/// The file beside `path` whose name goes on with `more`.
pub(crate) fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    name.into()
}

/// Refuses a file that ends before its own last page. Beside a WAL that is as it may be: the pages are in there.
fn refuse_cut_off(connection: &Connection, path: &Path) -> Result<()> {
    if std::fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0) {
        return Ok(());
    }
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |r| r.get(0))?;
    let wanted = pages as u64 * PAGE;
    let there = std::fs::metadata(path).map_err(StoreError::io(path))?.len();
    if there < wanted {
        return Err(StoreError::Damaged {
            file: path.to_owned(),
            what: format!("{there} of {wanted} bytes are there"),
        });
    }
    Ok(())
}

/// Gives the key and reads the first page with it. A key that does not fit shows here, as "not a database".
fn unlock(connection: &Connection, key: &StoreKey) -> Result<()> {
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    connection.pragma_update(None, "key", key.pragma().as_str())?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(())
}

/// The device's id, made with the store.
fn device_of(connection: &mut Connection) -> Result<DeviceId> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let kept: Option<[u8; 16]> = tx
        .query_row("SELECT value FROM meta WHERE name = 'device'", [], |r| {
            r.get(0)
        })
        .optional()?;
    let bytes = if let Some(bytes) = kept {
        bytes
    } else {
        let made = uuid::Builder::from_random_bytes(random()?).into_uuid();
        let insert = "INSERT INTO meta (name, value) VALUES ('device', ?1)";
        tx.execute(insert, [made.into_bytes()])?;
        made.into_bytes()
    };
    tx.commit()?;
    Ok(DeviceId(uuid::Uuid::from_bytes(bytes)))
}
