//! A slot moved with keys, for hands in gloves: taken up, carried by arrows, put down with Enter or left with Esc. And
//! the time that an agency asked for, taken with one key.

use egui::{Align, Frame, Key, Margin, Modifiers, Panel, Rect, Ui};
use jiff::{SignedDuration, ToSpan};
use outpost_domain::{InspectionId, Span};
use outpost_protocol::AgendaSlot;

use crate::design::key::key_cap;
use crate::design::words::{label, label_2, paragraph};
use crate::design::{SPACE_M, SPACE_S, Type, palette};
use crate::model::{AgendaDay, Model};
use crate::text::{tr, tr_args};

use super::conflicts::{Candidate, Conflict, against};
use super::moving::{Moving, may_move};
use super::week::on_day;
use super::{Local, bays, card, opening};

/// How far an arrow moves a slot, minutes.
const STEP: i64 = 15;

/// A slot that is carried with keys.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) inspection: InspectionId,
    pub(super) bay: String,
    pub(super) span: Span,
    /// Whether it was moved since it was last drawn: the page follows it then.
    pub(super) stirred: bool,
}

impl From<&AgendaSlot> for Held {
    fn from(slot: &AgendaSlot) -> Self {
        Self {
            inspection: slot.inspection,
            bay: slot.state.slot.bay.clone(),
            span: slot.state.slot.span(),
            stirred: true,
        }
    }
}

/// What the keys are carried out on.
#[derive(Clone, Copy)]
struct Scene<'a> {
    model: &'a Model,
    agenda: &'a AgendaDay,
}

impl<'a> Scene<'a> {
    fn slot(&self, inspection: InspectionId) -> Option<&'a AgendaSlot> {
        let mut slots = self.agenda.slots.iter();
        slots.find(|slot| slot.inspection == inspection)
    }

    fn against(&self, of: &AgendaSlot, bay: &str, span: Span) -> Vec<Conflict> {
        let candidate = Candidate { of, bay, span };
        against(&candidate, &self.agenda.slots, opening(self.model))
    }
}

/// Carries out the keys and tells below the page what is carried, where to, and how.
pub(super) fn show(ui: &mut Ui, local: &mut Local, model: &Model, agenda: Option<&AgendaDay>) {
    let take_up = std::mem::take(&mut local.take_up);
    let take_wish = std::mem::take(&mut local.take_wish);
    let focused = local.focused.take();
    let Some(agenda) = agenda else {
        local.held = None;
        return;
    };
    let scene = Scene { model, agenda };
    if local.moving.is_some() {
        return;
    }
    if take_wish {
        local.held = None;
        local.moving = wished(scene, focused);
        return;
    }
    if take_up {
        local.held = next(scene, local.held.as_ref(), focused).map(Held::from);
        // The arrows are the slot's now.
        ui.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
    }
    let Some(held) = &mut local.held else { return };
    let Some(slot) = scene.slot(held.inspection) else {
        local.held = None;
        return;
    };
    step(ui, held, scene, local.week);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Escape) {
        local.held = None;
        return;
    }
    let found = scene.against(slot, &held.bay, held.span);
    if pressed(Key::Enter) {
        let moved = held.span != slot.state.slot.span() || held.bay != slot.state.slot.bay;
        local.moving = moved.then(|| Moving {
            inspection: held.inspection,
            bay: held.bay.clone(),
            span: held.span,
            against: found,
            by_key: true,
        });
        local.held = None;
        return;
    }
    let p = palette(ui);
    let (bay, span, week) = (held.bay.clone(), held.span, local.week);
    Panel::bottom("agenda-held")
        .frame(
            Frame::new()
                .fill(p.sunken)
                .inner_margin(Margin::same(SPACE_M as i8)),
        )
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_S;
            let to = card::place(&bay, span, slot.state.slot.span(), scene.model);
            let args = [("from", slot.unit.clone().into()), ("to", to.into())];
            label(ui, tr_args("agenda-move-says", &args), Type::Strong);
            if let Some(first) = found.first() {
                let first = card::conflict(first, scene.model);
                let more = found.len() - 1;
                let words = if more == 0 {
                    first
                } else {
                    let args = [("first", first.into()), ("more", more.into())];
                    tr_args("agenda-and-more", &args)
                };
                paragraph(ui, words, Type::Body, p.tone(card::tone(&found)));
            }
            hints(ui, week);
        });
}

fn hints(ui: &mut Ui, week: bool) {
    let (upright, level) = if week {
        ("agenda-key-bay", "agenda-key-day")
    } else {
        ("agenda-key-time", "agenda-key-bay")
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        let all: [(&[&str], String); 5] = [
            (&["↑", "↓"], tr(upright)),
            (&["←", "→"], tr(level)),
            (&["M"], tr("agenda-key-next")),
            (&["Enter"], tr("agenda-key-down")),
            (&["Esc"], tr("agenda-move-not")),
        ];
        for (keys, words) in all {
            for key in keys {
                key_cap(ui, key);
            }
            label_2(ui, words, Type::Body);
            ui.add_space(SPACE_M);
        }
    });
}

/// The slot to take up: the one in focus, or the one after the one that is held, or the first that is not over.
fn next<'a>(
    scene: Scene<'a>,
    held: Option<&Held>,
    focused: Option<InspectionId>,
) -> Option<&'a AgendaSlot> {
    let movable: Vec<&AgendaSlot> = scene
        .agenda
        .slots
        .iter()
        .filter(|slot| may_move(slot, scene.model))
        .collect();
    let index = |id| movable.iter().position(|slot| slot.inspection == id);
    if let Some(held) = held {
        let after = index(held.inspection).map_or(0, |index| index + 1);
        return movable.get(after).or_else(|| movable.first()).copied();
    }
    if let Some(index) = focused.and_then(index) {
        return movable.get(index).copied();
    }
    let now = scene.model.now;
    let ahead = movable.iter().find(|slot| slot.state.slot.end > now);
    ahead.or_else(|| movable.first()).copied()
}

/// What an agency asked for at the slot in focus, or at the first where one did.
fn wished(scene: Scene<'_>, focused: Option<InspectionId>) -> Option<Moving> {
    let wishes = |slot: &&AgendaSlot| may_move(slot, scene.model) && slot.state.wish().is_some();
    let of = focused
        .and_then(|id| scene.slot(id))
        .filter(wishes)
        .or_else(|| scene.agenda.slots.iter().find(wishes))?;
    let (_, span) = of.state.wish()?;
    let bay = of.state.slot.bay.clone();
    Some(Moving {
        inspection: of.inspection,
        against: scene.against(of, &bay, span),
        bay,
        span,
        by_key: true,
    })
}

/// Moves the slot as often as the arrows were pressed.
fn step(ui: &Ui, held: &mut Held, scene: Scene<'_>, week: bool) {
    let times =
        |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as i64;
    let upright = times(Key::ArrowDown) - times(Key::ArrowUp);
    let level = times(Key::ArrowRight) - times(Key::ArrowLeft);
    if (upright, level) == (0, 0) {
        return;
    }
    held.stirred = true;
    let (rows, moved) = if week {
        (upright, by_days(held.span, level, scene))
    } else {
        (level, by_minutes(held.span, upright * STEP, scene))
    };
    if let Some(span) = moved {
        held.span = span;
    }
    let all = bays(scene.model, &scene.agenda.slots);
    let index = all.iter().position(|bay| *bay == held.bay).unwrap_or(0) as i64;
    let last = all.len().saturating_sub(1) as i64;
    if let Some(bay) = all.get((index + rows).clamp(0, last) as usize) {
        held.bay.clone_from(bay);
    }
}

/// The span so many minutes later, if it still begins on the day that is shown.
fn by_minutes(span: Span, minutes: i64, scene: Scene<'_>) -> Option<Span> {
    let by = SignedDuration::from_mins(minutes);
    let start = span.start.checked_add(by).ok()?;
    let end = span.end.checked_add(by).ok()?;
    let day = start.to_zoned(scene.model.zone.clone()).date();
    (day == scene.agenda.day).then_some(Span { start, end })
}

/// The span at the same time of another day, if that day is shown.
fn by_days(span: Span, days: i64, scene: Scene<'_>) -> Option<Span> {
    let day = span.start.to_zoned(scene.model.zone.clone()).date();
    let to = day.checked_add(days.days()).ok()?;
    let last = scene
        .agenda
        .day
        .checked_add(i64::from(scene.agenda.days).days())
        .ok()?;
    if to < scene.agenda.day || to >= last {
        return None;
    }
    on_day(span, to, &scene.model.zone)
}

/// Draws the slot that is carried where `place` says that it would stand, and lets the page follow it.
pub(super) fn carried(
    ui: &Ui,
    local: &mut Local,
    model: &Model,
    agenda: &AgendaDay,
    place: impl Fn(&Candidate<'_>) -> Option<Rect>,
) {
    let scene = Scene { model, agenda };
    let Some(held) = &mut local.held else { return };
    let Some(of) = scene.slot(held.inspection) else {
        return;
    };
    let candidate = Candidate {
        of,
        bay: &held.bay,
        span: held.span,
    };
    let Some(at) = place(&candidate) else { return };
    let found = scene.against(of, &held.bay, held.span);
    card::ghost(ui, at, model, &candidate, &found);
    if std::mem::take(&mut held.stirred) {
        ui.scroll_to_rect(at, Some(Align::Center));
    }
}
