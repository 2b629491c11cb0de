//! Carrying out what the officer wants: every intent has its one place here.

use egui::Context;
use jiff::ToSpan;
use outpost_domain::{EntryBody, InspectionId};
use outpost_protocol::Request;

use crate::design::{ThemeChoice, look};
use crate::intent::{Filter, Intent, Place};
use crate::model::Remote;
use crate::screens::inspection::Tab;
use crate::screens::worklist::beside::{self, Wish};
use crate::screens::worklist::{marks, search_id, views};

use super::asking::Purpose;
use super::{Window, palette};

impl Window {
    /// Carries out one intent.
    pub(super) fn perform(&mut self, ctx: &Context, intent: Intent) {
        match intent {
            Intent::Go(place) => self.go(place),
            Intent::FocusSearch => self.worklist.focus_search(),
            Intent::Search(text) => {
                self.worklist.text = text;
                self.search();
            }
            Intent::Show(filter) => {
                let same = self.worklist.filter == filter;
                self.worklist.filter = if same { Filter::Post } else { filter };
            }
            Intent::NextQueue => self.worklist.next_queue(),
            Intent::Order(sort) => self.worklist.sort = sort,
            Intent::Move(rows) => self.worklist.step(rows),
            Intent::First => self.worklist.to_end(false),
            Intent::Last => self.worklist.to_end(true),
            Intent::Select(id) => self.worklist.select(id),
            Intent::OpenSelected => {
                if let Some(id) = self.worklist.selected {
                    self.open(id);
                }
            }
            Intent::Open(id) => self.open(id),
            Intent::OpenStuck(id) => {
                self.open(id);
                self.inspection.turn_to_stuck();
            }
            Intent::OpenJoint(id) => {
                self.open(id);
                self.inspection.turn_to(Tab::Joint);
            }
            Intent::AgendaWeek(week) => self.agenda.week = week,
            Intent::TakeUp => self.agenda.take_up = true,
            Intent::TakeWish => self.agenda.take_wish = true,
            Intent::Propose(proposal) => self.quietly(Request::Record {
                inspection: proposal.inspection,
                body: proposal.body,
                based_on: proposal.version,
                supersedes: None,
                by: None,
                on_behalf_of: None,
            }),
            Intent::ProposeSlot(wish) => {
                self.model.calendar = None;
                self.open(wish.inspection);
                self.inspection.wish(*wish);
            }
            Intent::Write(document) => self.write_document(document),
            Intent::WriteDay(sheet) => self.write_day(sheet),
            Intent::ReadCalendar => self.choose_calendar(ctx),
            Intent::CloseCalendar => self.model.calendar = None,
            Intent::OpenWritten => self.open_written(),
            Intent::CloseWritten => self.model.written = None,
            Intent::ClaimSelected => self.claim(),
            Intent::Views => self.worklist.views = Some(views::Views::default()),
            Intent::KeepViews(kept) => {
                if let Some((name, value)) = views::keeping(&self.model, &kept) {
                    self.set(&name, value);
                }
            }
            Intent::ShowView(number) => {
                if let Some(view) = views::kept(&self.model).get(number) {
                    view.show(&mut self.worklist);
                    self.go(Place::Worklist);
                    self.search();
                }
            }
            Intent::ShowQueue(queue) => {
                self.worklist.filter = Filter::Queue(queue);
                self.go(Place::Worklist);
            }
            Intent::Mark(_) | Intent::MarkMoving(_) if !marks::may(&self.model) => {
                self.worklist.beside.only_supervisors();
            }
            Intent::Mark(id) => {
                if let Some(id) = id.or(self.worklist.selected) {
                    self.worklist.mark(id);
                }
            }
            Intent::MarkMoving(rows) => self.worklist.mark_moving(rows),
            Intent::ClearMarks => self.worklist.marked.clear(),
            Intent::Beside(Wish::Assign) => {
                let meant = self.worklist.meant();
                self.worklist.beside.assign(&self.model, meant);
            }
            Intent::Beside(wish) => self.beside(wish),
            Intent::Back => self.back(ctx),
            Intent::Day(day) => self.show_day(day),
            Intent::TurnDays(days) => {
                if let Ok(day) = self.day().checked_add(days.days()) {
                    self.show_day(day);
                }
            }
            Intent::Today => self.show_day(self.model.today()),
            Intent::SendNow => self.quietly(Request::SyncNow),
            Intent::WriteBundle => self.write_bundle(),
            Intent::HandIn(path) => self.hand_in(path),
            Intent::TakeBundle => self.choose_answer(ctx),
            Intent::Verify => {
                self.model.verification = Remote::Asked;
                self.ask(Purpose::Verify, Request::Verify, Vec::new());
            }
            Intent::WriteDiagnosis => {
                self.ask(Purpose::Written, Request::WriteDiagnosis, Vec::new());
            }
            Intent::PullLine(down) => self.quietly(Request::PullLine { down }),
            Intent::ToggleLine => {
                let down = self
                    .model
                    .status
                    .as_ref()
                    .is_some_and(|status| status.line_pulled);
                self.quietly(Request::PullLine { down: !down });
            }
            Intent::Set(name, value) => self.set(name, value),
            Intent::SetCentral(wish) => self.set_central(*wish),
            Intent::LeaveCentral => {
                self.settings.central.forget();
                self.model.central = Remote::Unasked;
            }
            Intent::ChooseCertificate(which) => self.choose_certificate(ctx, which),
            Intent::ToggleTheme => self.set("theme", toggled(look(ctx).theme).code().to_owned()),
            Intent::ToggleGloves => {
                let value = if look(ctx).glove { "off" } else { "on" };
                self.set("glove", value.to_owned());
            }
            Intent::Unlock(passphrase) => self.enter(Request::Unlock { passphrase }),
            Intent::SignIn(officer, pin) => self.enter(Request::SignIn { officer, pin }),
            Intent::SignOut => {
                self.rest();
                self.quietly(Request::SignOut);
            }
            Intent::SignInAgain => {
                self.sign_in_again = true;
                if let Some(officer) = self.model.officer() {
                    self.sign_in.pick(officer.id);
                }
            }
            Intent::CancelSignIn => self.sign_in_again = false,
            Intent::Palette => self.palette = Some(palette::Local::default()),
            Intent::Keys => self.keys = true,
            Intent::CloseWord => self.model.close_word(),
            Intent::Insights(wish) => self.wish(wish),
            Intent::Practice(wish) => self.practise(wish),
            Intent::Import(wish) => self.import_wish(ctx, wish),
            Intent::Press(shortcut) => self.press = Some(shortcut),
        }
        // What an intent changed shows in the next frame.
        ctx.request_repaint();
    }

    fn go(&mut self, place: Place) {
        if self.place == Place::Inspection && place != Place::Inspection {
            self.rest();
        }
        if place == Place::Practice && self.place != place {
            self.before_practice = self.place;
        }
        if place != self.place {
            self.forget_refusals();
        }
        self.place = place;
        // Entering the page of what waits asks for it anew.
        self.outbox_of = 0;
    }

    /// Tells the desk what is typed on the inspection screen before it leaves the window.
    pub(super) fn rest(&mut self) {
        let acts = self.inspection.rest();
        self.carry_out(acts);
        self.worklist.beside.rest();
        self.carry_out_beside();
    }

    pub(super) fn open(&mut self, id: InspectionId) {
        self.rest();
        if self.inspected != Some(id) {
            if let Some(before) = self
                .inspected
                .filter(|before| Some(*before) != self.previewed)
            {
                self.model.opened.remove(&before);
                self.quietly(Request::Close { inspection: before });
            }
            self.inspected = Some(id);
        }
        self.model.unopened.remove(&id);
        self.worklist.select(id);
        self.place = Place::Inspection;
    }

    fn claim(&mut self) {
        let Some(row) = self
            .worklist
            .selected
            .and_then(|id| self.model.rows.get(id))
        else {
            return;
        };
        let inspection = row.row.id;
        // Until the inspection is open, its version is not known; the preview opens it within a moment.
        let Some(opened) = self.model.opened.get(&inspection) else {
            return;
        };
        self.quietly(Request::Record {
            inspection,
            body: EntryBody::SectionClaimed,
            based_on: opened.inspection.version,
            supersedes: None,
            by: None,
            on_behalf_of: None,
        });
    }

    /// Opens a form on the selected inspection; while that is not open yet, its state is not known.
    fn beside(&mut self, wish: Wish) {
        let selected = self.worklist.selected;
        if let Some(view) = selected.and_then(|id| beside::view(&self.model, id)) {
            self.worklist.beside.wish(&view, wish);
        }
    }

    fn back(&mut self, ctx: &Context) {
        if ctx.memory(|memory| memory.has_focus(search_id())) {
            ctx.memory_mut(|memory| memory.surrender_focus(search_id()));
            if !self.worklist.text.is_empty() {
                self.worklist.text.clear();
                self.search();
            }
        } else if self.place == Place::Worklist && !self.worklist.text.is_empty() {
            self.worklist.text.clear();
            self.search();
        } else if self.place == Place::Worklist && !self.worklist.marked.is_empty() {
            self.worklist.marked.clear();
        } else if self.place == Place::Insights && self.insights.behind.is_some() {
            self.insights.behind = None;
        } else if self.place == Place::Practice {
            self.go(self.before_practice);
        } else {
            self.go(Place::Worklist);
        }
    }

    fn show_day(&mut self, day: jiff::civil::Date) {
        self.day = Some(day);
        if matches!(self.model.agenda, Remote::Failed(_)) {
            self.model.agenda = Remote::Unasked;
        }
    }

    /// Asks for something whose effect the desk tells by itself.
    fn quietly(&mut self, request: Request) {
        self.ask(Purpose::Other, request, Vec::new());
    }

    fn enter(&mut self, request: Request) {
        self.model.refused_entry = None;
        self.ask(Purpose::Entry, request, Vec::new());
    }
}

/// The other of light and dark, at the same contrast.
const fn toggled(theme: ThemeChoice) -> ThemeChoice {
    match theme {
        ThemeChoice::Light => ThemeChoice::Dark,
        ThemeChoice::Dark => ThemeChoice::Light,
        ThemeChoice::ContrastLight => ThemeChoice::ContrastDark,
        ThemeChoice::ContrastDark => ThemeChoice::ContrastLight,
    }
}
