//! Who may do what, and when. Enforced by the desk before an entry is written and by the central again.

use jiff::Timestamp;

use crate::{
    Agency, Decision, EntryBody, EntryId, HoldId, HoldLevel, Inspection, ItemOutcome, Officer,
    RecordStage, RegionShape, Role, SealCondition, State, checklist, record, release, rules_joint,
};

/// Why an act is refused. The code and the arguments make the sentence that the officer reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The officer's agency has no section here.
    #[error("{agency} has no part in this inspection")]
    NotConcerned {
        /// The officer's agency.
        agency: Agency,
    },
    /// The officer's role does not include this act.
    #[error("the role {role} may not record {kind}")]
    RoleMayNot {
        /// The role.
        role: Role,
        /// The entry kind's code.
        kind: &'static str,
    },
    /// A text that must be there is empty.
    #[error("{field} is missing")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A text is too long.
    #[error("{field} has {characters} characters; {limit} are the limit")]
    TooLong {
        /// The field.
        field: &'static str,
        /// How many it has.
        characters: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The declaration has no item of this number.
    #[error("there is no goods item {number}")]
    UnknownItem {
        /// The number.
        number: u32,
    },
    /// The hold's level names a unit or bill that is not in this consignment.
    #[error("{name} is not part of this consignment")]
    UnknownLevel {
        /// What was named.
        name: String,
    },
    /// The inspection has no such radiograph.
    #[error("this radiograph does not belong to the inspection")]
    UnknownScan,
    /// The region has no area or lies outside its radiograph.
    #[error("the region lies outside the radiograph")]
    RegionOutside,
    /// The region that is judged does not stand here.
    #[error("there is no such region on the radiographs of this inspection")]
    UnknownRegion,
    /// The hold does not exist.
    #[error("there is no such hold")]
    UnknownHold {
        /// Its name.
        hold: HoldId,
    },
    /// A hold of this name is there: a second one would hide behind it and be lifted with it.
    #[error("a hold of this name was placed before")]
    HoldKnown {
        /// Its name.
        hold: HoldId,
    },
    /// The hold was lifted before.
    #[error("the hold was lifted before, by {by}")]
    HoldAlreadyLifted {
        /// By whom.
        by: String,
    },
    /// The hold belongs to another agency.
    #[error("the hold was placed by {agency}; only {agency} lifts it")]
    HoldOfAnother {
        /// Whose it is.
        agency: Agency,
    },
    /// Goods cannot be accepted by an agency whose own hold stands.
    #[error("{count} hold(s) of {agency} stand; lift them first")]
    OwnHoldStands {
        /// The agency.
        agency: Agency,
        /// How many.
        count: usize,
    },
    /// A section is signed only after its decision.
    #[error("the section has no decision yet")]
    NotDecided,
    /// The section was signed; what stands in it is superseded, not added to.
    #[error("the section was signed by {by}; correct an entry instead")]
    AlreadySigned {
        /// By whom.
        by: String,
    },
    /// Only an entry that exists, of the own agency, is superseded.
    #[error("the entry to correct is not one of {agency}")]
    SupersedesUnknown {
        /// The officer's agency.
        agency: Agency,
    },
    /// Only the convener moves the slot and concludes the joint record.
    #[error("{convener} convenes this inspection; only {convener} may do this")]
    NotConvener {
        /// The convener.
        convener: Agency,
    },
    /// A slot ends before it begins, or lasts longer than a day.
    #[error("the slot has to end after it begins, within a day")]
    UnsoundSpan,
    /// The slot was moved in the meantime.
    #[error("the slot was moved in the meantime, by {by}")]
    SlotMoved {
        /// By whom.
        by: String,
    },
    /// There is no slot to answer, or not this one any more.
    #[error("the slot that is answered does not stand any more")]
    NoSuchSlot,
    /// There is no such sample.
    #[error("there is no such sample in this inspection")]
    UnknownSample,
    /// The sample was returned or destroyed.
    #[error("sample {number} was returned or destroyed")]
    SampleGone {
        /// Its number.
        number: String,
    },
    /// Samples are drawn after a physical check.
    #[error("a sample is drawn after the physical check; record that first")]
    PhysicalCheckFirst,
    /// Goods are not accepted while a result that is not a random one is awaited.
    #[error("the result of sample {number} is awaited")]
    ResultAwaited {
        /// The sample's number.
        number: String,
    },
    /// A value that no instrument reads.
    #[error("{value} is out of the range of {quantity}")]
    OutOfRange {
        /// The quantity's code.
        quantity: &'static str,
        /// The value.
        value: String,
    },
    /// The override does not stand.
    #[error("there is no such override, or its hold was lifted")]
    UnknownOverride,
    /// Four eyes: the second signature is another officer's.
    #[error("{by} proposed this; a second officer has to confirm")]
    SameOfficer {
        /// Who proposed.
        by: String,
    },
    /// A supervisor lifts the own agency's hold in the plain way.
    #[error("this hold is of the own agency; lift it")]
    OwnHold,
    /// A required agency has not decided.
    #[error("{agency} has not decided")]
    Undecided {
        /// The agency.
        agency: Agency,
    },
    /// There is no conclusion to sign.
    #[error("the joint record is not concluded")]
    NotConcluded,
    /// What is concluded or signed is not what stands.
    #[error("something was recorded in the meantime; look at the record as it stands")]
    RecordChanged,
    /// The joint record was concluded; a new conclusion takes the place of the old one.
    #[error("{by} concluded this record")]
    AlreadyConcluded {
        /// Who concluded it.
        by: String,
    },
    /// The agency signed the joint record; what is in it is corrected, not added to.
    #[error("{agency} signed the joint record; correct an entry instead")]
    RecordSigned {
        /// The agency.
        agency: Agency,
    },
    /// The goods item was refused in a concluded record: it is split off.
    #[error("goods item {number} was split off: it was refused in the joint record")]
    SplitOff {
        /// The item's number.
        number: u32,
    },
    /// Only what was released can be taken back.
    #[error("the goods are not released")]
    NotReleased,
    /// The goods have left.
    #[error("the goods left at {at}")]
    Left {
        /// When.
        at: Timestamp,
    },
    /// A signature on the screen is no line within its field.
    #[error("the signature cannot be read")]
    UnreadableSignature,
    /// An answer does not fit its question.
    #[error("the answer to {question} does not fit the question")]
    AnswerMisfit {
        /// The question's key.
        question: String,
    },
    /// The list is not known: it has not come from the central.
    #[error("the checklist {name}, version {version}, is not known")]
    UnknownList {
        /// Its name.
        name: String,
        /// Its version.
        version: u32,
    },
    /// The list is another agency's.
    #[error("this is a checklist of {agency}")]
    ListOfAnother {
        /// Whose it is.
        agency: Agency,
    },
    /// The section began with another version of the list and goes on with it.
    #[error("the checklist {name} was begun in version {version}; go on with that one")]
    ListPinned {
        /// The list's name.
        name: String,
        /// The version begun with.
        version: u32,
    },
    /// Wanted answers are missing.
    #[error("{count} wanted answer(s) of the checklist {name} are missing")]
    AnswersMissing {
        /// The list's name.
        name: String,
        /// How many.
        count: usize,
    },
    /// Acts are recorded for another officer of the own agency, for nobody else.
    #[error("an act is recorded on behalf of another officer of the same agency only")]
    NotOnBehalf,
    /// A kind that this build does not know.
    #[error("this kind of entry is not known here")]
    UnknownKind,
}

impl Refusal {
    /// The code used on the wire and in Fluent keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotConcerned { .. } => "not-concerned",
            Self::RoleMayNot { .. } => "role-may-not",
            Self::Missing { .. } => "missing",
            Self::TooLong { .. } => "too-long",
            Self::UnknownItem { .. } => "unknown-item",
            Self::UnknownLevel { .. } => "unknown-level",
            Self::UnknownScan => "unknown-scan",
            Self::RegionOutside => "region-outside",
            Self::UnknownRegion => "unknown-region",
            Self::UnknownHold { .. } => "unknown-hold",
            Self::HoldKnown { .. } => "hold-known",
            Self::HoldAlreadyLifted { .. } => "hold-already-lifted",
            Self::HoldOfAnother { .. } => "hold-of-another",
            Self::OwnHoldStands { .. } => "own-hold-stands",
            Self::NotDecided => "not-decided",
            Self::AlreadySigned { .. } => "already-signed",
            Self::SupersedesUnknown { .. } => "supersedes-unknown",
            Self::NotConvener { .. } => "not-convener",
            Self::UnsoundSpan => "unsound-span",
            Self::SlotMoved { .. } => "slot-moved",
            Self::NoSuchSlot => "no-such-slot",
            Self::UnknownSample => "unknown-sample",
            Self::SampleGone { .. } => "sample-gone",
            Self::PhysicalCheckFirst => "physical-check-first",
            Self::ResultAwaited { .. } => "result-awaited",
            Self::OutOfRange { .. } => "out-of-range",
            Self::UnknownOverride => "unknown-override",
            Self::SameOfficer { .. } => "same-officer",
            Self::OwnHold => "own-hold",
            Self::Undecided { .. } => "undecided",
            Self::NotConcluded => "not-concluded",
            Self::RecordChanged => "record-changed",
            Self::AlreadyConcluded { .. } => "already-concluded",
            Self::RecordSigned { .. } => "record-signed",
            Self::SplitOff { .. } => "split-off",
            Self::NotReleased => "not-released",
            Self::Left { .. } => "left",
            Self::UnreadableSignature => "unreadable-signature",
            Self::AnswerMisfit { .. } => "answer-misfit",
            Self::UnknownList { .. } => "unknown-list",
            Self::ListOfAnother { .. } => "list-of-another",
            Self::ListPinned { .. } => "list-pinned",
            Self::AnswersMissing { .. } => "answers-missing",
            Self::NotOnBehalf => "not-on-behalf",
            Self::UnknownKind => "unknown-kind",
        }
    }

    /// Whether the act contends with another one that came first: both sides are shown, and an officer decides anew.
    pub const fn is_contention(&self) -> bool {
        matches!(
            self,
            Self::HoldAlreadyLifted { .. }
                | Self::SlotMoved { .. }
                | Self::NoSuchSlot
                | Self::UnknownOverride
                | Self::RecordChanged
                | Self::AlreadyConcluded { .. }
                | Self::ListPinned { .. }
        )
    }
}

/// The longest text an officer may enter in one field, in characters.
const TEXT_LIMIT: usize = 8_000;

/// Whether `officer` may record `body` on this inspection as it stands. `supersedes` names the entry that it
/// corrects, together with the agency that wrote it (`None` when it is not known here).
///
/// # Errors
/// The first rule that stands against it.
pub fn allow(
    officer: &Officer,
    inspection: &Inspection,
    state: &State,
    body: &EntryBody,
    supersedes: Option<(EntryId, Option<Agency>)>,
) -> Result<(), Refusal> {
    let agency = officer.agency;
    let own = supersedes.is_some_and(|(_, author)| author == Some(agency));
    let section = match state.section(agency) {
        Some(section) => section,
        // What an agency wrote it may take back, also when the central has taken it out in the meantime.
        None if own && matches!(body, EntryBody::Withdrawn { .. }) => {
            role_may(officer.role, body)?;
            return check_body(agency, inspection, state, body);
        }
        None => return Err(Refusal::NotConcerned { agency }),
    };
    role_may(officer.role, body)?;
    if supersedes.is_some() && !own {
        return Err(Refusal::SupersedesUnknown { agency });
    }
    if let Some((by, _)) = &section.signed
        && supersedes.is_none()
        && belongs_to_section(body)
    {
        return Err(Refusal::AlreadySigned { by: by.clone() });
    }
    if supersedes.is_none()
        && record::is_of_record(body)
        && state.record.stage != RecordStage::Open
        && state
            .record
            .signatures
            .iter()
            .any(|s| s.agency == Some(agency) && s.unsigned.is_none())
    {
        return Err(Refusal::RecordSigned { agency });
    }
    if let EntryBody::HoldPlaced { hold, .. } = body
        && let Some(known) = state.holds.iter().find(|known| known.hold.id == *hold)
        && (supersedes.is_none() || known.hold.agency != agency)
    {
        return Err(Refusal::HoldKnown { hold: *hold });
    }
    if rules_joint::concerns(body) {
        return rules_joint::check(officer, inspection, state, body, supersedes.is_some());
    }
    if let EntryBody::ChecklistAnswered { list, answers } = body {
        return checklist::check(agency, state, list, answers, supersedes.is_some());
    }
    check_body(agency, inspection, state, body)
}

/// Whether `officer` may replace or take back what an entry of the own agency says: only what the role may record.
///
/// # Errors
/// When the role may not.
pub fn may_supersede(officer: &Officer, superseded: &EntryBody) -> Result<(), Refusal> {
    role_may(officer.role, superseded)
}

/// Whether `author` may act for `other`, who is `None` when the post does not know the officer.
///
/// # Errors
/// When the other one is not known, of another agency, or the author.
pub fn may_act_for(author: &Officer, other: Option<&Officer>) -> Result<(), Refusal> {
    other
        .filter(|other| other.agency == author.agency && other.id != author.id)
        .map(|_| ())
        .ok_or(Refusal::NotOnBehalf)
}

/// The table of roles: inspectors and supervisors record everything, analysts read images. Only supervisors propose to
/// override a hold.
fn role_may(role: Role, body: &EntryBody) -> Result<(), Refusal> {
    if role != Role::Supervisor && matches!(body, EntryBody::OverrideProposed { .. }) {
        return Err(Refusal::RoleMayNot {
            role,
            kind: body.code(),
        });
    }
    let analyst_may = matches!(
        body,
        EntryBody::RegionDrawn { .. }
            | EntryBody::ImageConcluded { .. }
            | EntryBody::FindingRecorded { .. }
            | EntryBody::RecordSigned { .. }
            | EntryBody::Withdrawn { .. }
    );
    if role == Role::Analyst && !analyst_may {
        return Err(Refusal::RoleMayNot {
            role,
            kind: body.code(),
        });
    }
    Ok(())
}

fn belongs_to_section(body: &EntryBody) -> bool {
    matches!(
        body,
        EntryBody::CheckConcluded { .. }
            | EntryBody::ChecklistAnswered { .. }
            | EntryBody::SealCompared { .. }
            | EntryBody::ItemCompared { .. }
            | EntryBody::Decided { .. }
            | EntryBody::SectionClaimed
            | EntryBody::SectionSigned
    )
}

fn check_body(
    agency: Agency,
    inspection: &Inspection,
    state: &State,
    body: &EntryBody,
) -> Result<(), Refusal> {
    match body {
        EntryBody::SectionClaimed => Ok(()),
        EntryBody::CheckConcluded { result, reason, .. } => {
            if result.needs_reason() {
                required("reason", reason)
            } else {
                text("reason", reason)
            }
        }
        EntryBody::SealCompared { seal, .. } => {
            if seal.found.condition != SealCondition::Missing {
                required("seal", seal.found.number.as_deref().unwrap_or_default())?;
            }
            inspection
                .units
                .iter()
                .any(|u| u.number.as_str() == seal.unit)
                .then_some(())
                .ok_or_else(|| Refusal::UnknownLevel {
                    name: seal.unit.clone(),
                })
        }
        EntryBody::ItemCompared {
            item,
            outcome,
            differences,
            note,
        } => {
            if *outcome != ItemOutcome::Undeclared {
                known_item(inspection, *item)?;
            }
            if *outcome != ItemOutcome::Match && differences.is_empty() {
                required("note", note)?;
            }
            text("note", note)
        }
        EntryBody::FindingRecorded {
            text: words,
            item,
            legal_reference,
            ..
        } => {
            required("text", words)?;
            text("legal-reference", legal_reference)?;
            item.map_or(Ok(()), |number| known_item(inspection, number))
        }
        EntryBody::RegionDrawn {
            scan,
            shape,
            comment,
            item,
            ..
        } => {
            text("comment", comment)?;
            item.map_or(Ok(()), |number| known_item(inspection, number))?;
            if matches!(shape, RegionShape::Text { .. }) {
                required("comment", comment)?;
            }
            inside(inspection, scan, shape)
        }
        EntryBody::RegionJudged { region, note, .. } => {
            text("note", note)?;
            let known = state.regions.iter().any(|r| r.entry == *region);
            known.then_some(()).ok_or(Refusal::UnknownRegion)
        }
        EntryBody::ImageConcluded { scan, .. } => known_scan(inspection, scan).map(|_| ()),
        EntryBody::HoldPlaced { level, note, .. } => {
            required("note", note)?;
            known_level(inspection, level)?;
            not_split_off(state, level)
        }
        EntryBody::HoldLifted { hold, reason } => {
            required("reason", reason)?;
            may_lift(agency, state, *hold)
        }
        EntryBody::Decided { decision, items } => {
            for item in items {
                known_item(inspection, *item)?;
            }
            may_decide(agency, state, decision, items)
        }
        EntryBody::SectionSigned => match state.section(agency) {
            Some(section) if !release::is_undecided(section, &items_of(inspection)) => Ok(()),
            _ => Err(Refusal::NotDecided),
        },
        EntryBody::Withdrawn { reason } => required("reason", reason),
        // The rest is of the joint inspection.
        _ => Err(Refusal::UnknownKind),
    }
}

fn may_lift(agency: Agency, state: &State, hold: HoldId) -> Result<(), Refusal> {
    let record = state
        .holds
        .iter()
        .find(|h| h.hold.id == hold)
        .ok_or(Refusal::UnknownHold { hold })?;
    if let Some((by, _, _)) = &record.lifted {
        return Err(Refusal::HoldAlreadyLifted { by: by.clone() });
    }
    if record.hold.agency != agency {
        return Err(Refusal::HoldOfAnother {
            agency: record.hold.agency,
        });
    }
    Ok(())
}

fn items_of(inspection: &Inspection) -> Vec<u32> {
    inspection
        .consignment
        .items
        .iter()
        .map(|item| item.number)
        .collect()
}

/// `items` is empty for a decision on all of them.
fn may_decide(
    agency: Agency,
    state: &State,
    decision: &Decision,
    items: &[u32],
) -> Result<(), Refusal> {
    let meant = |item: u32| items.is_empty() || items.contains(&item);
    match decision {
        Decision::Acceptable {
            conditions, coded, ..
        } => {
            text("conditions", conditions)?;
            for condition in coded {
                text("place", &condition.place)?;
            }
            let count = state
                .open_holds()
                .filter(|h| h.hold.agency == agency)
                .filter(|h| match h.hold.level {
                    HoldLevel::Item { number } => meant(number),
                    _ => true,
                })
                .count();
            if count > 0 {
                return Err(Refusal::OwnHoldStands { agency, count });
            }
            let awaited = state
                .samples
                .iter()
                .find(|s| s.agency == agency && s.delays() && meant(s.sample.item));
            match awaited {
                Some(sample) => Err(Refusal::ResultAwaited {
                    number: sample.sample.number.clone(),
                }),
                None => Ok(()),
            }
        }
        Decision::NotAcceptable { reason, .. } | Decision::Waived { reason } => {
            required("reason", reason)
        }
    }
}

pub(crate) fn text(field: &'static str, value: &str) -> Result<(), Refusal> {
    let characters = value.chars().count();
    if characters > TEXT_LIMIT {
        return Err(Refusal::TooLong {
            field,
            characters,
            limit: TEXT_LIMIT,
        });
    }
    Ok(())
}

pub(crate) fn required(field: &'static str, value: &str) -> Result<(), Refusal> {
    if value.trim().is_empty() {
        return Err(Refusal::Missing { field });
    }
    text(field, value)
}

pub(crate) fn known_item(inspection: &Inspection, number: u32) -> Result<(), Refusal> {
    inspection
        .consignment
        .item(number)
        .map(|_| ())
        .ok_or(Refusal::UnknownItem { number })
}

fn known_scan<'a>(
    inspection: &'a Inspection,
    scan: &crate::BlobHash,
) -> Result<&'a crate::Scan, Refusal> {
    inspection
        .scans
        .iter()
        .find(|s| s.blob == *scan)
        .ok_or(Refusal::UnknownScan)
}

fn inside(
    inspection: &Inspection,
    scan: &crate::BlobHash,
    shape: &RegionShape,
) -> Result<(), Refusal> {
    let scan = known_scan(inspection, scan)?;
    if shape.fits(scan.width, scan.height) {
        Ok(())
    } else {
        Err(Refusal::RegionOutside)
    }
}

fn known_level(inspection: &Inspection, level: &HoldLevel) -> Result<(), Refusal> {
    let (known, name) = match level {
        HoldLevel::Conveyance => return Ok(()),
        HoldLevel::Item { number } => return known_item(inspection, *number),
        HoldLevel::Unit { number } => (
            inspection
                .units
                .iter()
                .any(|u| u.number.as_str() == number.as_str()),
            number,
        ),
        HoldLevel::Bill { number } | HoldLevel::HouseBill { number } => (
            inspection
                .consignment
                .bills
                .iter()
                .any(|b| b.number == *number),
            number,
        ),
    };
    if known {
        Ok(())
    } else {
        Err(Refusal::UnknownLevel { name: name.clone() })
    }
}

/// A goods item that was refused in a concluded record has left this consignment.
fn not_split_off(state: &State, level: &HoldLevel) -> Result<(), Refusal> {
    let HoldLevel::Item { number } = level else {
        return Ok(());
    };
    let refused = state
        .release
        .iter()
        .any(|r| r.item == *number && r.openness == crate::Openness::Refused);
    let partial = state.openness == crate::Openness::Partial;
    if refused && partial && state.record.stage == RecordStage::Final {
        return Err(Refusal::SplitOff { number: *number });
    }
    Ok(())
}
