//! The joint inspection record: what every agency found and decided, the conclusion, and the names under it.

use std::fmt::Write;

use outpost_domain::{
    Agency, Inspection, ItemOutcome, RecordStage, SampleRecord, Section, SignatureRecord, State,
    Stroke,
};

use crate::paper::{Block, DocumentError, Lines, Page, Paper, Part, Signature, line, push};
use crate::sections::{self, HOLD_HEAD};
use crate::words::Words;

/// The joint inspection record as one HTML file. Until it is final it says on its head that it is a draft.
///
/// # Errors
/// Only when the template cannot be filled.
pub fn joint_record(
    inspection: &Inspection,
    state: &State,
    paper: &Paper<'_>,
) -> Result<String, DocumentError> {
    let words = paper.words();
    let w = &words;
    let title = w.say_with(
        "doc-record-title",
        &[("reference", inspection.reference.clone())],
    );
    let mut page = Page::new("joint-record", title, paper, w);
    page.of_record(inspection.id, state.record.hash, w);
    if state.record.stage != RecordStage::Final {
        page.draft = Some(w.code("doc-draft", state.record.stage));
    }
    page.standing = Some(sections::standing(state.openness, w));
    page.parts.push(head(inspection, state, paper, w));
    page.parts
        .push(seals(inspection, state, w).or_say(w, "doc-none"));
    page.parts.push(items(inspection, state, w));
    page.parts
        .extend(state.sections.iter().map(|s| section(s, w)));
    page.parts.push(sections::matrix(inspection, state, w));
    let holds = state.holds.iter().map(|h| sections::hold(h, w)).collect();
    page.push_those_that_tell(
        vec![
            sides(state, w),
            findings(inspection, state, w),
            images(state, w),
            samples(inspection, state, w),
            readings(state, w),
            treatments(state, w),
            Part::table(w, "doc-holds", HOLD_HEAD, holds),
        ],
        w,
    );
    page.parts.push(conclusion(state, w));
    page.parts.push(signatures(state, w));
    page.write()
}

fn head(inspection: &Inspection, state: &State, paper: &Paper<'_>, w: &Words) -> Part {
    let mut facts = sections::goods_facts(inspection, w);
    if let Some(slot) = &state.slot {
        let span = format!("{} – {}", w.moment(slot.slot.start), w.time(slot.slot.end));
        facts.push((w.say("doc-slot"), line(span)));
        facts.push((w.say("doc-bay"), line(&slot.slot.bay)));
        if !slot.no_shows.is_empty() {
            let absent = w.agencies(slot.no_shows.iter().copied());
            facts.push((w.say("doc-no-shows"), line(absent)));
        }
    }
    if let Some(convener) = inspection.convener() {
        facts.push((w.say("doc-convener"), line(w.agency(convener))));
    }
    let exams = inspection.exams.iter().map(|e| w.code("exam", e)).collect();
    facts.push((w.say("doc-exams"), exams));
    if let Some(at) = inspection.presented_at {
        facts.push((w.say("doc-presented"), line(w.moment(at))));
    }
    facts.push((
        w.say("doc-stage"),
        line(w.code("record-stage", state.record.stage)),
    ));
    // Need to know: why the unit was selected is for customs alone, whatever the snapshot holds.
    if let (Agency::Customs, Some(selection)) = (paper.printed_for, &inspection.selection) {
        let mut why = line(&selection.criterion);
        if selection.random {
            why.push(w.say("doc-random"));
        }
        facts.push((w.say("doc-selection"), why));
    }
    Part::new(w, "doc-inspection", vec![Block::Facts(facts)])
}

fn seals(inspection: &Inspection, state: &State, w: &Words) -> Part {
    let mut rows: Vec<Vec<Lines>> = Vec::new();
    for unit in &inspection.units {
        for seal in &unit.seals {
            let compared = state.seals.iter().find(|s| {
                s.seal.unit == unit.number.as_str()
                    && s.seal.declared.as_ref() == Some(&seal.number)
            });
            let mut declared = line(&seal.number);
            declared.push(w.code("seal-party", seal.party));
            declared.extend(seal.class.map(|c| w.code("seal-class", c)));
            let mut row = vec![line(unit.number.spaced()), declared];
            row.extend(found(compared, w));
            rows.push(row);
        }
    }
    for seal in state.seals.iter().filter(|s| {
        let declared = inspection.units.iter().flat_map(|u| &u.seals);
        !declared
            .map(|d| Some(&d.number))
            .any(|number| number == s.seal.declared.as_ref())
    }) {
        let mut row = vec![
            line(sections::unit_number(&seal.seal.unit)),
            line(w.say("doc-not-declared")),
        ];
        row.extend(found(Some(seal), w));
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

fn found(compared: Option<&outpost_domain::SealRecord>, w: &Words) -> Vec<Lines> {
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
    vec![number, condition, line(w.by(&record.by, record.at))]
}

fn sides(state: &State, w: &Words) -> Part {
    let rows = state
        .sides
        .iter()
        .flat_map(|record| {
            record.points.iter().map(move |point| {
                vec![
                    line(sections::unit_number(&record.unit)),
                    line(w.code("side", point.side)),
                    line(w.code("side-condition", point.condition)),
                    line(&point.note),
                    line(w.by(&record.by, record.at)),
                ]
            })
        })
        .collect();
    let head = [
        "doc-unit",
        "doc-side",
        "doc-condition",
        "doc-note",
        "doc-recorded",
    ];
    Part::table(w, "doc-sides", &head, rows)
}

/// Only what differs is listed; how many items were found as declared is told in a sentence.
fn items(inspection: &Inspection, state: &State, w: &Words) -> Part {
    let differing = |r: &&outpost_domain::ItemRecord| r.outcome != ItemOutcome::Match;
    let rows: Vec<Vec<Lines>> = state
        .items
        .iter()
        .filter(differing)
        .map(|record| {
            let mut differences: Lines = record
                .differences
                .iter()
                .map(|d| {
                    w.say_with(
                        "doc-difference",
                        &[
                            ("field", w.code("doc-field", &d.field)),
                            ("declared", d.declared.clone()),
                            ("found", d.found.clone()),
                        ],
                    )
                })
                .collect();
            push(&mut differences, &record.note);
            vec![
                sections::item(inspection, record.item),
                line(w.code("outcome", record.outcome)),
                differences,
                vec![w.agency(record.agency), w.by(&record.by, record.at)],
            ]
        })
        .collect();
    let matching = inspection
        .consignment
        .items
        .iter()
        .filter(|item| {
            let mut compared = state
                .items
                .iter()
                .filter(|r| r.item == item.number)
                .peekable();
            compared.peek().is_some() && compared.all(|r| r.outcome == ItemOutcome::Match)
        })
        .count();
    let sentence = w.say_with(
        "doc-items-matching",
        &[
            ("matching", matching.to_string()),
            ("total", inspection.consignment.items.len().to_string()),
        ],
    );
    let head = ["doc-item", "doc-outcome", "doc-differences", "doc-recorded"];
    let mut part = Part::table(w, "doc-items", &head, rows).or_say(w, "doc-no-differences");
    part.blocks.push(Block::Words(sentence));
    part
}

fn section(section: &Section, w: &Words) -> Part {
    let mut facts = vec![
        (w.say("doc-control"), line(&section.control)),
        (w.say("doc-required"), line(w.yes(section.required))),
        (w.say("doc-state"), line(w.code("section", section.state))),
    ];
    if let Some(officer) = &section.officer {
        let officer = match section.claimed_at {
            Some(at) => w.by(officer, at),
            None => officer.clone(),
        };
        facts.push((w.say("doc-officer"), line(officer)));
    }
    if let Some((by, at)) = &section.signed {
        facts.push((w.say("doc-signed"), line(w.by(by, *at))));
    }
    let rows = section
        .checks
        .iter()
        .map(|c| {
            let mut result = line(w.code("check-result", c.result));
            push(&mut result, &c.reason);
            vec![
                line(w.code("check-kind", c.check)),
                result,
                line(w.by(&c.by, c.at)),
            ]
        })
        .collect();
    let head = ["doc-check", "doc-result", "doc-recorded"];
    let mut part = Part::table(w, "doc-checks", &head, rows).or_say(w, "doc-no-checks");
    part.title = w.agency(section.agency);
    part.blocks.insert(0, Block::Facts(facts));
    part
}

fn findings(inspection: &Inspection, state: &State, w: &Words) -> Part {
    let rows = state
        .findings
        .iter()
        .map(|f| {
            let mut text = line(&f.text);
            push(&mut text, &f.legal_reference);
            if !f.photos.is_empty() {
                let photos = ("count", f.photos.len().to_string());
                text.push(w.say_with("doc-photos", &[photos]));
            }
            vec![
                vec![
                    w.code("finding", f.category),
                    w.code("severity", f.severity),
                ],
                f.item
                    .map(|number| sections::item(inspection, number))
                    .unwrap_or_default(),
                text,
                vec![w.agency(f.agency), w.by(&f.by, f.at)],
            ]
        })
        .collect();
    let head = ["doc-finding", "doc-item", "doc-text", "doc-recorded"];
    Part::table(w, "doc-findings", &head, rows)
}

fn images(state: &State, w: &Words) -> Part {
    let read = state.images.iter().map(|i| {
        vec![
            line(i.scan.to_string().chars().take(12).collect::<String>()),
            line(w.code("image", i.conclusion)),
            line(w.by(&i.by, i.at)),
        ]
    });
    let marked = state.regions.iter().map(|r| {
        let mut told = line(w.code("region", r.category));
        push(&mut told, &r.comment);
        if let Some(judgement) = &r.judgement {
            told.push(w.code("verdict", judgement.verdict));
            push(&mut told, &judgement.note);
        }
        vec![
            line(r.scan.to_string().chars().take(12).collect::<String>()),
            told,
            line(w.by(&r.by, r.at)),
        ]
    });
    let head = ["doc-scan", "doc-result", "doc-recorded"];
    Part::table(w, "doc-images", &head, read.chain(marked).collect())
}

fn samples(inspection: &Inspection, state: &State, w: &Words) -> Part {
    let head = [
        "doc-sample",
        "doc-item",
        "doc-analysis",
        "doc-custody",
        "doc-result",
    ];
    let rows = state
        .samples
        .iter()
        .map(|s| sample(inspection, s, w))
        .collect();
    Part::table(w, "doc-samples", &head, rows)
}

fn sample(inspection: &Inspection, record: &SampleRecord, w: &Words) -> Vec<Lines> {
    let sample = &record.sample;
    let mut goods = sections::item(inspection, sample.item);
    if !sample.batch.is_empty() {
        goods.push(w.say_with("doc-batch", &[("batch", sample.batch.clone())]));
    }
    let mut custody = line(w.say_with("doc-drawn", &[("by", w.by(&record.by, record.at))]));
    for step in &record.custody {
        let mut told = vec![w.code("custody", step.step)];
        push(&mut told, &step.person);
        if !step.seal.is_empty() {
            told.push(w.say_with("doc-under-seal", &[("seal", step.seal.clone())]));
        }
        told.push(w.by(&step.by, step.at));
        custody.push(told.join(" · "));
    }
    let result = match &record.result {
        Some(result) => {
            let mut lines = line(w.code("lab", result.conclusion));
            push(&mut lines, &result.report);
            lines.push(w.by(&result.by, result.at));
            lines
        }
        None => line(w.say("lab-pending")),
    };
    vec![
        vec![
            sample.number.clone(),
            format!("{} × {}", sample.count, sample.matter),
            w.code("conservation", sample.conservation),
        ],
        goods,
        vec![
            sample.test.clone(),
            sample.laboratory.clone(),
            w.code("analysis", sample.analysis),
            w.code("sample-reason", sample.reason),
        ],
        custody,
        result,
    ]
}

fn readings(state: &State, w: &Words) -> Part {
    let rows = state
        .readings
        .iter()
        .map(|r| {
            let reading = &r.reading;
            let day = r.at.to_zoned(w.zone().clone()).date();
            let mut device = line(&reading.device);
            if let Some(until) = reading.calibrated_until {
                let key = if reading.is_uncalibrated(day) {
                    "doc-calibration-out"
                } else {
                    "doc-calibrated"
                };
                device.push(w.say_with(key, &[("date", w.date(until))]));
            }
            let value = sections::thousandths(reading.thousandths, w);
            vec![
                line(w.code("reading", reading.quantity)),
                line(format!("{value} {}", reading.quantity.unit())),
                line(&reading.place),
                device,
                line(w.by(&r.by, r.at)),
            ]
        })
        .collect();
    let head = [
        "doc-quantity",
        "doc-value",
        "doc-place",
        "doc-device",
        "doc-recorded",
    ];
    Part::table(w, "doc-readings", &head, rows)
}

fn treatments(state: &State, w: &Words) -> Part {
    let rows = state
        .treatments
        .iter()
        .map(|record| {
            let t = &record.treatment;
            let mut how = Vec::new();
            push(&mut how, &t.agent);
            push(&mut how, &t.dose);
            how.extend(t.minutes.map(|m| format!("{m} min")));
            how.extend(
                t.decicelsius
                    .map(|d| format!("{} °C", sections::thousandths(i64::from(d) * 100, w))),
            );
            let mut provider = line(&t.provider);
            if !t.certificate.is_empty() {
                provider.push(w.say_with("doc-certificate", &[("number", t.certificate.clone())]));
            }
            vec![
                line(w.code("treatment", t.treatment)),
                how,
                provider,
                line(w.by(&record.by, record.at)),
            ]
        })
        .collect();
    let head = ["doc-treatment", "doc-how", "doc-provider", "doc-recorded"];
    Part::table(w, "doc-treatments", &head, rows)
}

fn conclusion(state: &State, w: &Words) -> Part {
    let blocks = match &state.record.conclusion {
        Some(conclusion) => {
            let mut lines = line(w.by(&conclusion.by, conclusion.at));
            push(&mut lines, &conclusion.note);
            if conclusion.record != state.record.hash {
                lines.push(w.say("doc-overtaken"));
            }
            vec![Block::List(lines)]
        }
        None => vec![Block::Words(w.say("doc-not-concluded"))],
    };
    Part::new(w, "doc-conclusion", blocks)
}

fn signatures(state: &State, w: &Words) -> Part {
    let mut blocks: Vec<Signature> = state
        .record
        .signatures
        .iter()
        .map(|s| signed(s, w))
        .collect();
    blocks.extend(state.record.awaited.iter().map(|agency| Signature {
        path: String::new(),
        missing: w.say("doc-signature-awaited"),
        name: String::new(),
        part: w.agency(*agency),
        lines: Vec::new(),
    }));
    let blocks = if blocks.is_empty() {
        vec![Block::Words(w.say("doc-none"))]
    } else {
        vec![Block::Signatures(blocks)]
    };
    Part::new(w, "doc-signatures", blocks)
}

fn signed(record: &SignatureRecord, w: &Words) -> Signature {
    let part = match (record.agency, record.role) {
        (Some(agency), _) => w.agency(agency),
        (None, Some(role)) => w.code("signatory", role),
        (None, None) => String::new(),
    };
    let path = drawn(&record.strokes);
    let mut lines = Vec::new();
    let missing = match &record.unsigned {
        Some((why, note)) => {
            push(&mut lines, note);
            w.code("unsigned", why)
        }
        // An officer signs with the key that signed the entry, not with a pen.
        None if path.is_empty() => {
            let entry = ("entry", record.entry.to_string());
            w.say_with("doc-signed-by-key", &[entry])
        }
        None => String::new(),
    };
    lines.push(w.by(&record.by, record.at));
    Signature {
        path,
        missing,
        name: record.name.clone(),
        part,
        lines,
    }
}

/// Strokes as an SVG path; a single point becomes a dot.
fn drawn(strokes: &[Stroke]) -> String {
    let mut path = String::new();
    for stroke in strokes {
        for (index, (x, y)) in stroke.0.iter().enumerate() {
            let _ = write!(path, "{}{x},{y}", if index == 0 { 'M' } else { 'L' });
        }
        if let [(x, y)] = stroke.0.as_slice() {
            let _ = write!(path, "L{x},{y}");
        }
    }
    path
}
