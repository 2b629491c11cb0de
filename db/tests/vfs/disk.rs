//! A disk that forgets: what was synced survives the loss of power, of the rest any sectors do or do not.
//!
//! It keeps beside each real file what would be on the platter, and fails as it is told to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::ffi::{
    SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ,
    SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK,
};

use crate::shim::Verdict;

/// What a disk writes at once or not at all.
const SECTOR: usize = 512;

/// SplitMix64: the same faults for the same seed on every machine.
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// What goes wrong before the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Nothing but the power.
    None,
    /// Writes fail and write nothing.
    Write,
    /// Writes fail in the middle of a sector.
    Torn,
    /// Writes find no room after some bytes.
    Full,
    /// Syncs fail, and the system forgets that the pages were to be written.
    Sync,
    /// Syncs say that they are done and do nothing.
    Lie,
    /// Reads fail.
    Read,
    /// Reads end early.
    ShortRead,
}

impl Fault {
    pub const ALL: [Self; 8] = [
        Self::None,
        Self::Write,
        Self::Torn,
        Self::Full,
        Self::Sync,
        Self::Lie,
        Self::Read,
        Self::ShortRead,
    ];
}

/// When the fault is there and when the power goes, counted in calls.
#[derive(Debug, Clone, Copy)]
pub struct Script {
    pub fault: Fault,
    /// The first call of its kind that it meets, and how many after it.
    pub from: u64,
    pub calls: u64,
    /// The sync at which the power goes; `None` when it stays.
    pub power_until_sync: Option<u64>,
    /// Takes an image at every sync, before and after it.
    pub every_sync: bool,
    /// Takes an image after every write.
    pub every_write: bool,
}

/// The files as the power left them.
#[derive(Debug, Clone)]
pub struct Image {
    /// Acts that were over.
    pub acts: usize,
    pub files: BTreeMap<String, Vec<u8>>,
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

#[derive(Debug, Default)]
struct Kept {
    /// What is on the platter; `None` when the name is not.
    durable: Option<Vec<u8>>,
    /// What was done since.
    pending: Vec<Change>,
    deleted: bool,
}

#[derive(Debug)]
struct State {
    files: BTreeMap<String, Kept>,
    script: Script,
    dice: Dice,
    reads: u64,
    writes: u64,
    syncs: u64,
    faults: u64,
    acts: usize,
    off: bool,
    images: Vec<Image>,
}

/// The disk under one folder.
#[derive(Debug)]
pub struct Disk {
    dir: PathBuf,
    state: Mutex<State>,
}

impl Disk {
    /// Everything that is in the folder now is durable. The folder's path has no links in it.
    pub fn new(dir: PathBuf, script: Script, dice: Dice) -> Self {
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let kept = Kept {
                    durable: Some(std::fs::read(&path).unwrap()),
                    ..Kept::default()
                };
                let name = path.file_name().unwrap().to_str().unwrap();
                files.insert(name.to_owned(), kept);
            }
        }
        let state = Mutex::new(State {
            files,
            script,
            dice,
            reads: 0,
            writes: 0,
            syncs: 0,
            faults: 0,
            acts: 0,
            off: false,
            images: Vec::new(),
        });
        Self { dir, state }
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that so many acts are over, well or badly.
    pub fn acts_over(&self, acts: usize) {
        self.state().acts = acts;
    }

    /// Faults that were met so far.
    pub fn faults(&self) -> u64 {
        self.state().faults
    }

    pub fn is_off(&self) -> bool {
        self.state().off
    }

    /// From now on nothing fails any more.
    pub fn heal(&self) {
        self.ail(Fault::None);
    }

    /// From now on this fails, when the script's calls come to it.
    pub fn ail(&self, fault: Fault) {
        self.state().script.fault = fault;
    }

    /// The power goes now, unless it went before.
    pub fn cut(&self) {
        let mut state = self.state();
        if !state.off {
            state.power_goes();
        }
    }

    pub fn images(&self) -> Vec<Image> {
        self.state().images.clone()
    }

    pub fn created(&self, name: &str) {
        let mut state = self.state();
        state.files.entry(name.to_owned()).or_default().deleted = false;
    }

    /// Takes the file's name away. Without `durable` it may be there again after a power cut.
    pub fn delete(&self, name: &str, durable: bool) -> i32 {
        let mut state = self.state();
        if state.off {
            return SQLITE_IOERR_WRITE;
        }
        if durable {
            state.files.remove(name);
        } else if let Some(kept) = state.files.get_mut(name) {
            kept.pending.clear();
            kept.deleted = true;
        }
        SQLITE_OK
    }

    pub fn read(&self, name: &str, wanted: usize) -> Verdict {
        let mut state = self.state();
        // Only whole pages: SQLite takes the end of a file for granted where it reads less.
        let met = name == "store.db"
            && state
                .script
                .meets(&[Fault::Read, Fault::ShortRead], state.reads);
        state.reads += 1;
        state.faults += u64::from(met);
        match state.script.fault {
            _ if state.off => Verdict {
                bytes: 0,
                code: SQLITE_IOERR_READ,
            },
            Fault::Read if met => Verdict {
                bytes: 0,
                code: SQLITE_IOERR_READ,
            },
            _ if met => Verdict {
                bytes: state.dice.below(wanted),
                code: SQLITE_IOERR_SHORT_READ,
            },
            _ => Verdict {
                bytes: wanted,
                code: SQLITE_OK,
            },
        }
    }

    pub fn write(&self, name: &str, at: u64, bytes: &[u8]) -> Verdict {
        let mut state = self.state();
        if state.off {
            return Verdict {
                bytes: 0,
                code: SQLITE_IOERR_WRITE,
            };
        }
        let met = state
            .script
            .meets(&[Fault::Write, Fault::Torn, Fault::Full], state.writes);
        state.writes += 1;
        state.faults += u64::from(met);
        let verdict = match state.script.fault {
            Fault::Write if met => Verdict {
                bytes: 0,
                code: SQLITE_IOERR_WRITE,
            },
            Fault::Torn if met => Verdict {
                bytes: state.dice.below(bytes.len()),
                code: SQLITE_IOERR_WRITE,
            },
            Fault::Full if met => Verdict {
                bytes: state.dice.below(bytes.len()) / SECTOR * SECTOR,
                code: SQLITE_FULL,
            },
            _ => Verdict {
                bytes: bytes.len(),
                code: SQLITE_OK,
            },
        };
        let done = bytes[..verdict.bytes].to_vec();
        if let Some(kept) = state.files.get_mut(name) {
            kept.pending.push(Change::Write(at as usize, done));
        }
        if state.script.every_write {
            state.take_image();
        }
        verdict
    }

    pub fn truncate(&self, name: &str, length: u64) -> i32 {
        let mut state = self.state();
        if state.off {
            return SQLITE_IOERR_TRUNCATE;
        }
        if let Some(kept) = state.files.get_mut(name) {
            kept.pending.push(Change::Cut(length as usize));
        }
        SQLITE_OK
    }

    pub fn sync(&self, name: &str) -> i32 {
        let mut state = self.state();
        if state.off {
            return SQLITE_IOERR_FSYNC;
        }
        let number = state.syncs;
        state.syncs += 1;
        let goes = state.script.power_until_sync == Some(number);
        let after = goes && state.dice.below(2) == 0;
        if goes && !after {
            state.power_goes();
            return SQLITE_IOERR_FSYNC;
        }
        if state.script.every_sync {
            state.take_image();
        }
        let met = state.script.meets(&[Fault::Sync, Fault::Lie], number);
        state.faults += u64::from(met);
        let fault = state.script.fault;
        let mut dice = state.dice.clone();
        if let Some(kept) = state.files.get_mut(name) {
            let pending = match fault {
                Fault::Lie if met => Vec::new(),
                _ => std::mem::take(&mut kept.pending),
            };
            let durable = kept.durable.get_or_insert_default();
            for change in &pending {
                if fault == Fault::Sync && met {
                    change.apply_in_part(durable, &mut dice);
                } else {
                    change.apply(durable);
                }
            }
        }
        state.dice = dice;
        if state.script.every_sync {
            state.take_image();
        }
        if after {
            state.power_goes();
        }
        if fault == Fault::Sync && met {
            SQLITE_IOERR_FSYNC
        } else {
            SQLITE_OK
        }
    }
}

impl Script {
    fn meets(&self, kinds: &[Fault], call: u64) -> bool {
        kinds.contains(&self.fault) && (self.from..self.from + self.calls).contains(&call)
    }
}

impl State {
    fn power_goes(&mut self) {
        self.off = true;
        self.take_image();
    }

    /// What was synced, and of the rest nothing, all, any sectors, or all up to a torn write.
    fn take_image(&mut self) {
        let mut files = BTreeMap::new();
        let how = self.dice.below(4);
        for (name, kept) in &self.files {
            if kept.deleted && self.dice.below(2) == 0 {
                continue;
            }
            if kept.durable.is_none() && self.dice.below(2) == 0 {
                continue;
            }
            let mut content = kept.durable.clone().unwrap_or_default();
            let whole = self.dice.below(kept.pending.len() + 1);
            for (index, change) in kept.pending.iter().enumerate() {
                match how {
                    0 => break,
                    1 => change.apply(&mut content),
                    2 => change.apply_in_part(&mut content, &mut self.dice),
                    _ if index < whole => change.apply(&mut content),
                    _ => {
                        change.apply_in_part(&mut content, &mut self.dice);
                        break;
                    }
                }
            }
            files.insert(name.clone(), content);
        }
        self.images.push(Image {
            acts: self.acts,
            files,
        });
    }
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Write(at, bytes) => put(content, *at, bytes),
            Self::Cut(length) => content.resize(*length, 0),
        }
    }

    /// Some of its sectors.
    fn apply_in_part(&self, content: &mut Vec<u8>, dice: &mut Dice) {
        match self {
            Self::Write(at, bytes) => {
                let (mut from, end) = (*at, at + bytes.len());
                while from < end {
                    let to = end.min((from / SECTOR + 1) * SECTOR);
                    if dice.below(2) == 0 {
                        put(content, from, &bytes[from - at..to - at]);
                    }
                    from = to;
                }
            }
            Self::Cut(_) if dice.below(2) == 0 => self.apply(content),
            Self::Cut(_) => {}
        }
    }
}

fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if content.len() < at + bytes.len() {
        content.resize(at + bytes.len(), 0);
    }
    content[at..at + bytes.len()].copy_from_slice(bytes);
}
