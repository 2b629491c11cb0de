//! The joint inspection record: what every agency found and decided, the conclusion, and the names under it.

use outpost_domain::{Agency, Checklist, Inspection, ItemOutcome, RecordStage, Section, State};

use crate::paper::{Block, DocumentError, Lines, Page, Paper, Part, line, push};
use crate::sections::{self, HOLD_HEAD};
use crate::words::Words;
use crate::{checklists, measures, seals, signatures};

/// The joint inspection record as one HTML file. Until it is final it says on its head that it is a draft.
/// `lists` are the checklists that were begun; of one that is not among them the questions' keys stand on the paper.
///
/// # Errors
/// Only when the template cannot be filled.
pub fn joint_record(
    inspection: &Inspection,
    state: &State,
    lists: &[Checklist],
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
        .push(seals::compared(inspection, state, w).or_say(w, "doc-none"));
    page.parts.push(items(inspection, state, w));
    page.parts
        .extend(state.sections.iter().map(|s| section(s, w)));
    page.parts.extend(
        state
            .checklists
            .iter()
            .map(|c| checklists::part(c, lists, w)),
    );
    page.parts.push(sections::matrix(inspection, state, w));
    let holds = state.holds.iter().map(|h| sections::hold(h, w)).collect();
    page.push_those_that_tell(
        vec![
            sides(state, w),
            findings(inspection, state, w),
            images(state, w),
            measures::samples(inspection, state, w),
            measures::readings(state, w),
            measures::treatments(state, w),
            Part::table(w, "doc-holds", HOLD_HEAD, holds),
        ],
        w,
    );
    page.parts.push(conclusion(state, w));
    page.parts.push(signatures::of_record(state, w));
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
