//! The agenda: joint inspections bay by bay, by the hour or by the week; a list where the window is narrow. The
//! convener moves a slot by dragging it or with keys; what stands against the new place is told meanwhile.

mod card;
pub mod conflicts;
mod grid;
mod keyed;
mod moving;
mod papers;
mod week;

use std::collections::HashMap;
use std::rc::Rc;

use egui::{Align, CentralPanel, Frame, Layout, Ui};
use jiff::SignedDuration;
use jiff::civil::Date;
use outpost_domain::{Answer, InspectionId};
use outpost_protocol::AgendaSlot;

use crate::design::bars::top_bar;
use crate::design::words::label;
use crate::design::{Button, Chip, Tone, Type, badge, blank, icons, palette};
use crate::intent::Intent;
use crate::model::{AgendaDay, Model, Remote};
use crate::moment::{long_date, short_date};
use crate::text::{tr, tr_args, tr_problem};

use conflicts::{Conflict, Opening};
use keyed::Held;
use moving::{Drag, Moving};

/// Days that a week shows.
pub const WEEK: u8 = 7;

/// What only the agenda knows.
#[derive(Debug, Default)]
pub struct Local {
    /// Whether a whole week is shown.
    pub week: bool,
    /// Whether the next slot that may be moved is to be taken up, to be moved with keys.
    pub take_up: bool,
    /// Whether the time that an agency asked for is to be proposed.
    pub take_wish: bool,
    /// The slot whose card had the focus when the page was drawn last.
    focused: Option<InspectionId>,
    drag: Option<Drag>,
    held: Option<Held>,
    moving: Option<Moving>,
    found: Option<Rc<Found>>,
}

/// What stands against the slots shown and how they stand beside each other, worked out once for what the desk told.
#[derive(Debug)]
struct Found {
    of: (Date, u8, u64),
    conflicts: HashMap<InspectionId, Vec<Conflict>>,
    /// Of each slot: its turn among those of its bay that overlap it, and how many they are.
    lanes: Vec<(usize, usize)>,
}

impl Local {
    /// The first day that is wanted, and how many, when `day` is looked at.
    pub fn wanted(&self, day: Date) -> (Date, u8) {
        if !self.week {
            return (day, 1);
        }
        let back = i64::from(day.weekday().to_monday_zero_offset());
        let monday = day.checked_sub(jiff::Span::new().days(back));
        (monday.unwrap_or(day), WEEK)
    }

    /// Whether a slot is under the pointer.
    pub const fn dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// Whether a slot is carried, by the pointer or with keys: then arrows, Enter and Esc are its own.
    pub const fn carries(&self) -> bool {
        self.drag.is_some() || self.held.is_some()
    }

    /// Whether a slot was put down and waits for a word.
    pub const fn asks(&self) -> bool {
        self.moving.is_some()
    }

    fn found(&mut self, agenda: &AgendaDay, opening: Opening<'_>) -> Rc<Found> {
        let of = (agenda.day, agenda.days, agenda.revision);
        if let Some(found) = self.found.as_ref().filter(|found| found.of == of) {
            return Rc::clone(found);
        }
        let slots = &agenda.slots;
        let lanes = (0..slots.len()).map(|index| grid::side_by_side(slots, index));
        let found = Rc::new(Found {
            of,
            conflicts: conflicts::all(slots, opening),
            lanes: lanes.collect(),
        });
        self.found = Some(Rc::clone(&found));
        found
    }
}

/// Shows the screen.
pub fn show(ui: &mut Ui, local: &mut Local, model: &Model, day: Date) -> Vec<Intent> {
    let mut intents = Vec::new();
    let wanted = local.wanted(day);
    let here = match &model.agenda {
        Remote::Here(agenda) if (agenda.day, agenda.days) == wanted => Some(agenda),
        _ => None,
    };
    let found = here.map(|agenda| local.found(agenda, opening(model)));
    let here = here.zip(found.as_deref());
    let against = here.iter().flat_map(|(_, found)| found.conflicts.values());
    let grave = against
        .filter(|against| against.iter().any(Conflict::is_grave))
        .count();
    let unanswered = here.map_or(0, |(agenda, _)| unanswered(model, agenda));
    bar(ui, local, model, wanted, (grave, unanswered), &mut intents);
    keyed::show(ui, local, model, here.map(|(agenda, _)| agenda));
    let p = palette(ui);
    CentralPanel::default()
        .frame(Frame::new().fill(p.panel))
        .show(ui, |ui| match (here, &model.agenda) {
            (Some((agenda, _)), _) if agenda.slots.is_empty() => {
                let (title, why) = (tr("agenda-empty"), tr("agenda-empty-why"));
                blank::empty(ui, icons::CALENDAR_DOTS, &title, &why, None);
            }
            (Some((agenda, found)), _) if local.week => {
                week::show(ui, local, model, agenda, &found.conflicts, &mut intents);
            }
            (Some((agenda, found)), _) => {
                grid::show(ui, local, model, agenda, found, &mut intents);
            }
            (None, Remote::Failed(problem)) => {
                blank::failed(ui, &tr("agenda-failed"), &tr_problem(problem), None);
            }
            (None, _) => blank::loading(ui, &tr("agenda-loading"), &tr("agenda-loading-why")),
        });
    moving::ask(
        ui,
        local,
        model,
        here.map(|(agenda, _)| agenda),
        &mut intents,
    );
    intents
}

fn opening(model: &Model) -> Opening<'_> {
    Opening {
        hours: post(model).and_then(|post| post.hours),
        zone: &model.zone,
        travel: SignedDuration::from_mins(
            post(model).map_or(0, |post| i64::from(post.travel_minutes)),
        ),
    }
}

fn post(model: &Model) -> Option<&outpost_domain::Post> {
    model.status.as_ref()?.post.as_ref()
}

fn bar(
    ui: &mut Ui,
    local: &mut Local,
    model: &Model,
    (day, days): (Date, u8),
    (conflicts, unanswered): (usize, usize),
    intents: &mut Vec<Intent>,
) {
    let step = i64::from(days);
    top_bar(ui, |ui| {
        label(ui, tr("agenda"), Type::Title);
        if ui
            .add(Button::icon_only(icons::CARET_LEFT, &tr("act-day-before")))
            .clicked()
        {
            intents.push(Intent::TurnDays(-step));
        }
        let words = if days == 1 {
            long_date(day)
        } else {
            let last = day.checked_add(jiff::Span::new().days(step - 1));
            format!(
                "{}\u{2013}{}",
                short_date(day),
                short_date(last.unwrap_or(day))
            )
        };
        label(ui, words, Type::Strong);
        if ui
            .add(Button::icon_only(icons::CARET_RIGHT, &tr("act-day-after")))
            .clicked()
        {
            intents.push(Intent::TurnDays(step));
        }
        let today = local.wanted(model.today()) == (day, days);
        if ui.add(Chip::new(&tr("agenda-today"), today)).clicked() && !today {
            intents.push(Intent::Today);
        }
        for (words, week) in [(tr("agenda-day"), false), (tr("agenda-week"), true)] {
            let chip = Chip::new(&words, local.week == week).key(if week { "W" } else { "D" });
            if ui.add(chip).clicked() {
                intents.push(Intent::AgendaWeek(week));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            papers::show(ui, intents);
            if conflicts > 0 {
                let words = tr_args("agenda-clashes", &[("count", conflicts.into())]);
                badge(ui, &words, Tone::Red);
            }
            if unanswered > 0 {
                let words = tr_args("agenda-waits-for-you", &[("count", unanswered.into())]);
                badge(ui, &words, Tone::Amber);
            }
        });
    });
}

/// Slots that wait for the answer of the officer's agency.
fn unanswered(model: &Model, agenda: &AgendaDay) -> usize {
    let officer = model.status.as_ref().and_then(|s| s.officer.as_ref());
    let Some(own) = officer.map(|o| o.agency) else {
        return 0;
    };
    let waits = |slot: &&AgendaSlot| {
        let mut agencies = slot.state.slot.agencies.iter();
        agencies.any(|a| a.agency == own && a.answer == Answer::Pending)
    };
    agenda.slots.iter().filter(waits).count()
}

/// The post's bays, and those that slots name beyond them.
fn bays(model: &Model, slots: &[AgendaSlot]) -> Vec<String> {
    let mut bays = post(model)
        .map(|post| post.bays.clone())
        .unwrap_or_default();
    for slot in slots {
        if !bays.contains(&slot.state.slot.bay) {
            bays.push(slot.state.slot.bay.clone());
        }
    }
    bays
}
