//! Comparing: with the image as it was opened and with an earlier scan, over a line, side by side and in turns.

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use outpost_domain::{BlobHash, Reference, ReferenceKind, Scan};
use outpost_ui::design::Look;
use outpost_ui::screens::inspection::Tab;

use crate::inspection::{Stage, key, press, settle, staged, until};
use crate::radiograph::{drag, drawn, stage};
use crate::world::{self, Desk, image};

const NAME: &str = "Radiograph of MSKU 601167 2";

/// The inspection with an earlier scan of the unit, by a smaller scanner of one energy.
fn twice_scanned(here: bool) -> Desk {
    let mut desk = world::busy();
    let (bytes, (width, height)) = image::one_energy();
    let now = desk.inspection.scans[0].clone();
    desk.inspection.scans.push(Scan {
        blob: BlobHash::of(&bytes),
        bytes: bytes.len() as u64,
        scanner: "Nuctech MT1213".to_owned(),
        taken_at: "2026-09-12T08:05:00Z".parse().expect("a time"),
        width,
        height,
        pitch_mm: Some(8.0),
        ..now
    });
    if here {
        desk.blobs.insert(BlobHash::of(&bytes), bytes);
    }
    desk.rebuild();
    desk
}

fn opened(desk: Desk) -> Harness<'static, Stage> {
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    harness
}

/// Pixels of the screen in a column left and one right of the stage's middle.
fn columns(harness: &mut Harness<'static, Stage>) -> [Vec<[u8; 4]>; 2] {
    harness.remove_cursor();
    drawn(harness);
    let stage = stage(harness);
    let shot = harness.render().expect("the window is drawn");
    let middle = stage.center();
    [-120.0, 120.0].map(|off| {
        let x = (middle.x + off) as u32;
        let rows = (middle.y as u32 - 60)..(middle.y as u32 + 60);
        rows.map(|y| shot.get_pixel(x, y).0).collect()
    })
}

#[test]
fn left_of_the_line_is_the_image_as_it_was_opened() {
    let mut harness = opened(world::busy());
    let opened = columns(&mut harness);
    key(&mut harness, Modifiers::NONE, Key::I);
    let negative = columns(&mut harness);
    assert!(opened[0] != negative[0]);
    key(&mut harness, Modifiers::NONE, Key::K);
    let split = columns(&mut harness);
    assert!(split[0] == opened[0], "the original stands on the left");
    assert!(split[1] == negative[1], "the negative stands on the right");
    harness.snapshot("radiograph-split");
    let middle = stage(&harness).center();
    drag(&mut harness, middle, vec2(-240.0, 0.0));
    let moved = columns(&mut harness);
    assert!(moved[0] == negative[0], "the line went to the left of it");
    key(&mut harness, Modifiers::NONE, Key::K);
    assert!(columns(&mut harness) == negative);
}

#[test]
fn an_earlier_scan_is_laid_side_by_side_and_moves_along() {
    let mut harness = opened(twice_scanned(true));
    press(&mut harness, "with Nuctech MT1213 · 12 Sep 10:05");
    drawn(&mut harness);
    until(&mut harness, "Side by side");
    press(&mut harness, "Side by side");
    drawn(&mut harness);
    assert!(
        harness
            .query_by_label("Laid on each other by what both show.")
            .is_some()
    );
    let whole = stage(&harness);
    harness.hover_at(whole.center());
    settle(&mut harness);
    harness.hover_at(whole.center() + vec2(40.0, 10.0));
    drawn(&mut harness);
    harness.snapshot("radiograph-side-by-side");
    for _ in 0..3 {
        key(&mut harness, Modifiers::NONE, Key::Plus);
    }
    let zoomed = columns(&mut harness);
    key(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(columns(&mut harness) != zoomed);
}

#[test]
fn a_scan_that_is_not_here_cannot_be_laid_beside_and_says_why() {
    let mut harness = opened(twice_scanned(false));
    let chip = harness.get_by_label("with Nuctech MT1213 · 12 Sep 10:05");
    assert!(chip.accesskit_node().is_disabled());
    for _ in 0..2 {
        key(&mut harness, Modifiers::NONE, Key::B);
    }
    settle(&mut harness);
    let why = "Nothing is compared: lay the original or another scan beside it first.";
    assert!(harness.query_all_by_label(why).count() > 0);
}

/// The inspection with an empty unit to compare with, on this laptop, and one of the same goods that is not.
fn with_references() -> Desk {
    let mut desk = world::busy();
    let (bytes, (width, height)) = image::one_energy();
    let own = desk.inspection.scans[0].clone();
    let reference = |reference, bytes: &[u8]| Reference {
        reference,
        scan: Scan {
            blob: BlobHash::of(bytes),
            bytes: bytes.len() as u64,
            width,
            height,
            pitch_mm: Some(8.0),
            unit_read: None,
            ..own.clone()
        },
    };
    desk.inspection.references = vec![
        reference(ReferenceKind::SameHeading, b"on its way"),
        reference(ReferenceKind::Empty, &bytes),
    ];
    desk.blobs.insert(BlobHash::of(&bytes), bytes);
    desk.rebuild();
    desk
}

#[test]
fn a_reference_image_is_laid_beside_and_named_for_what_it_is() {
    let mut harness = opened(with_references());
    let absent = harness.get_by_label("Same goods, another unit");
    assert!(absent.accesskit_node().is_disabled(), "not here yet");
    press(&mut harness, "Such a unit, empty");
    drawn(&mut harness);
    until(&mut harness, "Side by side");
    press(&mut harness, "Side by side");
    drawn(&mut harness);
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("radiograph-reference");
    // It is nothing of this inspection: it is not among the scans that are read and concluded.
    assert_eq!(harness.state().desk.view().scans().len(), 1);
}
