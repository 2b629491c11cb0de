//! Filters over a whole plane: noise, edges, and the dense part of a load.
//!
//! Each takes a grid and gives another of the same size; beyond an edge the outermost sample is
//! repeated. They run over rows in parallel, with memory for a few rows besides the result.

use rayon::prelude::*;

use crate::raster::Grid;

/// Less noise: each sample becomes the median of the 3 × 3 around it, counts as in the input.
///
/// Single bright or dark samples go, edges stay where they are (Tukey 1977, in two dimensions).
pub fn median(grid: &Grid) -> Grid {
    let width = grid.width() as usize;
    rows(grid, |y, target| {
        let near = [row_at(grid, y - 1), row_at(grid, y), row_at(grid, y + 1)];
        // Sorted columns first: each is used by three neighbours.
        let mut columns = vec![[0u16; 3]; width + 2];
        for (x, column) in columns.iter_mut().enumerate() {
            let at = x.saturating_sub(1).min(width - 1);
            *column = sorted(near.map(|row| row.get(at).copied().unwrap_or_default()));
        }
        for (target, three) in target.iter_mut().zip(columns.windows(3)) {
            if let [a, b, c] = three {
                let low = a[0].max(b[0]).max(c[0]);
                let middle = sorted([a[1], b[1], c[1]])[1];
                let high = a[2].min(b[2]).min(c[2]);
                *target = sorted([low, middle, high])[1];
            }
        }
    })
}

fn sorted([a, b, c]: [u16; 3]) -> [u16; 3] {
    let (low, high) = (a.min(b), a.max(b));
    [low.min(c), low.max(high.min(c)), high.max(c)]
}

/// Weights of the blur that [`sharpened`] takes away: binomial, close to a Gaussian of σ = 1 pixel.
const BLUR: [f32; 5] = [1.0 / 16.0, 4.0 / 16.0, 6.0 / 16.0, 4.0 / 16.0, 1.0 / 16.0];

/// Stronger edges by an unsharp mask: the sample plus `amount` times its difference from the mean
/// around it (5 × 5, binomial), clipped to 0 to 65535.
///
/// `amount` is 0 (nothing) to 8; what is no number leaves the image as it is.
pub fn sharpened(grid: &Grid, amount: f32) -> Grid {
    let amount = if amount.is_finite() {
        amount.clamp(0.0, 8.0)
    } else {
        0.0
    };
    let width = grid.width() as usize;
    rows(grid, |y, target| {
        let near = [y - 2, y - 1, y, y + 1, y + 2].map(|y| row_at(grid, y));
        let mut down = vec![0f32; width + 4];
        for (row, weight) in near.iter().zip(BLUR) {
            for (sum, sample) in down[2..].iter_mut().zip(*row) {
                *sum += f32::from(*sample) * weight;
            }
        }
        let (first, last) = (down[2], down[width + 1]);
        down[..2].fill(first);
        down[width + 2..].fill(last);
        for ((target, five), sample) in target.iter_mut().zip(down.windows(5)).zip(near[2]) {
            let mean: f32 = five
                .iter()
                .zip(BLUR)
                .map(|(value, weight)| value * weight)
                .sum();
            let sample = f32::from(*sample);
            *target = (sample + amount * (sample - mean) + 0.5) as u16;
        }
    })
}

/// Share of open air above which [`dense`] shows nothing but white.
pub const DENSE: f32 = 0.12;

/// Half the side of the square over which [`dense`] averages.
const REACH: usize = 2;

/// The dense part of a load on the whole scale: samples up to [`DENSE`] of `air` (counts of open
/// air) are averaged over the 5 × 5 around them and spread over 0 to 65535; the rest is white.
///
/// Where a hundredth of the beam comes through, the noise of counting is as large as what is to be
/// seen; only dense neighbours are averaged, so that the edge against a lighter load stays sharp.
pub fn dense(grid: &Grid, air: f32) -> Grid {
    let air = if air.is_finite() {
        air.max(1.0)
    } else {
        65_535.0
    };
    let bound = (air * DENSE).clamp(1.0, 65_535.0) as u16;
    let gain = 65_535.0 / f32::from(bound);
    let width = grid.width() as usize;
    rows(grid, |y, target| {
        let mut sums = vec![(0u32, 0u32); width];
        for near in y - REACH as i64..=y + REACH as i64 {
            for ((sum, count), sample) in sums.iter_mut().zip(row_at(grid, near)) {
                let counts = u32::from(*sample <= bound);
                *sum += u32::from(*sample) * counts;
                *count += counts;
            }
        }
        let row = row_at(grid, y);
        for (x, (target, sample)) in target.iter_mut().zip(row).enumerate() {
            if *sample > bound {
                *target = u16::MAX;
                continue;
            }
            let (mut sum, mut count) = (0u32, 0u32);
            for offset in 0..=2 * REACH {
                let at = (x + offset).saturating_sub(REACH).min(width - 1);
                if let Some((s, c)) = sums.get(at) {
                    sum += s;
                    count += c;
                }
            }
            // The sample itself is dense: the count is never zero.
            *target = (sum as f32 / count.max(1) as f32 * gain + 0.5) as u16;
        }
    })
}

/// The row at `y`, the outermost one beyond an edge.
fn row_at(grid: &Grid, y: i64) -> &[u16] {
    let y = y.clamp(0, i64::from(grid.height()) - 1);
    grid.row(y as u32).unwrap_or_default()
}

/// A grid of the same size made row by row, in parallel.
fn rows(grid: &Grid, make: impl Fn(i64, &mut [u16]) + Sync) -> Grid {
    let mut samples = vec![0u16; grid.samples().len()];
    samples
        .par_chunks_mut(grid.width() as usize)
        .with_min_len(8)
        .enumerate()
        .for_each(|(y, row)| make(y as i64, row));
    Grid::new(grid.width(), grid.height(), samples).unwrap_or_else(|_| grid.clone())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::raster::scattered;
    use proptest::prelude::*;

    /// One sample with the edges repeated.
    fn at(grid: &Grid, x: i64, y: i64) -> f64 {
        let x = x.clamp(0, i64::from(grid.width()) - 1) as u32;
        let y = y.clamp(0, i64::from(grid.height()) - 1) as u32;
        f64::from(grid.get(x, y).unwrap())
    }

    fn each(grid: &Grid, expected: impl Fn(i64, i64) -> f64) -> Vec<f64> {
        (0..i64::from(grid.height()))
            .flat_map(|y| (0..i64::from(grid.width())).map(move |x| (x, y)))
            .map(|(x, y)| expected(x, y))
            .collect()
    }

    fn largest_difference(made: &Grid, expected: &[f64]) -> f64 {
        made.samples()
            .iter()
            .zip(expected)
            .map(|(made, expected)| (f64::from(*made) - expected).abs())
            .fold(0.0, f64::max)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn the_median_is_that_of_nine_sorted_samples(width in 1u32..50, height in 1u32..40, seed: u32) {
            let grid = scattered(width, height, seed);
            let expected = each(&grid, |x, y| {
                let mut nine: Vec<f64> = (-1..=1)
                    .flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)))
                    .map(|(dx, dy)| at(&grid, x + dx, y + dy))
                    .collect();
                nine.sort_by(f64::total_cmp);
                nine[4]
            });
            prop_assert_eq!(largest_difference(&median(&grid), &expected), 0.0);
        }

        /// Within one count of the convolution written out in double precision.
        #[test]
        fn the_unsharp_mask_is_the_sample_and_its_difference_from_the_blur(
            width in 1u32..50, height in 1u32..40, seed: u32, amount in 0f32..4.0,
        ) {
            let grid = scattered(width, height, seed);
            let weight = [1.0, 4.0, 6.0, 4.0, 1.0];
            let expected = each(&grid, |x, y| {
                let mut blurred = 0.0;
                for (dy, wy) in (-2..).zip(weight) {
                    for (dx, wx) in (-2..).zip(weight) {
                        blurred += at(&grid, x + dx, y + dy) * wx * wy / 256.0;
                    }
                }
                let sample = at(&grid, x, y);
                (sample + f64::from(amount) * (sample - blurred)).clamp(0.0, 65_535.0)
            });
            prop_assert!(largest_difference(&sharpened(&grid, amount), &expected) <= 1.0);
        }

        /// Within one count of the mean of the dense neighbours written out in double precision.
        #[test]
        fn the_dense_part_is_the_mean_of_dense_neighbours_spread_over_the_scale(
            width in 1u32..50, height in 1u32..40, seed: u32, air in 3000f32..400_000.0,
        ) {
            let grid = scattered(width, height, seed);
            let bound = f64::from((air * DENSE).min(65_535.0)).floor();
            let expected = each(&grid, |x, y| {
                if at(&grid, x, y) > bound {
                    return 65_535.0;
                }
                let near: Vec<f64> = (-2..=2)
                    .flat_map(|dy| (-2..=2).map(move |dx| (dx, dy)))
                    .map(|(dx, dy)| at(&grid, x + dx, y + dy))
                    .filter(|sample| *sample <= bound)
                    .collect();
                near.iter().sum::<f64>() / near.len() as f64 * 65_535.0 / bound
            });
            prop_assert!(largest_difference(&dense(&grid, air), &expected) <= 1.0);
        }

        #[test]
        fn no_number_panics(air: f32, amount: f32) {
            let grid = scattered(7, 5, 1);
            prop_assert_eq!(dense(&grid, air).rect(), grid.rect());
            prop_assert_eq!(sharpened(&grid, amount).rect(), grid.rect());
        }
    }

    #[test]
    fn a_dead_pixel_goes_and_an_edge_stays() {
        let mut samples: Vec<u16> = (0..400)
            .map(|at| if at % 20 < 10 { 800 } else { 52_000 })
            .collect();
        samples[205] = 0;
        let grid = Grid::new(20, 20, samples).unwrap();
        let calm = median(&grid);
        assert_eq!(calm.get(5, 10), Some(800));
        assert_eq!(
            (calm.get(9, 10), calm.get(10, 10)),
            (Some(800), Some(52_000))
        );
    }

    #[test]
    fn an_even_image_has_no_edges_to_strengthen() {
        for value in [0, 1, 700, u16::MAX] {
            let grid = Grid::new(30, 20, vec![value; 600]).unwrap();
            assert_eq!(sharpened(&grid, 3.0), grid);
        }
    }
}
