//! The search for scale and translation, coarse to fine.

use rayon::prelude::*;

use super::field::{Field, Sums};
use super::{ALIKE, RegisterError, Registration, Similarity};
use crate::raster::Grid;

/// Longer side of the coarsest level, where every shift is tried.
const COARSE: f32 = 112.0;
/// Levels after it, each of twice the size.
const FINER: usize = 4;
/// Fewest pixels on a side.
const SMALLEST: u32 = 32;
/// Scales tried without a hint, and around a hint.
const ANY_SCALE: std::ops::RangeInclusive<f32> = 0.5..=2.0;
const NEAR_HINT: f32 = 1.15;
/// Step from one scale to the next at the coarsest level: a pixel at its far end.
const STEP: f32 = 1.015;
/// Least share of the smaller image that must overlap.
const OVERLAP: f64 = 0.6;
/// Half the side of the square against whose mean a value stands out.
const REACH: usize = 5;

/// A place of the moving field on the fixed one, in pixels of a level, and how alike both are there.
#[derive(Clone, Copy)]
struct Place {
    scale: f32,
    x: f32,
    y: f32,
    score: f32,
}

/// Finds how `moving` lies on `fixed`; `air` are the counts of open air, [`crate::Air::counts`].
///
/// `scale_hint` is the ratio of the pitches, moving to fixed, when both are known: scales within 15 %
/// of it are tried, otherwise those from a half to two. Takes some tenths of a second on images of
/// any size: call it off the UI thread.
///
/// # Errors
/// [`RegisterError::NotAlike`] when the correlation at the best place stays below [`ALIKE`].
pub fn register(
    fixed: &Grid,
    fixed_air: f32,
    moving: &Grid,
    moving_air: f32,
    scale_hint: Option<f32>,
) -> Result<Registration, RegisterError> {
    for grid in [fixed, moving] {
        let (width, height) = (grid.width(), grid.height());
        if width.min(height) < SMALLEST {
            return Err(RegisterError::TooSmall { width, height });
        }
    }
    let longest = [fixed, moving].map(|grid| grid.width().max(grid.height()));
    let mut factor = longest[0].max(longest[1]) as f32 / COARSE;
    let fields = |factor: f32| {
        (
            Field::attenuation(fixed, fixed_air, factor),
            Field::attenuation(moving, moving_air, factor),
        )
    };
    let mut best = coarse(&fields(factor), scale_hint);
    for _ in 0..FINER {
        if factor <= 1.0 {
            break;
        }
        let next = (factor / 2.0).max(1.0);
        best = fine(&fields(next), best, factor / next);
        factor = next;
    }
    if best.score < ALIKE {
        return Err(RegisterError::NotAlike {
            quality: best.score,
        });
    }
    Ok(Registration {
        transform: Similarity {
            scale: best.scale,
            dx: best.x * factor,
            dy: best.y * factor,
        },
        quality: best.score,
    })
}

/// Every shift at every scale.
fn coarse((fixed, moving): &(Field, Field), hint: Option<f32>) -> Place {
    let hint = hint.filter(|hint| ANY_SCALE.contains(hint));
    let (from, to) = match hint {
        Some(hint) => (hint / NEAR_HINT, hint * NEAR_HINT),
        None => ANY_SCALE.into_inner(),
    };
    let count = ((to / from).ln() / STEP.ln()).ceil() as i32;
    let fixed = Held::of(fixed);
    (0..=count)
        .into_par_iter()
        .map(|step| {
            let scale = from * STEP.powi(step);
            let moved = Held::of(&moving.scaled(scale));
            let mut best = Place::none(scale);
            for y in -(moved.detail.height as i32)..fixed.detail.height as i32 {
                for x in -(moved.detail.width as i32)..fixed.detail.width as i32 {
                    best = best.better(Place::of(&fixed, &moved, scale, x, y));
                }
            }
            best
        })
        .reduce(|| Place::none(1.0), Place::better)
}

/// Shifts and scales near what a coarser level found, `zoom` times as large; between pixels at the end.
fn fine((fixed, moving): &(Field, Field), found: Place, zoom: f32) -> Place {
    // What a pixel at the far end of the coarser level was worth, in five steps.
    let reach = 1.0 / fixed.width.max(fixed.height) as f32;
    let fixed = Held::of(fixed);
    let (x, y) = (
        (found.x * zoom).round() as i32,
        (found.y * zoom).round() as i32,
    );
    let at_scale = |step: i32| {
        let scale = found.scale * (1.0 + step as f32 * reach);
        let moved = Held::of(&moving.scaled(scale));
        // Scaled about its middle, the moving field keeps its place.
        let grow = (scale - found.scale) / 2.0;
        let x = x - (grow * moving.width as f32).round() as i32;
        let y = y - (grow * moving.height as f32).round() as i32;
        let mut scores = [[0f32; 7]; 7];
        let mut best = Place::none(scale);
        for (row, dy) in scores.iter_mut().zip(-3..=3) {
            for (score, dx) in row.iter_mut().zip(-3..=3) {
                let place = Place::of(&fixed, &moved, scale, x + dx, y + dy);
                *score = place.score;
                best = best.better(place);
            }
        }
        best.between(&scores, x - 3, y - 3)
    };
    let all: Vec<Place> = (-4..=4).into_par_iter().map(at_scale).collect();
    let best = all
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.score.total_cmp(&b.1.score));
    let Some((at, best)) = best else {
        return found;
    };
    // Between the scales, the place following.
    if let (Some(before), Some(after)) = (
        at.checked_sub(1).and_then(|at| all.get(at)),
        all.get(at + 1),
    ) {
        let shift = vertex(before.score, best.score, after.score);
        let (other, share) = if shift < 0.0 {
            (before, -shift)
        } else {
            (after, shift)
        };
        let mix = |a: f32, b: f32| a + (b - a) * share;
        return Place {
            scale: mix(best.scale, other.scale),
            x: mix(best.x, other.x),
            y: mix(best.y, other.y),
            score: best.score,
        };
    }
    *best
}

/// Where the parabola through three neighbours is highest, −0.5 to 0.5 from the middle one.
fn vertex(before: f32, middle: f32, after: f32) -> f32 {
    let bend = before - 2.0 * middle + after;
    if bend < -f32::EPSILON {
        (0.5 * (before - after) / bend).clamp(-0.5, 0.5)
    } else {
        0.0
    }
}

/// What stands out in a field, with sums of its squares over any rectangle.
struct Held {
    detail: Field,
    squares: Sums,
}

impl Held {
    fn of(field: &Field) -> Self {
        let detail = field.detail(REACH);
        let squares = Sums::of(&detail, |value| value * value);
        Self { detail, squares }
    }
}

impl Place {
    fn none(scale: f32) -> Self {
        Self {
            scale,
            x: 0.0,
            y: 0.0,
            score: -1.0,
        }
    }

    /// The one that looks more alike; the first of equals, so that the order of threads is no matter.
    fn better(self, other: Self) -> Self {
        let wins = other.score > self.score
            || (other.score == self.score && other.scale < self.scale && self.score > -1.0);
        if wins { other } else { self }
    }

    /// The normalised correlation of both where they overlap.
    fn of(fixed: &Held, moved: &Held, scale: f32, x: i32, y: i32) -> Self {
        let mut place = Self::none(scale);
        (place.x, place.y) = (x as f32, y as f32);
        let (a, b) = (&fixed.detail, &moved.detail);
        let span = |shift: i32, fixed: usize, moved: usize| {
            let from = shift.max(0) as usize;
            let to = (moved as i32 + shift).clamp(0, fixed as i32) as usize;
            (from < to).then_some((from, to))
        };
        let (Some((left, right)), Some((top, bottom))) =
            (span(x, a.width, b.width), span(y, a.height, b.height))
        else {
            return place;
        };
        let smaller = (a.width * a.height).min(b.width * b.height) as f64;
        if (((right - left) * (bottom - top)) as f64) < OVERLAP * smaller {
            return place;
        }
        let (shift_x, shift_y) = (-x, -y);
        let there = |at: usize, shift: i32| (at as i32 + shift) as usize;
        let mut product = 0f64;
        for row in top..bottom {
            let ours = &a.values[row * a.width + left..row * a.width + right];
            let start = there(row, shift_y) * b.width + there(left, shift_x);
            product += f64::from(dot(ours, &b.values[start..start + ours.len()]));
        }
        let energy = fixed.squares.within(left, top, right, bottom)
            * moved.squares.within(
                there(left, shift_x),
                there(top, shift_y),
                there(right, shift_x),
                there(bottom, shift_y),
            );
        if energy > 1e-12 {
            place.score = (product / energy.sqrt()) as f32;
        }
        place
    }

    /// The place between pixels, from the scores around it; `x` and `y` are those of the first score.
    fn between(mut self, scores: &[[f32; 7]; 7], x: i32, y: i32) -> Self {
        let (column, row) = ((self.x as i32 - x) as usize, (self.y as i32 - y) as usize);
        if (1..6).contains(&column) && (1..6).contains(&row) {
            let middle = scores[row][column];
            self.x += vertex(scores[row][column - 1], middle, scores[row][column + 1]);
            self.y += vertex(scores[row - 1][column], middle, scores[row + 1][column]);
        }
        self
    }
}

/// Eight running sums: the compiler may use wide registers without changing the result.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}
