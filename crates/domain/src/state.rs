//! What a screen shows of an inspection: its records as they stand.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Agency, AssignmentRecord, BlobHash, BroughtRecord, CheckKind, CheckResult, ChecklistRecord,
    CommentRecord, Confidence, Decision, EntryId, FindingCategory, Hold, ImageConclusion,
    ItemDifference, ItemOutcome, JointRecord, NewSealRecord, OfficerId, OpinionRecord, PhotoRecord,
    ReadingRecord, RegionCategory, RegionShape, RegionVerdict, SampleRecord, SealComparison,
    Severity, SlotState, TreatmentRecord, UnitRecord,
};

coded_enum! {
    /// How far an agency is with its section.
    SectionState {
        /// Has not begun.
        Waiting = "waiting",
        /// At work.
        InProgress = "in-progress",
        /// Holds the goods.
        Held = "held",
        /// Decided that the goods may go.
        Accepted = "accepted",
        /// Decided that they may not.
        Refused = "refused",
        /// Decided that some may go and some may not.
        Partial = "partial",
        /// Leaves the goods to the others.
        Waived = "waived",
    }
}

coded_enum! {
    /// Whether the goods may go; derived, never stored.
    Openness {
        /// A hold stands.
        Held = "held",
        /// A required agency has not decided.
        Waiting = "waiting",
        /// An agency refused them.
        Refused = "refused",
        /// Some goods items may go; the others were refused and are split off.
        Partial = "partial",
        /// A release was taken back before the goods left.
        Withdrawn = "withdrawn",
        /// Every required agency has decided and no hold stands.
        Released = "released",
    }
}

/// A check as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRecord {
    /// The entry.
    pub entry: EntryId,
    /// Which check.
    pub check: CheckKind,
    /// Its result.
    pub result: CheckResult,
    /// Its reason.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A decision as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// The entry.
    pub entry: EntryId,
    /// What was decided.
    pub decision: Decision,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An agency's section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The agency.
    pub agency: Agency,
    /// Whether the goods wait for it.
    pub required: bool,
    /// For what control.
    pub control: String,
    /// How far it is.
    pub state: SectionState,
    /// Who has it in hand.
    pub officer: Option<String>,
    /// Since when.
    pub claimed_at: Option<Timestamp>,
    /// Checks, one per kind, in the order of [`CheckKind::ALL`].
    pub checks: Vec<CheckRecord>,
    /// The decision on all goods items that have none of their own.
    pub decision: Option<DecisionRecord>,
    /// Decisions on single goods items, by number.
    pub items: BTreeMap<u32, DecisionRecord>,
    /// Who signed the section, and when.
    pub signed: Option<(String, Timestamp)>,
}

impl Section {
    /// What was decided on a goods item: by itself, or with the rest.
    pub fn decision_on(&self, item: u32) -> Option<&DecisionRecord> {
        self.items.get(&item).or(self.decision.as_ref())
    }

    /// Every decision, the one on the rest first.
    pub fn decisions(&self) -> impl Iterator<Item = &DecisionRecord> {
        self.decision.iter().chain(self.items.values())
    }
}

/// A seal comparison as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealRecord {
    /// The entry.
    pub entry: EntryId,
    /// Declared and found.
    pub seal: SealComparison,
    /// Photos.
    pub photos: Vec<BlobHash>,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An item comparison as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRecord {
    /// The entry.
    pub entry: EntryId,
    /// The item's number.
    pub item: u32,
    /// How it was found.
    pub outcome: ItemOutcome,
    /// What differs.
    pub differences: Vec<ItemDifference>,
    /// The officer's note.
    pub note: String,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A finding as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRecord {
    /// The entry.
    pub entry: EntryId,
    /// What it is about.
    pub category: FindingCategory,
    /// How grave.
    pub severity: Severity,
    /// The officer's words.
    pub text: String,
    /// The goods item concerned.
    pub item: Option<u32>,
    /// The region it rests on.
    pub region: Option<EntryId>,
    /// Photos.
    pub photos: Vec<BlobHash>,
    /// The rule it breaks.
    pub legal_reference: String,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What the physical exam made of a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionJudgement {
    /// The entry.
    pub entry: EntryId,
    /// What became of the region.
    pub verdict: RegionVerdict,
    /// The officer's words.
    pub note: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A region as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionRecord {
    /// The entry.
    pub entry: EntryId,
    /// The entries that this one corrected, oldest last: what was done on those is done on this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<EntryId>,
    /// The radiograph.
    pub scan: BlobHash,
    /// Where.
    pub shape: RegionShape,
    /// What it is thought to be.
    pub category: RegionCategory,
    /// How sure the reader is.
    pub confidence: Option<Confidence>,
    /// What the physical exam made of it: the last word.
    pub judgement: Option<RegionJudgement>,
    /// The officer's words.
    pub comment: String,
    /// The goods item concerned.
    pub item: Option<u32>,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl RegionRecord {
    /// Whether `name` is its name, or one that it had before it was corrected.
    pub(crate) fn is_named(&self, name: EntryId) -> bool {
        self.entry == name || self.corrected.contains(&name)
    }
}

/// A radiograph's reading as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRecord {
    /// The entry.
    pub entry: EntryId,
    /// The radiograph.
    pub scan: BlobHash,
    /// What it shows.
    pub conclusion: ImageConclusion,
    /// Who read it.
    pub reader: OfficerId,
    /// The reader's name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A hold, placed by the central or by an entry, and whether it was lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldRecord {
    /// The hold.
    #[serde(flatten)]
    pub hold: Hold,
    /// Who lifted it, when and why; `None` while it stands.
    pub lifted: Option<(String, Timestamp, String)>,
    /// A supervisor's proposal to lift it against the agency that placed it.
    pub overriding: Option<Override>,
}

/// An override of a hold: proposed by a supervisor, confirmed by a second officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The proposal's entry.
    pub entry: EntryId,
    /// Who proposed it; never who confirms it.
    pub proposer: OfficerId,
    /// The proposer's name.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// The second officer, and when.
    pub confirmed: Option<(String, Timestamp)>,
    /// The second officer who declined it, when and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<(String, Timestamp, String)>,
}

impl Override {
    /// Whether the second officer has not spoken yet.
    pub const fn is_pending(&self) -> bool {
        self.confirmed.is_none() && self.declined.is_none()
    }
}

/// Whether a goods item may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRelease {
    /// The item's number.
    pub item: u32,
    /// Whether it may go.
    pub openness: Openness,
}

/// A release that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: String,
    /// Whose.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl HoldRecord {
    /// Whether it stands.
    pub const fn is_open(&self) -> bool {
        self.lifted.is_none()
    }
}

/// An inspection as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// A section per agency concerned, in the snapshot's order.
    pub sections: Vec<Section>,
    /// Seal comparisons: the last one per declared seal and agency, and each undeclared seal.
    pub seals: Vec<SealRecord>,
    /// Item comparisons: the last one per item and agency.
    pub items: Vec<ItemRecord>,
    /// Findings, oldest first.
    pub findings: Vec<FindingRecord>,
    /// Regions, oldest first.
    pub regions: Vec<RegionRecord>,
    /// Readings of radiographs: the last one per image and author.
    pub images: Vec<ImageRecord>,
    /// Images that were made at the post and brought from a folder or stick, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brought: Vec<BroughtRecord>,
    /// Photos that entries name, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoRecord>,
    /// Holds, open and lifted, oldest first.
    pub holds: Vec<HoldRecord>,
    /// Checklists that were begun, in the order of their first answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklists: Vec<ChecklistRecord>,
    /// Seals put on afterwards, oldest first.
    pub new_seals: Vec<NewSealRecord>,
    /// The units' sides: the last examination per unit and agency.
    pub sides: Vec<UnitRecord>,
    /// Readings of instruments, oldest first.
    pub readings: Vec<ReadingRecord>,
    /// Treatments, oldest first.
    pub treatments: Vec<TreatmentRecord>,
    /// Samples, oldest first.
    pub samples: Vec<SampleRecord>,
    /// Second opinions that were asked for, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<OpinionRecord>,
    /// Comments, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<CommentRecord>,
    /// The last assignment of each agency that made one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<AssignmentRecord>,
    /// Officers it is assigned to, by the central and by supervisors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assigned_to: Vec<OfficerId>,
    /// The slot as it stands.
    pub slot: Option<SlotState>,
    /// The joint record.
    pub record: JointRecord,
    /// A release that was taken back, while that stands.
    pub withdrawal: Option<Withdrawal>,
    /// Whether each goods item may go, in the order of the declaration.
    pub release: Vec<ItemRelease>,
    /// Whether the goods may go.
    pub openness: Openness,
}

impl State {
    /// The section of `agency`, when it is concerned.
    pub fn section(&self, agency: Agency) -> Option<&Section> {
        self.sections.iter().find(|s| s.agency == agency)
    }

    /// The sample of this name.
    pub fn sample(&self, name: EntryId) -> Option<&SampleRecord> {
        self.samples.iter().find(|s| s.is_named(name))
    }

    /// The region with this name, or one that it had before it was corrected.
    pub fn region(&self, name: EntryId) -> Option<&RegionRecord> {
        self.regions.iter().find(|r| r.is_named(name))
    }

    /// The holds that stand.
    pub fn open_holds(&self) -> impl Iterator<Item = &HoldRecord> {
        self.holds.iter().filter(|h| h.is_open())
    }
}
