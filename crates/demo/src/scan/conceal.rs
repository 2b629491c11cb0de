//! What is there and not declared.

use super::boxes::Room;
use super::drawing::{Drawing, Span};
use super::looks::{Inside, Look};
use super::luck::Luck;
use super::materials::Material;
use super::shapes;
use super::stow::{Section, Swap};
use crate::plan::Concealed;

/// Depth of the hiding place behind a false wall, mm.
const BEHIND_WALL: f32 = 430.0;

/// A place in the unit where something is hidden, mm.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) x: Span,
    pub(super) y: Span,
    pub(super) z: Span,
}

/// The room that is left for the declared load.
pub(super) fn room_left(room: &Room, concealed: Option<Concealed>) -> Room {
    match concealed {
        Some(Concealed::FalseWall) => Room {
            x: [room.x[0], room.x[1] - BEHIND_WALL - 40.0],
            ..*room
        },
        _ => *room,
    }
}

/// Where it is hidden, given the load.
pub(super) fn spot(
    concealed: Concealed,
    room: &Room,
    load: &[Section],
    luck: &mut Luck,
) -> Option<Spot> {
    if concealed == Concealed::FalseWall {
        let x = [room.x[1] - BEHIND_WALL, room.x[1]];
        return Some(Spot {
            x,
            y: [room.y[0], room.y[1]],
            z: room.z,
        });
    }
    let section = load
        .iter()
        .max_by(|a, b| (a.x[1] - a.x[0]).total_cmp(&(b.x[1] - b.x[0])))?;
    let (wide, high, deep) = match concealed {
        Concealed::CigaretteCartons => (1_150.0, 620.0, 1_050.0),
        Concealed::Rifles => (1_120.0, 330.0, 460.0),
        Concealed::DenseBundles | Concealed::FalseWall => (620.0, 360.0, 560.0),
    };
    let wide = f32::min(wide, (section.x[1] - section.x[0]) * 0.5);
    let high = f32::min(high, (section.y[1] - section.y[0]) * 0.5);
    let room = (section.x[1] - section.x[0] - wide).max(0.0);
    let left = section.x[0] + room * luck.between(0.25, 0.75);
    // Inside one stack, not across the gap between two.
    let (wide, left) = match section.stack_at(left) {
        Some(stack) => {
            let wide = wide.min(stack[1] - stack[0] - 60.0);
            (wide, f32::midpoint(stack[0], stack[1]) - wide / 2.0)
        }
        None => (wide, left),
    };
    let low = section.y[0]
        + 150.0
        + (section.y[1] - section.y[0] - high - 150.0).max(0.0) * luck.between(0.2, 0.55);
    let low = if concealed == Concealed::Rifles {
        section.y[0] + 110.0
    } else {
        low
    };
    let near = section.z[0]
        + if concealed == Concealed::Rifles {
            700.0
        } else {
            40.0
        };
    Some(Spot {
        x: [left, left + wide],
        y: [low, low + high],
        z: [near, near + deep],
    })
}

/// Declared packages that are taken out to make room.
pub(super) fn swap(concealed: Concealed, spot: &Spot) -> Option<Swap> {
    let look = match concealed {
        // Master cases: paper, foil, tobacco, much air.
        Concealed::CigaretteCartons => Look {
            inside: Inside::Round(88.0),
            ..hollow(Material::Paper, 0.24)
        },
        Concealed::DenseBundles => hollow(Material::Paper, 0.05),
        Concealed::Rifles | Concealed::FalseWall => return None,
    };
    Some(Swap {
        x: spot.x,
        y: spot.y,
        z: spot.z,
        look,
    })
}

fn hollow(material: Material, density: f32) -> Look {
    Look {
        material,
        with: None,
        density,
        pallets: false,
        inside: Inside::Even,
        highest: 0.0,
    }
}

/// Draws it.
pub(super) fn draw(drawing: &mut Drawing, concealed: Concealed, spot: &Spot, luck: &mut Luck) {
    match concealed {
        // They are the swapped packages themselves.
        Concealed::CigaretteCartons => {}
        Concealed::Rifles => rifles(drawing, spot, luck),
        Concealed::FalseWall => false_wall(drawing, spot, luck),
        Concealed::DenseBundles => bundles(drawing, spot, [128.0, 92.0], 1.25, luck),
    }
}

/// Bricks in rows, wrapped, a finger apart.
pub(super) fn bundles(
    drawing: &mut Drawing,
    spot: &Spot,
    brick: [f32; 2],
    density: f32,
    luck: &mut Luck,
) {
    let columns = ((spot.x[1] - spot.x[0]) / brick[0]).floor().max(1.0);
    let rows = ((spot.y[1] - spot.y[0]) / brick[1]).floor().max(1.0);
    for column in 0..columns as usize {
        for row in 0..rows as usize {
            let left = spot.x[0] + brick[0] * column as f32 + luck.around(3.0);
            let low = spot.y[0] + brick[1] * row as f32;
            let pen = Material::Powder.at_density(density * luck.between(0.95, 1.05));
            let x = [left + 5.0, left + brick[0] - 5.0];
            drawing.block(pen, x, [low + 4.0, low + brick[1] - 4.0], spot.z);
        }
    }
}

fn false_wall(drawing: &mut Drawing, spot: &Spot, luck: &mut Luck) {
    let steel = Material::Steel.pen();
    let wall = spot.x[0];
    drawing.block(Material::Wood.pen(), [wall - 18.0, wall], spot.y, spot.z);
    drawing.block(steel, [wall, wall + 2.5], spot.y, spot.z);
    for z in [spot.z[0] + 60.0, 0.0, spot.z[1] - 60.0] {
        drawing.block(
            steel,
            [wall + 2.0, wall + 42.0],
            spot.y,
            [z - 20.0, z - 17.0],
        );
        drawing.block(
            steel,
            [wall + 2.0, wall + 5.0],
            spot.y,
            [z - 20.0, z + 20.0],
        );
    }
    let stack = Spot {
        x: [wall + 60.0, spot.x[1] - 30.0],
        y: [spot.y[0], spot.y[0] + (spot.y[1] - spot.y[0]) * 0.62],
        z: [spot.z[0] + 150.0, spot.z[1] - 150.0],
    };
    bundles(drawing, &stack, [158.0, 112.0], 0.55, luck);
}

/// Long arms nose to tail at the bottom of a crate, machine parts above them.
fn rifles(drawing: &mut Drawing, spot: &Spot, luck: &mut Luck) {
    let boards = Spot {
        x: [spot.x[0] - 40.0, spot.x[1] + 40.0],
        y: [spot.y[0] - 110.0, spot.y[1] + 420.0],
        ..*spot
    };
    shapes::crate_frame(
        drawing,
        boards.x,
        boards.y,
        [spot.z[0] - 40.0, spot.z[1] + 300.0],
    );
    covering_parts(drawing, &boards, luck);
    long_arms(drawing, spot, luck);
}

/// Six long arms, every second one the other way round.
pub(super) fn long_arms(drawing: &mut Drawing, spot: &Spot, luck: &mut Luck) {
    let (steel, wood) = (Material::Steel.pen(), Material::Wood.pen());
    let long = spot.x[1] - spot.x[0];
    for number in 0..6u8 {
        let reversed = number % 2 == 1;
        let at = |share: f32| {
            if reversed {
                spot.x[1] - long * share
            } else {
                spot.x[0] + long * share
            }
        };
        let span = |a: f32, b: f32| [at(a).min(at(b)), at(a).max(at(b))];
        let z = spot.z[0] + 40.0 + f32::from(number) * 62.0;
        let y = spot.y[0] + 45.0 + f32::from(number / 2) * 72.0 + luck.around(6.0);
        drawing.lying(steel, span(0.02, 0.48), y, z, 9.5, 4.0);
        drawing.lying(steel, span(0.12, 0.36), y + 20.0, z, 7.0, 5.0);
        drawing.block(steel, span(0.015, 0.03), [y, y + 42.0], [z - 5.0, z + 5.0]);
        drawing.block(
            steel.share(0.5),
            span(0.44, 0.69),
            [y - 26.0, y + 24.0],
            [z - 19.0, z + 19.0],
        );
        drawing.block(
            wood.share(1.4),
            span(0.24, 0.43),
            [y - 22.0, y + 6.0],
            [z - 22.0, z + 22.0],
        );
        let stock = [
            [at(0.69), y + 16.0],
            [at(0.98), y - 4.0],
            [at(0.98), y - 108.0],
            [at(0.72), y - 26.0],
        ];
        drawing.polygon(wood.share(1.4), &stock, z, 38.0);
        let magazine = [
            [at(0.50), y - 22.0],
            [at(0.57), y - 22.0],
            [at(0.52), y - 185.0],
            [at(0.455), y - 165.0],
        ];
        drawing.polygon(steel, &magazine, z, 6.0);
        let grip = [
            [at(0.63), y - 24.0],
            [at(0.67), y - 24.0],
            [at(0.695), y - 118.0],
            [at(0.655), y - 118.0],
        ];
        drawing.polygon(Material::Plastic.pen(), &grip, z, 32.0);
    }
}

/// Shafts, bearings and pipes that lie over the arms.
fn covering_parts(drawing: &mut Drawing, spot: &Spot, luck: &mut Luck) {
    let steel = Material::Steel.pen();
    let deep = f32::midpoint(spot.z[0], spot.z[1]);
    for part in 0..7u8 {
        let left = luck.between(spot.x[0] + 40.0, spot.x[1] - 520.0);
        let high = luck.between(spot.y[1] - 330.0, spot.y[1] - 90.0);
        let outer = luck.between(16.0, 44.0);
        if part % 3 == 0 {
            drawing.ring(steel, [left + 200.0, high], deep, outer * 2.4, outer, 55.0);
        } else {
            let span = [left, left + luck.between(200.0, 480.0)];
            drawing.lying(steel, span, high, deep, outer, outer * 0.6);
        }
    }
}
