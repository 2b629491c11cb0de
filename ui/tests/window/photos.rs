//! Photos of seals and goods on the workbench: opened from the checks, marked, and shown with what their camera wrote.
#![allow(clippy::unwrap_used)]

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outpost_domain::{
    Agency, BlobHash, BroughtImage, EntryBody, FindingCategory, ImageKind, RegionShape, Role,
    Severity,
};
use outpost_ui::design::Look;
use outpost_ui::screens::inspection::Tab;
use outpost_ui::text::{Language, speak};

use crate::inspection::{Stage, key, last, press, sized, staged, until};
use crate::radiograph::{drag, drawn};
use crate::world::{self, Desk, image};

/// A door with two seals, as a telephone that was held upright writes it: lying on its side, with a note about that.
fn jpeg() -> Vec<u8> {
    let picture = ::image::RgbImage::from_fn(900, 1200, |x, y| {
        let bar = (x / 60) % 2 == 0;
        let seal = |cx: u32, cy: u32| {
            let (dx, dy) = (x.abs_diff(cx), y.abs_diff(cy));
            dx * dx + dy * dy < 70 * 70
        };
        if seal(300, 620) {
            ::image::Rgb([226, 190, 40])
        } else if seal(610, 700) {
            ::image::Rgb([190, 60, 50])
        } else {
            let shade = if bar { 96 } else { 116 } + (y / 60) as u8;
            ::image::Rgb([shade, shade + 8, shade + 20])
        }
    });
    let lying = ::image::imageops::rotate270(&picture);
    let mut bytes = std::io::Cursor::new(Vec::new());
    lying
        .write_to(&mut bytes, ::image::ImageFormat::Jpeg)
        .unwrap();
    let mut bytes = bytes.into_inner();
    let exif = exif();
    let mut segment = vec![0xff, 0xe1];
    segment.extend(u16::try_from(exif.len() + 8).unwrap().to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(exif);
    bytes.splice(2..2, segment);
    bytes
}

/// Camera, time, place and how it was held.
fn exif() -> Vec<u8> {
    let mut head = b"MM\0*\0\0\0\x08".to_vec();
    let mut tail: Vec<u8> = Vec::new();
    let mut fields: Vec<(u16, u16, u32, Vec<u8>)> = vec![
        (0x010f, 2, 6, b"Maker\0".to_vec()),
        (0x0110, 2, 12, b"Telephone 7\0".to_vec()),
        (0x0112, 3, 1, vec![0, 6, 0, 0]),
        (0x0132, 2, 20, b"2026:11:23 08:52:04\0".to_vec()),
        (0x8825, 4, 1, vec![0; 4]),
    ];
    let beyond = 8 + 2 + 12 * fields.len() + 4;
    for (_, _, _, value) in &mut fields {
        if value.len() > 4 {
            let at = u32::try_from(beyond + tail.len()).unwrap();
            tail.extend(std::mem::replace(value, at.to_be_bytes().to_vec()));
        }
    }
    // The place's directory stands behind everything; its own values behind it.
    let gps = u32::try_from(beyond + tail.len()).unwrap();
    fields[4].3 = gps.to_be_bytes().to_vec();
    let degrees = |parts: [u32; 3]| -> Vec<u8> {
        let rational = |part: u32| [part, 100].into_iter().flat_map(u32::to_be_bytes);
        parts.into_iter().flat_map(rational).collect()
    };
    let values = gps + 2 + 12 * 4 + 4;
    tail.extend(4u16.to_be_bytes());
    for (tag, kind, count, value) in [
        (1u16, 2u16, 2u32, u32::from_be_bytes(*b"S\0\0\0")),
        (2, 5, 3, values),
        (3, 2, 2, u32::from_be_bytes(*b"E\0\0\0")),
        (4, 5, 3, values + 24),
    ] {
        tail.extend(tag.to_be_bytes());
        tail.extend(kind.to_be_bytes());
        tail.extend(count.to_be_bytes());
        tail.extend(value.to_be_bytes());
    }
    tail.extend([0; 4]);
    tail.extend(degrees([900, 3500, 1200]));
    tail.extend(degrees([3300, 5800, 3000]));
    head.extend(u16::try_from(fields.len()).unwrap().to_be_bytes());
    for (tag, kind, count, value) in fields {
        head.extend(tag.to_be_bytes());
        head.extend(kind.to_be_bytes());
        head.extend(count.to_be_bytes());
        head.extend(value);
    }
    head.extend([0; 4]);
    head.extend(tail);
    head
}

/// The drawings' inspection with a finding that has a photo.
fn photographed() -> (Desk, BlobHash) {
    let mut desk = world::busy();
    let bytes = jpeg();
    let blob = BlobHash::of(&bytes);
    desk.blobs.insert(blob, bytes);
    let me = world::officer(Agency::Customs, "A. Mwale", Role::Inspector);
    desk.enter(
        &me,
        "2026-11-23T07:12:00Z",
        EntryBody::FindingRecorded {
            category: FindingCategory::Seal,
            severity: Severity::Major,
            text: "A second seal on the right door".to_owned(),
            item: None,
            region: None,
            photos: vec![blob],
            legal_reference: String::new(),
        },
    );
    desk.rebuild();
    (desk, blob)
}

const PHOTO: &str = "Finding · 09:12";
const NAME: &str = "Photo of MSKU 601167 2";
const SCAN: &str = "Radiograph of MSKU 601167 2";

fn opened() -> Harness<'static, Stage> {
    let (desk, _) = photographed();
    let mut harness = staged(desk, Tab::Checks, Look::default());
    press(&mut harness, PHOTO);
    until(&mut harness, NAME);
    drawn(&mut harness);
    harness
}

fn says(harness: &Harness<'static, Stage>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn a_photo_opens_from_the_checks_upright_and_says_what_its_camera_wrote() {
    let mut harness = opened();
    for said in [
        "Maker Telephone 7",
        "2026:11:23 08:52:04",
        "9.58667, 33.97500",
        "Put upright as the camera noted (EXIF 6).",
        "A second seal on the right door",
    ] {
        assert!(says(&harness, said), "{said}");
    }
    let size = harness.state().screen.image_size().unwrap();
    assert_eq!(size, (900, 1200), "it stands");
    for absent in [
        "Materials",
        "Local contrast",
        "Measure",
        "No anomaly",
        "Profile",
    ] {
        assert!(!says(&harness, absent), "{absent} is not offered");
    }
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("photo");
}

#[test]
fn a_mark_on_a_photo_is_an_entry_that_names_the_photo() {
    let (_, blob) = photographed();
    let mut harness = opened();
    key(&mut harness, Modifiers::NONE, Key::R);
    assert!(!says(&harness, "Ruler"), "a photo has no lengths");
    press(&mut harness, "Arrow");
    let middle = harness.get_by_label(NAME).rect().center();
    drag(&mut harness, middle + vec2(160.0, -90.0), vec2(-50.0, 60.0));
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    drawn(&mut harness);
    let EntryBody::RegionDrawn { scan, shape, .. } = last(&harness) else {
        panic!("no region: {:?}", last(&harness));
    };
    assert_eq!(scan, blob);
    assert!(matches!(shape, RegionShape::Arrow { .. }), "{shape:?}");
    assert!(says(&harness, "Regions 1"), "it stands beside the photo");
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("photo-marked");
}

#[test]
fn what_makes_no_sense_for_a_photo_says_so_when_its_key_is_pressed() {
    let mut harness = opened();
    key(&mut harness, Modifiers::NONE, Key::M);
    drawn(&mut harness);
    assert!(says(&harness, "it has no X-ray shades to work on"));
    key(&mut harness, Modifiers::NONE, Key::Q);
    drawn(&mut harness);
    key(&mut harness, Modifiers::NONE, Key::J);
    drawn(&mut harness);
    let size = harness.state().screen.image_size().unwrap();
    assert_eq!(size, (900, 1200), "the file stays as it came");
}

#[test]
fn raw_samples_are_fetched_with_their_description_and_shown() {
    let mut desk = world::busy();
    let samples: Vec<u8> = (0..600 * 200u32)
        .flat_map(|at| ((at % 600 * 100) as u16).to_be_bytes())
        .collect();
    let description = br#"{"width": 600, "height": 200, "bits": 16, "byte_order": "big",
        "pitch_mm": 5.0, "scanner": "MB 1215", "site": "gate 2", "taken": "2026-11-23T06:20:00Z"}"#;
    let [file, told] = [BlobHash::of(&samples), BlobHash::of(description)];
    desk.blobs.insert(file, samples.clone());
    desk.blobs.insert(told, description.to_vec());
    let me = world::officer(Agency::Customs, "A. Mwale", Role::Inspector);
    let image = BroughtImage {
        image: ImageKind::Radiograph,
        files: vec![file, told],
        bytes: samples.len() as u64,
        media_type: BroughtImage::RAW.to_owned(),
        name: "17.raw".to_owned(),
        width: 600,
        height: 200,
        taken_at: Some("2026-11-23T06:20:00Z".parse().unwrap()),
        file_at: None,
        source: "MB 1215".to_owned(),
        site: "gate 2".to_owned(),
        pitch_um: Some(5000),
        unit_read: None,
    };
    desk.enter(
        &me,
        "2026-11-23T07:12:00Z",
        EntryBody::ImageBrought {
            image: Box::new(image),
        },
    );
    desk.rebuild();
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, SCAN);
    press(&mut harness, "MB 1215 · 08:20");
    drawn(&mut harness);
    assert_eq!(harness.state().screen.image_size(), Some((600, 200)));
    assert!(
        says(&harness, "Inconclusive"),
        "it is concluded like any other"
    );
}

#[test]
fn a_photo_in_a_narrow_window_in_french() {
    speak(Language::French);
    let (mut desk, blob) = photographed();
    let me = world::officer(Agency::Customs, "A. Mwale", Role::Inspector);
    // Twelve photos: the strip names those near the one that is shown.
    for number in 0..12u8 {
        let bytes = image::file(60 + u32::from(number), 40);
        let photo = BlobHash::of(&bytes);
        desk.blobs.insert(photo, bytes);
        let image = BroughtImage {
            image: ImageKind::Photo,
            files: vec![photo],
            bytes: 10,
            media_type: "image/jpeg".to_owned(),
            name: format!("IMG_{number}.jpg"),
            width: 60,
            height: 40,
            taken_at: None,
            file_at: None,
            source: String::new(),
            site: String::new(),
            pitch_um: None,
            unit_read: None,
        };
        desk.enter(
            &me,
            "2026-11-23T07:14:00Z",
            EntryBody::ImageBrought {
                image: Box::new(image),
            },
        );
    }
    desk.rebuild();
    let mut harness = sized(desk, Tab::Checks, Look::default(), [1000.0, 700.0]);
    press(&mut harness, "Constatation · 09:12");
    until(&mut harness, "Photo de MSKU 601167 2");
    drawn(&mut harness);
    assert!(harness.state().desk.blobs.contains_key(&blob));
    harness.remove_cursor();
    drawn(&mut harness);
    harness.snapshot("photo-narrow-fr");
    speak(Language::English);
}
