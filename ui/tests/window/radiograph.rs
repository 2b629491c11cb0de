//! The radiograph's workbench: its look in every mode, its keys by name, and what it measures.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use outpost_domain::{Agency, BlobHash, EntryBody};
use outpost_ui::design::{Look, ThemeChoice};
use outpost_ui::radiograph::gpu::Graphics;
use outpost_ui::screens::inspection::Tab;
use outpost_ui::text::{Language, speak, tr};

use crate::inspection::{Stage, key, settle, sized, staged, until};
use crate::world::{self, Desk, image};

const NAME: &str = "Radiograph of MSKU 601167 2";

/// What the inspection has of a window 1280 points wide: the rest is the rail.
const NARROW: [f32; 2] = [1216.0, 770.0];

fn opened(look: Look) -> Harness<'static, Stage> {
    let mut harness = staged(world::busy(), Tab::Radiograph, look);
    until(&mut harness, NAME);
    drawn(&mut harness);
    harness
}

/// Draws until the picture is the one that is wanted.
pub fn drawn(harness: &mut Harness<'static, Stage>) {
    let begun = std::time::Instant::now();
    loop {
        settle(harness);
        if harness.state().screen.radiograph_drawn() {
            return;
        }
        assert!(begun.elapsed().as_secs() < 60, "the picture never came");
    }
}

fn press(harness: &mut Harness<'static, Stage>, pressed: Key) {
    key(harness, Modifiers::NONE, pressed);
    drawn(harness);
}

pub fn drag(harness: &mut Harness<'static, Stage>, from: egui::Pos2, by: Vec2) {
    harness.drag_at(from);
    settle(harness);
    harness.hover_at(from + by / 2.0);
    settle(harness);
    harness.hover_at(from + by);
    settle(harness);
    harness.drop_at(from + by);
    drawn(harness);
}

pub fn stage(harness: &Harness<'static, Stage>) -> Rect {
    harness.get_by_label(NAME).rect()
}

/// The picture in the middle of the stage, as it is on the screen.
fn seen(harness: &mut Harness<'static, Stage>) -> Vec<[u8; 4]> {
    harness.remove_cursor();
    drawn(harness);
    let middle = stage(harness).shrink2(vec2(300.0, 260.0));
    let shot = harness.render().expect("the window is drawn");
    let mut pixels = Vec::new();
    for y in middle.top() as u32..middle.bottom() as u32 {
        for x in middle.left() as u32..middle.right() as u32 {
            pixels.push(shot.get_pixel(x, y).0);
        }
    }
    pixels
}

/// Whether most pixels of a picture have no colour.
fn is_grey(pixels: &[[u8; 4]]) -> bool {
    let grey = pixels
        .iter()
        .filter(|[r, g, b, _]| r.abs_diff(*g) < 6 && g.abs_diff(*b) < 6);
    grey.count() * 10 > pixels.len() * 9
}

fn snapshot(harness: &mut Harness<'static, Stage>, name: &str) {
    harness.remove_cursor();
    drawn(harness);
    harness.snapshot(format!("radiograph-{name}"));
}

#[test]
fn grey_as_it_is_opened() {
    let mut harness = opened(Look::default());
    snapshot(&mut harness, "grey");
}

#[test]
fn a_file_that_is_not_what_its_record_says_is_told_first() {
    let busy = world::busy();
    let mut inspection = busy.inspection;
    inspection.scans[0].pitch_mm = Some(5.0);
    inspection.scans[0].width += 400;
    let me = busy.status.officer.expect("somebody is signed in");
    let mut desk = Desk::new(inspection, me.clone());
    desk.blobs = busy.blobs;
    desk.enter(&me, "2026-11-23T06:44:00Z", EntryBody::SectionClaimed);
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    assert!(harness.query_by_label_contains("its record says").is_some());
    snapshot(&mut harness, "doubted");
}

#[test]
fn material_colours_with_local_contrast_and_edges() {
    let mut harness = opened(Look::default());
    for pressed in [Key::M, Key::C, Key::E] {
        press(&mut harness, pressed);
    }
    snapshot(&mut harness, "material");
}

#[test]
fn a_measuring_line_with_its_profile() {
    let mut harness = opened(Look::default());
    press(&mut harness, Key::U);
    let middle = stage(&harness).center();
    drag(&mut harness, middle + vec2(-330.0, 10.0), vec2(470.0, 0.0));
    assert!(
        harness
            .query_by_label_contains("Attenuation along the line of")
            .is_some()
    );
    snapshot(&mut harness, "measured");
}

#[test]
fn organic_alone_under_the_loupe_in_the_dark_theme() {
    let mut harness = opened(Look {
        theme: ThemeChoice::Dark,
        glove: false,
    });
    press(&mut harness, Key::O);
    press(&mut harness, Key::Z);
    harness.hover_at(stage(&harness).center() + vec2(180.0, 20.0));
    drawn(&mut harness);
    harness.snapshot("radiograph-loupe");
}

#[test]
fn a_colour_map_for_gloves_in_french_in_a_narrow_window() {
    speak(Language::French);
    let look = Look {
        theme: ThemeChoice::Light,
        glove: true,
    };
    let mut harness = sized(world::busy(), Tab::Radiograph, look, NARROW);
    until(&mut harness, "Radiographie de MSKU 601167 2");
    press(&mut harness, Key::V);
    snapshot(&mut harness, "narrow-glove-french");
}

/// Every control of the bar by name, whole, beside its neighbour, in the narrowest window.
#[test]
fn the_tool_bar_never_overflows() {
    for (language, glove) in [
        (Language::English, false),
        (Language::English, true),
        (Language::French, false),
        (Language::French, true),
    ] {
        speak(language);
        let look = Look {
            theme: ThemeChoice::Light,
            glove,
        };
        let mut harness = sized(world::busy(), Tab::Radiograph, look, NARROW);
        drawn_at_all(&mut harness);
        let codes = [
            "read-window",
            "read-move",
            "read-region",
            "read-measure",
            "read-invert",
            "read-log",
            "read-material",
            "read-contrast",
            "read-edges",
            "read-loupe",
            "radiograph-high",
            "read-fit",
            "read-one",
        ];
        let mut right = 0.0;
        for code in codes {
            let name = tr(code);
            // The window and the step cards name some of them again, below the bar.
            let first = harness
                .get_all_by_role_and_label(Role::Button, &name)
                .map(|node| node.rect())
                .min_by(|a, b| a.top().total_cmp(&b.top()))
                .expect("it is on the bar");
            assert!(
                first.left() >= right,
                "{name} in {language:?}, gloves {glove}: {first}"
            );
            assert!(
                first.right() <= NARROW[0],
                "{name} in {language:?}, gloves {glove}: {first}"
            );
            right = first.right();
        }
    }
}

fn drawn_at_all(harness: &mut Harness<'static, Stage>) {
    let begun = std::time::Instant::now();
    while !harness.state().screen.radiograph_drawn() {
        assert!(begun.elapsed().as_secs() < 60, "the picture never came");
        harness.step();
    }
    drawn(harness);
}

#[test]
fn every_switch_changes_the_picture_and_its_key_brings_it_back() {
    let mut harness = opened(Look::default());
    let before = seen(&mut harness);
    assert!(is_grey(&before));
    for pressed in [
        Key::I,
        Key::L,
        Key::Y,
        Key::N,
        Key::G,
        Key::C,
        Key::E,
        Key::O,
        Key::T,
        Key::M,
        Key::D,
    ] {
        press(&mut harness, pressed);
        assert!(seen(&mut harness) != before, "{pressed:?} changes nothing");
        press(&mut harness, pressed);
        assert!(
            seen(&mut harness) == before,
            "{pressed:?} does not come back"
        );
    }
}

/// Lets the graphics card draw the view, whatever card there is.
fn by_card(harness: &mut Harness<'static, Stage>) {
    let card = Graphics::Card {
        format: wgpu::TextureFormat::Rgba8Unorm,
        layers: 256,
    };
    card.tell(&harness.ctx);
    settle(harness);
}

#[test]
fn the_card_shows_the_same_picture_and_every_switch_changes_it() {
    let mut harness = opened(Look::default());
    let by_processor = seen(&mut harness);
    by_card(&mut harness);
    // The planes come to the card a few tiles a frame.
    let seen = |harness: &mut Harness<'static, Stage>| {
        let mut last = seen(harness);
        loop {
            let now = seen(harness);
            if now == last {
                return now;
            }
            last = now;
        }
    };
    let before = seen(&mut harness);
    // Where the processor's picture lies between two pixels of the screen it is mixed once more.
    let apart = |(a, b): (&[u8; 4], &[u8; 4])| u64::from(a[0].abs_diff(b[0]));
    let sum: u64 = before.iter().zip(&by_processor).map(apart).sum();
    let mean = sum as f64 / before.len() as f64;
    assert!(mean < 2.0, "{mean} grey levels apart");
    for pressed in [Key::I, Key::L, Key::N, Key::C, Key::O, Key::M, Key::D] {
        press(&mut harness, pressed);
        let now = seen(&mut harness);
        assert!(now != before, "{pressed:?} changes nothing");
        if pressed == Key::M {
            assert!(!is_grey(&now), "materials without colours");
            snapshot(&mut harness, "card");
        }
        press(&mut harness, pressed);
        assert!(
            seen(&mut harness) == before,
            "{pressed:?} does not come back"
        );
    }
}

#[test]
fn a_switch_pressed_twice_between_two_frames_is_off_again() {
    let mut harness = opened(Look::default());
    let before = seen(&mut harness);
    for _ in 0..2 {
        harness.input_mut().events.push(egui::Event::Key {
            key: Key::I,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
    }
    drawn(&mut harness);
    assert!(seen(&mut harness) == before);
}

#[test]
fn one_key_puts_everything_back() {
    let mut harness = opened(Look::default());
    let before = seen(&mut harness);
    for pressed in [
        Key::N,
        Key::G,
        Key::C,
        Key::E,
        Key::O,
        Key::M,
        Key::I,
        Key::Z,
        Key::D,
        Key::A,
    ] {
        press(&mut harness, pressed);
    }
    let turned = seen(&mut harness);
    assert!(turned != before);
    press(&mut harness, Key::X);
    assert!(seen(&mut harness) == before);
}

#[test]
fn materials_have_their_colours_and_are_named_in_the_legend() {
    let mut harness = opened(Look::default());
    press(&mut harness, Key::M);
    assert!(harness.query_by_label("organic").is_some());
    assert!(harness.query_by_label("not penetrated").is_some());
    let pixels = seen(&mut harness);
    let many = |like: fn(i32, i32, i32) -> bool| {
        let found = pixels
            .iter()
            .filter(|[r, g, b, _]| like((*r).into(), (*g).into(), (*b).into()));
        found.count() * 50 > pixels.len()
    };
    // The container's steel is in front of the fish and draws it towards green.
    assert!(many(|r, g, b| r > g + 6 && g > b + 20), "fish is orange");
    assert!(!is_grey(&pixels));
}

#[test]
fn with_one_energy_material_is_refused_in_words_and_grey_stays() {
    let (bytes, size) = image::one_energy();
    let mut desk = Desk::new(
        world::fish(&bytes, size),
        world::officer(Agency::Customs, "A. Mwale", outpost_domain::Role::Inspector),
    );
    desk.blobs.insert(BlobHash::of(&bytes), bytes);
    desk.rebuild();
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    press(&mut harness, Key::M);
    let why = "Materials are told by two energies; this scan has one.";
    assert!(
        harness.query_all_by_label(why).count() >= 2,
        "in the card and on the stage"
    );
    assert!(is_grey(&seen(&mut harness)));
    for name in ["Material", "6 Organic only", "6 Metal only", "7 Material"] {
        let node = harness.get_by_role_and_label(Role::Button, name);
        assert!(node.accesskit_node().is_disabled(), "{name}");
    }
    snapshot(&mut harness, "one-energy");
}

#[test]
fn a_line_is_measured_in_millimetres_whatever_the_zoom() {
    let mut harness = opened(Look::default());
    press(&mut harness, Key::U);
    let begin = pos2(400.0, 420.0);
    drag(&mut harness, begin, vec2(300.0, 0.0));
    let length = |harness: &Harness<'static, Stage>| {
        let node = harness.get_by_label_contains("Attenuation along the line of");
        let words = node.accesskit_node().label().unwrap_or_default();
        let digits: String = words
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(|c| *c != 'm')
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse::<u32>().expect("a length in millimetres")
    };
    let whole = length(&harness);
    press(&mut harness, Key::Plus);
    press(&mut harness, Key::Plus);
    assert_eq!(
        length(&harness),
        whole,
        "zooming does not change what was measured"
    );
    // The same way on the screen is 1.25² times shorter on the unit now.
    drag(&mut harness, begin, vec2(300.0, 0.0));
    let nearer = length(&harness);
    let expected = f64::from(whole) / (1.25 * 1.25);
    assert!(
        (f64::from(nearer) - expected).abs() <= 12.0,
        "{whole} {nearer}"
    );
    // A click takes it away.
    harness.drag_at(begin);
    harness.drop_at(begin);
    settle(&mut harness);
    assert!(
        harness
            .query_by_label_contains("Attenuation along the line of")
            .is_none()
    );
}

#[test]
fn the_windows_ends_are_dragged_by_themselves() {
    let mut harness = opened(Look::default());
    let window = |harness: &Harness<'static, Stage>| {
        ["Black end of the window", "White end of the window"].map(|name| {
            harness
                .get_by_role_and_label(Role::Slider, name)
                .accesskit_node()
                .numeric_value()
                .expect("an end has a value")
        })
    };
    let before = window(&harness);
    let grip = harness
        .get_by_role_and_label(Role::Slider, "White end of the window")
        .rect();
    drag(&mut harness, grip.center(), vec2(-60.0, 0.0));
    let after = window(&harness);
    assert!((after[0] - before[0]).abs() < 1.0, "{before:?} {after:?}");
    assert!(after[1] < before[1] - 5000.0, "{before:?} {after:?}");
}
