//! Practice in the real window: a clean scan is dealt, answered and told, and no entry comes of it.

use std::time::Duration;

use anyhow::{Result, ensure};
use outpost_tests::central::{Central, World};
use outpost_tests::poll::until;
use outpost_tests::post::{Kind, Post};
use outpost_tests::stage::Stage;
use outpost_tests::window::Role;
use outpost_tests::words::Words;

/// The central computes the scans after its start, when the workstation leaves it a processor.
const FETCHED: Duration = Duration::from_mins(5);

#[test]
fn a_practice_scan_is_answered_and_no_entry_comes_of_it() -> Result<()> {
    let stage = Stage::raise()?;
    let words = Words::english()?;
    let world = World {
        inspections: 43,
        seed: 7,
        scans: true,
    };
    let central = Central::start(&stage, &stage.folder().join("central"), world)?;
    let data = stage.folder().join("workstation");
    let mut post = Post::start(&stage, Kind::Desk, &data, &central.url())?;
    let window = post.window()?;
    post.sign_in(&window, &words, &["Customs", "Inspector"])?;
    window.find(Role::Row, "")?;
    stage.focus(window.pid())?;
    window.keys(&["ctrl+8"])?;
    window.sees(words.get("practice-banner")?)?;

    let begin = words.get("practice-begin")?;
    until("a clean scan is on the laptop", FETCHED, || {
        let buttons = window.all(Role::Button, begin)?;
        Ok(buttons
            .iter()
            .any(outpost_tests::window::Control::enabled)
            .then_some(()))
    })?;
    window.keys(&["Return"])?;
    window.find(Role::Canvas, words.get("practice-name")?)?;
    ensure!(
        window
            .all(Role::Button, words.get("practice-next")?)?
            .is_empty(),
        "the truth is told before the answer"
    );
    window.keys(&["2"])?;
    window.keys(&["s"])?;
    window.find(Role::Button, words.get("practice-next")?)?;
    window.sees(words.get("practice-banner")?)?;
    window.sees(words.get("waiting-nothing")?)?;

    window.keys(&["Escape"])?;
    window.find(Role::Row, "")?;
    window.keys(&["ctrl+8"])?;
    window.sees("n 1, few")?;
    post.quit()
}
