//! What an officer is told without asking: each once, also across a restart of the workstation.

use jiff::{SignedDuration, Timestamp};
use outpost_domain::{
    Agency, EntryBody, HoldId, HoldLevel, HoldReason, HoldType, InspectionId, Span,
};
use outpost_protocol::{Badge, Notice, Request};
use uuid::Uuid;

use crate::support::*;

/// The codes of the notices that a window was told of a unit.
fn told(window: &Window, unit: &str) -> Vec<String> {
    let of_unit = |n: &&Notice| n.problem.args.get("unit").is_some_and(|u| u == unit);
    let notices = window.notices.iter().filter(of_unit);
    notices.map(|n| n.problem.code.clone()).collect()
}

fn unit_of(window: &Window, inspection: InspectionId) -> String {
    window.rows[&inspection].row.unit.clone()
}

/// An inspection that is the officer's and that customs convene, with a slot.
fn own(window: &mut Window, officer: outpost_domain::OfficerId) -> InspectionId {
    let with_slot = |w: &Window| {
        let mut rows = w.rows.values();
        let fits = rows.find(|r| {
            r.row.assigned_to.contains(&officer)
                && r.row.slot_start.is_some()
                && r.row
                    .agencies
                    .first()
                    .is_some_and(|a| a.agency == Agency::Customs)
        });
        fits.map(|r| r.row.id)
    };
    window.until("an inspection of the officer's with a slot", |w| {
        w.complete && with_slot(w).is_some()
    });
    with_slot(window).unwrap()
}

fn propose(window: &mut Window, inspection: InspectionId, bay: &str, hour: i64) -> EntryBody {
    let opened = window.opened(inspection);
    let start = opened.inspection.ordered_at + SignedDuration::from_hours(hour);
    EntryBody::SlotProposed {
        bay: bay.to_owned(),
        span: Span {
            start,
            end: start + SignedDuration::from_hours(1),
        },
        setup_minutes: 0,
        agencies: opened
            .inspection
            .agencies
            .iter()
            .map(|t| t.agency)
            .collect(),
        over: opened.state.slot.as_ref().and_then(|s| s.proposal),
    }
}

#[test]
fn a_slot_that_another_laptop_moves_is_told_once_and_not_to_who_moves_it() {
    let central = Central::start(30);
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laptop = desk(here.path(), &central.url);
    let mut window = Window::open(&laptop);
    let officer = window.sign_in(Agency::Customs);
    let inspection = own(&mut window, officer.id);
    let unit = unit_of(&window, inspection);
    let bay = propose(&mut window, inspection, "Bay 1", 30);
    window.record(inspection, bay).unwrap();
    window.until("it is sent", |w| w.rows[&inspection].sync == Badge::Sent);
    assert!(told(&window, &unit).is_empty(), "{:?}", window.notices);
    drop(window);
    laptop.shutdown();

    // Moved while this laptop is off: told at its next start, and not again at the one after.
    let other = desk(there.path(), &central.url);
    let mut second = Window::open(&other);
    second.sign_in(Agency::Customs);
    second.until("the same inspection", |w| w.rows.contains_key(&inspection));
    let bay = propose(&mut second, inspection, "Bay 3", 31);
    second.record(inspection, bay).unwrap();
    second.until("it is sent", |w| w.rows[&inspection].sync == Badge::Sent);
    assert!(told(&second, &unit).is_empty(), "{:?}", second.notices);
    drop(second);
    other.shutdown();

    for expected in [&["slot-changed"][..], &[]] {
        let laptop = desk(here.path(), &central.url);
        let mut window = Window::open(&laptop);
        window.sign_in(Agency::Customs);
        window.until("the new slot", |w| {
            let row = w.rows.get(&inspection);
            row.is_some_and(|r| r.row.slot_bay.as_deref() == Some("Bay 3"))
        });
        if !expected.is_empty() {
            window.until("the move is told", |w| !told(w, &unit).is_empty());
        }
        window.listen(std::time::Duration::from_millis(300));
        assert_eq!(told(&window, &unit), expected);
        drop(window);
        laptop.shutdown();
    }
}

#[test]
fn an_entry_that_comes_back_and_a_hold_that_is_due_are_told() {
    let central = Central::start(30);
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laptop = desk(here.path(), &central.url);
    let mut window = Window::open(&laptop);
    let officer = window.sign_in(Agency::Customs);
    let inspection = own(&mut window, officer.id);
    let unit = unit_of(&window, inspection);
    let other = desk(there.path(), &central.url);
    let mut second = Window::open(&other);
    second.sign_in(Agency::Customs);
    second.until("the same inspection", |w| w.rows.contains_key(&inspection));

    // The same slot is moved on both: the one that comes later contends.
    window.ask(Request::PullLine { down: true }).unwrap();
    let bay = propose(&mut window, inspection, "Bay 1", 30);
    window.record(inspection, bay).unwrap();
    let bay = propose(&mut second, inspection, "Bay 3", 31);
    second.record(inspection, bay).unwrap();
    second.until("it is sent", |w| w.rows[&inspection].sync == Badge::Sent);
    window.ask(Request::PullLine { down: false }).unwrap();
    window.until("that it came back is told", |w| {
        told(w, &unit).contains(&"entry-refused".to_owned())
    });
    let grave = |code: &str| {
        let notice = window.notices.iter().find(|n| n.problem.code == code);
        notice.unwrap().grave
    };
    assert!(grave("entry-refused"));

    let held = *window.rows.keys().find(|id| **id != inspection).unwrap();
    let number = window.opened(held).inspection.units[0].number.clone();
    let yesterday = Timestamp::now() - SignedDuration::from_hours(48);
    let hold = EntryBody::HoldPlaced {
        hold: HoldId(Uuid::now_v7()),
        hold_type: HoldType::Document,
        level: HoldLevel::Unit {
            number: number.as_str().to_owned(),
        },
        reason: HoldReason::DocumentMissing,
        note: "certificate awaited".into(),
        review: Some(yesterday.to_zoned(jiff::tz::TimeZone::UTC).date()),
    };
    window.record(held, hold).unwrap();
    let unit = unit_of(&window, held);
    window.until("that it is due is told", |w| {
        told(w, &unit) == ["hold-review-due"]
    });
    drop((window, second));
    laptop.shutdown();
    other.shutdown();
}
