//! Measuring: a line on the image, its length, and how much of the beam is taken along it.

use egui::{Align, Pos2, Rect, Stroke, Ui, pos2, vec2};
use outpost_imaging::shapes::{Point, profile};

use crate::design::{Tone, badge, palette};
use crate::moment::{count, decimal};
use crate::text::{tr, tr_args};

use super::loaded::Loaded;
use super::viewport::Viewport;

/// A line on the image with the attenuation along it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it begins, pixels of the image.
    pub from: Pos2,
    /// Where it ends, pixels of the image.
    pub to: Pos2,
    /// Attenuation −ln(transmission) along it, one row per energy in the image's order, about one value per pixel.
    pub attenuation: Vec<Vec<f32>>,
}

impl Line {
    /// Measures along a line; samples are those of the file, whatever is switched on. 0.2 ms for 6000 pixels.
    pub fn along(loaded: &Loaded, from: Pos2, to: Pos2) -> Self {
        let [a, b] = [from, to].map(|end| Point::new(end.x, end.y));
        let attenuation = if loaded.photo {
            Vec::new()
        } else {
            let layers = loaded.layers.iter();
            layers
                .map(|layer| {
                    let air = layer.air;
                    let samples = profile(layer.pyramid.base(), a, b);
                    let path = |sample: &f32| (air / sample.max(1.0)).ln().max(0.0);
                    samples.iter().map(path).collect()
                })
                .collect()
        };
        Self {
            from,
            to,
            attenuation,
        }
    }

    /// Length in words: millimetres where the pitch is known, else pixels.
    pub fn length(&self, pitch_mm: Option<f32>) -> String {
        length_words(self.from.distance(self.to), pitch_mm)
    }

    /// The largest attenuation along the line.
    pub fn largest(&self) -> f32 {
        let all = self.attenuation.iter().flatten();
        all.copied().fold(0.0, f32::max)
    }
}

/// A length in words: millimetres where the pitch is known, else pixels.
pub fn length_words(pixels: f32, pitch_mm: Option<f32>) -> String {
    match pitch_mm {
        Some(pitch) => format!("{} mm", count((pixels * pitch).round() as u64)),
        None => tr_args(
            "measure-pixels",
            &[("n", decimal(f64::from(pixels), 0).into())],
        ),
    }
}

/// What a line of the profile is called: the energies of the file, or nothing when there is one.
pub fn energy_words(loaded: &Loaded, index: usize) -> Option<String> {
    use outpost_imaging::Energy;
    match loaded.layers.get(index)?.energy {
        Energy::High => Some(tr("radiograph-read-high")),
        Energy::Low => Some(tr("radiograph-read-low")),
        Energy::Single => None,
    }
}

/// Half the length of the strokes across the ends, points.
const END: f32 = 6.0;
/// From the line's middle to its label, points.
const LABEL: f32 = 16.0;

/// Paints a line with its length on the stage.
pub fn paint(ui: &Ui, viewport: Viewport, stage: Rect, line: &Line, pitch_mm: Option<f32>) {
    let painter = ui.painter().with_clip_rect(stage);
    let color = palette(ui).accent;
    let [from, to] = [line.from, line.to].map(|end| viewport.to_screen(stage, end));
    let along = (to - from).normalized();
    let across = vec2(-along.y, along.x) * END;
    let strokes = [
        [from, to],
        [from - across, from + across],
        [to - across, to + across],
    ];
    // A dark line under the coloured one keeps it seen on a bright image.
    for stroke in [
        Stroke::new(4.0, egui::Color32::from_black_alpha(130)),
        Stroke::new(1.5, color),
    ] {
        for ends in strokes {
            painter.line_segment(ends, stroke);
        }
    }
    let words = line.length(pitch_mm);
    let width = badge::natural_width(ui, &words);
    let middle = from + (to - from) / 2.0;
    let room = stage.shrink2(vec2(width / 2.0, LABEL));
    let center = pos2(middle.x, middle.y - LABEL).clamp(room.min, room.max.max(room.min));
    let place = Rect::from_center_size(center, vec2(width, 0.0));
    badge::paint(ui, place, &words, Tone::Accent);
}

/// Height of the profile, points.
const HEIGHT: f32 = 92.0;

/// Shows the profile along the line; the energies one over the other, each with its name at its end.
pub fn chart(ui: &mut Ui, loaded: &Loaded, line: &Line, pitch_mm: Option<f32>) {
    use crate::design::{Type, words::paint_line};
    let p = palette(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let largest = line.largest();
    let name = tr_args(
        "measure-name",
        &[
            ("length", line.length(pitch_mm).into()),
            ("largest", decimal(f64::from(largest), 1).into()),
        ],
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, &name));
    let top = largest.max(0.5) * 1.05;
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.bottom(), p.hairline());
    let colors = [p.accent, p.amber];
    for (index, values) in line.attenuation.iter().enumerate() {
        let color = colors[index % colors.len()];
        let last = values.len().saturating_sub(1).max(1) as f32;
        // No more points than there are places: a long line would be thousands.
        let step = (values.len() / (rect.width() as usize * 2).max(1)).max(1);
        let points: Vec<Pos2> = values
            .chunks(step)
            .enumerate()
            .map(|(at, part)| {
                let value = part.iter().copied().fold(0.0, f32::max);
                let share = (at * step) as f32 / last;
                let y = rect.bottom() - value / top * rect.height();
                pos2(rect.left() + share * rect.width(), y)
            })
            .collect();
        painter.line(points, Stroke::new(1.25, color));
        if let Some(words) = energy_words(loaded, index) {
            let y = rect.top() + index as f32 * (Type::Small.size() + 4.0);
            let place = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), 16.0));
            paint_line(ui, place, Align::Max, &words, Type::SmallMedium, color);
        }
    }
    let place = Rect::from_min_size(rect.min, vec2(rect.width(), 16.0));
    let words = decimal(f64::from(largest), 1);
    paint_line(ui, place, Align::Min, &words, Type::NumberSmall, p.ink_2);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::radiograph::loaded::Layer;
    use outpost_imaging::{Energy, Grid, Metadata};

    /// Air left of the middle; right of it a plate that lets the e-th part through.
    fn plate() -> Loaded {
        let samples: Vec<u16> = (0..400u32)
            .map(|at| if at % 40 < 20 { 54_366 } else { 20_000 })
            .collect();
        let grid = Grid::new(40, 10, samples).unwrap();
        Loaded {
            width: 40,
            height: 10,
            layers: vec![Layer::new(Energy::Single, grid)],
            photo: false,
            bits: 16,
            pitch_mm: None,
            metadata: Metadata::default(),
        }
    }

    #[test]
    fn attenuation_along_a_line_is_that_of_the_plate() {
        let line = Line::along(&plate(), pos2(2.0, 5.0), pos2(38.0, 5.0));
        let values = &line.attenuation[0];
        assert!(values[3].abs() < 1e-3, "{}", values[3]);
        assert!((values[30] - 1.0).abs() < 1e-3, "{}", values[30]);
        assert!((line.largest() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_length_is_in_millimetres_when_the_pitch_is_known_and_in_pixels_when_not() {
        let line = Line::along(&plate(), pos2(0.0, 0.0), pos2(30.0, 4.0));
        assert_eq!(line.length(Some(4.0)), "121 mm");
        assert_eq!(line.length(None), "30 px");
    }
}
