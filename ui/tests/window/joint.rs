//! The joint inspection: who decided what, the slot, samples and readings, and the record that all sign.

use egui::accesskit::Role as Part;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use outpost_domain::*;
use outpost_ui::design::{Look, ThemeChoice};
use outpost_ui::screens::inspection::Tab;

use crate::inspection::{Stage, key, last, plain, press, settle, sized, staged, write};
use crate::world::{self, Desk, PIN, officer};

type Harness = egui_kittest::Harness<'static, Stage>;

fn time(text: &str) -> jiff::Timestamp {
    world::at(&format!("2026-11-23T{text}:00Z"))
}

fn customs() -> Officer {
    officer(Agency::Customs, "A. Mwale", Role::Inspector)
}

fn vet() -> Officer {
    officer(Agency::Veterinary, "Dr G. Phiri", Role::Inspector)
}

fn accepted(items: &[u32], coded: Vec<Condition>) -> EntryBody {
    EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded,
        },
        items: items.to_vec(),
    }
}

fn sample() -> EntryBody {
    EntryBody::SampleTaken {
        sample: Sample {
            number: "V-2026-0417".to_owned(),
            item: 1,
            batch: "B204".to_owned(),
            count: 5,
            matter: "whole fillet".to_owned(),
            test: "Histamine".to_owned(),
            laboratory: "Central veterinary laboratory".to_owned(),
            reason: SampleReason::Random,
            analysis: Analysis::Initial,
            conservation: Conservation::Frozen,
        },
        photos: Vec::new(),
    }
}

/// Two agencies at work: a slot moved and answered, a sample on its way, readings, and a part refused.
fn at_work() -> Desk {
    let mut desk = world::busy();
    let slot = desk.enter(
        &customs(),
        "2026-11-23T06:30:00Z",
        EntryBody::SlotProposed {
            bay: "Bay 2 · reefer".to_owned(),
            span: Span {
                start: time("08:00"),
                end: time("10:00"),
            },
            setup_minutes: 15,
            agencies: vec![Agency::Customs, Agency::Veterinary, Agency::Police],
            over: None,
        },
    );
    desk.enter(
        &vet(),
        "2026-11-23T06:34:00Z",
        EntryBody::SlotAnswered {
            answer: Answer::OtherTime,
            reason: "At the abattoir until eleven".to_owned(),
            rather: Some(Span {
                start: time("09:30"),
                end: time("11:00"),
            }),
            minutes: Some(90),
            proposal: Some(slot),
        },
    );
    desk.enter(
        &vet(),
        "2026-11-23T07:08:00Z",
        EntryBody::CheckConcluded {
            check: CheckKind::Physical,
            result: CheckResult::Satisfactory,
            reason: String::new(),
        },
    );
    let drawn = desk.enter(&vet(), "2026-11-23T07:10:00Z", sample());
    desk.enter(
        &vet(),
        "2026-11-23T07:14:00Z",
        EntryBody::SampleMoved {
            sample: drawn,
            step: CustodyStep::Sealed,
            person: "Dr G. Phiri".to_owned(),
            seal: "Q-5521".to_owned(),
        },
    );
    desk.enter(
        &vet(),
        "2026-11-23T07:15:00Z",
        EntryBody::ReadingTaken {
            reading: Reading {
                quantity: ReadingKind::Temperature,
                thousandths: -14_200,
                place: "between pallets 3 and 4".to_owned(),
                device: "Testo 104, 2231".to_owned(),
                calibrated_until: Some(jiff::civil::date(2026, 10, 31)),
            },
        },
    );
    desk.enter(
        &customs(),
        "2026-11-23T07:18:00Z",
        EntryBody::UnitExamined {
            unit: "MSKU6011672".to_owned(),
            points: UnitSide::ALL
                .iter()
                .map(|side| UnitPoint {
                    side: *side,
                    condition: if *side == UnitSide::Front {
                        SideCondition::Altered
                    } else {
                        SideCondition::Sound
                    },
                    place: None,
                    note: if *side == UnitSide::Front {
                        "new rivets, sounds hollow".to_owned()
                    } else {
                        String::new()
                    },
                })
                .collect(),
            photos: Vec::new(),
        },
    );
    desk.enter(
        &customs(),
        "2026-11-23T07:21:00Z",
        accepted(&[], Vec::new()),
    );
    desk
}

/// Everybody decided, nothing is held, the record is concluded.
fn concluded() -> Desk {
    let mut desk = at_work();
    desk.inspection.holds.clear();
    desk.rebuild();
    let condition = Condition {
        code: ConditionCode::NamedPlace,
        place: "Cold store 3".to_owned(),
        deadline: Some(jiff::civil::date(2026, 11, 30)),
    };
    desk.enter(
        &vet(),
        "2026-11-23T07:23:00Z",
        accepted(&[1, 3], vec![condition]),
    );
    desk.enter(
        &vet(),
        "2026-11-23T07:24:00Z",
        EntryBody::Decided {
            decision: Decision::NotAcceptable {
                action: RefusalAction::Destruction,
                family: Some(RefusalFamily::Physical),
                reason: "thawed and frozen again".to_owned(),
                deadline: None,
            },
            items: vec![2],
        },
    );
    let record = desk.view().state().record.hash;
    desk.enter(
        &customs(),
        "2026-11-23T07:25:00Z",
        EntryBody::JointConcluded {
            record,
            note: "One presentation, 08:00 to 09:25.".to_owned(),
        },
    );
    desk
}

fn pictured(desk: Desk, theme: ThemeChoice, name: &str) {
    let look = Look {
        theme,
        glove: false,
    };
    let mut harness = staged(desk, Tab::Joint, look);
    harness.snapshot(format!("joint-{name}-{}", theme.code()));
}

#[test]
fn agencies_at_work_in_light() {
    pictured(at_work(), ThemeChoice::Light, "work");
}

#[test]
fn agencies_at_work_in_dark() {
    pictured(at_work(), ThemeChoice::Dark, "work");
}

#[test]
fn a_record_that_waits_for_signatures() {
    pictured(concluded(), ThemeChoice::Light, "concluded");
}

#[test]
fn before_anybody_did_anything() {
    pictured(world::fresh(), ThemeChoice::Light, "fresh");
}

#[test]
fn in_a_narrow_window_with_gloves() {
    let look = Look {
        theme: ThemeChoice::Light,
        glove: true,
    };
    let mut harness = sized(at_work(), Tab::Joint, look, [1100.0, 760.0]);
    harness.snapshot("joint-work-gloves");
}

#[test]
fn one_item_is_refused_and_the_rest_accepted() {
    let mut harness = plain(world::busy(), Tab::Joint);
    press(&mut harness, "Customs, item 2: at work");
    harness
        .get_by_role_and_label(Part::Button, "Not acceptable")
        .click();
    settle(&mut harness);
    write(
        &mut harness,
        Part::MultilineTextInput,
        "Why",
        "Other goods than declared",
    );
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::Decided { decision, items } = last(&harness) else {
        panic!("not a decision: {:?}", last(&harness));
    };
    assert!(matches!(decision, Decision::NotAcceptable { .. }));
    assert_eq!(items, [2]);
}

fn type_slot(harness: &mut Harness, from: &str, to: &str) {
    for (name, text) in [("From", from), ("To", to)] {
        harness.get_by_role_and_label(Part::TextInput, name).focus();
        settle(harness);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        settle(harness);
        harness
            .get_by_role_and_label(Part::TextInput, name)
            .type_text(text);
        settle(harness);
    }
}

#[test]
fn a_slot_is_proposed_by_its_key() {
    let mut harness = plain(world::fresh(), Tab::Joint);
    key(&mut harness, Modifiers::NONE, Key::N);
    type_slot(&mut harness, "1030", "12h");
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::SlotProposed { span, over, .. } = last(&harness) else {
        panic!("not a slot: {:?}", last(&harness));
    };
    // The post is two hours east.
    assert_eq!(span.start.to_string(), "2026-11-23T08:30:00Z");
    assert_eq!(span.end.to_string(), "2026-11-23T10:00:00Z");
    assert_eq!(over, None);
}

#[test]
fn a_reading_is_typed_with_a_comma() {
    let mut harness = plain(world::fresh(), Tab::Joint);
    key(&mut harness, Modifiers::NONE, Key::R);
    write(&mut harness, Part::TextInput, "Value (°C)", "-14,2");
    write(
        &mut harness,
        Part::TextInput,
        "Instrument, number",
        "Testo 104",
    );
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::ReadingTaken { reading } = last(&harness) else {
        panic!("not a reading: {:?}", last(&harness));
    };
    assert_eq!(reading.thousandths, -14_200);
}

#[test]
fn a_sample_before_the_physical_check_is_refused_in_words() {
    let mut harness = plain(world::fresh(), Tab::Joint);
    key(&mut harness, Modifiers::NONE, Key::Y);
    for (name, text) in [
        ("Number on the bag", "V-1"),
        ("Tested for", "Histamine"),
        ("Laboratory", "CVL"),
    ] {
        write(&mut harness, Part::TextInput, name, text);
    }
    let why = "Record the physical check first: samples are drawn after it.";
    assert!(harness.query_by_label(why).is_some());
}

#[test]
fn all_sides_are_sound_but_the_one_that_is_noted() {
    let mut harness = plain(world::fresh(), Tab::Joint);
    key(&mut harness, Modifiers::NONE, Key::U);
    harness.get_by_label("Front wall: rebuilt").click();
    settle(&mut harness);
    press(&mut harness, "All others are sound");
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::UnitExamined { points, .. } = last(&harness) else {
        panic!("not the sides: {:?}", last(&harness));
    };
    assert_eq!(points.len(), 7);
    let altered: Vec<UnitSide> = points
        .iter()
        .filter(|p| p.condition == SideCondition::Altered)
        .map(|p| p.side)
        .collect();
    assert_eq!(altered, [UnitSide::Front]);
}

#[test]
fn another_officer_signs_with_the_own_pin_at_the_same_laptop() {
    let mut harness = plain(concluded(), Tab::Joint);
    key(&mut harness, Modifiers::NONE, Key::G);
    write(&mut harness, Part::PasswordInput, "PIN", "111111");
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(
        harness.state().screen.form_open(),
        "a wrong PIN signs nothing"
    );
    assert!(
        harness.state().desk.drafts.values().all(String::is_empty),
        "a PIN is never kept as a draft"
    );
    assert!(harness.query_by_label_contains("is kept on").is_none());
    write(&mut harness, Part::PasswordInput, "PIN", PIN);
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(!harness.state().screen.form_open());
    let signed = harness
        .state()
        .desk
        .entries
        .last()
        .expect("an entry")
        .payload
        .clone();
    assert!(matches!(signed.body, EntryBody::RecordSigned { .. }));
    assert_eq!(signed.agency, Agency::Customs, "the first that is awaited");
}

#[test]
fn the_driver_signs_on_the_screen() {
    let mut harness = plain(concluded(), Tab::Joint);
    press(&mut harness, "Declarant or driver");
    write(&mut harness, Part::TextInput, "Name", "T. Banda");
    let field = harness.get_by_label("Sign here").rect();
    harness.drag_at(field.left_center() + egui::vec2(40.0, 0.0));
    settle(&mut harness);
    for step in 1..12 {
        let at =
            field.left_center() + egui::vec2(40.0 + step as f32 * 20.0, (step % 3) as f32 * 9.0);
        harness.hover_at(at);
    }
    settle(&mut harness);
    assert_eq!(
        harness.get_by_label("Sign here").rect(),
        field,
        "it moved under the pen"
    );
    harness.drop_at(field.center());
    settle(&mut harness);
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::PartySigned { name, strokes, .. } = last(&harness) else {
        panic!("not a signature: {:?}", last(&harness));
    };
    assert_eq!(name, "T. Banda");
    assert_eq!(strokes.len(), 1);
    assert!(strokes[0].0.len() > 11, "{strokes:?}");
    let begun = (40.0 / field.width() * 1000.0).round() as u16;
    assert_eq!(strokes[0].0.first(), Some(&(begun, 500)));
}

#[test]
fn the_time_that_another_agency_would_rather_have_is_taken_with_one_key() {
    let mut harness = plain(at_work(), Tab::Joint);
    key(&mut harness, Modifiers::NONE, Key::A);
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::SlotProposed { span, over, .. } = last(&harness) else {
        panic!("not a slot: {:?}", last(&harness));
    };
    assert_eq!((span.start, span.end), (time("09:30"), time("11:00")));
    let stood = harness.state().desk.view().state().slot.clone();
    assert!(over.is_some(), "it takes the place of what stood");
    assert_eq!(stood.map(|s| s.slot.span()), Some(span));
}

#[test]
fn the_first_proposal_where_no_slot_was_is_not_called_a_move() {
    let mut inspection = world::fresh().inspection;
    inspection.slot = None;
    let mut desk = Desk::new(inspection, customs());
    let propose = |over| EntryBody::SlotProposed {
        bay: "Bay 3".to_owned(),
        span: Span {
            start: time("08:00"),
            end: time("10:00"),
        },
        setup_minutes: 0,
        agencies: vec![Agency::Customs, Agency::Veterinary],
        over,
    };
    let first = desk.enter(&customs(), "2026-11-23T06:30:00Z", propose(None));
    let harness = plain(desk, Tab::Joint);
    let said = |harness: &Harness, words: &str| harness.query_by_label(words).is_some();
    assert!(said(&harness, "Proposed by A. Mwale, 08:30"));
    let mut desk = harness.into_state().desk;
    desk.enter(&customs(), "2026-11-23T06:40:00Z", propose(Some(first)));
    assert!(said(&plain(desk, Tab::Joint), "Moved by A. Mwale, 08:40"));
}
