//! The figures supervisors ask for, computed by SQL over rows that are kept beside the worklist: see `rows` for how
//! they come about, `questions` for what each figure asks of them.

mod functions;
mod questions;
pub(crate) mod rows;

use std::cmp::Reverse;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use outpost_domain::{Counted, Figure, FigureRow, FigureTable, Group, InspectionId, Scope};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use crate::sql::{self, ms};
use crate::{Result, Store, projection};
use questions::{Question, Valued};

/// As many lines of a figure without a fixed number of them are told: the largest samples.
pub const MOST_LINES: usize = 16;

const HOURS: usize = 24;

/// The inspections behind a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The first of them: those that make the share first, then the newest.
    pub inspections: Vec<Counted>,
    /// How many there are.
    pub total: u64,
}

impl Store {
    /// A figure over a period; times of day are told in `zone`. What lies after `now` counts as now.
    pub fn figure(
        &self,
        figure: Figure,
        scope: &Scope,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<FigureTable> {
        self.read(|c| {
            functions::register(c, zone)?;
            let mut rows = Vec::new();
            for question in questions::of(figure) {
                rows.extend(answer(c, &question, scope, now, zone)?);
            }
            Ok(FigureTable {
                figure,
                rows: told(figure, rows),
            })
        })
    }

    /// At most `limit` of the inspections from which a value was made.
    pub fn behind_figure(
        &self,
        figure: Figure,
        group: &Group,
        scope: &Scope,
        now: Timestamp,
        limit: usize,
    ) -> Result<Behind> {
        self.read(|c| {
            for question in questions::of(figure) {
                if let Some(columns) = (question.columns)(group) {
                    return behind(c, &question, columns, scope, now, limit);
                }
            }
            Ok(Behind {
                inspections: Vec::new(),
                total: 0,
            })
        })
    }
}

impl Store {
    /// Inspections in which a hold was placed or lifted from `from` to before `to`, the latest first, at most `limit`.
    pub fn with_holds_between(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: usize,
    ) -> Result<Vec<InspectionId>> {
        self.read(|c| {
            let mut select = c.prepare_cached(
                "SELECT f.inspection FROM fact_holds h JOIN facts f ON f.number = h.number
                 WHERE (h.placed_at >= ?1 AND h.placed_at < ?2) OR (h.lifted_at >= ?1 AND h.lifted_at < ?2)
                 GROUP BY f.number ORDER BY max(h.placed_at) DESC LIMIT ?3",
            )?;
            let ids = select.query_map((ms(from), ms(to), limit as i64), |r| sql::id(r, 0))?;
            Ok(ids.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// At most `limit` of the inspections that were open at the end of the scope, by how long they had waited.
    pub fn waiting(&self, scope: &Scope, now: Timestamp, limit: usize) -> Result<Behind> {
        self.read(|c| {
            let end = ms(scope.to.min(now));
            let open = "since < ?1 AND (closed_at IS NULL OR closed_at >= ?1) AND (?2 IS NULL OR bay IS ?2)";
            let total: i64 = c
                .prepare_cached(&format!("SELECT count(*) FROM facts WHERE {open}"))?
                .query_row((end, &scope.bay), |r| r.get(0))?;
            let mut select = c.prepare_cached(&format!(
                "SELECT inspection, since, closed_at FROM facts WHERE {open} ORDER BY since, number LIMIT ?3"
            ))?;
            let mut rows = select.query((end, &scope.bay, limit as i64))?;
            let mut inspections = Vec::new();
            while let Some(row) = rows.next()? {
                let closed_at = row.get::<_, Option<i64>>(2)?.map(sql::time);
                let since = sql::time(row.get(1)?);
                inspections.extend(counted_one(c, sql::id(row, 0)?, since, closed_at)?);
            }
            Ok(Behind {
                inspections,
                total: total as u64,
            })
        })
    }
}

/// The condition of a question within a scope, and its parameters.
fn within(question: &Question, scope: &Scope, now: Timestamp) -> (String, Vec<Value>) {
    let mut when = question.when.to_owned();
    let mut values = vec![
        Value::Integer(ms(scope.from)),
        Value::Integer(ms(scope.to.min(now))),
    ];
    let agency = scope.agency.filter(|_| question.agency);
    let bay = scope.bay.clone().filter(|_| question.bay);
    let filters = [("agency", agency.map(|a| a.to_string())), ("bay", bay)];
    for (column, value) in filters {
        if let Some(value) = value {
            values.push(Value::Text(value));
            when += &same(column, values.len());
        }
    }
    // A statement is told every parameter, also those that its condition does not name.
    when.push_str(" AND ?1 IS NOT NULL AND ?2 IS NOT NULL");
    (when, values)
}

/// A condition that also finds what is nothing.
fn same(column: &str, parameter: usize) -> String {
    format!(" AND {column} IS ?{parameter}")
}

fn answer(
    c: &Connection,
    question: &Question,
    scope: &Scope,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Vec<FigureRow>> {
    let (when, values) = within(question, scope, now);
    let value = match question.value {
        Valued::Time(time) => format!("quantiles({time})"),
        Valued::Share(holds) => format!("avg({holds})"),
        Valued::Count => "CAST(count(*) AS REAL)".to_owned(),
        Valued::Hours => "booked(slot_start, slot_end)".to_owned(),
    };
    let counted = ["count(*)", &value];
    let columns = [question.groups, &counted].concat().join(", ");
    let by = question.groups.join(", ");
    let from = question.from;
    let sql = if by.is_empty() {
        format!("SELECT {columns} FROM {from} WHERE {when}")
    } else {
        format!("SELECT {columns} FROM {from} WHERE {when} GROUP BY {by}")
    };
    let mut select = c.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.extend(line(row, question, days(scope, now, zone))?);
    }
    Ok(lines)
}

fn line(row: &Row<'_>, question: &Question, days: f64) -> Result<Vec<FigureRow>> {
    let column = question.groups.len();
    let sample: i64 = row.get(column)?;
    let sample = sample as u64;
    let group = (question.group)(row)?;
    let (Some(group), true) = (group, sample > 0) else {
        return Ok(Vec::new());
    };
    let one = |values| {
        vec![FigureRow {
            group: group.clone(),
            values,
            sample,
        }]
    };
    Ok(match question.value {
        Valued::Share(_) | Valued::Count => one(vec![row.get(column + 1)?]),
        Valued::Time(_) => {
            let blob: Vec<u8> = row.get(column + 1)?;
            one(functions::of_blob(&blob))
        }
        Valued::Hours => {
            let blob: Vec<u8> = row.get(column + 1)?;
            hours(&group, &functions::of_blob(&blob), days)
        }
    })
}

/// A line for each hour in which something was booked.
fn hours(group: &Group, filled: &[f64], days: f64) -> Vec<FigureRow> {
    let Group::Bay { bay: Some(bay) } = group else {
        return Vec::new();
    };
    let (minutes, slots) = filled.split_at(HOURS.min(filled.len()));
    let each = minutes.iter().zip(slots).enumerate();
    each.filter(|(_, (_, slots))| **slots > 0.0)
        .map(|(hour, (minutes, slots))| FigureRow {
            group: Group::Hour {
                bay: bay.clone(),
                hour: hour as u8,
            },
            values: vec![minutes / days],
            sample: *slots as u64,
        })
        .collect()
}

/// Days of the period that have begun, at least one.
fn days(scope: &Scope, now: Timestamp, zone: &TimeZone) -> f64 {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    let last = scope.to.min(now);
    let last = last - jiff::SignedDuration::from_nanos(1);
    let between = day(last).duration_since(day(scope.from)).as_hours() / 24;
    (between + 1).max(1) as f64
}

/// The lines in the order in which they are told.
fn told(figure: Figure, mut rows: Vec<FigureRow>) -> Vec<FigureRow> {
    match figure {
        Figure::HitRate => {
            let random = rows.iter().position(|r| r.group == Group::Random);
            let random = random.map(|index| rows.remove(index));
            rows.sort_by_key(|row| Reverse(row.sample));
            rows.truncate(MOST_LINES);
            rows.sort_by(|a, b| b.values[0].total_cmp(&a.values[0]));
            random.into_iter().chain(rows).collect()
        }
        Figure::OfficerThroughput | Figure::BayThroughput | Figure::AlarmConfirmed => {
            rows.sort_by_key(|row| Reverse(row.sample));
            rows.truncate(MOST_LINES);
            rows
        }
        _ => {
            rows.sort_by_key(|row| place(&row.group));
            rows
        }
    }
}

/// Lanes, agencies and hold types in the order of their lists; stages in theirs, agencies within them.
fn place(group: &Group) -> (usize, usize) {
    match group {
        Group::Lane { lane } => (*lane as usize, 0),
        Group::Agency { agency } => (*agency as usize, 0),
        Group::Hold { hold_type } => (*hold_type as usize, 0),
        Group::Stage { stage, agency } => (*stage as usize, agency.map_or(0, |a| a as usize)),
        Group::Trusted { trusted } => (usize::from(!trusted), 0),
        _ => (0, 0),
    }
}

fn behind(
    c: &Connection,
    question: &Question,
    columns: Vec<Value>,
    scope: &Scope,
    now: Timestamp,
    limit: usize,
) -> Result<Behind> {
    let (mut when, mut values) = within(question, scope, now);
    for (name, value) in question.groups.iter().zip(columns) {
        values.push(value);
        when += &same(name, values.len());
    }
    let first = match question.value {
        Valued::Share(holds) => holds,
        Valued::Time(_) | Valued::Count | Valued::Hours => "0",
    };
    // The outbox knows inspections by their id, facts by their number.
    let key = if question.from.starts_with("outbox") {
        "inspection"
    } else {
        "number"
    };
    let counted = format!(
        "SELECT {key} AS key, max({first}) AS first FROM {} WHERE {when} GROUP BY {key}",
        question.from
    );
    let total: i64 = c
        .prepare_cached(&format!("SELECT count(*) FROM ({counted})"))?
        .query_row(params_from_iter(values.clone()), |r| r.get(0))?;
    values.push(Value::Integer(limit as i64));
    let sql = format!(
        "SELECT f.inspection, f.closed_at, f.since FROM ({counted}) b JOIN facts f ON f.{key} = b.key
         ORDER BY b.first DESC, f.since DESC, f.number LIMIT ?{}",
        values.len()
    );
    let mut select = c.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut inspections = Vec::new();
    while let Some(row) = rows.next()? {
        let closed_at = row.get::<_, Option<i64>>(1)?.map(sql::time);
        let since = sql::time(row.get(2)?);
        inspections.extend(counted_one(c, sql::id(row, 0)?, since, closed_at)?);
    }
    Ok(Behind {
        inspections,
        total: total as u64,
    })
}

fn counted_one(
    c: &Connection,
    id: InspectionId,
    since: Timestamp,
    closed_at: Option<Timestamp>,
) -> Result<Option<Counted>> {
    let Some(inspection) = projection::snapshot(c, id)? else {
        return Ok(None);
    };
    let unit = inspection.units.first();
    let item = inspection.consignment.items.first();
    Ok(Some(Counted {
        inspection: id,
        unit: unit.map(|u| u.number.spaced()).unwrap_or_default(),
        goods: item.map(|i| i.description.clone()).unwrap_or_default(),
        reference: inspection.reference,
        lane: inspection.lane,
        since,
        closed_at,
    }))
}
