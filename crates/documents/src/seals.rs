//! Seals: declared against found, agency by agency, and those put on afterwards.

use outpost_domain::{Inspection, SealRecord, State};

use crate::paper::{Block, Lines, Part, line};
use crate::sections;
use crate::words::Words;

/// Every declared seal with each agency's comparison, then those that were found and not declared.
pub(crate) fn compared(inspection: &Inspection, state: &State, w: &Words) -> Part {
    let mut rows: Vec<Vec<Lines>> = Vec::new();
    let mut told: Vec<&SealRecord> = Vec::new();
    for unit in &inspection.units {
        for seal in &unit.seals {
            let mut declared = line(&seal.number);
            declared.push(w.code("seal-party", seal.party));
            declared.extend(seal.class.map(|c| w.code("seal-class", c)));
            let of_this = |s: &&SealRecord| {
                s.seal.unit == unit.number.as_str()
                    && s.seal.declared.as_ref() == Some(&seal.number)
            };
            let records: Vec<&SealRecord> = state.seals.iter().filter(of_this).collect();
            let row = |record: Option<&SealRecord>| {
                let mut row = vec![line(unit.number.spaced()), declared.clone()];
                row.extend(found(record, w));
                row
            };
            if records.is_empty() {
                rows.push(row(None));
            }
            rows.extend(records.iter().map(|record| row(Some(record))));
            told.extend(records);
        }
    }
    for record in state.seals.iter().filter(|s| !told.contains(s)) {
        let declared = match &record.seal.declared {
            Some(number) => line(number),
            None => line(w.say("doc-not-declared")),
        };
        let mut row = vec![line(sections::unit_number(&record.seal.unit)), declared];
        row.extend(found(Some(record), w));
        rows.push(row);
    }
    let head = [
        "doc-unit",
        "doc-declared",
        "doc-found",
        "doc-condition",
        "doc-recorded",
    ];
    let mut part = Part::table(w, "doc-seals", &head, rows);
    if !state.new_seals.is_empty() {
        let affixed = state.new_seals.iter().map(|s| {
            w.say_with(
                "doc-new-seal",
                &[
                    ("number", s.seal.number.clone()),
                    ("unit", sections::unit_number(&s.seal.unit)),
                    ("party", w.code("seal-party", s.seal.party)),
                    ("class", w.code("seal-class", s.seal.class)),
                    ("by", w.by(&s.by, s.at)),
                ],
            )
        });
        part.blocks.push(Block::List(affixed.collect()));
    }
    part
}

fn found(compared: Option<&SealRecord>, w: &Words) -> Vec<Lines> {
    let Some(record) = compared else {
        return vec![line(w.say("doc-not-compared")), Vec::new(), Vec::new()];
    };
    let seal = &record.seal.found;
    let mut number = line(seal.number.clone().unwrap_or_else(|| w.say("doc-no-seal")));
    number.extend(seal.party.map(|p| w.code("seal-party", p)));
    number.extend(seal.class.map(|c| w.code("seal-class", c)));
    let mut condition = line(w.code("seal-condition", seal.condition));
    if !record.seal.conform() {
        condition.push(w.say("doc-differs"));
    }
    let by = vec![w.agency(record.agency), w.by(&record.by, record.at)];
    vec![number, condition, by]
}
