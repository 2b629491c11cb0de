//! A post without a line, in the real window: what waits leaves in a bundle, and the answer is taken in by its path.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use outpost_tests::central::{Central, World};
use outpost_tests::poll::SOON;
use outpost_tests::post::{Kind, Post};
use outpost_tests::program::binary;
use outpost_tests::stage::Stage;
use outpost_tests::window::{Role, Window};
use outpost_tests::words::Words;

#[test]
fn what_waits_goes_to_the_central_and_its_answer_back_without_a_line() -> Result<()> {
    let stage = Stage::raise()?;
    let words = Words::english()?;
    let world = World {
        inspections: 6,
        seed: 1,
        scans: false,
    };
    let folder = stage.folder().join("central");
    let mut central = Central::start(&stage, &folder, world)?;
    let data = stage.folder().join("workstation");
    let mut post = Post::start(&stage, Kind::Desk, &data, &central.url())?;
    let window = post.window()?;
    post.sign_in(&window, &words, &["Customs", "Inspector"])?;
    window.find(Role::Row, "")?;
    central.down()?;

    stage.focus(window.pid())?;
    window.keys(&["Return"])?;
    window.find(Role::Tab, words.get("insp-tab-joint")?)?;
    window.keys(&["3"])?;
    window.keys(&["c"])?;
    window.sees("1 entry waiting")?;
    window.keys(&["ctrl+4"])?;
    window.find(Role::Button, words.get("act-write-bundle")?)?;
    window.keys(&["b"])?;
    let bundle = bundle(&window)?;
    window.sees("1 entry waiting")?;

    let answer = stage.folder().join("answer.outpost-bundle");
    let mut take = stage.command(binary("outpost-central")?);
    take.arg("--data")
        .arg(&folder)
        .args(["--demo", "--seed", "1"]);
    take.arg("--take-bundle").arg(&bundle);
    take.arg("--answer").arg(&answer);
    let mut taken = stage.start("take-bundle", &mut take)?;
    let said = taken.line(SOON, |line| Some(line.to_owned()))?;
    ensure!(said.starts_with("1 entries taken in, 0 held"), "{said}");
    ensure!(taken.ended(SOON)?.success(), "{}", taken.said());

    // A copy that was not finished is told and costs nothing.
    let cut = stage.folder().join("cut.outpost-bundle");
    let whole = std::fs::read(&answer)?;
    let half = whole.get(..whole.len() / 2).context("half an answer")?;
    std::fs::write(&cut, half)?;
    hand_in(&window, &words, &cut)?;
    window.sees("Copy it again")?;
    window.sees("1 entry waiting")?;

    hand_in(&window, &words, &answer)?;
    window.sees("The central has one entry of the bundle")?;
    window.sees(words.get("waiting-nothing")?)?;
    window.sees(words.get("sync-outbox-empty")?)?;
    hand_in(&window, &words, &answer)?;
    window.sees("This answer was taken in before")?;
    post.quit()
}

/// Where the window says that the bundle is.
fn bundle(window: &Window<'_>) -> Result<PathBuf> {
    let said = window.sees(".outpost-bundle.")?;
    let path = said.split_once(" are in ").context("a place is told")?.1;
    let path = path.split_once(". ").context("a sentence ends")?.0;
    Ok(path.trim_matches(['\u{2068}', '\u{2069}']).into())
}

fn hand_in(window: &Window<'_>, words: &Words, path: &Path) -> Result<()> {
    let field = words.get("sync-bundle-path")?;
    window.write(field, path.to_str().context("a path of a test is UTF-8")?)?;
    window.keys(&["Return"])
}
