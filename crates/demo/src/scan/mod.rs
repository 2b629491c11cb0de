//! Radiographs computed from what a unit carries, by physics.
//!
//! A [`Scene`] is drawn as shapes of known material in space, a fan beam of two energies passes
//! through them (Beer–Lambert with approximate NIST coefficients, [`materials`]), and a detector
//! counts what is left with scatter, blur, photon noise and imperfect gain ([`beam`]). The declared
//! mass of a lot sets how much is drawn ([`stow`]), so that what is seen agrees with the
//! declaration except where something is concealed; where that is, [`Scan::truth`] tells.
//!
//! High counts mean high transmission: open air is near 60,000. The same scene gives the same
//! counts on every run and any number of threads. This module knows no storage and no network.

mod beam;
mod boxes;
mod cars;
mod conceal;
mod drawing;
mod encode;
mod looks;
mod luck;
mod machines;
mod materials;
mod pieces;
mod reefers;
mod shapes;
mod stow;
mod tanks;
mod threats;
mod vehicles;

use crate::plan::{Body, Cargo, Concealed, ScanPlan};
use boxes::{Hull, Room};
use drawing::{Drawing, Frame, Span};
use luck::Luck;

pub use encode::{ScanMeta, encode_tiff};
pub use materials::{Material, Optics, Pen};
pub use threats::{Shadow, Threat, shadow};

/// What stands in the scanner.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// What carries the load.
    pub body: Body,
    /// The load from the front wall to the doors; empty for an empty unit.
    pub cargo: Vec<Cargo>,
    /// What is there and not declared.
    pub concealed: Option<Concealed>,
    /// Size of a pixel at the middle of the unit, millimetres; 2 to 10.
    pub pitch_mm: f32,
    /// The seed of stow and noise.
    pub seed: u64,
}

impl From<&ScanPlan> for Scene {
    fn from(plan: &ScanPlan) -> Self {
        Self {
            body: plan.body,
            cargo: plan.cargo.clone(),
            concealed: plan.concealed,
            pitch_mm: plan.pitch_mm,
            seed: plan.seed,
        }
    }
}

/// Where something undeclared is in the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TruthRegion {
    /// Left edge, upper edge, width, height, pixels.
    pub rect: [u32; 4],
    /// What it is.
    pub what: Concealed,
}

/// A computed dual-energy radiograph.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size of a pixel at the middle of the unit, millimetres.
    pub pitch_mm: f32,
    /// Counts at the high energy, row by row.
    pub high: Vec<u16>,
    /// Counts at the low energy, row by row.
    pub low: Vec<u16>,
    /// What an analyst should find.
    pub truth: Vec<TruthRegion>,
}

/// Computes the radiograph of a scene.
pub fn compute(scene: &Scene) -> Scan {
    let (drawing, truth) = picture(scene);
    let (high, low) = beam::expose(&drawing, scene.seed);
    let Frame {
        width,
        height,
        pitch,
        ..
    } = drawing.frame;
    Scan {
        width: width as u32,
        height: height as u32,
        pitch_mm: pitch,
        high,
        low,
        truth,
    }
}

/// Height of a container's underside on its chassis, mm.
const ON_CHASSIS: f32 = 1_180.0;

/// Length and height of the body, where its underside is, where its kingpin is.
struct Outline {
    hull: Hull,
    carrier: Span,
    axles: usize,
}

fn outline(body: Body) -> Outline {
    let (length, height, front, axles) = match body {
        Body::Box20 | Body::Tank20 => (6_058.0, 2_591.0, 1_150.0, 2),
        Body::Box40 | Body::Reefer40 => (12_192.0, 2_896.0, 60.0, 3),
        Body::Trailer => (13_600.0, 2_820.0, 0.0, 3),
    };
    Outline {
        hull: Hull {
            x: [0.0, length],
            y: [ON_CHASSIS, ON_CHASSIS + height],
        },
        carrier: [
            -front,
            length + if body == Body::Trailer { 0.0 } else { 120.0 },
        ],
        axles,
    }
}

fn kingpin(carrier: Span) -> f32 {
    carrier[0] + 900.0_f32.min((carrier[1] - carrier[0]) * 0.14)
}

fn frame(outline: &Outline, pitch: f32) -> Frame {
    let pitch = if pitch.is_finite() {
        pitch.clamp(2.0, 10.0)
    } else {
        4.0
    };
    let left = kingpin(outline.carrier) - 4_550.0;
    let right = outline.carrier[1] + 650.0;
    let (top, bottom) = (outline.hull.y[1] + 480.0, -110.0);
    Frame {
        left,
        top,
        pitch,
        width: ((right - left) / pitch) as usize,
        height: ((top - bottom) / pitch) as usize,
    }
}

/// Draws everything that stands in the beam.
fn picture(scene: &Scene) -> (Drawing, Vec<TruthRegion>) {
    let outline = outline(scene.body);
    let frame = frame(&outline, scene.pitch_mm);
    let mut drawing = Drawing::new(frame);
    let mut luck = Luck::new(scene.seed);
    let beam_width = [
        frame.left - 100.0,
        frame.left + frame.pitch * (frame.width + 50) as f32,
    ];
    vehicles::road(&mut drawing, beam_width);
    vehicles::tractor(&mut drawing, kingpin(outline.carrier), &mut luck);
    if scene.body == Body::Trailer {
        vehicles::beams(
            &mut drawing,
            [60.0, outline.carrier[1] - 40.0],
            ON_CHASSIS,
            420.0,
        );
        vehicles::running_gear(
            &mut drawing,
            outline.carrier,
            ON_CHASSIS,
            outline.axles,
            &mut luck,
        );
    } else {
        vehicles::chassis(
            &mut drawing,
            outline.carrier,
            ON_CHASSIS,
            outline.axles,
            &mut luck,
        );
    }
    let room = body(&mut drawing, scene, outline.hull, &mut luck);
    let truth = load(&mut drawing, scene, &room, &mut luck);
    (drawing, truth)
}

fn body(drawing: &mut Drawing, scene: &Scene, hull: Hull, luck: &mut Luck) -> Room {
    match scene.body {
        Body::Box20 | Body::Box40 => boxes::dry(drawing, hull, luck),
        Body::Reefer40 => reefers::reefer(drawing, hull, luck),
        Body::Trailer => boxes::curtain(drawing, hull),
        Body::Tank20 => tanks::tank(drawing, hull, contents(&scene.cargo)),
    }
}

/// What is in a tank and how far it fills the 21 m³ vessel.
fn contents(cargo: &[Cargo]) -> Option<(Pen, f32)> {
    let lot = cargo.first()?;
    let look = looks::Look::of_goods(lot.form, lot.chapter);
    let cubic_metres = (lot.gross_kg as f32 / 1000.0 / look.density).clamp(0.0, 21.0);
    Some((look.pen(look.density), cubic_metres / 21.0))
}

/// Stows the load and hides what is concealed.
fn load(drawing: &mut Drawing, scene: &Scene, room: &Room, luck: &mut Luck) -> Vec<TruthRegion> {
    if scene.body == Body::Tank20 {
        return Vec::new();
    }
    let sections = stow::plan(&conceal::room_left(room, scene.concealed), &scene.cargo);
    let hidden = scene
        .concealed
        .and_then(|what| Some((what, conceal::spot(what, room, &sections, luck)?)));
    let swap = hidden.and_then(|(what, spot)| conceal::swap(what, &spot));
    let taken = hidden.and_then(|(what, spot)| (what == Concealed::Rifles).then_some(spot.x));
    for section in &sections {
        stow::draw(drawing, section, swap.as_ref(), taken, luck);
    }
    let Some((what, spot)) = hidden else {
        return Vec::new();
    };
    conceal::draw(drawing, what, &spot, luck);
    vec![TruthRegion {
        rect: seen(&drawing.frame, &spot),
        what,
    }]
}

/// The pixels a hiding place covers.
fn seen(frame: &Frame, spot: &conceal::Spot) -> [u32; 4] {
    let middle = f32::midpoint(spot.z[0], spot.z[1]);
    let clip = |at: f32, most: usize| at.clamp(0.0, most as f32) as u32;
    let (left, right) = (
        clip(frame.column(spot.x[0]), frame.width),
        clip(frame.column(spot.x[1]), frame.width),
    );
    let (upper, lower) = (
        clip(frame.row(spot.y[1], middle), frame.height),
        clip(frame.row(spot.y[0], middle), frame.height),
    );
    [
        left,
        upper,
        right.saturating_sub(left),
        lower.saturating_sub(upper),
    ]
}

#[cfg(test)]
mod tests;
