//! A disk without room: the act is refused in words, and nothing that was acknowledged is lost.
#![allow(clippy::unwrap_used)]

use outpost_domain::Agency;

use crate::StoreError;
use crate::world::{World, finding, new_entry, officer};

/// Lets the store's file have no more pages than it has, or any number again: what `SQLite` then answers is what it
/// answers when the disk has no room.
fn full(world: &World, full: bool) {
    world
        .store
        .write(|w| {
            let pages: i64 = w.tx.query_row("PRAGMA page_count", [], |r| r.get(0))?;
            let most = if full { pages } else { i64::from(u32::MAX - 1) };
            w.tx.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(()))?;
            Ok(())
        })
        .unwrap();
}

#[test]
fn on_a_full_disk_nothing_acknowledged_is_lost_and_work_goes_on_when_there_is_room() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let key = world.store.signing_key(author.id).unwrap();
    let append = |text: &str| {
        world
            .store
            .append(new_entry(&author, &key, 1, finding(text), None))
    };
    full(&world, true);
    let mut acknowledged = Vec::new();
    let refused = loop {
        match append(&"Twelve cartons behind the second row. ".repeat(20)) {
            Ok(recorded) => acknowledged.push(recorded.entry.payload.id),
            Err(error) => break error,
        }
        assert!(acknowledged.len() < 10_000, "the disk is never full");
    };
    assert!(matches!(refused, StoreError::Full), "{refused:?}");
    for id in &acknowledged {
        assert!(world.store.entry(*id).unwrap().is_some());
    }
    full(&world, false);
    acknowledged.push(append("There is room again").unwrap().entry.payload.id);
    let world = world.reopened();
    let report = world.store.verify().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!(report.entries, acknowledged.len() as u64);
}
