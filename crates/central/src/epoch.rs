//! Which life of the server this is, and the cursors that belong to it.
//!
//! A server restored from a backup has forgotten what it promised: entries it had accepted, cursors it had given. It
//! must take a new epoch, so that every laptop offers again what came after its last receipt. A restored database is
//! noticed in two ways: the marker file beside it remembers later days than the database does, or a laptop presents
//! a cursor that this server signed and has not reached yet. Where the whole folder was restored and no laptop has
//! come yet, the operator says so with `--restored`.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::files;
use crate::problem::Failure;
use crate::store::{Store, Tx, meta, set_meta, values};

/// What the marker file remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    epoch: Uuid,
    /// How often the server was started.
    starts: u64,
    /// A change number that the database has reached.
    head: u64,
}

const MARKER: &str = "instance.json";

/// The epoch and the key of its cursors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// The epoch.
    pub epoch: Uuid,
    cursor_key: [u8; 32],
}

/// A cursor that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The epoch that gave it.
    pub epoch: Uuid,
    /// The last change before it.
    pub seq: u64,
}

impl Life {
    /// Settles which life this is: called once at every start, before anything is served.
    pub fn settle(store: &Store, data: &Path, restored: bool) -> Result<Self, Failure> {
        let marker = read_marker(data)?;
        let shared = store.is_shared();
        let (life, starts, head) = store.write(|tx| {
            tx.lock_foundation()?;
            let known = known(tx)?;
            let starts: u64 = meta(tx, "starts")?.and_then(|s| s.parse().ok()).unwrap_or(0);
            let head = head(tx)?;
            let older = marker.is_some_and(|m| {
                m.starts > starts
                    || m.head > head
                    || !shared && known.is_some_and(|k| k.epoch != m.epoch)
            });
            // Beside a database of several processes a new folder is a new process, and another may have renewed it.
            let alone = !shared && marker.is_none() && known.is_some();
            let life = match known {
                Some(life) if !(restored || older || alone) => life,
                known => begin(tx, known)?,
            };
            if known.is_some_and(|k| k.epoch != life.epoch) {
                tracing::warn!(epoch = %life.epoch, "the database was restored: a new epoch begins");
            }
            set_meta(tx, "starts", &(starts.max(marker.map_or(0, |m| m.starts)) + 1).to_string())?;
            let starts = meta(tx, "starts")?.and_then(|s| s.parse().ok()).unwrap_or(1);
            Ok((life, starts, head))
        })?;
        write_marker(
            data,
            Marker {
                epoch: life.epoch,
                starts,
                head,
            },
        )?;
        Ok(life)
    }

    /// The life that the last start settled; `None` for a database that never served.
    pub fn current(tx: &dyn Tx) -> Result<Option<Self>, Failure> {
        known(tx)
    }

    /// Begins a new epoch while serving: a laptop has shown a cursor that this database has not reached.
    pub fn renew(self, store: &Store, data: &Path) -> Result<Self, Failure> {
        let life = store.write(|tx| {
            tx.lock_foundation()?;
            match known(tx)? {
                // Another process has seen it first.
                Some(known) if known.epoch != self.epoch => Ok(known),
                _ => begin(tx, Some(self)),
            }
        })?;
        tracing::warn!(epoch = %life.epoch, "a workstation is ahead of this database: a new epoch begins");
        life.remember(store, data)?;
        Ok(life)
    }

    /// Notes in the marker file how far the database has come.
    pub fn remember(&self, store: &Store, data: &Path) -> Result<(), Failure> {
        let (starts, head) = store.read(|tx| {
            let starts = meta(tx, "starts")?
                .and_then(|s| s.parse().ok())
                .unwrap_or(1);
            Ok((starts, head(tx)?))
        })?;
        write_marker(
            data,
            Marker {
                epoch: self.epoch,
                starts,
                head,
            },
        )
    }

    /// The cursor after change `seq`.
    pub fn cursor(&self, seq: u64) -> String {
        let mut bytes = Vec::with_capacity(32);
        bytes.extend_from_slice(self.epoch.as_bytes());
        bytes.extend_from_slice(&seq.to_be_bytes());
        bytes.extend_from_slice(&self.seal(&bytes));
        hex::encode(bytes)
    }

    /// Reads a cursor of this server, of whichever epoch; `None` when it is none.
    pub fn read(&self, text: &str) -> Option<Cursor> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        let (body, seal) = bytes.split_at(24);
        if seal != self.seal(body) {
            return None;
        }
        Some(Cursor {
            epoch: Uuid::from_slice(&body[..16]).ok()?,
            seq: u64::from_be_bytes(body[16..].try_into().ok()?),
        })
    }

    /// Eight bytes that only this server can make for `body`: a cursor ahead of the database is proof, not a guess.
    fn seal(&self, body: &[u8]) -> [u8; 8] {
        let digest = Sha256::new_with_prefix(self.cursor_key)
            .chain_update(body)
            .finalize();
        let mut seal = [0; 8];
        seal.copy_from_slice(&digest[..8]);
        seal
    }
}

/// How many changes there were, over all posts; those that were replaced count.
pub fn head(tx: &dyn Tx) -> Result<u64, Failure> {
    tx.one(
        "SELECT CAST(coalesce(sum(head), 0) AS BIGINT) FROM feeds",
        values![],
    )?
    .get(0)
}

fn known(tx: &dyn Tx) -> Result<Option<Life>, Failure> {
    let (Some(epoch), Some(key)) = (meta(tx, "epoch")?, meta(tx, "cursor-key")?) else {
        return Ok(None);
    };
    let mut cursor_key = [0; 32];
    hex::decode_to_slice(&key, &mut cursor_key)
        .map_err(|_| Failure::Data("the database's cursor key is damaged".to_owned()))?;
    let epoch = epoch
        .parse()
        .map_err(|_| Failure::Data(format!("the database's epoch {epoch:?} is damaged")))?;
    Ok(Some(Life { epoch, cursor_key }))
}

/// Begins a new epoch; the key of the cursors stays, so that old ones are still known for what they are.
fn begin(tx: &dyn Tx, known: Option<Life>) -> Result<Life, Failure> {
    let mut epoch = [0; 16];
    getrandom::fill(&mut epoch)?;
    let mut cursor_key = [0; 32];
    getrandom::fill(&mut cursor_key)?;
    let life = Life {
        epoch: uuid::Builder::from_random_bytes(epoch).into_uuid(),
        cursor_key: known.map_or(cursor_key, |k| k.cursor_key),
    };
    set_meta(tx, "epoch", &life.epoch.to_string())?;
    set_meta(tx, "cursor-key", &hex::encode(life.cursor_key))?;
    Ok(life)
}

fn read_marker(data: &Path) -> Result<Option<Marker>, Failure> {
    match std::fs::read(data.join(MARKER)) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e.into()),
    }
}

fn write_marker(data: &Path, marker: Marker) -> Result<(), Failure> {
    files::replace(&data.join(MARKER), &serde_json::to_vec(&marker)?)?;
    Ok(())
}
