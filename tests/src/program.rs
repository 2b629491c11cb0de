//! Programs that a test starts: where they are, what they said, and how they end.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::poll::until;

/// The folder of the binaries under test: `OUTPOST_BIN`, or the one this program was built into.
pub fn binaries() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("OUTPOST_BIN") {
        return Ok(PathBuf::from(folder));
    }
    let own = std::env::current_exe()?;
    let folder = own.parent().context("a program lies in a folder")?;
    // Tests lie in `deps`, beside the binaries' folder.
    Ok(match folder.file_name() {
        Some(name) if name == "deps" => folder.parent().unwrap_or(folder).to_owned(),
        _ => folder.to_owned(),
    })
}

/// The path of one of our binaries.
pub fn binary(name: &str) -> Result<PathBuf> {
    let path = binaries()?.join(name);
    if !path.is_file() {
        bail!(
            "{} is missing; build it first: cargo build --workspace --bins",
            path.display()
        );
    }
    Ok(path)
}

/// A running program. It is killed when this is dropped.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    log: PathBuf,
    lines: Receiver<String>,
}

impl Program {
    /// Starts it; its standard error goes to `log`, its standard output is read line by line.
    pub fn start(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let errors = File::options().create(true).append(true).open(log)?;
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let output = child.stdout.take().context("the output is piped")?;
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody may be listening any more; the pipe is still to be emptied.
                let _ = tell.send(line);
            }
        });
        Ok(Self {
            name: name.to_owned(),
            child,
            log: log.to_owned(),
            lines,
        })
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The next line on its standard output for which `wanted` finds something.
    pub fn line<T>(&mut self, within: Duration, wanted: impl Fn(&str) -> Option<T>) -> Result<T> {
        let end = Instant::now() + within;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(found) = wanted(&line) {
                        return Ok(found);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    bail!(
                        "{} said nothing of the kind within {within:?}\n{}",
                        self.name,
                        self.said()
                    )
                }
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("{} ended before it said it\n{}", self.name, self.said())
                }
            }
        }
    }

    /// The end of what it wrote to standard error.
    pub fn said(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for its end.
    pub fn ended(&mut self, within: Duration) -> Result<ExitStatus> {
        let what = format!("{} ends", self.name);
        until(&what, within, || Ok(self.child.try_wait()?))
    }

    /// Asks it to end (SIGTERM) and waits for it.
    pub fn stop(&mut self, within: Duration) -> Result<ExitStatus> {
        signal(self.pid(), Signal::TERM)?;
        self.ended(within)
    }

    /// Kills it with -9, and everything it started.
    pub fn kill(&mut self) -> Result<()> {
        let family = family(self.pid());
        for pid in &family {
            // It may have ended meanwhile.
            let _ = signal(*pid, Signal::KILL);
        }
        self.child.wait()?;
        until("killed processes are gone", Duration::from_secs(10), || {
            Ok(family[1..].iter().all(|pid| !alive(*pid)).then_some(()))
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// Sends a signal.
pub fn signal(pid: u32, signal: Signal) -> Result<()> {
    let pid = i32::try_from(pid)
        .ok()
        .and_then(Pid::from_raw)
        .context("no process id")?;
    Ok(kill_process(pid, signal)?)
}

/// Whether a process runs the program of this name.
pub fn is_named(pid: u32, name: &str) -> bool {
    let comm = std::fs::read_to_string(format!("/proc/{pid}/comm"));
    comm.is_ok_and(|comm| comm.trim_end() == name)
}

/// A process and all that descend from it.
pub fn family(pid: u32) -> Vec<u32> {
    let parents = parents();
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        family.extend(
            parents
                .iter()
                .filter(|(_, p)| *p == parent)
                .map(|(child, _)| *child),
        );
        next += 1;
    }
    family
}

/// Each process with its parent.
fn parents() -> Vec<(u32, u32)> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| Some((pid, field(pid, 1)?.parse().ok()?)))
        .collect()
}

/// Whether a process runs; one that has ended and waits to be fetched does not.
pub fn alive(pid: u32) -> bool {
    field(pid, 0).is_some_and(|state| state != "Z")
}

/// A field of `/proc/PID/stat` after the name in brackets: 0 is the state, 1 the parent.
fn field(pid: u32, index: usize) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(index).map(str::to_owned)
}
