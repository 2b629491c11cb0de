//! Sync and device: the line, what waits to be sent and why, this workstation and its journal.

mod bundle;
mod storage;

use egui::{Align, CentralPanel, Frame, Layout, Margin, ScrollArea, Ui};
use outpost_protocol::{Line, PROTOCOL_VERSION, Status, Verification};

use crate::design::bars::top_bar;
use crate::design::card::{card, card_flush};
use crate::design::chip::toggle;
use crate::design::field::fact;
use crate::design::notice::banner;
use crate::design::table::{Column, Table};
use crate::design::words::{hint, label, paragraph};
use crate::design::{Button, SPACE_L, SPACE_M, Tone, Type, blank, icons, palette};
use crate::intent::Intent;
use crate::model::{Model, Remote};
use crate::moment::{age, count, decimal};
use crate::say;
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// Room for the names of facts, points.
const NAMES: f32 = 150.0;
/// Wider than this, cards stand in two columns, points.
const TWO_COLUMNS: f32 = 900.0;
/// As many outbox lines are shown; beyond them their number is said.
const LINES: usize = 200;

/// Shows the screen.
pub fn show(ui: &mut Ui, model: &Model) -> Vec<Intent> {
    let mut intents = Vec::new();
    top_bar(ui, |ui| {
        label(ui, tr("sync"), Type::Title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let send = tr("act-send-now");
            if ui
                .add(
                    Button::primary(&send)
                        .icon(icons::ARROWS_CLOCKWISE)
                        .key("Ctrl+S"),
                )
                .clicked()
            {
                intents.push(Intent::SendNow);
            }
        });
    });
    let p = palette(ui);
    CentralPanel::default()
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            let Some(status) = &model.status else {
                return;
            };
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = SPACE_M;
                if ui.available_width() > TWO_COLUMNS {
                    ui.columns(2, |halves| {
                        for half in halves.iter_mut() {
                            half.spacing_mut().item_spacing.y = SPACE_M;
                        }
                        line(&mut halves[0], model, status, &mut intents);
                        bundle::card_of(&mut halves[0], model, &mut intents);
                        outbox(&mut halves[0], model, &mut intents);
                        device(&mut halves[1], model, status, &mut intents);
                        storage::card_of(&mut halves[1], model, &mut intents);
                    });
                } else {
                    line(ui, model, status, &mut intents);
                    bundle::card_of(ui, model, &mut intents);
                    outbox(ui, model, &mut intents);
                    device(ui, model, status, &mut intents);
                    storage::card_of(ui, model, &mut intents);
                }
            });
        });
    intents
}

fn line(ui: &mut Ui, model: &Model, status: &Status, intents: &mut Vec<Intent>) {
    card(ui, &tr("sync-line"), |ui| {
        let p = palette(ui);
        let (words, tone) = say::line(status, model.now, &model.zone);
        paragraph(
            ui,
            words,
            Type::Strong,
            p.tone(if tone == Tone::Neutral {
                Tone::Blue
            } else {
                tone
            }),
        );
        if let Line::Down { problem, .. } = &status.line {
            paragraph(ui, tr_problem(problem), Type::Body, p.ink);
            paragraph(ui, tr("sync-line-down-why"), Type::Small, p.ink_2);
        }
        fact(
            ui,
            &tr("sync-waiting"),
            &say::waiting(status),
            Type::Body,
            NAMES,
        );
        fact(ui, &tr("sync-central"), &status.central, Type::Mono, NAMES);
        if let Some(difference) = status.clock_difference_ms {
            let seconds = decimal(difference as f64 / 1000.0, 1);
            let words = tr_args("sync-clock-seconds", &[("seconds", seconds.into())]);
            fact(ui, &tr("sync-clock"), &words, Type::Number, NAMES);
        }
        if status.session_expired {
            banner(ui, &tr("sync-session-expired"), Tone::Amber);
            let again = tr("sign-in-again");
            if ui
                .add(Button::secondary(&again).icon(icons::SIGN_IN))
                .clicked()
            {
                intents.push(Intent::SignInAgain);
            }
        }
        if model.is_demonstration() {
            let mut down = status.line_pulled;
            if toggle(ui, &mut down, &tr("line-switch")).changed() {
                intents.push(Intent::PullLine(down));
            }
            hint(ui, tr("line-switch-why"));
        }
    });
}

fn device(ui: &mut Ui, model: &Model, status: &Status, intents: &mut Vec<Intent>) {
    card(ui, &tr("sync-device"), |ui| {
        let device = status
            .device
            .map_or_else(|| tr("sync-no-device"), |id| id.to_string());
        fact(ui, &tr("sync-device-id"), &device, Type::Mono, NAMES);
        if let Some(post) = &status.post {
            fact(
                ui,
                &tr("sync-post"),
                &format!("{} · {}", post.name, post.code),
                Type::Body,
                NAMES,
            );
            fact(ui, &tr("sync-zone"), &post.zone, Type::Body, NAMES);
        }
        fact(
            ui,
            &tr("sync-desk-version"),
            &model.desk_version,
            Type::Body,
            NAMES,
        );
        fact(
            ui,
            &tr("sync-window-version"),
            env!("CARGO_PKG_VERSION"),
            Type::Body,
            NAMES,
        );
        fact(
            ui,
            &tr("sync-protocol"),
            &PROTOCOL_VERSION.to_string(),
            Type::Body,
            NAMES,
        );
        fact(
            ui,
            &tr("sync-store"),
            &tr("sync-store-open"),
            Type::Body,
            NAMES,
        );
        fact(
            ui,
            &tr("sync-rows"),
            &count(model.rows.all().len() as u64),
            Type::Number,
            NAMES,
        );
        journal(ui, model, intents);
    });
}

fn journal(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    let verify = tr("act-verify");
    let running = matches!(model.verification, Remote::Asked).then(|| tr("sync-verifying"));
    let button = Button::secondary(&verify).icon(icons::SEAL_CHECK).key("V");
    if ui
        .add(button.disabled_because(running.as_deref()))
        .clicked()
    {
        intents.push(Intent::Verify);
    }
    match &model.verification {
        Remote::Unasked => {
            hint(ui, tr("sync-verify-why"));
        }
        Remote::Asked => {
            hint(ui, tr("sync-verifying"));
        }
        Remote::Failed(problem) => {
            banner(ui, &tr_problem(problem), Tone::Red);
        }
        Remote::Here(found) => verified(ui, found),
    }
}

fn verified(ui: &mut Ui, found: &Verification) {
    let words = tr_args(
        "sync-verified",
        &[
            ("entries", count(found.entries).into()),
            ("foreign", count(found.foreign_entries).into()),
            ("blobs", count(found.blobs).into()),
        ],
    );
    if found.faults.is_empty() {
        banner(ui, &words, Tone::Green);
        return;
    }
    let faults = found.faults.join("\n");
    banner(
        ui,
        &format!("{}\n{faults}\n{words}", tr("sync-faults")),
        Tone::Red,
    );
}

fn outbox(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    card_flush(
        ui,
        &tr("sync-outbox"),
        |_| {},
        |ui| match &model.outbox {
            Remote::Here(lines) if lines.is_empty() => quiet(ui, &tr("sync-outbox-empty")),
            Remote::Here(lines) => {
                let titles = ["unit", "entries", "files", "oldest", "why"]
                    .map(|code| tr_code("outbox", code));
                let columns = [
                    Column::words(&titles[0], 132.0, 0.2),
                    Column::number(&titles[1], 86.0),
                    Column::number(&titles[2], 76.0),
                    Column::number(&titles[3], 80.0),
                    Column::words(&titles[4], 200.0, 2.0),
                ];
                let shown = lines.len().min(LINES);
                let output = Table::new("outbox", &tr("sync-outbox"), &columns)
                    .whole()
                    .show(ui, shown, |index, cells| {
                        let line = &lines[index];
                        let oldest = age(line.oldest, model.now);
                        cells.text(0, &line.unit, Type::MonoStrong, None);
                        cells.text(1, &count(line.entries), Type::Number, None);
                        cells.text(2, &count(line.blobs), Type::Number, None);
                        cells.text(3, &oldest, Type::Number, None);
                        let (why, tone) = match &line.problem {
                            Some(problem) => (tr_problem(problem), Some(Tone::Red)),
                            None => (tr("outbox-waits"), None),
                        };
                        cells.text(4, &why, Type::Body, tone);
                        format!("{}, {}, {why}", line.unit, line.entries)
                    });
                if let Some(line) = output.clicked.and_then(|index| lines.get(index)) {
                    intents.push(match line.problem {
                        Some(_) => Intent::OpenStuck(line.inspection),
                        None => Intent::Open(line.inspection),
                    });
                }
                quiet(ui, &tr("sync-outbox-open"));
                if lines.len() > shown {
                    quiet(
                        ui,
                        &tr_args(
                            "sync-outbox-more",
                            &[("count", (lines.len() - shown).into())],
                        ),
                    );
                }
            }
            Remote::Failed(problem) => {
                banner(ui, &tr_problem(problem), Tone::Red);
            }
            Remote::Unasked | Remote::Asked => quiet(ui, &tr("sync-outbox-loading")),
        },
    );
}

fn quiet(ui: &mut Ui, text: &str) {
    Frame::new()
        .inner_margin(Margin::same(SPACE_M as i8))
        .show(ui, |ui| blank::none(ui, text));
}
