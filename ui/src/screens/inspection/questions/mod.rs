//! The agency's checklists: how far each is, and the questions to answer.

mod answering;
mod typed;

use egui::{Align, Layout, Ui, vec2};
use outpost_domain::{Checklist, ChecklistRecord, Given, Question, QuestionKind, UNITS};

use super::{Form, Open, Screen, View};
use crate::design::card::{card_flush, hairline};
use crate::design::words::{hint, label, label_2};
use crate::design::{Badge, Button, SPACE_M, SPACE_S, Tone, Type, key, metrics};
use crate::moment::decimal;
use crate::text::{spoken, tr, tr_args, tr_code};

pub use answering::{ListFields, dialog};

/// How far a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Progress {
    answered: usize,
    asked: usize,
    missing: usize,
    deviating: usize,
}

/// Shows the card; nothing where no list is begun or to be begun.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let lists = &view.opened.checklists;
    if lists.is_empty() {
        return;
    }
    let mut chosen = None;
    let right = |ui: &mut Ui| {
        if next(view).is_some() {
            key::key_cap(ui, "L");
        }
    };
    card_flush(ui, &tr("list-title"), right, |ui| {
        for (index, list) in lists.iter().enumerate() {
            if index > 0 {
                hairline(ui);
            }
            if row(ui, view, list) {
                chosen = Some(list);
            }
        }
    });
    if let Some(list) = chosen {
        open(screen, view, list);
    }
}

/// The answers to a list as they stand, when it was begun.
fn record<'a>(view: &View<'a>, list: &Checklist) -> Option<&'a ChecklistRecord> {
    let reference = list.reference();
    view.state()
        .checklists
        .iter()
        .find(|r| r.agency == list.agency && r.list == reference)
}

fn progress(list: &Checklist, record: &ChecklistRecord) -> Progress {
    let answers = record.by_question();
    let mut progress = Progress {
        answered: 0,
        asked: 0,
        missing: list.missing(&answers).count(),
        deviating: 0,
    };
    for question in list.asked(&answers) {
        progress.asked += 1;
        if let Some(given) = answers.get(question.key.as_str()) {
            progress.answered += 1;
            progress.deviating += usize::from(question.kind.deviates(given));
        }
    }
    progress
}

/// A list's row; whether it was chosen.
fn row(ui: &mut Ui, view: &View<'_>, list: &Checklist) -> bool {
    let title = list.title.in_language(spoken().code());
    let own = view.agency() == Some(list.agency);
    let record = record(view, list);
    let size = vec2(ui.available_width(), metrics(ui).row);
    let mut chosen = false;
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.add_space(SPACE_M);
        label(ui, title, Type::Body);
        if !own {
            label_2(ui, tr_code("agency", list.agency), Type::Small);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            ui.add_space(SPACE_M);
            let act = match (own, record) {
                (true, None) => "list-begin",
                (true, Some(_)) => "list-go-on",
                (false, _) => "list-look",
            };
            let words = tr(act);
            let name = format!("{words}: {title}");
            let response = ui.add(Button::secondary(&words));
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name)
            });
            chosen = response.clicked();
            match record {
                Some(record) => badges(ui, progress(list, record)),
                None => {
                    hint(
                        ui,
                        tr_args("list-questions", &[("n", list.questions.len().into())]),
                    );
                }
            }
        });
    });
    chosen
}

/// From right to left: how many are answered, and how many answers are not as they should be.
fn badges(ui: &mut Ui, progress: Progress) {
    let (words, tone) = if progress.missing == 0 {
        (tr("list-complete"), Tone::Green)
    } else {
        let args = [
            ("done", progress.answered.into()),
            ("of", progress.asked.into()),
        ];
        (tr_args("list-progress", &args), Tone::Amber)
    };
    ui.add(Badge::new(&words, tone));
    if progress.deviating > 0 {
        let words = tr_args("list-deviations", &[("n", progress.deviating.into())]);
        ui.add(Badge::new(&words, Tone::Red));
    }
}

/// The first list of the own agency that lacks an answer.
fn next<'a>(view: &View<'a>) -> Option<&'a Checklist> {
    let own = view.agency()?;
    let mut lists = view.opened.checklists.iter().filter(|l| l.agency == own);
    lists.find(|list| record(view, list).is_none_or(|r| progress(list, r).missing > 0))
}

/// The own agency's lists that lack a wanted answer, or were not begun.
pub fn unfinished(view: &View<'_>) -> Vec<String> {
    let own = view.agency();
    let lists = view.opened.checklists.iter();
    lists
        .filter(|list| Some(list.agency) == own)
        .filter(|list| record(view, list).is_none_or(|r| progress(list, r).missing > 0))
        .map(|list| list.title.in_language(spoken().code()).to_owned())
        .collect()
}

/// Opens the first list that lacks an answer.
pub fn open_next(screen: &mut Screen, view: &View<'_>) {
    if let Some(list) = next(view) {
        open(screen, view, list);
    }
}

/// Opens a list by the name of its text, as the history knows it.
pub fn open_begun(screen: &mut Screen, view: &View<'_>, reference: &outpost_domain::ListRef) {
    let lists = &view.opened.checklists;
    if let Some(list) = lists.iter().find(|l| l.reference() == *reference) {
        open(screen, view, list);
    }
}

fn open(screen: &mut Screen, view: &View<'_>, list: &Checklist) {
    let reference = list.reference();
    let pristine = ListFields::of(list, record(view, list));
    let key = format!("list-{}", reference.content);
    screen.open = Open::Questions(Form::open(key, pristine, &screen.drafts));
}

/// The unit's sign as shown behind a number.
fn sign(unit: &str) -> &'static str {
    UNITS
        .iter()
        .find(|(code, _)| *code == unit)
        .map_or("", |(_, sign)| sign)
}

/// An answer in words.
pub fn answer_words(question: &Question, given: &Given) -> String {
    match (given, &question.kind) {
        (Given::YesNo { yes: true }, _) => tr("list-yes"),
        (Given::YesNo { yes: false }, _) => tr("list-no"),
        (Given::Number { thousandths }, QuestionKind::Number { unit, .. }) => {
            let text = format!("{} {}", number_words(*thousandths), sign(unit));
            text.trim_end().to_owned()
        }
        (Given::Number { thousandths }, _) => number_words(*thousandths),
        (Given::Choice { option }, QuestionKind::Choice { options }) => options
            .iter()
            .find(|o| o.key == *option)
            .map_or(option.as_str(), |o| o.text.in_language(spoken().code()))
            .to_owned(),
        (Given::Choice { option }, _) => option.clone(),
        (Given::Text { text }, _) => text.clone(),
        (Given::Nothing, _) => tr("list-taken-back"),
    }
}

/// Thousandths with as many digits as are needed.
fn number_words(thousandths: i64) -> String {
    let digits = match thousandths.unsigned_abs() % 1000 {
        0 => 0,
        n if n % 100 == 0 => 1,
        n if n % 10 == 0 => 2,
        _ => 3,
    };
    decimal(thousandths as f64 / 1000.0, digits)
}

/// What an entry's answers say: question and answer, in the list's words where the list is known.
pub fn entry_words(
    lists: &[Checklist],
    reference: &outpost_domain::ListRef,
    answers: &[outpost_domain::ListAnswer],
) -> String {
    let list = lists.iter().find(|l| l.reference() == *reference);
    let language = spoken().code();
    let title = list.map_or(reference.list.as_str(), |l| l.title.in_language(language));
    let version = tr_args("list-version", &[("n", reference.version.into())]);
    let mut said = vec![title.to_owned(), version];
    said.extend(answers.iter().map(|answer| {
        let question = list.and_then(|l| l.question(&answer.question));
        match question {
            Some(question) => {
                let asked = question.text.in_language(language);
                format!("{asked} {}", answer_words(question, &answer.given))
            }
            None => answer.question.clone(),
        }
    }));
    super::sentences::dotted(&said)
}
