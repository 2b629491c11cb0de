//! What goes away under the shell: its window, itself, the keyring, the session's bus, the tray, the right to write.
//! Nothing saved is lost, and the officer is told.

use anyhow::{Context, Result, ensure};
use outpost_tests::central::{Central, World};
use outpost_tests::desktop::Desktop;
use outpost_tests::poll::{SOON, until};
use outpost_tests::post::{Kind, Post};
use outpost_tests::program::{alive, binary, family, is_named, signal};
use outpost_tests::stage::Stage;
use outpost_tests::window::{Role, Window};
use outpost_tests::words::Words;
use rustix::process::Signal;

const WORLD: World = World {
    inspections: 6,
    seed: 1,
    scans: false,
};

/// No central answers there.
const NOWHERE: &str = "http://127.0.0.1:9";

/// Signs in and records something while the line is down, so that one entry waits.
fn one_entry_waits(
    stage: &Stage,
    post: &Post<'_>,
    central: &mut Central,
    words: &Words,
) -> Result<()> {
    let window = post.window()?;
    post.sign_in(&window, words, &["Customs", "Inspector"])?;
    window.find(Role::Row, "")?;
    central.down()?;
    stage.focus(window.pid())?;
    window.keys(&["Return"])?;
    window.find(Role::Tab, words.get("insp-tab-joint")?)?;
    window.keys(&["3"])?;
    window.keys(&["c"])?;
    window.sees("1 entry waiting").map(drop)
}

/// Entries that the central has taken in, its own world's among them.
fn at_the_central(stage: &Stage) -> Result<i64> {
    let data = outpost_central::database(&stage.folder().join("central"));
    let database = rusqlite::Connection::open(data)?;
    let count = "SELECT count(*) FROM entries WHERE outcome = 'accepted'";
    Ok(database.query_row(count, [], |row| row.get(0))?)
}

#[test]
fn a_killed_window_a_killed_shell_and_a_hung_keyring_lose_nothing_and_are_told() -> Result<()> {
    let stage = Stage::raise()?;
    let desktop = Desktop::set_up(&stage)?;
    let words = Words::english()?;
    let data = stage.folder().join("workstation");
    let folder = stage.folder().join("central");
    let mut central = Central::start(&stage, &folder, WORLD)?;
    let mut post = Post::start(&stage, Kind::Shell, &data, &central.url())?;
    one_entry_waits(&stage, &post, &mut central, &words)?;
    desktop.stands("Line down · 1 entry waiting to be sent")?;

    // The window crashes: another one says so.
    let first = post.window()?.pid();
    signal(first, Signal::KILL)?;
    let shell = post.pid()?;
    until("another window is started", SOON, || {
        let mut others = family(shell).into_iter().filter(|pid| *pid != first);
        Ok(others.find(|pid| is_named(*pid, "outpost-window")))
    })?;
    let window = post.window()?;
    ensure!(window.pid() != first, "it is the same window");
    window.sees(words.get("problem-window-restarted")?)?;
    window.sees("1 entry waiting")?;

    // The shell crashes: its window says that it is alone, and what was saved is there at the next start.
    post.kill_owner()?;
    window.sees(words.get("desk-gone")?)?;
    signal(window.pid(), Signal::KILL)?;
    post.up()?;
    let window = post.window()?;
    post.sign_in(&window, &words, &["Customs", "Inspector"])?;
    window.sees("1 entry waiting")?;

    // Somebody else starts it over the same data, past the shell.
    let mut other = Post::start(&stage, Kind::Desk, &data, NOWHERE)?;
    other.window()?.sees(words.get("problem-store-in-use")?)?;
    other.quit()?;

    // The keyring hangs: what is open stays open, and the next start opens its window and says what is waited for.
    stage.let_keyring_hang()?;
    window.sees("1 entry waiting")?;
    post.quit()?;
    post.up()?;
    let window = post.window()?;
    window.sees(words.get("problem-keyring-waits")?)?;
    post.quit()
}

#[test]
fn without_the_session_bus_work_and_sending_go_on_and_closing_the_window_ends_it() -> Result<()> {
    let stage = Stage::raise()?;
    let _desktop = Desktop::set_up(&stage)?;
    let words = Words::english()?;
    let folder = stage.folder().join("central");
    let data = stage.folder().join("workstation");
    let mut central = Central::start(&stage, &folder, WORLD)?;
    let mut post = Post::start(&stage, Kind::Shell, &data, &central.url())?;
    one_entry_waits(&stage, &post, &mut central, &words)?;
    let (shell, window) = (post.pid()?, post.window()?.pid());
    let before = at_the_central(&stage)?;
    stage.lose_bus()?;
    central.up(&stage)?;
    until("what waited is at the central", SOON, || {
        Ok((at_the_central(&stage)? == before + 1).then_some(()))
    })?;
    // Both work: what is recorded now, the checks that nothing speaks against, is at the central too.
    stage.activate(window)?;
    stage.keys(&["shift+k"])?;
    until(
        "what is recorded without the bus is at the central",
        SOON,
        || Ok((at_the_central(&stage)? > before + 1).then_some(())),
    )?;
    ensure!(
        alive(shell) && alive(window),
        "something ended with the bus"
    );

    // Nobody shows a tray any more: a program without a window could not be reached.
    stage.activate(window)?;
    stage.keys(&["alt+F4"])?;
    post.ends()
}

#[test]
fn a_home_that_cannot_be_written_and_a_managed_file_with_slips_are_told_without_a_tray()
-> Result<()> {
    let stage = Stage::without_keyring()?;
    let words = Words::english()?;
    let managed = stage.folder().join("managed.json");
    std::fs::write(
        &managed,
        r#"{"colour": "red", "start-at-login": "on", "quiet-hours": "late"}"#,
    )?;
    // Nobody writes there, not even root.
    let mut command = stage.command(binary("outpost")?);
    command
        .env("HOME", "/sys")
        .env("OUTPOST_WINDOW", binary("outpost-window")?)
        .arg("--hidden")
        .arg("--managed")
        .arg(&managed);
    let mut program = stage.start("outpost", &mut command)?;
    let window = Window::of(&stage, program.pid()).with_context(|| program.said())?;
    // There is no tray, so that the window opens all the same.
    window.sees(words.get("problem-store-read-only")?)?;
    window.sees("but not these: colour, quiet-hours")?;
    window.press(Role::Button, words.get("notice-close")?)?;
    window.sees(words.get("problem-at-login-failed")?)?;
    let all = family(program.pid());
    program.stop(SOON)?;
    until("every process is gone", SOON, || {
        Ok(all.iter().all(|pid| !alive(*pid)).then_some(()))
    })
}
