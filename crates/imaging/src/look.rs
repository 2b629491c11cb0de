//! The look: everything that is done to an image between the file and the eye, in one fixed order.
//!
//! A [`Look`] says what is switched on; [`Step::ALL`] is the order, whatever was switched on first.
//! The first four steps change samples of the whole plane ([`filtered`]); window, material and
//! colour are applied to what is in sight. The planes that were decoded are never changed.

use serde::{Deserialize, Serialize};

use crate::colour::ColourMap;
use crate::enhance::{LocalContrast, local_contrast};
use crate::filter;
use crate::material::Material;
use crate::raster::Grid;

/// How strongly edges are raised.
const SHARPNESS: f32 = 1.5;

/// One step, in the order in which they are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// [`filter::median`].
    Noise,
    /// [`filter::dense`].
    Dense,
    /// [`local_contrast`].
    LocalContrast,
    /// [`filter::sharpened`].
    Edges,
    /// [`crate::Tone`]: window, transfer, gamma, negative.
    Tone,
    /// One material alone.
    Strip,
    /// Material colours or a colour map.
    Colour,
}

impl Step {
    /// The order. Noise goes before anything that would raise it; edges come after local contrast,
    /// which would take their halos for the image's; colour comes last, over the grey that is seen.
    pub const ALL: [Self; 7] = [
        Self::Noise,
        Self::Dense,
        Self::LocalContrast,
        Self::Edges,
        Self::Tone,
        Self::Strip,
        Self::Colour,
    ];
}

/// What is switched on of the steps that change samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filters {
    /// Noise reduction.
    pub noise: bool,
    /// High penetration: only the dense part, spread over the whole scale.
    pub dense: bool,
    /// Local contrast.
    pub local_contrast: bool,
    /// Edge enhancement.
    pub edges: bool,
}

impl Filters {
    /// The steps that are switched on, in their order.
    fn steps(self) -> impl Iterator<Item = Step> {
        [
            (self.noise, Step::Noise),
            (self.dense, Step::Dense),
            (self.local_contrast, Step::LocalContrast),
            (self.edges, Step::Edges),
        ]
        .into_iter()
        .filter_map(|(on, step)| on.then_some(step))
    }

    /// Whether anything is switched on.
    pub fn any(self) -> bool {
        self != Self::default()
    }

    /// Whether samples get another scale: a window set before means something else after.
    pub fn rescale(self) -> bool {
        self.dense || self.local_contrast
    }
}

/// How greys are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Not at all: the default, in which readers are trained.
    #[default]
    Grey,
    /// By material, from two energies.
    Material,
    /// Through a colour map.
    Map(ColourMap),
}

/// All that is switched on beside the [`crate::Tone`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Look {
    /// The steps that change samples.
    pub filters: Filters,
    /// The one material that is shown.
    pub only: Option<Material>,
    /// How greys are coloured.
    pub colour: Colour,
}

impl Look {
    /// Whether two energies are needed.
    pub fn needs_materials(self) -> bool {
        self.only.is_some() || self.colour == Colour::Material
    }
}

/// The first four steps on a whole plane, in their order; `air` is the count of open air in it.
///
/// The result has the same size; with nothing switched on it shares the samples of `grid`.
pub fn filtered(grid: &Grid, filters: Filters, air: f32) -> Grid {
    let mut made = grid.clone();
    for step in filters.steps() {
        made = one_step(step, &made, air);
    }
    made
}

/// As [`filtered`], looking between the steps whether somebody still waits; `None` when not.
pub fn filtered_while(
    grid: &Grid,
    filters: Filters,
    air: f32,
    wanted: impl Fn() -> bool,
) -> Option<Grid> {
    let mut made = grid.clone();
    for step in filters.steps() {
        if !wanted() {
            return None;
        }
        made = one_step(step, &made, air);
    }
    wanted().then_some(made)
}

fn one_step(step: Step, grid: &Grid, air: f32) -> Grid {
    match step {
        Step::Noise => filter::median(grid),
        Step::Dense => filter::dense(grid, air),
        Step::LocalContrast => local_contrast(grid, LocalContrast::default()),
        Step::Edges => filter::sharpened(grid, SHARPNESS),
        // These are done on what is in sight.
        Step::Tone | Step::Strip | Step::Colour => grid.clone(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn grid() -> Grid {
        let mix = |at: u32| (at.wrapping_mul(2_654_435_761) >> 16) as u16 / 4;
        Grid::new(90, 60, (0..90 * 60).map(mix).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn nothing_switched_on_changes_nothing_and_the_original_is_never_changed() {
        let original = grid();
        let before = original.samples().to_vec();
        assert_eq!(filtered(&original, Filters::default(), 60_000.0), original);
        let all = Filters {
            noise: true,
            dense: true,
            local_contrast: true,
            edges: true,
        };
        assert_ne!(filtered(&original, all, 60_000.0), original);
        assert_eq!(original.samples(), before);
    }

    #[test]
    fn what_nobody_waits_for_any_more_is_left_off_between_two_steps() {
        let filters = Filters {
            noise: true,
            edges: true,
            ..Filters::default()
        };
        let asked = std::cell::Cell::new(0);
        let until = |steps: usize| {
            asked.set(0);
            filtered_while(&grid(), filters, 60_000.0, || {
                asked.set(asked.get() + 1);
                asked.get() <= steps
            })
        };
        assert_eq!(until(1), None);
        assert_eq!(asked.get(), 2, "it went on after nobody waited");
        assert_eq!(until(9), Some(filtered(&grid(), filters, 60_000.0)));
    }

    #[test]
    fn the_steps_are_done_in_the_order_that_is_shown() {
        let air = 60_000.0;
        let two = Filters {
            noise: true,
            edges: true,
            ..Filters::default()
        };
        let in_order = filter::sharpened(&filter::median(&grid()), SHARPNESS);
        let reversed = filter::median(&filter::sharpened(&grid(), SHARPNESS));
        assert_ne!(
            in_order, reversed,
            "the order must matter for this to mean anything"
        );
        assert_eq!(filtered(&grid(), two, air), in_order);
        let dense_first = Filters {
            dense: true,
            local_contrast: true,
            ..Filters::default()
        };
        assert_eq!(
            filtered(&grid(), dense_first, air),
            local_contrast(&filter::dense(&grid(), air), LocalContrast::default())
        );
    }
}
