//! Each screen in its states, light and dark.

use egui::Key;
use outpost_protocol::{
    Badge, BundleTaken, Event, Problem, Progress, Reply, Request, StorageKind, StorageShare,
    StoreState,
};
use outpost_ui::intent::Place;

use crate::stage::Stage;
use crate::support::{Double, problem};

pub fn dark(mut double: Double) -> Double {
    double
        .status
        .settings
        .insert("theme".to_owned(), "dark".to_owned());
    double
}

#[test]
fn before_the_desk_says_anything_the_window_is_there() {
    let mut stage = Stage::new(Double::with(0));
    assert!(stage.says("Opening the desk"));
    stage.snapshot("start");
}

#[test]
fn sign_in_names_the_officers() {
    let mut stage = Stage::new(Double::with(9));
    stage.settle();
    stage.snapshot("sign-in");
    let name = stage.double.status.officers[0].name.clone();
    stage.click_like(&name);
    stage.type_text("000000");
    stage.press(Key::Enter);
    assert!(stage.says("PIN"));
    stage.snapshot("sign-in-refused");
}

#[test]
fn a_locked_store_asks_for_its_passphrase() {
    let mut double = Double::with(0);
    double.status.store = StoreState::Locked;
    let mut stage = Stage::new(double);
    stage.settle();
    stage.snapshot("unlock");
    stage.type_text("wrong");
    stage.press(Key::Enter);
    assert!(!stage.says("Who is at the workstation?"));
    stage.type_text("right enough it is");
    stage.press(Key::Enter);
    assert!(stage.says("Who is at the workstation?"));
}

#[test]
fn a_store_that_cannot_be_opened_says_why() {
    let mut double = Double::with(0);
    double.status.store = StoreState::Failed {
        problem: problem("store-full", "there is no room left on the disk"),
    };
    let mut stage = Stage::new(double);
    stage.settle();
    stage.snapshot("store-failed");
}

#[test]
fn worklist() {
    Stage::signed_in(Double::with(60)).snapshot("worklist-light");
}

#[test]
fn worklist_in_the_dark() {
    Stage::signed_in(dark(Double::with(60))).snapshot("worklist-dark");
}

#[test]
fn worklist_for_gloves() {
    let mut double = Double::with(60);
    double
        .status
        .settings
        .insert("glove".to_owned(), "on".to_owned());
    Stage::signed_in(double).snapshot("worklist-glove");
}

#[test]
fn worklist_in_french_with_high_contrast() {
    let mut double = Double::with(60);
    double
        .status
        .settings
        .insert("language".to_owned(), "fr".to_owned());
    double
        .status
        .settings
        .insert("theme".to_owned(), "contrast-dark".to_owned());
    Stage::signed_in(double).snapshot("worklist-contrast-french");
}

#[test]
fn worklist_of_one() {
    Stage::signed_in(Double::with(1)).snapshot("worklist-one");
}

#[test]
fn worklist_of_none() {
    Stage::signed_in(Double::with(0)).snapshot("worklist-empty");
}

#[test]
fn worklist_while_it_is_fetched() {
    let mut stage = Stage::signed_in(Double::with(12));
    stage.double.status.progress = Some(Progress {
        what: "inspections".to_owned(),
        done: 6_200,
        total: 10_000,
    });
    let event = stage.double.status_event();
    stage.tell(event);
    stage.settle();
    stage.snapshot("worklist-fetching");
}

#[test]
fn worklist_in_a_narrow_window() {
    let mut stage = Stage::sized(Double::with(60), 760.0, 640.0);
    stage.sign_in();
    stage.snapshot("worklist-narrow");
}

#[test]
fn worklist_with_words_that_are_too_long() {
    let mut stage = Stage::signed_in(Double::with(3));
    let mut rows = stage.double.rows();
    for row in &mut rows {
        row.row.goods = "Parts of machines and apparatus for the working of rubber or plastics, not elsewhere specified".to_owned();
        row.row.consignee =
            "Société Anonyme des Établissements Réunis de l’Afrique Centrale et Australe"
                .to_owned();
        row.row.more_units = 12;
        row.row.more_items = 1_204;
        row.row.mismatches = 7;
    }
    stage.tell(Event::Rows {
        rows,
        removed: Vec::new(),
        complete: true,
    });
    stage.settle();
    stage.snapshot("worklist-too-long");
}

#[test]
fn nothing_found() {
    let mut stage = Stage::signed_in(Double::with(60));
    stage.press(Key::Slash);
    stage.type_text("zzzz");
    stage.snapshot("worklist-nothing-found");
}

fn sync(double: Double, name: &str) {
    let mut stage = Stage::signed_in(double);
    stage.click("Sync");
    stage.click("Verify the journal");
    stage.snapshot(name);
}

#[test]
fn sync_and_device() {
    sync(Double::with(30), "sync-light");
}

#[test]
fn sync_and_device_in_the_dark() {
    let mut double = dark(Double::with(30));
    double.status.stuck = 2;
    double.status.stuck_reason = Some(problem("forbidden", "the central refused the entry"));
    double.status.session_expired = true;
    sync(double, "sync-dark");
}

#[test]
fn what_is_stuck_opens_at_its_reason() {
    let double = Double::with(30).with_one_stuck();
    let unit = double
        .rows()
        .into_iter()
        .find(|row| row.sync != Badge::Sent);
    let unit = unit.expect("one row is stuck").row.unit;
    let mut stage = Stage::signed_in(double);
    stage.click("Sync");
    stage.click_like(&format!("{unit}, 3"));
    assert_eq!(stage.window().place(), Place::Inspection);
    assert!(stage.says("The central did not take it"));
    stage.snapshot("history-stuck");
    stage.click("Send again");
    assert_eq!(stage.double.offered.len(), 1);
}

#[test]
fn settings() {
    let mut stage = Stage::signed_in(Double::with(3));
    stage.click("Settings");
    stage.snapshot("settings-light");
}

#[test]
fn command_palette() {
    let mut stage = Stage::signed_in(Double::with(30));
    stage.press_with(egui::Modifiers::COMMAND, Key::K);
    stage.snapshot("palette");
}

#[test]
fn sheet_of_keys() {
    let mut stage = Stage::signed_in(dark(Double::with(30)));
    stage.press(Key::Questionmark);
    stage.snapshot("keys");
}

#[test]
fn the_desk_has_gone_and_the_list_stays() {
    let mut stage = Stage::signed_in(Double::with(30));
    stage.hang_up();
    stage.settle();
    assert!(stage.says("The desk has stopped"));
    stage.snapshot("desk-gone");
}

#[test]
fn a_bundle_is_written_and_its_place_told() {
    let mut stage = Stage::signed_in(Double::with(30));
    stage.click("Sync");
    stage.press(Key::B);
    stage.snapshot("sync-bundle-written");
    let asked = stage.double.bundles.clone();
    assert_eq!(asked, [Request::WriteBundle]);
}

#[test]
fn an_answer_that_is_dropped_is_handed_in_and_what_came_of_it_is_told() {
    let mut double = dark(Double::with(30));
    double.bundle = Ok(Reply::BundleTaken(BundleTaken {
        again: false,
        accepted: 12,
        stuck: 1,
        changes: false,
        files: 0,
    }));
    let mut stage = Stage::signed_in(double);
    stage.click("Sync");
    stage.drop_file("/media/stick/answer.outpost-bundle");
    stage.snapshot("sync-bundle-taken");
    let path = "/media/stick/answer.outpost-bundle".to_owned();
    let asked = stage.double.bundles.clone();
    assert_eq!(asked, [Request::TakeBundle { path }]);
}

#[test]
fn a_bad_answer_is_told_where_it_was_handed_in() {
    let mut double = Double::with(0);
    double.bundle = Err(Problem {
        code: "bundle-cut-off".to_owned(),
        args: [(
            "file".to_owned(),
            "/media/stick/answer.outpost-bundle".to_owned(),
        )]
        .into(),
        detail: String::new(),
    });
    let mut stage = Stage::signed_in(double);
    stage.click("Sync");
    stage.drop_file("/media/stick/answer.outpost-bundle");
    assert!(stage.says("Copy it again"));
}

#[test]
fn a_narrow_window_tells_which_queue_is_on() {
    let mut stage = Stage::sized(Double::with(60), 900.0, 700.0);
    stage.settle();
    stage.sign_in();
    stage.press(Key::Q);
    stage.snapshot("worklist-queue-narrow");
}

#[test]
fn a_laptop_that_is_nearly_full_says_what_takes_the_room() {
    let mut double = Double::with(30);
    let more = [
        (StorageKind::Partial, 1, 3_000_000),
        (StorageKind::Damaged, 3, 47_900_000),
    ];
    let shares = more.map(|(kind, files, bytes)| StorageShare { kind, files, bytes });
    double.storage.shares.extend(shares);
    double.storage.free = 301_000_000;
    double
        .status
        .settings
        .insert("language".to_owned(), "fr".to_owned());
    let mut stage = Stage::sized(double, 820.0, 1_640.0);
    stage.sign_in();
    stage.press_with(egui::Modifiers::COMMAND, Key::Num4);
    assert!(stage.says("3 fichiers de bases endommagées, mis de côté"));
    stage.snapshot("sync-room-french");
}

#[test]
fn a_diagnosis_is_written_with_one_key() {
    let mut stage = Stage::signed_in(Double::with(3));
    stage.press_with(egui::Modifiers::COMMAND, Key::Num4);
    stage.press(Key::D);
    assert_eq!(stage.double.papers, [Request::WriteDiagnosis]);
}
