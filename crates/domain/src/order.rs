//! In which order acts count, whatever the clocks said and in whatever order they arrived.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::{Entry, EntryId};

/// The entries in the order in which they count: by the time of the act, but none before its workstation's entry
/// before it, nor before the entry that it supersedes. A clock that was ahead and was put right, or that of another
/// workstation, does not make an older word the last one.
pub(crate) fn in_order(entries: &[Entry]) -> Vec<&Entry> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|e| (e.payload.device, e.payload.sequence));
    let mut times: HashMap<EntryId, Timestamp> = sorted
        .iter()
        .map(|e| (e.payload.id, e.payload.recorded_at))
        .collect();
    // Each round carries the times over one more change of workstation; forged entries may go in a circle.
    for _ in 0..sorted.len() {
        if !carry(&sorted, &mut times) {
            break;
        }
    }
    sorted.sort_by_key(|e| (times[&e.payload.id], e.payload.id));
    sorted
}

/// Puts each entry after those that it follows, and says whether a time changed.
fn carry(sorted: &[&Entry], times: &mut HashMap<EntryId, Timestamp>) -> bool {
    let mut changed = false;
    let mut before: Option<&Entry> = None;
    for entry in sorted {
        let p = &entry.payload;
        let chained = before.filter(|b| b.payload.device == p.device);
        let followed = [chained.map(|b| b.payload.id), p.supersedes];
        let bound = followed
            .into_iter()
            .flatten()
            .filter_map(|id| times.get(&id).copied())
            .max();
        if let Some(bound) = bound
            && times[&p.id] <= bound
            && let Ok(next) = bound.checked_add(SignedDuration::from_nanos(1))
        {
            times.insert(p.id, next);
            changed = true;
        }
        before = Some(entry);
    }
    changed
}
