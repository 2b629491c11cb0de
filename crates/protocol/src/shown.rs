//! What lists and pages show: rows, an inspection that is open, slots, what waits.

use jiff::Timestamp;
use outpost_domain::{
    Agency, Answer, BlobHash, Checklist, EntryHash, EntryId, EntryPayload, Inspection,
    InspectionId, Lane, Mismatch, OfficerId, Row, SlotState, Span, State,
};
use serde::{Deserialize, Serialize};

use crate::Problem;

/// A record's badge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "badge", rename_all = "kebab-case")]
pub enum Badge {
    /// Nothing was recorded on this laptop.
    Untouched,
    /// Something is being written.
    Draft,
    /// Entries wait for the line.
    NotSent {
        /// How many.
        entries: u64,
    },
    /// Entries are sent, their photos are not.
    AttachmentsPending {
        /// How many.
        blobs: u64,
    },
    /// The central refused an entry or it contends; later ones of this inspection wait behind it.
    Failed {
        /// How many wait.
        entries: u64,
        /// Why.
        problem: Problem,
    },
    /// Everything recorded here is at the central.
    Sent,
}

/// A worklist row with its badge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorklistRow {
    /// The row.
    #[serde(flatten)]
    pub row: Row,
    /// Its badge.
    pub sync: Badge,
}

/// An inspection opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The snapshot; the selection criterion is there only for customs.
    pub inspection: Inspection,
    /// As it stands with all entries.
    pub state: State,
    /// What does not add up.
    pub mismatches: Vec<Mismatch>,
    /// Every entry, oldest first.
    pub history: Vec<HistoryLine>,
    /// Its badge.
    pub sync: Badge,
    /// The signed-in officer's drafts here.
    pub drafts: Vec<Draft>,
    /// The checklists that were begun here, as they were, and those that the officer's agency may begin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklists: Vec<Checklist>,
    /// Blobs of this inspection that are on the laptop.
    pub blobs_here: Vec<BlobHash>,
}

/// Whether an entry is at the central.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sent", rename_all = "kebab-case")]
pub enum Sent {
    /// The central has it.
    Yes,
    /// It waits for the line.
    Waiting,
    /// The central refused it, or it contends.
    Stuck {
        /// Why.
        problem: Problem,
        /// The entry that stands instead, when this laptop knows it: both sides are shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        against: Option<EntryId>,
    },
    /// It waits behind a stuck entry of the same inspection.
    Behind,
    /// The central refused it and its agency took it back or corrected it: it stays in the journal and is not sent.
    SetAside {
        /// Why it was refused.
        problem: Problem,
    },
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// The content.
    pub entry: EntryPayload,
    /// Its hash.
    pub hash: EntryHash,
    /// Whether it is at the central.
    pub sent: Sent,
    /// The entry that superseded it.
    pub superseded_by: Option<EntryId>,
}

/// What is being typed in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The inspection.
    pub inspection: InspectionId,
    /// The form: `finding`, `hold`, `decision`, `item-3`, …
    pub form: String,
    /// The form's content as JSON text; empty drops the draft.
    pub text: String,
}

/// A slot in the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaSlot {
    /// The inspection.
    pub inspection: InspectionId,
    /// The unit's number as read aloud.
    pub unit: String,
    /// The goods.
    pub goods: String,
    /// The lane.
    pub lane: Lane,
    /// The inspection's version, for acts that are based on it.
    pub version: u64,
    /// Officers it is assigned to.
    pub assigned_to: Vec<OfficerId>,
    /// Agencies concerned, the convener first.
    pub concerned: Vec<Agency>,
    /// Place, time and answers, with the proposals and answers recorded here applied.
    #[serde(flatten)]
    pub state: SlotState,
}

/// An event of somebody else's calendar that could be a slot. An officer looks at it, and proposes it or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarProposal {
    /// The inspection, when the event is of one that is on the laptop.
    pub inspection: Option<InspectionId>,
    /// Its unit's number as read aloud; empty when the inspection is not here.
    pub unit: String,
    /// What the event is called.
    pub summary: String,
    /// Where.
    pub place: String,
    /// When.
    #[serde(flatten)]
    pub span: Span,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whether it says what is agreed here already: the same place and time.
    pub agreed: bool,
    /// What agencies answered in that calendar.
    pub answers: Vec<(Agency, Answer)>,
}

/// An event that is no slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRefusal {
    /// What it is called.
    pub summary: String,
    /// Why not.
    pub problem: Problem,
}

/// What waits to be sent, of one inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxLine {
    /// The inspection.
    pub inspection: InspectionId,
    /// The unit's number as read aloud.
    pub unit: String,
    /// Entries waiting.
    pub entries: u64,
    /// Files waiting.
    pub blobs: u64,
    /// When the oldest of them was recorded.
    pub oldest: Timestamp,
    /// Why it is stuck, when it is.
    pub problem: Option<Problem>,
}

/// What a check of the whole journal found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Entries of this device's chain.
    pub entries: u64,
    /// Entries of other devices.
    pub foreign_entries: u64,
    /// Blobs read and hashed.
    pub blobs: u64,
    /// Faults, in words; empty when everything stands.
    pub faults: Vec<String>,
}
