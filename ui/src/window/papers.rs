//! Papers and calendars: what is asked of the desk for them, the word about a file that was written, and the system's
//! programs that choose a file and open one.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, Ui};
use outpost_domain::PaperLanguage;
use outpost_protocol::{Document, Problem, Request, Sheet, Status};

use crate::design::Tone;
use crate::design::notice::{ToastDone, toast_with};
use crate::intent::{Intent, Place};
use crate::picker::{self, NoDialog};
use crate::text::{Language, spoken, tr, tr_args};

use super::Window;
use super::asking::Purpose;

/// The most of a calendar file that is read, bytes: a little more than the desk takes, so that the desk says so.
const MOST: u64 = 5 * 1024 * 1024;

/// Opens a file with the system's program for it, without waiting for that program.
pub type Opener = fn(&Path) -> io::Result<()>;

/// A calendar file as it was read: its name, its bytes or why there are none.
type Chosen = (String, Result<Vec<u8>, String>);

/// What of papers and calendars only the window knows.
#[derive(Debug)]
pub(super) struct Papers {
    choosing: Option<Receiver<Option<Chosen>>>,
    pub(super) opener: Opener,
    /// A preview was refused: papers are opened with the system's program from then on.
    no_preview: bool,
}

impl Default for Papers {
    fn default() -> Self {
        Self {
            choosing: None,
            opener: |path| open::that_detached(path),
            no_preview: false,
        }
    }
}

/// Papers are written in the language that the window speaks.
pub(super) fn language() -> PaperLanguage {
    match spoken() {
        Language::English => PaperLanguage::English,
        Language::French => PaperLanguage::French,
    }
}

impl Window {
    /// Opens files in another way than with the system's programs.
    #[must_use]
    pub fn opening_with(mut self, opener: Opener) -> Self {
        self.papers.opener = opener;
        self
    }

    /// Writes a paper of the inspection that is shown.
    pub(super) fn write_document(&mut self, document: Document) {
        if let Some(inspection) = self.inspected {
            let request = Request::WriteDocument {
                inspection,
                document,
                language: language(),
            };
            self.ask(Purpose::Written, request, Vec::new());
        }
    }

    /// Writes the agenda's day; of a week its first one.
    pub(super) fn write_day(&mut self, sheet: Sheet) {
        let (day, _) = self.agenda.wanted(self.day());
        let request = Request::WriteAgenda {
            day,
            sheet,
            language: language(),
        };
        self.ask(Purpose::Written, request, Vec::new());
    }

    /// Opens the system's dialog for a calendar file, off the window's thread.
    pub(super) fn choose_calendar(&mut self, ctx: &Context) {
        let ctx = ctx.clone();
        self.choose(move |send| {
            let dialog = rfd::FileDialog::new().add_filter("iCalendar", &["ics", "ICS"]);
            match picker::ask(|| dialog.pick_file()) {
                Ok(Some(path)) => send(Some(read(path))),
                Ok(None) => {}
                Err(NoDialog) => send(None),
            }
            ctx.request_repaint();
        });
    }

    /// Reads the calendar file of this name.
    pub fn read_calendar(&mut self, path: PathBuf) {
        self.choose(move |send| send(Some(read(path))));
    }

    /// Takes a calendar that was dropped onto the agenda.
    pub(super) fn take_dropped(&mut self, ui: &Ui) {
        if self.place == Place::Agenda
            && let Some(path) = picker::dropped(ui).into_iter().next()
        {
            self.read_calendar(path);
        }
    }

    fn choose(&mut self, work: impl FnOnce(&dyn Fn(Option<Chosen>)) + Send + 'static) {
        let (sender, receiver) = channel();
        let send = move |chosen| {
            // The window may have asked for another file by now; then nobody waits for this one.
            let _ = sender.send(chosen);
        };
        let started = std::thread::Builder::new()
            .name("calendar".to_owned())
            .spawn(move || work(&send));
        match started {
            Ok(_) => self.papers.choosing = Some(receiver),
            Err(error) => self.unread(String::new(), &error.to_string()),
        }
    }

    /// Hands a calendar file that was read to the desk.
    pub(super) fn take_calendar(&mut self) {
        let Some(chosen) = self
            .papers
            .choosing
            .as_ref()
            .and_then(|receiver| receiver.try_recv().ok())
        else {
            return;
        };
        self.papers.choosing = None;
        match chosen {
            None => self
                .model
                .complain(problem("no-file-dialog", String::new(), "")),
            Some((name, Ok(bytes))) => {
                self.ask(Purpose::Calendar(name), Request::ReadCalendar, bytes);
            }
            Some((name, Err(reason))) => self.unread(name, &reason),
        }
    }

    fn unread(&mut self, file: String, reason: &str) {
        self.model.complain(problem("calendar-file", file, reason));
    }

    /// Tells where a file was written; a paper is shown at once where it can be.
    pub(super) fn take_written(&mut self, path: String) {
        if self.previews(&path) {
            self.preview(path.clone());
        }
        self.model.written = Some(path);
    }

    /// Whether a file is a paper that can be shown in a window of its own.
    fn previews(&self, path: &str) -> bool {
        let can = |s: &Status| s.workstation.previews;
        let paper = Path::new(path).extension().is_some_and(|e| e == "html");
        paper && !self.papers.no_preview && self.model.status.as_deref().is_some_and(can)
    }

    fn preview(&mut self, path: String) {
        let request = Request::Preview { path: path.clone() };
        self.ask(Purpose::Preview(path), request, Vec::new());
    }

    /// A paper that could not be shown: says why, and leaves the way to the system's program.
    pub(super) fn not_previewed(&mut self, path: String, problem: Problem) {
        self.papers.no_preview = true;
        self.model.complain(problem);
        self.model.written = Some(path);
    }

    /// Shows the file that was written last, or opens it with the system's program.
    pub(super) fn open_written(&mut self) {
        let Some(path) = self.model.written.take() else {
            return;
        };
        if self.previews(&path) {
            self.preview(path);
            return;
        }
        if let Err(error) = (self.papers.opener)(Path::new(&path)) {
            self.model
                .complain(problem("file-not-opened", path, &error.to_string()));
        }
    }

    /// The word about a file that was written, with the way to open it.
    pub(super) fn written(&self, ui: &Ui) -> Option<Intent> {
        let path = self.model.written.as_ref()?;
        let text = tr_args("papers-written", &[("file", path.clone().into())]);
        let act = if self.previews(path) {
            tr("papers-preview")
        } else {
            tr("papers-open")
        };
        match toast_with(ui, &text, Tone::Green, Some(&act)) {
            ToastDone::Nothing => None,
            ToastDone::Closed => Some(Intent::CloseWritten),
            ToastDone::Acted => Some(Intent::OpenWritten),
        }
    }
}

fn read(path: PathBuf) -> Chosen {
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(&path)?
            .take(MOST)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    (name, read().map_err(|error| error.to_string()))
}

pub(super) fn problem(code: &str, file: String, reason: &str) -> Problem {
    Problem {
        code: code.to_owned(),
        detail: format!("{file}: {reason}"),
        args: [
            ("file".to_owned(), file),
            ("reason".to_owned(), reason.to_owned()),
        ]
        .into(),
    }
}
