//! Which rows the worklist shows and in which order; made anew only when something changed, in one pass and one
//! sort over small keys, so that a hundred thousand rows fit into a frame.

use std::time::{Duration, Instant};

use jiff::civil::Date;
use outpost_domain::{InspectionId, Lane, Priority, Queue};

use crate::intent::{Filter, Sort};
use crate::model::{Brief, Model};

/// How many rows each filter would show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of the post.
    pub post: usize,
    /// Assigned to who is signed in.
    pub mine: usize,
    /// Held by somebody.
    pub held: usize,
    /// In which something does not add up.
    pub doubtful: usize,
    /// With entries that are not at the central.
    pub unsent: usize,
    /// In each queue, in the order of [`Queue::ALL`].
    pub queues: [InQueue; QUEUES],
}

/// What stands in a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InQueue {
    /// How many.
    pub count: usize,
    /// Since when the one waits that waits longest, seconds since 1970.
    pub oldest: Option<i64>,
}

/// How many queues there are.
const QUEUES: usize = Queue::ALL.len();

impl Counts {
    /// How many a filter would show.
    pub const fn of(&self, filter: Filter) -> usize {
        match filter {
            Filter::Post => self.post,
            Filter::Mine => self.mine,
            Filter::Held => self.held,
            Filter::Doubtful => self.doubtful,
            Filter::Unsent => self.unsent,
            Filter::Queue(queue) => self.queues[queue as usize].count,
        }
    }
}

/// The rows shown, in order, and what they were made from.
#[derive(Debug, Default)]
pub struct Order {
    shown: Vec<InspectionId>,
    counts: Counts,
    made_from: Option<MadeFrom>,
    made: Option<(Instant, Duration)>,
}

/// While rows stream in, making the order takes at most this part of the time.
const SHARE: u32 = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
struct MadeFrom {
    revision: u64,
    filter: Filter,
    sort: Sort,
    found: Option<(String, usize)>,
    today: Date,
}

impl Order {
    /// The rows shown, in order.
    pub fn shown(&self) -> &[InspectionId] {
        &self.shown
    }

    /// How many rows each filter would show.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Where an inspection stands.
    pub fn place(&self, id: InspectionId) -> Option<usize> {
        self.shown.iter().position(|shown| *shown == id)
    }

    /// Makes the order anew when something changed; says whether it did.
    pub fn refresh(&mut self, model: &Model, filter: Filter, sort: Sort, searching: bool) -> bool {
        let found = model.found.as_ref().filter(|_| searching);
        let from = MadeFrom {
            revision: model.rows.revision(),
            filter,
            sort,
            found: found.map(|found| (found.text.clone(), found.inspections.len())),
            today: model.today(),
        };
        if self.made_from.as_ref() == Some(&from) {
            return false;
        }
        if self.is_too_soon(&from, model.hurried) {
            return false;
        }
        let begun = Instant::now();
        let today = from.today;
        self.made_from = Some(from);
        let briefs = model.rows.briefs();
        self.counts = count(briefs, today);
        self.shown = match found {
            Some(found) => found
                .inspections
                .iter()
                .filter(|id| {
                    let brief = model.rows.place(**id).map(|place| &briefs[place]);
                    brief.is_some_and(|brief| matches(brief, filter, today))
                })
                .copied()
                .collect(),
            None => sorted(briefs, sort, filter, today),
        };
        self.made = Some((Instant::now(), begun.elapsed()));
        true
    }

    /// How long until rows that came since will show; `None` when the order has them all.
    pub fn behind(&self, model: &Model) -> Option<Duration> {
        let from = self.made_from.as_ref()?;
        let (at, took) = self.made?;
        (from.revision != model.rows.revision())
            .then(|| (took * SHARE).saturating_sub(at.elapsed()))
    }

    /// Whether only rows came, and this frame has no time left, or the last making was so long and so recent that
    /// frames would suffer.
    fn is_too_soon(&self, from: &MadeFrom, hurried: bool) -> bool {
        let (Some(before), Some((at, took))) = (&self.made_from, self.made) else {
            return false;
        };
        let only_rows = MadeFrom {
            revision: from.revision,
            ..before.clone()
        } == *from;
        only_rows && (hurried || at.elapsed() < took * SHARE)
    }
}

fn sorted(briefs: &[Brief], sort: Sort, filter: Filter, today: Date) -> Vec<InspectionId> {
    let mut keys: Vec<(u64, u32)> = briefs
        .iter()
        .zip(0..)
        .filter(|(brief, _)| matches(brief, filter, today))
        .map(|(brief, place)| (key(brief, sort), place))
        .collect();
    keys.sort_unstable();
    keys.into_iter()
        .map(|(_, place)| briefs[place as usize].id)
        .collect()
}

/// Bits of a key that hold the time in seconds; above them stands the rank.
const TIME: u32 = 60;

/// A number by which rows stand in order: the rank in its upper part, the time in its lower.
fn key(brief: &Brief, sort: Sort) -> u64 {
    // Every second that a time stamp can have fits into 39 bits; the offset makes them all positive.
    let time = |seconds: i64| (seconds + (1 << (TIME - 1))).unsigned_abs();
    let ranked = |rank: u64| (rank << TIME) + time(brief.since);
    match sort {
        Sort::Lane => ranked(match brief.lane {
            Lane::Red => 0,
            Lane::Yellow => 1,
            Lane::Blue => 2,
            Lane::Green => 3,
        }),
        Sort::Oldest => time(brief.since),
        Sort::Newest => time(-brief.since),
        Sort::Due => brief.due.map_or(u64::MAX, time),
        Sort::Priority => ranked(match brief.priority {
            Priority::Urgent => 0,
            Priority::High => 1,
            Priority::Normal => 2,
        }),
    }
}

fn matches(brief: &Brief, filter: Filter, today: Date) -> bool {
    match filter {
        Filter::Post => true,
        Filter::Mine => brief.mine,
        Filter::Held => brief.held,
        Filter::Doubtful => brief.doubtful,
        Filter::Unsent => brief.unsent,
        Filter::Queue(queue) => brief.is_in(queue, today),
    }
}

fn count(briefs: &[Brief], today: Date) -> Counts {
    let mut counts = Counts {
        post: briefs.len(),
        ..Counts::default()
    };
    for brief in briefs {
        counts.mine += usize::from(brief.mine);
        counts.held += usize::from(brief.held);
        counts.doubtful += usize::from(brief.doubtful);
        counts.unsent += usize::from(brief.unsent);
        for (queue, told) in Queue::ALL.iter().zip(&mut counts.queues) {
            if brief.is_in(*queue, today) {
                told.count += 1;
                told.oldest = Some(told.oldest.map_or(brief.since, |at| at.min(brief.since)));
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::Timestamp;
    use outpost_demo::World;
    use outpost_domain::{project, summarise};
    use outpost_protocol::{Badge, Event, WorklistRow};

    fn model(count: usize) -> Model {
        let now: Timestamp = "2026-11-23T07:26:00Z".parse().unwrap();
        let mut model = Model::new(now);
        let world = World::generate(5, count, now);
        let rows = world.inspections[..count]
            .iter()
            .map(|inspection| WorklistRow {
                row: summarise(inspection, &project(inspection, &[])),
                sync: Badge::Untouched,
            })
            .collect();
        model.happened(Event::Rows {
            rows,
            removed: Vec::new(),
            complete: true,
        });
        model
    }

    fn shown(model: &Model, filter: Filter, sort: Sort) -> Vec<WorklistRow> {
        let mut order = Order::default();
        assert!(order.refresh(model, filter, sort, false));
        assert!(!order.refresh(model, filter, sort, false));
        let rows = order.shown().iter();
        rows.map(|id| model.rows.get(*id).unwrap().clone())
            .collect()
    }

    #[test]
    fn the_red_lane_stands_first_and_within_a_lane_what_waits_longest() {
        let rows = shown(&model(80), Filter::Post, Sort::Lane);
        assert!(rows.is_sorted_by_key(|row| (row.row.lane, row.row.since)));
    }

    #[test]
    fn what_is_due_first_stands_first_and_what_is_never_due_last() {
        let rows = shown(&model(80), Filter::Post, Sort::Due);
        assert!(rows.is_sorted_by_key(|row| row.row.due_at.map_or(i64::MAX, Timestamp::as_second)));
    }

    #[test]
    fn newest_is_oldest_reversed() {
        let model = model(40);
        let oldest = shown(&model, Filter::Post, Sort::Oldest);
        let newest = shown(&model, Filter::Post, Sort::Newest);
        assert!(oldest.is_sorted_by_key(|row| row.row.since));
        assert!(newest.iter().rev().is_sorted_by_key(|row| row.row.since));
    }

    #[test]
    fn a_filter_shows_as_many_as_its_count_says() {
        let model = model(200);
        let mut order = Order::default();
        for filter in [
            Filter::Post,
            Filter::Mine,
            Filter::Held,
            Filter::Doubtful,
            Filter::Unsent,
        ]
        .into_iter()
        .chain(Queue::ALL.iter().map(|queue| Filter::Queue(*queue)))
        {
            order.refresh(&model, filter, Sort::Lane, false);
            assert_eq!(order.shown().len(), order.counts().of(filter), "{filter:?}");
        }
    }
}
