//! A word to the officer that floats over the window's foot: saved, refused, arrived. It says so and goes.

use egui::accesskit::Role;
use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Response, Ui, WidgetInfo, vec2};

use super::button::Button;
use super::icons;
use super::theme::{palette, shadow};
use super::tokens::{RADIUS, SPACE_L, SPACE_M, SPACE_S, STATUS_BAR, Tone};
use super::r#type::Type;
use super::words::{paragraph, words};

/// The widest that a notice gets, points.
const MEASURE: f32 = 620.0;

/// The icon that goes with a tone.
pub const fn tone_icon(tone: Tone) -> &'static str {
    match tone {
        Tone::Red => icons::WARNING_CIRCLE,
        Tone::Amber => icons::WARNING,
        Tone::Green => icons::CHECK_CIRCLE,
        Tone::Neutral | Tone::Accent | Tone::Blue => icons::INFO,
    }
}

/// What the officer did with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastDone {
    /// Nothing yet.
    Nothing,
    /// Closed it.
    Closed,
    /// Chose its act.
    Acted,
}

/// Shows a notice above the status bar; returns whether it was closed.
pub fn toast(ui: &Ui, text: &str, tone: Tone) -> bool {
    toast_with(ui, text, tone, None) == ToastDone::Closed
}

/// Room for the cross, points.
const CLOSE: f32 = 40.0;
/// Room for an act and the cross, points.
const ACT: f32 = 150.0;

/// Shows a notice above the status bar, with an act when there is one.
pub fn toast_with(ui: &Ui, text: &str, tone: Tone, act: Option<&str>) -> ToastDone {
    let p = palette(ui);
    let close = crate::text::tr("notice-close");
    Area::new(Id::unique("notice"))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -STATUS_BAR - SPACE_L))
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(p.panel)
                .stroke(egui::Stroke::new(p.line_width, p.tone(tone)))
                .shadow(shadow(&p))
                .corner_radius(CornerRadius::same(RADIUS))
                .inner_margin(Margin::symmetric(SPACE_M as i8, SPACE_S as i8))
                .show(ui, |ui| {
                    ui.set_max_width(MEASURE);
                    let (acted, closed) = ui
                        .horizontal(|ui| {
                            words(ui, tone_icon(tone), Type::Icon, p.tone(tone));
                            let room = if act.is_some() { ACT } else { CLOSE };
                            let text_width = ui.available_width() - room;
                            let said = ui
                                .scope(|ui| {
                                    ui.set_max_width(text_width);
                                    let words = super::words::rich(ui, text, Type::Body, p.ink);
                                    ui.add(egui::Label::new(words).wrap())
                                })
                                .inner;
                            said.widget_info(|| WidgetInfo::labeled(Role::Alert, true, text));
                            let acted =
                                act.is_some_and(|act| ui.add(Button::secondary(act)).clicked());
                            let close = Button::icon_only(icons::X, &close).frameless();
                            (acted, ui.add(close).clicked())
                        })
                        .inner;
                    match (acted, closed) {
                        (true, _) => ToastDone::Acted,
                        (false, true) => ToastDone::Closed,
                        (false, false) => ToastDone::Nothing,
                    }
                })
                .inner
        })
        .inner
}

/// A notice within a page: an icon and a sentence on the tone's wash.
pub fn banner(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let p = palette(ui);
    super::card::tinted(ui, tone, |ui| {
        ui.horizontal_top(|ui| {
            words(ui, tone_icon(tone), Type::Icon, p.tone(tone));
            paragraph(ui, text, Type::Body, p.ink);
        });
    })
    .response
}
