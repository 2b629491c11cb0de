//! Worklist, agenda, drafts: what screens show.

use outpost_domain::*;

use crate::world::*;

fn slot(start: i64, end: i64) -> Slot {
    Slot {
        bay: "B2".to_owned(),
        start: time(start),
        end: time(end),
        agencies: vec![SlotAgency {
            agency: Agency::Veterinary,
            answer: Answer::Pending,
        }],
    }
}

#[test]
fn pages_of_the_worklist_are_the_whole_in_order() {
    let world = World::empty();
    let all: Vec<_> = (1..=25u128)
        .map(|n| {
            snapshot(Inspection {
                priority: if n % 5 == 0 {
                    Priority::Urgent
                } else {
                    Priority::Normal
                },
                ordered_at: time(1_000 - (n as i64 % 7)),
                ..inspection(n, "MSKU6011672", "Fish")
            })
        })
        .collect();
    world.pull(&all);
    assert_eq!(world.store.row_count().unwrap(), 25);
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = world.store.rows(None, after, 4).unwrap();
        rows.extend(page.rows.into_iter().map(|r| r.row));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(rows.len(), 25);
    let mut sorted = rows.clone();
    sorted.sort_by_key(|r| (r.priority, r.since, r.id));
    assert_eq!(rows, sorted);
    assert_eq!(rows[0].priority, Priority::Urgent);
}

#[test]
fn the_agenda_has_the_slots_of_the_day_with_the_answers_given_here() {
    let world = World::empty();
    let with_slot = |n, slot| {
        snapshot(Inspection {
            slot: Some(slot),
            ..inspection(n, "MSKU6011672", "Fish")
        })
    };
    world.pull(&[
        with_slot(1, slot(500, 600)),
        with_slot(2, slot(100, 200)),
        with_slot(3, slot(0, 100)),
        with_slot(4, slot(1_000, 1_100)),
    ]);
    let vet = officer(2, Agency::Veterinary);
    let answered = EntryBody::SlotAnswered {
        answer: Answer::Accepted,
        reason: String::new(),
        rather: None,
        minutes: None,
        proposal: None,
    };
    world.record_as(&vet, 1, answered, None);
    let agenda = world.store.agenda(time(100), time(1_000)).unwrap();
    let ids: Vec<InspectionId> = agenda.iter().map(|a| a.row.id).collect();
    assert_eq!(ids, [id(2), id(1)]);
    assert_eq!(agenda[1].slot.slot.agencies[0].answer, Answer::Accepted);
    assert_eq!(agenda[0].slot.slot.agencies[0].answer, Answer::Pending);
}

#[test]
fn a_draft_is_its_officers_and_survives() {
    let world = World::with_two_inspections();
    let (anna, ben) = (
        officer(1, Agency::Customs).id,
        officer(2, Agency::Customs).id,
    );
    for (officer, text) in [(anna, "a d"), (ben, "other"), (anna, "a dent in")] {
        let store = &world.store;
        store
            .save_draft(officer, id(1), "finding", text, time(0))
            .unwrap();
    }
    let world = world.reopened();
    let opened = world.store.open_inspection(Some(anna), id(1)).unwrap();
    assert_eq!(opened.drafts.len(), 1);
    assert_eq!(opened.drafts[0].text, "a dent in");
    world.store.drop_draft(anna, id(1), "finding").unwrap();
    assert!(world.store.drafts(anna, id(1)).unwrap().is_empty());
    assert_eq!(world.store.drafts(ben, id(1)).unwrap().len(), 1);
}

#[test]
fn projections_made_anew_are_the_same() {
    let world = World::with_two_inspections();
    world.record(1, EntryBody::SectionClaimed);
    world.record(2, finding("a leak"));
    let everything = |world: &World| {
        (
            world.store.rows(None, None, 10).unwrap(),
            world.store.open_inspection(None, id(1)).unwrap(),
            world.store.search("fish", 10).unwrap(),
            world.store.outbox_lines().unwrap(),
        )
    };
    let before = everything(&world);
    world.store.rebuild_projections().unwrap();
    assert_eq!(everything(&world), before);
}

#[test]
fn an_inspection_that_is_not_here_says_so() {
    let world = World::empty();
    let told = world.store.open_inspection(None, id(9));
    assert!(matches!(told, Err(outpost_db::StoreError::UnknownInspection(i)) if i == id(9)));
}
