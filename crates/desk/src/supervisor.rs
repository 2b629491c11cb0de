//! Starts the window as a child process, serves it over its standard streams, and starts it again when it crashes.
//! Shared by `outpost-desk --window` and the Tauri shell.

use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::{Desk, words};

/// How often the window may crash within [`WITHIN`] before it is left alone.
const CRASHES: usize = 3;

/// The time in which [`CRASHES`] are too many.
const WITHIN: Duration = Duration::from_mins(1);

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
    /// It crashed too often.
    #[error("the window stopped {CRASHES} times within a minute; nothing that was saved is lost")]
    CrashesTooOften,
}

/// Keeps one window running.
#[derive(Debug)]
pub struct Supervisor {
    program: PathBuf,
    child: Arc<Mutex<Option<Child>>>,
}

impl Supervisor {
    /// For the window program at `program`.
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            child: Arc::default(),
        }
    }

    /// Runs the window until the officer closes it; after a crash it is started again with a word about it.
    ///
    /// # Errors
    /// When it cannot be started, or crashes too often.
    pub fn run(&self, desk: &Desk) -> Result<(), WindowError> {
        let mut crashes: Vec<Instant> = Vec::new();
        loop {
            let began = Instant::now();
            if self.run_once(desk)? {
                return Ok(());
            }
            crashes.retain(|crash| crash.elapsed() < WITHIN);
            crashes.push(began);
            tracing::error!("the window crashed");
            if crashes.len() >= CRASHES {
                return Err(WindowError::CrashesTooOften);
            }
            desk.tell_next_window(words::window_restarted());
        }
    }

    /// Asks a running window to go, for the end of the program.
    pub fn stop(&self) {
        if let Some(child) = self.lock().as_mut()
            && let Err(error) = child.kill()
        {
            tracing::warn!(%error, "the window could not be stopped");
        }
    }

    /// One run; whether the officer closed it.
    fn run_once(&self, desk: &Desk) -> Result<bool, WindowError> {
        let not_started = |error| WindowError::NotStarted {
            program: self.program.clone(),
            error,
        };
        let mut child = Command::new(&self.program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(not_started)?;
        let streams = child.stdout.take().zip(child.stdin.take());
        *self.lock() = Some(child);
        if let Some((from_window, to_window)) = streams {
            desk.serve(BufReader::new(from_window), to_window);
        }
        // The window has closed its end; it is reaped without holding the lock that `stop` needs.
        let child = self.lock().take();
        match child {
            Some(mut child) => Ok(child.wait().map_err(not_started)?.success()),
            None => Ok(true),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
