//! What carries the unit: chassis, trailer running gear, tractor, road.

use super::drawing::{Drawing, Span};
use super::luck::Luck;
use super::materials::{Material, Pen};

/// Radius of a lorry tyre of 1,010 mm, mm.
const TYRE: f32 = 505.0;

fn steel() -> Pen {
    Material::Steel.pen()
}

/// The road under the wheels.
pub(super) fn road(drawing: &mut Drawing, x: Span) {
    drawing.block(
        Material::Concrete.pen(),
        x,
        [-400.0, 0.0],
        [-1500.0, 1500.0],
    );
}

/// A lorry wheel seen along its axle: tread, side walls, rim, disc, drum, hub.
fn wheel(drawing: &mut Drawing, x: f32, z: f32, sag: f32) {
    let at = [x, TYRE - sag];
    let rubber = Material::Rubber.pen();
    let mut ring = |pen: Pen, outer: f32, inner: f32, depth: f32| {
        drawing.ring(pen, at, z, outer, inner, depth);
    };
    ring(rubber, TYRE, TYRE - 26.0, 235.0);
    ring(steel(), TYRE - 17.0, TYRE - 21.0, 190.0);
    ring(rubber, TYRE - 26.0, TYRE - 70.0, 52.0);
    ring(rubber, TYRE - 70.0, 330.0, 26.0);
    ring(rubber, 330.0, 284.0, 58.0);
    ring(steel(), 304.0, 298.0, 30.0);
    ring(steel(), 290.0, 279.0, 210.0);
    ring(steel(), 279.0, 140.0, 11.0);
    for hole in 0..10u8 {
        let turn = f32::from(hole) * std::f32::consts::TAU / 10.0 + x * 0.003;
        let place = [at[0] + 215.0 * turn.cos(), at[1] + 215.0 * turn.sin()];
        drawing.ring(steel().share(-1.0), place, z, 27.0, 0.0, 11.0);
        let bolt = [at[0] + 167.0 * turn.cos(), at[1] + 167.0 * turn.sin()];
        drawing.ring(steel(), bolt, z, 15.0, 0.0, 60.0);
    }
}

/// Hub, drum and axle tube once for a wheel end.
fn wheel_end(drawing: &mut Drawing, x: f32, z: f32) {
    let at = [x, TYRE - 12.0];
    drawing.ring(steel(), at, z, 208.0, 190.0, 200.0);
    drawing.ring(steel(), at, z, 190.0, 70.0, 24.0);
    drawing.ring(steel(), at, z, 92.0, 0.0, 190.0);
}

/// An axle: twin or single tyres on both ends, tube, brakes, spring.
pub(super) fn axle(drawing: &mut Drawing, x: f32, twin: bool, luck: &mut Luck) {
    let sag = luck.between(8.0, 16.0);
    let rows: &[f32] = if twin {
        &[-1080.0, -760.0, 760.0, 1080.0]
    } else {
        &[-1010.0, 1010.0]
    };
    for z in rows {
        wheel(drawing, x + luck.around(3.0), *z, sag + luck.around(3.0));
    }
    for z in [-820.0, 820.0] {
        wheel_end(drawing, x, z);
    }
    let centre = [x, TYRE - 12.0];
    drawing.ring(steel(), centre, 0.0, 64.0, 50.0, 1_250.0);
    for z in [-560.0, 560.0] {
        drawing.lying(steel(), [x + 90.0, x + 260.0], TYRE - 20.0, z, 75.0, 70.0);
        drawing.standing(
            Material::Rubber.pen(),
            x + 320.0,
            [TYRE + 80.0, TYRE + 300.0],
            z,
            125.0,
            117.0,
        );
        drawing.bar(
            steel(),
            [x - 430.0, TYRE + 190.0],
            [x + 330.0, TYRE + 40.0],
            55.0,
            z,
            90.0,
        );
        drawing.bar(
            steel(),
            [x - 460.0, TYRE + 330.0],
            [x - 420.0, TYRE + 150.0],
            120.0,
            z,
            20.0,
        );
    }
}

/// The two main beams of a chassis or trailer under the cargo floor, with its cross members.
pub(super) fn beams(drawing: &mut Drawing, x: Span, top: f32, tall: f32) {
    for z in [-480.0, 480.0] {
        drawing.block(steel(), x, [top - tall, top], [z - 4.0, z + 4.0]);
        drawing.block(steel(), x, [top - 14.0, top], [z - 65.0, z + 65.0]);
        drawing.block(
            steel(),
            x,
            [top - tall, top - tall + 14.0],
            [z - 65.0, z + 65.0],
        );
    }
    let mut at = x[0] + 200.0;
    while at < x[1] - 100.0 {
        drawing.block(
            steel(),
            [at, at + 5.0],
            [top - tall * 0.8, top - 20.0],
            [-476.0, 476.0],
        );
        drawing.block(
            steel(),
            [at - 30.0, at + 35.0],
            [top - 30.0, top - 24.0],
            [-476.0, 476.0],
        );
        at += 850.0;
    }
}

/// Two legs that carry the trailer when the tractor is gone, raised for the road.
pub(super) fn landing_legs(drawing: &mut Drawing, x: f32, top: f32) {
    for z in [-650.0, 650.0] {
        for (wide, reach, wall) in [(150.0, 640.0, 6.0), (118.0, 730.0, 8.0)] {
            let edge = [x - wide / 2.0, x + wide / 2.0];
            let y = [top - reach, top - 40.0];
            drawing.block(steel(), edge, y, [z - 70.0, z - 70.0 + wall]);
            drawing.block(steel(), edge, y, [z + 70.0 - wall, z + 70.0]);
            drawing.block(steel(), [edge[0], edge[0] + wall], y, [z - 64.0, z + 64.0]);
            drawing.block(steel(), [edge[1] - wall, edge[1]], y, [z - 64.0, z + 64.0]);
        }
        drawing.block(
            steel(),
            [x - 150.0, x + 150.0],
            [top - 750.0, top - 738.0],
            [z - 100.0, z + 100.0],
        );
        drawing.bar(
            steel(),
            [x + 60.0, top - 420.0],
            [x + 620.0, top - 60.0],
            50.0,
            z,
            40.0,
        );
    }
    drawing.lying(steel(), [x - 20.0, x + 20.0], top - 330.0, 0.0, 20.0, 0.0);
}

/// Mudguards, lamps and bumper at the rear, air tanks and a spare wheel below.
pub(super) fn trailer_rest(drawing: &mut Drawing, rear: f32, tanks: f32, top: f32) {
    drawing.block(
        steel(),
        [rear - 110.0, rear - 10.0],
        [430.0, 540.0],
        [-1150.0, -1145.0],
    );
    drawing.block(
        steel().share(0.04),
        [rear - 120.0, rear],
        [430.0, 545.0],
        [-1150.0, 1150.0],
    );
    for z in [-950.0, 950.0] {
        drawing.block(
            steel(),
            [rear - 95.0, rear - 45.0],
            [500.0, top - 200.0],
            [z - 6.0, z + 6.0],
        );
        drawing.block(
            Material::Plastic.pen().share(0.4),
            [rear - 80.0, rear + 10.0],
            [820.0, 960.0],
            [z - 200.0, z + 160.0],
        );
    }
    for (at, z) in [(tanks, -520.0), (tanks + 120.0, 520.0)] {
        drawing.lying(steel(), [at, at + 720.0], top - 520.0, z, 125.0, 121.0);
    }
    drawing.block(
        Material::Plastic.pen().and(steel().share(0.1)),
        [tanks + 900.0, tanks + 1_500.0],
        [top - 780.0, top - 430.0],
        [-1130.0, -1126.0],
    );
}

/// A container chassis from the kingpin to the bumper.
pub(super) fn chassis(drawing: &mut Drawing, x: Span, top: f32, axles: usize, luck: &mut Luck) {
    beams(
        drawing,
        [x[0] + 2_600.0_f32.min((x[1] - x[0]) * 0.3), x[1]],
        top - 10.0,
        310.0,
    );
    beams(drawing, [x[0] + 60.0, x[1] - 30.0], top - 10.0, 150.0);
    for at in [x[0] + 90.0, x[1] - 230.0] {
        drawing.block(
            steel().share(0.16),
            [at, at + 140.0],
            [top - 150.0, top - 8.0],
            [-1180.0, 1180.0],
        );
    }
    running_gear(drawing, x, top, axles, luck);
}

/// Kingpin, legs, axles at the rear and the small parts, for chassis and trailers.
pub(super) fn running_gear(
    drawing: &mut Drawing,
    x: Span,
    top: f32,
    axles: usize,
    luck: &mut Luck,
) {
    let kingpin = x[0] + 900.0_f32.min((x[1] - x[0]) * 0.14);
    drawing.standing(steel(), kingpin, [top - 245.0, top - 150.0], 0.0, 45.0, 0.0);
    drawing.block(
        steel(),
        [kingpin - 520.0, kingpin + 520.0],
        [top - 165.0, top - 155.0],
        [-480.0, 480.0],
    );
    landing_legs(
        drawing,
        x[0] + ((x[1] - x[0]) * 0.26).max(2_350.0),
        top - 150.0,
    );
    let last = x[1] - 950.0;
    for number in 0..axles {
        axle(drawing, last - 1_310.0 * number as f32, true, luck);
    }
    let tanks = last - 1_310.0 * axles as f32 - 1_100.0;
    trailer_rest(drawing, x[1], tanks, top);
}

/// A tractor in front of `x`: two axles, cab, engine, fuel tank, fifth wheel. The driver stands outside.
pub(super) fn tractor(drawing: &mut Drawing, x: f32, luck: &mut Luck) {
    let front = x - 3_950.0;
    axle(drawing, x + 160.0, true, luck);
    axle(drawing, front + 1_380.0, false, luck);
    for z in [-400.0, 400.0] {
        drawing.block(
            steel(),
            [front + 250.0, x + 900.0],
            [690.0, 950.0],
            [z - 4.0, z + 4.0],
        );
        drawing.block(
            steel(),
            [front + 250.0, x + 900.0],
            [942.0, 950.0],
            [z - 40.0, z + 40.0],
        );
        drawing.block(
            steel(),
            [front + 250.0, x + 900.0],
            [690.0, 698.0],
            [z - 40.0, z + 40.0],
        );
    }
    drawing.block(
        steel().share(0.12),
        [x - 250.0, x + 560.0],
        [1_000.0, 1_080.0],
        [-450.0, 450.0],
    );
    engine(drawing, front);
    cab(drawing, front);
    // Fuel tank with what is left in it, air tanks, exhaust, batteries.
    let tank = [front + 2_150.0, front + 3_150.0];
    for z in [[-1_150.0, -1_147.0], [-603.0, -600.0]] {
        drawing.block(Material::Aluminium.pen(), tank, [420.0, 980.0], z);
    }
    drawing.block(
        Material::Fuel.pen(),
        tank,
        [423.0, 520.0 + luck.between(40.0, 400.0)],
        [-1_147.0, -603.0],
    );
    for at in [tank[0], tank[0] + 480.0, tank[1] - 4.0] {
        drawing.block(
            Material::Aluminium.pen(),
            [at, at + 4.0],
            [420.0, 980.0],
            [-1_150.0, -600.0],
        );
    }
    drawing.lying(
        steel(),
        [front + 2_200.0, front + 3_000.0],
        720.0,
        850.0,
        150.0,
        146.0,
    );
    drawing.block(
        Material::Lead.pen().share(0.5),
        [front + 3_180.0, front + 3_400.0],
        [600.0, 800.0],
        [700.0, 1_050.0],
    );
}

fn engine(drawing: &mut Drawing, front: f32) {
    let block = [front + 700.0, front + 1_900.0];
    drawing.block(
        steel().share(0.30),
        block,
        [750.0, 1_350.0],
        [-320.0, 320.0],
    );
    drawing.block(
        Material::Aluminium.pen().share(0.25),
        [block[0] + 60.0, block[1] - 60.0],
        [1_350.0, 1_520.0],
        [-230.0, 230.0],
    );
    drawing.block(
        Material::Aluminium.pen().share(0.3),
        [block[0] + 100.0, block[1] - 100.0],
        [620.0, 750.0],
        [-200.0, 200.0],
    );
    for cylinder in 0..6u8 {
        let at = block[0] + 130.0 + f32::from(cylinder) * 178.0;
        drawing.standing(steel().share(-0.24), at, [950.0, 1_330.0], 0.0, 66.0, 0.0);
        drawing.standing(steel().share(0.5), at, [1_090.0, 1_170.0], 0.0, 62.0, 30.0);
    }
    drawing.lying(steel(), [block[0], block[1]], 860.0, 0.0, 55.0, 0.0);
    drawing.ring(
        steel(),
        [block[0] + 350.0, 1_250.0],
        380.0,
        120.0,
        40.0,
        110.0,
    );
    // Radiator and fan, gear box, propeller shaft.
    let radiator = Material::Aluminium.pen().share(0.22);
    drawing.block(
        radiator,
        [front + 330.0, front + 440.0],
        [700.0, 1_500.0],
        [-450.0, 450.0],
    );
    drawing.block(
        Material::Plastic.pen(),
        [front + 520.0, front + 570.0],
        [800.0, 1_400.0],
        [-40.0, 40.0],
    );
    drawing.lying(
        Material::Aluminium.pen().share(0.5),
        [block[1] + 20.0, block[1] + 780.0],
        960.0,
        0.0,
        230.0,
        205.0,
    );
    drawing.lying(
        steel(),
        [block[1] + 60.0, block[1] + 700.0],
        960.0,
        0.0,
        95.0,
        0.0,
    );
    drawing.lying(
        steel(),
        [block[1] + 780.0, block[1] + 1_900.0],
        800.0,
        0.0,
        60.0,
        54.0,
    );
}

fn cab(drawing: &mut Drawing, front: f32) {
    let (left, right, roof) = (front + 60.0, front + 2_180.0, 3_700.0);
    let outline = [
        [left + 20.0, 780.0],
        [left, 1_300.0],
        [left + 60.0, 2_050.0],
        [left + 330.0, 3_050.0],
        [left + 620.0, roof],
        [right - 60.0, roof],
        [right, 3_400.0],
        [right, 1_050.0],
        [right - 500.0, 900.0],
        [left + 900.0, 1_150.0],
        [left + 600.0, 780.0],
    ];
    for z in [-1_180.0, 1_180.0] {
        drawing.polygon(steel(), &outline, z, 1.6);
        let window = [
            [left + 420.0, 2_000.0],
            [left + 620.0, 2_720.0],
            [left + 1_120.0, 2_720.0],
            [left + 1_120.0, 1_950.0],
        ];
        drawing.polygon(steel().share(-1.0), &window, z, 1.4);
        drawing.polygon(Material::Glass.pen(), &window, z, 4.5);
        drawing.bar(
            steel(),
            [left + 1_150.0, 1_150.0],
            [left + 1_150.0, 3_300.0],
            70.0,
            z,
            5.0,
        );
    }
    for pair in outline.windows(2) {
        drawing.bar(steel(), pair[0], pair[1], 28.0, 0.0, 70.0);
    }
    drawing.bar(
        Material::Glass.pen(),
        [left + 85.0, 2_080.0],
        [left + 330.0, 3_000.0],
        14.0,
        0.0,
        1_800.0,
    );
    // Floor, dashboard, steering wheel, seats, bunk.
    drawing.block(
        steel().share(0.01),
        [left + 300.0, right - 60.0],
        [1_350.0, 1_420.0],
        [-1_150.0, 1_150.0],
    );
    drawing.block(
        Material::Plastic.pen().share(0.12),
        [left + 130.0, left + 480.0],
        [1_700.0, 2_020.0],
        [-1_080.0, 1_080.0],
    );
    drawing.bar(
        steel(),
        [left + 480.0, 1_960.0],
        [left + 700.0, 1_780.0],
        30.0,
        -550.0,
        25.0,
    );
    drawing.bar(
        steel(),
        [left + 560.0, 2_100.0],
        [left + 700.0, 1_720.0],
        34.0,
        -550.0,
        30.0,
    );
    for z in [-550.0, 550.0] {
        let foam = Material::Foam.pen().share(2.0).and(steel().share(0.012));
        drawing.bar(
            foam,
            [left + 780.0, 1_700.0],
            [left + 1_280.0, 1_680.0],
            150.0,
            z,
            480.0,
        );
        drawing.bar(
            foam,
            [left + 1_260.0, 1_700.0],
            [left + 1_420.0, 2_420.0],
            130.0,
            z,
            470.0,
        );
        drawing.block(
            steel(),
            [left + 900.0, left + 1_150.0],
            [1_420.0, 1_620.0],
            [z - 14.0, z + 14.0],
        );
    }
    drawing.block(
        Material::Foam.pen().share(1.6),
        [right - 640.0, right - 30.0],
        [1_780.0, 1_930.0],
        [-1_050.0, 1_050.0],
    );
    drawing.block(
        steel().share(0.05),
        [left - 40.0, left + 110.0],
        [480.0, 760.0],
        [-1_180.0, 1_180.0],
    );
}
