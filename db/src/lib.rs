//! The workstation's encrypted store: journal, projections, search, drafts, keys and blobs.
//!
//! One folder holds it: `store.db` (SQLCipher, WAL, `synchronous=FULL`), `store.keys` (how its key is kept),
//! `store.lock`, and `blobs/` (sealed files named by a keyed hash). The journal is append-only and is the truth;
//! the outbox is a state beside it; what screens show are projections, rebuilt at any time.
//!
//! This crate knows nothing of the network, of screens or of the clock: times and entry ids come in as arguments.
//! Its calls block on the disk; asynchronous callers run them on a blocking thread. Everything hangs on [`Store`]:
//! start reading at [`Store::open`], then [`Store::append`], [`Store::outbox_batch`], [`Store::apply_changes`].
#![forbid(unsafe_code)]

mod backup;
mod blobs;
mod bundles;
mod chain;
mod changes;
mod drafts;
mod error;
mod files;
mod finder;
mod insights;
mod journal;
pub mod keys;
mod lists;
mod migrations;
mod outbox;
mod people;
mod pins;
mod practice;
mod projection;
mod receipts;
mod salvage;
mod sql;
mod storage;
mod store;
mod verify;
mod wal;

pub use backup::BackedUp;
pub use blobs::{BlobInfo, Download, MissingBlob, PendingUpload};
pub use bundles::{AnswerTaken, BundleWritten};
pub use changes::{Applied, UnreadableChange};
pub use drafts::Draft;
pub use error::{Result, StoreError};
pub use finder::Found;
pub use insights::{Behind, MOST_LINES};
pub use journal::{NewEntry, Recorded};
pub use keys::{KeyError, KeySource, Presence};
pub use outbox::{OutboxLine, OutboxTotals, Outgoing, Pushed, Sent, Stuck};
pub use pins::PinCheck;
pub use practice::PracticeScan;
pub use projection::{
    AgendaEntry, HistoryEntry, ListedRow, OpenedInspection, RowKey, RowsPage, SyncState,
};
pub use receipts::{ReceiptFault, UnfitReceipt};
pub use salvage::Salvaged;
pub use storage::{Share, Storage};
pub use store::Store;
pub use verify::Verification;

#[cfg(test)]
extern crate self as outpost_db;
#[cfg(test)]
mod full_disk_tests;
#[cfg(test)]
#[path = "../tests/store/world.rs"]
#[allow(dead_code, clippy::unwrap_used)]
mod world;
