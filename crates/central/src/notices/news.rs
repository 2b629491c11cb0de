//! What there is to tell when an inspection has changed: found by comparing how it stood with how it stands.
//!
//! Terminals learn that a unit is controlled, held or released, by whom and for what control. Why it was selected, why
//! it is held, of what kind the hold is, what was found and who acted stays with the officers.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use outpost_domain::{
    Agency, Entry, ExamType, HoldId, HoldLevel, Inspection, Openness, State, project,
};
use serde::{Deserialize, Serialize};

/// What a receiver may ask to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// That goods are to be inspected.
    Inspection,
    /// Holds placed and lifted.
    Hold,
    /// Releases and their withdrawal.
    Release,
}

/// A control that the goods wait for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Control {
    agency: Agency,
    control: String,
}

/// Where and when the goods are inspected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Appointment {
    bay: String,
    start: Timestamp,
    end: Timestamp,
}

/// The inspection as ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Order {
    bill: Option<String>,
    units: Vec<String>,
    exams: Vec<ExamType>,
    controls: Vec<Control>,
    slot: Option<Appointment>,
}

/// A hold as far as a terminal may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    hold: HoldId,
    agency: Agency,
    /// What the agency controls; absent where it holds the goods without a control of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    control: Option<String>,
    blocks: HoldLevel,
}

/// How much of the goods may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "goods", rename_all = "kebab-case")]
pub enum Cleared {
    /// Nothing.
    None,
    /// These items of the declaration; the others were refused.
    Items {
        /// Their numbers.
        items: Vec<u32>,
    },
    /// All.
    All,
}

/// How an inspection stands, as far as terminals are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    order: Order,
    holds: BTreeMap<HoldId, Held>,
    cleared: Cleared,
}

impl Standing {
    /// How it stands after these entries.
    pub fn of(inspection: &Inspection, entries: &[Entry]) -> Self {
        let state = project(inspection, entries);
        let controls: HashMap<Agency, String> = inspection
            .agencies
            .iter()
            .map(|task| (task.agency, task.control.clone()))
            .collect();
        let holds = state.open_holds().map(|record| {
            let hold = &record.hold;
            let held = Held {
                hold: hold.id,
                agency: hold.agency,
                control: controls.get(&hold.agency).cloned(),
                blocks: hold.level.clone(),
            };
            (hold.id, held)
        });
        Self {
            holds: holds.collect(),
            order: order(inspection, &state),
            cleared: cleared(&state),
        }
    }
}

fn order(inspection: &Inspection, state: &State) -> Order {
    // Who may attend is not told: the goods do not wait for it, and police among them is a reason in itself.
    let awaited = inspection.agencies.iter().filter(|task| task.required);
    Order {
        bill: inspection
            .consignment
            .bills
            .first()
            .map(|b| b.number.clone()),
        units: inspection
            .units
            .iter()
            .map(|unit| unit.number.as_str().to_owned())
            .collect(),
        exams: inspection.exams.clone(),
        controls: awaited
            .map(|task| Control {
                agency: task.agency,
                control: task.control.clone(),
            })
            .collect(),
        slot: state.slot.as_ref().map(|s| Appointment {
            bay: s.slot.bay.clone(),
            start: s.slot.start,
            end: s.slot.end,
        }),
    }
}

fn cleared(state: &State) -> Cleared {
    match state.openness {
        Openness::Released => Cleared::All,
        Openness::Partial => Cleared::Items {
            items: state
                .release
                .iter()
                .filter(|r| r.openness == Openness::Released)
                .map(|r| r.item)
                .collect(),
        },
        Openness::Held | Openness::Waiting | Openness::Refused | Openness::Withdrawn => {
            Cleared::None
        }
    }
}

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The type of the notice.
    pub kind: &'static str,
    /// Who is told.
    pub topic: Topic,
    /// What a later notice makes outdated.
    pub subject: String,
    /// What is told beside the names of the inspection.
    pub what: What,
}

/// What a notice tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum What {
    /// The inspection as ordered.
    Order(Order),
    /// A hold.
    Hold(Held),
    /// How much of the goods may go.
    Release(Cleared),
}

/// What there is to tell, in the order in which it is told: what stops goods before what lets them go.
pub fn news(before: Option<&Standing>, after: &Standing) -> Vec<News> {
    let mut all = Vec::new();
    if before.is_none_or(|before| before.order != after.order) {
        all.push(News {
            kind: match before {
                None => "inspection.ordered",
                Some(_) => "inspection.changed",
            },
            topic: Topic::Inspection,
            subject: "order".to_owned(),
            what: What::Order(after.order.clone()),
        });
    }
    let cleared = before.map_or(&Cleared::None, |before| &before.cleared);
    let moved = *cleared != after.cleared;
    if moved && after.cleared == Cleared::None {
        all.push(release("release.withdrawn", &after.cleared));
    }
    let none = BTreeMap::new();
    let held = before.map_or(&none, |before| &before.holds);
    let missing = |id: &HoldId, of: &BTreeMap<HoldId, Held>| !of.contains_key(id);
    let placed = after.holds.values().filter(|h| missing(&h.hold, held));
    all.extend(placed.map(|h| hold("hold.placed", h)));
    let lifted = held.values().filter(|h| missing(&h.hold, &after.holds));
    all.extend(lifted.map(|h| hold("hold.lifted", h)));
    if moved && after.cleared != Cleared::None {
        all.push(release("release.given", &after.cleared));
    }
    all
}

fn hold(kind: &'static str, held: &Held) -> News {
    News {
        kind,
        topic: Topic::Hold,
        subject: format!("hold {}", held.hold.0),
        what: What::Hold(held.clone()),
    }
}

fn release(kind: &'static str, cleared: &Cleared) -> News {
    News {
        kind,
        topic: Topic::Release,
        subject: "release".to_owned(),
        what: What::Release(cleared.clone()),
    }
}
