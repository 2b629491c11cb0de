//! Papers that go with things: the form that travels with samples, and the report on seals.

use outpost_domain::{Inspection, SampleRecord, State};

use crate::paper::{Block, DocumentError, Lines, Page, Paper, Part, Table, line, push};
use crate::words::Words;
use crate::{measures, seals, sections, signatures};

/// Rows left free under the custody that was recorded, for those who sign with a pen on the way.
const FREE: usize = 3;

/// The form that goes with the samples: what each is, for what it is tested, and its way with room for signatures.
///
/// # Errors
/// [`DocumentError::NoSample`] when none was drawn.
pub fn sample_form(
    inspection: &Inspection,
    state: &State,
    paper: &Paper<'_>,
) -> Result<String, DocumentError> {
    if state.samples.is_empty() {
        return Err(DocumentError::NoSample);
    }
    let words = paper.words();
    let mut page = begun(
        "sample-form",
        "doc-sample-title",
        inspection,
        state,
        paper,
        &words,
    );
    page.parts
        .extend(state.samples.iter().map(|s| sample(inspection, s, &words)));
    page.write()
}

/// The report on the units' seals: declared and found, new ones, and what smart seals and the terminal told.
///
/// # Errors
/// [`DocumentError::NoSeal`] when none was declared, found or put on.
pub fn seal_report(
    inspection: &Inspection,
    state: &State,
    paper: &Paper<'_>,
) -> Result<String, DocumentError> {
    let words = paper.words();
    let w = &words;
    let part = seals::compared(inspection, state, w);
    if part.blocks.is_empty() {
        return Err(DocumentError::NoSeal);
    }
    let mut page = begun("seal-report", "doc-seal-title", inspection, state, paper, w);
    page.parts.push(part);
    let alerts = inspection.units.iter().flat_map(|unit| {
        unit.alerts.iter().map(|alert| {
            vec![
                line(unit.number.spaced()),
                line(w.code("alert", alert.kind)),
                line(&alert.text),
                line(w.moment(alert.at)),
            ]
        })
    });
    let head = ["doc-unit", "doc-alert", "doc-text", "doc-when"];
    let alerts = Part::table(w, "doc-alerts", &head, alerts.collect());
    page.push_those_that_tell(vec![alerts], w);
    page.parts.push(signatures::blank(paper, w));
    page.write()
}

fn begun(
    kind: &'static str,
    title: &str,
    inspection: &Inspection,
    state: &State,
    paper: &Paper<'_>,
    w: &Words,
) -> Page {
    let title = w.say_with(title, &[("reference", inspection.reference.clone())]);
    let mut page = Page::new(kind, title, paper, w);
    page.of_record(inspection.id, state.record.hash, w);
    let facts = sections::goods_facts(inspection, w);
    page.parts
        .push(Part::new(w, "doc-inspection", vec![Block::Facts(facts)]));
    page
}

fn sample(inspection: &Inspection, record: &SampleRecord, w: &Words) -> Part {
    let sample = &record.sample;
    let fact = |key: &str, value: String| (w.say(key), line(value));
    let mut facts = vec![
        fact(
            "doc-sample",
            format!("{} × {}", sample.count, sample.matter),
        ),
        (w.say("doc-item"), sections::item(inspection, sample.item)),
        fact("doc-test", sample.test.clone()),
        fact("doc-laboratory", sample.laboratory.clone()),
        fact("doc-reason", w.code("sample-reason", sample.reason)),
        fact("doc-analysis", w.code("analysis", sample.analysis)),
        fact("doc-kept", w.code("conservation", sample.conservation)),
    ];
    if !sample.batch.is_empty() {
        facts.push(fact("doc-batch-number", sample.batch.clone()));
    }
    facts.push((w.say("doc-result"), measures::result(record, w)));
    let mut rows: Vec<Vec<Lines>> = vec![vec![
        line(w.say("doc-drawn-step")),
        line(w.agency(record.agency)),
        Vec::new(),
        line(w.by(&record.by, record.at)),
        Vec::new(),
    ]];
    rows.extend(record.custody.iter().map(|step| {
        let mut seal = Vec::new();
        push(&mut seal, &step.seal);
        vec![
            line(w.code("custody", step.step)),
            line(&step.person),
            seal,
            line(w.by(&step.by, step.at)),
            Vec::new(),
        ]
    }));
    if !record.is_gone() {
        // A no-break space keeps a free row as high as a written one.
        rows.extend((0..FREE).map(|_| vec![line("\u{a0}"); 5]));
    }
    let head = [
        "doc-custody",
        "doc-person",
        "doc-seal",
        "doc-recorded",
        "doc-signature",
    ];
    let table = Table {
        head: head.iter().map(|name| w.say(name)).collect(),
        rows,
    };
    let mut part = Part::new(
        w,
        "doc-sample",
        vec![Block::Facts(facts), Block::Table(table)],
    );
    part.title = w.say_with("doc-sample-number", &[("number", sample.number.clone())]);
    part
}
