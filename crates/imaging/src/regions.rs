//! What lies inside a box, an ellipse or a polygon: numbers, histogram, area.

use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::raster::{Grid, Rect};
use crate::shapes::{Point, Statistics, Sums};

/// The outline of a region, pixels of the full-size image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// All pixels of a rectangle.
    Box(Rect),
    /// The ellipse that touches the sides of a rectangle.
    Ellipse(Rect),
    /// A polygon, closed by itself; where it crosses itself the even-odd rule holds.
    Polygon(Vec<Point>),
}

/// What is inside a region. A pixel is inside when its centre is.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Number of pixels, extremes, mean and deviation.
    pub statistics: Statistics,
    /// Pixels in equal parts of the scale 0 to 65535.
    pub histogram: Vec<u64>,
    /// Area in the object plane, square millimetres, when the pitch is known.
    pub area_mm2: Option<f64>,
}

impl Region {
    /// The smallest rectangle around it, clipped to an image; `None` when nothing is inside or a
    /// coordinate is no number.
    pub fn bounds(&self, width: u32, height: u32) -> Option<Rect> {
        match self {
            Self::Box(rect) | Self::Ellipse(rect) => rect.clipped(width, height),
            Self::Polygon(points) => {
                let (first, rest) = points.split_first()?;
                let sound = points.iter().all(|p| p.x.is_finite() && p.y.is_finite());
                if rest.len() < 2 || !sound {
                    return None;
                }
                let (mut low, mut high) = (*first, *first);
                for point in rest {
                    low = Point::new(low.x.min(point.x), low.y.min(point.y));
                    high = Point::new(high.x.max(point.x), high.y.max(point.y));
                }
                Rect::spanned(low, high, width, height)
            }
        }
    }

    /// What is inside, `bins` (1 to 65536) parts in the histogram; `None` when no pixel is.
    pub fn measured(&self, grid: &Grid, pitch_mm: Option<f32>, bins: usize) -> Option<Measured> {
        let bounds = self.bounds(grid.width(), grid.height())?;
        let bins = bins.clamp(1, 1 << 16);
        let empty = || (Sums::default(), vec![0u64; bins], 0u64);
        let (sums, histogram, pixels) = (bounds.y..bounds.y + bounds.height)
            .into_par_iter()
            .with_min_len(64)
            .fold(empty, |(mut sums, mut histogram, mut pixels), y| {
                let row = grid.row(y).unwrap_or_default();
                for span in self.spans(y, bounds) {
                    let inside = &row[span];
                    sums = sums.and(Sums::of(inside));
                    pixels += inside.len() as u64;
                    for sample in inside {
                        histogram[(usize::from(*sample) * bins) >> 16] += 1;
                    }
                }
                (sums, histogram, pixels)
            })
            .reduce(empty, |(sums, mut histogram, pixels), other| {
                for (left, right) in histogram.iter_mut().zip(&other.1) {
                    *left += right;
                }
                (sums.and(other.0), histogram, pixels + other.2)
            });
        if pixels == 0 {
            return None;
        }
        let square_mm = pitch_mm.map(|mm| f64::from(mm) * f64::from(mm));
        Some(Measured {
            statistics: sums.finish(pixels),
            histogram,
            area_mm2: square_mm.map(|square| pixels as f64 * square),
        })
    }

    /// The columns of one row whose pixel centres are inside, within `bounds`.
    fn spans(&self, y: u32, bounds: Rect) -> Vec<Range<usize>> {
        let middle = y as f32 + 0.5;
        let columns = |from: f32, to: f32| {
            // The centres at or right of `from` and left of `to`.
            let clip = |at: f32| {
                let at = (at - 0.5).ceil().max(0.0) as u32;
                at.clamp(bounds.x, bounds.x + bounds.width) as usize
            };
            clip(from)..clip(to)
        };
        match self {
            Self::Box(rect) => vec![columns(
                rect.x as f32,
                rect.x.saturating_add(rect.width) as f32,
            )],
            Self::Ellipse(rect) => {
                let half = (rect.width as f32 / 2.0, rect.height as f32 / 2.0);
                let up = (middle - rect.y as f32 - half.1) / half.1;
                let reach = half.0 * (1.0 - up * up).max(0.0).sqrt();
                let centre = rect.x as f32 + half.0;
                vec![columns(centre - reach, centre + reach)]
            }
            Self::Polygon(points) => {
                let edges = points.iter().zip(points.iter().cycle().skip(1));
                let mut crossings: Vec<f32> = edges
                    .filter(|(a, b)| (a.y <= middle) != (b.y <= middle))
                    .map(|(a, b)| a.x + (middle - a.y) / (b.y - a.y) * (b.x - a.x))
                    .collect();
                crossings.sort_by(f32::total_cmp);
                let (pairs, _) = crossings.as_chunks::<2>();
                pairs.iter().map(|[from, to]| columns(*from, *to)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::raster::scattered;
    use proptest::prelude::*;

    fn corners(rect: Rect) -> Region {
        let (left, top) = (rect.x as f32, rect.y as f32);
        let (right, bottom) = (left + rect.width as f32, top + rect.height as f32);
        Region::Polygon(vec![
            Point::new(left, top),
            Point::new(right, top),
            Point::new(right, bottom),
            Point::new(left, bottom),
        ])
    }

    #[test]
    fn an_ellipse_has_the_area_of_an_ellipse_in_pixels_and_millimetres() {
        let grid = Grid::new(500, 400, vec![9u16; 200_000]).unwrap();
        let found = Region::Ellipse(Rect::new(50, 40, 300, 200))
            .measured(&grid, Some(4.0), 8)
            .unwrap();
        let expected = std::f64::consts::PI * 150.0 * 100.0;
        let pixels = found.statistics.pixels as f64;
        assert!(
            (pixels / expected - 1.0).abs() < 0.002,
            "{pixels} {expected}"
        );
        assert_eq!(found.area_mm2, Some(pixels * 16.0));
        assert_eq!(
            found.histogram,
            [found.statistics.pixels, 0, 0, 0, 0, 0, 0, 0]
        );
    }

    #[test]
    fn a_triangle_holds_half_its_rectangle() {
        let grid = Grid::new(100, 100, vec![7u16; 10_000]).unwrap();
        let points = [(0.0, 0.0), (100.0, 0.0), (0.0, 100.0)];
        let triangle = Region::Polygon(points.map(|(x, y)| Point::new(x, y)).to_vec());
        let found = triangle.measured(&grid, None, 1).unwrap();
        assert!(
            (4950..=5050).contains(&found.statistics.pixels),
            "{found:?}"
        );
        assert_eq!(found.area_mm2, None);
    }

    #[test]
    fn what_is_outside_or_no_number_is_nothing() {
        let grid = scattered(20, 10, 1);
        let points = |all: &[(f32, f32)]| {
            Region::Polygon(all.iter().map(|(x, y)| Point::new(*x, *y)).collect())
        };
        for region in [
            Region::Box(Rect::new(20, 0, 5, 5)),
            Region::Ellipse(Rect::new(0, 10, 5, 5)),
            Region::Box(Rect::new(3, 3, 0, 4)),
            points(&[(1.0, 1.0), (5.0, 5.0)]),
            points(&[(1.0, 1.0), (5.0, 5.0), (f32::NAN, 3.0)]),
            points(&[(1.0, 1.0), (5.0, 5.0), (f32::INFINITY, 3.0)]),
            points(&[]),
        ] {
            assert_eq!(region.measured(&grid, None, 4), None, "{region:?}");
        }
    }

    proptest! {
        #[test]
        fn a_box_and_the_polygon_of_its_corners_hold_the_same(
            (x, y, w, h) in (0u32..40, 0u32..40, 1u32..40, 1u32..40), seed: u32, bins in 1usize..300,
        ) {
            let grid = scattered(50, 45, seed);
            let rect = Rect::new(x, y, w, h);
            let found = Region::Box(rect).measured(&grid, Some(3.0), bins);
            prop_assert_eq!(&found, &corners(rect).measured(&grid, Some(3.0), bins));
            let statistics = Statistics::of(&grid, rect);
            prop_assert_eq!(found.as_ref().map(|all| all.statistics), statistics);
            let counted = found.map(|all| all.histogram.iter().sum::<u64>());
            prop_assert_eq!(counted, statistics.map(|all| all.pixels));
        }

        #[test]
        fn no_polygon_panics(
            points in prop::collection::vec((-1e3f32..1e3, -1e3f32..1e3), 0..9), seed: u32,
        ) {
            let grid = scattered(30, 20, seed);
            let region = Region::Polygon(points.into_iter().map(|(x, y)| Point::new(x, y)).collect());
            if let Some(found) = region.measured(&grid, None, 16) {
                prop_assert!(found.statistics.pixels <= 600);
            }
        }
    }
}
