//! The codes of other authorities for what holds, decides and releases: one table.
//!
//! - CBP disposition codes (ACE CATAIR, appendix on disposition codes), told to carriers and terminals;
//! - UK decision codes per item and agency (ALVS; the mapping of purposes follows DEFRA's published decision finders);
//! - UN/EDIFACT 7365, processing indicator.
//!
//! Where an authority has no code for a matter there is none here: nothing is mapped to what only resembles it.

use outpost_domain::{
    Decision, HoldReason, HoldType, Inspection, ItemOutcome, Openness, Purpose, RefusalAction,
    SectionState, State, TreatmentKind,
};
use serde::Serialize;
use serde_json::{Value, json};

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A hold of this type stands.
    HoldPlaced(HoldType),
    /// A hold of this type was lifted.
    HoldLifted(HoldType),
    /// A hold stands because of a seal, whatever its type.
    SealHoldPlaced,
    /// A hold because of a seal was lifted.
    SealHoldLifted,
    /// An agency has not begun.
    NotBegun,
    /// An agency is at work, or holds the goods.
    AtWork,
    /// An agency accepts the goods for this purpose.
    Accepted(Purpose),
    /// An agency refuses the goods, and this is to happen to them.
    Refused(RefusalAction),
    /// An agency leaves the goods to the others.
    Waived,
    /// Goods were found that are more than declared.
    Overage,
    /// Goods are less than declared.
    Shortage,
    /// The goods were fumigated.
    Fumigated,
    /// The goods as a whole stand so.
    Goods(Openness),
    /// The goods are released and were examined before.
    ReleasedAfterExam,
}

impl Matter {
    /// A name for machines: `hold-placed:document`.
    pub fn name(self) -> String {
        match self {
            Self::HoldPlaced(t) => format!("hold-placed:{t}"),
            Self::HoldLifted(t) => format!("hold-lifted:{t}"),
            Self::SealHoldPlaced => "seal-hold-placed".to_owned(),
            Self::SealHoldLifted => "seal-hold-lifted".to_owned(),
            Self::NotBegun => "not-begun".to_owned(),
            Self::AtWork => "at-work".to_owned(),
            Self::Accepted(p) => format!("accepted:{p}"),
            Self::Refused(a) => format!("refused:{a}"),
            Self::Waived => "waived".to_owned(),
            Self::Overage => "overage".to_owned(),
            Self::Shortage => "shortage".to_owned(),
            Self::Fumigated => "fumigated".to_owned(),
            Self::Goods(o) => format!("goods:{o}"),
            Self::ReleasedAfterExam => "released-after-exam".to_owned(),
        }
    }
}

/// What other authorities call a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Codes {
    /// CBP disposition code.
    pub cbp: Option<&'static str>,
    /// UK decision code.
    pub uk: Option<&'static str>,
    /// UN/EDIFACT 7365.
    pub edifact: Option<&'static str>,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What is coded.
    pub matter: Matter,
    /// Its codes.
    pub codes: Codes,
}

const fn row(matter: Matter, cbp: &'static str, uk: &'static str, edifact: &'static str) -> Row {
    const fn some(code: &'static str) -> Option<&'static str> {
        if code.is_empty() { None } else { Some(code) }
    }
    Row {
        matter,
        codes: Codes {
            cbp: some(cbp),
            uk: some(uk),
            edifact: some(edifact),
        },
    }
}

use Matter as M;

const TABLE: &[Row] = &[
    row(M::HoldPlaced(HoldType::Manifest), "1H", "H02", "7"),
    row(
        M::HoldPlaced(HoldType::CommercialEnforcement),
        "1H",
        "H02",
        "7",
    ),
    row(M::HoldPlaced(HoldType::AntiTerror), "1H", "H02", "7"),
    row(M::HoldPlaced(HoldType::Statistical), "1H", "H02", "7"),
    row(M::HoldPlaced(HoldType::Document), "5H", "H02", "6"),
    row(M::HoldPlaced(HoldType::Nii), "7H", "H02", "5"),
    row(M::HoldPlaced(HoldType::Veterinary), "2H", "H02", "7"),
    row(M::HoldPlaced(HoldType::Plant), "2H", "H02", "7"),
    row(M::HoldPlaced(HoldType::Food), "3H", "H02", "7"),
    row(M::HoldPlaced(HoldType::Safety), "3H", "H02", "7"),
    // A terminal is no agency: it reports damage, and neither CBP nor the UK has a code for its hold.
    row(M::HoldPlaced(HoldType::Terminal), "", "", "7"),
    row(M::HoldLifted(HoldType::Manifest), "1I", "", ""),
    row(M::HoldLifted(HoldType::CommercialEnforcement), "1I", "", ""),
    row(M::HoldLifted(HoldType::AntiTerror), "1I", "", ""),
    row(M::HoldLifted(HoldType::Statistical), "1I", "", ""),
    row(M::HoldLifted(HoldType::Document), "5I", "", ""),
    row(M::HoldLifted(HoldType::Nii), "7I", "", ""),
    row(M::HoldLifted(HoldType::Veterinary), "2I", "", ""),
    row(M::HoldLifted(HoldType::Plant), "2I", "", ""),
    row(M::HoldLifted(HoldType::Food), "3I", "", ""),
    row(M::HoldLifted(HoldType::Safety), "3I", "", ""),
    row(M::HoldLifted(HoldType::Terminal), "", "", ""),
    row(M::SealHoldPlaced, "F4", "H02", "7"),
    row(M::SealHoldLifted, "F6", "", ""),
    row(M::NotBegun, "", "H01", ""),
    row(M::AtWork, "", "H02", ""),
    row(M::Accepted(Purpose::InternalMarket), "", "C03", ""),
    row(M::Accepted(Purpose::Transit), "", "E03", "8"),
    row(M::Accepted(Purpose::Transhipment), "", "E03", "8"),
    row(M::Accepted(Purpose::TemporaryImport), "", "C05", ""),
    row(M::Accepted(Purpose::Warehouse), "", "E03", "8"),
    row(M::Accepted(Purpose::Channelled), "", "C06", ""),
    row(M::Accepted(Purpose::ReEntry), "", "C06", ""),
    row(M::Refused(RefusalAction::ReExport), "", "N04", "7"),
    row(M::Refused(RefusalAction::Destruction), "", "N02", "7"),
    row(M::Refused(RefusalAction::Transformation), "", "N03", "7"),
    row(M::Refused(RefusalAction::Treatment), "", "N07", "7"),
    row(M::Refused(RefusalAction::Quarantine), "", "N07", "7"),
    row(M::Refused(RefusalAction::OtherPurpose), "", "N07", "7"),
    row(M::Refused(RefusalAction::EntryRefusal), "", "N07", "7"),
    row(M::Refused(RefusalAction::Seizure), "1T", "N07", "7"),
    row(M::Waived, "", "C02", ""),
    row(M::Overage, "1N", "", ""),
    row(M::Shortage, "1O", "", ""),
    row(M::Fumigated, "76", "", ""),
    row(M::Goods(Openness::Held), "", "", "7"),
    row(M::Goods(Openness::Waiting), "1A", "", "5"),
    row(M::Goods(Openness::Refused), "", "", "7"),
    // The released part is told item by item; for the whole neither has a code.
    row(M::Goods(Openness::Partial), "", "", ""),
    row(M::Goods(Openness::Withdrawn), "4A", "", "7"),
    row(M::Goods(Openness::Released), "1C", "", "4"),
    row(M::ReleasedAfterExam, "1B", "", "4"),
];

/// The whole table.
pub const fn table() -> &'static [Row] {
    TABLE
}

fn codes(matter: Matter) -> Row {
    let codes = TABLE
        .iter()
        .find(|r| r.matter == matter)
        .map(|r| r.codes)
        .unwrap_or_default();
    Row { matter, codes }
}

/// Everything that is coded about an inspection as it stands: the goods, holds, decisions, deviations; each once.
pub fn codes_of(inspection: &Inspection, state: &State) -> Vec<Row> {
    let mut matters = vec![goods(inspection, state)];
    for record in &state.holds {
        let (hold, open) = (&record.hold, record.is_open());
        matters.push(match (hold.reason == HoldReason::Seal, open) {
            (true, true) => M::SealHoldPlaced,
            (true, false) => M::SealHoldLifted,
            (false, true) => M::HoldPlaced(hold.hold_type),
            (false, false) => M::HoldLifted(hold.hold_type),
        });
    }
    for section in &state.sections {
        match section.state {
            SectionState::Waiting if section.required => matters.push(M::NotBegun),
            SectionState::InProgress | SectionState::Held => matters.push(M::AtWork),
            _ => {}
        }
        matters.extend(section.decisions().map(|d| match &d.decision {
            Decision::Acceptable { purpose, .. } => M::Accepted(*purpose),
            Decision::NotAcceptable { action, .. } => M::Refused(*action),
            Decision::Waived { .. } => M::Waived,
        }));
    }
    let found = |outcome| state.items.iter().any(|i| i.outcome == outcome);
    if found(ItemOutcome::Excess) {
        matters.push(M::Overage);
    }
    if found(ItemOutcome::Shortage) {
        matters.push(M::Shortage);
    }
    let fumigated =
        |t: &outpost_domain::TreatmentRecord| t.treatment.treatment == TreatmentKind::Fumigation;
    if state.treatments.iter().any(fumigated) {
        matters.push(M::Fumigated);
    }
    let mut rows: Vec<Row> = Vec::new();
    for matter in matters {
        if rows.iter().all(|r| r.matter != matter) {
            rows.push(codes(matter));
        }
    }
    rows
}

fn goods(inspection: &Inspection, state: &State) -> Matter {
    let examined =
        !inspection.exams.is_empty() && state.sections.iter().any(|s| !s.checks.is_empty());
    if state.openness == Openness::Released && examined {
        M::ReleasedAfterExam
    } else {
        M::Goods(state.openness)
    }
}

/// The codes of an inspection as it stands, for other systems.
pub fn codes_as_json(inspection: &Inspection, state: &State) -> Value {
    let rows: Vec<Value> = codes_of(inspection, state)
        .iter()
        .map(|r| {
            json!({
                "matter": r.matter.name(),
                "cbp": r.codes.cbp,
                "uk": r.codes.uk,
                "unedifact7365": r.codes.edifact,
            })
        })
        .collect();
    json!({
        "inspection": inspection.id,
        "reference": inspection.reference,
        "openness": state.openness,
        "record": state.record.hash,
        "codes": rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_matter_stands_in_the_table_once() {
        let holds = HoldType::ALL
            .iter()
            .flat_map(|t| [M::HoldPlaced(*t), M::HoldLifted(*t)]);
        let decided = Purpose::ALL.iter().map(|p| M::Accepted(*p));
        let refused = RefusalAction::ALL.iter().map(|a| M::Refused(*a));
        let goods = Openness::ALL.iter().map(|o| M::Goods(*o));
        let all: Vec<Matter> = holds.chain(decided).chain(refused).chain(goods).collect();
        for matter in all {
            let rows = TABLE.iter().filter(|r| r.matter == matter).count();
            assert_eq!(rows, 1, "{}", matter.name());
        }
    }

    #[test]
    fn every_code_is_one_of_its_list() {
        const CBP: &[&str] = &[
            "1A", "1B", "1C", "1H", "1I", "2H", "2I", "3H", "3I", "5H", "5I", "7H", "7I", "73",
            "76", "4A", "1T", "1N", "1O", "F4", "F6",
        ];
        const UK: &[&str] = &[
            "H01", "H02", "C02", "C03", "C05", "C06", "C07", "C08", "E03", "N01", "N02", "N03",
            "N04", "N07", "X00",
        ];
        for row in TABLE {
            let known = |code: Option<&str>, list: &[&str]| code.is_none_or(|c| list.contains(&c));
            let fits = known(row.codes.cbp, CBP)
                && known(row.codes.uk, UK)
                && known(row.codes.edifact, &["4", "5", "6", "7", "8"]);
            assert!(fits, "{row:?}");
        }
    }
}
