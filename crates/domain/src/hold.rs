//! Holds: records of their own, after the practice of CBP. Goods do not move while one stands.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Agency, HoldId, OfficerId};

coded_enum! {
    /// The kind of a hold.
    HoldType {
        /// The manifest does not stand.
        Manifest = "manifest",
        /// Commercial enforcement: valuation, classification, rights.
        CommercialEnforcement = "commercial-enforcement",
        /// Security.
        AntiTerror = "anti-terror",
        /// Statistical.
        Statistical = "statistical",
        /// A document is missing or does not fit.
        Document = "document",
        /// Waits for, or follows from, an X-ray.
        Nii = "nii",
        /// Veterinary.
        Veterinary = "veterinary",
        /// Plant health.
        Plant = "plant",
        /// Food safety.
        Food = "food",
        /// Safety: gas, radiation, dangerous goods.
        Safety = "safety",
        /// Placed by the terminal: damaged unit.
        Terminal = "terminal",
    }
}

coded_enum! {
    /// Why a hold was placed.
    HoldReason {
        /// Seal missing, broken or with another number.
        Seal = "seal",
        /// Quantity or mass differs.
        Quantity = "quantity",
        /// Goods other than declared.
        Misdescription = "misdescription",
        /// Goods not declared.
        Undeclared = "undeclared",
        /// An image shows an anomaly.
        ImageAnomaly = "image-anomaly",
        /// A laboratory result is awaited.
        LabPending = "lab-pending",
        /// A document is awaited.
        DocumentMissing = "document-missing",
        /// Temperature out of range.
        Temperature = "temperature",
        /// Pest or disease suspected.
        PestOrDisease = "pest-or-disease",
        /// Radiation, gas or leakage.
        Hazard = "hazard",
        /// The unit is damaged.
        Damage = "damage",
        /// Another reason, told in the note.
        Other = "other",
    }
}

/// What a hold blocks. A hold on a unit blocks every bill in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "level", rename_all = "kebab-case")]
pub enum HoldLevel {
    /// A whole master bill.
    Bill {
        /// The bill's number.
        number: String,
    },
    /// A house bill.
    HouseBill {
        /// The bill's number.
        number: String,
    },
    /// A unit with all that is in it.
    Unit {
        /// The unit's number.
        number: String,
    },
    /// A goods item.
    Item {
        /// The item's number in the declaration.
        number: u32,
    },
    /// The conveyance.
    Conveyance,
}

/// A hold that stood before the laptop's entries: part of the central's snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hold {
    /// Its name.
    pub id: HoldId,
    /// Whose it is; only this agency lifts it.
    pub agency: Agency,
    /// Its kind.
    pub hold_type: HoldType,
    /// What it blocks.
    #[serde(flatten)]
    pub level: HoldLevel,
    /// Why.
    pub reason: HoldReason,
    /// In the words of who placed it.
    pub note: String,
    /// Who placed it, when it was a person known to the post.
    pub placed_by: Option<OfficerId>,
    /// The name to show for who placed it.
    pub placed_by_name: String,
    /// When.
    pub placed_at: Timestamp,
    /// When it is to be looked at again.
    pub review: Option<Date>,
}
