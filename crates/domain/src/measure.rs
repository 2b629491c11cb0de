//! Readings of instruments, treatments, and the unit looked at from seven sides.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Agency, EntryId, SealClass, SealParty};

coded_enum! {
    /// What an instrument read.
    ReadingKind {
        /// Dose rate, µSv/h.
        Radiation = "radiation",
        /// Vapour or gas, parts per million.
        Vapour = "vapour",
        /// Oxygen, per cent by volume.
        Oxygen = "oxygen",
        /// Temperature, °C.
        Temperature = "temperature",
        /// Mass, kg.
        Weight = "weight",
    }
}

impl ReadingKind {
    /// The unit's sign.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Radiation => "µSv/h",
            Self::Vapour => "ppm",
            Self::Oxygen => "% vol",
            Self::Temperature => "°C",
            Self::Weight => "kg",
        }
    }

    /// What can be read at all, thousandths of the unit; beyond it is a slip of the pen.
    pub const fn range(self) -> (i64, i64) {
        match self {
            Self::Radiation => (0, 10_000_000_000),
            Self::Vapour => (0, 1_000_000_000),
            Self::Oxygen => (0, 100_000),
            Self::Temperature => (-200_000, 1_500_000),
            Self::Weight => (0, 1_000_000_000),
        }
    }
}

/// A reading of an instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reading {
    /// What was read.
    pub quantity: ReadingKind,
    /// The value, thousandths of the quantity's unit.
    pub thousandths: i64,
    /// Where: "between pallets 3 and 4"; empty for the unit as a whole.
    pub place: String,
    /// The instrument's make and number.
    pub device: String,
    /// Until when its calibration is good.
    pub calibrated_until: Option<Date>,
}

impl Reading {
    /// Whether the instrument's calibration had run out on `day`.
    pub fn is_uncalibrated(&self, day: Date) -> bool {
        self.calibrated_until.is_some_and(|until| until < day)
    }
}

/// A reading as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRecord {
    /// The entry.
    pub entry: EntryId,
    /// The reading.
    pub reading: Reading,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

coded_enum! {
    /// What was done to the goods or the unit.
    TreatmentKind {
        /// Gas.
        Fumigation = "fumigation",
        /// Heat (ISPM 15).
        Heat = "heat",
        /// Cold.
        Cold = "cold",
        /// Disinfection.
        Disinfection = "disinfection",
        /// Airing until free of gas.
        Ventilation = "ventilation",
        /// Irradiation.
        Irradiation = "irradiation",
        /// Another.
        Other = "other",
    }
}

/// A treatment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Treatment {
    /// What was done.
    pub treatment: TreatmentKind,
    /// With what; empty when with nothing.
    pub agent: String,
    /// How much: "48 g/m³".
    pub dose: String,
    /// How long, minutes.
    pub minutes: Option<u32>,
    /// How warm, tenths of a degree Celsius.
    pub decicelsius: Option<i32>,
    /// Who did it.
    pub provider: String,
    /// The certificate's number; empty when there is none yet.
    pub certificate: String,
}

/// A treatment as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatmentRecord {
    /// The entry.
    pub entry: EntryId,
    /// The treatment.
    pub treatment: Treatment,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

coded_enum! {
    /// A side of the unit: the seven points.
    UnitSide {
        /// Front wall.
        Front = "front",
        /// Left side.
        Left = "left",
        /// Right side.
        Right = "right",
        /// Floor.
        Floor = "floor",
        /// Ceiling and roof.
        Roof = "roof",
        /// Doors, inside and outside.
        Doors = "doors",
        /// Undercarriage.
        Under = "undercarriage",
    }
}

coded_enum! {
    /// How a side was found.
    SideCondition {
        /// Sound.
        Sound = "sound",
        /// Dented, torn, cut.
        Damaged = "damaged",
        /// Repaired or rebuilt; a false wall is suspected.
        Altered = "altered",
        /// Could not be seen.
        NotSeen = "not-seen",
    }
}

/// One of the seven points as found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitPoint {
    /// Which side.
    pub side: UnitSide,
    /// How it was found.
    pub condition: SideCondition,
    /// Where on the side, in thousandths of its width and height from the upper left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<(u16, u16)>,
    /// The officer's words.
    pub note: String,
}

/// The unit's sides as they stand: the last examination of a unit counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRecord {
    /// The entry.
    pub entry: EntryId,
    /// The unit's number.
    pub unit: String,
    /// The sides that were noted.
    pub points: Vec<UnitPoint>,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A seal that was put on when the exam was over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewSeal {
    /// The unit's number.
    pub unit: String,
    /// The seal's number.
    pub number: String,
    /// Who put it on.
    pub party: SealParty,
    /// Its strength.
    pub class: SealClass,
}

/// A new seal as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSealRecord {
    /// The entry.
    pub entry: EntryId,
    /// The seal.
    pub seal: NewSeal,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
