//! Goods that are not cartons: machines, cars, tyres, bars, timber, drums, slabs.

use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::materials::{Material, Pen};
use super::shapes;
use super::stow::Section;

fn steel() -> Pen {
    Material::Steel.pen()
}

/// Spreads `count` pieces over the section's floor: x spans in one or two rows of depth.
fn places(section: &Section, count: f32, rows: f32) -> Vec<(Span, Span)> {
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

/// Machines on skids, some in crates; none where something else stands.
pub(super) fn machines(
    drawing: &mut Drawing,
    section: &Section,
    taken: Option<Span>,
    luck: &mut Luck,
) {
    let length = section.x[1] - section.x[0];
    let most = (length / 520.0).clamp(2.0, 22.0);
    let count = section.packages.clamp(2.0, most).round();
    let mass = section.kilograms / count;
    let rows = if count > 3.0 { 2.0 } else { 1.0 };
    for (x, z) in places(section, count, rows) {
        if taken.is_some_and(|taken| taken[0] < x[1] - 60.0 && taken[1] > x[0] + 60.0) {
            continue;
        }
        let wide = x[1] - x[0];
        let want = (mass / 0.75 * 1e6 / (z[1] - z[0]).min(1_100.0) / 1_050.0).clamp(450.0, 2_600.0);
        let long = want.min(wide) * luck.between(0.86, 1.0);
        let left = x[0] + (wide - long) * luck.share();
        let high = (section.y[1] - section.y[0]) * luck.between(0.55, 1.0);
        let body = [[left, left + long], [section.y[0], section.y[0] + high], z];
        match luck.below(4) {
            0 => pump(drawing, body, mass, luck),
            1 => mill(drawing, body, mass, luck),
            2 => generator(drawing, body, mass, luck),
            _ => parts_crate(drawing, body, mass, luck),
        }
    }
}

/// A pen that gives a shape of this volume (mm³) this mass (kg), never denser than steel.
fn weighing(mass: f32, volume: f32) -> Pen {
    Material::Steel.at_density((mass * 1e6 / volume.max(1.0)).min(7.85))
}

fn skid(drawing: &mut Drawing, body: [Span; 3]) -> f32 {
    let [x, y, z] = body;
    for near in [z[0], z[1] - 120.0] {
        drawing.block(
            Material::Wood.pen(),
            x,
            [y[0], y[0] + 110.0],
            [near, near + 110.0],
        );
    }
    for at in [x[0] + 30.0, x[1] - 130.0] {
        drawing.block(
            Material::Wood.pen(),
            [at, at + 100.0],
            [y[0] + 110.0, y[0] + 160.0],
            z,
        );
    }
    y[0] + 160.0
}

/// An electric motor: ribbed frame, end shields, shaft, terminal box.
fn motor(drawing: &mut Drawing, x: Span, at: f32, z: f32, radius: f32, mass: f32) {
    let long = x[1] - x[0];
    let volume = std::f32::consts::PI * radius * radius * long;
    drawing.lying(
        weighing(mass * 0.55, volume),
        [x[0] + long * 0.08, x[1] - long * 0.12],
        at,
        z,
        radius,
        0.0,
    );
    drawing.lying(
        weighing(mass * 0.25, volume * 0.36),
        [x[0] + long * 0.2, x[1] - long * 0.25],
        at,
        z,
        radius * 0.62,
        0.0,
    );
    for shield in [x[0] + long * 0.04, x[1] - long * 0.14] {
        drawing.lying(
            weighing(mass * 0.08, volume * 0.07),
            [shield, shield + long * 0.06],
            at,
            z,
            radius * 1.06,
            0.0,
        );
    }
    drawing.lying(
        steel(),
        [x[0] - long * 0.12, x[1]],
        at,
        z,
        radius * 0.15,
        0.0,
    );
    drawing.block(
        Material::Aluminium.pen().share(0.3),
        [x[0] + long * 0.35, x[0] + long * 0.6],
        [at + radius, at + radius * 1.4],
        [z - radius * 0.4, z + radius * 0.4],
    );
}

fn pump(drawing: &mut Drawing, body: [Span; 3], mass: f32, luck: &mut Luck) {
    let base = skid(drawing, body);
    let [x, y, z] = body;
    let (long, middle) = (x[1] - x[0], f32::midpoint(z[0], z[1]));
    let radius = ((y[1] - base) * 0.30).min(long * 0.24).max(80.0);
    let axis = base + radius * 1.35;
    drawing.block(
        steel().share(0.035),
        [x[0], x[1]],
        [base, base + 90.0],
        [z[0] + 80.0, z[1] - 80.0],
    );
    motor(
        drawing,
        [x[0] + long * 0.46, x[1] - long * 0.03],
        axis,
        middle,
        radius * 0.82,
        mass * 0.42,
    );
    let casing = [x[0] + long * 0.24, axis];
    let depth = radius * 0.9;
    let area = std::f32::consts::PI * radius * radius;
    drawing.ring(
        weighing(mass * 0.22, area * depth * 0.55),
        casing,
        middle,
        radius,
        radius * 0.67,
        depth,
    );
    drawing.ring(
        weighing(mass * 0.12, area * depth * 0.45),
        casing,
        middle,
        radius * 0.67,
        0.0,
        depth * 0.6,
    );
    drawing.standing(
        steel(),
        casing[0] + radius * 0.72,
        [axis, axis + radius * 1.7],
        middle,
        radius * 0.34,
        radius * 0.27,
    );
    let flange = axis + radius * 1.7;
    drawing.standing(
        steel(),
        casing[0] + radius * 0.72,
        [flange, flange + 28.0],
        middle,
        radius * 0.52,
        radius * 0.27,
    );
    if luck.chance(0.5) {
        shapes::crate_frame(drawing, x, [base, y[1].max(flange + 60.0)], z);
    }
}

fn mill(drawing: &mut Drawing, body: [Span; 3], mass: f32, luck: &mut Luck) {
    let base = skid(drawing, body);
    let [x, y, z] = body;
    let (long, tall, middle) = (x[1] - x[0], y[1] - base, f32::midpoint(z[0], z[1]));
    let at = |share: f32| x[0] + long * share;
    let drum = [at(0.42), base + tall * 0.42];
    let radius = (long * 0.30).min(tall * 0.34);
    let depth = 340.0;
    let area = std::f32::consts::PI * radius * radius;
    drawing.ring(
        weighing(mass * 0.26, area * depth * 0.3),
        drum,
        middle,
        radius,
        radius * 0.84,
        depth,
    );
    drawing.ring(
        weighing(mass * 0.10, area * 0.3 * depth),
        drum,
        middle,
        radius * 0.55,
        0.0,
        depth * 0.5,
    );
    for hammer in 0..8u8 {
        let turn = f32::from(hammer) * std::f32::consts::TAU / 8.0 + luck.share();
        let tip = [
            drum[0] + radius * 0.78 * turn.cos(),
            drum[1] + radius * 0.78 * turn.sin(),
        ];
        let root = [
            drum[0] + radius * 0.45 * turn.cos(),
            drum[1] + radius * 0.45 * turn.sin(),
        ];
        drawing.bar(steel(), root, tip, 38.0, middle, 40.0);
    }
    let hopper = [
        [at(0.16), base + tall],
        [at(0.80), base + tall],
        [at(0.56), drum[1] + radius * 0.9],
        [at(0.36), drum[1] + radius * 0.9],
    ];
    for side in [-260.0, 260.0] {
        drawing.polygon(steel(), &hopper, middle + side, 3.0);
    }
    for (from, to) in [(0, 3), (1, 2)] {
        drawing.bar(steel(), hopper[from], hopper[to], 8.0, middle, 420.0);
    }
    for leg in [0.12, 0.72] {
        for z in [z[0] + 140.0, z[1] - 140.0] {
            drawing.block(
                steel(),
                [at(leg), at(leg) + 70.0],
                [base, drum[1] + 40.0],
                [z, z + 7.0],
            );
            drawing.block(
                steel(),
                [at(leg), at(leg) + 7.0],
                [base, drum[1] + 40.0],
                [z, z + 70.0],
            );
        }
    }
    motor(
        drawing,
        [at(0.70), at(0.97)],
        base + tall * 0.2,
        middle,
        (tall * 0.14).min(150.0),
        mass * 0.3,
    );
    let pulley = [at(0.80), base + tall * 0.2];
    drawing.ring(
        steel().share(0.6),
        drum,
        z[0] + 60.0,
        radius * 0.62,
        radius * 0.52,
        70.0,
    );
    drawing.ring(
        steel().share(0.6),
        pulley,
        z[0] + 60.0,
        radius * 0.3,
        radius * 0.1,
        70.0,
    );
    drawing.bar(
        Material::Rubber.pen(),
        [drum[0], drum[1] + radius * 0.6],
        [pulley[0], pulley[1] + radius * 0.28],
        14.0,
        z[0] + 60.0,
        60.0,
    );
    drawing.bar(
        Material::Rubber.pen(),
        [drum[0], drum[1] - radius * 0.6],
        [pulley[0], pulley[1] - radius * 0.28],
        14.0,
        z[0] + 60.0,
        60.0,
    );
}

fn generator(drawing: &mut Drawing, body: [Span; 3], mass: f32, luck: &mut Luck) {
    let base = skid(drawing, body);
    let [x, y, z] = body;
    let (long, tall, middle) = (
        x[1] - x[0],
        (y[1] - base).min(1_250.0),
        f32::midpoint(z[0], z[1]),
    );
    let at = |share: f32| x[0] + long * share;
    drawing.block(
        steel().share(0.05),
        x,
        [base, base + 110.0],
        [z[0] + 60.0, z[1] - 60.0],
    );
    // Block with cylinders, head, sump, fly wheel, radiator, alternator, canopy.
    let block = [at(0.24), at(0.58)];
    let depth = (z[1] - z[0]).min(520.0);
    let near = [middle - depth * 0.4, middle + depth * 0.4];
    let y0 = base + tall * 0.24;
    let engine = weighing(
        mass * 0.42,
        (block[1] - block[0]) * tall * 0.36 * depth * 0.8,
    );
    drawing.block(engine, block, [y0, y0 + tall * 0.36], near);
    for cylinder in 0..4u8 {
        let centre = block[0] + (block[1] - block[0]) * (f32::from(cylinder) + 0.5) / 4.0;
        let bore = (block[1] - block[0]) / 11.0;
        drawing.standing(
            engine.share(-0.8),
            centre,
            [y0 + tall * 0.12, y0 + tall * 0.36],
            middle,
            bore,
            0.0,
        );
        let crown = y0 + tall * luck.between(0.17, 0.30);
        drawing.standing(
            Material::Aluminium.pen(),
            centre,
            [crown, crown + tall * 0.05],
            middle,
            bore,
            0.0,
        );
    }
    drawing.block(
        steel().share(0.2),
        block,
        [y0 + tall * 0.36, y0 + tall * 0.47],
        [middle - 110.0, middle + 110.0],
    );
    drawing.block(
        Material::Aluminium.pen().share(0.2),
        [at(0.07), at(0.13)],
        [y0 - 40.0, y0 + tall * 0.5],
        [z[0] + 80.0, z[1] - 80.0],
    );
    drawing.lying(
        steel().share(0.8),
        [at(0.59), at(0.62)],
        y0 + tall * 0.1,
        middle,
        tall * 0.2,
        0.0,
    );
    motor(
        drawing,
        [at(0.64), at(0.95)],
        y0 + tall * 0.12,
        middle,
        tall * 0.21,
        mass * 0.36,
    );
    drawing.block(
        Material::Fuel.pen(),
        [at(0.1), at(0.55)],
        [base + 20.0, base + 95.0],
        [z[0] + 90.0, z[1] - 90.0],
    );
    for side in [z[0] + 20.0, z[1] - 22.0] {
        drawing.block(steel(), x, [base, base + tall], [side, side + 1.8]);
    }
    drawing.lying(
        steel(),
        [at(0.2), at(0.62)],
        base + tall * 0.88,
        middle,
        85.0,
        82.0,
    );
}

/// A wooden crate with shafts, gears, castings on its bottom.
fn parts_crate(drawing: &mut Drawing, body: [Span; 3], mass: f32, luck: &mut Luck) {
    let base = skid(drawing, body);
    let [x, y, z] = body;
    let top = base + (y[1] - base) * 0.7;
    shapes::crate_frame(drawing, x, [base, top], z);
    let pieces = 7;
    let each = mass / pieces as f32;
    for _ in 0..pieces {
        let centre = [
            luck.between(x[0] + 150.0, x[1] - 150.0),
            luck.between(base + 110.0, base + (top - base) * 0.62),
        ];
        let depth = luck.between(z[0] + 200.0, z[1] - 200.0);
        match luck.below(4) {
            0 => gear(drawing, centre, depth, each, luck),
            1 => {
                let half = luck.between(150.0, (x[1] - x[0]) * 0.42);
                let span = [
                    (centre[0] - half).max(x[0] + 25.0),
                    (centre[0] + half).min(x[1] - 25.0),
                ];
                let radius =
                    (each * 1e6 / 7.85 / std::f32::consts::PI / (span[1] - span[0])).sqrt();
                drawing.lying(steel(), span, centre[1], depth, radius, 0.0);
                drawing.lying(
                    steel(),
                    [span[0] + 40.0, span[0] + 95.0],
                    centre[1],
                    depth,
                    radius * 1.5,
                    radius,
                );
            }
            2 => {
                let side = (each * 1e6 / 2.6).cbrt() * 0.8;
                let casting = weighing(each, side * side * side * 1.6);
                drawing.block(
                    casting,
                    [centre[0] - side * 0.8, centre[0] + side * 0.8],
                    [centre[1] - side / 2.0, centre[1] + side / 2.0],
                    [depth - side / 2.0, depth + side / 2.0],
                );
                drawing.ring(casting.share(-0.7), centre, depth, side * 0.3, 0.0, side);
            }
            _ => drawing.ball(
                weighing(each, 4.0 * 160.0 * 110.0 * 140.0),
                centre,
                depth,
                [160.0, 110.0, 140.0],
            ),
        }
    }
}

fn gear(drawing: &mut Drawing, at: [f32; 2], z: f32, mass: f32, luck: &mut Luck) {
    let radius = luck.between(90.0, 210.0);
    let area = std::f32::consts::PI * radius * radius;
    let depth = (mass * 1e6 / 7.85 / area / 0.6).clamp(25.0, 160.0);
    drawing.ring(steel(), at, z, radius, radius * 0.78, depth);
    drawing.ring(
        steel().share(0.45),
        at,
        z,
        radius * 0.78,
        radius * 0.3,
        depth,
    );
    drawing.ring(steel(), at, z, radius * 0.3, radius * 0.16, depth * 1.4);
    for tooth in 0..24u8 {
        let turn = f32::from(tooth) * std::f32::consts::TAU / 24.0;
        let (cos, sin) = (turn.cos(), turn.sin());
        let root = [at[0] + radius * 0.99 * cos, at[1] + radius * 0.99 * sin];
        let tip = [at[0] + radius * 1.08 * cos, at[1] + radius * 1.08 * sin];
        drawing.bar(steel(), root, tip, radius * 0.12, z, depth);
    }
}

/// Motor cars on the floor, the second of a pair with its bonnet to the doors.
pub(super) fn cars(drawing: &mut Drawing, section: &Section, luck: &mut Luck) {
    let room = section.x[1] - section.x[0];
    let count = section.packages.min((room / 4_150.0).floor().max(1.0));
    let pitch = room / count;
    for number in 0..count as usize {
        let long = (pitch - 120.0).min(4_350.0);
        let left = section.x[0] + pitch * number as f32 + (pitch - long) / 2.0;
        let mass = section.kilograms / section.packages;
        car(
            drawing,
            [left, left + long],
            section.y[0],
            mass,
            number % 2 == 1,
            luck,
        );
    }
}

fn car(drawing: &mut Drawing, x: Span, floor: f32, mass: f32, reversed: bool, luck: &mut Luck) {
    let long = x[1] - x[0];
    let at = |share: f32| {
        if reversed {
            x[1] - long * share
        } else {
            x[0] + long * share
        }
    };
    let up = |share: f32| floor + 1_470.0 * share;
    let span = |a: f32, b: f32| [at(a).min(at(b)), at(a).max(at(b))];
    let outline: Vec<[f32; 2]> = [
        (0.0, 0.20),
        (0.0, 0.44),
        (0.03, 0.52),
        (0.24, 0.60),
        (0.36, 0.92),
        (0.44, 0.99),
        (0.66, 0.99),
        (0.80, 0.66),
        (0.97, 0.62),
        (1.0, 0.45),
        (1.0, 0.20),
        (0.90, 0.14),
        (0.10, 0.14),
    ]
    .iter()
    .map(|(along, height)| [at(*along), up(*height)])
    .collect();
    let glass: Vec<[f32; 2]> = [
        (0.29, 0.64),
        (0.385, 0.92),
        (0.45, 0.96),
        (0.65, 0.96),
        (0.77, 0.66),
    ]
    .iter()
    .map(|(along, height)| [at(*along), up(*height)])
    .collect();
    for z in [-790.0, 790.0] {
        drawing.polygon(steel(), &outline, z, 1.9);
        drawing.polygon(steel().share(-1.0), &glass, z, 1.5);
        drawing.polygon(Material::Glass.pen(), &glass, z, 3.8);
        for pillar in [0.50, 0.74] {
            drawing.bar(
                steel(),
                [at(pillar), up(0.2)],
                [at(pillar), up(0.97)],
                75.0,
                z,
                5.0,
            );
        }
        drawing.block(
            steel(),
            span(0.16, 0.82),
            [up(0.13), up(0.22)],
            [z - 50.0, z - 46.0],
        );
    }
    for pair in outline.windows(2) {
        drawing.bar(steel(), pair[0], pair[1], 16.0, 0.0, 120.0);
    }
    drawing.block(
        steel().share(0.011),
        span(0.14, 0.95),
        [up(0.15), up(0.175)],
        [-700.0, 700.0],
    );
    drawing.bar(
        Material::Glass.pen(),
        [at(0.245), up(0.61)],
        [at(0.365), up(0.93)],
        10.0,
        0.0,
        1_150.0,
    );
    // Engine across, gear box, battery, radiator, tank with fuel, exhaust, seats.
    let bay = weighing(mass * 0.14, long * 0.09 * 450.0 * 480.0);
    drawing.block(
        bay,
        span(0.09, 0.18),
        [up(0.2), up(0.2) + 450.0],
        [-300.0, 180.0],
    );
    drawing.ring(bay, [at(0.135), up(0.33)], 120.0, 115.0, 60.0, 160.0);
    drawing.ring(
        steel().share(0.7),
        [at(0.16), up(0.26)],
        330.0,
        150.0,
        40.0,
        170.0,
    );
    drawing.block(
        Material::Lead.pen().share(0.42),
        span(0.05, 0.10),
        [up(0.42), up(0.53)],
        [420.0, 600.0],
    );
    drawing.block(
        Material::Aluminium.pen().share(0.2),
        span(0.035, 0.048),
        [up(0.2), up(0.48)],
        [-400.0, 400.0],
    );
    drawing.block(
        Material::Fuel.pen(),
        span(0.70, 0.80),
        [up(0.16), up(luck.between(0.19, 0.24))],
        [-400.0, 400.0],
    );
    drawing.lying(steel(), span(0.2, 0.93), up(0.155), 220.0, 26.0, 24.0);
    drawing.lying(steel(), span(0.84, 0.94), up(0.2), 250.0, 95.0, 92.0);
    for z in [-370.0, 370.0] {
        for (seat, back) in [(0.43, 0.56), (0.62, 0.75)] {
            let foam = Material::Foam.pen().share(1.8).and(steel().share(0.014));
            drawing.bar(
                foam,
                [at(seat - 0.02), up(0.36)],
                [at(seat + 0.1), up(0.33)],
                130.0,
                z,
                470.0,
            );
            drawing.bar(
                foam,
                [at(back), up(0.36)],
                [at(back + 0.035), up(0.80)],
                110.0,
                z,
                450.0,
            );
        }
    }
    for z in [-720.0, 720.0] {
        for axle in [0.175, 0.80] {
            let wheel = [at(axle), floor + 305.0];
            drawing.ring(Material::Rubber.pen(), wheel, z, 305.0, 285.0, 185.0);
            drawing.ring(Material::Rubber.pen(), wheel, z, 285.0, 205.0, 30.0);
            drawing.ring(steel(), wheel, z, 206.0, 198.0, 150.0);
            drawing.ring(Material::Aluminium.pen(), wheel, z, 198.0, 40.0, 16.0);
            drawing.ring(steel(), wheel, z, 135.0, 30.0, 24.0);
            drawing.ring(steel(), wheel, z, 60.0, 0.0, 90.0);
        }
    }
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
