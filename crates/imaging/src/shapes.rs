//! Measuring: lengths and areas in millimetres, statistics of a region, profiles along a line.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::raster::{Grid, Rect};

/// A point in pixel coordinates of the full-size image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right, pixels.
    pub x: f32,
    /// Down, pixels.
    pub y: f32,
}

impl Point {
    /// A point from its coordinates in pixels.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Distance to another point, pixels.
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// Distance of two points in millimetres of the object plane.
pub fn length_mm(a: Point, b: Point, pitch_mm: f32) -> f32 {
    a.distance(b) * pitch_mm
}

impl Rect {
    /// The rectangle spanned by two corners in any order, at least one pixel, clipped to an image.
    pub fn spanned(a: Point, b: Point, width: u32, height: u32) -> Option<Self> {
        let low = |p: f32, q: f32| p.min(q).max(0.0).floor() as u32;
        let high = |p: f32, q: f32| p.max(q).max(0.0).ceil() as u32;
        let (x, y) = (low(a.x, b.x), low(a.y, b.y));
        let right = high(a.x, b.x).max(x.saturating_add(1));
        let bottom = high(a.y, b.y).max(y.saturating_add(1));
        Self::new(x, y, right - x, bottom - y).clipped(width, height)
    }

    /// Width and height in millimetres.
    pub fn size_mm(self, pitch_mm: f32) -> (f32, f32) {
        (self.width as f32 * pitch_mm, self.height as f32 * pitch_mm)
    }

    /// Area in square millimetres.
    pub fn area_mm2(self, pitch_mm: f32) -> f64 {
        self.area() as f64 * f64::from(pitch_mm) * f64::from(pitch_mm)
    }
}

/// What the samples of a region are like.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Number of pixels.
    pub pixels: u64,
    /// Smallest sample.
    pub min: u16,
    /// Largest sample.
    pub max: u16,
    /// Mean of the samples.
    pub mean: f64,
    /// Standard deviation over the region's pixels.
    pub deviation: f64,
}

impl Statistics {
    /// The statistics of the part of `region` inside the grid; `None` if nothing is.
    pub fn of(grid: &Grid, region: Rect) -> Option<Self> {
        let region = region.clipped(grid.width(), grid.height())?;
        let columns = region.x as usize..(region.x + region.width) as usize;
        let sums = (region.y..region.y + region.height)
            .into_par_iter()
            .with_min_len(64)
            .filter_map(|y| Some(Sums::of(&grid.row(y)?[columns.clone()])))
            .reduce(Sums::default, Sums::and);
        Some(sums.finish(region.area()))
    }
}

/// Exact integer sums: 2²⁸ pixels of 16 bits stay far below 2¹²⁸.
#[derive(Clone, Copy)]
pub(crate) struct Sums {
    sum: u64,
    squares: u128,
    min: u16,
    max: u16,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            sum: 0,
            squares: 0,
            min: u16::MAX,
            max: 0,
        }
    }
}

impl Sums {
    pub(crate) fn of(row: &[u16]) -> Self {
        let squares: u64 = row
            .iter()
            .map(|value| u64::from(*value) * u64::from(*value))
            .sum();
        Self {
            sum: row.iter().map(|value| u64::from(*value)).sum(),
            squares: u128::from(squares),
            min: row.iter().copied().min().unwrap_or(u16::MAX),
            max: row.iter().copied().max().unwrap_or(0),
        }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    pub(crate) fn finish(self, pixels: u64) -> Statistics {
        let mean = self.sum as f64 / pixels as f64;
        let variance = self.squares as f64 / pixels as f64 - mean * mean;
        let deviation = variance.max(0.0).sqrt();
        Statistics {
            pixels,
            min: self.min,
            max: self.max,
            mean,
            deviation,
        }
    }
}

/// Samples along a line, one per pixel of its length, bilinear; those outside the image are skipped.
pub fn profile(grid: &Grid, from: Point, to: Point) -> Vec<f32> {
    let reach = 4.0 * (grid.width() as f32 + grid.height() as f32);
    let steps = from.distance(to);
    if !steps.is_finite() || steps > reach {
        return Vec::new();
    }
    let steps = steps.ceil().max(1.0);
    (0..=steps as u32)
        .map(|step| step as f32 / steps)
        .filter_map(|t| {
            bilinear(
                grid,
                from.x + (to.x - from.x) * t,
                from.y + (to.y - from.y) * t,
            )
        })
        .collect()
}

/// One sample between pixels; pixel centres lie at `.5`. `None` outside the image.
pub fn bilinear(grid: &Grid, x: f32, y: f32) -> Option<f32> {
    let inside =
        (0.0..=grid.width() as f32).contains(&x) && (0.0..=grid.height() as f32).contains(&y);
    if !inside {
        return None;
    }
    let split = |at: f32, side: u32| {
        let at = (at - 0.5).clamp(0.0, (side - 1) as f32);
        (at as u32, (at as u32 + 1).min(side - 1), at.fract())
    };
    let (left, right, fx) = split(x, grid.width());
    let (top, bottom, fy) = split(y, grid.height());
    let at = |x, y| grid.get(x, y).map(f32::from);
    let upper = at(left, top)? * (1.0 - fx) + at(right, top)? * fx;
    let lower = at(left, bottom)? * (1.0 - fx) + at(right, bottom)? * fx;
    Some(upper * (1.0 - fy) + lower * fy)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn slope() -> Grid {
        Grid::new(
            100,
            50,
            (0..5000u32)
                .map(|at| (at % 100 * 10) as u16)
                .collect::<Vec<_>>(),
        )
        .unwrap()
    }

    #[test]
    fn a_region_of_a_slope_has_the_mean_of_its_middle() {
        let found = Statistics::of(&slope(), Rect::new(10, 5, 11, 4)).unwrap();
        assert_eq!((found.min, found.max, found.pixels), (100, 200, 44));
        assert!((found.mean - 150.0).abs() < 1e-9);
        assert!((found.deviation - 31.622_776).abs() < 1e-5);
        assert!(Statistics::of(&slope(), Rect::new(100, 0, 5, 5)).is_none());
    }

    #[test]
    fn statistics_of_the_brightest_image_do_not_overflow() {
        let grid = Grid::new(2000, 1000, vec![u16::MAX; 2_000_000]).unwrap();
        let found = Statistics::of(&grid, grid.rect()).unwrap();
        assert!((found.mean - 65535.0).abs() < 1e-6 && found.deviation < 1e-3);
    }

    #[test]
    fn lengths_and_areas_follow_the_pitch() {
        assert!(
            (length_mm(Point::new(0.0, 0.0), Point::new(300.0, 400.0), 4.0) - 2000.0).abs() < 1e-3
        );
        let region = Rect::new(0, 0, 155, 90);
        assert_eq!(region.size_mm(4.0), (620.0, 360.0));
        assert!((region.area_mm2(4.0) - 223_200.0).abs() < 1e-3);
    }

    #[test]
    fn a_rectangle_may_be_drawn_from_any_corner_and_over_the_edge() {
        let drawn = Rect::spanned(Point::new(20.2, 9.9), Point::new(-5.0, 2.0), 100, 50);
        assert_eq!(drawn, Some(Rect::new(0, 2, 21, 8)));
        assert_eq!(
            Rect::spanned(Point::new(500.0, 1.0), Point::new(600.0, 9.0), 100, 50),
            None
        );
        let lost = Point::new(f32::NAN, f32::INFINITY);
        assert!(Rect::spanned(lost, Point::new(1.0, 1.0), 100, 50).is_some());
    }

    #[test]
    fn a_profile_along_the_slope_rises_evenly() {
        let along = profile(&slope(), Point::new(10.5, 20.0), Point::new(60.5, 20.0));
        assert_eq!(along.len(), 51);
        assert!(
            along
                .windows(2)
                .all(|pair| (pair[1] - pair[0] - 10.0).abs() < 0.01)
        );
        assert!(profile(&slope(), Point::new(f32::NAN, 0.0), Point::new(1.0, 1.0)).is_empty());
        assert!(profile(&slope(), Point::new(0.0, 0.0), Point::new(1e30, 1.0)).is_empty());
    }
}
