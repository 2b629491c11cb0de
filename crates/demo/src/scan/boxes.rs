//! Containers and trailer bodies: walls, floors, roofs, doors, insulation, refrigeration.

use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::materials::{Material, Pen};

/// Half the outer width of every unit, mm (ISO 668: 2,438 mm; trailers 2,550 mm).
const HALF: f32 = 1_219.0;

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

fn steel() -> Pen {
    Material::Steel.pen()
}

/// Both long sides at once: near and far, each `thick` mm of a material.
fn sides(drawing: &mut Drawing, pen: Pen, x: Span, y: Span, thick: f32) {
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
fn tube(drawing: &mut Drawing, x: Span, y: Span, z: f32, wall: f32) {
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
fn frame(drawing: &mut Drawing, hull: Hull) {
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

/// A reefer container: foam between sheets, aluminium T-floor, machinery in the front.
pub(super) fn reefer(drawing: &mut Drawing, hull: Hull, luck: &mut Luck) -> Room {
    let Hull { x, y } = hull;
    let inside = [x[0] + 470.0, x[1] - 80.0];
    let floor = y[0] + 230.0;
    let foam = Material::Foam.pen();
    let upper = [y[0] + 150.0, y[1] - 60.0];
    let skin = steel().share(0.9).and(Material::Aluminium.pen().share(1.2));
    for z in [[-HALF, -HALF + 1.0], [HALF - 1.0, HALF]] {
        let shift = luck.between(0.0, 400.0);
        drawing.ribbed(skin, [x[0] + 420.0, x[1] - 60.0], upper, z, |at| {
            // Inner lining beads and the joints of the outer sheets.
            let joint = (at + shift).rem_euclid(1_150.0) < 26.0;
            let bead = (at + shift).rem_euclid(143.0) < 12.0;
            1.0 + f32::from(u8::from(joint)) * 0.9 + f32::from(u8::from(bead)) * 0.22
        });
    }
    sides(drawing, foam, [x[0] + 420.0, x[1] - 60.0], upper, 66.0);
    drawing.block(
        foam,
        [x[0] + 400.0, x[1] - 60.0],
        [y[1] - 95.0, y[1] - 4.0],
        [-1150.0, 1150.0],
    );
    drawing.block(
        steel(),
        [x[0] + 60.0, x[1] - 60.0],
        [y[1] - 6.0, y[1] - 4.6],
        [-1140.0, 1140.0],
    );
    drawing.block(
        Material::Aluminium.pen(),
        inside,
        [y[1] - 97.0, y[1] - 95.6],
        [-1140.0, 1140.0],
    );
    for z in [-HALF + 32.0, HALF - 32.0] {
        tube(
            drawing,
            [x[0] + 60.0, x[1] - 60.0],
            [y[1] - 66.0, y[1]],
            z,
            3.5,
        );
    }
    t_floor(drawing, inside, floor);
    drawing.block(
        foam,
        [x[0] + 60.0, x[1] - 60.0],
        [y[0] + 60.0, floor - 65.0],
        [-1150.0, 1150.0],
    );
    sides(drawing, steel(), x, [y[0] + 10.0, y[0] + 160.0], 4.5);
    reefer_beams(drawing, x, y[0]);
    frame(drawing, hull);
    insulated_doors(drawing, x[1], [floor - 60.0, y[1] - 60.0]);
    machinery_end(
        drawing,
        [x[0] + 20.0, x[0] + 430.0],
        [y[0] + 120.0, y[1] - 90.0],
        luck,
    );
    Room {
        x: [inside[0] + 15.0, inside[1] - 15.0],
        y: [floor, y[1] - 200.0],
        z: [-1135.0, 1135.0],
    }
}

fn t_floor(drawing: &mut Drawing, x: Span, floor: f32) {
    let metal = Material::Aluminium.pen();
    let z = [-1140.0, 1140.0];
    drawing.block(metal.share(0.55), x, [floor - 4.0, floor], z);
    drawing.block(metal.share(0.075), x, [floor - 60.0, floor - 4.0], z);
    drawing.block(metal, x, [floor - 64.0, floor - 60.0], z);
}

fn reefer_beams(drawing: &mut Drawing, x: Span, bottom: f32) {
    let mut at = x[0] + 260.0;
    while at < x[1] - 200.0 {
        drawing.block(
            steel(),
            [at, at + 4.5],
            [bottom + 14.0, bottom + 95.0],
            [-1150.0, 1150.0],
        );
        drawing.block(
            steel(),
            [at, at + 50.0],
            [bottom + 14.0, bottom + 18.0],
            [-1150.0, 1150.0],
        );
        at += 446.0;
    }
}

fn insulated_doors(drawing: &mut Drawing, right: f32, y: Span) {
    let z = [-1150.0, 1150.0];
    drawing.block(Material::Foam.pen(), [right - 88.0, right - 22.0], y, z);
    drawing.block(steel(), [right - 24.0, right - 22.6], y, z);
    drawing.block(
        Material::Aluminium.pen(),
        [right - 88.0, right - 86.0],
        y,
        z,
    );
    drawing.block(
        Material::Rubber.pen().share(0.07),
        [right - 102.0, right - 88.0],
        y,
        z,
    );
    for rod in [-820.0, 820.0] {
        drawing.standing(
            steel(),
            right - 2.0,
            [y[0] - 60.0, y[1] + 40.0],
            rod,
            18.0,
            13.0,
        );
    }
    for at in [0.06, 0.35, 0.65, 0.94] {
        let middle = y[0] + (y[1] - y[0]) * at;
        for z in [-HALF + 25.0, HALF - 25.0] {
            drawing.block(
                steel(),
                [right - 40.0, right + 26.0],
                [middle - 80.0, middle + 80.0],
                [z - 11.0, z + 11.0],
            );
        }
    }
}

/// Compressor, condenser, evaporator, fans, boxes and pipes in front of the insulated bulkhead.
fn machinery_end(drawing: &mut Drawing, x: Span, y: Span, luck: &mut Luck) {
    let (wide, tall) = (x[1] - x[0], y[1] - y[0]);
    let across = |share: f32| x[0] + wide * share;
    let up = |share: f32| y[0] + tall * share;
    let all = [-1050.0, 1050.0];
    // Bulkhead and frame.
    drawing.block(
        Material::Foam.pen(),
        [x[1] - 60.0, x[1] + 30.0],
        y,
        [-1130.0, 1130.0],
    );
    drawing.block(
        Material::Aluminium.pen(),
        [x[1] + 28.0, x[1] + 31.0],
        y,
        all,
    );
    drawing.block(steel().share(0.045), [x[0] - 14.0, x[0] + 6.0], y, all);
    for at in [0.0, 0.40, 0.72, 0.97] {
        drawing.block(steel().share(0.03), x, [up(at), up(at) + 28.0], all);
    }
    // Condenser: fins and tubes, a shroud and its fan.
    let fins = Material::Aluminium
        .pen()
        .share(0.16)
        .and(Material::Copper.pen().share(0.035));
    drawing.ribbed(
        fins,
        [across(0.08), across(0.30)],
        [up(0.43), up(0.70)],
        [-850.0, 850.0],
        |at| 0.8 + 0.4 * f32::from(u8::from(at.rem_euclid(24.0) < 9.0)),
    );
    drawing.lying(
        steel(),
        [across(0.36), across(0.62)],
        up(0.565),
        0.0,
        95.0,
        0.0,
    );
    drawing.block(
        Material::Aluminium.pen(),
        [across(0.64), across(0.70)],
        [up(0.45), up(0.68)],
        [-30.0, 30.0],
    );
    // Evaporator at the top behind the bulkhead, two fan motors.
    drawing.ribbed(
        fins,
        [across(0.42), across(0.80)],
        [up(0.75), up(0.86)],
        [-980.0, 980.0],
        |at| 0.8 + 0.4 * f32::from(u8::from(at.rem_euclid(19.0) < 8.0)),
    );
    for z in [-480.0, 480.0] {
        drawing.standing(steel(), across(0.60), [up(0.885), up(0.955)], z, 75.0, 0.0);
        drawing.ring(
            Material::Aluminium.pen(),
            [across(0.60), up(0.90)],
            z,
            130.0,
            110.0,
            60.0,
        );
    }
    // Compressor with its motor, on a base; receiver; oil separator.
    drawing.standing(
        steel().share(0.62),
        across(0.42),
        [up(0.07), up(0.24)],
        -350.0,
        135.0,
        0.0,
    );
    drawing.ball(
        steel().share(0.62),
        [across(0.42), up(0.24)],
        -350.0,
        [135.0, 60.0, 120.0],
    );
    drawing.lying(
        steel().share(0.8),
        [across(0.30), across(0.62)],
        up(0.11),
        -350.0,
        95.0,
        0.0,
    );
    drawing.standing(
        steel(),
        across(0.80),
        [up(0.06), up(0.30)],
        250.0,
        62.0,
        56.0,
    );
    drawing.standing(
        steel(),
        across(0.17),
        [up(0.10), up(0.22)],
        500.0,
        55.0,
        50.0,
    );
    drawing.block(
        steel().share(0.25),
        [across(0.25), across(0.62)],
        [up(0.035), up(0.06)],
        [-560.0, -120.0],
    );
    // Control box with transformer, coiled power cable.
    let control = [across(0.10), across(0.55)];
    sides(drawing, steel(), control, [up(0.26), up(0.39)], 2.0);
    drawing.block(
        steel().share(0.7),
        [across(0.20), across(0.36)],
        [up(0.275), up(0.335)],
        [350.0, 560.0],
    );
    drawing.block(
        Material::Copper.pen().share(0.5),
        [across(0.38), across(0.46)],
        [up(0.28), up(0.32)],
        [400.0, 520.0],
    );
    for turn in 0..5u8 {
        let radius = 150.0 - f32::from(turn) * 22.0;
        let cable = Material::Copper.pen().share(0.35);
        drawing.ring(
            cable,
            [across(0.70), up(0.185)],
            800.0,
            radius,
            radius - 13.0,
            22.0,
        );
    }
    pipes(drawing, x, y, luck);
}

fn pipes(drawing: &mut Drawing, x: Span, y: Span, luck: &mut Luck) {
    for _ in 0..14 {
        let z = luck.around(900.0);
        let at = luck.between(x[0] + 30.0, x[1] - 40.0);
        let from = luck.between(y[0] + 100.0, y[1] - 700.0);
        let to = from + luck.between(150.0, 600.0);
        let outer = luck.between(6.0, 15.0);
        drawing.standing(
            Material::Copper.pen(),
            at,
            [from, to],
            z,
            outer,
            outer - 1.6,
        );
        let reach = luck.between(-160.0, 160.0);
        let span = [at.min(at + reach).max(x[0]), at.max(at + reach).min(x[1])];
        drawing.lying(Material::Copper.pen(), span, to, z, outer, outer - 1.6);
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
