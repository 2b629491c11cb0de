//! The store of many processes: PostgreSQL, a handful of connections for each process.
//!
//! Commits of one post follow each other: a transaction locks the post's name before it reads what it judges by, and the
//! post's row in `feeds` from the moment it takes a number until its commit. A reader who sees a number therefore sees
//! every lower one: the feed skips nothing, however many processes write. Posts do not wait for each other.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use ::postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use ::postgres::{Client, Config, IsolationLevel, Statement, Transaction};
use native_tls::TlsConnector;
use postgres_native_tls::MakeTlsConnector;
use r2d2::{ManageConnection, Pool, PooledConnection};

use super::{Backend, Row, Tx, Value, Work};
use crate::problem::Failure;

/// Migrations in their order; `meta` counts those that a database has had under `schema`.
const MIGRATIONS: &[&str] = &[include_str!(
    "../../migrations/postgres/0001-foundation.sql"
)];

/// Connections of one process: some more than a machine has processors, since a commit waits for a disk.
const CONNECTIONS: u32 = 16;

/// How long a request waits for a connection; then its sender is asked to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// The server.
pub struct Postgres(Option<Pool<Manager>>);

impl Postgres {
    /// Connects, creating or migrating the schema.
    pub fn open(url: &str) -> Result<Self, Failure> {
        let config: Config = url
            .parse()
            .map_err(|e| Failure::Data(format!("--database is not understood: {e}")))?;
        let tls =
            TlsConnector::new().map_err(|e| Failure::Data(format!("TLS cannot be set up: {e}")))?;
        let manager = Manager {
            config,
            tls: MakeTlsConnector::new(tls),
        };
        let mut connection = manager.connect()?;
        migrate(&mut connection.client)?;
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            // One that broke is noticed by who used it; asking each time costs a way there and back.
            .test_on_check_out(false)
            .build_unchecked(manager);
        Ok(Self(Some(pool)))
    }

    fn connection(&self) -> Result<PooledConnection<Manager>, Failure> {
        let pool = self.0.as_ref();
        pool.ok_or_else(|| Failure::Unavailable("the central is stopping".to_owned()))?
            .get()
            .map_err(|error| Failure::Unavailable(error.to_string()))
    }
}

impl Drop for Postgres {
    /// Connections say goodbye and wait for it, which a thread that serves must not.
    fn drop(&mut self) {
        let pool = self.0.take();
        // Without a thread they are not closed in order; the server notices by itself.
        let closed = std::thread::Builder::new().spawn(move || drop(pool));
        let _ = closed.map(std::thread::JoinHandle::join);
    }
}

impl Backend for Postgres {
    fn write(&self, work: &mut Work<'_>) -> Result<(), Failure> {
        let mut connection = self.connection()?;
        let Connection { client, statements } = &mut *connection;
        // Each statement sees what was committed before it: after a lock, everything that its last holder did.
        let transaction = client
            .build_transaction()
            .isolation_level(IsolationLevel::ReadCommitted)
            .start()?;
        run(transaction, statements, work)
    }

    fn read(&self, work: &mut Work<'_>) -> Result<(), Failure> {
        let mut connection = self.connection()?;
        let Connection { client, statements } = &mut *connection;
        let transaction = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()?;
        run(transaction, statements, work)
    }

    fn is_of_this_build(&self) -> Result<(), Failure> {
        let (found, known) = (version(&mut self.connection()?.client)?, MIGRATIONS.len());
        if found == known {
            return Ok(());
        }
        Err(Failure::Data(format!(
            "the database has schema {found}, this build works with {known}"
        )))
    }

    fn close(&self) -> Result<(), Failure> {
        Ok(())
    }

    fn is_shared(&self) -> bool {
        true
    }
}

fn run(
    transaction: Transaction<'_>,
    statements: &mut HashMap<&'static str, Statement>,
    work: &mut Work<'_>,
) -> Result<(), Failure> {
    let within = Within {
        transaction: RefCell::new(transaction),
        statements: RefCell::new(statements),
    };
    work(&within)?;
    within.transaction.into_inner().commit()?;
    Ok(())
}

struct Within<'a> {
    transaction: RefCell<Transaction<'a>>,
    statements: RefCell<&'a mut HashMap<&'static str, Statement>>,
}

impl Within<'_> {
    fn prepared(&self, sql: &'static str) -> Result<Statement, Failure> {
        let mut statements = self.statements.borrow_mut();
        if let Some(known) = statements.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.transaction.borrow_mut().prepare(&numbered(sql))?;
        statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

impl Tx for Within<'_> {
    fn query(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Failure> {
        let statement = self.prepared(sql)?;
        let found = self
            .transaction
            .borrow_mut()
            .query(&statement, &parameters(values))?;
        found.iter().map(owned).collect()
    }

    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, Failure> {
        let statement = self.prepared(sql)?;
        let touched = self
            .transaction
            .borrow_mut()
            .execute(&statement, &parameters(values))?;
        Ok(touched)
    }

    fn lock(&self, name: &str) -> Result<(), Failure> {
        self.query(
            "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(?1, 0))) AS locked",
            &[name.into()],
        )?;
        Ok(())
    }
}

/// PostgreSQL writes `$1` where SQLite writes `?1`; no statement has a question mark of its own.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

fn parameters<'a>(values: &'a [Value<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}

fn owned(row: &::postgres::Row) -> Result<Row, Failure> {
    let cells = (0..row.len()).map(|column| {
        let kind = row.columns()[column].type_();
        Ok(match *kind {
            Type::INT8 => row.try_get::<_, Option<i64>>(column)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(column)?.map(i64::from).into(),
            Type::BYTEA => match row.try_get::<_, Option<Vec<u8>>>(column)? {
                Some(bytes) => Value::Bytes(bytes.into()),
                None => Value::Null,
            },
            _ => row.try_get::<_, Option<String>>(column)?.into(),
        })
    });
    Ok(Row(cells.collect::<Result<_, Failure>>()?))
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Int(number) => number.to_sql(kind, out),
            // PostgreSQL has no NUL in texts. Only what was refused can have one: a signature and a key that were
            // verified do not. An entry that cannot be kept would keep back the rest of its batch.
            Self::Text(text) if text.contains('\0') => {
                text.replace('\0', "\u{fffd}").to_sql(kind, out)
            }
            Self::Text(text) => text.as_ref().to_sql(kind, out),
            Self::Bytes(bytes) => bytes.as_ref().to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A connection and the statements that the server has prepared on it.
struct Connection {
    client: Client,
    statements: HashMap<&'static str, Statement>,
}

/// Makes connections.
struct Manager {
    config: Config,
    tls: MakeTlsConnector,
}

impl ManageConnection for Manager {
    type Connection = Connection;
    type Error = ::postgres::Error;

    fn connect(&self) -> Result<Connection, ::postgres::Error> {
        let mut client = self.config.connect(self.tls.clone())?;
        // An accepted entry is promised to its device: it survives a power cut, whatever the server's usual way is.
        client.batch_execute(
            "SELECT set_config('synchronous_commit', 'on', false) \
             WHERE current_setting('synchronous_commit') IN ('off', 'local')",
        )?;
        Ok(Connection {
            client,
            statements: HashMap::new(),
        })
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), ::postgres::Error> {
        connection.client.is_valid(PATIENCE)
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.client.is_closed()
    }
}

/// How many migrations a database has had; none when it has no table of ours.
fn version(client: &mut impl ::postgres::GenericClient) -> Result<usize, Failure> {
    let there = client.query_one("SELECT to_regclass('meta') IS NOT NULL", &[])?;
    if !there.try_get::<_, bool>(0)? {
        return Ok(0);
    }
    let row = client.query_opt("SELECT value FROM meta WHERE name = 'schema'", &[])?;
    let text = row.map(|row| row.try_get::<_, String>(0)).transpose()?;
    text.map_or(Ok(0), |text| {
        text.parse()
            .map_err(|_| Failure::Data(format!("the database has schema {text:?}")))
    })
}

/// Brings the schema up to date, one process at a time. A database of a newer build is left as it is.
fn migrate(client: &mut Client) -> Result<(), Failure> {
    let mut transaction = client.transaction()?;
    transaction.batch_execute("SELECT pg_advisory_xact_lock(hashtextextended('migrations', 0))")?;
    let (had, newest) = (version(&mut transaction)?, MIGRATIONS.len());
    if had > newest {
        return Err(Failure::Data(format!(
            "the database was written by a newer build (schema {had}, this build knows {newest})"
        )));
    }
    for migration in MIGRATIONS.iter().skip(had) {
        transaction.batch_execute(migration)?;
    }
    transaction.execute(
        "INSERT INTO meta (name, value) VALUES ('schema', $1) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &[&newest.to_string()],
    )?;
    transaction.commit()?;
    Ok(())
}
