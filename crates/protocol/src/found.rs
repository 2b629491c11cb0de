//! Files that were found in a folder, and what they may be of.

use jiff::Timestamp;
use outpost_domain::{BlobHash, Fit, InspectionId, UnitNumber};
use serde::{Deserialize, Serialize};

/// The most files that are looked up in one request.
pub const MOST_FILES: usize = 256;

/// A file that was found in a folder, as far as it tells which inspection it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundFile {
    /// Chosen by the window.
    pub key: u64,
    /// The unit numbers that were read: off the image, its description, its name.
    pub units: Vec<UnitNumber>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Timestamp>,
    /// Its content's hash.
    pub blob: BlobHash,
}

/// What a file may be of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMatch {
    /// The file, as it was asked for.
    pub key: u64,
    /// The inspections, the likeliest first.
    pub offers: Vec<FileOffer>,
}

/// An inspection that a file may be of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOffer {
    /// Which.
    pub inspection: InspectionId,
    /// Its version, for the entry that is based on it.
    pub version: u64,
    /// As people quote it.
    pub reference: String,
    /// The unit's number as read aloud.
    pub unit: String,
    /// The first item's goods.
    pub goods: String,
    /// How well the file goes with it.
    pub fit: Fit,
    /// Whether the inspection has this very image already.
    pub already: bool,
}
