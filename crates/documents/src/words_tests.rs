#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;

use outpost_domain::*;

fn sources(language: PaperLanguage) -> [&'static str; 4] {
    match language {
        PaperLanguage::English => files!("en"),
        PaperLanguage::French => files!("fr"),
    }
}

fn keys(language: PaperLanguage) -> BTreeSet<&'static str> {
    sources(language)
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .collect()
}

/// The code of this crate, without its tests.
fn code() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut all = String::new();
    for folder in [
        folder.to_owned(),
        format!("{folder}/calendar"),
        format!("{folder}/figures"),
    ] {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("words_tests.rs") {
                all.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    all
}

/// The string literals of the code that begin with `doc-`.
fn named(code: &str) -> BTreeSet<&str> {
    code.split('"')
        .filter(|text| text.starts_with("doc-"))
        .collect()
}

#[test]
fn every_message_named_is_there_and_none_is_left_over() {
    let code = code();
    let named = named(&code);
    let families = ["doc-draft", "doc-field"];
    for language in PaperLanguage::ALL {
        let keys = keys(*language);
        let missing: Vec<_> = named
            .iter()
            .filter(|key| !keys.contains(*key) && !families.contains(*key))
            .collect();
        assert!(missing.is_empty(), "{language}: no message for {missing:?}");
        let left: Vec<_> = keys
            .iter()
            .filter(|key| key.starts_with("doc-") && !named.contains(*key))
            .filter(|key| !families.iter().any(|f| key.starts_with(&format!("{f}-"))))
            .collect();
        assert!(left.is_empty(), "{language}: said by nobody: {left:?}");
    }
}

#[test]
fn both_languages_give_each_message_the_same_arguments() {
    let arguments = |language| -> Vec<(&str, BTreeSet<&str>)> {
        let [documents, ..] = sources(language);
        let mut all: Vec<_> = documents
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(key, text)| {
                let named = text.split("{ $").skip(1);
                (key, named.filter_map(|t| t.split(' ').next()).collect())
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(
        arguments(PaperLanguage::English),
        arguments(PaperLanguage::French)
    );
}

macro_rules! families {
    ($($family:literal => $of:ty),+ $(,)?) => {
        #[test]
        fn every_code_that_a_paper_may_tell_has_its_words() {
            for language in PaperLanguage::ALL {
                let keys = keys(*language);
                $(for value in <$of>::ALL {
                    let key = format!("{}-{value}", $family);
                    assert!(keys.contains(key.as_str()), "{language}: no message for {key}");
                })+
            }
        }

        #[test]
        fn every_family_that_the_code_asks_for_is_one_of_the_list() {
            let code = code();
            let known = [$($family),+];
            for asked in code.split(".code(").skip(1).filter_map(|rest| {
                rest.trim_start().strip_prefix('"')?.split('"').next()
            }) {
                let counted = ["weekday", "month", "month-short", "doc-draft", "doc-field"];
                assert!(known.contains(&asked) || counted.contains(&asked), "{asked}");
            }
        }
    };
}

families! {
    "agency" => Agency, "alert" => AlertKind, "analysis" => Analysis, "answer" => Answer, "bill-level" => BillLevel,
    "check-kind" => CheckKind, "check-result" => CheckResult, "condition" => ConditionCode,
    "conservation" => Conservation, "custody" => CustodyStep, "exam" => ExamType,
    "figure" => Figure, "figure-value" => Measure, "figure-why" => Figure, "lane" => Lane, "stage" => Stage,
    "finding" => FindingCategory, "hold-reason" => HoldReason, "hold-type" => HoldType,
    "image" => ImageConclusion, "lab" => SampleConclusion, "openness" => Openness, "outcome" => ItemOutcome,
    "party" => PartyRole, "purpose" => Purpose, "reading" => ReadingKind, "record-stage" => RecordStage,
    "refusal" => RefusalAction, "refusal-family" => RefusalFamily, "region" => RegionCategory,
    "sample-reason" => SampleReason, "seal-class" => SealClass, "seal-condition" => SealCondition,
    "seal-party" => SealParty, "section" => SectionState, "severity" => Severity, "side" => UnitSide,
    "side-condition" => SideCondition, "signatory" => Signatory, "treatment" => TreatmentKind,
    "unsigned" => Unsigned, "verdict" => RegionVerdict,
}
