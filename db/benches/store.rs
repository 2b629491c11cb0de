//! What an officer waits for in the store: words found among 100,000 inspections while typing, and an act made durable.
//!
//! Beside each stands a peer on the same disk in the same run: SQLite's own full-text index (FTS5, trigrams) over the
//! same words, and a bare insert of as many bytes into an unencrypted file with the same durability.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/store/world.rs"]
#[allow(dead_code)]
mod world;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use outpost_domain::{Agency, Inspection};
use rusqlite::Connection;

use world::{World, finding, inspection, new_entry, officer, snapshot};

const INSPECTIONS: u128 = 100_000;
const QUERIES: usize = 4_000;

const GOODS: [&str; 12] = [
    "Frozen fish fillets, hake",
    "Television sets, LED",
    "Motor spirit, unleaded",
    "Maize seed",
    "Wooden furniture",
    "NPK fertiliser 23:21:0",
    "Men's trousers, cotton",
    "Lead-acid batteries, wet",
    "Photovoltaic modules",
    "Milk powder, skimmed",
    "Granite slabs, polished",
    "Medicines, packed for retail",
];
const FIRST: [&str; 10] = [
    "Lakeside", "Chitipa", "Zomba", "Mbeya", "Songwe", "Kyela", "Nkhata", "Salima", "Rumphi",
    "Viphya",
];
const SECOND: [&str; 10] = [
    "Foods",
    "Traders",
    "Building Supplies",
    "Estates",
    "Hardware",
    "Petroleum",
    "Stores",
    "Holdings",
    "Motors",
    "Farmers Union",
];
const OWNERS: [&str; 8] = [
    "MSKU", "CAIU", "TGHU", "TEXU", "BMOU", "FCIU", "HLXU", "MEDU",
];

/// A step of a fixed sequence of numbers.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

fn varied(n: u128, state: &mut u64) -> Inspection {
    let unit = format!("{}{:07}", OWNERS[next(state) % 8], next(state) % 10_000_000);
    let mut made = inspection(n, &unit, GOODS[next(state) % 12]);
    made.consignment.parties[0].name = format!(
        "{} {} Ltd",
        FIRST[next(state) % 10],
        SECOND[next(state) % 10]
    );
    made
}

/// What an officer types on the way to a whole word: every beginning of it.
fn typed(inspections: &[Inspection], state: &mut u64) -> Vec<String> {
    let mut all = Vec::with_capacity(QUERIES);
    while all.len() < QUERIES {
        let one = &inspections[next(state) % inspections.len()];
        let words = match next(state) % 6 {
            0 => one.units[0].number.as_str().to_owned(),
            1 => one.units[0].number.spaced(),
            2 => one.reference.clone(),
            3 => one.consignment.parties[0].name.clone(),
            4 => one.consignment.items[0].description.clone(),
            _ => format!(
                "{} {}",
                one.consignment.items[0].description,
                one.units[0].number.as_str()
            ),
        };
        let characters: Vec<char> = words.chars().collect();
        for end in 1..=characters.len() {
            all.push(characters[..end].iter().collect());
        }
    }
    all.truncate(QUERIES);
    all
}

fn percentiles(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() * share / 1_000).min(took.len() - 1)];
    println!(
        "{what}: {} queries, median {:?}, p99 {:?}, p99.9 {:?}, longest {:?}",
        took.len(),
        at(500),
        at(990),
        at(999),
        took[took.len() - 1]
    );
}

/// The same words under SQLite's trigram index, unencrypted and in memory: its best case.
fn trigrams(inspections: &[Inspection]) -> Connection {
    let mut peer = Connection::open_in_memory().unwrap();
    peer.execute_batch("CREATE VIRTUAL TABLE peer USING fts5(words, tokenize = 'trigram')")
        .unwrap();
    let tx = peer.transaction().unwrap();
    for one in inspections {
        let consignment = &one.consignment;
        tx.prepare_cached("INSERT INTO peer VALUES (?1)")
            .unwrap()
            .execute([[
                one.units[0].number.as_str(),
                &one.units[0].number.spaced(),
                &one.reference,
                consignment.mrn.as_ref().map_or("", |mrn| mrn.as_str()),
                &consignment.bills[0].number,
                &consignment.parties[0].name,
                &consignment.items[0].description,
            ]
            .join("\n")])
            .unwrap();
    }
    tx.commit().unwrap();
    peer
}

fn trigram_search(peer: &Connection, text: &str) -> (usize, i64) {
    let phrase = text
        .split_whitespace()
        .filter(|term| term.chars().count() >= 3)
        .map(|term| format!("\"{}\"", term.replace('"', "")))
        .collect::<Vec<_>>()
        .join(" ");
    let mut find = peer
        .prepare_cached("SELECT rowid FROM peer WHERE words MATCH ?1 LIMIT 500")
        .unwrap();
    let rows = find
        .query_map([&phrase], |row| row.get::<_, i64>(0))
        .unwrap()
        .count();
    let mut count = peer
        .prepare_cached("SELECT count(*) FROM peer WHERE words MATCH ?1")
        .unwrap();
    (rows, count.query_row([&phrase], |row| row.get(0)).unwrap())
}

fn search(c: &mut Criterion) {
    let world = World::empty();
    let mut state = 20_261_123;
    let inspections: Vec<Inspection> = (1..=INSPECTIONS).map(|n| varied(n, &mut state)).collect();
    let began = Instant::now();
    for part in inspections.chunks(500) {
        let changes: Vec<_> = part.iter().cloned().map(snapshot).collect();
        world.pull(&changes);
    }
    let took = began.elapsed().as_secs_f64();
    println!(
        "apply: {INSPECTIONS} inspections in pages of 500, {:.0} a second",
        INSPECTIONS as f64 / took
    );
    let began = Instant::now();
    world.store.load_search().unwrap();
    println!("load_search: {:?}", began.elapsed());
    let queries = typed(&inspections, &mut state);
    let time = |f: &dyn Fn(&str)| {
        queries
            .iter()
            .map(|query| {
                let began = Instant::now();
                f(query);
                began.elapsed()
            })
            .collect()
    };
    percentiles(
        "search",
        time(&|query| {
            black_box(world.store.search(query, 500).unwrap());
        }),
    );
    let peer = trigrams(&inspections);
    let long = |query: &str| {
        query
            .split_whitespace()
            .any(|term| term.chars().count() >= 3)
    };
    let took = queries
        .iter()
        .filter(|query| long(query))
        .map(|query| {
            let began = Instant::now();
            black_box(trigram_search(&peer, query));
            began.elapsed()
        })
        .collect();
    percentiles("FTS5 trigrams, words of 3 characters and more", took);
    for query in ["m", "MSKU 60", "hake", "lakeside foods", "2026"] {
        c.bench_function(&format!("search 100,000 for {query:?}"), |b| {
            b.iter(|| world.store.search(black_box(query), 500).unwrap());
        });
    }
}

fn append(c: &mut Criterion) {
    let world = World::empty();
    let mut state = 1;
    let inspections: Vec<_> = (1..=500).map(|n| snapshot(varied(n, &mut state))).collect();
    world.pull(&inspections);
    let author = officer(1, Agency::Customs);
    let key = world.store.signing_key(author.id).unwrap();
    let mut n = 0;
    let mut group = c.benchmark_group("durable");
    group.sample_size(50);
    group.bench_function("append", |b| {
        b.iter(|| {
            n += 1;
            let body = finding("Twelve cartons behind the second row of pallets");
            world
                .store
                .append(new_entry(&author, &key, n % 500 + 1, body, None))
                .unwrap()
        });
    });
    let bare = Connection::open(world.file("bare.sqlite")).unwrap();
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entry (payload TEXT NOT NULL)",
    )
    .unwrap();
    let payload = "x".repeat(700);
    group.bench_function("bare insert", |b| {
        b.iter(|| {
            bare.execute("INSERT INTO entry VALUES (?1)", [&payload])
                .unwrap()
        });
    });
    group.finish();
}

criterion_group!(store, search, append);
criterion_main!(store);
