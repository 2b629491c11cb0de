//! Sentences about rows, badges, the line and agencies that more than one screen says.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use outpost_domain::{Agency, OfficerId, Row, SectionState, State, UnitKind};
use outpost_protocol::{Badge, Line, Status};

use crate::design::{Mark, Tone};
use crate::moment::{decimal, short_date, time_or_date};
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// The badge of what was recorded here: its word, its tone and the reason behind it. What was `begun` elsewhere is
/// told from what nobody has touched.
pub fn badge(badge: &Badge, begun: bool) -> (String, Tone, String) {
    match badge {
        Badge::Untouched if begun => (
            tr("badge-received"),
            Tone::Neutral,
            tr("badge-received-why"),
        ),
        Badge::Untouched => (
            tr("badge-untouched"),
            Tone::Neutral,
            tr("badge-untouched-why"),
        ),
        Badge::Draft => (tr("badge-draft"), Tone::Neutral, tr("badge-draft-why")),
        Badge::NotSent { entries } => {
            let count = [("count", (*entries).into())];
            (
                tr_args("badge-not-sent", &count),
                Tone::Amber,
                tr_args("badge-not-sent-why", &count),
            )
        }
        Badge::AttachmentsPending { blobs } => {
            let count = [("count", (*blobs).into())];
            (
                tr_args("badge-files", &count),
                Tone::Amber,
                tr_args("badge-files-why", &count),
            )
        }
        Badge::Failed { problem, .. } => (tr("badge-failed"), Tone::Red, tr_problem(problem)),
        Badge::Sent => (tr("badge-sent"), Tone::Green, tr("badge-sent-why")),
    }
}

/// How many comments `officer` is to read; `None` when there is none.
pub fn comments(row: &Row, officer: Option<OfficerId>) -> Option<String> {
    let officer = officer?;
    let mine = row.comments.iter().filter(|c| c.is_for(officer)).count();
    (mine > 0).then(|| tr_args("row-comments", &[("count", mine.into())]))
}

/// What stands under a unit's number: type, reefer, dangerous goods, trusted trader, what does not add up.
pub fn under_unit(row: &Row) -> String {
    let mut parts: Vec<String> = Vec::new();
    match &row.size_type {
        Some(code) => parts.push(code.clone()),
        None if row.unit_kind != UnitKind::Container => {
            parts.push(tr_code("unit-kind", row.unit_kind));
        }
        None => {}
    }
    if row.more_units > 0 {
        parts.push(tr_args(
            "row-more-units",
            &[("count", row.more_units.into())],
        ));
    }
    if let Some(celsius) = row.reefer_celsius {
        let degrees = decimal(f64::from(celsius), 0);
        parts.push(tr_args("row-reefer", &[("degrees", degrees.into())]));
    }
    if let Some(number) = &row.un_number {
        parts.push(tr_args(
            "row-un",
            &[(
                "number",
                number.trim_start_matches("UN").trim().to_owned().into(),
            )],
        ));
    }
    if row.trusted {
        parts.push(tr("row-trusted"));
    }
    if row.mismatches > 0 {
        parts.push(tr_args("row-doubts", &[("count", row.mismatches.into())]));
    }
    parts.join(" · ")
}

/// The heading under the goods, and how many items more there are.
pub fn under_goods(row: &Row) -> String {
    let heading = match row.hs.as_str() {
        "" => tr("row-no-hs"),
        hs => tr_args("row-hs", &[("code", hs.to_owned().into())]),
    };
    match row.more_items {
        0 => heading,
        more => format!(
            "{heading} · {}",
            tr_args("row-more-items", &[("count", more.into())])
        ),
    }
}

/// The exams ordered, the deepest first.
pub fn exams(row: &Row) -> String {
    let words: Vec<String> = row.exams.iter().map(|exam| tr_code("exam", exam)).collect();
    let mut text = words.join(", ");
    if text.is_empty() {
        text = tr("row-no-exam");
    }
    text
}

/// Agencies' squares with what each one says on hover.
pub fn squares(row: &Row) -> Vec<(Agency, Mark, String)> {
    row.agencies
        .iter()
        .map(|state| {
            let words = format!(
                "{}: {}",
                tr_code("agency", state.agency),
                tr_code("section", state.state)
            );
            (state.agency, Mark::from(state.state), words)
        })
        .collect()
}

/// What an agency is waited for, with who and until when: "Veterinary: holds, laboratory result pending".
pub fn waiting_for(state: &State) -> Vec<(Agency, Mark, String)> {
    state
        .sections
        .iter()
        .map(|section| {
            let agency = tr_code("agency", section.agency);
            let words = match section.state {
                SectionState::Held => held(state, section.agency),
                SectionState::InProgress => match &section.officer {
                    Some(officer) => tr_args(
                        "waiting-in-progress",
                        &[("officer", officer.clone().into())],
                    ),
                    None => tr_code("section", section.state),
                },
                SectionState::Waiting if section.required => tr_args(
                    "waiting-required",
                    &[("control", section.control.clone().into())],
                ),
                SectionState::Waiting => tr("waiting-may-attend"),
                other => tr_code("section", other),
            };
            (
                section.agency,
                Mark::from(section.state),
                format!("{agency}: {words}"),
            )
        })
        .collect()
}

/// An agency's standing holds: why, and when they are looked at again.
fn held(state: &State, agency: Agency) -> String {
    let reasons: Vec<String> = state
        .open_holds()
        .filter(|record| record.hold.agency == agency)
        .map(|record| {
            let reason = tr_code("hold-reason", record.hold.reason).to_lowercase();
            match record.hold.review {
                Some(day) => tr_args(
                    "waiting-review",
                    &[("reason", reason.into()), ("day", short_date(day).into())],
                ),
                None => reason,
            }
        })
        .collect();
    tr_args("waiting-held", &[("reasons", reasons.join("; ").into())])
}

/// The state of the line in words, and its tone.
pub fn line(status: &Status, now: Timestamp, zone: &TimeZone) -> (String, Tone) {
    let time = |at: Timestamp| time_or_date(at, now, zone);
    let (words, tone) = match &status.line {
        Line::Up { since } => (
            tr_args("line-up", &[("time", time(*since).into())]),
            Tone::Green,
        ),
        Line::Down { since, .. } => {
            let key = if status.line_pulled {
                "line-pulled"
            } else {
                "line-down"
            };
            (tr_args(key, &[("time", time(*since).into())]), Tone::Amber)
        }
        Line::Unknown => (tr("line-unknown"), Tone::Neutral),
    };
    let exchange = match status.last_exchange {
        Some(at) => tr_args("line-exchange", &[("time", time(at).into())]),
        None => tr("line-no-exchange"),
    };
    (format!("{words} · {exchange}"), tone)
}

/// What waits to be sent: "7 entries waiting · 2 photos".
pub fn waiting(status: &Status) -> String {
    match (status.entries_waiting, status.blobs_waiting) {
        (0, 0) => tr("waiting-nothing"),
        (entries, 0) => tr_args("waiting-entries", &[("count", entries.into())]),
        (0, blobs) => tr_args("waiting-files", &[("count", blobs.into())]),
        (entries, blobs) => format!(
            "{} · {}",
            tr_args("waiting-entries", &[("count", entries.into())]),
            tr_args("waiting-files-too", &[("count", blobs.into())])
        ),
    }
}
