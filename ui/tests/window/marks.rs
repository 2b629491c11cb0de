//! Marking a radiograph: every kind of mark is drawn with the pointer, described, recorded, and judged after the exam.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outpost_domain::{Confidence, EntryBody, RegionCategory, RegionShape, RegionVerdict};
use outpost_ui::design::Look;
use outpost_ui::screens::inspection::Tab;

use crate::inspection::{Stage, key, last, press, settle, staged, until, write};
use crate::radiograph::{drag, drawn, stage};
use crate::world;

const NAME: &str = "Radiograph of MSKU 601167 2";

fn opened() -> Harness<'static, Stage> {
    let mut harness = staged(world::busy(), Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    key(&mut harness, Modifiers::NONE, Key::R);
    harness
}

fn click(harness: &mut Harness<'static, Stage>, off: Vec2) {
    let at = stage(harness).center() + off;
    harness.hover_at(at);
    settle(harness);
    harness.drag_at(at);
    settle(harness);
    harness.drop_at(at);
    settle(harness);
}

/// Records what was drawn and gives it.
fn recorded(harness: &mut Harness<'static, Stage>) -> EntryBody {
    key(harness, Modifiers::COMMAND, Key::Enter);
    drawn(harness);
    last(harness)
}

fn shape(body: EntryBody) -> RegionShape {
    let EntryBody::RegionDrawn { shape, .. } = body else {
        panic!("not a region: {body:?}");
    };
    shape
}

#[test]
fn every_kind_of_mark_is_drawn_and_recorded() {
    let mut harness = opened();
    let middle = stage(&harness).center();
    press(&mut harness, "Ellipse");
    drag(&mut harness, middle + vec2(-300.0, -60.0), vec2(90.0, 60.0));
    press(&mut harness, "High");
    let EntryBody::RegionDrawn {
        shape: RegionShape::Ellipse { width, height, .. },
        confidence: Some(Confidence::High),
        category: RegionCategory::Other,
        ..
    } = recorded(&mut harness)
    else {
        panic!("no ellipse: {:?}", last(&harness));
    };
    assert!(width > height && height > 60, "{width} × {height}");

    // The key goes on to the next kind.
    key(&mut harness, Modifiers::NONE, Key::R);
    for off in [
        (-120.0, -40.0),
        (-40.0, -50.0),
        (-20.0, 40.0),
        (-110.0, 50.0),
    ] {
        click(&mut harness, off.into());
    }
    key(&mut harness, Modifiers::NONE, Key::Backspace);
    click(&mut harness, vec2(-90.0, 30.0));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let RegionShape::Polygon { corners } = shape(recorded(&mut harness)) else {
        panic!("no outline: {:?}", last(&harness));
    };
    assert_eq!(corners.len(), 4);

    press(&mut harness, "Arrow");
    drag(
        &mut harness,
        middle + vec2(260.0, -120.0),
        vec2(-50.0, 70.0),
    );
    let RegionShape::Arrow { from, to } = shape(recorded(&mut harness)) else {
        panic!("no arrow: {:?}", last(&harness));
    };
    assert!(from.x > to.x && from.y < to.y, "{from:?} to {to:?}");

    press(&mut harness, "Ruler");
    drag(&mut harness, middle + vec2(60.0, 70.0), vec2(200.0, 0.0));
    let RegionShape::Ruler { from, to } = shape(recorded(&mut harness)) else {
        panic!("no ruler: {:?}", last(&harness));
    };
    assert_eq!(from.y, to.y);

    press(&mut harness, "Text");
    click(&mut harness, vec2(120.0, -70.0));
    // Words without words are refused before they are sent.
    assert_eq!(
        shape(recorded(&mut harness)),
        RegionShape::Ruler { from, to }
    );
    write(
        &mut harness,
        Role::MultilineTextInput,
        "Comment",
        "Pump or compressor",
    );
    assert!(matches!(
        shape(recorded(&mut harness)),
        RegionShape::Text { .. }
    ));
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("radiograph-marks");
}

#[test]
fn an_outline_of_two_corners_is_none_and_escape_drops_it() {
    let mut harness = opened();
    press(&mut harness, "Outline");
    let recorded = harness.state().desk.recorded();
    click(&mut harness, vec2(-120.0, -40.0));
    click(&mut harness, vec2(-40.0, -50.0));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    settle(&mut harness);
    assert!(harness.query_by_label("What is it?").is_none());
    key(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, vec2(-20.0, 40.0));
    key(&mut harness, Modifiers::NONE, Key::Enter);
    settle(&mut harness);
    assert!(harness.query_by_label("What is it?").is_none());
    assert_eq!(harness.state().desk.recorded(), recorded);
}

#[test]
fn the_exam_makes_a_region_a_hit_or_a_false_alarm_and_the_last_word_counts() {
    let mut harness = staged(world::busy(), Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    press(&mut harness, "Show region 1");
    drawn(&mut harness);
    press(&mut harness, "Hit");
    let judged = |body: EntryBody| match body {
        EntryBody::RegionJudged { verdict, .. } => Some(verdict),
        _ => None,
    };
    assert_eq!(judged(last(&harness)), Some(RegionVerdict::Hit));
    press(&mut harness, "False alarm");
    assert_eq!(judged(last(&harness)), Some(RegionVerdict::FalseAlarm));
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("radiograph-judged");
}

#[test]
fn a_region_drawn_on_a_turned_and_mirrored_image_is_recorded_where_it_is_on_the_file() {
    let mut harness = opened();
    let middle = stage(&harness).center();
    // Left of the middle and above it, wider than high.
    drag(&mut harness, middle + vec2(-200.0, -60.0), vec2(80.0, 30.0));
    let RegionShape::Box {
        x,
        y,
        width,
        height,
    } = shape(recorded(&mut harness))
    else {
        panic!("no box: {:?}", last(&harness));
    };
    key(&mut harness, Modifiers::NONE, Key::J);
    drawn(&mut harness);
    drag(&mut harness, middle + vec2(200.0, -60.0), vec2(-80.0, 30.0));
    let RegionShape::Box {
        x: mx,
        y: my,
        width: mw,
        height: mh,
    } = shape(recorded(&mut harness))
    else {
        panic!("no box: {:?}", last(&harness));
    };
    let near = |a: u32, b: u32| assert!(a.abs_diff(b) <= 3, "{a} {b}");
    near(x, mx);
    near(y, my);
    near(width, mw);
    near(height, mh);
    // Turned, the image stands on its end: drawn higher than wide it is wider than high on the file.
    key(&mut harness, Modifiers::NONE, Key::Q);
    drawn(&mut harness);
    drag(&mut harness, middle + vec2(-20.0, -60.0), vec2(20.0, 90.0));
    let RegionShape::Box { width, height, .. } = shape(recorded(&mut harness)) else {
        panic!("no box: {:?}", last(&harness));
    };
    assert!(width > 2 * height, "{width} × {height}");
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("radiograph-turned");
    key(&mut harness, Modifiers::NONE, Key::X);
    drawn(&mut harness);
    assert!(harness.query_by_label(NAME).is_some());
}
