//! Measuring: a line on the image, its length, and how much of the beam is taken along it.

use egui::{Pos2, Rect, Stroke, Ui, pos2, vec2};
use outpost_imaging::load::{Count, EMPTY_WALLS, filled_share};
use outpost_imaging::regions::Region;
use outpost_imaging::shapes::{Point, profile};

use crate::chart::{Axis, Chart, Kind, Series};
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
    /// Objects that repeat along it, once they are counted.
    pub count: Option<Count>,
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
            count: None,
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
pub fn paint(
    ui: &Ui,
    viewport: Viewport,
    stage: Rect,
    line: &Line,
    pitch_mm: Option<f32>,
    probe: Option<f32>,
) {
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
    let along_line = |share: f32| from + (to - from) * share;
    let length = line.from.distance(line.to).max(1.0);
    if let Some(count) = line.count.as_ref().filter(|count| count.sure) {
        for at in &count.positions {
            painter.circle_filled(along_line(at / length), 2.5, color);
        }
    }
    if let Some(share) = probe {
        painter.circle(
            along_line(share),
            5.0,
            color,
            Stroke::new(2.0, egui::Color32::BLACK),
        );
    }
    let words = line.length(pitch_mm);
    let width = badge::natural_width(ui, &words);
    let middle = from + (to - from) / 2.0;
    let room = stage.shrink2(vec2(width / 2.0, LABEL));
    let center = pos2(middle.x, middle.y - LABEL).clamp(room.min, room.max.max(room.min));
    let place = Rect::from_center_size(center, vec2(width, 0.0));
    badge::paint(ui, place, &words, Tone::Accent);
}

impl Line {
    /// The profile along it: the energies of the file one over the other.
    pub fn chart(&self, loaded: &Loaded, pitch_mm: Option<f32>) -> Chart {
        let largest = self.largest();
        let length = self.from.distance(self.to);
        let scale = pitch_mm.map_or(1.0, |mm| mm / 1000.0);
        let series = self.attenuation.iter().enumerate().map(|(index, values)| {
            let last = values.len().saturating_sub(1).max(1) as f32;
            // No more points than a wide screen has places: a long line would be thousands.
            let step = (values.len() / POINTS).max(1);
            let points = values.chunks(step).enumerate().map(|(at, part)| {
                let value = part.iter().copied().fold(0.0, f32::max);
                ((at * step) as f32 / last * length * scale, value)
            });
            Series {
                name: energy_words(loaded, index),
                kind: Kind::Line,
                points: points.collect(),
            }
        });
        Chart {
            title: tr_args(
                "measure-name",
                &[
                    ("length", self.length(pitch_mm).into()),
                    ("largest", decimal(f64::from(largest), 1).into()),
                ],
            ),
            x: Axis {
                name: if pitch_mm.is_some() { "m" } else { "px" }.to_owned(),
                range: 0.0..length * scale,
                digits: usize::from(pitch_mm.is_some()),
            },
            y: Axis {
                name: tr("measure-attenuation"),
                range: 0.0..largest.max(0.5) * 1.05,
                digits: 1,
            },
            series: series.collect(),
        }
    }
}

/// The most points of a profile that is drawn.
const POINTS: usize = 1_200;

/// What lies inside a region, from the samples of the file whatever is switched on.
#[derive(Debug, Clone, PartialEq)]
pub struct Inside {
    /// What was measured.
    pub region: Region,
    /// Mean attenuation −ln(transmission) and its deviation, one per energy in the image's order.
    pub attenuation: Vec<[f32; 2]>,
    /// Pixels.
    pub pixels: u64,
    /// Square millimetres, when the pitch is known.
    pub area_mm2: Option<f64>,
    /// How often each shade occurs in the first energy, in [`BINS`] parts.
    pub histogram: Vec<u64>,
    /// The share of it that holds back more than the walls of an empty unit.
    pub filled: Option<f64>,
}

/// Parts of a region's histogram.
const BINS: usize = 96;

impl Inside {
    /// Measures; may take some milliseconds for a region as large as the image.
    pub fn of(loaded: &Loaded, region: &Region, pitch_mm: Option<f32>) -> Option<Self> {
        if loaded.photo {
            return None;
        }
        let mut attenuation = Vec::new();
        let mut first = None;
        for layer in &loaded.layers {
            let measured = region.measured(layer.pyramid.base(), pitch_mm, BINS)?;
            let mean = (measured.statistics.mean as f32).max(1.0);
            let deviation = measured.statistics.deviation as f32 / mean;
            attenuation.push([(layer.air / mean).ln().max(0.0), deviation]);
            first.get_or_insert((measured, layer));
        }
        let (measured, layer) = first?;
        let grid = layer.pyramid.base();
        let bounds = region.bounds(grid.width(), grid.height())?;
        let columns = bounds.x..bounds.x + bounds.width;
        Some(Self {
            region: region.clone(),
            attenuation,
            pixels: measured.statistics.pixels,
            area_mm2: measured.area_mm2,
            histogram: measured.histogram,
            filled: filled_share(grid, layer.air, bounds, columns, EMPTY_WALLS),
        })
    }

    /// How often each shade occurs.
    pub fn chart(&self) -> Chart {
        let most = self.histogram.iter().copied().max().unwrap_or(0);
        let width = 65_536.0 / self.histogram.len().max(1) as f32;
        let share = |count: u64| count as f32 / self.pixels.max(1) as f32 * 100.0;
        Chart {
            title: tr("inside-histogram"),
            x: Axis {
                name: tr("inside-shade"),
                range: 0.0..65_535.0,
                digits: 0,
            },
            y: Axis {
                name: "%".to_owned(),
                range: 0.0..(share(most) * 1.1).max(1.0),
                digits: 0,
            },
            series: vec![Series {
                name: None,
                kind: Kind::Area,
                points: self
                    .histogram
                    .iter()
                    .enumerate()
                    .map(|(at, count)| ((at as f32 + 0.5) * width, share(*count)))
                    .collect(),
            }],
        }
    }
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
            camera: outpost_imaging::PhotoMetadata::default(),
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
