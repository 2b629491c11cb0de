//! What the window shows while there is no desk to work with: before its first word, and when it cannot be used.

use egui::{CentralPanel, Frame, Ui};
use outpost_protocol::Problem;

use crate::design::{blank, palette};
use crate::text::{tr, tr_problem};

/// The desk has been greeted and has not answered yet.
pub fn waiting(ui: &mut Ui) {
    page(ui, |ui| {
        blank::loading(ui, &tr("start-waiting"), &tr("start-waiting-why"));
    });
}

/// The desk refused, or has gone before it said anything.
pub fn failed(ui: &mut Ui, title: &str, problem: Option<&Problem>, why: &str) {
    let why = problem.map_or_else(|| why.to_owned(), tr_problem);
    page(ui, |ui| drop(blank::failed(ui, title, &why, None)));
}

fn page(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let p = palette(ui);
    CentralPanel::default()
        .frame(Frame::new().fill(p.background))
        .show(ui, add);
}
