//! What the window knows: one model in memory, fed by what the desk says and read by every view.
//!
//! It asks nothing by itself and draws nothing; [`crate::window`] sends requests and routes their answers here.

use std::collections::{BTreeMap, HashMap, VecDeque};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use outpost_domain::{InspectionId, Officer};
use outpost_protocol::{
    AgendaSlot, BundleTaken, CalendarProposal, CalendarRefusal, Event, Opened, OutboxLine, Problem,
    Status, Storage, Verification,
};

pub use crate::rows::{Brief, Rows};

/// Whether there is a desk at the other end of the pipe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Desk {
    /// It has been greeted and has not answered yet.
    #[default]
    Greeted,
    /// It answers.
    Here,
    /// It refused: another version.
    Refused(Problem),
    /// The pipe has ended. Why, when it did not end by itself.
    Gone(Option<String>),
}

/// Something that the desk was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Remote<T> {
    /// Not yet asked for.
    #[default]
    Unasked,
    /// Asked for the first time.
    Asked,
    /// As told last.
    Here(T),
    /// Could not be had.
    Failed(Problem),
}

/// What came of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bundle {
    /// It was written.
    Written {
        /// Where it is.
        path: String,
        /// Entries in it.
        entries: u64,
        /// Files in it.
        files: u64,
    },
    /// The central's answer was taken in.
    Taken(BundleTaken),
}

impl<T> Remote<T> {
    /// What was told last.
    pub const fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            _ => None,
        }
    }

    /// Takes an answer; a failure does not wipe what was told before.
    pub fn take(&mut self, answer: Result<T, Problem>) {
        match answer {
            Ok(value) => *self = Self::Here(value),
            Err(problem) if !matches!(self, Self::Here(_)) => *self = Self::Failed(problem),
            Err(_) => {}
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// For these words.
    pub text: String,
    /// The best first.
    pub inspections: Vec<InspectionId>,
    /// How many there are in all.
    pub total: u32,
}

/// The slots of a day or a week.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaDay {
    /// The first day.
    pub day: Date,
    /// How many days.
    pub days: u8,
    /// Their slots, by begin.
    pub slots: Vec<AgendaSlot>,
    /// The rows' revision when they were asked for; older than the rows, they are asked for again.
    pub revision: u64,
}

/// A word to the officer, shown until it is closed or has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Whether it is bad news; bad news stays until it is closed.
    pub grave: bool,
    /// What to say.
    pub problem: Problem,
    /// When it came.
    pub at: Timestamp,
}

/// What a calendar file told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// The file's name.
    pub name: String,
    /// Events that could be slots.
    pub proposals: Vec<CalendarProposal>,
    /// Those that could not.
    pub refused: Vec<CalendarRefusal>,
}

/// What the window knows.
#[derive(Debug)]
pub struct Model {
    /// The other end of the pipe.
    pub desk: Desk,
    /// The desk's build.
    pub desk_version: String,
    /// Everything that the status bar says; `None` before the desk's first word.
    pub status: Option<Box<Status>>,
    /// Grows with every change of the status.
    pub status_revision: u64,
    /// The worklist.
    pub rows: Rows,
    /// The last search's answer.
    pub found: Option<Found>,
    /// Inspections that are open: the one shown, the one in the preview.
    pub opened: HashMap<InspectionId, Box<Opened>>,
    /// Why an inspection could not be opened.
    pub unopened: HashMap<InspectionId, Problem>,
    /// The agenda's day.
    pub agenda: Remote<AgendaDay>,
    /// What waits to be sent, and the status' revision when it was asked for.
    pub outbox: Remote<Vec<OutboxLine>>,
    /// What a check of the journal found.
    pub verification: Remote<Verification>,
    /// What takes the room on the laptop.
    pub storage: Remote<Storage>,
    /// What came of the last bundle.
    pub bundle: Remote<Bundle>,
    /// What came of the last wish about the central.
    pub central: Remote<()>,
    /// Why a setting was not kept, by its name.
    pub unset: BTreeMap<String, Problem>,
    /// The file that was written last, until the officer puts the word away.
    pub written: Option<String>,
    /// The calendar file that was read last, until the officer closes it.
    pub calendar: Option<CalendarFile>,
    /// Why the last sign-in or unlocking did not work.
    pub refused_entry: Option<Problem>,
    /// A word to the officer.
    pub word: Option<Word>,
    /// Words that wait until the bad news before them is closed.
    later: VecDeque<Word>,
    /// The post's zone; the system's until the post is known.
    pub zone: TimeZone,
    /// Now, as of this frame.
    pub now: Timestamp,
    /// Whether taking in what came has used up much of this frame.
    pub hurried: bool,
}

impl Model {
    /// Knows nothing yet.
    pub fn new(now: Timestamp) -> Self {
        Self {
            desk: Desk::Greeted,
            desk_version: String::new(),
            status: None,
            status_revision: 0,
            rows: Rows::default(),
            found: None,
            opened: HashMap::new(),
            unopened: HashMap::new(),
            agenda: Remote::Unasked,
            outbox: Remote::Unasked,
            verification: Remote::Unasked,
            storage: Remote::Unasked,
            bundle: Remote::Unasked,
            central: Remote::Unasked,
            unset: BTreeMap::new(),
            written: None,
            calendar: None,
            refused_entry: None,
            word: None,
            later: VecDeque::new(),
            zone: TimeZone::system(),
            now,
            hurried: false,
        }
    }

    /// Takes in something that the desk told by itself.
    pub fn happened(&mut self, event: Event) {
        match event {
            Event::Status(status) => self.stands(status),
            Event::Rows {
                rows,
                removed,
                complete,
            } => self.rows.take(rows, &removed, complete),
            Event::Changed(opened) => {
                self.opened.insert(opened.inspection.id, opened);
            }
            Event::Notice(notice) => self.hear(Word {
                grave: notice.grave,
                problem: notice.problem,
                at: self.now,
            }),
            // The window's own business: they change nothing that is known.
            Event::Raise | Event::Show { .. } | Event::Leave => {}
        }
    }

    /// Takes in how everything stands.
    pub fn stands(&mut self, status: Box<Status>) {
        if let Some(zone) = status
            .post
            .as_ref()
            .and_then(|post| TimeZone::get(&post.zone).ok())
        {
            self.zone = zone;
        }
        let before = self.officer().map(|officer| officer.id);
        if before.is_some() && before != status.officer.as_ref().map(|officer| officer.id) {
            self.forget_work();
        }
        self.rows.belong_to(status.officer.as_ref());
        self.status = Some(status);
        self.status_revision += 1;
    }

    /// Shows a word, or keeps it while bad news stands that was not closed: no word takes another's place unread.
    fn hear(&mut self, word: Word) {
        let same = |other: &Word| other.problem == word.problem;
        if self.word.as_ref().is_some_and(same) || self.later.iter().any(same) {
            return;
        }
        if self.word.as_ref().is_some_and(|word| word.grave) {
            self.later.push_back(word);
        } else {
            self.word = Some(word);
        }
    }

    /// Puts the word away; the next one that waits takes its place.
    pub fn close_word(&mut self) {
        self.word = self.later.pop_front().map(|word| Word {
            at: self.now,
            ..word
        });
    }

    /// Tells the officer that something was refused.
    pub fn complain(&mut self, problem: Problem) {
        self.word = Some(Word {
            grave: true,
            problem,
            at: self.now,
        });
    }

    /// Another officer, or none: what belonged to the one before is not shown any more.
    fn forget_work(&mut self) {
        self.rows.forget();
        self.found = None;
        self.opened.clear();
        self.unopened.clear();
        self.agenda = Remote::Unasked;
        self.outbox = Remote::Unasked;
        self.verification = Remote::Unasked;
        self.storage = Remote::Unasked;
        self.bundle = Remote::Unasked;
        self.central = Remote::Unasked;
        self.unset.clear();
        self.written = None;
        self.calendar = None;
    }

    /// Who is signed in.
    pub fn officer(&self) -> Option<&Officer> {
        self.status.as_ref()?.officer.as_ref()
    }

    /// A setting of this workstation; empty when it was never set.
    pub fn setting(&self, name: &str) -> &str {
        self.status
            .as_ref()
            .and_then(|status| status.settings.get(name))
            .map_or("", String::as_str)
    }

    /// Whether an administrator has laid a setting down.
    pub fn is_managed(&self, name: &str) -> bool {
        self.status
            .as_ref()
            .is_some_and(|status| status.managed.iter().any(|managed| managed == name))
    }

    /// Whether this is a demonstration.
    pub fn is_demonstration(&self) -> bool {
        self.status
            .as_ref()
            .is_some_and(|status| status.demonstration_pin.is_some())
    }

    /// Today at the post.
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
