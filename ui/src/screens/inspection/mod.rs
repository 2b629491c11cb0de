//! The inspection screen: one inspection with its five tabs, drawn from what the desk told last.
//!
//! [`Screen`] holds what only the screen knows: the tab, the forms that are open and what is typed in them. It
//! records nothing itself: [`Screen::show`] returns [`Act`]s, answers come back through [`Screen::answer`]. A form
//! closes only when the desk has said that its entry is durable. Start reading at [`View`].

mod act;
mod alerts;
mod arithmetic;
mod checklist;
mod checks;
pub(in crate::screens) mod coming;
pub mod comment;
mod compare;
mod conclude;
mod correct;
mod decide;
mod facts;
mod finding;
pub mod findings;
mod form;
mod gallery;
mod goods;
mod head_act;
mod header;
mod history;
mod holds;
mod item;
mod joint;
mod joint_words;
mod keys;
mod manifest;
pub(in crate::screens) mod measured;
pub mod opinion;
mod papers;
mod photos;
mod place_hold;
mod questions;
pub(in crate::screens) mod reading;
mod region;
mod regions;
mod scan_file;
mod seal;
mod seals;
mod sections;
pub mod sentences;
pub mod shell;
mod suggest;
pub(in crate::screens) mod tools;
mod units;
mod view;
mod why_not;

use egui::Ui;
use jiff::Timestamp;
use outpost_domain::{InspectionId, OfficerId};
use outpost_protocol::{Problem, Reply};

pub use act::{Act, Acts, Outcome, Purpose};
pub use form::{Drafts, Form};
pub use view::View;

use self::shell::Done;
use crate::design::{Tone, dark_scope, notice};
use crate::intent::SlotWish;
use crate::text::tr_problem;

/// A tab of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tab {
    /// What is declared, and what does not add up.
    #[default]
    Manifest,
    /// The X-ray image.
    Radiograph,
    /// Seals, goods, checks and findings.
    Checks,
    /// Holds, decision and release.
    Holds,
    /// Every agency's decision, the slot and the common record.
    Joint,
    /// Every entry.
    History,
}

impl Tab {
    /// Every tab, in the order of their number keys.
    pub const ALL: [Self; 6] = [
        Self::Manifest,
        Self::Radiograph,
        Self::Checks,
        Self::Holds,
        Self::Joint,
        Self::History,
    ];

    /// The end of its Fluent key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Radiograph => "radiograph",
            Self::Checks => "checks",
            Self::Holds => "holds",
            Self::Joint => "joint",
            Self::History => "history",
        }
    }
}

/// The last entry that became durable while this screen was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Its number in the device's chain.
    pub sequence: u64,
    /// When the act was recorded.
    pub at: Timestamp,
}

/// The form that is open over the screen; one at a time.
#[derive(Debug, Default)]
pub enum Open {
    /// None.
    #[default]
    Nothing,
    /// Seals, one after the other.
    Seal(seal::SealEntry),
    /// How a goods item was found.
    Item(Form<item::ItemFields>),
    /// A check's result.
    Check(Form<checklist::CheckFields>),
    /// The questions of a checklist.
    Questions(Form<questions::ListFields>),
    /// A finding.
    Finding(finding::FindingEntry),
    /// A new hold.
    Hold(Form<place_hold::HoldFields>),
    /// A hold to be lifted.
    Lift(holds::Lift),
    /// The section's decision.
    Decide(decide::DecisionEntry),
    /// Conclude the section and sign.
    Conclude(conclude::Conclude),
    /// An entry to be taken back.
    Withdraw(correct::Withdraw),
    /// A form of the joint inspection.
    Joint(joint::Joint),
    /// A comment.
    Comment(Form<comment::CommentFields>),
    /// A second opinion to be asked for.
    Opinion(Form<opinion::OpinionFields>),
}

/// What only the screen knows.
#[derive(Debug, Default)]
pub struct Screen {
    shown: Option<(InspectionId, Option<OfficerId>)>,
    /// The tab shown.
    pub tab: Tab,
    acts: Acts,
    drafts: Drafts,
    open: Open,
    saved: Option<Saved>,
    problem: Option<String>,
    photos: photos::Photos,
    reading: reading::Reading,
    goods: goods::Local,
    history: history::Local,
    to_stuck: bool,
    to_tab: Option<Tab>,
    wish: Option<SlotWish>,
}

impl Screen {
    /// A screen that begins at a tab.
    pub fn at(tab: Tab) -> Self {
        Self {
            tab,
            ..Self::default()
        }
    }

    /// Shows the inspection in what the window's frame leaves; returns what the officer wants done.
    pub fn show(&mut self, ui: &mut Ui, view: &View<'_>) -> Vec<Act> {
        let to_stuck = std::mem::take(&mut self.to_stuck);
        let to_tab = self.to_tab.take();
        let wish = self.wish.take();
        self.take_over(view);
        if let Some(tab) = to_tab {
            self.tab = tab;
        }
        if let Some(wish) = wish.filter(|wish| wish.inspection == view.inspection().id) {
            self.tab = Tab::Joint;
            joint::open_slot(self, view, &wish);
        }
        if to_stuck {
            self.tab = Tab::History;
            self.history.choose_stuck(&view.opened.history);
        }
        keys::handle(self, ui, view);
        self.photos.receive(&mut self.acts);
        if self.tab == Tab::Radiograph {
            dark_scope(ui, |ui| self.draw(ui, view));
        } else {
            self.reading.rest();
            self.draw(ui, view);
        }
        self.drafts.tell_changed(ui, &mut self.acts);
        self.acts.take()
    }

    /// From the next showing on: this tab.
    pub const fn turn_to(&mut self, tab: Tab) {
        self.to_tab = Some(tab);
    }

    /// At the next showing: the form for a slot, with this place and time in it.
    pub fn wish(&mut self, wish: SlotWish) {
        self.wish = Some(wish);
    }

    /// From the next showing on: the history, at what is stuck.
    pub const fn turn_to_stuck(&mut self) {
        self.to_stuck = true;
    }

    /// Another page is shown: what is typed is told to the desk, the reading time rests.
    pub fn rest(&mut self) -> Vec<Act> {
        self.reading.rest();
        self.drafts.tell_all(&mut self.acts);
        self.acts.take()
    }

    /// Forgets what belonged to another inspection or officer and restores the drafts of this one.
    fn take_over(&mut self, view: &View<'_>) {
        let shown = (
            view.inspection().id,
            view.officer().map(|officer| officer.id),
        );
        if self.shown == Some(shown) {
            return;
        }
        let mut acts = std::mem::take(&mut self.acts);
        acts.forget();
        self.drafts.tell_all(&mut acts);
        *self = Self {
            shown: Some(shown),
            acts,
            drafts: Drafts::restore(shown.0, &view.opened.drafts),
            tab: if self.shown.is_none() {
                self.tab
            } else {
                Tab::Manifest
            },
            ..Self::default()
        };
    }

    fn draw(&mut self, ui: &mut Ui, view: &View<'_>) {
        header::show(self, ui, view);
        let ground = crate::design::palette(ui).background;
        ui.painter()
            .rect_filled(ui.available_rect_before_wrap(), 0, ground);
        comment::bands(self, ui, view);
        match self.tab {
            Tab::Manifest => manifest::show(ui, view),
            Tab::Radiograph => reading::show(self, ui, view),
            Tab::Checks => checks::show(self, ui, view),
            Tab::Holds => holds::show(self, ui, view),
            Tab::Joint => joint::show(self, ui, view),
            Tab::History => history::show(self, ui, view),
        }
        self.dialogs(ui, view);
        if let Some(problem) = &self.problem
            && notice::toast(ui, problem, Tone::Red)
        {
            self.problem = None;
        }
    }

    fn dialogs(&mut self, ui: &mut Ui, view: &View<'_>) {
        match self.open {
            Open::Nothing => {}
            Open::Seal(_) => seal::dialog(self, ui, view),
            Open::Item(_) => item::dialog(self, ui, view),
            Open::Check(_) => checklist::dialog(self, ui, view),
            Open::Questions(_) => questions::dialog(self, ui, view),
            Open::Finding(_) => finding::dialog(self, ui, view),
            Open::Hold(_) => place_hold::dialog(self, ui, view),
            Open::Lift(_) => holds::dialog(self, ui, view),
            Open::Decide(_) => decide::dialog(self, ui, view),
            Open::Conclude(_) => conclude::dialog(self, ui, view),
            Open::Withdraw(_) => correct::dialog(self, ui, view),
            Open::Joint(_) => joint::dialog(self, ui, view),
            Open::Comment(_) => comment::dialog(self, ui, view),
            Open::Opinion(_) => opinion::dialog(self, ui, view),
        }
    }

    /// Whether a form is open over the screen.
    pub fn form_open(&self) -> bool {
        !matches!(self.open, Open::Nothing) || self.reading.form.is_some()
    }

    /// Whether the radiograph stands on the screen as it is wanted, and nothing of it is still being drawn.
    pub fn radiograph_drawn(&self) -> bool {
        self.reading.bench.settled()
    }

    /// Columns and rows of the image on the workbench, as its file has them.
    pub fn image_size(&self) -> Option<(u32, u32)> {
        self.reading.bench.upright_size()
    }

    /// Closes the form; its draft stays.
    fn close(&mut self) {
        self.open = Open::Nothing;
    }

    /// Does what the officer did with the open form, other than sending it.
    fn finish(&mut self, done: Done) {
        match done {
            Done::Open | Done::Send => {}
            Done::Close => self.close(),
            Done::Discard => {
                if let Some(key) = self.open_key().map(str::to_owned) {
                    self.drafts.drop_form(&key, &mut self.acts);
                }
                self.close();
            }
        }
    }

    /// Keeps what is typed and goes back to the worklist.
    fn leave(&mut self) {
        self.drafts.tell_all(&mut self.acts);
        self.acts.back();
    }

    /// Takes the desk's answer to an [`Act::Ask`].
    pub fn answer(&mut self, token: u64, outcome: Outcome) {
        let Some(purpose) = self.acts.answered(token) else {
            return;
        };
        if let Ok((Reply::Saved { sequence, at, .. }, _)) = &outcome {
            self.saved = Some(Saved {
                sequence: *sequence,
                at: *at,
            });
        }
        match (purpose, outcome) {
            (Purpose::Photo(number), outcome) => self.photos.stored(number, outcome),
            (Purpose::Scan(blob), outcome) => self.reading.received(blob, outcome),
            (Purpose::Form(form), Ok(_)) => self.recorded(&form),
            (Purpose::ThenSign(form), Ok(_)) => self.decided_to_sign(&form),
            (Purpose::Form(form) | Purpose::ThenSign(form), Err(problem)) => {
                self.refused(&form, &problem);
            }
            (Purpose::OneClick | Purpose::Draft, Err(problem)) => {
                self.problem = Some(tr_problem(&problem));
            }
            (Purpose::OneClick | Purpose::Draft, Ok(_)) => {}
        }
    }

    /// The form's entry is durable: its draft goes, and the form closes or turns to the next seal.
    fn recorded(&mut self, form: &str) {
        self.drafts.drop_form(form, &mut self.acts);
        if self
            .reading
            .form
            .as_ref()
            .is_some_and(|open| open.form.key == form)
        {
            self.reading.form = None;
        }
        let next = match &mut self.open {
            Open::Seal(entry) => entry.advance(&self.drafts),
            _ => false,
        };
        if !next && self.open_key().is_some_and(|key| key == form) {
            self.close();
        }
    }

    /// The decision is durable: the section is signed in the next frame.
    fn decided_to_sign(&mut self, form: &str) {
        self.drafts.drop_form(form, &mut self.acts);
        if let Open::Conclude(conclude) = &mut self.open {
            conclude.decided();
        }
    }

    fn refused(&mut self, form: &str, problem: &Problem) {
        let words = tr_problem(problem);
        if let Some(open) = self
            .reading
            .form
            .as_mut()
            .filter(|open| open.form.key == form)
        {
            open.form.refused(words);
            return;
        }
        if self.open_key().is_none_or(|key| key != form) {
            self.problem = Some(words);
            return;
        }
        match &mut self.open {
            Open::Seal(entry) => entry.form.refused(words),
            Open::Item(form) => form.refused(words),
            Open::Check(form) => form.refused(words),
            Open::Questions(form) => form.refused(words),
            Open::Finding(entry) => entry.form.refused(words),
            Open::Hold(form) => form.refused(words),
            Open::Lift(lift) => lift.form.refused(words),
            Open::Decide(entry) => entry.form.refused(words),
            Open::Conclude(conclude) => conclude.refused(words),
            Open::Withdraw(withdraw) => withdraw.form.refused(words),
            Open::Comment(form) => form.refused(words),
            Open::Opinion(form) => form.refused(words),
            Open::Joint(joint) => {
                joint.form.value.forget_pin();
                joint.form.refused(words);
            }
            Open::Nothing => {}
        }
    }

    /// Under which name the open form is kept.
    fn open_key(&self) -> Option<&str> {
        match &self.open {
            Open::Nothing => None,
            Open::Seal(entry) => Some(&entry.form.key),
            Open::Item(form) => Some(&form.key),
            Open::Check(form) => Some(&form.key),
            Open::Questions(form) => Some(&form.key),
            Open::Finding(entry) => Some(&entry.form.key),
            Open::Hold(form) => Some(&form.key),
            Open::Lift(lift) => Some(&lift.form.key),
            Open::Decide(entry) => Some(&entry.form.key),
            Open::Conclude(conclude) => Some(conclude.key()),
            Open::Withdraw(withdraw) => Some(&withdraw.form.key),
            Open::Joint(joint) => Some(&joint.form.key),
            Open::Comment(form) => Some(&form.key),
            Open::Opinion(form) => Some(&form.key),
        }
    }
}
