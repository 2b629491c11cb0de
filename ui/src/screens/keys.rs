//! The sheet of keys: every act of this page with its key, called by `?`.

use egui::{ScrollArea, Ui};

use crate::acts::{Act, Where, acts, cap};
use crate::design::dialog::dialog;
use crate::design::key::key_cap;
use crate::design::words::{label, label_2};
use crate::design::{SPACE_S, SPACE_XL, SPACE_XS, Type};
use crate::intent::Place;
use crate::screens::inspection::Tab;
use crate::text::{tr, tr_code};

/// Width of the sheet, points.
const WIDTH: f32 = 640.0;
/// Height of its list, points.
const HEIGHT: f32 = 480.0;

/// Shows the sheet, with the keys of the inspection's tab that is shown; says whether it is to be closed.
pub fn show(ui: &Ui, place: Place, tab: Option<Tab>, demonstration: bool) -> bool {
    let all: Vec<Act> = acts()
        .into_iter()
        .filter(|act| !act.keys.is_empty() && (demonstration || !act.demonstration))
        .collect();
    let here: Vec<&Act> = all
        .iter()
        .filter(|act| act.place == Where::On(place))
        .collect();
    let everywhere: Vec<&Act> = all
        .iter()
        .filter(|act| act.place == Where::Everywhere)
        .collect();
    let of_tab = |wanted, place| -> Vec<&Act> {
        let shown = tab == Some(wanted);
        all.iter()
            .filter(|act| shown && act.place == place)
            .collect()
    };
    let radiograph: Vec<&Act> = all
        .iter()
        .filter(|act| matches!(act.place, Where::Radiograph | Where::Scan))
        .filter(|act| act.is_on(place, tab))
        .collect();
    let checks = of_tab(Tab::Checks, Where::Checks);
    let joint = of_tab(Tab::Joint, Where::Joint);
    dialog(ui, "keys", &tr("keys-title"), WIDTH, |ui| {
        ScrollArea::vertical()
            .max_height(HEIGHT)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.columns(2, |halves| {
                    for (title, acts) in [
                        ("keys-radiograph", &radiograph),
                        ("keys-checks", &checks),
                        ("keys-joint", &joint),
                    ] {
                        if !acts.is_empty() {
                            group(&mut halves[0], &tr(title), acts);
                            halves[0].add_space(SPACE_S);
                        }
                    }
                    group(&mut halves[0], &tr("keys-here"), &here);
                    group(&mut halves[1], &tr("keys-everywhere"), &everywhere);
                });
            });
    })
    .close
}

fn group(ui: &mut Ui, title: &str, acts: &[&Act]) {
    ui.spacing_mut().item_spacing.y = SPACE_XS;
    ui.spacing_mut().interact_size.y = SPACE_XL;
    label_2(ui, title, Type::CardHead);
    ui.add_space(SPACE_XS);
    for act in acts {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            for shortcut in &act.keys {
                key_cap(ui, &cap(shortcut));
            }
            label(ui, tr_code("act", act.title), Type::Body);
        });
    }
}
