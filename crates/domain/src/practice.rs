//! Practice with projected threats: on which scans, what an answer was worth, and the score.
//!
//! Nothing of it is an act: no entry is made, no figure counts it, nothing leaves the laptop. It belongs to the
//! officer who practises.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Agency, BlobHash, Bounds, CheckKind, CheckResult, Confidence, FEW, ImageConclusion, Inspection,
    Openness, RegionVerdict, State, facts,
};

coded_enum! {
    /// What is projected into a scan.
    PracticeThreat {
        /// Wrapped bricks of powder.
        Bricks = "bricks",
        /// Rifles, nose to tail.
        LongArms = "long-arms",
        /// Pistols.
        Handguns = "handguns",
        /// Master cases of cigarettes.
        Cigarettes = "cigarettes",
        /// Bundles of banknotes.
        Banknotes = "banknotes",
        /// A source in a pot of lead.
        ShieldedSource = "shielded-source",
    }
}

coded_enum! {
    /// What an answer was.
    PracticeOutcome {
        /// A threat was there and was marked.
        Hit = "hit",
        /// A threat was there and was not marked.
        Miss = "miss",
        /// No threat was there and something was marked.
        FalseAlarm = "false-alarm",
        /// No threat was there and none was marked.
        CorrectRejection = "correct-rejection",
    }
}

/// A threat that was projected, and where.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Projected {
    /// What it is.
    pub what: PracticeThreat,
    /// Where it is, pixels of the file.
    pub place: Bounds,
    /// How much of its thickness was shown; 1 is the whole.
    pub thickness: f32,
}

/// An answer to a practice scan with its truth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PracticeResult {
    /// The scan.
    pub scan: BlobHash,
    /// What was in it; `None` when nothing was.
    pub projected: Option<Projected>,
    /// Where the officer said that something is, pixels of the file; `None` for nothing.
    pub marked: Option<Bounds>,
    /// How sure.
    pub confidence: Confidence,
    /// How long the image was in sight before the answer, milliseconds.
    pub milliseconds: u32,
    /// When it was answered.
    pub at: Timestamp,
}

impl PracticeResult {
    /// What the answer was.
    pub fn outcome(&self) -> PracticeOutcome {
        match (self.projected, self.marked) {
            (Some(projected), Some(marked)) if points_at(marked, projected.place) => {
                PracticeOutcome::Hit
            }
            (Some(_), _) => PracticeOutcome::Miss,
            (None, Some(_)) => PracticeOutcome::FalseAlarm,
            (None, None) => PracticeOutcome::CorrectRejection,
        }
    }

    /// Whether a threat was there and something was marked, but elsewhere.
    pub fn is_elsewhere(&self) -> bool {
        self.marked.is_some() && self.outcome() == PracticeOutcome::Miss
    }
}

/// A mark so many times as large as what it is meant for does not point at it.
const TOO_LARGE: u64 = 16;

/// Whether a mark points at a threat: one of them has its middle in the other, and the mark is not drawn around half
/// the unit. A threat has a margin of a quarter of its size, because a click in gloves is not exact.
fn points_at(mark: Bounds, threat: Bounds) -> bool {
    let area = |of: Bounds| u64::from(of.width) * u64::from(of.height);
    if area(mark) > TOO_LARGE * area(threat) {
        return false;
    }
    let middle = |of: Bounds| (mid(of.x, of.width), mid(of.y, of.height));
    let (margin_x, margin_y) = (threat.width / 4, threat.height / 4);
    let grown = Bounds {
        x: threat.x.saturating_sub(margin_x),
        y: threat.y.saturating_sub(margin_y),
        width: threat.width.saturating_add(2 * margin_x),
        height: threat.height.saturating_add(2 * margin_y),
    };
    holds(grown, middle(mark)) || holds(mark, middle(threat))
}

const fn mid(from: u32, length: u32) -> u32 {
    from.saturating_add(length / 2)
}

const fn holds(area: Bounds, (x, y): (u32, u32)) -> bool {
    x >= area.x
        && y >= area.y
        && x - area.x < if area.width == 0 { 1 } else { area.width }
        && y - area.y < if area.height == 0 { 1 } else { area.height }
}

/// Whether an officer of `agency` may practise on a scan: the inspection concerns the agency and is over, the goods
/// were released whole, nobody found anything, the scan was read or the goods were examined, no reader was in doubt, and
/// what was marked on it was shown to be nothing.
pub fn is_for_practice(
    agency: Agency,
    inspection: &Inspection,
    state: &State,
    scan: BlobHash,
) -> bool {
    let mut read = state.images.iter().filter(|i| i.scan == scan).peekable();
    let mut checks = state.sections.iter().flat_map(|s| &s.checks);
    let examined =
        checks.any(|c| c.check == CheckKind::Physical && c.result == CheckResult::Satisfactory);
    let marked = state.regions.iter().filter(|r| r.scan == scan);
    state.section(agency).is_some()
        && state.openness == Openness::Released
        && !facts(inspection, state).hit
        && (examined || read.peek().is_some())
        && read.all(|i| i.conclusion == ImageConclusion::NoAnomaly)
        && marked.into_iter().all(|r| {
            r.judgement
                .as_ref()
                .is_some_and(|j| j.verdict == RegionVerdict::FalseAlarm)
        })
}

/// What is dealt next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deal {
    /// The scan, as its place among those there are.
    pub scan: usize,
    /// The seed of what is projected; `None` when nothing is.
    pub projects: Option<u64>,
}

/// Deals one of `scans` scans; not the one of `before` again while there is another. About one half get a threat: that
/// is what tells most of both rates. `drawn` comes from outside and is drawn at random.
pub const fn deal(drawn: u64, scans: usize, before: Option<usize>) -> Option<Deal> {
    if scans == 0 {
        return None;
    }
    let others = match before {
        Some(place) if place < scans && scans > 1 => scans - 1,
        _ => scans,
    };
    let mixed = mix(drawn);
    let mut scan = ((mixed >> 1) % others as u64) as usize;
    if let Some(place) = before
        && others < scans
        && scan >= place
    {
        scan += 1;
    }
    let projects = if mixed & 1 == 1 {
        Some(mix(mixed))
    } else {
        None
    };
    Some(Deal { scan, projects })
}

/// Spreads a number over all bits (the finaliser of SplitMix64, Steele et al. 2014).
const fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Answers counted by what they were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PracticeScore {
    /// Threats that were marked.
    pub hits: u32,
    /// Threats that were not.
    pub misses: u32,
    /// Clean scans on which something was marked.
    pub false_alarms: u32,
    /// Clean scans on which nothing was.
    pub correct_rejections: u32,
}

impl PracticeScore {
    /// Counts answers.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a PracticeResult>) -> Self {
        let mut score = Self::default();
        for result in results {
            let count = match result.outcome() {
                PracticeOutcome::Hit => &mut score.hits,
                PracticeOutcome::Miss => &mut score.misses,
                PracticeOutcome::FalseAlarm => &mut score.false_alarms,
                PracticeOutcome::CorrectRejection => &mut score.correct_rejections,
            };
            *count += 1;
        }
        score
    }

    /// Scans with a threat.
    pub const fn with_threat(self) -> u32 {
        self.hits + self.misses
    }

    /// Scans without.
    pub const fn clean(self) -> u32 {
        self.false_alarms + self.correct_rejections
    }

    /// Every scan.
    pub const fn all(self) -> u32 {
        self.with_threat() + self.clean()
    }

    /// Share of threats that were marked; `None` before the first.
    pub fn hit_rate(self) -> Option<f64> {
        share(self.hits, self.with_threat())
    }

    /// Share of clean scans on which something was marked; `None` before the first.
    pub fn false_alarm_rate(self) -> Option<f64> {
        share(self.false_alarms, self.clean())
    }

    /// How well threats and clean scans are told apart, whatever the readiness to say "something": A′ is 0.5 for
    /// guessing and 1 for never wrong (Pollack and Norman 1964, computed after Grier 1971; below chance after Aaronson
    /// and Watts 1987). `None` until there were scans of both kinds.
    pub fn sensitivity(self) -> Option<f64> {
        let (hit, alarm) = (self.hit_rate()?, self.false_alarm_rate()?);
        let apart = |more: f64, less: f64| {
            let spread = more - less;
            if spread == 0.0 {
                return 0.0;
            }
            spread * (1.0 + spread) / (4.0 * more * (1.0 - less))
        };
        Some(if hit >= alarm {
            0.5 + apart(hit, alarm)
        } else {
            0.5 - apart(alarm, hit)
        })
    }

    /// Whether there are too few scans of one kind to lean on the rates.
    pub const fn is_few(self) -> bool {
        (self.with_threat() as u64) < FEW || (self.clean() as u64) < FEW
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}
