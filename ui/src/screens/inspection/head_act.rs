//! A small act in the head of a card, no higher than the head's words.

use egui::accesskit::Role;
use egui::{Align, CornerRadius, Response, Sense, Ui, WidgetInfo, vec2};

use crate::design::tokens::{BADGE, RADIUS_SMALL};
use crate::design::words::{line, paint_line};
use crate::design::{SPACE_XS, Type, focus_ring, font, metrics, palette};

/// Shows the act as words in the accent; `icon` goes before them.
pub fn head_act(ui: &mut Ui, icon: &str, name: &str, words: &str) -> Response {
    let p = palette(ui);
    let text = [icon, words].join(if icon.is_empty() || words.is_empty() {
        ""
    } else {
        " "
    });
    let galley = line(
        ui.painter(),
        &text,
        font(ui, Type::SmallMedium),
        p.accent,
        f32::INFINITY,
    );
    let height = BADGE + metrics(ui).text_step;
    let (rect, response) = ui.allocate_exact_size(
        vec2(galley.size().x + 2.0 * SPACE_XS, height),
        Sense::click(),
    );
    let name = name.to_owned();
    let named = name.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, &named));
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(RADIUS_SMALL), p.accent_wash);
    }
    paint_line(ui, rect, Align::Center, &text, Type::SmallMedium, p.accent);
    focus_ring(ui, rect, RADIUS_SMALL, &response);
    response.on_hover_text(name)
}
