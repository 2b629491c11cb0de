//! Practice: a stored threat is blended into a clean scan by physics.
//!
//! What two things let through multiplies (Beer–Lambert), so the threat's transmission at each energy
//! is multiplied onto the scan, behind and before whatever lies there; pasting would cover it and
//! betray itself. The noise that the weaker beam would have had is added, measured around the place
//! itself. The scan that is given is never changed.

mod place;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use place::{Projection, project};

use crate::raster::{Energy, Grid, Metadata, Plane, Radiograph, Rect};

/// A threat cut from a scan of it in air: transmission, 65535 = all comes through.
#[derive(Clone, Debug, PartialEq)]
pub struct Threat {
    /// At the only energy, or the high one.
    pub high: Grid,
    /// At the low energy; needed for scans of two energies.
    pub low: Option<Grid>,
}

/// Where and how it is put.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placing {
    /// Left edge in the scan, pixels.
    pub x: u32,
    /// Upper edge in the scan, pixels.
    pub y: u32,
    /// How much of its thickness is shown, above 0 to 4: 0.5 is one half as thick.
    pub thickness: f32,
    /// Seed of the noise: the same seed gives the same picture.
    pub seed: u64,
}

/// A scan with a threat in it. Its metadata is empty: it is no real scan and must not pass for one.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// The picture to be read.
    pub radiograph: Radiograph,
    /// Where the threat is, pixels.
    pub truth: Rect,
}

/// Why a threat was not blended in.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum TipError {
    /// It would reach over the edge.
    #[error("the threat does not fit into the scan at {x}, {y}")]
    Outside {
        /// Left edge asked for.
        x: u32,
        /// Upper edge asked for.
        y: u32,
    },
    /// The scan has an energy that the threat lacks, or they differ in size.
    #[error("the threat was not scanned at the energies of this scan")]
    OtherEnergies,
    /// The thickness is not above 0 and at most 4.
    #[error("a thickness of {thickness} times cannot be; above 0 to 4 can")]
    BadThickness {
        /// What was asked for.
        thickness: f32,
    },
}

/// Blends a threat into a scan.
///
/// # Errors
/// See [`TipError`]; the scan is left as it is in any case.
pub fn blend(scan: &Radiograph, threat: &Threat, placing: Placing) -> Result<Practice, TipError> {
    let Placing { x, y, .. } = placing;
    if !(placing.thickness > 0.0 && placing.thickness <= 4.0) {
        return Err(TipError::BadThickness {
            thickness: placing.thickness,
        });
    }
    let truth = Rect::new(x, y, threat.high.width(), threat.high.height());
    if truth.clipped(scan.width, scan.height) != Some(truth) {
        return Err(TipError::Outside { x, y });
    }
    let mut planes = Vec::with_capacity(scan.planes.len());
    for plane in &scan.planes {
        let shadow = match plane.energy {
            Energy::Single | Energy::High => Some(&threat.high),
            Energy::Low => threat.low.as_ref(),
        };
        let shadow = shadow
            .filter(|grid| grid.rect() == threat.high.rect())
            .ok_or(TipError::OtherEnergies)?;
        // Each energy has its own photons.
        let seed = placing.seed ^ ((plane.energy as u64 + 1) << 56);
        planes.push(Plane {
            energy: plane.energy,
            grid: shadowed(&plane.grid, shadow, truth, placing.thickness, seed),
        });
    }
    Ok(Practice {
        radiograph: Radiograph {
            planes,
            metadata: Metadata::default(),
            ..*scan
        },
        truth,
    })
}

/// A copy of `grid` seen through a shadow.
fn shadowed(grid: &Grid, shadow: &Grid, truth: Rect, thickness: f32, seed: u64) -> Grid {
    let gain = noise_gain(grid, truth);
    let mut luck = Luck(seed);
    let mut samples = grid.samples().to_vec();
    let width = grid.width() as usize;
    for row in 0..truth.height {
        let start = (truth.y + row) as usize * width + truth.x as usize;
        let target = &mut samples[start..start + truth.width as usize];
        for (sample, through) in target.iter_mut().zip(shadow.row(row).unwrap_or_default()) {
            let through = (f32::from(*through) / 65_535.0).powf(thickness);
            let before = f32::from(*sample);
            let after = before * through;
            // The scan's own noise shrank with the signal by `through`, its variance by the square of
            // it; that of fewer photons shrinks by `through` alone. What lacks is added.
            let lacking = gain * before * through * (1.0 - through);
            *sample = (after + lacking.sqrt() * luck.normal() + 0.5).clamp(0.0, 65_535.0) as u16;
        }
    }
    Grid::new(grid.width(), grid.height(), samples).unwrap_or_else(|_| grid.clone())
}

/// Variance of the noise for each count, from the differences of neighbours around a place.
///
/// Differences of second order (1, −2, 1) cancel slopes, their variance is six times that of a sample;
/// the median of their squares (0.4549 of the variance of a normal distribution) passes over edges.
fn noise_gain(grid: &Grid, place: Rect) -> f32 {
    let reach = 24;
    let left = place.x.saturating_sub(reach);
    let top = place.y.saturating_sub(reach);
    let around = Rect::new(left, top, place.width + 2 * reach, place.height + 2 * reach);
    let Some(around) = around.clipped(grid.width(), grid.height()) else {
        return 0.0;
    };
    let columns = around.x as usize..(around.x + around.width) as usize;
    let mut gains: Vec<f32> = (around.y..around.y + around.height)
        .filter_map(|y| grid.row(y)?.get(columns.clone()))
        .flat_map(|row| row.windows(3))
        .filter_map(|three| {
            let [a, b, c] = *three else { return None };
            let [a, b, c] = [a, b, c].map(f32::from);
            let mean = (a + b + c) / 3.0;
            (mean > 0.0 && b < 65_535.0).then(|| (a - 2.0 * b + c).powi(2) / 6.0 / mean)
        })
        .collect();
    if gains.is_empty() {
        return 0.0;
    }
    let middle = gains.len() / 2;
    *gains.select_nth_unstable_by(middle, f32::total_cmp).1 / 0.4549
}

/// Random numbers from a seed (SplitMix64, Steele et al. 2014).
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn even(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    /// Evenly below `end`; 0 when there is nothing below it.
    fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end.max(1))) as u32
    }

    /// Mean 0, deviation 1 (Box and Muller 1958).
    fn normal(&mut self) -> f32 {
        let radius = (-2.0 * (1.0 - self.even()).ln()).sqrt();
        radius * (std::f32::consts::TAU * self.even()).cos()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::raster::Polarity;
    use crate::shapes::Statistics;
    use proptest::prelude::*;

    /// An even load that lets `level` counts through, with counting noise of `gain` × counts.
    fn scan(level: f32, gain: f32) -> Radiograph {
        let plane = |energy: Energy, level: f32, seed: u64| {
            let mut luck = Luck(seed);
            let samples: Vec<u16> = (0..200 * 150)
                .map(|_| (level + (gain * level).sqrt() * luck.normal()) as u16)
                .collect();
            Plane {
                energy,
                grid: Grid::new(200, 150, samples).unwrap(),
            }
        };
        Radiograph {
            width: 200,
            height: 150,
            planes: vec![
                plane(Energy::High, level, 1),
                plane(Energy::Low, level * 0.8, 2),
            ],
            bit_depth: 16,
            pitch_mm: Some(4.0),
            polarity: Polarity::Transmission,
            metadata: Metadata {
                site: Some("gate 2".to_owned()),
                ..Metadata::default()
            },
        }
    }

    fn threat(high: u16, low: u16) -> Threat {
        let even = |value| Grid::new(60, 40, vec![value; 2400]).unwrap();
        Threat {
            high: even(high),
            low: Some(even(low)),
        }
    }

    const THERE: Placing = Placing {
        x: 70,
        y: 50,
        thickness: 1.0,
        seed: 5,
    };

    fn statistics(radiograph: &Radiograph, energy: Energy, rect: Rect) -> Statistics {
        Statistics::of(&radiograph.plane(energy).unwrap().grid, rect).unwrap()
    }

    #[test]
    fn transmissions_multiply_at_each_energy() {
        let clean = scan(30_000.0, 2.0);
        let made = blend(&clean, &threat(32_768, 16_384), THERE).unwrap();
        assert_eq!(made.truth, Rect::new(70, 50, 60, 40));
        for (energy, share) in [(Energy::High, 0.5), (Energy::Low, 0.25)] {
            let before = statistics(&clean, energy, made.truth).mean;
            let after = statistics(&made.radiograph, energy, made.truth).mean;
            assert!(
                (after / before / share - 1.0).abs() < 0.01,
                "{after} {before}"
            );
        }
    }

    #[test]
    fn the_noise_is_that_of_so_much_load() {
        for gain in [0.5f32, 4.0, 20.0] {
            let made = blend(&scan(30_000.0, gain), &threat(22_000, 22_000), THERE).unwrap();
            let real = scan(30_000.0 * 22_000.0 / 65_535.0, gain);
            let deviation = |of: &Radiograph| statistics(of, Energy::High, made.truth).deviation;
            let ratio = deviation(&made.radiograph) / deviation(&real);
            assert!((0.93..1.07).contains(&ratio), "{gain}: {ratio}");
        }
    }

    #[test]
    fn outside_the_truth_nothing_changes_and_the_scan_stays_as_it_was() {
        let clean = scan(20_000.0, 3.0);
        let kept = clean.clone();
        let made = blend(&clean, &threat(9000, 8000), THERE).unwrap();
        assert_eq!(clean, kept);
        for (before, after) in clean.planes.iter().zip(&made.radiograph.planes) {
            for y in 0..150 {
                for x in 0..200 {
                    let inside = (70..130).contains(&x) && (50..90).contains(&y);
                    assert!(inside || before.grid.get(x, y) == after.grid.get(x, y));
                }
            }
        }
        assert_eq!(made.radiograph.metadata, Metadata::default());
        assert_eq!(made.radiograph.pitch_mm, clean.pitch_mm);
        assert_eq!(blend(&clean, &threat(9000, 8000), THERE), Ok(made));
    }

    #[test]
    fn half_the_thickness_is_the_root_of_the_transmission() {
        let clean = scan(30_000.0, 1.0);
        let thin = Placing {
            thickness: 0.5,
            ..THERE
        };
        let made = blend(&clean, &threat(16_384, 16_384), thin).unwrap();
        let share = statistics(&made.radiograph, Energy::High, made.truth).mean / 30_000.0;
        assert!((share - 0.5).abs() < 0.01, "{share}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let clean = scan(30_000.0, 1.0);
        let at = |x, y| blend(&clean, &threat(9, 9), Placing { x, y, ..THERE }).unwrap_err();
        assert_eq!(at(141, 0), TipError::Outside { x: 141, y: 0 });
        assert_eq!(at(0, 111), TipError::Outside { x: 0, y: 111 });
        assert_eq!(at(u32::MAX, 0), TipError::Outside { x: u32::MAX, y: 0 });
        let one_energy = Threat {
            low: None,
            ..threat(9, 9)
        };
        assert_eq!(
            blend(&clean, &one_energy, THERE),
            Err(TipError::OtherEnergies)
        );
        for thickness in [0.0, -1.0, f32::NAN, 4.1] {
            let placing = Placing { thickness, ..THERE };
            let refused = blend(&clean, &threat(9, 9), placing).unwrap_err();
            assert!(matches!(refused, TipError::BadThickness { .. }));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_threat_never_lets_more_through_on_average(
            through: u16, thickness in 0.01f32..4.0, seed: u64, level in 0f32..60_000.0,
        ) {
            let clean = scan(level, 2.0);
            let made = blend(&clean, &threat(through, through), Placing { thickness, seed, ..THERE }).unwrap();
            let mean = |of: &Radiograph| statistics(of, Energy::High, made.truth).mean;
            let tolerance = 3.0 + 0.01 * mean(&clean);
            prop_assert!(mean(&made.radiograph) <= mean(&clean) + tolerance);
        }
    }
}
