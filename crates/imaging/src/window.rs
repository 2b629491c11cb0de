//! Window and level: how 16 bits of transmission become 8 bits of grey.
//!
//! A [`Tone`] is everything an analyst turns: window, transfer (linear or logarithmic), gamma and
//! negative. It becomes a table of 65,536 entries ([`Tone::lut`]) for the processor, or its numbers
//! become shader uniforms; both must follow [`Tone::apply`].

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::raster::Grid;

/// The part of the 16-bit scale that is spread over black to white, in raw units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Centre, raw units.
    pub level: f32,
    /// Width, raw units, at least 1.
    pub width: f32,
}

impl Window {
    /// Narrowest window: one raw unit.
    pub const NARROWEST: f32 = 1.0;

    /// A window between two raw values, in either order.
    pub fn between(a: f32, b: f32) -> Self {
        Self {
            level: f32::midpoint(a, b),
            width: (b - a).abs(),
        }
        .clamped()
    }

    /// The whole scale, 0 to 65535.
    pub fn whole() -> Self {
        Self::between(0.0, 65535.0)
    }

    /// Raw value that becomes black.
    pub fn low(self) -> f32 {
        self.level - self.width / 2.0
    }

    /// Raw value that becomes white.
    pub fn high(self) -> f32 {
        self.level + self.width / 2.0
    }

    /// The nearest window with its centre on the scale and a width that can be shown.
    pub fn clamped(self) -> Self {
        let finite = |value: f32, otherwise| if value.is_finite() { value } else { otherwise };
        Self {
            level: finite(self.level, 32767.5).clamp(0.0, 65535.0),
            width: finite(self.width, 65535.0).clamp(Self::NARROWEST, 131_070.0),
        }
    }

    /// The window after a drag: `dx` changes the width, `dy` the level, as shares of the whole scale.
    ///
    /// The step shrinks with the window so that a narrow window can be set finely.
    pub fn dragged(self, dx: f32, dy: f32) -> Self {
        let step = self.width.max(256.0) * 2.0;
        Self {
            level: self.level + dy * step,
            width: self.width + dx * step,
        }
        .clamped()
    }
}

/// How the window is spread from black to white.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    /// Equal steps of transmission.
    #[default]
    Linear,
    /// Equal steps of thickness: attenuation grows with the logarithm of transmission.
    Log,
}

/// All that turns a sample into a grey: window, transfer, gamma, negative.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tone {
    /// What is spread over black to white.
    pub window: Window,
    /// How it is spread.
    pub transfer: Transfer,
    /// Exponent 1/gamma on the spread value; 1 leaves it, more brightens the dark. 0.1 to 10.
    pub gamma: f32,
    /// Negative: air black.
    pub invert: bool,
}

impl From<Window> for Tone {
    fn from(window: Window) -> Self {
        Self {
            window,
            transfer: Transfer::Linear,
            gamma: 1.0,
            invert: false,
        }
    }
}

impl Tone {
    /// The first look at an image nobody has turned yet: the automatic window, brightened until the
    /// middle of what is not open air is a readable grey. A full load lets a few per cent through;
    /// without this it would be shown black.
    pub fn automatic(histogram: &Histogram) -> Self {
        const READABLE: f32 = 0.42;
        let window = Window::automatic(histogram);
        let air = f32::from(histogram.percentile(0.999)) * 0.9;
        let middle = f32::from(histogram.median_below(air as u16));
        let share = ((middle - window.low()) / window.width).clamp(0.002, 0.98);
        // share^(1/gamma) = readable
        let gamma = (share.ln() / READABLE.ln()).clamp(1.0, 3.0);
        Self {
            gamma,
            ..Self::from(window)
        }
    }
}

impl Default for Tone {
    fn default() -> Self {
        Window::whole().into()
    }
}

/// A table from a 16-bit sample to an 8-bit grey.
pub type Lut = Box<[u8; 65536]>;

/// Smallest raw value the logarithm tells apart from nothing, as a share of the window's white.
const LOG_FLOOR: f32 = 1.0 / 512.0;

impl Tone {
    /// Share of white, 0 to 1, of one raw value.
    pub fn apply(&self, value: f32) -> f32 {
        let window = self.window.clamped();
        let spread = match self.transfer {
            Transfer::Linear => (value - window.low()) / (window.high() - window.low()),
            Transfer::Log => logarithmic(value, window),
        };
        let share = spread.clamp(0.0, 1.0);
        // A power of one costs as much as any other and changes nothing.
        let share = match self.exponent() {
            1.0 => share,
            exponent => share.powf(1.0 / exponent),
        };
        if self.invert { 1.0 - share } else { share }
    }

    /// The gamma in use: within 0.1 and 10, 1 if it is no number.
    pub fn exponent(&self) -> f32 {
        if self.gamma.is_finite() {
            self.gamma.clamp(0.1, 10.0)
        } else {
            1.0
        }
    }

    /// The whole table.
    pub fn lut(&self) -> Lut {
        let mut table: Lut = bytemuck::zeroed_box();
        let part = VALUES / 16;
        table
            .par_chunks_mut(part)
            .enumerate()
            .for_each(|(at, greys)| {
                for (value, grey) in (at * part..).zip(greys) {
                    *grey = (self.apply(value as f32) * 255.0 + 0.5) as u8;
                }
            });
        table
    }
}

fn logarithmic(value: f32, window: Window) -> f32 {
    let high = window.high().max(2.0);
    let low = window.low().max(high * LOG_FLOOR).max(1.0).min(high - 1.0);
    (value.max(1.0) / low).ln() / (high / low).ln()
}

/// Windows one key away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// From the 0.1 % darkest to the 0.1 % brightest.
    #[default]
    Automatic,
    /// 0 to 65535.
    Whole,
    /// Textiles, paper, empty units: the upper half of what air lets through.
    Light,
    /// Full loads of food, liquids, tiles: the lower 45 %.
    Dense,
    /// Machinery and metal: the lowest 12 %.
    Steel,
}

impl Preset {
    /// All presets in the order of the tool bar.
    pub const ALL: [Self; 5] = [
        Self::Automatic,
        Self::Whole,
        Self::Light,
        Self::Dense,
        Self::Steel,
    ];

    /// The window of this preset for an image with these samples.
    pub fn window(self, histogram: &Histogram) -> Window {
        let air = f32::from(histogram.percentile(0.999));
        match self {
            Self::Automatic => Window::automatic(histogram),
            Self::Whole => Window::whole(),
            Self::Light => Window::between(air * 0.5, air),
            Self::Dense => Window::between(air * 0.01, air * 0.45),
            Self::Steel => Window::between(0.0, air * 0.12),
        }
    }
}

impl Window {
    /// The window that clips 0.1 % of the pixels at each end; never narrower than 64 raw units.
    pub fn automatic(histogram: &Histogram) -> Self {
        let low = f32::from(histogram.percentile(0.001));
        let high = f32::from(histogram.percentile(0.999));
        let window = Self::between(low, high);
        Self {
            width: window.width.max(64.0),
            ..window
        }
    }
}

/// How often each raw value occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    counts: Box<[u32]>,
    total: u64,
}

const VALUES: usize = 65536;

impl Histogram {
    /// Counts all samples of a grid, in parallel.
    pub fn of(grid: &Grid) -> Self {
        let counts = grid
            .samples()
            .par_chunks(1 << 20)
            .fold(|| vec![0u32; VALUES], count)
            .reduce(|| vec![0u32; VALUES], add);
        Self {
            counts: counts.into(),
            total: grid.samples().len() as u64,
        }
    }

    /// Number of samples counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How often one raw value occurs.
    pub fn count(&self, value: u16) -> u32 {
        self.counts[usize::from(value)]
    }

    /// Counts in `bins` equal parts of the scale (1 to 65536), e.g. 256 for the figure beside the image.
    pub fn bins(&self, bins: usize) -> Vec<u64> {
        let bins = bins.clamp(1, VALUES);
        let mut sums = vec![0u64; bins];
        for (value, count) in self.counts.iter().enumerate() {
            sums[value * bins / VALUES] += u64::from(*count);
        }
        sums
    }

    /// The median of the samples below a bound; the bound itself if there are none.
    pub fn median_below(&self, bound: u16) -> u16 {
        let below = &self.counts[..usize::from(bound)];
        let half = below
            .iter()
            .map(|count| u64::from(*count))
            .sum::<u64>()
            .div_ceil(2);
        let mut seen = 0u64;
        for (value, count) in below.iter().enumerate() {
            seen += u64::from(*count);
            if seen >= half && half > 0 {
                return value as u16;
            }
        }
        bound
    }

    /// The smallest value that at least this share (0 to 1) of the samples does not exceed.
    pub fn percentile(&self, share: f64) -> u16 {
        let wanted = (share.clamp(0.0, 1.0) * self.total as f64).ceil().max(1.0) as u64;
        let mut seen = 0u64;
        for (value, count) in self.counts.iter().enumerate() {
            seen += u64::from(*count);
            if seen >= wanted {
                return value as u16;
            }
        }
        u16::MAX
    }
}

fn count(mut counts: Vec<u32>, samples: &[u16]) -> Vec<u32> {
    if let Some(table) = counts.first_chunk_mut::<VALUES>() {
        for sample in samples {
            table[usize::from(*sample)] += 1;
        }
    }
    counts
}

fn add(mut left: Vec<u32>, right: Vec<u32>) -> Vec<u32> {
    for (left, right) in left.iter_mut().zip(right) {
        *left += right;
    }
    left
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn tone() -> impl Strategy<Value = Tone> {
        (
            -1e5f32..2e5,
            -10f32..2e5,
            any::<bool>(),
            -1f32..20.0,
            any::<bool>(),
        )
            .prop_map(|(level, width, log, gamma, invert)| Tone {
                window: Window { level, width },
                transfer: if log { Transfer::Log } else { Transfer::Linear },
                gamma,
                invert,
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn more_transmission_is_never_darker_unless_negative(tone in tone()) {
            let mut lut = tone.lut();
            if tone.invert {
                lut.reverse();
            }
            prop_assert!(lut.is_sorted());
        }

        #[test]
        fn the_negative_is_the_exact_mirror(tone in tone()) {
            let there = Tone { invert: false, ..tone }.lut();
            let back = Tone { invert: true, ..tone }.lut();
            let close = |(a, b): (&u8, &u8)| (i16::from(*a) + i16::from(*b) - 255).abs() <= 1;
            prop_assert!(there.iter().zip(back.iter()).all(close));
        }

        #[test]
        fn percentiles_rise_and_bins_add_up(samples in prop::collection::vec(any::<u16>(), 1..500)) {
            let length = samples.len() as u32;
            let histogram = Histogram::of(&Grid::new(length, 1, samples.clone()).unwrap());
            let mut sorted = samples;
            sorted.sort_unstable();
            prop_assert_eq!(histogram.percentile(0.0), sorted[0]);
            prop_assert_eq!(histogram.percentile(1.0), sorted[sorted.len() - 1]);
            prop_assert!(histogram.percentile(0.2) <= histogram.percentile(0.7));
            for bins in [1, 7, 256, 1024, 70000] {
                prop_assert_eq!(histogram.bins(bins).iter().sum::<u64>(), u64::from(length));
            }
        }

        #[test]
        fn a_drag_never_leaves_the_scale(x in any::<f32>(), y in any::<f32>()) {
            let window = Window::whole().dragged(x, y);
            prop_assert!((0.0..=65535.0).contains(&window.level));
            prop_assert!(window.width >= Window::NARROWEST);
        }
    }

    #[test]
    fn a_twelve_bit_image_is_not_shown_black() {
        let samples: Vec<u16> = (0..40_000).map(|at| (at % 4000) as u16 + 50).collect();
        let histogram = Histogram::of(&Grid::new(200, 200, samples).unwrap());
        let lut = Tone::from(Window::automatic(&histogram)).lut();
        assert!(lut[4049] == 255 && lut[50] == 0);
        assert!((120..=136).contains(&lut[2050]));
    }

    #[test]
    fn an_even_image_is_shown_in_the_middle_and_not_divided_by_zero() {
        let histogram = Histogram::of(&Grid::new(10, 10, vec![700u16; 100]).unwrap());
        let lut = Tone::from(Window::automatic(&histogram)).lut();
        assert!((126..=129).contains(&lut[700]));
    }

    #[test]
    fn presets_follow_the_brightness_of_air() {
        let samples: Vec<u16> = (0..10_000u32).map(|at| (at * 6) as u16).collect();
        let histogram = Histogram::of(&Grid::new(100, 100, samples).unwrap());
        for preset in Preset::ALL {
            let window = preset.window(&histogram);
            assert!(window.low() < window.high());
        }
        assert!(Preset::Steel.window(&histogram).high() < Preset::Dense.window(&histogram).high());
        assert!(Preset::Dense.window(&histogram).high() < Preset::Light.window(&histogram).low());
    }

    #[test]
    fn the_logarithm_lifts_what_is_dark() {
        let linear = Tone::from(Window::between(0.0, 60000.0));
        let log = Tone {
            transfer: Transfer::Log,
            ..linear
        };
        assert!(log.apply(3000.0) > 3.0 * linear.apply(3000.0));
        assert!((log.apply(60000.0) - 1.0).abs() < 1e-4);
    }
}
