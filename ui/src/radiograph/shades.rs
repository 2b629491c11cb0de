//! The window's figure: how often each shade occurs, and the line that spreads them from black to white.

use egui::accesskit::Role;
use egui::{CornerRadius, Mesh, Pos2, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};
use outpost_imaging::{Histogram, Preset, Transfer, Window};

use crate::design::words::label_2;
use crate::design::{Chip, SPACE_XS, Type, palette};
use crate::moment::decimal;
use crate::text::{tr, tr_args, tr_code};

use super::bench::Bench;
use super::control::Control;

/// Columns of the figure.
const BINS: usize = 128;
/// Height of the figure, points.
const HEIGHT: f32 = 84.0;
/// The end of the scale.
const FULL: f32 = 65535.0;

/// Shows the histogram with the window on it; dragging on it moves level and width as on the image.
pub fn shades(ui: &mut Ui, bench: &mut Bench) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let window = bench.tone.window;
    let name = tr_args(
        "radiograph-window-name",
        &[
            ("level", decimal(f64::from(window.level), 0).into()),
            ("width", decimal(f64::from(window.width), 0).into()),
        ],
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    if response.dragged() {
        let step = response.drag_delta() / rect.width() * FULL;
        bench.set_window(Window {
            level: window.level + step.x,
            width: window.width - step.y * 2.0,
        });
    }
    if let Some(layer) = bench.toned() {
        hills(ui, rect, &layer.histogram);
    }
    handles(ui, rect, bench);
    ramp(ui, rect, bench);
    ui.horizontal(|ui| {
        let window = bench.tone.window;
        let level = decimal(f64::from(window.level), 0);
        let width = decimal(f64::from(window.width), 0);
        label_2(
            ui,
            tr_args("radiograph-level", &[("level", level.into())]),
            Type::NumberSmall,
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            label_2(
                ui,
                tr_args("radiograph-width", &[("width", width.into())]),
                Type::NumberSmall,
            );
        });
    });
}

/// Half the width of a handle that can be grasped, points.
const GRIP: f32 = 7.0;

/// The window's ends, each to be dragged by itself.
fn handles(ui: &mut Ui, rect: Rect, bench: &mut Bench) {
    let p = palette(ui);
    let window = bench.tone.window;
    let ends = [
        ("radiograph-window-low", window.low()),
        ("radiograph-window-high", window.high()),
    ];
    for (name, value) in ends {
        let x = rect.left() + (value / FULL).clamp(0.0, 1.0) * rect.width();
        let place = Rect::from_x_y_ranges(x - GRIP..=x + GRIP, rect.y_range());
        let response = ui.interact(place, ui.scope_id().with(name), Sense::drag());
        response.widget_info(|| WidgetInfo::slider(true, f64::from(value), tr(name)));
        if response.hovered() || response.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
        }
        if response.dragged()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            let moved = (pointer.x - rect.left()) / rect.width() * FULL;
            // Ends do not change places: one dragged over the other stops at it.
            bench.set_window(if name == ends[0].0 {
                Window::between(moved.min(window.high() - LEAST), window.high())
            } else {
                Window::between(window.low(), moved.max(window.low() + LEAST))
            });
        }
        let held = response.hovered() || response.dragged();
        let color = if held { p.accent_hover } else { p.accent };
        let tab = Rect::from_center_size(pos2(x, rect.bottom()), vec2(GRIP, GRIP));
        ui.painter().rect_filled(tab, CornerRadius::same(2), color);
    }
}

/// The narrowest that the handles make the window, raw units.
const LEAST: f32 = 64.0;

/// The histogram as a filled outline; heights grow with the root, so that small peaks are seen beside air.
fn hills(ui: &Ui, rect: Rect, histogram: &Histogram) {
    let bins = histogram.bins(BINS);
    // The air around the load would flatten all else: heights are against the second largest bin.
    let mut sorted = bins.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let top = sorted.get(1).copied().unwrap_or(1).max(1) as f32;
    let color = palette(ui).ink_3.gamma_multiply(0.55);
    let mut mesh = Mesh::default();
    let step = rect.width() / BINS as f32;
    for (index, count) in bins.iter().enumerate() {
        let height = (*count as f32 / top).sqrt().min(1.0) * rect.height();
        let left = rect.left() + index as f32 * step;
        let bar = Rect::from_min_max(
            pos2(left, rect.bottom() - height),
            pos2(left + step, rect.bottom()),
        );
        mesh.add_colored_rect(bar, color);
    }
    ui.painter().add(mesh);
}

/// The line from black to white, and the window's ends.
fn ramp(ui: &Ui, rect: Rect, bench: &Bench) {
    let p = palette(ui);
    let x = |value: f32| rect.left() + (value / FULL).clamp(0.0, 1.0) * rect.width();
    let shade = |value: f32| rect.bottom() - bench.tone.apply(value) * rect.height();
    let points: Vec<Pos2> = (0..=BINS)
        .map(|step| {
            let value = step as f32 / BINS as f32 * FULL;
            pos2(x(value), shade(value))
        })
        .collect();
    let painter = ui.painter().with_clip_rect(rect.expand2(Vec2::splat(1.0)));
    painter.line(points, Stroke::new(1.5, p.accent));
    for end in [bench.tone.window.low(), bench.tone.window.high()] {
        let line = Stroke::new(1.0, p.accent.gamma_multiply(0.4));
        painter.vline(x(end), rect.y_range(), line);
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, p.line));
}

/// The code of a preset in Fluent keys.
const fn code(preset: Preset) -> &'static str {
    match preset {
        Preset::Automatic => "auto",
        Preset::Whole => "whole",
        Preset::Light => "light",
        Preset::Dense => "dense",
        Preset::Steel => "steel",
    }
}

/// Shows the presets as chips.
pub fn presets(ui: &mut Ui, bench: &mut Bench) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_XS, SPACE_XS);
        for preset in Preset::ALL {
            let on = bench.preset == Some(preset);
            if ui
                .add(Chip::new(&tr_code("radiograph-preset", code(preset)), on))
                .clicked()
            {
                bench.apply(preset);
            }
        }
    });
}

/// Shows how shades are spread as chips: evenly, by thickness, or with more of the dark.
pub fn transfers(ui: &mut Ui, bench: &mut Bench) {
    let ctx = ui.ctx().clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_XS, SPACE_XS);
        let even = !bench.is_on(Control::Log) && !bench.is_on(Control::Gamma);
        if ui.add(Chip::new(&tr("read-even"), even)).clicked() {
            bench.transfer(Transfer::Linear, 1.0);
        }
        for control in [Control::Log, Control::Gamma] {
            let words = tr(control.code());
            let chip = Chip::new(&words, bench.is_on(control)).key(control.key().name());
            if ui.add(chip).clicked() {
                bench.press(control, &ctx, None);
            }
        }
    });
}
