//! Aids for judging a load: repeated objects along a line, and how full the hold is.
//!
//! Both are estimates from one shadow and say so: objects behind each other count once.

use std::ops::Range;

use crate::raster::{Energy, Grid, Rect};
use crate::shapes::{Point, bilinear, profile};

/// Samples along a line in each plane, one per pixel of its length, as [`profile`] gives them.
pub fn profiles<'a>(
    planes: impl IntoIterator<Item = (Energy, &'a Grid)>,
    from: Point,
    to: Point,
) -> Vec<(Energy, Vec<f32>)> {
    planes
        .into_iter()
        .map(|(energy, grid)| (energy, profile(grid, from, to)))
        .collect()
}

/// Objects found along a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// How far the middle of each lies from the start of the line, pixels.
    pub positions: Vec<f32>,
    /// Mean distance from one to the next, pixels, when they repeat.
    pub period: Option<f32>,
    /// Whether they repeat evenly enough for their number to mean something.
    pub sure: bool,
}

/// Shortest distance between objects that is told from noise, pixels.
const CLOSEST: usize = 6;
/// Least autocorrelation at the period for objects to repeat.
const REPEATS: f32 = 0.35;
/// How far a peak stands out from the valleys beside it, as a share of the whole range.
const PROMINENT: f32 = 0.25;
/// Largest deviation of the distances, as a share of their mean, at which a count is sure.
const EVEN: f32 = 0.25;

/// Counts the dense objects along a line, each a peak of attenuation.
///
/// The attenuation is averaged over a band of `breadth` pixels across the line (at most 401); `air`
/// is the count of open air. The period is the lag at which its slopes are most alike (autocorrelation), peaks are those
/// of the profile smoothed by a quarter of it. `None` for a line too short or outside.
pub fn count_along(grid: &Grid, air: f32, from: Point, to: Point, breadth: f32) -> Option<Count> {
    let line = attenuation_along(grid, air, from, to, breadth)?;
    if line.len() < 3 * CLOSEST {
        return None;
    }
    let even = without_trend(&line);
    let period = period(&slopes(&smoothed(&even, 1)));
    let reach = period.map_or(CLOSEST / 2, |lag| (lag / 8).max(1));
    let calm = smoothed(&even, reach);
    let apart = period.map_or(CLOSEST, |lag| lag * 3 / 5);
    let positions: Vec<f32> = peaks(&calm, apart)
        .into_iter()
        .map(|at| at as f32)
        .collect();
    let steps: Vec<f32> = positions.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mean = steps.iter().sum::<f32>() / steps.len().max(1) as f32;
    let spread = steps.iter().map(|step| (step - mean).powi(2)).sum::<f32>();
    let deviation = (spread / steps.len().max(1) as f32).sqrt();
    let sure = period.is_some_and(|lag| {
        steps.len() >= 2 && deviation <= EVEN * mean && (mean / lag as f32 - 1.0).abs() <= EVEN
    });
    Some(Count {
        positions,
        period: period.map(|lag| if sure { mean } else { lag as f32 }),
        sure,
    })
}

fn attenuation_along(
    grid: &Grid,
    air: f32,
    from: Point,
    to: Point,
    breadth: f32,
) -> Option<Vec<f32>> {
    let length = from.distance(to);
    let longest = (grid.width() + grid.height()) as f32;
    if !(length >= 1.0 && length <= longest && air.is_finite() && breadth.is_finite()) {
        return None;
    }
    let along = Point::new((to.x - from.x) / length, (to.y - from.y) / length);
    let reach = (breadth.clamp(1.0, 401.0) / 2.0) as i32;
    let line: Vec<f32> = (0..=length as u32)
        .filter_map(|step| {
            let centre = Point::new(
                from.x + along.x * step as f32,
                from.y + along.y * step as f32,
            );
            let across = (-reach..=reach).filter_map(|offset| {
                let offset = offset as f32;
                bilinear(
                    grid,
                    centre.x - along.y * offset,
                    centre.y + along.x * offset,
                )
            });
            let (sum, count) = across.fold((0.0, 0u32), |(sum, count), value| {
                (sum + attenuation(value, air), count + 1)
            });
            (count > 0).then(|| sum / count as f32)
        })
        .collect();
    Some(line)
}

/// −ln(transmission), at least 0.
fn attenuation(value: f32, air: f32) -> f32 {
    (air.max(1.0) / value.max(0.5)).ln().max(0.0)
}

/// The values less their straight line of least squares.
fn without_trend(values: &[f32]) -> Vec<f32> {
    let middle = (values.len() - 1) as f32 / 2.0;
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    let (mut over, mut under) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let at = at as f32 - middle;
        over += at * (value - mean);
        under += at * at;
    }
    let slope = over / under.max(1.0);
    let trend = |at: usize| mean + slope * (at as f32 - middle);
    values
        .iter()
        .enumerate()
        .map(|(at, value)| value - trend(at))
        .collect()
}

/// Differences of neighbours: the step between the load and the air beside it becomes one of many.
fn slopes(values: &[f32]) -> Vec<f32> {
    values.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// The lag of the first strong peak of the autocorrelation, pixels.
fn period(even: &[f32]) -> Option<usize> {
    let energy: f32 = even.iter().map(|value| value * value).sum();
    if energy <= f32::EPSILON * even.len() as f32 {
        return None;
    }
    let correlation: Vec<f32> = (0..even.len() / 2)
        .map(|lag| {
            let pairs = even.iter().zip(&even[lag..]);
            let sum: f32 = pairs.map(|(a, b)| a * b).sum();
            // Fewer pairs at larger lags count for as much.
            sum / energy * even.len() as f32 / (even.len() - lag) as f32
        })
        .collect();
    // Past the first valley: the peak around lag 0 is the object itself.
    let valley = correlation.iter().position(|value| *value < 0.0)?;
    let is_peak = |at: usize| {
        let around = at.saturating_sub(CLOSEST / 2)..(at + CLOSEST / 2 + 1).min(correlation.len());
        correlation[around]
            .iter()
            .all(|near| *near <= correlation[at])
    };
    let candidates = valley.max(CLOSEST)..correlation.len().saturating_sub(1);
    let peaks: Vec<usize> = candidates.filter(|at| is_peak(*at)).collect();
    let best = peaks
        .iter()
        .map(|at| correlation[*at])
        .fold(REPEATS, f32::max);
    // Twice the period correlates as well as the period: the first of about the same height is it.
    peaks
        .into_iter()
        .find(|at| correlation[*at] >= 0.85 * best && correlation[*at] >= REPEATS)
}

/// Two passes of a running mean over `reach` values to each side: a triangle, without side lobes to speak of.
fn smoothed(values: &[f32], reach: usize) -> Vec<f32> {
    let pass = |values: &[f32]| -> Vec<f32> {
        let around = |at: usize| at.saturating_sub(reach)..(at + reach + 1).min(values.len());
        let mean =
            |range: Range<usize>| values[range.clone()].iter().sum::<f32>() / range.len() as f32;
        (0..values.len()).map(|at| mean(around(at))).collect()
    };
    pass(&pass(values))
}

/// Peaks at least `apart` from each other, the most prominent first to be kept, in order of place.
fn peaks(values: &[f32], apart: usize) -> Vec<usize> {
    let (low, high) = values
        .iter()
        .fold((f32::MAX, f32::MIN), |(low, high), value| {
            (low.min(*value), high.max(*value))
        });
    let needed = (high - low) * PROMINENT;
    let mut found: Vec<(f32, usize)> = Vec::new();
    let mut at = 0;
    while at < values.len() {
        // A plateau counts once, at its middle.
        let flat = values[at..]
            .iter()
            .take_while(|value| **value == values[at])
            .count();
        let rises = at == 0 || values[at - 1] < values[at];
        let falls = values.get(at + flat).is_none_or(|next| *next < values[at]);
        if rises && falls {
            let prominence = prominence(values, at);
            if prominence >= needed && prominence > 0.0 {
                found.push((prominence, at + flat / 2));
            }
        }
        at += flat;
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kept: Vec<usize> = Vec::new();
    for (_, at) in found {
        if kept.iter().all(|other| other.abs_diff(at) >= apart) {
            kept.push(at);
        }
    }
    kept.sort_unstable();
    kept
}

/// How far a peak rises above the higher of the lowest points towards higher ground on each side; at
/// an end of the line the side that is there decides.
fn prominence(values: &[f32], at: usize) -> f32 {
    let lowest = |side: &mut dyn Iterator<Item = &f32>| {
        side.take_while(|value| **value <= values[at])
            .copied()
            .reduce(f32::min)
    };
    let left = lowest(&mut values[..at].iter().rev());
    let right = lowest(&mut values[at + 1..].iter());
    let base = match (left, right) {
        (Some(left), Some(right)) => left.max(right),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => values[at],
    };
    values[at] - base
}

/// Attenuation of the two walls of an empty steel container with some reserve: about 4 mm of steel
/// (ISO 1496-1 boxes have corrugated sides of 1.6 to 2 mm) in a beam of 3 to 6 MeV.
pub const EMPTY_WALLS: f32 = 0.2;

/// Estimated share of the hold that is filled between two columns, 0 to 1.
///
/// It is the share of pixels in `hold` and `columns` that hold back more than `walls` (attenuation of
/// an empty unit there, e.g. [`EMPTY_WALLS`] or the median of the unit's own empty scan); `air` is the
/// count of open air. An estimate from one shadow: a thin pile in front of nothing counts as full,
/// textiles that hold back less than the walls count as nothing. `None` when no pixel is inside.
pub fn filled_share(
    grid: &Grid,
    air: f32,
    hold: Rect,
    columns: Range<u32>,
    walls: f32,
) -> Option<f64> {
    let left = hold.x.max(columns.start);
    let right = hold.x.saturating_add(hold.width).min(columns.end);
    let part = Rect::new(left, hold.y, right.checked_sub(left)?, hold.height)
        .clipped(grid.width(), grid.height())?;
    let bound = air.max(1.0) * (-walls.max(0.0)).exp();
    let mut filled = 0u64;
    for y in part.y..part.y + part.height {
        let row = &grid.row(y)?[part.x as usize..(part.x + part.width) as usize];
        filled += row
            .iter()
            .filter(|sample| f32::from(**sample) < bound)
            .count() as u64;
    }
    Some(filled as f64 / part.area() as f64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const AIR: f32 = 60_000.0;

    /// A row of `count` round drums of `pitch` pixels each, with noise of a few per cent.
    fn drums(count: u32, pitch: u32, seed: u32) -> Grid {
        let (width, height) = (count * pitch + 2 * pitch, 60);
        let samples: Vec<u16> = (0..width * height)
            .map(|at| {
                let x = at % width;
                let inside = (pitch..pitch + count * pitch).contains(&x);
                let across = ((x % pitch) as f32 + 0.5) / pitch as f32 * 2.0 - 1.0;
                let chord = if inside {
                    (1.0 - across * across).max(0.0).sqrt()
                } else {
                    0.0
                };
                let noise = ((at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 20) as f32
                    / 4096.0
                    - 0.5)
                    * 0.2;
                (AIR * (-(0.3 + 1.2 * chord + noise)).exp()) as u16
            })
            .collect();
        Grid::new(width, height, samples).unwrap()
    }

    fn counted(grid: &Grid) -> Count {
        let end = Point::new(grid.width() as f32 - 1.0, 30.0);
        count_along(grid, AIR, Point::new(1.0, 30.0), end, 21.0).unwrap()
    }

    #[test]
    fn drums_in_a_row_are_counted_with_their_places() {
        for (count, pitch) in [(4, 40), (8, 58), (12, 33), (20, 16)] {
            let found = counted(&drums(count, pitch, 7));
            assert!(found.sure, "{count} × {pitch}: {found:?}");
            assert_eq!(found.positions.len(), count as usize, "{pitch}: {found:?}");
            assert!((found.period.unwrap() - pitch as f32).abs() < 0.1 * pitch as f32);
            for (at, position) in found.positions.iter().enumerate() {
                let middle = (at as f32 + 1.5) * pitch as f32 - 1.0;
                assert!(
                    (position - middle).abs() <= 0.25 * pitch as f32,
                    "{position} {middle}"
                );
            }
        }
    }

    #[test]
    fn what_does_not_repeat_is_not_sure() {
        let even = Grid::new(300, 60, vec![9000u16; 18_000]).unwrap();
        let flat = counted(&even);
        assert!(!flat.sure && flat.positions.is_empty() && flat.period.is_none());
        // Blocks of sizes without any order.
        let edges = [0, 13, 60, 71, 140, 149, 203, 260, 270, 300];
        let samples: Vec<u16> = (0..300 * 60u32)
            .map(|at| {
                let part = edges.iter().filter(|edge| **edge <= at % 300).count();
                if part % 2 == 0 { 40_000 } else { 9000 }
            })
            .collect();
        assert!(!counted(&Grid::new(300, 60, samples).unwrap()).sure);
    }

    #[test]
    fn a_line_too_short_outside_or_without_end_is_nothing() {
        let grid = drums(4, 40, 1);
        let line = |x: f32, y: f32, to: f32| {
            count_along(&grid, AIR, Point::new(x, y), Point::new(to, y), 5.0)
        };
        assert_eq!(line(3.0, 3.0, 8.0), None);
        assert_eq!(line(3.0, 500.0, 200.0), None);
        assert_eq!(line(3.0, 3.0, f32::INFINITY), None);
        assert_eq!(line(f32::NAN, 3.0, 90.0), None);
    }

    #[test]
    fn a_hold_full_to_the_half_is_half_full() {
        let samples: Vec<u16> = (0..200 * 100u32)
            .map(|at| {
                if at / 200 >= 50 && at % 200 < 100 {
                    8000
                } else {
                    52_000
                }
            })
            .collect();
        let grid = Grid::new(200, 100, samples).unwrap();
        let share = |columns| filled_share(&grid, AIR, grid.rect(), columns, EMPTY_WALLS);
        assert_eq!(share(0..100), Some(0.5));
        assert_eq!(share(0..200), Some(0.25));
        assert_eq!(share(100..200), Some(0.0));
        assert_eq!(share(300..400), None);
        assert_eq!(share(90..90), None);
    }

    proptest! {
        #[test]
        fn the_share_grows_with_what_is_loaded(level in 0u32..100, more in 0u32..100, walls in 0f32..2.0) {
            let full = |height: u32| {
                let samples: Vec<u16> = (0..4000u32)
                    .map(|at| if at / 40 >= 100 - height.min(100) { 3000 } else { 58_000 })
                    .collect();
                let grid = Grid::new(40, 100, samples).unwrap();
                filled_share(&grid, AIR, grid.rect(), 0..40, walls).unwrap()
            };
            prop_assert!(full(level) <= full(level + more));
            prop_assert!((0.0..=1.0).contains(&full(level)));
        }

        #[test]
        fn no_line_panics(x0 in -50f32..300.0, y0 in -50f32..120.0, x1 in -50f32..300.0, y1 in -50f32..120.0, air: f32, breadth: f32) {
            let grid = drums(4, 40, 3);
            if let Some(found) = count_along(&grid, air, Point::new(x0, y0), Point::new(x1, y1), breadth) {
                prop_assert!(found.positions.is_sorted());
            }
        }
    }
}
