//! A card for each unit: what it is, its seals, its weighing, its cooling, and what was reported of it.

use egui::Ui;
use outpost_domain::{CheckDigit, Place, Unit};

use crate::design::card::card_with;
use crate::design::words::{copyable, label, label_2, sentence};
use crate::design::{SPACE_L, SPACE_S, SPACE_XL, SPACE_XS, Tone, Type, notice, palette};
use crate::moment::time_or_date;
use crate::text::{tr, tr_args, tr_code};

use super::manifest::{doubts_at, marks, weighing_doubt};
use super::{View, alerts, sentences};

/// Shows every unit.
pub fn show(ui: &mut Ui, view: &View<'_>) {
    for unit in &view.inspection().units {
        card(ui, view, unit);
    }
}

fn card(ui: &mut Ui, view: &View<'_>, unit: &Unit) {
    let name = unit.number.as_str().to_owned();
    let title = format!(
        "{} {}",
        tr_code("unit-kind", unit.kind),
        unit.number.spaced()
    );
    let doubts = doubts_at(view, &Place::Unit(name.clone()));
    card_with(
        ui,
        &title,
        |ui| marks(ui, &doubts),
        |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_S;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = SPACE_XL;
                facts(ui, view, unit);
            });
            ui.add_space(SPACE_XS);
            seals(ui, view, unit);
            for alert in &unit.alerts {
                notice::banner(ui, &alerts::sentence(alert, view), Tone::Red);
            }
        },
    );
}

/// A small head over its value.
fn fact(ui: &mut Ui, head: &str, add: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        label_2(ui, head, Type::Small);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            add(ui);
        });
    });
}

fn facts(ui: &mut Ui, view: &View<'_>, unit: &Unit) {
    fact(ui, &tr("insp-unit-number"), |ui| {
        copyable(ui, unit.number.spaced(), Type::MonoStrong);
    });
    if let Some(size) = &unit.size_type {
        fact(ui, &tr("insp-size-type"), |ui| {
            label(ui, size, Type::Mono);
        });
    }
    if !matches!(unit.number.check_digit(), CheckDigit::NotApplicable) {
        check_digit(ui, unit);
    }
    if let Some(weighing) = &unit.weighing {
        fact(ui, &tr("insp-weighed"), |ui| {
            let doubt = weighing_doubt(view, unit.number.as_str());
            let p = palette(ui);
            let ink = doubt.as_ref().map_or(p.ink, |d| p.tone(d.tone));
            let at = time_or_date(weighing.at, view.now, view.zone);
            let rest = format!("  {}, {at}", weighing.scale);
            sentence(
                ui,
                &[
                    (
                        &sentences::kilograms(weighing.gross),
                        Type::NumberStrong,
                        ink,
                    ),
                    (&rest, Type::Small, p.ink_2),
                ],
            );
        });
    }
    if let Some(reefer) = &unit.reefer {
        fact(ui, &tr("insp-reefer"), |ui| {
            let p = palette(ui);
            let set = tr_args(
                "insp-reefer-set",
                &[("set", sentences::celsius(reefer.set_celsius).into())],
            );
            let Some(actual) = reefer.actual_celsius else {
                sentence(ui, &[(&set, Type::Number, p.ink)]);
                return;
            };
            let off = (actual - reefer.set_celsius).abs() > reefer.tolerance;
            let ink = if off { p.red } else { p.ink };
            let rest = format!("  {set}, ±{}", sentences::celsius(reefer.tolerance));
            sentence(
                ui,
                &[
                    (&sentences::celsius(actual), Type::NumberStrong, ink),
                    (&rest, Type::Small, p.ink_2),
                ],
            );
        });
    }
}

fn check_digit(ui: &mut Ui, unit: &Unit) {
    fact(ui, &tr("insp-check-digit"), |ui| {
        let p = palette(ui);
        match unit.number.check_digit() {
            CheckDigit::Wrong { expected } => {
                let words = tr_args(
                    "insp-check-digit-wrong",
                    &[("expected", expected.to_string().into())],
                );
                sentence(ui, &[(&words, Type::Strong, p.amber)]);
            }
            CheckDigit::Valid | CheckDigit::NotApplicable => {
                label(ui, tr("insp-check-digit-valid"), Type::Body);
            }
        }
    });
}

/// How many seals stand on a line.
const SEALS: usize = 4;

/// The seals as declared.
fn seals(ui: &mut Ui, view: &View<'_>, unit: &Unit) {
    let doubts = doubts_at(view, &Place::Seals(unit.number.as_str().to_owned()));
    let head = tr_args("insp-seals", &[("n", unit.seals.len().into())]);
    ui.horizontal(|ui| {
        label_2(ui, head, Type::Small);
        marks(ui, &doubts);
    });
    for line in unit.seals.chunks(SEALS) {
        ui.horizontal(|ui| {
            for seal in line {
                label(ui, &seal.number, Type::MonoStrong);
                let class = seal
                    .class
                    .map(|c| format!(", {}", tr_code("seal-class", c).to_lowercase()));
                let party = tr_code("seal-party", seal.party);
                label_2(
                    ui,
                    format!("{party}{}", class.unwrap_or_default()),
                    Type::Small,
                );
                ui.add_space(SPACE_L);
            }
        });
    }
}
