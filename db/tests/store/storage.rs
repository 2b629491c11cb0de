//! What takes the room, and what goes when there is little.

use outpost_db::{Share, StoreError};
use outpost_domain::{Agency, BlobHash};

use crate::world::*;

fn put(world: &World, content: &[u8], second: i64) -> BlobHash {
    let put = world
        .store
        .put_blob(content, "image/png", "p.png", time(second));
    put.unwrap().hash
}

const fn share(files: u64, bytes: u64) -> Share {
    Share { files, bytes }
}

/// A photo that was sent with each of two inspections, one that waits, one of a form; then inspection 2 is no longer
/// the post's.
struct Kept {
    world: World,
    assigned: BlobHash,
    past: BlobHash,
    waiting: BlobHash,
    of_a_form: BlobHash,
}

fn kept() -> Kept {
    let world = World::with_two_inspections();
    let assigned = put(&world, b"assigned", 1);
    world.record(1, finding_with("here", vec![assigned]));
    let past = put(&world, b"of long ago", 2);
    world.record(2, finding_with("there", vec![past]));
    world.push(|_| outpost_api::PushResult::Accepted);
    for sent in [assigned, past] {
        world.store.upload_done(sent, time(3)).unwrap();
    }
    let waiting = put(&world, b"waiting", 0);
    world.record(1, finding_with("now", vec![waiting]));
    let of_a_form = put(&world, b"a form's", 0);
    world.pull(&[outpost_api::Change::Removed { inspection: id(2) }]);
    Kept {
        world,
        assigned,
        past,
        waiting,
        of_a_form,
    }
}

#[test]
fn each_file_counts_once_and_as_what_it_is() {
    let Kept { world, .. } = kept();
    std::fs::write(world.file("store.db.damaged-20261130T000000Z"), b"12345").unwrap();
    let storage = world.store.storage().unwrap();
    assert_eq!(storage.unsent, share(2, 7 + 8));
    assert_eq!(storage.radiographs, Share::default());
    assert_eq!(storage.attachments, share(1, 8));
    assert_eq!(storage.past, share(1, 11));
    assert_eq!(storage.damaged, share(1, 5));
    assert_eq!(storage.database.files, 2);
    assert!(storage.database.bytes > 100_000 && storage.free > 0);
}

#[test]
fn whatever_the_need_only_what_nobody_needs_here_goes() {
    let Kept {
        world,
        assigned,
        past,
        waiting,
        of_a_form,
    } = kept();
    assert_eq!(world.store.let_go(0).unwrap(), 0);
    assert!(world.store.blob(past).unwrap().is_some());
    assert_eq!(world.store.let_go(u64::MAX).unwrap(), 11);
    assert_eq!(world.store.blob(past).unwrap(), None);
    for (stays, bytes) in [(assigned, 8), (waiting, 7), (of_a_form, 8)] {
        let read = world.store.read_blob(stays, 0, 100).unwrap();
        assert_eq!(read.len(), bytes);
    }
    assert_eq!(world.store.let_go(u64::MAX).unwrap(), 0);
}

#[test]
fn a_photo_in_a_form_that_is_not_saved_stays_even_when_it_was_sent_before() {
    let Kept {
        world,
        past,
        of_a_form,
        ..
    } = kept();
    let author = officer(1, Agency::Customs);
    let text = format!("{{\"photos\":[\"{past}\"]}}");
    let draft = world
        .store
        .save_draft(author.id, id(1), "finding", &text, time(4));
    draft.unwrap();
    assert_eq!(world.store.let_go(u64::MAX).unwrap(), 0);
    for blob in [past, of_a_form] {
        let refused = world.store.evict_blob(blob).unwrap_err();
        assert!(matches!(refused, StoreError::UnsentBlob(_)), "{refused}");
    }
}
