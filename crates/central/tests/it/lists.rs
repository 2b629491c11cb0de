//! Checklists: taken in from a folder, told to the posts, and asked when answers and signatures come.

use outpost_api::{Change, PushResult};
use outpost_domain::{Agency, Checklist, Decision, EntryBody, Given, ListAnswer, QuestionKind};

use crate::stage::{Desk, Stage, refused};

fn demonstration(agency: Agency) -> Checklist {
    let mut lists = outpost_demo::checklists().unwrap().into_iter();
    lists.find(|l| l.agency == agency).unwrap()
}

async fn told(desk: &Desk, since: &str) -> Vec<Checklist> {
    let (changes, _) = desk.pull(since).await;
    changes
        .into_iter()
        .filter_map(|change| match change {
            Change::Checklist { checklist } => Some(*checklist),
            _ => None,
        })
        .collect()
}

fn answered(list: &Checklist, answers: Vec<ListAnswer>) -> EntryBody {
    EntryBody::ChecklistAnswered {
        list: list.reference(),
        answers,
    }
}

/// An answer to each question that is asked, as it should be where that is known.
fn whole(list: &Checklist) -> Vec<ListAnswer> {
    let asked = list.questions.iter().filter(|q| q.when.is_none());
    asked
        .map(|question| ListAnswer {
            question: question.key.clone(),
            given: match &question.kind {
                QuestionKind::YesNo { expected } => Given::YesNo {
                    yes: expected.unwrap_or(false),
                },
                QuestionKind::Number { least, .. } => Given::Number {
                    thousandths: least.unwrap_or(0),
                },
                QuestionKind::Choice { options } => Given::Choice {
                    option: options[0].key.clone(),
                },
                QuestionKind::Text => Given::Text {
                    text: "as is".into(),
                },
            },
        })
        .collect()
}

#[tokio::test]
async fn a_folder_of_lists_is_taken_in_and_a_bad_file_holds_up_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let good = Checklist {
        name: "dogs".into(),
        ..demonstration(Agency::Customs)
    };
    let mut circle = serde_json::to_value(&good).unwrap();
    circle["name"] = "circle".into();
    circle["questions"][0]["when"] = serde_json::json!({ "is": "yes", "question": "air" });
    let mut furlong = serde_json::to_value(&good).unwrap();
    furlong["name"] = "furlong".into();
    furlong["questions"][1]["unit"] = "furlong".into();
    let mut keyless = serde_json::to_value(&good).unwrap();
    keyless["questions"][0]
        .as_object_mut()
        .unwrap()
        .remove("key");
    write("a-circle.json", &circle.to_string());
    write("b-furlong.json", &furlong.to_string());
    write("c-keyless.json", &keyless.to_string());
    write("d-cut.json", "{\"name\": \"cut");
    write("notes.txt", "not a list");
    write("good.json", &serde_json::to_string(&good).unwrap());
    let checklists = Some(folder.path().to_owned());
    let stage = Stage::configured(5, |config| config.checklists.clone_from(&checklists)).await;
    let desk = stage.desk("A. Mwale").await;
    let names: Vec<String> = told(&desk, "").await.into_iter().map(|l| l.name).collect();
    assert!(names.contains(&"dogs".to_owned()), "{names:?}");
    assert_eq!(names.len(), 4, "{names:?}");
    // Started again, nothing is told anew; withdrawn, the list is told once more and stays.
    let (_, cursor) = desk.pull("").await;
    let stage = stage
        .again(|_, config| config.checklists.clone_from(&checklists))
        .await;
    let desk = stage.desk("A. Mwale").await;
    assert_eq!(told(&desk, &cursor).await, []);
    let withdrawn = Checklist {
        withdrawn: true,
        ..good.clone()
    };
    write("good.json", &serde_json::to_string(&withdrawn).unwrap());
    let stage = stage
        .again(|_, config| config.checklists.clone_from(&checklists))
        .await;
    let desk = stage.desk("A. Mwale").await;
    assert_eq!(told(&desk, &cursor).await, std::slice::from_ref(&withdrawn));
    // The same version with other content is never taken: what was answered stays what it was.
    let mut other = good;
    other.questions.truncate(1);
    write("good.json", &serde_json::to_string(&other).unwrap());
    let stage = stage
        .again(|_, config| config.checklists.clone_from(&checklists))
        .await;
    let desk = stage.desk("A. Mwale").await;
    let dogs = told(&desk, "").await.into_iter().find(|l| l.name == "dogs");
    assert_eq!(dogs, Some(withdrawn));
}

#[tokio::test]
async fn answers_are_looked_at_with_the_list_and_a_section_is_signed_when_it_is_complete() {
    let stage = Stage::with(20).await;
    let mut desk = stage.desk("A. Mwale").await;
    let list = demonstration(Agency::Customs);
    let inspection = desk.untouched().await;
    let some = whole(&list).into_iter().take(1).collect();
    let entries = [
        desk.write(&inspection, answered(&list, some)),
        desk.write(
            &inspection,
            EntryBody::Decided {
                decision: Decision::Waived {
                    reason: "not ours".into(),
                },
                items: vec![],
            },
        ),
        desk.write(&inspection, EntryBody::SectionSigned),
    ];
    let results = desk.results(&entries).await;
    assert_eq!(results[..2], [PushResult::Accepted, PushResult::Accepted]);
    assert_eq!(refused(&results[2]), "answers-missing");
    let mut rest = whole(&list);
    // It was said that the air was measured: so the oxygen is asked for.
    rest.push(ListAnswer {
        question: "oxygen".into(),
        given: Given::Number {
            thousandths: 20_900,
        },
    });
    let complete = desk.write(&inspection, answered(&list, rest));
    assert_eq!(desk.results(&[complete]).await, [PushResult::Accepted]);
    let signed = desk.write(&inspection, EntryBody::SectionSigned);
    assert_eq!(desk.results(&[signed]).await, [PushResult::Accepted]);
}

#[tokio::test]
async fn an_answer_to_no_question_or_of_an_unknown_list_has_a_clear_word() {
    let stage = Stage::with(20).await;
    let mut desk = stage.desk("A. Mwale").await;
    let list = demonstration(Agency::Customs);
    let inspection = desk.untouched().await;
    let answer = |question: &str, given: Given| {
        vec![ListAnswer {
            question: question.to_owned(),
            given,
        }]
    };
    let yes = Given::YesNo { yes: true };
    let unknown = Checklist {
        version: 99,
        ..list.clone()
    };
    let cases = [
        (
            answered(&list, answer("moon", yes.clone())),
            "answer-misfit",
        ),
        (
            answered(
                &list,
                answer(
                    "oxygen",
                    Given::Number {
                        thousandths: 100_001,
                    },
                ),
            ),
            "answer-misfit",
        ),
        (
            answered(&unknown, answer("air", yes.clone())),
            "unknown-list",
        ),
        (
            answered(
                &demonstration(Agency::Veterinary),
                answer("mark", yes.clone()),
            ),
            "list-of-another",
        ),
        (answered(&list, vec![]), "missing"),
    ];
    for (body, code) in cases {
        let entry = desk.write(&inspection, body);
        assert_eq!(refused(&desk.results(&[entry]).await[0]), code);
    }
}
