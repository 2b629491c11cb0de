//! Answers as they are typed: each a text, empty when there is none.

use outpost_domain::{Given, Question, QuestionKind, accepts};

use super::super::joint::scaled;
use super::{number_words, sign};
use crate::text::{tr, tr_args};

/// What stands for yes and no.
pub const YES: &str = "yes";
/// See [`YES`].
pub const NO: &str = "no";

/// The answer as it would be typed.
pub fn text_of(given: &Given) -> String {
    match given {
        Given::YesNo { yes } => if *yes { YES } else { NO }.to_owned(),
        Given::Number { thousandths } => plain_number(*thousandths),
        Given::Choice { option } => option.clone(),
        Given::Text { text } => text.clone(),
        Given::Nothing => String::new(),
    }
}

/// Without signs for thousands, so that it is read back.
fn plain_number(thousandths: i64) -> String {
    let whole = thousandths / 1000;
    let rest = thousandths.unsigned_abs() % 1000;
    let sign = if thousandths < 0 && whole == 0 {
        "-"
    } else {
        ""
    };
    let text = format!("{sign}{whole}.{rest:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads what was typed; `None` when nothing was.
///
/// # Errors
/// In words, when it is no answer to the question.
pub fn given(question: &Question, typed: &str) -> Result<Option<Given>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let given = match &question.kind {
        QuestionKind::YesNo { .. } => Given::YesNo { yes: typed == YES },
        QuestionKind::Number { .. } => match scaled(typed, 1000)? {
            Some(thousandths) => Given::Number { thousandths },
            None => return Ok(None),
        },
        QuestionKind::Choice { .. } => Given::Choice {
            option: typed.to_owned(),
        },
        QuestionKind::Text => Given::Text {
            text: typed.to_owned(),
        },
    };
    match accepts(question, &given) {
        Ok(()) => Ok(Some(given)),
        Err(_) => Err(misfit(&question.kind)),
    }
}

/// Why a number is out of bounds, with the bounds.
fn misfit(kind: &QuestionKind) -> String {
    let QuestionKind::Number {
        unit, least, most, ..
    } = kind
    else {
        return tr("list-misfit");
    };
    let bound = |bound: &Option<i64>| bound.map_or_else(String::new, number_words);
    let args = [
        ("least", bound(least).into()),
        ("most", bound(most).into()),
        ("unit", sign(unit).into()),
    ];
    match (least, most) {
        (Some(_), Some(_)) => tr_args("list-between", &args),
        (Some(_), None) => tr_args("list-at-least", &args),
        _ => tr_args("list-at-most", &args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_typed_back_as_it_was_read() {
        for (thousandths, text) in [
            (-18_200, "-18.2"),
            (-500, "-0.5"),
            (0, "0"),
            (12_030, "12.03"),
            (1_000_001, "1000.001"),
        ] {
            assert_eq!(plain_number(thousandths), text);
            assert_eq!(scaled(text, 1000), Ok(Some(thousandths)));
        }
    }
}
