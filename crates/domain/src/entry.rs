//! The journal entry: one act of an officer, signed and chained, never changed afterwards.
//!
//! What is signed is the exact text of the payload, kept and sent verbatim. Nothing is ever serialised again
//! for a check, so two programs cannot disagree about a canonical form.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{
    Agency, Answer, BlobHash, CheckKind, CheckResult, Confidence, Decision, DeviceId, EntryId,
    HoldId, HoldLevel, HoldReason, HoldType, InspectionId, OfficerId, RegionCategory, RegionShape,
    RegionVerdict, SealClass, SealCondition, SealParty,
};

/// SHA-256 over the exact bytes of an entry's payload; 64 noughts before the first entry of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct EntryHash(pub BlobHash);

impl EntryHash {
    /// What stands before the first entry of a device.
    pub const GENESIS: Self = Self(BlobHash([0; 32]));
}

coded_enum! {
    /// What a finding is about.
    FindingCategory {
        /// Seal.
        Seal = "seal",
        /// Quantity or mass.
        Quantity = "quantity",
        /// Description or classification.
        Description = "description",
        /// Goods that were not declared.
        Undeclared = "undeclared",
        /// Origin or marks.
        Origin = "origin",
        /// Papers.
        Documents = "documents",
        /// Temperature.
        Temperature = "temperature",
        /// Pest, disease, hygiene.
        Health = "health",
        /// Radiation, gas, dangerous goods.
        Safety = "safety",
        /// The unit itself: damage, false wall.
        Unit = "unit",
        /// Another matter.
        Other = "other",
    }
}

coded_enum! {
    /// How grave a finding is.
    Severity {
        /// To be known.
        Note = "note",
        /// To be put right.
        Minor = "minor",
        /// Against the declaration or the law.
        Major = "major",
        /// Danger, or a crime.
        Critical = "critical",
    }
}

coded_enum! {
    /// How a goods item was found against its declaration.
    ItemOutcome {
        /// As declared.
        Match = "match",
        /// More than declared.
        Excess = "excess",
        /// Less than declared.
        Shortage = "shortage",
        /// Other goods in its place.
        Substitution = "substitution",
        /// The goods declared under wrong words or code.
        Misdescription = "misdescription",
        /// Goods that no item declares.
        Undeclared = "undeclared",
    }
}

coded_enum! {
    /// What the reader of a radiograph concludes.
    ImageConclusion {
        /// Nothing stands out.
        NoAnomaly = "no-anomaly",
        /// Something does.
        Anomaly = "anomaly",
        /// The image does not tell.
        Inconclusive = "inconclusive",
        /// A new scan is asked for.
        Rescan = "rescan",
    }
}

/// The state of a seal as found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SealFound {
    /// The number as read; absent when there is no seal.
    pub number: Option<String>,
    /// Its condition.
    pub condition: SealCondition,
    /// Who affixed it, when it can be told.
    pub party: Option<SealParty>,
    /// Its class, when marked.
    pub class: Option<SealClass>,
}

/// A declared seal beside what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SealComparison {
    /// The unit's number.
    pub unit: String,
    /// The declared number; absent for a seal that nobody declared.
    pub declared: Option<String>,
    /// What was found.
    pub found: SealFound,
}

impl SealComparison {
    /// Whether number and condition are as they should be.
    pub fn conform(&self) -> bool {
        self.found.condition == SealCondition::Intact
            && self.declared.is_some()
            && self.declared == self.found.number
    }
}

/// One field of an item that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemDifference {
    /// The field: `packages`, `gross`, `net`, `hs`, `origin`, `description`, `marks`.
    pub field: String,
    /// As declared.
    pub declared: String,
    /// As found.
    pub found: String,
}

/// What the officer did. Each variant is one kind of entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum EntryBody {
    /// The officer took the own agency's section in hand.
    SectionClaimed,
    /// A check was concluded.
    CheckConcluded {
        /// Which.
        check: CheckKind,
        /// How.
        result: CheckResult,
        /// Why, when the result wants a reason; else empty.
        reason: String,
    },
    /// A seal was compared with its declaration.
    SealCompared {
        /// Declared and found.
        #[serde(flatten)]
        seal: SealComparison,
        /// Photos.
        photos: Vec<BlobHash>,
    },
    /// A goods item was compared with its declaration; only differences are recorded.
    ItemCompared {
        /// The item's number.
        item: u32,
        /// How it was found.
        outcome: ItemOutcome,
        /// What differs; empty when it matches.
        differences: Vec<ItemDifference>,
        /// The officer's note.
        note: String,
    },
    /// A finding was recorded.
    FindingRecorded {
        /// What it is about.
        category: FindingCategory,
        /// How grave.
        severity: Severity,
        /// The officer's words.
        text: String,
        /// The goods item concerned.
        item: Option<u32>,
        /// The region on a radiograph it rests on.
        region: Option<EntryId>,
        /// Photos and other files.
        photos: Vec<BlobHash>,
        /// The rule it breaks; empty when none is named.
        legal_reference: String,
    },
    /// A region was drawn on a radiograph.
    RegionDrawn {
        /// The radiograph.
        scan: BlobHash,
        /// Where.
        #[serde(flatten)]
        shape: RegionShape,
        /// What it is thought to be.
        category: RegionCategory,
        /// How sure the reader is; absent where a build before this one did not ask.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        confidence: Option<Confidence>,
        /// The officer's words.
        comment: String,
        /// The goods item concerned.
        item: Option<u32>,
    },
    /// The physical exam told what a region was.
    RegionJudged {
        /// The region's entry.
        region: EntryId,
        /// What became of it.
        verdict: RegionVerdict,
        /// The officer's words.
        note: String,
    },
    /// A radiograph was read to the end.
    ImageConcluded {
        /// The radiograph.
        scan: BlobHash,
        /// What it shows.
        conclusion: ImageConclusion,
        /// How long it was looked at, whole seconds.
        reading_seconds: u32,
    },
    /// A hold was placed.
    HoldPlaced {
        /// The new hold's name.
        hold: HoldId,
        /// Its kind.
        hold_type: HoldType,
        /// What it blocks.
        #[serde(flatten)]
        level: HoldLevel,
        /// Why.
        reason: HoldReason,
        /// The officer's words.
        note: String,
        /// When it is to be looked at again.
        review: Option<Date>,
    },
    /// A hold was lifted.
    HoldLifted {
        /// Which.
        hold: HoldId,
        /// Why it may go.
        reason: String,
    },
    /// The agency decided.
    Decided {
        /// What.
        #[serde(flatten)]
        decision: Decision,
    },
    /// The agency's section was concluded and signed by the author.
    SectionSigned,
    /// The agency answered the proposed slot.
    SlotAnswered {
        /// The answer.
        answer: Answer,
        /// Why, for a waiver or another time; else empty.
        reason: String,
    },
    /// The entry that this one supersedes is taken back.
    Withdrawn {
        /// Why.
        reason: String,
    },
    /// A kind that a newer build wrote. Kept, sent on and shown as such; never written by this build.
    #[serde(other)]
    Unknown,
}

impl EntryBody {
    /// The kind's code, as on the wire and in Fluent keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SectionClaimed => "section-claimed",
            Self::CheckConcluded { .. } => "check-concluded",
            Self::SealCompared { .. } => "seal-compared",
            Self::ItemCompared { .. } => "item-compared",
            Self::FindingRecorded { .. } => "finding-recorded",
            Self::RegionDrawn { .. } => "region-drawn",
            Self::RegionJudged { .. } => "region-judged",
            Self::ImageConcluded { .. } => "image-concluded",
            Self::HoldPlaced { .. } => "hold-placed",
            Self::HoldLifted { .. } => "hold-lifted",
            Self::Decided { .. } => "decided",
            Self::SectionSigned => "section-signed",
            Self::SlotAnswered { .. } => "slot-answered",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Unknown => "unknown",
        }
    }

    /// The blobs that this entry needs beside it: they travel with it and are kept while it is unsent.
    pub fn blobs(&self) -> &[BlobHash] {
        match self {
            Self::SealCompared { photos, .. } | Self::FindingRecorded { photos, .. } => photos,
            _ => &[],
        }
    }
}

/// An entry's content; its JSON text is what is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryPayload {
    /// UUIDv7, made by the device.
    pub id: EntryId,
    /// The inspection it belongs to.
    pub inspection: InspectionId,
    /// Who acted.
    pub author: OfficerId,
    /// The author's name at the time.
    pub author_name: String,
    /// The agency for which the author acted.
    pub agency: Agency,
    /// The workstation.
    pub device: DeviceId,
    /// The device's count of entries, from 1 without gaps.
    pub sequence: u64,
    /// The device's clock when the act was recorded.
    pub recorded_at: Timestamp,
    /// The post's offset from UTC at that time, seconds east.
    pub offset_seconds: i32,
    /// The last time known from the central, to judge the clock by.
    pub server_time: Option<Timestamp>,
    /// The inspection's version on the screen when the officer acted.
    pub based_on: u64,
    /// The entry that this one replaces or takes back.
    pub supersedes: Option<EntryId>,
    /// Another officer for whom the author signed, recorded as such.
    pub on_behalf_of: Option<OfficerId>,
    /// Hash of the device's entry before this one.
    pub previous: EntryHash,
    /// What was done.
    pub body: EntryBody,
}

/// An entry as it is kept and sent: the payload's exact text, the author's public key and signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedEntry {
    /// The payload's JSON text, verbatim.
    pub payload: String,
    /// Ed25519 signature over the payload's bytes, 128 hexadecimal digits.
    pub signature: String,
    /// The author's Ed25519 public key, 64 hexadecimal digits.
    pub key: String,
}

/// An entry that was read, its signature verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The content.
    pub payload: EntryPayload,
    /// Its hash.
    pub hash: EntryHash,
    /// Its author's public key, 64 hexadecimal digits.
    pub key: String,
}

/// Why a text is not an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableEntry {
    /// The key or the signature is not hexadecimal of the right length, or no point on the curve.
    #[error("the entry's key or signature is malformed")]
    MalformedSignature,
    /// The signature does not fit the payload.
    #[error("the signature does not fit the entry: it was changed after it was signed")]
    WrongSignature,
    /// The payload is not what an entry looks like.
    #[error("the entry's content cannot be read: {0}")]
    MalformedPayload(String),
}

/// Where a device's chain of entries is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// An entry does not follow the one before it.
    #[error("entry {sequence} does not follow the entry before it: something was replaced")]
    Broken {
        /// Its number.
        sequence: u64,
    },
    /// A number is missing.
    #[error("entry {expected} is missing: the next one is {found}")]
    Gap {
        /// The number that should come.
        expected: u64,
        /// The number that came.
        found: u64,
    },
}

/// Writes `payload` as JSON and signs that text.
///
/// # Errors
/// When the payload cannot be written as JSON, which no payload built from this crate's types does.
pub fn sign_entry(
    payload: &EntryPayload,
    key: &SigningKey,
) -> Result<SignedEntry, serde_json::Error> {
    let text = serde_json::to_string(payload)?;
    let signature = key.sign(text.as_bytes());
    Ok(SignedEntry {
        payload: text,
        signature: hex::encode(signature.to_bytes()),
        key: public_key(key),
    })
}

/// The public half of a signing key, 64 hexadecimal digits, as it stands in [`SignedEntry::key`].
pub fn public_key(key: &SigningKey) -> String {
    hex::encode(key.verifying_key().to_bytes())
}

impl SignedEntry {
    /// SHA-256 over the payload's bytes.
    pub fn hash(&self) -> EntryHash {
        EntryHash(BlobHash(Sha256::digest(self.payload.as_bytes()).into()))
    }

    /// Verifies the signature and reads the payload.
    pub fn open(&self) -> Result<Entry, UnreadableEntry> {
        let mut key = [0; 32];
        let mut signature = [0; 64];
        hex::decode_to_slice(&self.key, &mut key)
            .and_then(|()| hex::decode_to_slice(&self.signature, &mut signature))
            .map_err(|_| UnreadableEntry::MalformedSignature)?;
        VerifyingKey::from_bytes(&key)
            .map_err(|_| UnreadableEntry::MalformedSignature)?
            .verify_strict(self.payload.as_bytes(), &Signature::from_bytes(&signature))
            .map_err(|_| UnreadableEntry::WrongSignature)?;
        self.open_trusted()
    }

    /// Reads the payload without looking at the signature: for rows that were verified when they were stored.
    pub fn open_trusted(&self) -> Result<Entry, UnreadableEntry> {
        let payload = serde_json::from_str(&self.payload)
            .map_err(|e| UnreadableEntry::MalformedPayload(e.to_string()))?;
        Ok(Entry {
            payload,
            hash: self.hash(),
            key: self.key.clone(),
        })
    }
}

impl Entry {
    /// Checks that this entry follows `before` (the hash and sequence of the device's entry before it, or
    /// [`EntryHash::GENESIS`] and 0).
    pub fn follows(&self, before: (EntryHash, u64)) -> Result<(), ChainFault> {
        let (previous, sequence) = before;
        if self.payload.sequence != sequence + 1 {
            return Err(ChainFault::Gap {
                expected: sequence + 1,
                found: self.payload.sequence,
            });
        }
        if self.payload.previous != previous {
            return Err(ChainFault::Broken {
                sequence: self.payload.sequence,
            });
        }
        Ok(())
    }
}
