//! Regions worth a look, each with its reason in numbers. Help, never a verdict.
//!
//! Plain statistics on coarse cells, nothing learned: what differs from its neighbours in the row,
//! what does not go with what was declared, a unit that is empty and should not be or the reverse,
//! more packages than declared. The same image and declaration always give the same suggestions.
//! How often they are wrong is measured in the tests; a suggestion becomes an entry only when an
//! officer makes it one.

mod cells;
mod density;
mod manifest;

use serde::{Deserialize, Serialize};

use crate::load::EMPTY_WALLS;
use crate::material::{Air, Material};
use crate::raster::{Grid, Rect};
use cells::Cells;

/// The image that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The only plane, or that of the high energy.
    pub high: &'a Grid,
    /// The plane of the low energy, of the same size.
    pub low: Option<&'a Grid>,
    /// Counts of open air.
    pub air: Air,
    /// Size of a pixel at the unit, millimetres.
    pub pitch_mm: Option<f32>,
    /// Where the load can be, pixels; found by [`hold`] when not given.
    pub hold: Option<Rect>,
}

/// What was declared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Declared {
    /// The unit is declared empty.
    pub empty: bool,
    /// The goods; none when nothing is known of them.
    pub items: Vec<DeclaredItem>,
}

/// One lot of goods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeclaredItem {
    /// Gross mass, kilograms.
    pub mass_kg: f64,
    /// Number of packages.
    pub packages: Option<u32>,
    /// What it is made of for the most part.
    pub material: Option<Material>,
}

/// Why a region stands out, with the numbers that say so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Reason {
    /// It holds back more than its neighbours in the row.
    Denser {
        /// Its mean attenuation, −ln(transmission).
        attenuation: f32,
        /// The median of its neighbours.
        usual: f32,
        /// How many robust deviations lie between, at its strongest.
        deviations: f32,
    },
    /// It holds back less than its neighbours in the row.
    Lighter {
        /// Its mean attenuation, −ln(transmission).
        attenuation: f32,
        /// The median of its neighbours.
        usual: f32,
        /// How many robust deviations lie between, at its strongest.
        deviations: f32,
    },
    /// It is of a material that none of the declared goods is.
    Material {
        /// What it is made of.
        seen: Material,
        /// Its share of the hold's area, 0 to 1.
        share: f32,
    },
    /// Declared empty, and something is inside.
    NotEmpty {
        /// Share of the hold that is filled, 0 to 1.
        filled: f32,
    },
    /// Goods were declared, and nothing is to be seen.
    Empty {
        /// Share of the hold that is filled, 0 to 1.
        filled: f32,
        /// What was declared, kilograms.
        declared_kg: f64,
    },
    /// More objects side by side than packages declared.
    MorePackages {
        /// What was declared.
        declared: u32,
        /// What can be counted in one row; there may be more behind.
        counted: u32,
    },
}

/// A region worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Where it is, pixels.
    pub region: Rect,
    /// Why.
    pub reason: Reason,
    /// How much it stands out, 0 (just) to 1; to sort by, not a probability.
    pub strength: f32,
}

/// Most suggestions that are made: more would be no help.
pub const MOST: usize = 8;

/// All suggestions for an image, the strongest first; none when no hold is found.
///
/// Takes some ten milliseconds for the largest scans.
pub fn suggestions(seen: &Seen<'_>, declared: &Declared) -> Vec<Suggestion> {
    let cells = Cells::of(seen.high, seen.air.high, side(seen));
    let Some(hold) = seen.hold.or_else(|| body(&cells)) else {
        return Vec::new();
    };
    let mut all = manifest::emptiness(seen, hold, declared);
    if all.is_empty() && !declared.empty {
        all.extend(density::stands_out(&cells, hold));
        all.extend(manifest::material(seen, &cells, hold, declared));
        all.extend(manifest::packages(seen, hold, declared));
    }
    all.sort_by(|a, b| {
        let place = |one: &Suggestion| (one.region.x, one.region.y);
        b.strength
            .total_cmp(&a.strength)
            .then(place(a).cmp(&place(b)))
    });
    all.truncate(MOST);
    all
}

/// Where the load can be: the largest rectangle that holds back at least something everywhere, less a
/// rim for posts and floor. `None` when there is no such body, as of an open wagon.
pub fn hold(seen: &Seen<'_>) -> Option<Rect> {
    body(&Cells::of(seen.high, seen.air.high, side(seen)))
}

/// Side of a cell, millimetres: smaller than a carton, larger than the noise of a dense load.
const CELL_MM: f32 = 60.0;

fn side(seen: &Seen<'_>) -> u32 {
    let by_width = seen.high.width() as f32 / 240.0;
    let pixels = seen.pitch_mm.map_or(by_width, |pitch| CELL_MM / pitch);
    (pixels.round() as u32).clamp(2, 64)
}

/// Least attenuation of a closed body: half of what two thin walls hold back.
const BODY: f32 = EMPTY_WALLS / 4.0;
/// Least share of the image's height that a body takes: beams of a chassis are lower.
const TALL: f32 = 0.25;
/// Fewest cells of a body on a side.
const SMALLEST: u32 = 8;

fn body(cells: &Cells) -> Option<Rect> {
    let found = cells.largest_above(BODY)?;
    let low = (found.height as f32) < TALL * cells.height as f32;
    if low || found.width.min(found.height) < SMALLEST * cells.side {
        return None;
    }
    let rim = |length: u32, share: f32| ((length as f32 * share) as u32).max(2 * cells.side);
    let (side, top) = (rim(found.width, 0.02), rim(found.height, 0.06));
    // The floor and the beams under it.
    let bottom = rim(found.height, 0.14);
    Some(Rect::new(
        found.x + side,
        found.y + top,
        found.width.checked_sub(2 * side)?,
        found.height.checked_sub(top + bottom)?,
    ))
}

#[cfg(test)]
mod tests;
