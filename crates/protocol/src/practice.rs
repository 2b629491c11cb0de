//! Practice with projected threats.

use outpost_domain::{InspectionId, PracticeResult, Scan};
use serde::{Deserialize, Serialize};

/// How an officer's practice stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Practised {
    /// Whether the authority has switched practice off.
    pub off: bool,
    /// Scans on this laptop to practise on.
    pub scans: u32,
    /// The officer's answers, oldest first.
    pub results: Vec<PracticeResult>,
}

/// A scan to practise on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PracticeCase {
    /// The scan.
    pub scan: Scan,
    /// The goods that were declared.
    pub goods: String,
    /// The seed of what is projected; `None` when nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projects: Option<u64>,
    /// The inspection, told only after the answer.
    pub inspection: InspectionId,
    /// Its first unit's number as read aloud, told only after the answer.
    pub unit: String,
}
