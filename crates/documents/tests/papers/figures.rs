//! Figures in other programs: the same values, and names that stay names.

use std::process::Command;

use jiff::SignedDuration;
use outpost_documents::{
    Figures, Paper, Shift, ShiftHold, ShiftUnsent, figures_csv, figures_xlsx, shift_report,
};
use outpost_domain::*;

use crate::busy::HOSTILE;
use crate::paper;
use crate::{busy, world::at};

fn row(group: Group, values: &[f64], sample: u64) -> FigureRow {
    FigureRow {
        group,
        values: values.to_vec(),
        sample,
    }
}

pub fn scope() -> Scope {
    Scope {
        from: at(0),
        to: at(0) + SignedDuration::from_hours(8),
        agency: None,
        bay: None,
    }
}

/// A few figures with `name` wherever a name may stand.
pub fn tables(name: &str) -> Vec<FigureTable> {
    let name = || name.to_owned();
    let table = |figure, rows| FigureTable { figure, rows };
    vec![
        table(
            Figure::QueueAge,
            vec![row(Group::Lane { lane: Lane::Red }, &[47.5, 186.0], 31)],
        ),
        table(
            Figure::HitRate,
            vec![
                row(Group::Random, &[0.1], 40),
                row(Group::Criterion { criterion: name() }, &[1.0 / 3.0], 6),
            ],
        ),
        table(
            Figure::BayLoad,
            vec![row(
                Group::Hour {
                    bay: name(),
                    hour: 7,
                },
                &[12.25],
                3,
            )],
        ),
        table(
            Figure::OfficerThroughput,
            vec![row(
                Group::Officer {
                    name: name(),
                    agency: Agency::Customs,
                },
                &[14.0],
                14,
            )],
        ),
        table(Figure::NoShows, Vec::new()),
    ]
}

/// A shift report with `name` wherever a name may stand.
pub fn shift(name: &str, paper: &Paper<'_>) -> String {
    let hold = |n, placed, lifted: Option<i64>, overridden| ShiftHold {
        reference: name.to_owned(),
        unit: name.to_owned(),
        hold: HoldFacts {
            hold: HoldId(crate::world::id(n)),
            agency: Agency::Veterinary,
            hold_type: HoldType::Veterinary,
            placed_at: at(placed),
            placed_by: name.to_owned(),
            lifted_at: lifted.map(at),
            lifted_by: lifted.map(|_| name.to_owned()),
            overridden,
        },
    };
    let holds = [
        hold(1, 60, None, false),
        hold(2, -90_000, Some(120), false),
        hold(3, -90_000, Some(180), true),
    ];
    let waiting = [Counted {
        inspection: InspectionId(crate::world::id(1)),
        reference: name.to_owned(),
        unit: name.to_owned(),
        goods: name.to_owned(),
        lane: Lane::Red,
        since: at(-600),
        closed_at: None,
    }];
    let unsent = [ShiftUnsent {
        unit: name.to_owned(),
        entries: 7,
        oldest: at(30),
    }];
    let (scope, tables) = (scope(), tables(name));
    let shift = Shift {
        figures: Figures {
            scope: &scope,
            tables: &tables,
        },
        waiting: (&waiting, 31),
        holds: &holds,
        unsent: &unsent,
    };
    shift_report(&shift, paper).unwrap()
}

#[test]
fn a_shift_report_tells_what_was_done_what_waits_and_what_was_overridden() {
    let post = busy::post("Kasumulu");
    let html = shift("Plain", &paper(PaperLanguage::English, &post, "A. Mwale"));
    let words = crate::words_of(&html);
    for told in [
        "Inspections waiting31",
        "Holds placed1",
        "Holds lifted2",
        "Holds overridden1",
        "Entries not sent7",
        "And 30 more.",
        "Decided, by officer",
        "n 14, few",
        "How long inspections that were still open",
    ] {
        assert!(words.contains(told), "{told} in {words}");
    }
    assert_eq!(html.matches("<svg class=\"chart\"").count(), 2);
}

#[test]
fn a_shift_in_which_nothing_happened_is_told_as_such() {
    let post = busy::post("Kasumulu");
    let scope = scope();
    let nothing = Shift {
        figures: Figures {
            scope: &scope,
            tables: &[],
        },
        waiting: (&[], 0),
        holds: &[],
        unsent: &[],
    };
    let html = shift_report(&nothing, &paper(PaperLanguage::French, &post, "x")).unwrap();
    let words = crate::words_of(&html);
    assert!(words.contains("Contrôles terminés0"), "{words}");
    assert!(!html.contains("<svg"));
}

fn written<T>(name: &str, write: impl Fn(&Figures<'_>, &Paper<'_>) -> T) -> T {
    let post = busy::post("Kasumulu");
    let (scope, tables) = (scope(), tables(name));
    let figures = Figures {
        scope: &scope,
        tables: &tables,
    };
    write(&figures, &paper(PaperLanguage::English, &post, "A. Mwale"))
}

#[test]
fn a_spreadsheet_finds_every_value_in_the_csv() {
    let bytes = written("Bay 1", |f, p| figures_csv(f, p).unwrap());
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.strip_prefix('\u{feff}').unwrap().split("\r\n");
    let head = "figure,name,group,measure,value,unit,sample,few,from,to";
    assert_eq!(lines.next(), Some(head));
    let first = lines.next().unwrap();
    assert!(
        first.starts_with("queue-age,Waiting now,Red lane,Half within,47.5,min,31,0,2026-11-23 "),
        "{first}"
    );
    let few = lines.clone().find(|l| l.starts_with("bay-load")).unwrap();
    assert!(
        few.contains("\"Bay 1, 07:00\",Minutes a day,12.25,min,3,1,"),
        "{few}"
    );
    assert_eq!(lines.filter(|l| !l.is_empty()).count(), 5);
}

const FORMULAS: [&str; 5] = [
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
];

#[test]
fn no_name_is_a_formula() {
    for name in FORMULAS {
        let bytes = written(name, |f, p| figures_csv(f, p).unwrap());
        let text = String::from_utf8(bytes).unwrap();
        for line in text.lines().filter(|l| l.starts_with("hit-rate,Hits by")) {
            let group = line.split(',').nth(2).unwrap().trim_start_matches('"');
            assert!(
                group.starts_with('\'') || group == "Drawn at random",
                "{line}"
            );
        }
    }
}

/// Prints every row of the first sheet, or of the CSV, as JSON.
const READ: &str = r#"
import csv, json, sys
import openpyxl
for path in sys.argv[1:]:
    if path.endswith(".xlsx"):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["figures", "definitions"], book.sheetnames
        sheet = book["figures"]
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (path, cell.coordinate, cell.value)
        rows = [list(r) for r in sheet.iter_rows(min_row=2, values_only=True)]
    else:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))[1:]
    print(json.dumps([[r[0], r[2], float(r[4]), int(r[6])] for r in rows]))
"#;

#[test]
fn openpyxl_and_pythons_csv_read_the_same_figures() {
    let Ok(python) = std::env::var("OUTPOST_READERS") else {
        eprintln!("OUTPOST_READERS is not set: no other program reads the tables this time");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (number, name) in HOSTILE.iter().chain(&FORMULAS).enumerate() {
        let csv = folder.path().join(format!("{number}.csv"));
        std::fs::write(&csv, written(name, |f, p| figures_csv(f, p).unwrap())).unwrap();
        let xlsx = folder.path().join(format!("{number}.xlsx"));
        std::fs::write(&xlsx, written(name, |f, p| figures_xlsx(f, p).unwrap())).unwrap();
        let read = Command::new(&python)
            .args(["-c", READ])
            .args([&csv, &xlsx])
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&read.stderr);
        assert!(read.status.success(), "{name:?}: {errors}");
        let told = String::from_utf8(read.stdout).unwrap();
        for line in told.lines() {
            same(line, name);
        }
        assert_eq!(told.lines().count(), 2);
    }
}

/// Holds a reader's rows against the tables that were written.
fn same(line: &str, name: &str) {
    let rows: Vec<(String, String, f64, u64)> = serde_json::from_str(line).unwrap();
    let tables = tables(name);
    let wanted: Vec<(Figure, f64, u64)> = tables
        .iter()
        .flat_map(|t| t.rows.iter().map(move |r| (t.figure, r)))
        .flat_map(|(f, r)| r.values.iter().map(move |v| (f, *v, r.sample)))
        .collect();
    assert_eq!(rows.len(), wanted.len());
    for ((figure, _, value, sample), wanted) in rows.iter().zip(wanted) {
        assert_eq!(figure, wanted.0.code());
        assert!((value - wanted.1).abs() < 1e-12, "{name:?}: {line}");
        assert_eq!(*sample, wanted.2);
    }
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == ' ');
    if plain {
        assert!(rows.iter().any(|r| r.1 == name), "{line}");
    }
}
