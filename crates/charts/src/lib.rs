//! Charts of the post's figures: bars by group, and a day's hours by place. Each is drawn once, with plotters, on
//! whatever backend it is given: the window's painter, or SVG for paper.
//!
//! This crate knows no figure, no language and no screen: names and values come in as words, and where each line was
//! drawn is given back, so that a window can say what is under the pointer. Start reading at [`Chart`].
#![forbid(unsafe_code)]

mod bars;
mod grid;
mod svg;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A value of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// How long its bar is, or how strong its cell.
    pub size: f64,
    /// As it is written.
    pub words: String,
}

/// A line of a chart of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// By what it is grouped.
    pub name: String,
    /// One value per series.
    pub values: Vec<Value>,
    /// Of how many it was made, as it is written.
    pub sample: String,
    /// Whether that is too few to lean on: its bars are drawn hollow.
    pub few: bool,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// What it holds.
    pub value: Value,
    /// Whether it was made of too few to lean on.
    pub few: bool,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Bars from left to right, a line per group.
    Bars {
        /// Names of the series; one needs no name.
        series: Vec<String>,
        /// From top to bottom.
        lines: Vec<Line>,
        /// The size that fills the whole width; `None` for the largest there is.
        full: Option<f64>,
    },
    /// A grid whose cells are the stronger the more they hold.
    Grid {
        /// Names of the columns.
        columns: Vec<String>,
        /// Names of the rows.
        rows: Vec<String>,
        /// What is not there is empty.
        cells: Vec<Cell>,
    },
}

/// The colours of a chart.
#[derive(Debug, Clone, Copy)]
pub struct Inks {
    /// What must be read.
    pub ink: RGBColor,
    /// What may be missed.
    pub faint: RGBColor,
    /// Behind bars and cells.
    pub ground: RGBColor,
    /// Bars, one colour per series.
    pub series: [RGBColor; 2],
    /// Words on a strong cell.
    pub on_series: RGBColor,
}

/// Where a line or a cell was drawn, in units of the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Index of the line, or of the cell.
    pub index: usize,
    /// Upper left corner.
    pub from: (i32, i32),
    /// Lower right corner.
    pub to: (i32, i32),
}

impl Chart {
    /// Height that the chart needs, points.
    pub fn height(&self) -> f64 {
        match self {
            Self::Bars { series, lines, .. } => bars::height(series.len(), lines.len()),
            Self::Grid { rows, .. } => grid::height(rows.len()),
        }
    }

    /// Draws the chart over the whole area, `scale` units of the backend to a point.
    ///
    /// # Errors
    /// What the backend cannot draw.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        inks: &Inks,
        scale: f64,
    ) -> Result<Vec<Spot>, DrawingAreaErrorKind<DB::ErrorType>> {
        let pen = Pen { area, inks, scale };
        match self {
            Self::Bars {
                series,
                lines,
                full,
            } => bars::draw(&pen, series, lines, *full),
            Self::Grid {
                columns,
                rows,
                cells,
            } => grid::draw(&pen, columns, rows, cells),
        }
    }
}

/// Size of text, points.
const TEXT: f64 = 12.0;
/// Size of small text, points.
const SMALL: f64 = 11.0;
/// Average width of a letter in parts of the text's size; no backend measures text alike.
const LETTER: f64 = 0.56;

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// An area with colours, in points.
struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    inks: &'a Inks,
    scale: f64,
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    /// Width of the area, points.
    fn width(&self) -> f64 {
        f64::from(self.area.dim_in_pixel().0) / self.scale
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.scale) as i32, (y * self.scale) as i32)
    }

    fn fill(&self, from: (f64, f64), to: (f64, f64), color: RGBAColor) -> Drawn<DB> {
        let corners = [self.at(from), self.at(to)];
        self.area.draw(&Rectangle::new(corners, color.filled()))
    }

    fn frame(&self, from: (f64, f64), to: (f64, f64), color: RGBColor) -> Drawn<DB> {
        let corners = [self.at(from), self.at(to)];
        let line = color.stroke_width(self.scale as u32);
        self.area.draw(&Rectangle::new(corners, line))
    }

    /// One line of text at `at`, in the middle of its height, cut to `width` points.
    fn text(
        &self,
        words: &str,
        at: (f64, f64),
        across: HPos,
        width: f64,
        (size, color): (f64, RGBColor),
    ) -> Drawn<DB> {
        let style = ("sans-serif", size * self.scale)
            .into_font()
            .color(&color)
            .pos(Pos::new(across, VPos::Center));
        let shown = cut(words, width, size);
        self.area.draw(&Text::new(shown, self.at(at), style))
    }

    fn spot(&self, index: usize, from: (f64, f64), to: (f64, f64)) -> Spot {
        Spot {
            index,
            from: self.at(from),
            to: self.at(to),
        }
    }
}

/// As much of `words` as has room in `width` points, with `…` where something was left out.
fn cut(words: &str, width: f64, size: f64) -> String {
    let room = (width / (size * LETTER)).floor().max(1.0) as usize;
    if words.chars().count() <= room {
        return words.to_owned();
    }
    let kept: String = words.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
