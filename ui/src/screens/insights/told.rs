//! A figure as a chart and in words.

use jiff::{SignedDuration, Timestamp};
use outpost_charts::{Cell, Chart, Line, Value};
use outpost_domain::{FigureRow, FigureTable, Group, Measure};

use crate::chart::figure::Said;
use crate::moment::{age, count, decimal};
use crate::text::{tr, tr_args, tr_code};

/// The name of a group.
pub fn group(group: &Group) -> String {
    match group {
        Group::Lane { lane } => tr_code("lane", lane),
        Group::Stage {
            stage,
            agency: None,
        } => tr_code("stage", stage),
        Group::Stage {
            stage,
            agency: Some(agency),
        } => format!(
            "{} · {}",
            tr_code("stage", stage),
            tr_code("agency", agency)
        ),
        Group::Agency { agency } => tr_code("agency", agency),
        Group::Hold { hold_type } => tr_code("hold-type", hold_type),
        Group::Criterion { criterion } => criterion.clone(),
        Group::Random => tr("group-random"),
        Group::Scanner { scanner } => scanner.clone(),
        Group::Trusted { trusted: true } => tr("group-trusted"),
        Group::Trusted { trusted: false } => tr("group-others"),
        Group::Bay { bay: Some(bay) } => bay.clone(),
        Group::Bay { bay: None } => tr("group-no-bay"),
        Group::Hour { bay, hour } => format!("{bay}, {hour:02}:00"),
        Group::Officer { name, agency } => format!("{name}, {}", tr_code("agency", agency)),
    }
}

/// A value with its unit.
pub fn value(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Median | Measure::Ninetieth => {
            let epoch = Timestamp::UNIX_EPOCH;
            let long = SignedDuration::from_mins(value.round() as i64);
            age(epoch, epoch.saturating_add(long).unwrap_or(epoch))
        }
        Measure::Share => tr_args(
            "figure-value-per-cent",
            &[("number", decimal(value * 100.0, 0).into())],
        ),
        Measure::Count => count(value.round() as u64),
        Measure::MinutesADay => decimal(value, 0),
    }
}

/// `n 31`, with a word where that is too few.
fn sample(row: &FigureRow) -> String {
    let number = [("count", count(row.sample).into())];
    if row.is_few() {
        tr_args("insights-sample-few", &number)
    } else {
        tr_args("insights-sample", &number)
    }
}

/// What is said of each line of a figure.
pub fn said(table: &FigureTable) -> Vec<Said> {
    let why = tr_code("figure-why", table.figure);
    table
        .rows
        .iter()
        .map(|row| {
            let (name, values) = (group(&row.group), values(table, row));
            let mut hover = format!("{name}\n{values}\n{}", sample(row));
            if row.is_few() {
                hover = format!("{hover}\n{}", tr("insights-few-why"));
            }
            Said {
                name: format!("{name}: {values}, {}", sample(row)),
                hover: format!("{hover}\n\n{why}"),
            }
        })
        .collect()
}

fn values(table: &FigureTable, row: &FigureRow) -> String {
    let each = table.figure.measures().iter().zip(&row.values);
    let words: Vec<String> = each
        .map(|(measure, number)| {
            format!(
                "{} {}",
                tr_code("figure-value", measure),
                value(*measure, *number)
            )
        })
        .collect();
    words.join(", ")
}

/// The chart of a figure that has lines.
pub fn chart(table: &FigureTable) -> Chart {
    let measures = table.figure.measures();
    if measures.contains(&Measure::MinutesADay) {
        return hours(table);
    }
    let lines = table.rows.iter().map(|row| Line {
        name: group(&row.group),
        values: measures
            .iter()
            .zip(&row.values)
            .map(|(measure, number)| Value {
                size: *number,
                words: value(*measure, *number),
            })
            .collect(),
        sample: sample(row),
        few: row.is_few(),
    });
    Chart::Bars {
        series: measures
            .iter()
            .map(|m| tr_code("figure-value", m))
            .collect(),
        lines: lines.collect(),
        full: measures.contains(&Measure::Share).then_some(1.0),
    }
}

/// Bays against the hours between the first and the last in which something was booked.
fn hours(table: &FigureTable) -> Chart {
    let mut rows: Vec<String> = Vec::new();
    let mut placed = Vec::new();
    for row in &table.rows {
        let Group::Hour { bay, hour } = &row.group else {
            continue;
        };
        let at = rows.iter().position(|name| name == bay);
        let at = at.unwrap_or_else(|| {
            rows.push(bay.clone());
            rows.len() - 1
        });
        placed.push((at, usize::from(*hour), row));
    }
    let first = placed.iter().map(|(_, hour, _)| *hour).min().unwrap_or(0);
    let last = placed.iter().map(|(_, hour, _)| *hour).max().unwrap_or(0);
    let cells = placed.iter().map(|(at, hour, row)| {
        let size = row.values.first().copied().unwrap_or_default();
        Cell {
            row: *at,
            column: hour - first,
            value: Value {
                size,
                words: value(Measure::MinutesADay, size),
            },
            few: row.is_few(),
        }
    });
    Chart::Grid {
        columns: (first..=last).map(|hour| format!("{hour:02}")).collect(),
        cells: cells.collect(),
        rows,
    }
}
