//! The bars over the list: the folder, and which of its files are shown.

use egui::{Align, Frame, Key, Layout, Margin, Panel, Ui};

use crate::design::bars::top_bar;
use crate::design::chip::toggle;
use crate::design::notice::banner;
use crate::design::words::{hint, label};
use crate::design::{Button, Chip, Field, SPACE_L, SPACE_M, SPACE_S, Tone, Type, icons, palette};
use crate::intake::Group;
use crate::intent::Intent;
use crate::model::Model;
use crate::text::{tr, tr_args, tr_code};

use super::{Local, Wish};

/// The setting that names the folder that is looked through at every start.
pub const SETTING: &str = "import-folder";
/// The longest path that is taken, characters.
const LONGEST_PATH: usize = 1_000;
/// The field for a path has this much room, points.
const PATH: f32 = 240.0;

/// Shows them.
pub fn show(ui: &mut Ui, local: &mut Local, model: &Model, intents: &mut Vec<Intent>) {
    top_bar(ui, |ui| {
        label(ui, tr("import"), Type::Title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            all_sure(ui, local, intents);
        });
    });
    let p = palette(ui);
    let margin = Margin::symmetric(SPACE_L as i8, SPACE_S as i8);
    let shown = Panel::top("import-bar")
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.panel).inner_margin(margin))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(SPACE_S, SPACE_S);
            folder(ui, local, intents);
            if local.watch.is_some() {
                ui.horizontal_wrapped(|ui| {
                    groups(ui, local, intents);
                    ui.add_space(SPACE_M);
                    always(ui, local, model, intents);
                });
                notes(ui, local);
            }
        });
    let rect = shown.response.rect;
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), p.hairline());
}

fn all_sure(ui: &mut Ui, local: &Local, intents: &mut Vec<Intent>) {
    let sure = local.basket.sure();
    let words = tr_args("import-take-all", &[("n", sure.into())]);
    let why = (sure == 0).then(|| tr("import-take-all-none"));
    let button = Button::primary(&words)
        .icon(icons::CHECK)
        .key("Ctrl+Enter")
        .disabled_because(why.as_deref());
    if ui.add(button).clicked() {
        intents.push(Intent::Import(Wish::TakeAll));
    }
}

/// The folder that is open, and the ways to another one.
fn folder(ui: &mut Ui, local: &mut Local, intents: &mut Vec<Intent>) {
    ui.horizontal_wrapped(|ui| {
        let choose = tr("import-choose");
        let choose = Button::secondary(&choose).icon(icons::HARD_DRIVES).key("O");
        if ui.add(choose).clicked() {
            intents.push(Intent::Import(Wish::Choose));
        }
        ui.allocate_ui(egui::vec2(PATH, ui.available_height()), |ui| {
            let response = Field::new("")
                .hint(&tr("import-path"))
                .limit(LONGEST_PATH)
                .show(ui, &mut local.path);
            let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            if entered && !local.path.trim().is_empty() {
                let path = std::mem::take(&mut local.path);
                intents.push(Intent::Import(Wish::Look(path.trim().into())));
            }
        });
        let Some(watch) = &local.watch else {
            return;
        };
        let root = watch.root.display().to_string();
        ui.add_space(SPACE_S);
        let name = watch.root.file_name().unwrap_or(watch.root.as_os_str());
        label(ui, name.to_string_lossy(), Type::Strong).on_hover_text(&root);
        let leave = tr("import-leave");
        if ui
            .add(Button::icon_only(icons::X, &leave).frameless())
            .clicked()
        {
            intents.push(Intent::Import(Wish::Leave));
        }
    });
}

/// Whether the folder is looked through at every start.
fn always(ui: &mut Ui, local: &Local, model: &Model, intents: &mut Vec<Intent>) {
    let Some(watch) = &local.watch else {
        return;
    };
    let mut always = model.setting(SETTING) == watch.root.display().to_string();
    let managed = model.is_managed(SETTING);
    let changed = ui
        .add_enabled_ui(!managed, |ui| {
            toggle(ui, &mut always, &tr("import-always")).changed()
        })
        .inner;
    if changed {
        intents.push(Intent::Import(Wish::Always(always)));
    }
    if managed {
        hint(ui, tr("settings-managed"));
    }
}

fn groups(ui: &mut Ui, local: &Local, intents: &mut Vec<Intent>) {
    let basket = &local.basket;
    let all = tr("import-group-all");
    let chip = Chip::new(&all, basket.only.is_none()).count(basket.len());
    if ui.add(chip).clicked() {
        intents.push(Intent::Import(Wish::Only(None)));
    }
    for group in Group::ALL {
        let on = basket.only == Some(group);
        let files = basket.count(group);
        if files == 0 && !on {
            continue;
        }
        let words = tr_code("import-group", group.code());
        if ui.add(Chip::new(&words, on).count(files)).clicked() {
            intents.push(Intent::Import(Wish::Only((!on).then_some(group))));
        }
    }
}

/// What is not in the list, and why.
fn notes(ui: &mut Ui, local: &Local) {
    let basket = &local.basket;
    if let Some(reason) = basket.gone.as_ref().filter(|_| !basket.is_empty()) {
        let args = [("reason", reason.clone().into())];
        banner(ui, &tr_args("import-went", &args), Tone::Amber);
    }
    let mut notes = Vec::new();
    if basket.more {
        let most = crate::intake::folder::MOST;
        notes.push(tr_args("import-more", &[("most", most.into())]));
    }
    if basket.passed_over > 0 {
        let args = [("n", basket.passed_over.into())];
        notes.push(tr_args("import-passed-over", &args));
    }
    if !notes.is_empty() {
        hint(ui, notes.join(" "));
    }
}
