//! Blobs: sealed, found again to the byte, resumed after a cut, never dropped while unsent.

use std::path::PathBuf;

use outpost_api::Change;
use outpost_db::{Download, StoreError};
use outpost_domain::*;
use proptest::prelude::*;

use crate::world::*;

const SEGMENT: usize = 64 * 1024;

fn content(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|i| (i * 31 % 251) as u8).collect()
}

fn files(world: &World, folder: &str) -> Vec<PathBuf> {
    fn walk(dir: &std::path::Path, all: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, all);
            } else {
                all.push(path);
            }
        }
    }
    let mut all = Vec::new();
    walk(&world.file(folder), &mut all);
    all
}

fn put(world: &World, bytes: &[u8]) -> BlobHash {
    let info = world
        .store
        .put_blob(bytes, "image/tiff", "", time(0))
        .unwrap();
    assert_eq!(info.bytes, bytes.len() as u64);
    info.hash
}

#[test]
fn any_part_of_a_blob_is_read_by_itself() {
    let world = World::empty();
    for length in [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT + 5] {
        let bytes = content(length);
        let hash = put(&world, &bytes);
        assert_eq!(hash, BlobHash::of(&bytes));
        world.store.verify_blob(hash).unwrap();
        for offset in [
            0,
            1,
            SEGMENT - 1,
            SEGMENT,
            2 * SEGMENT + 3,
            length,
            length + 9,
        ] {
            for wanted in [0, 1, SEGMENT, 10 * SEGMENT] {
                let end = length.min(offset.saturating_add(wanted));
                let part = bytes.get(offset..end).unwrap_or_default();
                let read = world.store.read_blob(hash, offset as u64, wanted as u64);
                assert_eq!(read.unwrap(), part, "{wanted} from {offset} of {length}");
            }
        }
    }
}

#[test]
fn two_identical_photos_are_one_blob_in_two_findings() {
    let world = World::with_two_inspections();
    let first = put(&world, b"the same photo");
    let second = put(&world, b"the same photo");
    assert_eq!(first, second);
    world.record(1, finding_with("one", vec![first]));
    world.record(2, finding_with("two", vec![second]));
    assert_eq!(world.store.pending_uploads(10).unwrap().len(), 1);
    assert_eq!(files(&world, "blobs").len(), 1);
    let touched = world.store.upload_done(first, time(1)).unwrap();
    assert_eq!(touched, [id(1), id(2)]);
}

#[test]
fn an_entry_cannot_name_a_photo_that_is_not_here() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let key = world.store.signing_key(author.id).unwrap();
    let missing = BlobHash([5; 32]);
    let body = finding_with("no photo", vec![missing]);
    let told = world.store.append(new_entry(&author, &key, 1, body, None));
    assert!(matches!(told, Err(StoreError::UnknownBlob(hash)) if hash == missing));
    assert_eq!(
        world.store.chain_head().unwrap().0,
        0,
        "nothing was recorded"
    );
}

#[test]
fn a_download_goes_on_where_it_was_cut() {
    let bytes = content(2 * SEGMENT + 1_000);
    let hash = BlobHash::of(&bytes);
    let total = bytes.len() as u64;
    let mut world = World::empty();
    let mut have = 0;
    for part in [1, SEGMENT, 60_000] {
        let next = &bytes[have..have + part];
        let told =
            world
                .store
                .append_download(hash, "image/tiff", total, have as u64, next, time(0));
        have += part;
        let partial = Download::Partial { have: have as u64 };
        assert_eq!(told.unwrap(), partial);
        world = world.reopened();
        assert_eq!(world.store.download(hash).unwrap(), partial);
    }
    let append = |offset: usize| {
        let part = bytes.get(offset..).unwrap_or_default();
        world
            .store
            .append_download(hash, "image/tiff", total, offset as u64, part, time(0))
    };
    assert!(
        matches!(append(have - 1), Err(StoreError::WrongOffset { have: h, .. }) if h == have as u64)
    );
    assert!(matches!(
        append(have + 1),
        Err(StoreError::WrongOffset { .. })
    ));
    assert_eq!(append(have).unwrap(), Download::Complete);
    assert_eq!(world.store.read_blob(hash, 0, total).unwrap(), bytes);
    assert_eq!(world.store.download(hash).unwrap(), Download::Complete);
    assert!(files(&world, "blobs/partial").is_empty());
}

#[test]
fn what_a_power_cut_tore_is_fetched_again_and_the_rest_is_not() {
    let bytes = content(2 * SEGMENT + 500);
    let hash = BlobHash::of(&bytes);
    let total = bytes.len() as u64 + 1;
    let world = World::empty();
    world
        .store
        .append_download(hash, "image/tiff", total, 0, &bytes, time(0))
        .unwrap();
    let path = files(&world, "blobs/partial").remove(0);
    let length = std::fs::metadata(&path).unwrap().len();
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_len(length - 10).unwrap();
    let have = 2 * SEGMENT as u64;
    assert_eq!(
        world.store.download(hash).unwrap(),
        Download::Partial { have }
    );
    file.set_len(20).unwrap();
    assert_eq!(
        world.store.download(hash).unwrap(),
        Download::Partial { have: 0 }
    );
}

#[test]
fn a_download_with_another_content_is_dropped_and_begins_anew() {
    let world = World::empty();
    let hash = BlobHash::of(b"what was promised");
    let told = world
        .store
        .append_download(hash, "image/tiff", 5, 0, b"other", time(0));
    assert!(matches!(told, Err(StoreError::WrongContent { expected, .. }) if expected == hash));
    assert_eq!(
        world.store.download(hash).unwrap(),
        Download::Partial { have: 0 }
    );
    assert_eq!(world.store.blob(hash).unwrap(), None);
}

#[test]
fn an_unsent_photo_is_never_dropped() {
    let world = World::with_two_inspections();
    let photo = put(&world, b"evidence");
    world.record(1, finding_with("see photo", vec![photo]));
    assert!(matches!(
        world.store.evict_blob(photo),
        Err(StoreError::UnsentBlob(_))
    ));
    assert_eq!(world.store.read_blob(photo, 0, 100).unwrap(), b"evidence");
    world
        .store
        .upload_refused(photo, "too-large", "413")
        .unwrap();
    assert!(
        world.store.evict_blob(photo).is_err(),
        "refused is not sent"
    );
    let waiting = world.store.pending_uploads(1).unwrap().remove(0);
    assert_eq!(waiting.refusal.unwrap().0, "too-large");
    world.store.upload_done(photo, time(1)).unwrap();
    world.store.evict_blob(photo).unwrap();
    assert_eq!(world.store.blob(photo).unwrap(), None);
    assert!(files(&world, "blobs").is_empty());
}

#[test]
fn an_upload_is_remembered_where_it_was_begun() {
    let world = World::with_two_inspections();
    let photo = put(&world, b"evidence");
    world.record(1, finding_with("see photo", vec![photo]));
    let place = "/v1/uploads/7";
    world.store.set_upload_location(photo, Some(place)).unwrap();
    let world = world.reopened();
    let waiting = world.store.pending_uploads(1).unwrap().remove(0);
    assert_eq!(waiting.location.as_deref(), Some(place));
    assert_eq!(waiting.author, officer(1, Agency::Customs).id);
    world.store.set_upload_location(photo, None).unwrap();
    assert_eq!(world.store.pending_uploads(1).unwrap()[0].location, None);
}

#[test]
fn a_changed_byte_and_a_swapped_file_are_told() {
    let world = World::empty();
    let (a, b) = (put(&world, &content(100)), put(&world, &content(200)));
    let named = |hash| {
        let bytes = world.store.blob(hash).unwrap().unwrap().bytes;
        let path = files(&world, "blobs").into_iter();
        path.min_by_key(|p| (std::fs::metadata(p).unwrap().len() as i64 - bytes as i64 - 120).abs())
            .unwrap()
    };
    let (path_a, path_b) = (named(a), named(b));
    assert_ne!(path_a, path_b);
    let mut bytes = std::fs::read(&path_a).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path_a, &bytes).unwrap();
    let told = world.store.read_blob(a, 0, 10);
    assert!(matches!(told, Err(StoreError::Damaged { file, .. }) if file == path_a));
    std::fs::copy(&path_b, &path_a).unwrap();
    assert!(
        world.store.verify_blob(a).is_err(),
        "another blob's file in its place"
    );
    std::fs::remove_file(&path_a).unwrap();
    assert!(world.store.read_blob(a, 0, 10).is_err());
    assert_eq!(world.store.verify().unwrap().faults.len(), 1);
}

#[test]
fn radiographs_and_photos_of_the_worklist_are_wanted_until_they_are_here() {
    let world = World::empty();
    let scan = |bytes: &[u8]| Scan {
        blob: BlobHash::of(bytes),
        bytes: bytes.len() as u64,
        media_type: "image/tiff".to_owned(),
        scanner: "portal".to_owned(),
        site: "gate".to_owned(),
        taken_at: time(0),
        pitch_mm: None,
        width: 10,
        height: 10,
        unit_read: None,
        description: None,
    };
    let urgent = Inspection {
        priority: Priority::Urgent,
        scans: vec![scan(b"second scan")],
        ..inspection(2, "CSQU3054383", "Fish")
    };
    let normal = Inspection {
        scans: vec![scan(b"first scan"), scan(b"second scan")],
        ..inspection(1, "MSKU6011672", "Fish")
    };
    world.pull(&[snapshot(normal), snapshot(urgent)]);
    let elsewhere = World::with_two_inspections();
    let photo = put(&elsewhere, b"photo of another laptop");
    let foreign = elsewhere.record(1, finding_with("see", vec![photo]));
    world.pull(&[Change::Entry {
        entry: foreign.signed,
    }]);
    let wanted = world.store.missing_blobs(10).unwrap();
    assert_eq!(
        wanted[0].hash,
        BlobHash::of(b"second scan"),
        "the urgent one first"
    );
    assert_eq!((wanted[0].inspection, wanted[0].bytes), (id(2), Some(11)));
    assert_eq!(wanted.len(), 3);
    assert!(wanted.iter().any(|m| m.hash == photo && !m.scan));
    assert_eq!(world.store.blob_totals().unwrap(), (3, 0));
    let first = b"first scan";
    let done =
        world
            .store
            .append_download(BlobHash::of(first), "image/tiff", 10, 0, first, time(0));
    assert_eq!(done.unwrap(), Download::Complete);
    assert_eq!(world.store.missing_blobs(10).unwrap().len(), 2);
    assert_eq!(world.store.blob_totals().unwrap(), (3, 1));
    let opened = world.store.open_inspection(None, id(1)).unwrap();
    assert_eq!(opened.blobs_here, [BlobHash::of(first)]);
}

#[test]
fn what_is_only_compared_with_is_fetched_after_everything_else() {
    let world = World::empty();
    let scan = |bytes: &[u8]| Scan {
        blob: BlobHash::of(bytes),
        bytes: bytes.len() as u64,
        media_type: "image/tiff".to_owned(),
        scanner: "portal".to_owned(),
        site: "gate".to_owned(),
        taken_at: time(0),
        pitch_mm: None,
        width: 10,
        height: 10,
        unit_read: None,
        description: None,
    };
    let reference = |bytes: &[u8]| Reference {
        reference: ReferenceKind::Empty,
        scan: scan(bytes),
    };
    let urgent = Inspection {
        priority: Priority::Urgent,
        references: vec![
            reference(b"an empty unit"),
            reference(b"own scan of the other"),
        ],
        ..inspection(2, "CSQU3054383", "Fish")
    };
    let normal = Inspection {
        scans: vec![scan(b"own scan of the other")],
        ..inspection(1, "MSKU6011672", "Fish")
    };
    world.pull(&[snapshot(urgent), snapshot(normal)]);
    let wanted: Vec<BlobHash> = world
        .store
        .missing_blobs(10)
        .unwrap()
        .iter()
        .map(|missing| missing.hash)
        .collect();
    let [own, empty] = [b"own scan of the other".as_slice(), b"an empty unit"];
    assert_eq!(wanted, [BlobHash::of(own), BlobHash::of(empty)]);
    let done =
        world
            .store
            .append_download(BlobHash::of(empty), "image/tiff", 13, 0, empty, time(0));
    assert_eq!(done.unwrap(), Download::Complete);
    let storage = world.store.storage().unwrap();
    assert_eq!((storage.radiographs.files, storage.past.files), (1, 0));
    assert_eq!(
        world.store.let_go(u64::MAX).unwrap(),
        0,
        "it is needed here"
    );
    let opened = world.store.open_inspection(None, id(2)).unwrap();
    assert_eq!(opened.blobs_here, [BlobHash::of(empty)]);
}

#[test]
fn a_photo_that_was_being_put_when_the_process_ended_leaves_no_trace() {
    let world = World::empty();
    put(&world, b"whole");
    let left = world.file("blobs/new").join("half");
    std::fs::write(&left, b"half a sealed file").unwrap();
    let world = world.reopened();
    assert!(!left.exists());
    assert_eq!(files(&world, "blobs").len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However a download is cut, what comes out is what was sent.
    #[test]
    fn a_download_in_any_parts_is_the_whole(
        length in 0usize..200_000,
        parts in proptest::collection::vec(1usize..100_000, 0..8),
    ) {
        let bytes = content(length);
        let hash = BlobHash::of(&bytes);
        let world = World::empty();
        let mut have = 0;
        for part in parts.into_iter().chain([length]) {
            let end = length.min(have + part);
            let next = &bytes[have..end];
            let total = length as u64;
            let told = world.store.append_download(hash, "x", total, have as u64, next, time(0));
            if told.unwrap() == Download::Complete {
                break;
            }
            have = end;
        }
        prop_assert_eq!(world.store.read_blob(hash, 0, u64::MAX).unwrap(), bytes);
    }
}
