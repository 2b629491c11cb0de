//! What is told of the work, and that it is told once.
#![allow(clippy::unwrap_used)]

use super::*;
use jiff::civil::date;
use outpost_domain::{Agency, Lane, Openness, Priority, Role, UnitKind, Waits};
use outpost_protocol::Problem;
use uuid::Uuid;

fn officer() -> Officer {
    Officer {
        id: OfficerId(Uuid::from_u128(7)),
        name: "A. Mwale".to_owned(),
        agency: Agency::Customs,
        role: Role::Inspector,
        keys: Vec::new(),
    }
}

fn row(number: u128, mine: bool) -> WorklistRow {
    let row = Row {
        id: InspectionId(Uuid::from_u128(number)),
        reference: String::new(),
        lane: Lane::Red,
        priority: Priority::Normal,
        trusted: false,
        unit: format!("unit {number}"),
        unit_kind: UnitKind::Container,
        size_type: None,
        more_units: 0,
        reefer_celsius: None,
        un_number: None,
        goods: String::new(),
        hs: String::new(),
        more_items: 0,
        consignee: String::new(),
        mrn: String::new(),
        bill: String::new(),
        exams: Vec::new(),
        agencies: Vec::new(),
        since: Timestamp::UNIX_EPOCH,
        due_at: None,
        assigned_to: mine.then(|| officer().id).into_iter().collect(),
        slot_start: None,
        slot_bay: None,
        held_by: Vec::new(),
        openness: Openness::Waiting,
        mismatches: 0,
        scans: 0,
        comments: Vec::new(),
        waits: Waits::default(),
    };
    WorklistRow {
        row,
        sync: Badge::Untouched,
    }
}

fn at(mut row: WorklistRow, hour: i8, bay: &str) -> WorklistRow {
    let at = date(2026, 12, 1).at(hour, 0, 0, 0);
    row.row.slot_start = Some(at.to_zoned(TimeZone::UTC).unwrap().timestamp());
    row.row.slot_bay = Some(bay.to_owned());
    row
}

fn held(mut row: WorklistRow, review: Date) -> WorklistRow {
    row.row.held_by = vec![Agency::Customs];
    row.row.waits.review = Some(review);
    row
}

/// What is new, by code and unit.
fn codes(alerts: &[Alert]) -> Vec<String> {
    let today = date(2026, 12, 1);
    alerts
        .iter()
        .map(|alert| {
            let problem = alert.notice(&TimeZone::UTC, today).problem;
            format!("{} {}", problem.code, problem.args["unit"])
        })
        .collect()
}

#[test]
fn an_assignment_is_told_once_and_again_when_it_comes_back() {
    let mut told = Told::default();
    let look = |told: &mut Told, mine| codes(&told.look(&officer(), &row(1, mine)));
    assert_eq!(look(&mut told, true), ["new-assignment unit 1"]);
    assert!(look(&mut told, true).is_empty());
    assert!(look(&mut told, false).is_empty());
    assert_eq!(look(&mut told, true), ["new-assignment unit 1"]);
}

#[test]
fn a_slot_that_somebody_else_moves_is_told_with_its_place_and_time() {
    let mut told = Told::default();
    told.look(&officer(), &at(row(1, true), 9, "Bay 1"));
    let moved = told.look(&officer(), &at(row(1, true), 14, "Bay 2"));
    assert_eq!(codes(&moved), ["slot-changed unit 1"]);
    let today = moved[0].notice(&TimeZone::UTC, date(2026, 12, 1)).problem;
    assert_eq!(
        (today.args["at"].as_str(), today.args["bay"].as_str()),
        ("14:00", "Bay 2")
    );
    let before = moved[0].notice(&TimeZone::UTC, date(2026, 11, 30)).problem;
    assert_eq!(before.args["at"], "2026-12-01 14:00");
    assert!(
        told.look(&officer(), &at(row(1, true), 14, "Bay 2"))
            .is_empty()
    );
    let gone = told.look(&officer(), &row(1, true));
    assert_eq!(codes(&gone), ["slot-gone unit 1"]);
    assert!(
        told.look(&officer(), &at(row(2, false), 9, "Bay 1"))
            .is_empty()
    );
    assert!(
        told.look(&officer(), &at(row(2, false), 14, "Bay 1"))
            .is_empty()
    );
}

#[test]
fn who_moves_a_slot_is_not_told_of_it_and_hears_of_the_next_move() {
    let mut told = Told::default();
    told.look(&officer(), &at(row(1, true), 9, "Bay 1"));
    told.moved.insert(row(1, true).row.id);
    assert!(
        told.look(&officer(), &at(row(1, true), 10, "Bay 1"))
            .is_empty()
    );
    let back = told.look(&officer(), &at(row(1, true), 9, "Bay 1"));
    assert_eq!(codes(&back), ["slot-changed unit 1"]);
}

#[test]
fn an_entry_that_came_back_is_told_once_as_bad_news() {
    let mut told = Told::default();
    let mut failed = row(1, false);
    failed.sync = Badge::Failed {
        entries: 1,
        problem: Problem {
            code: "left".to_owned(),
            args: BTreeMap::new(),
            detail: String::new(),
        },
    };
    let new = told.look(&officer(), &failed);
    assert_eq!(codes(&new), ["entry-refused unit 1"]);
    assert!(new[0].notice(&TimeZone::UTC, date(2026, 12, 1)).grave);
    assert!(told.look(&officer(), &failed).is_empty());
    assert!(told.look(&officer(), &row(1, false)).is_empty());
    assert_eq!(
        codes(&told.look(&officer(), &failed)),
        ["entry-refused unit 1"]
    );
}

#[test]
fn a_hold_is_told_on_its_day_of_review_and_again_on_the_next() {
    let mut told = Told::default();
    let (monday, tuesday) = (date(2026, 11, 30), date(2026, 12, 1));
    told.look(&officer(), &held(row(1, false), tuesday));
    let mut foreign = held(row(2, false), monday);
    foreign.row.held_by = vec![Agency::Veterinary];
    told.look(&officer(), &foreign);
    assert!(told.due(monday).is_empty());
    assert_eq!(codes(&told.due(tuesday)), ["hold-review-due unit 1"]);
    assert!(told.due(tuesday).is_empty());
    told.look(&officer(), &held(row(1, false), date(2026, 12, 2)));
    assert!(told.due(tuesday).is_empty());
    assert_eq!(
        codes(&told.due(date(2026, 12, 3))),
        ["hold-review-due unit 1"]
    );
    told.look(&officer(), &row(1, false));
    assert!(told.due(date(2026, 12, 9)).is_empty());
}

#[test]
fn many_of_a_kind_are_told_as_their_number() {
    let zone = TimeZone::UTC;
    let today = date(2026, 12, 1);
    let assignment = |n: u32| Alert::Assignment {
        unit: format!("unit {n}"),
    };
    let few = notices((0..3).map(assignment).collect(), &zone, today);
    assert_eq!(few.len(), 3);
    let mut alerts: Vec<Alert> = (0..12).map(assignment).collect();
    alerts.push(Alert::Review {
        unit: "unit 1".to_owned(),
    });
    let many = notices(alerts, &zone, today);
    assert_eq!(many.len(), 2);
    assert_eq!(many[0].problem.code, "new-assignments");
    assert_eq!(many[0].problem.args["count"], "12");
    assert_eq!(many[1].problem.code, "hold-review-due");
}

#[test]
fn what_was_told_is_read_again_as_it_was_kept() {
    let mut told = Told::default();
    told.look(&officer(), &at(row(1, true), 9, "Bay 1"));
    let text = serde_json::to_string(&told.known).unwrap();
    let mut again = Told {
        known: serde_json::from_str(&text).unwrap(),
        ..Told::default()
    };
    assert!(
        again
            .look(&officer(), &at(row(1, true), 9, "Bay 1"))
            .is_empty()
    );
    assert_eq!(
        codes(&again.look(&officer(), &at(row(1, true), 10, "Bay 1"))),
        ["slot-changed unit 1"]
    );
}
