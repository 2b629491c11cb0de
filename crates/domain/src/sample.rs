//! Laboratory samples: what was drawn, its chain of custody, and what the laboratory found.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Agency, EntryId};

coded_enum! {
    /// Why a sample was drawn (TRACES).
    SampleReason {
        /// Drawn at random: a decision may be signed with the result pending.
        Random = "random",
        /// On suspicion.
        Suspicion = "suspicion",
        /// Under re-enforced control.
        Reenforced = "re-enforced",
        /// Required for these goods.
        Required = "required",
    }
}

coded_enum! {
    /// Which analysis.
    Analysis {
        /// The first.
        Initial = "initial",
        /// A second one on the operator's demand.
        Counter = "counter",
        /// By a second expert.
        SecondExpert = "second-expert",
    }
}

coded_enum! {
    /// How a sample is kept.
    Conservation {
        /// As the air is.
        Ambient = "ambient",
        /// Cooled.
        Chilled = "chilled",
        /// Frozen.
        Frozen = "frozen",
    }
}

coded_enum! {
    /// A step in a sample's chain of custody.
    CustodyStep {
        /// Closed with a seal.
        Sealed = "sealed",
        /// Given to a courier or a person.
        Handed = "handed",
        /// Taken over by the laboratory.
        Received = "received",
        /// Given back.
        Returned = "returned",
        /// Destroyed.
        Destroyed = "destroyed",
    }
}

coded_enum! {
    /// What the laboratory concluded.
    SampleConclusion {
        /// In order.
        Satisfactory = "satisfactory",
        /// Not in order.
        NotSatisfactory = "not-satisfactory",
        /// The analysis does not tell.
        NotInterpretable = "not-interpretable",
    }
}

/// A sample as drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sample {
    /// The number on its bag.
    pub number: String,
    /// The goods item it was drawn from.
    pub item: u32,
    /// The goods' batch; empty when there is none.
    pub batch: String,
    /// How many.
    pub count: u16,
    /// What it is: "swab", "500 g whole fish".
    pub matter: String,
    /// For what it is to be tested.
    pub test: String,
    /// The laboratory.
    pub laboratory: String,
    /// Why it was drawn.
    pub reason: SampleReason,
    /// Which analysis.
    pub analysis: Analysis,
    /// How it is kept.
    pub conservation: Conservation,
}

/// A step of a sample as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyRecord {
    /// The entry.
    pub entry: EntryId,
    /// What was done.
    pub step: CustodyStep,
    /// To whom, or by whom.
    pub person: String,
    /// The seal on it; empty when there is none.
    pub seal: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A sample's result as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleResult {
    /// The entry.
    pub entry: EntryId,
    /// What the laboratory concluded.
    pub conclusion: SampleConclusion,
    /// The report's number, and its words.
    pub report: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A sample as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleRecord {
    /// The entry that drew it; its name.
    pub entry: EntryId,
    /// The entries that this one corrected, oldest last: what was done on those is done on this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<EntryId>,
    /// What was drawn.
    pub sample: Sample,
    /// Its way, oldest first.
    pub custody: Vec<CustodyRecord>,
    /// The result: the last word.
    pub result: Option<SampleResult>,
    /// Whose section.
    pub agency: Agency,
    /// Who drew it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl SampleRecord {
    /// Whether `name` is its name, or one that it had before it was corrected.
    pub(crate) fn is_named(&self, name: EntryId) -> bool {
        self.entry == name || self.corrected.contains(&name)
    }

    /// Whether a decision has to wait for it: its result is awaited, and it was not drawn at random.
    pub fn delays(&self) -> bool {
        self.result.is_none() && self.sample.reason != SampleReason::Random
    }

    /// Whether the sample is gone: nothing more is done with it.
    pub fn is_gone(&self) -> bool {
        self.custody
            .iter()
            .any(|c| matches!(c.step, CustodyStep::Returned | CustodyStep::Destroyed))
    }
}
