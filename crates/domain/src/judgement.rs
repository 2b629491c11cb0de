//! What becomes of an entry that arrives among others: the central's judgement, and what a laptop makes of it.

use crate::{
    Checklist, Entry, EntryBody, EntryPayload, Inspection, Officer, Refusal, State, allow,
    may_answer, may_supersede, not_yet_corrected, project,
};

/// What becomes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It stands with the others.
    Accepted,
    /// A rule stands against it, whoever came first.
    Refused(Refusal),
    /// Another act came first: both sides are shown, and an officer decides anew.
    Conflict {
        /// The code used on the wire and in Fluent keys.
        code: &'static str,
        /// What came first, in words.
        detail: String,
    },
}

/// Judges `entry` of `author` against the entries of its inspection that were accepted before it. `lists` are the
/// checklists that are known, withdrawn ones among them.
pub fn judge(
    author: &Officer,
    inspection: &Inspection,
    accepted: &[Entry],
    lists: &[Checklist],
    entry: &EntryPayload,
) -> Judgement {
    let state = project(inspection, accepted);
    if let Some(conflict) = contended(entry, inspection, &state, accepted) {
        return conflict;
    }
    let superseded = entry
        .supersedes
        .map(|id| (id, accepted.iter().find(|e| e.payload.id == id)));
    let supersedes = superseded.map(|(id, found)| (id, found.map(|e| e.payload.agency)));
    let replaced = superseded.and_then(|(_, found)| found);
    let allowed = allow(author, inspection, &state, &entry.body, supersedes)
        .and_then(|()| replaced.map_or(Ok(()), |e| may_supersede(author, &e.payload.body)))
        .and_then(|()| {
            let others = accepted.iter().map(|e| &e.payload);
            replaced.map_or(Ok(()), |e| {
                not_yet_corrected(e.payload.id, author.agency, &entry.body, others)
            })
        })
        .and_then(|()| may_answer(author.agency, &state, &entry.body, lists));
    match allowed {
        Ok(()) => Judgement::Accepted,
        Err(refusal) if refusal.is_contention() => Judgement::Conflict {
            code: refusal.code(),
            detail: refusal.to_string(),
        },
        Err(refusal) => Judgement::Refused(refusal),
    }
}

/// Acts of which only one stands, whoever did it; corrections are among them, whatever they say. One that came back as a conflict has lost: it is left out of its
/// laptop's state until an officer decides anew, so that no laptop shows goods as released by a decision that the
/// central did not take.
pub const fn only_one_stands(entry: &EntryPayload) -> bool {
    entry.supersedes.is_some()
        || matches!(
            entry.body,
            EntryBody::Decided { .. }
                | EntryBody::ChecklistAnswered { .. }
                | EntryBody::SlotProposed { .. }
                | EntryBody::SlotAnswered { .. }
                | EntryBody::HoldLifted { .. }
                | EntryBody::OverrideProposed { .. }
                | EntryBody::OverrideConfirmed { .. }
                | EntryBody::OverrideDeclined { .. }
                | EntryBody::JointConcluded { .. }
                | EntryBody::RecordSigned { .. }
                | EntryBody::SignatureMissing { .. }
                | EntryBody::PartySigned { .. }
        )
}

/// A decision contends with one of the same agency that another workstation sent in the meantime: neither
/// overwrites the other, an officer corrects the one that stands.
fn contended(
    p: &EntryPayload,
    inspection: &Inspection,
    state: &State,
    entries: &[Entry],
) -> Option<Judgement> {
    let EntryBody::Decided { items, .. } = &p.body else {
        return None;
    };
    let section = state.section(p.agency)?;
    let rest = section.decision.iter().filter(|_| items.is_empty());
    let same = items.iter().filter_map(|item| section.items.get(item));
    let standing = rest.chain(same).find(|standing| {
        p.supersedes != Some(standing.entry)
            && entries
                .iter()
                .any(|e| e.payload.id == standing.entry && e.payload.device != p.device)
    })?;
    Some(Judgement::Conflict {
        code: "already-decided",
        detail: format!(
            "{} decided on {} at {} on another workstation",
            standing.by, inspection.reference, standing.at
        ),
    })
}
