#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use super::*;
use crate::Refusal;

fn yes_no(key: &str, when: Option<AskedWhen>) -> Question {
    Question {
        key: key.to_owned(),
        text: english(key),
        help: Translated::default(),
        kind: QuestionKind::YesNo {
            expected: Some(true),
        },
        required: true,
        when,
    }
}

fn english(text: &str) -> Translated {
    Translated(BTreeMap::from([("en".to_owned(), text.to_owned())]))
}

fn number(key: &str, when: Option<AskedWhen>) -> Question {
    Question {
        kind: QuestionKind::Number {
            unit: "Cel".to_owned(),
            least: Some(-60_000),
            most: Some(60_000),
            from: None,
            to: Some(-15_000),
        },
        ..yes_no(key, when)
    }
}

fn list_of(questions: Vec<Question>) -> Checklist {
    Checklist {
        name: "cold".to_owned(),
        version: 1,
        agency: Agency::Veterinary,
        title: english("Cold goods"),
        exams: vec![],
        commodities: vec![],
        questions,
        withdrawn: false,
    }
}

fn after_yes(question: &str) -> AskedWhen {
    AskedWhen::Yes {
        question: question.to_owned(),
    }
}

fn keys<'a>(questions: impl Iterator<Item = &'a Question>) -> Vec<&'a str> {
    questions.map(|q| q.key.as_str()).collect()
}

#[test]
fn a_question_is_asked_when_its_condition_holds_and_not_before() {
    let list = list_of(vec![
        yes_no("frozen", None),
        number("core", Some(after_yes("frozen"))),
        yes_no(
            "cause",
            Some(AskedWhen::Deviates {
                question: "core".to_owned(),
            }),
        ),
    ]);
    assert_eq!(list.check(), Ok(()));
    let (yes, no) = (Given::YesNo { yes: true }, Given::YesNo { yes: false });
    let warm = Given::Number {
        thousandths: -14_200,
    };
    let none = BTreeMap::new();
    assert_eq!(keys(list.missing(&none)), ["frozen"]);
    let frozen = BTreeMap::from([("frozen", &yes)]);
    assert_eq!(keys(list.missing(&frozen)), ["core"]);
    let both = BTreeMap::from([("frozen", &yes), ("core", &warm)]);
    assert_eq!(keys(list.missing(&both)), ["cause"]);
    // An answer to a question that is no longer asked opens nothing.
    let turned = BTreeMap::from([("frozen", &no), ("core", &warm)]);
    assert_eq!(keys(list.asked(&turned)), ["frozen"]);
}

#[test]
fn a_circle_is_named_from_question_to_question() {
    let list = list_of(vec![
        yes_no("a", Some(after_yes("b"))),
        yes_no("b", Some(after_yes("c"))),
        yes_no("c", Some(after_yes("a"))),
    ]);
    let fault = list.check().unwrap_err();
    assert_eq!(
        fault.to_string(),
        "the conditions run in a circle: a → b → c → a"
    );
    // Even unchecked it ends, and nothing in the circle is asked.
    let yes = Given::YesNo { yes: true };
    let all = BTreeMap::from([("a", &yes), ("b", &yes), ("c", &yes)]);
    assert_eq!(list.asked(&all).count(), 0);
    let itself = list_of(vec![yes_no("a", Some(after_yes("a")))]);
    assert!(matches!(itself.check(), Err(ListFault::Cycle { .. })));
}

#[test]
fn a_list_that_nobody_can_work_with_is_told_why() {
    let with = |change: &dyn Fn(&mut Checklist)| {
        let mut list = list_of(vec![yes_no("a", None), number("n", None)]);
        change(&mut list);
        list.check().unwrap_err().to_string()
    };
    let unit = with(&|l| {
        if let Some(Question {
            kind: QuestionKind::Number { unit, .. },
            ..
        }) = l.questions.last_mut()
        {
            "furlong".clone_into(unit);
        }
    });
    assert_eq!(unit, r#"the unit "furlong" of "n" is not known"#);
    let range = with(&|l| {
        if let Some(Question {
            kind: QuestionKind::Number { to, .. },
            ..
        }) = l.questions.last_mut()
        {
            *to = Some(-61_000);
        }
    });
    assert_eq!(range, r#"no number is within the bounds of "n""#);
    let unknown = with(&|l| l.questions.push(yes_no("b", Some(after_yes("zz")))));
    assert!(unknown.contains("\"zz\""), "{unknown}");
    let kind = with(&|l| l.questions.push(yes_no("b", Some(after_yes("n")))));
    assert!(kind.contains("answered in another way"), "{kind}");
    assert_eq!(
        with(&|l| l.questions.push(yes_no("a", None))),
        r#"the key "a" is there twice"#
    );
    assert_eq!(
        with(&|l| l.questions.push(yes_no(" ", None))),
        "question 3 has no key"
    );
    assert!(with(&|l| l.questions.clear()).starts_with("the list has 0 questions"));
    assert!(with(&|l| l.commodities.push("03x".to_owned())).contains("HS code"));
    let deep = (0..9).fold(after_yes("a"), |inner, _| AskedWhen::All {
        of: vec![inner],
    });
    assert!(with(&|l| l.questions.push(yes_no("b", Some(deep.clone())))).contains("deep"));
    let one = QuestionKind::Choice {
        options: vec![ListOption {
            key: "x".to_owned(),
            text: english("x"),
            deviates: false,
        }],
    };
    let options = with(&|l| {
        l.questions.push(Question {
            kind: one.clone(),
            ..yes_no("c", None)
        });
    });
    assert!(options.contains("1 options"), "{options}");
}

#[test]
fn the_hash_is_of_the_content_alone() {
    let list = list_of(vec![yes_no("a", None)]);
    let withdrawn = Checklist {
        withdrawn: true,
        ..list.clone()
    };
    assert_eq!(list.hash(), withdrawn.hash());
    let newer = Checklist {
        version: 2,
        ..list.clone()
    };
    assert_ne!(list.hash(), newer.hash());
    // What goes over the wire comes back with the same hash.
    let text = serde_json::to_string(&list).unwrap();
    let back: Checklist = serde_json::from_str(&text).unwrap();
    assert_eq!(back.hash(), list.hash());
}

#[test]
fn an_answer_fits_its_question_or_is_refused() {
    let number = number("n", None);
    let misfit = Err(Refusal::AnswerMisfit {
        question: "n".to_owned(),
    });
    for (given, wanted) in [
        (
            Given::Number {
                thousandths: 60_000,
            },
            Ok(()),
        ),
        (
            Given::Number {
                thousandths: 60_001,
            },
            misfit.clone(),
        ),
        (
            Given::Number {
                thousandths: i64::MIN,
            },
            misfit.clone(),
        ),
        (Given::YesNo { yes: true }, misfit),
        (Given::Nothing, Ok(())),
    ] {
        assert_eq!(accepts(&number, &given), wanted, "{given:?}");
    }
    assert!(number.kind.deviates(&Given::Number {
        thousandths: -14_999
    }));
    assert!(!number.kind.deviates(&Given::Number {
        thousandths: -15_000
    }));
}

#[test]
fn a_text_in_no_known_language_is_shown_in_another() {
    let words = Translated(BTreeMap::from([("sw".to_owned(), "Mbao?".to_owned())]));
    assert_eq!(words.in_language("fr"), "Mbao?");
    assert_eq!(Translated::default().in_language("fr"), "");
}
