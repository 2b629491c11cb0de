//! Settings of this workstation: how it looks, when it is quiet, which central it works for. The desk keeps them and
//! refuses what does not fit; the reason stands beside the field.

pub mod central;
mod quiet;

use egui::{CentralPanel, Frame, Margin, ScrollArea, Ui};

use crate::design::bars::top_bar;
use crate::design::card::card;
use crate::design::chip::toggle;
use crate::design::field::fact;
use crate::design::words::{hint, label, label_2, paragraph};
use crate::design::{Button, Chip, SPACE_L, SPACE_M, ThemeChoice, Type, icons, look, palette};
use crate::intent::Intent;
use crate::model::Model;
use crate::text::{Language, spoken, tr, tr_args, tr_code, tr_problem};

/// The widest that a page of settings gets, points.
const MEASURE: f32 = 640.0;

/// Room for the names of facts, points.
const NAMES: f32 = 190.0;

/// Text sizes offered, per cent.
pub const TEXT_SIZES: [u16; 5] = [90, 100, 115, 130, 150];

/// The setting for the start at login; it is told only where the shell offers it.
const AT_LOGIN: &str = "start-at-login";

/// What only this page knows: what is being typed.
#[derive(Debug, Default)]
pub struct Local {
    /// The form of the central.
    pub central: central::Local,
    quiet: quiet::Local,
}

/// The text size kept in the settings, per cent.
pub fn text_size(model: &Model) -> u16 {
    let kept = model.setting("text-size").parse().ok();
    kept.filter(|size| TEXT_SIZES.contains(size)).unwrap_or(100)
}

/// Shows the screen.
pub fn show(ui: &mut Ui, model: &Model, local: &mut Local) -> Vec<Intent> {
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
                ui.spacing_mut().item_spacing.y = SPACE_M;
                if ui.available_width() > 2.0 * MEASURE {
                    ui.set_max_width(2.0 * MEASURE);
                    ui.columns(2, |halves| {
                        for half in halves.iter_mut() {
                            half.spacing_mut().item_spacing.y = SPACE_M;
                        }
                        habits(&mut halves[0], model, local, &mut intents);
                        belonging(&mut halves[1], model, local, &mut intents);
                    });
                } else {
                    ui.set_max_width(MEASURE);
                    habits(ui, model, local, &mut intents);
                    belonging(ui, model, local, &mut intents);
                }
            });
        });
    intents
}

/// How it looks and when it speaks up.
fn habits(ui: &mut Ui, model: &Model, local: &mut Local, intents: &mut Vec<Intent>) {
    card(ui, &tr("settings-look"), |ui| {
        label_2(ui, tr("settings-language"), Type::SmallMedium);
        setting(ui, model, "language", |ui| language(ui, intents));
        appearance(ui, model, intents);
    });
    card(ui, &tr("settings-quiet"), |ui| {
        setting(ui, model, quiet::NAME, |ui| {
            quiet::show(ui, model, &mut local.quiet, intents);
        });
        paragraph(ui, tr("settings-quiet-why"), Type::Small, palette(ui).ink_2);
    });
    if !model.setting(AT_LOGIN).is_empty() {
        card(ui, &tr("settings-start"), |ui| {
            setting(ui, model, AT_LOGIN, |ui| at_login(ui, model, intents));
            paragraph(
                ui,
                tr("settings-at-login-why"),
                Type::Small,
                palette(ui).ink_2,
            );
        });
    }
}

/// For which central and officer it works, and how it is set up.
fn belonging(ui: &mut Ui, model: &Model, local: &mut Local, intents: &mut Vec<Intent>) {
    card(ui, &tr("settings-central"), |ui| {
        central::show(ui, model, &mut local.central, intents);
    });
    card(ui, &tr("settings-officer"), |ui| {
        officer(ui, model, intents);
    });
    card(ui, &tr("settings-workstation"), |ui| {
        workstation(ui, model, intents);
    });
}

/// A setting, greyed and with a word about it where an administrator has laid it down; under it why the last value was
/// not kept.
fn setting(ui: &mut Ui, model: &Model, name: &str, show: impl FnOnce(&mut Ui)) {
    let managed = model.is_managed(name);
    ui.add_enabled_ui(!managed, show);
    if managed {
        hint(ui, tr("settings-managed"));
    }
    if let Some(problem) = model.unset.get(name) {
        let red = palette(ui).red;
        paragraph(ui, tr_problem(problem), Type::Small, red);
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
    setting(ui, model, "theme", |ui| {
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
    setting(ui, model, "text-size", |ui| {
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
    setting(ui, model, "glove", |ui| {
        let mut glove = now.glove;
        if toggle(ui, &mut glove, &tr("settings-gloves")).changed() {
            intents.push(Intent::ToggleGloves);
        }
    });
    hint(ui, tr("settings-gloves-why"));
}

fn at_login(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    let mut on = model.setting(AT_LOGIN) == "on";
    if toggle(ui, &mut on, &tr("settings-at-login")).changed() {
        let value = if on { "on" } else { "off" };
        intents.push(Intent::Set(AT_LOGIN, value.to_owned()));
    }
}

/// Where its files lie, to be read out to who looks after the laptop, and the keys.
fn workstation(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    let told = model.status.as_ref().map(|status| &status.workstation);
    let lines = [
        ("settings-papers", told.and_then(|t| t.documents.as_ref())),
        ("settings-log", told.and_then(|t| t.logs.as_ref())),
    ];
    for (name, value) in lines {
        if let Some(value) = value {
            fact(ui, &tr(name), value, Type::Body, NAMES);
        }
    }
    paragraph(
        ui,
        tr("settings-workstation-why"),
        Type::Small,
        palette(ui).ink_2,
    );
    let keys = tr("act-keys");
    let button = Button::secondary(&keys).icon(icons::KEYBOARD).key("?");
    if ui.add(button).clicked() {
        intents.push(Intent::Keys);
    }
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
