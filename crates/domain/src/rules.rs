//! Who may do what, and when. Enforced by the desk before an entry is written and by the central again.

use crate::{
    Agency, Decision, EntryBody, EntryId, HoldId, HoldLevel, HoldRecord, Inspection, ItemOutcome,
    Officer, RegionShape, Role, SealCondition, State,
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
            Self::UnknownKind => "unknown-kind",
        }
    }
}

/// What keeps the goods from being released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleaseBlock<'a> {
    /// A hold stands.
    Hold(&'a HoldRecord),
    /// A required agency has not decided.
    Undecided(Agency),
    /// An agency refused the goods.
    Refused(Agency),
}

/// Everything that keeps the goods from being released, holds first; empty when they are released.
pub fn release_blocks(state: &State) -> Vec<ReleaseBlock<'_>> {
    let holds = state.open_holds().map(ReleaseBlock::Hold);
    let refused = state.sections.iter().filter_map(|s| match &s.decision {
        Some(d) if matches!(d.decision, Decision::NotAcceptable { .. }) => {
            Some(ReleaseBlock::Refused(s.agency))
        }
        _ => None,
    });
    let undecided = state
        .sections
        .iter()
        .filter(|s| s.required && s.decision.is_none())
        .map(|s| ReleaseBlock::Undecided(s.agency));
    holds.chain(refused).chain(undecided).collect()
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
    let section = state
        .section(agency)
        .ok_or(Refusal::NotConcerned { agency })?;
    role_may(officer.role, body)?;
    if let Some((_, author)) = supersedes
        && author != Some(agency)
    {
        return Err(Refusal::SupersedesUnknown { agency });
    }
    if let Some((by, _)) = &section.signed
        && supersedes.is_none()
        && belongs_to_section(body)
    {
        return Err(Refusal::AlreadySigned { by: by.clone() });
    }
    if let EntryBody::HoldPlaced { hold, .. } = body
        && supersedes.is_none()
        && state.holds.iter().any(|record| record.hold.id == *hold)
    {
        return Err(Refusal::HoldKnown { hold: *hold });
    }
    check_body(agency, inspection, state, body)
}

/// The table of roles: inspectors and supervisors record everything, analysts read images.
fn role_may(role: Role, body: &EntryBody) -> Result<(), Refusal> {
    let analyst_may = matches!(
        body,
        EntryBody::RegionDrawn { .. }
            | EntryBody::ImageConcluded { .. }
            | EntryBody::FindingRecorded { .. }
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
            known_level(inspection, level)
        }
        EntryBody::HoldLifted { hold, reason } => {
            required("reason", reason)?;
            may_lift(agency, state, *hold)
        }
        EntryBody::Decided { decision } => may_decide(agency, state, decision),
        EntryBody::SectionSigned => state
            .section(agency)
            .and_then(|s| s.decision.as_ref())
            .map(|_| ())
            .ok_or(Refusal::NotDecided),
        EntryBody::SlotAnswered { answer, reason } => match answer {
            crate::Answer::Waived | crate::Answer::OtherTime => required("reason", reason),
            _ => text("reason", reason),
        },
        EntryBody::Withdrawn { reason } => required("reason", reason),
        EntryBody::Unknown => Err(Refusal::UnknownKind),
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

fn may_decide(agency: Agency, state: &State, decision: &Decision) -> Result<(), Refusal> {
    match decision {
        Decision::Acceptable { conditions, .. } => {
            text("conditions", conditions)?;
            let count = state
                .open_holds()
                .filter(|h| h.hold.agency == agency)
                .count();
            if count > 0 {
                return Err(Refusal::OwnHoldStands { agency, count });
            }
            Ok(())
        }
        Decision::NotAcceptable { reason, .. } | Decision::Waived { reason } => {
            required("reason", reason)
        }
    }
}

fn text(field: &'static str, value: &str) -> Result<(), Refusal> {
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

fn required(field: &'static str, value: &str) -> Result<(), Refusal> {
    if value.trim().is_empty() {
        return Err(Refusal::Missing { field });
    }
    text(field, value)
}

fn known_item(inspection: &Inspection, number: u32) -> Result<(), Refusal> {
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
