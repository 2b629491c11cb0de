//! Queues: for what an inspection waits, as a supervisor goes through the post's work.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    AlertKind, HoldRecord, Inspection, OfficerId, Openness, OpinionWait, SampleRecord, Section,
    SectionState, State, review,
};

coded_enum! {
    /// A queue of the post. An inspection may stand in several at once.
    Queue {
        /// Nobody is assigned, and no agency has begun.
        Unassigned = "unassigned",
        /// The goods are not presented yet.
        Goods = "goods",
        /// A required agency has decided, and another has not.
        Agency = "agency",
        /// A sample's result is awaited on which a decision depends.
        Lab = "lab",
        /// A hold is to be overridden and the second signature is missing.
        Approval = "approval",
        /// A hold stands beyond the date on which it was to be looked at again.
        Review = "review",
        /// A unit was not collected or presented in time.
        Abandoned = "abandoned",
        /// Entries were refused or contend, and wait for a person.
        Parked = "parked",
        /// Another reader was asked what a radiograph shows, and has not said it yet.
        Opinion = "opinion",
    }
}

/// For what an inspection waits, as far as snapshot and journal tell; who asks, and on which day, comes with the question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Waits {
    /// Queues that depend on nothing else: all but [`Queue::Approval`], [`Queue::Review`], [`Queue::Parked`]
    /// and [`Queue::Opinion`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub queues: Vec<Queue>,
    /// The earliest date on which a hold that stands is to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Date>,
    /// Who proposed the overrides whose second signature is missing; never who gives it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proposers: Vec<OfficerId>,
    /// Second opinions that nobody gave yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<OpinionWait>,
}

impl Waits {
    /// Whether nothing is waited for.
    pub fn is_empty(&self) -> bool {
        self.queues.is_empty()
            && self.review.is_none()
            && self.proposers.is_empty()
            && self.opinions.is_empty()
    }
}

/// For what an inspection waits as it stands. Released goods wait for nothing.
pub fn waits(inspection: &Inspection, state: &State) -> Waits {
    if state.openness == Openness::Released {
        return Waits::default();
    }
    let begun = state
        .sections
        .iter()
        .any(|s| s.state != SectionState::Waiting);
    let required = || state.sections.iter().filter(|s| s.required);
    let decided = |s: &Section| {
        use SectionState::{Accepted, Partial, Refused, Waived};
        matches!(s.state, Accepted | Partial | Refused | Waived)
    };
    let presented = inspection.presented_at.is_some();
    let alerts = inspection.units.iter().flat_map(|unit| &unit.alerts);
    let waiting = [
        (Queue::Unassigned, state.assigned_to.is_empty() && !begun),
        (Queue::Goods, !presented),
        (
            Queue::Agency,
            required().any(decided) && !required().all(decided),
        ),
        (Queue::Lab, state.samples.iter().any(SampleRecord::delays)),
        (
            Queue::Abandoned,
            alerts
                .into_iter()
                .any(|alert| alert.kind == AlertKind::Abandoned),
        ),
    ];
    let unsigned = |h: &HoldRecord| {
        let proposal = h.overriding.as_ref().filter(|o| o.is_pending());
        proposal.map(|o| o.proposer)
    };
    Waits {
        queues: waiting
            .into_iter()
            .filter_map(|(queue, is)| is.then_some(queue))
            .collect(),
        review: state.open_holds().filter_map(|h| h.hold.review).min(),
        proposers: state.open_holds().filter_map(unsigned).collect(),
        opinions: review::opinions_awaited(state),
    }
}
