//! A supervisor's work beside the worklist: overrides approved or declined, comments, assignments.
#![allow(clippy::unwrap_used)]

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use outpost_domain::*;
use outpost_protocol::Problem;
use outpost_ui::intent::Place;
use uuid::Uuid;

use crate::screens::dark;
use crate::stage::Stage;
use crate::support::{Double, problem};

/// The one who signs in is a supervisor of customs.
fn supervisor() -> Double {
    let mut double = Double::with(60);
    double.status.officers[0].role = Role::Supervisor;
    double.counts = true;
    double
}

fn french(mut double: Double) -> Double {
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    double
}

fn colleague(double: &Double, agency: Agency, role: Role) -> Officer {
    let me = double.status.officers[0].id;
    let officers = double.status.officers.iter();
    let mut fitting = officers.filter(|o| o.agency == agency && o.role == role && o.id != me);
    fitting.next().unwrap().clone()
}

/// An inspection of customs and the veterinary service on which nothing was recorded yet.
fn joint(double: &Double) -> InspectionId {
    let with = |row: &outpost_protocol::WorklistRow, agency| {
        let mut states = row.row.agencies.iter();
        states.any(|s| s.agency == agency && s.state == SectionState::Waiting)
    };
    let rows = double.rows();
    let fits = |row: &&outpost_protocol::WorklistRow| {
        with(row, Agency::Customs) && with(row, Agency::Veterinary)
    };
    rows.iter().find(fits).unwrap().row.id
}

/// The veterinary service holds it; `by` proposes to lift the hold.
fn overridden(double: &mut Double, by: &Officer) -> (InspectionId, EntryId) {
    let id = joint(double);
    let vet = colleague(double, Agency::Veterinary, Role::Inspector);
    let hold = HoldId(Uuid::from_u128(5));
    let placed = EntryBody::HoldPlaced {
        hold,
        hold_type: HoldType::Veterinary,
        level: HoldLevel::Conveyance,
        reason: HoldReason::LabPending,
        note: "histamine, sample S-17".to_owned(),
        review: Some("2026-11-24".parse().unwrap()),
    };
    double.write(id, &vet, placed);
    let proposal = double.write(
        id,
        by,
        EntryBody::OverrideProposed {
            hold,
            reason: "Perishable; the laboratory is closed until Thursday.".to_owned(),
        },
    );
    (id, proposal)
}

/// Shows the queue of what is for approval, where it stands alone.
fn for_approval(mut double: Double) -> (Stage, InspectionId, EntryId) {
    let chief = colleague(&double, Agency::Customs, Role::Supervisor);
    let (id, proposal) = overridden(&mut double, &chief);
    let mut stage = Stage::signed_in(double);
    stage.click_like(&outpost_ui::text::tr("queue-approval"));
    while stage.window().selected() != Some(id) {
        stage.press(Key::J);
    }
    (stage, id, proposal)
}

fn last(stage: &Stage) -> &EntryBody {
    &stage.double.recorded.last().unwrap().1
}

#[test]
fn what_is_for_approval_tells_both_decisions_and_what_would_be_by_light() {
    let (mut stage, ..) = for_approval(supervisor());
    for words in [
        "histamine, sample S-17",
        "Perishable; the laboratory is closed",
        "The hold is lifted; the goods are then:",
    ] {
        assert!(stage.says(words), "{words}");
    }
    stage.snapshot("approval-light");
}

#[test]
fn what_is_for_approval_in_the_dark_in_french() {
    outpost_ui::text::speak(outpost_ui::text::Language::French);
    let (mut stage, ..) = for_approval(dark(french(supervisor())));
    stage.press(Key::N);
    stage.snapshot("approval-declined-dark-fr");
    outpost_ui::text::speak(outpost_ui::text::Language::English);
}

#[test]
fn y_and_a_signature_approve_and_the_hold_is_gone() {
    let (mut stage, id, proposal) = for_approval(supervisor());
    stage.press(Key::Y);
    assert!(
        stage.double.recorded.is_empty(),
        "a key alone signs nothing"
    );
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(
        stage.double.recorded,
        [(id, EntryBody::OverrideConfirmed { proposal })]
    );
    assert!(!stage.says("Perishable; the laboratory is closed"));
    assert_eq!(stage.window().place(), Place::Worklist);
}

#[test]
fn declining_wants_a_reason_and_the_hold_stands() {
    let (mut stage, _, proposal) = for_approval(supervisor());
    stage.click("Decline");
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(stage.double.recorded.is_empty());
    stage.type_text("The result comes today.");
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    let declined = EntryBody::OverrideDeclined {
        proposal,
        reason: "The result comes today.".to_owned(),
    };
    assert_eq!(*last(&stage), declined);
    assert!(!stage.says("Perishable; the laboratory is closed"));
}

#[test]
fn who_proposed_it_is_told_why_the_second_signature_is_another_officers() {
    let mut double = supervisor();
    let me = double.status.officers[0].clone();
    let (id, _) = overridden(&mut double, &me);
    let mut stage = Stage::signed_in(double);
    while stage.window().selected() != Some(id) {
        stage.press(Key::J);
    }
    assert!(stage.says("a second officer has to confirm it"));
    stage.press(Key::Y);
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(stage.double.recorded.is_empty());
}

#[test]
fn without_an_override_the_key_says_that_none_waits() {
    let mut stage = Stage::signed_in(supervisor());
    stage.press(Key::Y);
    assert!(stage.says("No override waits for approval here."));
}

#[test]
fn a_comment_is_written_beside_the_list_for_the_own_agency_unless_said_otherwise() {
    let mut stage = Stage::signed_in(supervisor());
    stage.press(Key::M);
    stage.type_text("Weigh it again before you open it.");
    stage.snapshot("comment-written");
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    let EntryBody::CommentWritten { text, audience, .. } = last(&stage).clone() else {
        panic!("{:?}", last(&stage));
    };
    assert_eq!(text, "Weigh it again before you open it.");
    assert_eq!(audience, Audience::OwnAgency);
    stage.press(Key::M);
    stage.type_text("Bay 4 is wet.");
    stage.click("All agencies concerned");
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(matches!(
        last(&stage),
        EntryBody::CommentWritten {
            audience: Audience::Concerned,
            ..
        }
    ));
}

#[test]
fn a_comment_is_the_first_thing_on_the_inspection_until_it_was_read() {
    let mut double = supervisor();
    let chief = colleague(&double, Agency::Customs, Role::Supervisor);
    let me = double.status.officers[0].id;
    let id = joint(&double);
    let comment = double.write(
        id,
        &chief,
        EntryBody::CommentWritten {
            text: "The informant says the false wall is at the front. Do not open the doors alone."
                .to_owned(),
            audience: Audience::OwnAgency,
            to: Some(me),
        },
    );
    let mut stage = Stage::signed_in(double);
    while stage.window().selected() != Some(id) {
        stage.press(Key::J);
    }
    assert!(stage.says("1 comment for you"));
    stage.press(Key::Enter);
    assert!(stage.says("false wall is at the front"));
    stage.snapshot("comment-band");
    stage.press(Key::Num3);
    assert!(stage.says("false wall is at the front"), "on every tab");
    stage.press_with(Modifiers::COMMAND, Key::R);
    assert_eq!(
        stage.double.recorded,
        [(id, EntryBody::CommentAcknowledged { comment })]
    );
    assert!(!stage.says("false wall is at the front"));
    stage.press(Key::Escape);
    assert!(!stage.says("1 comment for you"));
}

#[test]
fn marked_rows_are_given_to_the_officer_who_is_chosen_by_load() {
    let mut stage = Stage::signed_in(supervisor());
    let first = stage.window().selected().unwrap();
    stage.press_with(Modifiers::SHIFT, Key::J);
    stage.press_with(Modifiers::SHIFT, Key::J);
    assert!(stage.says("3 marked"));
    stage.press(Key::A);
    stage.snapshot("assign-light");
    stage.press(Key::ArrowDown);
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    let (inspections, _) = stage.double.assigned[0].clone();
    assert_eq!(inspections.len(), 3);
    assert_eq!(inspections[0], first, "in the order of the list");
    assert!(stage.says("Assigned to "));
    assert!(!stage.says("3 marked"));
}

#[test]
fn what_could_not_be_given_is_told_by_name_and_stays_marked() {
    let mut double = supervisor();
    let why = Problem {
        args: [("by".to_owned(), "T. Kamanga".to_owned())].into(),
        ..problem("already-signed", "signed")
    };
    let rows = double.rows();
    double.not_assignable = rows.iter().map(|row| (row.row.id, why.clone())).collect();
    let mut stage = Stage::signed_in(double);
    let keep = stage.window().selected().unwrap();
    stage.double.not_assignable.retain(|(id, _)| *id == keep);
    stage.press(Key::Space);
    stage.press(Key::J);
    stage.press(Key::Space);
    stage.press(Key::A);
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(stage.says("1 could not be assigned:"));
    assert!(stage.says("signed before, by T. Kamanga"));
    stage.snapshot("assign-not");
    stage.press(Key::Escape);
    assert!(stage.says("1 marked"));
    stage.press(Key::Escape);
    assert!(!stage.says("1 marked"));
}

#[test]
fn a_row_without_a_mark_is_given_alone_and_a_click_on_the_box_marks() {
    let mut stage = Stage::signed_in(supervisor());
    let selected = stage.window().selected().unwrap();
    stage.press(Key::A);
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(stage.double.assigned[0].0, [selected]);
    let unit = stage
        .double
        .rows()
        .iter()
        .find(|r| r.row.id == selected)
        .unwrap()
        .row
        .unit
        .clone();
    let row = stage
        .harness
        .get_by_label_contains(&format!("{unit}, "))
        .rect();
    let pointer = row.left_center() + egui::vec2(24.0, 0.0);
    stage.harness.drag_at(pointer);
    stage.harness.drop_at(pointer);
    stage.settle();
    assert!(stage.says("1 marked"));
}

#[test]
fn an_inspector_marks_and_assigns_nothing() {
    let mut stage = Stage::signed_in(Double::with(20));
    stage.press(Key::Space);
    assert!(stage.says("Only supervisors assign inspections."));
    assert!(!stage.says("1 marked"));
    stage.press(Key::A);
    assert!(stage.double.assigned.is_empty());
}

#[test]
fn a_view_is_kept_by_name_and_shown_from_anywhere_by_key_and_from_the_palette() {
    let mut stage = Stage::signed_in(supervisor());
    stage.click_like("Waiting for goods");
    let shown = stage.window().shown();
    assert!(shown < 60);
    stage.press(Key::V);
    stage.type_text("Quay, mornings");
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    let me = stage.double.status.officers[0].id;
    let (name, value) = stage.double.settings_seen[0].clone();
    assert_eq!(name, format!("views:{me}"));
    assert!(value.contains("queue-goods"), "{value}");
    stage.press(Key::Num1);
    assert_eq!(stage.window().shown(), 60);
    stage.click("Agenda");
    stage.press_with(Modifiers::ALT, Key::Num1);
    assert_eq!(stage.window().place(), Place::Worklist);
    assert_eq!(stage.window().shown(), shown);
    stage.press(Key::Num1);
    stage.press_with(Modifiers::COMMAND, Key::K);
    stage.type_text("mornings");
    stage.press(Key::Enter);
    assert_eq!(stage.window().shown(), shown);
    stage.press(Key::V);
    stage.snapshot("views");
    stage.click("Forget the view Quay, mornings");
    let (_, value) = stage.double.settings_seen.last().unwrap();
    assert_eq!(value, "");
}

#[test]
fn every_queue_is_in_the_palette_by_its_name() {
    let mut stage = Stage::signed_in(supervisor());
    stage.click("Agenda");
    stage.press_with(Modifiers::COMMAND, Key::K);
    stage.type_text("queue lab");
    stage.press(Key::Enter);
    assert_eq!(stage.window().place(), Place::Worklist);
    assert!(stage.window().shown() < 60);
}

#[test]
fn what_one_officer_marks_and_writes_is_not_there_for_the_next() {
    let mut stage = Stage::signed_in(supervisor());
    stage.press(Key::Space);
    stage.press(Key::M);
    stage.type_text("Between us.");
    let chief = colleague(&stage.double, Agency::Customs, Role::Supervisor);
    stage.double.status.officer = Some(chief);
    stage.tell(stage.double.status_event());
    stage.tell(outpost_protocol::Event::Rows {
        rows: stage.double.rows(),
        removed: Vec::new(),
        complete: true,
    });
    stage.settle();
    assert!(!stage.says("Between us."));
    assert!(!stage.says("1 marked"));
    stage.press(Key::M);
    assert!(stage.says("Who may read it"), "keys are heard again");
}
