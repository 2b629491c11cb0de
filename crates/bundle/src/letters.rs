//! What is written in a bundle.

use jiff::Timestamp;
use outpost_api::{ChangesPage, PostInfo, PushResponse};
use outpost_domain::{BlobHash, DeviceId, EntryId, OfficerId, SignedEntry, UnLocode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// The format that this build writes, and the highest it reads.
pub const FORMAT: u32 = 1;

/// A letter of either direction.
pub trait Letter: Serialize + DeserializeOwned {
    /// Its name in the archive, by which its direction is known.
    const NAME: &'static str;

    /// The format it is written in.
    fn format(&self) -> u32;
}

/// What a workstation tells the central. Signed with the key that the officer has bound on this workstation: it stands
/// for the session that a line would have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromWorkstation {
    /// [`FORMAT`].
    pub format: u32,
    /// Names this bundle.
    pub id: Uuid,
    /// The workstation's count of bundles, from 1. An answer to an earlier one is known by it.
    pub number: u64,
    /// The workstation.
    pub device: DeviceId,
    /// Its post.
    pub post: UnLocode,
    /// Who made the bundle.
    pub officer: OfficerId,
    /// The workstation's clock.
    pub made_at: Timestamp,
    /// The age recipient for whom the answer is sealed.
    pub answer_to: String,
    /// Where the workstation's page of changes begins; `None` for the beginning.
    pub cursor: Option<String>,
    /// Files that the workstation's inspections show and that it does not have, the most urgent first.
    pub wants: Vec<BlobHash>,
    /// Entries that the central has not acknowledged, in the device's order, with gaps.
    pub entries: Vec<SignedEntry>,
    /// Files in this bundle.
    pub files: Vec<BlobHash>,
}

impl Letter for FromWorkstation {
    const NAME: &'static str = "from-workstation.json";

    fn format(&self) -> u32 {
        self.format
    }
}

/// A file in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedFile {
    /// Its content's hash.
    pub hash: BlobHash,
    /// Bytes.
    pub bytes: u64,
}

/// What the central answers. Signed with the key of its receipts. Changes are kept as texts, so that a reader can read
/// each by itself and keep a single unreadable one aside.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FromCentral {
    /// [`FORMAT`].
    pub format: u32,
    /// The bundle that it answers.
    pub answers: Uuid,
    /// That bundle's number.
    pub number: u64,
    /// The workstation.
    pub device: DeviceId,
    /// The post as the central knows it.
    pub post: PostInfo,
    /// The entries of that bundle, in its order.
    pub entries: Vec<EntryId>,
    /// One outcome for each of them, and a receipt.
    pub outcomes: PushResponse,
    /// Files of the workstation that the central has.
    pub held: Vec<BlobHash>,
    /// Where the page of changes begins: the cursor of that bundle.
    pub since: Option<String>,
    /// Everything that has changed since, in one page.
    pub changes: ChangesPage<Box<RawValue>>,
    /// Files in this bundle.
    pub files: Vec<CarriedFile>,
}

impl Letter for FromCentral {
    const NAME: &'static str = "from-central.json";

    fn format(&self) -> u32 {
        self.format
    }
}
