//! The inspection screen: each tab in its themes, and its forms driven by name as a screen reader would.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outpost_domain::*;
use outpost_protocol::Problem;
use outpost_ui::design::{self, Look, ThemeChoice};
use outpost_ui::screens::inspection::{Act, Screen, Tab};

use crate::world::{self, Desk};

pub struct Stage {
    pub desk: Desk,
    pub screen: Screen,
    look: Look,
    left: bool,
    /// Whether practice was wanted.
    pub practises: bool,
}

pub fn frame(ui: &mut egui::Ui, stage: &mut Stage) {
    if design::look(ui.ctx()) != stage.look || ui.ctx().cumulative_frame_nr() == 0 {
        design::install(ui.ctx(), stage.look);
    }
    let acts = stage.screen.show(ui, &stage.desk.view());
    stage.left |= acts.contains(&Act::Back);
    stage.practises |= acts.contains(&Act::Practise);
    for (token, outcome) in stage.desk.answer(acts) {
        stage.screen.answer(token, outcome);
        ui.ctx().request_repaint();
    }
}

pub fn staged(desk: Desk, tab: Tab, look: Look) -> Harness<'static, Stage> {
    sized(desk, tab, look, [1376.0, 870.0])
}

pub fn sized(desk: Desk, tab: Tab, look: Look, size: [f32; 2]) -> Harness<'static, Stage> {
    let stage = Stage {
        desk,
        screen: Screen::at(tab),
        look,
        left: false,
        practises: false,
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(60)
        .wgpu()
        .build_ui_state(frame, stage);
    settle(&mut harness);
    harness
}

pub fn plain(desk: Desk, tab: Tab) -> Harness<'static, Stage> {
    staged(desk, tab, Look::default())
}

/// Draws until nothing is wanted any more; drafts wake the window once after a pause.
pub fn settle(harness: &mut Harness<'static, Stage>) {
    for _ in 0..30 {
        harness.step();
    }
}

pub fn press(harness: &mut Harness<'static, Stage>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    settle(harness);
}

fn choose(harness: &mut Harness<'static, Stage>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    settle(harness);
}

pub fn write(harness: &mut Harness<'static, Stage>, role: Role, name: &str, text: &str) {
    harness.get_by_role_and_label(role, name).focus();
    settle(harness);
    harness.get_by_role_and_label(role, name).type_text(text);
    settle(harness);
}

pub fn key(harness: &mut Harness<'static, Stage>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

pub fn last(harness: &Harness<'static, Stage>) -> EntryBody {
    let recorded = harness.state().desk.recorded();
    recorded.last().cloned().expect("something was recorded")
}

fn pictured(tab: Tab, theme: ThemeChoice) {
    let look = Look {
        theme,
        glove: false,
    };
    let mut harness = staged(world::busy(), tab, look);
    harness.snapshot(format!("inspection-{}-{}", tab.code(), theme.code()));
}

#[test]
fn the_manifest_in_light() {
    pictured(Tab::Manifest, ThemeChoice::Light);
}

#[test]
fn the_manifest_in_dark() {
    pictured(Tab::Manifest, ThemeChoice::Dark);
}

#[test]
fn the_checks_in_light() {
    pictured(Tab::Checks, ThemeChoice::Light);
}

#[test]
fn the_checks_in_dark() {
    pictured(Tab::Checks, ThemeChoice::Dark);
}

#[test]
fn holds_and_decision_in_light() {
    pictured(Tab::Holds, ThemeChoice::Light);
}

#[test]
fn holds_and_decision_in_dark() {
    pictured(Tab::Holds, ThemeChoice::Dark);
}

#[test]
fn the_history_in_light() {
    pictured(Tab::History, ThemeChoice::Light);
}

#[test]
fn the_history_in_dark() {
    pictured(Tab::History, ThemeChoice::Dark);
}

#[test]
fn number_keys_turn_the_tabs_and_escape_leaves() {
    let mut harness = plain(world::busy(), Tab::Manifest);
    key(&mut harness, Modifiers::NONE, Key::Num4);
    assert_eq!(harness.state().screen.tab, Tab::Holds);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().left);
}

#[test]
fn a_finding_is_written_by_name_and_recorded_once() {
    let mut harness = plain(world::busy(), Tab::Checks);
    key(&mut harness, Modifiers::NONE, Key::F);
    choose(&mut harness, "Critical");
    write(
        &mut harness,
        Role::MultilineTextInput,
        "What was found",
        "Seventy cartons of cigarettes",
    );
    press(&mut harness, "Record finding");
    let EntryBody::FindingRecorded { severity, text, .. } = last(&harness) else {
        panic!("not a finding: {:?}", last(&harness));
    };
    assert_eq!(
        (severity, text.as_str()),
        (Severity::Critical, "Seventy cartons of cigarettes")
    );
    assert_eq!(harness.state().desk.recorded().len(), 1);
    assert!(
        !harness.state().screen.form_open(),
        "the form closes when the entry is durable"
    );
    assert!(
        harness.state().desk.drafts.is_empty(),
        "its draft is dropped"
    );
}

#[test]
fn what_is_typed_is_there_after_a_restart() {
    let mut harness = plain(world::busy(), Tab::Checks);
    key(&mut harness, Modifiers::NONE, Key::F);
    write(
        &mut harness,
        Role::MultilineTextInput,
        "What was found",
        "Behind the third row",
    );
    let drafts = harness.state().desk.drafts.clone();
    assert!(
        drafts["finding"].contains("Behind the third row"),
        "{drafts:?}"
    );

    let mut desk = world::busy();
    desk.drafts = drafts;
    desk.rebuild();
    let mut harness = plain(desk, Tab::Checks);
    press(&mut harness, "Go on with the draft");
    let field = harness.get_by_role_and_label(Role::MultilineTextInput, "What was found");
    assert_eq!(field.value().as_deref(), Some("Behind the third row"));
}

#[test]
fn a_refused_entry_keeps_the_form_open_and_says_why() {
    let mut desk = world::busy();
    desk.refuse = Some(Problem {
        code: "from-the-future".to_owned(),
        args: std::collections::BTreeMap::new(),
        detail: "The disk is full.".to_owned(),
    });
    let mut harness = plain(desk, Tab::Checks);
    key(&mut harness, Modifiers::NONE, Key::F);
    write(
        &mut harness,
        Role::MultilineTextInput,
        "What was found",
        "A false wall",
    );
    press(&mut harness, "Record finding");
    assert!(harness.state().screen.form_open());
    assert!(harness.query_by_label("The disk is full.").is_some());
    press(&mut harness, "Record finding");
    assert!(!harness.state().screen.form_open());
}

#[test]
fn seals_as_declared_take_one_key_each() {
    let mut harness = plain(world::fresh(), Tab::Checks);
    key(&mut harness, Modifiers::NONE, Key::S);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let recorded = harness.state().desk.recorded();
    assert_eq!(recorded.len(), 2, "{recorded:?}");
    for body in recorded {
        let EntryBody::SealCompared { seal, .. } = body else {
            panic!("not a seal");
        };
        assert!(seal.conform());
    }
    assert!(!harness.state().screen.form_open());
}

#[test]
fn a_hold_is_placed_and_refuses_the_release_until_it_is_lifted() {
    let mut harness = plain(world::fresh(), Tab::Holds);
    key(&mut harness, Modifiers::NONE, Key::H);
    write(
        &mut harness,
        Role::MultilineTextInput,
        "Why, in your words",
        "The seal was replaced",
    );
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(matches!(last(&harness), EntryBody::HoldPlaced { .. }));
    press(&mut harness, "Decide");
    choose(&mut harness, "Acceptable");
    assert!(
        harness
            .query_by_label("A hold of Customs stands; lift it first.")
            .is_some(),
        "the refusal stands in words"
    );
}

#[test]
fn a_decision_is_made_and_the_section_signed() {
    let mut harness = plain(world::busy(), Tab::Checks);
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    choose(&mut harness, "Acceptable");
    press(&mut harness, "Decide and sign");
    let recorded = harness.state().desk.recorded();
    assert!(
        matches!(recorded[0], EntryBody::Decided { .. }),
        "{recorded:?}"
    );
    assert_eq!(recorded[1], EntryBody::SectionSigned);
    assert!(!harness.state().screen.form_open());
}

#[test]
fn only_the_own_hold_can_be_lifted_and_the_reason_is_said() {
    let harness = plain(world::busy(), Tab::Holds);
    let why = "Veterinary placed this hold; only Veterinary lifts it.";
    assert!(harness.query_by_label(why).is_some());
}

#[test]
fn an_entry_is_taken_back_with_a_reason() {
    let mut harness = plain(world::busy(), Tab::History);
    harness
        .get_by_label_contains("Undeclared cartons, 70")
        .click();
    settle(&mut harness);
    press(&mut harness, "Take back");
    write(
        &mut harness,
        Role::MultilineTextInput,
        "Why it is taken back",
        "Counted twice",
    );
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(
        last(&harness),
        EntryBody::Withdrawn {
            reason: "Counted twice".to_owned()
        }
    );
}

#[test]
fn a_radiograph_that_is_not_here_says_when_it_will_be() {
    let mut desk = world::busy();
    desk.blobs.clear();
    desk.rebuild();
    let harness = plain(desk, Tab::Radiograph);
    assert!(
        harness
            .query_by_label("The radiograph is not on this laptop yet")
            .is_some()
    );
}

#[test]
fn bytes_that_are_no_image_are_refused_in_words() {
    let bytes = b"<html>Sign in to the network</html>".to_vec();
    let mut desk = Desk::new(
        world::fish(&bytes, (10, 10)),
        world::officer(Agency::Customs, "A. Mwale", outpost_domain::Role::Inspector),
    );
    desk.blobs.insert(BlobHash::of(&bytes), bytes);
    desk.rebuild();
    let mut harness = plain(desk, Tab::Radiograph);
    until(&mut harness, "This file cannot be shown");
}

#[test]
fn a_photo_over_the_limit_is_told_by_name_size_and_limit_and_never_sent() {
    let name = format!("over-the-limit-{}.jpg", std::process::id());
    let path = std::env::temp_dir().join(&name);
    let file = std::fs::File::create(&path).expect("a file is made");
    file.set_len(outpost_protocol::MAX_FILE + 1)
        .expect("the file grows");
    let mut harness = plain(world::busy(), Tab::Checks);
    let kept = harness.state().desk.blobs.len();
    key(&mut harness, Modifiers::NONE, Key::F);
    let field = "or the path of a file, then Enter";
    write(
        &mut harness,
        Role::TextInput,
        field,
        &path.to_string_lossy(),
    );
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let words =
        format!("{name} has 51 MB; 50 MB are the limit. Take the photo in a lower resolution.");
    until(&mut harness, &words);
    assert_eq!(harness.state().desk.blobs.len(), kept, "nothing was sent");
    std::fs::remove_file(&path).expect("the file is taken away");
}

/// Draws until a label is there; the image is made ready on a thread of its own.
pub fn until(harness: &mut Harness<'static, Stage>, label: &str) {
    let begun = std::time::Instant::now();
    while harness.query_by_label(label).is_none() {
        assert!(begun.elapsed().as_secs() < 60, "{label} never came");
        harness.step();
        std::thread::yield_now();
    }
    settle(harness);
}

#[test]
fn the_radiograph_is_read_marked_and_concluded() {
    let mut harness = plain(world::busy(), Tab::Radiograph);
    until(&mut harness, "Radiograph of MSKU 601167 2");
    key(&mut harness, Modifiers::NONE, Key::R);
    let stage = harness.get_by_label("Radiograph of MSKU 601167 2").rect();
    harness.drag_at(stage.center());
    settle(&mut harness);
    harness.hover_at(stage.center() + egui::vec2(60.0, 40.0));
    settle(&mut harness);
    harness.drop_at(stage.center() + egui::vec2(60.0, 40.0));
    settle(&mut harness);
    write(
        &mut harness,
        Role::MultilineTextInput,
        "Comment",
        "Too dense for fish",
    );
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::RegionDrawn { comment, shape, .. } = last(&harness) else {
        panic!("not a region: {:?}", last(&harness));
    };
    let RegionShape::Box { width, height, .. } = shape else {
        panic!("not a box: {shape:?}");
    };
    assert_eq!(comment, "Too dense for fish");
    assert!(width > 60 && height > 40, "{width} × {height}");
    press(&mut harness, "Anomaly");
    assert!(matches!(
        last(&harness),
        EntryBody::ImageConcluded {
            conclusion: ImageConclusion::Anomaly,
            ..
        }
    ));
}

#[test]
fn a_dialog_is_as_high_as_what_it_holds_now() {
    let mut harness = plain(world::fresh(), Tab::Holds);
    let height = |harness: &Harness<'static, Stage>| {
        let at = |name| harness.get_by_role_and_label(Role::Button, name).rect();
        at("Record decision").bottom() - at("Acceptable").top()
    };
    press(&mut harness, "Decide");
    let small = height(&harness);
    choose(&mut harness, "Not acceptable");
    assert!(height(&harness) > small + 50.0);
    key(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, "Decide");
    choose(&mut harness, "Left to the others");
    let other = height(&harness);
    choose(&mut harness, "Not acceptable");
    choose(&mut harness, "Left to the others");
    assert!((height(&harness) - other).abs() < 1.0);
}
