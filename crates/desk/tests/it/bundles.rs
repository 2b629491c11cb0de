//! A workstation without a line: what waits goes out in a bundle, and the answer comes back in another.

use std::path::{Path, PathBuf};

use outpost_desk::Desk;
use outpost_domain::{Agency, InspectionId};
use outpost_protocol::{BundleTaken, Line, Reply, Request};

use crate::support::{Central, Window, desk};

fn written(window: &mut Window) -> (PathBuf, u64, u64) {
    match window.ask(Request::WriteBundle) {
        Ok(Reply::BundleWritten {
            path,
            entries,
            files,
        }) => (path.into(), entries, files),
        other => panic!("no bundle: {other:?}"),
    }
}

fn take(window: &mut Window, path: &Path) -> Result<BundleTaken, String> {
    let path = path.display().to_string();
    match window.ask(Request::TakeBundle { path }) {
        Ok(Reply::BundleTaken(taken)) => Ok(taken),
        Ok(other) => panic!("another answer: {other:?}"),
        Err(problem) => Err(problem.code),
    }
}

/// Records a finding with a photo of so many bytes; each number is another photo.
fn find(window: &mut Window, inspection: InspectionId, bytes: usize) {
    let photo = window.photo(bytes);
    window.finding(inspection, "seal cut", vec![photo]).unwrap();
}

/// A desk that has been online once and then lost its line, with an entry and a photo that wait.
fn cut_off(central: &mut Central, data: &Path) -> (Desk, Window, InspectionId) {
    let desk = desk(data, &central.url);
    let mut window = Window::open(&desk);
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    window.until("the receipt of everything", |w| w.waiting() == 0);
    central.stop();
    let id = *window.rows.keys().next().unwrap();
    find(&mut window, id, 3_000);
    (desk, window, id)
}

#[test]
fn an_exchange_by_hand_is_as_good_as_a_line() {
    let mut central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let (_desk, mut window, id) = cut_off(&mut central, data.path());
    let before = central.entries(id).len();

    let (bundle, entries, files) = written(&mut window);
    assert_eq!((entries, files), (1, 1));
    assert!(bundle.starts_with(data.path().join("documents")));
    window.until("they still wait: a bundle is no receipt", |w| {
        w.waiting() == 2
    });

    let answer = data.path().join("answer");
    let carried = central.carry(&bundle, &answer).unwrap();
    assert_eq!((carried.accepted, carried.stuck, carried.files), (1, 0, 1));
    assert_eq!(central.entries(id).len(), before + 1);

    let taken = take(&mut window, &answer).unwrap();
    assert_eq!(
        (taken.again, taken.accepted, taken.changes),
        (false, 1, true)
    );
    window.until("nothing waits", |w| w.waiting() == 0);

    // Once more, each of them: nothing happens twice.
    let again = data.path().join("answer-again");
    let carried = central.carry(&bundle, &again).unwrap();
    assert_eq!(
        (carried.accepted, carried.duplicates, carried.files),
        (0, 1, 0)
    );
    for file in [&answer, &again] {
        assert!(take(&mut window, file).unwrap().again);
    }
    assert_eq!(central.entries(id).len(), before + 1);

    // And with the line back there is nothing left to send.
    central.start_again();
    window.until("the line", |w| {
        w.status
            .as_ref()
            .is_some_and(|s| matches!(s.line, Line::Up { .. }))
    });
    window.ask(Request::SyncNow).unwrap();
    window.until("nothing waits", |w| w.waiting() == 0);
    assert_eq!(central.entries(id).len(), before + 1);
}

#[test]
fn bundles_that_cross_each_other_and_a_line_lose_and_double_nothing() {
    let mut central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let (_desk, mut window, id) = cut_off(&mut central, data.path());
    let before = central.entries(id).len();
    let (first, _, _) = written(&mut window);
    find(&mut window, id, 2_000_000);
    let (second, entries, files) = written(&mut window);
    assert_eq!(
        (entries, files),
        (2, 2),
        "what is not acknowledged goes again"
    );

    // The later one is handed in first.
    let (to_first, to_second) = (data.path().join("a"), data.path().join("b"));
    let carried = central.carry(&second, &to_second).unwrap();
    assert_eq!((carried.accepted, carried.duplicates), (2, 0));
    let carried = central.carry(&first, &to_first).unwrap();
    assert_eq!((carried.accepted, carried.duplicates), (0, 1));
    assert_eq!(take(&mut window, &to_second).unwrap().accepted, 2);
    assert!(take(&mut window, &to_first).unwrap().again);
    assert_eq!(central.entries(id).len(), before + 2);

    // A line takes what a bundle holds before the bundle arrives.
    find(&mut window, id, 500);
    let (third, _, _) = written(&mut window);
    window.until("both wait", |w| w.waiting() == 2);
    central.start_again();
    window.until("the line took it", |w| w.waiting() == 0);
    let to_third = data.path().join("c");
    let carried = central.carry(&third, &to_third).unwrap();
    assert_eq!(
        (carried.accepted, carried.duplicates),
        (0, 1),
        "while it serves"
    );
    assert!(!take(&mut window, &to_third).unwrap().again);

    // Two that were written before either was answered: the second brings no news from where the first has led.
    central.stop();
    find(&mut window, id, 700);
    let fourth = written(&mut window).0;
    find(&mut window, id, 800);
    let bundles = [fourth, written(&mut window).0];
    let answers = ["d", "e"].map(|name| data.path().join(name));
    for (bundle, answer) in bundles.iter().zip(&answers) {
        central.carry(bundle, answer).unwrap();
    }
    let taken = answers.map(|answer| take(&mut window, &answer).unwrap());
    assert!(taken[0].changes && !taken[1].changes, "{taken:?}");
    assert!(!taken[1].again);
    assert_eq!(central.entries(id).len(), before + 5);
    let Ok(Reply::Verified(found)) = window.ask(Request::Verify) else {
        panic!("not verified");
    };
    assert_eq!(found.faults, Vec::<String>::new());
}

#[test]
fn a_bad_file_is_told_in_words_and_changes_nothing() {
    let mut central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let (_desk, mut window, id) = cut_off(&mut central, data.path());
    let before = central.entries(id).len();
    let (bundle, _, _) = written(&mut window);
    let answer = data.path().join("answer");
    let other = data.path().join("other");

    // At the central: cut, changed, somebody else's.
    let whole = std::fs::read(&bundle).unwrap();
    let cut = data.path().join("cut");
    std::fs::write(&cut, &whole[..whole.len() / 3]).unwrap();
    central.carry(&cut, &answer).unwrap_err();
    assert!(!answer.exists() && !answer.with_extension("new").exists());
    let stranger = Central::start(12);
    stranger.carry(&bundle, &other).unwrap_err();
    assert_eq!(central.entries(id).len(), before);
    central.carry(&bundle, &answer).unwrap();
    central.carry(&bundle, &answer).unwrap_err();

    // At the workstation.
    assert_eq!(
        take(&mut window, &bundle).unwrap_err(),
        "bundle-other-reader"
    );
    let missing = data.path().join("missing");
    assert_eq!(take(&mut window, &missing).unwrap_err(), "bundle-file");
    let whole = std::fs::read(&answer).unwrap();
    std::fs::write(&cut, &whole[..whole.len() - 700]).unwrap();
    // The seal of a part that ends too early is as wrong as that of one that was changed.
    let told = take(&mut window, &cut).unwrap_err();
    assert!(
        ["bundle-cut-off", "bundle-damaged"].contains(&&*told),
        "{told}"
    );
    std::fs::write(&cut, b"\x89PNG\r\n\x1a\n a photo that lay on the stick too").unwrap();
    assert_eq!(take(&mut window, &cut).unwrap_err(), "bundle-damaged");

    // Another workstation's answer, and one of a central that signs with another key.
    let elsewhere = tempfile::tempdir().unwrap();
    // The central serves the other one for a moment: nothing may come over the line to this one.
    window.ask(Request::PullLine { down: true }).unwrap();
    central.start_again();
    let (_other_desk, mut theirs, _) = cut_off(&mut central, elsewhere.path());
    written(&mut theirs);
    assert_eq!(
        take(&mut theirs, &answer).unwrap_err(),
        "bundle-other-reader"
    );
    assert!(take(&mut window, &answer).unwrap().changes);
    central.change_key();
    central.stop();
    find(&mut window, id, 600);
    let (next, _, _) = written(&mut window);
    let forged = data.path().join("forged");
    central.carry(&next, &forged).unwrap();
    let refused = take(&mut window, &forged);
    assert_eq!(refused.unwrap_err(), "bundle-foreign");
}

#[test]
fn only_who_is_signed_in_writes_and_takes() {
    let mut central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let (_desk, mut window, _) = cut_off(&mut central, data.path());
    window.ask(Request::SignOut).unwrap();
    let refused = window.ask(Request::WriteBundle).unwrap_err();
    assert_eq!(refused.code, "not-signed-in");
    let missing = data.path().join("missing");
    assert_eq!(take(&mut window, &missing).unwrap_err(), "not-signed-in");
}
