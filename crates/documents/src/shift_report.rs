//! The shift report: what a shift did, what waits, the holds it placed and lifted, overrides, and what is not sent.

use jiff::Timestamp;
use outpost_charts::{Chart, Line, Value};
use outpost_domain::{Agency, Counted, Figure, FigureTable, HoldFacts, Measure};

use crate::escape::is_unprintable;
use crate::figures::{Figures, group};
use crate::paper::{Block, DocumentError, Drawing, Lines, Page, Paper, Part, line};
use crate::words::Words;

/// A hold that was placed or lifted in the shift.
#[derive(Debug, Clone)]
pub struct ShiftHold {
    /// The inspection's reference.
    pub reference: String,
    /// The unit's number as read aloud.
    pub unit: String,
    /// Its life.
    pub hold: HoldFacts,
}

/// Entries of an inspection that are not at the central.
#[derive(Debug, Clone)]
pub struct ShiftUnsent {
    /// The unit's number as read aloud.
    pub unit: String,
    /// How many.
    pub entries: u64,
    /// When the oldest was recorded.
    pub oldest: Timestamp,
}

/// What a shift report tells.
#[derive(Debug, Clone, Copy)]
pub struct Shift<'a> {
    /// The figures of the shift that the reader may see, over its time.
    pub figures: Figures<'a>,
    /// What waits at its end, what has waited longest first, and how many there are in all.
    pub waiting: (&'a [Counted], u64),
    /// Holds placed or lifted in it.
    pub holds: &'a [ShiftHold],
    /// What is not sent.
    pub unsent: &'a [ShiftUnsent],
}

/// The figures that are drawn, under which heading.
const DRAWN: [(Figure, &str); 4] = [
    (Figure::BayThroughput, "doc-shift-done"),
    (Figure::OfficerThroughput, "doc-shift-done"),
    (Figure::Waits, "doc-shift-done"),
    (Figure::QueueAge, "doc-shift-waits"),
];

/// Width of a chart, points.
const WIDTH: u32 = 560;

/// The shift report as one HTML file.
///
/// # Errors
/// When a chart cannot be drawn or the template cannot be filled.
pub fn shift_report(shift: &Shift<'_>, paper: &Paper<'_>) -> Result<String, DocumentError> {
    let words = paper.words();
    let w = &words;
    let scope = shift.figures.scope;
    let span = [
        ("from", w.moment(scope.from)),
        (
            "to",
            w.moment(scope.to.min(paper.printed_at).max(scope.from)),
        ),
    ];
    let title = w.say_with("doc-shift-title", &span);
    let mut page = Page::new("shift-report", title, paper, w);
    page.parts.push(summary(shift, w));
    for heading in ["doc-shift-done", "doc-shift-waits"] {
        let mut part = Part::new(w, heading, drawn(shift, heading, w)?);
        if heading == "doc-shift-waits" {
            part.blocks.extend(waiting(shift, w));
        }
        page.parts.push(part.or_say(w, "doc-none"));
    }
    page.parts.extend(holds(shift, w));
    page.parts.push(unsent(shift, w));
    page.parts.push(meanings(shift, w));
    page.write()
}

fn table<'a>(shift: &Shift<'a>, figure: Figure) -> Option<&'a FigureTable> {
    shift.figures.tables.iter().find(|t| t.figure == figure)
}

fn is_in(shift: &Shift<'_>, at: Timestamp) -> bool {
    at >= shift.figures.scope.from && at < shift.figures.scope.to
}

fn placed<'a>(shift: &Shift<'a>) -> impl Iterator<Item = &'a ShiftHold> {
    let shift = *shift;
    shift
        .holds
        .iter()
        .filter(move |h| is_in(&shift, h.hold.placed_at))
}

fn lifted<'a>(shift: &Shift<'a>) -> impl Iterator<Item = &'a ShiftHold> {
    let shift = *shift;
    let of_shift = move |h: &&ShiftHold| h.hold.lifted_at.is_some_and(|at| is_in(&shift, at));
    shift.holds.iter().filter(of_shift)
}

fn summary(shift: &Shift<'_>, w: &Words) -> Part {
    let finished = table(shift, Figure::BayThroughput).map_or(0, FigureTable::sample);
    let unsent: u64 = shift.unsent.iter().map(|u| u.entries).sum();
    let overridden = lifted(shift).filter(|h| h.hold.overridden).count();
    let facts = [
        ("doc-shift-finished", finished),
        ("doc-shift-open", shift.waiting.1),
        ("doc-shift-placed", placed(shift).count() as u64),
        ("doc-shift-lifted", lifted(shift).count() as u64),
        ("doc-shift-overridden", overridden as u64),
        ("doc-shift-unsent", unsent),
    ];
    let facts = facts.map(|(key, number)| (w.say(key), line(number.to_string())));
    Part::new(w, "doc-shift-summary", vec![Block::Facts(facts.to_vec())])
}

fn drawn(shift: &Shift<'_>, heading: &str, w: &Words) -> Result<Vec<Block>, DocumentError> {
    let mut blocks = Vec::new();
    for (figure, _) in DRAWN.iter().filter(|(_, of)| *of == heading) {
        let table = table(shift, *figure).filter(|t| !t.rows.is_empty());
        let Some(table) = table else {
            continue;
        };
        let name = w.code("figure", figure);
        blocks.push(Block::Words(name.clone()));
        blocks.push(Block::Drawing(drawing(name, &chart(table, w))?));
    }
    Ok(blocks)
}

fn drawing(label: String, chart: &Chart) -> Result<Drawing, DocumentError> {
    let svg = chart.svg(WIDTH).map_err(DocumentError::Chart)?;
    // The page has an `svg` of its own around what is drawn.
    let begin = svg
        .find("<svg")
        .and_then(|at| Some(at + svg[at..].find('>')? + 1));
    let body = begin.and_then(|at| svg[at..].rsplit_once("</svg>"));
    let (body, _) = body.ok_or_else(|| DocumentError::Chart("no drawing".to_owned()))?;
    Ok(Drawing {
        label,
        width: WIDTH,
        height: chart.height().ceil() as u32,
        body: body.to_owned(),
    })
}

fn chart(table: &FigureTable, w: &Words) -> Chart {
    let measures = table.figure.measures();
    let lines = table.rows.iter().map(|row| Line {
        name: plain(&group(&row.group, w)),
        values: measures
            .iter()
            .zip(&row.values)
            .map(|(measure, number)| Value {
                size: *number,
                words: plain(&value(*measure, *number, w)),
            })
            .collect(),
        sample: plain(&sample(row, w)),
        few: row.is_few(),
    });
    Chart::Bars {
        series: measures
            .iter()
            .map(|m| plain(&w.code("figure-value", m)))
            .collect(),
        lines: lines.collect(),
        full: None,
    }
}

/// A text as a drawing takes it: without what isolates it, as each stands by itself, and without what is no text.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{2066}'..='\u{2069}'))
        .map(|c| match c {
            c if is_unprintable(c) => char::REPLACEMENT_CHARACTER,
            '\n' | '\t' => ' ',
            c => c,
        })
        .collect()
}

fn value(measure: Measure, value: f64, w: &Words) -> String {
    match measure {
        Measure::Median | Measure::Ninetieth | Measure::MinutesADay => {
            w.lasting(value.round() as i64)
        }
        Measure::Share => w.say_with(
            "figure-value-per-cent",
            &[("number", format!("{:.0}", value * 100.0))],
        ),
        Measure::Count => format!("{value:.0}"),
    }
}

fn sample(row: &outpost_domain::FigureRow, w: &Words) -> String {
    let key = if row.is_few() {
        "insights-sample-few"
    } else {
        "insights-sample"
    };
    w.say_with(key, &[("count", row.sample.to_string())])
}

fn waiting(shift: &Shift<'_>, w: &Words) -> Vec<Block> {
    let (shown, total) = shift.waiting;
    let rows: Vec<Vec<Lines>> = shown
        .iter()
        .map(|one| {
            vec![
                line(&one.unit),
                line(&one.reference),
                line(&one.goods),
                line(w.code("lane", one.lane)),
                line(w.moment(one.since)),
            ]
        })
        .collect();
    let head = [
        "doc-unit",
        "doc-reference",
        "doc-goods",
        "doc-shift-lane",
        "doc-shift-since",
    ];
    let mut blocks = Part::table(w, "doc-shift-waits", &head, rows).blocks;
    let left = total.saturating_sub(shown.len() as u64);
    if left > 0 {
        let more = [("count", left.to_string())];
        blocks.push(Block::Words(w.say_with("doc-shift-more", &more)));
    }
    blocks
}

fn holds(shift: &Shift<'_>, w: &Words) -> [Part; 3] {
    let head = [
        "doc-unit",
        "doc-reference",
        "doc-shift-hold",
        "doc-shift-agency",
        "doc-shift-by",
    ];
    let part = |key, rows| Part::table(w, key, &head, rows).or_say(w, "doc-none");
    let by_placing = |h: &ShiftHold| w.by(&h.hold.placed_by, h.hold.placed_at);
    let by_lifting = |h: &ShiftHold| match (&h.hold.lifted_by, h.hold.lifted_at) {
        (Some(by), Some(at)) => w.by(by, at),
        _ => String::new(),
    };
    let row = |h: &ShiftHold, by: String| -> Vec<Lines> {
        let agency: Agency = h.hold.agency;
        vec![
            line(&h.unit),
            line(&h.reference),
            line(w.code("hold-type", h.hold.hold_type)),
            line(w.agency(agency)),
            line(by),
        ]
    };
    let overridden = |h: &&ShiftHold| h.hold.overridden;
    [
        part(
            "doc-shift-placed",
            placed(shift).map(|h| row(h, by_placing(h))).collect(),
        ),
        part(
            "doc-shift-lifted",
            lifted(shift)
                .filter(|h| !overridden(h))
                .map(|h| row(h, by_lifting(h)))
                .collect(),
        ),
        part(
            "doc-shift-overridden",
            lifted(shift)
                .filter(overridden)
                .map(|h| row(h, by_lifting(h)))
                .collect(),
        ),
    ]
}

fn unsent(shift: &Shift<'_>, w: &Words) -> Part {
    let rows = shift.unsent.iter().map(|u| {
        vec![
            line(&u.unit),
            line(u.entries.to_string()),
            line(w.moment(u.oldest)),
        ]
    });
    let head = ["doc-unit", "doc-shift-entries", "doc-shift-oldest"];
    Part::table(w, "doc-shift-unsent", &head, rows.collect()).or_say(w, "doc-none")
}

/// What the figures drawn count.
fn meanings(shift: &Shift<'_>, w: &Words) -> Part {
    let told = DRAWN
        .iter()
        .filter(|(figure, _)| table(shift, *figure).is_some_and(|table| !table.rows.is_empty()));
    let lines: Lines = told
        .map(|(figure, _)| {
            let name = ("name", w.code("figure", figure));
            w.say_with(
                "doc-shift-means",
                &[name, ("meaning", w.code("figure-why", figure))],
            )
        })
        .collect();
    let blocks = if lines.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(lines), Block::Words(w.say("insights-few-why"))]
    };
    Part::new(w, "doc-shift-meaning", blocks).or_say(w, "doc-none")
}
