//! From samples to pixels on a screen: one rectangle of an image, through a tone, at any zoom.
//!
//! The picture is resampled in two passes of at most [`TAPS`] weights: rows first into a buffer, then
//! columns, then the table. Zoomed out, a pixel is the mean of the area it covers, read from the
//! pyramid's fitting level; zoomed in it is the nearest sample or a bilinear mix.
//!
//! All of it is done in whole numbers ([`Tap`]): whoever follows the same [`Plan`], a graphics card
//! among them, gets the same samples to the last bit, however narrow the window then is.

// Functions that are compiled for the widest registers have to be part of the one that was chosen for them.
#![allow(clippy::inline_always)]

use pulp::{Arch, NullaryFnOnce};
use rayon::prelude::*;

use crate::pyramid::Pyramid;
use crate::raster::Grid;
use crate::window::Lut;

/// How samples larger than a screen pixel are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Magnify {
    /// Smooth.
    #[default]
    Bilinear,
    /// Square pixels, for judging single samples.
    Nearest,
}

/// What part of the image is drawn on how many screen pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Left edge in the image, level-0 pixels; may lie outside.
    pub x: f32,
    /// Upper edge in the image, level-0 pixels; may lie outside.
    pub y: f32,
    /// Image pixels per screen pixel; 1 = one to one, 4 = zoomed out four times.
    pub scale: f32,
    /// Width of the picture, screen pixels.
    pub width: u32,
    /// Height of the picture, screen pixels.
    pub height: u32,
    /// How to draw when zoomed in.
    pub magnify: Magnify,
}

impl View {
    /// The view that shows a whole image, centred, on `width` × `height` screen pixels.
    pub fn fit(image_width: u32, image_height: u32, width: u32, height: u32) -> Self {
        let scale = (image_width as f32 / width.max(1) as f32)
            .max(image_height as f32 / height.max(1) as f32)
            .max(f32::MIN_POSITIVE);
        Self {
            x: (image_width as f32 - width as f32 * scale) / 2.0,
            y: (image_height as f32 - height as f32 * scale) / 2.0,
            scale,
            width,
            height,
            magnify: Magnify::Bilinear,
        }
    }

    fn is_sound(&self) -> bool {
        self.x.is_finite()
            && self.y.is_finite()
            && self.scale.is_finite()
            && self.scale > 0.0
            && self.width > 0
            && self.height > 0
    }
}

/// Most weights in one direction: a footprint under two pixels touches three, one more for rounding.
pub const TAPS: usize = 4;

/// What the weights of a [`Tap`] add up to.
pub const WHOLE: u16 = 1 << 14;

/// Bits by which a sum of samples and row weights is shifted: two more than a sample has are kept.
const ROW_SHIFT: u32 = 12;
/// Bits by which a sum of those and column weights is shifted.
const COLUMN_SHIFT: u32 = 16;

/// The weights of one screen row or column; a screen pixel outside the image has none.
///
/// A pixel is made in two steps, each rounded half up: `(sum of sample * row weight + 2^11) >> 12` down every
/// column that is needed, then `(sum of those * column weight + 2^15) >> 16`. Neither sum leaves 32 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tap {
    /// The first row or column of the level.
    pub first: u32,
    /// The weights of it and of those after it; beyond the edge the last one counts. They add up to [`WHOLE`].
    pub weights: [u16; TAPS],
    /// Whether the screen pixel lies on the image.
    pub inside: bool,
}

impl Tap {
    /// Whether it is one sample as it is, or none.
    const fn is_plain(&self) -> bool {
        !self.inside || self.weights[0] == WHOLE
    }

    /// From shares that are not all zero; what rounding leaves goes to the largest.
    fn of(first: u32, shares: [f32; TAPS]) -> Self {
        let sum: f32 = shares.iter().sum();
        let mut weights = shares.map(|share| (share / sum * f32::from(WHOLE)).round() as u16);
        let given: u16 = weights.iter().sum();
        if let Some(largest) = weights.iter_mut().max() {
            *largest = largest.wrapping_add(WHOLE.wrapping_sub(given));
        }
        Self {
            first,
            weights,
            inside: true,
        }
    }

    /// One sample as it is.
    const fn one(first: u32) -> Self {
        Self {
            first,
            weights: [WHOLE, 0, 0, 0],
            inside: true,
        }
    }
}

/// Which samples each pixel of a view is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The pyramid's level.
    pub level: usize,
    /// One per column of the picture.
    pub columns: Vec<Tap>,
    /// One per row of the picture.
    pub rows: Vec<Tap>,
}

impl Plan {
    /// How `view` is drawn from `pyramid`; `None` when the view is not sound.
    pub fn of(pyramid: &Pyramid, view: &View) -> Option<Self> {
        Self::from(pyramid, view, pyramid.level_for(view.scale))
    }

    /// How `view` is drawn from a level that is finer or coarser than the fitting one, while that is not there; beyond
    /// the last the last. A finer one is not averaged over more than [`TAPS`] samples.
    pub fn from(pyramid: &Pyramid, view: &View, level: usize) -> Option<Self> {
        if !view.is_sound() {
            return None;
        }
        let level = level.min(pyramid.levels() - 1);
        let grid = pyramid.level(level);
        let shrink = 1.0 / (1u64 << level) as f32;
        let scale = view.scale * shrink;
        let along =
            |start: f32, count, side| taps(start * shrink, scale, count, side, view.magnify);
        Some(Self {
            level,
            columns: along(view.x, view.width, grid.width()),
            rows: along(view.y, view.height, grid.height()),
        })
    }
}

/// Draws greys, one byte a pixel, row by row. Pixels outside the image get `outside`.
///
/// Writes `width * height` bytes, or what fits into `target`; the rest is left as it is.
pub fn grey(pyramid: &Pyramid, view: &View, lut: &Lut, outside: u8, target: &mut [u8]) {
    draw(pyramid, view, outside, target, |sample| {
        lut[usize::from(sample)]
    });
}

/// Draws RGBA, four bytes a pixel, opaque; like [`grey`] otherwise.
pub fn rgba(pyramid: &Pyramid, view: &View, lut: &Lut, outside: [u8; 4], target: &mut [u8]) {
    let (pixels, _) = target.as_chunks_mut::<4>();
    draw(pyramid, view, outside, pixels, |sample| {
        let grey = lut[usize::from(sample)];
        [grey, grey, grey, 255]
    });
}

/// Draws raw samples: what a texture or a further operation needs. Outside the image is 0.
pub fn samples(pyramid: &Pyramid, view: &View, target: &mut [u16]) {
    draw(pyramid, view, 0, target, |sample| sample);
}

fn draw<P: Copy + Send + Sync>(
    pyramid: &Pyramid,
    view: &View,
    outside: P,
    target: &mut [P],
    tone: impl Fn(u16) -> P + Sync,
) {
    let Some(Plan {
        level,
        columns,
        rows,
    }) = Plan::of(pyramid, view)
    else {
        target.fill(outside);
        return;
    };
    let grid = pyramid.level(level);
    let span = span(&columns);
    let wide = Arch::new();
    // One to one on whole pixels, or nearest: samples go through the table as they are.
    let plain = columns.iter().all(Tap::is_plain);
    target
        .par_chunks_mut(view.width as usize)
        .zip(&rows)
        .with_min_len(16)
        .for_each_init(
            || vec![0u32; span.len()],
            |mixed, (line, row)| {
                if !row.inside || span.is_empty() {
                    line.fill(outside);
                } else if plain && row.is_plain() {
                    pick_columns(grid, row, &columns, line, outside, &tone);
                } else {
                    wide.dispatch(Mix {
                        grid,
                        row,
                        span: &span,
                        mixed,
                        columns: &columns,
                        line,
                        outside,
                        tone: &tone,
                    });
                }
            },
        );
}

/// The weights of all screen rows or columns along one axis, in pixels of the level.
fn taps(start: f32, scale: f32, count: u32, side: u32, magnify: Magnify) -> Vec<Tap> {
    (0..count)
        .map(|at| {
            // In f64: at 100 megapixels f32 no longer tells neighbouring pixels apart.
            let low = f64::from(start) + f64::from(at) * f64::from(scale);
            let centre = low + f64::from(scale) / 2.0;
            if centre < 0.0 || centre >= f64::from(side) {
                Tap::default()
            } else if scale > 1.0 {
                area_tap(low, low + f64::from(scale), side)
            } else if magnify == Magnify::Nearest {
                Tap::one(centre as u32)
            } else {
                linear_tap(centre, side)
            }
        })
        .collect()
}

fn linear_tap(centre: f64, side: u32) -> Tap {
    let at = (centre - 0.5).clamp(0.0, f64::from(side - 1));
    let share = at.fract() as f32;
    Tap::of(at as u32, [1.0 - share, share, 0.0, 0.0])
}

fn area_tap(low: f64, high: f64, side: u32) -> Tap {
    let low = low.max(0.0);
    let high = high.min(f64::from(side));
    let first = (low as u32).min(side - 1);
    let mut weights = [0f32; TAPS];
    for (at, weight) in weights.iter_mut().enumerate() {
        let left = f64::from(first) + at as f64;
        *weight = (high.min(left + 1.0) - low.max(left)).max(0.0) as f32;
    }
    if weights.iter().sum::<f32>() > 0.0 {
        Tap::of(first, weights)
    } else {
        Tap::one(first)
    }
}

/// The columns of the level that are needed at all, with room for every weight.
fn span(columns: &[Tap]) -> std::ops::Range<usize> {
    let mut inside = columns.iter().filter(|tap| tap.inside);
    let Some(first) = inside.next() else {
        return 0..0;
    };
    let last = inside.next_back().unwrap_or(first);
    first.first as usize..last.first as usize + TAPS
}

/// One line of the picture, for the widest registers that this processor has.
struct Mix<'a, P, F> {
    grid: &'a Grid,
    row: &'a Tap,
    span: &'a std::ops::Range<usize>,
    mixed: &'a mut [u32],
    columns: &'a [Tap],
    line: &'a mut [P],
    outside: P,
    tone: &'a F,
}

impl<P: Copy, F: Fn(u16) -> P> NullaryFnOnce for Mix<'_, P, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        mix_rows(self.grid, self.row, self.span, self.mixed);
        let (first, columns) = (self.span.start, self.columns);
        mix_columns(
            self.mixed,
            first,
            columns,
            self.line,
            self.outside,
            self.tone,
        );
    }
}

/// Mixes up to [`TAPS`] rows of the level into one row; beyond the edge it repeats.
#[inline(always)]
fn mix_rows(grid: &Grid, row: &Tap, span: &std::ops::Range<usize>, mixed: &mut [u32]) {
    mixed.fill(1 << (ROW_SHIFT - 1));
    let end = span.end.min(grid.width() as usize);
    for (at, weight) in row.weights.iter().enumerate() {
        if *weight == 0 {
            continue;
        }
        let y = (row.first + at as u32).min(grid.height() - 1);
        let Some(source) = grid.row(y).and_then(|row| row.get(span.start..end)) else {
            continue;
        };
        for (mixed, sample) in mixed.iter_mut().zip(source) {
            *mixed += u32::from(*sample) * u32::from(*weight);
        }
    }
    for mixed in mixed.iter_mut() {
        *mixed >>= ROW_SHIFT;
    }
    let known = end - span.start;
    if let Some(edge) = known
        .checked_sub(1)
        .and_then(|last| mixed.get(last).copied())
    {
        mixed[known..].fill(edge);
    }
}

fn pick_columns<P: Copy>(
    grid: &Grid,
    row: &Tap,
    columns: &[Tap],
    line: &mut [P],
    outside: P,
    tone: &impl Fn(u16) -> P,
) {
    let source = grid.row(row.first).unwrap_or_default();
    for (pixel, tap) in line.iter_mut().zip(columns) {
        *pixel = match source.get(tap.first as usize) {
            Some(sample) if tap.inside => tone(*sample),
            _ => outside,
        };
    }
}

#[inline(always)]
fn mix_columns<P: Copy>(
    mixed: &[u32],
    start: usize,
    columns: &[Tap],
    line: &mut [P],
    outside: P,
    tone: &impl Fn(u16) -> P,
) {
    for (pixel, tap) in line.iter_mut().zip(columns) {
        let from = (tap.first as usize).wrapping_sub(start);
        let found = mixed
            .get(from..)
            .and_then(|rest| rest.first_chunk::<TAPS>());
        *pixel = match found {
            Some(near) if tap.inside => {
                let sum: u32 = near
                    .iter()
                    .zip(&tap.weights)
                    .map(|(near, weight)| near * u32::from(*weight))
                    .sum();
                tone(((sum + (1 << (COLUMN_SHIFT - 1))) >> COLUMN_SHIFT) as u16)
            }
            _ => outside,
        };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::window::Tone;
    use proptest::prelude::*;

    fn pyramid(width: u32, height: u32) -> Pyramid {
        let mix = |at: u32| (at.wrapping_mul(2_654_435_761) >> 11) as u16;
        Pyramid::new(
            Grid::new(
                width,
                height,
                (0..width * height).map(mix).collect::<Vec<_>>(),
            )
            .unwrap(),
        )
    }

    #[test]
    fn one_to_one_shows_the_samples_themselves() {
        let pyramid = pyramid(70, 40);
        let view = View {
            x: 10.0,
            y: 5.0,
            scale: 1.0,
            width: 30,
            height: 20,
            magnify: Magnify::Bilinear,
        };
        let mut picture = vec![0u16; 600];
        samples(&pyramid, &view, &mut picture);
        for (at, value) in picture.iter().enumerate() {
            let (x, y) = (at as u32 % 30 + 10, at as u32 / 30 + 5);
            assert_eq!(Some(*value), pyramid.base().get(x, y));
        }
    }

    #[test]
    fn zoomed_in_to_the_nearest_each_sample_is_a_square() {
        let pyramid = pyramid(8, 8);
        let view = View {
            x: 0.0,
            y: 0.0,
            scale: 0.25,
            width: 32,
            height: 32,
            magnify: Magnify::Nearest,
        };
        let mut picture = vec![0u16; 32 * 32];
        samples(&pyramid, &view, &mut picture);
        for (at, value) in picture.iter().enumerate() {
            assert_eq!(
                Some(*value),
                pyramid.base().get(at as u32 % 32 / 4, at as u32 / 32 / 4)
            );
        }
    }

    #[test]
    fn what_lies_outside_the_image_gets_the_background() {
        let view = View {
            x: -4.0,
            y: -4.0,
            scale: 1.0,
            width: 16,
            height: 16,
            magnify: Magnify::Bilinear,
        };
        let mut picture = vec![1u8; 16 * 16 * 4];
        rgba(
            &pyramid(8, 8),
            &view,
            &Tone::default().lut(),
            [9, 8, 7, 6],
            &mut picture,
        );
        assert_eq!(picture[..4], [9, 8, 7, 6]);
        assert_eq!(picture[(16 * 16 - 1) * 4..], [9, 8, 7, 6]);
        assert_eq!(picture[(8 * 16 + 8) * 4 + 3], 255);
    }

    #[test]
    fn a_short_buffer_is_filled_as_far_as_it_goes() {
        let view = View::fit(8, 8, 16, 16);
        let mut picture = vec![0u8; 100];
        grey(
            &pyramid(8, 8),
            &view,
            &Tone::default().lut(),
            0,
            &mut picture,
        );
        rgba(
            &pyramid(8, 8),
            &view,
            &Tone::default().lut(),
            [0; 4],
            &mut [],
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn an_even_image_stays_even_at_every_zoom(
            width in 1u32..200, height in 1u32..200, value: u16,
            x in -50f32..200.0, y in -50f32..200.0, scale in 0.01f32..40.0,
        ) {
            let even = Grid::new(width, height, vec![value; (width * height) as usize]).unwrap();
            let view = View { x, y, scale, width: 33, height: 21, magnify: Magnify::Bilinear };
            let mut picture = vec![value; 33 * 21];
            samples(&Pyramid::new(even), &view, &mut picture);
            prop_assert!(picture.iter().all(|shown| *shown == 0 || shown.abs_diff(value) <= 1));
        }

        #[test]
        fn no_view_panics(
            x in any::<f32>(), y in any::<f32>(), scale in any::<f32>(),
            width in 0u32..40, height in 0u32..40, near in any::<bool>(),
        ) {
            let magnify = if near { Magnify::Nearest } else { Magnify::Bilinear };
            let view = View { x, y, scale, width, height, magnify };
            let mut picture = vec![0u16; (width * height) as usize];
            samples(&pyramid(31, 17), &view, &mut picture);
        }

        #[test]
        fn a_shrunk_picture_keeps_the_mean(scale in 1f32..6.0) {
            let pyramid = pyramid(240, 240);
            let side = (240.0 / scale) as u32;
            let view = View { x: 0.0, y: 0.0, scale, width: side, height: side, magnify: Magnify::Bilinear };
            let mut picture = vec![0u16; (side * side) as usize];
            samples(&pyramid, &view, &mut picture);
            let mean = |all: &[u16]| all.iter().map(|v| f64::from(*v)).sum::<f64>() / all.len() as f64;
            prop_assert!((mean(&picture) - mean(pyramid.base().samples())).abs() < 1500.0);
        }
    }
}
