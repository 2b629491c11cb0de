//! The screen's head: the unit number as hero, the tabs, and what matters about the inspection at the right.

use egui::{Align, Layout, Ui};
use outpost_domain::Openness;

use crate::design::badge::natural_width;
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

/// A badge of the head: its words, tone, what stands behind them, and how soon it gives way to the tabs.
struct Mark {
    words: String,
    tone: Tone,
    why: String,
    yields: u8,
}

/// The badges, from the right: sync, slot, holds or release, lane, trusted. Those that matter least here go first where
/// tabs and words are long.
fn badges(ui: &mut Ui, view: &View<'_>) {
    let mut marks = marks(view);
    let width = |ui: &Ui, mark: &Mark| natural_width(ui, &mark.words) + crate::design::SPACE_S;
    while marks.iter().map(|mark| width(ui, mark)).sum::<f32>() > ui.available_width() {
        let Some(first) = (0..marks.len()).max_by_key(|index| marks[*index].yields) else {
            break;
        };
        marks.remove(first);
    }
    for mark in &marks {
        let badge = Badge::new(&mark.words, mark.tone);
        if mark.why.is_empty() {
            ui.add(badge);
        } else {
            ui.add(badge.hover(&mark.why));
        }
    }
}

fn marks(view: &View<'_>) -> Vec<Mark> {
    let mark = |words, tone, why, yields| Mark {
        words,
        tone,
        why,
        yields,
    };
    let (words, tone, why) = say::badge(&view.opened.sync, view.begun());
    let mut marks = vec![mark(words, tone, why, 1)];
    if let Some(slot) = view.state().slot.as_ref().map(|s| &s.slot) {
        let args = [
            ("time", time(slot.start, view.zone).into()),
            ("bay", slot.bay.clone().into()),
        ];
        let words = tr_args("insp-joint", &args);
        marks.push(mark(words, Tone::Amber, String::new(), 4));
    }
    let openness = view.state().openness;
    match openness {
        Openness::Held => {
            let (words, why) = held(view);
            marks.push(mark(words, Tone::Red, why, 0));
        }
        Openness::Refused | Openness::Partial | Openness::Withdrawn | Openness::Released => {
            let tone = match openness {
                Openness::Released => Tone::Green,
                Openness::Partial => Tone::Amber,
                _ => Tone::Red,
            };
            marks.push(mark(tr_code("openness", openness), tone, String::new(), 0));
        }
        Openness::Waiting => {}
    }
    let lane = view.inspection().lane;
    let tone = lane::lane_tone(lane);
    marks.push(mark(tr_code("lane", lane), tone, String::new(), 2));
    if view.inspection().trusted {
        let why = tr("insp-trusted-why");
        marks.push(mark(tr("insp-trusted"), Tone::Blue, why, 3));
    }
    marks
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
