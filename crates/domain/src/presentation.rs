//! The slot as it stands: the central's, or the last of the convener's proposals, with the answers to it.

use std::collections::{HashMap, HashSet};

use crate::{
    Agency, Answer, Entry, EntryBody, EntryId, Inspection, Slot, SlotAgency, SlotAnswer, SlotState,
};

/// Builds the slot from the snapshot and the entries that stand. A proposal stands when it takes the place of the one
/// before it, from the central's on; `all` has the superseded ones too, over which a chain goes on.
pub(crate) fn slot(
    inspection: &Inspection,
    standing: &[&Entry],
    superseded: &HashSet<EntryId>,
    all: &[Entry],
) -> Option<SlotState> {
    let over = follow(superseded, all);
    let mut state = inspection.slot.clone().map(SlotState::from);
    let mut tip = None;
    let mut left: Vec<&&Entry> = standing
        .iter()
        .filter(|e| Some(e.payload.agency) == inspection.convener())
        .filter(|e| matches!(e.payload.body, EntryBody::SlotProposed { .. }))
        .collect();
    while let Some(index) = left.iter().position(|e| over(e) == tip) {
        let entry = left.remove(index);
        tip = Some(entry.payload.id);
        state = proposed(entry, state.map_or(0, |s| s.revision));
    }
    let mut state = state?;
    for entry in standing {
        answered(&mut state, entry);
    }
    Some(state)
}

/// What a proposal takes the place of, past those that were taken back.
fn follow<'a>(
    superseded: &'a HashSet<EntryId>,
    all: &'a [Entry],
) -> impl Fn(&Entry) -> Option<EntryId> + 'a {
    let before: HashMap<EntryId, Option<EntryId>> = all
        .iter()
        .filter_map(|e| match &e.payload.body {
            EntryBody::SlotProposed { over, .. } => Some((e.payload.id, *over)),
            _ => None,
        })
        .collect();
    move |entry| {
        let mut over = before.get(&entry.payload.id).copied().flatten();
        let mut steps = 0;
        while let Some(id) = over
            && superseded.contains(&id)
            && steps <= before.len()
        {
            over = before.get(&id).copied().flatten();
            steps += 1;
        }
        over
    }
}

impl From<Slot> for SlotState {
    /// A slot as the central gave it, before anybody answered.
    fn from(slot: Slot) -> Self {
        Self {
            slot,
            proposal: None,
            proposed: None,
            setup_minutes: 0,
            revision: 0,
            answers: Vec::new(),
            no_shows: Vec::new(),
        }
    }
}

fn proposed(entry: &Entry, revision: u32) -> Option<SlotState> {
    let p = &entry.payload;
    let EntryBody::SlotProposed {
        bay,
        span,
        setup_minutes,
        agencies,
        ..
    } = &p.body
    else {
        return None;
    };
    let answer = |agency: Agency| {
        if agency == p.agency {
            Answer::Accepted
        } else {
            Answer::Pending
        }
    };
    Some(SlotState {
        slot: Slot {
            bay: bay.clone(),
            start: span.start,
            end: span.end,
            agencies: agencies
                .iter()
                .map(|agency| SlotAgency {
                    agency: *agency,
                    answer: answer(*agency),
                })
                .collect(),
        },
        proposal: Some(p.id),
        proposed: Some((p.author_name.clone(), p.recorded_at)),
        setup_minutes: *setup_minutes,
        revision: revision + 1,
        answers: Vec::new(),
        no_shows: Vec::new(),
    })
}

fn answered(state: &mut SlotState, entry: &Entry) {
    let p = &entry.payload;
    match &p.body {
        // An answer to a slot that is no more is no answer to this one.
        EntryBody::SlotAnswered {
            answer,
            reason,
            rather,
            minutes,
            proposal,
        } if *proposal == state.proposal => {
            if let Some(agency) = state
                .slot
                .agencies
                .iter_mut()
                .find(|a| a.agency == p.agency)
            {
                agency.answer = *answer;
            }
            state.answers.retain(|a| a.agency != p.agency);
            state.answers.push(SlotAnswer {
                entry: p.id,
                agency: p.agency,
                answer: *answer,
                reason: reason.clone(),
                rather: *rather,
                minutes: *minutes,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::NoShow {
            absent, proposal, ..
        } if *proposal == state.proposal && !state.no_shows.contains(absent) => {
            state.no_shows.push(*absent);
        }
        _ => {}
    }
}
