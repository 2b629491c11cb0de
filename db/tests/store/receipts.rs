//! Receipts: what fits covers, what does not fit is a fact that is named, and the central's key is pinned.

use ed25519_dalek::{Signer as _, SigningKey};
use outpost_api::{Change, PushResult, Receipt};
use outpost_db::{ReceiptFault, Store, StoreError};
use outpost_domain::*;

use crate::lifecycle::copy_tree;
use crate::world::*;

fn central(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

fn signed(central: &SigningKey, device: DeviceId, sequence: u64, head: EntryHash) -> Receipt {
    let text = Receipt::signed_text(device, sequence, head, time(0));
    Receipt {
        device,
        sequence,
        head,
        at: time(0),
        signature: hex::encode(central.sign(text.as_bytes()).to_bytes()),
        key: public_key(central),
    }
}

/// The store is told this receipt with an answer to nothing; what it makes of it.
fn tell(world: &World, receipt: &Receipt) -> Option<ReceiptFault> {
    let mut answer = answer(&[], Vec::new());
    answer.receipt = Some(receipt.clone());
    let pushed = world.store.record_push(&[], &answer).unwrap();
    pushed.unfit_receipt.map(|unfit| unfit.fault)
}

fn named(world: &World) -> Option<ReceiptFault> {
    let unfit = world.store.unfit_receipt().unwrap();
    unfit.map(|unfit| unfit.fault)
}

fn faults(world: &World) -> Vec<String> {
    world.store.verify().unwrap().faults
}

/// A store with one entry, which the central has, and its receipt.
pub fn covered() -> (World, Receipt) {
    let world = World::with_two_inspections();
    let receipt = covered_in(&world);
    (world, receipt)
}

pub fn covered_in(world: &World) -> Receipt {
    let own = world.record(1, finding("sent"));
    world.push(|_| PushResult::Accepted);
    let receipt = signed(&central(3), world.store.device(), 1, own.entry.hash);
    assert_eq!(tell(world, &receipt), None);
    receipt
}

#[test]
fn a_receipt_that_does_not_fit_the_chain_stays_named_and_explained() {
    let (world, fits) = covered();
    assert_eq!((named(&world), faults(&world)), (None, vec![]));
    let device = world.store.device();
    let replaced = signed(&central(3), device, 1, EntryHash::GENESIS);
    let missing = signed(&central(3), device, 2, fits.head);
    for (receipt, fault) in [
        (replaced, ReceiptFault::OtherEntry),
        (missing, ReceiptFault::MissingEntry),
    ] {
        // Each sync tells the same again: one fact.
        tell(&world, &receipt);
        assert_eq!(tell(&world, &receipt), Some(fault));
        assert_eq!(named(&world), Some(fault));
        assert_eq!(tell(&world, &fits), None);
        assert_eq!(
            named(&world),
            Some(fault),
            "another receipt does not heal it"
        );
    }
    let world = world.reopened();
    assert_eq!(named(&world), Some(ReceiptFault::MissingEntry));
    let faults = faults(&world);
    assert!(
        faults.len() == 2 && faults[0].contains("another entry 1") && faults[1].contains("entry 2"),
        "{faults:?}"
    );
    assert_eq!(world.store.last_receipt().unwrap(), Some(fits));
}

#[test]
fn a_receipt_that_was_changed_on_the_way_is_named_until_one_fits() {
    let (world, fits) = covered();
    let mut changed = fits.clone();
    changed.at = time(5);
    let of_another = signed(
        &central(3),
        DeviceId(uuid::Uuid::from_u128(9)),
        1,
        fits.head,
    );
    for (receipt, fault) in [
        (changed, ReceiptFault::NotSigned),
        (of_another, ReceiptFault::OtherDevice),
    ] {
        assert_eq!(tell(&world, &receipt), Some(fault));
        assert_eq!(named(&world), Some(fault));
        assert_eq!(tell(&world, &fits), None);
        assert_eq!(named(&world), None);
    }
    assert_eq!(faults(&world).len(), 2, "the facts stay");
}

#[test]
fn a_missing_entry_that_comes_back_settles_its_receipt() {
    let world = World::with_two_inspections();
    world.record(1, finding("in the copy"));
    let copy = tempfile::tempdir().unwrap();
    copy_tree(world.dir.path(), copy.path());
    let after = world.record(1, finding("after the copy"));
    let restored = World {
        store: Store::open(copy.path(), &KEY).unwrap(),
        dir: copy,
    };
    let receipt = signed(&central(3), restored.store.device(), 2, after.entry.hash);
    assert_eq!(tell(&restored, &receipt), Some(ReceiptFault::MissingEntry));
    restored.pull(&[Change::Entry {
        entry: after.signed,
    }]);
    assert_eq!((named(&restored), faults(&restored)), (None, vec![]));
}

#[test]
fn entries_that_came_back_without_a_receipt_want_one() {
    let (world, _) = covered();
    assert!(!world.store.wants_receipt().unwrap());
    let next = world.record(1, finding("its answer was lost"));
    assert!(!world.store.wants_receipt().unwrap(), "it still waits");
    world.pull(&[Change::Entry {
        entry: next.signed.clone(),
    }]);
    assert!(world.store.wants_receipt().unwrap());
    let device = world.store.device();
    let refused = signed(&central(4), device, 2, next.entry.hash);
    tell(&world, &refused);
    assert!(
        world.store.wants_receipt().unwrap(),
        "not under another key"
    );
    tell(&world, &signed(&central(3), device, 2, next.entry.hash));
    assert!(!world.store.wants_receipt().unwrap());
}

#[test]
fn the_first_key_of_the_central_is_pinned_and_another_one_waits_for_a_person() {
    let (world, fits) = covered();
    let device = world.store.device();
    let first = public_key(&central(3));
    assert_eq!(
        world.store.central_keys().unwrap(),
        std::slice::from_ref(&first)
    );
    let changed = signed(&central(4), device, 1, fits.head);
    assert_eq!(tell(&world, &changed), Some(ReceiptFault::OtherKey));
    assert_eq!(named(&world), Some(ReceiptFault::OtherKey));
    assert_eq!(world.store.last_receipt().unwrap(), Some(fits.clone()));
    let second = public_key(&central(4));
    assert!(faults(&world)[0].contains(&second));

    let no_key = world.store.accept_central_key("4711", time(1));
    assert!(matches!(no_key, Err(StoreError::NoKey(_))));
    world.store.accept_central_key(&second, time(1)).unwrap();
    assert_eq!((named(&world), faults(&world)), (None, vec![]));
    assert_eq!(world.store.last_receipt().unwrap(), Some(changed));
    assert_eq!(world.store.central_keys().unwrap(), [first, second]);

    // The old key is of the past: what it signed then stands, what it signs now does not count.
    assert_eq!(tell(&world, &fits), Some(ReceiptFault::OtherKey));
    world.pull(&[]);
    assert_eq!(named(&world), Some(ReceiptFault::OtherKey));
}

#[test]
fn a_receipt_that_nobody_signed_pins_no_key() {
    let world = World::with_two_inspections();
    let own = world.record(1, finding("one"));
    let mut forged = signed(&central(5), world.store.device(), 1, own.entry.hash);
    forged.at = time(7);
    assert_eq!(tell(&world, &forged), Some(ReceiptFault::NotSigned));
    assert_eq!(world.store.central_keys().unwrap(), Vec::<String>::new());
}
