//! Whose key is whose: what the central told stays known, also after damage, and is what `verify` measures by.

use ed25519_dalek::SigningKey;
use outpost_api::Change;
use outpost_db::{Recorded, Store};
use outpost_domain::*;

use crate::damage::{PAGE, plain};
use crate::world::*;

fn stranger() -> SigningKey {
    SigningKey::from_bytes(&[8; 32])
}

/// Whether the store takes an entry of this author under this key.
fn takes(world: &World, like: &Recorded, key: &SigningKey) -> bool {
    let mut payload = like.entry.payload.clone();
    payload.id = EntryId(uuid::Uuid::from_u128(
        0xFA15E + u128::from(payload.sequence),
    ));
    payload.device = DeviceId(uuid::Uuid::from_u128(0xDE7));
    let entry = sign_entry(&payload, key).unwrap();
    world.pull_as_is(&[Change::Entry { entry }]).unreadable == 0
}

/// A store of one inspection with one entry of its own and one of another laptop.
fn with_a_colleague() -> (World, Recorded, SigningKey) {
    let elsewhere = World::with_two_inspections();
    let colleague = officer(2, Agency::Veterinary);
    let foreign = elsewhere.record_as(&colleague, 2, finding("seen elsewhere"), None);
    let key = elsewhere.store.signing_key(colleague.id).unwrap();
    let world = World::with_two_inspections();
    world.record(1, finding("own"));
    world.pull(&[Change::Entry {
        entry: foreign.signed.clone(),
    }]);
    (world, foreign, key)
}

fn page_of(world: &World, table: &str) -> usize {
    let page: i64 = plain(world.dir.path())
        .query_row(
            "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = 'leaf'",
            [table],
            |r| r.get(0),
        )
        .unwrap();
    page as usize
}

/// Closes the store, spoils these pages and salvages the rest.
fn salvaged_without(world: World, tables: &[&str]) -> World {
    let World { store, dir } = world;
    drop(store);
    let path = dir.path().join("store.db");
    let closed = World {
        store: Store::open(dir.path(), &KEY).unwrap(),
        dir,
    };
    let pages: Vec<usize> = tables.iter().map(|t| page_of(&closed, t)).collect();
    let World { store, dir } = closed;
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    for page in pages {
        bytes[page * PAGE - 200] ^= 4;
    }
    std::fs::write(&path, bytes).unwrap();
    let (store, told) = Store::salvage(dir.path(), &KEY, time(9)).unwrap();
    assert_eq!(told.pages_lost, tables.len() as u64);
    World { store, dir }
}

#[test]
fn own_and_foreign_entries_under_an_unknown_key_are_told_by_the_check() {
    let (world, _, _) = with_a_colleague();
    assert_eq!(world.store.verify().unwrap().faults, Vec::<String>::new());
    let author = officer(1, Agency::Customs);
    let key = stranger();
    let forged = world
        .store
        .append(new_entry(&author, &key, 1, finding("not mine"), None))
        .unwrap();
    let faults = world.store.verify().unwrap().faults;
    let id = forged.entry.payload.id.to_string();
    assert!(
        faults.len() == 1 && faults[0].contains(&id) && faults[0].contains(&author.name),
        "{faults:?}"
    );
}

#[test]
fn a_salvage_keeps_every_key_that_was_told() {
    let (world, foreign, key) = with_a_colleague();
    let gone = Officer {
        keys: vec![public_key(&stranger())],
        ..officer(3, Agency::Customs)
    };
    world.pull(&[Change::Officer {
        officer: gone.clone(),
    }]);
    // The officer leaves the post: only the table of keys still knows.
    let mut info = crate::people::info(vec![officer(1, Agency::Customs)]);
    info.post.name = "another shed".to_owned();
    world.store.put_post_info(&info).unwrap();

    let world = salvaged_without(world, &["worklist"]);
    assert_eq!(world.store.verify().unwrap().faults, Vec::<String>::new());
    assert!(takes(&world, &foreign, &key));
    let mut by_gone = foreign.clone();
    by_gone.entry.payload.author = gone.id;
    by_gone.entry.payload.sequence += 1;
    assert!(takes(&world, &by_gone, &stranger()));
}

#[test]
fn where_the_keys_are_lost_the_journal_tells_them_again_and_no_forgery_does() {
    let (world, foreign, key) = with_a_colleague();
    let mut payload = foreign.entry.payload.clone();
    payload.id = EntryId(uuid::Uuid::from_u128(0xBAD));
    payload.sequence += 1;
    let mut forged = sign_entry(&payload, &stranger()).unwrap();
    forged.signature = foreign.signed.signature.clone();
    plain(world.dir.path())
        .execute(
            "INSERT INTO journal (id, inspection, device, sequence, payload, signature, key, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            rusqlite::params![
                payload.id.0.into_bytes(),
                payload.inspection.0.into_bytes(),
                payload.device.0.into_bytes(),
                payload.sequence as i64,
                forged.payload,
                forged.signature,
                forged.key,
                forged.hash().0.0,
            ],
        )
        .unwrap();

    let world = salvaged_without(world, &["officer_keys", "officers"]);
    assert_eq!(world.store.entry(payload.id).unwrap(), None);
    assert_eq!(world.store.verify().unwrap().faults, Vec::<String>::new());
    assert!(!takes(&world, &foreign, &stranger()));
    let mut next = foreign;
    next.entry.payload.sequence += 2;
    assert!(takes(&world, &next, &key));
}

#[test]
fn a_salvage_keeps_the_pinned_key_of_the_central_or_finds_it_in_the_receipts() {
    for lost in ["worklist", "central_keys"] {
        let (world, receipt) = crate::receipts::covered();
        let keys = world.store.central_keys().unwrap();
        let world = salvaged_without(world, &[lost]);
        assert_eq!(world.store.central_keys().unwrap(), keys);
        assert_eq!(world.store.last_receipt().unwrap(), Some(receipt));
        assert_eq!(world.store.verify().unwrap().faults, Vec::<String>::new());
    }
}
