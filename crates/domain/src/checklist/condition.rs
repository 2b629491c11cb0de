//! When a question is asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Checklist, Given, Question};

/// Under which answers a question is asked. A question that is itself not asked meets no condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AskedWhen {
    /// A question was answered yes.
    Yes {
        /// Which.
        question: String,
    },
    /// A question was answered no.
    No {
        /// Which.
        question: String,
    },
    /// An option was chosen.
    Chosen {
        /// In which question.
        question: String,
        /// Which option.
        option: String,
    },
    /// A number is above a bound.
    Above {
        /// In which question.
        question: String,
        /// The bound, thousandths of the question's unit.
        thousandths: i64,
    },
    /// A number is below a bound.
    Below {
        /// In which question.
        question: String,
        /// The bound, thousandths of the question's unit.
        thousandths: i64,
    },
    /// The answer is not as it should be.
    Deviates {
        /// To which question.
        question: String,
    },
    /// Every one holds.
    All {
        /// Which.
        #[schema(no_recursion)]
        of: Vec<AskedWhen>,
    },
    /// One at least holds.
    Any {
        /// Which.
        #[schema(no_recursion)]
        of: Vec<AskedWhen>,
    },
}

impl AskedWhen {
    /// The questions named in it.
    pub(super) fn questions<'a>(&'a self, named: &mut Vec<&'a str>) {
        match self {
            Self::Yes { question }
            | Self::No { question }
            | Self::Chosen { question, .. }
            | Self::Above { question, .. }
            | Self::Below { question, .. }
            | Self::Deviates { question } => named.push(question),
            Self::All { of } | Self::Any { of } => {
                for one in of {
                    one.questions(named);
                }
            }
        }
    }

    /// How deep conditions stand in conditions; 1 for a plain one.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::All { of } | Self::Any { of } => {
                1 + of.iter().map(Self::depth).max().unwrap_or(0)
            }
            _ => 1,
        }
    }

    fn holds(&self, list: &Checklist, answers: &BTreeMap<&str, &Given>, left: usize) -> bool {
        let answer = |key: &str| {
            let question = list.question(key)?;
            let given = answers.get(key).copied()?;
            asked_within(list, question, answers, left).then_some((question, given))
        };
        match self {
            Self::Yes { question } => {
                matches!(answer(question), Some((_, Given::YesNo { yes: true })))
            }
            Self::No { question } => {
                matches!(answer(question), Some((_, Given::YesNo { yes: false })))
            }
            Self::Chosen { question, option } => matches!(
                answer(question),
                Some((_, Given::Choice { option: chosen })) if chosen == option
            ),
            Self::Above {
                question,
                thousandths: bound,
            } => matches!(
                answer(question),
                Some((_, Given::Number { thousandths })) if thousandths > bound
            ),
            Self::Below {
                question,
                thousandths: bound,
            } => matches!(
                answer(question),
                Some((_, Given::Number { thousandths })) if thousandths < bound
            ),
            Self::Deviates { question } => {
                answer(question).is_some_and(|(question, given)| question.kind.deviates(given))
            }
            Self::All { of } => of.iter().all(|one| one.holds(list, answers, left)),
            Self::Any { of } => of.iter().any(|one| one.holds(list, answers, left)),
        }
    }
}

/// Whether `question` is asked after these answers.
pub(super) fn is_asked(
    list: &Checklist,
    question: &Question,
    answers: &BTreeMap<&str, &Given>,
) -> bool {
    asked_within(list, question, answers, list.questions.len())
}

/// A list with a cycle is refused before it comes here ([`Checklist::check`]); `left` ends the search even so, because
/// a question that hangs on itself is never asked.
fn asked_within(
    list: &Checklist,
    question: &Question,
    answers: &BTreeMap<&str, &Given>,
    left: usize,
) -> bool {
    match (&question.when, left.checked_sub(1)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(condition), Some(left)) => condition.holds(list, answers, left),
    }
}
