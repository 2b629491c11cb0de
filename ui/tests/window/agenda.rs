//! The agenda by day and by week; a slot is moved by dragging it, and only after a word.
#![allow(clippy::unwrap_used)]

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::kittest::Queryable;
use outpost_domain::{Agency, EntryBody, Officer};
use outpost_ui::model::Remote;

use crate::screens::dark;
use crate::stage::Stage;
use crate::support::Double;

const FISH: &str = "MSKU 601167 2";

fn shown(double: Double) -> Stage {
    let mut stage = Stage::signed_in(double);
    stage.click("Agenda");
    stage
}

/// Takes the card of `unit` at its middle and moves it by so many points.
fn drag(stage: &mut Stage, unit: &str, by: Vec2, drop: bool) {
    let from = stage.harness.get_by_label_contains(unit).rect().center();
    stage.harness.drag_at(from);
    stage.settle();
    for step in 1..=8 {
        stage.harness.hover_at(from + by * (step as f32 / 8.0));
        stage.settle();
    }
    if drop {
        stage.harness.drop_at(from + by);
        stage.settle();
    }
}

/// The width of a bay's column in the window of the stage.
fn column(stage: &Stage) -> f32 {
    let left = |bay: &str| stage.harness.get_by_label_contains(bay).rect().left();
    left(FISH) - left("T 482 DKP,")
}

#[test]
fn agenda_by_day() {
    shown(Double::with(60)).snapshot("agenda-light");
}

#[test]
fn agenda_in_the_dark() {
    shown(dark(Double::with(60))).snapshot("agenda-dark");
}

#[test]
fn agenda_in_a_narrow_window() {
    let mut stage = Stage::sized(Double::with(60), 700.0, 800.0);
    stage.sign_in();
    stage.click("Agenda");
    stage.snapshot("agenda-narrow");
}

#[test]
fn agenda_by_week() {
    let mut stage = shown(Double::with(60));
    stage.press(Key::W);
    stage.snapshot("agenda-week");
    stage.press(Key::D);
    assert!(stage.harness.query_by_label("Today").is_some());
}

#[test]
fn while_a_slot_is_dragged_what_stands_against_the_place_is_told() {
    let mut stage = shown(Double::with(60));
    let by = vec2(column(&stage), 38.0);
    drag(&mut stage, FISH, by, false);
    stage.harness.snapshot("agenda-dragged");
}

#[test]
fn a_slot_dropped_in_another_bay_is_proposed_after_a_word() {
    let mut stage = shown(Double::with(60));
    let by = vec2(column(&stage), 38.0);
    drag(&mut stage, FISH, by, true);
    assert!(stage.double.recorded.is_empty(), "nothing before the word");
    stage.snapshot("agenda-move");
    stage
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    stage.settle();
    let (_, body) = stage.double.recorded.last().cloned().unwrap();
    let EntryBody::SlotProposed {
        bay, span, over, ..
    } = body
    else {
        panic!("not a slot: {body:?}");
    };
    assert_eq!(bay, "Bay 3");
    // From 10:00 to 10:30 at the post, two hours east; the two hours stay.
    assert_eq!(span.start.to_string(), "2026-11-23T08:30:00Z");
    assert_eq!(span.length().as_mins(), 120);
    assert_eq!(over, None);
}

#[test]
fn a_slot_that_is_left_where_it_was_is_not_proposed() {
    let mut stage = shown(Double::with(60));
    let by = vec2(column(&stage), 38.0);
    drag(&mut stage, FISH, by, true);
    stage.click("Leave it");
    assert!(stage.double.recorded.is_empty());
    assert!(stage.harness.query_by_label("Leave it").is_none());
}

#[test]
fn escape_while_dragging_leaves_the_slot_alone() {
    let mut stage = shown(Double::with(60));
    let by = vec2(column(&stage), 38.0);
    drag(&mut stage, FISH, by, false);
    stage.harness.key_press(Key::Escape);
    stage.settle();
    stage.harness.drop_at(egui::pos2(700.0, 500.0));
    stage.settle();
    assert!(stage.double.recorded.is_empty());
    assert!(stage.harness.query_by_label("Leave it").is_none());
}

#[test]
fn who_does_not_convene_moves_nothing() {
    let mut stage = shown(Double::with(60));
    let vet: Officer = stage
        .double
        .status
        .officers
        .iter()
        .find(|o| o.agency == Agency::Veterinary)
        .cloned()
        .unwrap();
    stage.double.status.officer = Some(vet);
    let event = stage.double.status_event();
    stage.tell(event);
    stage.settle();
    let by = vec2(column(&stage), 38.0);
    drag(&mut stage, FISH, by, true);
    assert!(stage.harness.query_by_label("Leave it").is_none());
    assert!(stage.double.recorded.is_empty());
}

#[test]
fn a_card_opens_the_inspection_at_its_joint_part() {
    let mut stage = shown(Double::with(60));
    stage.harness.get_by_label_contains(FISH).click();
    stage.settle();
    assert!(
        stage
            .harness
            .query_by_role_and_label(Role::Button, "Unit\u{2019}s sides")
            .is_some()
    );
}

#[test]
fn in_the_week_a_slot_is_moved_to_another_day_at_its_own_time() {
    let mut stage = shown(Double::with(60));
    stage.press(Key::W);
    // The next day, as it stands from left to right.
    let day = |stage: &Stage, name: &str| {
        let nodes = stage.harness.query_all_by_label_contains(name);
        nodes
            .map(|n| n.rect().left())
            .min_by(f32::total_cmp)
            .unwrap()
    };
    let from = day(&stage, FISH);
    let column = (1376.0 - 108.0) / 7.0;
    drag(&mut stage, FISH, vec2(column, 0.0), false);
    stage.harness.snapshot("agenda-week-dragged");
    stage
        .harness
        .drop_at(egui::pos2(from + 1.5 * column, 240.0));
    stage.settle();
    stage
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    stage.settle();
    let (_, body) = stage.double.recorded.last().cloned().unwrap();
    let EntryBody::SlotProposed { bay, span, .. } = body else {
        panic!("not a slot: {body:?}");
    };
    assert!(!bay.is_empty());
    assert_eq!(span.start.to_string(), "2026-11-24T08:00:00Z");
    assert_eq!(span.length().as_mins(), 120);
}

/// The slot of the fish, as the agenda shows it.
fn fish(stage: &Stage) -> (String, outpost_domain::Span) {
    let Remote::Here(agenda) = &stage.window().model().agenda else {
        panic!("no agenda");
    };
    let slot = agenda.slots.iter().find(|s| s.unit == FISH).unwrap();
    (slot.state.slot.bay.clone(), slot.state.slot.span())
}

fn proposed(stage: &Stage) -> (String, outpost_domain::Span) {
    let (_, body) = stage.double.recorded.last().cloned().unwrap();
    let EntryBody::SlotProposed { bay, span, .. } = body else {
        panic!("not a slot: {body:?}");
    };
    (bay, span)
}

/// Takes up slots until the fish is carried.
fn take_up_fish(stage: &mut Stage) {
    for _ in 0..20 {
        stage.press(Key::M);
        if stage.says(&format!("{FISH} → ")) {
            return;
        }
    }
    panic!("{FISH} cannot be taken up");
}

#[test]
fn a_slot_is_moved_with_keys_alone() {
    let mut stage = shown(Double::with(60));
    let (_, before) = fish(&stage);
    take_up_fish(&mut stage);
    stage.press_at_once(Key::ArrowDown, 2);
    stage.press(Key::ArrowRight);
    stage.snapshot("agenda-carried");
    stage.press(Key::Enter);
    assert!(stage.double.recorded.is_empty(), "nothing before the word");
    // The button that moves it has the focus.
    stage.press(Key::Enter);
    let (bay, span) = proposed(&stage);
    assert_eq!(bay, "Bay 3");
    assert_eq!(
        span.start,
        before.start + jiff::SignedDuration::from_mins(30)
    );
    assert_eq!(span.length(), before.length());
}

#[test]
fn escape_leaves_a_slot_that_is_carried_and_the_agenda_stays() {
    let mut stage = shown(Double::with(60));
    take_up_fish(&mut stage);
    stage.press(Key::ArrowDown);
    stage.press(Key::Escape);
    assert!(!stage.says(&format!("{FISH} → ")));
    assert!(stage.double.recorded.is_empty());
    assert!(stage.harness.query_by_label("Today").is_some());
}

#[test]
fn in_the_week_arrows_carry_a_slot_over_days_and_bays() {
    let mut stage = shown(Double::with(60));
    stage.press(Key::W);
    let (_, before) = fish(&stage);
    take_up_fish(&mut stage);
    stage.press(Key::ArrowRight);
    stage.press(Key::ArrowDown);
    stage.press(Key::Enter);
    stage.press(Key::Enter);
    let (bay, span) = proposed(&stage);
    assert_eq!(bay, "Bay 3");
    assert_eq!(
        span.start,
        before.start + jiff::SignedDuration::from_hours(24)
    );
}

#[test]
fn the_time_that_an_agency_asked_for_is_proposed_with_one_key_and_a_word() {
    let mut stage = shown(Double::with(60));
    let (bay, before) = fish(&stage);
    let wished = outpost_domain::Span {
        start: before.start + jiff::SignedDuration::from_hours(3),
        end: before.end + jiff::SignedDuration::from_hours(3),
    };
    stage.double.wished = Some((FISH.to_owned(), Agency::Veterinary, wished));
    // The day after and back: the agenda is asked for anew.
    stage.press(Key::ArrowRight);
    stage.press(Key::ArrowLeft);
    stage.snapshot("agenda-wished");
    stage.press(Key::A);
    assert!(stage.double.recorded.is_empty(), "nothing before the word");
    stage.snapshot("agenda-wish");
    stage.press(Key::Enter);
    assert_eq!(proposed(&stage), (bay, wished));
}

#[test]
fn agenda_at_the_least_size_with_gloves_in_french() {
    let mut double = Double::with(60);
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    settings.insert("glove".to_owned(), "on".to_owned());
    let mut stage = Stage::sized(double, 1024.0, 600.0);
    stage.sign_in();
    stage.click("Agenda");
    stage.snapshot("agenda-least-fr");
    stage.press(Key::M);
    stage.snapshot("agenda-least-carried-fr");
    stage.press(Key::Escape);
    stage.press(Key::W);
    stage.snapshot("agenda-least-week-fr");
}

#[test]
fn a_slot_carried_with_keys_in_the_dark_in_french() {
    let mut double = dark(Double::with(60));
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    let mut stage = shown(double);
    stage.press(Key::W);
    take_up_fish(&mut stage);
    stage.press(Key::ArrowRight);
    stage.snapshot("agenda-week-carried-dark-fr");
}

#[test]
fn the_list_of_a_narrow_window_with_gloves_in_french() {
    let mut double = dark(Double::with(60));
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    settings.insert("glove".to_owned(), "on".to_owned());
    let mut stage = Stage::sized(double, 700.0, 600.0);
    stage.sign_in();
    stage.click("Agenda");
    stage.snapshot("agenda-narrow-fr");
}
