//! Everything that the status bar says.

use std::collections::BTreeMap;

use jiff::Timestamp;
use outpost_domain::{DeviceId, Officer, Post};
use serde::{Deserialize, Serialize};

use crate::{Problem, Workstation};

/// How the store is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "store", rename_all = "kebab-case")]
pub enum StoreState {
    /// Open.
    Open,
    /// There is no keyring: a passphrase is to be chosen for a new store.
    NeedsNewPassphrase,
    /// The store's key is under a passphrase.
    Locked,
    /// It cannot be opened; nothing was changed.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// The state of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub enum Line {
    /// The central answers.
    Up {
        /// Since when.
        since: Timestamp,
    },
    /// It does not.
    Down {
        /// Since when.
        since: Timestamp,
        /// Why.
        problem: Problem,
    },
    /// Not tried yet.
    Unknown,
}

/// What is being fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// `inspections` or `radiographs`.
    pub what: String,
    /// Done.
    pub done: u64,
    /// Of how many, as far as known.
    pub total: u64,
}

/// Everything that the status bar says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The store.
    pub store: StoreState,
    /// The line.
    pub line: Line,
    /// The last successful exchange with the central.
    pub last_exchange: Option<Timestamp>,
    /// Entries not yet at the central.
    pub entries_waiting: u64,
    /// Photos and files not yet at the central.
    pub blobs_waiting: u64,
    /// Entries that the central refused or that contend: what is stuck.
    pub stuck: u64,
    /// The first reason for which something is stuck.
    pub stuck_reason: Option<Problem>,
    /// What is being fetched now.
    pub progress: Option<Progress>,
    /// The post.
    pub post: Option<Post>,
    /// Officers who may sign in here.
    pub officers: Vec<Officer>,
    /// Who is signed in.
    pub officer: Option<Officer>,
    /// Whether the session at the central has ended and someone should sign in again; local work goes on.
    pub session_expired: bool,
    /// The demonstration's PIN; `None` in real work.
    pub demonstration_pin: Option<String>,
    /// Whether the line was pulled by the demonstration's switch.
    pub line_pulled: bool,
    /// This workstation.
    pub device: Option<DeviceId>,
    /// The central's address.
    pub central: String,
    /// Laptop clock minus central clock at the last exchange, milliseconds.
    pub clock_difference_ms: Option<i64>,
    /// Settings of this workstation.
    pub settings: BTreeMap<String, String>,
    /// Names of settings that an administrator has laid down: they cannot be changed in the window.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managed: Vec<String>,
    /// How this workstation is set up.
    #[serde(default)]
    pub workstation: Workstation,
}
