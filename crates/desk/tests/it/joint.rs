//! Two agencies at one laptop: each signs with the own PIN, and the central takes every entry in.

use outpost_domain::{
    Agency, BlobHash, Decision, EntryBody, InspectionId, Purpose, RecordStage, Role,
};
use outpost_protocol::{Problem, Reply, Request, Signer};

use crate::support::{Central, Window, desk};

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

fn sign_by(
    window: &mut Window,
    inspection: InspectionId,
    body: EntryBody,
    agency: Agency,
    pin: &str,
) -> Result<Reply, Problem> {
    let officer = window.officer(agency).id;
    window.ask(Request::Record {
        inspection,
        body,
        based_on: 1,
        supersedes: None,
        by: Some(Signer {
            officer,
            pin: pin.to_owned(),
        }),
        on_behalf_of: None,
    })
}

/// An inspection of customs and one other agency that nobody has begun.
fn of_two(window: &mut Window) -> (InspectionId, Agency) {
    let found = |w: &Window| {
        let mut fitting: Vec<_> = w
            .rows
            .values()
            .filter(|row| row.row.held_by.is_empty())
            .filter_map(|row| match row.row.agencies.as_slice() {
                [customs, other]
                    if customs.agency == Agency::Customs
                        && row
                            .row
                            .agencies
                            .iter()
                            .all(|a| a.state == outpost_domain::SectionState::Waiting) =>
                {
                    Some((row.row.id, other.agency))
                }
                _ => None,
            })
            .filter(|(_, other)| {
                let officers = w.status.as_ref().map(|s| s.officers.as_slice());
                let fits =
                    |o: &outpost_domain::Officer| o.agency == *other && o.role == Role::Inspector;
                officers.unwrap_or_default().iter().any(fits)
            })
            .collect();
        fitting.sort_by_key(|(id, _)| *id);
        fitting.first().copied()
    };
    window.until("an inspection of two agencies", |w| found(w).is_some());
    found(window).unwrap()
}

#[test]
fn the_joint_record_is_signed_by_two_agencies_at_one_laptop() {
    let mut central = Central::start(60);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    let pin = window
        .status
        .as_ref()
        .and_then(|s| s.demonstration_pin.clone())
        .unwrap();
    let (inspection, other) = of_two(&mut window);
    let record = |window: &mut Window| -> BlobHash { window.opened(inspection).state.record.hash };

    window.record(inspection, accept()).unwrap();
    let wrong = sign_by(&mut window, inspection, accept(), other, "000000").unwrap_err();
    assert_eq!(wrong.code, "wrong-pin", "the central judges the first time");
    assert_eq!(
        window
            .opened(inspection)
            .state
            .section(other)
            .unwrap()
            .decision,
        None
    );
    sign_by(&mut window, inspection, accept(), other, &pin).unwrap();
    let hash = record(&mut window);
    window
        .record(
            inspection,
            EntryBody::JointConcluded {
                record: hash,
                note: String::new(),
            },
        )
        .unwrap();
    for agency in [Agency::Customs, other] {
        let body = EntryBody::RecordSigned { record: hash };
        sign_by(&mut window, inspection, body, agency, &pin).unwrap();
    }
    let opened = window.opened(inspection);
    assert_eq!(opened.state.record.stage, RecordStage::Final);
    let authors: Vec<Agency> = opened
        .state
        .record
        .signatures
        .iter()
        .filter_map(|s| s.agency)
        .collect();
    assert_eq!(authors, [Agency::Customs, other]);
    window.until("everything is at the central", |w| {
        w.waiting() == 0 && central.entries(inspection).len() == 5
    });
    assert_eq!(
        central.entries(inspection)[..],
        [
            "decided",
            "decided",
            "joint-concluded",
            "record-signed",
            "record-signed"
        ]
    );
    drop(window);
    laptop.shutdown();
    central.stop();
}

#[test]
fn a_slot_moved_on_two_laptops_stands_once_and_the_other_is_told() {
    let mut central = Central::start(30);
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laptops = [
        desk(here.path(), &central.url),
        desk(there.path(), &central.url),
    ];
    let mut windows = laptops.each_ref().map(Window::open);
    for window in &mut windows {
        window.sign_in(Agency::Customs);
    }
    let (inspection, _) = of_two(&mut windows[0]);
    windows[1].until("the same inspection is there", |w| {
        w.rows.contains_key(&inspection)
    });
    let opened = windows[0].opened(inspection);
    let slot = opened.state.slot;
    let agencies: Vec<Agency> = opened
        .inspection
        .agencies
        .iter()
        .map(|t| t.agency)
        .collect();
    let day = opened.inspection.ordered_at;
    let propose = |bay: &str| EntryBody::SlotProposed {
        bay: bay.to_owned(),
        span: outpost_domain::Span {
            start: day,
            end: day + jiff::SignedDuration::from_hours(1),
        },
        setup_minutes: 0,
        agencies: agencies.clone(),
        over: slot.as_ref().and_then(|s| s.proposal),
    };
    // Both without a line, then both back.
    central.stop();
    for (window, bay) in windows.iter_mut().zip(["Bay 1", "Bay 3"]) {
        window.record(inspection, propose(bay)).unwrap();
        window.until("it waits", |w| w.waiting() == 1);
    }
    central.start_again();
    let stuck = |w: &Window| w.status.as_ref().map_or(0, |s| s.stuck);
    for window in &mut windows {
        window.until("it is taken in or contends", |w| {
            w.waiting() == 0 || stuck(w) == 1
        });
    }
    assert_eq!(stuck(&windows[0]) + stuck(&windows[1]), 1, "one lost");
    let loser = usize::from(stuck(&windows[1]) == 1);
    let winner = ["Bay 3", "Bay 1"][loser];
    windows[loser].opened(inspection);
    for window in &mut windows {
        window.within(
            std::time::Duration::from_secs(20),
            "both show the slot that the central has",
            |w| {
                w.rows.get(&inspection).and_then(|r| r.row.slot_bay.clone())
                    == Some(winner.to_owned())
            },
        );
    }
    drop(windows);
    for laptop in laptops {
        laptop.shutdown();
    }
    central.stop();
}

#[test]
fn who_signs_for_another_is_recorded_as_such_and_only_within_the_own_agency() {
    let mut central = Central::start(60);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    let me = window.sign_in(Agency::Customs);
    let (inspection, other) = of_two(&mut window);
    let officers = window.status.as_ref().unwrap().officers.clone();
    let colleague = officers
        .iter()
        .find(|o| o.agency == Agency::Customs && o.id != me.id)
        .unwrap();
    let stranger = officers.iter().find(|o| o.agency == other).unwrap();
    let decide = |window: &mut Window, on_behalf_of| {
        window.ask(Request::Record {
            inspection,
            body: accept(),
            based_on: 1,
            supersedes: None,
            by: None,
            on_behalf_of: Some(on_behalf_of),
        })
    };
    for nobody in [stranger.id, me.id] {
        let refused = decide(&mut window, nobody).unwrap_err();
        assert_eq!(refused.code, "not-on-behalf");
    }
    decide(&mut window, colleague.id).unwrap();
    window.until("it is at the central", |w| {
        w.waiting() == 0 && central.entries(inspection).len() == 1
    });
    let entry = &window.opened(inspection).history[0].entry;
    assert_eq!(entry.author, me.id);
    assert_eq!(entry.on_behalf_of, Some(colleague.id));
    drop(window);
    laptop.shutdown();
    central.stop();
}
