//! What stands where a list would be: empty, loading, failed. Each says why, and what can be done.

use egui::{Align, Layout, Response, Ui, vec2};

use super::button::Button;
use super::icons;
use super::theme::palette;
use super::tokens::{SPACE_M, SPACE_S, SPACE_XL, Tone};
use super::r#type::Type;
use super::words::{paragraph, words};

/// The widest that words in the middle of a page run, points.
const MEASURE: f32 = 420.0;

/// Nothing is here, and why; an act may help.
pub fn empty(
    ui: &mut Ui,
    icon: &str,
    title: &str,
    why: &str,
    act: Option<Button<'_>>,
) -> Option<Response> {
    page(ui, icon, Tone::Neutral, title, why, act)
}

/// Something is being fetched; it will come by itself.
pub fn loading(ui: &mut Ui, title: &str, why: &str) {
    page(ui, icons::HOURGLASS, Tone::Accent, title, why, None);
}

/// It did not work: what happened and what to do.
pub fn failed(ui: &mut Ui, title: &str, why: &str, act: Option<Button<'_>>) -> Option<Response> {
    page(ui, icons::WARNING_CIRCLE, Tone::Red, title, why, act)
}

fn page(
    ui: &mut Ui,
    icon: &str,
    tone: Tone,
    title: &str,
    why: &str,
    act: Option<Button<'_>>,
) -> Option<Response> {
    let p = palette(ui);
    let size = ui.available_size();
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Center), |ui| {
        ui.add_space((size.y * 0.3 - SPACE_XL).max(SPACE_XL));
        ui.set_max_width(MEASURE.min(size.x));
        let ink = if tone == Tone::Neutral {
            p.ink_3
        } else {
            p.tone(tone)
        };
        words(ui, icon, Type::IconHero, ink);
        ui.add_space(SPACE_S);
        paragraph(ui, title, Type::Title, p.ink);
        paragraph(ui, why, Type::Body, p.ink_2);
        act.map(|button| {
            ui.add_space(SPACE_M);
            ui.add(button)
        })
    })
    .inner
}

/// A line that says that a small list is empty, within a card.
pub fn none(ui: &mut Ui, text: &str) {
    let p = palette(ui);
    ui.allocate_ui(vec2(ui.available_width(), 0.0), |ui| {
        paragraph(ui, text, Type::Small, p.ink_2);
    });
}
