//! What an officer waits for: opening a scan, drawing it, turning the window.
//!
//! Beside them SHA-256 and a plain copy of the same bytes, so that figures of different machines
//! can be compared as ratios.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::io::Cursor;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use outpost_imaging::{
    Air, ColourMap, Grid, Histogram, Limits, LocalContrast, Material, Materials, Pyramid, Tone,
    View, Window, colour, decode, filter, local_contrast, material, pyramid, render,
};
use sha2::{Digest, Sha256};
use tiff::encoder::colortype::Gray16;
use tiff::encoder::{Compression, DeflateLevel, Predictor, TiffEncoder};

const WIDTH: u32 = 6000;
const HEIGHT: u32 = 2400;

/// Bright air, shadows with edges, detector noise: packs about as a scan does.
fn scan() -> Vec<u16> {
    let mut state = 0x9e37_79b9_u32;
    (0..WIDTH * HEIGHT)
        .map(|at| {
            let (x, y) = (at % WIDTH, at / WIDTH);
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (state >> 25) as u16;
            let inside = (300..5700).contains(&x) && (500..2000).contains(&y);
            let shade = (x / 40 % 9 * 1500 + y / 60 % 5 * 2000) as u16;
            if inside {
                8000 + shade + noise
            } else {
                60_000 + noise
            }
        })
        .collect()
}

fn tiff(samples: &[u16], compression: Compression) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let predictor = match compression {
        Compression::Uncompressed => Predictor::None,
        _ => Predictor::Horizontal,
    };
    let mut encoder = TiffEncoder::new(&mut bytes)
        .unwrap()
        .with_compression(compression)
        .with_predictor(predictor);
    let mut image = encoder.new_image::<Gray16>(WIDTH, HEIGHT).unwrap();
    image.rows_per_strip(16).unwrap();
    image.write_data(samples).unwrap();
    bytes.into_inner()
}

fn opening(c: &mut Criterion, samples: &[u16]) {
    for (name, compression) in [
        ("decode 6000x2400 none", Compression::Uncompressed),
        ("decode 6000x2400 LZW", Compression::Lzw),
        (
            "decode 6000x2400 deflate",
            Compression::Deflate(DeflateLevel::Balanced),
        ),
    ] {
        let bytes = tiff(samples, compression);
        c.bench_function(name, |b| {
            b.iter(|| decode(black_box(&bytes), Limits::default()));
        });
    }
}

fn drawing(c: &mut Criterion, grid: &Grid) {
    let pyramid = Pyramid::new(grid.clone());
    let histogram = Histogram::of(grid);
    let tone = Tone::from(Window::automatic(&histogram));
    let lut = tone.lut();
    let mut picture = vec![0u8; 1920 * 1080 * 4];
    let fit = View::fit(WIDTH, HEIGHT, 1920, 1080);
    let one_to_one = View {
        x: 2000.0,
        y: 600.0,
        scale: 1.0,
        ..fit
    };
    let zoomed_in = View {
        scale: 0.3,
        ..one_to_one
    };
    for (name, view) in [
        ("draw fit to 1920x1080", fit),
        ("draw 1:1 to 1920x1080", one_to_one),
        ("draw zoomed in to 1920x1080", zoomed_in),
    ] {
        c.bench_function(name, |b| {
            b.iter(|| render::rgba(&pyramid, &view, &lut, [0; 4], black_box(&mut picture)));
        });
    }
    c.bench_function("table of a tone", |b| {
        b.iter(|| black_box(tone).lut());
    });
    c.bench_function("histogram", |b| {
        b.iter(|| Histogram::of(black_box(grid)));
    });
    c.bench_function("pyramid", |b| {
        b.iter(|| Pyramid::new(black_box(grid).clone()));
    });
    c.bench_function("thumbnail", |b| {
        b.iter(|| pyramid::thumbnail(black_box(grid), 512));
    });
}

fn enhancing(c: &mut Criterion, grid: &Grid) {
    c.bench_function("median 3x3 of 6000x2400", |b| {
        b.iter(|| filter::median(black_box(grid)));
    });
    c.bench_function("dense part of 6000x2400", |b| {
        b.iter(|| filter::dense(black_box(grid), 60_000.0));
    });
    // All of it dense: what the averaging costs at most.
    c.bench_function("dense part of 6000x2400, all dense", |b| {
        b.iter(|| filter::dense(black_box(grid), 600_000.0));
    });
    c.bench_function("local contrast of 6000x2400", |b| {
        b.iter(|| local_contrast(black_box(grid), LocalContrast::default()));
    });
    c.bench_function("unsharp mask of 6000x2400", |b| {
        b.iter(|| filter::sharpened(black_box(grid), 1.5));
    });
}

fn colouring(c: &mut Criterion, grid: &Grid) {
    let view = View::fit(WIDTH, HEIGHT, 1920, 1080);
    let air = Air {
        high: 60_000.0,
        low: 60_000.0,
    };
    c.bench_function("materials of 6000x2400", |b| {
        b.iter(|| Materials::of(black_box(grid), grid, air));
    });
    let materials = Materials::of(grid, grid, air).unwrap();
    let pyramid = Pyramid::new(grid.clone());
    c.bench_function("resample materials to 1920x1080", |b| {
        b.iter(|| materials.seen(black_box(&pyramid), &view));
    });
    let seen = materials.seen(&pyramid, &view);
    let mut grey = vec![0u8; 1920 * 1080];
    render::grey(&pyramid, &view, &Tone::default().lut(), 0, &mut grey);
    let mut picture = vec![0u8; 1920 * 1080 * 4];
    for (name, only) in [
        ("paint materials on 1920x1080", None),
        ("paint organic alone on 1920x1080", Some(Material::Organic)),
    ] {
        let paint = material::Paint {
            colours: true,
            only,
            air: 255,
        };
        c.bench_function(name, |b| {
            b.iter(|| materials.paint(&seen, &grey, paint, black_box(&mut picture)));
        });
    }
    let table = ColourMap::Inferno.table();
    c.bench_function("paint pseudo-colour on 1920x1080", |b| {
        b.iter(|| colour::paint(black_box(&grey), &table, black_box(&mut picture)));
    });
}

/// The work that `scripts/bench-imaging` holds against OpenCV, on the files that it wrote.
fn beside_peers(c: &mut Criterion, grid: &Grid) {
    let Some(folder) = std::env::var_os("OUTPOST_BENCH_FILES").map(PathBuf::from) else {
        return;
    };
    for name in ["none", "LZW", "deflate"] {
        let path = folder.join(format!("{name}.tif"));
        c.bench_function(&format!("peer decode {name}"), |b| {
            b.iter(|| {
                let bytes = std::fs::read(&path).unwrap();
                black_box(Sha256::digest(&bytes));
                decode(&bytes, Limits::default()).unwrap()
            });
        });
    }
    let pyramid = Pyramid::new(grid.clone());
    let view = View::fit(WIDTH, HEIGHT, 1920, 768);
    let table = ColourMap::Inferno.table();
    let mut grey = vec![0u8; 1920 * 768];
    let mut picture = vec![0u8; 1920 * 768 * 4];
    c.bench_function("peer view", |b| {
        b.iter(|| {
            let lut = Tone::from(Window::between(0.0, 60_000.0)).lut();
            render::grey(&pyramid, &view, &lut, 0, &mut grey);
            colour::paint(&grey, &table, black_box(&mut picture));
        });
    });
    let eight = LocalContrast {
        tiles: 8,
        limit: 3.0,
    };
    c.bench_function("peer local contrast", |b| {
        b.iter(|| local_contrast(black_box(grid), eight));
    });
    let air = Air {
        high: 60_000.0,
        low: 60_000.0,
    };
    let materials = Materials::of(grid, grid, air).unwrap();
    let paint = material::Paint {
        colours: true,
        only: None,
        air: 255,
    };
    let seen = materials.seen(&pyramid, &view);
    c.bench_function("peer material colours", |b| {
        b.iter(|| materials.paint(&seen, &grey, paint, black_box(&mut picture)));
    });
    // Resampling goes before it, once for a view: in a row of its own.
    c.bench_function("peer material resampling", |b| {
        b.iter(|| materials.seen(black_box(&pyramid), &view));
    });
    // What painting reads and writes: two planes of 16 bits and a grey in, four bytes out.
    let source = vec![1u8; 1920 * 768 * 9];
    let mut target = vec![0u8; source.len()];
    c.bench_function("peer copy of input and output", |b| {
        b.iter(|| black_box(&mut target).copy_from_slice(black_box(&source)));
    });
}

fn yardsticks(c: &mut Criterion, samples: &[u16]) {
    let bytes: &[u8] = bytemuck::cast_slice(samples);
    let mut copy = vec![0u8; bytes.len()];
    c.bench_function("SHA-256 of the plane", |b| {
        b.iter(|| Sha256::digest(black_box(bytes)));
    });
    c.bench_function("memory copy of the plane", |b| {
        b.iter(|| black_box(&mut copy).copy_from_slice(black_box(bytes)));
    });
}

fn all(c: &mut Criterion) {
    let samples = scan();
    let grid = Grid::new(WIDTH, HEIGHT, samples.clone()).unwrap();
    yardsticks(c, &samples);
    opening(c, &samples);
    drawing(c, &grid);
    enhancing(c, &grid);
    colouring(c, &grid);
    beside_peers(c, &grid);
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = all
}
criterion_main!(benches);
