//! Writes computed radiographs into a directory: each as TIFF and as a PNG through the automatic window.
//!
//! `cargo run --release -p outpost-demo --example scans -- DIRECTORY [NAME]`

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use outpost_demo::scan::{Scan, ScanMeta, Scene, compute, encode_tiff};
use outpost_demo::{Body, Cargo, Concealed, Form};
use outpost_imaging::{Histogram, Image, Limits, Pyramid, Tone, View, decode, render};

fn lot(form: Form, chapter: u8, packages: u32, gross_kg: f64) -> Cargo {
    Cargo {
        form,
        chapter,
        packages,
        gross_kg,
    }
}

fn scenes() -> Vec<(&'static str, Body, Vec<Cargo>, Option<Concealed>)> {
    vec![
        (
            "reefer-fish",
            Body::Reefer40,
            vec![lot(Form::Frozen, 3, 1240, 25_100.0)],
            Some(Concealed::CigaretteCartons),
        ),
        (
            "reefer-fish-bundles",
            Body::Reefer40,
            vec![lot(Form::Frozen, 3, 1240, 25_100.0)],
            Some(Concealed::DenseBundles),
        ),
        (
            "machinery-rifles",
            Body::Box20,
            vec![lot(Form::Machinery, 84, 14, 9_800.0)],
            Some(Concealed::Rifles),
        ),
        (
            "maize-trailer",
            Body::Trailer,
            vec![lot(Form::Bags, 10, 560, 28_000.0)],
            None,
        ),
        (
            "tiles",
            Body::Box20,
            vec![lot(Form::Crates, 69, 22, 24_500.0)],
            None,
        ),
        (
            "garments-wall",
            Body::Box40,
            vec![lot(Form::Cartons, 62, 640, 10_200.0)],
            Some(Concealed::FalseWall),
        ),
        (
            "tank-fuel",
            Body::Tank20,
            vec![lot(Form::Liquid, 27, 1, 14_500.0)],
            None,
        ),
        (
            "mixed",
            Body::Box40,
            vec![
                lot(Form::Machinery, 84, 6, 5_200.0),
                lot(Form::Cartons, 85, 420, 4_100.0),
                lot(Form::Tyres, 40, 90, 5_400.0),
                lot(Form::Cartons, 87, 300, 5_600.0),
            ],
            None,
        ),
        (
            "cars",
            Body::Box40,
            vec![lot(Form::Vehicles, 87, 2, 2_700.0)],
            None,
        ),
        (
            "drums-bales",
            Body::Trailer,
            vec![
                lot(Form::Drums, 38, 72, 15_800.0),
                lot(Form::Bales, 63, 160, 8_200.0),
            ],
            None,
        ),
        (
            "timber-steel",
            Body::Trailer,
            vec![
                lot(Form::Steel, 72, 7, 14_000.0),
                lot(Form::Timber, 44, 9, 9_500.0),
            ],
            None,
        ),
        (
            "stone-batteries-beer",
            Body::Box40,
            vec![
                lot(Form::Crates, 68, 5, 8_000.0),
                lot(Form::Batteries, 85, 8, 7_600.0),
                lot(Form::Bottles, 22, 520, 8_800.0),
            ],
            None,
        ),
        ("empty", Body::Box40, vec![], None),
    ]
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(directory) = arguments.next() else {
        bail!("where to? scans DIRECTORY [NAME]")
    };
    let wanted = arguments.next();
    std::fs::create_dir_all(&directory).with_context(|| format!("{directory} cannot be made"))?;
    for (name, body, cargo, concealed) in scenes() {
        if wanted
            .as_deref()
            .is_some_and(|wanted| !name.contains(wanted))
        {
            continue;
        }
        let scene = Scene {
            body,
            cargo,
            concealed,
            pitch_mm: 4.0,
            seed: 7,
        };
        let before = Instant::now();
        let scan = compute(&scene);
        let computed = before.elapsed();
        let begun = Instant::now();
        let bytes = encode_tiff(&scan, &meta())?;
        let encoded = begun.elapsed();
        let path = Path::new(&directory).join(name);
        std::fs::write(path.with_extension("tif"), &bytes)?;
        preview(&bytes, &path)?;
        report(name, &scan, bytes.len());
        println!("  computed in {computed:.1?}, encoded in {encoded:.1?}");
    }
    Ok(())
}

fn meta() -> ScanMeta {
    ScanMeta {
        make: "Outpost".to_owned(),
        model: "demonstration scanner".to_owned(),
        energies: "L 1.5 / H 3 MeV".to_owned(),
        site: "site 2".to_owned(),
        taken: "2026:11:23 06:20:00".to_owned(),
        unit: Some("MSKU 601167 2".to_owned()),
    }
}

fn report(name: &str, scan: &Scan, bytes: usize) {
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{name}: {} × {}, {megabytes:.1} MB",
        scan.width, scan.height
    );
    for region in &scan.truth {
        println!("  {:?} at {:?}", region.what, region.rect);
    }
}

/// The image as an officer first sees it.
fn preview(bytes: &[u8], path: &Path) -> Result<()> {
    let Image::Radiograph(radiograph) = decode(bytes, Limits::default())? else {
        bail!("the scan is not a radiograph")
    };
    let grid = radiograph
        .main()
        .context("the scan has no plane")?
        .grid
        .clone();
    let tone = Tone::automatic(&Histogram::of(&grid));
    let (width, height) = (radiograph.width, radiograph.height);
    let mut grey = vec![0u8; (width * height) as usize];
    let view = View::fit(width, height, width, height);
    render::grey(&Pyramid::new(grid), &view, &tone.lut(), 0, &mut grey);
    image::save_buffer(
        path.with_extension("png"),
        &grey,
        width,
        height,
        image::ColorType::L8,
    )?;
    Ok(())
}
