//! Damaged stores: what can be read is kept, what cannot is counted, and nothing old is ever touched.
//!
//! `OUTPOST_RUNS` and `OUTPOST_SEED` set how often the store is damaged, and how; both are printed.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use outpost_db::{KeyError, KeySource, PinCheck, Recorded, Salvaged, Store, StoreError, keys};
use outpost_domain::{Agency, BlobHash, EntryId};

use crate::lifecycle::{content, copy_as_after_a_kill, copy_tree};
use crate::world::*;

pub const PAGE: usize = 4096;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// SplitMix64: the same damage for the same seed on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// A store with history: short and long entries, sent and not, files, drafts, a PIN, another laptop's entry.
struct Original {
    world: World,
    recorded: Vec<Recorded>,
    waiting: BTreeSet<EntryId>,
    photo: BlobHash,
}

fn original() -> Original {
    let world = World::with_two_inspections();
    let other = World::with_two_inspections();
    let foreign = other.record(2, finding("seen by another laptop"));
    world.pull(&[outpost_api::Change::Entry {
        entry: foreign.signed.clone(),
    }]);
    let author = officer(1, Agency::Customs);
    world.store.set_pin(author.id, "482913").unwrap();
    let photo = b"\x89PNG\r\n\x1a\n seal 4711";
    let photo = world
        .store
        .put_blob(photo, "image/png", "seal.png", time(0))
        .unwrap()
        .hash;
    let mut recorded = Vec::new();
    for n in 0..120_u128 {
        let text = "a carton of the second row ".repeat(if n % 7 == 0 { 400 } else { 1 });
        let photos = if n == 70 { vec![photo] } else { Vec::new() };
        recorded.push(world.record(1 + n % 2, finding_with(&format!("{n}: {text}"), photos)));
        if n == 40 {
            world.push(|_| outpost_api::PushResult::Accepted);
        }
        if n % 10 == 0 {
            let form = format!("item-{n}");
            world
                .store
                .save_draft(author.id, id(1), &form, "half a word", time(0))
                .unwrap();
        }
    }
    let waiting = recorded.iter().skip(41).map(|r| r.entry.payload.id);
    let waiting = waiting.collect();
    recorded.push(foreign);
    Original {
        world,
        recorded,
        waiting,
        photo,
    }
}

pub fn plain(dir: &Path) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(dir.join("store.db")).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", hex::encode([42; 32])))
        .unwrap();
    db
}

/// How many entries stand on which pages, told by SQLite itself before anything is damaged.
struct Map {
    /// Entries on a leaf, by page, with the leaf's path.
    leaves: HashMap<usize, (String, usize)>,
    /// Which entry a page goes on with: the path of its leaf, and of the entry.
    overflow: HashMap<usize, (String, String)>,
}

impl Map {
    fn of(dir: &Path) -> Self {
        let db = plain(dir);
        let mut select = db
            .prepare("SELECT pageno, path, pagetype, ncell FROM dbstat WHERE name = 'journal'")
            .unwrap();
        let mut rows = select.query([]).unwrap();
        let (mut leaves, mut overflow) = (HashMap::new(), HashMap::new());
        while let Some(row) = rows.next().unwrap() {
            let (page, path): (usize, String) =
                (row.get::<_, i64>(0).unwrap() as usize, row.get(1).unwrap());
            match row.get::<_, String>(2).unwrap().as_str() {
                "leaf" => {
                    leaves.insert(page, (path, row.get::<_, i64>(3).unwrap() as usize));
                }
                "overflow" => {
                    let entry = path.split('+').next().unwrap().to_owned();
                    let leaf = entry[..=entry.rfind('/').unwrap()].to_owned();
                    overflow.insert(page, (leaf, entry));
                }
                _ => {}
            }
        }
        assert!(leaves.len() > 5 && overflow.len() > 5);
        Self { leaves, overflow }
    }

    /// Entries of which something stands on a page of `bad`.
    fn lost(&self, bad: &BTreeSet<usize>) -> usize {
        let leaves: HashMap<&String, usize> = bad
            .iter()
            .filter_map(|page| self.leaves.get(page))
            .map(|(path, entries)| (path, *entries))
            .collect();
        let cut: BTreeSet<&String> = bad
            .iter()
            .filter_map(|page| self.overflow.get(page))
            .filter(|(leaf, _)| !leaves.contains_key(leaf))
            .map(|(_, entry)| entry)
            .collect();
        leaves.values().sum::<usize>() + cut.len()
    }
}

/// Damages the database and tells which pages, counted from 1.
fn damage(dir: &Path, dice: &mut Dice) -> BTreeSet<usize> {
    let path = dir.join("store.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let pages = bytes.len() / PAGE;
    let mut bad = BTreeSet::new();
    match dice.below(4) {
        0 => {
            for _ in 0..=dice.below(6) {
                // Not the salt at the head of the file, which has a test of its own.
                let at = 16 + dice.below(bytes.len() - 16);
                if bad.insert(at / PAGE + 1) {
                    bytes[at] ^= 1 << dice.below(8);
                }
            }
        }
        1 => {
            let (from, run) = (1 + dice.below(pages - 1), 1 + dice.below(5));
            for page in from..(from + run).min(pages) {
                for byte in &mut bytes[page * PAGE..(page + 1) * PAGE] {
                    *byte = dice.below(256) as u8;
                }
                bad.insert(page + 1);
            }
        }
        2 => {
            let there = PAGE + dice.below(bytes.len() - PAGE);
            bytes.truncate(there);
            bad.extend(there / PAGE + 1..=pages);
        }
        _ => {
            bytes[16..100].fill(0);
            bad.insert(1);
        }
    }
    std::fs::write(path, bytes).unwrap();
    bad
}

/// Opens as the desk does at two starts in a row: what the first one meets, the second one knows.
fn expect_damage(dir: &Path) {
    if let Ok(store) = Store::open(dir, &KEY) {
        let told = store.verify();
        assert!(told.is_err() || told.is_ok_and(|report| !report.faults.is_empty()));
    }
    let error = Store::open(dir, &KEY).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
}

#[test]
fn whatever_page_is_damaged_every_readable_entry_is_kept() {
    let runs = setting("OUTPOST_RUNS", 100);
    let seed = setting("OUTPOST_SEED", 20_261_123);
    let Original {
        world,
        recorded,
        waiting,
        photo,
    } = original();
    let World { store, dir } = world;
    drop(store);
    let map = Map::of(dir.path());
    let (mut kept, mut lost, mut hit) = (0, 0, 0);
    for run in 0..runs {
        let mut dice = Dice(seed.wrapping_add(run));
        let image = tempfile::tempdir().unwrap();
        copy_tree(dir.path(), image.path());
        let bad = damage(image.path(), &mut dice);
        expect_damage(image.path());
        let before = content(image.path());

        let (store, told) = Store::salvage(image.path(), &KEY, time(9)).unwrap();
        let readable = recorded.len() - map.lost(&bad);
        assert!(
            told.entries as usize >= readable,
            "run {run}: {} of {readable} entries, pages {bad:?}",
            told.entries
        );
        let untouched = content(image.path());
        for (path, bytes) in &before {
            let name = path.file_name().unwrap().to_str().unwrap();
            let now = match name.strip_prefix("store.db") {
                Some(more) => image.path().join(format!("{}{more}", told.file)),
                None if name == "store.suspect" => continue,
                None => path.clone(),
            };
            assert_eq!(
                untouched.get(&now),
                Some(bytes),
                "run {run}: {}",
                now.display()
            );
        }
        let survivors = check(store, &told, image.path(), &recorded, &waiting);
        kept += survivors;
        lost += recorded.len() - survivors;
        hit += usize::from(survivors < recorded.len());
        let store = Store::open(image.path(), &KEY).unwrap();
        if store.blob(photo).unwrap().is_some() {
            store.verify_blob(photo).unwrap();
        }
    }
    println!(
        "{runs} damaged stores, seed {seed}: {kept} readable entries kept, {lost} on lost pages in {hit} runs"
    );
    assert!(
        lost > 0 || runs < 20,
        "nothing was hit: the test tells nothing"
    );
}

/// What must hold of a salvaged store; returns how many of the entries are there.
fn check(
    store: Store,
    told: &Salvaged,
    dir: &Path,
    recorded: &[Recorded],
    waiting: &BTreeSet<EntryId>,
) -> usize {
    assert_eq!(store.salvaged().unwrap().as_ref(), Some(told));
    assert_eq!(store.cursor().unwrap(), None);
    let report = store.verify().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    let survivors: Vec<&Recorded> = recorded
        .iter()
        .filter(|r| store.entry(r.entry.payload.id).unwrap().as_ref() == Some(r))
        .collect();
    assert_eq!(survivors.len() as u64, told.entries);
    assert_eq!(report.entries + report.foreign_entries, told.entries);
    let queued = store.outbox_batch(1_000, None).unwrap();
    let queued: BTreeSet<EntryId> = queued.iter().map(|o| o.id).collect();
    for entry in &survivors {
        let id = entry.entry.payload.id;
        assert!(
            !waiting.contains(&id) || queued.contains(&id),
            "{id} is not sent"
        );
    }
    drop(store);

    // Work goes on, on numbers that were never given out.
    let world = World {
        store: Store::open(dir, &KEY).unwrap(),
        dir: tempfile::tempdir().unwrap(),
    };
    world.pull(&[snapshot(inspection(
        1,
        "MSKU6011672",
        "Frozen tilapia fillets",
    ))]);
    let next = world.record(1, finding("after the damage"));
    assert!(next.entry.payload.sequence > 120 || survivors.is_empty());
    let report = world.store.verify().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    survivors.len()
}

#[test]
fn where_nothing_of_use_is_damaged_nothing_is_lost() {
    let original = original();
    let author = officer(1, Agency::Customs);
    original.world.store.set_setting("theme", "dark").unwrap();
    let practised = crate::practice::answer(0);
    let kept = original.world.store.keep_practice(author.id, &practised);
    kept.unwrap();
    let World { store, dir } = original.world;
    drop(store);
    let path = dir.path().join("store.db");
    let file = std::fs::File::options().append(true).open(&path).unwrap();
    let length = file.metadata().unwrap().len();
    // A page of the worklist, which is made anew from the rest.
    let page: i64 = plain(dir.path())
        .query_row(
            "SELECT pageno FROM dbstat WHERE name = 'worklist' AND pagetype = 'leaf'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[page as usize * PAGE - 200] ^= 4;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), length);
    expect_damage(dir.path());
    let (store, told) = Store::salvage(dir.path(), &KEY, time(9)).unwrap();
    assert_eq!(
        (told.entries, told.unreadable, told.drafts, told.pages_lost),
        (121, 0, 12, 1)
    );
    let batch = store.outbox_batch(1_000, None).unwrap();
    let batch: BTreeSet<EntryId> = batch.iter().map(|o| o.id).collect();
    assert_eq!(batch, original.waiting);
    assert_eq!(store.drafts(author.id, id(1)).unwrap().len(), 12);
    assert_eq!(store.settings().unwrap()["theme"], "dark");
    assert_eq!(store.practice(author.id).unwrap(), [practised]);
    assert_eq!(store.row_count().unwrap(), 2);
    let pin = store.check_pin(author.id, "482913", time(1)).unwrap();
    assert_eq!(pin, PinCheck::Right);
    let uploads = store.pending_uploads(10).unwrap();
    assert_eq!(uploads[0].blob.hash, original.photo);
    assert_eq!(uploads[0].blob.name, "seal.png");
}

#[test]
fn a_damaged_store_that_was_killed_keeps_what_is_only_in_the_wal() {
    let original = original();
    let late: Vec<Recorded> = (0..10)
        .map(|_| original.world.record(1, finding("only in the WAL")))
        .collect();
    let image = copy_as_after_a_kill(&original.world);
    let path = image.path().join("store.db-wal");
    let mut wal = std::fs::read(&path).unwrap();
    let frames = present_frames(&wal);
    assert!(frames > 40, "much must stand in the WAL");
    // A frame in its middle: SQLite reads no further, all that follows was acknowledged.
    wal[32 + frames / 2 * (PAGE + 24) + 500] ^= 1;
    std::fs::write(&path, &wal).unwrap();
    let error = Store::open(image.path(), &KEY).unwrap_err();
    assert!(
        matches!(&error, StoreError::Damaged { file, .. } if *file == path),
        "{error:?}"
    );
    let (store, told) = Store::salvage(image.path(), &KEY, time(9)).unwrap();
    let kept = |r: &Recorded| store.entry(r.entry.payload.id).unwrap().as_ref() == Some(r);
    assert!(late.iter().all(kept), "what stands behind the bad frame");
    let lost = original.recorded.iter().filter(|r| !kept(r)).count();
    assert_eq!(
        lost, 0,
        "every later state of that page is in the WAL: {told:?}"
    );
    let aside = std::fs::read(image.path().join(format!("{}-wal", told.file))).unwrap();
    assert_eq!(aside, wal);
}

/// Frames since the WAL was begun anew; older ones may follow.
pub fn present_frames(wal: &[u8]) -> usize {
    let frames = wal[32..].chunks_exact(PAGE + 24);
    frames
        .take_while(|frame| frame[8..16] == wal[16..24])
        .count()
}

#[test]
fn a_wal_that_the_power_cut_in_its_last_write_is_no_damage() {
    let original = original();
    let image = copy_as_after_a_kill(&original.world);
    let path = image.path().join("store.db-wal");
    let wal = std::fs::read(&path).unwrap();
    let frames = present_frames(&wal);
    let last = 32 + (frames - 1) * (PAGE + 24);
    for (there, flipped) in [(last + 700, None), (wal.len(), Some(last + 700))] {
        let mut torn = wal[..there].to_vec();
        if let Some(at) = flipped {
            torn[at] ^= 1;
        }
        let again = tempfile::tempdir().unwrap();
        copy_tree(image.path(), again.path());
        std::fs::write(again.path().join("store.db-wal"), torn).unwrap();
        let store = Store::open(again.path(), &KEY).unwrap();
        assert!(store.chain_head().unwrap().0 >= 119, "the last one at most");
        assert!(store.salvaged().unwrap().is_none());
    }
}

#[test]
fn a_wrong_key_and_a_destroyed_head_are_no_reason_to_begin_anew() {
    let World { store, dir } = World::with_two_inspections();
    drop(store);
    let refused = |source: &KeySource| {
        let before = content(dir.path());
        let error = Store::salvage(dir.path(), source, time(9)).unwrap_err();
        assert_eq!(
            content(dir.path()),
            before,
            "{error} must leave the disk alone"
        );
        error
    };
    let wrong = KeySource::Raw([1; 32]);
    let error = refused(&wrong);
    assert!(
        matches!(error, StoreError::Key(KeyError::WrongKey)),
        "{error}"
    );

    plain(dir.path())
        .pragma_update(None, "user_version", 1_000)
        .unwrap();
    let error = refused(&KEY);
    assert!(
        matches!(error, StoreError::Newer { found: 1_000, .. }),
        "{error}"
    );

    let path = dir.path().join("store.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..16].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let error = refused(&KEY);
    assert!(matches!(error, StoreError::Undecryptable(_)), "{error}");

    std::fs::remove_file(dir.path().join(keys::KEY_FILE)).unwrap();
    let error = refused(&KEY);
    assert!(
        matches!(error, StoreError::Key(KeyError::NoKeyFile)),
        "{error}"
    );
}

#[test]
fn a_salvage_that_the_power_cut_goes_on_at_the_next_start() {
    let Original {
        world, recorded, ..
    } = original();
    let World { store, dir } = world;
    drop(store);
    let damaged = std::fs::read(dir.path().join("store.db")).unwrap();
    let (store, told) = Store::salvage(dir.path(), &KEY, time(9)).unwrap();
    drop(store);
    let at = |name: &str| dir.path().join(name);
    let finished = at(&told.file.replace("damaged", "salvaged"));
    // As it lies when the power goes before the second move, and before the first.
    for also_before_the_first in [false, true] {
        std::fs::rename(at("store.db"), &finished).unwrap();
        if also_before_the_first {
            std::fs::rename(at(&told.file), at("store.db")).unwrap();
        }
        let created = Store::create(dir.path(), &KEY);
        assert!(matches!(created, Err(StoreError::Exists(_))));
        let store = Store::open(dir.path(), &KEY).unwrap();
        let report = store.verify().unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        let entries = report.entries + report.foreign_entries;
        assert_eq!(entries as usize, recorded.len());
        drop(store);
        assert_eq!(std::fs::read(at(&told.file)).unwrap(), damaged);
    }
}
