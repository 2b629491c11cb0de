//! A list's questions, answered one after the other: by hand, or with the number keys alone.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Align, Id, Key, Layout, Modifiers, Ui};
use outpost_domain::{
    Checklist, ChecklistRecord, EntryBody, Given, ListAnswer, ListRef, Question, QuestionKind,
};
use serde::{Deserialize, Serialize};

use super::super::shell::{self, Done, Shell};
use super::super::{Form, Open, Screen, View, finding};
use super::typed::{NO, YES, given, text_of};
use super::{answer_words, sign};
use crate::design::card::hairline;
use crate::design::words::{hint, label_2, paragraph};
use crate::design::{
    Badge, Button, Chip, Field, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, icons, metrics, palette,
};
use crate::text::{spoken, tr, tr_args};

/// Width of the form, points.
const WIDTH: f32 = 720.0;

/// Width of a number's field, points.
const NUMBER: f32 = 160.0;

/// The keys that choose the first, the second, … answer of the question that is next.
const CHOICES: [(Key, &str); 9] = [
    (Key::Num1, "1"),
    (Key::Num2, "2"),
    (Key::Num3, "3"),
    (Key::Num4, "4"),
    (Key::Num5, "5"),
    (Key::Num6, "6"),
    (Key::Num7, "7"),
    (Key::Num8, "8"),
    (Key::Num9, "9"),
];

/// What is typed in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFields {
    /// The text that is answered.
    pub list: ListRef,
    /// By question, as typed.
    pub answers: BTreeMap<String, String>,
    /// Questions that need no answer and were passed over.
    #[serde(skip)]
    passed: BTreeSet<String>,
}

impl ListFields {
    /// A list with what was recorded in it.
    pub fn of(list: &Checklist, record: Option<&ChecklistRecord>) -> Self {
        let answers = record.into_iter().flat_map(|record| &record.answers);
        Self {
            list: list.reference(),
            answers: answers
                .map(|answer| (answer.question.clone(), text_of(&answer.given)))
                .collect(),
            passed: BTreeSet::new(),
        }
    }

    fn typed(&self, key: &str) -> &str {
        self.answers.get(key).map_or("", String::as_str)
    }

    /// What can be read of the answers so far.
    fn given(&self, list: &Checklist) -> BTreeMap<String, Given> {
        list.questions
            .iter()
            .filter_map(|question| {
                let given = given(question, self.typed(&question.key)).ok()??;
                Some((question.key.clone(), given))
            })
            .collect()
    }

    /// What is to be recorded: answers to questions that are asked and differ from what stands.
    fn news(&self, list: &Checklist, record: Option<&ChecklistRecord>) -> Vec<ListAnswer> {
        let given = self.given(list);
        let now = borrowed(&given);
        let before = record.map(ChecklistRecord::by_question).unwrap_or_default();
        list.asked(&now)
            .filter_map(|question| {
                let key = question.key.as_str();
                let answer = match (now.get(key), before.get(key)) {
                    (Some(now), Some(before)) if now == before => return None,
                    (Some(now), _) => (*now).clone(),
                    (None, Some(_)) => Given::Nothing,
                    (None, None) => return None,
                };
                Some(ListAnswer {
                    question: key.to_owned(),
                    given: answer,
                })
            })
            .collect()
    }
}

fn borrowed(given: &BTreeMap<String, Given>) -> BTreeMap<&str, &Given> {
    given
        .iter()
        .map(|(key, given)| (key.as_str(), given))
        .collect()
}

/// Shows the form.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Questions(form) = &mut screen.open else {
        return;
    };
    let lists = &view.opened.checklists;
    let Some(list) = lists.iter().find(|l| l.reference() == form.value.list) else {
        screen.close();
        return;
    };
    let record = super::record(view, list);
    let title = list.title.in_language(spoken().code());
    let act = tr("form-record");
    let shell = Shell {
        width: WIDTH,
        ..Shell::new(title, &act)
    };
    let own = view.agency() == Some(list.agency);
    let mut found = None;
    let done = shell::show(
        ui,
        form,
        shell,
        |ui, form| {
            ui.add_enabled_ui(own, |ui| found = questions(ui, list, form));
        },
        |form| against(view, list, record, form),
    );
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send && form.sending.is_none() {
        let body = EntryBody::ChecklistAnswered {
            list: form.value.list.clone(),
            answers: form.value.news(list, record),
        };
        form.send(view, &mut screen.acts, body);
        return;
    }
    if let Some(words) = found {
        finding::open_saying(screen, view, &words);
        return;
    }
    screen.finish(done);
}

fn against(
    view: &View<'_>,
    list: &Checklist,
    record: Option<&ChecklistRecord>,
    form: &Form<ListFields>,
) -> Option<String> {
    let wrong = list.questions.iter().find_map(|question| {
        let why = given(question, form.value.typed(&question.key)).err()?;
        Some(format!(
            "{} {why}",
            question.text.in_language(spoken().code())
        ))
    });
    if wrong.is_some() {
        return wrong;
    }
    let answers = form.value.news(list, record);
    if answers.is_empty() {
        return Some(tr("list-nothing-new"));
    }
    let list = form.value.list.clone();
    view.refusal(&EntryBody::ChecklistAnswered { list, answers })
}

/// The questions; returns the words of an answer that is to become a finding.
fn questions(ui: &mut Ui, list: &Checklist, form: &mut Form<ListFields>) -> Option<String> {
    let given = form.value.given(list);
    let answers = borrowed(&given);
    let asked: Vec<&Question> = list.asked(&answers).collect();
    let next = asked
        .iter()
        .position(|q| form.value.typed(&q.key).is_empty() && !form.value.passed.contains(&q.key));
    let missing = list.missing(&answers).count();
    let in_order = asked
        .iter()
        .any(|q| expected(q).is_some() && form.value.typed(&q.key).is_empty());
    ui.horizontal(|ui| {
        let args = [
            ("done", answers.len().min(asked.len()).into()),
            ("of", asked.len().into()),
            ("missing", missing.into()),
        ];
        label_2(ui, tr_args("list-so-far", &args), Type::SmallMedium);
        if in_order {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = tr("list-all-in-order");
                if ui
                    .add(Button::secondary(&words).icon(icons::CHECK))
                    .clicked()
                {
                    answer_in_order(&asked, form);
                }
            });
        }
    });
    if let Some(question) = next.and_then(|n| asked.get(n)) {
        keys(ui, question, form);
    }
    let mut found = None;
    for (index, question) in asked.iter().enumerate() {
        hairline(ui);
        let current = next == Some(index);
        let answer = answers.get(question.key.as_str()).copied();
        if show(ui, index + 1, question, answer, current, form) {
            let asked = question.text.in_language(spoken().code());
            let said = answer.map_or_else(String::new, |given| answer_words(question, given));
            found = Some(format!("{asked} {said}"));
        }
    }
    found
}

/// The answer that is as it should be, where one is.
fn expected(question: &Question) -> Option<&'static str> {
    match question.kind {
        QuestionKind::YesNo {
            expected: Some(yes),
        } => Some(if yes { YES } else { NO }),
        _ => None,
    }
}

/// Answers what is asked and not answered as it should be; what it opens is asked next, not answered with it.
fn answer_in_order(asked: &[&Question], form: &mut Form<ListFields>) {
    for question in asked {
        if let Some(expected) = expected(question)
            && form.value.typed(&question.key).is_empty()
        {
            let answers = &mut form.value.answers;
            answers.insert(question.key.clone(), expected.to_owned());
        }
    }
}

/// The answers that one key gives.
fn choices(question: &Question) -> Vec<(String, String)> {
    match &question.kind {
        QuestionKind::YesNo { .. } => vec![
            (YES.to_owned(), tr("list-yes")),
            (NO.to_owned(), tr("list-no")),
        ],
        QuestionKind::Choice { options } => options
            .iter()
            .map(|o| {
                let words = o.text.in_language(spoken().code());
                (o.key.clone(), words.to_owned())
            })
            .collect(),
        QuestionKind::Number { .. } | QuestionKind::Text => Vec::new(),
    }
}

fn field_id(question: &Question) -> Id {
    Id::unique(("list-field", &question.key))
}

/// Number keys answer the question that is next; a field that is next takes the keyboard.
fn keys(ui: &Ui, question: &Question, form: &mut Form<ListFields>) {
    let choices = choices(question);
    let typing = ui.ctx().text_edit_focused();
    let here = !typing || ui.memory(|memory| memory.has_focus(field_id(question)));
    if !question.required
        && here
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
    {
        form.value.passed.insert(question.key.clone());
        ui.memory_mut(|memory| memory.surrender_focus(field_id(question)));
        return;
    }
    if choices.is_empty() {
        let id = field_id(question);
        if !typing && ui.memory(|memory| memory.focused().is_none()) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        return;
    }
    if typing {
        return;
    }
    for ((key, _), (answer, _)) in CHOICES.iter().zip(&choices) {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, *key)) {
            let answers = &mut form.value.answers;
            answers.insert(question.key.clone(), answer.clone());
            return;
        }
    }
}

/// A question; whether its answer is to become a finding.
fn show(
    ui: &mut Ui,
    number: usize,
    question: &Question,
    answer: Option<&Given>,
    current: bool,
    form: &mut Form<ListFields>,
) -> bool {
    let p = palette(ui);
    let language = spoken().code();
    let mut finding = false;
    ui.spacing_mut().item_spacing.y = SPACE_XS;
    let wanted = if question.required { " *" } else { "" };
    let words = format!("{number}. {}{wanted}", question.text.in_language(language));
    let kind = if current { Type::Strong } else { Type::Body };
    let response = paragraph(ui, &words, kind, p.ink);
    if current && answer.is_none() {
        // The question that is next stays in sight when a key answered the one before.
        let seen = ui.clip_rect().contains_rect(response.rect.expand(SPACE_M));
        if !seen {
            response.scroll_to_me(Some(Align::Center));
        }
    }
    let help = question.help.in_language(language);
    if !help.is_empty() {
        paragraph(ui, help, Type::Small, p.ink_2);
    }
    let deviates = answer.is_some_and(|given| question.kind.deviates(given));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        field(ui, question, current, deviates, form);
        if deviates {
            ui.add(Badge::new(&tr("list-deviates"), Tone::Red));
            let words = tr("list-to-finding");
            finding = ui.add(Button::quiet(&words)).clicked();
        }
    });
    ui.add_space(SPACE_XS);
    finding
}

fn field(
    ui: &mut Ui,
    question: &Question,
    current: bool,
    deviates: bool,
    form: &mut Form<ListFields>,
) {
    let language = spoken().code();
    let name = question.text.in_language(language).to_owned();
    let choices = choices(question);
    let typed = form.value.typed(&question.key).to_owned();
    for (index, (answer, words)) in choices.iter().enumerate() {
        let on = typed == *answer;
        let tone = if deviates { Tone::Red } else { Tone::Green };
        let mut chip = Chip::new(words, on).tone(tone);
        if let Some((_, cap)) = CHOICES.get(index).filter(|_| current) {
            chip = chip.key(cap);
        }
        let response = ui.add(chip);
        response.widget_info(|| {
            egui::WidgetInfo::selected(
                egui::accesskit::Role::RadioButton,
                true,
                on,
                format!("{name} {words}"),
            )
        });
        if response.clicked() {
            // A second press takes the answer back.
            let text = if on { String::new() } else { answer.clone() };
            form.value.answers.insert(question.key.clone(), text);
        }
    }
    let id = field_id(question);
    let typing = ui.memory(|memory| memory.has_focus(id));
    let error = given(question, &typed).err().filter(|_| !typing);
    let text = form.value.answers.entry(question.key.clone()).or_default();
    match &question.kind {
        QuestionKind::Number { unit, .. } => {
            let size = egui::vec2(NUMBER, metrics(ui).control);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                let response = Field::new("")
                    .limit(20)
                    .id(id)
                    .error(error.as_deref())
                    .show(ui, text);
                response.accessible_name(&name);
            });
            hint(ui, sign(unit));
        }
        QuestionKind::Text => {
            Field::area("", 2)
                .hint(&tr("list-in-words"))
                .id(id)
                .show(ui, text)
                .accessible_name(&name);
        }
        QuestionKind::YesNo { .. } | QuestionKind::Choice { .. } => {}
    }
    if text.is_empty() {
        form.value.answers.remove(&question.key);
    }
}
