//! The codes of other authorities for what holds, decides and releases: one table, exported with the decision.
//!
//! - CBP disposition codes, told to carriers and terminals: CBP and Trade Automated Interface Requirements, appendix N
//!   (September 2020), and Customs Automated Manifest Interface Requirements, appendix D (February 2015). 73 and 76
//!   (fumigation hold placed, removed), F4 and F6 (seal-check hold of the Agricultural Marketing Service) are not used:
//!   no hold here says that it is one of those.
//! - UK decision codes, given for each agency with a health check: the decision finders of DEFRA's
//!   `trade-imports-decision-deriver` and the names in `btms-portal-frontend`. Treatment, quarantine and seizure have
//!   none; other agencies' decisions do not go that way.
//! - UN/EDIFACT 7365, processing indicator (D.95A and later): 4 released, 5 examine, 6 documents, 7 detained, 8 may move
//!   under customs transfer.
//!
//! Where an authority has no code for a matter there is none here: nothing is mapped to what only resembles it.

use outpost_domain::{
    Agency, Decision, HoldType, Inspection, ItemOutcome, Openness, Purpose, RefusalAction,
    SectionState, State,
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
    /// An agency has not begun.
    NotBegun,
    /// An agency is at work.
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
            Self::NotBegun => "not-begun".to_owned(),
            Self::AtWork => "at-work".to_owned(),
            Self::Accepted(p) => format!("accepted:{p}"),
            Self::Refused(a) => format!("refused:{a}"),
            Self::Waived => "waived".to_owned(),
            Self::Overage => "overage".to_owned(),
            Self::Shortage => "shortage".to_owned(),
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

/// A matter of an inspection with its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What is coded.
    pub matter: Matter,
    /// Whose hold or decision it is; `None` for what concerns the goods.
    pub agency: Option<Agency>,
    /// Its codes.
    pub codes: Codes,
}

type Line = (Matter, &'static str, &'static str, &'static str);

use Matter as M;

/// Matter; CBP, UK, UN/EDIFACT. Empty where there is no code.
const TABLE: &[Line] = &[
    (M::HoldPlaced(HoldType::Manifest), "1H", "H01", "7"),
    (
        M::HoldPlaced(HoldType::CommercialEnforcement),
        "1H",
        "H01",
        "7",
    ),
    (M::HoldPlaced(HoldType::AntiTerror), "1H", "H01", "7"),
    (M::HoldPlaced(HoldType::Statistical), "1H", "H01", "7"),
    (M::HoldPlaced(HoldType::Document), "5H", "H01", "6"),
    (M::HoldPlaced(HoldType::Nii), "7H", "H01", "5"),
    (M::HoldPlaced(HoldType::Veterinary), "2H", "H01", "7"),
    (M::HoldPlaced(HoldType::Plant), "2H", "H01", "7"),
    (M::HoldPlaced(HoldType::Food), "3H", "H01", "7"),
    (M::HoldPlaced(HoldType::Safety), "3H", "H01", "7"),
    // A terminal is no agency: it reports damage, and neither CBP nor the UK has a code for its hold.
    (M::HoldPlaced(HoldType::Terminal), "", "", "7"),
    (M::HoldLifted(HoldType::Manifest), "1I", "", ""),
    (M::HoldLifted(HoldType::CommercialEnforcement), "1I", "", ""),
    (M::HoldLifted(HoldType::AntiTerror), "1I", "", ""),
    (M::HoldLifted(HoldType::Statistical), "1I", "", ""),
    (M::HoldLifted(HoldType::Document), "5I", "", ""),
    (M::HoldLifted(HoldType::Nii), "7I", "", ""),
    (M::HoldLifted(HoldType::Veterinary), "2I", "", ""),
    (M::HoldLifted(HoldType::Plant), "2I", "", ""),
    (M::HoldLifted(HoldType::Food), "3I", "", ""),
    (M::HoldLifted(HoldType::Safety), "3I", "", ""),
    (M::HoldLifted(HoldType::Terminal), "", "", ""),
    (M::NotBegun, "", "H02", ""),
    (M::AtWork, "", "H02", ""),
    (M::Accepted(Purpose::InternalMarket), "", "C03", ""),
    (M::Accepted(Purpose::Transit), "", "E03", "8"),
    (M::Accepted(Purpose::Transhipment), "", "E03", ""),
    (M::Accepted(Purpose::TemporaryImport), "", "C05", ""),
    (M::Accepted(Purpose::Warehouse), "", "E03", ""),
    (M::Accepted(Purpose::Channelled), "", "C06", ""),
    (M::Accepted(Purpose::ReEntry), "", "C06", ""),
    (M::Refused(RefusalAction::ReExport), "", "N04", ""),
    (M::Refused(RefusalAction::Destruction), "", "N02", ""),
    (M::Refused(RefusalAction::Transformation), "", "N03", ""),
    (M::Refused(RefusalAction::Treatment), "", "", ""),
    (M::Refused(RefusalAction::Quarantine), "", "", ""),
    (M::Refused(RefusalAction::OtherPurpose), "", "N05", ""),
    (M::Refused(RefusalAction::EntryRefusal), "", "N06", ""),
    (M::Refused(RefusalAction::Seizure), "1T", "", ""),
    (M::Waived, "", "C02", ""),
    (M::Overage, "1N", "", ""),
    (M::Shortage, "1O", "", ""),
    (M::Goods(Openness::Held), "", "", "7"),
    (M::Goods(Openness::Waiting), "1A", "", "5"),
    (M::Goods(Openness::Refused), "", "", "7"),
    // The released part is told item by item; for the whole neither has a code.
    (M::Goods(Openness::Partial), "", "", ""),
    (M::Goods(Openness::Withdrawn), "4A", "", "7"),
    (M::Goods(Openness::Released), "1C", "", "4"),
    (M::ReleasedAfterExam, "1B", "", "4"),
];

/// Whether an agency's holds and decisions have a UK check code: animals and their products, plants, food.
const fn has_health_check(agency: Agency) -> bool {
    matches!(
        agency,
        Agency::Veterinary | Agency::PlantHealth | Agency::PortHealth
    )
}

fn coded(matter: Matter, agency: Option<Agency>) -> Row {
    let some = |code: &'static str| (!code.is_empty()).then_some(code);
    let codes = TABLE
        .iter()
        .find(|line| line.0 == matter)
        .map(|(_, cbp, uk, edifact)| Codes {
            cbp: some(cbp),
            uk: some(uk).filter(|_| agency.is_some_and(has_health_check)),
            edifact: some(edifact),
        })
        .unwrap_or_default();
    Row {
        matter,
        agency,
        codes,
    }
}

/// Everything that is coded about an inspection as it stands: the goods, holds, decisions, deviations; each once.
pub fn codes_of(inspection: &Inspection, state: &State) -> Vec<Row> {
    let mut rows = vec![coded(goods(inspection, state), None)];
    let mut add = |matter: Matter, agency: Option<Agency>| {
        let row = coded(matter, agency);
        if !rows.contains(&row) {
            rows.push(row);
        }
    };
    for record in &state.holds {
        let hold = &record.hold;
        let matter = if record.is_open() {
            M::HoldPlaced(hold.hold_type)
        } else {
            M::HoldLifted(hold.hold_type)
        };
        add(matter, Some(hold.agency));
    }
    for section in &state.sections {
        match section.state {
            SectionState::Waiting if section.required => add(M::NotBegun, Some(section.agency)),
            SectionState::InProgress => add(M::AtWork, Some(section.agency)),
            _ => {}
        }
        for record in section.decisions() {
            let matter = match &record.decision {
                Decision::Acceptable { purpose, .. } => M::Accepted(*purpose),
                Decision::NotAcceptable { action, .. } => M::Refused(*action),
                Decision::Waived { .. } => M::Waived,
            };
            add(matter, Some(section.agency));
        }
    }
    for (outcome, matter) in [
        (ItemOutcome::Excess, M::Overage),
        (ItemOutcome::Shortage, M::Shortage),
    ] {
        if state.items.iter().any(|i| i.outcome == outcome) {
            add(matter, None);
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
                "agency": r.agency,
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
            let rows = TABLE.iter().filter(|line| line.0 == matter).count();
            assert_eq!(rows, 1, "{}", matter.name());
        }
    }

    #[test]
    fn every_code_is_one_of_its_list() {
        const CBP: &[&str] = &[
            "", "1A", "1B", "1C", "1H", "1I", "2H", "2I", "3H", "3I", "5H", "5I", "7H", "7I", "4A",
            "1T", "1N", "1O",
        ];
        const UK: &[&str] = &[
            "", "H01", "H02", "C02", "C03", "C05", "C06", "E03", "N02", "N03", "N04", "N05", "N06",
        ];
        for (matter, cbp, uk, edifact) in TABLE {
            let fits = CBP.contains(cbp)
                && UK.contains(uk)
                && ["", "4", "5", "6", "7", "8"].contains(edifact);
            assert!(fits, "{}", matter.name());
        }
    }

    #[test]
    fn only_agencies_with_a_health_check_have_uk_codes() {
        let of = |agency| coded(M::Accepted(Purpose::InternalMarket), agency).codes.uk;
        assert_eq!(of(Some(Agency::Veterinary)), Some("C03"));
        assert_eq!(of(Some(Agency::Customs)), None);
        assert_eq!(of(None), None);
    }
}
