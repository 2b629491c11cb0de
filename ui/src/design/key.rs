//! The key cap: which key does an act, drawn where the act is.

use egui::{Align, Color32, CornerRadius, Pos2, Rect, Response, Sense, StrokeKind, Ui, Vec2, vec2};

use super::tokens::{RADIUS_SMALL, SPACE_XS};
use super::r#type::Type;
use super::words::{line, paint_line};
use super::{icons, theme};

const HEIGHT: f32 = 18.0;

/// A key as it is written on its cap; Enter as its arrow.
fn written(key: &str) -> String {
    key.replace("Enter", icons::ARROW_BEND_DOWN_LEFT)
        .replace('+', " ")
}

/// Size of the cap of `key`, points.
pub fn size(ui: &Ui, key: &str) -> Vec2 {
    let text = line(
        ui.painter(),
        &written(key),
        theme::font(ui, Type::Key),
        Color32::PLACEHOLDER,
        f32::INFINITY,
    );
    let height = HEIGHT + theme::metrics(ui).text_step;
    vec2(
        (text.size().x + 2.0 * SPACE_XS + 2.0).max(height + 2.0),
        height,
    )
}

/// Paints the cap of `key` with its left edge at `left_center`; returns where it stands.
pub fn paint(ui: &Ui, left_center: Pos2, key: &str) -> Rect {
    let p = theme::palette(ui);
    let rect = Rect::from_min_size(
        left_center - vec2(0.0, size(ui, key).y / 2.0),
        size(ui, key),
    );
    ui.painter().rect(
        rect,
        CornerRadius::same(RADIUS_SMALL - 1),
        p.panel,
        p.hairline(),
        StrokeKind::Inside,
    );
    paint_line(ui, rect, Align::Center, &written(key), Type::Key, p.ink_2);
    rect
}

/// A key cap as a widget.
pub fn key_cap(ui: &mut Ui, key: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(size(ui, key), Sense::hover());
    paint(ui, rect.left_center(), key);
    response
}
