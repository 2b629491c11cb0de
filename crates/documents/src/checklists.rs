//! Checklists as they were answered: each question as the officer read it, in the paper's language.

use outpost_domain::{Checklist, ChecklistRecord, Given, Question, QuestionKind};

use crate::paper::{Lines, Part, line};
use crate::sections;
use crate::words::Words;

/// A list that was begun, question by question in its own order.
pub(crate) fn part(record: &ChecklistRecord, lists: &[Checklist], w: &Words) -> Part {
    let text = lists.iter().find(|l| l.hash() == record.list.content);
    let language = w.language().code();
    let place = |key: &str| {
        let asked = text.and_then(|l| l.questions.iter().position(|q| q.key == key));
        asked.unwrap_or(usize::MAX)
    };
    let mut answers: Vec<_> = record
        .answers
        .iter()
        .filter(|a| a.given != Given::Nothing)
        .collect();
    answers.sort_by_key(|a| place(&a.question));
    let rows = answers
        .into_iter()
        .map(|answer| {
            let question = text.and_then(|l| l.question(&answer.question));
            let asked = question.map_or(answer.question.as_str(), |q| q.text.in_language(language));
            vec![
                line(asked),
                given(question, &answer.given, w),
                line(w.by(&answer.by, answer.at)),
            ]
        })
        .collect();
    let head = ["doc-question", "doc-answer", "doc-recorded"];
    let mut part = Part::table(w, "doc-checks", &head, rows).or_say(w, "doc-none");
    let name = text.map_or(record.list.list.as_str(), |l| l.title.in_language(language));
    part.title = w.say_with(
        "doc-checklist",
        &[
            ("name", name.to_owned()),
            ("version", record.list.version.to_string()),
            ("agency", w.agency(record.agency)),
        ],
    );
    part
}

fn given(question: Option<&Question>, given: &Given, w: &Words) -> Lines {
    let kind = question.map(|q| &q.kind);
    let mut lines = line(match (given, kind) {
        (Given::YesNo { yes }, _) => w.yes(*yes),
        (Given::Number { thousandths }, Some(QuestionKind::Number { unit, .. })) => {
            format!("{} {unit}", sections::thousandths(*thousandths, w))
        }
        (Given::Number { thousandths }, _) => sections::thousandths(*thousandths, w),
        (Given::Choice { option }, Some(QuestionKind::Choice { options })) => options
            .iter()
            .find(|o| o.key == *option)
            .map_or(option.as_str(), |o| o.text.in_language(w.language().code()))
            .to_owned(),
        (Given::Choice { option }, _) => option.clone(),
        (Given::Text { text }, _) => text.clone(),
        (Given::Nothing, _) => String::new(),
    });
    if kind.is_some_and(|kind| kind.deviates(given)) {
        lines.push(w.say("doc-deviates"));
    }
    lines
}
