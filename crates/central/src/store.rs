//! The one door to the database: opened, migrated, one writer, several readers.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use crate::problem::Failure;

/// Migrations in their order; a database's `user_version` counts those it has had.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001-foundation.sql"),
    include_str!("../migrations/0002-checklists.sql"),
    include_str!("../migrations/0003-notices.sql"),
];

/// Page cache of the writer, KiB.
const WRITER_CACHE_KIB: i64 = 32 * 1024;

/// The database.
pub struct Store {
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    path: std::path::PathBuf,
}

impl Store {
    /// Opens the database at `path`, creating or migrating it.
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a newer build.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let mut writer = connect(path)?;
        refuse_newer(&writer, path)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        // A large first load stays in memory instead of being spilled and read back.
        writer.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        migrate(&mut writer)?;
        Ok(Self {
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            path: path.to_owned(),
        })
    }

    /// Runs `work` in an immediate transaction and commits when it succeeds. One writer at a time: what is numbered
    /// within is numbered in the order of the commits.
    pub fn write<R>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Whether it can be written to, durably, and has the schema of this build: writes the time of the probe.
    pub fn probe(&self) -> Result<(), Failure> {
        self.write(|tx| {
            let (found, known) = (version(tx)?, MIGRATIONS.len());
            if found != known {
                return Err(Failure::Data(format!(
                    "the database has schema {found}, this build works with {known}"
                )));
            }
            set_meta(tx, "probed-at", &jiff::Timestamp::now().to_string())
        })
    }

    /// Brings everything into the one file of the database and empties the write-ahead log.
    pub fn checkpoint(&self) -> Result<(), Failure> {
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let busy: bool =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(Failure::Data("somebody else reads the database".to_owned()));
        }
        Ok(())
    }

    /// Runs `work` on one snapshot.
    pub fn read<R>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let kept = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut connection = match kept {
            Some(connection) => connection,
            None => connect(&self.path)?,
        };
        let result = work(&connection.transaction()?);
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        result
    }
}

fn connect(path: &Path) -> Result<Connection, Failure> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    // An accepted entry is promised to its device: it survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// How many migrations a database has had.
fn version(connection: &Connection) -> Result<usize, Failure> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version as usize)
}

/// A database of a newer build is left as it is: not even its journal mode is touched.
fn refuse_newer(connection: &Connection, path: &Path) -> Result<(), Failure> {
    let (found, newest) = (version(connection)?, MIGRATIONS.len());
    if found <= newest {
        return Ok(());
    }
    Err(Failure::Data(format!(
        "{} was written by a newer build (schema {found}, this build knows {newest})",
        path.display()
    )))
}

fn migrate(connection: &mut Connection) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let had = version(&transaction)?;
    for migration in MIGRATIONS.iter().skip(had) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
    transaction.commit()?;
    Ok(())
}

/// A value of the table `meta`.
pub fn meta(transaction: &Transaction<'_>, name: &str) -> Result<Option<String>, Failure> {
    Ok(transaction
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// Sets a value of the table `meta`.
pub fn set_meta(transaction: &Transaction<'_>, name: &str, value: &str) -> Result<(), Failure> {
    transaction.execute(
        "INSERT INTO meta (name, value) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )?;
    Ok(())
}
