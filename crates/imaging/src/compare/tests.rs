#![allow(clippy::unwrap_used)]

use outpost_demo::scan::{Scan, Scene, compute};
use outpost_demo::{Body, Cargo, Concealed, Form};

use super::*;
use crate::raster::Rect;

const AIR: f32 = 60_000.0;

fn scan(body: Body, form: Form, concealed: Option<Concealed>, pitch_mm: f32, seed: u64) -> Scan {
    compute(&Scene {
        body,
        cargo: vec![Cargo {
            form,
            chapter: if form == Form::Machinery { 84 } else { 62 },
            packages: 400,
            gross_kg: 9000.0,
        }],
        concealed,
        pitch_mm,
        seed,
    })
}

fn grid(scan: &Scan) -> Grid {
    Grid::new(scan.width, scan.height, scan.high.clone()).unwrap()
}

/// Counting noise of a weak source on top of what is there.
fn noisy(grid: &Grid, seed: u32) -> Grid {
    let samples: Vec<u16> = grid
        .samples()
        .iter()
        .zip(0u32..)
        .map(|(sample, at)| {
            // PCG's output permutation (O'Neill 2014), twice, so that seeds do not resemble each other.
            let mix = |state: u32| {
                let state = state.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
                let word = ((state >> ((state >> 28) + 4)) ^ state).wrapping_mul(277_803_737);
                (word >> 22) ^ word
            };
            let state = mix(at ^ mix(seed));
            let even = (state >> 8) as f32 / (1 << 24) as f32 - 0.5;
            let value = f32::from(*sample);
            (value + even * 8.0 * value.sqrt()) as u16
        })
        .collect();
    Grid::new(grid.width(), grid.height(), samples).unwrap()
}

fn found(fixed: &Grid, moving: &Grid) -> Registration {
    register(fixed, AIR, moving, AIR, None).unwrap()
}

/// How far the corners of the moving image lie from where they should, pixels of the fixed one.
fn miss(made: Similarity, wanted: Similarity, moving: &Grid) -> f32 {
    let (right, bottom) = (moving.width() as f32, moving.height() as f32);
    [(0.0, 0.0), (right, 0.0), (0.0, bottom), (right, bottom)]
        .map(|(x, y)| Point::new(x, y))
        .map(|corner| made.to_fixed(corner).distance(wanted.to_fixed(corner)))
        .into_iter()
        .fold(0.0, f32::max)
}

#[test]
fn a_known_shift_is_found_to_half_a_pixel_in_spite_of_noise() {
    let whole = grid(&scan(Body::Box20, Form::Machinery, None, 8.0, 3));
    let (width, height) = (whole.width() - 160, whole.height() - 60);
    let fixed = whole.crop(Rect::new(80, 30, width, height)).unwrap();
    for (x, y) in [(80, 30), (0, 0), (151, 7), (33, 60)] {
        let moving = noisy(&whole.crop(Rect::new(x, y, width, height)).unwrap(), x);
        let made = found(&fixed, &moving);
        let wanted = Similarity {
            scale: 1.0,
            dx: x as f32 - 80.0,
            dy: y as f32 - 30.0,
        };
        let miss = miss(made.transform, wanted, &moving);
        assert!(miss < 0.5, "{x}, {y}: {miss} {made:?}");
        assert!(made.quality > 0.8, "{made:?}");
    }
}

#[test]
fn the_scale_between_two_pitches_is_found_and_a_hint_changes_nothing() {
    let moving = grid(&scan(Body::Box40, Form::Cartons, None, 10.0, 5));
    for pitch in [6.0, 8.0, 10.0] {
        let fixed = grid(&scan(Body::Box40, Form::Cartons, None, pitch, 5));
        let scale = 10.0 / pitch;
        let wanted = Similarity {
            scale,
            dx: 0.0,
            dy: 0.0,
        };
        let free = found(&fixed, &moving);
        let miss_free = miss(free.transform, wanted, &moving);
        assert!(miss_free < 2.0, "{pitch}: {miss_free} {free:?}");
        let hinted = register(&fixed, AIR, &moving, AIR, Some(scale)).unwrap();
        assert!(miss(hinted.transform, wanted, &moving) < 2.0, "{hinted:?}");
    }
}

#[test]
fn another_load_in_the_same_kind_of_unit_is_laid_on_it() {
    let fixed = grid(&scan(Body::Box40, Form::Machinery, None, 8.0, 11));
    let moving = grid(&scan(Body::Box40, Form::Cartons, None, 8.0, 12));
    let made = found(&fixed, &moving);
    assert!((made.transform.scale - 1.0).abs() < 0.01, "{made:?}");
}

#[test]
fn what_is_not_alike_is_refused_with_the_figure() {
    let box40 = grid(&scan(Body::Box40, Form::Machinery, None, 8.0, 11));
    let noise = |seed| {
        noisy(
            &Grid::new(900, 300, vec![20_000u16; 270_000]).unwrap(),
            seed,
        )
    };
    let upside_down = crate::Orientation::UPRIGHT.flipped().applied(&box40);
    for (fixed, moving) in [
        (&box40, &noise(1)),
        (&noise(1), &noise(2)),
        (&box40, &upside_down),
    ] {
        let refused = register(fixed, AIR, moving, AIR, None).unwrap_err();
        assert!(
            matches!(refused, RegisterError::NotAlike { quality } if quality < ALIKE),
            "{refused:?}"
        );
    }
    let even = Grid::new(300, 100, vec![9u16; 30_000]).unwrap();
    assert!(register(&even, AIR, &even, AIR, None).is_err());
    let small = even.crop(Rect::new(0, 0, 31, 90)).unwrap();
    assert!(matches!(
        register(&small, AIR, &even, AIR, None),
        Err(RegisterError::TooSmall {
            width: 31,
            height: 90
        })
    ));
}

#[test]
fn the_same_bytes_give_the_same_place() {
    let fixed = grid(&scan(Body::Box20, Form::Machinery, None, 10.0, 3));
    let moving = noisy(&fixed, 9);
    let first = found(&fixed, &moving);
    for _ in 0..3 {
        assert_eq!(found(&fixed, &moving), first);
    }
}

#[test]
fn what_was_put_in_shows_red_and_what_was_taken_out_blue() {
    let before = scan(Body::Box40, Form::Cartons, None, 8.0, 5);
    let after = scan(
        Body::Box40,
        Form::Cartons,
        Some(Concealed::DenseBundles),
        8.0,
        5,
    );
    let [x, y, width, height] = after.truth[0].rect;
    let mean = |fixed: &Scan, moving: &Scan| {
        let made = found(&grid(fixed), &grid(moving)).transform;
        let all = difference(&grid(fixed), AIR, &grid(moving), AIR, made);
        let inside = (y..y + height).flat_map(|row| {
            let start = (row * all.width + x) as usize;
            all.thousandths[start..start + width as usize].to_vec()
        });
        let inside: Vec<f64> = inside.map(f64::from).collect();
        let picture = {
            let mut target = vec![0; all.thousandths.len() * 4];
            all.paint(0.5, &mut target);
            target
        };
        assert!(
            picture
                .as_chunks::<4>()
                .0
                .iter()
                .all(|pixel| pixel[3] == 255)
        );
        inside.iter().sum::<f64>() / inside.len() as f64
    };
    let (more, less) = (mean(&after, &before), mean(&before, &after));
    assert!(more > 60.0 && less < -60.0, "{more} {less}");
}

#[test]
fn a_transform_and_its_inverse_meet() {
    let made = Similarity {
        scale: 0.8,
        dx: 30.0,
        dy: -7.5,
    };
    let point = Point::new(411.0, 95.0);
    assert!(made.to_moving(made.to_fixed(point)).distance(point) < 1e-3);
}
