//! Figures as the desk tells them: to whom, and how soon they follow what was recorded.

use jiff::{SignedDuration, Timestamp};
use outpost_domain::{Agency, Figure, FigureTable, Group, PaperLanguage, Scope};
use outpost_protocol::{FigureSheet, Reply, Request};

use crate::support::{Central, Window, desk};

fn month() -> Scope {
    let now = Timestamp::now();
    Scope {
        from: now - SignedDuration::from_hours(24 * 30),
        to: now + SignedDuration::from_hours(24),
        agency: None,
        bay: None,
    }
}

fn figure(window: &mut Window, figure: Figure) -> FigureTable {
    let scope = month();
    match window.ask(Request::Figure { figure, scope }) {
        Ok(Reply::Figure { table }) => table,
        other => panic!("no figure: {other:?}"),
    }
}

#[test]
fn figures_are_for_those_whom_they_concern() {
    let central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    let queue = |figure| Request::Figure {
        figure,
        scope: month(),
    };
    let refused = window.ask(queue(Figure::QueueAge)).unwrap_err();
    assert_eq!(refused.code, "not-signed-in");
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    let waiting = figure(&mut window, Figure::QueueAge);
    assert!(waiting.sample() > 10, "{waiting:?}");
    assert!(window.ask(queue(Figure::HitRate)).is_ok());

    let behind = Request::BehindFigure {
        figure: Figure::QueueAge,
        group: waiting.rows[0].group.clone(),
        scope: month(),
    };
    let Ok(Reply::Counted { inspections, total }) = window.ask(behind) else {
        panic!("nothing behind it");
    };
    assert_eq!(total, waiting.rows[0].sample);
    assert!(
        inspections
            .iter()
            .all(|i| window.rows.contains_key(&i.inspection))
    );

    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Veterinary);
    let refused = window.ask(queue(Figure::HitRate)).unwrap_err();
    assert_eq!(
        refused.code, "figure-not-yours",
        "criteria are customs' own"
    );
    let behind = Request::BehindFigure {
        figure: Figure::HitRate,
        group: Group::Random,
        scope: month(),
    };
    assert_eq!(window.ask(behind).unwrap_err().code, "figure-not-yours");
    assert!(window.ask(queue(Figure::NoShows)).is_ok());
    desk.shutdown();
}

#[test]
fn what_is_recorded_is_in_the_figures_at_once() {
    let central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    window.ask(Request::PullLine { down: true }).unwrap();
    let before = figure(&mut window, Figure::Unsent).sample();
    let one = *window.rows.keys().next().unwrap();
    window
        .record(one, outpost_domain::EntryBody::SectionClaimed)
        .unwrap();
    assert_eq!(figure(&mut window, Figure::Unsent).sample(), before + 1);
    desk.shutdown();
}

#[test]
fn figures_are_written_for_other_programs_without_what_the_officer_may_not_see() {
    let central = Central::start(60);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    let written = |window: &mut Window, sheet| {
        let reply = window.ask(Request::WriteFigures {
            scope: month(),
            sheet,
            language: PaperLanguage::English,
        });
        match reply {
            Ok(Reply::Written { path }) => std::fs::read(path).unwrap(),
            other => panic!("not written: {other:?}"),
        }
    };
    let csv = String::from_utf8(written(&mut window, FigureSheet::Csv)).unwrap();
    let waiting = figure(&mut window, Figure::QueueAge);
    assert!(!waiting.rows.is_empty());
    let told = csv.lines().filter(|l| l.starts_with("queue-age,")).count();
    assert_eq!(told, 2 * waiting.rows.len(), "{csv}");
    assert!(written(&mut window, FigureSheet::Xlsx).starts_with(b"PK"));
    let report = String::from_utf8(written(&mut window, FigureSheet::ShiftReport)).unwrap();
    assert!(report.contains("What waits"), "{report}");
    let one = window.rows.values().next().unwrap().row.unit.clone();
    assert!(report.contains(&one), "{one} waits");

    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Veterinary);
    let csv = String::from_utf8(written(&mut window, FigureSheet::Csv)).unwrap();
    assert!(csv.contains("queue-age,"));
    assert!(!csv.contains("hit-rate,"), "criteria are customs' own");
    desk.shutdown();
}
