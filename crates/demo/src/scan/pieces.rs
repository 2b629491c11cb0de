//! Goods that are not cartons: machines, cars, tyres, bars, timber, drums, slabs.

use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::materials::{Material, Pen};
use super::stow::Section;

fn steel() -> Pen {
    Material::Steel.pen()
}

/// Spreads `count` pieces over the section's floor: x spans in one or two rows of depth.
pub(super) fn places(section: &Section, count: f32, rows: f32) -> Vec<(Span, Span)> {
    let columns = (count / rows).ceil().max(1.0);
    let pitch = (section.x[1] - section.x[0]) / columns;
    let deep = (section.z[1] - section.z[0]) / rows;
    (0..count as usize)
        .map(|at| {
            let (column, row) = ((at / rows as usize) as f32, (at % rows as usize) as f32);
            let left = section.x[0] + pitch * column;
            let near = section.z[0] + deep * row;
            (
                [left + 25.0, left + pitch - 25.0],
                [near + 25.0, near + deep - 25.0],
            )
        })
        .collect()
}

/// Lorry tyres standing upright in rows, laced by half a tyre.
pub(super) fn tyres(drawing: &mut Drawing, section: &Section, luck: &mut Luck) {
    let outer = (section.each() / 62.0).cbrt().clamp(0.6, 1.1) * 510.0;
    let [left, right] = section.x;
    let rows = ((section.z[1] - section.z[0]) / 280.0).floor();
    let tiers = ((section.y[1] - section.y[0] - 2.0 * outer) / (outer * 1.72))
        .floor()
        .max(0.0)
        + 1.0;
    // As many side by side as it takes to stay under the roof, pressed together if it must be.
    let fitting = ((right - left) / (outer * 2.02)).floor();
    let columns = (section.packages / (rows * tiers))
        .ceil()
        .max(fitting)
        .max(2.0);
    let pitch = (right - left - 2.0 * outer) / (columns - 0.5);
    for number in 0..section.packages as usize {
        let row = (number % rows as usize) as f32;
        let column = (number / rows as usize % columns as usize) as f32;
        let tier = (number / (rows * columns) as usize) as f32;
        let shift = if (tier as usize).is_multiple_of(2) {
            0.0
        } else {
            pitch / 2.0
        };
        let at = [
            left + outer + pitch * column + shift + luck.around(14.0),
            section.y[0] + outer + tier * outer * 1.72 + luck.around(8.0),
        ];
        tyre(drawing, at, section.z[0] + 140.0 + 280.0 * row, outer);
    }
}

fn tyre(drawing: &mut Drawing, at: [f32; 2], z: f32, outer: f32) {
    let rubber = Material::Rubber.pen();
    drawing.ring(rubber, at, z, outer, outer * 0.955, 215.0);
    drawing.ring(steel(), at, z, outer * 0.965, outer * 0.958, 180.0);
    drawing.ring(rubber, at, z, outer * 0.955, outer * 0.62, 30.0);
    drawing.ring(rubber, at, z, outer * 0.62, outer * 0.56, 62.0);
    drawing.ring(steel(), at, z, outer * 0.585, outer * 0.57, 34.0);
}

/// Bars, tubes or sheets in bundles on dunnage.
pub(super) fn bars(drawing: &mut Drawing, section: &Section, luck: &mut Luck) {
    let length = (section.x[1] - section.x[0]).max(1_000.0);
    let across = 6.0;
    let deep = (section.z[1] - section.z[0]) / across;
    let per_bundle = section.kilograms / across;
    // A bundle is two thirds steel.
    let high = per_bundle * 1e6 / (7.85 * 0.66) / (length * deep * 0.86);
    let base = section.y[0] + 90.0;
    let mut at = section.x[0] + 250.0;
    while at < section.x[1] - 200.0 {
        drawing.block(
            Material::Wood.pen().share(1.3),
            [at, at + 95.0],
            [section.y[0], base],
            section.z,
        );
        at += 1_450.0;
    }
    for bundle in 0..across as usize {
        let near = section.z[0] + deep * bundle as f32;
        let rods = (high / 26.0).round().clamp(2.0, 200.0);
        let pitch = high / rods;
        let x = [
            section.x[0] + luck.between(0.0, 120.0),
            section.x[1] - luck.between(0.0, 120.0),
        ];
        for rod in 0..rods as usize {
            let y = base + pitch * (rod as f32 + 0.5) + luck.around(2.0);
            let tips = [
                x[0] + luck.between(0.0, 60.0),
                x[1] - luck.between(0.0, 60.0),
            ];
            // One row of rods, side by side through the depth.
            let count = (deep * 0.86 / pitch).max(1.0);
            drawing.lying(
                steel().share(count * 0.84),
                tips,
                y,
                near + deep / 2.0,
                pitch / 2.0,
                0.0,
            );
        }
        let ties = (length / 1_900.0).ceil().max(2.0);
        for tie in 0..ties as usize {
            let at = x[0] + 200.0 + (length - 500.0) * tie as f32 / (ties - 1.0).max(1.0);
            drawing.block(
                steel(),
                [at, at + 12.0],
                [base, base + high],
                [near, near + 12.0],
            );
        }
    }
}

/// Packs of sawn boards with stickers between the layers.
pub(super) fn timber(drawing: &mut Drawing, section: &Section, luck: &mut Luck) {
    let [floor, top] = section.y;
    let room = section.x[1] - section.x[0];
    let packs = (room / 4_300.0).round().max(1.0);
    let tiers = ((top - floor) / 1_050.0).round().max(1.0);
    let mass = section.kilograms / (packs * tiers * 2.0);
    let long = room / packs - 60.0;
    let high = (top - floor) / tiers - 90.0;
    for pack in 0..packs as usize {
        for tier in 0..tiers as usize {
            for z in [[section.z[0], -20.0], [20.0, section.z[1]]] {
                let left = section.x[0] + (room / packs) * pack as f32 + 30.0 + luck.around(25.0);
                let base = floor + (high + 90.0) * tier as f32;
                for at in [0.1, 0.5, 0.9] {
                    let bearer = left + long * at - 45.0;
                    drawing.block(
                        Material::Wood.pen(),
                        [bearer, bearer + 90.0],
                        [base, base + 85.0],
                        z,
                    );
                }
                let boards = (high / 52.0).round().max(1.0);
                let density = mass * 1e6 / (long * high * (z[1] - z[0]) * 0.94);
                for board in 0..boards as usize {
                    let y = base + 85.0 + high * board as f32 / boards;
                    let ends = [
                        left + luck.between(0.0, 70.0),
                        left + long - luck.between(0.0, 70.0),
                    ];
                    let pen = Material::Wood.at_density(density * luck.between(0.93, 1.07));
                    drawing.block(pen, ends, [y, y + high / boards - 3.0], z);
                }
            }
        }
    }
}

/// Drums, cans and jerrycans upright in tiers.
pub(super) fn drums(drawing: &mut Drawing, section: &Section, luck: &mut Luck) {
    let litres = section.each() / section.look.density;
    // A 216 l drum is 585 wide and 880 high; others keep the shape.
    let size = (litres / 216.0).cbrt();
    let (diameter, tall) = (585.0 * size, 880.0 * size);
    let columns = ((section.x[1] - section.x[0]) / diameter).floor().max(1.0);
    let rows = ((section.z[1] - section.z[0]) / diameter).floor().max(1.0);
    let tiers = (section.packages / (columns * rows)).ceil();
    let tall = tall.min((section.y[1] - section.y[0] + 200.0) / tiers);
    let mut left = section.packages;
    let radius = diameter / 2.0 - 3.0;
    let mass = section.each();
    for tier in 0..tiers as usize {
        let floor = section.y[0] + tall * tier as f32;
        for slot in 0..(columns * rows) as usize {
            if left < 0.5 {
                return;
            }
            left -= 1.0;
            let (column, row) = ((slot / rows as usize) as f32, (slot % rows as usize) as f32);
            let shift = if (row as usize).is_multiple_of(2) {
                0.0
            } else {
                diameter * 0.25
            };
            let x = section.x[0] + diameter * (column + 0.5) + shift + luck.around(4.0);
            let z = section.z[0] + diameter * (row + 0.5);
            let level = tall * luck.between(0.90, 0.94);
            let density = mass * 0.93 * 1e6 / (std::f32::consts::PI * radius * radius * level);
            drawing.standing(
                section.look.material.at_density(density),
                x,
                [floor + 6.0, floor + level],
                z,
                radius,
                0.0,
            );
            let wall = 1.2 * size.max(0.6);
            drawing.standing(
                steel(),
                x,
                [floor, floor + tall - 8.0],
                z,
                radius + wall,
                radius,
            );
            for hoop in [0.33, 0.66] {
                drawing.standing(
                    steel(),
                    x,
                    [floor + tall * hoop, floor + tall * hoop + 12.0],
                    z,
                    radius + 6.0,
                    radius,
                );
            }
            for lid in [0.0, tall - 20.0] {
                drawing.standing(steel(), x, [floor + lid, floor + lid + 3.0], z, radius, 0.0);
            }
        }
    }
}

/// Stone slabs on edge, leaning against frames.
pub(super) fn slabs(drawing: &mut Drawing, section: &Section, luck: &mut Luck) {
    let bundles = section.packages.clamp(
        1.0,
        ((section.x[1] - section.x[0]) / 1_150.0).max(1.0).floor() * 2.0,
    );
    let mass = section.kilograms / bundles;
    for (x, z) in places(section, bundles, 2.0) {
        let long = (x[1] - x[0]).min(2_700.0);
        let high = (section.y[1] - section.y[0] - 160.0).clamp(500.0, 1_650.0);
        let left = x[0] + (x[1] - x[0] - long) / 2.0;
        let base = section.y[0] + 120.0;
        for at in [0.12, 0.82] {
            let foot = left + long * at;
            drawing.block(
                Material::Wood.pen(),
                [foot, foot + 110.0],
                [section.y[0], base],
                z,
            );
            drawing.bar(
                Material::Wood.pen(),
                [foot + 55.0, base],
                [foot + 55.0, base + high * 0.9],
                95.0,
                z[0] + 60.0,
                90.0,
            );
        }
        let thick = 22.0;
        let slab = long * high * thick * 2.65 / 1e6;
        let count = (mass / slab).round().clamp(1.0, 60.0);
        let density = mass * 1e6 / (long * high * thick * count);
        let near = f32::midpoint(z[0], z[1]) - thick * count / 2.0;
        for number in 0..count as usize {
            let depth = near + thick * number as f32;
            let edge = left + luck.around(18.0);
            let top = base + high + luck.around(14.0);
            drawing.block(
                Material::Ceramic.at_density(density),
                [edge, edge + long],
                [base, top],
                [depth, depth + thick],
            );
        }
        drawing.block(
            Material::Wood.pen(),
            [left, left + long],
            [base + high * 0.55, base + high * 0.55 + 80.0],
            [z[0], z[0] + 40.0],
        );
    }
}
