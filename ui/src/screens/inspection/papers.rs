//! The papers that can be written of an inspection, as buttons beside what they tell.

use egui::Ui;
use outpost_domain::Openness;
use outpost_protocol::Document;

use crate::design::{Button, SPACE_S, icons};
use crate::text::tr_code;

use super::{Screen, View};

/// The joint record, the report on seals and the form of samples where there are any, and what other systems take.
pub(super) fn of_record(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let state = view.state();
    let mut units = view.inspection().units.iter();
    let mut papers = vec![Document::JointRecord];
    if !state.seals.is_empty() || !state.new_seals.is_empty() || units.any(|u| !u.seals.is_empty())
    {
        papers.push(Document::SealReport);
    }
    if !state.samples.is_empty() {
        papers.push(Document::SampleForm);
    }
    papers.push(Document::Codes);
    row(screen, ui, &papers);
}

/// The slot for other calendars, when there is one.
pub(super) fn of_slot(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    if view.state().slot.is_some() {
        row(screen, ui, &[Document::Calendar]);
    }
}

/// The notices that fit how the goods stand.
pub(super) fn of_goods(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let state = view.state();
    let released = |o: Openness| o == Openness::Released;
    let any = released(state.openness) || state.release.iter().any(|r| released(r.openness));
    let mut notices = Vec::new();
    if !released(state.openness) {
        notices.push(Document::HoldNotice);
    }
    if any || state.withdrawal.is_some() {
        notices.push(Document::ReleaseNotice);
    }
    row(screen, ui, &notices);
}

fn row(screen: &mut Screen, ui: &mut Ui, documents: &[Document]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        for document in documents {
            let (code, icon) = look(*document);
            let words = tr_code("paper", code);
            let mut button = Button::secondary(&words).icon(icon);
            if *document == Document::JointRecord {
                button = button.key("Ctrl+P");
            }
            if ui.add(button).clicked() {
                screen.acts.write(*document);
            }
        }
    });
}

/// The end of its Fluent key, and its icon.
const fn look(document: Document) -> (&'static str, &'static str) {
    match document {
        Document::JointRecord => ("joint-record", icons::PRINTER),
        Document::HoldNotice => ("hold-notice", icons::PRINTER),
        Document::ReleaseNotice => ("release-notice", icons::PRINTER),
        Document::SampleForm => ("sample-form", icons::PRINTER),
        Document::SealReport => ("seal-report", icons::PRINTER),
        Document::Calendar => ("calendar", icons::CALENDAR),
        Document::Codes => ("codes", icons::EXPORT),
    }
}
