//! What the figures need to know of one inspection, derived from its snapshot and its state.

use jiff::Timestamp;

use crate::release::is_undecided;
use crate::{
    Agency, Alarm, Answer, CheckKind, CheckResult, Decision, HoldId, HoldType, ImageConclusion,
    Inspection, ItemOutcome, Openness, RegionVerdict, Section, Severity, State,
};

/// An agency's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionFacts {
    /// The agency.
    pub agency: Agency,
    /// When it took its section in hand.
    pub claimed_at: Option<Timestamp>,
    /// When it had decided on everything.
    pub decided_at: Option<Timestamp>,
    /// Who decided last.
    pub decided_by: Option<String>,
    /// Whether it was awaited at the slot and did not come; `None` when it was not awaited.
    pub absent: Option<bool>,
}

/// An alarm on a radiograph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmFacts {
    /// When the radiograph was read.
    pub at: Timestamp,
    /// What the physical exam made of it.
    pub became: Alarm,
    /// Model and place of the scanner.
    pub scanner: String,
}

/// A hold's life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldFacts {
    /// Its name.
    pub hold: HoldId,
    /// Whose it is.
    pub agency: Agency,
    /// Its type.
    pub hold_type: HoldType,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Who placed it.
    pub placed_by: String,
    /// When it was lifted.
    pub lifted_at: Option<Timestamp>,
    /// Who lifted it.
    pub lifted_by: Option<String>,
    /// Whether it was lifted against the agency that placed it, with two signatures.
    pub overridden: bool,
}

/// What the figures need to know of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Since when it waits: presented, else ordered.
    pub since: Timestamp,
    /// The bay of its slot.
    pub bay: Option<String>,
    /// When every required agency had decided.
    pub decided_at: Option<Timestamp>,
    /// When nothing more was awaited: decided by all, and no hold stood.
    pub closed_at: Option<Timestamp>,
    /// Whether only some of the goods were released.
    pub partial: bool,
    /// Whether anybody found something.
    pub hit: bool,
    /// Whether customs did: what the selection criteria are measured by.
    pub customs_hit: bool,
    /// The first radiograph that was read as showing an anomaly.
    pub alarm: Option<AlarmFacts>,
    /// A part per agency.
    pub sections: Vec<SectionFacts>,
    /// Every hold.
    pub holds: Vec<HoldFacts>,
}

/// Derives the facts. They change only with snapshot and entries, never with the clock.
pub fn facts(inspection: &Inspection, state: &State) -> Facts {
    let items: Vec<u32> = state.release.iter().map(|r| r.item).collect();
    let sections: Vec<SectionFacts> = state
        .sections
        .iter()
        .map(|section| section_facts(section, state, &items))
        .collect();
    let decided_at = decided_at(state, &sections);
    Facts {
        since: inspection.presented_at.unwrap_or(inspection.ordered_at),
        bay: state.slot.as_ref().map(|s| s.slot.bay.clone()),
        decided_at,
        closed_at: closed_at(inspection, state, decided_at),
        partial: state.openness == Openness::Partial,
        hit: is_hit(state, |_| true),
        customs_hit: is_hit(state, |agency| agency == Agency::Customs),
        alarm: alarm(inspection, state),
        holds: state.holds.iter().map(hold_facts).collect(),
        sections,
    }
}

fn section_facts(section: &Section, state: &State, items: &[u32]) -> SectionFacts {
    let last = section.decisions().max_by_key(|d| d.at);
    let decided = last.filter(|_| !is_undecided(section, items));
    let begun = section.checks.iter().map(|c| c.at);
    let begun = begun.chain(section.decisions().map(|d| d.at)).min();
    SectionFacts {
        agency: section.agency,
        claimed_at: section.claimed_at.or(begun),
        decided_at: decided.map(|d| d.at),
        decided_by: decided.map(|d| d.by.clone()),
        absent: absent(section.agency, state),
    }
}

fn absent(agency: Agency, state: &State) -> Option<bool> {
    let slot = state.slot.as_ref()?;
    let invited = slot.slot.agencies.iter().find(|a| a.agency == agency)?;
    (invited.answer != Answer::Waived).then(|| slot.no_shows.contains(&agency))
}

fn decided_at(state: &State, facts: &[SectionFacts]) -> Option<Timestamp> {
    let required = state.sections.iter().zip(facts).filter(|(s, _)| s.required);
    let each: Option<Vec<Timestamp>> = required.map(|(_, f)| f.decided_at).collect();
    each?.into_iter().max()
}

fn closed_at(
    inspection: &Inspection,
    state: &State,
    decided_at: Option<Timestamp>,
) -> Option<Timestamp> {
    let done = matches!(
        state.openness,
        Openness::Released | Openness::Partial | Openness::Refused
    );
    let lifted = state.holds.iter().filter_map(|h| h.lifted.as_ref());
    let last = lifted.map(|(_, at, _)| *at).chain(decided_at).max();
    // Where nobody's decision is awaited it is done as it begins; a clock that was set back must not make it end before.
    let begun = inspection.ordered_at;
    done.then(|| last.map_or(begun, |at| at.max(begun)))
}

fn is_hit(state: &State, by: impl Fn(Agency) -> bool) -> bool {
    let refused = |d: &Decision| matches!(d, Decision::NotAcceptable { .. });
    state
        .findings
        .iter()
        .any(|f| by(f.agency) && f.severity != Severity::Note)
        || state
            .items
            .iter()
            .any(|i| by(i.agency) && i.outcome != ItemOutcome::Match)
        || state
            .seals
            .iter()
            .any(|s| by(s.agency) && !s.seal.conform())
        || state
            .sections
            .iter()
            .any(|s| by(s.agency) && s.decisions().any(|d| refused(&d.decision)))
}

fn alarm(inspection: &Inspection, state: &State) -> Option<AlarmFacts> {
    let alarms = state.images.iter();
    let alarms = alarms.filter(|i| i.conclusion == ImageConclusion::Anomaly);
    let first = alarms.min_by_key(|i| i.at)?;
    let scans = crate::scans(inspection, state);
    let scan = scans.iter().find(|s| s.blob == first.scan);
    let verdicts: Vec<RegionVerdict> = state
        .regions
        .iter()
        .filter(|r| scans.iter().any(|s| s.blob == r.scan))
        .filter_map(|r| r.judgement.as_ref().map(|j| j.verdict))
        .collect();
    Some(AlarmFacts {
        at: first.at,
        became: if verdicts.contains(&RegionVerdict::Hit) {
            Alarm::Confirmed
        } else if verdicts.is_empty() {
            physically(state)
        } else {
            Alarm::FalseAlarm
        },
        scanner: scan.map_or_else(String::new, |s| format!("{} · {}", s.scanner, s.site)),
    })
}

/// Where no region was judged, the physical check tells.
fn physically(state: &State) -> Alarm {
    let checks = state.sections.iter().flat_map(|s| &s.checks);
    let results: Vec<CheckResult> = checks
        .filter(|c| c.check == CheckKind::Physical)
        .map(|c| c.result)
        .collect();
    let found = |r: &CheckResult| {
        matches!(
            r,
            CheckResult::NotSatisfactory | CheckResult::AfterIntervention
        )
    };
    if results.iter().any(found) {
        Alarm::Confirmed
    } else if results.contains(&CheckResult::Satisfactory) {
        Alarm::FalseAlarm
    } else {
        Alarm::Unexamined
    }
}

fn hold_facts(record: &crate::HoldRecord) -> HoldFacts {
    let confirmed = record.overriding.as_ref().map(|o| o.confirmed.is_some());
    HoldFacts {
        hold: record.hold.id,
        agency: record.hold.agency,
        hold_type: record.hold.hold_type,
        placed_at: record.hold.placed_at,
        placed_by: record.hold.placed_by_name.clone(),
        lifted_at: record.lifted.as_ref().map(|(_, at, _)| *at),
        lifted_by: record.lifted.as_ref().map(|(by, _, _)| by.clone()),
        overridden: confirmed == Some(true),
    }
}
