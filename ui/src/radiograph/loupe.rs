//! The loupe: what is under the pointer, larger, with a cross on the pixel that the figures are of.

use egui::{Color32, CornerRadius, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2, pos2};

use crate::design::palette;
use crate::design::tokens::RADIUS_CARD;

use super::bench::Bench;
use super::viewport::Viewport;

/// Side of the loupe, points.
const SIDE: f32 = 208.0;
/// How much larger than the view it shows.
const TIMES: f32 = 4.0;
/// The least it magnifies: two points for a pixel of the image.
const LEAST: f32 = 2.0;
/// The most it magnifies.
const MOST: f32 = 48.0;
/// Half the length of the cross, points.
const CROSS: f32 = 7.0;

/// Paints the loupe over the stage where the pointer is, on pixel `pixel` of the image.
pub fn paint(ui: &Ui, bench: &mut Bench, stage: Rect, pixel: Pos2) {
    let (Some(viewport), Some(pointer)) = (bench.viewport, ui.ctx().pointer_hover_pos()) else {
        return;
    };
    // Kept whole at the stage's edges: the pointer leaves its middle there, the cross does not leave the pixel.
    let room = stage.shrink(SIDE / 2.0);
    let center = pointer.clamp(room.min, room.max.max(room.min));
    let place = Rect::from_center_size(center, Vec2::splat(SIDE));
    let larger = Viewport {
        center: pixel + Vec2::splat(0.5),
        zoom: (viewport.zoom * TIMES).clamp(LEAST, MOST),
    };
    let p = palette(ui);
    let painter = ui.painter().with_clip_rect(place.intersect(stage));
    painter.rect_filled(place, CornerRadius::same(RADIUS_CARD), p.stage);
    if let Some((texture, part)) = bench.under_loupe(ui.ctx(), place, larger) {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, part, whole, Color32::WHITE);
    }
    let middle = place.center();
    for (width, color) in [(3.0, Color32::from_black_alpha(130)), (1.0, p.accent)] {
        let stroke = Stroke::new(width, color);
        painter.hline(middle.x - CROSS..=middle.x + CROSS, middle.y, stroke);
        painter.vline(middle.x, middle.y - CROSS..=middle.y + CROSS, stroke);
    }
    painter.rect_stroke(
        place,
        CornerRadius::same(RADIUS_CARD),
        Stroke::new(2.0, p.accent),
        StrokeKind::Inside,
    );
}
