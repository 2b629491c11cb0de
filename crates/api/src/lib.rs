//! The messages between the desk and the central API, shared by client and server.
//!
//! This crate knows the wire and nothing else: no HTTP client, no server, no storage. Paths and header names
//! stand here once. The protocol is HTTP/JSON, version 1; errors are problems after RFC 9457; blobs are content
//! addressed, downloads take ranges (RFC 9110 §14), uploads follow tus 1.0.
#![forbid(unsafe_code)]

use jiff::Timestamp;
use outpost_domain::{
    BlobHash, Checklist, DeviceId, EntryHash, EntryId, Inspection, InspectionId, Officer,
    OfficerId, Post, SignedEntry,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Paths of version 1.
pub mod paths {
    /// `GET`: what a workstation needs before anybody has signed in ([`crate::PostInfo`]).
    pub const POST: &str = "/v1/post";
    /// `POST` [`crate::SessionRequest`] → [`crate::Session`].
    pub const SESSION: &str = "/v1/session";
    /// `GET ?since=<cursor>&limit=<n>` → [`crate::ChangesPage`].
    pub const CHANGES: &str = "/v1/changes";
    /// `POST` [`crate::PushRequest`] → [`crate::PushResponse`].
    pub const ENTRIES: &str = "/v1/entries";
    /// `GET|HEAD /v1/blobs/{sha256}`, with ranges.
    pub const BLOBS: &str = "/v1/blobs";
    /// tus 1.0: `POST` creates with `Upload-Length` and `Upload-Metadata: sha256 <base64 of the hex>`, answers
    /// 201 with `Location`, or 200 with `Outpost-Blob: present` when the content is there already.
    pub const UPLOADS: &str = "/v1/uploads";
    /// `GET`: server-sent nudges; each `data:` is a [`crate::Nudge`].
    pub const EVENTS: &str = "/v1/events";
    /// `GET /v1/inspections/{id}`: what the central holds of one inspection ([`crate::InspectionView`]).
    pub const INSPECTIONS: &str = "/v1/inspections";
}

/// Header with which a workstation names itself.
pub const DEVICE_HEADER: &str = "outpost-device";

/// Media type of every JSON answer that is not a problem. An answer with another type is not the central's:
/// captive portals answer 200 with HTML.
pub const MEDIA_TYPE: &str = "application/vnd.outpost.v1+json";

/// Media type of problems (RFC 9457).
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// A problem after RFC 9457.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:outpost:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short sentence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What a workstation needs before anybody has signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PostInfo {
    /// The post this workstation belongs to.
    pub post: Post,
    /// The officers of the post.
    pub officers: Vec<Officer>,
    /// Names this life of the server: it changes when the server was restored from a backup.
    pub epoch: Uuid,
    /// The server's clock.
    pub server_time: Timestamp,
    /// For whom bundles are sealed: an age recipient, `age1…`. Absent from a central that takes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle_recipient: Option<String>,
    /// The public key under which the server signs receipts, 64 hexadecimal digits: by it a workstation knows the
    /// central at another address. Absent from an older central.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt_key: Option<String>,
    /// Present when this is a demonstration: nothing in it is real.
    pub demonstration: Option<Demonstration>,
}

/// What a demonstration tells openly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Demonstration {
    /// The PIN of every demonstration officer.
    pub pin: String,
    /// The seed of the world.
    pub seed: u64,
}

/// Signing in at the central; binds the officer's key on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionRequest {
    /// Who.
    pub officer: OfficerId,
    /// The officer's PIN.
    pub pin: String,
    /// The workstation.
    pub device: DeviceId,
    /// Ed25519 public key with which this officer signs on this device, 64 hexadecimal digits.
    pub key: String,
}

/// A session at the central. Local work never depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Bearer token.
    pub token: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// The officer as the central knows them.
    pub officer: Officer,
}

/// One change of what this post may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// An inspection is new or has another version.
    Inspection {
        /// As it stands now.
        inspection: Box<Inspection>,
    },
    /// An inspection is no longer this post's.
    Removed {
        /// Which.
        inspection: InspectionId,
    },
    /// The central accepted an entry, from whichever device.
    Entry {
        /// The entry.
        entry: SignedEntry,
    },
    /// A checklist is new, or was withdrawn.
    Checklist {
        /// As it stands now.
        checklist: Box<Checklist>,
    },
    /// An officer is new or has changed.
    Officer {
        /// As known now.
        officer: Officer,
    },
}

/// A page of changes, oldest first. Generic over the change so that a client can read each by itself and keep a
/// single unreadable one aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangesPage<C = Change> {
    /// The server's epoch.
    pub epoch: Uuid,
    /// Where the next page begins; opaque, stored in the same transaction as the rows.
    pub cursor: String,
    /// Whether another page waits already.
    pub more: bool,
    /// How many changes remain after this page.
    pub remaining: u64,
    /// The server's clock.
    pub server_time: Timestamp,
    /// The changes.
    pub changes: Vec<C>,
}

/// A batch of entries in the device's order, with gaps.
///
/// A device does not send the entries that wait behind a refused one of the same inspection, nor those of an officer
/// without a session, so numbers may be missing for a long time and come later, or never. The central takes an entry
/// whose neighbours it does not hold; where it holds the entry before or after, the hashes must fit. A gap alone is
/// never a reason to refuse: one inspection's trouble would stop all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushRequest {
    /// At most [`MAX_BATCH`].
    pub entries: Vec<SignedEntry>,
}

/// The most entries in one push.
pub const MAX_BATCH: usize = 200;

/// The most changes in one page.
pub const MAX_PAGE: u32 = 1_000;

/// What became of an entry at the central.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum PushResult {
    /// Taken in, now.
    Accepted,
    /// Taken in before; nothing happened now.
    Duplicate,
    /// Never to be taken in as it is.
    Refused {
        /// A code of `outpost_domain::Refusal` or of the central.
        code: String,
        /// A sentence.
        detail: String,
    },
    /// It contends with what has happened in the meantime; an officer decides.
    Conflict {
        /// What it contends with.
        code: String,
        /// A sentence.
        detail: String,
    },
    /// Not looked at: an earlier entry of the same inspection in this push was not taken in.
    Behind,
}

/// The outcome of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushOutcome {
    /// The entry, as read from its payload; `None` when not even that could be read.
    pub id: Option<EntryId>,
    /// Its place in the request.
    pub index: u32,
    /// What became of it.
    #[serde(flatten)]
    pub result: PushResult,
}

/// The answer to a push: one outcome per entry, in the request's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushResponse {
    /// The server's epoch.
    pub epoch: Uuid,
    /// The server's clock.
    pub server_time: Timestamp,
    /// One per entry.
    pub outcomes: Vec<PushOutcome>,
    /// The central's word for how far it has this device's chain.
    pub receipt: Option<Receipt>,
}

/// The central's signature over the head of a device's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The device.
    pub device: DeviceId,
    /// The highest sequence number the central holds of it.
    pub sequence: u64,
    /// The hash of that entry.
    pub head: EntryHash,
    /// When it was signed.
    pub at: Timestamp,
    /// Ed25519 signature over [`Receipt::signed_text`], 128 hexadecimal digits.
    pub signature: String,
    /// The central's public key, 64 hexadecimal digits.
    pub key: String,
}

impl Receipt {
    /// The text that the central signs.
    pub fn signed_text(device: DeviceId, sequence: u64, head: EntryHash, at: Timestamp) -> String {
        format!(
            "outpost-receipt-v1\n{device}\n{sequence}\n{}\n{at}\n",
            head.0
        )
    }
}

/// A nudge over server-sent events: there is something to pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Nudge {
    /// The epoch.
    pub epoch: Uuid,
}

/// What the central holds of one inspection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InspectionView {
    /// The snapshot.
    pub inspection: Inspection,
    /// The entries in the order of acceptance.
    pub entries: Vec<SignedEntry>,
    /// Blobs the entries name that have arrived.
    pub blobs: Vec<BlobHash>,
}
