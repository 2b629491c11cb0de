//! What an officer should hear of without looking: new assignments, slots that changed, entries that the central did not
//! take, holds that are due for review. Each is told once to each officer, also across a restart: what was told is
//! kept in the store. What the first fetch brings is the worklist, not news.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use outpost_domain::{EntryBody, InspectionId, Officer, OfficerId, Row};
use outpost_protocol::{Badge, Notice, WorklistRow};
use serde::{Deserialize, Serialize};

use crate::Desk;
use crate::words::problem;

/// More of one kind at once are told as their number.
const ONE_BY_ONE: usize = 3;

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alert {
    /// An inspection is the officer's now.
    Assignment { unit: String },
    /// The slot of one that is the officer's has another time or bay, or is gone.
    Slot { unit: String, now: Option<Slot> },
    /// An entry came back.
    Refused { unit: String },
    /// A hold's day of review has come.
    Review { unit: String },
}

/// Place and begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slot {
    start: Timestamp,
    bay: String,
}

/// What an officer was told, as the store keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Known {
    /// Whether the first fetch is over.
    begun: bool,
    /// The officer's inspections with their slots.
    assigned: BTreeMap<InspectionId, Option<Slot>>,
    /// Inspections with an entry that came back.
    refused: BTreeSet<InspectionId>,
    /// Days of review that were told.
    reviews: BTreeMap<InspectionId, Date>,
}

/// What is known of an officer's work while somebody is signed in.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// As kept in the store; `None` until it was read.
    known: Option<Known>,
    /// As it was kept last.
    kept: Option<Known>,
    /// Holds of the officer's agency, or on the officer's inspections, by their next day of review.
    reviews: HashMap<InspectionId, (Date, String)>,
    /// Inspections whose slot the officer moved: what comes of it is no news.
    moved: HashSet<InspectionId>,
}

impl Told {
    /// Looks at a row, and says what is new in it.
    fn look(&mut self, officer: &Officer, row: &WorklistRow) -> Vec<Alert> {
        let known = self.known.get_or_insert_default();
        let own = self.moved.remove(&row.row.id);
        let mut new = Vec::new();
        let Row { id, unit, .. } = &row.row;
        let unit = || unit.clone();
        if row.row.assigned_to.contains(&officer.id) {
            let slot = slot_of(&row.row);
            match known.assigned.insert(*id, slot.clone()) {
                None => new.push(Alert::Assignment { unit: unit() }),
                Some(before) if before != slot && !own => {
                    let (unit, now) = (unit(), slot);
                    new.push(Alert::Slot { unit, now });
                }
                Some(_) => {}
            }
        } else {
            known.assigned.remove(id);
        }
        if matches!(row.sync, Badge::Failed { .. }) {
            if known.refused.insert(*id) {
                new.push(Alert::Refused { unit: unit() });
            }
        } else {
            known.refused.remove(id);
        }
        let concerns = known.assigned.contains_key(id) || row.row.held_by.contains(&officer.agency);
        if let Some(review) = row.row.waits.review.filter(|_| concerns) {
            self.reviews.insert(*id, (review, unit()));
        } else {
            self.reviews.remove(id);
            known.reviews.remove(id);
        }
        new
    }

    /// What is gone from the worklist is not waited for any more.
    fn forget(&mut self, id: InspectionId) {
        self.reviews.remove(&id);
        if let Some(known) = &mut self.known {
            known.assigned.remove(&id);
            known.refused.remove(&id);
            known.reviews.remove(&id);
        }
    }

    /// Holds whose day of review has come and was not told.
    fn due(&mut self, today: Date) -> Vec<Alert> {
        let known = self.known.get_or_insert_default();
        let mut due: Vec<_> = self
            .reviews
            .iter()
            .filter(|(id, (review, _))| *review <= today && known.reviews.get(id) != Some(review))
            .map(|(id, (review, unit))| (*id, *review, unit.clone()))
            .collect();
        due.sort_by_key(|(id, review, _)| (*review, *id));
        due.into_iter()
            .map(|(id, review, unit)| {
                known.reviews.insert(id, review);
                Alert::Review { unit }
            })
            .collect()
    }
}

fn slot_of(row: &Row) -> Option<Slot> {
    Some(Slot {
        start: row.slot_start?,
        bay: row.slot_bay.clone().unwrap_or_default(),
    })
}

impl Alert {
    /// The code of one, of many.
    const fn codes(&self) -> (&'static str, &'static str) {
        match self {
            Self::Assignment { .. } => ("new-assignment", "new-assignments"),
            Self::Slot { now: Some(_), .. } => ("slot-changed", "slots-changed"),
            Self::Slot { now: None, .. } => ("slot-gone", "slots-gone"),
            Self::Refused { .. } => ("entry-refused", "entries-refused"),
            Self::Review { .. } => ("hold-review-due", "hold-reviews-due"),
        }
    }

    fn notice(&self, zone: &TimeZone, today: Date) -> Notice {
        let code = self.codes().0;
        let (unit, more, words) = match self {
            Self::Assignment { unit } => (unit, Vec::new(), "is assigned to you".to_owned()),
            Self::Slot { unit, now: None } => (unit, Vec::new(), "has no slot any more".to_owned()),
            Self::Slot {
                unit,
                now: Some(slot),
            } => {
                let at = moment(slot.start.to_zoned(zone.clone()), today);
                let words = format!("is to be presented at {at}, {}", slot.bay);
                (unit, vec![("at", at), ("bay", slot.bay.clone())], words)
            }
            Self::Refused { unit } => (
                unit,
                Vec::new(),
                "has an entry that the central did not take".to_owned(),
            ),
            Self::Review { unit } => (
                unit,
                Vec::new(),
                "has a hold that is due for review".to_owned(),
            ),
        };
        let args = std::iter::once(("unit", unit.clone())).chain(more);
        Notice {
            grave: matches!(self, Self::Refused { .. }),
            problem: problem(code, args, format!("{unit} {words}")),
        }
    }
}

/// The time of day; with the day before it when that is not today.
fn moment(at: Zoned, today: Date) -> String {
    let time = at.strftime("%H:%M");
    if at.date() == today {
        time.to_string()
    } else {
        format!("{} {time}", at.date())
    }
}

/// Notices of what is new: one by one, or as a number where there are many of a kind.
fn notices(alerts: Vec<Alert>, zone: &TimeZone, today: Date) -> Vec<Notice> {
    let mut kinds: Vec<(&str, Vec<Alert>)> = Vec::new();
    for alert in alerts {
        let many = alert.codes().1;
        match kinds.iter_mut().find(|(code, _)| *code == many) {
            Some((_, of_kind)) => of_kind.push(alert),
            None => kinds.push((many, vec![alert])),
        }
    }
    kinds
        .into_iter()
        .flat_map(|(many, of_kind)| {
            let each: Vec<Notice> = of_kind.iter().map(|a| a.notice(zone, today)).collect();
            match each.first() {
                Some(first) if each.len() > ONE_BY_ONE => {
                    let count = each.len().to_string();
                    let detail = format!("{count} times: {}", first.problem.detail);
                    vec![Notice {
                        grave: first.grave,
                        problem: problem(many, [("count", count)], detail),
                    }]
                }
                _ => each,
            }
        })
        .collect()
}

impl Desk {
    /// Notes that the officer moves a slot now, so that its change is no news to who made it.
    pub(crate) fn note_own_act(&self, inspection: InspectionId, body: &EntryBody) {
        if matches!(body, EntryBody::SlotProposed { .. }) {
            self.state().told.moved.insert(inspection);
        }
    }

    /// What was to be done was not.
    pub(crate) fn forget_own_act(&self, inspection: InspectionId) {
        self.state().told.moved.remove(&inspection);
    }

    /// What is new in rows that are told.
    pub(crate) fn alerts_in(
        &self,
        officer: &Officer,
        rows: &[WorklistRow],
        removed: &[InspectionId],
    ) -> Vec<Alert> {
        self.recall(officer.id);
        let told = &mut self.state().told;
        for id in removed {
            told.forget(*id);
        }
        rows.iter()
            .flat_map(|row| told.look(officer, row))
            .collect()
    }

    /// Tells what is new, with the holds that are due, and keeps that it was told. `some` says whether there were rows
    /// at all: before them everything is the first fetch.
    pub(crate) fn tell_alerts(&self, officer: &Officer, mut alerts: Vec<Alert>, some: bool) {
        let today = self.today();
        {
            let mut state = self.state();
            let fetching = state.progress.is_some();
            alerts.extend(state.told.due(today));
            let known = state.told.known.get_or_insert_default();
            if !known.begun {
                alerts.clear();
                known.begun = some && !fetching;
            }
        }
        self.keep_told(officer.id);
        self.tell_each(alerts, today);
    }

    /// Tells which holds are due for review today; time alone makes them so.
    pub(crate) fn tell_due(&self) {
        let Ok(officer) = self.officer() else { return };
        let today = self.today();
        let due = {
            let mut state = self.state();
            if state.told.known.as_ref().is_none_or(|known| !known.begun) {
                return;
            }
            state.told.due(today)
        };
        self.keep_told(officer.id);
        self.tell_each(due, today);
    }

    fn today(&self) -> Date {
        Timestamp::now().to_zoned(self.zone()).date()
    }

    fn tell_each(&self, alerts: Vec<Alert>, today: Date) {
        for notice in notices(alerts, &self.zone(), today) {
            self.inner.teller.notice(notice);
        }
    }

    /// Reads what the officer was told before.
    fn recall(&self, officer: OfficerId) {
        if self.state().told.known.is_some() {
            return;
        }
        let Ok(open) = self.opened() else { return };
        let text = open.store.told(officer).unwrap_or_else(|error| {
            tracing::warn!(%error, "what was told before could not be read");
            None
        });
        let known: Known = text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let told = &mut self.state().told;
        told.kept = Some(known.clone());
        told.known = Some(known);
    }

    fn keep_told(&self, officer: OfficerId) {
        let known = {
            let told = &mut self.state().told;
            if told.known == told.kept {
                return;
            }
            told.kept.clone_from(&told.known);
            told.known.clone().unwrap_or_default()
        };
        let Ok(open) = self.opened() else { return };
        let Ok(text) = serde_json::to_string(&known) else {
            return;
        };
        if let Err(error) = open.store.keep_told(officer, &text) {
            tracing::warn!(%error, "what was told was not kept");
        }
    }
}

#[cfg(test)]
#[path = "alerts_tests.rs"]
mod tests;
