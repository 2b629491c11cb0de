//! A grid: rows of cells, the stronger the more they hold.

use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use crate::{Cell, Drawn, Pen, SMALL, Spot, TEXT};

/// Height of a row, points.
const ROW: f64 = 28.0;
/// Height of the columns' names.
const HEAD: f64 = 20.0;
/// Space between cells.
const GAP: f64 = 2.0;
/// From here on, a share of the largest, words are written in the colour for strong ground.
const STRONG: f64 = 0.55;
/// Narrower cells have no words, points.
const LEAST: f64 = 24.0;

pub fn height(rows: usize) -> f64 {
    HEAD + rows as f64 * ROW
}

/// Where rows and columns lie, points.
struct Place {
    names: f64,
    column: f64,
}

impl Place {
    fn of(&self, row: usize, column: usize) -> ((f64, f64), (f64, f64)) {
        let (left, top) = (
            self.names + column as f64 * self.column,
            HEAD + row as f64 * ROW,
        );
        ((left, top), (left + self.column - GAP, top + ROW - GAP))
    }
}

type Spots<DB> = Result<Vec<Spot>, DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    columns: &[String],
    rows: &[String],
    cells: &[Cell],
) -> Spots<DB> {
    let width = pen.width();
    let names = (width * 0.18).clamp(64.0, 140.0);
    let place = Place {
        names,
        column: (width - names) / columns.len().max(1) as f64,
    };
    named(pen, columns, rows, &place)?;
    let largest = cells.iter().map(|cell| cell.value.size);
    let largest = largest.fold(f64::MIN_POSITIVE, f64::max);
    let mut spots = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let (from, to) = place.of(cell.row, cell.column);
        one(pen, cell, (from, to), cell.value.size / largest)?;
        spots.push(pen.spot(index, from, to));
    }
    Ok(spots)
}

fn named<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    columns: &[String],
    rows: &[String],
    place: &Place,
) -> Drawn<DB> {
    for (index, name) in columns.iter().enumerate() {
        let middle = place.names + (index as f64 + 0.5) * place.column;
        let at = (middle, HEAD / 2.0);
        pen.text(
            name,
            at,
            HPos::Center,
            place.column,
            (SMALL, pen.inks.faint),
        )?;
    }
    for (row, name) in rows.iter().enumerate() {
        let middle = (0.0, HEAD + (row as f64 + 0.5) * ROW - GAP / 2.0);
        let style = (TEXT, pen.inks.ink);
        pen.text(name, middle, HPos::Left, place.names - 8.0, style)?;
        for column in 0..columns.len() {
            let (from, to) = place.of(row, column);
            pen.fill(from, to, pen.inks.ground.to_rgba())?;
        }
    }
    Ok(())
}

fn one<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    cell: &Cell,
    (from, to): ((f64, f64), (f64, f64)),
    share: f64,
) -> Drawn<DB> {
    let color = pen.inks.series[0];
    let share = share.clamp(0.0, 1.0);
    pen.fill(from, to, color.mix(0.85f64.mul_add(share, 0.15)))?;
    if cell.few {
        pen.frame(from, to, color)?;
    }
    if to.0 - from.0 < LEAST {
        return Ok(());
    }
    let ink = if share > STRONG {
        pen.inks.on_series
    } else {
        pen.inks.ink
    };
    let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
    let room = to.0 - from.0;
    pen.text(&cell.value.words, middle, HPos::Center, room, (SMALL, ink))
}
