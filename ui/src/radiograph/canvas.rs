//! The stage: the image with regions over it, and what the pointer does on it.

use egui::accesskit::Role;
use egui::{
    Align, Align2, CornerRadius, CursorIcon, Id, PointerButton, Pos2, Rect, Response, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::design::tokens::RADIUS_SMALL;
use crate::design::words::paint_line;
use crate::design::{SPACE_S, SPACE_XS, Type, palette};

use super::bench::{Bench, Tool};
use super::mark::{Mark, Outline, Region};
use super::marking::Drawing;
use super::measure::Line;
use super::viewport::Viewport;
use super::{beside, loupe, mark, marking, measure};

/// What happened on the stage.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// Where the stage is on the screen.
    pub stage: Option<Rect>,
    /// A mark that was drawn to its end.
    pub region: Option<Outline>,
    /// The region that was clicked.
    pub clicked: Option<usize>,
    /// The pixel that was clicked.
    pub pointed: Option<Pos2>,
    /// The pixel under the pointer.
    pub pixel: Option<Pos2>,
}

/// Shows the image in the room there is; `name` says to a screen reader what it is, `beside_names` what is compared
/// with and the image against it.
pub fn canvas(
    ui: &mut Ui,
    bench: &mut Bench,
    regions: &[Region],
    name: &str,
    beside_names: [&str; 2],
) -> Drawn {
    let room = ui.available_rect_before_wrap();
    let (stage, own) = bench.comparing.stages(room);
    ui.advance_cursor_after_rect(room);
    let response = ui.interact(
        stage,
        Id::unique("radiograph-stage"),
        Sense::click_and_drag(),
    );
    beside::drag_line(ui, bench, stage, beside_names[0]);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    bench.settle(stage);
    let mut drawn = Drawn {
        stage: Some(stage),
        ..Drawn::default()
    };
    zoom(ui, bench, stage, &response);
    let drawing = drag(ui, bench, stage, &response);
    drawn.region = drawing.done;
    bench.wish(ui.ctx(), stage);
    paint(ui, bench, stage);
    beside::paint(ui, bench, stage, own, beside_names);
    let viewport = bench.settle(stage);
    for region in regions {
        mark::paint(ui, viewport, stage, region);
    }
    if let Some(outline) = drawing.preview {
        mark::paint(ui, viewport, stage, &Region::drawn(outline));
    }
    if let Some(line) = &bench.line {
        measure::paint(ui, viewport, stage, line, bench.pitch_mm, bench.probe);
    }
    drawn.pixel = pixel_at(ui, bench, viewport, stage);
    if let Some(pixel) = drawn.pixel.filter(|_| bench.magnified) {
        loupe::paint(ui, bench, stage, pixel);
    }
    let by_click = bench.tool == Tool::Region && matches!(bench.mark, Mark::Polygon | Mark::Text);
    if response.clicked()
        && !by_click
        && let Some(place) = response.interact_pointer_pos()
    {
        let pixel = viewport.to_image(stage, place);
        drawn.clicked = mark::clicked(regions, pixel, viewport.zoom);
        drawn.pointed = Some(pixel);
    }
    crate::design::focus_ring(ui, stage.shrink(2.0), 0, &response);
    drawn
}

fn zoom(ui: &Ui, bench: &mut Bench, stage: Rect, response: &Response) {
    let Some(place) = ui.ctx().pointer_hover_pos().filter(|_| response.hovered()) else {
        return;
    };
    let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    let factor = pinch * (wheel / 240.0).exp();
    if (factor - 1.0).abs() < 1e-4 {
        return;
    }
    if let Some(viewport) = bench.viewport {
        let size = bench.size();
        bench.look(viewport.zoomed(stage, place, factor, size));
    }
}

/// What dragging does: the tool with the first button, moving with any other. Returns the mark being drawn.
fn drag(ui: &Ui, bench: &mut Bench, stage: Rect, response: &Response) -> Drawing {
    let moving = response.dragged_by(PointerButton::Middle)
        || response.dragged_by(PointerButton::Secondary)
        || (bench.tool == Tool::Pan && response.dragged_by(PointerButton::Primary));
    if moving {
        if let Some(viewport) = bench.viewport {
            let size = bench.size();
            bench.look(viewport.panned(response.drag_delta(), size, stage.size()));
        }
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        return Drawing::default();
    }
    if response.hovered() {
        ui.ctx().set_cursor_icon(match bench.tool {
            Tool::Window => CursorIcon::Default,
            Tool::Pan => CursorIcon::Grab,
            Tool::Region | Tool::Measure => marking::CURSOR,
        });
    }
    match bench.tool {
        Tool::Window if response.dragged_by(PointerButton::Primary) => {
            let share = response.drag_delta() / stage.size().max(vec2(1.0, 1.0));
            bench.set_window(bench.tone.window.dragged(share.x, -share.y));
        }
        Tool::Region => return marking::draw(ui, bench, stage, response),
        Tool::Measure => measured(ui, bench, stage, response),
        Tool::Window | Tool::Pan => {}
    }
    Drawing::default()
}

/// Draws the measuring line; a click without a drag takes it away.
fn measured(ui: &Ui, bench: &mut Bench, stage: Rect, response: &Response) {
    if response.clicked() {
        bench.line = None;
    }
    let size = bench.size();
    let ends = marking::dragged(ui, bench, stage, response)
        .map(|ends| ends.map(|end| end.clamp(Pos2::ZERO, size.to_pos2())));
    let (Some([from, to]), Some(loaded)) = (ends, bench.image()) else {
        return;
    };
    let same = bench
        .line
        .as_ref()
        .is_some_and(|line| line.from == from && line.to == to);
    if !same && from.distance(to) >= 1.0 {
        bench.line = Some(Line::along(loaded, from, to));
    }
    if response.drag_stopped_by(PointerButton::Primary) {
        bench.count_line();
    }
}

fn paint(ui: &Ui, bench: &Bench, stage: Rect) {
    let painter = ui.painter().with_clip_rect(stage);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    for (texture, place) in bench.pictures(stage) {
        painter.image(texture, place, whole, egui::Color32::WHITE);
    }
    if let Some(scene) = &bench.scene {
        painter.extend(scene.shape(ui.ctx(), stage));
    }
}

fn pixel_at(ui: &Ui, bench: &Bench, viewport: Viewport, stage: Rect) -> Option<Pos2> {
    let place = ui
        .ctx()
        .pointer_hover_pos()
        .filter(|place| stage.contains(*place))?;
    let pixel = viewport.to_image(stage, place).floor();
    let size = bench.size();
    let inside = pixel.x >= 0.0 && pixel.y >= 0.0 && pixel.x < size.x && pixel.y < size.y;
    inside.then_some(pixel)
}

/// Paints a line of figures on a dark ground at the lower right of the stage.
pub fn readout(ui: &Ui, stage: Rect, text: &str) {
    figures(ui, stage, text, Align::Max);
}

/// Paints a line of figures at the upper right of the stage.
pub fn note(ui: &Ui, stage: Rect, text: &str) {
    figures(ui, stage, text, Align::Min);
}

fn figures(ui: &Ui, stage: Rect, text: &str, vertical: Align) {
    let p = palette(ui);
    let font = crate::design::font(ui, Type::MonoSmall);
    let words = crate::design::words::line(ui.painter(), text, font, p.ink, stage.width());
    let size = words.size() + vec2(2.0 * SPACE_S, SPACE_S);
    let anchor = Align2([Align::Max, vertical]);
    let place = anchor.align_size_within_rect(size, stage.shrink(SPACE_S));
    let ground = p.stage.gamma_multiply(0.85);
    ui.painter()
        .rect_filled(place, CornerRadius::same(RADIUS_SMALL), ground);
    paint_line(
        ui,
        place.shrink2(vec2(SPACE_S, SPACE_XS)),
        Align::Max,
        text,
        Type::MonoSmall,
        p.ink,
    );
}
