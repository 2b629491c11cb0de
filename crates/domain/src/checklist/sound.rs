//! Whether a checklist can be worked with, told before anybody begins it.

use std::collections::{HashMap, HashSet};

use super::{AskedWhen, Checklist, Question, QuestionKind};

/// The units in which a question may ask for a number, by UCUM code with the sign that is shown.
pub const UNITS: &[(&str, &str)] = &[
    ("Cel", "°C"),
    ("%", "%"),
    ("kg", "kg"),
    ("g", "g"),
    ("t", "t"),
    ("mm", "mm"),
    ("cm", "cm"),
    ("m", "m"),
    ("L", "l"),
    ("[pH]", "pH"),
    ("[ppm]", "ppm"),
    ("uSv/h", "µSv/h"),
    ("d", "d"),
    ("h", "h"),
    ("min", "min"),
    ("1", ""),
];

/// The most questions in one list, and the most options in one question.
const MOST: usize = 200;

/// The deepest that conditions stand in conditions.
const DEEPEST: usize = 8;

/// The longest text, characters.
const LONGEST: usize = 1_000;

/// Why a checklist cannot be worked with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListFault {
    /// No name.
    #[error("the list has no name")]
    NoName,
    /// No title in any language.
    #[error("the list has no title")]
    NoTitle,
    /// No question, or too many.
    #[error("the list has {count} questions; from 1 to {MOST} are taken")]
    Count {
        /// How many it has.
        count: usize,
    },
    /// A question without a name.
    #[error("question {number} has no key")]
    NoKey {
        /// Its place, from 1.
        number: usize,
    },
    /// Two questions, or two options of one, have the same name.
    #[error("the key {key:?} is there twice")]
    Twice {
        /// The name.
        key: String,
    },
    /// A question or option without a text, or with one that is too long.
    #[error("{key:?} has no text, or one of more than {LONGEST} characters")]
    Unreadable {
        /// Which.
        key: String,
    },
    /// A unit that is not known.
    #[error("the unit {unit:?} of {key:?} is not known")]
    Unit {
        /// Which question.
        key: String,
        /// Its unit.
        unit: String,
    },
    /// A range in which no number is.
    #[error("no number is within the bounds of {key:?}")]
    EmptyRange {
        /// Which question.
        key: String,
    },
    /// Fewer than two options, or too many.
    #[error("{key:?} has {count} options; from 2 to {MOST} are taken")]
    Options {
        /// Which question.
        key: String,
        /// How many.
        count: usize,
    },
    /// A condition names a question or option that is not there, or one that is answered in another way.
    #[error(
        "the condition of {key:?} names {named:?}, which is not there or is answered in another way"
    )]
    Misnamed {
        /// Whose condition.
        key: String,
        /// What it names.
        named: String,
    },
    /// Conditions stand too deep in conditions.
    #[error("the condition of {key:?} is more than {DEEPEST} deep")]
    Deep {
        /// Whose condition.
        key: String,
    },
    /// Questions wait for each other.
    #[error("the conditions run in a circle: {}", .keys.join(" → "))]
    Cycle {
        /// The questions, each waiting for the next.
        keys: Vec<String>,
    },
    /// What is not a beginning of an HS code.
    #[error("{text:?} is not a beginning of an HS code")]
    Commodity {
        /// As given.
        text: String,
    },
}

impl Checklist {
    /// Whether officers can work with the list.
    ///
    /// # Errors
    /// The first fault, naming the question.
    pub fn check(&self) -> Result<(), ListFault> {
        if self.name.trim().is_empty() {
            return Err(ListFault::NoName);
        }
        if self.title.is_empty() {
            return Err(ListFault::NoTitle);
        }
        let count = self.questions.len();
        if count == 0 || count > MOST {
            return Err(ListFault::Count { count });
        }
        for text in &self.commodities {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            if !digits || !(2..=10).contains(&text.len()) {
                return Err(ListFault::Commodity { text: text.clone() });
            }
        }
        let mut keys = HashSet::new();
        for (index, question) in self.questions.iter().enumerate() {
            if question.key.trim().is_empty() {
                return Err(ListFault::NoKey { number: index + 1 });
            }
            if !keys.insert(question.key.as_str()) {
                return Err(ListFault::Twice {
                    key: question.key.clone(),
                });
            }
            check_question(question)?;
        }
        for question in &self.questions {
            if let Some(condition) = &question.when {
                self.check_condition(&question.key, condition)?;
            }
        }
        self.check_circles()
    }

    fn check_condition(&self, key: &str, condition: &AskedWhen) -> Result<(), ListFault> {
        if condition.depth() > DEEPEST {
            return Err(ListFault::Deep {
                key: key.to_owned(),
            });
        }
        let fits = |question: &str, fits: &dyn Fn(&QuestionKind) -> bool| {
            let known = self.question(question).is_some_and(|q| fits(&q.kind));
            known.then_some(()).ok_or_else(|| ListFault::Misnamed {
                key: key.to_owned(),
                named: question.to_owned(),
            })
        };
        match condition {
            AskedWhen::Yes { question } | AskedWhen::No { question } => {
                fits(question, &|kind| matches!(kind, QuestionKind::YesNo { .. }))
            }
            AskedWhen::Above { question, .. } | AskedWhen::Below { question, .. } => {
                fits(question, &|kind| {
                    matches!(kind, QuestionKind::Number { .. })
                })
            }
            AskedWhen::Deviates { question } => {
                fits(question, &|kind| !matches!(kind, QuestionKind::Text))
            }
            AskedWhen::Chosen { question, option } => fits(
                question,
                &|kind| matches!(kind, QuestionKind::Choice { options } if options.iter().any(|o| o.key == *option)),
            ),
            AskedWhen::All { of } | AskedWhen::Any { of } => {
                of.iter().try_for_each(|one| self.check_condition(key, one))
            }
        }
    }

    /// Walks from each question to those that its condition names, depth first.
    fn check_circles(&self) -> Result<(), ListFault> {
        let waits_for: HashMap<&str, Vec<&str>> = self
            .questions
            .iter()
            .map(|question| {
                let mut named = Vec::new();
                if let Some(condition) = &question.when {
                    condition.questions(&mut named);
                }
                (question.key.as_str(), named)
            })
            .collect();
        let mut clear = HashSet::new();
        for question in &self.questions {
            let mut way = Vec::new();
            walk(&question.key, &waits_for, &mut clear, &mut way)?;
        }
        Ok(())
    }
}

fn walk<'a>(
    key: &'a str,
    waits_for: &HashMap<&'a str, Vec<&'a str>>,
    clear: &mut HashSet<&'a str>,
    way: &mut Vec<&'a str>,
) -> Result<(), ListFault> {
    if clear.contains(key) {
        return Ok(());
    }
    if let Some(begin) = way.iter().position(|on_way| *on_way == key) {
        let circle = way.iter().skip(begin).chain([&key]);
        return Err(ListFault::Cycle {
            keys: circle.map(|key| (*key).to_owned()).collect(),
        });
    }
    way.push(key);
    for next in waits_for.get(key).into_iter().flatten() {
        walk(next, waits_for, clear, way)?;
    }
    way.pop();
    clear.insert(key);
    Ok(())
}

fn check_question(question: &Question) -> Result<(), ListFault> {
    let key = || question.key.clone();
    let readable = |words: &super::Translated| {
        !words.is_empty() && words.0.values().all(|t| t.chars().count() <= LONGEST)
    };
    if !readable(&question.text) || (!question.help.is_empty() && !readable(&question.help)) {
        return Err(ListFault::Unreadable { key: key() });
    }
    match &question.kind {
        QuestionKind::YesNo { .. } | QuestionKind::Text => Ok(()),
        QuestionKind::Number {
            unit,
            least,
            most,
            from,
            to,
        } => {
            if UNITS.iter().all(|(code, _)| code != unit) {
                return Err(ListFault::Unit {
                    key: key(),
                    unit: unit.clone(),
                });
            }
            let low = [least, from].into_iter().flatten().max();
            let high = [most, to].into_iter().flatten().min();
            match (low, high) {
                (Some(low), Some(high)) if low > high => Err(ListFault::EmptyRange { key: key() }),
                _ => Ok(()),
            }
        }
        QuestionKind::Choice { options } => {
            let count = options.len();
            if !(2..=MOST).contains(&count) {
                return Err(ListFault::Options { key: key(), count });
            }
            let mut keys = HashSet::new();
            for option in options {
                if !keys.insert(option.key.as_str()) {
                    return Err(ListFault::Twice {
                        key: option.key.clone(),
                    });
                }
                if option.key.trim().is_empty() || !readable(&option.text) {
                    return Err(ListFault::Unreadable { key: key() });
                }
            }
            Ok(())
        }
    }
}
