//! Tabs with an underline, switched by click and by number key.

use egui::accesskit::Role;
use egui::{Align, Color32, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::focus::focus_ring;
use super::theme::{font, palette};
use super::tokens::{FOCUS_RING, RADIUS_SMALL, SPACE_M};
use super::r#type::Type;
use super::words::{line, paint_line};

/// Shows tabs as high as the bar they stand in; returns the one that was clicked.
pub fn tabs(ui: &mut Ui, names: &[&str], current: usize) -> Option<usize> {
    let p = palette(ui);
    let height = ui.available_height();
    let mut clicked = None;
    ui.spacing_mut().item_spacing.x = 0.0;
    for (index, name) in names.iter().enumerate() {
        let on = index == current;
        let words = line(
            ui.painter(),
            name,
            font(ui, Type::Medium),
            Color32::PLACEHOLDER,
            f32::INFINITY,
        );
        let size = vec2(words.size().x + 2.0 * SPACE_M + 2.0, height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
        let ink = if on || response.hovered() {
            p.ink
        } else {
            p.ink_2
        };
        paint_line(ui, rect, Align::Center, name, Type::Medium, ink);
        if on {
            let under = Rect::from_min_max(
                pos2(rect.left(), rect.bottom() - FOCUS_RING - p.line_width),
                rect.max,
            );
            ui.painter().rect_filled(under, 0, p.accent);
        }
        focus_ring(ui, rect.shrink(FOCUS_RING), RADIUS_SMALL, &response);
        if response.clicked() {
            clicked = Some(index);
        }
    }
    clicked
}
