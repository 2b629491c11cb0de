//! Opening and creating: with the right key, a wrong one, none; an old, a newer, a damaged, a busy store.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use outpost_db::{KeyError, KeySource, Presence, Store, StoreError, keys};
use outpost_domain::Agency;

use crate::world::*;

/// The version of the schema that this build writes.
const VERSION: u32 = 6;

/// Every file below `dir` with its content, but for SQLite's shared memory and the lock.
pub fn content(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(content(&path));
        } else if !path.ends_with("store.lock") && !path.ends_with("store.db-shm") {
            let bytes = std::fs::read(&path).unwrap();
            if !bytes.is_empty() {
                files.insert(path, bytes);
            }
        }
    }
    files
}

/// Tries to open, expects a failure, and expects that nothing on the disk has changed.
fn refusal(dir: &Path, key: &KeySource) -> StoreError {
    let before = content(dir);
    let error = Store::open(dir, key).unwrap_err();
    assert_eq!(content(dir), before, "{error} must leave the disk alone");
    error
}

fn passphrase(words: &str) -> KeySource {
    KeySource::Passphrase(words.to_owned())
}

#[test]
fn a_wrong_key_is_told_and_changes_nothing() {
    let World { store, dir } = World::with_two_inspections();
    drop(store);
    let wrong = KeySource::Raw([1; 32]);
    assert!(matches!(
        refusal(dir.path(), &wrong),
        StoreError::Key(KeyError::WrongKey)
    ));
    std::fs::remove_file(dir.path().join(keys::KEY_FILE)).unwrap();
    assert!(matches!(
        refusal(dir.path(), &wrong),
        StoreError::Key(KeyError::WrongKey)
    ));
    assert!(matches!(
        refusal(dir.path(), &passphrase("mango tree by the gate")),
        StoreError::Key(KeyError::NoKeyFile)
    ));
    Store::open(dir.path(), &KEY).unwrap();
}

#[test]
fn a_wrong_key_leaves_a_store_that_was_killed_as_it_is() {
    let world = World::with_two_inspections();
    world.record(1, finding("only in the WAL"));
    let image = copy_as_after_a_kill(&world);
    std::fs::remove_file(image.path().join(keys::KEY_FILE)).unwrap();
    refusal(image.path(), &KeySource::Raw([1; 32]));
    let store = Store::open(image.path(), &KEY).unwrap();
    assert_eq!(store.chain_head().unwrap().0, 1);
}

#[test]
fn a_passphrase_opens_and_may_be_added_to_another_lock() {
    let dir = tempfile::tempdir().unwrap();
    let first = passphrase("mango tree by the gate");
    drop(Store::create(dir.path(), &first).unwrap());
    assert_eq!(
        keys::presence(dir.path()).unwrap(),
        Presence::Present {
            keyring: false,
            passphrase: true
        }
    );
    let error = refusal(dir.path(), &passphrase("mango tree by the road"));
    assert!(matches!(error, StoreError::Key(KeyError::WrongPassphrase)));
    let error = refusal(dir.path(), &KeySource::Keyring);
    assert!(matches!(error, StoreError::Key(KeyError::NotInKeyring)));

    let store = Store::open(dir.path(), &first).unwrap();
    store.add_key(&passphrase("a new one, and longer")).unwrap();
    drop(store);
    Store::open(dir.path(), &passphrase("a new one, and longer")).unwrap();
}

#[test]
fn a_folder_without_a_store_says_so() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(keys::presence(dir.path()).unwrap(), Presence::Absent);
    assert!(matches!(
        Store::open(dir.path(), &KEY),
        Err(StoreError::Missing(_))
    ));
}

#[test]
fn no_new_key_is_ever_made_over_data() {
    let World { store, dir } = World::with_two_inspections();
    store
        .put_blob(b"a photo", "image/jpeg", "", time(0))
        .unwrap();
    drop(store);
    let create = || Store::create(dir.path(), &KeySource::Raw([9; 32])).unwrap_err();
    assert!(matches!(create(), StoreError::Exists(_)));
    std::fs::remove_file(dir.path().join(keys::KEY_FILE)).unwrap();
    assert!(
        matches!(create(), StoreError::Exists(_)),
        "without its key file"
    );
    std::fs::remove_file(dir.path().join("store.db")).unwrap();
    assert!(
        matches!(create(), StoreError::Exists(_)),
        "with blobs alone"
    );
}

#[test]
fn a_creation_that_was_cut_off_goes_on_with_its_own_key() {
    let dir = tempfile::tempdir().unwrap();
    let words = passphrase("mango tree by the gate");
    drop(Store::create(dir.path(), &words).unwrap());
    let kept = std::fs::read(dir.path().join(keys::KEY_FILE)).unwrap();
    std::fs::remove_file(dir.path().join("store.db")).unwrap();

    let other = Store::create(dir.path(), &passphrase("mango tree by the road"));
    assert!(matches!(
        other,
        Err(StoreError::Key(KeyError::WrongPassphrase))
    ));
    drop(Store::create(dir.path(), &words).unwrap());
    assert_eq!(
        std::fs::read(dir.path().join(keys::KEY_FILE)).unwrap(),
        kept
    );
}

#[test]
fn a_second_process_is_told_that_the_folder_is_in_use() {
    let world = World::empty();
    let second = Store::open(world.dir.path(), &KEY);
    assert!(matches!(second, Err(StoreError::InUse(dir)) if dir == world.dir.path()));
}

#[test]
fn a_newer_store_is_refused_untouched() {
    let World { store, dir } = World::with_two_inspections();
    drop(store);
    let db = rusqlite::Connection::open(dir.path().join("store.db")).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", hex::encode([42; 32])))
        .unwrap();
    db.pragma_update(None, "user_version", 1_000).unwrap();
    drop(db);
    assert!(matches!(
        refusal(dir.path(), &KEY),
        StoreError::Newer {
            found: 1_000,
            known: VERSION
        }
    ));
}

#[test]
fn a_cut_off_database_is_told_and_left_where_it_is() {
    let World { store, dir } = World::with_two_inspections();
    drop(store);
    let path = dir.path().join("store.db");
    let length = std::fs::metadata(&path).unwrap().len();
    for there in [length - 4096, 4096, 1000] {
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_len(there).unwrap();
        let error = refusal(dir.path(), &KEY);
        assert!(
            matches!(&error, StoreError::Damaged { file, .. } if *file == path),
            "{there} bytes: {error}"
        );
    }
}

#[test]
fn an_overwritten_page_is_found_by_the_check_and_costs_nothing_else() {
    let World { store, dir } = World::with_two_inspections();
    drop(store);
    let path = dir.path().join("store.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let told = Store::open(dir.path(), &KEY).and_then(|store| store.verify());
    match told {
        Ok(report) => assert!(!report.faults.is_empty()),
        Err(error) => assert!(matches!(error, StoreError::Damaged { .. }), "{error}"),
    }
    assert_eq!(std::fs::read(&path).unwrap().len(), bytes.len());
}

#[test]
fn nothing_of_an_inspection_can_be_read_from_the_disk() {
    let World { store, dir } = World::with_two_inspections();
    let text = b"Frozen tilapia";
    store.put_blob(text, "text/plain", "", time(0)).unwrap();
    drop(store);
    for (path, bytes) in content(dir.path()) {
        let found = memchr::memmem::find(&bytes, text).is_some();
        assert!(!found, "{} shows it", path.display());
    }
}

#[test]
fn every_saved_entry_is_in_the_image_that_a_kill_leaves() {
    let world = World::with_two_inspections();
    for n in 0..40 {
        let saved = world.record(1 + n % 2, finding("before the kill"));
        if n % 8 == 0 {
            let image = copy_as_after_a_kill(&world);
            let store = Store::open(image.path(), &KEY).unwrap();
            assert!(store.entry(saved.entry.payload.id).unwrap().is_some());
            assert_eq!(store.verify().unwrap().faults, Vec::<String>::new());
        }
    }
}

/// What is on the disk while the store is at work: what a killed process leaves behind.
pub fn copy_as_after_a_kill(world: &World) -> tempfile::TempDir {
    let image = tempfile::tempdir().unwrap();
    for name in ["store.db", "store.db-wal", "store.keys"] {
        std::fs::copy(world.file(name), image.path().join(name)).unwrap();
    }
    image
}

/// The stores of every version, as they are kept in the repository.
#[test]
fn a_store_of_every_version_opens_in_this_build() {
    for version in 1..=VERSION {
        opens_with_everything(&Path::new("tests/golden").join(format!("v{version}")));
    }
}

fn opens_with_everything(golden: &Path) {
    let dir = tempfile::tempdir().unwrap();
    copy_tree(golden, dir.path());
    let store = Store::open(dir.path(), &KEY).unwrap();
    let report = store.verify().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!(
        (report.entries, report.foreign_entries, report.blobs),
        (3, 1, 1)
    );
    assert_eq!(store.row_count().unwrap(), 2);
    assert_eq!(store.search("tilapia", 5).unwrap().inspections, [id(1)]);
    assert_eq!(store.outbox_totals().unwrap().entries, 2);
    assert_eq!(store.cursor().unwrap().as_deref(), Some("golden"));
    let practised = store.practice(officer(1, Agency::Customs).id).unwrap();
    let since = |version: u32| golden.ends_with(format!("v{version}"));
    let expected = usize::from(!(1..6).any(since));
    assert_eq!(practised, vec![crate::practice::answer(0); expected]);
    let before = store.rows(None, None, 10).unwrap();
    store.rebuild_projections().unwrap();
    assert_eq!(store.rows(None, None, 10).unwrap(), before);
}

/// Writes the golden store of this build's version. Run it once when a version is released:
/// `cargo test -p outpost-db --test store write_the_golden_store -- --ignored`.
#[test]
#[ignore = "writes into the source tree"]
fn write_the_golden_store() {
    let golden = Path::new("tests/golden").join(format!("v{VERSION}"));
    assert!(!golden.exists(), "a released store is never written again");
    let world = World::empty();
    let other = World::with_two_inspections();
    let foreign = other.record(2, finding("seen by another laptop"));
    let changes = [
        snapshot(inspection(1, "MSKU6011672", "Frozen tilapia fillets")),
        snapshot(inspection(2, "CSQU3054383", "Maize seed")),
        introduction(&foreign.signed).unwrap(),
        outpost_api::Change::Entry {
            entry: foreign.signed,
        },
    ];
    world
        .store
        .apply_changes(None, &page("golden", &changes))
        .unwrap();
    let photo = world
        .store
        .put_blob(&[7; 1_000], "image/jpeg", "door.jpg", time(0))
        .unwrap();
    crate::receipts::covered_in(&world);
    world.record(1, finding_with("with a photo", vec![photo.hash]));
    world.record(2, finding("waits"));
    let practised = crate::practice::answer(0);
    let author = officer(1, Agency::Customs).id;
    world.store.keep_practice(author, &practised).unwrap();
    let World { store, dir } = world;
    drop(store);
    copy_tree(dir.path(), &golden);
    for left in ["store.lock", "store.db-wal", "store.db-shm"] {
        let _ = std::fs::remove_file(golden.join(left));
    }
}

pub fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_tree(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
