//! How a workstation is set up: what the settings page and who looks after the laptop want to know.

use serde::{Deserialize, Serialize};

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
    /// The file with the central's certificate authority, where the system's own are not meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<String>,
    /// The file with this workstation's certificate and key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Whether papers can be shown and printed from a window of their own.
    pub previews: bool,
}
