//! Marks: several rows at once, for what is done with all of them.

use std::collections::HashSet;

use egui::{Align, Frame, Layout, Margin, Panel, Ui};
use outpost_domain::{InspectionId, Role};

use super::Local;
use super::beside::Wish;
use crate::design::table::Cells;
use crate::design::words::{label, words};
use crate::design::{Button, SPACE_L, SPACE_S, Type, icons, palette};
use crate::intent::Intent;
use crate::model::Model;
use crate::text::{tr, tr_args};

/// Width of the column of marks, points; the lane's bar stands in it too.
pub const WIDTH: f32 = 40.0;

/// Whether this officer marks: only supervisors have something to do with several rows.
pub fn may(model: &Model) -> bool {
    model
        .officer()
        .is_some_and(|officer| officer.role == Role::Supervisor)
}

impl Local {
    /// Marks an inspection, or takes its mark away.
    pub fn mark(&mut self, id: InspectionId) {
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
    }

    /// Marks the selected row, moves, and marks where it comes to.
    pub fn mark_moving(&mut self, rows: i64) {
        self.marked.extend(self.selected);
        self.step(rows);
        self.marked.extend(self.selected);
    }

    /// The marked inspections in the order of the list, those that it does not show last; without marks, the selected
    /// one.
    pub fn meant(&self) -> Vec<InspectionId> {
        if self.marked.is_empty() {
            return self.selected.into_iter().collect();
        }
        let shown = self.order.shown();
        let mut meant: Vec<InspectionId> = shown
            .iter()
            .filter(|id| self.marked.contains(id))
            .copied()
            .collect();
        if meant.len() < self.marked.len() {
            let seen: HashSet<InspectionId> = meant.iter().copied().collect();
            let mut rest: Vec<InspectionId> = self.marked.difference(&seen).copied().collect();
            rest.sort_unstable();
            meant.extend(rest);
        }
        meant
    }
}

/// The box of a row.
pub fn cell(cells: &mut Cells<'_>, marked: bool) {
    let p = cells.palette();
    cells.add(0, |ui| {
        ui.add_space(SPACE_S);
        if marked {
            words(ui, icons::CHECK_SQUARE, Type::Icon, p.accent);
        } else {
            words(ui, icons::SQUARE, Type::Icon, p.ink_3);
        }
    });
}

/// Under the list, while something is marked: how many, and what can be done with them.
pub fn strip(ui: &mut Ui, local: &Local, intents: &mut Vec<Intent>) {
    if local.marked.is_empty() {
        return;
    }
    let p = palette(ui);
    Panel::bottom("marked")
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.accent_wash)
                .inner_margin(Margin::symmetric(SPACE_L as i8, SPACE_S as i8)),
        )
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let n = [("n", local.marked.len().into())];
                label(ui, tr_args("marks-count", &n), Type::Strong);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let (give, clear) = (tr("marks-assign"), tr("marks-clear"));
                    if ui.add(Button::primary(&give).key("A")).clicked() {
                        intents.push(Intent::Beside(Wish::Assign));
                    }
                    if ui.add(Button::quiet(&clear).key("Esc")).clicked() {
                        intents.push(Intent::ClearMarks);
                    }
                });
            });
        });
}
