//! Local contrast: a weak edge in a dense load is made visible without turning the window.
//!
//! Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) on the logarithm of
//! transmission, so that equal steps of thickness count alike in bright and in dark places.

use std::ops::Range;

use rayon::prelude::*;

use crate::raster::Grid;

/// Bins of a tile's histogram.
const BINS: usize = 512;
/// Smallest sample the logarithm tells from nothing.
const FLOOR: f32 = 24.0;

/// How local contrast is raised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalContrast {
    /// Tiles along the longer side, 2 to 64.
    pub tiles: u32,
    /// Steepest slope against an even histogram, 1 (nothing) to 16.
    pub limit: f32,
}

impl Default for LocalContrast {
    fn default() -> Self {
        Self {
            tiles: 16,
            limit: 3.0,
        }
    }
}

/// The same image with its local contrast raised; samples span 0 to 65535.
pub fn local_contrast(grid: &Grid, settings: LocalContrast) -> Grid {
    let side = grid
        .width()
        .max(grid.height())
        .div_ceil(settings.tiles.clamp(2, 64))
        .max(8) as usize;
    let bin = bins();
    let (across, down) = (
        (grid.width() as usize).div_ceil(side),
        (grid.height() as usize).div_ceil(side),
    );
    let limit = if settings.limit.is_finite() {
        settings.limit.clamp(1.0, 16.0)
    } else {
        1.0
    };
    let curves: Vec<Curve> = (0..across * down)
        .into_par_iter()
        .map(|tile| {
            curve(
                grid,
                [tile % across * side, tile / across * side],
                side,
                &bin,
                limit,
            )
        })
        .collect();
    let width = grid.width() as usize;
    let spans = spans(width, side, across);
    let mut samples = vec![0u16; grid.samples().len()];
    samples
        .par_chunks_mut(width)
        .zip(grid.samples().par_chunks(width))
        .enumerate()
        .with_min_len(16)
        .for_each_init(
            || vec![[[0f32; 2]; BINS]; spans.len()],
            |mixed, (y, (target, row))| {
                let (upper, lower, share) = between(y, side, down);
                for (pairs, span) in mixed.iter_mut().zip(&spans) {
                    let of = |row: usize, column: usize| &curves[row * across + column];
                    mix_curves(
                        [of(upper, span.left), of(upper, span.right)],
                        [of(lower, span.left), of(lower, span.right)],
                        share,
                        pairs,
                    );
                    let pixels = target[span.pixels.clone()].iter_mut();
                    let row = &row[span.pixels.clone()];
                    for ((target, sample), share) in pixels.zip(row).zip(&span.shares) {
                        let [left, right] = pairs[usize::from(bin[usize::from(*sample)]) % BINS];
                        *target = (left + (right - left) * share) as u16;
                    }
                }
            },
        );
    Grid::new(grid.width(), grid.height(), samples).unwrap_or_else(|_| grid.clone())
}

/// What each bin of one tile becomes, 0 to 65535.
type Curve = Box<[f32; BINS]>;

/// Neighbouring columns that lie between the centres of the same two tiles.
struct Span {
    left: usize,
    right: usize,
    pixels: Range<usize>,
    /// Each column's share of the right tile.
    shares: Vec<f32>,
}

fn spans(width: usize, side: usize, across: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(across);
    for x in 0..width {
        let (left, right, share) = between(x, side, across);
        match spans.last_mut().filter(|span| span.left == left) {
            Some(span) => {
                span.pixels.end = x + 1;
                span.shares.push(share);
            }
            None => spans.push(Span {
                left,
                right,
                pixels: x..x + 1,
                shares: vec![share],
            }),
        }
    }
    spans
}

/// The curves of a left and a right tile at one row's height: mixed once a row, not once a pixel.
fn mix_curves(upper: [&Curve; 2], lower: [&Curve; 2], share: f32, pairs: &mut [[f32; 2]; BINS]) {
    let left = upper[0].iter().zip(lower[0].iter());
    let right = upper[1].iter().zip(lower[1].iter());
    for (pair, ((a, c), (b, d))) in pairs.iter_mut().zip(left.zip(right)) {
        *pair = [a + (c - a) * share, b + (d - b) * share];
    }
}

/// The bin of each raw value, on a logarithmic scale.
fn bins() -> Box<[u16; 65536]> {
    let top = (65_535.0 / FLOOR).ln();
    let mut bins: Box<[u16; 65536]> = bytemuck::zeroed_box();
    for (value, bin) in (0..=u16::MAX).zip(bins.iter_mut()) {
        let share = (f32::from(value).max(FLOOR) / FLOOR).ln() / top;
        *bin = (share * (BINS - 1) as f32).round() as u16;
    }
    bins
}

/// The two tiles whose centres lie around a pixel, and its share of the second.
fn between(at: usize, side: usize, count: usize) -> (usize, usize, f32) {
    let place = ((at as f32 + 0.5) / side as f32 - 0.5).clamp(0.0, (count - 1) as f32);
    let first = place as usize;
    (first, (first + 1).min(count - 1), place.fract())
}

/// The clipped, summed and scaled histogram of one tile.
fn curve(grid: &Grid, corner: [usize; 2], side: usize, bin: &[u16; 65536], limit: f32) -> Curve {
    // Four counts in turn: neighbours are often alike, and an addition would wait for the one before it.
    let mut counts = [[0u32; BINS]; 4];
    let right = (corner[0] + side).min(grid.width() as usize);
    for y in corner[1]..(corner[1] + side).min(grid.height() as usize) {
        let row = grid
            .row(y as u32)
            .and_then(|row| row.get(corner[0]..right))
            .unwrap_or_default();
        let (fours, rest) = row.as_chunks::<4>();
        for four in fours {
            for (counts, sample) in counts.iter_mut().zip(four) {
                counts[usize::from(bin[usize::from(*sample)]) % BINS] += 1;
            }
        }
        for sample in rest {
            counts[0][usize::from(bin[usize::from(*sample)]) % BINS] += 1;
        }
    }
    let [first, rest @ ..] = counts;
    let mut counts = first;
    for (at, count) in counts.iter_mut().enumerate() {
        *count += rest.iter().map(|counts| counts[at]).sum::<u32>();
    }
    let total: u32 = counts.iter().sum();
    let clip = limit * total as f32 / BINS as f32;
    let over: f32 = counts
        .iter()
        .map(|count| (*count as f32 - clip).max(0.0))
        .sum();
    let spread = over / BINS as f32;
    let scale = 65_535.0 / (total as f32).max(1.0);
    let mut sum = 0.0;
    Box::new(counts.map(|count| {
        sum += (count as f32).min(clip) + spread;
        (sum * scale).min(65_535.0)
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_weak_edge_in_a_dark_place_grows_stronger() {
        let samples: Vec<u16> = (0..400 * 200u32)
            .map(|at| match (at % 400, at / 400) {
                (x, _) if x < 200 => 58_000,
                (x, y) => 900 + u16::from((x / 20 + y / 20) % 2 == 0) * 45,
            })
            .collect();
        let grid = Grid::new(400, 200, samples).unwrap();
        let raised = local_contrast(&grid, LocalContrast::default());
        let step = |grid: &Grid| {
            grid.get(350, 110)
                .unwrap()
                .abs_diff(grid.get(330, 110).unwrap())
        };
        assert!(
            step(&raised) > 4 * step(&grid),
            "{} {}",
            step(&raised),
            step(&grid)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn within_a_place_more_transmission_is_never_darker(
            width in 1u32..120, height in 1u32..90, tiles: u32, limit: f32, seed: u32,
        ) {
            let noise = |at: u32| (at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 15) as u16;
            let grid = Grid::new(width, height, (0..width * height).map(noise).collect()).unwrap();
            let raised = local_contrast(&grid, LocalContrast { tiles, limit });
            prop_assert_eq!((raised.width(), raised.height()), (width, height));
            let curve = curve(&grid, [0, 0], 64, &bins(), 3.0);
            prop_assert!(curve.is_sorted());
        }
    }
}
