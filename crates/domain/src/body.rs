//! What an entry says: each kind of act an officer records.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Agency, Answer, Audience, BlobHash, BroughtImage, CheckKind, CheckResult, Confidence,
    CustodyStep, Decision, EntryId, HoldId, HoldLevel, HoldReason, HoldType, ListAnswer, ListRef,
    NewSeal, OfficerId, Reading, RegionCategory, RegionShape, RegionVerdict, Sample,
    SampleConclusion, SealClass, SealCondition, SealParty, Signatory, Span, Stroke, Treatment,
    UnitPoint, Unsigned,
};

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
    /// Questions of a checklist were answered; a later answer to the same question stands.
    ChecklistAnswered {
        /// The text that was on the screen.
        #[serde(flatten)]
        list: ListRef,
        /// The answers.
        answers: Vec<ListAnswer>,
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
        /// The second opinion that it gives, when it was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opinion: Option<EntryId>,
    },
    /// Another reader is asked what a radiograph shows.
    OpinionAsked {
        /// The radiograph.
        scan: BlobHash,
        /// Who is asked; absent when any image analyst of the post.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<OfficerId>,
        /// What is asked, in the officer's words.
        note: String,
    },
    /// An image that a scanner or camera made at the post was tied to the inspection.
    ImageBrought {
        /// The image.
        #[serde(flatten)]
        image: Box<BroughtImage>,
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
        /// The goods items it is about; empty for all that have no decision of their own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<u32>,
    },
    /// The agency's section was concluded and signed by the author.
    SectionSigned,
    /// The agency answered the proposed slot.
    SlotAnswered {
        /// The answer.
        answer: Answer,
        /// Why, for a waiver or another time; else empty.
        reason: String,
        /// The time it would rather have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rather: Option<Span>,
        /// How long it will need, minutes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<u16>,
        /// The proposal that is answered; absent for the central's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<EntryId>,
    },
    /// The convener proposed a slot, or another one.
    SlotProposed {
        /// A bay of the post.
        bay: String,
        /// When.
        #[serde(flatten)]
        span: Span,
        /// Minutes before the begin that the bay is needed for setting up.
        setup_minutes: u16,
        /// Who is to come, the convener among them.
        agencies: Vec<Agency>,
        /// The proposal that it takes the place of; absent where the central's slot, or none, stood. A stale one
        /// contends.
        over: Option<EntryId>,
    },
    /// An agency that was awaited did not come.
    NoShow {
        /// Which.
        absent: Agency,
        /// The officer's words.
        note: String,
        /// The proposal whose slot it was; absent for the central's. A slot that is moved asks everybody anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<EntryId>,
    },
    /// A seal was put on when the exam was over.
    SealAffixed {
        /// The seal.
        #[serde(flatten)]
        seal: NewSeal,
        /// Photos.
        photos: Vec<BlobHash>,
    },
    /// The unit's sides were looked at one by one.
    UnitExamined {
        /// The unit's number.
        unit: String,
        /// What was noted; a side that is not named was not noted.
        points: Vec<UnitPoint>,
        /// Photos.
        photos: Vec<BlobHash>,
    },
    /// An instrument was read.
    ReadingTaken {
        /// The reading.
        #[serde(flatten)]
        reading: Reading,
    },
    /// Goods or unit were treated.
    TreatmentRecorded {
        /// The treatment.
        #[serde(flatten)]
        treatment: Treatment,
    },
    /// A sample was drawn; the entry's id is the sample's name.
    SampleTaken {
        /// The sample.
        #[serde(flatten)]
        sample: Sample,
        /// Photos.
        photos: Vec<BlobHash>,
    },
    /// A sample went on its way.
    SampleMoved {
        /// The entry that drew it.
        sample: EntryId,
        /// What was done.
        step: CustodyStep,
        /// To whom, or by whom.
        person: String,
        /// The seal on it; empty when there is none.
        seal: String,
    },
    /// The laboratory reported on a sample.
    SampleReported {
        /// The entry that drew it.
        sample: EntryId,
        /// What it concluded.
        conclusion: SampleConclusion,
        /// The report's number, and its words.
        report: String,
    },
    /// A supervisor proposes to lift another agency's hold; it stands until a second officer confirms.
    OverrideProposed {
        /// The hold.
        hold: HoldId,
        /// Why it is to go against the agency that placed it.
        reason: String,
    },
    /// The second signature under an override: the hold is lifted.
    OverrideConfirmed {
        /// The proposal's entry.
        proposal: EntryId,
    },
    /// A second officer declines an override: the hold stands.
    OverrideDeclined {
        /// The proposal's entry.
        proposal: EntryId,
        /// Why the hold is to stand.
        reason: String,
    },
    /// A word to whoever has the inspection in hand, or to one officer.
    CommentWritten {
        /// The word.
        text: String,
        /// Who may read it.
        audience: Audience,
        /// The officer who is to read it; absent when anybody of those who may.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<OfficerId>,
    },
    /// A comment was read by one to whom it was written.
    CommentAcknowledged {
        /// The comment's entry.
        comment: EntryId,
    },
    /// A supervisor gives the inspection to an officer of the own agency; the agency's last word stands.
    OfficerAssigned {
        /// To whom.
        officer: OfficerId,
        /// From whom it is taken: those of the own agency who had it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        instead_of: Vec<OfficerId>,
    },
    /// A release is taken back before the goods have left.
    ReleaseWithdrawn {
        /// Why.
        reason: String,
    },
    /// The convener concludes the joint record.
    JointConcluded {
        /// The hash over what is concluded, see [`crate::record_hash`]. A stale one contends.
        record: BlobHash,
        /// The convener's words.
        note: String,
    },
    /// The author signs the joint record.
    RecordSigned {
        /// The hash that was concluded.
        record: BlobHash,
    },
    /// An agency's signature is missing under the joint record, and why.
    SignatureMissing {
        /// The agency.
        of: Agency,
        /// Refused, or absent.
        why: Unsigned,
        /// The officer's words.
        note: String,
        /// The hash that was concluded.
        record: BlobHash,
    },
    /// A person who is no officer signed the joint record on the screen, or would not.
    PartySigned {
        /// In which part.
        role: Signatory,
        /// The name.
        name: String,
        /// The hash that was concluded.
        record: BlobHash,
        /// The signature; empty when it was refused.
        strokes: Vec<Stroke>,
        /// Why it was refused; empty when it was not.
        refusal: String,
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
            Self::ChecklistAnswered { .. } => "checklist-answered",
            Self::SealCompared { .. } => "seal-compared",
            Self::ItemCompared { .. } => "item-compared",
            Self::FindingRecorded { .. } => "finding-recorded",
            Self::RegionDrawn { .. } => "region-drawn",
            Self::RegionJudged { .. } => "region-judged",
            Self::ImageConcluded { .. } => "image-concluded",
            Self::OpinionAsked { .. } => "opinion-asked",
            Self::ImageBrought { .. } => "image-brought",
            Self::HoldPlaced { .. } => "hold-placed",
            Self::HoldLifted { .. } => "hold-lifted",
            Self::Decided { .. } => "decided",
            Self::SectionSigned => "section-signed",
            Self::SlotAnswered { .. } => "slot-answered",
            Self::SlotProposed { .. } => "slot-proposed",
            Self::NoShow { .. } => "no-show",
            Self::SealAffixed { .. } => "seal-affixed",
            Self::UnitExamined { .. } => "unit-examined",
            Self::ReadingTaken { .. } => "reading-taken",
            Self::TreatmentRecorded { .. } => "treatment-recorded",
            Self::SampleTaken { .. } => "sample-taken",
            Self::SampleMoved { .. } => "sample-moved",
            Self::SampleReported { .. } => "sample-reported",
            Self::OverrideProposed { .. } => "override-proposed",
            Self::OverrideConfirmed { .. } => "override-confirmed",
            Self::OverrideDeclined { .. } => "override-declined",
            Self::CommentWritten { .. } => "comment-written",
            Self::CommentAcknowledged { .. } => "comment-acknowledged",
            Self::OfficerAssigned { .. } => "officer-assigned",
            Self::ReleaseWithdrawn { .. } => "release-withdrawn",
            Self::JointConcluded { .. } => "joint-concluded",
            Self::RecordSigned { .. } => "record-signed",
            Self::SignatureMissing { .. } => "signature-missing",
            Self::PartySigned { .. } => "party-signed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Unknown => "unknown",
        }
    }

    /// The officer whom it names besides its author, see [`crate::may_name`].
    pub const fn names(&self) -> Option<OfficerId> {
        match self {
            Self::CommentWritten { to, .. } => *to,
            Self::OpinionAsked { of, .. } => *of,
            Self::OfficerAssigned { officer, .. } => Some(*officer),
            _ => None,
        }
    }

    /// The blobs that this entry needs beside it: they travel with it and are kept while it is unsent.
    pub fn blobs(&self) -> &[BlobHash] {
        match self {
            Self::SealCompared { photos, .. }
            | Self::FindingRecorded { photos, .. }
            | Self::SealAffixed { photos, .. }
            | Self::UnitExamined { photos, .. }
            | Self::SampleTaken { photos, .. } => photos,
            Self::ImageBrought { image } => &image.files,
            _ => &[],
        }
    }
}
