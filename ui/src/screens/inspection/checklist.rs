//! The checks of the own section: a result each, and a reason where the result wants one.

use egui::{Align, Layout, Ui, vec2};
use outpost_domain::{
    CheckKind, CheckRecord, CheckResult, EntryBody, ImageConclusion, ItemOutcome, Mismatch,
};
use serde::{Deserialize, Serialize};

use crate::design::card::{card_flush, hairline};
use crate::design::words::{hint, label, label_2};
use crate::design::{Badge, Button, Chip, Field, SPACE_M, SPACE_S, Tone, Type, key, metrics};
use crate::text::{tr, tr_args, tr_code};

use super::head_act::head_act;
use super::seals;
use super::sections::checks_of;
use super::shell::{self, Done, Shell};
use super::{Form, Open, Purpose, Screen, View};

/// What is typed about a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFields {
    /// Which check.
    pub check: CheckKind,
    /// Its result.
    pub result: CheckResult,
    /// Why.
    pub reason: String,
}

impl CheckFields {
    fn body(&self) -> EntryBody {
        EntryBody::CheckConcluded {
            check: self.check,
            result: self.result,
            reason: self.reason.trim().to_owned(),
        }
    }
}

/// Shows the card.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Some(section) = view.section() else {
        return;
    };
    let agency = tr_code("agency", section.agency);
    let title = tr_args("checklist-title", &[("agency", agency.into())]);
    let ready = conform_now(view);
    let mut all = false;
    let mut chosen = None;
    let right = |ui: &mut Ui| {
        if !ready.is_empty() {
            key::key_cap(ui, "Shift+K");
            all = {
                let words = tr("checklist-all-conform");
                head_act(ui, "", &words, &words).clicked()
            };
        }
    };
    card_flush(ui, &title, right, |ui| {
        for (index, check) in checks_of(view).enumerate() {
            if index > 0 {
                hairline(ui);
            }
            let record = section.checks.iter().find(|c| c.check == check);
            if let Some(result) = row(ui, view, check, record) {
                chosen = Some((check, result));
            }
        }
    });
    if all {
        all_conform(screen, view);
    }
    match chosen {
        Some((check, Chosen::Conform)) => {
            screen
                .acts
                .record(view, Purpose::OneClick, satisfactory(check));
        }
        Some((check, Chosen::Form)) => open(screen, view, check),
        None => {}
    }
}

/// Concludes every check that nothing speaks against.
pub fn all_conform(screen: &mut Screen, view: &View<'_>) {
    for check in conform_now(view) {
        screen
            .acts
            .record(view, Purpose::OneClick, satisfactory(check));
    }
}

fn satisfactory(check: CheckKind) -> EntryBody {
    EntryBody::CheckConcluded {
        check,
        result: CheckResult::Satisfactory,
        reason: String::new(),
    }
}

/// What was chosen in a check's row.
#[derive(Debug, Clone, Copy)]
enum Chosen {
    /// It is in order, recorded at once.
    Conform,
    /// Something else: the form.
    Form,
}

/// A check's row; returns what was chosen in it.
fn row(
    ui: &mut Ui,
    view: &View<'_>,
    check: CheckKind,
    record: Option<&CheckRecord>,
) -> Option<Chosen> {
    let name = tr_code("check-kind", check);
    let size = vec2(ui.available_width(), metrics(ui).row);
    let mut chosen = None;
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.add_space(SPACE_M);
        label(ui, &name, Type::Body);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            ui.add_space(SPACE_M);
            match record {
                Some(record) => {
                    let (words, tone) = result_badge(record.result);
                    let change = tr_args("checklist-change", &[("check", name.clone().into())]);
                    let pencil =
                        Button::icon_only(crate::design::icons::PENCIL_SIMPLE, &change).frameless();
                    if ui.add(pencil).clicked() {
                        chosen = Some(Chosen::Form);
                    }
                    ui.add(Badge::new(&words, tone).hover(&record.by));
                    hint(ui, &record.reason);
                }
                None => chosen = choices(ui, view, check),
            }
        });
    });
    chosen
}

/// What can be said at once about a check that is not concluded.
fn choices(ui: &mut Ui, view: &View<'_>, check: CheckKind) -> Option<Chosen> {
    let why = view.refusal(&satisfactory(check));
    let name = tr_code("check-kind", check);
    let mut chosen = None;
    ui.add_enabled_ui(why.is_none(), |ui| {
        let other = tr_args("checklist-other", &[("check", name.clone().into())]);
        if named(ui, &tr("checklist-other-short"), &other).clicked() {
            chosen = Some(Chosen::Form);
        }
        let conform = tr_args("checklist-conform", &[("check", name.into())]);
        if named(ui, &tr("checklist-conform-short"), &conform).clicked() {
            chosen = Some(Chosen::Conform);
        }
    });
    match why {
        Some(why) => {
            hint(ui, why);
        }
        None => {
            ui.add(Badge::new(&tr("checklist-required"), Tone::Amber));
        }
    }
    chosen
}

/// A button whose words are short on the screen and whole to a screen reader.
fn named(ui: &mut Ui, short: &str, name: &str) -> egui::Response {
    let response = ui.add(Button::secondary(short));
    let name = name.to_owned();
    response
        .widget_info(move || egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name));
    response
}

fn result_badge(result: CheckResult) -> (String, Tone) {
    let tone = match result {
        CheckResult::Satisfactory => Tone::Green,
        CheckResult::AfterIntervention => Tone::Amber,
        CheckResult::NotSatisfactory => Tone::Red,
        CheckResult::NotDone | CheckResult::Derogation => Tone::Neutral,
    };
    (tr_code("check-result", result), tone)
}

/// Checks that are not concluded and that nothing recorded or declared speaks against.
fn conform_now(view: &View<'_>) -> Vec<CheckKind> {
    let Some(section) = view.section() else {
        return Vec::new();
    };
    checks_of(view)
        .filter(|check| section.checks.iter().all(|c| c.check != *check))
        .filter(|check| nothing_against(view, *check))
        .filter(|check| view.refusal(&satisfactory(*check)).is_none())
        .collect()
}

fn nothing_against(view: &View<'_>, check: CheckKind) -> bool {
    let state = view.state();
    let doubts = &view.opened.mismatches;
    match check {
        CheckKind::Documentary => !doubts.iter().any(|m| {
            matches!(
                m,
                Mismatch::MrnCheck { .. }
                    | Mismatch::MassSum { .. }
                    | Mismatch::PackageSum { .. }
                    | Mismatch::Chapter { .. }
                    | Mismatch::NoHsCode { .. }
                    | Mismatch::NetAboveGross { .. }
            )
        }),
        CheckKind::Identity => {
            let lines = seals::lines(view);
            lines.iter().all(|line| line.record.is_some())
                && state.seals.iter().all(|s| s.seal.conform())
        }
        CheckKind::Physical => {
            state.items.iter().all(|i| i.outcome == ItemOutcome::Match)
                && !doubts
                    .iter()
                    .any(|m| matches!(m, Mismatch::Weighed { .. } | Mismatch::Temperature { .. }))
        }
        CheckKind::SevenPoint => !doubts.iter().any(|m| matches!(m, Mismatch::Alerted { .. })),
        CheckKind::Image => {
            !state.images.is_empty()
                && state
                    .images
                    .iter()
                    .all(|i| i.conclusion == ImageConclusion::NoAnomaly)
        }
    }
}

/// Opens the form of a check.
pub fn open(screen: &mut Screen, view: &View<'_>, check: CheckKind) {
    let record = view
        .section()
        .and_then(|s| s.checks.iter().find(|c| c.check == check));
    let pristine = CheckFields {
        check,
        result: record.map_or(CheckResult::NotSatisfactory, |r| r.result),
        reason: record.map(|r| r.reason.clone()).unwrap_or_default(),
    };
    let form = Form::open(format!("check-{check}"), pristine, &screen.drafts);
    screen.open = Open::Check(form.correcting(record.map(|r| r.entry)));
}

/// Shows the form.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Check(form) = &mut screen.open else {
        return;
    };
    let title = tr_code("check-kind", form.value.check);
    let act = tr("form-record");
    let done = shell::show(ui, form, Shell::new(&title, &act), fields, |form| {
        form.refusal(view, &form.value.body())
    });
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send && form.sending.is_none() {
        let body = form.value.body();
        form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

fn fields(ui: &mut Ui, form: &mut Form<CheckFields>) {
    label_2(ui, tr("checklist-result"), Type::SmallMedium);
    ui.horizontal_wrapped(|ui| {
        for result in CheckResult::ALL {
            let (words, tone) = result_badge(*result);
            if ui
                .add(Chip::new(&words, form.value.result == *result).tone(tone))
                .clicked()
            {
                form.value.result = *result;
            }
        }
    });
    let name = if form.value.result.needs_reason() {
        tr("checklist-reason")
    } else {
        tr("checklist-remark")
    };
    let response = Field::area(&name, 3).show(ui, &mut form.value.reason);
    form.focus_first(&response);
}
