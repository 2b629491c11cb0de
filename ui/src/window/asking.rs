//! Requests to the desk, and what their answers change.

use std::time::{Duration, Instant};

use egui::{Context, ViewportCommand};
use jiff::civil::Date;
use outpost_domain::{BlobHash, Figure, Group, InspectionId, Scope};
use outpost_protocol::{Asked, Event, Problem, Reply, Request, Said};

use crate::intent::{Intent, Place};
use crate::link::Incoming;
use crate::model::{AgendaDay, Bundle, CalendarFile, Desk, Found, Remote, Word};
use crate::screens::inspection::Act;

use super::Window;
use super::import::Step;

/// The longest that taking in what came may keep a frame.
const BUDGET: Duration = Duration::from_millis(3);

/// When taking in took longer than this, what can wait for the next frame does.
const HURRIED: Duration = Duration::from_millis(1);

/// The most inspections that a search is asked for.
const FOUND: u32 = 2_000;

/// What an unanswered request was for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Purpose {
    /// The greeting.
    Hello,
    /// Unlocking or signing in.
    Entry,
    /// A search for these words.
    Search(String),
    /// Opening an inspection, to show or to preview it.
    Open(InspectionId),
    /// A day of the agenda, asked for when the rows had this revision.
    Agenda(Date, u64),
    /// A figure over a scope.
    Figure(Figure, Scope),
    /// The inspections behind a value.
    Behind(Figure, Group),
    /// What waits to be sent.
    Outbox,
    /// How the officer's practice stands.
    Practice,
    /// A scan to practise on.
    PracticeDealt,
    /// Bytes of it.
    PracticeScan(BlobHash),
    /// An answer that is kept.
    PracticeKept,
    /// A bundle that is written, or an answer that is taken in.
    Bundle,
    /// A check of the journal.
    Verify,
    /// What takes the room.
    Storage,
    /// A setting of this name, which had this value before.
    Setting(String, Option<String>),
    /// Another way to the central.
    Central,
    /// A paper or calendar that is written.
    Written,
    /// A paper at this place that is to be shown.
    Preview(String),
    /// A calendar file of this name.
    Calendar(String),
    /// A step of a file's way from a folder into an inspection.
    Import(Step),
    /// Something of the inspection screen, which knows it by this token.
    Inspection(u64),
    /// Something of the forms beside the worklist, which know it by this token.
    Beside(u64),
    /// Something whose answer changes nothing by itself; the desk tells what has changed.
    Other,
}

impl Window {
    /// Asks the desk. When there is none any more, the page says so already.
    pub(super) fn ask(&mut self, purpose: Purpose, request: Request, bytes: Vec<u8>) -> u64 {
        self.next += 1;
        let id = self.next;
        if self.link.send(Asked { id, request }, bytes) {
            self.waiting.insert(id, purpose);
        }
        id
    }

    /// Whether a request of some kind waits for its answer.
    pub(super) fn is_asked(&self, of: impl Fn(&Purpose) -> bool) -> bool {
        self.waiting.values().any(of)
    }

    /// Takes in what came, as much as fits into a frame.
    pub(super) fn take_in(&mut self, ctx: &Context) {
        let begun = Instant::now();
        while let Some(incoming) = self.link.receive() {
            match incoming {
                Incoming::Said(said, bytes) => self.said(ctx, *said, bytes),
                Incoming::Closed(why) => self.closed(why),
            }
            if begun.elapsed() > BUDGET && self.link.has_more() {
                ctx.request_repaint();
                break;
            }
        }
        self.model.hurried = begun.elapsed() > HURRIED;
    }

    /// The pipe has ended: nothing that waits will be answered.
    fn closed(&mut self, why: Option<String>) {
        self.waiting.clear();
        if !matches!(self.model.desk, Desk::Refused(_)) {
            self.model.desk = Desk::Gone(why);
        }
    }

    fn said(&mut self, ctx: &Context, said: Said, bytes: Vec<u8>) {
        match said {
            Said::Event {
                event: Event::Raise,
            } => come_forward(ctx),
            Said::Event {
                event: Event::Show { inspection },
            } => {
                self.wanted = Some(inspection);
                come_forward(ctx);
            }
            Said::Event {
                event: Event::Leave,
            } => ctx.send_viewport_cmd(ViewportCommand::Close),
            Said::Event { event } => self.model.happened(event),
            Said::Reply { id, reply } => {
                if let Some(purpose) = self.waiting.remove(&id) {
                    self.answered(purpose, reply, bytes);
                }
            }
            Said::Refusal { id, problem } => {
                if let Some(purpose) = self.waiting.remove(&id) {
                    self.refused(purpose, problem);
                }
            }
        }
    }

    fn answered(&mut self, purpose: Purpose, reply: Reply, bytes: Vec<u8>) {
        match (purpose, reply) {
            (Purpose::Hello, Reply::Welcome { version, status }) => {
                self.model.desk = Desk::Here;
                self.model.desk_version = version;
                self.model.stands(status);
            }
            (Purpose::Entry, _) => {
                self.model.refused_entry = None;
                self.sign_in_again = false;
            }
            (Purpose::Search(text), Reply::Found { inspections, total }) => {
                self.model.found = Some(Found {
                    text,
                    inspections,
                    total,
                });
                self.search_again();
            }
            (Purpose::Open(id), Reply::Opened(opened)) => {
                self.model.unopened.remove(&id);
                self.model.opened.insert(id, opened);
            }
            (Purpose::Agenda(_, revision), Reply::Agenda { day, days, slots }) => {
                self.model.agenda = Remote::Here(AgendaDay {
                    day,
                    days,
                    slots,
                    revision,
                });
            }
            (Purpose::Figure(figure, scope), Reply::Figure { table }) => {
                self.figure_told((figure, scope), Ok(table));
            }
            (Purpose::Behind(figure, group), Reply::Counted { inspections, total }) => {
                self.behind_told((figure, group), Ok((inspections, total)));
            }
            (Purpose::Practice | Purpose::PracticeKept, Reply::Practice(book)) => {
                self.practice_told(Ok(book));
            }
            (Purpose::PracticeDealt, Reply::PracticeDealt(case)) => {
                self.practice_dealt(Ok(*case));
            }
            (Purpose::PracticeScan(blob), reply) => {
                self.practice.received(blob, Ok((reply, bytes)));
            }
            (Purpose::Outbox, Reply::Outbox { lines }) => self.model.outbox = Remote::Here(lines),
            (Purpose::Inspection(token), reply) => {
                self.inspection.answer(token, Ok((reply, bytes)));
            }
            (Purpose::Beside(token), reply) => {
                self.worklist.beside.answer(token, Ok((reply, bytes)));
            }
            (Purpose::Import(step), reply) => self.import_answered(step, reply),
            (Purpose::Written, Reply::Written { path }) => self.take_written(path),
            (Purpose::Calendar(name), Reply::CalendarRead { proposals, refused }) => {
                self.model.calendar = Some(CalendarFile {
                    name,
                    proposals,
                    refused,
                });
            }
            (
                Purpose::Bundle,
                Reply::BundleWritten {
                    path,
                    entries,
                    files,
                },
            ) => {
                self.model.bundle = Remote::Here(Bundle::Written {
                    path,
                    entries,
                    files,
                });
            }
            (Purpose::Bundle, Reply::BundleTaken(taken)) => {
                self.model.bundle = Remote::Here(Bundle::Taken(taken));
            }
            (Purpose::Setting(name, _), _) => drop(self.model.unset.remove(&name)),
            (Purpose::Central, _) => {
                self.settings.central.forget();
                self.model.central = Remote::Here(());
            }
            (Purpose::Verify, Reply::Verified(found)) => {
                self.model.verification = Remote::Here(found);
            }
            (Purpose::Storage, Reply::Storage(storage)) => self.model.storage.take(Ok(storage)),
            (_, _) => {}
        }
    }

    fn refused(&mut self, purpose: Purpose, problem: Problem) {
        match purpose {
            Purpose::Hello => self.model.desk = Desk::Refused(problem),
            Purpose::Entry => self.model.refused_entry = Some(problem),
            Purpose::Open(id) => {
                self.model.unopened.insert(id, problem);
            }
            Purpose::Agenda(..) => self.model.agenda = Remote::Failed(problem),
            Purpose::Figure(figure, scope) => self.figure_told((figure, scope), Err(problem)),
            Purpose::Behind(figure, group) => self.behind_told((figure, group), Err(problem)),
            Purpose::Practice => self.practice_told(Err(problem)),
            Purpose::PracticeDealt => self.practice_dealt(Err(problem)),
            Purpose::PracticeScan(blob) => self.practice.received(blob, Err(problem)),
            Purpose::Outbox => self.model.outbox.take(Err(problem)),
            Purpose::Import(step) => self.import_refused(step, problem),
            Purpose::Inspection(token) => self.inspection.answer(token, Err(problem)),
            Purpose::Beside(token) => self.worklist.beside.answer(token, Err(problem)),
            Purpose::Bundle => self.model.bundle = Remote::Failed(problem),
            Purpose::Verify => self.model.verification = Remote::Failed(problem),
            Purpose::Storage => self.model.storage.take(Err(problem)),
            Purpose::Setting(name, before) => self.setting_refused(name, before, problem),
            Purpose::Central => self.model.central = Remote::Failed(problem),
            Purpose::Search(_) => {
                self.model.complain(problem);
                self.search_again();
            }
            Purpose::Preview(path) => self.not_previewed(path, problem),
            Purpose::Other | Purpose::Written | Purpose::Calendar(_) | Purpose::PracticeKept => {
                self.model.complain(problem);
            }
        }
    }

    /// Sends what the inspection screen asks.
    pub(super) fn carry_out(&mut self, acts: Vec<Act>) -> Vec<Intent> {
        let mut intents = Vec::new();
        for act in acts {
            match act {
                Act::Back => intents.push(Intent::Go(Place::Worklist)),
                Act::Practise => intents.push(Intent::Go(Place::Practice)),
                Act::Import => intents.push(Intent::Go(Place::Import)),
                Act::Write(document) => intents.push(Intent::Write(document)),
                Act::Ask {
                    token,
                    request,
                    bytes,
                } => {
                    self.ask(
                        Purpose::Inspection(token),
                        *request,
                        bytes.unwrap_or_default(),
                    );
                }
            }
        }
        intents
    }

    /// Sends what the forms beside the worklist ask.
    pub(super) fn carry_out_beside(&mut self) {
        if let Some(problem) = self.worklist.beside.told() {
            self.model.word = Some(Word {
                grave: false,
                problem,
                at: self.model.now,
            });
        }
        for act in self.worklist.beside.take() {
            if let Act::Ask {
                token,
                request,
                bytes,
            } = act
            {
                self.ask(Purpose::Beside(token), *request, bytes.unwrap_or_default());
            }
        }
    }

    /// Searches for what is typed; while an answer is waited for, the newest words go next.
    pub(super) fn search(&mut self) {
        if self.worklist.text.trim().is_empty() {
            self.model.found = None;
            self.search_after = false;
        } else if self.is_asked(|purpose| matches!(purpose, Purpose::Search(_))) {
            self.search_after = true;
        } else {
            let text = self.worklist.text.clone();
            let request = Request::Search {
                text: text.clone(),
                limit: FOUND,
            };
            self.ask(Purpose::Search(text), request, Vec::new());
        }
    }

    fn search_again(&mut self) {
        if std::mem::take(&mut self.search_after) {
            self.search();
        }
    }

    /// Asks for what the page shows and has not, or has too old.
    pub(super) fn keep_up(&mut self) {
        if self.signing_in() {
            return;
        }
        if let Some(inspection) = self.wanted.take() {
            self.open(inspection);
        }
        self.keep_open();
        self.keep_practice();
        match self.place {
            Place::Agenda => self.keep_agenda(),
            Place::Insights => self.keep_insights(),
            Place::Sync => {
                self.keep_outbox();
                self.keep_storage();
            }
            Place::Worklist
            | Place::Inspection
            | Place::Import
            | Place::Practice
            | Place::Settings => {}
        }
    }

    /// Keeps open what is inspected and what is previewed, and tells the desk what is no longer shown. One at a
    /// time: who walks down the list with the key held sees the rows, and the preview when the walk ends.
    fn keep_open(&mut self) {
        let selected = self
            .worklist
            .selected
            .filter(|_| self.place == Place::Worklist);
        if self.is_asked(|purpose| matches!(purpose, Purpose::Open(_))) {
            return;
        }
        if self.previewed != selected && self.place == Place::Worklist {
            if let Some(before) = self.previewed.filter(|id| Some(*id) != self.inspected) {
                self.model.opened.remove(&before);
                self.ask(
                    Purpose::Other,
                    Request::Close { inspection: before },
                    Vec::new(),
                );
            }
            self.previewed = selected;
        }
        let wanted = [
            self.inspected.filter(|_| self.place == Place::Inspection),
            self.previewed,
        ];
        let missing = wanted.into_iter().flatten().find(|id| {
            !self.model.opened.contains_key(id) && !self.model.unopened.contains_key(id)
        });
        if let Some(inspection) = missing {
            self.ask(
                Purpose::Open(inspection),
                Request::Open { inspection },
                Vec::new(),
            );
        }
    }

    fn keep_agenda(&mut self) {
        let (day, days) = self.agenda.wanted(self.day());
        let revision = self.model.rows.revision();
        let fresh = match &self.model.agenda {
            Remote::Here(agenda) => {
                (agenda.day, agenda.days, agenda.revision) == (day, days, revision)
            }
            Remote::Failed(_) => true,
            Remote::Unasked | Remote::Asked => false,
        };
        if fresh || self.is_asked(|purpose| matches!(purpose, Purpose::Agenda(..))) {
            return;
        }
        if self
            .model
            .agenda
            .here()
            .is_none_or(|agenda| (agenda.day, agenda.days) != (day, days))
        {
            self.model.agenda = Remote::Asked;
        }
        self.ask(
            Purpose::Agenda(day, revision),
            Request::Agenda { day, days },
            Vec::new(),
        );
    }

    fn keep_outbox(&mut self) {
        let revision = self.model.status_revision;
        if self.outbox_of == revision || self.is_asked(|purpose| *purpose == Purpose::Outbox) {
            return;
        }
        self.outbox_of = revision;
        self.ask(Purpose::Outbox, Request::Outbox, Vec::new());
    }

    /// Once a minute: it changes slowly, and telling it reads folders.
    fn keep_storage(&mut self) {
        let minute = self.model.now.as_second().div_euclid(60);
        let fresh =
            self.storage_of == Some(minute) && !matches!(self.model.storage, Remote::Unasked);
        if !fresh && !self.is_asked(|purpose| *purpose == Purpose::Storage) {
            self.storage_of = Some(minute);
            self.ask(Purpose::Storage, Request::Storage, Vec::new());
        }
    }
}

/// Brings the window to the front.
fn come_forward(ctx: &Context) {
    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
    ctx.send_viewport_cmd(ViewportCommand::Focus);
}
