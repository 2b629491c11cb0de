//! Checklists from the central to the officer: begun in one version, and gone on with in it when that was withdrawn.

use outpost_domain::{Agency, Checklist, EntryBody, Given, InspectionId, ListAnswer};
use outpost_protocol::Draft;
use outpost_protocol::Request;

use crate::support::{Central, Window, desk};

fn devanning() -> Checklist {
    let mut lists = outpost_demo::checklists().unwrap().into_iter();
    lists.find(|l| l.agency == Agency::Customs).unwrap()
}

fn answer(list: &Checklist, question: &str) -> EntryBody {
    EntryBody::ChecklistAnswered {
        list: list.reference(),
        answers: vec![ListAnswer {
            question: question.to_owned(),
            given: Given::YesNo { yes: true },
        }],
    }
}

/// Two inspections of customs in which nobody has begun and for which the list is.
fn two(window: &mut Window) -> [InspectionId; 2] {
    let list = devanning();
    let mut ids: Vec<InspectionId> = window.rows.keys().copied().collect();
    ids.sort_unstable();
    let mut fitting = ids.into_iter().filter(|id| {
        let opened = window.opened(*id);
        opened.history.is_empty() && list.is_for(&opened.inspection)
    });
    [fitting.next().unwrap(), fitting.next().unwrap()]
}

fn offered(window: &mut Window, id: InspectionId) -> Vec<(String, u32)> {
    let lists = window.opened(id).checklists;
    lists.into_iter().map(|l| (l.name, l.version)).collect()
}

#[test]
fn a_list_that_is_withdrawn_goes_on_where_it_was_begun_and_is_not_begun_elsewhere() {
    let mut central = Central::start(40);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    window.until("all rows are there", |w| w.rows.len() == 40);
    let [begun, other] = two(&mut window);
    let list = devanning();
    let (name, version) = (list.name.clone(), list.version);
    assert_eq!(offered(&mut window, begun), [(name.clone(), version)]);
    window.record(begun, answer(&list, "rows")).unwrap();
    let draft = Draft {
        inspection: begun,
        form: format!("list-{}", list.hash()),
        text: "{\"half\":\"typed\"}".into(),
    };
    window
        .ask(Request::SaveDraft {
            draft: draft.clone(),
        })
        .unwrap();
    window.until("the answer is at the central", |w| {
        w.waiting() == 0 && central.entries(begun).len() == 1
    });

    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, list: &Checklist| {
        let text = serde_json::to_string(list).unwrap();
        std::fs::write(folder.path().join(file), text).unwrap();
    };
    write(
        "old.json",
        &Checklist {
            withdrawn: true,
            ..list.clone()
        },
    );
    let newer = Checklist {
        version: version + 1,
        ..list.clone()
    };
    write("new.json", &newer);
    central.checklists = Some(folder.path().to_owned());
    central.stop();
    central.start_again();
    window.ask(Request::SyncNow).unwrap();
    for _ in 0..600 {
        if offered(&mut window, other) == [(name.clone(), version + 1)] {
            break;
        }
        window.listen(std::time::Duration::from_millis(50));
    }
    assert_eq!(offered(&mut window, other), [(name.clone(), version + 1)]);
    assert_eq!(offered(&mut window, begun), [(name, version)]);
    let opened = window.opened(begun);
    assert!(opened.drafts.contains(&draft), "what was typed is kept");
    window.record(begun, answer(&list, "rivets")).unwrap();
    let refused = window.record(begun, answer(&newer, "air")).unwrap_err();
    assert_eq!(refused.code, "list-pinned");
    window.until("the old list's answer is taken", |w| {
        w.waiting() == 0 && central.entries(begun).len() == 2
    });
    assert_eq!(
        central.entries(begun),
        ["checklist-answered", "checklist-answered"]
    );
    drop(window);
    laptop.shutdown();
    central.stop();
}
