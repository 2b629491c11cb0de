#![allow(clippy::unwrap_used)]

use std::hash::{DefaultHasher, Hash, Hasher};

use outpost_imaging::{Energy, Image, Limits, Rect, Statistics, decode};
use proptest::prelude::*;

use super::*;
use crate::goods::Form;

const FORMS: [Form; 15] = [
    Form::Cartons,
    Form::Frozen,
    Form::Bags,
    Form::Drums,
    Form::Liquid,
    Form::Machinery,
    Form::Vehicles,
    Form::Bales,
    Form::Steel,
    Form::Crates,
    Form::Timber,
    Form::Bottles,
    Form::Tyres,
    Form::Batteries,
    Form::Animals,
];

fn lot(form: Form, chapter: u8, packages: u32, gross_kg: f64) -> Cargo {
    Cargo {
        form,
        chapter,
        packages,
        gross_kg,
    }
}

fn scene(body: Body, cargo: Vec<Cargo>) -> Scene {
    Scene {
        body,
        cargo,
        concealed: None,
        pitch_mm: 8.0,
        seed: 11,
    }
}

fn fish() -> Scene {
    scene(Body::Reefer40, vec![lot(Form::Frozen, 3, 1240, 25_100.0)])
}

fn meta() -> ScanMeta {
    ScanMeta {
        make: "Outpost".to_owned(),
        model: "demonstration scanner".to_owned(),
        energies: "L 1.5 / H 3 MeV".to_owned(),
        site: "Songwe, lane 2".to_owned(),
        taken: "2026:11:23 06:20:00".to_owned(),
        unit: Some("MSKU6011672".to_owned()),
    }
}

fn fingerprint(scan: &Scan) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&scan.high, &scan.low).hash(&mut hasher);
    hasher.finish()
}

/// Sum of −ln(transmission) at the high energy over the picture, before the detector, times area:
/// the mass in the beam as the beam sees it.
fn shadow(scene: &Scene) -> f64 {
    let (drawing, _) = picture(scene);
    let sum: f64 = beam::paths(&drawing, scene.seed)
        .iter()
        .map(|path| f64::from(*path))
        .sum();
    sum * f64::from(drawing.frame.pitch).powi(2)
}

#[test]
fn the_same_scene_gives_the_same_bytes_on_one_thread_and_on_many() {
    let many = compute(&fish());
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let alone = one.install(|| compute(&fish()));
    assert_eq!(fingerprint(&many), fingerprint(&alone));
    let other = compute(&Scene { seed: 12, ..fish() });
    assert_ne!(fingerprint(&many), fingerprint(&other));
    assert_eq!(
        encode_tiff(&many, &meta()).unwrap(),
        encode_tiff(&alone, &meta()).unwrap()
    );
}

#[test]
fn the_file_is_read_back_with_both_energies_pitch_and_words() {
    let scan = compute(&fish());
    let bytes = encode_tiff(&scan, &meta()).unwrap();
    let Image::Radiograph(found) = decode(&bytes, Limits::default()).unwrap() else {
        panic!("not a radiograph")
    };
    let (high, low) = found.dual().unwrap();
    assert_eq!(high.grid.samples(), scan.high);
    assert_eq!(low.grid.samples(), scan.low);
    assert_eq!(
        (found.main().unwrap().energy, found.pitch_mm),
        (Energy::High, Some(8.0))
    );
    assert_eq!(found.metadata.site.as_deref(), Some("Songwe, lane 2"));
    assert_eq!(found.metadata.energies.as_deref(), Some("L 1.5 / H 3 MeV"));
    assert_eq!(found.metadata.taken.as_deref(), Some("2026:11:23 06:20:00"));
}

#[test]
fn air_is_bright_and_the_road_lets_nothing_through() {
    let scan = compute(&fish());
    let grid = outpost_imaging::Grid::new(scan.width, scan.height, scan.high).unwrap();
    let sky = Statistics::of(&grid, Rect::new(0, 0, 60, 25)).unwrap();
    assert!((59_000.0..61_500.0).contains(&sky.mean), "{sky:?}");
    assert!(sky.deviation > 30.0 && sky.deviation < 400.0, "{sky:?}");
    let road = Statistics::of(&grid, Rect::new(10, scan.height - 4, 300, 4)).unwrap();
    assert!(road.mean < 600.0, "{road:?}");
}

#[test]
fn the_load_shadows_as_its_mass_says() {
    let empty = shadow(&scene(Body::Box40, Vec::new()));
    for (form, chapter, packages, tolerance) in [
        (Form::Frozen, 3, 800, 0.12),
        (Form::Cartons, 61, 700, 0.12),
        (Form::Bags, 10, 320, 0.12),
        (Form::Bottles, 22, 900, 0.12),
        (Form::Bales, 63, 300, 0.15),
        (Form::Drums, 38, 70, 0.15),
        (Form::Timber, 44, 12, 0.12),
    ] {
        let mass = 12_000.0;
        let loaded = shadow(&scene(
            Body::Box40,
            vec![lot(form, chapter, packages, mass)],
        ));
        let look = looks::Look::of_goods(form, chapter);
        // Attenuation of one gram per square millimetre: a pen at density d is d/1000 g/mm³.
        let per_gram = f64::from(look.pen(1.0).high) / 1e-3;
        let seen = (loaded - empty) / per_gram / 1000.0;
        let pallets = if look.pallets { 20.0 * 32.0 } else { 0.0 };
        let error = (seen - pallets) / mass - 1.0;
        assert!(
            error.abs() < tolerance,
            "{form:?}: {seen:.0} kg seen of {mass}"
        );
    }
}

#[test]
fn what_is_concealed_lies_where_the_truth_says_and_changes_the_picture_there() {
    for (body, cargo, what) in [
        (
            Body::Reefer40,
            lot(Form::Frozen, 3, 1240, 25_100.0),
            Concealed::CigaretteCartons,
        ),
        (
            Body::Reefer40,
            lot(Form::Frozen, 3, 1240, 25_100.0),
            Concealed::DenseBundles,
        ),
        (
            Body::Box40,
            lot(Form::Cartons, 62, 640, 9_000.0),
            Concealed::FalseWall,
        ),
        (
            Body::Box20,
            lot(Form::Machinery, 84, 12, 9_800.0),
            Concealed::Rifles,
        ),
    ] {
        let honest = scene(body, vec![cargo]);
        let scan = compute(&Scene {
            concealed: Some(what),
            ..honest.clone()
        });
        let [truth] = scan.truth[..] else {
            panic!("no truth for {what:?}")
        };
        let [x, y, width, height] = truth.rect;
        assert!(width > 20 && height > 10, "{truth:?}");
        assert!(x + width <= scan.width && y + height <= scan.height);
        let region = Rect::new(x, y, width, height);
        let mean = |scan: &Scan| {
            let grid = outpost_imaging::Grid::new(scan.width, scan.height, scan.high.clone());
            Statistics::of(&grid.unwrap(), region).unwrap().mean
        };
        let (there, without) = (mean(&scan), mean(&compute(&honest)));
        assert!(
            (there / without - 1.0).abs() > 0.03,
            "{what:?}: {there} against {without}"
        );
    }
}

#[test]
fn metal_and_food_differ_in_the_ratio_of_their_energies() {
    let ratio = |form, chapter| {
        let (drawing, _) = picture(&scene(Body::Trailer, vec![lot(form, chapter, 12, 9_000.0)]));
        let x = drawing.frame.column(1_500.0) as usize;
        let y = drawing.frame.row(1_420.0, 0.0) as usize;
        let [high, low] = beam::path_at(&drawing, x, y);
        low / high
    };
    assert!(ratio(Form::Bags, 10) > 1.43);
    assert!(ratio(Form::Steel, 72) < 1.38);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_load_of_any_form_stays_inside_the_unit(
        form in prop::sample::select(&FORMS[..]), chapter in 1u8..98,
        packages in 0u32..20_000, gross_kg in 0.0f64..60_000.0, seed: u64,
        body in prop::sample::select(&[Body::Box20, Body::Box40, Body::Reefer40, Body::Trailer][..]),
    ) {
        let empty = Scene { pitch_mm: 10.0, seed, ..scene(body, Vec::new()) };
        let loaded = Scene { cargo: vec![lot(form, chapter, packages, gross_kg)], ..empty.clone() };
        let (before, after) = (picture(&empty).0, picture(&loaded).0);
        let top = before.frame.row(outline(body).hull.y[1] + 250.0, -1200.0) as usize;
        let left = before.frame.column(-150.0) as usize;
        let width = before.frame.width;
        let (bare, full) = (beam::paths(&before, seed), beam::paths(&after, seed));
        let outside = |at: usize| at / width < top || (at % width < left);
        let same = (0..bare.len()).filter(|at| outside(*at)).all(|at| (bare[at] - full[at]).abs() < 1e-3);
        prop_assert!(same);
    }

    #[test]
    fn no_plan_panics(
        form in prop::sample::select(&FORMS[..]), chapter: u8, packages: u32, gross_kg: f64, pitch_mm: f32, seed: u64,
    ) {
        let wild = Scene {
            body: Body::Box20,
            cargo: vec![lot(form, chapter, packages, gross_kg), lot(Form::Bags, 10, 3, 900.0)],
            concealed: Some(Concealed::DenseBundles),
            pitch_mm: pitch_mm.max(7.0),
            seed,
        };
        let scan = compute(&wild);
        prop_assert_eq!(scan.high.len(), (scan.width * scan.height) as usize);
    }
}
