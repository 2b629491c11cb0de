//! Who inspects: agencies, officers, their roles, and the post they work at.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{OfficerId, UnLocode};

coded_enum! {
    /// An agency with a section of its own in a joint inspection.
    Agency {
        /// Customs, the convener.
        Customs = "customs",
        /// Veterinary service: animals and products of animal origin.
        Veterinary = "veterinary",
        /// Plant health and quarantine.
        PlantHealth = "plant-health",
        /// Port health: food safety and sanitary boarding.
        PortHealth = "port-health",
        /// Safety: radiation, dangerous goods.
        Safety = "safety",
        /// Standards and market surveillance, intellectual property.
        Standards = "standards",
        /// Police.
        Police = "police",
        /// Immigration.
        Immigration = "immigration",
        /// Maritime authority.
        Maritime = "maritime",
    }
}

impl Agency {
    /// The letter in the agency's square.
    pub const fn letter(self) -> char {
        match self {
            Self::Customs => 'C',
            Self::Veterinary => 'V',
            Self::PlantHealth => 'Q',
            Self::PortHealth => 'H',
            Self::Safety => 'S',
            Self::Standards => 'N',
            Self::Police => 'P',
            Self::Immigration => 'I',
            Self::Maritime => 'M',
        }
    }
}

coded_enum! {
    /// What an officer may do beyond looking.
    Role {
        /// Inspects, records, decides for the own agency.
        Inspector = "inspector",
        /// Assigns, reviews, overrides with a second signature.
        Supervisor = "supervisor",
        /// Reads radiographs.
        Analyst = "analyst",
    }
}

/// An officer known to the post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Officer {
    /// Named by the central.
    pub id: OfficerId,
    /// As it is signed: "A. Mwale".
    pub name: String,
    /// The agency for which the officer acts.
    pub agency: Agency,
    /// What the officer may do.
    pub role: Role,
    /// The Ed25519 public keys (64 hexadecimal digits) with which this officer has signed entries, one per device.
    #[serde(default)]
    pub keys: Vec<String>,
}

/// Opening hours, the same each day, in the post's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hours {
    /// From.
    #[schema(value_type = String, format = "time")]
    pub opens: Time,
    /// Until, later on the same day.
    #[schema(value_type = String, format = "time")]
    pub closes: Time,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
const fn is_zero(minutes: &u16) -> bool {
    *minutes == 0
}

/// A border post or inspection shed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Post {
    /// Its UN/LOCODE.
    pub code: UnLocode,
    /// As its people call it: "Kasumulu land post".
    pub name: String,
    /// IANA time zone in which times are shown, for example `Africa/Blantyre`.
    pub zone: String,
    /// When goods are inspected; absent when at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Inspection bays, scanners and quays, in the order of the agenda's columns.
    pub bays: Vec<String>,
    /// Minutes from one bay to another, for officers and goods; 0 where they lie beside each other.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub travel_minutes: u16,
    /// Whether the authority has switched off what programs suggest on radiographs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suggestions_off: bool,
    /// Whether the authority has switched off practice with projected threats.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub practice_off: bool,
}
