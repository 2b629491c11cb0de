//! Motor cars in containers.

use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::machines::weighing;
use super::materials::{Material, Pen};
use super::stow::Section;

fn steel() -> Pen {
    Material::Steel.pen()
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
