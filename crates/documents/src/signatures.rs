//! The signature block: names, strokes as they were drawn, or why there are none; and blank ones for a pen.

use std::fmt::Write;

use outpost_domain::{SignatureRecord, State, Stroke};

use crate::paper::{Block, Paper, Part, Signature, push};
use crate::words::Words;

/// Every name under the joint record, and those that are missing.
pub(crate) fn of_record(state: &State, w: &Words) -> Part {
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

/// Lines for a pen: the officer who prints, and the party to the goods.
pub(crate) fn blank(paper: &Paper<'_>, w: &Words) -> Part {
    let to_sign = |name: &str, part: String| Signature {
        path: String::new(),
        missing: String::new(),
        name: name.to_owned(),
        part,
        lines: vec![w.say("doc-place-and-date")],
    };
    let block = vec![
        to_sign(paper.printed_by, w.agency(paper.printed_for)),
        to_sign("", w.say("doc-party")),
    ];
    Part::new(w, "doc-signatures", vec![Block::Signatures(block)])
}
