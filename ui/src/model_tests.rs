#![allow(clippy::unwrap_used)]
use outpost_demo::World;
use outpost_domain::{InspectionId, project, summarise};
use outpost_protocol::Badge;

use super::*;
use outpost_protocol::WorklistRow;

fn now() -> Timestamp {
    "2026-11-23T07:26:00Z".parse().unwrap()
}

fn rows(count: usize) -> Vec<WorklistRow> {
    World::generate(3, count, now()).inspections[..count]
        .iter()
        .map(|inspection| WorklistRow {
            row: summarise(inspection, &project(inspection, &[])),
            sync: Badge::Untouched,
        })
        .collect()
}

fn told(rows: Vec<WorklistRow>, removed: Vec<InspectionId>, complete: bool) -> Event {
    Event::Rows {
        rows,
        removed,
        complete,
    }
}

#[test]
fn rows_come_in_pages_change_in_place_and_go_by_id() {
    let mut model = Model::new(now());
    let all = rows(5);
    model.happened(told(all[..3].to_vec(), Vec::new(), false));
    assert!(!model.rows.complete());
    model.happened(told(all[3..].to_vec(), Vec::new(), true));
    assert!(model.rows.complete());
    assert_eq!(model.rows.all().len(), 5);

    let mut changed = all[1].clone();
    changed.sync = Badge::Sent;
    model.happened(told(vec![changed.clone()], vec![all[0].row.id], true));
    assert_eq!(model.rows.all().len(), 4);
    assert_eq!(model.rows.get(changed.row.id), Some(&changed));
    assert_eq!(model.rows.get(all[0].row.id), None);
    for row in &all[1..] {
        let place = model.rows.place(row.row.id).unwrap();
        assert_eq!(model.rows.all()[place].row.id, row.row.id);
    }
}

#[test]
fn every_change_of_rows_grows_the_revision() {
    let mut model = Model::new(now());
    let before = model.rows.revision();
    model.happened(told(Vec::new(), Vec::new(), false));
    assert!(model.rows.revision() > before);
}

#[test]
fn a_failure_does_not_wipe_what_was_told_before() {
    let problem = Problem {
        code: "timeout".to_owned(),
        args: BTreeMap::default(),
        detail: "too late".to_owned(),
    };
    let mut remote = Remote::Here(7);
    remote.take(Err(problem.clone()));
    assert_eq!(remote.here(), Some(&7));
    let mut remote: Remote<i32> = Remote::Asked;
    remote.take(Err(problem.clone()));
    assert_eq!(remote, Remote::Failed(problem));
}

#[test]
fn bad_news_is_not_written_over_before_it_is_closed() {
    let mut model = Model::new(now());
    let tell = |model: &mut Model, code: &str, grave| {
        let problem = Problem {
            code: code.to_owned(),
            args: BTreeMap::default(),
            detail: String::new(),
        };
        model.happened(Event::Notice(outpost_protocol::Notice { grave, problem }));
    };
    let shown = |model: &Model| model.word.as_ref().map(|word| word.problem.code.clone());
    tell(&mut model, "new-assignment", false);
    tell(&mut model, "managed-refused", true);
    tell(&mut model, "store-salvaged", true);
    tell(&mut model, "managed-refused", true);
    tell(&mut model, "slot-changed", false);
    for code in ["managed-refused", "store-salvaged", "slot-changed"] {
        assert_eq!(shown(&model).as_deref(), Some(code));
        model.close_word();
    }
    assert_eq!(shown(&model), None);
}
