//! The map at the lower left of the stage: the whole image, small, with what is in sight framed on it.

use egui::{
    Color32, CornerRadius, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::design::tokens::RADIUS_SMALL;
use crate::design::{SPACE_S, palette};

use super::bench::Bench;
use super::viewport::whole;

/// Width of the map, points; no higher than [`HIGHEST`].
const WIDTH: f32 = 224.0;
/// The highest the map gets, points.
const HIGHEST: f32 = 120.0;

/// Shows the map over the stage; a click or drag on it moves the view there.
pub fn overview(ui: &Ui, bench: &mut Bench, stage: Rect, name: &str) {
    let size = bench.size();
    let (Some(viewport), Some(texture)) = (bench.viewport, bench.overview_texture()) else {
        return;
    };
    let scale = (WIDTH / size.x.max(1.0)).min(HIGHEST / size.y.max(1.0));
    let inner = size * scale;
    let outer = inner + vec2(2.0 * SPACE_S, 2.0 * SPACE_S);
    let corner = stage.left_bottom() + vec2(SPACE_S, -SPACE_S - outer.y);
    let place = Rect::from_min_size(corner, outer);
    let map = place.shrink(SPACE_S);
    let p = palette(ui);
    ui.painter().rect(
        place,
        CornerRadius::same(RADIUS_SMALL),
        p.panel,
        p.hairline(),
        StrokeKind::Inside,
    );
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), map, all, Color32::WHITE);
    let seen = viewport.seen(stage).intersect(whole(size));
    let on_map = |pixel: Pos2| map.min + pixel.to_vec2() * scale;
    let frame = Rect::from_min_max(on_map(seen.min), on_map(seen.max));
    ui.painter()
        .rect_stroke(frame, 0, Stroke::new(1.5, p.accent), StrokeKind::Inside);
    let response = ui.interact(place, Id::unique("radiograph-map"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Image, true, name));
    if (response.clicked() || response.dragged())
        && let Some(at) = response.interact_pointer_pos()
    {
        let center = Pos2::ZERO + (at - map.min) / scale;
        let moved = super::Viewport { center, ..viewport };
        bench.look(moved.within(size, stage.size()));
    }
}
