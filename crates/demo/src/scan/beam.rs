//! From path lengths to detector counts: Beer–Lambert, scatter, focal spot, photon noise, gain.

use rayon::prelude::*;

use super::drawing::{Band, Drawing, MOTTLE, Shape};
use super::luck::Grain;

/// Counts of open air after calibration.
pub(super) const AIR: f32 = 60_000.0;
/// Photons a detector pixel sees in open air, high and low energy.
const PHOTONS: [f32; 2] = [420_000.0, 260_000.0];
/// Electronic noise, counts.
const DARK_NOISE: f32 = 2.2;
/// Share of the surroundings' light that is left as scatter after the scanner's own correction.
const SCATTER: [f32; 2] = [0.00015, 0.0002];
/// What is left of pulse-to-pulse changes of the source after calibration, per column.
const PULSE: f32 = 0.0011;
/// What is left of the detectors' differing gains, per row.
const GAIN: f32 = 0.0013;
/// Rows of one detector module.
const MODULE: usize = 16;
/// Rows rasterised together.
const BAND: usize = 32;
/// Pixels averaged for the scatter field, which has no detail.
const COARSE: usize = 16;

/// Counts of one energy, row by row.
type Counts = Vec<u16>;

/// Shows a drawing to the beam: counts at the high and at the low energy.
pub(super) fn expose(drawing: &Drawing, seed: u64) -> (Counts, Counts) {
    let (width, height) = (drawing.frame.width, drawing.frame.height);
    let (high, low) = transmissions(drawing, seed);
    let count = |light: Vec<f32>, energy: usize| {
        let scatter = Scatter::of(&light, width, height);
        let seen = focal_spot(&light, width, height);
        detect(&seen, &scatter, width, height, energy, seed)
    };
    (count(high, 0), count(low, 1))
}

/// What a drawing lets through without noise or scatter, as sharp as the detectors see it: 65535 is all.
pub(super) fn shadow(drawing: &Drawing, seed: u64) -> (Counts, Counts) {
    let (width, height) = (drawing.frame.width, drawing.frame.height);
    let (high, low) = transmissions(drawing, seed);
    let count = |light: Vec<f32>| {
        let seen = focal_spot(&light, width, height);
        let counts = seen
            .into_iter()
            .map(|share| (share * 65_535.0 + 0.5) as u16);
        counts.collect()
    };
    (count(high), count(low))
}

/// Transmission of every ray, 0 to 1, at both energies.
fn transmissions(drawing: &Drawing, seed: u64) -> (Vec<f32>, Vec<f32>) {
    rays(drawing, seed, attenuate)
}

/// Attenuation summed along every ray, passed through `finish`, at both energies.
fn rays(drawing: &Drawing, seed: u64, finish: fn(&mut [f32])) -> (Vec<f32>, Vec<f32>) {
    let (width, height) = (drawing.frame.width, drawing.frame.height);
    let tiles = [4, 14, 60].map(|grain| mottle_tile(grain, seed));
    let bands = by_band(&drawing.shapes, height);
    let mut high = vec![0f32; width * height];
    let mut low = vec![0f32; width * height];
    high.par_chunks_mut(width * BAND)
        .zip(low.par_chunks_mut(width * BAND))
        .zip(&bands)
        .enumerate()
        .for_each_init(
            || vec![0f32; width],
            |line, (at, ((high, low), shapes))| {
                let mut band = Band {
                    first_row: at * BAND,
                    width,
                    high,
                    low,
                };
                for shape in shapes {
                    drawing.shapes[*shape].add(&mut band, &tiles, line);
                }
                finish(band.high);
                finish(band.low);
            },
        );
    (high, low)
}

/// Which shapes touch which band, in the order they were drawn.
fn by_band(shapes: &[Shape], height: usize) -> Vec<Vec<usize>> {
    let mut bands = vec![Vec::new(); height.div_ceil(BAND)];
    for (at, shape) in shapes.iter().enumerate() {
        let (upper, lower) = shape.rows();
        let first = upper.floor().max(0.0) as usize / BAND;
        let last = (lower.ceil().max(0.0) as usize)
            .div_ceil(BAND)
            .min(bands.len());
        for band in bands.get_mut(first..last).into_iter().flatten() {
            band.push(at);
        }
    }
    bands
}

fn attenuate(light: &mut [f32]) {
    for value in light {
        *value = exp_minus(*value);
    }
}

/// e⁻ˣ for x ≥ 0 to about 2·10⁻⁵, from exact arithmetic only: the same bits on every machine.
fn exp_minus(x: f32) -> f32 {
    let scaled = -(x.clamp(0.0, 80.0)) * std::f32::consts::LOG2_E;
    let whole = scaled.floor();
    let t = (scaled - whole) * std::f32::consts::LN_2;
    let series = 1.0
        + t * (1.0
            + t * (0.5 + t * (1.0 / 6.0 + t * (1.0 / 24.0 + t * (1.0 / 120.0 + t / 720.0)))));
    series * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// Smooth noise of mean 0 and deviation about 1, repeating, with a grain of some pixels.
fn mottle_tile(grain: usize, seed: u64) -> Vec<f32> {
    let mut noise = Grain::new(seed, 0x7171 + grain as u64);
    let mut tile: Vec<f32> = (0..MOTTLE * MOTTLE).map(|_| noise.pair().0).collect();
    let mut turned = vec![0f32; tile.len()];
    for _ in 0..2 {
        for (at, line) in tile.chunks_exact(MOTTLE).enumerate() {
            wrap_mean(line, grain, |x, value| turned[x * MOTTLE + at] = value);
        }
        for (at, line) in turned.chunks_exact(MOTTLE).enumerate() {
            wrap_mean(line, grain, |y, value| tile[y * MOTTLE + at] = value);
        }
    }
    let deviation = (tile.iter().map(|v| v * v).sum::<f32>() / tile.len() as f32).sqrt();
    for value in &mut tile {
        *value /= deviation.max(1e-6);
    }
    tile
}

/// Running mean over `width` neighbours of a line that repeats.
fn wrap_mean(line: &[f32], width: usize, mut put: impl FnMut(usize, f32)) {
    let mut sum: f32 = line[..width].iter().sum();
    for at in 0..line.len() {
        put((at + width / 2) % line.len(), sum / width as f32);
        sum += line[(at + width) % line.len()] - line[at];
    }
}

/// The focal spot and the detectors' cross-talk soften edges: five taps in each direction.
fn focal_spot(light: &[f32], width: usize, height: usize) -> Vec<f32> {
    const TAPS: [f32; 3] = [0.50, 0.225, 0.025];
    let row = |y: usize| &light[y * width..(y + 1) * width];
    let mut seen = vec![0f32; light.len()];
    seen.par_chunks_mut(width).enumerate().for_each_init(
        || vec![0f32; width],
        |upright, (y, target)| {
            let near = |off: usize, up: bool| {
                row(if up {
                    y.saturating_sub(off)
                } else {
                    (y + off).min(height - 1)
                })
            };
            let rows = [
                row(y),
                near(1, true),
                near(1, false),
                near(2, true),
                near(2, false),
            ];
            for (x, value) in upright.iter_mut().enumerate() {
                *value = rows[0][x] * TAPS[0]
                    + (rows[1][x] + rows[2][x]) * TAPS[1]
                    + (rows[3][x] + rows[4][x]) * TAPS[2];
            }
            target.copy_from_slice(upright);
            for (target, five) in target[2..].iter_mut().zip(upright.windows(5)) {
                *target = five[2] * TAPS[0]
                    + (five[1] + five[3]) * TAPS[1]
                    + (five[0] + five[4]) * TAPS[2];
            }
        },
    );
    seen
}

/// Light scattered from the surroundings: a coarse, wide mean.
struct Scatter {
    width: usize,
    cells: Vec<f32>,
}

impl Scatter {
    fn of(light: &[f32], width: usize, height: usize) -> Self {
        let (across, down) = (width.div_ceil(COARSE), height.div_ceil(COARSE));
        let mut cells: Vec<f32> = (0..down)
            .into_par_iter()
            .flat_map_iter(|y| {
                let row = (y * COARSE + COARSE / 2).min(height - 1);
                let line = &light[row * width..(row + 1) * width];
                line.chunks(COARSE)
                    .map(|cell| cell.iter().sum::<f32>() / cell.len() as f32)
            })
            .collect();
        for _ in 0..3 {
            cells = smoothed(&cells, across, down, 1, across);
            cells = smoothed(&cells, across, down, across, down);
        }
        Self {
            width: across,
            cells,
        }
    }

    /// Scatter over one image row, one value per coarse cell.
    fn row(&self, y: usize) -> Vec<f32> {
        let down = self.cells.len() / self.width;
        let at = ((y as f32 + 0.5) / COARSE as f32 - 0.5).clamp(0.0, (down - 1) as f32);
        let (upper, share) = (at as usize, at.fract());
        let lower = (upper + 1).min(down - 1);
        let line = |y: usize| &self.cells[y * self.width..(y + 1) * self.width];
        line(upper)
            .iter()
            .zip(line(lower))
            .map(|(a, b)| a + (b - a) * share)
            .collect()
    }
}

/// Mean over neighbours along one direction: `step` cells apart, `length` of them in a line.
fn smoothed(cells: &[f32], across: usize, down: usize, step: usize, length: usize) -> Vec<f32> {
    const REACH: usize = 5;
    let position = |at: usize| if step == 1 { at % across } else { at / across };
    (0..across * down)
        .map(|at| {
            let here = position(at);
            let from = here.saturating_sub(REACH);
            let to = (here + REACH).min(length - 1);
            let first = at - (here - from) * step;
            (0..=to - from)
                .map(|k| cells[first + k * step])
                .sum::<f32>()
                / (to - from + 1) as f32
        })
        .collect()
}

/// Photon noise, residual pulse and gain patterns, electronic noise, and rounding to counts.
fn detect(
    light: &[f32],
    scatter: &Scatter,
    width: usize,
    height: usize,
    energy: usize,
    seed: u64,
) -> Counts {
    let seed = seed ^ (0x9e37 + energy as u64);
    let pulses = pulses(width, seed);
    let gains = gains(height, seed);
    let dark = DARK_NOISE / AIR;
    let mut counts = vec![0u16; light.len()];
    counts
        .par_chunks_mut(width)
        .enumerate()
        .for_each(|(y, target)| {
            let mut grain = Grain::new(seed, y as u64 + 1);
            let haze = scatter.row(y);
            let line = &light[y * width..(y + 1) * width];
            for (x, (target, light)) in target.iter_mut().zip(line).enumerate() {
                let light = light + SCATTER[energy] * haze[x / COARSE];
                let (photon, electron) = grain.pair();
                let noisy = light * pulses[x] * gains[y]
                    + photon * (light / PHOTONS[energy]).sqrt()
                    + electron * dark;
                *target = (noisy * AIR + 0.5).clamp(0.0, 65_535.0) as u16;
            }
        });
    counts
}

/// The source's output wanders a little and jumps a little from pulse to pulse.
fn pulses(width: usize, seed: u64) -> Vec<f32> {
    let mut grain = Grain::new(seed, 0xa11);
    let mut drift = 0.0;
    (0..width)
        .map(|_| {
            let (jump, step) = grain.pair();
            drift = drift * 0.995 + step * 0.00006;
            1.0 + PULSE * jump + drift
        })
        .collect()
}

/// Each detector row and each module of rows keeps a small error of its gain.
fn gains(height: usize, seed: u64) -> Vec<f32> {
    let mut grain = Grain::new(seed, 0xb22);
    let modules: Vec<f32> = (0..=height / MODULE).map(|_| grain.pair().0).collect();
    (0..height)
        .map(|y| 1.0 + GAIN * (grain.pair().0 * 0.7 + modules[y / MODULE] * 0.7))
        .collect()
}

/// Attenuation along every ray at the high energy.
#[cfg(test)]
pub(super) fn paths(drawing: &Drawing, seed: u64) -> Vec<f32> {
    rays(drawing, seed, |_| {}).0
}

/// Attenuation along one ray at both energies.
#[cfg(test)]
pub(super) fn path_at(drawing: &Drawing, x: usize, y: usize) -> [f32; 2] {
    let (high, low) = rays(drawing, 1, |_| {});
    let at = y * drawing.frame.width + x;
    [high[at], low[at]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_agrees_with_the_library() {
        for step in 0..4000 {
            let x = step as f32 / 100.0;
            let (ours, theirs) = (exp_minus(x), (-x).exp());
            assert!(
                (ours - theirs).abs() <= theirs * 2e-5,
                "{x}: {ours} {theirs}"
            );
        }
    }
}
