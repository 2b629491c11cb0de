//! Drawing a mark: by one drag, by one click, or corner by corner.

use egui::{CursorIcon, PointerButton, Pos2, Rect, Response, Ui, Vec2};

use super::bench::Bench;
use super::mark::{Mark, Outline};

/// The smallest mark, pixels on a side or along: less is a click.
const SMALLEST: f32 = 3.0;
/// How near to its first corner a click closes an outline, points of the screen.
const CLOSING: f32 = 10.0;
/// The most corners of an outline, as many as an entry takes.
pub const MOST_CORNERS: usize = outpost_domain::RegionShape::MOST_CORNERS;

/// What the pointer has drawn of a mark.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    /// As it stands while it is drawn.
    pub preview: Option<Outline>,
    /// Drawn to its end.
    pub done: Option<Outline>,
}

/// Draws with the tool's kind of mark.
pub fn draw(ui: &Ui, bench: &mut Bench, stage: Rect, response: &Response) -> Drawing {
    let size = bench.size();
    match bench.mark {
        Mark::Text => {
            let done = clicked(ui, bench, stage, response).map(|at| Outline::Text(cut(at, size)));
            Drawing {
                done,
                ..Drawing::default()
            }
        }
        Mark::Polygon => corners(ui, bench, stage, response),
        mark => {
            let Some(ends) = dragged(ui, bench, stage, response) else {
                return Drawing::default();
            };
            let outline = between(mark, ends, size);
            if response.drag_stopped_by(PointerButton::Primary) {
                let bounds = outline.bounds();
                let large = match mark {
                    Mark::Arrow | Mark::Ruler => bounds.size().length() >= SMALLEST,
                    _ => bounds.width() >= SMALLEST && bounds.height() >= SMALLEST,
                };
                return Drawing {
                    done: large.then_some(outline),
                    ..Drawing::default()
                };
            }
            let going = response.dragged_by(PointerButton::Primary);
            Drawing {
                preview: going.then_some(outline),
                ..Drawing::default()
            }
        }
    }
}

/// What a drag from one pixel to another draws.
fn between(mark: Mark, [from, to]: [Pos2; 2], size: Vec2) -> Outline {
    let rect = Rect::from_two_pos(from, to);
    let whole = Rect::from_min_max(
        rect.min.floor().clamp(Pos2::ZERO, size.to_pos2()),
        rect.max.ceil().clamp(Pos2::ZERO, size.to_pos2()),
    );
    match mark {
        Mark::Ellipse => Outline::Ellipse(whole),
        Mark::Arrow => Outline::Arrow(cut(from, size), cut(to, size)),
        Mark::Ruler => Outline::Ruler(cut(from, size), cut(to, size)),
        Mark::Box | Mark::Polygon | Mark::Text => Outline::Box(whole),
    }
}

/// Adds a corner with each click; a click near the first one, a double click, or the key closes the outline.
fn corners(ui: &Ui, bench: &mut Bench, stage: Rect, response: &Response) -> Drawing {
    let size = bench.size();
    let Some(viewport) = bench.viewport else {
        return Drawing::default();
    };
    if std::mem::take(&mut bench.close_outline) || response.double_clicked() {
        return closed(bench);
    }
    if let Some(at) = clicked(ui, bench, stage, response) {
        let near = |first: &Pos2| {
            let on_screen = |pixel| viewport.to_screen(stage, pixel);
            on_screen(*first).distance(on_screen(at)) <= CLOSING
        };
        if bench.corners.len() >= 3 && bench.corners.first().is_some_and(near) {
            return closed(bench);
        }
        if bench.corners.len() < MOST_CORNERS {
            bench.corners.push(cut(at, size));
        }
    }
    if bench.corners.is_empty() {
        return Drawing::default();
    }
    let mut preview = bench.corners.clone();
    let hovered = ui.ctx().pointer_hover_pos();
    if let Some(place) = hovered.filter(|place| stage.contains(*place)) {
        preview.push(cut(viewport.to_image(stage, place), size));
    }
    Drawing {
        preview: Some(Outline::Polygon(preview)),
        ..Drawing::default()
    }
}

fn closed(bench: &mut Bench) -> Drawing {
    bench.corners.dedup();
    if bench.corners.len() < 3 {
        return Drawing::default();
    }
    Drawing {
        done: Some(Outline::Polygon(std::mem::take(&mut bench.corners))),
        ..Drawing::default()
    }
}

/// The pixel that was clicked. A press that lasts long and hardly moves, as in gloves, is a click too.
fn clicked(ui: &Ui, bench: &Bench, stage: Rect, response: &Response) -> Option<Pos2> {
    let viewport = bench.viewport?;
    let held = dragged(ui, bench, stage, response);
    if response.clicked() {
        return Some(viewport.to_image(stage, response.interact_pointer_pos()?));
    }
    let [from, to] = held.filter(|_| response.drag_stopped_by(PointerButton::Primary))?;
    (from.distance(to) * viewport.zoom <= CLOSING).then_some(from)
}

/// Where a drag began and where it is, in pixels of the image.
pub fn dragged(ui: &Ui, bench: &Bench, stage: Rect, response: &Response) -> Option<[Pos2; 2]> {
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

/// A place as a whole pixel within the image.
fn cut(at: Pos2, size: Vec2) -> Pos2 {
    let last = (size - Vec2::splat(1.0)).max(Vec2::ZERO);
    at.floor().clamp(Pos2::ZERO, last.to_pos2())
}

/// The cursor over the stage while marks are drawn.
pub const CURSOR: CursorIcon = CursorIcon::Crosshair;
