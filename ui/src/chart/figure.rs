//! A chart of `outpost_charts` in the window: drawn by plotters, its lines named for a screen reader, told about on
//! hover, and pressed.

use egui::accesskit::Role;
use egui::{Id, Rect, Sense, Ui, WidgetInfo, vec2};
use outpost_charts::{Chart, Inks, Spot};
use plotters::prelude::IntoDrawingArea;

use super::backend::{Egui, FINE, on_screen};
use super::rgb;
use crate::design::{RADIUS, focus_ring, palette};

/// What is said of a line or a cell of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In one sentence, to a screen reader.
    pub name: String,
    /// On hover.
    pub hover: String,
}

/// Shows a chart at the width there is; `said` has one for each line or cell. Returns the one that was pressed.
pub fn show(ui: &mut Ui, id: Id, chart: &Chart, said: &[Said]) -> Option<usize> {
    let size = vec2(ui.available_width(), chart.height() as f32);
    let (place, _) = ui.allocate_exact_size(size, Sense::hover());
    if !ui.is_rect_visible(place) {
        return None;
    }
    let spots = draw(ui, place, chart);
    let mut pressed = None;
    for spot in spots {
        let Some(said) = said.get(spot.index) else {
            continue;
        };
        let rect = Rect::from_min_max(on_screen(place, spot.from), on_screen(place, spot.to));
        let response = ui.interact(rect, id.with(spot.index), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said.name));
        focus_ring(ui, rect, RADIUS, &response);
        if response.hovered() {
            let p = palette(ui);
            ui.painter()
                .rect_stroke(rect, RADIUS, p.hairline(), egui::StrokeKind::Inside);
        }
        if response.on_hover_text(&said.hover).clicked() {
            pressed = Some(spot.index);
        }
    }
    pressed
}

fn draw(ui: &Ui, place: Rect, chart: &Chart) -> Vec<Spot> {
    let p = palette(ui);
    let inks = Inks {
        ink: rgb(p.ink),
        faint: rgb(p.ink_2),
        ground: rgb(p.sunken),
        // One colour in two strengths: another one would mean something.
        series: [rgb(p.accent), rgb(p.accent.lerp_to_gamma(p.panel, 0.5))],
        on_series: rgb(p.on_accent),
    };
    let area = Egui::new(ui.painter(), place).into_drawing_area();
    chart
        .draw(&area, &inks, f64::from(FINE))
        .unwrap_or_default()
}
