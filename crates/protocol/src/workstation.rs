//! How a workstation is set up: what the settings page and who looks after the laptop want to know.

use serde::{Deserialize, Serialize};

/// Of which kind files are that take room on the laptop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StorageKind {
    /// Journal, inspections, lists and drafts.
    Database,
    /// Files that the central has not confirmed, and those of forms that are not saved yet.
    Unsent,
    /// Radiographs of inspections in the worklist.
    Radiographs,
    /// Photos and papers of inspections in the worklist.
    Attachments,
    /// Files that the central has, of inspections that have left the worklist.
    Past,
    /// Downloads that are not whole yet.
    Partial,
    /// Damaged stores that were set aside.
    Damaged,
}

/// How much room files of one kind take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageShare {
    /// Which.
    pub kind: StorageKind,
    /// How many files.
    pub files: u64,
    /// Bytes.
    pub bytes: u64,
}

/// What takes the room on the laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// Kinds of which there is anything.
    pub shares: Vec<StorageShare>,
    /// Bytes that are free on the disk.
    pub free: u64,
    /// Bytes that are kept free for what officers record: below it nothing is fetched.
    pub kept_free: u64,
}

/// Who said which central it is and how it is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CentralFrom {
    /// Somebody at the window, or nobody yet: it can be changed there.
    #[default]
    Window,
    /// Whoever started Outpost, on the command line.
    Start,
    /// The administrator, for every account of the machine.
    Managed,
}

/// What becomes of a certificate of the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "certificate", rename_all = "kebab-case")]
pub enum Certificate {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is not used any more.
    Leave,
    /// The one in this file takes its place.
    File {
        /// Where the file is; it is read once.
        path: String,
    },
}

/// How this workstation is set up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Workstation {
    /// The folder of the log; `None` where none is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs: Option<String>,
    /// The folder of papers and calendars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents: Option<String>,
    /// Who said which central it is; only what the window said can be changed there.
    pub central_from: CentralFrom,
    /// The file with the central's certificate authority, where the system's own are not meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<String>,
    /// The file with this workstation's certificate and key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Whether papers can be shown and printed from a window of their own.
    pub previews: bool,
}
