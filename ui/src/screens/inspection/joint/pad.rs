//! A field to sign in with finger, pen or mouse.

use egui::accesskit::Role;
use egui::{
    Align2, CornerRadius, Event, PointerButton, Pos2, Rect, Sense, Stroke as Line, StrokeKind, Ui,
    WidgetInfo, vec2,
};
use outpost_domain::Stroke;

use crate::design::{Button, RADIUS, Type, font, palette};
use crate::text::tr;

/// Height of the field, points.
const HEIGHT: f32 = 160.0;
/// A point nearer to the last one than this many thousandths of the field adds nothing.
const STEP: u16 = 3;

/// Shows the field and takes what is drawn in it.
pub(super) fn show(ui: &mut Ui, strokes: &mut Vec<Stroke>) {
    let p = palette(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::drag());
    let name = tr("joint-sign-here");
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &name));
    ui.painter().rect(
        rect,
        CornerRadius::same(RADIUS),
        p.panel,
        p.hairline(),
        StrokeKind::Inside,
    );
    if strokes.is_empty() {
        let kind = font(ui, Type::Body);
        ui.painter()
            .text(rect.center(), Align2::CENTER_CENTER, &name, kind, p.ink_3);
    }
    if response.interact_pointer_pos().is_some() {
        let on = response.dragged() && !response.drag_started();
        ui.input(|input| follow(strokes, rect, &input.events, on));
    }
    for stroke in strokes.iter() {
        let line: Vec<Pos2> = stroke.0.iter().map(|at| place(rect, *at)).collect();
        if let [dot] = line.as_slice() {
            ui.painter().circle_filled(*dot, 1.0, p.ink);
        }
        ui.painter().line(line, Line::new(2.0, p.ink));
    }
    // It keeps its place while there is nothing to clear: the field must not move under the pen.
    let again = tr("joint-sign-again");
    let again = Button::quiet(&again);
    if ui.add_enabled(!strokes.is_empty(), again).clicked() {
        strokes.clear();
    }
}

/// Takes every place where the pen was, also when several came since the last frame: on a slow laptop a signature is
/// as round as on a quick one. `on` says whether the pen was down before.
fn follow(strokes: &mut Vec<Stroke>, rect: Rect, events: &[Event], mut on: bool) {
    for event in events {
        match event {
            Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                ..
            } => {
                on = *pressed && rect.contains(*pos);
                if on {
                    strokes.push(Stroke(Vec::new()));
                    add(strokes, point(rect, *pos));
                }
            }
            Event::PointerMoved(pos) if on => add(strokes, point(rect, *pos)),
            _ => {}
        }
    }
}

/// Adds a point to the last stroke, unless it says nothing new or there are as many as a record takes.
fn add(strokes: &mut [Stroke], at: (u16, u16)) {
    let count: usize = strokes.iter().map(|s| s.0.len()).sum();
    let Some(last) = strokes.last_mut() else {
        return;
    };
    let near = last
        .0
        .last()
        .is_some_and(|(x, y)| x.abs_diff(at.0) < STEP && y.abs_diff(at.1) < STEP);
    if !near && count < Stroke::MOST_POINTS {
        last.0.push(at);
    }
}

fn point(rect: Rect, at: Pos2) -> (u16, u16) {
    let part = |value: f32, from: f32, length: f32| {
        ((value - from) / length * 1000.0)
            .round()
            .clamp(0.0, 1000.0) as u16
    };
    (
        part(at.x, rect.left(), rect.width()),
        part(at.y, rect.top(), rect.height()),
    )
}

fn place(rect: Rect, (x, y): (u16, u16)) -> Pos2 {
    rect.min + vec2(f32::from(x), f32::from(y)) / 1000.0 * rect.size()
}
