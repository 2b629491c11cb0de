//! Dual energy: what a ray went through, told by colour, and single materials shown alone.
//!
//! The ratio of the attenuations at low and high energy falls with the atomic number (Ogorodnikov
//! and Petrunin 2002): orange for organic, green for mixed and light metal, blue for metal, black
//! where nothing came through. Lightness stays that of the grey image, so that shape is read as
//! before. The ratio is found once for an image ([`Materials::of`]); painting a view looks it up,
//! so that a place has the same colour at every zoom.

use std::collections::VecDeque;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::pyramid::Pyramid;
use crate::raster::Grid;
use crate::render::{self, View};
use crate::window::Histogram;

/// Half the side of the square over which the ratio is averaged: single pixels are too noisy.
const REACH: usize = 3;
/// Attenuation below which a ratio says nothing: air and thin sheets keep their grey.
const FAINT: f32 = 0.05;
/// Attenuation at which a colour is full.
const CERTAIN: f32 = 0.22;
/// Transmission below which nothing came through.
pub const NOT_PENETRATED: f32 = 0.0012;
/// Attenuation at the high energy at which nothing comes through at the low one even of metal, which has the smallest
/// ratio: −ln([`NOT_PENETRATED`]) / [`METAL`]. From here on the ratio is noise and names no material.
const LOST: f32 = 4.82;
/// Attenuation from which a colour fades towards [`LOST`].
const FADING: f32 = 4.0;

/// What a ratio of attenuations looks like: ratio, then red, green, blue for a bright pixel.
const RAMP: [(f32, [f32; 3]); 5] = [
    (1.335, [70.0, 120.0, 255.0]),
    (1.385, [60.0, 190.0, 215.0]),
    (1.410, [70.0, 205.0, 110.0]),
    (1.430, [170.0, 200.0, 70.0]),
    (1.450, [255.0, 165.0, 60.0]),
];
/// The ratio at which metal ends, between the ramp's blue and green.
pub(crate) const METAL: f32 = 1.395;
/// The ratio at which organic begins, between the ramp's green and orange.
pub(crate) const ORGANIC: f32 = 1.42;
/// Half the width over which a stripped material fades: a hard cut would speckle.
const SOFT: f32 = 0.008;

/// Ratios told apart; below the first and above the last they are alike.
const RATIOS: std::ops::Range<f32> = 1.2..1.6;
/// Entries of the tables over [`RATIOS`].
const STEPS: usize = 1024;
/// What was not penetrated, where air is shown black.
const BLOCKED: [u8; 4] = [200, 40, 36, 255];
/// What is left of the contrast of a stripped material: its outline keeps the place.
const STRIPPED: f32 = 0.1;

/// Counts of open air, by which counts become transmissions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Air {
    /// At the high energy.
    pub high: f32,
    /// At the low energy.
    pub low: f32,
}

impl Air {
    /// Counts of open air in one plane, its 99.5th percentile: a cargo scan always has air above the unit.
    pub fn counts(plane: &Histogram) -> f32 {
        f32::from(plane.percentile(0.995)).max(1.0)
    }
}

/// A kind of material that two energies tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Material {
    /// Food, plastics, wood, textiles, explosives, drugs.
    Organic,
    /// Mixtures, ceramics, aluminium.
    Mixed,
    /// Steel and heavier metal.
    Metal,
}

impl Material {
    /// Every kind, in the order of the legend.
    pub const ALL: [Self; 3] = [Self::Organic, Self::Mixed, Self::Metal];

    /// Red, green and blue of this kind on a bright pixel, for a legend.
    pub fn colour(self) -> [u8; 3] {
        let ratio = match self {
            Self::Organic => 1.45,
            Self::Mixed => 1.41,
            Self::Metal => 1.335,
        };
        ramp(ratio).map(|channel| channel as u8)
    }

    /// How much a ratio belongs to this kind, 0 to 1; the three sum to 1.
    fn share(self, ratio: f32) -> f32 {
        let above = |bound: f32| ((ratio - bound) / (2.0 * SOFT) + 0.5).clamp(0.0, 1.0);
        match self {
            Self::Organic => above(ORGANIC),
            Self::Mixed => above(METAL) - above(ORGANIC),
            Self::Metal => 1.0 - above(METAL),
        }
    }
}

/// How a view is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// Whether materials have their colour, or the grey stays.
    pub colours: bool,
    /// The one kind shown; others fade to what open air is shown as.
    pub only: Option<Material>,
    /// The grey of open air.
    pub air: u8,
}

impl Paint {
    /// For each of 1024 steps of the ratio: red, green and blue of its colour at full light, 0 to 255, and how much of a
    /// pixel that is certainly of it fades away, 0 to 1.
    pub fn tints(&self) -> Vec<[f32; 4]> {
        (0..STEPS)
            .map(|step| {
                let ratio = ratio_of(step);
                let [r, g, b] = ramp(ratio);
                let kept = self.only.map_or(1.0, |only| only.share(ratio));
                [r, g, b, (1.0 - kept) * (1.0 - STRIPPED)]
            })
            .collect()
    }
}

/// How a pixel that was not penetrated is shown where open air has this grey; RGBA.
pub const fn blocked_colour(air: u8) -> [u8; 4] {
    if air < 128 { BLOCKED } else { [0, 0, 0, 255] }
}

/// What an image is made of: the ratio of attenuations at every pixel, at every level of zoom.
#[derive(Clone, Debug)]
pub struct Materials {
    /// Ratios, [`RATIOS`] spread over 0 to 65535.
    ratios: Pyramid,
    /// How certain a colour is at a sample of the high energy, 0 to 255.
    certain: Box<[u8; 65536]>,
    /// Samples of the high energy below this were not penetrated.
    blocked: u16,
}

impl Materials {
    /// Finds the ratio at every pixel; `None` when the planes differ in size.
    pub fn of(high: &Grid, low: &Grid, air: Air) -> Option<Self> {
        if high.rect() != low.rect() {
            return None;
        }
        let mut certain: Box<[u8; 65536]> = bytemuck::zeroed_box();
        for (value, certain) in paths(air.high).iter().zip(certain.iter_mut()) {
            let enough = ((value - FAINT) / (CERTAIN - FAINT)).clamp(0.0, 1.0);
            let left = ((LOST - value) / (LOST - FADING)).clamp(0.0, 1.0);
            *certain = (enough * left * 255.0) as u8;
        }
        Some(Self {
            ratios: Pyramid::new(ratios(high, low, air)?),
            certain,
            blocked: (NOT_PENETRATED * air.high).ceil() as u16,
        })
    }

    /// The ratio of attenuations, low to high energy, averaged around a pixel, 1.2 to 1.6; `None`
    /// outside. In air and where nothing came through it means nothing.
    pub fn ratio(&self, x: u32, y: u32) -> Option<f32> {
        let spread = f32::from(self.ratios.base().get(x, y)?) / 65_535.0;
        Some(RATIOS.start + spread * (RATIOS.end - RATIOS.start))
    }

    /// What painting a view needs of the image, resampled once; `high` is the plane of the high energy from which the
    /// materials were found. It stays good while the view does, however the tone is turned.
    pub fn seen(&self, high: &Pyramid, view: &View) -> SeenMaterials {
        let size = view.width as usize * view.height as usize;
        let (mut samples, mut ratios) = (vec![0u16; size], vec![0u16; size]);
        render::samples(high, view, &mut samples);
        render::samples(&self.ratios, view, &mut ratios);
        SeenMaterials { samples, ratios }
    }

    /// The ratios at every pixel, 1.2 to 1.6 spread over 0 to 65535, with their halved copies.
    pub const fn ratios(&self) -> &Pyramid {
        &self.ratios
    }

    /// How certain a ratio is at each value of a sample of high energy, 0 to 255.
    pub const fn certain(&self) -> &[u8; 65536] {
        &self.certain
    }

    /// Samples of high energy below this were not penetrated.
    pub const fn blocked(&self) -> u16 {
        self.blocked
    }

    /// Paints a view in RGBA, opaque.
    ///
    /// `grey` is the view drawn in grey as it is to be shown, `seen` that of [`Materials::seen`]. What
    /// goes beyond the shortest of them and `target` is left alone. What was not penetrated is black
    /// (red where air is black) whatever is shown: nobody knows what is there.
    pub fn paint(&self, seen: &SeenMaterials, grey: &[u8], paint: Paint, target: &mut [u8]) {
        let tints = paint.tints();
        let (tints, lost): (Vec<_>, Vec<_>) = tints
            .iter()
            .map(|[r, g, b, lost]| ([*r, *g, *b], *lost))
            .unzip();
        let (Some(tints), Some(lost)) = (tints.first_chunk(), lost.first_chunk()) else {
            return;
        };
        let run = match (paint.colours, paint.only.is_some()) {
            (true, false) => Self::run::<true, false>,
            (true, true) => Self::run::<true, true>,
            (false, _) => Self::run::<false, true>,
        };
        let (pixels, _) = target.as_chunks_mut::<4>();
        pixels
            .par_chunks_mut(RUN)
            .zip(grey.par_chunks(RUN))
            .zip(seen.samples.par_chunks(RUN))
            .zip(seen.ratios.par_chunks(RUN))
            .for_each(|(((pixels, grey), samples), ratios)| {
                let given = grey.iter().zip(samples.iter().zip(ratios));
                run(self, tints, lost, paint.air, pixels.iter_mut().zip(given));
            });
    }

    /// Paints neighbouring pixels, with and without each of the two steps: the choice stands outside the loop.
    fn run<'a, const COLOURS: bool, const STRIP: bool>(
        &self,
        tints: &[[f32; 3]; STEPS],
        lost: &[f32; STEPS],
        air: u8,
        pixels: impl Iterator<Item = (&'a mut [u8; 4], (&'a u8, (&'a u16, &'a u16)))>,
    ) {
        let blocked = blocked_colour(air);
        let air = f32::from(air);
        for (pixel, (grey, (sample, ratio))) in pixels {
            let certain = f32::from(self.certain[usize::from(*sample)]) / 255.0;
            let step = usize::from(*ratio) * STEPS / 65_536;
            let grey = f32::from(*grey);
            let mut colour = [grey; 3];
            if COLOURS {
                // Dark pixels keep some of their colour, bright ones fade to grey as in air.
                let light = 0.16 + 0.84 / 255.0 * grey;
                colour = tints[step].map(|tint| grey + (tint * light - grey) * certain);
            }
            if STRIP {
                // Where no ratio can be told nothing is stripped: thin is as good as air, and what hides in the
                // dense must not vanish.
                let kept = 1.0 - lost[step] * certain;
                colour = colour.map(|channel| air + (channel - air) * kept);
            }
            let [r, g, b] = colour.map(|channel| channel as u8);
            *pixel = if *sample < self.blocked {
                blocked
            } else {
                [r, g, b, 255]
            };
        }
    }
}

/// A view's samples of the high energy and its ratios, as many as it has pixels.
#[derive(Clone, Debug)]
pub struct SeenMaterials {
    samples: Vec<u16>,
    ratios: Vec<u16>,
}

/// Pixels that one thread paints at a time.
const RUN: usize = 1 << 14;

/// −ln(transmission) of every raw value.
fn paths(air: f32) -> Vec<f32> {
    (0..=u16::MAX)
        .map(|value| (air / f32::from(value).max(0.5)).ln().max(0.0))
        .collect()
}

/// The ratio that stands at a place of the tables.
fn ratio_of(step: usize) -> f32 {
    RATIOS.start + (step as f32 + 0.5) / STEPS as f32 * (RATIOS.end - RATIOS.start)
}

/// Rows worked on at once: their running sums stay in the cache.
const BAND: usize = 64;

/// The ratio of the attenuations averaged around each pixel, spread over 0 to 65535.
fn ratios(high: &Grid, low: &Grid, air: Air) -> Option<Grid> {
    let width = high.width() as usize;
    let (high_paths, low_paths) = (paths(air.high), paths(air.low));
    let mut samples = vec![0u16; high.samples().len()];
    let spread = 65_535.0 / (RATIOS.end - RATIOS.start);
    samples
        .par_chunks_mut(width * BAND)
        .enumerate()
        .for_each(|(band, target)| {
            let mut above = Running::start(high, &high_paths, band * BAND);
            let mut below = Running::start(low, &low_paths, band * BAND);
            for row in target.chunks_mut(width) {
                let (high, low) = (above.next_row(), below.next_row());
                for ((target, high), low) in row.iter_mut().zip(high).zip(low) {
                    // Both are sums over the same square: their ratio is that of the means.
                    let faint = FAINT * high.1;
                    let ratio = low.0 / high.0.max(faint);
                    *target = ((ratio - RATIOS.start) * spread) as u16;
                }
            }
        });
    Grid::new(high.width(), high.height(), samples).ok()
}

/// Sums of attenuation over the square around each pixel, row after row. The rows of the square are
/// summed anew for each: no error adds up down the band.
struct Running<'a> {
    grid: &'a Grid,
    paths: &'a [f32],
    /// The next row.
    y: usize,
    /// The rows of the square with their horizontal sums, uppermost first.
    rows: VecDeque<(usize, Vec<f32>)>,
    /// Sum and number of pixels for each column.
    sums: Vec<(f32, f32)>,
}

impl<'a> Running<'a> {
    fn start(grid: &'a Grid, paths: &'a [f32], y: usize) -> Self {
        let mut running = Self {
            grid,
            paths,
            y,
            rows: VecDeque::with_capacity(2 * REACH + 1),
            sums: vec![(0.0, 0.0); grid.width() as usize],
        };
        for near in y.saturating_sub(REACH)..y + REACH {
            running.push(near);
        }
        running
    }

    fn push(&mut self, y: usize) {
        if let Some(row) = self.grid.row(y as u32) {
            self.rows.push_back((y, across(row, self.paths)));
        }
    }

    /// Sum and number of pixels in the square around each pixel of the next row.
    fn next_row(&mut self) -> &[(f32, f32)] {
        self.push(self.y + REACH);
        self.rows.retain(|(y, _)| y + REACH >= self.y);
        let width = self.sums.len();
        let height = self.rows.len();
        for (x, sum) in self.sums.iter_mut().enumerate() {
            let columns = (x + REACH + 1).min(width) - x.saturating_sub(REACH);
            *sum = (0.0, (columns * height) as f32);
        }
        for (_, row) in &self.rows {
            for ((sum, _), value) in self.sums.iter_mut().zip(row) {
                *sum += value;
            }
        }
        self.y += 1;
        &self.sums
    }
}

/// Sums of attenuation over the pixels left and right of each of a row.
fn across(row: &[u16], paths: &[f32]) -> Vec<f32> {
    let values: Vec<f32> = row
        .iter()
        .map(|sample| paths[usize::from(*sample)])
        .collect();
    let mut sums = values.clone();
    for offset in 1..=REACH.min(values.len().saturating_sub(1)) {
        for (sum, value) in sums.iter_mut().zip(&values[offset..]) {
            *sum += value;
        }
        for (sum, value) in sums[offset..].iter_mut().zip(&values) {
            *sum += value;
        }
    }
    sums
}

fn ramp(ratio: f32) -> [f32; 3] {
    let after = RAMP
        .iter()
        .position(|(at, _)| ratio < *at)
        .unwrap_or(RAMP.len());
    let (Some(before), Some((to, colour))) = (after.checked_sub(1), RAMP.get(after)) else {
        return RAMP[after.min(RAMP.len() - 1)].1;
    };
    let (from, start) = RAMP[before];
    let share = (ratio - from) / (to - from);
    std::array::from_fn(|channel| start[channel] + (colour[channel] - start[channel]) * share)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::window::{Tone, Window};
    use proptest::prelude::*;

    const AIR: Air = Air {
        high: 60_000.0,
        low: 60_000.0,
    };
    const COLOURS: Paint = Paint {
        colours: true,
        only: None,
        air: 255,
    };

    /// An even field with this attenuation at the high energy and this ratio, painted.
    fn field(attenuation: f32, ratio: f32, paint: Paint) -> [u8; 3] {
        let sample = |path: f32| (60_000.0 * (-path).exp()) as u16;
        let even = |path: f32| Grid::new(20, 20, vec![sample(path); 400]).unwrap();
        let (high, low) = (even(attenuation), even(attenuation * ratio));
        let materials = Materials::of(&high, &low, AIR).unwrap();
        let high = Pyramid::new(high);
        let view = View::fit(20, 20, 20, 20);
        let lut = Tone::from(Window::between(0.0, 60_000.0)).lut();
        let mut grey = vec![0u8; 400];
        render::grey(&high, &view, &lut, 0, &mut grey);
        let mut picture = vec![0u8; 1600];
        materials.paint(&materials.seen(&high, &view), &grey, paint, &mut picture);
        [picture[840], picture[841], picture[842]]
    }

    #[test]
    fn food_is_orange_aluminium_green_steel_blue() {
        let [r, g, b] = field(0.7, 1.455, COLOURS);
        assert!(r > g && g > b, "{r} {g} {b}");
        let [r, g, b] = field(0.7, 1.411, COLOURS);
        assert!(g > r && g > b, "{r} {g} {b}");
        let [r, g, b] = field(0.7, 1.34, COLOURS);
        assert!(b > g && g > r, "{r} {g} {b}");
    }

    #[test]
    fn air_stays_grey_and_what_is_not_penetrated_is_black() {
        let [r, g, b] = field(0.005, 1.3, COLOURS);
        assert!(r == g && g == b && r > 240);
        for only in [None, Some(Material::Organic), Some(Material::Metal)] {
            assert_eq!(field(9.0, 1.4, Paint { only, ..COLOURS }), [0, 0, 0]);
            let negative = Paint {
                air: 0,
                only,
                ..COLOURS
            };
            assert_eq!(field(9.0, 1.4, negative), [200, 40, 36]);
        }
    }

    /// Steel so thick that the low energy is lost reads as any ratio: it has no colour and is never stripped.
    #[test]
    fn what_the_low_energy_does_not_get_through_is_grey_and_stays_whatever_is_shown() {
        for ratio in [1.2, 1.335, 1.41, 1.455, 1.6] {
            for attenuation in [4.83, 5.5, 6.5] {
                for only in [None, Some(Material::Organic), Some(Material::Metal)] {
                    let paint = Paint { only, ..COLOURS };
                    let [r, g, b] = field(attenuation, ratio, paint);
                    assert!(
                        r == g && g == b && r < 4,
                        "{attenuation} {ratio} {only:?}: {r} {g} {b}"
                    );
                }
            }
        }
    }

    #[test]
    fn one_material_shown_alone_leaves_the_others_as_an_outline() {
        for (only, own, other) in [
            (Material::Organic, 1.455, 1.34),
            (Material::Metal, 1.34, 1.455),
            (Material::Mixed, 1.408, 1.34),
        ] {
            let paint = Paint {
                colours: false,
                only: Some(only),
                air: 255,
            };
            let whole = Paint {
                only: None,
                ..paint
            };
            assert_eq!(field(0.7, own, paint), field(0.7, own, whole), "{only:?}");
            let [faded, ..] = field(0.7, other, paint);
            assert!((235..255).contains(&faded), "{only:?}: {faded}");
        }
    }

    #[test]
    fn the_legend_has_the_colours_of_the_picture() {
        let [r, g, b] = Material::Organic.colour();
        assert!(r > g && g > b);
        let [r, g, b] = Material::Mixed.colour();
        assert!(g > r && g > b);
        let [r, g, b] = Material::Metal.colour();
        assert!(b > g && g > r);
    }

    #[test]
    fn planes_of_different_sizes_and_short_buffers_are_no_panic() {
        let grid = |width, height| {
            Grid::new(width, height, vec![900u16; (width * height) as usize]).unwrap()
        };
        assert!(Materials::of(&grid(4, 5), &grid(5, 4), AIR).is_none());
        let high = grid(9, 7);
        let materials = Materials::of(&high, &high, AIR).unwrap();
        for (grey, target) in [(0, 0), (63, 100), (20, 300), (63, 3)] {
            let view = View::fit(9, 7, 9, 7);
            let mut picture = vec![0u8; target];
            materials.paint(
                &materials.seen(&Pyramid::new(high.clone()), &view),
                &vec![9; grey],
                COLOURS,
                &mut picture,
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        /// Against sums over the square written out in double precision; two of 65,535 parts of the
        /// ratio's range of tolerance for single precision, more where the range's ends cut.
        #[test]
        fn the_ratio_is_that_of_the_mean_attenuations(width in 1u32..30, height in 1u32..150, seed: u32) {
            let noise = |salt: u32| {
                let mix = |at: u32| (at.wrapping_mul(2_654_435_761).wrapping_add(seed ^ salt) >> 17) as u16;
                Grid::new(width, height, (0..width * height).map(mix).collect::<Vec<_>>()).unwrap()
            };
            let (high, low) = (noise(0), noise(77));
            let made = ratios(&high, &low, AIR).unwrap();
            let path = |sample: u16| (60_000.0 / f64::from(sample).max(0.5)).ln().max(0.0);
            for y in 0..height {
                for x in 0..width {
                    let mut sums = [0.0, 0.0];
                    for near_y in y.saturating_sub(3)..(y + 4).min(height) {
                        for near_x in x.saturating_sub(3)..(x + 4).min(width) {
                            sums[0] += path(high.get(near_x, near_y).unwrap());
                            sums[1] += path(low.get(near_x, near_y).unwrap());
                        }
                    }
                    let ratio = (sums[1] / sums[0]).clamp(1.2, 1.6);
                    let expected = (ratio - 1.2) / 0.4 * 65_535.0;
                    let found = f64::from(made.get(x, y).unwrap());
                    prop_assert!((found - expected).abs() <= 2.0, "{x} {y}: {found} {expected}");
                }
            }
        }

        #[test]
        fn every_ratio_belongs_to_the_three_kinds_in_all(ratio in 1.0f32..2.0) {
            let all: f32 = Material::ALL.iter().map(|kind| kind.share(ratio)).sum();
            prop_assert!((all - 1.0).abs() < 1e-5);
        }
    }
}
