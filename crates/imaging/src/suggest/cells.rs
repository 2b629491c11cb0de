//! An image in coarse cells: mean attenuation of each, and what hangs together.

use rayon::prelude::*;

use crate::raster::{Grid, Rect};

/// Mean attenuation on a grid of square cells; the last column and row may be narrower.
pub(super) struct Cells {
    /// Side of a cell, pixels.
    pub side: u32,
    pub across: usize,
    pub down: usize,
    /// −ln(transmission), row by row.
    pub values: Vec<f32>,
    width: u32,
    /// Height of the image, pixels.
    pub height: u32,
}

impl Cells {
    /// Averages the attenuation over cells of `side` pixels; `air` is the count of open air.
    pub fn of(grid: &Grid, air: f32, side: u32) -> Self {
        let table: Vec<f32> = (0..=u16::MAX)
            .map(|value| (air.max(1.0) / f32::from(value).max(1.0)).ln().max(0.0))
            .collect();
        let across = grid.width().div_ceil(side) as usize;
        let down = grid.height().div_ceil(side) as usize;
        let mut values = vec![0f32; across * down];
        values
            .par_chunks_mut(across)
            .enumerate()
            .for_each(|(y, target)| {
                let rows = y as u32 * side..(y as u32 * side + side).min(grid.height());
                let mut counts = vec![0u32; across];
                for row in rows.filter_map(|y| grid.row(y)) {
                    for ((target, count), part) in target
                        .iter_mut()
                        .zip(&mut counts)
                        .zip(row.chunks(side as usize))
                    {
                        *target += part.iter().map(|v| table[usize::from(*v)]).sum::<f32>();
                        *count += part.len() as u32;
                    }
                }
                for (target, count) in target.iter_mut().zip(counts) {
                    *target /= count.max(1) as f32;
                }
            });
        Self {
            side,
            across,
            down,
            values,
            width: grid.width(),
            height: grid.height(),
        }
    }

    /// The cells wholly inside a rectangle of pixels, as columns and rows.
    pub fn inside(&self, rect: Rect) -> [std::ops::Range<usize>; 2] {
        let range = |from: u32, length: u32, most: usize| {
            let first = from.div_ceil(self.side) as usize;
            let last = (from.saturating_add(length) / self.side) as usize;
            first.min(most)..last.min(most).max(first.min(most))
        };
        [
            range(rect.x, rect.width, self.across),
            range(rect.y, rect.height, self.down),
        ]
    }

    /// The pixels of a block of cells: left, top, right, bottom, the last two not included.
    pub fn pixels(&self, [left, top, right, bottom]: [usize; 4]) -> Rect {
        let side = self.side;
        let (x, y) = (left as u32 * side, top as u32 * side);
        Rect::new(
            x,
            y,
            (right as u32 * side).min(self.width).saturating_sub(x),
            (bottom as u32 * side).min(self.height).saturating_sub(y),
        )
    }

    /// The largest rectangle all of whose cells hold back at least `bound`: the body of a unit.
    ///
    /// Largest rectangle under a histogram, row by row.
    pub fn largest_above(&self, bound: f32) -> Option<Rect> {
        let mut heights = vec![0usize; self.across];
        let mut best: Option<(usize, [usize; 4])> = None;
        for (y, row) in self.values.chunks(self.across).enumerate() {
            for (height, value) in heights.iter_mut().zip(row) {
                *height = if *value >= bound { *height + 1 } else { 0 };
            }
            let mut open: Vec<(usize, usize)> = Vec::new();
            for x in 0..=self.across {
                let height = heights.get(x).copied().unwrap_or(0);
                let mut start = x;
                while let Some(&(from, taller)) =
                    open.last().filter(|(_, taller)| *taller >= height)
                {
                    let area = taller * (x - from);
                    if area > best.map_or(0, |(area, _)| area) {
                        best = Some((area, [from, y + 1 - taller, x, y + 1]));
                    }
                    start = from;
                    open.pop();
                }
                if height > 0 {
                    open.push((start, height));
                }
            }
        }
        best.map(|(_, block)| self.pixels(block))
    }
}

/// Cells that touch each other by a side.
pub(super) struct Patch {
    /// Left, top, right, bottom in cells, the last two not included.
    pub block: [usize; 4],
    /// Index of each cell.
    pub cells: Vec<usize>,
}

/// The connected patches of marked cells, in reading order of their first cells.
pub(super) fn patches(marked: &[bool], across: usize) -> Vec<Patch> {
    let mut left = marked.to_vec();
    let mut found = Vec::new();
    for start in 0..left.len() {
        if !std::mem::take(&mut left[start]) {
            continue;
        }
        let mut cells = vec![start];
        let mut block = [usize::MAX, usize::MAX, 0, 0];
        let mut next = 0;
        while let Some(at) = cells.get(next).copied() {
            next += 1;
            let (x, y) = (at % across, at / across);
            block = [
                block[0].min(x),
                block[1].min(y),
                block[2].max(x + 1),
                block[3].max(y + 1),
            ];
            let near = [
                (x > 0).then(|| at.wrapping_sub(1)),
                (x + 1 < across).then_some(at + 1),
                at.checked_sub(across),
                Some(at + across),
            ];
            for at in near.into_iter().flatten() {
                if left.get_mut(at).is_some_and(std::mem::take) {
                    cells.push(at);
                }
            }
        }
        found.push(Patch { block, cells });
    }
    found
}
