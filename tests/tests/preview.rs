//! Papers in the shell's own window: shown, printed and closed with keys; what a paper says it may do, it may not.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use outpost_tests::central::{Central, World};
use outpost_tests::desktop::Desktop;
use outpost_tests::poll::{SOON, until};
use outpost_tests::post::{Kind, Post};
use outpost_tests::stage::Stage;
use outpost_tests::window::{Role, Window};
use outpost_tests::words::Words;

const GREEN: [u8; 3] = [0, 160, 80];
const RED: [u8; 3] = [200, 0, 40];

#[test]
fn a_paper_is_shown_printed_and_closed_and_nothing_in_it_acts() -> Result<()> {
    let stage = Stage::raise()?;
    let _desktop = Desktop::set_up(&stage)?;
    let words = Words::english()?;
    let (_central, mut post) = post(&stage)?;
    let window = open_inspection(&stage, &post, &words)?;

    // Asked for by its key, the paper comes to the front; its own key prints it.
    window.keys(&["ctrl+p"])?;
    let record = "^Joint inspection record";
    stage.activate_titled(record)?;
    stage.keys(&["ctrl+p"])?;
    stage.activate_titled("^Print$")?;
    stage.keys(&["Escape"])?;
    gone(&stage, "^Print$")?;
    let paper = written(&window)?;
    ensure!(paper.is_file(), "{} is not there", paper.display());
    stage.activate_titled(record)?;
    stage.keys(&["ctrl+w"])?;
    gone(&stage, record)?;

    // Somebody has laid another page in its place.
    let lure = TcpListener::bind("127.0.0.1:0")?;
    std::fs::write(&paper, hostile(lure.local_addr()?.port()))?;
    window.press(Role::Button, words.get("papers-preview")?)?;
    stage.activate_titled("^Quiet$")?;
    until("the page is drawn", SOON, || {
        let picture = stage.settled(None)?;
        ensure!(!is_filled(&picture, RED), "a script has run");
        Ok(is_filled(&picture, GREEN).then_some(()))
    })?;
    stage.keys(&["ctrl+w"])?;
    gone(&stage, "^Quiet$")?;
    lure.set_nonblocking(true)?;
    let asked = lure.accept();
    ensure!(
        matches!(&asked, Err(error) if error.kind() == ErrorKind::WouldBlock),
        "the page has asked somebody: {asked:?}"
    );

    // What is gone is told, and the way to another program is left.
    window.keys(&["ctrl+p"])?;
    stage.activate_titled(record)?;
    stage.keys(&["ctrl+w"])?;
    gone(&stage, record)?;
    std::fs::remove_file(written(&window)?)?;
    window.press(Role::Button, words.get("papers-preview")?)?;
    window.sees(words.get("problem-preview-failed")?)?;
    window.press(Role::Button, words.get("notice-close")?)?;
    window.find(Role::Button, words.get("papers-open")?)?;
    post.quit()
}

#[test]
fn the_next_officer_finds_no_paper_of_the_one_before() -> Result<()> {
    let stage = Stage::raise()?;
    let _desktop = Desktop::set_up(&stage)?;
    let words = Words::english()?;
    let (_central, mut post) = post(&stage)?;
    let window = open_inspection(&stage, &post, &words)?;
    window.keys(&["ctrl+p"])?;
    let record = "^Joint inspection record";
    stage.activate_titled(record)?;
    stage.activate(window.pid())?;
    window.keys(&["ctrl+k"])?;
    window.write(words.get("palette-hint")?, words.get("act-sign-out")?)?;
    window.keys(&["Return"])?;
    gone(&stage, record)?;
    post.quit()
}

/// A central, and a workstation with the shell over it.
fn post(stage: &Stage) -> Result<(Central, Post<'_>)> {
    let world = World {
        inspections: 6,
        seed: 1,
        scans: false,
    };
    let central = Central::start(stage, &stage.folder().join("central"), world)?;
    let data = stage.folder().join("workstation");
    let post = Post::start(stage, Kind::Shell, &data, &central.url())?;
    Ok((central, post))
}

/// Signs customs in and opens the first inspection.
fn open_inspection<'a>(stage: &'a Stage, post: &Post<'a>, words: &Words) -> Result<Window<'a>> {
    let window = post.window()?;
    post.sign_in(&window, words, &["Customs", "Inspector"])?;
    window.find(Role::Row, "")?;
    stage.activate(window.pid())?;
    window.keys(&["Return"])?;
    window.find(Role::Tab, words.get("insp-tab-joint")?)?;
    Ok(window)
}

/// Where the window says that the paper was written.
fn written(window: &Window<'_>) -> Result<PathBuf> {
    let said = window.sees("Written: ")?;
    let path = said.split_once("Written: ").context("a place is told")?.1;
    Ok(path.trim_matches(['\u{2068}', '\u{2069}']).into())
}

fn gone(stage: &Stage, title: &str) -> Result<()> {
    until(&format!("\"{title}\" is closed"), SOON, || {
        Ok(stage.titled(title)?.is_empty().then_some(()))
    })
}

/// A page that tries by every way to reach another place, or to run something.
fn hostile(port: u16) -> String {
    let there = format!("http://127.0.0.1:{port}");
    let [r, g, b] = GREEN;
    let [x, y, z] = RED;
    let red = format!("rgb({x},{y},{z})");
    format!(
        r#"<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Quiet</title>
<style>html, body {{ background: rgb({r},{g},{b}); }}</style>
<style>@import "{there}/import"; @font-face {{ font-family: f; src: url({there}/font) }}</style>
<link rel="stylesheet" href="{there}/style"/><link rel="preload" as="image" href="{there}/preload"/>
<script>document.title = "Loud"; document.documentElement.style.background = "{red}";</script>
<script src="{there}/script"></script>
</head><body style="font-family: f" onload="document.body.style.background='{red}'">
<img src="{there}/image"/><svg><image href="{there}/svg"/></svg>
<iframe src="{there}/frame"></iframe><iframe srcdoc="<script>parent.document.title='Loud'</script>"></iframe>
<object data="{there}/object"></object><embed src="{there}/embed"/>
<video src="{there}/video" autoplay></video>
<img src="x" onerror="document.body.style.background='{red}'"/>
</body></html>"#
    )
}

/// Whether a good part of the display has this colour.
fn is_filled(picture: &[u8], colour: [u8; 3]) -> bool {
    let near = |pixel: &[u8]| {
        pixel
            .iter()
            .zip(colour)
            .all(|(&is, want)| is.abs_diff(want) <= 2)
    };
    picture.chunks_exact(3).filter(|pixel| near(pixel)).count() > picture.len() / 3 / 8
}
