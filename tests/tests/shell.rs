//! The shell on a desktop that shows a tray: what the icon says and does, what is notified, and a second start.

use anyhow::{Context, Result, ensure};
use outpost_tests::central::{Central, World};
use outpost_tests::desktop::Desktop;
use outpost_tests::poll::{SOON, until};
use outpost_tests::post::{Kind, Post};
use outpost_tests::program::{family, is_named};
use outpost_tests::stage::Stage;
use outpost_tests::window::{Role, Window};
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
    ensure!(told.text.ends_with("assigned to you."), "{told:?}");
    ensure!(!told.silent, "{told:?}");

    desktop.choose(words.get("tray-open")?)?;
    let window = post.window()?;
    window.find(Role::Field, words.get("worklist-search")?)?;
    quiet(&stage, &desktop, &window, &words, &mut central)?;
    let at_login = starts_at_login(&stage, &window, &words)?;
    wakes(&stage, &desktop)?;

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
    post.ends()?;
    at_the_next_login(&stage, &desktop, &words, &at_login)
}

/// In the quiet hours new work is counted in the tray, and told when they are over.
fn quiet(
    stage: &Stage,
    desktop: &Desktop,
    window: &Window<'_>,
    words: &Words,
    central: &mut Central,
) -> Result<()> {
    window.press(Role::Tab, words.get("settings")?)?;
    let switch = words.get("settings-quiet-on")?;
    window.press(Role::Any, switch)?;
    // All of the day but its first minute, in whatever zone the post lies.
    for (field, typed, kept) in [
        ("settings-quiet-from", "0:01", "00:01"),
        ("settings-quiet-to", "0", "00:00"),
    ] {
        let field = words.get(field)?;
        window.clear(field)?;
        window.write(field, typed)?;
        window.keys(&["Return"])?;
        until("the time is kept", SOON, || {
            Ok((window.value(field)? == kept).then_some(()))
        })?;
    }
    let before = desktop.said();
    central.down()?;
    central.grow(stage, 120)?;
    desktop.choose(words.get("tray-send")?)?;
    until("the tray counts what is kept", SOON, || {
        let says = desktop.menu()?.into_iter().next().map(|entry| entry.label);
        let kept = |label: &String| label.contains("kept for after the quiet hours");
        Ok(says.as_ref().is_some_and(kept).then_some(()))
    })?;
    ensure!(desktop.said() == before, "{:?}", desktop.said());
    window.press(Role::Any, switch)?;
    until("what was kept is told", SOON, || {
        Ok((desktop.said().len() > before.len()).then_some(()))
    })?;
    desktop.stands("Line up · nothing waits to be sent")
}

/// Switches the start at login on and gives the command line that the session would start.
fn starts_at_login(stage: &Stage, window: &Window<'_>, words: &Words) -> Result<String> {
    window.press(Role::Any, words.get("settings-at-login")?)?;
    let folder = stage.folder().join("home/.config/autostart");
    let entry = until("the autostart entry is there", SOON, || {
        let mut entries = std::fs::read_dir(&folder)?;
        let entry = entries.next().transpose()?.map(|entry| entry.path());
        Ok(entry.filter(|path| path.extension().is_some_and(|e| e == "desktop")))
    })?;
    let text = std::fs::read_to_string(entry)?;
    let exec = text.lines().find_map(|line| line.strip_prefix("Exec="));
    Ok(exec.context("an entry starts a program")?.to_owned())
}

/// What the session starts sits in the tray without a window, over the same data.
fn at_the_next_login(stage: &Stage, desktop: &Desktop, words: &Words, line: &str) -> Result<()> {
    let mut command = stage.command("sh");
    command.arg("-c").arg(format!("exec {line}"));
    let icons = desktop.icons();
    let mut program = stage.start("at-login", &mut command)?;
    desktop.shows_more_than(icons)?;
    desktop.stands("Line up · nothing waits to be sent")?;
    let windows = family(program.pid())
        .into_iter()
        .filter(|pid| is_named(*pid, "outpost-window"));
    ensure!(windows.count() == 0, "a window was opened");
    desktop.choose(words.get("tray-quit")?)?;
    let ended = program.ended(SOON)?;
    ensure!(ended.success(), "{ended}\n{}", program.said());
    Ok(())
}

/// When the machine has woken the line is tried at once, over new connections.
fn wakes(stage: &Stage, desktop: &Desktop) -> Result<()> {
    let tried = || {
        let log = std::fs::read_to_string(stage.log("outpost")).unwrap_or_default();
        log.matches("the line is tried at once").count()
    };
    let before = tried();
    desktop.wake()?;
    until("the line is tried at once", SOON, || {
        Ok((tried() > before).then_some(()))
    })
}
