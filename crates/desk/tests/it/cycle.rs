//! The whole cycle over a real central: sign in, work without a line, come back, meet the others.

use std::time::Duration;

use outpost_domain::*;
use outpost_protocol::{Badge, Draft, Line, Reply, Request, Sent};

use uuid::Uuid;

use crate::support::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n a photo of a seal";

/// An inspection on which customs has neither decided nor signed.
fn open_for_customs(window: &mut Window) -> InspectionId {
    window.until("rows", |w| w.complete && w.rows.len() >= 20);
    let waiting = |w: &AgencyState| w.agency == Agency::Customs && w.state == SectionState::Waiting;
    window
        .rows
        .values()
        .find(|r| r.row.agencies.iter().any(waiting) && r.row.held_by.is_empty())
        .unwrap()
        .row
        .id
}

fn hold(hold: HoldId, window: &mut Window, inspection: InspectionId) -> EntryBody {
    let unit = window.opened(inspection).inspection.units[0].number.clone();
    EntryBody::HoldPlaced {
        hold,
        hold_type: HoldType::Document,
        level: HoldLevel::Unit {
            number: unit.as_str().to_owned(),
        },
        reason: HoldReason::DocumentMissing,
        note: "certificate awaited".into(),
        review: None,
    }
}

fn accept() -> EntryBody {
    EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        },
        items: Vec::new(),
    }
}

#[test]
fn an_inspection_goes_all_the_way_without_a_line_and_back() {
    let mut central = Central::start(30);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    let inspection = open_for_customs(&mut window);

    central.stop();
    window.until("the line is down", |w| {
        matches!(w.status.as_ref().unwrap().line, Line::Down { .. })
    });
    let blob = match window
        .ask_with(
            Request::PutBlob {
                media_type: "image/png".into(),
                name: "seal.png".into(),
            },
            PNG,
        )
        .unwrap()
    {
        Reply::Stored { blob, .. } => blob,
        other => panic!("{other:?}"),
    };
    let finding = EntryBody::FindingRecorded {
        category: FindingCategory::Seal,
        severity: Severity::Major,
        text: "seal replaced".into(),
        item: None,
        region: None,
        photos: vec![blob],
        legal_reference: String::new(),
    };
    window.record(inspection, finding).unwrap();
    let held = HoldId(Uuid::now_v7());
    let placing = hold(held, &mut window, inspection);
    window.record(inspection, placing).unwrap();
    let refused = window.record(inspection, accept()).unwrap_err();
    assert_eq!(refused.code, "own-hold-stands");
    window
        .record(
            inspection,
            EntryBody::HoldLifted {
                hold: held,
                reason: "certificate shown".into(),
            },
        )
        .unwrap();
    window.record(inspection, accept()).unwrap();
    window.record(inspection, EntryBody::SectionSigned).unwrap();
    window.until("five entries wait", |w| {
        let s = w.status.as_ref().unwrap();
        s.entries_waiting == 5 && s.blobs_waiting == 1
    });
    window.until("the badge says so", |w| {
        w.rows[&inspection].sync == Badge::NotSent { entries: 5 }
    });

    central.start_again();
    window.within(
        Duration::from_secs(5),
        "the outbox empties by itself",
        |w| w.waiting() == 0,
    );
    window.until("the badge turns to sent", |w| {
        w.rows[&inspection].sync == Badge::Sent
    });
    let kinds = central.entries(inspection);
    let mine: Vec<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(
        mine[mine.len() - 5..],
        [
            "finding-recorded",
            "hold-placed",
            "hold-lifted",
            "decided",
            "section-signed"
        ]
    );

    let elsewhere = tempfile::tempdir().unwrap();
    let other = desk(elsewhere.path(), &central.url);
    let mut theirs = Window::open(&other);
    theirs.sign_in(Agency::Customs);
    theirs.until("the other workstation has the rows", |w| {
        w.rows.contains_key(&inspection)
    });
    let opened = theirs.opened(inspection);
    let section = opened.state.section(Agency::Customs).unwrap();
    assert_eq!(section.state, SectionState::Accepted);
    assert!(section.signed.is_some());
    assert_eq!(opened.state.findings.last().unwrap().text, "seal replaced");
    drop((window, theirs));
    laptop.shutdown();
    other.shutdown();
    central.stop();
}

#[test]
fn a_laptop_starts_without_a_line_and_has_everything() {
    let mut central = Central::start(30);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    let officer = window.sign_in(Agency::Customs);
    let inspection = open_for_customs(&mut window);
    let rows = window.rows.len();
    central.stop();
    let draft = Draft {
        inspection,
        form: "finding".into(),
        text: r#"{"text":"seal repl"}"#.into(),
    };
    window
        .ask(Request::SaveDraft {
            draft: draft.clone(),
        })
        .unwrap();
    drop(window);
    laptop.shutdown();
    drop(laptop);

    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    let wrong = window.ask(Request::SignIn {
        officer: officer.id,
        pin: "000000".into(),
    });
    assert_eq!(wrong.unwrap_err().code, "pin-wrong");
    window.sign_in(Agency::Customs);
    window.until("all rows from the store", |w| {
        w.complete && w.rows.len() == rows
    });
    assert_eq!(window.rows[&inspection].sync, Badge::Draft);
    assert_eq!(window.opened(inspection).drafts, [draft]);
    drop(window);
    laptop.shutdown();
}

#[test]
fn the_first_sign_in_says_that_it_needs_the_line() {
    let mut central = Central::start(20);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    let officer = window.officer(Agency::Customs);
    central.stop();
    let refused = window.ask(Request::SignIn {
        officer: officer.id,
        pin: "1234".into(),
    });
    assert_eq!(refused.unwrap_err().code, "first-sign-in-needs-line");
    drop(window);
    laptop.shutdown();
}

#[test]
fn why_a_unit_was_selected_is_for_customs_alone() {
    let mut central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    window.until("rows", |w| w.complete && w.rows.len() >= 20);
    let ids: Vec<InspectionId> = window.rows.keys().copied().collect();
    let selected: Vec<InspectionId> = ids
        .into_iter()
        .filter(|id| window.opened(*id).inspection.selection.is_some())
        .collect();
    assert!(!selected.is_empty());
    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Veterinary);
    for id in selected {
        assert!(window.opened(id).inspection.selection.is_none());
    }
    drop(window);
    laptop.shutdown();
    central.stop();
}

#[test]
fn one_bad_entry_delays_no_other_inspection() {
    let mut central = Central::start(30);
    let data = tempfile::tempdir().unwrap();
    let (a, b) = (
        desk(data.path(), &central.url),
        tempfile::tempdir().unwrap(),
    );
    let mut first = Window::open(&a);
    first.sign_in(Agency::Customs);
    let inspection = open_for_customs(&mut first);
    let others = first
        .rows
        .keys()
        .copied()
        .find(|id| *id != inspection)
        .unwrap();
    let second_desk = desk(b.path(), &central.url);
    let mut second = Window::open(&second_desk);
    second.sign_in(Agency::Customs);
    second.until("rows", |w| w.rows.contains_key(&inspection));

    // Both decide without seeing the other: the first to come back stands, the other contends.
    first.ask(Request::PullLine { down: true }).unwrap();
    first.record(inspection, accept()).unwrap();
    first.record(inspection, EntryBody::SectionSigned).unwrap();
    let note = EntryBody::FindingRecorded {
        category: FindingCategory::Other,
        severity: Severity::Note,
        text: "door seal worn".into(),
        item: None,
        region: None,
        photos: vec![],
        legal_reference: String::new(),
    };
    first.record(others, note).unwrap();
    second.record(inspection, accept()).unwrap();
    second.within(Duration::from_secs(10), "the second is through", |w| {
        w.rows[&inspection].sync == Badge::Sent
    });
    first.ask(Request::PullLine { down: false }).unwrap();
    first.until("the contended decision is told", |w| {
        matches!(w.rows[&inspection].sync, Badge::Failed { entries: 2, .. })
    });
    first.until("the other inspection is sent", |w| {
        w.rows[&others].sync == Badge::Sent
    });
    first.until("the status names the reason", |w| {
        let status = w.status.as_ref().unwrap();
        let reason = status.stuck_reason.as_ref().map(|r| r.code.as_str());
        (status.stuck, reason) == (1, Some("already-decided"))
    });
    let history = first.opened(inspection).history;
    let stuck = history.iter().find_map(|line| match &line.sent {
        Sent::Stuck { problem, against } => Some((problem, (*against)?)),
        _ => None,
    });
    let (problem, against) = stuck.expect("what stands instead is named");
    let other = history
        .iter()
        .find(|line| line.entry.id == against)
        .unwrap();
    assert_ne!(other.entry.device, history[0].entry.device);
    assert_eq!(problem.args.get("by"), Some(&other.entry.author_name));
    drop((first, second));
    a.shutdown();
    second_desk.shutdown();
    central.stop();
}
