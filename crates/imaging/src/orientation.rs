//! Turning and mirroring what is seen: a transform of the view, never of the image.

use serde::{Deserialize, Serialize};

use crate::raster::{Grid, Rect};
use crate::shapes::Point;

/// One of the eight ways in which an image can lie: mirrored left to right or not, then turned by
/// quarter turns to the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Orientation {
    mirrored: bool,
    /// Quarter turns to the right after mirroring, 0 to 3.
    turns: u8,
}

impl Orientation {
    /// As decoded.
    pub const UPRIGHT: Self = Self::new(false, 0);

    /// Every orientation, [`Self::UPRIGHT`] first.
    pub const ALL: [Self; 8] = [
        Self::UPRIGHT,
        Self::new(false, 1),
        Self::new(false, 2),
        Self::new(false, 3),
        Self::new(true, 0),
        Self::new(true, 1),
        Self::new(true, 2),
        Self::new(true, 3),
    ];

    const fn new(mirrored: bool, turns: u8) -> Self {
        Self { mirrored, turns }
    }

    /// What is seen, turned by a quarter to the right.
    pub fn turned_right(self) -> Self {
        self.then(Self::new(false, 1))
    }

    /// What is seen, turned by a quarter to the left.
    pub fn turned_left(self) -> Self {
        self.then(Self::new(false, 3))
    }

    /// What is seen, left and right exchanged.
    pub fn mirrored(self) -> Self {
        self.then(Self::new(true, 0))
    }

    /// What is seen, top and bottom exchanged.
    pub fn flipped(self) -> Self {
        self.then(Self::new(true, 2))
    }

    /// This one first, `next` on what is then seen.
    pub fn then(self, next: Self) -> Self {
        // A mirror turns the turns before it around.
        let before = if next.mirrored {
            4 - self.turns
        } else {
            self.turns
        };
        Self::new(self.mirrored != next.mirrored, (before + next.turns) % 4)
    }

    /// The one that undoes it.
    pub fn inverse(self) -> Self {
        let turns = if self.mirrored {
            self.turns
        } else {
            (4 - self.turns) % 4
        };
        Self::new(self.mirrored, turns)
    }

    /// Width and height as seen of an image of `width` × `height` pixels.
    pub fn view_size(self, width: u32, height: u32) -> (u32, u32) {
        if self.turns.is_multiple_of(2) {
            (width, height)
        } else {
            (height, width)
        }
    }

    /// Where a point of an image of `width` × `height` pixels is seen, pixels.
    pub fn to_view(self, at: Point, width: u32, height: u32) -> Point {
        let (mut size, mut at) = ((width as f32, height as f32), at);
        if self.mirrored {
            at.x = size.0 - at.x;
        }
        for _ in 0..self.turns {
            at = Point::new(size.1 - at.y, at.x);
            size = (size.1, size.0);
        }
        at
    }

    /// Which point of an image of `width` × `height` pixels is seen here.
    pub fn to_image(self, seen: Point, width: u32, height: u32) -> Point {
        let (width, height) = self.view_size(width, height);
        self.inverse().to_view(seen, width, height)
    }

    /// Where a rectangle inside an image of `width` × `height` pixels is seen.
    pub fn rect_to_view(self, rect: Rect, width: u32, height: u32) -> Rect {
        let (mut size, mut rect) = ((width, height), rect);
        if self.mirrored {
            rect.x = size.0.saturating_sub(rect.x.saturating_add(rect.width));
        }
        for _ in 0..self.turns {
            let x = size.1.saturating_sub(rect.y.saturating_add(rect.height));
            rect = Rect::new(x, rect.x, rect.height, rect.width);
            size = (size.1, size.0);
        }
        rect
    }

    /// Which rectangle of an image of `width` × `height` pixels is seen here.
    pub fn rect_to_image(self, seen: Rect, width: u32, height: u32) -> Rect {
        let (width, height) = self.view_size(width, height);
        self.inverse().rect_to_view(seen, width, height)
    }

    /// A copy as it is seen, for export.
    pub fn applied(self, grid: &Grid) -> Grid {
        let (width, height) = self.view_size(grid.width(), grid.height());
        let mut samples = Vec::with_capacity(grid.samples().len());
        for y in 0..height {
            for x in 0..width {
                let from = self.rect_to_image(Rect::new(x, y, 1, 1), grid.width(), grid.height());
                samples.push(grid.get(from.x, from.y).unwrap_or_default());
            }
        }
        Grid::new(width, height, samples).unwrap_or_else(|_| grid.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::raster::scattered;
    use proptest::prelude::*;

    fn any() -> impl Strategy<Value = Orientation> {
        prop::sample::select(Orientation::ALL.to_vec())
    }

    #[test]
    fn an_arrow_is_seen_where_it_should_be() {
        // 1 2 3
        // 4 5 6
        let grid = Grid::new(3, 2, vec![1u16, 2, 3, 4, 5, 6]).unwrap();
        let up = Orientation::UPRIGHT;
        for (orientation, expected) in [
            (up.turned_right(), [4, 1, 5, 2, 6, 3]),
            (up.turned_left(), [3, 6, 2, 5, 1, 4]),
            (up.mirrored(), [3, 2, 1, 6, 5, 4]),
            (up.flipped(), [4, 5, 6, 1, 2, 3]),
            (up.turned_right().mirrored(), [1, 4, 2, 5, 3, 6]),
        ] {
            assert_eq!(
                orientation.applied(&grid).samples(),
                expected,
                "{orientation:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn composition_is_one_after_the_other(
            a in any(), b in any(), width in 1u32..20, height in 1u32..20, seed: u32,
        ) {
            let grid = scattered(width, height, seed);
            prop_assert_eq!(a.then(b).applied(&grid), b.applied(&a.applied(&grid)));
        }

        #[test]
        fn the_inverse_brings_everything_back(a in any(), b in any(), c in any()) {
            prop_assert_eq!(a.then(a.inverse()), Orientation::UPRIGHT);
            prop_assert_eq!(a.inverse().then(a), Orientation::UPRIGHT);
            prop_assert_eq!(a.then(b).then(c), a.then(b.then(c)));
            prop_assert_eq!(a.mirrored().mirrored(), a);
            prop_assert_eq!(a.turned_right().turned_left(), a);
        }

        #[test]
        fn a_point_goes_to_the_view_and_back(
            a in any(), x in 0f32..40.0, y in 0f32..30.0,
        ) {
            let (width, height) = (40, 30);
            let seen = a.to_view(Point::new(x, y), width, height);
            let (across, down) = a.view_size(width, height);
            prop_assert!((0.0..=across as f32).contains(&seen.x) && (0.0..=down as f32).contains(&seen.y));
            prop_assert!(a.to_image(seen, width, height).distance(Point::new(x, y)) < 1e-3);
        }

        #[test]
        fn a_rectangle_holds_the_same_samples_and_lengths(
            a in any(), (x, y, w, h) in (0u32..20, 0u32..20, 1u32..20, 1u32..20), seed: u32,
        ) {
            let grid = scattered(40, 41, seed);
            let rect = Rect::new(x, y, w, h);
            let seen = a.rect_to_view(rect, 40, 41);
            prop_assert_eq!(a.rect_to_image(seen, 40, 41), rect);
            prop_assert_eq!(a.applied(&grid).crop(seen), grid.crop(rect).map(|part| a.applied(&part)));
        }

        #[test]
        fn no_rectangle_overflows(a in any(), x: u32, y: u32, w: u32, h: u32, width: u32, height: u32) {
            let seen = a.rect_to_view(Rect::new(x, y, w, h), width, height);
            prop_assert_eq!(seen.area(), u64::from(w) * u64::from(h));
        }
    }
}
