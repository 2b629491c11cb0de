//! The figures of the post as tables for other programs: CSV and XLSX.

mod csv;
mod xlsx;

use outpost_domain::{FigureRow, FigureTable, Group, Measure, Scope};

use crate::paper::Paper;
use crate::words::Words;

pub use self::csv::figures_csv;
pub use self::xlsx::figures_xlsx;

/// Figures over one scope, as they are exported and printed.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    /// Over what.
    pub scope: &'a Scope,
    /// The figures that the officer may see, in their order.
    pub tables: &'a [FigureTable],
}

/// One value with everything that stands beside it.
struct Told {
    figure: &'static str,
    name: String,
    group: String,
    measure: String,
    /// Minutes, a number, or a share from 0 to 1.
    value: f64,
    unit: &'static str,
    share: bool,
    sample: u64,
    few: bool,
}

/// Every value, line by line.
fn told(figures: &Figures<'_>, words: &Words) -> Vec<Told> {
    let mut all = Vec::new();
    for table in figures.tables {
        for row in &table.rows {
            let measures = table.figure.measures().iter();
            for (measure, value) in measures.zip(&row.values) {
                all.push(one(table, row, *measure, *value, words));
            }
        }
    }
    all
}

fn one(table: &FigureTable, row: &FigureRow, measure: Measure, value: f64, w: &Words) -> Told {
    Told {
        figure: table.figure.code(),
        name: w.code("figure", table.figure),
        group: group(&row.group, w),
        measure: w.code("figure-value", measure),
        value,
        unit: match measure {
            Measure::Median | Measure::Ninetieth | Measure::MinutesADay => "min",
            Measure::Share | Measure::Count => "1",
        },
        share: measure == Measure::Share,
        sample: row.sample,
        few: row.is_few(),
    }
}

/// The name of a group.
pub(crate) fn group(group: &Group, w: &Words) -> String {
    match group {
        Group::Lane { lane } => w.code("lane", lane),
        Group::Stage {
            stage,
            agency: None,
        } => w.code("stage", stage),
        Group::Stage {
            stage,
            agency: Some(agency),
        } => format!("{} · {}", w.code("stage", stage), w.agency(*agency)),
        Group::Agency { agency } => w.agency(*agency),
        Group::Hold { hold_type } => w.code("hold-type", hold_type),
        Group::Criterion { criterion } => criterion.clone(),
        Group::Random => w.say("group-random"),
        Group::Scanner { scanner } => scanner.clone(),
        Group::Trusted { trusted: true } => w.say("group-trusted"),
        Group::Trusted { trusted: false } => w.say("group-others"),
        Group::Bay { bay: Some(bay) } => bay.clone(),
        Group::Bay { bay: None } => w.say("group-no-bay"),
        Group::Hour { bay, hour } => format!("{bay}, {hour:02}:00"),
        Group::Officer { name, agency } => format!("{name}, {}", w.agency(*agency)),
    }
}

/// The heads of the columns: fixed codes, so that a program finds them whatever the language.
const HEADS: [&str; 10] = [
    "figure", "name", "group", "measure", "value", "unit", "sample", "few", "from", "to",
];

/// From when to when, as other programs read it: at the post, without its offset.
fn span(figures: &Figures<'_>, paper: &Paper<'_>, words: &Words) -> [String; 2] {
    let ends = [
        figures.scope.from,
        figures
            .scope
            .to
            .min(paper.printed_at)
            .max(figures.scope.from),
    ];
    ends.map(|at| {
        let zoned = at.to_zoned(words.zone().clone());
        zoned.strftime("%Y-%m-%d %H:%M").to_string()
    })
}
