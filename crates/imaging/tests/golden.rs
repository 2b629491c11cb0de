//! Every operation against values that code of others made: `scripts/golden/make_golden.py`.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use outpost_imaging::window::Transfer;
use outpost_imaging::{
    Air, ColourMap, Grid, LocalContrast, Materials, Pyramid, Tone, Window, filter, local_contrast,
};
use serde::Deserialize;

const SIZE: (u32, u32) = (240, 160);

fn bytes(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    std::fs::read(folder.join(name)).unwrap()
}

fn samples(name: &str) -> Vec<u16> {
    let bytes = bytes(name);
    let (pairs, _) = bytes.as_chunks::<2>();
    pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect()
}

fn plane(name: &str) -> Grid {
    Grid::new(SIZE.0, SIZE.1, samples(name)).unwrap()
}

/// Largest difference, and how many samples differ by more than `tolerance`.
fn differences(made: &[u16], golden: &[u16], tolerance: u16) -> (u16, usize) {
    assert_eq!(made.len(), golden.len());
    let apart: Vec<u16> = made
        .iter()
        .zip(golden)
        .map(|(a, b)| a.abs_diff(*b))
        .collect();
    let beyond = apart.iter().filter(|one| **one > tolerance).count();
    (apart.into_iter().max().unwrap_or(0), beyond)
}

#[derive(Deserialize)]
struct GoldenTone {
    low: f32,
    high: f32,
    log: bool,
    gamma: f32,
    invert: bool,
    values: Vec<u16>,
    greys: Vec<f32>,
}

/// numpy in double precision; half a grey of rounding and a hundredth for single precision.
#[test]
fn window_transfer_gamma_and_negative() {
    let all: Vec<GoldenTone> = serde_json::from_slice(&bytes("tones.json")).unwrap();
    assert_eq!(all.len(), 6);
    for golden in all {
        let tone = Tone {
            transfer: if golden.log {
                Transfer::Log
            } else {
                Transfer::Linear
            },
            gamma: golden.gamma,
            invert: golden.invert,
            ..Tone::from(Window::between(golden.low, golden.high))
        };
        let lut = tone.lut();
        for (value, grey) in golden.values.iter().zip(&golden.greys) {
            let made = f32::from(lut[usize::from(*value)]);
            assert!(
                (made - grey).abs() <= 0.51,
                "{tone:?} at {value}: {made} {grey}"
            );
        }
    }
}

/// OpenCV's medianBlur: the same to the last bit.
#[test]
fn median() {
    assert_eq!(
        filter::median(&plane("high.u16")).samples(),
        samples("median.u16")
    );
}

/// OpenCV's sepFilter2D in double precision: one count for single precision and rounding.
#[test]
fn unsharp_mask() {
    let made = filter::sharpened(&plane("high.u16"), 1.5);
    assert!(differences(made.samples(), &samples("sharpened.u16"), 1).0 <= 1);
}

/// OpenCV's INTER_AREA: one count a level, since each level is rounded.
#[test]
fn pyramid() {
    let pyramid = Pyramid::new(plane("high.u16"));
    for (level, name) in [(1, "half.u16"), (2, "quarter.u16")] {
        let made = pyramid.level(level).samples();
        assert!(differences(made, &samples(name), 1).0 <= 1, "{name}");
    }
}

/// The definition in numpy. Two counts; a sample on the bound of two bins may fall into the other one,
/// which is allowed to one in a thousand.
#[test]
fn local_contrast_by_its_definition() {
    let made = local_contrast(&plane("high.u16"), LocalContrast::default());
    let (largest, beyond) = differences(made.samples(), &samples("local_contrast.u16"), 2);
    assert!(
        beyond <= made.samples().len() / 1000,
        "{beyond} differ, by up to {largest}"
    );
}

/// numpy and OpenCV's boxFilter: a thousandth of the ratio.
#[test]
fn material_ratios() {
    let air = Air {
        high: 60_000.0,
        low: 60_000.0,
    };
    let materials = Materials::of(&plane("high.u16"), &plane("low.u16"), air).unwrap();
    let golden = bytes("ratios.f32");
    let (golden, _) = golden.as_chunks::<4>();
    assert_eq!(golden.len() as u32, SIZE.0 * SIZE.1);
    for (at, golden) in (0..).zip(golden) {
        let made = materials.ratio(at % SIZE.0, at / SIZE.0).unwrap();
        let golden = f32::from_le_bytes(*golden);
        assert!((made - golden).abs() < 1e-3, "{at}: {made} {golden}");
    }
}

/// OpenCV's tables of the same maps. d3's Turbo, which is ours, is Mikhailov's polynomial and not his table:
/// in its first eight entries they are up to 33 levels apart, beyond up to 23.
#[test]
fn colour_maps() {
    let all: std::collections::BTreeMap<String, Vec<[u8; 3]>> =
        serde_json::from_slice(&bytes("colours.json")).unwrap();
    for (map, name, tolerance) in [
        (ColourMap::Inferno, "inferno", 2),
        (ColourMap::Viridis, "viridis", 2),
        (ColourMap::Turbo, "turbo", 23),
    ] {
        for (grey, (made, golden)) in map.table().iter().zip(&all[name]).enumerate() {
            let at_start = map == ColourMap::Turbo && grey < 8;
            let tolerance = if at_start { 33 } else { tolerance };
            for (made, golden) in made.iter().zip(golden) {
                assert!(
                    made.abs_diff(*golden) <= tolerance,
                    "{name} {grey}: {made} {golden}"
                );
            }
        }
    }
}
