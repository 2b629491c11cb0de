//! Practice: marked as such on every page, answered with place and confidence, told the truth, and recorded nowhere.

use egui::{Key, Modifiers, Pos2, Rect, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable;
use jiff::ToSpan;
use outpost_domain::*;
use outpost_protocol::{PracticeCase, Practised};
use outpost_ui::design::Look;
use outpost_ui::intent::Place;
use outpost_ui::screens::inspection::Tab;

use crate::inspection::{settle, staged, until};
use crate::stage::Stage;
use crate::support::{Double, now};
use crate::world::{busy, image};

const NAME: &str = "Practice scan";
const BANNER: &str = "PRACTICE · No real work: nothing is recorded, counted or sent";

/// The post with three clean scans, one of which is dealt with a threat in it or none.
fn practising(projects: Option<u64>) -> Double {
    let mut double = Double::with(40);
    let (file, (width, height)) = image::radiograph();
    let blob = BlobHash([9; 32]);
    let inspection = double.own()[3].clone();
    double.case = Some(PracticeCase {
        scan: Scan {
            blob,
            bytes: file.len() as u64,
            media_type: "image/tiff".to_owned(),
            scanner: "Meridian MB1215".to_owned(),
            site: "Kasumulu, scanner".to_owned(),
            taken_at: now() - 26.hours(),
            pitch_mm: Some(5.0),
            width,
            height,
            unit_read: None,
            description: None,
        },
        goods: "Frozen fish fillets, hake".to_owned(),
        projects,
        unit: inspection.units[0].number.spaced(),
        inspection: inspection.id,
    });
    double.files.insert(blob, file);
    double.practice = Practised {
        off: false,
        scans: 3,
        results: Vec::new(),
    };
    double
}

/// The seed of a threat that has its place in the scan.
const SEED: Option<u64> = Some(11);

fn opened(double: Double) -> Stage {
    let mut stage = Stage::signed_in(double);
    stage.press_with(Modifiers::COMMAND, Key::Num8);
    assert_eq!(stage.window().place(), Place::Practice);
    stage
}

/// Draws until the scan's picture is there.
fn drawn(stage: &mut Stage) {
    let begun = std::time::Instant::now();
    while !stage.window().practice_drawn() {
        stage.settle();
        assert!(begun.elapsed().as_secs() < 120, "the picture never came");
    }
    stage.settle();
}

fn next(stage: &mut Stage) {
    stage.press(Key::Enter);
    drawn(stage);
}

fn dealt(double: Double) -> Stage {
    let mut stage = opened(double);
    next(&mut stage);
    stage
}

/// Drags a box over pixels of the scan, which lies whole on the stage.
fn mark(stage: &mut Stage, place: Bounds) {
    stage.press(Key::R);
    let (_, (width, height)) = image::radiograph();
    let room: Rect = stage.harness.get_by_label(NAME).rect();
    let zoom = (room.width() / width as f32).min(room.height() / height as f32);
    let size = vec2(width as f32, height as f32) * zoom;
    let corner = room.center() - size / 2.0;
    let at = |x: u32, y: u32| -> Pos2 { corner + vec2(x as f32, y as f32) * zoom };
    let (from, to) = (
        at(place.x, place.y),
        at(place.x + place.width, place.y + place.height),
    );
    stage.harness.drag_at(from);
    stage.settle();
    stage.harness.hover_at(pos2(from.x + 4.0, from.y + 4.0));
    stage.settle();
    stage.harness.hover_at(to);
    stage.settle();
    stage.harness.drop_at(to);
    drawn(stage);
}

fn last(stage: &Stage) -> PracticeResult {
    stage
        .double
        .practice
        .results
        .last()
        .expect("an answer was kept")
        .clone()
}

/// Where the threat of [`SEED`] is: what the truth says after an answer.
fn truth() -> Bounds {
    let mut stage = dealt(practising(SEED));
    stage.press(Key::Num2);
    stage.press(Key::S);
    last(&stage)
        .projected
        .expect("a threat was projected")
        .place
}

#[test]
fn a_threat_that_is_marked_is_a_hit_and_nothing_of_it_is_recorded() {
    let place = truth();
    let mut stage = dealt(practising(SEED));
    assert!(stage.says(BANNER));
    assert!(stage.says("Frozen fish fillets, hake"));
    stage.snapshot("practice-scan");
    mark(&mut stage, place);
    stage.press(Key::Num3);
    stage.snapshot("practice-marked");
    stage.press(Key::F);
    drawn(&mut stage);
    let result = last(&stage);
    assert_eq!(result.outcome(), PracticeOutcome::Hit);
    assert_eq!(result.confidence, Confidence::High);
    assert!(stage.says("you found it") && stage.says(BANNER));
    stage.snapshot("practice-truth");
    assert!(
        stage.double.recorded.is_empty(),
        "{:?}",
        stage.double.recorded
    );
    assert!(stage.double.papers.is_empty());
}

#[test]
fn a_mark_on_a_clean_scan_is_a_false_alarm_and_leads_to_the_inspection() {
    let double = practising(None);
    let unit = double.case.as_ref().expect("a scan is dealt").unit.clone();
    let mut stage = dealt(double);
    assert!(
        !stage.says(&unit),
        "whose scan it is, is not told before the answer"
    );
    mark(
        &mut stage,
        Bounds {
            x: 300,
            y: 300,
            width: 120,
            height: 80,
        },
    );
    stage.press(Key::Num1);
    stage.press(Key::F);
    drawn(&mut stage);
    assert_eq!(last(&stage).outcome(), PracticeOutcome::FalseAlarm);
    assert!(stage.says(&unit));
    stage.snapshot("practice-false-alarm");
    stage.click("Open the inspection");
    assert_eq!(stage.window().place(), Place::Inspection);
    assert!(!stage.says(BANNER));
}

#[test]
fn an_answer_needs_its_place_and_how_sure() {
    let mut stage = dealt(practising(SEED));
    stage.press(Key::S);
    stage.press(Key::F);
    assert!(
        stage.double.practice.results.is_empty(),
        "how sure was not said"
    );
    stage.press(Key::F);
    stage.harness.key_press(Key::Num2);
    stage.harness.key_press(Key::F);
    stage.settle();
    assert!(
        stage.double.practice.results.is_empty(),
        "no place was marked"
    );
    // Within one frame, as on a slow laptop.
    stage.press(Key::Enter);
    stage.harness.key_press(Key::Num1);
    stage.harness.key_press(Key::S);
    stage.settle();
    assert_eq!(last(&stage).outcome(), PracticeOutcome::Miss);
    assert_eq!(last(&stage).confidence, Confidence::Low);
    stage.press(Key::S);
    stage.press(Key::F);
    assert_eq!(stage.double.practice.results.len(), 1, "answered once");
    stage.press(Key::Enter);
    drawn(&mut stage);
    assert!(stage.says("How sure are you?"), "the next one is asked");
}

#[test]
fn a_click_in_the_regions_tool_marks_the_place() {
    let place = truth();
    let mut stage = dealt(practising(SEED));
    stage.press(Key::R);
    let (_, (width, height)) = image::radiograph();
    let room: Rect = stage.harness.get_by_label(NAME).rect();
    let zoom = (room.width() / width as f32).min(room.height() / height as f32);
    let corner = room.center() - vec2(width as f32, height as f32) * zoom / 2.0;
    let middle = Vec2::new(
        place.x as f32 + place.width as f32 / 2.0,
        place.y as f32 + place.height as f32 / 2.0,
    );
    let at = corner + middle * zoom;
    stage.harness.drag_at(at);
    stage.harness.run_steps(2);
    stage.harness.drop_at(at);
    stage.settle();
    stage.press(Key::Num3);
    stage.press(Key::F);
    assert_eq!(last(&stage).outcome(), PracticeOutcome::Hit);
}

/// Answers over three days.
fn answers() -> Vec<PracticeResult> {
    let place = Bounds {
        x: 900,
        y: 300,
        width: 200,
        height: 100,
    };
    (0..46i64)
        .map(|n| PracticeResult {
            scan: BlobHash([9; 32]),
            projected: (n % 2 == 0).then_some(Projected {
                what: PracticeThreat::ALL[(n as usize / 2) % 6],
                place,
                thickness: 1.0,
            }),
            marked: (n % 10 != 4 && n % 2 == 0 || n % 9 == 5).then_some(place),
            confidence: Confidence::Medium,
            milliseconds: 8_000 + (n as u32 * 7_919) % 30_000,
            at: now() - (26 * (n / 16)).hours() - n.minutes(),
        })
        .collect()
}

#[test]
fn the_score_is_told_with_what_it_stands_on() {
    let mut double = practising(SEED);
    double.practice.results = answers();
    let mut stage = opened(double);
    assert!(stage.says("Telling apart (A′)") && stage.says("Day by day"));
    assert!(!stage.says("few"), "23 of each kind are not few");
    stage.snapshot("practice-score");
}

#[test]
fn a_score_of_few_answers_is_marked_as_such() {
    let mut double = practising(SEED);
    double.practice.results = answers()[..3].to_vec();
    double.practice.scans = 1;
    let mut stage = opened(double);
    assert!(stage.says("n 3, few"));
    stage.snapshot("practice-score-few");
}

#[test]
fn before_the_first_answer_the_page_says_how_it_works() {
    let mut stage = opened(practising(SEED));
    assert!(stage.says("In about one half a threat is projected"));
    stage.snapshot("practice-start");
}

#[test]
fn a_laptop_without_clean_scans_and_a_post_without_practice_say_so() {
    let mut double = practising(SEED);
    double.practice.scans = 0;
    let mut stage = opened(double);
    assert!(stage.says("No clean scan is on this laptop"));
    stage.press(Key::Enter);
    assert!(stage.says("No clean scan is on this laptop"));
    stage.snapshot("practice-none");
    let mut double = practising(SEED);
    double.practice.off = true;
    let mut stage = opened(double);
    assert!(stage.says("Practice is switched off"));
    stage.press(Key::Enter);
    assert!(stage.says("Practice is switched off"));
}

#[test]
fn in_french_in_gloves_and_on_a_narrow_window_it_is_practice_all_the_same() {
    let mut double = practising(SEED);
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    settings.insert("glove".to_owned(), "on".to_owned());
    let mut stage = Stage::sized(double, 1180.0, 760.0);
    stage.sign_in();
    stage.press_with(Modifiers::COMMAND, Key::Num8);
    next(&mut stage);
    assert!(stage.says("ENTRAÎNEMENT"));
    stage.press(Key::Num2);
    stage.snapshot("practice-narrow-glove-french");
    stage.press(Key::S);
    drawn(&mut stage);
    stage.snapshot("practice-truth-narrow-glove-french");
}

#[test]
fn leaving_leads_back_and_what_was_not_answered_does_not_count() {
    let mut stage = dealt(practising(SEED));
    stage.press(Key::Escape);
    assert_eq!(stage.window().place(), Place::Worklist);
    assert!(!stage.says(BANNER));
    stage.press_with(Modifiers::COMMAND, Key::Num8);
    assert!(stage.says("How it works"), "the scan was put away");
    assert!(stage.double.practice.results.is_empty());
}

#[test]
fn a_form_with_words_in_it_is_not_left_for_practice() {
    let mut stage = Stage::signed_in(practising(SEED));
    stage.press(Key::J);
    stage.press(Key::Enter);
    assert_eq!(stage.window().place(), Place::Inspection);
    stage.press(Key::F);
    stage.type_text("seal replaced, fresh rivet");
    stage.press_with(Modifiers::COMMAND, Key::Num8);
    assert_eq!(stage.window().place(), Place::Inspection);
    let words = "seal replaced, fresh rivet";
    let kept = stage.harness.query_all_by_value(words).next();
    assert!(kept.is_some(), "the words stay");
}

#[test]
fn practice_is_a_press_away_from_a_radiograph_unless_the_authority_has_switched_it_off() {
    let name = "Radiograph of MSKU 601167 2";
    let mut harness = staged(busy(), Tab::Radiograph, Look::default());
    until(&mut harness, name);
    harness.get_by_label_contains("Practise").click_accesskit();
    settle(&mut harness);
    assert!(harness.state().practises);
    let mut desk = busy();
    desk.status.post = Some(Post {
        code: desk.inspection.post.clone(),
        name: "Kasumulu land post".to_owned(),
        zone: "Africa/Blantyre".to_owned(),
        bays: Vec::new(),
        travel_minutes: 0,
        suggestions_off: false,
        practice_off: true,
        hours: None,
    });
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, name);
    assert!(harness.query_by_label_contains("Practise").is_none());
}

#[test]
fn who_signs_in_after_another_does_not_see_the_others_score() {
    let mut double = practising(SEED);
    double.practice.results = answers();
    let mut stage = opened(double);
    assert!(stage.says("Day by day"));
    stage.press_with(Modifiers::COMMAND, Key::K);
    stage.type_text("sign out");
    stage.press(Key::Enter);
    stage.double.practice.results.clear();
    let other = stage.double.status.officers[1].name.clone();
    stage.click_like(&other);
    stage.type_text(outpost_demo::PIN);
    stage.press(Key::Enter);
    assert_eq!(stage.window().place(), Place::Practice);
    assert!(!stage.says("Day by day"));
    assert!(stage.says("You have not practised on this laptop yet"));
}
