//! Work with keys and by name, without a mouse.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use outpost_domain::{EntryBody, InspectionId};
use outpost_protocol::{Event, Request};
use outpost_ui::acts::acts;
use outpost_ui::intent::{Intent, Place};

use crate::stage::{Stage, key_press};
use crate::support::Double;

#[test]
fn the_list_is_walked_with_j_k_and_arrows() {
    let mut stage = Stage::signed_in(Double::with(60));
    let selected = |stage: &Stage| stage.window().selected();
    let first = selected(&stage);
    assert!(first.is_some());
    stage.press(Key::J);
    let second = selected(&stage);
    assert_ne!(first, second);
    stage.press(Key::ArrowDown);
    assert_ne!(selected(&stage), second);
    stage.press(Key::K);
    stage.press(Key::ArrowUp);
    assert_eq!(selected(&stage), first);
}

#[test]
fn keys_pressed_between_two_frames_all_count() {
    let mut one_by_one = Stage::signed_in(Double::with(60));
    for _ in 0..3 {
        one_by_one.press(Key::J);
    }
    let mut at_once = Stage::signed_in(Double::with(60));
    at_once.press_at_once(Key::J, 3);
    let third = at_once.window().selected();
    assert_eq!(third, one_by_one.window().selected());
    at_once.press_at_once(Key::K, 3);
    assert_ne!(at_once.window().selected(), third);
}

#[test]
fn a_key_in_the_frame_of_the_key_that_turns_the_page_is_for_that_page() {
    let mut stage = Stage::signed_in(Double::with(60));
    let sync = acts()
        .into_iter()
        .find(|act| act.intent == Intent::Go(Place::Sync))
        .and_then(|act| act.keys.first().copied())
        .expect("the page has a key");
    stage.at_once([
        key_press(sync.logical_key, sync.modifiers),
        key_press(Key::B, Modifiers::NONE),
    ]);
    assert_eq!(stage.window().place(), Place::Sync);
    assert_eq!(stage.double.bundles, [Request::WriteBundle]);
}

#[test]
fn what_is_typed_in_the_frame_of_the_key_of_the_search_field_is_searched_for() {
    let mut stage = Stage::signed_in(Double::with(60));
    let unit = stage.double.rows()[0].row.unit.clone();
    let letters = unit.chars().flat_map(|letter| {
        let key = Key::from_name(&letter.to_string());
        let press = key.map(|key| key_press(key, Modifiers::NONE));
        press
            .into_iter()
            .chain([egui::Event::Text(letter.to_string())])
    });
    let slash = [
        key_press(Key::Slash, Modifiers::NONE),
        egui::Event::Text("/".to_owned()),
    ];
    stage.at_once(slash.into_iter().chain(letters));
    assert_eq!(stage.window().shown(), 1);
    assert!(stage.double.recorded.is_empty());
}

#[test]
fn searching_narrows_the_list_while_typing_and_escape_brings_it_back() {
    let mut stage = Stage::signed_in(Double::with(60));
    let unit = stage.double.rows()[0].row.unit.clone();
    stage.press(Key::Slash);
    stage.type_text(&unit);
    assert_eq!(stage.window().shown(), 1);
    stage.press(Key::Escape);
    assert_eq!(stage.window().shown(), 60);
}

#[test]
fn letters_typed_in_the_search_field_are_no_commands() {
    let mut stage = Stage::signed_in(Double::with(60));
    stage.press(Key::Slash);
    stage.press(Key::C);
    stage.press(Key::J);
    assert!(stage.double.recorded.is_empty());
    assert_eq!(stage.window().place(), Place::Worklist);
}

#[test]
fn enter_opens_and_escape_goes_back() {
    let mut stage = Stage::signed_in(Double::with(60));
    stage.press(Key::Enter);
    assert_eq!(stage.window().place(), Place::Inspection);
    stage.press(Key::Escape);
    assert_eq!(stage.window().place(), Place::Worklist);
}

#[test]
fn c_claims_for_the_own_agency() {
    let mut stage = Stage::signed_in(Double::with(60));
    for _ in 0..60 {
        stage.press(Key::C);
        if !stage.double.recorded.is_empty() {
            break;
        }
        stage.press(Key::J);
    }
    assert_eq!(stage.double.recorded[0].1, EntryBody::SectionClaimed);
}

#[test]
fn a_filter_says_how_many_it_shows_and_shows_them() {
    let mut stage = Stage::signed_in(Double::with(60));
    let held = stage
        .double
        .rows()
        .iter()
        .filter(|row| !row.row.held_by.is_empty())
        .count();
    assert!(held > 0);
    stage.click(&format!("Held {held}"));
    assert_eq!(stage.window().shown(), held);
}

#[test]
fn the_palette_does_what_is_typed() {
    let mut stage = Stage::signed_in(Double::with(10));
    stage.press_with(Modifiers::COMMAND, Key::K);
    stage.type_text("agenda");
    stage.press(Key::Enter);
    assert_eq!(stage.window().place(), Place::Agenda);
}

#[test]
fn a_setting_is_kept_by_the_desk() {
    let mut stage = Stage::signed_in(Double::with(3));
    stage.click("Settings");
    stage.click("Français");
    assert_eq!(
        stage.double.settings_seen,
        [("language".to_owned(), "fr".to_owned())]
    );
    assert!(stage.says("Langue"));
}

#[test]
fn the_line_is_pulled_by_its_switch_and_the_bar_says_so() {
    let mut stage = Stage::signed_in(Double::with(3));
    stage.click("Pull the line");
    assert!(stage.says("Line pulled at 09:26"));
    stage.click("Plug the line in");
    assert!(stage.says("Line up since 09:26"));
}

#[test]
fn in_real_work_there_is_no_switch() {
    let mut double = Double::with(3);
    double.status.demonstration_pin = None;
    let mut stage = Stage::new(double);
    stage.sign_in();
    assert!(!stage.says("Pull the line"));
}

#[test]
fn signing_out_leaves_nothing_of_the_officer_on_the_screen() {
    let mut stage = Stage::signed_in(Double::with(10));
    let unit = stage.double.rows()[0].row.unit.clone();
    assert!(stage.says(&unit));
    stage.click("Settings");
    stage.click("Sign out");
    assert!(stage.says("Who is at the workstation?"));
    assert!(stage.window().model().rows.all().is_empty());
}

#[test]
fn every_row_in_sight_is_named_to_a_screen_reader() {
    let stage = Stage::signed_in(Double::with(60));
    let mut in_sight = 0;
    for listed in stage.double.rows() {
        let start = format!("{}, ", listed.row.unit);
        let Some(node) = stage.harness.query_by_label_contains(&start) else {
            continue;
        };
        let said = node.accesskit_node().label().unwrap_or_default();
        assert!(said.contains(&listed.row.goods), "{said}");
        in_sight += 1;
    }
    assert!(in_sight >= 10, "only {in_sight} rows are named");
}

#[test]
fn a_hundred_thousand_rows_cost_what_twenty_do() {
    let mut stage = Stage::signed_in(Double::with(20));
    let template = stage.double.rows();
    for page in 0..200u128 {
        let rows = (0..500u128)
            .map(|n| {
                let mut row = template[(n % 20) as usize].clone();
                row.row.id = InspectionId(uuid::Uuid::from_u128(page * 500 + n + 1));
                row
            })
            .collect();
        stage.tell(Event::Rows {
            rows,
            removed: Vec::new(),
            complete: page == 199,
        });
    }
    let deadline = std::time::Instant::now() + std::time::Duration::from_mins(1);
    while stage.window().shown() < 100_000 && std::time::Instant::now() < deadline {
        stage.harness.step();
    }
    stage.settle();
    assert_eq!(stage.window().shown(), 100_020);
    stage.press(Key::End);
    let drawn = stage
        .harness
        .query_all_by_role(egui::accesskit::Role::ListBoxOption)
        .count();
    assert!(drawn < 60, "{drawn} rows were laid out");
}

#[test]
fn a_link_opens_its_inspection_once_somebody_is_signed_in() {
    let mut stage = Stage::new(Double::with(10));
    stage.settle();
    let listed = stage.double.rows()[7].row.clone();
    stage.tell(Event::Show {
        inspection: listed.id,
    });
    stage.settle();
    assert!(stage.says("Who is at the workstation?"));
    assert!(!stage.says(&listed.unit));
    stage.sign_in();
    assert_eq!(stage.window().place(), Place::Inspection);
    assert_eq!(stage.window().selected(), Some(listed.id));
    assert!(stage.says(&listed.unit));
    // Led there once: the officer goes where the officer likes.
    stage.click("Worklist");
    stage.settle();
    assert_eq!(stage.window().place(), Place::Worklist);
}

#[test]
fn a_link_to_what_is_not_on_this_laptop_says_so() {
    let mut stage = Stage::signed_in(Double::with(10));
    let inspection = InspectionId(uuid::Uuid::from_u128(7));
    stage.tell(Event::Show { inspection });
    stage.settle();
    assert!(stage.says("This inspection is not on this laptop."));
}

#[test]
fn what_an_administrator_has_laid_down_is_shown_and_not_changed() {
    let mut double = Double::with(3);
    double.status.managed = vec!["theme".to_owned()];
    let mut stage = Stage::signed_in(double);
    stage.click("Settings");
    stage.settle();
    assert!(stage.says("Set for this workstation by its administrator."));
    stage.click("Dark");
    stage.settle();
    assert_eq!(stage.double.settings_seen, []);
    stage.click("Glove mode");
    stage.settle();
    assert_eq!(
        stage.double.settings_seen,
        [("glove".to_owned(), "on".to_owned())]
    );
    stage.snapshot("settings-managed");
}
