//! Two radiographs of one unit laid on each other, and what differs.
//!
//! [`register`] finds by how much one must be scaled and moved to lie on the other; [`difference`]
//! shows what is there more or less. The search goes from coarse to fine over translation and scale
//! on the band-passed logarithm of transmission: edges of the unit and its load count, the level of
//! dose and detector does not. No Fourier transform is needed: at the coarsest level, about a hundred
//! pixels wide, every shift is tried.

mod align;
mod field;

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::raster::Grid;
use crate::shapes::{Point, bilinear};

pub use align::register;

/// Scale and translation, pixels of the full-size images: `fixed = scale · moving + (dx, dy)`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Similarity {
    /// How much larger the moving image must be drawn.
    pub scale: f32,
    /// How far it then moves to the right, pixels of the fixed image.
    pub dx: f32,
    /// How far it then moves down, pixels of the fixed image.
    pub dy: f32,
}

impl Similarity {
    /// Where a point of the moving image lies on the fixed one.
    pub fn to_fixed(self, moving: Point) -> Point {
        Point::new(
            self.scale * moving.x + self.dx,
            self.scale * moving.y + self.dy,
        )
    }

    /// Where a point of the fixed image lies on the moving one.
    pub fn to_moving(self, fixed: Point) -> Point {
        Point::new(
            (fixed.x - self.dx) / self.scale,
            (fixed.y - self.dy) / self.scale,
        )
    }
}

/// How the moving image lies on the fixed one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    /// The transform.
    pub transform: Similarity,
    /// Correlation of the edges of both where they overlap, [`ALIKE`] to 1.
    pub quality: f32,
}

/// Why two images were not laid on each other.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum RegisterError {
    /// An image has too few pixels to find anything in.
    #[error("an image of {width} × {height} pixels is too small to be compared")]
    TooSmall {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// The best place found does not look alike.
    #[error("the images do not look alike: {quality:.2} where {ALIKE} is needed")]
    NotAlike {
        /// Correlation at the best place, −1 to 1.
        quality: f32,
    },
}

/// Least correlation of the edges of two images of one unit. Different loads of the same kind of
/// vehicle stay above it, other vehicles and noise below; see the tests.
pub const ALIKE: f32 = 0.45;

/// What is more or less on the fixed image than on the moving one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Width in pixels, that of the fixed image.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Attenuation of the fixed image less that of the moving one, thousandths, row by row;
    /// 0 where the images do not overlap.
    pub thousandths: Arc<[i16]>,
}

/// Transmission below which differences are noise, as a share of air.
const FLOOR: f32 = 0.004;

/// The signed difference of attenuation after registration; `air` are the counts of open air.
pub fn difference(
    fixed: &Grid,
    fixed_air: f32,
    moving: &Grid,
    moving_air: f32,
    transform: Similarity,
) -> Difference {
    let width = fixed.width() as usize;
    let mut thousandths = vec![0i16; fixed.samples().len()];
    let path = |value: f32, air: f32| (value / air.max(1.0)).clamp(FLOOR, 1.0).ln();
    thousandths
        .par_chunks_mut(width)
        .zip(fixed.samples().par_chunks(width))
        .enumerate()
        .for_each(|(y, (target, row))| {
            for (x, (target, sample)) in target.iter_mut().zip(row).enumerate() {
                let there = transform.to_moving(Point::new(x as f32 + 0.5, y as f32 + 0.5));
                if let Some(other) = bilinear(moving, there.x, there.y) {
                    let more = path(other, moving_air) - path(f32::from(*sample), fixed_air);
                    *target = (more * 1000.0) as i16;
                }
            }
        });
    Difference {
        width: fixed.width(),
        height: fixed.height(),
        thousandths: thousandths.into(),
    }
}

impl Difference {
    /// Paints RGBA, opaque: white where both are alike, red where the fixed image holds back more,
    /// blue where less; `full` is the attenuation at which a colour is full, above 0.
    ///
    /// What goes beyond the shorter of both is left alone.
    pub fn paint(&self, full: f32, target: &mut [u8]) {
        let (pixels, _) = target.as_chunks_mut::<4>();
        let full = if full.is_finite() {
            full.max(0.001)
        } else {
            1.0
        };
        for (pixel, value) in pixels.iter_mut().zip(self.thousandths.iter()) {
            let share = (f32::from(*value) / 1000.0 / full).clamp(-1.0, 1.0);
            let faded = (255.0 * (1.0 - share.abs())) as u8;
            *pixel = if share >= 0.0 {
                [255, faded, faded, 255]
            } else {
                [faded, faded, 255, 255]
            };
        }
    }
}

#[cfg(test)]
mod tests;
