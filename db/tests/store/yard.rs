//! A post on one day, for the tests of figures: inspections, acts and figures told in minutes after its begin.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use outpost_domain::*;
use uuid::Uuid;

use crate::world::*;

pub const CUSTOMS: Agency = Agency::Customs;
pub const VET: Agency = Agency::Veterinary;

/// A post on one day; everything is told in minutes after its begin.
pub struct Yard {
    pub world: World,
}

pub fn minute(n: i64) -> Timestamp {
    "2026-11-23T06:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(n)
}

pub fn of(agency: Agency) -> Officer {
    officer(agency as u128 + 10, agency)
}

pub fn whole_day() -> Scope {
    Scope {
        from: minute(0),
        to: minute(1440),
        agency: None,
        bay: None,
    }
}

pub fn accept() -> EntryBody {
    EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        },
        items: Vec::new(),
    }
}

pub fn hold(n: u128, hold_type: HoldType) -> EntryBody {
    EntryBody::HoldPlaced {
        hold: HoldId(Uuid::from_u128(n)),
        hold_type,
        level: HoldLevel::Conveyance,
        reason: HoldReason::Other,
        note: "to be looked at".to_owned(),
        review: None,
    }
}

pub fn lift(n: u128) -> EntryBody {
    EntryBody::HoldLifted {
        hold: HoldId(Uuid::from_u128(n)),
        reason: "done".to_owned(),
    }
}

impl Yard {
    pub fn new() -> Self {
        Self {
            world: World::empty(),
        }
    }

    /// An inspection ordered and presented at these minutes.
    pub fn goods(&self, n: u128, presented: i64, change: impl FnOnce(&mut Inspection)) {
        let mut one = inspection(n, "MSKU6011672", "Maize seed");
        one.ordered_at = minute(presented - 30);
        one.presented_at = Some(minute(presented));
        change(&mut one);
        self.world.pull(&[snapshot(one)]);
    }

    pub fn act(&self, author: &Officer, n: u128, at: i64, body: EntryBody) -> EntryId {
        let key = self.world.store.signing_key(author.id).unwrap();
        let mut new = new_entry(author, &key, n, body, None);
        new.recorded_at = minute(at);
        self.world.store.append(new).unwrap().entry.payload.id
    }

    /// Both agencies claim ten minutes after the presentation and accept at `decided`.
    pub fn released(&self, n: u128, presented: i64, decided: i64) {
        for agency in [CUSTOMS, VET] {
            let officer = of(agency);
            self.act(&officer, n, presented + 10, EntryBody::SectionClaimed);
            self.act(&officer, n, decided, accept());
        }
    }

    pub fn figure_in(&self, figure: Figure, scope: &Scope, now: i64) -> Vec<FigureRow> {
        let table = self
            .world
            .store
            .figure(figure, scope, minute(now), &TimeZone::UTC);
        let table = table.unwrap();
        assert_eq!(table.figure, figure);
        for row in &table.rows {
            assert_eq!(row.values.len(), figure.measures().len(), "{row:?}");
            let told = self.behind(figure, &row.group, scope, now);
            assert!(!told.is_empty(), "{row:?} has nothing behind it");
        }
        table.rows
    }

    pub fn figure(&self, figure: Figure, now: i64) -> Vec<FigureRow> {
        self.figure_in(figure, &whole_day(), now)
    }

    pub fn behind(&self, figure: Figure, group: &Group, scope: &Scope, now: i64) -> Vec<String> {
        let store = &self.world.store;
        let behind = store.behind_figure(figure, group, scope, minute(now), 50);
        let behind = behind.unwrap();
        assert_eq!(behind.total, behind.inspections.len() as u64);
        behind
            .inspections
            .into_iter()
            .map(|i| i.reference)
            .collect()
    }
}

pub fn row(group: Group, values: &[f64], sample: u64) -> FigureRow {
    FigureRow {
        group,
        values: values.to_vec(),
        sample,
    }
}

pub const fn lane(lane: Lane) -> Group {
    Group::Lane { lane }
}

pub const fn agency(agency: Agency) -> Group {
    Group::Agency { agency }
}
