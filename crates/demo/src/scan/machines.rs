//! Machines on skids and in crates: pumps, mills, generating sets, loose parts.

use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::materials::{Material, Pen};
use super::pieces::places;
use super::shapes;
use super::stow::Section;

fn steel() -> Pen {
    Material::Steel.pen()
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
pub(super) fn weighing(mass: f32, volume: f32) -> Pen {
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
