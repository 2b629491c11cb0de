//! Conclude the section and sign: what will be signed, on one page, with the decision when there is none yet.

use egui::Ui;
use outpost_domain::{EntryBody, Section};

use crate::design::card::tinted;
use crate::design::words::{label_2, paragraph};
use crate::design::{SPACE_S, Tone, Type, palette};
use crate::text::{tr, tr_args, tr_code};

use super::act::Signing;
use super::decide::{self, DecisionFields};
use super::sections::checks_of;
use super::shell::{self, Done, Shell};
use super::{Form, Open, Purpose, Screen, View, questions, sentences};

/// The page before the signature.
#[derive(Debug)]
pub struct Conclude {
    form: Form<DecisionFields>,
    sign_next: bool,
}

impl Conclude {
    /// Under which name the decision on it is kept.
    pub fn key(&self) -> &str {
        &self.form.key
    }

    /// The decision is durable; the signature follows.
    pub fn decided(&mut self) {
        self.form.sending = None;
        self.sign_next = true;
    }

    /// The desk refused.
    pub fn refused(&mut self, problem: String) {
        self.sign_next = false;
        self.form.refused(problem);
    }
}

/// Why the section cannot be concluded at all; `None` when it can, with or without a decision yet.
pub fn against(view: &View<'_>) -> Option<String> {
    let Some(section) = view.section() else {
        return view.refusal(&EntryBody::SectionSigned);
    };
    if let Some((by, _)) = &section.signed {
        return Some(tr_args("conclude-signed", &[("by", by.clone().into())]));
    }
    if section.decision.is_some() {
        return view.refusal(&EntryBody::SectionSigned);
    }
    None
}

/// Opens the page.
pub fn open(screen: &mut Screen, view: &View<'_>) {
    if let Some(reason) = against(view) {
        screen.problem = Some(reason);
        return;
    }
    let form = Form::open(decide::KEY, DecisionFields::default(), &screen.drafts);
    screen.open = Open::Conclude(Conclude {
        form,
        sign_next: false,
    });
}

/// Shows the page.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Conclude(conclude) = &mut screen.open else {
        return;
    };
    let Some(section) = view.section() else {
        screen.close();
        return;
    };
    let form = &mut conclude.form;
    if std::mem::take(&mut conclude.sign_next) {
        let purpose = Purpose::Form(form.key.clone());
        let signing = Signing {
            on_behalf_of: form.value.on_behalf_of,
            ..Signing::default()
        };
        form.sending = Some(
            screen
                .acts
                .sign(view, purpose, EntryBody::SectionSigned, signing),
        );
    }
    let decided = section.decision.is_some();
    let agency = tr_code("agency", section.agency);
    let title = tr_args("conclude-title", &[("agency", agency.into())]);
    let act = if decided {
        tr("conclude-sign")
    } else {
        tr("conclude-decide-and-sign")
    };
    let done = shell::show(
        ui,
        form,
        Shell::new(&title, &act),
        |ui, form| {
            summary(ui, view, section);
            if decided {
                decide::on_behalf(ui, view, &mut form.value.on_behalf_of);
            } else {
                decide::fields(ui, view, form);
            }
        },
        |form| {
            if decided {
                view.refusal(&EntryBody::SectionSigned)
            } else {
                decide::against(view, form)
            }
        },
    );
    if !decided {
        form.keep(ui, &mut screen.drafts);
    }
    if done == Done::Send && form.sending.is_none() {
        let key = form.key.clone();
        let (purpose, body) = match form.value.body() {
            Some(body) if !decided => (Purpose::ThenSign(key), body),
            _ => (Purpose::Form(key), EntryBody::SectionSigned),
        };
        let signing = Signing {
            on_behalf_of: form.value.on_behalf_of,
            ..Signing::default()
        };
        form.sending = Some(screen.acts.sign(view, purpose, body, signing));
        return;
    }
    screen.finish(done);
}

/// What will be signed.
fn summary(ui: &mut Ui, view: &View<'_>, section: &Section) {
    let p = palette(ui);
    let officer = view.officer().map(|o| o.name.clone()).unwrap_or_default();
    paragraph(
        ui,
        tr_args("conclude-says", &[("officer", officer.into())]),
        Type::Body,
        p.ink_2,
    );
    let open: Vec<String> = checks_of(view)
        .filter(|check| section.checks.iter().all(|c| c.check != *check))
        .map(|check| tr_code("check-kind", check))
        .collect();
    if !open.is_empty() {
        let words = tr_args(
            "conclude-open-checks",
            &[("checks", open.join(", ").into())],
        );
        tinted(ui, Tone::Amber, |ui| {
            paragraph(ui, words, Type::Body, p.ink)
        });
    }
    let lists = questions::unfinished(view);
    if !lists.is_empty() {
        let words = tr_args("conclude-open-lists", &[("lists", lists.join(", ").into())]);
        tinted(ui, Tone::Amber, |ui| {
            paragraph(ui, words, Type::Body, p.ink)
        });
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        for record in &section.checks {
            let words = format!(
                "{}: {}",
                tr_code("check-kind", record.check),
                tr_code("check-result", record.result)
            );
            label_2(ui, words, Type::Body);
        }
        let findings = view
            .state()
            .findings
            .iter()
            .filter(|f| f.agency == section.agency)
            .count();
        label_2(
            ui,
            tr_args("conclude-findings", &[("n", findings.into())]),
            Type::Body,
        );
        if let Some(record) = &section.decision {
            let (lead, rest, tone) = sentences::decision(&record.decision);
            let words = if rest.is_empty() {
                lead
            } else {
                format!("{lead}: {rest}")
            };
            paragraph(ui, words, Type::Strong, p.tone(tone));
        }
    });
}
