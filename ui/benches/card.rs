//! A frame of dragging window and level on a scan of 28 MB at 1920 × 1080: what the window's thread spends until the
//! graphics card has all it needs, beside drawing the same picture with the processor (which another thread does).
//! What the card itself then takes is the driver's: on a software driver it is not told.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui_wgpu::RendererOptions;
use outpost_imaging::{Grid, Histogram, Look, Preset, Tone, Transfer, View, render};
use outpost_ui::radiograph::Loaded;
use outpost_ui::radiograph::gpu::{Painter, Plane, Scene};

fn scan() -> Arc<Loaded> {
    let (width, height) = (4400, 1600);
    let plane = |scale: u32| {
        let sample =
            |at: u32| (at.wrapping_mul(2_654_435_761) >> 18) as u16 + (at % width * scale) as u16;
        Grid::new(
            width,
            height,
            (0..width * height).map(sample).collect::<Vec<_>>(),
        )
        .unwrap()
    };
    Arc::new(Loaded::of_energies(plane(10), plane(9)))
}

fn tones(histogram: &Histogram) -> impl Iterator<Item = Tone> {
    let window = Preset::Automatic.window(histogram);
    (0..).map(move |step| Tone {
        gamma: 1.6,
        transfer: if step % 2 == 0 {
            Transfer::Linear
        } else {
            Transfer::Log
        },
        ..Tone::from(window.dragged(0.001 * (step % 100) as f32, 0.0))
    })
}

fn drag(c: &mut Criterion) {
    let scan = scan();
    let layer = &scan.layers[0];
    let view = View::fit(scan.width, scan.height, 1920, 1080);
    let setup = egui_kittest::wgpu::default_wgpu_setup();
    let state = egui_kittest::wgpu::create_render_state(setup, RendererOptions::PREDICTABLE);
    let mut painter = Painter::new(&state.device, state.target_format);
    let scene = |tone| Scene {
        shown: Plane::Image(Arc::clone(&scan), 0),
        materials: None,
        view,
        origin: [0, 0],
        tone,
        look: Look::default(),
    };
    let mut tones = tones(&layer.histogram);
    let mut group = c.benchmark_group("window dragged, 1920 × 1080");
    while painter.prepare(&state.device, &state.queue, &scene(Tone::default())) {}
    group.bench_function("card, the window's thread", |b| {
        b.iter(|| {
            let scene = scene(tones.next().unwrap());
            black_box(painter.prepare(&state.device, &state.queue, &scene));
            state.queue.submit([]);
        });
    });
    let mut picture = vec![0u8; 1920 * 1080];
    group.bench_function("processor, two cores", |b| {
        b.iter(|| {
            let lut = tones.next().unwrap().lut();
            render::grey(&layer.pyramid, &view, &lut, 0, black_box(&mut picture));
        });
    });
    group.finish();
}

criterion_group!(benches, drag);
criterion_main!(benches);
