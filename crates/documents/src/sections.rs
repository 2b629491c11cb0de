//! Parts that more than one paper has: what the inspection is of, holds, decisions, codes.

use outpost_domain::{
    BillLevel, Condition, Decision, HoldLevel, HoldRecord, Inspection, ItemOutcome, Openness,
    PaperLanguage, State, Unit, UnitNumber,
};

use crate::codes::{Matter, codes_of};
use crate::paper::{Block, Lines, Part, line, push};
use crate::words::Words;

/// A unit with its size and type.
fn unit(unit: &Unit) -> String {
    match &unit.size_type {
        Some(size) => format!("{} · {size}", unit.number.spaced()),
        None => unit.number.spaced(),
    }
}

/// A unit's number as read aloud; as it stands when it is none.
pub(crate) fn unit_number(text: &str) -> String {
    text.parse::<UnitNumber>()
        .map_or_else(|_| text.to_owned(), |number| number.spaced())
}

/// What the inspection is of: reference, declaration, bills, units.
pub(crate) fn goods_facts(inspection: &Inspection, words: &Words) -> Vec<(String, Lines)> {
    let consignment = &inspection.consignment;
    let bills = consignment
        .bills
        .iter()
        .map(|b| {
            let level = words.code("bill-level", b.level);
            match b.level {
                BillLevel::Master => format!("{level} {}", b.number),
                BillLevel::House => format!("{} ({level})", b.number),
            }
        })
        .collect();
    let mut facts = vec![
        (words.say("doc-reference"), line(&inspection.reference)),
        (
            words.say("doc-mrn"),
            consignment
                .mrn
                .iter()
                .map(ToString::to_string)
                .collect::<Lines>(),
        ),
        (words.say("doc-bills"), bills),
        (
            words.say("doc-units"),
            inspection.units.iter().map(unit).collect(),
        ),
    ];
    for party in &consignment.parties {
        let name = format!("{} ({})", party.name, party.country);
        facts.push((words.code("party", party.role), line(name)));
    }
    facts
}

/// What a hold blocks.
pub(crate) fn level(level: &HoldLevel, words: &Words) -> String {
    let named = |key: &str, number: &str| words.say_with(key, &[("number", number.to_owned())]);
    match level {
        HoldLevel::Bill { number } => named("doc-level-bill", number),
        HoldLevel::HouseBill { number } => named("doc-level-house-bill", number),
        HoldLevel::Unit { number } => named("doc-level-unit", &unit_number(number)),
        HoldLevel::Item { number } => named("doc-level-item", &number.to_string()),
        HoldLevel::Conveyance => words.say("doc-level-conveyance"),
    }
}

/// A row for a hold: what, whose and why, placed, what became of it.
pub(crate) fn hold(record: &HoldRecord, words: &Words) -> Vec<Lines> {
    let hold = &record.hold;
    let mut why = line(words.code("hold-reason", hold.reason));
    push(&mut why, &hold.note);
    let mut fate = match &record.lifted {
        Some((by, at, reason)) => {
            let mut fate = line(words.say_with(
                "doc-hold-lifted",
                &[("who", by.clone()), ("at", words.moment(*at))],
            ));
            push(&mut fate, reason);
            fate
        }
        None => line(words.say("doc-hold-open")),
    };
    if let (None, Some(review)) = (&record.lifted, hold.review) {
        fate.push(words.say_with("doc-review", &[("date", words.date(review))]));
    }
    if let Some(over) = &record.overriding {
        fate.push(words.say_with(
            "doc-override",
            &[
                ("who", over.by.clone()),
                ("at", words.moment(over.at)),
                ("reason", over.reason.clone()),
            ],
        ));
        if let Some((by, at)) = &over.confirmed {
            fate.push(words.say_with(
                "doc-override-confirmed",
                &[("who", by.clone()), ("at", words.moment(*at))],
            ));
        }
        if let Some((by, at, reason)) = &over.declined {
            fate.push(words.say_with(
                "doc-override-declined",
                &[
                    ("who", by.clone()),
                    ("at", words.moment(*at)),
                    ("reason", reason.clone()),
                ],
            ));
        }
    }
    vec![
        vec![
            words.code("hold-type", hold.hold_type),
            level(&hold.level, words),
        ],
        line(words.agency(hold.agency)),
        why,
        line(words.by(&hold.placed_by_name, hold.placed_at)),
        fate,
    ]
}

/// The head of a table of holds.
pub(crate) const HOLD_HEAD: &[&str] = &[
    "doc-hold",
    "doc-agency",
    "doc-reason",
    "doc-placed",
    "doc-fate",
];

/// A decision in words.
pub(crate) fn decision(decision: &Decision, words: &Words) -> Lines {
    match decision {
        Decision::Acceptable {
            purpose,
            conditions,
            coded,
        } => {
            let purpose = words.code("purpose", purpose);
            let mut lines = line(words.say_with("doc-accepted", &[("purpose", purpose)]));
            lines.extend(coded.iter().map(|c| condition(c, words)));
            push(&mut lines, conditions);
            lines
        }
        Decision::NotAcceptable {
            action,
            family,
            reason,
            deadline,
        } => {
            let action = words.code("refusal", action);
            let mut lines = line(words.say_with("doc-refused", &[("action", action)]));
            if let Some(family) = family {
                lines.push(words.code("refusal-family", family));
            }
            push(&mut lines, reason);
            if let Some(deadline) = deadline {
                lines.push(words.say_with("doc-until", &[("date", words.date(*deadline))]));
            }
            lines
        }
        Decision::Waived { reason } => {
            let mut lines = line(words.say("doc-waived"));
            push(&mut lines, reason);
            lines
        }
    }
}

fn condition(condition: &Condition, words: &Words) -> String {
    let mut told = vec![words.code("condition", condition.code)];
    push(&mut told, &condition.place);
    if let Some(deadline) = condition.deadline {
        told.push(words.say_with("doc-until", &[("date", words.date(deadline))]));
    }
    told.join(" · ")
}

/// A goods item's number and description.
pub(crate) fn item(inspection: &Inspection, number: u32) -> Lines {
    let mut lines = line(number.to_string());
    if let Some(item) = inspection.consignment.item(number) {
        push(&mut lines, &item.description);
    }
    lines
}

/// Items × agencies with their decisions; without items the consignment is decided as one.
pub(crate) fn matrix(inspection: &Inspection, state: &State, words: &Words) -> Part {
    let mut head = vec![words.say("doc-item")];
    head.extend(state.sections.iter().map(|s| {
        let name = words.agency(s.agency);
        if s.required {
            name
        } else {
            words.say_with("doc-not-required", &[("agency", name)])
        }
    }));
    head.push(words.say("doc-may-go"));
    let cell = |decided: Option<&outpost_domain::DecisionRecord>| match decided {
        Some(record) => {
            let mut lines = decision(&record.decision, words);
            lines.push(words.by(&record.by, record.at));
            lines
        }
        None => line(words.say("doc-undecided")),
    };
    let mut rows: Vec<Vec<Lines>> = Vec::new();
    for release in &state.release {
        let mut row = vec![item(inspection, release.item)];
        row.extend(
            state
                .sections
                .iter()
                .map(|s| cell(s.decision_on(release.item))),
        );
        row.push(line(words.code("openness", release.openness)));
        rows.push(row);
    }
    if rows.is_empty() {
        let mut row = vec![line(words.say("doc-all-goods"))];
        row.extend(state.sections.iter().map(|s| cell(s.decision.as_ref())));
        row.push(line(words.code("openness", state.openness)));
        rows.push(row);
    }
    Part::new(
        words,
        "doc-decisions",
        vec![Block::Table(crate::paper::Table { head, rows })],
    )
}

/// The codes of other authorities for what the paper tells.
pub(crate) fn codes(inspection: &Inspection, state: &State, words: &Words) -> Part {
    let code = |code: Option<&str>| line(code.unwrap_or("–"));
    let rows = codes_of(inspection, state)
        .iter()
        .map(|r| {
            vec![
                line(matter(r.matter, words)),
                line(r.agency.map_or_else(String::new, |a| words.agency(a))),
                code(r.codes.cbp),
                code(r.codes.uk),
                code(r.codes.edifact),
            ]
        })
        .collect();
    let head = [
        "doc-matter",
        "doc-agency",
        "doc-cbp",
        "doc-uk",
        "doc-edifact",
    ];
    Part::table(words, "doc-codes", &head, rows)
}

fn matter(matter: Matter, words: &Words) -> String {
    let hold = |key: &str, t: outpost_domain::HoldType| {
        words.say_with(key, &[("type", words.code("hold-type", t))])
    };
    match matter {
        Matter::HoldPlaced(t) => hold("doc-matter-hold-placed", t),
        Matter::HoldLifted(t) => hold("doc-matter-hold-lifted", t),
        Matter::NotBegun => words.say("doc-matter-not-begun"),
        Matter::AtWork => words.say("doc-matter-at-work"),
        Matter::Accepted(p) => {
            words.say_with("doc-accepted", &[("purpose", words.code("purpose", p))])
        }
        Matter::Refused(a) => {
            words.say_with("doc-refused", &[("action", words.code("refusal", a))])
        }
        Matter::Waived => words.say("doc-waived"),
        Matter::Overage => words.code("outcome", ItemOutcome::Excess),
        Matter::Shortage => words.code("outcome", ItemOutcome::Shortage),
        Matter::Goods(openness) => words.code("openness", openness),
        Matter::ReleasedAfterExam => words.say("doc-matter-released-after-exam"),
    }
}

/// How the goods stand, in one line.
pub(crate) fn standing(openness: Openness, words: &Words) -> String {
    words.say_with(
        "doc-standing",
        &[("openness", words.code("openness", openness))],
    )
}

/// A number given in thousandths, with the decimal sign of the language and no idle zeros.
pub(crate) fn thousandths(value: i64, words: &Words) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let (whole, rest) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let point = match words.language() {
        PaperLanguage::English => '.',
        PaperLanguage::French => ',',
    };
    let rest = format!("{rest:03}");
    format!("{sign}{whole}{point}{}", rest.trim_end_matches('0'))
}
