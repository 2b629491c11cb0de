//! What stands out on a radiograph is offered with its reason; it becomes an entry only through the officer.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use outpost_domain::{EntryBody, Post};
use outpost_ui::design::Look;
use outpost_ui::screens::inspection::Tab;

use crate::inspection::{key, last, settle, staged, until};
use crate::radiograph::drawn;
use crate::world;

const NAME: &str = "Radiograph of MSKU 601167 2";

#[test]
fn a_suggestion_is_shown_marked_through_the_form_and_recorded_once() {
    let mut harness = staged(world::busy(), Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    let before = harness.state().desk.recorded().len();
    key(&mut harness, Modifiers::NONE, Key::Period);
    drawn(&mut harness);
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("radiograph-suggestion");
    assert_eq!(
        harness.state().desk.recorded().len(),
        before,
        "looking at one records nothing"
    );
    key(&mut harness, Modifiers::NONE, Key::Enter);
    settle(&mut harness);
    assert!(harness.query_by_label("What is it?").is_some());
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    drawn(&mut harness);
    let EntryBody::RegionDrawn { comment, .. } = last(&harness) else {
        panic!("not a region: {:?}", last(&harness));
    };
    assert!(!comment.is_empty(), "the reason goes with it");
    assert_eq!(harness.state().desk.recorded().len(), before + 1);
}

#[test]
fn what_is_put_away_is_not_offered_again_and_records_nothing() {
    let mut harness = staged(world::busy(), Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    let before = harness.state().desk.recorded().len();
    for _ in 0..10 {
        key(&mut harness, Modifiers::NONE, Key::Period);
        key(&mut harness, Modifiers::NONE, Key::Backspace);
    }
    drawn(&mut harness);
    assert!(harness.query_by_label("Suggestions 0").is_some());
    assert_eq!(harness.state().desk.recorded().len(), before);
}

#[test]
fn an_authority_that_switches_suggestions_off_sees_none() {
    let mut desk = world::busy();
    desk.status.post = Some(Post {
        code: desk.inspection.post.clone(),
        name: "Kasumulu land post".to_owned(),
        zone: "Africa/Blantyre".to_owned(),
        bays: Vec::new(),
        travel_minutes: 0,
        suggestions_off: true,
        practice_off: false,
        hours: None,
    });
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    assert!(harness.query_by_label_contains("Suggestions").is_none());
}
