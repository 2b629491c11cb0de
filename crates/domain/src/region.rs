//! Regions that readers mark on a radiograph: where, what they are thought to be, and what became of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

coded_enum! {
    /// What a region on a radiograph is thought to be.
    RegionCategory {
        /// A weapon.
        Weapon = "weapon",
        /// Narcotics.
        Narcotic = "narcotic",
        /// Tobacco.
        Tobacco = "tobacco",
        /// Cash.
        Cash = "cash",
        /// A person.
        Person = "person",
        /// Radioactive or shielded.
        Radioactive = "radioactive",
        /// Goods that were not declared.
        Undeclared = "undeclared",
        /// A false wall, floor or roof.
        FalseWall = "false-wall",
        /// A seal.
        Seal = "seal",
        /// Something else, told in the comment.
        Other = "other",
    }
}

coded_enum! {
    /// How sure the reader is of a region.
    Confidence {
        /// It may be something else.
        Low = "low",
        /// More likely than not.
        Medium = "medium",
        /// Hardly anything else.
        High = "high",
    }
}

coded_enum! {
    /// What the physical exam made of a region.
    RegionVerdict {
        /// What was marked was there.
        Hit = "hit",
        /// It was not.
        FalseAlarm = "false-alarm",
    }
}

/// A pixel of the original image, origin at the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pixel {
    /// Column.
    pub x: u32,
    /// Row.
    pub y: u32,
}

/// A region in pixels of the original image, origin at the upper left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum RegionShape {
    /// An upright rectangle.
    Box {
        /// Left edge.
        x: u32,
        /// Upper edge.
        y: u32,
        /// Columns, at least 1.
        width: u32,
        /// Rows, at least 1.
        height: u32,
    },
    /// An upright ellipse that fills a rectangle.
    Ellipse {
        /// Left edge.
        x: u32,
        /// Upper edge.
        y: u32,
        /// Columns, at least 1.
        width: u32,
        /// Rows, at least 1.
        height: u32,
    },
    /// A closed outline.
    Polygon {
        /// Its corners in order, 3 to [`RegionShape::MOST_CORNERS`].
        corners: Vec<Pixel>,
    },
    /// An arrow at what is meant.
    Arrow {
        /// Its tail.
        from: Pixel,
        /// Its head.
        to: Pixel,
    },
    /// A line whose length is meant.
    Ruler {
        /// One end.
        from: Pixel,
        /// The other.
        to: Pixel,
    },
    /// Words at a place; they are the region's comment.
    Text {
        /// Where.
        at: Pixel,
    },
}

/// The smallest upright rectangle around a region, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl RegionShape {
    /// The most corners of a polygon.
    pub const MOST_CORNERS: usize = 64;

    /// The code on the wire and at the end of Fluent keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Box { .. } => "box",
            Self::Ellipse { .. } => "ellipse",
            Self::Polygon { .. } => "polygon",
            Self::Arrow { .. } => "arrow",
            Self::Ruler { .. } => "ruler",
            Self::Text { .. } => "text",
        }
    }

    /// The smallest rectangle around it. Lines and points count with the pixels they touch. Sizes saturate: a shape
    /// from outside may be anywhere.
    pub fn bounds(&self) -> Bounds {
        match self {
            Self::Box {
                x,
                y,
                width,
                height,
            }
            | Self::Ellipse {
                x,
                y,
                width,
                height,
            } => Bounds {
                x: *x,
                y: *y,
                width: *width,
                height: *height,
            },
            Self::Polygon { corners } => around(corners),
            Self::Arrow { from, to } | Self::Ruler { from, to } => around(&[*from, *to]),
            Self::Text { at } => around(&[*at]),
        }
    }

    /// Whether it is a shape at all and lies within an image of this size.
    pub fn fits(&self, width: u32, height: u32) -> bool {
        let whole = match self {
            Self::Polygon { corners } => (3..=Self::MOST_CORNERS).contains(&corners.len()),
            Self::Arrow { from, to } | Self::Ruler { from, to } => from != to,
            Self::Box { .. } | Self::Ellipse { .. } | Self::Text { .. } => true,
        };
        let bounds = self.bounds();
        let within = |from: u32, size: u32, limit: u32| {
            size > 0 && from.checked_add(size).is_some_and(|end| end <= limit)
        };
        whole && within(bounds.x, bounds.width, width) && within(bounds.y, bounds.height, height)
    }
}

fn around(pixels: &[Pixel]) -> Bounds {
    let least = |of: fn(&Pixel) -> u32| pixels.iter().map(of).min().unwrap_or(0);
    let span = |of: fn(&Pixel) -> u32| {
        let most = pixels.iter().map(of).max().unwrap_or(0);
        (most - least(of)).saturating_add(u32::from(!pixels.is_empty()))
    };
    Bounds {
        x: least(|p| p.x),
        y: least(|p| p.y),
        width: span(|p| p.x),
        height: span(|p| p.y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(x: u32, y: u32) -> Pixel {
        Pixel { x, y }
    }

    #[test]
    fn bounds_take_in_every_pixel_that_is_touched() {
        let corners = vec![at(10, 20), at(40, 25), at(15, 60)];
        let bounds = RegionShape::Polygon { corners }.bounds();
        assert_eq!(
            bounds,
            Bounds {
                x: 10,
                y: 20,
                width: 31,
                height: 41
            }
        );
        assert_eq!(RegionShape::Text { at: at(5, 6) }.bounds().width, 1);
    }

    #[test]
    fn a_shape_fits_when_it_is_one_and_lies_within() {
        let polygon = |corners: Vec<Pixel>| RegionShape::Polygon { corners };
        assert!(polygon(vec![at(0, 0), at(99, 0), at(0, 49)]).fits(100, 50));
        assert!(!polygon(vec![at(0, 0), at(100, 0), at(0, 49)]).fits(100, 50));
        assert!(!polygon(vec![at(0, 0), at(9, 0)]).fits(100, 50));
        assert!(!polygon(vec![]).fits(100, 50));
        assert!(!polygon(vec![at(1, 1); RegionShape::MOST_CORNERS + 1]).fits(100, 50));
        let arrow = |from, to| RegionShape::Arrow { from, to };
        assert!(arrow(at(0, 0), at(99, 49)).fits(100, 50));
        assert!(!arrow(at(4, 4), at(4, 4)).fits(100, 50));
        assert!(!arrow(at(0, 0), at(u32::MAX, 0)).fits(100, 50));
    }
}
