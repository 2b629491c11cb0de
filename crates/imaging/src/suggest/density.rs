//! What differs from its neighbours in the row.

use super::cells::{Cells, patches};
use super::{Reason, Suggestion};
use crate::load::EMPTY_WALLS;
use crate::raster::Rect;

/// Cells to each side that a cell is compared with.
const NEIGHBOURS: usize = 28;
/// Fewest loaded cells among them: beside nothing, nothing is usual.
const COMPANY: usize = 14;
/// Robust deviations from which a cell stands out.
const OUT: f32 = 4.0;
/// Deviation that rows have at least, absolute and as a share of their median: stow is never even.
const UNEVEN: (f32, f32) = (0.05, 0.04);
/// Attenuation beyond which counts end and differences are noise.
const MOST: f32 = 5.0;
/// Side of the square of cells that must be denser as a whole: posts and edges are narrower.
const DENSER: usize = 3;
/// The same for lighter ones: gaps between packages are narrower.
const LIGHTER: usize = 4;
/// 1 / Φ⁻¹(3/4): the median absolute deviation of a normal distribution as its standard deviation.
const NORMAL: f32 = 1.4826;

/// Regions whose cells lie far from the median of the loaded neighbours in their row, by the median
/// absolute deviation (Hampel 1974). Air beside and between packages is no neighbour.
pub(super) fn stands_out(cells: &Cells, hold: Rect) -> Vec<Suggestion> {
    let [columns, rows] = cells.inside(hold);
    let mut deviations = vec![0f32; cells.values.len()];
    let mut usual = vec![0f32; cells.values.len()];
    let is_load = |value: f32| value > 2.0 * EMPTY_WALLS;
    for y in rows {
        let row = &cells.values[y * cells.across..(y + 1) * cells.across];
        for x in columns.clone().filter(|x| is_load(row[*x])) {
            let from = x.saturating_sub(NEIGHBOURS).max(columns.start);
            let to = (x + NEIGHBOURS + 1).min(columns.end);
            let loaded = row[from..to]
                .iter()
                .copied()
                .filter(|value| is_load(*value));
            let mut near: Vec<f32> = loaded.map(|value| value.min(MOST)).collect();
            if near.len() < COMPANY {
                continue;
            }
            let middle = median(&mut near);
            for value in &mut near {
                *value = (*value - middle).abs();
            }
            let spread = NORMAL * median(&mut near) + UNEVEN.0 + UNEVEN.1 * middle;
            deviations[y * cells.across + x] = (row[x].min(MOST) - middle) / spread;
            usual[y * cells.across + x] = middle;
        }
    }
    let mut found = Vec::new();
    for (sign, square) in [(1.0, DENSER), (-1.0, LIGHTER)] {
        let marked: Vec<bool> = deviations.iter().map(|z| z * sign > OUT).collect();
        for patch in patches(&whole_squares(&marked, cells.across, square), cells.across) {
            // Where a stow ends it tapers.
            if sign < 0.0 && (patch.block[0] == columns.start || patch.block[2] == columns.end) {
                continue;
            }
            let count = patch.cells.len() as f32;
            let mean = |of: &[f32]| patch.cells.iter().map(|at| of[*at]).sum::<f32>() / count;
            let far = patch.cells.iter().map(|at| deviations[*at].abs());
            let deviations = far.fold(0.0, f32::max);
            let (attenuation, usual) = (mean(&cells.values), mean(&usual));
            let reason = if sign > 0.0 {
                Reason::Denser {
                    attenuation,
                    usual,
                    deviations,
                }
            } else {
                Reason::Lighter {
                    attenuation,
                    usual,
                    deviations,
                }
            };
            found.push(Suggestion {
                region: cells.pixels(patch.block),
                reason,
                strength: 1.0 - OUT / deviations,
            });
        }
    }
    found
}

/// Of the marked cells those that lie in a square all of which is marked (a morphological opening).
pub(super) fn whole_squares(marked: &[bool], across: usize, side: usize) -> Vec<bool> {
    let mut kept = vec![false; marked.len()];
    let down = marked.len() / across;
    for y in 0..(down + 1).saturating_sub(side) {
        for x in 0..(across + 1).saturating_sub(side) {
            let square = |row: usize| (y + row) * across + x..(y + row) * across + x + side;
            if (0..side).all(|row| marked[square(row)].iter().all(|cell| *cell)) {
                for row in 0..side {
                    kept[square(row)].fill(true);
                }
            }
        }
    }
    kept
}

fn median(values: &mut [f32]) -> f32 {
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}
