//! Mip levels and tiles, so that any image fits any texture limit and zooming out costs little.
//!
//! Level 0 is the image itself (shared, not copied); each further level halves both sides, a pixel
//! being the mean of the up to four below it. The last level has one pixel on its shorter side or
//! is smaller than a thumbnail.

use rayon::prelude::*;

use crate::raster::{Grid, Rect};

/// Side of a tile in pixels. Graphics adapters take at least 2048, usually 8192 texels: tiles of
/// this size always fit.
pub const TILE: u32 = 1024;

/// Levels stop when both sides are at most this many pixels.
const COARSEST: u32 = 64;

/// One tile of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Level, 0 = full size.
    pub level: usize,
    /// Where it lies in its level, in that level's pixels; at most [`TILE`] on a side.
    pub rect: Rect,
}

impl Tile {
    /// Where it lies in the full-size image: x, y, width, height in level-0 pixels.
    pub fn covers(&self) -> [f32; 4] {
        let scale = (1u64 << self.level.min(32)) as f32;
        let Rect {
            x,
            y,
            width,
            height,
        } = self.rect;
        [x, y, width, height].map(|value| value as f32 * scale)
    }
}

/// An image and its halved copies.
#[derive(Clone, Debug)]
pub struct Pyramid {
    base: Grid,
    smaller: Vec<Grid>,
}

impl Pyramid {
    /// Builds all levels, in parallel.
    pub fn new(base: Grid) -> Self {
        let mut smaller: Vec<Grid> = Vec::new();
        loop {
            let last = smaller.last().unwrap_or(&base);
            if last.width().max(last.height()) <= COARSEST {
                break;
            }
            let Some(half) = halved(last) else { break };
            smaller.push(half);
        }
        Self { base, smaller }
    }

    /// The full-size image.
    pub fn base(&self) -> &Grid {
        &self.base
    }

    /// Number of levels, at least 1.
    pub fn levels(&self) -> usize {
        1 + self.smaller.len()
    }

    /// A level; beyond the last, the last.
    pub fn level(&self, level: usize) -> &Grid {
        match level.min(self.smaller.len()) {
            0 => &self.base,
            at => &self.smaller[at - 1],
        }
    }

    /// The level to sample when one output pixel covers `scale` image pixels: the smallest that is
    /// still at least as fine as the output.
    pub fn level_for(&self, scale: f32) -> usize {
        let wanted = scale.max(1.0).log2().floor();
        (wanted as usize).min(self.smaller.len())
    }

    /// The tiles of a level, row by row.
    pub fn tiles(&self, level: usize) -> Vec<Tile> {
        let level = level.min(self.smaller.len());
        let grid = self.level(level);
        let starts = |side: u32| (0..side).step_by(TILE as usize);
        starts(grid.height())
            .flat_map(|y| starts(grid.width()).map(move |x| (x, y)))
            .filter_map(|(x, y)| {
                let rect = Rect::new(x, y, TILE, TILE).clipped(grid.width(), grid.height())?;
                Some(Tile { level, rect })
            })
            .collect()
    }

    /// The samples of a tile.
    pub fn samples(&self, tile: &Tile) -> Option<Grid> {
        self.level(tile.level).crop(tile.rect)
    }
}

/// Half the size, each pixel the rounded mean of the up to four it stands for.
///
/// Odd sides round up: the last column or row stands for what is left.
pub fn halved(grid: &Grid) -> Option<Grid> {
    let width = grid.width().div_ceil(2) as usize;
    let height = grid.height().div_ceil(2);
    let mut samples = vec![0u16; width * height as usize];
    samples
        .par_chunks_mut(width)
        .enumerate()
        .with_min_len(32)
        .for_each(|(y, target)| {
            let upper = grid.row(2 * y as u32);
            let lower = grid.row(2 * y as u32 + 1).or(upper);
            if let (Some(upper), Some(lower)) = (upper, lower) {
                halve_row(upper, lower, target);
            }
        });
    Grid::new(width as u32, height, samples).ok()
}

fn halve_row(upper: &[u16], lower: &[u16], target: &mut [u16]) {
    let mean = |a: u16, b: u16, c: u16, d: u16| {
        ((u32::from(a) + u32::from(b) + u32::from(c) + u32::from(d) + 2) / 4) as u16
    };
    let (upper_pairs, upper_rest) = upper.as_chunks::<2>();
    let (lower_pairs, lower_rest) = lower.as_chunks::<2>();
    for ((target, [a, b]), [c, d]) in target.iter_mut().zip(upper_pairs).zip(lower_pairs) {
        *target = mean(*a, *b, *c, *d);
    }
    if let ([a], [c], Some(target)) = (upper_rest, lower_rest, target.last_mut()) {
        *target = mean(*a, *a, *c, *c);
    }
}

/// A quick small copy for the first frame: at most `side` pixels on a side, sampled, not averaged.
///
/// Costs one visit per pixel of the result, whatever the size of the image.
pub fn thumbnail(grid: &Grid, side: u32) -> Grid {
    let step = grid.width().max(grid.height()).div_ceil(side.max(1)).max(1) as usize;
    // From the middle of the first step, or of the image where it is narrower than one.
    let first = |length: u32| (step.min(length as usize) - 1) / 2;
    let count = |length: u32| (length as usize - first(length)).div_ceil(step) as u32;
    let samples: Vec<u16> = (first(grid.height())..grid.height() as usize)
        .step_by(step)
        .filter_map(|y| grid.row(y as u32))
        .flat_map(|row| row.iter().skip(first(grid.width())).step_by(step))
        .copied()
        .collect();
    Grid::new(count(grid.width()), count(grid.height()), samples).unwrap_or_else(|_| grid.clone())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::raster::scattered;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn halving_a_part_is_the_part_of_the_half(
            (width, height) in (2u32..90, 2u32..90), seed: u32,
            (x, y, w, h) in (0u32..40, 0u32..40, 1u32..40, 1u32..40),
        ) {
            let whole = scattered(width, height, seed);
            let even = Rect::new(x * 2, y * 2, w * 2, h * 2);
            let part = whole.crop(even).and_then(|part| halved(&part));
            let half = halved(&whole).and_then(|half| half.crop(Rect::new(x, y, w, h)));
            prop_assert_eq!(part, half);
        }

        #[test]
        fn tiles_cover_each_level_once(width in 1u32..3000, height in 1u32..1500) {
            let pyramid = Pyramid::new(scattered(width, height, 1));
            for level in 0..pyramid.levels() {
                let tiles = pyramid.tiles(level);
                let area: u64 = tiles.iter().map(|tile| tile.rect.area()).sum();
                prop_assert_eq!(area, pyramid.level(level).rect().area());
                prop_assert!(tiles.iter().all(|tile| tile.rect.width <= TILE && tile.rect.height <= TILE));
                prop_assert!(tiles.iter().all(|tile| pyramid.samples(tile).is_some()));
            }
        }

        #[test]
        fn a_thumbnail_fits_its_side(width in 1u32..700, height in 1u32..700, side in 0u32..100) {
            let small = thumbnail(&scattered(width, height, 3), side);
            prop_assert!(small.width().max(small.height()) <= side.max(1));
        }
    }

    #[test]
    fn a_level_keeps_the_mean_of_an_even_image() {
        let pyramid = Pyramid::new(Grid::new(333, 77, vec![12_345u16; 333 * 77]).unwrap());
        assert!(pyramid.levels() >= 3);
        for level in 0..pyramid.levels() {
            assert!(
                pyramid
                    .level(level)
                    .samples()
                    .iter()
                    .all(|value| *value == 12_345)
            );
        }
    }

    #[test]
    fn the_level_is_never_coarser_than_what_is_shown() {
        let pyramid = Pyramid::new(scattered(1000, 800, 9));
        assert_eq!(pyramid.level_for(0.2), 0);
        assert_eq!(pyramid.level_for(1.9), 0);
        assert_eq!(pyramid.level_for(2.0), 1);
        assert_eq!(pyramid.level_for(7.9), 2);
        assert_eq!(pyramid.level_for(f32::INFINITY), pyramid.levels() - 1);
        assert_eq!(pyramid.level_for(f32::NAN), 0);
    }
}
