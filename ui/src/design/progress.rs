//! Progress of something that takes a while; it has its own height and never moves what stands around it.

use egui::accesskit::Role;
use egui::{CornerRadius, Rect, Response, Sense, Ui, WidgetInfo, vec2};

use super::theme::palette;

/// Height of the bar, points.
pub const HEIGHT: f32 = 4.0;

/// A bar filled to `part` of 1 and `width` points wide; `words` says what is done, to a screen reader.
pub fn progress(ui: &mut Ui, part: f32, width: f32, words: &str) -> Response {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, words);
        info.value = Some(f64::from(part));
        info
    });
    paint(ui, rect, part, p.line);
    response
}

/// Paints a bar filled to `part` of 1.
pub fn paint(ui: &Ui, rect: Rect, part: f32, ground: egui::Color32) {
    let p = palette(ui);
    let radius = CornerRadius::same(2);
    ui.painter().rect_filled(rect, radius, ground);
    let done = Rect::from_min_size(
        rect.min,
        vec2(rect.width() * part.clamp(0.0, 1.0), rect.height()),
    );
    ui.painter().rect_filled(done, radius, p.accent);
}
