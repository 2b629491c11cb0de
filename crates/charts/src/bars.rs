//! Bars from left to right: the name, a bar per series, its words, and of how many.

use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use crate::{Drawn, Line, Pen, SMALL, Spot, TEXT, Value};

/// Height of a bar, points.
const BAR: f64 = 10.0;
/// Space between the bars of a line.
const BETWEEN: f64 = 2.0;
/// Space above and below a line's bars.
const AROUND: f64 = 7.0;
/// Height of the names of the series.
const LEGEND: f64 = 22.0;
/// Width of the sample at the right.
const SAMPLE: f64 = 64.0;
/// Width of a value's words behind its bar.
const WORDS: f64 = 74.0;
/// Space between columns.
const GAP: f64 = 8.0;

fn line_height(series: usize) -> f64 {
    let bars = series.max(1) as f64;
    2.0f64.mul_add(AROUND, bars * BAR + (bars - 1.0) * BETWEEN)
}

fn legend_height(series: usize) -> f64 {
    if series > 1 { LEGEND } else { 0.0 }
}

pub fn height(series: usize, lines: usize) -> f64 {
    legend_height(series) + lines as f64 * line_height(series)
}

type Spots<DB> = Result<Vec<Spot>, DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    series: &[String],
    lines: &[Line],
    full: Option<f64>,
) -> Spots<DB> {
    let width = pen.width();
    let names = (width * 0.34).clamp(72.0, 220.0);
    let place = Place {
        names,
        left: names + GAP,
        right: (width - SAMPLE - WORDS - GAP).max(names + 24.0),
        width,
        full: full.unwrap_or_else(|| largest(lines)),
    };
    legend(pen, series, &place)?;
    let mut spots = Vec::with_capacity(lines.len());
    let step = line_height(series.len());
    for (index, line) in lines.iter().enumerate() {
        let top = legend_height(series.len()) + index as f64 * step;
        one(pen, line, top, step, &place)?;
        spots.push(pen.spot(index, (0.0, top), (width, top + step)));
    }
    Ok(spots)
}

/// Where the columns lie, points.
struct Place {
    names: f64,
    left: f64,
    right: f64,
    width: f64,
    full: f64,
}

fn largest(lines: &[Line]) -> f64 {
    let sizes = lines.iter().flat_map(|line| &line.values);
    sizes.map(|value| value.size).fold(0.0, f64::max)
}

fn legend<DB: DrawingBackend>(pen: &Pen<'_, DB>, series: &[String], place: &Place) -> Drawn<DB> {
    if series.len() < 2 {
        return Ok(());
    }
    let room = (place.width - place.left) / series.len() as f64;
    for (index, name) in series.iter().enumerate() {
        let (left, middle) = (place.left + index as f64 * room, LEGEND / 2.0);
        let color = pen.inks.series[index % 2].to_rgba();
        pen.fill((left, middle - 4.0), (left + 8.0, middle + 4.0), color)?;
        let words = (left + 14.0, middle);
        pen.text(name, words, HPos::Left, room - 18.0, (SMALL, pen.inks.ink))?;
    }
    Ok(())
}

fn one<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    line: &Line,
    top: f64,
    height: f64,
    place: &Place,
) -> Drawn<DB> {
    let (inks, middle) = (pen.inks, top + height / 2.0);
    pen.text(
        &line.name,
        (0.0, middle),
        HPos::Left,
        place.names,
        (TEXT, inks.ink),
    )?;
    for (index, value) in line.values.iter().enumerate() {
        let top = top + AROUND + index as f64 * (BAR + BETWEEN);
        bar(pen, value, index, line.few, top, place)?;
    }
    pen.text(
        &line.sample,
        (place.width, middle),
        HPos::Right,
        SAMPLE,
        (SMALL, inks.faint),
    )
}

fn bar<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    value: &Value,
    index: usize,
    few: bool,
    top: f64,
    place: &Place,
) -> Drawn<DB> {
    let inks = pen.inks;
    let color = inks.series[index % 2];
    let share = if place.full > 0.0 && value.size.is_finite() {
        (value.size / place.full).clamp(0.0, 1.0)
    } else {
        0.0
    };
    // What is there is seen, however small.
    let long = (share * (place.right - place.left)).max(if value.size > 0.0 { 2.0 } else { 0.0 });
    let (end, foot) = (place.left + long, top + BAR);
    pen.fill(
        (place.left, top),
        (place.right, foot),
        inks.ground.to_rgba(),
    )?;
    if long == 0.0 {
        // Nothing: the ground alone is seen.
    } else if few {
        pen.fill((place.left, top), (end, foot), color.mix(0.25))?;
        pen.frame((place.left, top), (end, foot), color)?;
    } else {
        pen.fill((place.left, top), (end, foot), color.to_rgba())?;
    }
    pen.text(
        &value.words,
        (place.right + GAP, top + BAR / 2.0),
        HPos::Left,
        WORDS,
        (SMALL, inks.ink),
    )
}
