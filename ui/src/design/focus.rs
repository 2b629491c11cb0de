//! What the widgets share: the focus ring, and surfaces under the pointer.

use egui::{Color32, CornerRadius, Rect, Response, StrokeKind, Ui};

use super::theme::palette;

/// Rings `rect` when its widget has the keyboard's focus.
pub fn focus_ring(ui: &Ui, rect: Rect, radius: u8, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect,
            CornerRadius::same(radius),
            palette(ui).focus_ring(),
            StrokeKind::Outside,
        );
    }
}

/// The surface of a widget: at rest, or under the pointer.
pub fn surface(response: &Response, rest: Color32, hover: Color32) -> Color32 {
    if response.enabled() && (response.hovered() || response.is_pointer_button_down_on()) {
        hover
    } else {
        rest
    }
}
