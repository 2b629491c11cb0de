//! Reefer containers: insulation, T-floor and the refrigeration machinery.

use super::boxes::{HALF, Hull, Room, frame, sides, steel, tube};
use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::materials::Material;

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
