//! A slot that is carried elsewhere, and the word that is asked for when it is put down: every agency is to answer anew.

use egui::{Key, Modifiers, Ui};
use outpost_domain::{EntryBody, InspectionId, Role, Span};
use outpost_protocol::AgendaSlot;

use crate::design::dialog::{buttons, dialog};
use crate::design::words::paragraph;
use crate::design::{Button, SPACE_S, Type, palette};
use crate::intent::{Intent, Proposal};
use crate::model::{AgendaDay, Model};
use crate::text::{tr, tr_args};

use super::conflicts::Conflict;
use super::{Local, card};

/// Width of the dialog, points.
const WIDTH: f32 = 460.0;

/// A slot under the pointer.
#[derive(Debug)]
pub(super) struct Drag {
    pub(super) inspection: InspectionId,
    /// How far below the card's upper edge it was taken hold of, points.
    pub(super) grip: f32,
}

/// A slot that was put down at another place.
#[derive(Debug)]
pub(super) struct Moving {
    pub(super) inspection: InspectionId,
    pub(super) bay: String,
    pub(super) span: Span,
    pub(super) against: Vec<Conflict>,
    /// Whether it was put down with a key: then the button that moves it is to have the focus.
    pub(super) by_key: bool,
}

/// Whether the officer may move this slot: it is the convener who does.
pub(super) fn may_move(slot: &AgendaSlot, model: &Model) -> bool {
    let officer = model.status.as_ref().and_then(|s| s.officer.as_ref());
    officer.is_some_and(|o| o.role != Role::Analyst && slot.concerned.first() == Some(&o.agency))
}

/// Asks whether the slot that was put down is to be moved.
pub(super) fn ask(
    ui: &Ui,
    local: &mut Local,
    model: &Model,
    agenda: Option<&AgendaDay>,
    intents: &mut Vec<Intent>,
) {
    let Some(moving) = &mut local.moving else {
        return;
    };
    let slot = agenda.and_then(|a| a.slots.iter().find(|s| s.inspection == moving.inspection));
    let Some(slot) = slot else {
        local.moving = None;
        return;
    };
    let title = tr_args("agenda-move-title", &[("unit", slot.unit.clone().into())]);
    let wanted = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let focus = std::mem::take(&mut moving.by_key);
    let output = dialog(ui, "agenda-move", &title, WIDTH, |ui| {
        let p = palette(ui);
        ui.spacing_mut().item_spacing.y = SPACE_S;
        let before = slot.state.slot.span();
        let from = card::place(&slot.state.slot.bay, before, moving.span, model);
        let to = card::place(&moving.bay, moving.span, before, model);
        let args = [("from", from.into()), ("to", to.into())];
        paragraph(ui, tr_args("agenda-move-says", &args), Type::Strong, p.ink);
        for conflict in &moving.against {
            let ink = if conflict.is_grave() { p.red } else { p.amber };
            paragraph(ui, card::conflict(conflict, model), Type::Body, ink);
        }
        paragraph(ui, tr("agenda-move-why"), Type::Body, p.ink_2);
        let mut done = wanted.then_some(true);
        buttons(ui, |ui| {
            let act = tr("agenda-move-act");
            let button = ui.add(Button::primary(&act).key("Ctrl+Enter"));
            if focus {
                button.request_focus();
            }
            if button.clicked() {
                done = Some(true);
            }
            if ui.add(Button::secondary(&tr("agenda-move-not"))).clicked() {
                done = Some(false);
            }
        });
        done
    });
    if output.inner == Some(true) {
        intents.push(Intent::Propose(Box::new(proposal(slot, moving))));
    }
    if output.close || output.inner.is_some() {
        local.moving = None;
    }
}

fn proposal(slot: &AgendaSlot, moving: &Moving) -> Proposal {
    let mut agencies: Vec<_> = slot.state.slot.agencies.iter().map(|a| a.agency).collect();
    if agencies.is_empty() {
        agencies.clone_from(&slot.concerned);
    }
    Proposal {
        inspection: slot.inspection,
        version: slot.version,
        body: EntryBody::SlotProposed {
            bay: moving.bay.clone(),
            span: moving.span,
            setup_minutes: slot.state.setup_minutes,
            agencies,
            over: slot.state.proposal,
        },
    }
}
