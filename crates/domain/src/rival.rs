//! What stands in the way of an act that came back as a conflict: the other side, for the officer who decides anew.

use crate::{EntryBody, EntryId, EntryPayload, record, successor};

/// The entry that stands where `lost` would, among those that count: what corrected the same entry first, lifted the
/// same hold, took the slot, changed the record. `None` when this laptop has not heard of it yet.
pub fn rival<'a>(
    lost: &EntryPayload,
    standing: impl Iterator<Item = &'a EntryPayload>,
) -> Option<&'a EntryPayload> {
    let others: Vec<&EntryPayload> = standing.filter(|e| e.id != lost.id).collect();
    if let Some(first) = lost
        .supersedes
        .and_then(|id| successor(id, lost.agency, others.iter().copied()))
    {
        return Some(first);
    }
    let gone = |id: EntryId| others.iter().any(|e| e.supersedes == Some(id));
    let last = |wanted: &dyn Fn(&EntryPayload) -> bool| {
        others
            .iter()
            .copied()
            .filter(|e| !gone(e.id) && wanted(e))
            .max_by_key(|e| (e.recorded_at, e.id))
    };
    match &lost.body {
        EntryBody::Decided { items, .. } => last(&|e| match &e.body {
            EntryBody::Decided { items: theirs, .. } => {
                let same = items.iter().any(|item| theirs.contains(item));
                e.agency == lost.agency && (same || items.is_empty() && theirs.is_empty())
            }
            _ => false,
        }),
        EntryBody::HoldLifted { hold, .. } | EntryBody::OverrideProposed { hold, .. } => {
            last(&|e| lifts(e, *hold, &others))
        }
        EntryBody::OverrideConfirmed { proposal }
        | EntryBody::OverrideDeclined { proposal, .. } => others
            .iter()
            .copied()
            .find(|e| e.supersedes == Some(*proposal))
            .or_else(|| last(&|e| declines(e, *proposal)))
            .or_else(|| {
                let hold = overridden(*proposal, &others)?;
                last(&|e| lifts(e, hold, &others))
            }),
        EntryBody::SlotProposed { .. } | EntryBody::SlotAnswered { .. } => {
            last(&|e| matches!(e.body, EntryBody::SlotProposed { .. }))
        }
        EntryBody::ChecklistAnswered { list, .. } => last(&|e| {
            e.agency == lost.agency
                && matches!(&e.body, EntryBody::ChecklistAnswered { list: theirs, .. }
                    if theirs.list == list.list && theirs != list)
        }),
        EntryBody::JointConcluded { .. }
        | EntryBody::RecordSigned { .. }
        | EntryBody::SignatureMissing { .. }
        | EntryBody::PartySigned { .. } => last(&|e| {
            record::is_of_record(&e.body) || matches!(e.body, EntryBody::JointConcluded { .. })
        }),
        _ => None,
    }
}

fn declines(e: &EntryPayload, declined: EntryId) -> bool {
    matches!(&e.body, EntryBody::OverrideDeclined { proposal, .. } if *proposal == declined)
}

fn lifts(e: &EntryPayload, hold: crate::HoldId, others: &[&EntryPayload]) -> bool {
    match &e.body {
        EntryBody::HoldLifted { hold: lifted, .. } => *lifted == hold,
        EntryBody::OverrideConfirmed { proposal } => overridden(*proposal, others) == Some(hold),
        _ => false,
    }
}

/// The hold that a proposal would override.
fn overridden(proposal: EntryId, others: &[&EntryPayload]) -> Option<crate::HoldId> {
    others.iter().find_map(|e| match &e.body {
        EntryBody::OverrideProposed { hold, .. } if e.id == proposal => Some(*hold),
        _ => None,
    })
}
