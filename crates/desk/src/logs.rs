//! The log on disk: what a program did and what went wrong, for who looks after the laptop, and nothing about people.
//!
//! A log is copied, mailed and kept by hands that may not see an inspection. So not everything that goes to standard error
//! goes into the folder: only what Outpost's own crates say, of their values only those that are named in [`KEPT`],
//! of these no quoted text (a reader's complaint quotes what it could not read), and the account's home as `~`.
//! What the central says in its own words is left out; the desk notes its code.
//!
//! The folder has a bound: a few files of one size, the oldest goes. A log that cannot be written stops nothing.

use std::fmt::{Debug, Write as _};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::{Timestamp, Unit};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// Bytes after which a new file is begun.
const FILE: u64 = 1_000_000;

/// Files that are kept besides the one that is written.
const OLDER: usize = 4;

/// The longest line, bytes.
const LINE: usize = 4_000;

/// Values that may be written, by the name under which the code says them.
const KEPT: &[&str] = &[
    "blob", "code", "count", "error", "file", "from", "id", "key", "language", "limit", "size",
    "status", "thread", "to", "unfit", "version", "where",
];

/// Writes what the programs say to standard error, and what may be kept into a folder.
#[derive(Debug)]
pub struct Logs;

impl Logs {
    /// Begins, for the whole process: everything to standard error as `OUTPOST_LOG` wants it, and the log of the program
    /// `name` into `folder` where there is one. A panic is noted by its place.
    pub fn begin(name: &str, folder: Option<&Path>) {
        let wanted = EnvFilter::try_from_env("OUTPOST_LOG").unwrap_or_else(|_| "info".into());
        let kept = folder.map(|folder| Keep::new(Files::new(folder, name, FILE, OLDER)));
        let begun = tracing_subscriber::registry()
            .with(wanted)
            .with(fmt::layer().with_writer(io::stderr))
            .with(kept)
            .try_init();
        if let Err(error) = begun {
            eprintln!("there is no log: {error}");
        }
        note_panics();
    }
}

/// What a panic says may hold anything; where it was is enough to find it.
fn note_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic
            .location()
            .map_or_else(String::new, ToString::to_string);
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or_default();
        tracing::error!(thread, r#where = place, "a thread panicked");
        before(panic);
    }));
}

/// The layer that keeps.
struct Keep {
    files: Mutex<Files>,
    home: Option<String>,
}

impl Keep {
    fn new(files: Files) -> Self {
        let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().display().to_string());
        Self {
            files: Mutex::new(files),
            home: home.filter(|home| home.len() > 1),
        }
    }

    /// The line of an event, when it may be kept.
    fn line(&self, event: &Event<'_>) -> Option<String> {
        let about = event.metadata();
        if !about.target().starts_with("outpost") {
            return None;
        }
        let mut said = Said::default();
        event.record(&mut said);
        if said.foreign {
            return None;
        }
        let now = Timestamp::now().round(Unit::Second).unwrap_or_default();
        let mut line = format!(
            "{now} {:5} {} {}{}",
            about.level(),
            about.target(),
            said.message,
            said.values
        );
        if let Some(home) = &self.home {
            line = line.replace(home, "~");
        }
        let mut line: String = without_quotes(&line)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        if line.len() > LINE {
            line.truncate(line.floor_char_boundary(LINE));
        }
        line.push('\n');
        Some(line)
    }
}

impl<S: Subscriber> Layer<S> for Keep {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if let Some(line) = self.line(event) {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.write(&line);
        }
    }
}

/// What an event says, as far as it may be kept.
#[derive(Default)]
struct Said {
    message: String,
    values: String,
    /// Whether it repeats what somebody else said; the desk notes that by its code.
    foreign: bool,
}

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing into a text cannot fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            "fault" => {
                self.foreign = true;
                Ok(())
            }
            name if KEPT.contains(&name) => write!(self.values, " {name}={value:?}"),
            _ => Ok(()),
        };
    }
}

/// A line without what stands in double quotes or back quotes; a quotation without an end goes to the end.
fn without_quotes(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut within = None;
    for c in line.chars() {
        match within {
            None if matches!(c, '"' | '`') => {
                within = Some(c);
                kept.push('…');
            }
            None => kept.push(c),
            Some(end) if c == end => within = None,
            Some(_) => {}
        }
    }
    kept
}

/// The files of one program: `name.log`, and older ones as `name.1.log`, `name.2.log`, the highest the oldest.
struct Files {
    folder: PathBuf,
    name: String,
    limit: u64,
    older: usize,
    open: Option<(File, u64)>,
}

impl Files {
    fn new(folder: &Path, name: &str, limit: u64, older: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            name: name.to_owned(),
            limit,
            older,
            open: None,
        }
    }

    fn path(&self, age: usize) -> PathBuf {
        self.folder.join(match age {
            0 => format!("{}.log", self.name),
            age => format!("{}.{age}.log", self.name),
        })
    }

    /// Writes a line, or drops it: a full disk or a folder that has gone is no reason to stop.
    fn write(&mut self, line: &str) {
        if self.try_write(line).is_err() {
            self.open = None;
        }
    }

    fn try_write(&mut self, line: &str) -> io::Result<()> {
        let length = line.len() as u64;
        if let Some((_, size)) = &self.open
            && size + length > self.limit
        {
            self.open = None;
        }
        if self.open.is_none() {
            self.open = Some(self.next(length)?);
        }
        if let Some((file, size)) = &mut self.open {
            file.write_all(line.as_bytes())?;
            *size += length;
        }
        Ok(())
    }

    /// The file that is to be written next, the older ones moved on when there is no room in it.
    fn next(&self, length: u64) -> io::Result<(File, u64)> {
        private_folder(&self.folder)?;
        let newest = self.path(0);
        let size = std::fs::symlink_metadata(&newest).map_or(0, |about| about.len());
        if size > 0 && size + length > self.limit {
            for age in (0..self.older).rev() {
                move_on(&self.path(age), &self.path(age + 1))?;
            }
        }
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(newest)?;
        let size = file.metadata()?.len();
        Ok((file, size))
    }
}

fn move_on(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Makes the folder where it is not there, for this account only.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use tracing_subscriber::Registry;

    /// What is kept of what `say` says.
    fn kept(say: impl FnOnce()) -> String {
        let folder = tempfile::tempdir().unwrap();
        let keep = Keep::new(Files::new(folder.path(), "outpost", FILE, OLDER));
        tracing::subscriber::with_default(Registry::default().with(keep), say);
        std::fs::read_to_string(folder.path().join("outpost.log")).unwrap_or_default()
    }

    #[test]
    fn a_line_has_the_time_the_place_and_the_values_that_may_be_kept() {
        let line = kept(|| {
            tracing::warn!(
                code = "line-down",
                count = 3,
                officer = "Ama Mensah",
                "it went down"
            );
        });
        let (time, rest) = line.split_once(' ').unwrap();
        assert!(time.parse::<Timestamp>().is_ok(), "{time}");
        assert_eq!(
            rest,
            "WARN  outpost_desk::logs::tests it went down code=line-down count=3\n"
        );
    }

    #[test]
    fn nothing_that_others_said_or_quoted_is_kept() {
        let reader = serde_json::from_str::<u32>(r#""Ama Mensah, Tema""#).unwrap_err();
        let home = directories::BaseDirs::new().unwrap();
        let home = home.home_dir().display().to_string();
        let lines = kept(|| {
            tracing::warn!(%reader, "left out by its name");
            tracing::warn!(error = %reader, "quotes left out");
            tracing::warn!(
                fault = "the central forbids this: Ama Mensah",
                "left out whole"
            );
            tracing::warn!(target: "hyper", "somebody else's crate: Ama Mensah");
            tracing::warn!(file = format!("{home}/x"), "a file\nof the account");
        });
        assert_eq!(lines.lines().count(), 3, "{lines}");
        assert!(!lines.contains("Mensah"), "{lines}");
        assert!(lines.contains("error=invalid type: string …, expected u32"));
        assert!(lines.contains("a file of the account file=~/x"));
    }

    #[test]
    fn the_oldest_file_goes_and_the_folder_stays_within_its_bound() {
        let folder = tempfile::tempdir().unwrap();
        let logs = folder.path().join("of/outpost");
        for start in 0..2 {
            let mut files = Files::new(&logs, "outpost", 100, 2);
            for number in 0..50 {
                files.write(&format!("start {start} line {number:02} of many\n"));
            }
        }
        let mut names: Vec<_> = std::fs::read_dir(&logs)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["outpost.1.log", "outpost.2.log", "outpost.log"]);
        let read = |name: &str| std::fs::read_to_string(logs.join(name)).unwrap();
        assert!(names.iter().all(|name| read(name).len() <= 100));
        assert!(read("outpost.log").ends_with("start 1 line 49 of many\n"));
        let all = read("outpost.2.log") + &read("outpost.1.log") + &read("outpost.log");
        let last = all.lines().count();
        assert_eq!(
            all.lines().next().unwrap(),
            format!("start 1 line {} of many", 50 - last)
        );
    }

    #[test]
    fn a_folder_that_cannot_be_made_stops_nothing_and_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::write(&taken, b"").unwrap();
        let mut files = Files::new(&taken, "outpost", 100, 2);
        files.write("lost\n");
        std::fs::remove_file(&taken).unwrap();
        files.write("kept\n");
        let text = std::fs::read_to_string(taken.join("outpost.log")).unwrap();
        assert_eq!(text, "kept\n");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_reads_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let logs = folder.path().join("logs");
        Files::new(&logs, "outpost", 100, 2).write("line\n");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&logs), 0o700);
        assert_eq!(mode(&logs.join("outpost.log")), 0o600);
    }
}
