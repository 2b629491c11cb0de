//! Answers to a checklist, and whether they may be recorded.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Checklist, ListRef, Question, QuestionKind};
use crate::rules::{required, text};
use crate::{Agency, EntryBody, EntryId, EntryPayload, Refusal, State};

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "given", rename_all = "kebab-case")]
pub enum Given {
    /// Yes or no.
    YesNo {
        /// Which.
        yes: bool,
    },
    /// A number.
    Number {
        /// Thousandths of the question's unit.
        thousandths: i64,
    },
    /// One of several.
    Choice {
        /// The option's key.
        option: String,
    },
    /// The officer's words.
    Text {
        /// Them.
        text: String,
    },
    /// An earlier answer is taken back: it was given by mistake.
    Nothing,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListAnswer {
    /// The question's key.
    pub question: String,
    /// The answer.
    #[serde(flatten)]
    pub given: Given,
}

/// An answer as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRecord {
    /// The question's key.
    pub question: String,
    /// The answer.
    pub given: Given,
    /// The entry.
    pub entry: EntryId,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A checklist that was begun, with its answers as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistRecord {
    /// Whose section.
    pub agency: Agency,
    /// The text that was begun with.
    pub list: ListRef,
    /// By question; in the order of the keys.
    pub answers: Vec<AnswerRecord>,
}

impl ChecklistRecord {
    /// Its answers by question.
    pub fn by_question(&self) -> BTreeMap<&str, &Given> {
        self.answers
            .iter()
            .map(|answer| (answer.question.as_str(), &answer.given))
            .collect()
    }
}

/// Answers by question.
pub fn answers_by_question(answers: &[ListAnswer]) -> BTreeMap<&str, &Given> {
    answers
        .iter()
        .map(|answer| (answer.question.as_str(), &answer.given))
        .collect()
}

/// Whether `question` can be answered so.
///
/// # Errors
/// When the answer is of another kind, out of bounds or not among the options.
pub fn accepts(question: &Question, given: &Given) -> Result<(), Refusal> {
    let misfit = || Refusal::AnswerMisfit {
        question: question.key.clone(),
    };
    match (&question.kind, given) {
        (_, Given::Nothing) | (QuestionKind::YesNo { .. }, Given::YesNo { .. }) => Ok(()),
        (QuestionKind::Number { least, most, .. }, Given::Number { thousandths }) => {
            let low = least.is_some_and(|least| *thousandths < least);
            let high = most.is_some_and(|most| *thousandths > most);
            if low || high { Err(misfit()) } else { Ok(()) }
        }
        (QuestionKind::Choice { options }, Given::Choice { option }) => options
            .iter()
            .any(|o| o.key == *option)
            .then_some(())
            .ok_or_else(misfit),
        (QuestionKind::Text, Given::Text { text: words }) => required("answer", words),
        _ => Err(misfit()),
    }
}

/// Whether [`may_answer`] looks at the checklists for this act.
pub const fn needs_lists(body: &EntryBody) -> bool {
    matches!(
        body,
        EntryBody::ChecklistAnswered { .. } | EntryBody::SectionSigned
    )
}

/// The rules that hang on the text of the lists. [`crate::allow`] has been asked before; both the desk, before it
/// writes, and the central ask this too. `lists` are those that are known, withdrawn ones among them.
///
/// # Errors
/// When a list is not known, an answer does not fit its question, or a section is to be signed while a list that was
/// begun in it lacks an answer that is wanted.
pub fn may_answer(
    agency: Agency,
    state: &State,
    body: &EntryBody,
    lists: &[Checklist],
) -> Result<(), Refusal> {
    let known = |reference: &ListRef| {
        lists
            .iter()
            .find(|list| list.name == reference.list && list.hash() == reference.content)
            .ok_or_else(|| Refusal::UnknownList {
                name: reference.list.clone(),
                version: reference.version,
            })
    };
    match body {
        EntryBody::ChecklistAnswered { list, answers } => {
            let list = known(list)?;
            if list.agency != agency {
                return Err(Refusal::ListOfAnother {
                    agency: list.agency,
                });
            }
            answers.iter().try_for_each(|answer| {
                let question =
                    list.question(&answer.question)
                        .ok_or_else(|| Refusal::AnswerMisfit {
                            question: answer.question.clone(),
                        })?;
                accepts(question, &answer.given)
            })
        }
        EntryBody::SectionSigned => {
            for record in state.checklists.iter().filter(|r| r.agency == agency) {
                let list = known(&record.list)?;
                let count = list.missing(&record.by_question()).count();
                if count > 0 {
                    return Err(Refusal::AnswersMissing {
                        name: record.list.list.clone(),
                        count,
                    });
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Lays an entry's answers over those that stand.
pub(crate) fn apply(
    records: &mut Vec<ChecklistRecord>,
    entry: &EntryPayload,
    list: &ListRef,
    answers: &[ListAnswer],
) {
    let found = records
        .iter()
        .position(|r| r.agency == entry.agency && r.list == *list);
    let index = found.unwrap_or_else(|| {
        records.push(ChecklistRecord {
            agency: entry.agency,
            list: list.clone(),
            answers: Vec::new(),
        });
        records.len() - 1
    });
    let Some(record) = records.get_mut(index) else {
        return;
    };
    for answer in answers {
        record.answers.retain(|a| a.question != answer.question);
        if answer.given != Given::Nothing {
            record.answers.push(AnswerRecord {
                question: answer.question.clone(),
                given: answer.given.clone(),
                entry: entry.id,
                by: entry.author_name.clone(),
                at: entry.recorded_at,
            });
        }
    }
    record.answers.sort_by(|a, b| a.question.cmp(&b.question));
}

/// What can be said of answers without the list: there are some, none is too long, and the list is the one that the
/// section began with.
pub(crate) fn check(
    agency: Agency,
    state: &State,
    list: &ListRef,
    answers: &[ListAnswer],
    correcting: bool,
) -> Result<(), Refusal> {
    if answers.is_empty() {
        return Err(Refusal::Missing { field: "answer" });
    }
    for answer in answers {
        text("question", &answer.question)?;
        if let Given::Text { text: words } = &answer.given {
            text("answer", words)?;
        }
    }
    let pinned = state
        .checklists
        .iter()
        .find(|r| r.agency == agency && r.list.list == list.list);
    match pinned {
        Some(record) if record.list != *list && !correcting => Err(Refusal::ListPinned {
            name: list.list.clone(),
            version: record.list.version,
        }),
        _ => Ok(()),
    }
}
