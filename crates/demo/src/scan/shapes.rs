//! Small things of wood and steel that every load has.

use super::drawing::{Drawing, Span};
use super::materials::Material;

/// A flat pallet of 146 mm: three bearers of blocks, bottom boards, top deck.
pub(super) fn pallet(drawing: &mut Drawing, x: Span, floor: f32, z: Span) {
    let wood = Material::Wood.pen();
    let long = x[1] - x[0];
    for board in [0.0, 0.45, 0.9] {
        let near = z[0] + (z[1] - z[0]) * board;
        let deep = (z[1] - z[0]) * 0.1;
        drawing.block(wood, x, [floor, floor + 22.0], [near, near + deep]);
        for at in [0.0, 0.44, 0.88] {
            let left = x[0] + long * at;
            let block = [left, left + long * 0.12];
            drawing.block(
                wood.share(1.15),
                block,
                [floor + 22.0, floor + 100.0],
                [near, near + deep],
            );
        }
    }
    let boards = 7.0;
    for board in 0..7u8 {
        let left = x[0] + long * f32::from(board) / boards;
        let deck = [left, left + long / boards - 42.0];
        drawing.block(wood, deck, [floor + 122.0, floor + 144.0], z);
    }
    drawing.block(
        wood,
        x,
        [floor + 100.0, floor + 122.0],
        [z[0], z[0] + 100.0],
    );
    drawing.block(
        wood,
        x,
        [floor + 100.0, floor + 122.0],
        [z[1] - 100.0, z[1]],
    );
}

/// Nails of a wooden crate's corner: short bright-dark specks that analysts know.
pub(super) fn crate_frame(drawing: &mut Drawing, x: Span, y: Span, z: Span) {
    let wood = Material::Wood.pen();
    for side in [[z[0], z[0] + 20.0], [z[1] - 20.0, z[1]]] {
        for at in [x[0], f32::midpoint(x[0], x[1]) - 45.0, x[1] - 90.0] {
            drawing.block(wood, [at, at + 90.0], y, side);
        }
        for at in [y[0], y[1] - 90.0] {
            drawing.block(wood, x, [at, at + 90.0], side);
        }
        drawing.block(wood.share(0.6), x, y, side);
    }
    for end in [[x[0], x[0] + 20.0], [x[1] - 20.0, x[1]]] {
        drawing.block(wood.share(0.7), end, y, [z[0] + 20.0, z[1] - 20.0]);
    }
    drawing.block(wood.share(0.8), x, [y[1] - 20.0, y[1]], z);
}
