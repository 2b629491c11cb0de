//! The joint inspection: one presentation of the goods, its slot, the common record and who signs it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Agency, Answer, BlobHash, EntryId, Slot};

/// A span of time in a bay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// Begin.
    pub start: Timestamp,
    /// End, after `start`.
    pub end: Timestamp,
}

impl Span {
    /// The longest presentation that is taken for meant, hours.
    pub const LONGEST_HOURS: i64 = 24;

    /// Whether it ends after it begins, and within a day.
    pub fn is_sound(&self) -> bool {
        let length = self.length();
        length > SignedDuration::ZERO && length <= SignedDuration::from_hours(Self::LONGEST_HOURS)
    }

    /// From begin to end.
    pub fn length(&self) -> SignedDuration {
        self.end.duration_since(self.start)
    }

    /// Whether two spans have a moment in common; one that ends when the other begins has none.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Slot {
    /// From begin to end.
    pub const fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

coded_enum! {
    /// Who signs the joint record beside the officers.
    Signatory {
        /// Made the declaration.
        Declarant = "declarant",
        /// Acts for the operator.
        Agent = "agent",
        /// Drove the vehicle.
        Driver = "driver",
        /// Commands the vessel.
        Master = "master",
        /// Saw the exam.
        Witness = "witness",
    }
}

coded_enum! {
    /// Why a signature that belongs under the record is not there.
    Unsigned {
        /// Would not sign.
        Refused = "refused",
        /// Was not there.
        Absent = "absent",
    }
}

/// A stroke of a pen on the screen: points in thousandths of the field's width and height, from its upper left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Stroke(pub Vec<(u16, u16)>);

impl Stroke {
    /// The most points of a signature, all strokes together.
    pub const MOST_POINTS: usize = 4_000;

    /// Whether each point lies within the field.
    pub fn is_within(&self) -> bool {
        self.0.iter().all(|(x, y)| *x <= 1000 && *y <= 1000)
    }
}

/// What an agency answered to the slot that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotAnswer {
    /// The entry.
    pub entry: EntryId,
    /// The agency.
    pub agency: Agency,
    /// What it answered.
    pub answer: Answer,
    /// Why.
    pub reason: String,
    /// The time it would rather have.
    pub rather: Option<Span>,
    /// How long it will need, minutes.
    pub minutes: Option<u16>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The slot as it stands: the central's, or the convener's last proposal, with the answers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotState {
    /// Bay, time and answers in short.
    pub slot: Slot,
    /// The entry that proposed it; `None` where the central did.
    pub proposal: Option<EntryId>,
    /// Who proposed it, and when; `None` where the central did.
    pub proposed: Option<(String, Timestamp)>,
    /// Minutes before the begin that the bay is needed for setting up.
    pub setup_minutes: u16,
    /// How many proposals led to it: iCalendar's `SEQUENCE` (RFC 5545 §3.8.7.4).
    pub revision: u32,
    /// Answers recorded by entries, one per agency.
    pub answers: Vec<SlotAnswer>,
    /// Agencies that were awaited and did not come.
    pub no_shows: Vec<Agency>,
}

impl SlotState {
    /// The longest time that an agency said it needs, minutes; what the slot must have room for.
    pub fn needed_minutes(&self) -> Option<u16> {
        self.answers.iter().filter_map(|a| a.minutes).max()
    }

    /// How often it was moved: the first proposal moves nothing where the central gave no slot.
    pub const fn moves(&self, given: bool) -> u32 {
        if given {
            self.revision
        } else {
            self.revision.saturating_sub(1)
        }
    }

    /// The time that an agency would rather have; of several the one that was asked for last.
    pub fn wish(&self) -> Option<(Agency, Span)> {
        let mut answers = self.answers.iter().rev();
        answers.find_map(|a| {
            let wished = a.rather.filter(|_| a.answer == Answer::OtherTime)?;
            Some((a.agency, wished))
        })
    }

    /// Whether it is shorter than an agency said it needs.
    pub fn is_too_short(&self) -> bool {
        self.needed_minutes().is_some_and(|minutes| {
            self.slot.span().length() < SignedDuration::from_mins(i64::from(minutes))
        })
    }
}

/// A name under the joint record, or the reason why it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureRecord {
    /// The entry.
    pub entry: EntryId,
    /// An officer's agency; `None` for those who are no officers.
    pub agency: Option<Agency>,
    /// In which part a person signed who is no officer.
    pub role: Option<Signatory>,
    /// The name.
    pub name: String,
    /// Why it is not signed; `None` when it is.
    pub unsigned: Option<(Unsigned, String)>,
    /// The signature as drawn, of those who are no officers.
    pub strokes: Vec<Stroke>,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

coded_enum! {
    /// How far the joint record is; derived, never stored.
    RecordStage {
        /// Being written.
        Open = "open",
        /// Concluded by the convener; signatures are missing.
        Concluded = "concluded",
        /// Concluded and signed, or said why not, for every agency that took part.
        Final = "final",
        /// Something was recorded after the conclusion: it is to be concluded anew.
        Overtaken = "overtaken",
    }
}

/// The convener's conclusion as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionRecord {
    /// The entry.
    pub entry: EntryId,
    /// The hash over what was concluded, see [`crate::record_hash`].
    pub record: BlobHash,
    /// The convener's words.
    pub note: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The joint record: what it is a record of, who concluded it, who signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointRecord {
    /// How far it is.
    pub stage: RecordStage,
    /// The hash over everything that stands now.
    pub hash: BlobHash,
    /// The conclusion, when there is one.
    pub conclusion: Option<ConclusionRecord>,
    /// Signatures under that conclusion, oldest first.
    pub signatures: Vec<SignatureRecord>,
    /// Agencies that took part and have neither signed nor been said to be absent or refusing.
    pub awaited: Vec<Agency>,
}
