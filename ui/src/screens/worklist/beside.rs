//! What is done on the selected inspection without opening it: an override approved or declined, a word written. Its
//! forms are those of the inspection screen, with the same drafts.

use egui::Ui;
use outpost_domain::{EntryBody, EntryId, HoldRecord, InspectionId};
use outpost_protocol::{Problem, Reply, Request};
use serde::{Deserialize, Serialize};

use crate::design::Tone;
use crate::design::words::paragraph;
use crate::design::{Field, Type, notice, palette};
use crate::model::Model;
use crate::screens::inspection::comment::{self, CommentFields};
use crate::screens::inspection::shell::{self, Done, Shell};
use crate::screens::inspection::{Act, Acts, Drafts, Form, Outcome, Purpose, View};
use crate::text::{tr, tr_problem};

use super::assign::{Assign, Chosen};
use super::{approval, marks};

/// What is wanted beside the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Approve an override: this one, or the first that waits.
    Approve(Option<EntryId>),
    /// Decline it.
    Decline(Option<EntryId>),
    /// Write a comment.
    Comment,
    /// Give what is marked, or else selected, to an officer.
    Assign,
}

/// What is typed on an override.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFields {
    proposal: EntryId,
    approves: bool,
    reason: String,
}

impl SecondFields {
    fn body(&self) -> EntryBody {
        let proposal = self.proposal;
        if self.approves {
            EntryBody::OverrideConfirmed { proposal }
        } else {
            EntryBody::OverrideDeclined {
                proposal,
                reason: self.reason.trim().to_owned(),
            }
        }
    }
}

/// The form that is open.
#[derive(Debug)]
enum Open {
    Second(Form<SecondFields>),
    Comment(Form<CommentFields>),
    Assign(Assign),
}

/// Forms over the worklist, and what they want of the desk.
#[derive(Debug, Default)]
pub struct Beside {
    of: Option<InspectionId>,
    drafts: Drafts,
    acts: Acts,
    open: Option<Open>,
    problem: Option<String>,
    /// A good word that is to be told.
    told: Option<Problem>,
    /// Inspections that were given away: their marks go.
    given: Vec<InspectionId>,
}

/// The selected inspection, when it is open in the model.
pub fn view(model: &Model, id: InspectionId) -> Option<View<'_>> {
    Some(View {
        opened: model.opened.get(&id)?,
        status: model.status.as_ref()?,
        zone: &model.zone,
        now: model.now,
    })
}

impl Beside {
    /// Whether a form is open.
    pub const fn form_open(&self) -> bool {
        self.open.is_some()
    }

    /// Does what is wanted on an inspection. Until it is open its state is not known; the preview opens it within a
    /// moment.
    pub fn wish(&mut self, view: &View<'_>, wish: Wish) {
        if self.open.is_some() {
            return;
        }
        let id = view.inspection().id;
        if self.of != Some(id) {
            self.acts.forget();
            self.of = Some(id);
        }
        self.drafts = Drafts::restore(id, &view.opened.drafts);
        match wish {
            Wish::Comment => {
                let form = Form::open(comment::KEY, CommentFields::new(view), &self.drafts);
                self.open = Some(Open::Comment(form));
            }
            Wish::Assign => {}
            Wish::Approve(proposal) => self.second(view, proposal, true),
            Wish::Decline(proposal) => self.second(view, proposal, false),
        }
    }

    /// Opens the list of officers to whom `inspections` can be given.
    pub fn assign(&mut self, model: &Model, inspections: Vec<InspectionId>) {
        if !marks::may(model) {
            self.only_supervisors();
        } else if self.open.is_none() && !inspections.is_empty() {
            self.open = Some(Open::Assign(Assign::new(model, inspections)));
        }
    }

    /// Says that giving inspections away is for supervisors.
    pub fn only_supervisors(&mut self) {
        self.problem = Some(tr("assign-only-supervisors"));
    }

    /// The good word that came since this was asked last.
    pub const fn told(&mut self) -> Option<Problem> {
        self.told.take()
    }

    /// The inspections that were given since this was asked last.
    pub fn given(&mut self) -> Vec<InspectionId> {
        std::mem::take(&mut self.given)
    }

    fn second(&mut self, view: &View<'_>, proposal: Option<EntryId>, approves: bool) {
        let pending = approval::pending(view.state());
        let meant = match proposal {
            Some(entry) => Some(entry),
            None => first(view, &pending),
        };
        let Some(proposal) = meant else {
            self.problem = Some(tr("approval-none"));
            return;
        };
        let verb = if approves { "approve" } else { "decline" };
        let fields = SecondFields {
            proposal,
            approves,
            reason: String::new(),
        };
        let form = Form::open(format!("{verb}-{proposal}"), fields, &self.drafts);
        self.open = Some(Open::Second(form));
    }

    /// Shows the form that is open, and what went wrong.
    pub fn show(&mut self, ui: &mut Ui, model: &Model) {
        if let Some(problem) = &self.problem
            && notice::toast(ui, problem, Tone::Red)
        {
            self.problem = None;
        }
        if let Some(Open::Assign(assign)) = &mut self.open {
            match assign.show(ui, model) {
                Chosen::Nothing => {}
                Chosen::Close => self.open = None,
                Chosen::Give(to) if assign.sending.is_none() => {
                    let inspections = assign.inspections.clone();
                    let request = Request::Assign { inspections, to };
                    assign.sending = Some(self.acts.ask(Purpose::OneClick, request, None));
                }
                Chosen::Give(_) => {}
            }
            return;
        }
        let Some(view) = self.of.and_then(|id| view(model, id)) else {
            // The inspection has gone from under the form; what was typed stays its draft.
            self.rest();
            self.open = None;
            return;
        };
        let done = match &mut self.open {
            None | Some(Open::Assign(_)) => Done::Open,
            Some(Open::Second(form)) => {
                let done = second_form(ui, &view, form);
                form.keep(ui, &mut self.drafts);
                if done == Done::Send && form.sending.is_none() {
                    let body = form.value.body();
                    form.send(&view, &mut self.acts, body);
                }
                done
            }
            Some(Open::Comment(form)) => {
                let done = comment::show(ui, &view, form);
                form.keep(ui, &mut self.drafts);
                if done == Done::Send && form.sending.is_none() {
                    let body = form.value.body();
                    form.send(&view, &mut self.acts, body);
                }
                done
            }
        };
        match done {
            Done::Open | Done::Send => {}
            Done::Close => self.open = None,
            Done::Discard => {
                self.drop_draft();
                self.open = None;
            }
        }
        self.drafts.tell_changed(ui, &mut self.acts);
    }

    fn key(&self) -> Option<&str> {
        match self.open.as_ref()? {
            Open::Second(form) => Some(&form.key),
            Open::Comment(form) => Some(&form.key),
            Open::Assign(_) => None,
        }
    }

    fn drop_draft(&mut self) {
        if let Some(key) = self.key().map(str::to_owned) {
            self.drafts.drop_form(&key, &mut self.acts);
        }
    }

    /// Closes what is open, for good: another officer is here. What was typed is the desk's already.
    pub fn leave(&mut self) {
        self.acts.forget();
        *self = Self {
            acts: std::mem::take(&mut self.acts),
            ..Self::default()
        };
    }

    /// The officer leaves the page: what is typed is told to the desk.
    pub fn rest(&mut self) {
        self.drafts.tell_all(&mut self.acts);
    }

    /// What is wanted of the desk since this was asked last.
    pub fn take(&mut self) -> Vec<Act> {
        self.acts.take()
    }

    /// Takes the desk's answer. A form closes only when its entry is durable.
    pub fn answer(&mut self, token: u64, outcome: Outcome) {
        let key = match self.acts.answered(token) {
            Some(Purpose::Form(key)) => key,
            Some(Purpose::OneClick) => return self.assigned(token, outcome),
            _ => return,
        };
        match outcome {
            Ok((Reply::Saved { .. }, _)) => {
                self.drafts.drop_form(&key, &mut self.acts);
                if self.key() == Some(key.as_str()) {
                    self.open = None;
                }
            }
            Ok(_) => {}
            Err(problem) => {
                let words = tr_problem(&problem);
                match &mut self.open {
                    Some(Open::Second(form)) if form.key == key => form.refused(words),
                    Some(Open::Comment(form)) if form.key == key => form.refused(words),
                    _ => self.problem = Some(words),
                }
            }
        }
    }
}

impl Beside {
    /// Takes the answer to what was given away. The dialog stays only to tell what could not be given.
    fn assigned(&mut self, token: u64, outcome: Outcome) {
        let Some(Open::Assign(assign)) = &mut self.open else {
            return;
        };
        if assign.sending != Some(token) {
            return;
        }
        assign.sending = None;
        match outcome {
            Ok((Reply::Assigned { done, not }, _)) => {
                if not.is_empty() {
                    let args = [
                        ("count".to_owned(), done.len().to_string()),
                        ("name".to_owned(), assign.name()),
                    ];
                    self.told = Some(Problem {
                        code: "all-assigned".to_owned(),
                        args: args.into(),
                        detail: format!("assigned: {}", done.len()),
                    });
                    self.open = None;
                } else {
                    assign.outcome = Some((done.len(), not));
                }
                self.given.extend(done);
            }
            Ok(_) => {}
            Err(problem) => assign.problem = Some(tr_problem(&problem)),
        }
    }
}

/// The first override on which this officer may sign; else the first, so that the reason against it is told.
fn first(view: &View<'_>, pending: &[&HoldRecord]) -> Option<EntryId> {
    let entries = || {
        pending
            .iter()
            .filter_map(|h| Some(h.overriding.as_ref()?.entry))
    };
    let may = |proposal: &EntryId| {
        let body = EntryBody::OverrideConfirmed {
            proposal: *proposal,
        };
        view.refusal(&body).is_none()
    };
    entries().find(may).or_else(|| entries().next())
}

fn second_form(ui: &mut Ui, view: &View<'_>, form: &mut Form<SecondFields>) -> Done {
    let approves = form.value.approves;
    let (title, act) = if approves {
        (tr("approval-approve-title"), tr("approval-approve"))
    } else {
        (tr("approval-decline-title"), tr("approval-decline"))
    };
    let shell = Shell {
        grave: approves,
        ..Shell::new(&title, &act)
    };
    let proposal = form.value.proposal;
    let record = approval::pending(view.state())
        .into_iter()
        .find(|h| h.overriding.as_ref().is_some_and(|o| o.entry == proposal));
    shell::show(
        ui,
        form,
        shell,
        |ui, form| {
            if let Some(record) = record {
                ui.scope(|ui| approval::told(ui, view, record));
            }
            let p = palette(ui);
            if form.value.approves {
                paragraph(ui, tr("approval-signs"), Type::Body, p.ink_2);
            } else {
                let response =
                    Field::area(&tr("approval-why-not"), 3).show(ui, &mut form.value.reason);
                form.focus_first(&response);
            }
        },
        |form| view.refusal(&form.value.body()),
    )
}
