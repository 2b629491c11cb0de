//! The inspection as the central sends it: the snapshot on which officers work.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Agency, BlobHash, Consignment, ExamType, Hold, InspectionId, Lane, OfficerId, Passage,
    Priority, UnLocode, Unit,
};

/// Why selectivity chose this consignment. For customs' eyes only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Selection {
    /// The criterion that hit, in the words of the risk unit.
    pub criterion: String,
    /// Whether it was drawn at random; feeds the hit rate.
    pub random: bool,
}

/// An agency's part in the inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgencyTask {
    /// The agency.
    pub agency: Agency,
    /// Whether the goods wait for this agency's decision; others may attend.
    pub required: bool,
    /// For what control, never why: need to know.
    pub control: String,
}

coded_enum! {
    /// An agency's answer to a proposed slot.
    Answer {
        /// Not answered yet.
        Pending = "pending",
        /// Will be there.
        Accepted = "accepted",
        /// Does not need to be there.
        Waived = "waived",
        /// Wants another time.
        OtherTime = "other-time",
    }
}

/// An agency's answer within a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotAgency {
    /// The agency.
    pub agency: Agency,
    /// What it answered.
    pub answer: Answer,
}

/// A place and time at which the goods are presented once to every agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Slot {
    /// A bay of the post.
    pub bay: String,
    /// Begin.
    pub start: Timestamp,
    /// End, after `start`.
    pub end: Timestamp,
    /// Answers, the convener first.
    pub agencies: Vec<SlotAgency>,
}

/// A radiograph of the unit, fetched as a blob.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Scan {
    /// Content hash of the image file.
    pub blob: BlobHash,
    /// Bytes of the file.
    pub bytes: u64,
    /// `image/tiff`, `image/png`, `application/dicom`.
    pub media_type: String,
    /// Make and model of the scanner.
    pub scanner: String,
    /// Where it stands.
    pub site: String,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// Size of a pixel at the unit, millimetres.
    pub pitch_mm: Option<f32>,
    /// Columns of pixels.
    pub width: u32,
    /// Rows of pixels.
    pub height: u32,
    /// The unit number that the scanner's camera read.
    pub unit_read: Option<String>,
    /// Of raw samples, the content hash of the description beside them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<BlobHash>,
}

coded_enum! {
    /// What a radiograph to compare with shows.
    ReferenceKind {
        /// Goods of the same HS heading in which nothing stood out.
        SameHeading = "same-heading",
        /// An empty unit of the same size and type.
        Empty = "empty",
    }
}

/// A radiograph to compare with; not of this unit. It names no unit and no consignment: whose goods it shows is nothing
/// that this inspection's officers need to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reference {
    /// What it shows.
    pub reference: ReferenceKind,
    /// The radiograph.
    #[serde(flatten)]
    pub scan: Scan,
}

/// An inspection assigned to a post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Inspection {
    /// Named by the central.
    pub id: InspectionId,
    /// Grows with every change at the central.
    pub version: u64,
    /// As people quote it: `KAS-2026-000123`.
    pub reference: String,
    /// The post it is assigned to.
    pub post: UnLocode,
    /// The lane.
    pub lane: Lane,
    /// How soon.
    pub priority: Priority,
    /// Whether the operator is authorised (AEO).
    pub trusted: bool,
    /// Why it was selected; absent on devices of agencies that need not know.
    pub selection: Option<Selection>,
    /// Exams ordered, the deepest first.
    pub exams: Vec<ExamType>,
    /// The agencies concerned, the convener first.
    pub agencies: Vec<AgencyTask>,
    /// Officers it is assigned to.
    pub assigned_to: Vec<OfficerId>,
    /// When the exam was ordered; its age is counted from here.
    pub ordered_at: Timestamp,
    /// When the goods were presented.
    pub presented_at: Option<Timestamp>,
    /// Until when it is wanted.
    pub due_at: Option<Timestamp>,
    /// What is carried.
    pub consignment: Consignment,
    /// In or on what; at least one.
    pub units: Vec<Unit>,
    /// Radiographs, newest first.
    pub scans: Vec<Scan>,
    /// When and where it is presented.
    pub slot: Option<Slot>,
    /// Holds that stood before the entries.
    pub holds: Vec<Hold>,
    /// The units' paths, node by node in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracking: Vec<Passage>,
    /// Radiographs to compare with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
}

impl Inspection {
    /// The agency that convenes: the first one.
    pub fn convener(&self) -> Option<Agency> {
        self.agencies.first().map(|task| task.agency)
    }

    /// When the goods left the post, as far as a gate has told.
    pub fn left_at(&self) -> Option<Timestamp> {
        self.tracking
            .iter()
            .filter(|passage| passage.node == crate::NodeKind::GateOut)
            .filter_map(|passage| passage.at)
            .max()
    }
}
