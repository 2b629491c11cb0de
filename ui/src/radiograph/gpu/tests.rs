//! The card's picture against the processor's, on whatever adapter the tests find (a software one will do).
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use eframe::egui_wgpu::{RenderState, RendererOptions};
use outpost_imaging::{
    Colour, ColourMap, Filters, Grid, Look, Magnify, Material, Materials, Orientation, Tone,
    Transfer, View, Window,
};

use super::super::draw::{Kept, Wish};
use super::super::loaded::Loaded;
use super::{Painter, Plane, Scene};

const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// Wider and higher than a tile, with all kinds of material at all thicknesses.
fn image(width: u32, height: u32) -> Arc<Loaded> {
    let plane = |low: bool| {
        let samples: Vec<u16> = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| {
                let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 20 & 63;
                let path = x as f32 / width as f32 * 8.0;
                let ratio = 1.25 + 0.3 * y as f32 / height as f32;
                let path = if low { path * ratio } else { path };
                (60_000.0 * (-path).exp()) as u16 + grain as u16
            })
            .collect();
        Grid::new(width, height, samples).unwrap()
    };
    Arc::new(Loaded::of_energies(plane(false), plane(true)))
}

fn state() -> RenderState {
    let setup = egui_kittest::wgpu::default_wgpu_setup();
    egui_kittest::wgpu::create_render_state(setup, RendererOptions::PREDICTABLE)
}

/// Draws a scene until nothing more is to come, and reads the pixels back.
fn drawn(state: &RenderState, painter: &mut Painter, scene: &Scene) -> Vec<[u8; 4]> {
    let (device, queue) = (&state.device, &state.queue);
    while painter.prepare(device, queue, scene) {}
    let (width, height) = (scene.view.width, scene.view.height);
    let size = wgpu::Extent3d {
        width,
        height,
        depth_or_array_layers: 1,
    };
    let target = device.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size,
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: FORMAT,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    });
    let row = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(row * height),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let view = target.create_view(&wgpu::TextureViewDescriptor::default());
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    let mut pass = encoder
        .begin_render_pass(&wgpu::RenderPassDescriptor {
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &view,
                resolve_target: None,
                depth_slice: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..Default::default()
        })
        .forget_lifetime();
    painter.paint(&mut pass);
    drop(pass);
    encoder.copy_texture_to_buffer(
        target.as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer: &buffer,
            layout: wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(row),
                rows_per_image: Some(height),
            },
        },
        size,
    );
    queue.submit([encoder.finish()]);
    buffer.map_async(wgpu::MapMode::Read, .., Result::unwrap);
    device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
    let mapped = buffer.get_mapped_range(..).unwrap();
    mapped
        .chunks(row as usize)
        .flat_map(|line| line[..width as usize * 4].as_chunks::<4>().0)
        .copied()
        .collect()
}

fn views(image: &Loaded) -> Vec<View> {
    let (width, height) = (image.width as f32, image.height as f32);
    let view = |x, y, scale, magnify| View {
        x,
        y,
        scale,
        width: 333,
        height: 190,
        magnify,
    };
    vec![
        View::fit(image.width, image.height, 333, 190),
        view(0.0, 0.0, 1.0, Magnify::Bilinear),
        // Over the border between tiles, and over the image's edge.
        view(900.3, 700.7, 1.0, Magnify::Bilinear),
        view(width - 100.0, height - 50.0, 0.7, Magnify::Bilinear),
        view(-20.0, -31.0, 1.9, Magnify::Bilinear),
        view(1010.2, 400.4, 0.11, Magnify::Nearest),
        view(3.0, 5.0, 5.3, Magnify::Bilinear),
    ]
}

fn looks() -> Vec<Look> {
    let look = |only, colour| Look {
        filters: Filters::default(),
        only,
        colour,
    };
    vec![
        look(None, Colour::Grey),
        look(None, Colour::Map(ColourMap::Turbo)),
        look(None, Colour::Material),
        look(Some(Material::Metal), Colour::Grey),
        look(Some(Material::Organic), Colour::Material),
    ]
}

fn tones() -> Vec<Tone> {
    let whole = Tone::from(Window::whole());
    vec![
        whole,
        Tone {
            transfer: Transfer::Log,
            gamma: 1.7,
            ..whole
        },
        // Each step of a sample is a quarter of the whole range of greys.
        Tone {
            invert: true,
            ..Tone::from(Window {
                level: 7_000.0,
                width: 4.0,
            })
        },
    ]
}

#[test]
fn card_and_processor_agree_to_one_grey_level_in_every_look() {
    let state = state();
    let mut painter = Painter::new(&state.device, FORMAT);
    let image = image(1500, 1100);
    let (high, low, air) = image.energies().unwrap();
    let materials = Materials::of(high.pyramid.base(), low.pyramid.base(), air).unwrap();
    let materials = Arc::new(materials);
    let mut kept = Kept::default();
    for look in looks() {
        for tone in tones() {
            for view in views(&image) {
                let wish = Wish {
                    view,
                    tone,
                    layer: 1,
                    look,
                };
                let scene = Scene {
                    shown: Plane::Image(Arc::clone(&image), 1),
                    materials: look
                        .needs_materials()
                        .then(|| (Plane::Image(Arc::clone(&image), 0), Arc::clone(&materials))),
                    view,
                    origin: [0, 0],
                    tone,
                    look,
                };
                let expected = kept.draw(&image, wish).image;
                let found = drawn(&state, &mut painter, &scene);
                let exact = !look.needs_materials();
                for (at, (found, expected)) in found.iter().zip(&expected.pixels).enumerate() {
                    let place = (at % 333, at / 333);
                    let inside = |at: usize, from: f32, size: u32| {
                        let at = from + (at as f32 + 0.5) * view.scale;
                        (0.0..size as f32).contains(&at)
                    };
                    if !inside(place.0, view.x, image.width)
                        || !inside(place.1, view.y, image.height)
                    {
                        continue;
                    }
                    let [r, g, b, _] = expected.to_array();
                    let apart =
                        [(r, found[0]), (g, found[1]), (b, found[2])].map(|(a, b)| a.abs_diff(b));
                    assert!(
                        apart.iter().all(|apart| *apart <= u8::from(!exact)),
                        "{look:?} {tone:?} {view:?} at {place:?}: {found:?}, {expected:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_plane_comes_to_the_card_coarse_first_and_is_forgotten_with_its_image() {
    let state = state();
    let mut painter = Painter::new(&state.device, FORMAT);
    // Twelve tiles at full size: more than are brought within a frame.
    let image = image(4000, 2100);
    let scene = Scene {
        shown: Plane::Image(Arc::clone(&image), 0),
        materials: None,
        view: View {
            scale: 1.0,
            ..View::fit(image.width, image.height, 60, 40)
        },
        origin: [0, 0],
        tone: Tone::default(),
        look: Look::default(),
    };
    let (device, queue) = (&state.device, &state.queue);
    assert!(painter.prepare(device, queue, &scene), "all at once");
    let frames = std::iter::repeat_with(|| painter.prepare(device, queue, &scene))
        .take_while(|more| *more)
        .count();
    assert!((2..8).contains(&frames), "{frames}");
    assert_eq!(painter.planes(), 1);
    drop((scene, image));
    let other = self::image(40, 30).oriented(Orientation::UPRIGHT);
    let scene = Scene {
        shown: Plane::Image(Arc::new(other), 0),
        materials: None,
        view: View::fit(40, 30, 60, 40),
        origin: [0, 0],
        tone: Tone::default(),
        look: Look::default(),
    };
    assert!(!painter.prepare(device, queue, &scene));
    assert_eq!(painter.planes(), 1);
}
