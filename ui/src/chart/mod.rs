//! Charts, drawn by plotters: on the screen through [`backend`], and as SVG, the same chart by the same code.

mod backend;
pub mod figure;

use std::ops::Range;

use egui::accesskit::Role;
use egui::{Align, Color32, Pos2, Rect, Response, Sense, Stroke, Ui, WidgetInfo, vec2};
use plotters::coord::types::RangedCoordf32;
use plotters::prelude::*;

use crate::design::words::paint_line;
use crate::design::{Type, palette};
use crate::moment::decimal;

use backend::{Egui, FINE};

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line through its points.
    Line,
    /// An area under them: a histogram.
    Area,
}

/// One series of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend; `None` when there is nothing to tell it from.
    pub name: Option<String>,
    /// How it is drawn.
    pub kind: Kind,
    /// Its points by rising x.
    pub points: Vec<(f32, f32)>,
}

/// An axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it counts, with its unit.
    pub name: String,
    /// From where to where.
    pub range: Range<f32>,
    /// Digits behind the point.
    pub digits: usize,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows: to a screen reader, and over the SVG.
    pub title: String,
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
    /// What is drawn.
    pub series: Vec<Series>,
}

/// Size of an exported chart, pixels.
const SVG: (u32, u32) = (960, 400);

/// The colours of a chart.
struct Inks {
    ink: RGBColor,
    grid: RGBColor,
    series: [RGBColor; 2],
}

fn rgb(color: Color32) -> RGBColor {
    RGBColor(color.r(), color.g(), color.b())
}

/// What drawing needs to know of where it draws.
struct Measure {
    /// Size of text, backend units.
    text: f64,
    /// Width of a line, backend units.
    line: u32,
    /// Room for the figures of the axes, backend units.
    figures: (u32, u32),
    /// Length of the ticks between figures and axis, backend units.
    ticks_long: u32,
    /// How many figures an axis has at most.
    ticks: (usize, usize),
    /// Whether title and axes are named.
    named: bool,
}

/// Where the values of a chart lie on what it was drawn on.
struct Placed {
    x: Range<i32>,
    y: Range<i32>,
}

impl Chart {
    fn draw<DB: DrawingBackend>(
        &self,
        root: &DrawingArea<DB, plotters::coord::Shift>,
        inks: &Inks,
        measure: &Measure,
    ) -> Result<Placed, DrawingAreaErrorKind<DB::ErrorType>> {
        let text = ("sans-serif", measure.text).into_font().color(&inks.ink);
        let mut builder = ChartBuilder::on(root);
        builder
            .x_label_area_size(measure.figures.1)
            .y_label_area_size(measure.figures.0);
        if measure.named {
            builder.caption(&self.title, text.clone()).margin(16);
        }
        let mut context =
            builder.build_cartesian_2d(widened(&self.x.range), widened(&self.y.range))?;
        let figure = |digits: usize| move |value: &f32| decimal(f64::from(*value), digits);
        let (across, up) = (figure(self.x.digits), figure(self.y.digits));
        let mut mesh = context.configure_mesh();
        mesh.disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(inks.grid.stroke_width(measure.line / 2))
            .axis_style(inks.grid.stroke_width(measure.line))
            .label_style(text.clone())
            .set_all_tick_mark_size(measure.ticks_long)
            .x_labels(measure.ticks.0)
            .y_labels(measure.ticks.1)
            .x_label_formatter(&across)
            .y_label_formatter(&up);
        if measure.named {
            mesh.x_desc(&self.x.name).y_desc(&self.y.name);
        }
        mesh.draw()?;
        for (series, color) in self.series.iter().zip(inks.series.iter().cycle()) {
            self.draw_series(&mut context, series, *color, measure)?;
        }
        if measure.named && self.series.iter().any(|series| series.name.is_some()) {
            context
                .configure_series_labels()
                .label_font(text)
                .border_style(TRANSPARENT)
                .draw()?;
        }
        let (x, y) = context.plotting_area().get_pixel_range();
        Ok(Placed { x, y })
    }

    fn draw_series<DB: DrawingBackend>(
        &self,
        context: &mut ChartContext<'_, DB, Cartesian2d<RangedCoordf32, RangedCoordf32>>,
        series: &Series,
        color: RGBColor,
        measure: &Measure,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let points = series.points.iter().copied();
        let annotated = match series.kind {
            Kind::Line => {
                context.draw_series(LineSeries::new(points, color.stroke_width(measure.line)))?
            }
            Kind::Area => context.draw_series(
                AreaSeries::new(points, self.y.range.start, color.mix(0.5))
                    .border_style(color.stroke_width(measure.line / 2)),
            )?,
        };
        if let Some(name) = &series.name {
            annotated
                .label(name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color));
        }
        Ok(())
    }

    /// The chart as an SVG document, dark on white as for paper.
    ///
    /// # Errors
    /// What plotters cannot draw: a range that has no extent is widened before, so none is known.
    pub fn svg(&self) -> Result<String, String> {
        let mut document = String::new();
        {
            let root = SVGBackend::with_string(&mut document, SVG).into_drawing_area();
            let inks = Inks {
                ink: RGBColor(30, 36, 36),
                grid: RGBColor(200, 206, 206),
                series: [RGBColor(0, 110, 120), RGBColor(170, 95, 0)],
            };
            let measure = Measure {
                text: 16.0,
                line: 2,
                figures: (56, 40),
                ticks_long: 5,
                ticks: (9, 6),
                named: true,
            };
            let drawn = root
                .fill(&WHITE)
                .and_then(|()| self.draw(&root, &inks, &measure))
                .and_then(|_| root.present());
            drawn.map_err(|error| error.to_string())?;
        }
        Ok(document)
    }

    /// Shows the chart at the width there is. Returns where along its x the pointer is.
    pub fn show(&self, ui: &mut Ui, height: f32) -> (Response, Option<f32>) {
        let size = vec2(ui.available_width(), height);
        let (place, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &self.title));
        let p = palette(ui);
        let inks = Inks {
            ink: rgb(p.ink_2),
            grid: rgb(p.line),
            series: [rgb(p.accent), rgb(p.amber)],
        };
        let measure = Measure {
            text: f64::from(TEXT * FINE),
            line: (1.25 * FINE) as u32,
            figures: ((FIGURES.x * FINE) as u32, (FIGURES.y * FINE) as u32),
            ticks_long: (4.0 * FINE) as u32,
            ticks: (5, 4),
            named: false,
        };
        let painter = ui.painter();
        let root = Egui::new(painter, place).into_drawing_area();
        let Ok(placed) = self.draw(&root, &inks, &measure) else {
            return (response, None);
        };
        let corner = |x, y| backend::on_screen(place, (x, y));
        let plot = Rect::from_min_max(
            corner(placed.x.start, placed.y.start),
            corner(placed.x.end, placed.y.end),
        );
        self.names(ui, plot, &[p.accent, p.amber]);
        let at = self.under(ui, plot, &response);
        (response, at)
    }

    /// The names of the series, one under the other at the upper right.
    fn names(&self, ui: &Ui, plot: Rect, inks: &[Color32]) {
        let named = self.series.iter().zip(inks.iter().cycle());
        let named = named.filter_map(|(series, ink)| Some((series.name.as_ref()?, *ink)));
        for (row, (name, ink)) in named.enumerate() {
            let corner = plot.left_top() + vec2(0.0, row as f32 * LINE);
            let place = Rect::from_min_size(corner, vec2(plot.width(), LINE));
            paint_line(ui, place, Align::Max, name, Type::SmallMedium, ink);
        }
    }

    /// The value under the pointer with a line through it.
    fn under(&self, ui: &Ui, plot: Rect, response: &Response) -> Option<f32> {
        let pointer = response.hover_pos().filter(|at| plot.contains(*at))?;
        let p = palette(ui);
        ui.painter()
            .vline(pointer.x, plot.y_range(), Stroke::new(1.0, p.ink_2));
        let range = widened(&self.x.range);
        let share = (pointer.x - plot.left()) / plot.width().max(1.0);
        let x = range.start + share * (range.end - range.start);
        let mut words = vec![format!(
            "{} {}",
            decimal(f64::from(x), self.x.digits),
            self.x.name
        )];
        for series in &self.series {
            let value = nearest(&series.points, x);
            let value = value.map(|value| decimal(f64::from(value), self.y.digits.max(2)));
            words.extend(value.map(|value| match &series.name {
                Some(name) => format!("{name} {value}"),
                None => value,
            }));
        }
        response.clone().on_hover_text_at_pointer(words.join("\n"));
        Some(x)
    }
}

/// Size of the figures, points.
const TEXT: f32 = 11.0;
/// Height of a name, points.
const LINE: f32 = 16.0;
/// Room for the figures left of the chart and under it, points.
const FIGURES: Pos2 = Pos2::new(34.0, 22.0);

/// A range that has an extent.
fn widened(range: &Range<f32>) -> Range<f32> {
    let (start, end) = (range.start, range.end);
    if start.is_finite() && end.is_finite() && end > start {
        start..end
    } else {
        0.0..1.0
    }
}

/// The value of the point nearest to `x`.
fn nearest(points: &[(f32, f32)], x: f32) -> Option<f32> {
    let after = points.partition_point(|point| point.0 < x);
    let before = after.checked_sub(1).and_then(|at| points.get(at));
    let after = points.get(after);
    [before, after]
        .into_iter()
        .flatten()
        .min_by(|a, b| (a.0 - x).abs().total_cmp(&(b.0 - x).abs()))
        .map(|point| point.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(title: &str, range: Range<f32>) -> Chart {
        Chart {
            title: title.to_owned(),
            x: Axis {
                name: "m".to_owned(),
                range,
                digits: 1,
            },
            y: Axis {
                name: "attenuation".to_owned(),
                range: 0.0..4.0,
                digits: 1,
            },
            series: vec![Series {
                name: Some("high".to_owned()),
                kind: Kind::Line,
                points: vec![(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)],
            }],
        }
    }

    #[test]
    fn the_svg_has_the_line_the_names_and_nothing_that_runs() {
        let document = chart("Line <script>alert(1)</script> & more", 0.0..2.0)
            .svg()
            .unwrap_or_default();
        assert!(document.starts_with("<svg"), "{document}");
        assert!(document.contains("<polyline"), "{document}");
        assert!(document.contains("attenuation"));
        assert!(!document.contains("<script>"), "{document}");
    }

    #[test]
    fn a_range_without_extent_is_still_a_chart() {
        for range in [0.0..0.0, f32::NAN..1.0, 3.0..-1.0] {
            assert!(chart("empty", range).svg().is_ok());
        }
    }

    #[test]
    fn the_value_under_the_pointer_is_that_of_the_nearest_point() {
        let points = [(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)];
        assert_eq!(nearest(&points, 0.4), Some(1.0));
        assert_eq!(nearest(&points, 0.6), Some(3.0));
        assert_eq!(nearest(&points, 9.0), Some(2.0));
        assert_eq!(nearest(&[], 1.0), None);
    }
}
