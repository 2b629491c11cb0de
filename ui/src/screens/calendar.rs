//! A calendar that somebody else wrote: its events, which of them could be slots, and why the others could not. Nothing
//! of it counts before an officer proposes it.

use egui::{Align, Layout, ScrollArea, Ui};
use outpost_protocol::CalendarProposal;

use crate::design::card::hairline;
use crate::design::dialog::{buttons, dialog};
use crate::design::words::{hint, label, paragraph};
use crate::design::{Badge, Button, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, palette};
use crate::intent::{Intent, SlotWish};
use crate::model::{CalendarFile, Model};
use crate::moment::{short_date, time};
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// Width of the dialog, points.
const WIDTH: f32 = 600.0;
/// Height of its list, points.
const HEIGHT: f32 = 420.0;
/// Room for what is said or done beside an event, points.
const BESIDE: f32 = 230.0;

/// Shows what a calendar file told.
pub fn show(ui: &Ui, model: &Model, file: &CalendarFile) -> Option<Intent> {
    let title = tr_args("calendar-title", &[("file", file.name.clone().into())]);
    let output = dialog(ui, "calendar", &title, WIDTH, |ui| {
        let mut chosen = None;
        hint(ui, tr("calendar-says"));
        ui.add_space(SPACE_S);
        ScrollArea::vertical()
            .max_height(HEIGHT)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = SPACE_S;
                for proposal in &file.proposals {
                    hairline(ui);
                    if let Some(wish) = event(ui, model, proposal) {
                        chosen = Some(Intent::ProposeSlot(Box::new(wish)));
                    }
                }
                refused(ui, file);
            });
        buttons(ui, |ui| {
            if ui.add(Button::secondary(&tr("calendar-close"))).clicked() {
                chosen = Some(Intent::CloseCalendar);
            }
        });
        chosen
    });
    output
        .inner
        .or_else(|| output.close.then_some(Intent::CloseCalendar))
}

fn event(ui: &mut Ui, model: &Model, proposal: &CalendarProposal) -> Option<SlotWish> {
    let p = palette(ui);
    let mut wish = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_M;
        let width = (ui.available_width() - BESIDE).max(0.0);
        ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = SPACE_XS;
                let name = if proposal.unit.is_empty() {
                    &proposal.summary
                } else {
                    &proposal.unit
                };
                paragraph(ui, name, Type::Strong, p.ink);
                let day = proposal.span.start.to_zoned(model.zone.clone()).date();
                let clock = |at| time(at, &model.zone);
                let (from, to) = (clock(proposal.span.start), clock(proposal.span.end));
                let mut parts = vec![short_date(day), format!("{from}\u{2013}{to}")];
                if !proposal.place.is_empty() {
                    parts.push(proposal.place.clone());
                }
                paragraph(ui, parts.join(" · "), Type::Body, p.ink);
                for (agency, answer) in &proposal.answers {
                    let args = [
                        ("agency", tr_code("agency", agency).into()),
                        ("answer", tr_code("answer", answer).into()),
                    ];
                    let words = tr_args("calendar-answer", &args);
                    paragraph(ui, words, Type::Small, p.ink_2);
                }
            });
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            wish = beside(ui, proposal);
        });
    });
    wish
}

/// What can be done with the event, or why nothing is to be done.
fn beside(ui: &mut Ui, proposal: &CalendarProposal) -> Option<SlotWish> {
    let Some(inspection) = proposal.inspection else {
        ui.add(Badge::new(&tr("calendar-foreign"), Tone::Neutral));
        return None;
    };
    if proposal.cancelled {
        ui.add(Badge::new(&tr("calendar-cancelled"), Tone::Amber));
        return None;
    }
    if proposal.agreed {
        ui.add(Badge::new(&tr("calendar-agreed"), Tone::Green));
        return None;
    }
    let words = tr("calendar-propose");
    ui.add(Button::secondary(&words))
        .clicked()
        .then(|| SlotWish {
            inspection,
            bay: proposal.place.clone(),
            span: proposal.span,
        })
}

fn refused(ui: &mut Ui, file: &CalendarFile) {
    if file.refused.is_empty() {
        return;
    }
    let p = palette(ui);
    hairline(ui);
    label(ui, tr("calendar-refused"), Type::CardHead);
    for event in &file.refused {
        paragraph(ui, &event.summary, Type::Strong, p.ink);
        paragraph(ui, tr_problem(&event.problem), Type::Body, p.red);
    }
}
