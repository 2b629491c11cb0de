//! What becomes of a damaged store at the next start, and the drill of backup and restore over the real program.

use std::path::Path;
use std::process::{Command, Output};

use outpost_db::{KeySource, Store};
use outpost_domain::{Agency, InspectionId};
use outpost_protocol::{Request, StoreState};

use crate::support::*;

/// A laptop on which a customs officer recorded `entries` findings, the last with a photo, while the line was down.
struct Laptop {
    central: Central,
    folder: tempfile::TempDir,
    inspection: InspectionId,
    /// Entries in the journal, others' among them.
    entries: u64,
    /// Findings of the inspection that the central had before.
    before: usize,
}

impl Laptop {
    fn with_entries_that_wait(entries: usize) -> Self {
        let mut central = Central::start(12);
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(&folder.path().join("data"), &central.url);
        let mut window = Window::open(&desk);
        window.sign_in(Agency::Customs);
        window.until("rows", |w| w.complete && w.rows.len() >= 5);
        let inspection = *window.rows.keys().next().unwrap();
        central.stop();
        for n in 0..entries {
            let photos = if n + 1 == entries {
                vec![window.photo(3_000)]
            } else {
                vec![]
            };
            let text = format!("finding {n}: {}", "the seal was replaced ".repeat(20));
            window.finding(inspection, &text, photos).unwrap();
        }
        window
            .ask(Request::SaveDraft {
                draft: outpost_protocol::Draft {
                    inspection,
                    form: "finding".into(),
                    text: "half a word".into(),
                },
            })
            .unwrap();
        drop(window);
        desk.shutdown();
        let store = Store::open(&folder.path().join("data"), &KeySource::Raw([9; 32])).unwrap();
        let report = store.verify().unwrap();
        assert_eq!(report.entries, entries as u64);
        let mut laptop = Self {
            central,
            folder,
            inspection,
            entries: report.entries + report.foreign_entries,
            before: 0,
        };
        laptop.before = laptop.findings_at_central();
        laptop
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Starts a desk over `data` with the line back and waits until nothing waits.
    fn send_all(&mut self, data: &Path) -> Vec<outpost_protocol::Notice> {
        self.central.start_again();
        let desk = desk(data, &self.central.url);
        let mut window = Window::open(&desk);
        window.ask(Request::SyncNow).unwrap();
        window.until("everything is sent", |w| {
            w.waiting() == 0 && w.status.as_ref().is_some_and(|s| s.last_exchange.is_some())
        });
        let told = window.notices.clone();
        drop(window);
        desk.shutdown();
        told
    }

    fn findings_at_central(&self) -> usize {
        let kinds = self.central.entries(self.inspection);
        let findings = kinds.iter().filter(|k| *k == "finding-recorded");
        findings.count() - self.before
    }
}

#[test]
fn a_damaged_store_is_told_at_the_start_and_everything_readable_reaches_the_central_once() {
    let mut laptop = Laptop::with_entries_that_wait(20);
    let data = laptop.path("data");
    let path = data.join("store.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[16..4_096].fill(0x55);
    std::fs::write(&path, &bytes).unwrap();

    let output = program(&laptop, "data", &["verify"]);
    assert!(!output.status.success());
    assert!(text(&output).contains("is damaged"), "{}", text(&output));
    assert_eq!(
        std::fs::read(&path).unwrap(),
        bytes,
        "verify changes nothing"
    );

    let notices = laptop.send_all(&data);
    let told = notices
        .iter()
        .find(|n| n.problem.code == "store-salvaged")
        .unwrap();
    assert!(told.grave);
    assert_eq!(told.problem.args["entries"], laptop.entries.to_string());
    assert_eq!(told.problem.args["unreadable"], "0");
    assert_eq!(told.problem.args["drafts"], "1");
    let aside = data.join(&told.problem.args["file"]);
    assert_eq!(std::fs::read(aside).unwrap(), bytes);
    assert_eq!(laptop.findings_at_central(), 20);

    let output = program(&laptop, "data", &["verify"]);
    assert!(output.status.success(), "{}", text(&output));
    let kept = format!("{} entries and 1 drafts were kept", laptop.entries);
    assert!(text(&output).contains(&kept), "{}", text(&output));
}

#[test]
fn a_store_of_which_no_page_opens_is_refused_in_words_and_left_alone() {
    let laptop = Laptop::with_entries_that_wait(2);
    let path = laptop.path("data").join("store.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..16].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let desk = desk(&laptop.path("data"), &laptop.central.url);
    let window = Window::open(&desk);
    match &window.status.as_ref().unwrap().store {
        StoreState::Failed { problem } => assert_eq!(problem.code, "store-undecryptable"),
        other => panic!("{other:?}"),
    }
    drop(window);
    desk.shutdown();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_backup_brings_back_what_the_central_does_not_have() {
    let mut laptop = Laptop::with_entries_that_wait(5);
    let file = laptop.path("outpost.backup");
    let file_name = file.to_str().unwrap();
    let output = program(&laptop, "data", &["backup", file_name]);
    assert!(output.status.success(), "{}", text(&output));
    let told = format!(
        "{} entries, 5 of them not at the central, 1 files that are not at the central, 1 drafts",
        laptop.entries
    );
    assert!(text(&output).contains(&told), "{}", text(&output));
    let backup = std::fs::read(&file).unwrap();

    let again = program(&laptop, "data", &["backup", file_name]);
    assert!(!again.status.success(), "no backup is written over another");
    assert_eq!(std::fs::read(&file).unwrap(), backup);
    let over = program(&laptop, "data", &["restore", file_name]);
    assert!(!over.status.success(), "no store is restored over another");

    let output = program(&laptop, "new", &["restore", file_name]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(text(&output).contains(&told), "{}", text(&output));
    let output = program(&laptop, "new", &["verify"]);
    assert!(output.status.success(), "{}", text(&output));
    std::fs::remove_dir_all(laptop.path("data")).unwrap();
    let data = laptop.path("new");
    laptop.send_all(&data);
    assert_eq!(laptop.findings_at_central(), 5);
    let left: Vec<_> = std::fs::read_dir(laptop.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| {
            !["key", "new", "outpost.backup"]
                .iter()
                .any(|known| name == known)
        })
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_drill_in_the_current_folder_needs_no_whole_paths() {
    let laptop = Laptop::with_entries_that_wait(2);
    std::fs::write(laptop.path("key"), "09".repeat(32)).unwrap();
    let here = |arguments: [&str; 6]| {
        let output = Command::new(env!("CARGO_BIN_EXE_outpost-desk"))
            .args(arguments)
            .current_dir(laptop.folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output));
    };
    here(["backup", "today", "--data", "data", "--key-file", "key"]);
    here(["restore", "today", "--data", "new/", "--key-file", "key"]);
    let output = program(&laptop, "new", &["verify"]);
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn a_cut_or_foreign_or_changed_file_is_no_backup() {
    let laptop = Laptop::with_entries_that_wait(2);
    let file = laptop.path("outpost.backup");
    let file_name = file.to_str().unwrap();
    assert!(
        program(&laptop, "data", &["backup", file_name])
            .status
            .success()
    );
    let whole = std::fs::read(&file).unwrap();
    let middle = whole.len() / 2;
    let mut changed = whole.clone();
    changed[middle] ^= 1;
    let mut longer = whole.clone();
    longer.push(0);
    let mut elsewhere = whole.clone();
    let name = whole.windows(8).position(|w| w == b"store.db").unwrap();
    elsewhere[name..name + 8].copy_from_slice(b"../a.txt");
    let cut = [0, 5, 17, 40, 5_000, middle, whole.len() - 1].map(|at| whole[..at].to_vec());
    let foreign = b"PK\x03\x04 this is some archive".to_vec();
    let bad = cut.into_iter().chain([changed, longer, elsewhere, foreign]);
    for (n, content) in bad.enumerate() {
        std::fs::write(&file, content).unwrap();
        let output = program(&laptop, "new", &["restore", file_name]);
        assert!(!output.status.success(), "file {n}: {}", text(&output));
        assert!(
            text(&output).contains("is no backup"),
            "file {n}: {}",
            text(&output)
        );
        assert!(!laptop.path("new").exists(), "file {n}");
        assert!(!laptop.path("a.txt").exists(), "file {n}");
    }
    std::fs::write(&file, &whole).unwrap();
    std::fs::write(laptop.path("other"), "11".repeat(32)).unwrap();
    let output = run(&laptop, "new", "other", &["restore", file_name]);
    assert!(
        text(&output).contains("does not open this store"),
        "{}",
        text(&output)
    );
    assert!(!laptop.path("new").exists());
}

fn program(laptop: &Laptop, data: &str, arguments: &[&str]) -> Output {
    std::fs::write(laptop.path("key"), "09".repeat(32)).unwrap();
    run(laptop, data, "key", arguments)
}

fn run(laptop: &Laptop, data: &str, key: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outpost-desk"))
        .args(arguments)
        .arg("--data")
        .arg(laptop.path(data))
        .arg("--key-file")
        .arg(laptop.path(key))
        .output()
        .unwrap()
}

/// All that the program said.
fn text(output: &Output) -> String {
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&said).into_owned()
}
