//! Forms: what is typed, kept as a draft while it is typed, sent once, and closed only when it is durable.

use std::collections::BTreeMap;

use egui::Ui;
use outpost_domain::{EntryBody, EntryId, InspectionId, OfficerId};
use outpost_protocol::Draft;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::View;
use super::act::{Acts, Purpose, Signing};

/// The longest pause in typing after which a draft is kept, seconds.
const PAUSE: f64 = 0.25;

/// Drafts of the inspection shown: what the desk has, and what it is to be told.
#[derive(Debug, Default)]
pub struct Drafts {
    inspection: Option<InspectionId>,
    kept: BTreeMap<String, String>,
    changed: BTreeMap<String, (String, f64)>,
}

impl Drafts {
    /// Takes over what the desk keeps for this inspection.
    pub fn restore(inspection: InspectionId, drafts: &[Draft]) -> Self {
        Self {
            inspection: Some(inspection),
            kept: drafts
                .iter()
                .filter(|draft| !draft.text.is_empty())
                .map(|draft| (draft.form.clone(), draft.text.clone()))
                .collect(),
            changed: BTreeMap::new(),
        }
    }

    /// Whether something of this form was kept or typed.
    pub fn has(&self, form: &str) -> bool {
        match self.changed.get(form) {
            Some((text, _)) => !text.is_empty(),
            None => self.kept.contains_key(form),
        }
    }

    /// Whether anything at all is being written.
    pub fn any(&self) -> bool {
        self.kept
            .keys()
            .chain(self.changed.keys())
            .any(|form| self.has(form))
    }

    fn value<T: DeserializeOwned>(&self, form: &str) -> Option<T> {
        let text = match self.changed.get(form) {
            Some((text, _)) => text,
            None => self.kept.get(form)?,
        };
        serde_json::from_str(text).ok()
    }

    /// Notes what a form holds now; `text` is empty when nothing was typed.
    fn typed(&mut self, form: &str, text: String, time: f64) {
        let known = match self.changed.get(form) {
            Some((changed, _)) => changed.as_str(),
            None => self.kept.get(form).map_or("", String::as_str),
        };
        if known != text {
            self.changed.insert(form.to_owned(), (text, time));
        }
    }

    /// Drops a form's draft at once: it was recorded, or thrown away.
    pub fn drop_form(&mut self, form: &str, acts: &mut Acts) {
        self.changed.remove(form);
        if self.kept.remove(form).is_some() {
            self.tell(form.to_owned(), String::new(), acts);
        }
    }

    /// Tells the desk what was typed before the last pause; wakes the window for the rest.
    pub fn tell_changed(&mut self, ui: &Ui, acts: &mut Acts) {
        let time = ui.input(|input| input.time);
        let due: Vec<String> = self
            .changed
            .iter()
            .filter(|(_, (_, since))| time - since >= PAUSE)
            .map(|(form, _)| form.clone())
            .collect();
        for form in due {
            self.tell_form(&form, acts);
        }
        let next = self.changed.values().map(|(_, since)| since + PAUSE - time);
        if let Some(rest) = next.reduce(f64::min) {
            let rest = std::time::Duration::from_secs_f64(rest.max(0.0));
            ui.ctx().request_repaint_after(rest);
        }
    }

    /// Tells the desk everything at once: the screen is left.
    pub fn tell_all(&mut self, acts: &mut Acts) {
        let forms: Vec<String> = self.changed.keys().cloned().collect();
        for form in forms {
            self.tell_form(&form, acts);
        }
    }

    fn tell_form(&mut self, form: &str, acts: &mut Acts) {
        let Some((text, _)) = self.changed.remove(form) else {
            return;
        };
        if text.is_empty() {
            self.kept.remove(form);
        } else {
            self.kept.insert(form.to_owned(), text.clone());
        }
        self.tell(form.to_owned(), text, acts);
    }

    fn tell(&self, form: String, text: String, acts: &mut Acts) {
        if let Some(inspection) = self.inspection {
            acts.draft(Draft {
                inspection,
                form,
                text,
            });
        }
    }
}

/// A form of one kind: its fields, whether it is being recorded, and what the desk had against it.
#[derive(Debug, Clone)]
pub struct Form<T> {
    /// Under this name it is kept as a draft.
    pub key: String,
    /// Its fields.
    pub value: T,
    pristine: T,
    /// The request that records it.
    pub sending: Option<u64>,
    /// Why it was not recorded, in words.
    pub problem: Option<String>,
    /// The own entry whose place it takes.
    pub supersedes: Option<EntryId>,
    /// Whether the first field still waits for the keyboard's focus.
    fresh: bool,
}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned> Form<T> {
    /// Opens a form: with its draft where there is one, else as `pristine`.
    pub fn open(key: impl Into<String>, pristine: T, drafts: &Drafts) -> Self {
        let key = key.into();
        Self {
            value: drafts.value(&key).unwrap_or_else(|| pristine.clone()),
            key,
            pristine,
            sending: None,
            problem: None,
            supersedes: None,
            fresh: true,
        }
    }

    /// What it records takes the place of an own entry.
    pub const fn correcting(mut self, entry: Option<EntryId>) -> Self {
        self.supersedes = entry;
        self
    }

    /// Records `body`, which this form holds.
    pub fn send(&mut self, view: &View<'_>, acts: &mut Acts, body: EntryBody) {
        self.send_for(view, acts, body, None);
    }

    /// Records `body` on behalf of another officer of the own agency.
    pub fn send_for(
        &mut self,
        view: &View<'_>,
        acts: &mut Acts,
        body: EntryBody,
        on_behalf_of: Option<OfficerId>,
    ) {
        let purpose = Purpose::Form(self.key.clone());
        let signing = Signing {
            supersedes: self.supersedes,
            on_behalf_of,
            by: None,
        };
        self.sending = Some(acts.sign(view, purpose, body, signing));
    }

    /// Why `body` may not be recorded, in words.
    pub fn refusal(&self, view: &View<'_>, body: &EntryBody) -> Option<String> {
        match (self.supersedes, view.agency()) {
            (Some(entry), Some(agency)) => view.refusal_of_correction(body, entry, agency),
            _ => view.refusal(body),
        }
    }

    /// Whether what is kept of it differs from what it opened with. A PIN is not kept.
    pub fn touched(&self) -> bool {
        self.value != self.pristine && text(&self.value) != text(&self.pristine)
    }

    /// Keeps what was typed as a draft.
    pub fn keep(&self, ui: &Ui, drafts: &mut Drafts) {
        let text = if self.touched() {
            text(&self.value)
        } else {
            String::new()
        };
        drafts.typed(&self.key, text, ui.input(|input| input.time));
    }

    /// Gives the first field the focus, once.
    pub fn focus_first(&mut self, response: &egui::Response) {
        if std::mem::take(&mut self.fresh) {
            response.request_focus();
        }
    }

    /// The request that records it was refused.
    pub fn refused(&mut self, problem: String) {
        self.sending = None;
        self.problem = Some(problem);
    }
}

/// As a draft is kept; empty for what cannot be.
fn text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
