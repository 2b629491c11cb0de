//! What a disk refused and left in the WAL, behind what was acknowledged after it.

use std::path::Path;

use outpost_db::{Recorded, Store, StoreError};

use crate::damage::{PAGE, present_frames};
use crate::lifecycle::copy_as_after_a_kill;
use crate::world::*;

const HEADER: usize = 32;
const FRAME: usize = PAGE + 24;

fn wal(image: &Path) -> Vec<u8> {
    std::fs::read(image.join("store.db-wal")).unwrap()
}

fn entry_of(store: &Store, recorded: &Recorded) -> Option<Recorded> {
    store.entry(recorded.entry.payload.id).unwrap()
}

/// The frames of a transaction that nobody was told of, as they lie behind a shorter one that was written over their
/// beginning: of the same generation, with sums that follow from what is no longer there.
fn leave_behind(image: &Path, refused: &Path) {
    let mut here = wal(image);
    here.truncate(HEADER + present_frames(&here) * FRAME);
    let (salt, left) = (here[16..24].to_vec(), wal(refused));
    let left = &left[HEADER..HEADER + present_frames(&left) * FRAME];
    for frame in left.chunks_exact(FRAME) {
        let at = here.len();
        here.extend_from_slice(frame);
        here[at + 8..at + 16].copy_from_slice(&salt);
    }
    std::fs::write(image.join("store.db-wal"), here).unwrap();
}

#[test]
fn a_salvage_takes_what_was_acknowledged_before_what_the_disk_refused() {
    let world = World::with_two_inspections();
    let first = world.record(1, finding("the first carton"));
    let refused_world = World {
        dir: copy_as_after_a_kill(&world),
        ..World::empty()
    };
    let refused_world = refused_world.reopened();
    let refused = refused_world.record(1, finding("told as not saved"));
    let refused_image = copy_as_after_a_kill(&refused_world);

    let saved = world.record(1, finding("told as saved"));
    assert_eq!(
        refused.entry.payload.sequence, saved.entry.payload.sequence,
        "the number is given out again"
    );
    let image = copy_as_after_a_kill(&world);
    leave_behind(image.path(), refused_image.path());

    let (store, told) = Store::salvage(image.path(), &KEY, time(9)).unwrap();
    assert_eq!(entry_of(&store, &first), Some(first));
    assert_eq!(entry_of(&store, &saved), Some(saved));
    assert_eq!(entry_of(&store, &refused), None);
    assert_eq!((told.entries, told.unreadable), (2, 0));
    let report = store.verify().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
}

#[test]
fn what_stands_behind_a_damaged_frame_is_taken_before_what_the_disk_refused() {
    let world = World::with_two_inspections();
    let begun = present_frames(&wal(world.dir.path()));
    let first = world.record(1, finding("the first carton"));
    let behind_first = present_frames(&wal(world.dir.path()));
    let refused_world = World {
        dir: copy_as_after_a_kill(&world),
        ..World::empty()
    };
    let refused_world = refused_world.reopened();
    let refused = refused_world.record(1, finding("told as not saved"));
    let refused_image = copy_as_after_a_kill(&refused_world);
    let saved = world.record(1, finding("told as saved"));
    let image = copy_as_after_a_kill(&world);
    leave_behind(image.path(), refused_image.path());
    let mut damaged = wal(image.path());
    assert!(begun < behind_first);
    damaged[HEADER + begun * FRAME + 500] ^= 1;
    std::fs::write(image.path().join("store.db-wal"), damaged).unwrap();

    let (store, _) = Store::salvage(image.path(), &KEY, time(9)).unwrap();
    assert_eq!(entry_of(&store, &first), Some(first));
    assert_eq!(entry_of(&store, &saved), Some(saved));
    assert_eq!(entry_of(&store, &refused), None);
}

#[test]
fn a_frame_that_no_longer_tells_its_generation_is_damage() {
    let world = World::with_two_inspections();
    let before = present_frames(&wal(world.dir.path()));
    let late: Vec<Recorded> = (0..3)
        .map(|n| world.record(1, finding(&format!("carton {n}"))))
        .collect();
    let image = copy_as_after_a_kill(&world);
    let mut damaged = wal(image.path());
    damaged[HEADER + before * FRAME + 9] ^= 1;
    std::fs::write(image.path().join("store.db-wal"), damaged).unwrap();

    let error = Store::open(image.path(), &KEY).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    let (store, _) = Store::salvage(image.path(), &KEY, time(9)).unwrap();
    for recorded in late {
        assert_eq!(entry_of(&store, &recorded), Some(recorded));
    }
}
