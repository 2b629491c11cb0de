//! Acts are kept, chained and sent.

use outpost_api::{Change, PushResult};
use outpost_db::Sent;
use outpost_domain::{Agency, EntryId};

use crate::world::*;

#[test]
fn an_act_is_there_after_reopening_and_the_chain_stands() {
    let world = World::with_two_inspections();
    let first = world.record(1, finding("a dent"));
    let second = world.record(2, finding("a leak"));
    let world = world.reopened();
    assert_eq!(world.store.chain_head().unwrap(), (2, second.entry.hash));
    assert_eq!(second.entry.payload.previous, first.entry.hash);
    let opened = world.store.open_inspection(None, id(1)).unwrap();
    assert_eq!(opened.history[0].entry, first.entry);
    assert_eq!(opened.state.findings[0].text, "a dent");
    let report = world.store.verify().unwrap();
    assert_eq!((report.entries, report.faults), (2, Vec::<String>::new()));
}

#[test]
fn a_refused_entry_parks_later_entries_of_its_own_inspection_only() {
    let world = World::with_two_inspections();
    let bad = world.record(1, finding("refused"));
    let behind = world.record(1, finding("behind it"));
    let other = world.record(2, finding("elsewhere"));
    let sent = world.push(|entry| {
        if entry.payload.contains("refused") {
            refused()
        } else {
            PushResult::Accepted
        }
    });
    assert_eq!(
        sent.len(),
        3,
        "the batch had gone out before the refusal came"
    );
    let later = world.record(1, finding("later"));
    let elsewhere = world.record(2, finding("goes on"));
    let next = world.store.outbox_batch(10, None).unwrap();
    assert_eq!(
        next.iter().map(|o| o.id).collect::<Vec<_>>(),
        [elsewhere.entry.payload.id]
    );
    let history = world.store.open_inspection(None, id(1)).unwrap().history;
    assert!(matches!(&history[0].sent, Sent::Stuck(s) if s.code == "not-concerned"));
    assert_eq!(history[0].entry.payload.id, bad.entry.payload.id);
    assert_eq!(history[1].entry.payload.id, behind.entry.payload.id);
    assert_eq!(history[1].sent, Sent::Yes);
    assert_eq!(history[2].entry.payload.id, later.entry.payload.id);
    assert_eq!(history[2].sent, Sent::Behind);
    drop(other);
}

#[test]
fn own_entries_that_come_back_are_accepted_once() {
    let world = World::with_two_inspections();
    let own = world.record(1, finding("lost answer"));
    for _ in 0..2 {
        world.pull(&[Change::Entry {
            entry: own.signed.clone(),
        }]);
    }
    assert!(world.store.outbox_batch(10, None).unwrap().is_empty());
    let history = world.store.open_inspection(None, id(1)).unwrap().history;
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].sent, Sent::Yes);
}

#[test]
fn a_clock_that_jumps_neither_breaks_the_chain_nor_keeps_an_entry_back() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let key = world.store.signing_key(author.id).unwrap();
    // As told by the device: right, a year back, a day ahead, both hours of the night in which summer time ends, and the
    // zone of another country.
    let told = [
        ("2026-10-24T12:00:00Z", 7_200),
        ("2025-10-24T12:00:00Z", 7_200),
        ("2026-10-25T12:00:00Z", 7_200),
        ("2026-10-25T00:30:00Z", 7_200),
        ("2026-10-25T01:30:00Z", 3_600),
        ("2026-10-24T12:05:00Z", -18_000),
    ];
    let mut recorded = Vec::new();
    for (at, offset_seconds) in told {
        let new = outpost_db::NewEntry {
            recorded_at: at.parse().unwrap(),
            offset_seconds,
            ..new_entry(&author, &key, 1, finding(at), None)
        };
        recorded.push(world.store.append(new).unwrap());
    }
    for (n, (entry, (at, offset))) in recorded.iter().zip(told).enumerate() {
        let payload = &entry.entry.payload;
        assert_eq!(payload.sequence, n as u64 + 1);
        assert_eq!(payload.recorded_at, at.parse().unwrap(), "as it was told");
        assert_eq!(payload.offset_seconds, offset);
    }
    let report = world.store.verify().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    // They are sent as they were recorded, not as the clock says.
    let offered = world.store.outbox_batch(10, None).unwrap();
    let offered: Vec<EntryId> = offered.iter().map(|o| o.id).collect();
    let wanted: Vec<EntryId> = recorded.iter().map(|r| r.entry.payload.id).collect();
    assert_eq!(offered, wanted);
}
