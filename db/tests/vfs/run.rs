//! One run: acts of an officer on a disk that fails, and what must be there when the power returns.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use outpost_api::PushResult;
use outpost_db::{Recorded, Store, StoreError};
use outpost_domain::{Agency, BlobHash, EntryId, Officer};

use crate::disk::{Dice, Disk, Fault, Image, Script};
use crate::shim::{unwatch, watch};
use crate::world::*;

const ACTS: usize = 30;
const FORMS: [&str; 3] = ["finding", "hold", "item-1"];

/// A closed store with two inspections and an officer's key, from which every run begins.
pub struct Template(tempfile::TempDir);

impl Template {
    pub fn new() -> Self {
        let world = World::with_two_inspections();
        world
            .store
            .signing_key(officer(1, Agency::Customs).id)
            .unwrap();
        let World { store, dir } = world;
        drop(store);
        Self(dir)
    }
}

/// What runs showed.
#[derive(Debug, Default)]
pub struct Seen {
    pub images: u64,
    /// Faults that the disk made.
    pub faults: u64,
    /// Acts that were refused because of them.
    pub refused: u64,
    /// Entries that were called saved, counted once per image.
    pub saved: u64,
    /// Of them gone, with or without a word.
    pub lost: u64,
    /// Images that did not open and were salvaged.
    pub salvaged: u64,
    /// Images of lying disks from which entries are gone and that open as they did before those.
    pub older: u64,
}

impl Seen {
    pub fn add(&mut self, other: &Self) {
        self.images += other.images;
        self.faults += other.faults;
        self.refused += other.refused;
        self.saved += other.saved;
        self.lost += other.lost;
        self.salvaged += other.salvaged;
        self.older += other.older;
    }
}

/// What an act came to.
enum Done {
    Saved(Box<Recorded>),
    Sent(Vec<EntryId>),
    Draft(&'static str, String),
    Other,
}

/// What an act would have done; what was not called done may stand or not.
struct Act {
    done: Option<Done>,
    draft: Option<(&'static str, String)>,
}

pub struct Run {
    seed: u64,
    script: Script,
    dice: Dice,
    dir: tempfile::TempDir,
    disk: Arc<Disk>,
    author: Officer,
    acts: Vec<Act>,
    photo: Option<BlobHash>,
    seen: Seen,
}

impl Run {
    /// Runs the acts until the power goes, or to the end.
    pub fn of(template: &Template, seed: u64, script: Script, mut dice: Dice) -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(template.0.path(), dir.path());
        let of_disk = Dice(dice.below(usize::MAX) as u64);
        let disk = Disk::new(dir.path().canonicalize().unwrap(), script, of_disk);
        let mut run = Self {
            seed,
            script,
            dice,
            dir,
            disk: Arc::new(disk),
            author: officer(1, Agency::Customs),
            acts: Vec::new(),
            photo: None,
            seen: Seen::default(),
        };
        watch(&run.disk);
        run.act_until_dark();
        unwatch(&run.disk);
        run
    }

    fn act_until_dark(&mut self) {
        let path = self.disk.dir().to_owned();
        let mut store = None;
        for number in 0..ACTS {
            let open = match store.take() {
                // From time to time the workstation is closed, which brings the WAL into the database.
                Some(open) if self.dice.below(12) > 0 => Ok(open),
                before => {
                    drop(before);
                    Store::open(&path, &KEY)
                }
            };
            match open {
                Ok(open) => {
                    self.act(&open, number);
                    store = Some(open);
                }
                Err(error) => {
                    self.expect_fault(&error);
                    self.acts.push(Act {
                        done: None,
                        draft: None,
                    });
                }
            }
            self.disk.acts_over(self.acts.len());
            if self.disk.is_off() {
                return;
            }
        }
        self.disk.heal();
        if self.script.fault != Fault::Lie {
            self.goes_on(store, &path);
        }
        self.disk.cut();
    }

    /// When the disk is well again, so is the work, without a new start; unless the power goes just then.
    fn goes_on(&mut self, store: Option<Store>, path: &Path) {
        let saved = match store {
            Some(store) => self.append(&store, "the disk is well again", false),
            None => self.after_a_start(path),
        };
        let done = match saved {
            Ok(saved) => Some(Done::Saved(Box::new(saved))),
            Err(_) if self.disk.is_off() => None,
            Err(error) => panic!("seed {}: {error}", self.seed),
        };
        self.acts.push(Act { done, draft: None });
        self.disk.acts_over(self.acts.len());
    }

    fn after_a_start(&self, path: &Path) -> Result<Recorded, StoreError> {
        let store = Store::open(path, &KEY)?;
        self.append(&store, "the disk is well again", false)
    }

    fn append(&self, store: &Store, text: &str, photo: bool) -> Result<Recorded, StoreError> {
        let key = store.signing_key(self.author.id)?;
        let photos = self.photo.filter(|_| photo).into_iter().collect();
        let inspection = 1 + self.acts.len() as u128 % 2;
        let body = finding_with(text, photos);
        store.append(new_entry(&self.author, &key, inspection, body, None))
    }

    fn act(&mut self, store: &Store, number: usize) {
        let mut draft = None;
        let done = match self.dice.below(12) {
            0..=4 => self
                .append(store, &format!("{number}: a carton"), true)
                .map(|saved| Done::Saved(Box::new(saved))),
            5 => {
                // Enough that the WAL is soon brought into the database while the store is open.
                let text = format!("{number}: {}", "the second row ".repeat(60_000));
                self.append(store, &text, false)
                    .map(|saved| Done::Saved(Box::new(saved)))
            }
            6 | 7 => Self::send(store),
            8 => {
                let content = format!("\u{89}PNG {number}").into_bytes();
                let put = store.put_blob(&content, "image/png", "seal.png", time(0));
                put.map(|blob| {
                    self.photo = Some(blob.hash);
                    Done::Other
                })
            }
            9 => store
                .set_setting("theme", &number.to_string())
                .map(|()| Done::Other),
            _ => {
                let form = FORMS[self.dice.below(FORMS.len())];
                let text = format!("half a word {number}");
                draft = Some((form, text.clone()));
                store
                    .save_draft(self.author.id, id(1), form, &text, time(number as i64))
                    .map(|()| Done::Draft(form, text))
            }
        };
        let done = done.map_err(|error| self.expect_fault(&error)).ok();
        self.acts.push(Act { done, draft });
    }

    fn send(store: &Store) -> Result<Done, StoreError> {
        let batch = store.outbox_batch(5, None)?;
        let sent: Vec<EntryId> = batch.iter().map(|o| o.id).collect();
        let results = sent.iter().map(|_| PushResult::Accepted).collect();
        store.record_push(&sent, &answer(&sent, results))?;
        Ok(Done::Sent(sent))
    }

    /// Nothing is refused on a disk that did nothing wrong, and a full disk is called full.
    fn expect_fault(&mut self, error: &StoreError) {
        let (seed, off) = (self.seed, self.disk.is_off());
        assert!(
            off || self.disk.faults() > 0,
            "seed {seed}: refused for nothing: {error}"
        );
        assert!(
            off || self.script.fault != Fault::Full || matches!(error, StoreError::Full),
            "seed {seed}: not called full: {error}"
        );
        self.seen.refused += 1;
    }

    /// Lets the power return on every image that was taken, and checks what is there.
    pub fn finish(mut self) -> Seen {
        self.seen.faults = self.disk.faults();
        for image in self.disk.images() {
            self.seen.images += 1;
            self.check(&image);
        }
        self.seen
    }

    fn check(&mut self, image: &Image) {
        let seed = self.seed;
        let dir = tempfile::tempdir().unwrap();
        copy(self.dir.path(), dir.path());
        for name in ["store.db", "store.db-wal", "store.db-shm", "store.suspect"] {
            let _ = std::fs::remove_file(dir.path().join(name));
        }
        for (name, content) in &image.files {
            std::fs::write(dir.path().join(name), content).unwrap();
        }
        let lied = self.script.fault == Fault::Lie && self.disk.faults() > 0;
        let store = match Store::open(dir.path(), &KEY) {
            Ok(store) if lied && store.verify().map_or(true, |v| !v.faults.is_empty()) => {
                drop(store);
                self.salvage(dir.path())
            }
            Ok(store) => Some(store),
            Err(StoreError::Damaged { .. }) if lied => self.salvage(dir.path()),
            Err(error) => panic!("seed {seed}, {:?}: {error}", self.script),
        };
        let saved: Vec<Recorded> = self.saved(image.acts).cloned().collect();
        self.seen.saved += saved.len() as u64;
        let Some(store) = store else {
            // Refused in words; nothing was changed.
            self.seen.lost += saved.len() as u64;
            return;
        };
        let report = store.verify().unwrap();
        assert_eq!(
            report.faults,
            Vec::<String>::new(),
            "seed {seed}, {:?}",
            self.script
        );
        let mut gone = 0;
        for recorded in &saved {
            match store.entry(recorded.entry.payload.id).unwrap() {
                Some(found) => assert_eq!(&found, recorded, "seed {seed}: silently changed"),
                None => gone += 1,
            }
        }
        let salvaged = store.salvaged().unwrap().is_some();
        assert!(
            gone == 0 || lied,
            "seed {seed}, {:?}: {gone} lost",
            self.script
        );
        self.seen.lost += gone;
        if gone > 0 && !salvaged {
            self.seen.older += 1;
            self.expect_prefix(&store, &saved);
        }
        if !lied {
            self.check_outbox(&store, image.acts);
            self.check_drafts(&store, image.acts);
        }
        self.work_goes_on(&store);
    }

    fn salvage(&mut self, dir: &Path) -> Option<Store> {
        self.seen.salvaged += 1;
        match Store::salvage(dir, &KEY, time(9)) {
            Ok((store, _)) => Some(store),
            Err(StoreError::Undecryptable(_) | StoreError::NamelessStore) => None,
            Err(error) => panic!("seed {}: {error}", self.seed),
        }
    }

    /// The entries that the first so many acts were told to be saved.
    fn saved(&self, acts: usize) -> impl Iterator<Item = &Recorded> {
        self.acts[..acts].iter().filter_map(|act| match &act.done {
            Some(Done::Saved(recorded)) => Some(&**recorded),
            _ => None,
        })
    }

    /// A store that went back in time holds everything up to then and nothing after it.
    fn expect_prefix(&self, store: &Store, saved: &[Recorded]) {
        let here = |r: &&Recorded| store.entry(r.entry.payload.id).unwrap().is_some();
        let first_gone = saved.iter().position(|r| !here(&r)).unwrap_or(saved.len());
        let later = saved[first_gone..].iter().filter(here).count();
        assert_eq!(
            later, 0,
            "seed {}: a hole that nobody is told of",
            self.seed
        );
    }

    /// Each saved entry is offered once, unless the central has it.
    fn check_outbox(&self, store: &Store, acts: usize) {
        let batch = store.outbox_batch(1_000, None).unwrap();
        let offered: BTreeSet<EntryId> = batch.iter().map(|o| o.id).collect();
        assert_eq!(
            offered.len(),
            batch.len(),
            "seed {}: offered twice",
            self.seed
        );
        let sent: BTreeSet<EntryId> = self.acts[..acts]
            .iter()
            .filter_map(|act| match &act.done {
                Some(Done::Sent(ids)) => Some(ids.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        assert!(
            offered.is_disjoint(&sent),
            "seed {}: the central's word is lost",
            self.seed
        );
        // The answer of an exchange that was under way may stand or not.
        let unsure =
            self.acts[..acts].iter().any(|act| act.done.is_none()) || self.acts.len() > acts;
        for recorded in self.saved(acts) {
            let entry = recorded.entry.payload.id;
            let known = offered.contains(&entry) || sent.contains(&entry);
            assert!(known || unsure, "seed {}: {entry} is not sent", self.seed);
        }
    }

    /// Each form holds the last draft that was kept, or one after it whose fate nobody was told.
    fn check_drafts(&self, store: &Store, acts: usize) {
        let found = store.drafts(self.author.id, id(1)).unwrap();
        let found: BTreeMap<&str, &str> = found
            .iter()
            .map(|d| (d.form.as_str(), d.text.as_str()))
            .collect();
        for form in FORMS {
            let mut may = vec![None];
            for (number, act) in self.acts.iter().enumerate().take(acts + 1) {
                match (&act.done, &act.draft) {
                    (Some(Done::Draft(of, text)), _) if *of == form && number < acts => {
                        may = vec![Some(text.as_str())];
                    }
                    (_, Some((of, text))) if *of == form => may.push(Some(text.as_str())),
                    _ => {}
                }
            }
            let here = found.get(form).copied();
            assert!(
                may.contains(&here),
                "seed {}: {form} is {here:?}, not {may:?}",
                self.seed
            );
        }
    }

    fn work_goes_on(&self, store: &Store) {
        if store.row(None, id(1)).unwrap().is_none() {
            return;
        }
        let (before, _) = store.chain_head().unwrap();
        let key = store.signing_key(self.author.id).unwrap();
        let body = finding("after the power returned");
        let next = store
            .append(new_entry(&self.author, &key, 1, body, None))
            .unwrap();
        assert!(next.entry.payload.sequence > before);
        let report = store.verify().unwrap();
        assert_eq!(report.faults, Vec::<String>::new(), "seed {}", self.seed);
    }
}

/// Brings an older store up to this build's version with an image after every write, and opens each; how many.
pub fn migration(golden: &Path) -> usize {
    let dir = tempfile::tempdir().unwrap();
    copy(golden, dir.path());
    let script = Script {
        fault: Fault::None,
        from: 0,
        calls: 0,
        power_until_sync: None,
        every_sync: false,
        every_write: true,
    };
    let disk = Disk::new(dir.path().canonicalize().unwrap(), script, Dice(7));
    let disk = Arc::new(disk);
    watch(&disk);
    drop(Store::open(disk.dir(), &KEY).unwrap());
    unwatch(&disk);
    let images = disk.images();
    for image in &images {
        let again = tempfile::tempdir().unwrap();
        copy(golden, again.path());
        for (name, content) in &image.files {
            std::fs::write(again.path().join(name), content).unwrap();
        }
        let store = Store::open(again.path(), &KEY).unwrap();
        assert_eq!(store.salvaged().unwrap(), None, "a cut is no damage");
        let report = store.verify().unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        let found = (report.entries, report.foreign_entries, report.blobs);
        assert_eq!(found, (3, 1, 1), "{}", golden.display());
    }
    images.len()
}

/// A store that is open on such a disk, to be driven step by step.
pub struct Open {
    pub store: Store,
    pub disk: Arc<Disk>,
    dir: tempfile::TempDir,
}

impl Open {
    pub fn of(template: &Template, script: Script, dice: Dice) -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(template.0.path(), dir.path());
        let store = Store::open(dir.path(), &KEY).unwrap();
        drop(store);
        let disk = Arc::new(Disk::new(dir.path().canonicalize().unwrap(), script, dice));
        watch(&disk);
        let store = Store::open(disk.dir(), &KEY).unwrap();
        unwatch(&disk);
        Self { store, disk, dir }
    }

    pub fn append(&self, text: &str) -> Result<Recorded, StoreError> {
        let author = officer(1, Agency::Customs);
        let key = self.store.signing_key(author.id)?;
        let body = finding(text);
        self.store.append(new_entry(&author, &key, 1, body, None))
    }

    /// Another connection, in the middle of reading.
    pub fn reader(&self) -> rusqlite::Connection {
        let reader = rusqlite::Connection::open(self.dir.path().join("store.db")).unwrap();
        let key = format!("x'{}'", hex::encode([42; 32]));
        reader.pragma_update(None, "key", key).unwrap();
        reader
            .execute_batch("BEGIN; SELECT count(*) FROM journal;")
            .unwrap();
        reader
    }
}

/// Copies a folder; its files are small.
fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
