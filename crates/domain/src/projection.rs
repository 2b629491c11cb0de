//! What a screen shows: the central's snapshot and the entries together, rebuilt from them at any time.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Agency, BlobHash, CheckKind, CheckResult, Confidence, Decision, Entry, EntryBody, EntryId,
    FindingCategory, Hold, ImageConclusion, Inspection, ItemDifference, ItemOutcome,
    RegionCategory, RegionShape, RegionVerdict, SealComparison, Severity,
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
    /// The decision.
    pub decision: Option<DecisionRecord>,
    /// Who signed the section, and when.
    pub signed: Option<(String, Timestamp)>,
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

/// A radiograph's reading as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRecord {
    /// The entry.
    pub entry: EntryId,
    /// The radiograph.
    pub scan: BlobHash,
    /// What it shows.
    pub conclusion: ImageConclusion,
    /// Who.
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
    /// Seal comparisons: the last one per declared seal, and each undeclared seal.
    pub seals: Vec<SealRecord>,
    /// Item comparisons: the last one per item and agency.
    pub items: Vec<ItemRecord>,
    /// Findings, oldest first.
    pub findings: Vec<FindingRecord>,
    /// Regions, oldest first.
    pub regions: Vec<RegionRecord>,
    /// Readings of radiographs: the last one per image and author.
    pub images: Vec<ImageRecord>,
    /// Holds, open and lifted, oldest first.
    pub holds: Vec<HoldRecord>,
    /// Whether the goods may go.
    pub openness: Openness,
}

impl State {
    /// The section of `agency`, when it is concerned.
    pub fn section(&self, agency: Agency) -> Option<&Section> {
        self.sections.iter().find(|s| s.agency == agency)
    }

    /// The holds that stand.
    pub fn open_holds(&self) -> impl Iterator<Item = &HoldRecord> {
        self.holds.iter().filter(|h| h.is_open())
    }
}

/// Builds the state of an inspection from its snapshot and its entries.
///
/// The result does not depend on the order in which entries arrived: they are taken by the time of the act,
/// then by id. A superseded entry counts only in the history.
pub fn project(inspection: &Inspection, entries: &[Entry]) -> State {
    let superseded: HashSet<EntryId> = entries
        .iter()
        .filter_map(|e| e.payload.supersedes)
        .collect();
    let mut standing: Vec<&Entry> = entries
        .iter()
        .filter(|e| !superseded.contains(&e.payload.id))
        .collect();
    standing.sort_by_key(|e| (e.payload.recorded_at, e.payload.id));

    let mut state = State {
        sections: inspection.agencies.iter().map(waiting_section).collect(),
        seals: Vec::new(),
        items: Vec::new(),
        findings: Vec::new(),
        regions: Vec::new(),
        images: Vec::new(),
        holds: inspection
            .holds
            .iter()
            .map(|hold| HoldRecord {
                hold: hold.clone(),
                lifted: None,
            })
            .collect(),
        openness: Openness::Waiting,
    };
    for entry in &standing {
        apply(&mut state, entry);
    }
    // A lift may carry an earlier clock than the hold it lifts; holds are placed first, then lifted. So with regions
    // and what was made of them.
    for entry in &standing {
        lift(&mut state, entry);
        judge(&mut state, entry);
    }
    finish(&mut state);
    state
}

fn judge(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    let EntryBody::RegionJudged {
        region,
        verdict,
        note,
    } = &p.body
    else {
        return;
    };
    if let Some(record) = state.regions.iter_mut().find(|r| r.entry == *region) {
        record.judgement = Some(RegionJudgement {
            entry: p.id,
            verdict: *verdict,
            note: note.clone(),
            by: p.author_name.clone(),
            at: p.recorded_at,
        });
    }
}

fn waiting_section(task: &crate::AgencyTask) -> Section {
    Section {
        agency: task.agency,
        required: task.required,
        control: task.control.clone(),
        state: SectionState::Waiting,
        officer: None,
        claimed_at: None,
        checks: Vec::new(),
        decision: None,
        signed: None,
    }
}

fn apply(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    match &p.body {
        EntryBody::SealCompared { seal, photos } => {
            if let Some(declared) = &seal.declared {
                state.seals.retain(|s| {
                    s.seal.declared.as_ref() != Some(declared) || s.seal.unit != seal.unit
                });
            }
            state.seals.push(SealRecord {
                entry: p.id,
                seal: seal.clone(),
                photos: photos.clone(),
                agency: p.agency,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::ItemCompared {
            item,
            outcome,
            differences,
            note,
        } => {
            state
                .items
                .retain(|i| i.item != *item || i.agency != p.agency);
            state.items.push(ItemRecord {
                entry: p.id,
                item: *item,
                outcome: *outcome,
                differences: differences.clone(),
                note: note.clone(),
                agency: p.agency,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::FindingRecorded {
            category,
            severity,
            text,
            item,
            region,
            photos,
            legal_reference,
        } => state.findings.push(FindingRecord {
            entry: p.id,
            category: *category,
            severity: *severity,
            text: text.clone(),
            item: *item,
            region: *region,
            photos: photos.clone(),
            legal_reference: legal_reference.clone(),
            agency: p.agency,
            by: p.author_name.clone(),
            at: p.recorded_at,
        }),
        EntryBody::RegionDrawn {
            scan,
            shape,
            category,
            confidence,
            comment,
            item,
        } => state.regions.push(RegionRecord {
            entry: p.id,
            scan: *scan,
            shape: shape.clone(),
            category: *category,
            confidence: *confidence,
            judgement: None,
            comment: comment.clone(),
            item: *item,
            agency: p.agency,
            by: p.author_name.clone(),
            at: p.recorded_at,
        }),
        EntryBody::ImageConcluded {
            scan, conclusion, ..
        } => {
            state
                .images
                .retain(|i| i.scan != *scan || i.by != p.author_name);
            state.images.push(ImageRecord {
                entry: p.id,
                scan: *scan,
                conclusion: *conclusion,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::HoldPlaced {
            hold,
            hold_type,
            level,
            reason,
            note,
            review,
        } if state.holds.iter().all(|h| h.hold.id != *hold) => {
            state.holds.push(HoldRecord {
                hold: Hold {
                    id: *hold,
                    agency: p.agency,
                    hold_type: *hold_type,
                    level: level.clone(),
                    reason: *reason,
                    note: note.clone(),
                    placed_by: Some(p.author),
                    placed_by_name: p.author_name.clone(),
                    placed_at: p.recorded_at,
                    review: *review,
                },
                lifted: None,
            });
        }
        _ => {}
    }
    if let Some(section) = state.sections.iter_mut().find(|s| s.agency == p.agency) {
        apply_to_section(section, entry);
    }
}

fn apply_to_section(section: &mut Section, entry: &Entry) {
    let p = &entry.payload;
    match &p.body {
        EntryBody::SectionClaimed => {
            section.officer = Some(p.author_name.clone());
            section.claimed_at = Some(p.recorded_at);
        }
        EntryBody::CheckConcluded {
            check,
            result,
            reason,
        } => {
            section.checks.retain(|c| c.check != *check);
            section.checks.push(CheckRecord {
                entry: p.id,
                check: *check,
                result: *result,
                reason: reason.clone(),
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
            section.checks.sort_by_key(|c| c.check);
        }
        EntryBody::Decided { decision } => {
            section.decision = Some(DecisionRecord {
                entry: p.id,
                decision: decision.clone(),
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::SectionSigned => {
            section.signed = Some((p.author_name.clone(), p.recorded_at));
        }
        _ => {}
    }
    let takes_in_hand = !matches!(
        p.body,
        EntryBody::SlotAnswered { .. } | EntryBody::Withdrawn { .. } | EntryBody::Unknown
    );
    if takes_in_hand && section.officer.is_none() {
        section.officer = Some(p.author_name.clone());
    }
}

fn lift(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    if let EntryBody::HoldLifted { hold, reason } = &p.body
        && let Some(record) = state.holds.iter_mut().find(|h| h.hold.id == *hold)
        && record.hold.agency == p.agency
        && record.lifted.is_none()
    {
        record.lifted = Some((p.author_name.clone(), p.recorded_at, reason.clone()));
    }
}

fn finish(state: &mut State) {
    state.holds.sort_by_key(|h| (h.hold.placed_at, h.hold.id));
    let holders: HashSet<Agency> = state.open_holds().map(|h| h.hold.agency).collect();
    for section in &mut state.sections {
        section.state = section_state(section, holders.contains(&section.agency));
    }
    let any_refused = state
        .sections
        .iter()
        .any(|s| matches!(decided(s), Some(Decision::NotAcceptable { .. })));
    let any_undecided = state
        .sections
        .iter()
        .any(|s| s.required && s.decision.is_none());
    state.openness = if !holders.is_empty() {
        Openness::Held
    } else if any_refused {
        Openness::Refused
    } else if any_undecided {
        Openness::Waiting
    } else {
        Openness::Released
    };
}

fn decided(section: &Section) -> Option<&Decision> {
    section.decision.as_ref().map(|d| &d.decision)
}

fn section_state(section: &Section, holds: bool) -> SectionState {
    match decided(section) {
        _ if holds => SectionState::Held,
        Some(Decision::Acceptable { .. }) => SectionState::Accepted,
        Some(Decision::NotAcceptable { .. }) => SectionState::Refused,
        Some(Decision::Waived { .. }) => SectionState::Waived,
        None if section.officer.is_some() => SectionState::InProgress,
        None => SectionState::Waiting,
    }
}
