//! What the central sends: applied once, in whatever order it comes, and kept aside when it cannot be read.

use outpost_api::{Change, PushResult};
use outpost_db::StoreError;
use outpost_domain::*;
use proptest::prelude::*;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::world::*;

const RESTORED: Uuid = Uuid::from_u128(0xE1);

fn unit(world: &World, n: u128) -> Option<String> {
    let row = world.store.row(None, id(n)).unwrap();
    row.map(|r| r.row.unit)
}

fn newer(n: u128, version: u64, unit: &str) -> Change {
    snapshot(Inspection {
        version,
        ..inspection(n, unit, "Goods")
    })
}

#[test]
fn a_page_and_its_cursor_are_stored_together() {
    let world = World::with_two_inspections();
    let cursor = world.store.cursor().unwrap();
    let late = world
        .store
        .apply_changes(None, &page("late", &[newer(3, 1, "TEXU3070079")]));
    assert!(matches!(late, Err(StoreError::CursorMoved)));
    assert_eq!(world.store.cursor().unwrap(), cursor);
    assert_eq!(unit(&world, 3), None);
}

#[test]
fn an_older_snapshot_does_not_replace_a_newer_one() {
    let world = World::with_two_inspections();
    world.pull(&[newer(1, 5, "TEXU3070079"), newer(1, 4, "CSQU3054383")]);
    assert_eq!(unit(&world, 1).unwrap(), "TEXU 307007 9");
}

#[test]
fn an_entry_that_comes_before_its_inspection_counts_when_the_inspection_comes() {
    let elsewhere = World::with_two_inspections();
    let foreign = elsewhere.record(1, finding("first"));
    let world = World::empty();
    world.pull(&[entry(&foreign)]);
    world.pull(&[snapshot(inspection(1, "MSKU6011672", "Fish"))]);
    let opened = world.store.open_inspection(None, id(1)).unwrap();
    assert_eq!(opened.state.findings[0].text, "first");
    assert_eq!(opened.sync.recorded, 0, "none of it was recorded here");
}

#[test]
fn what_cannot_be_read_is_kept_aside_and_holds_up_nothing() {
    let elsewhere = World::with_two_inspections();
    let good = elsewhere.record(1, finding("good"));
    let mut forged = elsewhere.record(1, finding("true")).signed;
    forged.payload = forged.payload.replace("true", "false");
    let world = World::with_two_inspections();
    let mut changes = page(
        "mixed",
        &[
            introduction(&good.signed).unwrap(),
            Change::Entry { entry: forged },
            entry(&good),
        ],
    );
    let novelty = r#"{"change":"tariff","codes":[1,2]}"#.to_owned();
    changes
        .changes
        .insert(0, RawValue::from_string(novelty.clone()).unwrap());
    let since = world.store.cursor().unwrap();
    let applied = world
        .store
        .apply_changes(since.as_deref(), &changes)
        .unwrap();
    assert_eq!((applied.unreadable, applied.changed), (2, vec![id(1)]));
    let aside = world.store.unreadable_changes().unwrap();
    assert_eq!(aside[0].body, novelty);
    assert!(aside[1].reason.contains("changed after it was signed"));
    let history = world.store.open_inspection(None, id(1)).unwrap().history;
    assert_eq!(history.len(), 1);
}

#[test]
fn an_entry_under_an_unknown_key_waits_until_the_central_tells_of_the_key() {
    let elsewhere = World::with_two_inspections();
    let first = elsewhere.record(1, finding("first"));
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[8; 32]);
    let forged = sign_entry(&first.entry.payload, &stranger).unwrap();
    let world = World::with_two_inspections();
    let applied = world.pull_as_is(&[Change::Entry { entry: forged }, entry(&first)]);
    assert_eq!((applied.unreadable, applied.changed), (2, vec![]));
    let reasons = || -> Vec<String> {
        let aside = world.store.unreadable_changes().unwrap();
        aside.into_iter().map(|a| a.reason).collect()
    };
    assert!(reasons().iter().all(|r| r.contains("has not told of")));

    let applied = world.pull_as_is(&[introduction(&first.signed).unwrap()]);
    assert_eq!(applied.changed, vec![id(1)]);
    let history = world.store.open_inspection(None, id(1)).unwrap().history;
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].entry, first.entry);
    let left = reasons();
    assert_eq!(left.len(), 1, "the forged one stays aside: {left:?}");
    assert_eq!(world.store.verify().unwrap().faults, Vec::<String>::new());
}

#[test]
fn another_entry_under_a_known_number_is_kept_aside() {
    let elsewhere = World::with_two_inspections();
    let first = elsewhere.record(1, finding("first"));
    let key = elsewhere
        .store
        .signing_key(first.entry.payload.author)
        .unwrap();
    let mut payload = first.entry.payload.clone();
    payload.id = EntryId(Uuid::from_u128(0xBAD));
    let twin = sign_entry(&payload, &key).unwrap();
    let world = World::with_two_inspections();
    world.pull(&[entry(&first), Change::Entry { entry: twin }]);
    let aside = world.store.unreadable_changes().unwrap();
    assert!(aside[0].reason.contains("another entry with the number 1"));
}

#[test]
fn an_inspection_that_leaves_the_post_stays_while_something_of_it_is_unsent() {
    let world = World::with_two_inspections();
    world.record(1, finding("not sent yet"));
    let gone = [1, 2].map(|n| Change::Removed { inspection: id(n) });
    world.pull(&gone);
    assert!(unit(&world, 1).is_some());
    assert_eq!(unit(&world, 2), None);
    let own = world.store.outbox_batch(1, None).unwrap().remove(0);
    world.pull(&[Change::Entry { entry: own.signed }]);
    assert_eq!(unit(&world, 1), None);
    world.pull(&[newer(2, 2, "CSQU3054383")]);
    assert!(unit(&world, 2).is_some(), "it was given back");
}

#[test]
fn a_restored_central_is_offered_everything_again_and_pulled_from_the_beginning() {
    let world = World::with_two_inspections();
    let photo = world
        .store
        .put_blob(b"photo", "image/jpeg", "", time(0))
        .unwrap();
    let kept = world.record(1, finding_with("sent", vec![photo.hash]));
    world.push(|_| PushResult::Accepted);
    world.store.upload_done(photo.hash, time(1)).unwrap();
    assert_eq!(world.store.outbox_totals().unwrap().entries, 0);

    let mut restored = page("new-1", &[newer(1, 1, "TEXU3070079")]);
    restored.epoch = RESTORED;
    let since = world.store.cursor().unwrap();
    let told = world
        .store
        .apply_changes(since.as_deref(), &restored)
        .unwrap();
    assert!(told.epoch_changed && told.changed.is_empty());
    assert_eq!(world.store.cursor().unwrap(), None);
    let again = world.store.outbox_batch(10, None).unwrap();
    assert_eq!(again[0].id, kept.entry.payload.id);
    assert_eq!(world.store.pending_uploads(10).unwrap().len(), 1);

    let applied = world.store.apply_changes(None, &restored).unwrap();
    assert!(!applied.epoch_changed);
    assert_eq!(
        unit(&world, 1).unwrap(),
        "TEXU 307007 9",
        "its word counts now"
    );
    assert_eq!(
        unit(&world, 2),
        None,
        "the restored central does not know it"
    );
}

#[test]
fn an_epoch_that_shows_in_a_push_is_noticed_there() {
    let world = World::with_two_inspections();
    world.record(1, finding("before"));
    world.push(|_| PushResult::Accepted);
    let next = world.record(1, finding("after")).entry.payload.id;
    let mut answer = answer(&[next], vec![PushResult::Accepted]);
    answer.epoch = RESTORED;
    let pushed = world.store.record_push(&[next], &answer).unwrap();
    assert!(pushed.epoch_changed);
    let again = world.store.outbox_batch(10, None).unwrap();
    assert_eq!(again.iter().map(|o| o.sequence).collect::<Vec<_>>(), [1]);
}

#[test]
fn an_answer_that_does_not_fit_records_nothing() {
    let world = World::with_two_inspections();
    let sent = [world.record(1, finding("one")).entry.payload.id];
    let too_many = answer(&[sent[0], sent[0]], vec![PushResult::Accepted; 2]);
    let other = EntryId(Uuid::from_u128(5));
    let of_another = answer(&[other], vec![PushResult::Accepted]);
    for strange in [too_many, of_another] {
        let told = world.store.record_push(&sent, &strange);
        assert!(matches!(told, Err(StoreError::StrangeAnswer(_))));
    }
    assert_eq!(world.store.outbox_batch(10, None).unwrap().len(), 1);
}

#[test]
fn a_store_brought_back_from_a_copy_goes_on_after_what_the_central_has() {
    let world = World::with_two_inspections();
    world.record(1, finding("in the copy"));
    let copy = tempfile::tempdir().unwrap();
    for name in ["store.db", "store.db-wal", "store.keys"] {
        std::fs::copy(world.file(name), copy.path().join(name)).unwrap();
    }
    let after = world.record(1, finding("after the copy"));
    let store = outpost_db::Store::open(copy.path(), &KEY).unwrap();
    let restored = World { store, dir: copy };
    restored.pull(&[entry(&after)]);
    assert_eq!(
        restored.record(1, finding("next")).entry.payload.sequence,
        3
    );
    assert_eq!(
        restored.store.verify().unwrap().faults,
        Vec::<String>::new()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Snapshots and entries of several devices, in any order, in any pages, some twice: the same result.
    #[test]
    fn the_order_in_which_changes_come_does_not_matter(
        order in Just((0..14).collect::<Vec<usize>>()).prop_shuffle(),
        cuts in proptest::collection::vec(1usize..5, 14),
        twice in proptest::collection::vec(any::<bool>(), 14),
    ) {
        let changes = story();
        let straight = World::empty();
        straight.pull(&changes);
        let shuffled = World::empty();
        let mut rest = order.as_slice();
        for cut in cuts {
            let (now, later) = rest.split_at(cut.min(rest.len()));
            let page: Vec<Change> = now.iter().map(|i| changes[*i].clone()).collect();
            shuffled.pull(&page);
            if twice[rest.len() % 14] {
                shuffled.pull(&page);
            }
            rest = later;
        }
        for n in [1, 2] {
            let a = straight.store.open_inspection(None, id(n)).unwrap();
            let b = shuffled.store.open_inspection(None, id(n)).unwrap();
            prop_assert_eq!(a, b);
            prop_assert_eq!(
                straight.store.row(None, id(n)).unwrap(),
                shuffled.store.row(None, id(n)).unwrap()
            );
        }
        let before = shuffled.store.rows(None, None, 10).unwrap();
        shuffled.store.rebuild_projections().unwrap();
        prop_assert_eq!(before, shuffled.store.rows(None, None, 10).unwrap());
    }
}

/// Fourteen changes of two inspections from two other laptops.
fn story() -> Vec<Change> {
    let customs = World::with_two_inspections();
    let veterinary = World::with_two_inspections();
    let vet = officer(2, Agency::Veterinary);
    let mut changes = vec![
        newer(1, 1, "MSKU6011672"),
        newer(1, 2, "TEXU3070079"),
        newer(2, 3, "CSQU3054383"),
        newer(2, 2, "MSKU6011672"),
    ];
    let hold = HoldId(Uuid::from_u128(77));
    let placed = EntryBody::HoldPlaced {
        hold,
        hold_type: HoldType::Document,
        level: HoldLevel::Conveyance,
        reason: HoldReason::DocumentMissing,
        note: String::new(),
        review: None,
    };
    let lifted = EntryBody::HoldLifted {
        hold,
        reason: "it came".to_owned(),
    };
    let officer = officer(1, Agency::Customs);
    let wrong = customs.record(1, finding("wrong"));
    changes.push(entry(&wrong));
    for body in [placed, lifted, finding("right")] {
        let supersedes = matches!(body, EntryBody::FindingRecorded { .. });
        let replaced = supersedes.then_some(wrong.entry.payload.id);
        changes.push(entry(&customs.record_as(&officer, 1, body, replaced)));
    }
    for n in 0..6 {
        let body = match n % 3 {
            0 => EntryBody::SectionClaimed,
            1 => finding("warm"),
            _ => EntryBody::Decided {
                decision: Decision::Waived {
                    reason: format!("reason {n}"),
                },
                items: Vec::new(),
            },
        };
        changes.push(entry(&veterinary.record_as(&vet, 1 + n % 2, body, None)));
    }
    changes
}
