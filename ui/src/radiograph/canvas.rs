//! The stage: the image with regions over it, and what the pointer does on it.

use egui::accesskit::Role;
use egui::{
    Align, Align2, CornerRadius, CursorIcon, PointerButton, Pos2, Rect, Response, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::design::tokens::RADIUS_SMALL;
use crate::design::words::paint_line;
use crate::design::{SPACE_S, SPACE_XS, Tone, Type, badge, palette};

use super::bench::{Bench, Tool};
use super::measure::Line;
use super::viewport::Viewport;
use super::{loupe, measure};

/// A region to be drawn over the image.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Where, in pixels of the image.
    pub part: Rect,
    /// What stands at it: number and category.
    pub label: String,
    /// Red for a region that stands, accent for one being drawn.
    pub tone: Tone,
    /// Whether it is the one that is looked at.
    pub selected: bool,
}

/// What happened on the stage.
#[derive(Debug, Clone, Copy, Default)]
pub struct Drawn {
    /// Where the stage is on the screen.
    pub stage: Option<Rect>,
    /// A region that was drawn to its end, in pixels of the image.
    pub region: Option<Rect>,
    /// The region that was clicked.
    pub clicked: Option<usize>,
    /// The pixel under the pointer.
    pub pixel: Option<Pos2>,
}

/// The smallest region, pixels on a side: less is a click.
const SMALLEST: f32 = 3.0;

/// Shows the image in the room there is; `name` says to a screen reader what it is.
pub fn canvas(ui: &mut Ui, bench: &mut Bench, regions: &[Region], name: &str) -> Drawn {
    let (stage, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    bench.settle(stage);
    let mut drawn = Drawn {
        stage: Some(stage),
        ..Drawn::default()
    };
    zoom(ui, bench, stage, &response);
    let drag = drag(ui, bench, stage, &response, &mut drawn);
    bench.wish(ui.ctx(), stage);
    paint(ui, bench, stage);
    let viewport = bench.settle(stage);
    for region in regions {
        paint_region(ui, viewport, stage, region);
    }
    if let Some(part) = drag {
        let region = Region {
            part,
            label: String::new(),
            tone: Tone::Accent,
            selected: true,
        };
        paint_region(ui, viewport, stage, &region);
    }
    if let Some(line) = &bench.line {
        measure::paint(ui, viewport, stage, line, bench.pitch_mm);
    }
    drawn.pixel = pixel_at(ui, bench, viewport, stage);
    if let Some(pixel) = drawn.pixel.filter(|_| bench.magnified) {
        loupe::paint(ui, bench, stage, pixel);
    }
    if response.clicked()
        && let Some(place) = response.interact_pointer_pos()
    {
        drawn.clicked = clicked(regions, viewport.to_image(stage, place));
    }
    crate::design::focus_ring(ui, stage.shrink(2.0), 0, &response);
    drawn
}

/// The smallest region around a pixel: a region within another can be reached.
fn clicked(regions: &[Region], pixel: Pos2) -> Option<usize> {
    regions
        .iter()
        .enumerate()
        .filter(|(_, region)| region.part.contains(pixel))
        .min_by(|a, b| a.1.part.area().total_cmp(&b.1.part.area()))
        .map(|(index, _)| index)
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

/// What dragging does: the tool with the first button, moving with any other. Returns the region being drawn.
fn drag(
    ui: &Ui,
    bench: &mut Bench,
    stage: Rect,
    response: &Response,
    drawn: &mut Drawn,
) -> Option<Rect> {
    let moving = response.dragged_by(PointerButton::Middle)
        || response.dragged_by(PointerButton::Secondary)
        || (bench.tool == Tool::Pan && response.dragged_by(PointerButton::Primary));
    if moving {
        if let Some(viewport) = bench.viewport {
            let size = bench.size();
            bench.look(viewport.panned(response.drag_delta(), size, stage.size()));
        }
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        return None;
    }
    if response.hovered() {
        ui.ctx().set_cursor_icon(match bench.tool {
            Tool::Window => CursorIcon::Default,
            Tool::Pan => CursorIcon::Grab,
            Tool::Region | Tool::Measure => CursorIcon::Crosshair,
        });
    }
    match bench.tool {
        Tool::Window if response.dragged_by(PointerButton::Primary) => {
            let share = response.drag_delta() / stage.size().max(vec2(1.0, 1.0));
            bench.set_window(bench.tone.window.dragged(share.x, -share.y));
            None
        }
        Tool::Region => region(ui, bench, stage, response, drawn),
        Tool::Measure => {
            measured(ui, bench, stage, response);
            None
        }
        Tool::Window | Tool::Pan => None,
    }
}

/// Where a drag began and where it is, in pixels of the image.
fn dragged(ui: &Ui, bench: &Bench, stage: Rect, response: &Response) -> Option<[Pos2; 2]> {
    let viewport = bench.viewport?;
    let from = ui.input(|input| input.pointer.press_origin());
    let id = response.id.with("dragged");
    if response.drag_started_by(PointerButton::Primary)
        && let Some(from) = from
    {
        ui.data_mut(|data| data.insert_temp(id, viewport.to_image(stage, from)));
    }
    let from: Pos2 = ui.data(|data| data.get_temp(id))?;
    let to = viewport.to_image(stage, response.interact_pointer_pos()?);
    if response.drag_stopped_by(PointerButton::Primary) {
        ui.data_mut(|data| data.remove::<Pos2>(id));
    }
    Some([from, to])
}

/// Draws the measuring line; a click without a drag takes it away.
fn measured(ui: &Ui, bench: &mut Bench, stage: Rect, response: &Response) {
    if response.clicked() {
        bench.line = None;
    }
    let size = bench.size();
    let ends = dragged(ui, bench, stage, response)
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
}

fn region(
    ui: &Ui,
    bench: &Bench,
    stage: Rect,
    response: &Response,
    drawn: &mut Drawn,
) -> Option<Rect> {
    let [from, to] = dragged(ui, bench, stage, response)?;
    let part = cut(Rect::from_two_pos(from, to), bench.size());
    if response.drag_stopped_by(PointerButton::Primary) {
        if part.width() >= SMALLEST && part.height() >= SMALLEST {
            drawn.region = Some(part);
        }
        return None;
    }
    response.dragged_by(PointerButton::Primary).then_some(part)
}

/// A part in whole pixels within the image.
fn cut(part: Rect, image: egui::Vec2) -> Rect {
    let keep = |p: Pos2| pos2(p.x.clamp(0.0, image.x), p.y.clamp(0.0, image.y));
    Rect::from_min_max(keep(part.min.floor()), keep(part.max.ceil()))
}

fn paint(ui: &Ui, bench: &Bench, stage: Rect) {
    let painter = ui.painter().with_clip_rect(stage);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    for (texture, place) in bench.pictures(stage) {
        painter.image(texture, place, whole, egui::Color32::WHITE);
    }
}

fn paint_region(ui: &Ui, viewport: Viewport, stage: Rect, region: &Region) {
    let p = palette(ui);
    let place = viewport.rect_to_screen(stage, region.part);
    let painter = ui.painter().with_clip_rect(stage);
    let color = p.tone(region.tone);
    let radius = CornerRadius::same(2);
    // A dark line outside the coloured one keeps the region seen on a bright image.
    let under = Stroke::new(4.0, egui::Color32::from_black_alpha(110));
    painter.rect_stroke(place, radius, under, StrokeKind::Outside);
    let width = if region.selected { 2.5 } else { 1.5 };
    painter.rect_stroke(
        place,
        radius,
        Stroke::new(width, color),
        StrokeKind::Outside,
    );
    if region.label.is_empty() || !stage.intersects(place) {
        return;
    }
    let width = badge::natural_width(ui, &region.label);
    let y = (place.top() - SPACE_L_LABEL).max(stage.top() + SPACE_L_LABEL);
    let x = place
        .left()
        .clamp(stage.left(), (stage.right() - width).max(stage.left()));
    let label = Rect::from_center_size(pos2(x + width / 2.0, y), vec2(width, 0.0));
    badge::paint(ui, label, &region.label, region.tone);
}

/// From a region's upper edge to the middle of its label, points.
const SPACE_L_LABEL: f32 = 16.0;

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
