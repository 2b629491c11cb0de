//! Units and what is on them: seals (ISO 17712), reefer settings, weighings and alerts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Kilograms, UnitNumber};

coded_enum! {
    /// What kind of thing carries the goods.
    UnitKind {
        /// An ISO container.
        Container = "container",
        /// A semi-trailer.
        Trailer = "trailer",
        /// A vehicle with its own load.
        Vehicle = "vehicle",
        /// A railway wagon.
        Wagon = "wagon",
        /// A swap body.
        SwapBody = "swap-body",
        /// A vessel that is boarded.
        Vessel = "vessel",
        /// Loose cargo.
        Loose = "loose",
    }
}

coded_enum! {
    /// The strength of a seal after ISO 17712.
    SealClass {
        /// Indicative.
        Indicative = "I",
        /// Security.
        Security = "S",
        /// High security.
        HighSecurity = "H",
    }
}

coded_enum! {
    /// Who affixed a seal (UN/EDIFACT 9303).
    SealParty {
        /// The carrier.
        Carrier = "CA",
        /// The shipper.
        Shipper = "SH",
        /// Customs.
        Customs = "CU",
        /// The quarantine agency.
        Quarantine = "AC",
        /// The terminal operator.
        Terminal = "TO",
        /// A consolidator.
        Consolidator = "AA",
    }
}

coded_enum! {
    /// In what state a seal was found.
    SealCondition {
        /// Whole.
        Intact = "intact",
        /// Damaged, the number readable.
        Damaged = "damaged",
        /// Opened and closed again.
        Tampered = "tampered",
        /// Not there.
        Missing = "missing",
    }
}

coded_enum! {
    /// What a smart seal, a terminal or a sensor reported.
    AlertKind {
        /// The door was opened.
        DoorOpened = "door-opened",
        /// The seal was removed.
        SealRemoved = "seal-removed",
        /// The terminal weighed something else than was declared.
        Weight = "weight",
        /// The terminal saw damage.
        Damage = "damage",
        /// Radiation above background.
        Radiation = "radiation",
        /// Not collected or presented in time.
        Abandoned = "abandoned",
    }
}

/// A seal as declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeclaredSeal {
    /// The number as declared.
    pub number: String,
    /// Who affixed it.
    pub party: SealParty,
    /// Its strength, when known.
    pub class: Option<SealClass>,
}

/// A weighing of the unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Weighing {
    /// Gross mass of the goods with packaging, the tare taken off.
    pub gross: Kilograms,
    /// The scale: "terminal scale".
    pub scale: String,
    /// When.
    pub at: Timestamp,
}

/// The cooling of a reefer unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reefer {
    /// Set point, degrees Celsius.
    pub set_celsius: f32,
    /// Measured on arrival, degrees Celsius.
    pub actual_celsius: Option<f32>,
    /// How far the measured value may be above the set point, kelvins.
    pub tolerance: f32,
}

/// Something a seal, a sensor or the terminal reported before the inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alert {
    /// What.
    pub kind: AlertKind,
    /// When.
    pub at: Timestamp,
    /// Where and what, in the reporter's words.
    pub text: String,
}

/// A container, trailer, vehicle, wagon or vessel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Unit {
    /// The number that was declared.
    pub number: UnitNumber,
    /// What it is.
    pub kind: UnitKind,
    /// ISO 6346 size and type, four characters, for containers: `45R1`.
    pub size_type: Option<String>,
    /// Seals as declared.
    pub seals: Vec<DeclaredSeal>,
    /// How many seals the carrier's message counts, when it does.
    pub seal_count: Option<u32>,
    /// The last weighing.
    pub weighing: Option<Weighing>,
    /// The cooling, for reefers.
    pub reefer: Option<Reefer>,
    /// Alerts, oldest first.
    #[serde(default)]
    pub alerts: Vec<Alert>,
}
