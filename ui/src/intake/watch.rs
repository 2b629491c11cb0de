//! The thread that looks through a folder, again and again until nobody wants it any more.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::Context;
use jiff::tz::TimeZone;

use super::folder::{Listed, Listing, list};
use super::look::{self, Picture, Refused, Seen, Taken, beside};
use super::rounds::Rounds;

/// From one round to the next, at least.
const ROUND: Duration = Duration::from_secs(1);
/// Between two listings lies so many times what one takes: a folder on a slow line is not listed without end.
const SHARE: u32 = 10;

/// What the thread has found.
#[derive(Debug)]
pub enum News {
    /// What lies in the folder; files that are still being written are marked.
    Listing(Listing, Vec<bool>),
    /// A file was looked at.
    Looked(Listed, Box<Result<Seen, Refused>>),
    /// A file was read to be kept.
    Read(PathBuf, Result<Taken, Refused>),
    /// A small picture of a file.
    Picture(PathBuf, Result<Picture, Refused>),
    /// The folder cannot be read, or not any more; why. It is tried again.
    Gone(String),
}

/// What the thread is asked for between two files.
#[derive(Debug)]
enum Ask {
    Read(Listed, Box<Seen>),
    Picture(Listed, Box<Seen>),
}

/// The window's end of the thread; the thread ends when this is dropped.
#[derive(Debug)]
pub struct Watch {
    /// The folder.
    pub root: PathBuf,
    ask: Sender<Ask>,
    news: Receiver<News>,
}

impl Watch {
    /// Starts to look through a folder. Times without an offset are taken to be of `zone`.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(ctx: &Context, root: PathBuf, zone: TimeZone) -> std::io::Result<Self> {
        let (ask, asked) = channel();
        let (tell, news) = channel();
        let mut watcher = Watcher {
            root: root.clone(),
            zone,
            asked,
            tell,
            ctx: ctx.clone(),
            rounds: Rounds::default(),
            gone: false,
            listed: false,
        };
        std::thread::Builder::new()
            .name("intake".to_owned())
            .spawn(move || watcher.run())?;
        Ok(Self { root, ask, news })
    }

    /// Has a file read to be kept.
    pub fn read(&self, file: Listed, seen: Seen) {
        // A thread that ended has told why.
        let _ = self.ask.send(Ask::Read(file, Box::new(seen)));
    }

    /// Has a small picture made of a file.
    pub fn picture(&self, file: Listed, seen: Seen) {
        let _ = self.ask.send(Ask::Picture(file, Box::new(seen)));
    }

    /// What was found since.
    pub fn news(&self) -> impl Iterator<Item = News> {
        self.news.try_iter()
    }
}

/// Nobody listens any more.
struct Unwanted;

struct Watcher {
    root: PathBuf,
    zone: TimeZone,
    asked: Receiver<Ask>,
    tell: Sender<News>,
    ctx: Context,
    rounds: Rounds,
    /// That the folder cannot be read was told.
    gone: bool,
    /// What lies in it was told, and it could be read since.
    listed: bool,
}

impl Watcher {
    fn run(&mut self) {
        while self.round().is_ok() {}
    }

    fn tell(&self, news: News) -> Result<(), Unwanted> {
        self.tell.send(news).map_err(|_| Unwanted)?;
        self.ctx.request_repaint();
        Ok(())
    }

    /// Lists, looks at what stands still and is new until the next round is due, and waits for that.
    fn round(&mut self) -> Result<(), Unwanted> {
        let begun = Instant::now();
        let listed = list(&self.root);
        let pause = ROUND.max(begun.elapsed() * SHARE);
        match listed {
            Ok(listing) => self.look_through(listing, begun)?,
            Err(error) => {
                self.rounds = Rounds::default();
                self.listed = false;
                if !std::mem::replace(&mut self.gone, true) {
                    self.tell(News::Gone(error.to_string()))?;
                }
            }
        }
        while let Some(left) = pause.checked_sub(begun.elapsed()) {
            match self.asked.recv_timeout(left) {
                Ok(ask) => self.answer(ask)?,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Err(Unwanted),
            }
        }
        Ok(())
    }

    fn look_through(&mut self, listing: Listing, begun: Instant) -> Result<(), Unwanted> {
        self.gone = false;
        let first = !std::mem::replace(&mut self.listed, true);
        let changed = self.rounds.take(&listing);
        let (descriptions, files) = apart(listing.files);
        let growing = |path: &Path| self.rounds.is_growing(path);
        if changed || first {
            let marks = files.iter().map(|f| growing(&f.path)).collect();
            let listing = Listing {
                files: files.clone(),
                ..listing
            };
            self.tell(News::Listing(listing, marks))?;
        }
        for file in files {
            if !self.rounds.wants_look(&file.path) {
                continue;
            }
            self.answer_all()?;
            let description = beside(&file.path)
                .into_iter()
                .find_map(|path| descriptions.get(&path));
            if description.is_some_and(|d| self.rounds.is_growing(&d.path)) {
                continue;
            }
            let seen = look::look(&self.root, &file, description, &self.zone);
            if matches!(seen, Err(Refused::Changed)) {
                self.rounds.moved(&file.path);
                continue;
            }
            self.rounds.looked(&file.path);
            self.tell(News::Looked(file, Box::new(seen)))?;
            if begun.elapsed() > ROUND {
                break;
            }
        }
        Ok(())
    }

    fn answer_all(&self) -> Result<(), Unwanted> {
        loop {
            match self.asked.try_recv() {
                Ok(ask) => self.answer(ask)?,
                Err(TryRecvError::Empty) => return Ok(()),
                Err(TryRecvError::Disconnected) => return Err(Unwanted),
            }
        }
    }

    fn answer(&self, ask: Ask) -> Result<(), Unwanted> {
        match ask {
            Ask::Read(file, seen) => {
                let taken = look::take(&self.root, &file, &seen);
                self.tell(News::Read(file.path, taken))
            }
            Ask::Picture(file, seen) => {
                let picture = look::picture(&self.root, &file, &seen);
                self.tell(News::Picture(file.path, picture))
            }
        }
    }
}

/// Descriptions, by their path, and everything else.
fn apart(files: Vec<Listed>) -> (HashMap<PathBuf, Listed>, Vec<Listed>) {
    let is_description = |file: &Listed| {
        let extension = file.path.extension();
        extension.is_some_and(|e| e.eq_ignore_ascii_case("json"))
    };
    let (descriptions, others): (Vec<_>, Vec<_>) = files.into_iter().partition(is_description);
    let descriptions = descriptions.into_iter().map(|d| (d.path.clone(), d));
    (descriptions.collect(), others)
}
