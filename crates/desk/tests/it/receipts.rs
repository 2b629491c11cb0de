//! The central's receipts at the desk: every entry that is there gets covered, and a changed key waits for a person.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use axum::http::Method;
use outpost_db::{KeySource, Store, StoreError};
use outpost_domain::{Agency, InspectionId};
use outpost_protocol::{Reply, Sent};

use crate::proxy::Proxy;
use crate::support::*;

const KEY: [u8; 32] = [9; 32];

/// An officer signed in, and an inspection.
fn work(data: &Path, url: &str) -> (outpost_desk::Desk, Window, InspectionId) {
    let laptop = desk(data, url);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    window.until("rows", |w| w.complete && w.rows.len() >= 10);
    let inspection = *window.rows.keys().next().unwrap();
    (laptop, window, inspection)
}

/// Records a finding and waits until the central has this very entry: row and status may still tell of the one before.
fn send(window: &mut Window, inspection: InspectionId, text: &str) {
    let Reply::Saved { entry, .. } = window.finding(inspection, text, vec![]).unwrap() else {
        panic!("not saved");
    };
    let until = Instant::now() + PATIENCE;
    let sent = |window: &mut Window| {
        let history = window.opened(inspection).history;
        let mut lines = history.iter();
        lines.any(|line| line.entry.id == entry && line.sent == Sent::Yes)
    };
    while !sent(window) {
        assert!(Instant::now() < until, "{text} was not sent");
        window.listen(Duration::from_millis(20));
    }
    window.until("nothing waits", |w| w.waiting() == 0);
}

/// Ends the desk; a renewal of the session that is under way holds the store a moment longer.
fn close(laptop: &outpost_desk::Desk, window: Window, data: &Path) {
    drop(window);
    laptop.shutdown();
    drop(store(data));
}

fn store(data: &Path) -> Store {
    let until = Instant::now() + PATIENCE;
    loop {
        match Store::open(data, &KeySource::Raw(KEY)) {
            Err(StoreError::InUse(_)) if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(20));
            }
            other => return other.unwrap(),
        }
    }
}

#[test]
fn entries_that_come_back_from_the_central_are_covered_by_a_receipt() {
    let mut central = Central::start(20);
    let proxy = Proxy::start(&central.url);
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (laptop, window, inspection) = work(before.path(), &proxy.url);
    close(&laptop, window, before.path());
    copy(before.path(), after.path());
    let (laptop, mut window, _) = work(before.path(), &proxy.url);
    send(&mut window, inspection, "after the copy");
    close(&laptop, window, before.path());
    let pushes = proxy.seen(&Method::POST, "/v1/entries");

    // The copy has nothing to send; the entry comes back to it.
    let (laptop, mut window, _) = work(after.path(), &proxy.url);
    window.until("the receipt is asked for", |_| {
        proxy.seen(&Method::POST, "/v1/entries") > pushes
    });
    close(&laptop, window, after.path());
    let store = store(after.path());
    assert!(!store.wants_receipt().unwrap());
    assert_eq!(store.last_receipt().unwrap().unwrap().sequence, 1);
    assert_eq!(store.verify().unwrap().faults, Vec::<String>::new());
    central.stop();
}

#[test]
fn a_changed_key_of_the_central_is_named_until_a_person_accepts_it() {
    let mut central = Central::start(20);
    let data = tempfile::tempdir().unwrap();
    let (laptop, mut window, inspection) = work(data.path(), &central.url);
    send(&mut window, inspection, "under the first key");
    close(&laptop, window, data.path());
    central.change_key();

    let (laptop, mut window, _) = work(data.path(), &central.url);
    window.finding(inspection, "second", vec![]).unwrap();
    window.until("the changed key is named", |w| {
        let status = w.status.as_ref().unwrap();
        let reason = status.stuck_reason.as_ref().map(|p| p.code.as_str());
        status.stuck == 1 && reason == Some("receipt-other-key") && w.waiting() == 0
    });
    close(&laptop, window, data.path());
    let key = {
        let store = store(data.path());
        assert_eq!(store.last_receipt().unwrap().unwrap().sequence, 1);
        let key = store.unfit_receipt().unwrap().unwrap().receipt.key;
        let faults = store.verify().unwrap().faults;
        assert!(
            faults.len() == 1 && faults[0].contains(&format!("accept-central-key {key}")),
            "{faults:?}"
        );
        key
    };
    let folder = tempfile::tempdir().unwrap();
    let key_file = folder.path().join("key");
    std::fs::write(&key_file, "09".repeat(32)).unwrap();
    let accepted = Command::new(env!("CARGO_BIN_EXE_outpost-desk"))
        .args(["accept-central-key", &key, "--data"])
        .arg(data.path())
        .arg("--key-file")
        .arg(key_file)
        .output()
        .unwrap();
    assert!(accepted.status.success(), "{accepted:?}");
    let (laptop, mut window, _) = work(data.path(), &central.url);
    send(&mut window, inspection, "third");
    assert_eq!(window.status.as_ref().unwrap().stuck, 0);
    close(&laptop, window, data.path());
    let store = store(data.path());
    assert_eq!(store.last_receipt().unwrap().unwrap().sequence, 3);
    assert_eq!(store.verify().unwrap().faults, Vec::<String>::new());
    central.stop();
}
