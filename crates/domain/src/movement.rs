//! Where a unit has been: the nodes of its mission path, as gates, quays, scanners and bays report them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

coded_enum! {
    /// A node of the path.
    NodeKind {
        /// Into the port or post.
        GateIn = "gate-in",
        /// Discharged or unloaded.
        Quay = "quay",
        /// A yard or parking place.
        Yard = "yard",
        /// A weighbridge.
        Weighbridge = "weighbridge",
        /// A scanner.
        Scanner = "scanner",
        /// An inspection bay.
        Bay = "bay",
        /// Out of the port or post.
        GateOut = "gate-out",
    }
}

coded_enum! {
    /// By what a unit was recognised at a node.
    ReadBy {
        /// A camera that reads characters.
        Ocr = "ocr",
        /// A radio tag.
        Rfid = "rfid",
        /// A bar code.
        BarCode = "bar-code",
        /// A person.
        Person = "person",
    }
}

/// What a node read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NodeReading {
    /// By what.
    pub by: ReadBy,
    /// The text that was read: a unit, plate or seal number.
    pub text: String,
}

/// A node of the unit's path, passed or still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Passage {
    /// The unit's number.
    pub unit: String,
    /// What kind of place.
    pub node: NodeKind,
    /// Its name.
    pub place: String,
    /// When the unit passed; `None` while it is expected or was missed.
    pub at: Option<Timestamp>,
    /// What was read there.
    pub readings: Vec<NodeReading>,
}

/// How a node stands in the order of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Passed.
    Passed,
    /// The last that was passed: here the unit is.
    Here,
    /// A later node was passed, this one was not: it is missing.
    Missed,
    /// To come.
    Ahead,
}

/// How each node of one unit's path stands, in the path's order.
pub fn steps(path: &[&Passage]) -> Vec<Step> {
    let last = path.iter().rposition(|p| p.at.is_some());
    path.iter()
        .enumerate()
        .map(|(index, passage)| match (last, passage.at) {
            (Some(last), _) if index == last => Step::Here,
            (_, Some(_)) => Step::Passed,
            (Some(last), None) if index < last => Step::Missed,
            _ => Step::Ahead,
        })
        .collect()
}
