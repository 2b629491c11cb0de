//! What a scanner will see: the plan of a radiograph, agreeing with the declaration except where the trouble is.

use jiff::Timestamp;
use outpost_domain::{InspectionId, UnitNumber};

use crate::goods::Form;

/// What carries the load, as far as a radiograph shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// A container of 20 feet on a chassis.
    Box20,
    /// A container of 40 feet on a chassis.
    Box40,
    /// A reefer container of 40 feet: insulated walls, machinery at the front.
    Reefer40,
    /// A tank container of 20 feet.
    Tank20,
    /// A semi-trailer of 13.6 m.
    Trailer,
}

/// Part of the load.
#[derive(Debug, Clone, PartialEq)]
pub struct Cargo {
    /// How it looks.
    pub form: Form,
    /// The HS chapter of what it really is.
    pub chapter: u8,
    /// Packages.
    pub packages: u32,
    /// Gross mass, kilograms.
    pub gross_kg: f64,
}

/// What is there and not declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concealed {
    /// Cartons of cigarettes among the declared cartons.
    CigaretteCartons,
    /// Rifles among machine parts.
    Rifles,
    /// A false wall before the doors with bundles behind it.
    FalseWall,
    /// Blocks of banknotes or the like in the middle of a stow.
    DenseBundles,
}

/// A radiograph to be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanPlan {
    /// The inspection it belongs to.
    pub inspection: InspectionId,
    /// The seed of its noise and stow.
    pub seed: u64,
    /// What carries the load.
    pub body: Body,
    /// The load from the front wall to the doors.
    pub cargo: Vec<Cargo>,
    /// What is there and not declared.
    pub concealed: Option<Concealed>,
    /// Make and model of the scanner.
    pub scanner: String,
    /// Where it stands.
    pub site: String,
    /// When the unit was scanned.
    pub taken_at: Timestamp,
    /// Size of a pixel at the unit, millimetres.
    pub pitch_mm: f32,
    /// The number that the scanner's camera read.
    pub unit_read: Option<UnitNumber>,
}
