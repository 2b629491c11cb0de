//! Papers and calendars as the desk writes them: for whom, where, and what it refuses.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use jiff::ToSpan as _;
use outpost_domain::{
    Agency, CheckKind, CheckResult, EntryBody, InspectionId, PaperLanguage, Span,
};
use outpost_protocol::{CalendarProposal, Document, Opened, Problem, Reply, Request, Sheet};

use crate::support::{Central, Window, desk};

fn written(reply: Result<Reply, Problem>) -> PathBuf {
    match reply {
        Ok(Reply::Written { path }) => PathBuf::from(path),
        other => panic!("not written: {other:?}"),
    }
}

fn document(inspection: InspectionId, document: Document) -> Request {
    Request::WriteDocument {
        inspection,
        document,
        language: PaperLanguage::English,
    }
}

/// Signs in, and waits until the rows are here.
fn sign_in(window: &mut Window, agency: Agency) {
    window.complete = false;
    window.sign_in(agency);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
}

/// An inspection with a slot, which customs selected for a reason.
fn with_slot(window: &mut Window) -> Opened {
    let ids: Vec<InspectionId> = window.rows.keys().copied().collect();
    ids.into_iter()
        .map(|id| window.opened(id))
        .find(|opened| {
            opened.state.slot.is_some()
                && opened
                    .inspection
                    .selection
                    .as_ref()
                    .is_some_and(|s| s.criterion.len() > 8)
        })
        .expect("the demonstration has such an inspection")
}

#[test]
fn papers_are_for_those_who_are_signed_in_and_tell_what_their_agency_may_know() {
    let central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    sign_in(&mut window, Agency::Customs);
    let opened = with_slot(&mut window);
    let id = opened.inspection.id;
    let criterion = opened.inspection.selection.clone().unwrap().criterion;

    let ours = written(window.ask(document(id, Document::JointRecord)));
    assert!(ours.starts_with(data.path().join("documents")), "{ours:?}");
    assert!(
        std::fs::read_to_string(&ours).unwrap().contains(&criterion),
        "customs know why"
    );
    window.ask(Request::SignOut).unwrap();
    let refused = window.ask(document(id, Document::JointRecord)).unwrap_err();
    assert_eq!(refused.code, "not-signed-in");
    let refused = window.ask(Request::ReadCalendar).unwrap_err();
    assert_eq!(refused.code, "not-signed-in");

    let other = opened.inspection.agencies[1].agency;
    sign_in(&mut window, other);
    for document_kind in [
        Document::JointRecord,
        Document::SealReport,
        Document::HoldNotice,
        Document::Codes,
    ] {
        let theirs = written(window.ask(document(id, document_kind)));
        let text = std::fs::read_to_string(theirs).unwrap();
        assert!(
            !text.contains(&criterion),
            "{document_kind:?} tells {other} why"
        );
    }
    desk.shutdown();
}

#[test]
fn a_notice_of_what_is_not_so_is_refused_and_nothing_is_written() {
    let central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    sign_in(&mut window, Agency::Customs);
    let held = window
        .rows
        .values()
        .find(|row| !row.row.held_by.is_empty())
        .map(|row| row.row.id)
        .unwrap();
    let refused = window
        .ask(document(held, Document::ReleaseNotice))
        .unwrap_err();
    assert_eq!(refused.code, "document-not-released");
    let refused = window
        .ask(document(held, Document::SampleForm))
        .unwrap_err();
    assert_eq!(refused.code, "document-no-sample");
    let nobody = InspectionId("01900000-0000-7000-8000-000000000001".parse().unwrap());
    let refused = window
        .ask(document(nobody, Document::JointRecord))
        .unwrap_err();
    assert_eq!(refused.code, "unknown-inspection");
    assert!(
        !data.path().join("documents").exists(),
        "nothing was written"
    );
    desk.shutdown();
}

#[test]
fn a_calendar_goes_out_and_comes_back_as_proposals_that_change_nothing() {
    let central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    sign_in(&mut window, Agency::Customs);
    let before = with_slot(&mut window);
    let slot = before.state.slot.clone().unwrap().slot;
    let path = written(window.ask(document(before.inspection.id, Document::Calendar)));
    let text = std::fs::read_to_string(path).unwrap();

    let read = |window: &mut Window, text: &str| -> CalendarProposal {
        match window.ask_with(Request::ReadCalendar, text.as_bytes()) {
            Ok(Reply::CalendarRead { proposals, .. }) => proposals.into_iter().next().unwrap(),
            other => panic!("not read: {other:?}"),
        }
    };
    let same = read(&mut window, &text);
    assert_eq!(same.inspection, Some(before.inspection.id));
    assert!(same.agreed, "{same:?}");

    let begin = slot.start.strftime("%Y%m%dT%H%M%SZ").to_string();
    let later = (slot.start + 15.minutes())
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let moved = read(&mut window, &text.replace(&begin, &later));
    assert!(!moved.agreed);
    assert_eq!(
        moved.span,
        Span {
            start: slot.start + 15.minutes(),
            end: slot.end
        }
    );
    assert_eq!(moved.unit, before.inspection.units[0].number.spaced());
    let after = window.opened(before.inspection.id);
    assert_eq!(after.state, before.state, "reading records nothing");
    assert_eq!(after.history.len(), before.history.len());

    let foreign = read(&mut window, &text.replace("@outpost", "@elsewhere"));
    assert_eq!(foreign.inspection, None);
    let refused = window
        .ask_with(Request::ReadCalendar, &text.as_bytes()[..text.len() / 2])
        .unwrap_err();
    assert_eq!(refused.code, "calendar-cut-off");
    desk.shutdown();
}

#[test]
fn the_day_is_written_as_a_sheet_and_as_a_calendar() {
    let central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    sign_in(&mut window, Agency::Customs);
    let opened = with_slot(&mut window);
    let slot = opened.state.slot.clone().unwrap().slot;
    let zone =
        jiff::tz::TimeZone::get(&window.status.as_ref().unwrap().post.as_ref().unwrap().zone);
    let day = slot.start.to_zoned(zone.unwrap()).date();
    let agenda = |day, sheet| Request::WriteAgenda {
        day,
        sheet,
        language: PaperLanguage::French,
    };
    let sheet = std::fs::read_to_string(written(window.ask(agenda(day, Sheet::DaySheet)))).unwrap();
    assert!(sheet.contains("Feuille du jour"), "{sheet}");
    assert!(sheet.contains(&opened.inspection.reference));
    let calendar = written(window.ask(agenda(day, Sheet::Calendar)));
    let text = std::fs::read_to_string(&calendar).unwrap();
    assert!(
        text.contains(&format!("UID:{}@outpost", opened.inspection.id)),
        "{text}"
    );
    assert!(calendar.extension().is_some_and(|e| e == "ics"));
    let empty = day.checked_add(3.years()).unwrap();
    let refused = window.ask(agenda(empty, Sheet::Calendar)).unwrap_err();
    assert_eq!(refused.code, "document-no-slots");
    let refused = window
        .ask(agenda(jiff::civil::Date::MAX, Sheet::DaySheet))
        .unwrap_err();
    assert_eq!(refused.code, "day-out-of-range");
    desk.shutdown();
}

/// Runs the command; a desk that was just closed may hold the folder until its last thread has gone.
fn verify(data: &Path, paper: &Path) -> (bool, String) {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let (stands, told) = verify_once(data, paper);
        if !told.contains("another Outpost is already using") {
            return (stands, told);
        }
        assert!(Instant::now() < deadline, "{told}");
        std::thread::yield_now();
    }
}

fn verify_once(data: &Path, paper: &Path) -> (bool, String) {
    let key = data.join("key");
    std::fs::write(&key, "09".repeat(32)).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_outpost-desk"))
        .arg("verify-document")
        .arg(paper)
        .arg("--data")
        .arg(data)
        .arg("--key-file")
        .arg(&key)
        .output()
        .unwrap();
    let told =
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    (out.status.success(), told)
}

#[test]
fn a_paper_is_verified_against_the_record_and_overtaken_by_what_is_recorded_later() {
    let central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let paper;
    {
        let desk = desk(data.path(), &central.url);
        let mut window = Window::open(&desk);
        sign_in(&mut window, Agency::Customs);
        let opened = with_slot(&mut window);
        paper = written(window.ask(document(opened.inspection.id, Document::JointRecord)));
        drop(window);
        desk.shutdown();
    }
    let (stands, told) = verify(data.path(), &paper);
    assert!(stands, "{told}");
    assert!(told.contains("as it stands"), "{told}");
    {
        let desk = desk(data.path(), &central.url);
        let mut window = Window::open(&desk);
        sign_in(&mut window, Agency::Customs);
        let opened = with_slot(&mut window);
        let body = EntryBody::CheckConcluded {
            check: CheckKind::Physical,
            result: CheckResult::Satisfactory,
            reason: String::new(),
        };
        window.record(opened.inspection.id, body).unwrap();
        drop(window);
        desk.shutdown();
    }
    let (stands, told) = verify(data.path(), &paper);
    assert!(!stands);
    assert!(told.contains("not as it stands"), "{told}");
    let other = data.path().join("other.html");
    std::fs::write(&other, "<html></html>").unwrap();
    let (stands, told) = verify(data.path(), &other);
    assert!(!stands);
    assert!(
        told.contains("it was not written by Outpost, or was changed"),
        "{told}"
    );
    let (stands, told) = verify(data.path(), &data.path().join("nothing"));
    assert!(!stands);
    assert!(told.contains("cannot be read"), "{told}");
}

#[test]
fn a_paper_is_shown_by_who_can_and_only_to_who_is_signed_in() {
    let central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    let preview = |path: &Path| Request::Preview {
        path: path.display().to_string(),
    };
    sign_in(&mut window, Agency::Customs);
    let inspection = *window.rows.keys().next().unwrap();
    let path = written(window.ask(document(inspection, Document::JointRecord)));
    let refused = window.ask(preview(&path)).unwrap_err();
    assert_eq!(refused.code, "preview-not-here");

    let (sender, shown) = std::sync::mpsc::channel();
    desk.on_preview(move |paper| {
        if paper.html.contains("no room") {
            return Err("no room".to_owned());
        }
        sender.send(paper).map_err(|e| e.to_string())
    });
    window.until("papers can be shown", |w| {
        w.status.as_ref().is_some_and(|s| s.workstation.previews)
    });
    assert_eq!(window.ask(preview(&path)), Ok(Reply::Done));
    let paper = shown.try_recv().unwrap();
    assert_eq!(paper.html, std::fs::read_to_string(&path).unwrap());
    assert_eq!(paper.name, path.file_name().unwrap().to_str().unwrap());

    std::fs::write(&path, "no room").unwrap();
    let refused = window.ask(preview(&path)).unwrap_err();
    assert_eq!(refused.code, "preview-failed");
    assert_eq!(refused.args["reason"], "no room");
    let refused = window.ask(preview(Path::new("/etc/passwd"))).unwrap_err();
    assert_eq!(refused.code, "preview-failed");
    assert!(shown.try_recv().is_err(), "nothing else was shown");

    window.ask(Request::SignOut).unwrap();
    assert!(window.ask(preview(&path)).is_err(), "nobody is signed in");
}
