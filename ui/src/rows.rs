//! The worklist's rows as the desk tells them, and beside each the few numbers by which it is counted, filtered and
//! sorted: going through a hundred thousand rows must not touch a hundred thousand texts.

use std::cell::Cell;
use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use outpost_domain::{
    Agency, InspectionId, Lane, Officer, OfficerId, OpinionWait, Priority, Queue, Role,
};
use outpost_protocol::{Badge, WorklistRow};

/// What a row is counted, filtered and sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// The inspection.
    pub id: InspectionId,
    /// Since when it waits, seconds since 1970.
    pub since: i64,
    /// When it is due, seconds since 1970.
    pub due: Option<i64>,
    /// Its lane.
    pub lane: Lane,
    /// Its priority.
    pub priority: Priority,
    /// Whether it is assigned to who is signed in.
    pub mine: bool,
    /// Whether somebody holds it.
    pub held: bool,
    /// Whether something does not add up.
    pub doubtful: bool,
    /// Whether it has entries that are not at the central.
    pub unsent: bool,
    /// The queues in which it stands for who is signed in, but for [`Queue::Review`], a bit each.
    pub queues: u16,
    /// On which day one of its holds is to be looked at again.
    pub review: Option<Date>,
}

impl Brief {
    /// Whether it stands in a queue on this day.
    pub fn is_in(&self, queue: Queue, today: Date) -> bool {
        match queue {
            Queue::Review => self.review.is_some_and(|review| review < today),
            other => self.queues & bit(other) != 0,
        }
    }
}

const fn bit(queue: Queue) -> u16 {
    1 << queue as u8
}

/// The worklist's rows, by id and in no order of their own.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<WorklistRow>,
    briefs: Vec<Brief>,
    places: HashMap<InspectionId, usize>,
    officer: Option<Eyes>,
    revision: u64,
    complete: bool,
    next: Cell<Option<Next>>,
}

/// Through whose eyes the rows are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Eyes {
    officer: OfficerId,
    role: Role,
}

/// The slot that begins next, as it was found last.
#[derive(Debug, Clone, Copy)]
struct Next {
    of: (u64, Agency, i64),
    place: Option<usize>,
}

impl Rows {
    /// The row whose slot begins next among those of `agency`, within `ahead`; looked for once a minute.
    pub fn next_slot(
        &self,
        agency: Agency,
        now: Timestamp,
        ahead: SignedDuration,
    ) -> Option<&WorklistRow> {
        let of = (self.revision, agency, now.as_second() / 60);
        let known = self.next.get().filter(|next| next.of == of);
        if let Some(next) = known {
            return self.rows.get(next.place?);
        }
        let soon = |row: &WorklistRow| {
            let start = row.row.slot_start?;
            let wait = start.duration_since(now);
            let near = wait > SignedDuration::from_mins(-1) && wait <= ahead;
            let mut concerned = row.row.agencies.iter();
            (near && concerned.any(|a| a.agency == agency)).then_some(start)
        };
        let rows = self.rows.iter().enumerate();
        let place = rows
            .filter_map(|(place, row)| Some((soon(row)?, place)))
            .min()
            .map(|(_, place)| place);
        self.next.set(Some(Next { of, place }));
        self.rows.get(place?)
    }

    /// Every row.
    pub fn all(&self) -> &[WorklistRow] {
        &self.rows
    }

    /// What every row is counted, filtered and sorted by, in the order of [`Self::all`].
    pub fn briefs(&self) -> &[Brief] {
        &self.briefs
    }

    /// One row.
    pub fn get(&self, id: InspectionId) -> Option<&WorklistRow> {
        self.places.get(&id).and_then(|&place| self.rows.get(place))
    }

    /// Where a row stands in [`Self::all`].
    pub fn place(&self, id: InspectionId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// Grows with every change.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether every row that is on the laptop has been told.
    pub const fn complete(&self) -> bool {
        self.complete
    }

    /// Says who is signed in: whose the rows are changes with it.
    pub fn belong_to(&mut self, officer: Option<&Officer>) {
        let officer = officer.map(|o| Eyes {
            officer: o.id,
            role: o.role,
        });
        if self.officer == officer {
            return;
        }
        self.officer = officer;
        for (brief, row) in self.briefs.iter_mut().zip(&self.rows) {
            *brief = brief_of(row, officer);
        }
        self.revision += 1;
    }

    /// Takes in rows that came, changed or went.
    pub fn take(&mut self, rows: Vec<WorklistRow>, removed: &[InspectionId], complete: bool) {
        for row in rows {
            let brief = brief_of(&row, self.officer);
            if let Some(&place) = self.places.get(&row.row.id) {
                self.rows[place] = row;
                self.briefs[place] = brief;
            } else {
                self.places.insert(row.row.id, self.rows.len());
                self.rows.push(row);
                self.briefs.push(brief);
            }
        }
        for id in removed {
            if let Some(place) = self.places.remove(id) {
                self.rows.swap_remove(place);
                self.briefs.swap_remove(place);
                if let Some(moved) = self.rows.get(place) {
                    self.places.insert(moved.row.id, place);
                }
            }
        }
        self.complete |= complete;
        self.revision += 1;
    }

    /// Forgets every row.
    pub fn forget(&mut self) {
        *self = Self {
            revision: self.revision + 1,
            officer: self.officer,
            ..Self::default()
        };
    }
}

fn brief_of(row: &WorklistRow, eyes: Option<Eyes>) -> Brief {
    let officer = eyes.map(|eyes| eyes.officer);
    let what = &row.row;
    Brief {
        id: what.id,
        since: what.since.as_second(),
        due: what.due_at.map(Timestamp::as_second),
        lane: what.lane,
        priority: what.priority,
        mine: officer.is_some_and(|officer| what.assigned_to.contains(&officer)),
        held: !what.held_by.is_empty(),
        doubtful: what.mismatches > 0,
        unsent: matches!(
            row.sync,
            Badge::NotSent { .. } | Badge::AttachmentsPending { .. } | Badge::Failed { .. }
        ),
        queues: queues_of(row, eyes),
        review: what.waits.review,
    }
}

/// An override is for approval by anybody but who proposed it; a second opinion waits for who is asked, and is followed
/// by who asked and by supervisors.
fn queues_of(row: &WorklistRow, eyes: Option<Eyes>) -> u16 {
    let officer = eyes.map(|eyes| eyes.officer);
    let role = eyes.map(|eyes| eyes.role);
    let follows = |asked: &OpinionWait| {
        Some(asked.asker) == officer
            || role == Some(Role::Supervisor)
            || asked
                .of
                .map_or(role == Some(Role::Analyst), |of| Some(of) == officer)
    };
    let waits = &row.row.waits;
    let mut bits = waits
        .queues
        .iter()
        .fold(0, |bits, queue| bits | bit(*queue));
    if waits.proposers.iter().any(|by| Some(*by) != officer) {
        bits |= bit(Queue::Approval);
    }
    if waits.opinions.iter().any(follows) {
        bits |= bit(Queue::Opinion);
    }
    if matches!(row.sync, Badge::Failed { .. }) {
        bits |= bit(Queue::Parked);
    }
    bits
}
