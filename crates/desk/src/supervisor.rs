//! Starts the window as a child process, serves it over its standard streams, and starts it again when it crashes.
//! Shared by `outpost-desk --window` and the Tauri shell.

use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use outpost_protocol::Event;

use crate::{Desk, words};

/// How often the window may crash within [`WITHIN`] before it is left alone.
const CRASHES: usize = 3;

/// The time in which [`CRASHES`] are too many.
const WITHIN: Duration = Duration::from_mins(1);

/// How long a window that was asked to go may take to keep what is being typed.
const TO_LEAVE: Duration = Duration::from_secs(3);

/// How often a window that has closed its end of the pipe is looked at until it has ended.
const REAP: Duration = Duration::from_millis(20);

/// The window's exit code when it can open no window at all.
const NO_WINDOW: i32 = 3;

/// How a run of the window ended.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// The program could not be started.
    #[error("the window {} could not be started: {error}", .program.display())]
    NotStarted {
        /// The program.
        program: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It can open no window here; it said why on standard error.
    #[error("the window found no display or no graphics driver to open on")]
    NoWindow,
    /// It crashed too often.
    #[error("the window stopped {CRASHES} times within a minute")]
    CrashesTooOften,
}

/// Keeps one window running.
#[derive(Debug)]
pub struct Supervisor {
    program: PathBuf,
    running: Mutex<Running>,
    ended: Condvar,
}

/// What runs now.
#[derive(Debug, Default)]
struct Running {
    child: Option<Child>,
    /// Whether the window is to stay closed, because the program ends.
    leaving: bool,
}

impl Supervisor {
    /// For the window program at `program`.
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            running: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    /// Runs the window until the officer closes it; after a crash it is started again with a word about it.
    ///
    /// # Errors
    /// When it cannot be started, finds no display, or crashes too often.
    pub fn run(&self, desk: &Desk) -> Result<(), WindowError> {
        let mut crashes: Vec<Instant> = Vec::new();
        loop {
            let status = self.run_once(desk)?;
            if self.lock().leaving || status.is_none_or(|status| status.success()) {
                return Ok(());
            }
            if status.and_then(|status| status.code()) == Some(NO_WINDOW) {
                return Err(WindowError::NoWindow);
            }
            crashes.retain(|crash| crash.elapsed() < WITHIN);
            crashes.push(Instant::now());
            tracing::error!(?status, "the window crashed");
            if crashes.len() >= CRASHES {
                return Err(WindowError::CrashesTooOften);
            }
            desk.tell_next_window(words::window_restarted());
        }
    }

    /// Ends a running window, for the end of the program: it is asked to keep what is being typed and to go, and is
    /// ended by force when it has not gone in time.
    pub fn stop(&self, desk: &Desk) {
        let mut running = self.lock();
        running.leaving = true;
        if running.child.is_none() {
            return;
        }
        desk.tell(&Event::Leave);
        let (mut running, waited) = self
            .ended
            .wait_timeout_while(running, TO_LEAVE, |running| running.child.is_some())
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out()
            && let Some(child) = running.child.as_mut()
            && let Err(error) = child.kill()
        {
            tracing::warn!(%error, "the window could not be stopped");
        }
    }

    /// One run and how it ended; `None` when the program ends and no window was started.
    fn run_once(&self, desk: &Desk) -> Result<Option<ExitStatus>, WindowError> {
        let not_started = |error| WindowError::NotStarted {
            program: self.program.clone(),
            error,
        };
        let Some((from_window, to_window)) = self.start().map_err(not_started)? else {
            return Ok(None);
        };
        desk.serve(BufReader::new(from_window), to_window);
        // The window has closed its end; it is reaped without holding the lock that `stop` needs.
        loop {
            let ended = match self.lock().child.as_mut() {
                Some(child) => child.try_wait().map_err(not_started)?,
                None => None,
            };
            if let Some(status) = ended {
                self.lock().child = None;
                self.ended.notify_all();
                return Ok(Some(status));
            }
            std::thread::park_timeout(REAP);
        }
    }

    /// Starts the window and gives its streams.
    fn start(&self) -> std::io::Result<Option<(ChildStdout, ChildStdin)>> {
        let mut running = self.lock();
        if running.leaving {
            return Ok(None);
        }
        let mut child = Command::new(&self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let streams = child.stdout.take().zip(child.stdin.take());
        running.child = Some(child);
        Ok(streams)
    }

    fn lock(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;
    use std::sync::Arc;

    use crate::{Address, Config, KeyChoice, Managed};

    struct Stage {
        folder: tempfile::TempDir,
        desk: Desk,
    }

    impl Stage {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let desk = Desk::open(Config {
                data: folder.path().join("data"),
                address: Address {
                    url: "http://127.0.0.1:9".to_owned(),
                    ca: None,
                    identity: None,
                },
                key: KeyChoice::Raw([7; 32]),
                logs: None,
                documents: PathBuf::new(),
                keep_free: Config::KEEP_FREE,
                managed: Managed::default(),
            });
            Self { folder, desk }
        }

        /// A window played by a shell script, which notes each of its starts.
        fn window(&self, script: &str) -> Supervisor {
            let program = self.folder.path().join("window");
            let starts = self.starts();
            let text = format!("#!/bin/sh\necho x >>{}\n{script}\n", starts.display());
            std::fs::write(&program, text).unwrap();
            std::fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
            Supervisor::new(program)
        }

        fn starts(&self) -> PathBuf {
            self.folder.path().join("starts")
        }

        fn started(&self) -> usize {
            std::fs::read_to_string(self.starts()).map_or(0, |text| text.lines().count())
        }
    }

    impl Drop for Stage {
        fn drop(&mut self) {
            self.desk.shutdown();
        }
    }

    #[test]
    fn a_window_that_the_officer_closed_is_not_started_again() {
        let stage = Stage::new();
        stage.window("exit 0").run(&stage.desk).unwrap();
        assert_eq!(stage.started(), 1);
    }

    #[test]
    fn a_window_that_crashes_is_started_again_and_left_alone_after_three_times() {
        let stage = Stage::new();
        let run = stage.window("kill -SEGV $$").run(&stage.desk);
        assert!(matches!(run, Err(WindowError::CrashesTooOften)));
        assert_eq!(stage.started(), 3);
    }

    #[test]
    fn a_window_without_a_display_is_not_tried_again() {
        let stage = Stage::new();
        let run = stage.window("exit 3").run(&stage.desk);
        assert!(matches!(run, Err(WindowError::NoWindow)));
        assert_eq!(stage.started(), 1);
    }

    #[test]
    fn a_window_that_is_not_there_is_named() {
        let stage = Stage::new();
        let run = Supervisor::new("/nowhere/outpost-window".into()).run(&stage.desk);
        assert!(
            run.unwrap_err()
                .to_string()
                .contains("/nowhere/outpost-window")
        );
    }

    #[test]
    fn at_the_end_the_window_is_asked_to_leave_and_waited_for() {
        let stage = Stage::new();
        let greeted = stage.folder.path().join("greeted");
        let left = stage.folder.path().join("left");
        let script = r#"echo '{"id":1,"request":{"ask":"hello","protocol":2}}'
while read -r line; do case $line in
*'"welcome"'*) echo yes >GREETED;;
*'"leave"'*) echo bye >LEFT; exit 0;;
esac; done"#
            .replace("GREETED", &greeted.display().to_string())
            .replace("LEFT", &left.display().to_string());
        let window = Arc::new(stage.window(&script));
        let running = {
            let (window, desk) = (window.clone(), stage.desk.clone());
            std::thread::spawn(move || window.run(&desk))
        };
        let deadline = Instant::now() + Duration::from_secs(30);
        while !greeted.exists() {
            assert!(Instant::now() < deadline, "the window was not greeted");
            std::thread::yield_now();
        }
        window.stop(&stage.desk);
        running.join().unwrap().unwrap();
        assert_eq!(std::fs::read_to_string(left).unwrap().trim(), "bye");
        window.run(&stage.desk).unwrap();
        assert_eq!(
            stage.started(),
            1,
            "no window is started once the program ends"
        );
    }
}
