//! Decisions of an agency on a consignment, as TRACES and IPAFFS record them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

coded_enum! {
    /// For what goods are acceptable.
    Purpose {
        /// The internal market.
        InternalMarket = "internal-market",
        /// Transit.
        Transit = "transit",
        /// Transhipment.
        Transhipment = "transhipment",
        /// Temporary import.
        TemporaryImport = "temporary-import",
        /// A named warehouse.
        Warehouse = "warehouse",
        /// Channelled under supervision.
        Channelled = "channelled",
        /// Re-entry.
        ReEntry = "re-entry",
    }
}

coded_enum! {
    /// What is to happen to goods that are not acceptable.
    RefusalAction {
        /// Sent back.
        ReExport = "re-export",
        /// Destroyed.
        Destruction = "destruction",
        /// Transformed.
        Transformation = "transformation",
        /// Treated.
        Treatment = "treatment",
        /// Quarantined.
        Quarantine = "quarantine",
        /// Used for another purpose.
        OtherPurpose = "other-purpose",
        /// Entry refused.
        EntryRefusal = "entry-refusal",
        /// Seized.
        Seizure = "seizure",
    }
}

/// What an agency decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Decision {
    /// The goods may go, as far as this agency is concerned.
    Acceptable {
        /// For what.
        purpose: Purpose,
        /// Conditions in the officer's words; empty when there are none.
        conditions: String,
    },
    /// The goods may not go.
    NotAcceptable {
        /// What is to happen to them.
        action: RefusalAction,
        /// Why.
        reason: String,
        /// Until when.
        deadline: Option<Date>,
    },
    /// The agency leaves this consignment to the others.
    Waived {
        /// Why.
        reason: String,
    },
}
