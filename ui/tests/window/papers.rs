//! Papers and calendars: what is asked of the desk, the word about the file, and a calendar that came in.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jiff::{SignedDuration, ToSpan};
use outpost_domain::{Agency, Answer, PaperLanguage, Span};
use outpost_protocol::{CalendarProposal, CalendarRefusal, Document, Request, Sheet};
use outpost_ui::intent::Place;

use crate::screens::dark;
use crate::stage::{OPENED, Stage};
use crate::support::{Double, WRITTEN, now, problem};

/// The stage with the first inspection open at a tab.
fn inspecting(double: Double, tab: Key) -> Stage {
    let mut stage = Stage::signed_in(double);
    stage.press(Key::Enter);
    stage.press(tab);
    stage
}

#[test]
fn the_joint_record_is_printed_in_the_windows_language_and_opened_on_demand() {
    let mut double = Double::with(20);
    double
        .status
        .settings
        .insert("language".to_owned(), "fr".to_owned());
    let mut stage = inspecting(double, Key::Num5);
    let inspection = stage.window().selected().unwrap();
    stage.press_with(Modifiers::COMMAND, Key::P);
    assert_eq!(
        stage.double.papers,
        [Request::WriteDocument {
            inspection,
            document: Document::JointRecord,
            language: PaperLanguage::French,
        }]
    );
    assert!(stage.says(WRITTEN), "the officer reads where the file is");
    stage.snapshot("paper-written-fr");
    stage.click("Ouvrir");
    assert_eq!(OPENED.take(), [PathBuf::from(WRITTEN)]);
    assert!(!stage.says(WRITTEN), "the word has gone");
}

#[test]
fn a_paper_is_shown_at_once_where_it_can_be_and_opened_elsewhere_when_that_fails() {
    let mut double = Double::with(20);
    double.status.workstation.previews = true;
    let mut stage = inspecting(double, Key::Num5);
    stage.press_with(Modifiers::COMMAND, Key::P);
    assert_eq!(stage.double.previewed, [WRITTEN]);
    assert!(stage.says(WRITTEN), "the officer reads where the file is");
    stage.snapshot("paper-previewed");
    stage.click("Preview and print");
    assert_eq!(stage.double.previewed, [WRITTEN, WRITTEN]);

    stage.double.preview = Err(problem("preview-failed", "no web view"));
    stage.press_with(Modifiers::COMMAND, Key::P);
    assert!(stage.says("no web view"), "why is told first");
    stage.click("Close this message");
    stage.click("Open");
    assert_eq!(OPENED.take(), [PathBuf::from(WRITTEN)]);
    stage.press_with(Modifiers::COMMAND, Key::P);
    assert_eq!(stage.double.previewed.len(), 3, "it is not tried again");
}

#[test]
fn a_calendar_is_no_paper_to_show() {
    let mut double = Double::with(20);
    double.status.workstation.previews = true;
    double.written = Ok("/tmp/day.ics".to_owned());
    let mut stage = Stage::signed_in(double);
    stage.click("Agenda");
    stage.click("Write the day as a calendar file");
    assert!(stage.double.previewed.is_empty());
    assert!(stage.says("/tmp/day.ics"));
}

#[test]
fn the_buttons_beside_record_slot_and_goods_ask_for_their_papers() {
    let mut double = Double::with(20);
    double
        .status
        .settings
        .insert("language".to_owned(), "en".to_owned());
    let mut stage = inspecting(double, Key::Num5);
    stage.click("Print the record");
    stage.click("Codes");
    stage.press(Key::Num4);
    stage.click("Hold notice");
    let asked: Vec<Document> = stage
        .double
        .papers
        .iter()
        .map(|request| match request {
            Request::WriteDocument { document, .. } => *document,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        asked,
        [Document::JointRecord, Document::Codes, Document::HoldNotice]
    );
}

#[test]
fn a_paper_that_there_is_not_is_refused_in_words() {
    let mut double = Double::with(20);
    double.written = Err(problem("document-no-slot", "no slot"));
    let mut stage = inspecting(double, Key::Num5);
    stage.press_with(Modifiers::COMMAND, Key::P);
    assert!(stage.says("No slot is proposed for this inspection yet."));
}

#[test]
fn a_file_that_no_program_opens_is_told_with_its_place() {
    let mut double = Double::with(20);
    double.written = Ok("/tmp/nobody-opens-this.html".to_owned());
    let mut stage = inspecting(double, Key::Num5);
    stage.press_with(Modifiers::COMMAND, Key::P);
    stage.click("Open");
    assert!(stage.says("No program opened /tmp/nobody-opens-this.html"));
}

#[test]
fn the_day_is_printed_and_exported_from_the_agenda() {
    let mut stage = Stage::signed_in(Double::with(60));
    stage.click("Agenda");
    stage.click("Print the day sheet");
    stage.click("Write the day as a calendar file");
    let day = stage.window().model().today();
    let language = PaperLanguage::English;
    let wanted = |sheet| Request::WriteAgenda {
        day,
        sheet,
        language,
    };
    assert_eq!(
        stage.double.papers,
        [wanted(Sheet::DaySheet), wanted(Sheet::Calendar)]
    );
}

/// A double with a calendar of which everything is told that can be told.
fn with_calendar() -> Double {
    let mut double = Double::with(20);
    let own = double.rows();
    let proposal = |nth: usize| CalendarProposal {
        inspection: own.get(nth).map(|row| row.row.id),
        unit: own
            .get(nth)
            .map(|row| row.row.unit.clone())
            .unwrap_or_default(),
        summary: "Joint inspection".to_owned(),
        place: "Bay 2".to_owned(),
        span: Span {
            start: now() + 26.hours(),
            end: now() + 27.hours() + SignedDuration::from_mins(30),
        },
        cancelled: false,
        agreed: false,
        answers: vec![
            (Agency::Customs, Answer::Accepted),
            (Agency::Veterinary, Answer::OtherTime),
        ],
    };
    let foreign = CalendarProposal {
        summary: "Überprüfung der Kühlware mit dem Veterinärdienst der Grenzkontrollstelle"
            .to_owned(),
        place: String::new(),
        answers: Vec::new(),
        ..proposal(999)
    };
    let proposals = vec![
        proposal(0),
        CalendarProposal {
            agreed: true,
            ..proposal(1)
        },
        CalendarProposal {
            cancelled: true,
            answers: Vec::new(),
            ..proposal(2)
        },
        foreign,
    ];
    let refused = vec![
        CalendarRefusal {
            summary: "Weekly meeting".to_owned(),
            problem: problem("calendar-recurring", "the event is repeated"),
        },
        CalendarRefusal {
            summary: "Public holiday".to_owned(),
            problem: problem("calendar-whole-day", "the event lasts whole days"),
        },
    ];
    double.calendar = (proposals, refused);
    double
}

/// Reads a file and waits until it was read.
fn read_calendar(stage: &mut Stage, path: PathBuf, until: &str) {
    stage.harness.state_mut().read_calendar(path);
    wait(stage, until);
}

fn wait(stage: &mut Stage, until: &str) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !stage.says(until) {
        assert!(Instant::now() < deadline, "nothing came of the file");
        std::thread::yield_now();
        stage.settle();
    }
}

fn calendar_file(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("outpost-ui-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, "BEGIN:VCALENDAR").unwrap();
    path
}

#[test]
fn a_calendar_is_dropped_onto_the_agenda() {
    let mut stage = Stage::signed_in(with_calendar());
    stage.click("Agenda");
    stage.drop_file(calendar_file("dropped.ics"));
    wait(&mut stage, "Weekly meeting");
}

#[test]
fn a_calendar_tells_its_slots_and_proposes_none_by_itself() {
    let mut stage = Stage::signed_in(with_calendar());
    stage.click("Agenda");
    let path = calendar_file("agency.ics");
    read_calendar(&mut stage, path, "Weekly meeting");
    stage.snapshot("calendar-read");
    assert!(stage.double.recorded.is_empty(), "nothing is recorded");
    stage.press(Key::Escape);
    assert!(!stage.says("Weekly meeting"));
    assert_eq!(stage.window().place(), Place::Agenda);
}

#[test]
fn a_calendar_in_french_in_the_dark() {
    let mut double = dark(with_calendar());
    double
        .status
        .settings
        .insert("language".to_owned(), "fr".to_owned());
    let mut stage = Stage::signed_in(double);
    stage.click("Agenda");
    let path = calendar_file("agenda du service vétérinaire.ics");
    read_calendar(&mut stage, path, "Weekly meeting");
    stage.snapshot("calendar-read-fr-dark");
}

#[test]
fn a_slot_of_a_calendar_is_proposed_through_the_slots_own_form() {
    let mut stage = Stage::signed_in(with_calendar());
    stage.click("Agenda");
    let path = calendar_file("slot.ics");
    read_calendar(&mut stage, path, "Weekly meeting");
    stage.click("Propose…");
    assert_eq!(stage.window().place(), Place::Inspection);
    assert!(stage.says("Propose a slot"), "the form is open");
    let value =
        |stage: &Stage, wanted: &str| stage.harness.query_all_by_value(wanted).next().is_some();
    let zone = stage.window().model().zone.clone();
    let from = (now() + 26.hours())
        .to_zoned(zone)
        .strftime("%H:%M")
        .to_string();
    assert!(value(&stage, &from), "{from} is in the form");
    assert!(stage.double.recorded.is_empty(), "it waits for the officer");
}

#[test]
fn a_calendar_file_that_is_not_there_is_told_with_its_name() {
    let mut stage = Stage::signed_in(Double::with(3));
    read_calendar(
        &mut stage,
        PathBuf::from("/nowhere/at-all.ics"),
        "at-all.ics could not be read",
    );
}
