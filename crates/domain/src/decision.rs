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

coded_enum! {
    /// A condition under which goods are acceptable.
    ConditionCode {
        /// To be treated first.
        Treatment = "treatment",
        /// To a named warehouse or establishment.
        NamedPlace = "named-place",
        /// Under quarantine until freed.
        Quarantine = "quarantine",
        /// To be labelled or marked.
        Relabel = "relabel",
        /// To be sorted, the bad taken out.
        Sort = "sort",
        /// Kept at a temperature.
        Temperature = "temperature",
        /// A document to be handed in.
        Document = "document",
        /// Moved under seal or escort.
        Escort = "escort",
        /// Another, told in the officer's words.
        Other = "other",
    }
}

/// A condition with where and until when it is to be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Condition {
    /// Which.
    pub code: ConditionCode,
    /// Where; empty when anywhere.
    pub place: String,
    /// Until when.
    pub deadline: Option<Date>,
}

coded_enum! {
    /// The family to which the reason of a refusal belongs (TRACES).
    RefusalFamily {
        /// Documents.
        Documents = "documents",
        /// Origin.
        Origin = "origin",
        /// The goods themselves.
        Physical = "physical",
        /// Another.
        Other = "other",
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
        /// Conditions by code.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        coded: Vec<Condition>,
    },
    /// The goods may not go.
    NotAcceptable {
        /// What is to happen to them.
        action: RefusalAction,
        /// To which family the reason belongs; absent where a build before this one did not ask.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        family: Option<RefusalFamily>,
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
