//! Checklists: the questions that an agency asks in an exam, served by the central as data.
//!
//! A list is named, versioned and known by the hash of its content. The first answers pin it: whatever the central
//! does with the list afterwards, this inspection goes on with the questions it began with, and the entry names the
//! very text that was on the screen.

mod answer;
mod condition;
mod sound;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use answer::{
    AnswerRecord, ChecklistRecord, Given, ListAnswer, accepts, answers_by_question, may_answer,
    needs_lists,
};
pub(crate) use answer::{apply, check};
pub use condition::AskedWhen;
pub use sound::{ListFault, UNITS};

use crate::{Agency, BlobHash, ExamType, Inspection};

/// A text in several languages, by BCP 47 primary subtag.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Translated(pub BTreeMap<String, String>);

impl Translated {
    /// The text in `language`; else in English, else in any. Empty when there is none.
    pub fn in_language(&self, language: &str) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
}

/// One way to answer a question of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ListOption {
    /// Its name in answers and conditions.
    pub key: String,
    /// As read by the officer.
    pub text: Translated,
    /// Whether it goes against what is wanted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deviates: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum QuestionKind {
    /// Yes or no.
    YesNo {
        /// The answer that is as it should be; absent where neither is a deviation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expected: Option<bool>,
    },
    /// A number, in thousandths of `unit`.
    Number {
        /// One of [`UNITS`].
        unit: String,
        /// The least that can be; less is a slip of the pen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<i64>,
        /// The most that can be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
        /// Below it, the answer is a deviation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i64>,
        /// Above it, the answer is a deviation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// One of several.
    Choice {
        /// What can be chosen, two at least.
        options: Vec<ListOption>,
    },
    /// The officer's words.
    Text,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Question {
    /// Its name in answers and conditions, unique in the list.
    pub key: String,
    /// As read by the officer.
    pub text: Translated,
    /// What to look at, and the rule it rests on.
    #[serde(default, skip_serializing_if = "Translated::is_empty")]
    pub help: Translated,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: QuestionKind,
    /// Whether the section is not concluded without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// When it is asked; always, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<AskedWhen>,
}

/// A checklist of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Checklist {
    /// Its name, the same in every version: `ispm15-wood`.
    pub name: String,
    /// Grows with every change of its content.
    pub version: u32,
    /// Whose it is.
    pub agency: Agency,
    /// As read by the officer.
    pub title: Translated,
    /// The exams it is for; any, when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exams: Vec<ExamType>,
    /// The goods it is for: beginnings of HS codes, digits alone; any, when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commodities: Vec<String>,
    /// The questions, in their order.
    pub questions: Vec<Question>,
    /// Not begun any more; what was begun with it goes on. Not part of the content.
    #[serde(default, skip_serializing_if = "is_false")]
    pub withdrawn: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Names the very text of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct ListRef {
    /// The list's name.
    pub list: String,
    /// Its version.
    pub version: u32,
    /// The hash of its content, see [`Checklist::hash`].
    pub content: BlobHash,
}

impl Checklist {
    /// SHA-256 of the list's content as JSON in the order of its fields, without whether it was withdrawn.
    pub fn hash(&self) -> BlobHash {
        let content = Self {
            withdrawn: false,
            ..self.clone()
        };
        // Text keys and numbers alone: serialising it cannot fail.
        BlobHash::of(&serde_json::to_vec(&content).unwrap_or_default())
    }

    /// Its name, version and content.
    pub fn reference(&self) -> ListRef {
        ListRef {
            list: self.name.clone(),
            version: self.version,
            content: self.hash(),
        }
    }

    /// The question of this name.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.key == key)
    }

    /// Whether it is for this inspection: its agency has a part in it, one of its exams was ordered, and one of the
    /// goods items is among its goods.
    pub fn is_for(&self, inspection: &Inspection) -> bool {
        let concerned = inspection.agencies.iter().any(|t| t.agency == self.agency);
        let exam = self.exams.is_empty() || self.exams.iter().any(|e| inspection.exams.contains(e));
        let goods = self.commodities.is_empty()
            || inspection.consignment.items.iter().any(|item| {
                item.hs.as_ref().is_some_and(|hs| {
                    self.commodities
                        .iter()
                        .any(|begin| hs.as_str().starts_with(begin.as_str()))
                })
            });
        concerned && exam && goods
    }

    /// The questions that are asked after these answers, in the list's order.
    pub fn asked<'a>(
        &'a self,
        answers: &'a BTreeMap<&str, &Given>,
    ) -> impl Iterator<Item = &'a Question> {
        self.questions
            .iter()
            .filter(|question| condition::is_asked(self, question, answers))
    }

    /// The questions that are asked, wanted, and without an answer.
    pub fn missing<'a>(
        &'a self,
        answers: &'a BTreeMap<&str, &Given>,
    ) -> impl Iterator<Item = &'a Question> {
        self.asked(answers)
            .filter(|q| q.required && !answers.contains_key(q.key.as_str()))
    }
}

impl QuestionKind {
    /// Whether an answer is not as it should be.
    pub fn deviates(&self, given: &Given) -> bool {
        match (self, given) {
            (Self::YesNo { expected }, Given::YesNo { yes }) => expected.is_some_and(|e| e != *yes),
            (Self::Number { from, to, .. }, Given::Number { thousandths }) => {
                from.is_some_and(|from| *thousandths < from)
                    || to.is_some_and(|to| *thousandths > to)
            }
            (Self::Choice { options }, Given::Choice { option }) => {
                options.iter().any(|o| o.key == *option && o.deviates)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
