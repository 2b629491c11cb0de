//! The one door to the database, behind one trait with two stores: embedded SQLite and PostgreSQL.
//!
//! Everything above writes the same SQL for both, with `?1`, `?2` for its values, and what differs between them is
//! said in this module: how a transaction begins, how two of them keep out of each other's way, how types are named.
//! What a transaction needs to be alone with (a post's journal and feed, a key that is made once) it names with
//! [`Tx::lock`]: SQLite has one writer and waits there, PostgreSQL has one for each name.

mod postgres;
mod sqlite;
mod value;

use std::path::{Path, PathBuf};

use outpost_domain::UnLocode;

pub use value::{Row, Value};

use crate::problem::Failure;

/// Values of a statement: `values![id, text]`.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::Value::from($value)),*] };
}
pub(crate) use values;

/// Which database is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// The file in the data folder.
    Embedded(PathBuf),
    /// A PostgreSQL server: a URL or key-value words, as `libpq` reads them.
    Postgres(String),
}

impl Database {
    /// The database at `url`, or the one within the data folder.
    pub fn of(data: &Path, url: Option<&str>) -> Self {
        url.map_or_else(
            || Self::Embedded(crate::database(data)),
            |url| Self::Postgres(url.to_owned()),
        )
    }
}

/// What is done within a transaction; called once.
pub type Work<'a> = dyn FnMut(&dyn Tx) -> Result<(), Failure> + 'a;

/// A transaction.
pub trait Tx {
    /// The rows that a statement gives.
    fn query(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Failure>;

    /// Carries a statement out and returns how many rows it touched.
    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Failure>;

    /// Waits until no other transaction has locked this name, and locks it until the end. Of two transactions that lock
    /// a name the second sees everything that the first has done.
    fn lock(&self, name: &str) -> Result<(), Failure>;
}

impl dyn Tx + '_ {
    /// The first row, when there is one.
    pub fn first(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<Row>, Failure> {
        Ok(self.query(sql, values)?.into_iter().next())
    }

    /// The only row of a statement that always gives one.
    pub fn one(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Row, Failure> {
        self.first(sql, values)?
            .ok_or_else(|| Failure::Data(format!("the database gave no row for {sql:?}")))
    }

    /// Whether there is a row.
    pub fn exists(&self, sql: &'static str, values: &[Value<'_>]) -> Result<bool, Failure> {
        Ok(self.first(sql, values)?.is_some())
    }

    /// Keeps other transactions out of the journal and the feed of a post.
    pub fn lock_post(&self, post: &UnLocode) -> Result<(), Failure> {
        self.lock(&format!("post {post}"))
    }

    /// Keeps other transactions from making what is made once: keys, an epoch, a world.
    pub fn lock_foundation(&self) -> Result<(), Failure> {
        self.lock("foundation")
    }
}

/// A store.
trait Backend: Send + Sync {
    /// Runs `work` in a transaction and commits durably when it succeeds.
    fn write(&self, work: &mut Work<'_>) -> Result<(), Failure>;

    /// Runs `work` on one snapshot.
    fn read(&self, work: &mut Work<'_>) -> Result<(), Failure>;

    /// Whether it has the schema of this build.
    fn is_of_this_build(&self) -> Result<(), Failure>;

    /// Leaves it as somebody who copies it would want it.
    fn close(&self) -> Result<(), Failure>;

    /// Whether other processes serve from it too.
    fn is_shared(&self) -> bool;
}

/// The database.
pub struct Store(Box<dyn Backend>);

impl Store {
    /// Opens the database, creating or migrating it.
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a newer build.
    pub fn open(database: &Database) -> Result<Self, Failure> {
        Ok(Self(match database {
            Database::Embedded(path) => Box::new(sqlite::Sqlite::open(path)?),
            Database::Postgres(url) => Box::new(postgres::Postgres::open(url)?),
        }))
    }

    /// Runs `work` in a transaction and commits when it succeeds.
    pub fn write<R>(&self, work: impl FnOnce(&dyn Tx) -> Result<R, Failure>) -> Result<R, Failure> {
        let mut out = None;
        let mut work = Some(work);
        self.0.write(&mut |tx| {
            out = work.take().map(|work| work(tx)).transpose()?;
            Ok(())
        })?;
        out.ok_or_else(never_ran)
    }

    /// Runs `work` on one snapshot.
    pub fn read<R>(&self, work: impl FnOnce(&dyn Tx) -> Result<R, Failure>) -> Result<R, Failure> {
        let mut out = None;
        let mut work = Some(work);
        self.0.read(&mut |tx| {
            out = work.take().map(|work| work(tx)).transpose()?;
            Ok(())
        })?;
        out.ok_or_else(never_ran)
    }

    /// Whether it can be written to, durably, and has the schema of this build: writes the time of the probe.
    pub fn probe(&self) -> Result<(), Failure> {
        self.0.is_of_this_build()?;
        self.write(|tx| set_meta(tx, "probed-at", &jiff::Timestamp::now().to_string()))
    }

    /// Leaves it as somebody who copies it would want it.
    pub fn close(&self) -> Result<(), Failure> {
        self.0.close()
    }

    /// Whether other processes serve from it too.
    pub fn is_shared(&self) -> bool {
        self.0.is_shared()
    }
}

fn never_ran() -> Failure {
    Failure::Data("the database carried nothing out".to_owned())
}

/// A value of the table `meta`.
pub fn meta(tx: &dyn Tx, name: &str) -> Result<Option<String>, Failure> {
    tx.first("SELECT value FROM meta WHERE name = ?1", values![name])?
        .map(|row| row.get(0))
        .transpose()
}

/// Sets a value of the table `meta`.
pub fn set_meta(tx: &dyn Tx, name: &str, value: &str) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO meta (name, value) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        values![name, value],
    )?;
    Ok(())
}
