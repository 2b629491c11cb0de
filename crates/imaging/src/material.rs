//! Dual energy: what a ray went through, told by colour.
//!
//! The ratio of the attenuations at low and high energy falls with the atomic number: orange for
//! organic, green for mixed and light metal, blue for metal, black where nothing came through.
//! Lightness stays that of the grey image, so that shape is read as before.

use rayon::prelude::*;

use crate::window::{Histogram, Lut};

/// Half the side of the square over which the ratio is averaged: single pixels are too noisy.
const REACH: usize = 3;
/// Attenuation below which a ratio says nothing: air and thin sheets keep their grey.
const FAINT: f32 = 0.05;
/// Attenuation at which a colour is full.
const CERTAIN: f32 = 0.22;
/// Transmission below which nothing came through.
const NOT_PENETRATED: f32 = 0.0012;

/// What a ratio of attenuations looks like: ratio, then red, green, blue for a bright pixel.
const RAMP: [(f32, [f32; 3]); 5] = [
    (1.335, [70.0, 120.0, 255.0]),
    (1.385, [60.0, 190.0, 215.0]),
    (1.410, [70.0, 205.0, 110.0]),
    (1.430, [170.0, 200.0, 70.0]),
    (1.450, [255.0, 165.0, 60.0]),
];

/// Counts of open air, by which counts become transmissions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Air {
    /// At the high energy.
    pub high: f32,
    /// At the low energy.
    pub low: f32,
}

impl Air {
    /// The 99.5th percentile of both planes: a cargo scan always has air above the unit.
    pub fn of(high: &Histogram, low: &Histogram) -> Self {
        let level = |histogram: &Histogram| f32::from(histogram.percentile(0.995)).max(1.0);
        Self {
            high: level(high),
            low: level(low),
        }
    }
}

/// Colours samples of both energies, as [`crate::render::samples`] draws them for one view.
///
/// `width` is the length of a row; `high`, `low` and `target` (RGBA) cover the same pixels, what
/// goes beyond the shortest is left alone. `lut` is the tone of the high energy.
pub fn colours(high: &[u16], low: &[u16], width: usize, lut: &Lut, air: Air, target: &mut [u8]) {
    let (pixels, _) = target.as_chunks_mut::<4>();
    let length = high.len().min(low.len()).min(pixels.len());
    if width == 0 || length < width {
        return;
    }
    let length = length / width * width;
    let paths = |samples: &[u16], air: f32| smooth(&attenuations(&samples[..length], air), width);
    let (high_paths, low_paths) = rayon::join(|| paths(high, air.high), || paths(low, air.low));
    let blocked = NOT_PENETRATED * air.high;
    pixels[..length]
        .par_iter_mut()
        .zip(high)
        .zip(high_paths.par_iter().zip(&low_paths))
        .for_each(|((pixel, sample), (high, low))| {
            let grey = f32::from(lut[usize::from(*sample)]);
            let colour = if f32::from(*sample) < blocked {
                [0.0; 3]
            } else {
                tint(*high, *low, grey)
            };
            *pixel = [colour[0] as u8, colour[1] as u8, colour[2] as u8, 255];
        });
}

/// −ln(transmission) of each sample, through a table.
fn attenuations(samples: &[u16], air: f32) -> Vec<f32> {
    let table: Vec<f32> = (0..=u16::MAX)
        .map(|value| (air / f32::from(value).max(0.5)).ln().max(0.0))
        .collect();
    samples
        .par_iter()
        .map(|sample| table[usize::from(*sample)])
        .collect()
}

/// Mean over the square around each pixel, edges repeated.
fn smooth(values: &[f32], width: usize) -> Vec<f32> {
    let height = values.len() / width;
    let mut across = vec![0f32; values.len()];
    across
        .par_chunks_mut(width)
        .zip(values.par_chunks(width))
        .for_each(|(target, row)| {
            // A running sum: one in on the right, one out on the left.
            let mut count = REACH.min(width);
            let mut sum: f32 = row[..count].iter().sum();
            for (x, target) in target.iter_mut().enumerate() {
                if let Some(value) = row.get(x + REACH) {
                    sum += value;
                    count += 1;
                }
                if let Some(value) = x.checked_sub(REACH + 1).and_then(|left| row.get(left)) {
                    sum -= value;
                    count -= 1;
                }
                *target = sum / count as f32;
            }
        });
    let mut both = vec![0f32; values.len()];
    both.par_chunks_mut(width)
        .enumerate()
        .for_each(|(y, target)| {
            let rows = y.saturating_sub(REACH)..(y + REACH + 1).min(height);
            let share = 1.0 / rows.len() as f32;
            for near in rows {
                for (target, value) in target.iter_mut().zip(&across[near * width..]) {
                    *target += value * share;
                }
            }
        });
    both
}

fn tint(high: f32, low: f32, grey: f32) -> [f32; 3] {
    let certain = ((high - FAINT) / (CERTAIN - FAINT)).clamp(0.0, 1.0);
    let colour = ramp(low / high.max(FAINT));
    colour.map(|channel| {
        // Dark pixels keep some of their colour, bright ones fade to grey as they do in air.
        let tinted = channel * (0.16 + 0.84 * grey / 255.0);
        (grey + (tinted - grey) * certain).clamp(0.0, 255.0)
    })
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

    const AIR: Air = Air {
        high: 60_000.0,
        low: 60_000.0,
    };

    /// The colour of an even field with this attenuation at the high energy and this ratio.
    fn field(attenuation: f32, ratio: f32) -> [u8; 3] {
        let sample = |path: f32| (60_000.0 * (-path).exp()) as u16;
        let (high, low) = (
            vec![sample(attenuation); 400],
            vec![sample(attenuation * ratio); 400],
        );
        let lut = Tone::from(Window::between(0.0, 60_000.0)).lut();
        let mut picture = vec![0u8; 1600];
        colours(&high, &low, 20, &lut, AIR, &mut picture);
        [picture[840], picture[841], picture[842]]
    }

    #[test]
    fn food_is_orange_aluminium_green_steel_blue() {
        let [r, g, b] = field(0.7, 1.455);
        assert!(r > g && g > b, "{r} {g} {b}");
        let [r, g, b] = field(0.7, 1.411);
        assert!(g > r && g > b, "{r} {g} {b}");
        let [r, g, b] = field(0.7, 1.34);
        assert!(b > g && g > r, "{r} {g} {b}");
    }

    #[test]
    fn air_stays_grey_and_what_is_not_penetrated_is_black() {
        let [r, g, b] = field(0.005, 1.3);
        assert!(r == g && g == b && r > 240);
        assert_eq!(field(9.0, 1.4), [0, 0, 0]);
    }

    #[test]
    fn buffers_of_any_length_are_taken_as_far_as_they_go() {
        let lut = Tone::default().lut();
        for (high, low, width, target) in
            [(0, 0, 0, 0), (10, 7, 3, 100), (10, 10, 0, 40), (5, 9, 9, 3)]
        {
            let mut picture = vec![0u8; target];
            colours(
                &vec![9; high],
                &vec![9; low],
                width,
                &lut,
                AIR,
                &mut picture,
            );
        }
    }
}
