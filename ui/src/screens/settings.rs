//! Settings of this workstation: language, theme, gloves, text size, which the desk keeps, and what was set up outside
//! the window.

use egui::{CentralPanel, Frame, Margin, ScrollArea, Ui};

use crate::design::bars::top_bar;
use crate::design::card::card;
use crate::design::chip::toggle;
use crate::design::field::fact;
use crate::design::words::{hint, label, label_2};
use crate::design::{Button, Chip, SPACE_L, SPACE_M, ThemeChoice, Type, icons, look, palette};
use crate::intent::Intent;
use crate::model::Model;
use crate::text::{Language, spoken, tr, tr_args, tr_code};

/// The widest that a page of settings gets, points.
const MEASURE: f32 = 640.0;

/// Room for the names of facts, points.
const NAMES: f32 = 190.0;

/// Text sizes offered, per cent.
pub const TEXT_SIZES: [u16; 5] = [90, 100, 115, 130, 150];

/// The text size kept in the settings, per cent.
pub fn text_size(model: &Model) -> u16 {
    let kept = model.setting("text-size").parse().ok();
    kept.filter(|size| TEXT_SIZES.contains(size)).unwrap_or(100)
}

/// Shows the screen.
pub fn show(ui: &mut Ui, model: &Model) -> Vec<Intent> {
    let mut intents = Vec::new();
    top_bar(ui, |ui| drop(label(ui, tr("settings"), Type::Title)));
    let p = palette(ui);
    CentralPanel::default()
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(MEASURE);
                ui.spacing_mut().item_spacing.y = SPACE_M;
                card(ui, &tr("settings-language"), |ui| {
                    managed(ui, model, "language", |ui| language(ui, &mut intents));
                });
                card(ui, &tr("settings-look"), |ui| {
                    appearance(ui, model, &mut intents);
                });
                card(ui, &tr("settings-officer"), |ui| {
                    officer(ui, model, &mut intents);
                });
                card(ui, &tr("settings-workstation"), |ui| {
                    workstation(ui, model);
                });
            });
        });
    intents
}

/// A setting, greyed and with a word about it where an administrator has laid it down.
fn managed(ui: &mut Ui, model: &Model, name: &str, show: impl FnOnce(&mut Ui)) {
    let managed = model.is_managed(name);
    ui.add_enabled_ui(!managed, show);
    if managed {
        hint(ui, tr("settings-managed"));
    }
}

fn language(ui: &mut Ui, intents: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        for language in Language::ALL {
            let on = spoken() == language;
            if ui.add(Chip::new(language.own_name(), on)).clicked() && !on {
                intents.push(Intent::Set("language", language.code().to_owned()));
            }
        }
    });
}

fn appearance(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    let now = look(ui.ctx());
    label_2(ui, tr("settings-theme"), Type::SmallMedium);
    managed(ui, model, "theme", |ui| {
        ui.horizontal_wrapped(|ui| {
            for theme in ThemeChoice::ALL {
                let on = now.theme == theme;
                let name = tr_code("theme", theme.code());
                if ui.add(Chip::new(&name, on)).clicked() && !on {
                    intents.push(Intent::Set("theme", theme.code().to_owned()));
                }
            }
        });
    });
    label_2(ui, tr("settings-text-size"), Type::SmallMedium);
    managed(ui, model, "text-size", |ui| {
        ui.horizontal_wrapped(|ui| {
            for size in TEXT_SIZES {
                let on = text_size(model) == size;
                let words = tr_args("settings-per-cent", &[("size", size.into())]);
                if ui.add(Chip::new(&words, on)).clicked() && !on {
                    intents.push(Intent::Set("text-size", size.to_string()));
                }
            }
        });
    });
    managed(ui, model, "glove", |ui| {
        let mut glove = now.glove;
        if toggle(ui, &mut glove, &tr("settings-gloves")).changed() {
            intents.push(Intent::ToggleGloves);
        }
    });
    hint(ui, tr("settings-gloves-why"));
}

/// What is set up outside the window, and where its files lie: to be read out to who looks after the laptop.
fn workstation(ui: &mut Ui, model: &Model) {
    let Some(status) = &model.status else {
        return;
    };
    let told = &status.workstation;
    let of_system = tr("settings-ca-system");
    let lines = [
        ("settings-central", Some(&status.central)),
        ("settings-ca", Some(told.ca.as_ref().unwrap_or(&of_system))),
        ("settings-identity", told.identity.as_ref()),
        ("settings-papers", told.documents.as_ref()),
        ("settings-log", told.logs.as_ref()),
    ];
    for (name, value) in lines {
        if let Some(value) = value {
            fact(ui, &tr(name), value, Type::Body, NAMES);
        }
    }
    hint(ui, tr("settings-workstation-why"));
}

fn officer(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    if let Some(officer) = model.officer() {
        label(ui, &officer.name, Type::Strong);
        let words = format!(
            "{} · {}",
            tr_code("agency", officer.agency),
            tr_code("role", officer.role)
        );
        label_2(ui, words, Type::Small);
    }
    let out = tr("act-sign-out");
    if ui
        .add(Button::secondary(&out).icon(icons::SIGN_OUT))
        .clicked()
    {
        intents.push(Intent::SignOut);
    }
    hint(ui, tr("settings-sign-out-why"));
}
