//! The page of figures: who sees what, over which period, what is behind it, and how it looks.
#![allow(clippy::unwrap_used)]

use egui::Key;
use egui_kittest::kittest::Queryable;
use outpost_domain::{Agency, Figure, Role};
use outpost_protocol::{FigureSheet, Request};
use outpost_ui::intent::Place;

use crate::screens::dark;
use crate::stage::Stage;
use crate::support::Double;

fn shown(double: Double) -> Stage {
    let mut stage = Stage::signed_in(double);
    stage.click("Insights");
    stage
}

/// The first officer of the post, who signs in, is a supervisor of this agency.
fn supervisor(agency: Agency) -> Double {
    let mut double = Double::with(60);
    double.status.officers[0].agency = agency;
    double.status.officers[0].role = Role::Supervisor;
    double
}

fn french(mut double: Double) -> Double {
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    double
}

#[test]
fn figures_by_light() {
    shown(supervisor(Agency::Customs)).snapshot("insights-light");
}

#[test]
fn figures_in_the_dark() {
    shown(dark(supervisor(Agency::Customs))).snapshot("insights-dark");
}

#[test]
fn every_figure_in_french() {
    let mut stage = Stage::sized(french(supervisor(Agency::Customs)), 1440.0, 2000.0);
    stage.sign_in();
    stage.click("Chiffres");
    stage.snapshot("insights-all-fr");
}

#[test]
fn figures_in_a_narrow_window_with_a_period_of_ones_own() {
    let mut stage = Stage::sized(supervisor(Agency::Customs), 760.0, 800.0);
    stage.sign_in();
    stage.click("Insights");
    stage.press(Key::Num5);
    stage.snapshot("insights-narrow");
}

#[test]
fn a_period_with_no_data_says_so() {
    let mut double = supervisor(Agency::Customs);
    double.quiet = true;
    let mut stage = shown(double);
    assert!(stage.says("Nothing was inspected in this period"));
    stage.snapshot("insights-empty");
}

#[test]
fn what_is_not_for_the_officer_is_not_asked_for() {
    let asked = |stage: &Stage, figure| stage.double.figures.iter().any(|(f, _)| *f == figure);
    let mut double = Double::with(60);
    double.status.officers[0].agency = Agency::Veterinary;
    double.status.officers[0].role = Role::Inspector;
    let stage = shown(double);
    assert!(asked(&stage, Figure::QueueAge));
    assert!(!asked(&stage, Figure::HitRate));
    assert!(!asked(&stage, Figure::OfficerThroughput));
    assert!(!stage.says("Hits by criterion"));
    let stage = shown(supervisor(Agency::Customs));
    assert_eq!(stage.double.figures.len(), Figure::ALL.len(), "each once");
}

#[test]
fn a_period_is_whole_days_of_the_post_and_has_its_key() {
    let mut stage = shown(supervisor(Agency::Customs));
    stage.double.figures.clear();
    stage.press(Key::Num1);
    let (_, scope) = stage.double.figures.last().unwrap().clone();
    // Two hours east of Greenwich.
    assert_eq!(scope.from.to_string(), "2026-11-22T22:00:00Z");
    assert_eq!(scope.to.to_string(), "2026-11-23T22:00:00Z");
    assert_eq!(stage.double.figures.len(), Figure::ALL.len());
    stage.double.figures.clear();
    stage.press(Key::Num1);
    assert!(stage.double.figures.is_empty(), "nothing has changed");
    stage.press(Key::Num4);
    let (_, scope) = stage.double.figures.last().unwrap().clone();
    assert_eq!(scope.from.to_string(), "2026-09-30T22:00:00Z");
}

#[test]
fn a_value_tells_what_it_is_and_opens_what_is_behind_it() {
    let mut stage = shown(supervisor(Agency::Customs));
    stage.click_like("Red lane: Half within 2 h 14, Nine of ten within 6 h 52, n 31");
    assert!(stage.says("31 inspections behind it"));
    stage.snapshot("insights-behind");
    stage.press(Key::Escape);
    assert!(!stage.says("31 inspections behind it"));
    assert_eq!(stage.window().place(), Place::Insights);
    stage.click_like("Red lane: Half within");
    let unit = stage.double.own()[0].units[0].number.spaced();
    stage.click_like(&format!("{unit}, "));
    assert_eq!(stage.window().place(), Place::Inspection);
}

#[test]
fn few_are_marked_in_words() {
    let stage = shown(supervisor(Agency::Customs));
    assert!(stage.says("X-ray: Half within 1 h 35, Nine of ten within 4 h 00, n 6, few"));
    assert!(stage.harness.query_by_label_contains("Random").is_none());
}

#[test]
fn another_officer_does_not_see_what_the_one_before_saw() {
    let mut stage = shown(supervisor(Agency::Customs));
    assert!(stage.says("Seal reported broken"));
    let mut other = stage.double.status.clone();
    other.officer = other
        .officers
        .iter()
        .find(|o| o.agency != Agency::Customs)
        .cloned();
    stage.tell(outpost_protocol::Event::Status(Box::new(other)));
    stage.settle();
    assert!(!stage.says("Seal reported broken"));
}

#[test]
fn figures_are_printed_and_exported_for_the_period_that_is_shown() {
    let mut stage = shown(supervisor(Agency::Customs));
    stage.press(Key::Num1);
    stage.press_with(egui::Modifiers::COMMAND, Key::P);
    stage.click("Export the figures as a workbook (XLSX)");
    let asked: Vec<_> = stage
        .double
        .papers
        .iter()
        .map(|request| match request {
            Request::WriteFigures { scope, sheet, .. } => (scope.from.to_string(), *sheet),
            other => panic!("{other:?}"),
        })
        .collect();
    let today = "2026-11-22T22:00:00Z".to_owned();
    let sheets = [FigureSheet::ShiftReport, FigureSheet::Xlsx];
    assert_eq!(asked, sheets.map(|sheet| (today.clone(), sheet)));
    assert!(stage.says(".html"), "where it was written is told");
}
