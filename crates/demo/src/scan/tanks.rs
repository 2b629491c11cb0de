//! Tank containers: vessel, frame, fittings and the liquid inside.

use super::boxes::{HALF, Hull, Room, frame, sides, steel};
use super::drawing::{Drawing, Span};
use super::materials::{Material, Pen};

/// A tank container: a vessel of stainless steel with dished ends in an ISO frame, filled to a level.
pub(super) fn tank(drawing: &mut Drawing, hull: Hull, contents: Option<(Pen, f32)>) -> Room {
    let Hull { x, y } = hull;
    frame(drawing, hull);
    let middle = f32::midpoint(y[0], y[1]) + 25.0;
    let (radius, wall, dish) = (1_115.0, 5.0, 330.0);
    let shell = [x[0] + 260.0 + dish * 0.4, x[1] - 260.0 - dish * 0.4];
    drawing.lying(steel(), shell, middle, 0.0, radius, radius - wall);
    drawing.lying(
        Material::Foam.pen().share(1.4),
        shell,
        middle,
        0.0,
        radius + 52.0,
        radius,
    );
    drawing.lying(
        Material::Aluminium.pen(),
        shell,
        middle,
        0.0,
        radius + 53.0,
        radius + 52.0,
    );
    for (at, outward) in [(shell[0], -1.0), (shell[1], 1.0)] {
        dish_end(
            drawing,
            at,
            outward,
            [middle, radius, dish],
            steel(),
            wall * 1.4,
        );
    }
    if let Some((liquid, fill)) = contents {
        fill_vessel(drawing, liquid, shell, [middle, radius - wall, dish], fill);
    }
    tank_fittings(drawing, hull, shell, [middle, radius]);
    Room {
        x: shell,
        y: [middle - radius, middle + radius],
        z: [-radius, radius],
    }
}

/// The dished end seen from the side: a shell whose chord fades to its crown.
fn dish_end(drawing: &mut Drawing, at: f32, outward: f32, shape: [f32; 3], pen: Pen, wall: f32) {
    let [middle, radius, dish] = shape;
    for step in 0..64u8 {
        let (from, to) = (f32::from(step) / 64.0, f32::from(step + 1) / 64.0);
        let part = |share: f32| radius * (1.0 - share * share).sqrt();
        let x = [at + outward * dish * from, at + outward * dish * to];
        let (outer, mean) = (part(from), part(f32::midpoint(from, to)));
        let slope = 1.0 + 2.2 * f32::midpoint(from, to).powi(3);
        let inner = (mean - wall * slope).max(0.0);
        let span = [x[0].min(x[1]), x[0].max(x[1])];
        drawing.lying(pen, span, middle, 0.0, f32::midpoint(outer, mean), inner);
    }
}

fn fill_vessel(drawing: &mut Drawing, liquid: Pen, x: Span, shape: [f32; 3], fill: f32) {
    let [middle, radius, dish] = shape;
    let surface = middle - radius + 2.0 * radius * fill.clamp(0.05, 0.97);
    let long = [x[0] - dish * 0.62, x[1] + dish * 0.62];
    // Slices lying on each other up to the surface, each as deep as the vessel there.
    let step = 14.0;
    let mut bottom = middle - radius;
    while bottom < surface {
        let top = (bottom + step).min(surface);
        let off = f32::midpoint(bottom, top) - middle;
        let half = (radius * radius - off * off).max(0.0).sqrt();
        let short = (1.0 - half / radius) * dish * 0.62;
        drawing.block(
            liquid,
            [long[0] + short, long[1] - short],
            [bottom, top],
            [-half, half],
        );
        bottom = top;
    }
}

fn tank_fittings(drawing: &mut Drawing, hull: Hull, x: Span, shape: [f32; 2]) {
    let Hull { x: outer, y } = hull;
    let [middle, radius] = shape;
    let centre = f32::midpoint(x[0], x[1]);
    // Manlid, valves, walkway, saddles, diagonal braces, bottom outlet.
    drawing.standing(
        steel(),
        centre,
        [middle + radius - 10.0, middle + radius + 95.0],
        0.0,
        250.0,
        238.0,
    );
    drawing.block(
        steel(),
        [centre - 265.0, centre + 265.0],
        [middle + radius + 90.0, middle + radius + 104.0],
        [-265.0, 265.0],
    );
    for valve in [-620.0, 560.0] {
        drawing.standing(
            steel(),
            centre + valve,
            [middle + radius - 5.0, middle + radius + 80.0],
            0.0,
            55.0,
            20.0,
        );
    }
    drawing.block(
        Material::Aluminium.pen().share(0.2),
        [outer[0] + 150.0, outer[1] - 150.0],
        [y[1] - 62.0, y[1] - 30.0],
        [-230.0, 230.0],
    );
    for at in [x[0] + 350.0, x[1] - 350.0] {
        drawing.block(
            steel().share(0.012),
            [at - 90.0, at + 90.0],
            [y[0] + 60.0, middle - radius * 0.78],
            [-900.0, 900.0],
        );
    }
    for (at, to) in [
        (outer[0] + 90.0, x[0] + 250.0),
        (outer[1] - 90.0, x[1] - 250.0),
    ] {
        for z in [-HALF + 50.0, HALF - 50.0] {
            drawing.bar(
                steel(),
                [at, y[0] + 900.0],
                [to, y[0] + 110.0],
                70.0,
                z,
                14.0,
            );
            drawing.bar(
                steel(),
                [at, y[1] - 700.0],
                [to, y[1] - 80.0],
                70.0,
                z,
                14.0,
            );
        }
    }
    sides(drawing, steel(), outer, [y[0] + 20.0, y[0] + 140.0], 5.0);
    sides(drawing, steel(), outer, [y[1] - 90.0, y[1] - 10.0], 4.0);
    let outlet = x[1] - 120.0;
    drawing.standing(
        steel(),
        outlet,
        [middle - radius - 190.0, middle - radius + 10.0],
        0.0,
        62.0,
        40.0,
    );
    drawing.lying(
        steel(),
        [outlet, outlet + 380.0],
        middle - radius - 130.0,
        0.0,
        60.0,
        44.0,
    );
    drawing.ring(
        steel(),
        [outlet + 160.0, middle - radius - 130.0],
        0.0,
        95.0,
        70.0,
        30.0,
    );
}
