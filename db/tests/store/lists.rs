//! Checklists: kept for good, told as withdrawn, and set aside when nobody can work with them.

use std::collections::BTreeMap;

use outpost_api::Change;
use outpost_domain::*;

use crate::world::*;

fn list(version: u32, when: Option<AskedWhen>) -> Checklist {
    let english = |text: &str| Translated(BTreeMap::from([("en".to_owned(), text.to_owned())]));
    Checklist {
        name: "cold".into(),
        version,
        agency: Agency::Veterinary,
        title: english("Cold goods"),
        exams: vec![],
        commodities: vec![],
        questions: vec![Question {
            key: "frozen".into(),
            text: english("Frozen?"),
            help: Translated::default(),
            kind: QuestionKind::YesNo { expected: None },
            required: true,
            when,
        }],
        withdrawn: false,
    }
}

fn told(list: &Checklist) -> Change {
    Change::Checklist {
        checklist: Box::new(list.clone()),
    }
}

#[test]
fn a_list_stays_when_it_is_withdrawn_and_when_a_newer_one_comes() {
    let world = World::empty();
    let first = list(1, None);
    let withdrawn = Checklist {
        withdrawn: true,
        ..first.clone()
    };
    world.pull(&[told(&first), told(&list(2, None))]);
    world.pull(&[told(&withdrawn), told(&withdrawn)]);
    let world = world.reopened();
    assert_eq!(
        world.store.checklists().unwrap(),
        [withdrawn, list(2, None)]
    );
}

#[test]
fn a_list_whose_questions_wait_for_each_other_is_set_aside_with_the_circle_named() {
    let world = World::empty();
    let circle = list(
        1,
        Some(AskedWhen::Yes {
            question: "frozen".into(),
        }),
    );
    let applied = world.pull(&[told(&circle), told(&list(2, None))]);
    assert_eq!(applied.unreadable, 1);
    assert_eq!(world.store.checklists().unwrap(), [list(2, None)]);
    let aside = world.store.unreadable_changes().unwrap();
    assert_eq!(
        aside[0].reason,
        "checklist cold, version 1: the conditions run in a circle: frozen → frozen"
    );
}

#[test]
fn a_list_without_a_key_is_set_aside_word_for_word() {
    let world = World::empty();
    let mut keyless = serde_json::to_value(told(&list(1, None))).unwrap();
    let question = &mut keyless["checklist"]["questions"][0];
    question.as_object_mut().unwrap().remove("key");
    let text = keyless.to_string();
    let page = outpost_api::ChangesPage {
        changes: vec![serde_json::value::RawValue::from_string(text.clone()).unwrap()],
        ..page("one", &[])
    };
    let applied = world.store.apply_changes(None, &page).unwrap();
    assert_eq!(applied.unreadable, 1);
    let aside = world.store.unreadable_changes().unwrap();
    assert_eq!(aside[0].body, text);
    assert!(aside[0].reason.contains("key"), "{}", aside[0].reason);
}
