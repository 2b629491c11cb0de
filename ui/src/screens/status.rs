//! The status bar: line, what waits, what is stuck and why, post and its time, officer. Always there.

use egui::Ui;
use jiff::SignedDuration;
use outpost_protocol::{Line, Status};

use crate::design::Tone;
use crate::design::bars::{StatusItem, status_bar};
use crate::intent::{Intent, Place};
use crate::model::Model;
use crate::moment::{offset, time};
use crate::say;
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// In a narrower window the post leaves its room to the line and what waits, points.
const WITH_POST: f32 = 900.0;

/// Room for the next slot, points.
const NEXT_SLOT: f32 = 260.0;
/// So long before its begin a slot is told.
const REMIND: SignedDuration = SignedDuration::from_mins(30);

/// Shows the bar.
pub fn show(ui: &mut Ui, model: &Model) -> Vec<Intent> {
    let Some(status) = &model.status else {
        status_bar(ui, &[], &[]);
        return Vec::new();
    };
    let (left, mut acts) = left(model, status);
    let next = next_slot(model, status);
    let needed = WITH_POST + if next.is_some() { NEXT_SLOT } else { 0.0 };
    let (right, more) = right(model, status, next, ui.available_width() > needed);
    acts.extend(more);
    status_bar(ui, &left, &right)
        .and_then(|index| acts.into_iter().nth(index).flatten())
        .into_iter()
        .collect()
}

type Items = (Vec<StatusItem>, Vec<Option<Intent>>);

fn left(model: &Model, status: &Status) -> Items {
    let (words, tone) = say::line(status, model.now, &model.zone);
    let why = match &status.line {
        Line::Down { problem, .. } => tr_problem(problem),
        Line::Up { .. } | Line::Unknown => String::new(),
    };
    let mut items = vec![
        StatusItem {
            text: words,
            dot: Some(tone),
            hover: why,
            ..StatusItem::default()
        },
        StatusItem {
            text: say::waiting(status),
            ..StatusItem::default()
        },
    ];
    let mut acts = vec![Some(Intent::Go(Place::Sync)), Some(Intent::Go(Place::Sync))];
    if model.is_demonstration() {
        let text = if status.line_pulled {
            tr("line-plug")
        } else {
            tr("line-pull")
        };
        items.push(StatusItem {
            text,
            hover: tr("line-switch-why"),
            tone: Some(Tone::Accent),
            button: true,
            ..StatusItem::default()
        });
        acts.push(Some(Intent::PullLine(!status.line_pulled)));
    }
    (items, acts)
}

fn right(model: &Model, status: &Status, next: Option<(String, Intent)>, with_post: bool) -> Items {
    let mut items = Vec::new();
    let mut acts = Vec::new();
    if status.session_expired {
        items.push(StatusItem {
            text: tr("sign-in-again"),
            tone: Some(Tone::Amber),
            hover: tr("sync-session-expired"),
            button: true,
            ..StatusItem::default()
        });
        acts.push(Some(Intent::SignInAgain));
    }
    if let Some((text, intent)) = next {
        items.push(StatusItem {
            text,
            tone: Some(Tone::Amber),
            button: true,
            ..StatusItem::default()
        });
        acts.push(Some(intent));
    }
    items.push(stuck(status));
    acts.push(Some(Intent::Go(Place::Sync)));
    if let Some(post) = status.post.as_ref().filter(|_| with_post) {
        let text = format!(
            "{} · {} · {}",
            post.name,
            offset(model.now, &model.zone),
            time(model.now, &model.zone)
        );
        items.push(StatusItem {
            text,
            ..StatusItem::default()
        });
        acts.push(None);
    }
    if let Some(officer) = &status.officer {
        items.push(StatusItem {
            text: format!("{}, {}", officer.name, tr_code("agency", officer.agency)),
            ..StatusItem::default()
        });
        acts.push(Some(Intent::Go(Place::Settings)));
    }
    (items, acts)
}

/// The slot of the officer's agency that begins within half an hour; a click opens it.
fn next_slot(model: &Model, status: &Status) -> Option<(String, Intent)> {
    let agency = status.officer.as_ref()?.agency;
    let row = &model.rows.next_slot(agency, model.now, REMIND)?.row;
    let wait = row.slot_start?.duration_since(model.now).as_mins().max(0);
    let args = [
        ("minutes", wait.into()),
        ("unit", row.unit.clone().into()),
        ("bay", row.slot_bay.clone().unwrap_or_default().into()),
    ];
    Some((
        tr_args("status-next-slot", &args),
        Intent::OpenJoint(row.id),
    ))
}

fn stuck(status: &Status) -> StatusItem {
    if status.stuck == 0 {
        return StatusItem {
            text: tr("stuck-nothing"),
            ..StatusItem::default()
        };
    }
    let count = tr_args("stuck-count", &[("count", status.stuck.into())]);
    let text = match &status.stuck_reason {
        Some(problem) => format!("{count}: {}", tr_problem(problem)),
        None => count,
    };
    StatusItem {
        text,
        tone: Some(Tone::Red),
        ..StatusItem::default()
    }
}
