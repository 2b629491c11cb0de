//! What can go wrong with the store, each a sentence with the value that was wrong.

use std::path::{Path, PathBuf};

use outpost_domain::{BlobHash, EntryId, InspectionId, OfficerId, UnreadableEntry};
use rusqlite::ErrorCode;

use crate::keys::KeyError;

/// The store's result.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the store could not do what was asked. Nothing that was saved before is lost by any of them.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has this data folder open.
    #[error("another Outpost is already using {}", .0.display())]
    InUse(PathBuf),
    /// There is no store in this folder.
    #[error("there is no store in {}", .0.display())]
    Missing(PathBuf),
    /// There is a store already; a new one is never made over it.
    #[error("there is already a store in {}", .0.display())]
    Exists(PathBuf),
    /// The key could not be had, or does not fit; nothing on the disk was changed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A newer build wrote this store; it was left untouched.
    #[error("the store has version {found}; this build knows versions up to {known}")]
    Newer {
        /// The file's version.
        found: u32,
        /// The highest version this build knows.
        known: u32,
    },
    /// A file is damaged; it was left where it is.
    #[error("{} is damaged: {what}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What was found.
        what: String,
    },
    /// Not one page of the database opens: the key is another's, or the file's head is destroyed. It was left as it is.
    #[error("not one page of {} opens with the key of this store", .0.display())]
    Undecryptable(PathBuf),
    /// So much of a damaged store is lost that its own entries cannot be told from those of others.
    #[error("the damaged store no longer tells which workstation it belongs to")]
    NamelessStore,
    /// The file is no whole backup; nothing was restored.
    #[error("{} is no backup of a store: {why}", file.display())]
    NoBackup {
        /// The file.
        file: PathBuf,
        /// Why.
        why: String,
    },
    /// The disk is full. What was asked did not happen; everything saved before stands.
    #[error("the disk is full")]
    Full,
    /// Another connection held the store for longer than the time limit.
    #[error("the store is busy")]
    Busy,
    /// The SQLite library is older than the first one without the WAL-reset race.
    #[error("SQLite {found} may lose commits; {wanted} or later is needed")]
    OldSqlite {
        /// The library's version.
        found: &'static str,
        /// The lowest version that is taken.
        wanted: &'static str,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// SQLite refused a statement.
    #[error("the store refused a statement: {0}")]
    Sqlite(rusqlite::Error),
    /// A stored text is not what was written.
    #[error("{what} in the store cannot be read: {why}")]
    Unreadable {
        /// What it should be.
        what: &'static str,
        /// Why it is not.
        why: String,
    },
    /// An entry in the journal cannot be read.
    #[error("entry {id} cannot be read: {why}")]
    UnreadableEntry {
        /// Which.
        id: EntryId,
        /// Why.
        why: UnreadableEntry,
    },
    /// The inspection is not on this laptop.
    #[error("inspection {0} is not on this laptop")]
    UnknownInspection(InspectionId),
    /// The entry is not one of this device's.
    #[error("entry {0} is not one of this workstation's")]
    UnknownEntry(EntryId),
    /// An entry with this id is in the journal already.
    #[error("entry {0} is already in the journal")]
    DuplicateEntry(EntryId),
    /// The text is no public key.
    #[error("{0:?} is no Ed25519 public key of 64 hexadecimal digits")]
    NoKey(String),
    /// The officer is not known here.
    #[error("officer {0} is not known on this laptop")]
    UnknownOfficer(OfficerId),
    /// The blob is not on this laptop.
    #[error("file {0} is not on this laptop")]
    UnknownBlob(BlobHash),
    /// The blob's content is not what its name says.
    #[error("the content of file {expected} has the hash {found}")]
    WrongContent {
        /// The name.
        expected: BlobHash,
        /// The hash of what was read.
        found: BlobHash,
    },
    /// A part of a download does not continue what is here.
    #[error("the next byte of file {hash} is {have}, not {offered}")]
    WrongOffset {
        /// The blob.
        hash: BlobHash,
        /// Bytes that are here.
        have: u64,
        /// The offset of what was offered.
        offered: u64,
    },
    /// The blob has not been sent; it is not dropped.
    #[error("file {0} has not been sent yet")]
    UnsentBlob(BlobHash),
    /// The central's answer does not fit what was asked; nothing was recorded of it.
    #[error("the central's answer does not fit: {0}")]
    StrangeAnswer(String),
    /// A bundle was not written or not read.
    #[error(transparent)]
    Bundle(#[from] outpost_bundle::BundleError),
    /// The central has not told for whom bundles are sealed: it was not reached yet, or is an older one.
    #[error("the central has not told this workstation for whom bundles are sealed")]
    NoBundles,
    /// An answer is not signed with the central's key.
    #[error("the answer is signed with the key {found}; the central's is {known}")]
    ForeignAnswer {
        /// The key that is known.
        known: String,
        /// The key of the answer.
        found: String,
    },
    /// The page was fetched from another cursor than the stored one; it was not applied.
    #[error("the page begins at another cursor than the stored one")]
    CursorMoved,
}

impl StoreError {
    /// Whether the system lets nobody write where the store lies.
    pub fn is_read_only(&self) -> bool {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        match self {
            Self::Io { source, .. } => {
                matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem)
            }
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied)
            ),
            _ => false,
        }
    }

    /// Turns an I/O error at `path` into [`StoreError::Full`] or [`StoreError::Io`].
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io {
                path: path.to_owned(),
                source,
            },
        }
    }

    /// A stored text that does not parse.
    pub(crate) fn unreadable<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |e| Self::Unreadable {
            what,
            why: e.to_string(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                file: PathBuf::from(crate::store::DATABASE),
                what: error.to_string(),
            },
            _ => Self::Sqlite(error),
        }
    }
}
