//! Checklists: begun, answered with the number keys alone, and what is seen of them; and how few keys a conform
//! inspection takes.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outpost_domain::*;
use outpost_ui::design::{Look, ThemeChoice};
use outpost_ui::screens::inspection::Tab;
use outpost_ui::text::{Language, speak};

use crate::inspection::{Stage, key as type_key, plain, settle, staged};
use crate::world::{self, Desk};

fn lists() -> Vec<Checklist> {
    outpost_demo::checklists().expect("built-in lists")
}

fn veterinary() -> Checklist {
    let mut lists = lists().into_iter();
    lists
        .find(|l| l.agency == Agency::Veterinary)
        .expect("one of theirs")
}

fn veterinarian() -> Officer {
    world::officer(
        Agency::Veterinary,
        "Dr G. Phiri",
        outpost_domain::Role::Inspector,
    )
}

fn desk() -> Desk {
    let mut desk = world::fresh();
    desk.status.officer = Some(veterinarian());
    desk.lists = lists()
        .into_iter()
        .filter(|l| l.agency == Agency::Veterinary)
        .collect();
    desk.rebuild();
    desk
}

fn answered(list: &Checklist, answers: &[(&str, Given)]) -> EntryBody {
    EntryBody::ChecklistAnswered {
        list: list.reference(),
        answers: answers
            .iter()
            .map(|(question, given)| ListAnswer {
                question: (*question).to_owned(),
                given: given.clone(),
            })
            .collect(),
    }
}

const fn yes(yes: bool) -> Given {
    Given::YesNo { yes }
}

/// Begun by the veterinarian, with a temperature that is too warm.
fn begun() -> Desk {
    let mut desk = desk();
    let body = answered(
        &veterinary(),
        &[
            ("mark", yes(true)),
            (
                "state",
                Given::Choice {
                    option: "frozen".into(),
                },
            ),
            (
                "core-frozen",
                Given::Number {
                    thousandths: -12_400,
                },
            ),
        ],
    );
    desk.enter(&veterinarian(), "2026-11-23T07:05:00Z", body);
    desk
}

/// The answers of the list that were recorded last.
fn recorded(harness: &Harness<'static, Stage>) -> Vec<ListAnswer> {
    let recorded = harness.state().desk.recorded();
    match recorded.last() {
        Some(EntryBody::ChecklistAnswered { answers, .. }) => answers.clone(),
        _ => Vec::new(),
    }
}

#[test]
fn a_list_is_answered_with_the_number_keys_and_a_field() {
    let mut harness = plain(desk(), Tab::Checks);
    type_key(&mut harness, Modifiers::NONE, Key::L);
    // Mark: yes. State: frozen. The field for the temperature takes the keyboard by itself.
    type_key(&mut harness, Modifiers::NONE, Key::Num1);
    type_key(&mut harness, Modifiers::NONE, Key::Num1);
    harness.event(egui::Event::Text("-19,5".to_owned()));
    settle(&mut harness);
    type_key(&mut harness, Modifiers::NONE, Key::Enter);
    // Packages whole, smell normal; the labels are no must and are passed over.
    type_key(&mut harness, Modifiers::NONE, Key::Num1);
    type_key(&mut harness, Modifiers::NONE, Key::Num2);
    type_key(&mut harness, Modifiers::NONE, Key::Enter);
    type_key(&mut harness, Modifiers::NONE, Key::Num1);
    type_key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let answers = recorded(&harness);
    let given = answers_by_question(&answers);
    let core = Given::Number {
        thousandths: -19_500,
    };
    assert_eq!(given.get("core-frozen"), Some(&&core));
    assert_eq!(given.get("smell"), Some(&&yes(false)));
    assert_eq!(veterinary().missing(&given).count(), 0);
    assert_eq!(answers.len(), 5);
    assert_eq!(given.get("label"), None);
    assert!(harness.query_by_label("Complete").is_some());
}

#[test]
fn what_is_typed_survives_and_is_recorded_once() {
    let mut harness = plain(begun(), Tab::Checks);
    type_key(&mut harness, Modifiers::NONE, Key::L);
    // The temperature was too warm: its cause is asked now.
    harness
        .get_by_role_and_label(Role::MultilineTextInput, "What explains the temperature?")
        .focus();
    settle(&mut harness);
    harness.event(egui::Event::Text("plug was out at the quay".to_owned()));
    settle(&mut harness);
    type_key(&mut harness, Modifiers::NONE, Key::Escape);
    type_key(&mut harness, Modifiers::NONE, Key::L);
    type_key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let answers = recorded(&harness);
    assert_eq!(answers.len(), 1, "what stands already is not sent again");
    assert_eq!(answers[0].question, "cause");
}

#[test]
fn a_number_out_of_bounds_is_told_with_its_bounds_and_not_sent() {
    let mut harness = plain(begun(), Tab::Checks);
    type_key(&mut harness, Modifiers::NONE, Key::L);
    let field = "Core temperature, warmest of three packages";
    harness
        .get_by_role_and_label(Role::TextInput, field)
        .focus();
    settle(&mut harness);
    type_key(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(egui::Event::Text("-124".to_owned()));
    settle(&mut harness);
    type_key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(recorded(&harness), vec![]);
    let told = format!("{field} A number from −60 to 60 °C is wanted.");
    assert!(harness.query_by_label(&told).is_some());
}

#[test]
fn a_section_is_not_signed_while_a_begun_list_lacks_an_answer() {
    let mut desk = begun();
    let decision = Decision::Waived {
        reason: "not ours".into(),
    };
    let items = vec![];
    desk.enter(
        &veterinarian(),
        "2026-11-23T07:05:00Z",
        EntryBody::Decided { decision, items },
    );
    let view = desk.view();
    let why = view.refusal(&EntryBody::SectionSigned);
    assert_eq!(
        why.as_deref(),
        Some("3 wanted answers are missing in the checklist animal-products.")
    );
}

#[test]
fn the_card_and_the_questions_as_they_look() {
    let mut harness = plain(begun(), Tab::Checks);
    harness.snapshot("lists-card");
    type_key(&mut harness, Modifiers::NONE, Key::L);
    harness.snapshot("lists-questions");
}

#[test]
fn the_questions_in_french_with_gloves_in_the_dark() {
    speak(Language::French);
    let look = Look {
        theme: ThemeChoice::Dark,
        glove: true,
    };
    let mut harness = staged(begun(), Tab::Checks, look);
    type_key(&mut harness, Modifiers::NONE, Key::L);
    harness.snapshot("lists-questions-fr-dark-glove");
}

#[test]
fn a_conform_inspection_takes_at_most_25_key_presses() {
    let mut inspection = world::fresh().inspection;
    let first = inspection.consignment.items[0].clone();
    inspection.consignment.items = (1..=12)
        .map(|number| GoodsItem {
            number,
            ..first.clone()
        })
        .collect();
    let seal = inspection.units[0].seals[0].clone();
    inspection.units[0].seals = (1..=3)
        .map(|n| DeclaredSeal {
            number: format!("ML-009331{n}"),
            ..seal.clone()
        })
        .collect();
    inspection.units[0].alerts.clear();
    let mut harness = plain(
        Desk::new(
            inspection,
            world::officer(Agency::Customs, "A. Mwale", outpost_domain::Role::Inspector),
        ),
        Tab::Manifest,
    );
    let none = Modifiers::NONE;
    // A key with Shift or Ctrl counts as two presses.
    let way = [
        (none, Key::Num3),
        (Modifiers::SHIFT, Key::S),
        (Modifiers::SHIFT, Key::G),
        (none, Key::Num5),
        (none, Key::U),
        (none, Key::Space),
        (Modifiers::COMMAND, Key::Enter),
        (none, Key::Num3),
        (Modifiers::SHIFT, Key::K),
    ];
    let presses: usize = way
        .iter()
        .map(|(modifiers, _)| 1 + usize::from(!modifiers.is_none()))
        .sum();
    for (modifiers, key) in way {
        type_key(&mut harness, modifiers, key);
    }
    assert!(presses <= 25, "{presses} presses");
    let view = harness.state().desk.view();
    let state = view.state();
    assert_eq!(state.seals.len(), 3);
    assert!(state.seals.iter().all(|s| s.seal.conform()));
    assert_eq!(state.items.len(), 12);
    assert!(state.items.iter().all(|i| i.outcome == ItemOutcome::Match));
    let sides = &state.sides[0].points;
    assert_eq!(sides.len(), 7);
    assert!(sides.iter().all(|p| p.condition == SideCondition::Sound));
    let section = view.section().expect("customs has a part");
    let checked = |kind| {
        let mut checks = section.checks.iter();
        checks.any(|c| c.check == kind && c.result == CheckResult::Satisfactory)
    };
    assert!(checked(CheckKind::SevenPoint) && checked(CheckKind::Identity));
}

#[test]
fn a_seal_found_otherwise_and_a_count_worked_out_as_they_look() {
    let mut harness = plain(world::fresh(), Tab::Checks);
    type_key(&mut harness, Modifiers::NONE, Key::S);
    harness.snapshot("seal-entry");
    type_key(&mut harness, Modifiers::NONE, Key::Escape);
    harness
        .get_by_label_contains("1, Frozen fish fillets")
        .click();
    settle(&mut harness);
    let field = "Packages found";
    harness
        .get_by_role_and_label(Role::TextInput, field)
        .focus();
    settle(&mut harness);
    type_key(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(egui::Event::Text("31 × 42 + 8".to_owned()));
    settle(&mut harness);
    harness.snapshot("item-calculation");
    type_key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let recorded = harness.state().desk.recorded();
    let Some(EntryBody::ItemCompared {
        outcome,
        differences,
        ..
    }) = recorded.last()
    else {
        panic!("no item was compared: {recorded:?}");
    };
    assert_eq!(*outcome, ItemOutcome::Excess);
    assert_eq!(differences[0].found, "1310");
    harness.snapshot("goods-sum");
}

#[test]
fn an_outcome_is_chosen_with_a_number_key() {
    let mut harness = plain(world::fresh(), Tab::Checks);
    type_key(&mut harness, Modifiers::NONE, Key::G);
    type_key(&mut harness, Modifiers::NONE, Key::Num5);
    harness
        .get_by_role_and_label(Role::MultilineTextInput, "Note")
        .focus();
    settle(&mut harness);
    harness.event(egui::Event::Text("Squid, 2 cartons of 5".to_owned()));
    settle(&mut harness);
    type_key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let recorded = harness.state().desk.recorded();
    let Some(EntryBody::ItemCompared {
        item,
        outcome,
        note,
        ..
    }) = recorded.last()
    else {
        panic!("no item was compared: {recorded:?}");
    };
    assert_eq!((*item, *outcome), (1, ItemOutcome::ALL[4]));
    assert_eq!(note, "Squid, 2 cartons of 5", "digits typed are words");
}
