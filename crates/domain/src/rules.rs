//! Who may do what, and when. Enforced by the desk before an entry is written and by the central again.

use crate::{
    Agency, Decision, EntryBody, EntryId, EntryPayload, HoldId, HoldLevel, Inspection, ItemOutcome,
    Officer, RecordStage, Refusal, RegionShape, Role, SealCondition, State, checklist, record,
    release, review, rules_joint,
};

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
    if let EntryBody::ImageConcluded { opinion, .. } = body {
        review::may_opine(officer, state, *opinion)?;
    }
    if review::concerns(body) {
        return review::check(officer, inspection, state, body);
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

/// Whether the entry `id` of `agency` may still be corrected by `body`, given the entries that stand beside it. Two
/// workstations of an agency that correct one entry without a line would otherwise both be right; what came first
/// stands, and the other one is decided anew. That both took it back is no contradiction.
///
/// # Errors
/// When another entry of the agency corrected it or took it back.
pub fn not_yet_corrected<'a>(
    id: EntryId,
    agency: Agency,
    body: &EntryBody,
    entries: impl IntoIterator<Item = &'a EntryPayload>,
) -> Result<(), Refusal> {
    let takes_back = |body: &EntryBody| matches!(body, EntryBody::Withdrawn { .. });
    let other = successor(id, agency, entries)
        .filter(|other| !(takes_back(body) && takes_back(&other.body)));
    other.map_or(Ok(()), |other| {
        Err(Refusal::AlreadyCorrected {
            by: other.author_name.clone(),
        })
    })
}

/// The entry with which `agency` corrected the entry `id` or took it back.
pub fn successor<'a>(
    id: EntryId,
    agency: Agency,
    entries: impl IntoIterator<Item = &'a EntryPayload>,
) -> Option<&'a EntryPayload> {
    entries
        .into_iter()
        .find(|e| e.supersedes == Some(id) && e.agency == agency)
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
/// override a hold, and assign.
fn role_may(role: Role, body: &EntryBody) -> Result<(), Refusal> {
    let supervisors = matches!(
        body,
        EntryBody::OverrideProposed { .. } | EntryBody::OfficerAssigned { .. }
    );
    if role != Role::Supervisor && supervisors {
        return Err(Refusal::RoleMayNot {
            role,
            kind: body.code(),
        });
    }
    let analyst_may = matches!(
        body,
        EntryBody::RegionDrawn { .. }
            | EntryBody::ImageBrought { .. }
            | EntryBody::ImageConcluded { .. }
            | EntryBody::FindingRecorded { .. }
            | EntryBody::RecordSigned { .. }
            | EntryBody::OpinionAsked { .. }
            | EntryBody::CommentWritten { .. }
            | EntryBody::CommentAcknowledged { .. }
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
            inside(inspection, state, scan, shape)
        }
        EntryBody::RegionJudged { region, note, .. } => {
            text("note", note)?;
            let known = state.region(*region).is_some();
            known.then_some(()).ok_or(Refusal::UnknownRegion)
        }
        EntryBody::ImageBrought { image } => image.check(),
        EntryBody::ImageConcluded { scan, .. } => {
            let known = scan_size(inspection, state, scan);
            known.map(|_| ()).ok_or(Refusal::UnknownScan)
        }
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

/// The radiograph of this hash, the central's or one brought at the post.
pub(crate) fn known_scan(
    inspection: &Inspection,
    state: &State,
    scan: &crate::BlobHash,
) -> Result<crate::Scan, Refusal> {
    let mut scans = crate::scans(inspection, state).into_iter();
    scans.find(|s| s.blob == *scan).ok_or(Refusal::UnknownScan)
}

/// Columns and rows of a radiograph.
fn scan_size(inspection: &Inspection, state: &State, scan: &crate::BlobHash) -> Option<(u32, u32)> {
    let scan = known_scan(inspection, state, scan).ok()?;
    Some((scan.width, scan.height))
}

/// Columns and rows of a photo; one that an entry only names may have as many as an image can.
fn photo_size(state: &State, photo: &crate::BlobHash) -> Option<(u32, u32)> {
    let brought = state.brought.iter().map(|b| &b.image);
    let mut brought = brought.filter(|image| image.files.first() == Some(photo));
    let most = crate::BroughtImage::MOST_PIXELS;
    brought.next().map(|i| (i.width, i.height)).or_else(|| {
        let named = state.photos.iter().any(|p| p.blob == *photo);
        named.then_some((most, most))
    })
}

fn inside(
    inspection: &Inspection,
    state: &State,
    scan: &crate::BlobHash,
    shape: &RegionShape,
) -> Result<(), Refusal> {
    let (width, height) = scan_size(inspection, state, scan)
        .or_else(|| photo_size(state, scan))
        .ok_or(Refusal::UnknownScan)?;
    if shape.fits(width, height) {
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
