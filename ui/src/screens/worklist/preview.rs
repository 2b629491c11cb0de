//! The selected inspection beside the list: what does not add up, what it waits for, and the next act.

use egui::{Align, Layout, ScrollArea, Ui};
use outpost_domain::{Queue, SectionState};
use outpost_protocol::WorklistRow;

use crate::design::lane::lane_tone;
use crate::design::tokens::BADGE;
use crate::design::words::{copyable, hint, label, paragraph, sentence};
use crate::design::{
    Badge, Button, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, agency_square, badge, blank, card,
    icons, metrics, palette,
};
use crate::intent::Intent;
use crate::model::Model;
use crate::moment::time_or_date;
use crate::say;
use crate::screens::inspection::{View, comment, opinion, sentences};
use crate::text::{tr, tr_args, tr_code, tr_problem};

use super::approval;
use super::beside::{self, Wish};

/// Shows the preview.
pub fn show(ui: &mut Ui, model: &Model, row: &WorklistRow, intents: &mut Vec<Intent>) {
    let foot = metrics(ui).control + SPACE_M;
    let body = egui::vec2(
        ui.available_width(),
        (ui.available_height() - foot).max(0.0),
    );
    ui.allocate_ui(body, |ui| {
        ui.set_min_size(body);
        ScrollArea::vertical().id_salt("preview").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_M;
            head(ui, model, row);
            if let Some(view) = beside::view(model, row.row.id) {
                comments(ui, &view);
                approval::show(ui, &view, intents);
                opinions(ui, &view);
            }
            doubts(ui, model, row);
            waits(ui, model, row);
        });
    });
    ui.with_layout(Layout::right_to_left(Align::Max), |ui| {
        acts(ui, model, row, intents);
    });
}

fn head(ui: &mut Ui, model: &Model, row: &WorklistRow) {
    let what = &row.row;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        copyable(ui, &what.unit, Type::MonoHero);
        let mut papers = Vec::new();
        if !what.mrn.is_empty() {
            papers.push(tr_args("preview-mrn", &[("mrn", what.mrn.clone().into())]));
        }
        if !what.bill.is_empty() {
            papers.push(tr_args(
                "preview-bill",
                &[("bill", what.bill.clone().into())],
            ));
        }
        hint(ui, papers.join(" · "));
    });
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        ui.spacing_mut().interact_size.y = BADGE;
        ui.horizontal_wrapped(|ui| badges(ui, model, row));
    });
}

/// Lane, holds and slot as badges.
fn badges(ui: &mut Ui, model: &Model, row: &WorklistRow) {
    let what = &row.row;
    badge(ui, &tr_code("lane", what.lane), lane_tone(what.lane));
    for agency in &what.held_by {
        let words = tr_args(
            "preview-held",
            &[("agency", tr_code("agency", agency).to_lowercase().into())],
        );
        badge(ui, &words, Tone::Red);
    }
    if let Some(start) = what.slot_start {
        let when = time_or_date(start, model.now, &model.zone);
        let bay = what.slot_bay.clone().unwrap_or_default();
        let words = tr_args(
            "preview-joint",
            &[("time", when.into()), ("bay", bay.into())],
        );
        ui.add(Badge::new(&words, Tone::Amber));
    }
}

/// What was written to whoever has it in hand and not read yet.
fn comments(ui: &mut Ui, view: &View<'_>) {
    let unread = comment::unread(view);
    if unread.is_empty() {
        return;
    }
    card::card(ui, &tr("comment-unread"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        for comment in unread {
            comment::said(ui, view, comment);
        }
    });
}

/// Second opinions that are waited for.
fn opinions(ui: &mut Ui, view: &View<'_>) {
    let asked = view.state().opinions.iter();
    let open: Vec<_> = asked.filter(|o| o.answer.is_none()).collect();
    if open.is_empty() {
        return;
    }
    card::card(ui, &tr_code("queue", Queue::Opinion), |ui| {
        let ink = palette(ui).ink;
        for opinion in open {
            paragraph(ui, opinion::words(view, opinion), Type::Body, ink);
        }
    });
}

fn doubts(ui: &mut Ui, model: &Model, row: &WorklistRow) {
    let id = row.row.id;
    if row.row.mismatches == 0
        && model
            .opened
            .get(&id)
            .is_none_or(|o| o.mismatches.is_empty())
    {
        return;
    }
    card::card(ui, &tr("preview-doubts"), |ui| {
        match model.opened.get(&id) {
            Some(opened) => {
                let p = palette(ui);
                for mismatch in &opened.mismatches {
                    let doubt = sentences::doubt(mismatch, &model.zone);
                    let rest = if doubt.rest.is_empty() {
                        String::new()
                    } else {
                        format!(", {}", doubt.rest)
                    };
                    sentence(
                        ui,
                        &[
                            (&doubt.lead, Type::Strong, p.ink),
                            (&rest, Type::Body, p.ink_2),
                        ],
                    );
                }
            }
            None => opening(ui, model, row),
        }
    });
}

fn opening(ui: &mut Ui, model: &Model, row: &WorklistRow) {
    match model.unopened.get(&row.row.id) {
        Some(problem) => {
            let red = palette(ui).red;
            paragraph(ui, tr_problem(problem), Type::Body, red);
        }
        None => blank::none(
            ui,
            &tr_args("row-doubts", &[("count", row.row.mismatches.into())]),
        ),
    }
}

fn waits(ui: &mut Ui, model: &Model, row: &WorklistRow) {
    let squares = match model.opened.get(&row.row.id) {
        Some(opened) => say::waiting_for(&opened.state),
        None => say::squares(&row.row),
    };
    card::card(ui, &tr("preview-waiting"), |ui| {
        for (agency, mark, words) in squares {
            ui.horizontal_top(|ui| {
                agency_square(ui, agency, mark, &words);
                ui.vertical(|ui| {
                    ui.add_space(SPACE_XS);
                    let ink = palette(ui).ink;
                    paragraph(ui, &words, Type::Body, ink);
                });
            });
        }
        let done = tr_code("openness", row.row.openness);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            label(ui, tr("preview-goods"), Type::Small);
            let tone = match row.row.openness {
                outpost_domain::Openness::Held
                | outpost_domain::Openness::Refused
                | outpost_domain::Openness::Withdrawn => Tone::Red,
                outpost_domain::Openness::Waiting | outpost_domain::Openness::Partial => {
                    Tone::Amber
                }
                outpost_domain::Openness::Released => Tone::Green,
            };
            badge(ui, &done, tone);
        });
    });
}

fn acts(ui: &mut Ui, model: &Model, row: &WorklistRow, intents: &mut Vec<Intent>) {
    let why_not = why_no_claim(model, row);
    let claim = tr("preview-claim");
    if ui
        .add(
            Button::secondary(&claim)
                .key("C")
                .disabled_because(why_not.as_deref()),
        )
        .clicked()
    {
        intents.push(Intent::ClaimSelected);
    }
    let write = tr("comment-act");
    let button = Button::icon_only(icons::CHAT_TEXT, &write);
    if ui.add(button).on_hover_text(&write).clicked() {
        intents.push(Intent::Beside(Wish::Comment));
    }
    let open = tr("preview-open");
    if ui.add(Button::primary(&open).key("Enter").fill()).clicked() {
        intents.push(Intent::Open(row.row.id));
    }
}

/// Why the own agency's section cannot be claimed here; `None` when it can.
pub fn why_no_claim(model: &Model, row: &WorklistRow) -> Option<String> {
    let officer = model.officer()?;
    match row
        .row
        .agencies
        .iter()
        .find(|state| state.agency == officer.agency)
    {
        None => Some(tr("claim-no-part")),
        Some(state) if state.state == SectionState::Waiting => None,
        Some(state) => Some(tr_args(
            "claim-not-waiting",
            &[("state", tr_code("section", state.state).into())],
        )),
    }
}
