//! Containers and trailer bodies: walls, floors, roofs, doors, insulation, refrigeration.

use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::materials::{Material, Pen};

/// Half the outer width of every unit, mm (ISO 668: 2,438 mm; trailers 2,550 mm).
pub(super) const HALF: f32 = 1_219.0;

/// The room for cargo inside a unit, mm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    /// From the front wall to the doors.
    pub(super) x: Span,
    /// From the floor to the load line under the roof.
    pub(super) y: Span,
    /// From the near to the far wall.
    pub(super) z: Span,
}

/// Where a body stands and how large it is outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hull {
    pub(super) x: Span,
    pub(super) y: Span,
}

pub(super) fn steel() -> Pen {
    Material::Steel.pen()
}

/// Both long sides at once: near and far, each `thick` mm of a material.
pub(super) fn sides(drawing: &mut Drawing, pen: Pen, x: Span, y: Span, thick: f32) {
    drawing.block(pen, x, y, [-HALF, -HALF + thick]);
    drawing.block(pen, x, y, [HALF - thick, HALF]);
}

/// A dry container: corrugated steel all round, plywood on cross members.
pub(super) fn dry(drawing: &mut Drawing, hull: Hull, luck: &mut Luck) -> Room {
    let Hull { x, y } = hull;
    let floor = y[0] + 165.0;
    corrugated_sides(
        drawing,
        [x[0] + 90.0, x[1] - 130.0],
        [y[0] + 160.0, y[1] - 60.0],
        luck,
    );
    // Front wall, edge on: corrugated 45 mm deep.
    drawing.block(
        steel().share(0.055),
        [x[0] + 8.0, x[0] + 53.0],
        [floor, y[1] - 60.0],
        [-1150.0, 1150.0],
    );
    roof(drawing, [x[0] + 60.0, x[1] - 60.0], y[1], luck);
    base(drawing, x, y[0], luck);
    frame(drawing, hull);
    doors(drawing, x[1], [floor - 30.0, y[1] - 40.0]);
    vents(drawing, hull);
    Room {
        x: [x[0] + 75.0, x[1] - 95.0],
        y: [floor, y[1] - 120.0],
        z: [-1165.0, 1165.0],
    }
}

/// Trapezoid corrugations: the slopes are longer for the beam than the flats.
fn corrugated_sides(drawing: &mut Drawing, x: Span, y: Span, luck: &mut Luck) {
    const PERIOD: f32 = 278.0;
    for z in [[-HALF, -HALF + 1.7], [HALF - 1.7, HALF]] {
        let shift = luck.between(0.0, PERIOD);
        drawing.ribbed(steel(), x, y, z, |at| {
            let phase = (at + shift).rem_euclid(PERIOD);
            // 72 flat, 68 slope, 70 flat, 68 slope; bends in between thicken the sheet.
            let near = |edge: f32| (phase - edge).abs() < 5.0;
            match phase {
                _ if near(72.0) || near(140.0) || near(210.0) || near(274.0) => 1.75,
                p if (72.0..140.0).contains(&p) || p > 210.0 => 1.28,
                _ => 1.0,
            }
        });
    }
}

fn roof(drawing: &mut Drawing, x: Span, top: f32, luck: &mut Luck) {
    let shift = luck.between(0.0, 200.0);
    let z = [-1130.0, 1130.0];
    // Die-stamped sheet: 2 mm, its ribs running across.
    drawing.ribbed(steel(), x, [top - 9.0, top - 6.5], z, |at| {
        if (at + shift).rem_euclid(209.0) < 91.0 {
            1.25
        } else {
            0.85
        }
    });
    // Top side rails: square tubes of 60 mm, 3 mm thick.
    for z in [-HALF + 30.0, HALF - 30.0] {
        tube(
            drawing,
            [x[0] - 60.0, x[1] + 60.0],
            [top - 60.0, top],
            z,
            3.0,
        );
    }
}

/// A square tube along `x`, centred at depth `z`.
pub(super) fn tube(drawing: &mut Drawing, x: Span, y: Span, z: f32, wall: f32) {
    let half = (y[1] - y[0]) / 2.0;
    drawing.block(steel(), x, [y[1] - wall, y[1]], [z - half, z + half]);
    drawing.block(steel(), x, [y[0], y[0] + wall], [z - half, z + half]);
    drawing.block(steel(), x, y, [z - half, z - half + wall]);
    drawing.block(steel(), x, y, [z + half - wall, z + half]);
}

/// Cross members every 300 mm, bottom rails, 28 mm of plywood.
fn base(drawing: &mut Drawing, x: Span, bottom: f32, luck: &mut Luck) {
    let z = [-1150.0, 1150.0];
    drawing.block(
        Material::Wood.pen(),
        [x[0] + 60.0, x[1] - 80.0],
        [bottom + 137.0, bottom + 165.0],
        z,
    );
    let mut at = x[0] + 170.0;
    while at < x[1] - 160.0 {
        let web = [at, at + 4.0];
        drawing.block(steel(), web, [bottom + 16.0, bottom + 137.0], z);
        drawing.block(
            steel(),
            [at, at + 45.0],
            [bottom + 133.0, bottom + 137.0],
            z,
        );
        drawing.block(steel(), [at, at + 45.0], [bottom + 16.0, bottom + 20.0], z);
        at += 300.0 + luck.around(6.0);
    }
    sides(drawing, steel(), x, [bottom + 10.0, bottom + 168.0], 4.5);
    for z in [[-HALF, -HALF + 55.0], [HALF - 55.0, HALF]] {
        drawing.block(steel(), x, [bottom + 10.0, bottom + 14.5], z);
    }
}

/// Corner posts, castings, sills and headers.
pub(super) fn frame(drawing: &mut Drawing, hull: Hull) {
    let Hull { x, y } = hull;
    let tall = [y[0] + 100.0, y[1] - 100.0];
    for (left, wide, wall) in [(x[0] + 4.0, 145.0, 6.0), (x[1] - 190.0, 186.0, 6.0)] {
        for z in [-HALF + 70.0, HALF - 70.0] {
            let edge = [left, left + wide];
            drawing.block(steel(), edge, tall, [z - 60.0, z - 60.0 + wall]);
            drawing.block(steel(), edge, tall, [z + 40.0, z + 40.0 + wall]);
            drawing.block(steel(), [left, left + 8.0], tall, [z - 60.0, z + 46.0]);
            drawing.block(
                steel(),
                [left + wide - 10.0, left + wide],
                tall,
                [z - 60.0, z + 46.0],
            );
        }
    }
    for left in [x[0], x[1] - 178.0] {
        for bottom in [y[0], y[1] - 118.0] {
            for z in [-HALF + 81.0, HALF - 81.0] {
                casting(drawing, [left, left + 178.0], [bottom, bottom + 118.0], z);
            }
        }
    }
    for (at, thick) in [(x[0], 60.0), (x[1] - 70.0, 70.0)] {
        let z = [-1060.0, 1060.0];
        drawing.block(
            steel().share(0.10),
            [at, at + thick],
            [y[0] + 20.0, y[0] + 150.0],
            z,
        );
        drawing.block(
            steel().share(0.07),
            [at, at + thick],
            [y[1] - 105.0, y[1] - 10.0],
            z,
        );
    }
}

/// A corner casting: 25 mm of steel around a hollow, an oval hole in its face.
fn casting(drawing: &mut Drawing, x: Span, y: Span, z: f32) {
    drawing.block(steel(), x, y, [z - 81.0, z - 50.0]);
    drawing.block(steel(), x, y, [z + 56.0, z + 81.0]);
    drawing.block(steel(), [x[0], x[0] + 22.0], y, [z - 50.0, z + 56.0]);
    drawing.block(steel(), [x[1] - 22.0, x[1]], y, [z - 50.0, z + 56.0]);
    let middle = [f32::midpoint(x[0], x[1]), f32::midpoint(y[0], y[1])];
    drawing.ring(steel().share(-1.0), middle, z, 34.0, 0.0, 30.0);
}

/// Two leaves of corrugated steel in frames, four lock rods, hinges, gaskets.
fn doors(drawing: &mut Drawing, right: f32, y: Span) {
    let z = [-1160.0, 1160.0];
    drawing.block(steel().share(0.05), [right - 72.0, right - 30.0], y, z);
    drawing.block(
        Material::Rubber.pen().share(0.05),
        [right - 80.0, right - 72.0],
        y,
        z,
    );
    for edge in [[y[0], y[0] + 90.0], [y[1] - 90.0, y[1]]] {
        drawing.block(steel().share(0.09), [right - 74.0, right - 24.0], edge, z);
    }
    for rod in [-900.0, -300.0, 300.0, 900.0] {
        drawing.standing(
            steel(),
            right - 2.0,
            [y[0] - 40.0, y[1] + 30.0],
            rod,
            17.0,
            13.0,
        );
        for at in [0.03, 0.36, 0.66, 0.97] {
            let middle = y[0] + (y[1] - y[0]) * at;
            drawing.block(
                steel(),
                [right - 26.0, right + 22.0],
                [middle - 32.0, middle + 32.0],
                [rod - 14.0, rod + 14.0],
            );
        }
    }
    for at in [0.08, 0.37, 0.63, 0.92] {
        let middle = y[0] + (y[1] - y[0]) * at;
        for z in [-HALF + 25.0, HALF - 25.0] {
            drawing.block(
                steel(),
                [right - 40.0, right + 28.0],
                [middle - 75.0, middle + 75.0],
                [z - 9.0, z + 9.0],
            );
        }
    }
}

fn vents(drawing: &mut Drawing, hull: Hull) {
    for (at, z) in [(0.12, -HALF), (0.88, HALF - 6.0)] {
        let x = hull.x[0] + (hull.x[1] - hull.x[0]) * at;
        let y = hull.y[1] - 230.0;
        drawing.block(
            Material::Plastic.pen(),
            [x - 100.0, x + 100.0],
            [y - 70.0, y + 70.0],
            [z, z + 6.0],
        );
    }
}

/// A curtain-sided trailer body: aluminium boards, posts, tarpaulin, plywood floor.
pub(super) fn curtain(drawing: &mut Drawing, hull: Hull) -> Room {
    let Hull { x, y } = hull;
    let floor = y[0] + 30.0;
    let metal = Material::Aluminium.pen();
    drawing.block(
        Material::Wood.pen(),
        [x[0] + 20.0, x[1] - 20.0],
        [y[0], floor],
        [-1200.0, 1200.0],
    );
    sides(
        drawing,
        Material::Plastic.pen(),
        x,
        [floor, y[1] - 90.0],
        1.4,
    );
    sides(
        drawing,
        metal.and(steel().share(0.3)),
        x,
        [y[0] - 60.0, y[0] + 32.0],
        6.0,
    );
    for slat in 0..3u8 {
        let up = floor + 420.0 + f32::from(slat) * 620.0;
        sides(drawing, metal, x, [up, up + 100.0], 3.0);
    }
    let mut post = x[0];
    let step = (x[1] - x[0] - 90.0) / 4.0;
    for _ in 0..5 {
        for z in [-HALF + 20.0, HALF - 20.0] {
            let tall = [y[0], y[1] - 40.0];
            drawing.block(steel(), [post, post + 90.0], tall, [z - 20.0, z - 16.0]);
            drawing.block(steel(), [post, post + 90.0], tall, [z + 16.0, z + 20.0]);
            drawing.block(steel(), [post, post + 6.0], tall, [z - 16.0, z + 16.0]);
            drawing.block(
                steel(),
                [post + 84.0, post + 90.0],
                tall,
                [z - 16.0, z + 16.0],
            );
        }
        post += step;
    }
    // Front wall, rear doors, roof rails, sliding roof bows.
    drawing.block(
        metal.share(0.12),
        [x[0], x[0] + 35.0],
        [floor, y[1] - 20.0],
        [-1200.0, 1200.0],
    );
    drawing.block(
        metal.share(0.09),
        [x[1] - 38.0, x[1]],
        [floor, y[1] - 20.0],
        [-1200.0, 1200.0],
    );
    for rod in [-850.0, -250.0, 250.0, 850.0] {
        drawing.standing(steel(), x[1] + 16.0, [floor, y[1] - 60.0], rod, 14.0, 10.5);
    }
    for z in [-HALF + 30.0, HALF - 30.0] {
        drawing.block(metal, x, [y[1] - 110.0, y[1] - 20.0], [z - 30.0, z - 25.0]);
        drawing.block(metal, x, [y[1] - 110.0, y[1] - 104.0], [z - 25.0, z + 30.0]);
        drawing.block(metal, x, [y[1] - 26.0, y[1] - 20.0], [z - 25.0, z + 30.0]);
    }
    let mut bow = x[0] + 300.0;
    while bow < x[1] - 200.0 {
        drawing.block(
            metal.share(0.4),
            [bow, bow + 40.0],
            [y[1] - 55.0, y[1] - 30.0],
            [-1180.0, 1180.0],
        );
        bow += 640.0;
    }
    drawing.block(
        Material::Plastic.pen(),
        x,
        [y[1] - 22.0, y[1] - 20.5],
        [-1200.0, 1200.0],
    );
    Room {
        x: [x[0] + 60.0, x[1] - 70.0],
        y: [floor, y[1] - 160.0],
        z: [-1190.0, 1190.0],
    }
}
