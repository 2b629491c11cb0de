//! Whether the goods may go: derived from holds and decisions, item by item, never stored.

use std::collections::HashSet;

use crate::{
    Agency, Decision, HoldId, HoldLevel, HoldRecord, Inspection, ItemRelease, Openness, Section,
    SectionState, State, Withdrawal,
};

/// What keeps the goods from being released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleaseBlock<'a> {
    /// A hold stands.
    Hold(&'a HoldRecord),
    /// A required agency has not decided, or not on every goods item.
    Undecided(Agency),
    /// An agency refused the goods, or some of them.
    Refused(Agency),
    /// The release was taken back.
    Withdrawn(&'a Withdrawal),
}

/// Everything that keeps the goods from being released, holds first; empty when they are released.
pub fn release_blocks(state: &State) -> Vec<ReleaseBlock<'_>> {
    let holds = state.open_holds().map(ReleaseBlock::Hold);
    let items = items_of(state);
    let withdrawn = state.withdrawal.iter().map(ReleaseBlock::Withdrawn);
    let refused = state
        .sections
        .iter()
        .filter(|s| refuses_some(s, &items))
        .map(|s| ReleaseBlock::Refused(s.agency));
    let undecided = state
        .sections
        .iter()
        .filter(|s| s.required && is_undecided(s, &items))
        .map(|s| ReleaseBlock::Undecided(s.agency));
    holds
        .chain(withdrawn)
        .chain(refused)
        .chain(undecided)
        .collect()
}

const fn refuses(decision: &Decision) -> bool {
    matches!(decision, Decision::NotAcceptable { .. })
}

/// Whether the goods, or an item of them, are refused; a refusal that a later word on each item went over is none.
fn refuses_some(section: &Section, items: &[u32]) -> bool {
    let on_items = items.iter().filter_map(|item| section.decision_on(*item));
    let whole = section.decision.iter().filter(|_| items.is_empty());
    on_items.chain(whole).any(|d| refuses(&d.decision))
}

fn items_of(state: &State) -> Vec<u32> {
    state.release.iter().map(|r| r.item).collect()
}

/// Whether the section leaves an item without a decision. Without items there is one thing to decide.
pub(crate) fn is_undecided(section: &Section, items: &[u32]) -> bool {
    section.decision.is_none()
        && (items.is_empty() || items.iter().any(|item| !section.items.contains_key(item)))
}

/// Derives the sections' states and whether the goods, and each item of them, may go.
pub(crate) fn finish(state: &mut State, inspection: &Inspection) {
    let items: Vec<u32> = inspection
        .consignment
        .items
        .iter()
        .map(|item| item.number)
        .collect();
    state.holds.sort_by_key(|h| (h.hold.placed_at, h.hold.id));
    let holders: HashSet<Agency> = state.open_holds().map(|h| h.hold.agency).collect();
    for section in &mut state.sections {
        section.state = section_state(section, &items, holders.contains(&section.agency));
    }
    state.release = items
        .iter()
        .map(|item| ItemRelease {
            item: *item,
            openness: of_item(state, *item),
        })
        .collect();
    state.openness = whole(state);
}

/// The inspection as it would stand if this hold were lifted now.
pub fn without_hold(inspection: &Inspection, state: &State, hold: HoldId) -> State {
    let mut state = state.clone();
    for record in state.holds.iter_mut().filter(|h| h.hold.id == hold) {
        let nobody = (String::new(), record.hold.placed_at, String::new());
        record.lifted.get_or_insert(nobody);
    }
    finish(&mut state, inspection);
    state
}

/// A hold on anything but a goods item blocks every item.
fn of_item(state: &State, item: u32) -> Openness {
    let held = state.open_holds().any(|h| match h.hold.level {
        HoldLevel::Item { number } => number == item,
        _ => true,
    });
    if held {
        return Openness::Held;
    }
    let decided = |s: &Section| s.decision_on(item).map(|d| refuses(&d.decision));
    if state.sections.iter().any(|s| decided(s) == Some(true)) {
        Openness::Refused
    } else if state
        .sections
        .iter()
        .any(|s| s.required && decided(s).is_none())
    {
        Openness::Waiting
    } else if state.withdrawal.is_some() {
        Openness::Withdrawn
    } else {
        Openness::Released
    }
}

fn whole(state: &State) -> Openness {
    if state.open_holds().next().is_some() {
        return Openness::Held;
    }
    let each: Vec<Openness> = if state.release.is_empty() {
        // A consignment without items is decided as one.
        vec![of_item(state, 0)]
    } else {
        state.release.iter().map(|r| r.openness).collect()
    };
    let any = |wanted| each.contains(&wanted);
    if each.iter().all(|o| *o == Openness::Refused) {
        Openness::Refused
    } else if any(Openness::Waiting) || is_awaited(state) {
        Openness::Waiting
    } else if state.withdrawal.is_some() {
        Openness::Withdrawn
    } else if any(Openness::Refused) {
        Openness::Partial
    } else {
        Openness::Released
    }
}

/// Whether a required agency has left an item without a decision, be it one that another agency refused: the
/// consignment is split when all have decided, not before.
fn is_awaited(state: &State) -> bool {
    let items = items_of(state);
    let mut required = state.sections.iter().filter(|s| s.required);
    required.any(|s| is_undecided(s, &items))
}

fn section_state(section: &Section, items: &[u32], holds: bool) -> SectionState {
    if holds {
        return SectionState::Held;
    }
    if is_undecided(section, items) {
        return if section.officer.is_some() {
            SectionState::InProgress
        } else {
            SectionState::Waiting
        };
    }
    let decided: Vec<&Decision> = if items.is_empty() {
        section.decision.iter().map(|d| &d.decision).collect()
    } else {
        items
            .iter()
            .filter_map(|item| section.decision_on(*item))
            .map(|d| &d.decision)
            .collect()
    };
    let refused = decided.iter().filter(|d| refuses(d)).count();
    if refused == decided.len() {
        SectionState::Refused
    } else if refused > 0 {
        SectionState::Partial
    } else if decided.iter().all(|d| matches!(d, Decision::Waived { .. })) {
        SectionState::Waived
    } else {
        SectionState::Accepted
    }
}
