//! Taking an own entry back: it stays in the history, struck through, and counts no more.

use egui::Ui;
use outpost_domain::{EntryBody, EntryId};
use serde::{Deserialize, Serialize};

use crate::design::Field;
use crate::design::words::paragraph;
use crate::design::{Type, palette};
use crate::text::tr;

use super::shell::{self, Done, Shell};
use super::{Form, Open, Screen, View};

/// What is typed about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WithdrawFields {
    /// Why.
    pub reason: String,
}

/// An entry that is to be taken back.
#[derive(Debug)]
pub struct Withdraw {
    /// The form.
    pub form: Form<WithdrawFields>,
    words: String,
}

/// Opens the form for an entry, which says `words`.
pub fn open(screen: &mut Screen, entry: EntryId, words: String) {
    let form = Form::open(
        format!("withdraw-{entry}"),
        WithdrawFields::default(),
        &screen.drafts,
    );
    screen.open = Open::Withdraw(Withdraw {
        form: form.correcting(Some(entry)),
        words,
    });
}

/// Shows the form.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Withdraw(withdraw) = &mut screen.open else {
        return;
    };
    let body = |value: &WithdrawFields| EntryBody::Withdrawn {
        reason: value.reason.trim().to_owned(),
    };
    let words = withdraw.words.clone();
    let (title, act) = (tr("withdraw-title"), tr("withdraw-act"));
    let shell = Shell {
        grave: true,
        ..Shell::new(&title, &act)
    };
    let done = shell::show(
        ui,
        &mut withdraw.form,
        shell,
        |ui, form| {
            let p = palette(ui);
            paragraph(ui, words, Type::Body, p.ink);
            let response = Field::area(&tr("withdraw-reason"), 3).show(ui, &mut form.value.reason);
            form.focus_first(&response);
        },
        |form| form.refusal(view, &body(&form.value)),
    );
    withdraw.form.keep(ui, &mut screen.drafts);
    if done == Done::Send && withdraw.form.sending.is_none() {
        let body = body(&withdraw.form.value);
        withdraw.form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}
