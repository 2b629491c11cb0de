//! The facts beside the manifest: papers, route, parties, what is ordered and why it was selected.

use egui::Ui;
use outpost_domain::Place;

use crate::design::card::card;
use crate::design::words::{copyable, hint, label, label_2, paragraph};
use crate::design::{SPACE_S, SPACE_XS, Type, palette};
use crate::moment::{age, time_or_date};
use crate::text::{tr, tr_args, tr_code};

use super::View;
use super::manifest::{doubts_at, marks};

/// Shows the cards.
pub fn show(ui: &mut Ui, view: &View<'_>) {
    papers(ui, view);
    exams(ui, view);
    parties(ui, view);
    selection(ui, view);
}

/// A small head with its value beneath, for a narrow card.
fn under(ui: &mut Ui, head: &str, add: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        label_2(ui, head, Type::Small);
        add(ui);
    });
}

fn papers(ui: &mut Ui, view: &View<'_>) {
    let inspection = view.inspection();
    let consignment = &inspection.consignment;
    card(ui, &tr("insp-consignment"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        under(ui, &tr("insp-reference"), |ui| {
            copyable(ui, &inspection.reference, Type::MonoStrong);
        });
        under(ui, &tr("insp-mrn"), |ui| {
            match &consignment.mrn {
                Some(mrn) => {
                    copyable(ui, mrn.as_str(), Type::Mono);
                }
                None => {
                    label(ui, tr("insp-none"), Type::Body);
                }
            }
            let doubts = doubts_at(view, &Place::Mrn);
            if !doubts.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    marks(ui, &doubts);
                    for doubt in &doubts {
                        label_2(ui, &doubt.rest, Type::Small);
                    }
                });
            }
        });
        for bill in &consignment.bills {
            under(ui, &tr_code("bill-level", bill.level), |ui| {
                copyable(ui, &bill.number, Type::Mono);
            });
        }
        under(ui, &tr("insp-route"), |ui| {
            label(
                ui,
                format!("{} → {}", consignment.from, consignment.to),
                Type::Mono,
            );
        });
    });
}

fn exams(ui: &mut Ui, view: &View<'_>) {
    let inspection = view.inspection();
    card(ui, &tr("insp-ordered"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        let exams: Vec<String> = inspection
            .exams
            .iter()
            .map(|e| tr_code("exam", e))
            .collect();
        let p = palette(ui);
        paragraph(ui, exams.join(", "), Type::Strong, p.ink);
        let when = time_or_date(inspection.ordered_at, view.now, view.zone);
        label_2(
            ui,
            tr_args(
                "insp-ordered-at",
                &[
                    ("time", when.into()),
                    ("age", age(inspection.ordered_at, view.now).into()),
                ],
            ),
            Type::Small,
        );
        if let Some(at) = inspection.presented_at {
            let when = time_or_date(at, view.now, view.zone);
            label_2(
                ui,
                tr_args("insp-presented-at", &[("time", when.into())]),
                Type::Small,
            );
        }
        if let Some(at) = inspection.due_at {
            let when = time_or_date(at, view.now, view.zone);
            let words = tr_args("insp-due-at", &[("time", when.into())]);
            let late = at < view.now;
            let ink = if late { p.red } else { p.ink_2 };
            paragraph(ui, words, Type::Small, ink);
        }
    });
}

fn parties(ui: &mut Ui, view: &View<'_>) {
    card(ui, &tr("insp-parties"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        for party in &view.inspection().consignment.parties {
            under(ui, &tr_code("party", party.role), |ui| {
                let p = palette(ui);
                paragraph(ui, &party.name, Type::Medium, p.ink);
                let number = party.register_number.as_deref().unwrap_or_default();
                let line = [party.country.as_str(), number].join(if number.is_empty() {
                    ""
                } else {
                    " · "
                });
                hint(ui, line);
            });
        }
    });
}

/// Why it was selected: on customs' devices only.
fn selection(ui: &mut Ui, view: &View<'_>) {
    let Some(selection) = &view.inspection().selection else {
        return;
    };
    card(ui, &tr("insp-selected"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        let p = palette(ui);
        if selection.random {
            paragraph(ui, tr("insp-selected-random"), Type::Medium, p.ink);
        }
        if !selection.criterion.is_empty() {
            paragraph(ui, &selection.criterion, Type::Body, p.ink);
        }
        hint(ui, tr("insp-selected-secret"));
    });
}
