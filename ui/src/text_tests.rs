#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;
use std::path::Path;

use outpost_domain::*;

use super::*;

fn keys(language: Language) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for source in sources(language) {
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_alphabetic())
                && let Some((key, _)) = line.split_once(" =")
            {
                assert!(keys.insert(key.to_owned()), "{key} is said twice");
            }
        }
    }
    keys
}

fn code_of(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code_of(&path, all);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("text_tests.rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn source() -> String {
    let mut all = String::new();
    code_of(Path::new("src"), &mut all);
    all
}

/// The string literals that follow `call(`.
fn asked(source: &str, call: &str) -> BTreeSet<String> {
    source
        .split(&format!("{call}("))
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split_once('"'))
        .map(|(key, _)| key.to_owned())
        .collect()
}

#[test]
fn both_languages_have_the_same_messages() {
    let (english, french) = (keys(Language::English), keys(Language::French));
    let missing: Vec<_> = english.symmetric_difference(&french).collect();
    assert!(missing.is_empty(), "only in one language: {missing:?}");
}

#[test]
fn every_file_is_read_without_an_error() {
    for language in Language::ALL {
        for source in sources(language) {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{language:?}: {errors:?} in {}", &source[..60]);
            }
        }
    }
}

#[test]
fn every_message_that_the_code_asks_for_is_there() {
    let (source, keys) = (source(), keys(Language::English));
    let mut missing: Vec<String> = Vec::new();
    for call in ["tr", "tr_args"] {
        missing.extend(
            asked(&source, call)
                .into_iter()
                .filter(|key| !keys.contains(key)),
        );
    }
    assert!(missing.is_empty(), "no message for {missing:?}");
}

#[test]
fn no_message_is_left_over() {
    let source = source();
    let mut families = asked(&source, "tr_code");
    families.extend(asked(&source, "tr_code_args"));
    families.insert("problem".to_owned());
    let left: Vec<String> = keys(Language::English)
        .into_iter()
        .filter(|key| !source.contains(&format!("\"{key}\"")))
        .filter(|key| {
            !families
                .iter()
                .any(|family| key.starts_with(&format!("{family}-")))
        })
        .filter(|key| {
            !DOMAIN_FAMILIES
                .iter()
                .any(|family| key.starts_with(&format!("{family}-")))
        })
        .collect();
    assert!(left.is_empty(), "said by nobody: {left:?}");
}

macro_rules! families {
    ($($family:literal => $of:ty),+ $(,)?) => {
        /// The families whose codes are an enumeration of the domain.
        const DOMAIN_FAMILIES: &[&str] = &[$($family),+];

        #[test]
        fn every_code_of_the_domain_has_its_words() {
            let keys = keys(Language::English);
            $(for value in <$of>::ALL {
                let key = format!("{}-{}", $family, value.code());
                assert!(keys.contains(&key), "no message for {key}");
            })+
        }
    };
}

families! {
    "lane" => Lane, "lane-short" => Lane, "priority" => Priority, "agency" => Agency, "role" => Role,
    "exam" => ExamType, "check-kind" => CheckKind, "check-result" => CheckResult, "answer" => Answer,
    "section" => SectionState, "openness" => Openness, "purpose" => Purpose, "refusal" => RefusalAction,
    "unit-kind" => UnitKind, "seal-class" => SealClass, "seal-party" => SealParty,
    "seal-condition" => SealCondition, "alert" => AlertKind, "finding" => FindingCategory,
    "severity" => Severity, "outcome" => ItemOutcome, "region" => RegionCategory, "image" => ImageConclusion,
    "hold-type" => HoldType, "hold-reason" => HoldReason, "bill-level" => BillLevel, "party" => PartyRole, "figure" => Figure, "figure-why" => Figure,
    "figure-value" => Measure, "stage" => Stage, "threat" => PracticeThreat,
    "practice-outcome" => PracticeOutcome, "practice-told" => PracticeOutcome, "practice-sure" => Confidence,
}

#[test]
fn a_locale_chooses_its_language() {
    assert_eq!(Language::from_code("fr_CM.UTF-8"), Some(Language::French));
    assert_eq!(Language::from_code("en-GB"), Some(Language::English));
    assert_eq!(Language::from_code("sw"), None);
}

#[test]
fn french_says_what_english_says() {
    speak(Language::French);
    assert_eq!(tr_code("agency", Agency::Customs.code()), "Douane");
    speak(Language::English);
    assert_eq!(tr_code("agency", Agency::Customs.code()), "Customs");
}

#[test]
fn an_unknown_problem_is_said_in_the_desks_own_words() {
    let problem = Problem {
        code: "from-the-future".to_owned(),
        args: std::collections::BTreeMap::default(),
        detail: "The central is closed on Sundays.".to_owned(),
    };
    assert_eq!(tr_problem(&problem), "The central is closed on Sundays.");
}
