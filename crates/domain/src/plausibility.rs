//! What does not add up: the declaration against itself, against what was measured and against what was found.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Alert, CheckDigit, ImageConclusion, ImageRecord, Inspection, ItemOutcome, Kilograms,
    SealComparison, SealCondition, State, Unit,
};

/// Something that does not add up. Each is a hint to the officer, never a refusal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "mismatch", rename_all = "kebab-case")]
pub enum Mismatch {
    /// A seal found is not the seal declared.
    SealDiffers {
        /// As declared.
        declared: Option<String>,
        /// As found.
        found: Option<String>,
        /// Its condition.
        condition: SealCondition,
        /// The unit.
        unit: String,
    },
    /// The scale shows another mass than was declared.
    Weighed {
        /// Declared gross mass.
        declared: Kilograms,
        /// Weighed gross mass.
        weighed: Kilograms,
        /// Weighed over declared, in per cent; positive when heavier.
        percent: f64,
        /// The scale.
        scale: String,
        /// When.
        at: Timestamp,
        /// The unit.
        unit: String,
    },
    /// The reefer is warmer than its tolerance allows, or colder.
    Temperature {
        /// Set point, degrees Celsius.
        set: f32,
        /// Measured, degrees Celsius.
        actual: f32,
        /// The unit.
        unit: String,
    },
    /// The check digit of a unit number does not fit.
    UnitCheckDigit {
        /// The unit's number.
        unit: String,
        /// The digit that would fit.
        expected: u8,
    },
    /// The check character of the MRN does not fit.
    MrnCheck {
        /// The character that would fit.
        expected: char,
    },
    /// The scanner's camera read another unit number.
    ScanOfOtherUnit {
        /// As read.
        read: String,
    },
    /// The items' gross masses do not sum to the declared total.
    MassSum {
        /// Declared total.
        declared: Kilograms,
        /// Sum over the items.
        items: Kilograms,
    },
    /// The items' packages do not sum to the declared total.
    PackageSum {
        /// Declared total.
        declared: u32,
        /// Sum over the items.
        items: u32,
    },
    /// The carrier counts another number of seals than are listed.
    SealCount {
        /// The unit.
        unit: String,
        /// Counted by the carrier.
        counted: u32,
        /// Listed in the declaration.
        listed: u32,
    },
    /// The HS chapter is not one that the description suggests.
    Chapter {
        /// The item.
        item: u32,
        /// Chapter of the declared code.
        declared: u8,
        /// Chapters that the words suggest.
        suggested: Vec<u8>,
    },
    /// What was declared as HS code is none.
    NoHsCode {
        /// The item.
        item: u32,
    },
    /// An item's net mass is above its gross mass.
    NetAboveGross {
        /// The item.
        item: u32,
    },
    /// An item was found other than declared.
    ItemDiffers {
        /// The item.
        item: u32,
        /// How.
        outcome: ItemOutcome,
    },
    /// Two readers of a radiograph conclude otherwise.
    ReadersDiffer {
        /// Who read it first.
        first: String,
        /// What that reader concludes.
        first_says: ImageConclusion,
        /// Who concludes otherwise.
        second: String,
        /// What.
        second_says: ImageConclusion,
    },
    /// A seal, sensor or the terminal reported something.
    Alerted {
        /// What.
        #[serde(flatten)]
        alert: Alert,
        /// The unit.
        unit: String,
    },
}

/// Where on the manifest a mismatch is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At the declaration's number.
    Mrn,
    /// At the totals.
    Totals,
    /// At a unit.
    Unit(String),
    /// At a unit's seals.
    Seals(String),
    /// At an item.
    Item(u32),
    /// At the radiograph.
    Scan,
}

impl Mismatch {
    /// The code used in Fluent keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SealDiffers { .. } => "seal-differs",
            Self::Weighed { .. } => "weighed",
            Self::Temperature { .. } => "temperature",
            Self::UnitCheckDigit { .. } => "unit-check-digit",
            Self::MrnCheck { .. } => "mrn-check",
            Self::ScanOfOtherUnit { .. } => "scan-of-other-unit",
            Self::MassSum { .. } => "mass-sum",
            Self::PackageSum { .. } => "package-sum",
            Self::SealCount { .. } => "seal-count",
            Self::Chapter { .. } => "chapter",
            Self::NoHsCode { .. } => "no-hs-code",
            Self::NetAboveGross { .. } => "net-above-gross",
            Self::ItemDiffers { .. } => "item-differs",
            Self::ReadersDiffer { .. } => "readers-differ",
            Self::Alerted { .. } => "alerted",
        }
    }

    /// Where it is marked.
    pub fn place(&self) -> Place {
        match self {
            Self::MrnCheck { .. } => Place::Mrn,
            Self::MassSum { .. } | Self::PackageSum { .. } => Place::Totals,
            Self::SealDiffers { unit, .. } | Self::SealCount { unit, .. } => {
                Place::Seals(unit.clone())
            }
            Self::Weighed { unit, .. }
            | Self::Temperature { unit, .. }
            | Self::UnitCheckDigit { unit, .. }
            | Self::Alerted { unit, .. } => Place::Unit(unit.clone()),
            Self::Chapter { item, .. }
            | Self::NoHsCode { item }
            | Self::NetAboveGross { item }
            | Self::ItemDiffers { item, .. } => Place::Item(*item),
            Self::ScanOfOtherUnit { .. } | Self::ReadersDiffer { .. } => Place::Scan,
        }
    }
}

/// Deviation of a weighing from the declaration beyond which it is marked, as a share of the declared mass.
const WEIGHING_TOLERANCE: f64 = 0.03;

/// Rounding that sums of masses are allowed, kilograms.
const SUM_TOLERANCE_KG: f64 = 1.0;

/// Everything that does not add up, the gravest kinds first.
pub fn mismatches(inspection: &Inspection, state: &State) -> Vec<Mismatch> {
    let seals = state.seals.iter().filter(|s| !s.seal.conform());
    let items = state.items.iter();
    let differing = items.filter(|i| i.outcome != ItemOutcome::Match);
    let compared = seals
        .map(|s| seal_differs(&s.seal))
        .chain(differing.map(|i| Mismatch::ItemDiffers {
            item: i.item,
            outcome: i.outcome,
        }));
    let mut found = Vec::new();
    for mismatch in compared {
        // What two agencies found alike is one mismatch.
        if !found.contains(&mismatch) {
            found.push(mismatch);
        }
    }
    found.extend(readers_differ(inspection, state));
    for unit in &inspection.units {
        found.extend(unit_mismatches(inspection, unit));
    }
    found.extend(consignment_mismatches(inspection));
    found.extend(scan_mismatches(inspection, state));
    found
}

/// For each radiograph, its first reading and the first that says otherwise.
fn readers_differ(inspection: &Inspection, state: &State) -> impl Iterator<Item = Mismatch> {
    inspection.scans.iter().filter_map(|scan| {
        let mut read: Vec<&ImageRecord> = state
            .images
            .iter()
            .filter(|i| i.scan == scan.blob)
            .collect();
        read.sort_by_key(|i| (i.at, i.entry));
        let first = read.first()?;
        let other = read.iter().find(|i| i.conclusion != first.conclusion)?;
        Some(Mismatch::ReadersDiffer {
            first: first.by.clone(),
            first_says: first.conclusion,
            second: other.by.clone(),
            second_says: other.conclusion,
        })
    })
}

fn seal_differs(seal: &SealComparison) -> Mismatch {
    Mismatch::SealDiffers {
        declared: seal.declared.clone(),
        found: seal.found.number.clone(),
        condition: seal.found.condition,
        unit: seal.unit.clone(),
    }
}

fn unit_mismatches(inspection: &Inspection, unit: &Unit) -> Vec<Mismatch> {
    let name = || unit.number.as_str().to_owned();
    let mut found = Vec::new();
    // A weighing covers one unit; it is comparable when the consignment fills just that one.
    let declared = inspection.consignment.declared_gross;
    if let (Some(weighing), [_]) = (&unit.weighing, inspection.units.as_slice())
        && declared.0 > 0.0
    {
        let share = weighing.gross.0 / declared.0 - 1.0;
        if share.abs() > WEIGHING_TOLERANCE {
            found.push(Mismatch::Weighed {
                declared,
                weighed: weighing.gross,
                percent: share * 100.0,
                scale: weighing.scale.clone(),
                at: weighing.at,
                unit: name(),
            });
        }
    }
    if let Some(reefer) = &unit.reefer
        && let Some(actual) = reefer.actual_celsius
        && (actual - reefer.set_celsius).abs() > reefer.tolerance
    {
        found.push(Mismatch::Temperature {
            set: reefer.set_celsius,
            actual,
            unit: name(),
        });
    }
    if let CheckDigit::Wrong { expected } = unit.number.check_digit() {
        found.push(Mismatch::UnitCheckDigit {
            unit: name(),
            expected,
        });
    }
    let listed = unit.seals.len() as u32;
    if let Some(counted) = unit.seal_count
        && counted != listed
    {
        found.push(Mismatch::SealCount {
            unit: name(),
            counted,
            listed,
        });
    }
    found.extend(unit.alerts.iter().map(|alert| Mismatch::Alerted {
        alert: alert.clone(),
        unit: name(),
    }));
    found
}

fn consignment_mismatches(inspection: &Inspection) -> Vec<Mismatch> {
    let c = &inspection.consignment;
    let mut found = Vec::new();
    if let Some(mrn) = &c.mrn
        && !mrn.check_fits()
    {
        found.push(Mismatch::MrnCheck {
            expected: mrn.expected_check(),
        });
    }
    let mass: Kilograms = c.items.iter().map(|i| i.gross).sum();
    if (mass.0 - c.declared_gross.0).abs() > SUM_TOLERANCE_KG {
        found.push(Mismatch::MassSum {
            declared: c.declared_gross,
            items: mass,
        });
    }
    let packages = c
        .items
        .iter()
        .fold(0u32, |sum, i| sum.saturating_add(i.packages));
    if packages != c.declared_packages {
        found.push(Mismatch::PackageSum {
            declared: c.declared_packages,
            items: packages,
        });
    }
    for item in &c.items {
        match &item.hs {
            None => found.push(Mismatch::NoHsCode { item: item.number }),
            Some(hs)
                if !item.described_chapters.is_empty()
                    && !item.described_chapters.contains(&hs.chapter()) =>
            {
                found.push(Mismatch::Chapter {
                    item: item.number,
                    declared: hs.chapter(),
                    suggested: item.described_chapters.clone(),
                });
            }
            Some(_) => {}
        }
        if item.net.0 > item.gross.0 {
            found.push(Mismatch::NetAboveGross { item: item.number });
        }
    }
    found
}

fn scan_mismatches(inspection: &Inspection, state: &State) -> impl Iterator<Item = Mismatch> {
    let scans = crate::scans(inspection, state);
    scans.into_iter().filter_map(|scan| {
        let read = scan.unit_read?;
        let known = inspection.units.iter().any(|u| u.number.as_str() == read);
        (!known).then_some(Mismatch::ScanOfOtherUnit { read })
    })
}
