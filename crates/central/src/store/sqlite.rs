//! The embedded store: one SQLite file, one writer, several readers.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, Transaction, TransactionBehavior, params_from_iter};

use super::{Backend, Row, Tx, Value, Work};
use crate::problem::Failure;

/// Migrations in their order; a database's `user_version` counts those it has had.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001-foundation.sql"),
    include_str!("../../migrations/0002-checklists.sql"),
    include_str!("../../migrations/0003-notices.sql"),
    include_str!("../../migrations/0004-feeds.sql"),
];

/// Page cache of the writer, KiB.
const WRITER_CACHE_KIB: i64 = 32 * 1024;

/// The file.
pub struct Sqlite {
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    path: PathBuf,
}

impl Sqlite {
    /// Opens the database at `path`, creating or migrating it.
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
}

impl Backend for Sqlite {
    /// One writer at a time: what is numbered within is numbered in the order of the commits.
    fn write(&self, work: &mut Work<'_>) -> Result<(), Failure> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        work(&Within(&transaction))?;
        transaction.commit()?;
        Ok(())
    }

    fn read(&self, work: &mut Work<'_>) -> Result<(), Failure> {
        let kept = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut connection = match kept {
            Some(connection) => connection,
            None => connect(&self.path)?,
        };
        let result = work(&Within(&connection.transaction()?));
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        result
    }

    fn is_of_this_build(&self) -> Result<(), Failure> {
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, known) = (version(&connection)?, MIGRATIONS.len());
        if found == known {
            return Ok(());
        }
        Err(Failure::Data(format!(
            "the database has schema {found}, this build works with {known}"
        )))
    }

    /// Brings everything into the one file of the database and empties the write-ahead log.
    fn close(&self) -> Result<(), Failure> {
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let busy: bool =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(Failure::Data("somebody else reads the database".to_owned()));
        }
        Ok(())
    }

    fn is_shared(&self) -> bool {
        false
    }
}

struct Within<'a>(&'a Transaction<'a>);

impl Tx for Within<'_> {
    fn query(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Failure> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(params_from_iter(values))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let cells = (0..columns).map(|column| owned(row.get_ref(column)?));
            rows.push(Row(cells.collect::<Result<_, Failure>>()?));
        }
        Ok(rows)
    }

    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Failure> {
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.execute(params_from_iter(values))? as u64)
    }

    /// The one writer is alone already.
    fn lock(&self, _name: &str) -> Result<(), Failure> {
        Ok(())
    }
}

fn owned(value: ValueRef<'_>) -> Result<Value<'static>, Failure> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text)
                .map_err(|e| Failure::Data(format!("the database holds a broken text: {e}")))?;
            Value::Text(text.to_owned().into())
        }
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec().into()),
        ValueRef::Real(number) => {
            return Err(Failure::Data(format!(
                "the database holds the fraction {number}"
            )));
        }
    })
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::feed::{self, Subject};
    use crate::store::{Database, Store};
    use outpost_domain::{EntryId, UnLocode};

    #[test]
    fn a_database_from_before_the_posts_had_numbers_of_their_own_keeps_its_cursors() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("central.sqlite");
        let old = Connection::open(&path).unwrap();
        for migration in &MIGRATIONS[..2] {
            old.execute_batch(migration).unwrap();
        }
        old.execute_batch(
            "PRAGMA user_version = 2;
             INSERT INTO posts VALUES ('MWMWZ', 0, '{}'), ('TZDAR', 1, '{}');
             INSERT INTO changes (post, kind, subject) VALUES ('MWMWZ', 'entry', x'01');
             INSERT INTO changes (post, kind, subject) VALUES ('TZDAR', 'entry', x'02');
             INSERT OR REPLACE INTO changes (post, kind, subject) VALUES ('MWMWZ', 'entry', x'01');",
        )
        .unwrap();
        drop(old);
        let store = Store::open(&Database::Embedded(path)).unwrap();
        let (land, shed): (UnLocode, UnLocode) =
            ("MWMWZ".parse().unwrap(), "TZDAR".parse().unwrap());
        let rows = store
            .read(|tx| tx.query("SELECT post, seq FROM changes ORDER BY seq", &[]))
            .unwrap();
        let kept: Vec<(String, i64)> = rows
            .iter()
            .map(|row| (row.get(0).unwrap(), row.get(1).unwrap()))
            .collect();
        assert_eq!(kept, [("TZDAR".into(), 2), ("MWMWZ".into(), 3)]);
        // A workstation of either post may have read up to the common number: each goes on behind it.
        let entry = Subject::Entry(EntryId(uuid::Uuid::now_v7()));
        let (first, second) = store
            .write(|tx| Ok((feed::publish(tx, &shed, entry)?, feed::head(tx, &land)?)))
            .unwrap();
        assert_eq!((first, second), (4, 3));
    }
}
