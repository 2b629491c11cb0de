//! Where a threat goes, and how it is fitted to a scan: within the load, where the beam still comes through. A threat
//! in free air, on the lorry's wheels or behind steel that nothing gets through would betray itself or teach nothing.

use super::{Luck, Placing, Practice, Threat, blend};
use crate::material::Air;
use crate::raster::{Grid, GridError, Radiograph, Rect};
use crate::window::Histogram;

/// Attempts to find a place for a threat before the next one is tried.
const ATTEMPTS: u32 = 400;
/// Less of the open air's counts than this is load, or what carries it.
const LOADED: f32 = 0.92;
/// Less than this was hardly penetrated.
const DARK: f32 = 0.015;
/// Share of a place that may be dark.
const MOST_DARK: f32 = 0.08;
/// What is seen through a place in its middle, of the open air's counts: neither empty nor lost.
const SEEN: std::ops::RangeInclusive<f32> = 0.04..=0.85;
/// Share of the scan's length that is loaded where the unit's body is.
const BODY: f32 = 0.6;
/// Thickness that is shown: a threat is not always packed the same.
const THICKNESS: [f32; 2] = [0.7, 1.2];
/// Places looked at on each side of an area.
const GRID: u32 = 12;

impl Threat {
    /// A threat from one picture: the high energy above the low one.
    ///
    /// # Errors
    /// The picture has no two halves.
    pub fn stacked(picture: &Grid) -> Result<Self, GridError> {
        let (width, height) = (picture.width(), picture.height() / 2);
        let half = |from: u32| {
            let rows = (from..from + height).filter_map(|y| picture.row(y));
            Grid::new(width, height, rows.flatten().copied().collect())
        };
        Ok(Self {
            high: half(0)?,
            low: Some(half(height)?),
        })
    }

    /// The threat as detectors of another size see it: each takes the mean of what falls on it.
    ///
    /// # Errors
    /// Nothing of it is left.
    pub fn at_scale(&self, scale: f32) -> Result<Self, GridError> {
        Ok(Self {
            high: scaled(&self.high, scale)?,
            low: self
                .low
                .as_ref()
                .map(|low| scaled(low, scale))
                .transpose()?,
        })
    }

    fn mirrored(&self) -> Result<Self, GridError> {
        let mirror = |grid: &Grid| {
            let rows = (0..grid.height()).filter_map(|y| grid.row(y));
            let samples = rows.flat_map(|row| row.iter().rev().copied()).collect();
            Grid::new(grid.width(), grid.height(), samples)
        };
        Ok(Self {
            high: mirror(&self.high)?,
            low: self.low.as_ref().map(mirror).transpose()?,
        })
    }
}

/// Mean over the area that a sample of the new grid covers in the old one.
fn scaled(grid: &Grid, scale: f32) -> Result<Grid, GridError> {
    let side = |length: u32| (length as f32 * scale).round() as u32;
    let (width, height) = (side(grid.width()), side(grid.height()));
    let across = covers(grid.width(), width);
    let down = covers(grid.height(), height);
    let mut samples = Vec::with_capacity(width as usize * height as usize);
    for rows in &down {
        for columns in &across {
            let mut sum = 0.0;
            for (y, tall) in rows {
                let row = grid.row(*y).unwrap_or_default();
                for (x, wide) in columns {
                    sum +=
                        f32::from(row.get(*x as usize).copied().unwrap_or(u16::MAX)) * tall * wide;
                }
            }
            samples.push((sum + 0.5).clamp(0.0, 65_535.0) as u16);
        }
    }
    Grid::new(width, height, samples)
}

/// For each of `to` equal parts of a line of `from` samples: the samples in it with their shares, which sum to 1.
fn covers(from: u32, to: u32) -> Vec<Vec<(u32, f32)>> {
    let step = from as f32 / to.max(1) as f32;
    (0..to)
        .map(|part| {
            let (begin, end) = (part as f32 * step, (part + 1) as f32 * step);
            let samples = begin as u32..(end.ceil() as u32).min(from);
            samples
                .map(|at| {
                    let inside = end.min((at + 1) as f32) - begin.max(at as f32);
                    (at, inside.max(0.0) / step)
                })
                .collect()
        })
        .collect()
}

/// Projects one of several threats into a scan: which, where and how thick the seed says. `pitch_mm` is the size of a
/// pixel of the threats. Tells which one; `None` when the scan has no place for any, or does not say how large its
/// pixels are.
pub fn project(
    scan: &Radiograph,
    threats: &[Threat],
    pitch_mm: f32,
    seed: u64,
) -> Option<Projection> {
    let scale = pitch_mm / scan.pitch_mm.filter(|mm| mm.is_finite() && *mm > 0.0)?;
    let seen = Seen::of(scan)?;
    let mut luck = Luck(seed);
    let first = luck.below(threats.len() as u32) as usize;
    for turn in 0..threats.len() {
        let which = (first + turn) % threats.len();
        let mut threat = threats.get(which)?.at_scale(scale).ok()?;
        if luck.even() < 0.5 {
            threat = threat.mirrored().ok()?;
        }
        let Some(place) = seen.place(&threat, &mut luck) else {
            continue;
        };
        let placing = Placing {
            x: place.x,
            y: place.y,
            thickness: THICKNESS[0] + (THICKNESS[1] - THICKNESS[0]) * luck.even(),
            seed: luck.next(),
        };
        if scan.planes.len() < 2 {
            threat.low = None;
        }
        if let Ok(practice) = blend(scan, &threat, placing) {
            return Some(Projection {
                which,
                thickness: placing.thickness,
                practice,
            });
        }
    }
    None
}

/// A scan with a threat that was chosen for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The threat, as its place among those that were given.
    pub which: usize,
    /// How much of its thickness is shown.
    pub thickness: f32,
    /// The scan with it.
    pub practice: Practice,
}

/// A scan as far as places are judged by it.
struct Seen<'a> {
    grid: &'a Grid,
    air: f32,
    /// Rows from and before which the unit's body lies.
    body: [u32; 2],
}

impl<'a> Seen<'a> {
    fn of(scan: &'a Radiograph) -> Option<Self> {
        let grid = &scan.planes.first()?.grid;
        let air = Air::counts(&Histogram::of(grid));
        let body = body(grid, air)?;
        Some(Self { grid, air, body })
    }

    fn place(&self, threat: &Threat, luck: &mut Luck) -> Option<Rect> {
        let (width, height) = (threat.high.width(), threat.high.height());
        let across = self.grid.width().checked_sub(width)? + 1;
        let down = (self.body[1] - self.body[0]).checked_sub(height)? + 1;
        (0..ATTEMPTS).find_map(|_| {
            let (x, y) = (luck.below(across), self.body[0] + luck.below(down));
            let place = Rect::new(x, y, width, height);
            self.fits(place).then_some(place)
        })
    }

    /// Whether there is load all over a place, and something is to be seen through it.
    fn fits(&self, place: Rect) -> bool {
        let mut shares = Vec::with_capacity((GRID * GRID) as usize);
        for row in 0..GRID {
            for column in 0..GRID {
                let x = place.x + (place.width - 1) * column / (GRID - 1);
                let y = place.y + (place.height - 1) * row / (GRID - 1);
                let Some(sample) = self.grid.get(x, y) else {
                    return false;
                };
                shares.push(f32::from(sample) / self.air);
            }
        }
        let dark = shares.iter().filter(|share| **share < DARK).count();
        let middle = shares.len() / 2;
        let bright = shares.iter().copied().fold(0.0, f32::max);
        let seen = *shares.select_nth_unstable_by(middle, f32::total_cmp).1;
        bright < LOADED && SEEN.contains(&seen) && dark as f32 <= MOST_DARK * shares.len() as f32
    }
}

/// The longest run of rows along most of which something stands: the unit's body, above the wheels.
fn body(grid: &Grid, air: f32) -> Option<[u32; 2]> {
    let is_body = |y: u32| {
        let row = grid.row(y).unwrap_or_default();
        let seen = row.iter().step_by(8);
        let all = seen.len().max(1);
        let loaded = seen.filter(|sample| f32::from(**sample) < LOADED * air);
        loaded.count() as f32 >= BODY * all as f32
    };
    let mut longest: Option<[u32; 2]> = None;
    let mut begun = None;
    for y in 0..=grid.height() {
        if y < grid.height() && is_body(y) {
            begun.get_or_insert(y);
        } else if let Some(from) = begun.take()
            && longest.is_none_or(|[a, b]| y - from > b - a)
        {
            longest = Some([from, y]);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::raster::{Energy, Metadata, Plane, Polarity};
    use proptest::prelude::*;

    /// A unit 300 pixels long with a load in its left half, on wheels, in air; beside the load steel.
    fn scan() -> Radiograph {
        let sample = |x: u32, y: u32| {
            let unit = (20..320).contains(&x) && (30..130).contains(&y);
            let load = (30..170).contains(&x) && (40..125).contains(&y);
            let steel = (170..240).contains(&x) && unit;
            let wheel = (60..100).contains(&x) && (130..180).contains(&y);
            match () {
                () if steel => 300,
                () if load => 18_000,
                () if unit => 56_000,
                () if wheel => 20_000,
                () => 60_000,
            }
        };
        let samples: Vec<u16> = (0..200u32)
            .flat_map(|y| (0..340u32).map(move |x| sample(x, y)))
            .collect();
        let plane = |energy| Plane {
            energy,
            grid: Grid::new(340, 200, samples.clone()).unwrap(),
        };
        Radiograph {
            width: 340,
            height: 200,
            planes: vec![plane(Energy::High), plane(Energy::Low)],
            bit_depth: 16,
            pitch_mm: Some(6.0),
            polarity: Polarity::Transmission,
            metadata: Metadata::default(),
        }
    }

    fn threat() -> Threat {
        let grid = |left: u16| {
            let samples = (0..60 * 40u32).map(|at| if at % 60 < 30 { left } else { 50_000 });
            Grid::new(60, 40, samples.collect()).unwrap()
        };
        Threat {
            high: grid(20_000),
            low: Some(grid(10_000)),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_threat_lies_in_the_load_and_nowhere_else(seed: u64) {
            let made = project(&scan(), &[threat()], 3.0, seed).unwrap();
            let truth = made.practice.truth;
            prop_assert_eq!((truth.width, truth.height), (30, 20), "at the scan's own scale");
            prop_assert!(truth.x >= 30 && truth.x + truth.width <= 170, "{:?}", truth);
            prop_assert!(truth.y >= 40 && truth.y + truth.height <= 125, "{:?}", truth);
            prop_assert!((0.7..=1.2).contains(&made.thickness));
        }
    }

    #[test]
    fn the_same_seed_projects_the_same_and_others_project_elsewhere() {
        let (scan, threats) = (scan(), [threat(), threat()]);
        let of = |seed| project(&scan, &threats, 3.0, seed).unwrap();
        assert_eq!(of(7), of(7));
        let places: std::collections::HashSet<_> = (0..40)
            .map(|seed| (of(seed).which, of(seed).practice.truth))
            .collect();
        assert!(places.len() > 30, "{}", places.len());
        assert!((0..40).any(|seed| of(seed).which == 0) && (0..40).any(|seed| of(seed).which == 1));
    }

    #[test]
    fn a_scan_without_a_place_or_a_scale_gets_none() {
        let empty = Grid::new(340, 200, vec![60_000; 340 * 200]).unwrap();
        let mut bare = scan();
        for plane in &mut bare.planes {
            plane.grid = empty.clone();
        }
        assert_eq!(project(&bare, &[threat()], 3.0, 1), None);
        let unscaled = Radiograph {
            pitch_mm: None,
            ..scan()
        };
        assert_eq!(project(&unscaled, &[threat()], 3.0, 1), None);
        assert_eq!(project(&scan(), &[threat()], 60.0, 1), None, "too large");
        assert_eq!(project(&scan(), &[], 3.0, 1), None);
    }

    #[test]
    fn a_scan_of_one_energy_gets_its_threat_too() {
        let mut single = scan();
        single.planes.truncate(1);
        single.planes[0].energy = Energy::Single;
        assert!(project(&single, &[threat()], 3.0, 3).is_some());
    }

    #[test]
    fn larger_detectors_see_the_mean_of_what_falls_on_them() {
        let half = threat().at_scale(0.5).unwrap();
        assert_eq!((half.high.width(), half.high.height()), (30, 20));
        assert_eq!(half.high.get(0, 0), Some(20_000));
        assert_eq!(half.high.get(29, 19), Some(50_000));
        let odd = threat().at_scale(1.0 / 7.0).unwrap();
        let mean = |grid: &Grid| {
            let sum: u64 = grid.samples().iter().map(|s| u64::from(*s)).sum();
            sum as f64 / grid.samples().len() as f64
        };
        assert!((mean(&odd.high) / 35_000.0 - 1.0).abs() < 0.02);
        assert!(threat().at_scale(0.001).is_err());
    }

    #[test]
    fn a_stacked_picture_has_the_high_energy_above() {
        let own = threat();
        let low = own.low.as_ref().unwrap();
        let samples = [own.high.samples(), low.samples()].concat();
        let picture = Grid::new(60, 80, samples).unwrap();
        assert_eq!(Threat::stacked(&picture), Ok(own));
        let line = Grid::new(60, 1, vec![1; 60]).unwrap();
        assert!(Threat::stacked(&line).is_err());
    }
}
