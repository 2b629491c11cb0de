//! The shell on a desktop that shows a tray: what the icon says and does, what is notified, and a second start.

use anyhow::{Result, ensure};
use outpost_tests::central::{Central, World};
use outpost_tests::desktop::Desktop;
use outpost_tests::poll::{SOON, until};
use outpost_tests::post::{Kind, Post};
use outpost_tests::stage::Stage;
use outpost_tests::window::Role;
use outpost_tests::words::Words;

#[test]
fn the_tray_tells_the_line_opens_the_window_and_new_work_is_notified() -> Result<()> {
    let stage = Stage::raise()?;
    let desktop = Desktop::set_up(&stage)?;
    let words = Words::english()?;
    let world = World {
        inspections: 12,
        seed: 1,
        scans: false,
    };
    let mut central = Central::start(&stage, &stage.folder().join("central"), world)?;
    let data = stage.folder().join("workstation");
    let mut post = Post::start(&stage, Kind::Shell, &data, &central.url())?;
    let window = post.window()?;
    post.sign_in(&window, &words, &["Customs", "Inspector"])?;
    desktop.stands("Line up · nothing waits to be sent")?;
    let up = desktop.icon()?;

    // Closed, the window is gone and the program goes on; the tray brings it back.
    let first = window.pid();
    stage.activate(first)?;
    stage.keys(&["alt+F4"])?;
    until("the window is closed", SOON, || {
        Ok((!outpost_tests::program::alive(first)).then_some(()))
    })?;

    central.down()?;
    desktop.choose(words.get("tray-send")?)?;
    desktop.stands("Line down · nothing waits to be sent")?;
    ensure!(
        desktop.icon()? != up,
        "the icon is the same without the line"
    );
    ensure!(
        desktop.said().is_empty(),
        "{:?} was notified",
        desktop.said()
    );

    // More work than before: what is the officer's own is told, though no window is open.
    central.grow(&stage, 60)?;
    desktop.choose(words.get("tray-send")?)?;
    desktop.stands("Line up · nothing waits to be sent")?;
    let told = until("new work is notified", SOON, || {
        Ok(desktop.said().into_iter().next())
    })?;
    ensure!(told.title == words.get("tell-assignment")?, "{told:?}");
    ensure!(told.text.ends_with("is assigned to you."), "{told:?}");

    desktop.choose(words.get("tray-open")?)?;
    let window = post.window()?;
    window.find(Role::Field, words.get("worklist-search")?)?;

    // A second start ends at once and brings the window that is there to the front.
    stage.activate(window.pid())?;
    stage.minimise(window.pid())?;
    until("the window is away", SOON, || {
        Ok((stage.active()? != Some(window.pid())).then_some(()))
    })?;
    post.start_second(&[])?;
    until("the window is in front again", SOON, || {
        Ok((stage.active()? == Some(window.pid())).then_some(()))
    })?;

    // A link that another program opens reaches the window that is there; what it says is not trusted.
    post.start_second(&["outpost://inspection/0197a2c4-5b1e-7c3d-8e4f-112233445566"])?;
    window.sees(words.get("problem-unknown-inspection")?)?;
    post.start_second(&["outpost://inspection/../../etc/passwd"])?;
    window.sees("nothing was opened: outpost://inspection/../../etc/passwd")?;

    desktop.choose(words.get("tray-quit")?)?;
    post.ends()
}
