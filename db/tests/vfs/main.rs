//! The real store on a disk that fails and forgets: what was called saved is there when the power returns.
//!
//! `OUTPOST_VFS_RUNS` and `OUTPOST_VFS_SEED` set how many runs there are in all and the first one's seed; both are
//! printed, and a run that fails names its own. With that seed and one run, the first test repeats it.
#![allow(clippy::unwrap_used)]

mod disk;
mod run;
mod shim;
#[path = "../store/world.rs"]
#[allow(dead_code)]
mod world;

use std::collections::BTreeMap;
use std::path::Path;

use disk::{Dice, Fault, Script};
use outpost_db::{Store, StoreError};
use run::{Run, Seen, Template};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// In how many tests the runs go, side by side.
const PARTS: u64 = 4;

macro_rules! parts {
    ($($name:ident = $part:literal),+) => {
        /// What was saved is there when the power returns.
        mod what_was_saved_is_there {
            $(#[test]
            fn $name() {
                super::runs($part);
            })+
        }
    };
}

parts!(first = 0, second = 1, third = 2, fourth = 3);

fn runs(part: u64) {
    let runs = setting("OUTPOST_VFS_RUNS", 300).div_ceil(PARTS);
    let seed = setting("OUTPOST_VFS_SEED", 20_261_124).wrapping_add(part * runs);
    println!("{runs} runs, seed {seed}");
    let template = Template::new();
    let mut met: BTreeMap<Fault, (u64, u64)> = BTreeMap::new();
    let mut seen = Seen::default();
    for run in 0..runs {
        let seed = seed.wrapping_add(run);
        let mut dice = Dice(seed);
        let fault = Fault::ALL[dice.below(Fault::ALL.len())];
        let script = Script {
            fault,
            from: match fault {
                Fault::Sync | Fault::Lie => dice.below(30) as u64,
                Fault::Read | Fault::ShortRead => dice.below(150) as u64,
                _ => dice.below(400) as u64,
            },
            calls: 1 + dice.below(12) as u64,
            power_until_sync: (dice.below(6) > 0).then(|| dice.below(45) as u64),
            every_sync: false,
            every_write: false,
        };
        let told = Run::of(&template, seed, script, dice).finish();
        let count = met.entry(fault).or_default();
        count.0 += 1;
        count.1 += u64::from(told.faults > 0);
        if fault != Fault::Lie {
            assert_eq!(told.lost, 0, "seed {seed}: only a disk that lies may lose");
        }
        seen.add(&told);
    }
    for (fault, (runs, met)) in &met {
        println!("{fault:?}: {runs} runs, met in {met}");
    }
    println!("{seen:?}");
    if runs >= 300 {
        assert!(
            Fault::ALL[1..]
                .iter()
                .all(|fault| met.get(fault).is_some_and(|m| m.1 > 0)),
            "a fault was never met: the test tells nothing of it"
        );
    }
}

#[test]
fn the_power_may_go_at_every_sync() {
    let seed = setting("OUTPOST_VFS_SEED", 20_261_124);
    println!("seed {seed}");
    let script = Script {
        fault: Fault::None,
        from: 0,
        calls: 0,
        power_until_sync: None,
        every_sync: true,
        every_write: false,
    };
    let seen = Run::of(&Template::new(), seed, script, Dice(seed)).finish();
    println!("{seen:?}");
    assert_eq!((seen.lost, seen.salvaged), (0, 0));
    assert!(seen.images > 30, "the plan has hardly a sync");
}

/// A test of the test: on a disk that never syncs, as under `synchronous = OFF`, it must find loss.
#[test]
fn without_syncs_the_loss_is_found() {
    let template = Template::new();
    let script = Script {
        fault: Fault::Lie,
        from: 0,
        calls: u64::MAX / 2,
        power_until_sync: None,
        every_sync: false,
        every_write: false,
    };
    let mut seen = Seen::default();
    for seed in 0..12 {
        seen.add(&Run::of(&template, seed, script, Dice(seed)).finish());
    }
    println!("{seen:?}");
    assert!(seen.lost > 0, "loss is not found");
}

/// Whatever write of a migration is the last one before a kill or a power cut, the next start brings the store up, and
/// everything is there.
#[test]
fn a_migration_may_be_cut_at_every_write() {
    for version in 1..Store::schema() {
        let golden = Path::new("tests/golden").join(format!("v{version}"));
        let images = run::migration(&golden);
        println!("version {version}: {images} images");
        assert!(images > 10, "version {version}: hardly a write");
    }
}

/// Frames of the refused transaction stand in the WAL, and a reader keeps it from being begun anew: nothing is written
/// over them until it is gone.
#[test]
fn nothing_is_written_over_what_the_disk_refused() {
    let script = Script {
        fault: Fault::None,
        from: 0,
        calls: u64::MAX / 2,
        power_until_sync: None,
        every_sync: false,
        every_write: false,
    };
    let template = Template::new();
    let open = run::Open::of(&template, script, Dice(1));
    open.append("before").unwrap();
    let reader = open.reader();
    open.disk.ail(Fault::Sync);
    let refused = open.append("refused").unwrap_err();
    assert!(matches!(refused, StoreError::Sqlite(_)), "{refused}");
    open.disk.heal();
    let busy = open.append("while somebody reads").unwrap_err();
    assert!(matches!(busy, StoreError::Busy), "{busy}");
    drop(reader);
    let saved = open.append("when nobody reads").unwrap();
    assert_eq!(
        open.store.verify().unwrap().entries,
        saved.entry.payload.sequence
    );
}
