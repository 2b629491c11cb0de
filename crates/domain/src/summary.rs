//! The worklist's row: what an officer needs to choose the next inspection.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Agency, ExamType, Inspection, InspectionId, Lane, NewComment, OfficerId, Openness, PartyRole,
    Priority, SectionState, State, UnitKind, Waits, mismatches, review, waits,
};

/// An agency's square in a row.
pub type AgencyStatus = SectionState;

/// An agency and how far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyState {
    /// The agency.
    pub agency: Agency,
    /// How far it is.
    pub state: AgencyStatus,
    /// Whether the goods wait for it.
    pub required: bool,
}

/// One inspection in the worklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The inspection.
    pub id: InspectionId,
    /// As people quote it.
    pub reference: String,
    /// The lane.
    pub lane: Lane,
    /// How soon.
    pub priority: Priority,
    /// Whether the operator is authorised.
    pub trusted: bool,
    /// First unit's number as read aloud.
    pub unit: String,
    /// What it is.
    pub unit_kind: UnitKind,
    /// Size and type.
    pub size_type: Option<String>,
    /// Units beyond the first.
    pub more_units: u32,
    /// Reefer set point, degrees Celsius.
    pub reefer_celsius: Option<f32>,
    /// UN number of the first dangerous item.
    pub un_number: Option<String>,
    /// First item's description.
    pub goods: String,
    /// First item's HS heading with its dot.
    pub hs: String,
    /// Items beyond the first.
    pub more_items: u32,
    /// The consignee's name.
    pub consignee: String,
    /// The declaration.
    pub mrn: String,
    /// First bill's number.
    pub bill: String,
    /// Exams ordered, the deepest first.
    pub exams: Vec<ExamType>,
    /// Agencies and how far they are.
    pub agencies: Vec<AgencyState>,
    /// Since when it waits: presented, else ordered.
    pub since: Timestamp,
    /// Until when it is wanted.
    pub due_at: Option<Timestamp>,
    /// Officers it is assigned to.
    pub assigned_to: Vec<OfficerId>,
    /// Begin of its slot.
    pub slot_start: Option<Timestamp>,
    /// Bay of its slot.
    pub slot_bay: Option<String>,
    /// Agencies whose holds stand, each once.
    pub held_by: Vec<Agency>,
    /// Whether the goods may go.
    pub openness: Openness,
    /// How many things do not add up.
    pub mismatches: u32,
    /// Radiographs.
    pub scans: u32,
    /// Comments that were not read yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<NewComment>,
    /// For what it waits.
    #[serde(default, skip_serializing_if = "Waits::is_empty")]
    pub waits: Waits,
}

/// The worklist's row of an inspection as it stands.
pub fn summarise(inspection: &Inspection, state: &State) -> Row {
    let consignment = &inspection.consignment;
    let unit = inspection.units.first();
    let item = consignment.items.first();
    let mut held_by: Vec<Agency> = state.open_holds().map(|h| h.hold.agency).collect();
    held_by.sort_unstable();
    held_by.dedup();
    Row {
        id: inspection.id,
        reference: inspection.reference.clone(),
        lane: inspection.lane,
        priority: inspection.priority,
        trusted: inspection.trusted,
        unit: unit.map(|u| u.number.spaced()).unwrap_or_default(),
        unit_kind: unit.map_or(UnitKind::Loose, |u| u.kind),
        size_type: unit.and_then(|u| u.size_type.clone()),
        more_units: inspection.units.len().saturating_sub(1) as u32,
        reefer_celsius: unit.and_then(|u| u.reefer.as_ref()).map(|r| r.set_celsius),
        un_number: consignment.items.iter().find_map(|i| i.un_number.clone()),
        goods: item.map(|i| i.description.clone()).unwrap_or_default(),
        hs: item
            .and_then(|i| i.hs.as_ref())
            .map(crate::HsCode::dotted)
            .unwrap_or_default(),
        more_items: consignment.items.len().saturating_sub(1) as u32,
        consignee: consignment
            .party(PartyRole::Consignee)
            .map(|p| p.name.clone())
            .unwrap_or_default(),
        mrn: consignment
            .mrn
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        bill: consignment
            .bills
            .first()
            .map(|b| b.number.clone())
            .unwrap_or_default(),
        exams: inspection.exams.clone(),
        agencies: state
            .sections
            .iter()
            .map(|s| AgencyState {
                agency: s.agency,
                state: s.state,
                required: s.required,
            })
            .collect(),
        since: inspection.presented_at.unwrap_or(inspection.ordered_at),
        due_at: inspection.due_at,
        assigned_to: state.assigned_to.clone(),
        slot_start: state.slot.as_ref().map(|s| s.slot.start),
        slot_bay: state.slot.as_ref().map(|s| s.slot.bay.clone()),
        held_by,
        openness: state.openness,
        mismatches: mismatches(inspection, state).len() as u32,
        scans: crate::scans(inspection, state).len() as u32,
        comments: review::new_comments(state),
        waits: waits(inspection, state),
    }
}
