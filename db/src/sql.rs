//! How values stand in columns: ids as 16 bytes, hashes as 32, times as milliseconds, bodies as JSON text.

use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use outpost_domain::{BlobHash, EntryId, InspectionId, OfficerId};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{Result, StoreError};

/// An id's column form.
pub(crate) trait Id: Copy {
    fn column(self) -> [u8; 16];
    fn from_column(bytes: [u8; 16]) -> Self;
}

macro_rules! ids {
    ($($name:ident),+) => {$(
        impl Id for $name {
            fn column(self) -> [u8; 16] {
                self.0.into_bytes()
            }
            fn from_column(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }
    )+};
}

ids!(EntryId, InspectionId, OfficerId);

/// Reads an id from column `index`.
pub(crate) fn id<T: Id>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    row.get(index).map(T::from_column)
}

/// Reads a hash from column `index`.
pub(crate) fn hash(row: &Row<'_>, index: usize) -> rusqlite::Result<BlobHash> {
    row.get(index).map(BlobHash)
}

/// A time's column form.
pub(crate) fn ms(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// A column's time; out of range becomes the nearest time there is.
pub(crate) fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// Whether `text` is an Ed25519 public key, 64 hexadecimal digits.
pub(crate) fn is_public_key(text: &str) -> bool {
    let mut key = [0; 32];
    hex::decode_to_slice(text, &mut key).is_ok() && VerifyingKey::from_bytes(&key).is_ok()
}

/// JSON text of `value`.
pub(crate) fn to_json<T: Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(StoreError::unreadable(what))
}

/// The value in JSON `text`.
pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(StoreError::unreadable(what))
}

/// The single value `name`, when there is one.
pub(crate) fn meta<T: rusqlite::types::FromSql>(c: &Connection, name: &str) -> Result<Option<T>> {
    let mut get = c.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(get.query_row([name], |r| r.get(0)).optional()?)
}

/// Keeps the single value `name`.
pub(crate) fn set_meta<T: rusqlite::types::ToSql>(
    c: &Connection,
    name: &str,
    value: T,
) -> Result<()> {
    c.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?
        .execute(rusqlite::params![name, value])?;
    Ok(())
}

/// Takes the single value `name` away.
pub(crate) fn drop_meta(c: &Connection, name: &str) -> Result<()> {
    c.execute("DELETE FROM meta WHERE name = ?1", [name])?;
    Ok(())
}
