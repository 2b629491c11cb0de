//! Small grids of real numbers: coarse copies of an image and what stands out in them.

use rayon::prelude::*;

use crate::raster::Grid;

/// Transmission below which attenuation is not told apart, as a share of air.
const FLOOR: f32 = 0.004;

/// A grid of real numbers, row by row.
#[derive(Clone)]
pub(super) struct Field {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

impl Field {
    /// Attenuation, each value the mean over a square of `factor` image pixels (at least 1).
    pub fn attenuation(grid: &Grid, air: f32, factor: f32) -> Self {
        let factor = factor.max(1.0);
        let table: Vec<f32> = (0..=u16::MAX)
            .map(|value| -(f32::from(value) / air.max(1.0)).clamp(FLOOR, 1.0).ln())
            .collect();
        let side = |length: u32| ((length as f32 / factor) as usize).max(1);
        let (width, height) = (side(grid.width()), side(grid.height()));
        let cut = |at: usize, length: u32| ((at as f32 * factor) as usize).min(length as usize - 1);
        let span = |at: usize, length: u32| {
            let from = cut(at, length);
            from..cut(at + 1, length).max(from + 1)
        };
        let mut values = vec![0f32; width * height];
        values
            .par_chunks_mut(width)
            .enumerate()
            .for_each(|(y, target)| {
                let rows = span(y, grid.height());
                for near in rows.clone() {
                    let row = grid.row(near as u32).unwrap_or_default();
                    for (x, target) in target.iter_mut().enumerate() {
                        let columns = span(x, grid.width());
                        let count = (columns.len() * rows.len()) as f32;
                        let sum: f32 = row[columns].iter().map(|v| table[usize::from(*v)]).sum();
                        *target += sum / count;
                    }
                }
            });
        Self {
            width,
            height,
            values,
        }
    }

    /// What stands out against the mean over `reach` values to each side.
    pub fn detail(&self, reach: usize) -> Self {
        let sums = Sums::of(self, |value| value);
        let mut values = self.values.clone();
        for (y, row) in values.chunks_mut(self.width).enumerate() {
            let rows = y.saturating_sub(reach)..(y + reach + 1).min(self.height);
            for (x, value) in row.iter_mut().enumerate() {
                let columns = x.saturating_sub(reach)..(x + reach + 1).min(self.width);
                let count = (rows.len() * columns.len()) as f64;
                let mean = sums.within(columns.start, rows.start, columns.end, rows.end) / count;
                *value -= mean as f32;
            }
        }
        Self { values, ..*self }
    }

    /// The same drawn `scale` times as large.
    pub fn scaled(&self, scale: f32) -> Self {
        let side = |length: usize| ((length as f32 * scale) as usize).max(1);
        let (width, height) = (side(self.width), side(self.height));
        let between = |at: usize, length: usize| {
            let place = ((at as f32 + 0.5) / scale - 0.5).clamp(0.0, (length - 1) as f32);
            let first = place as usize;
            (first, (first + 1).min(length - 1), place.fract())
        };
        let columns: Vec<_> = (0..width).map(|x| between(x, self.width)).collect();
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            let (upper, lower, fy) = between(y, self.height);
            let row = |y: usize| &self.values[y * self.width..(y + 1) * self.width];
            let (upper, lower) = (row(upper), row(lower));
            values.extend(columns.iter().map(|(left, right, fx)| {
                let top = upper[*left] * (1.0 - fx) + upper[*right] * fx;
                let bottom = lower[*left] * (1.0 - fx) + lower[*right] * fx;
                top * (1.0 - fy) + bottom * fy
            }));
        }
        Self {
            width,
            height,
            values,
        }
    }
}

/// Sums over any rectangle in four look-ups (Crow 1984).
pub(super) struct Sums {
    stride: usize,
    sums: Vec<f64>,
}

impl Sums {
    pub fn of(field: &Field, part: impl Fn(f32) -> f32) -> Self {
        let stride = field.width + 1;
        let mut sums = vec![0f64; stride * (field.height + 1)];
        for (y, row) in field.values.chunks(field.width).enumerate() {
            let mut run = 0.0;
            for (x, value) in row.iter().enumerate() {
                run += f64::from(part(*value));
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + run;
            }
        }
        Self { stride, sums }
    }

    /// The sum from (left, top) up to, not including, (right, bottom).
    pub fn within(&self, left: usize, top: usize, right: usize, bottom: usize) -> f64 {
        let at = |x: usize, y: usize| self.sums[y * self.stride + x];
        at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)
    }
}
