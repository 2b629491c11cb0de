//! The lane's bar at the left of a row or card; its name is in the tooltip, never in the colour alone.

use egui::{CornerRadius, Pos2, Rect, Ui, vec2};
use outpost_domain::Lane;

use super::theme::palette;
use super::tokens::{LANE_BAR, Tone};

/// The tone of a lane.
pub const fn lane_tone(lane: Lane) -> Tone {
    match lane {
        Lane::Red => Tone::Red,
        Lane::Yellow => Tone::Amber,
        Lane::Blue => Tone::Blue,
        Lane::Green => Tone::Green,
    }
}

/// Paints a lane's bar of `height` downwards from `top_left`.
pub fn lane_bar(ui: &Ui, top_left: Pos2, height: f32, lane: Lane) -> Rect {
    let rect = Rect::from_min_size(top_left, vec2(LANE_BAR, height));
    let color = palette(ui).bar(lane_tone(lane));
    ui.painter().rect_filled(rect, CornerRadius::same(2), color);
    rect
}
