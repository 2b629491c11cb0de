//! What does not go with what was declared.

use super::cells::{Cells, patches};
use super::density::whole_squares;
use super::{Declared, Reason, Seen, Suggestion};
use crate::load::{EMPTY_WALLS, count_along, filled_share};
use crate::material::{METAL, Material, ORGANIC};
use crate::raster::Rect;
use crate::shapes::Point;

/// Share of the hold from which a unit is not empty: posts and the machine of a reefer are up to 0.08.
const NOT_EMPTY: f64 = 0.13;
/// Share of the hold below which a unit is empty.
const EMPTY: f64 = 0.1;
/// Declared mass from which an empty picture is strange, kilograms.
const SOMETHING: f64 = 500.0;

/// A unit that is empty and should not be, or the reverse.
pub(super) fn emptiness(seen: &Seen<'_>, hold: Rect, declared: &Declared) -> Vec<Suggestion> {
    let columns = hold.x..hold.x.saturating_add(hold.width);
    let filled = filled_share(seen.high, seen.air.high, hold, columns, 2.0 * EMPTY_WALLS);
    let Some(filled) = filled else {
        return Vec::new();
    };
    let declared_kg: f64 = declared.items.iter().map(|item| item.mass_kg).sum();
    let (reason, strength) = if declared.empty && filled > NOT_EMPTY {
        let reason = Reason::NotEmpty {
            filled: filled as f32,
        };
        (reason, (1.0 - NOT_EMPTY / filled) as f32)
    } else if !declared.empty && declared_kg > SOMETHING && filled < EMPTY {
        let reason = Reason::Empty {
            filled: filled as f32,
            declared_kg,
        };
        (reason, (1.0 - SOMETHING / declared_kg) as f32)
    } else {
        return Vec::new();
    };
    vec![Suggestion {
        region: hold,
        reason,
        strength,
    }]
}

/// Attenuations between which a cell's material is told: above the walls, below where counts end.
const TELLING: std::ops::Range<f32> = 0.9..3.8;
/// How far a ratio must lie beyond the bounds of the declared material.
const BEYOND: f32 = 0.02;
/// Side of the square of cells that must be of another material as a whole.
const SQUARE: usize = 4;

/// Regions of a material that no declared item is of. Nothing is said when an item's is not known.
pub(super) fn material(
    seen: &Seen<'_>,
    cells: &Cells,
    hold: Rect,
    declared: &Declared,
) -> Vec<Suggestion> {
    let known: Option<Vec<Material>> = declared.items.iter().map(|item| item.material).collect();
    let (Some(known), Some(low)) = (known, seen.low) else {
        return Vec::new();
    };
    if known.is_empty() || low.rect() != seen.high.rect() {
        return Vec::new();
    }
    let low = Cells::of(low, seen.air.low, cells.side);
    let [columns, rows] = cells.inside(hold);
    let total = (columns.len() * rows.len()).max(1) as f32;
    let strange = |at: usize, kind: Material| {
        let inside = columns.contains(&(at % cells.across)) && rows.contains(&(at / cells.across));
        let ratio = low.values[at] / cells.values[at];
        let seen = match kind {
            Material::Metal => ratio < METAL - BEYOND,
            Material::Organic => ratio > ORGANIC + BEYOND,
            Material::Mixed => false,
        };
        inside && TELLING.contains(&cells.values[at]) && seen
    };
    // A mixture looks like anything between: only its two ends are told from what was declared.
    [Material::Metal, Material::Organic]
        .into_iter()
        .filter(|kind| !known.contains(kind) && !known.contains(&Material::Mixed))
        .flat_map(|kind| {
            let marked: Vec<bool> = (0..cells.values.len())
                .map(|at| strange(at, kind))
                .collect();
            let whole = whole_squares(&marked, cells.across, SQUARE);
            patches(&whole, cells.across)
                .into_iter()
                .map(move |patch| (kind, patch))
        })
        .map(|(kind, patch)| Suggestion {
            region: cells.pixels(patch.block),
            reason: Reason::Material {
                seen: kind,
                share: patch.cells.len() as f32 / total,
            },
            strength: 1.0 - (SQUARE * SQUARE) as f32 / (patch.cells.len() + 1) as f32,
        })
        .collect()
}

/// More objects in one row than packages in all. Fewer means nothing: others may stand behind.
pub(super) fn packages(seen: &Seen<'_>, hold: Rect, declared: &Declared) -> Vec<Suggestion> {
    let packages: Option<Vec<u32>> = declared.items.iter().map(|item| item.packages).collect();
    let declared = match packages {
        Some(all) if !all.is_empty() => all.into_iter().fold(0, u32::saturating_add),
        _ => return Vec::new(),
    };
    let (left, right) = (hold.x as f32, (hold.x + hold.width) as f32);
    let breadth = hold.height as f32 / 12.0;
    let most = [0.3, 0.5, 0.7]
        .into_iter()
        .filter_map(|share| {
            let y = hold.y as f32 + hold.height as f32 * share;
            let line = (Point::new(left, y), Point::new(right, y));
            let found = count_along(seen.high, seen.air.high, line.0, line.1, breadth)?;
            found.sure.then_some((found.positions.len() as u32, y))
        })
        .max_by_key(|(count, _)| *count);
    match most {
        Some((counted, y)) if counted > declared => vec![Suggestion {
            region: Rect::new(
                hold.x,
                (y - breadth / 2.0) as u32,
                hold.width,
                breadth as u32 + 1,
            ),
            reason: Reason::MorePackages { declared, counted },
            strength: 1.0 - declared as f32 / counted as f32,
        }],
        _ => Vec::new(),
    }
}
