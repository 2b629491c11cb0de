//! Every figure over a year of a busy post: 100,000 inspections with 2,000,000 entries in the encrypted store.
//!
//! `OUTPOST_INSPECTIONS` makes the post smaller or larger; `OUTPOST_INSIGHTS_STORE` keeps the store in a folder for the
//! next run. Told are the time of the first answer, when nothing of the figure is in SQLite's memory, and the median and
//! longest of those after it.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/store/crowd.rs"]
mod crowd;
#[path = "../tests/store/world.rs"]
#[allow(dead_code)]
mod world;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use outpost_db::Store;
use outpost_domain::{Figure, Scope};

const INSPECTIONS: u64 = 100_000;
const TIMES: usize = 15;

/// What a desk may take for one chart.
const BAR: Duration = Duration::from_millis(150);

fn opened(dir: &Path) -> Store {
    if dir.join("store.db").exists() {
        return Store::open(dir, &world::KEY).unwrap();
    }
    let inspections = std::env::var("OUTPOST_INSPECTIONS");
    let inspections = inspections.map_or(INSPECTIONS, |n| n.parse().unwrap());
    let began = Instant::now();
    let store = crowd::store(dir, inspections);
    println!(
        "{inspections} inspections, {} entries made and projected in {:.0?}",
        inspections * crowd::ENTRIES,
        began.elapsed()
    );
    store
}

fn figures(c: &mut Criterion) {
    let temporary = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("OUTPOST_INSIGHTS_STORE");
    let dir = kept.as_ref().map_or(temporary.path(), Path::new);
    drop(opened(dir));
    let zone = TimeZone::get("Africa/Blantyre").unwrap();
    let (mut beyond, mut all) = (0, 0);
    for (name, days) in [("year", 365), ("quarter", 91), ("7 days", 7)] {
        let scope = Scope {
            from: crowd::end() - SignedDuration::from_hours(24 * days),
            to: crowd::end(),
            agency: None,
            bay: None,
        };
        for figure in Figure::ALL {
            // A new reader for each: its memory is empty.
            let store = opened(dir);
            let mut took = Vec::new();
            let mut lines = 0;
            for _ in 0..TIMES {
                let began = Instant::now();
                let table = store.figure(*figure, &scope, crowd::end(), &zone).unwrap();
                took.push(began.elapsed());
                lines = black_box(table).rows.len();
            }
            let first = took[0];
            took.sort_unstable();
            all += 1;
            beyond += u32::from(took[TIMES - 1] > BAR);
            println!(
                "{name:>8} {:<20} {lines:>4} lines, first {first:>9.2?}, median {:>9.2?}, longest {:>9.2?}",
                figure.code(),
                took[TIMES / 2],
                took[TIMES - 1]
            );
        }
    }
    println!("{beyond} of {all} took longer than {BAR:?} at least once");
    lists(&opened(dir));
    let store = opened(dir);
    let mut group = c.benchmark_group("insights over a year");
    group.sample_size(10);
    let scope = Scope {
        from: crowd::begin(),
        to: crowd::end(),
        agency: None,
        bay: None,
    };
    for figure in [Figure::Waits, Figure::HitRate, Figure::BayLoad] {
        group.bench_function(figure.code(), |b| {
            b.iter(|| store.figure(figure, black_box(&scope), crowd::end(), &zone));
        });
    }
    group.finish();
}

/// What is behind the largest value of each figure, and what a shift report lists.
fn lists(store: &Store) {
    let scope = Scope {
        from: crowd::begin(),
        to: crowd::end(),
        agency: None,
        bay: None,
    };
    for figure in Figure::ALL {
        let table = store.figure(*figure, &scope, crowd::end(), &TimeZone::UTC);
        let table = table.unwrap();
        let Some(row) = table.rows.iter().max_by_key(|row| row.sample) else {
            continue;
        };
        let began = Instant::now();
        let behind = store.behind_figure(*figure, &row.group, &scope, crowd::end(), 200);
        println!(
            "  behind {:<20} {:>7} inspections, the first 200 in {:>9.2?}",
            figure.code(),
            behind.unwrap().total,
            began.elapsed()
        );
    }
    let began = Instant::now();
    let waiting = store.waiting(&scope, crowd::end(), 60).unwrap();
    let last = crowd::end() - SignedDuration::from_hours(8);
    let held = store.with_holds_between(last, crowd::end(), 60).unwrap();
    println!(
        "a shift's lists: {} waiting, {} with holds, {:.2?}",
        waiting.total,
        held.len(),
        began.elapsed()
    );
}

criterion_group!(insights, figures);
criterion_main!(insights);
