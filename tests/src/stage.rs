//! A stage of its own for the real window: virtual display, session bus, accessibility bus, keyring, home.
//!
//! Everything lies in one temporary folder and ends with it. Needs Debian's `xvfb`, `dbus`, `at-spi2-core`,
//! `gnome-keyring`, `xdotool` and `imagemagick`; `scripts/test` installs them.

use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use zbus::blocking::{Connection, Proxy, connection};

use crate::poll::{SOON, until};
use crate::program::Program;

/// The display's size in pixels.
pub const SIZE: (u32, u32) = (1440, 900);

/// In how many steps the pointer is dragged.
const DRAG_STEPS: i32 = 6;

/// What of the caller's environment reaches the programs on the stage.
const KEPT: &[&str] = &[
    "PATH",
    "LANG",
    "OUTPOST_LOG",
    "RUST_BACKTRACE",
    "LD_LIBRARY_PATH",
];

/// The stage. Fields are dropped in their order: the programs before the folder they use.
#[derive(Debug)]
pub struct Stage {
    /// The accessibility bus.
    accessibility: Connection,
    session: Connection,
    display: String,
    bus: String,
    keyring: Mutex<Option<Program>>,
    bus_program: Mutex<Program>,
    _display: Program,
    folder: TempDir,
}

impl Stage {
    /// Raises a stage with a keyring that is unlocked.
    pub fn raise() -> Result<Self> {
        Self::build(true)
    }

    /// Raises a stage without any keyring.
    pub fn without_keyring() -> Result<Self> {
        Self::build(false)
    }

    fn build(keyring: bool) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("outpost-stage-")
            .tempdir()?;
        for name in ["home", "run", "logs"] {
            let path = folder.path().join(name);
            std::fs::create_dir(&path)?;
            std::fs::set_permissions(&path, Permissions::from_mode(0o700))?;
        }
        let (display_program, display) = start_display(folder.path())?;
        let (bus_program, bus) = start_bus(folder.path(), &display)?;
        let session = connect(&bus)?;
        let keyring = keyring
            .then(|| start_keyring(folder.path(), &display, &bus, &session))
            .transpose()?;
        let accessibility = turn_screen_reader_on(&session)?;
        Ok(Self {
            accessibility,
            session,
            display,
            bus,
            keyring: Mutex::new(keyring),
            bus_program: Mutex::new(bus_program),
            _display: display_program,
            folder,
        })
    }

    /// A folder for the test's own files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The accessibility bus.
    pub const fn accessibility(&self) -> &Connection {
        &self.accessibility
    }

    /// The session bus.
    pub const fn session(&self) -> &Connection {
        &self.session
    }

    /// The session bus's address.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// Ends the keyring's daemon, as a crash of it does.
    pub fn lose_keyring(&self) -> Result<()> {
        let mut keyring = self.keyring.lock().unwrap_or_else(PoisonError::into_inner);
        let mut keyring = keyring.take().context("there is a keyring")?;
        keyring.kill()
    }

    /// Puts something in the keyring's place that takes every question and answers none, as a daemon that hangs does.
    pub fn let_keyring_hang(&self) -> Result<()> {
        self.lose_keyring()?;
        Ok(self.session.request_name("org.freedesktop.secrets")?)
    }

    /// Ends the session's bus. Windows can no longer be read over the accessibility bus that went with it.
    pub fn lose_bus(&self) -> Result<()> {
        let mut bus = self
            .bus_program
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        bus.kill()
    }

    /// A command that finds itself on this stage.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        on_stage(
            program.as_ref(),
            self.folder(),
            &self.display,
            Some(&self.bus),
        )
    }

    /// Starts a program on this stage.
    pub fn start(&self, name: &str, command: &mut Command) -> Result<Program> {
        Program::start(name, command, &self.log(name))
    }

    /// Where a program's standard error is kept.
    pub fn log(&self, name: &str) -> PathBuf {
        self.folder().join("logs").join(format!("{name}.log"))
    }

    /// Presses keys in the window that has the focus: `ctrl+Return`, `slash`, `F`.
    pub fn keys(&self, keys: &[&str]) -> Result<()> {
        self.xdotool(&[&["key", "--clearmodifiers"], keys].concat())
            .map(drop)
    }

    /// Types text into the window that has the focus. The pause between keys lets X map composed characters.
    pub fn type_text(&self, text: &str) -> Result<()> {
        let delay = if text.is_ascii() { "8" } else { "120" };
        self.xdotool(&["type", "--delay", delay, "--", text])
            .map(drop)
    }

    /// Drags the pointer with the left button from one point of the display to another, at the pace of a hand:
    /// a window that gets press, way and release in one frame sees a click.
    pub fn drag(&self, from: (i32, i32), to: (i32, i32)) -> Result<()> {
        let mut line = words(&["mousemove", &from.0.to_string(), &from.1.to_string()]);
        line.extend(words(&["sleep", "0.3", "mousedown", "1"]));
        for step in 1..=DRAG_STEPS {
            let at = |from: i32, to: i32| (from + (to - from) * step / DRAG_STEPS).to_string();
            line.extend(words(&["sleep", "0.15", "mousemove"]));
            line.extend([at(from.0, to.0), at(from.1, to.1)]);
        }
        line.extend(words(&["sleep", "0.3", "mouseup", "1"]));
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        self.xdotool(&line).map(drop)
    }

    /// Gives the keyboard to the window of a process.
    pub fn focus(&self, pid: u32) -> Result<()> {
        let window = self.window_of(pid)?;
        self.xdotool(&["windowfocus", "--sync", &window]).map(drop)
    }

    /// Asks the window manager to bring the window of a process to the front.
    pub fn activate(&self, pid: u32) -> Result<()> {
        let window = self.window_of(pid)?;
        self.xdotool(&["windowactivate", "--sync", &window])
            .map(drop)
    }

    /// Waits for a window whose title matches, and has the window manager give it the keyboard.
    pub fn activate_titled(&self, title: &str) -> Result<()> {
        let window = until(&format!("a window \"{title}\""), SOON, || {
            Ok(self.titled(title)?.into_iter().next())
        })?;
        self.xdotool(&["windowactivate", "--sync", &window])
            .map(drop)
    }

    /// The windows that are shown and whose title matches this regular expression.
    pub fn titled(&self, title: &str) -> Result<Vec<String>> {
        // It ends in failure where it finds none.
        let mut command = self.command("xdotool");
        let output = command
            .args(["search", "--onlyvisible", "--name", title])
            .output()
            .context("xdotool could not be started")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(said.lines().map(str::to_owned).collect())
    }

    /// Asks the window manager to put the window of a process away.
    pub fn minimise(&self, pid: u32) -> Result<()> {
        let window = self.window_of(pid)?;
        self.xdotool(&["windowminimize", "--sync", &window])
            .map(drop)
    }

    /// The process whose window is in front, as the window manager says; `None` when there is none.
    pub fn active(&self) -> Result<Option<u32>> {
        let active = self.property("_NET_ACTIVE_WINDOW")?;
        let Some(window) = active.filter(|window| window != "0x0") else {
            return Ok(None);
        };
        let output = self
            .command("xprop")
            .args(["-id", &window, "_NET_WM_PID"])
            .output()
            .context("xprop could not be started")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(said
            .rsplit('=')
            .next()
            .and_then(|pid| pid.trim().parse().ok()))
    }

    /// Whether a window manager manages the display.
    pub fn has_window_manager(&self) -> Result<bool> {
        Ok(self.property("_NET_SUPPORTING_WM_CHECK")?.is_some())
    }

    /// The window that a property of the root window names.
    fn property(&self, name: &str) -> Result<Option<String>> {
        let output = self
            .command("xprop")
            .args(["-root", name])
            .output()
            .context("xprop could not be started")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(said
            .rsplit_once('#')
            .map(|(_, window)| window.trim().to_owned()))
    }

    fn window_of(&self, pid: u32) -> Result<String> {
        let pid = pid.to_string();
        until("the window is on the display", SOON, || {
            let found = self.xdotool(&["search", "--onlyvisible", "--pid", &pid]);
            Ok(found
                .ok()
                .and_then(|ids| ids.lines().next().map(str::to_owned)))
        })
    }

    fn xdotool(&self, line: &[&str]) -> Result<String> {
        let mut command = self.command("xdotool");
        let output = command
            .env("LC_ALL", "C.UTF-8")
            .args(line)
            .output()
            .context("xdotool could not be started")?;
        if !output.status.success() {
            bail!(
                "xdotool {line:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The display as it stands once it no longer changes, red, green and blue a pixel. With `other`, first waits
    /// until it is different from that; a display that stays the same, or never stands still, is given as it is.
    pub fn settled(&self, other: Option<&[u8]>) -> Result<Vec<u8>> {
        let mut last = self.capture()?;
        let begun = Instant::now();
        let mut since = begun;
        while begun.elapsed() < LONGEST {
            let next = self.capture()?;
            if next != last {
                since = Instant::now();
                last = next;
            } else if since.elapsed() >= STILL && other.is_none_or(|other| other != last) {
                break;
            }
        }
        Ok(last)
    }

    fn capture(&self) -> Result<Vec<u8>> {
        let mut import = self.command("import");
        let output = import
            .args(["-window", "root", "-depth", "8", "rgb:-"])
            .output()
            .context("import could not be started")?;
        if !output.status.success() {
            bail!("import: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(output.stdout)
    }

    /// Writes what was captured as a PNG file.
    pub fn write_picture(&self, picture: &[u8], path: &Path) -> Result<()> {
        let size = format!("{}x{}", SIZE.0, SIZE.1);
        let mut convert = self.command("convert");
        let mut convert = convert
            .args(["-size", &size, "-depth", "8", "rgb:-"])
            .arg(path)
            .stdin(Stdio::piped())
            .spawn()
            .context("convert could not be started")?;
        convert
            .stdin
            .take()
            .context("the input is piped")?
            .write_all(picture)?;
        if !convert.wait()?.success() {
            bail!("{} could not be written", path.display());
        }
        Ok(())
    }
}

/// How long a display has to stand still: some frames of a software renderer, and less than a blink of a cursor.
const STILL: Duration = Duration::from_millis(400);

/// How long a display may go on changing, or stay the same, before its picture is taken all the same.
const LONGEST: Duration = Duration::from_secs(4);

fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|&word| word.to_owned()).collect()
}

fn on_stage(program: &Path, folder: &Path, display: &str, bus: Option<&str>) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    for name in KEPT {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env("HOME", folder.join("home"))
        .env("XDG_RUNTIME_DIR", folder.join("run"))
        .env("DISPLAY", display)
        .env(
            "DBUS_SYSTEM_BUS_ADDRESS",
            bus.unwrap_or("unix:path=/nonexistent"),
        )
        .stdin(Stdio::null());
    if let Some(bus) = bus {
        command.env("DBUS_SESSION_BUS_ADDRESS", bus);
    }
    command
}

fn start_display(folder: &Path) -> Result<(Program, String)> {
    let screen = format!("{}x{}x24", SIZE.0, SIZE.1);
    let mut command = on_stage(Path::new("Xvfb"), folder, "", None);
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        &screen,
        "-nolisten",
        "tcp",
        "-noreset",
    ]);
    let mut program = Program::start("Xvfb", &mut command, &folder.join("logs/xvfb.log"))?;
    let number = program.line(SOON, |line| line.trim().parse::<u32>().ok())?;
    Ok((program, format!(":{number}")))
}

fn start_bus(folder: &Path, display: &str) -> Result<(Program, String)> {
    let mut command = on_stage(Path::new("dbus-daemon"), folder, display, None);
    command.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
    let mut program = Program::start("dbus-daemon", &mut command, &folder.join("logs/dbus.log"))?;
    let address = program.line(SOON, |line| {
        line.contains('=').then(|| line.trim().to_owned())
    })?;
    Ok((program, address))
}

fn start_keyring(folder: &Path, display: &str, bus: &str, session: &Connection) -> Result<Program> {
    let mut command = on_stage(
        Path::new("gnome-keyring-daemon"),
        folder,
        display,
        Some(bus),
    );
    // The password of the stage's own keyring, read from a file because the daemon reads to its end.
    let password = folder.join("keyring-password");
    std::fs::write(&password, "stage")?;
    command
        .args(["--foreground", "--unlock", "--components=secrets"])
        .stdin(std::fs::File::open(&password)?);
    let log = folder.join("logs/keyring.log");
    let program = Program::start("gnome-keyring-daemon", &mut command, &log)?;
    let names = Proxy::new(
        session,
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
    )?;
    until("the keyring is on the bus", SOON, || {
        let there: bool = names.call("NameHasOwner", &"org.freedesktop.secrets")?;
        Ok(there.then_some(()))
    })?;
    Ok(program)
}

fn turn_screen_reader_on(session: &Connection) -> Result<Connection> {
    let status = Proxy::new(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status")?;
    status.set_property("ScreenReaderEnabled", true)?;
    let bus = Proxy::new(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")?;
    let address: String = bus.call("GetAddress", &())?;
    connect(&address)
}

fn connect(address: &str) -> Result<Connection> {
    connection::Builder::address(address)?
        .build()
        .with_context(|| format!("no connection to the bus at {address}"))
}
