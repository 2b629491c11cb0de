//! The screen's head: the unit number as hero, the tabs, and what matters about the inspection at the right.

use egui::{Align, Layout, Ui};
use outpost_domain::Openness;

use crate::design::tabs::tabs;
use crate::design::words::label;
use crate::design::{Badge, Button, Tone, Type, bars, icons, lane};
use crate::moment::time;
use crate::say;
use crate::text::{tr, tr_args, tr_code};

use super::{Screen, Tab, View, sentences};

/// Shows the head.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    bars::top_bar(ui, |ui| {
        let back = tr("insp-back");
        if ui
            .add(Button::icon_only(icons::ARROW_LEFT, &back).frameless())
            .clicked()
        {
            screen.leave();
        }
        label(ui, view.hero(), Type::MonoHero);
        let more = view.inspection().units.len().saturating_sub(1);
        if more > 0 {
            label(ui, format!("+{more}"), Type::MonoTitle);
        }
        let names = Tab::ALL.map(|tab| tr_code("insp-tab", tab.code()));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let current = Tab::ALL
            .iter()
            .position(|tab| *tab == screen.tab)
            .unwrap_or(0);
        if let Some(tab) = tabs(ui, &names, current).and_then(|index| Tab::ALL.get(index)) {
            screen.tab = *tab;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = crate::design::SPACE_S;
            badges(ui, view);
        });
    });
}

/// The badges, from the right: sync, slot, holds or release, lane.
fn badges(ui: &mut Ui, view: &View<'_>) {
    let (words, tone, why) = say::badge(&view.opened.sync, view.begun());
    ui.add(Badge::new(&words, tone).hover(&why));
    if let Some(slot) = &view.inspection().slot {
        let words = tr_args(
            "insp-joint",
            &[
                ("time", time(slot.start, view.zone).into()),
                ("bay", slot.bay.clone().into()),
            ],
        );
        ui.add(Badge::new(&words, Tone::Amber));
    }
    openness(ui, view);
    let lane_code = view.inspection().lane;
    ui.add(Badge::new(
        &tr_code("lane", lane_code),
        lane::lane_tone(lane_code),
    ));
    if view.inspection().trusted {
        ui.add(Badge::new(&tr("insp-trusted"), Tone::Blue).hover(&tr("insp-trusted-why")));
    }
}

fn openness(ui: &mut Ui, view: &View<'_>) {
    match view.state().openness {
        Openness::Held => {
            let (words, why) = held(view);
            ui.add(Badge::new(&words, Tone::Red).hover(&why));
        }
        Openness::Refused => {
            ui.add(Badge::new(
                &tr_code("openness", Openness::Refused),
                Tone::Red,
            ));
        }
        Openness::Released => {
            ui.add(Badge::new(
                &tr_code("openness", Openness::Released),
                Tone::Green,
            ));
        }
        Openness::Waiting => {}
    }
}

/// By whom it is held, and each hold's reason.
fn held(view: &View<'_>) -> (String, String) {
    let mut agencies: Vec<_> = view.state().open_holds().map(|h| h.hold.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let first = agencies
        .first()
        .map(|a| tr_code("agency", a).to_lowercase())
        .unwrap_or_default();
    let mut words = tr_args("insp-held-by", &[("agency", first.into())]);
    if agencies.len() > 1 {
        words = format!("{words} +{}", agencies.len() - 1);
    }
    let why: Vec<String> = view
        .state()
        .open_holds()
        .map(|h| {
            let (lead, rest) = sentences::hold(h);
            format!("{lead}, {rest}")
        })
        .collect();
    (words, why.join("\n"))
}
