//! Corrections of two workstations that did not see each other, and what was done on an entry before its correction.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use world::*;

fn vet(n: u128) -> Officer {
    officer(n, Agency::Veterinary)
}

fn judged(accepted: &[Entry], author: &Officer, entry: &Entry) -> Judgement {
    judge(author, &inspection(), accepted, &lists(), &entry.payload)
}

fn held_on(level: HoldLevel) -> EntryBody {
    let mut body = hold(1);
    if let EntryBody::HoldPlaced { level: at, .. } = &mut body {
        *at = level;
    }
    body
}

fn back() -> EntryBody {
    EntryBody::Withdrawn {
        reason: "not so".into(),
    }
}

fn sample(number: &str) -> EntryBody {
    EntryBody::SampleTaken {
        sample: Sample {
            number: number.into(),
            item: 1,
            batch: String::new(),
            count: 1,
            matter: String::new(),
            test: "histamine".into(),
            laboratory: "laboratory".into(),
            reason: SampleReason::Suspicion,
            analysis: Analysis::Initial,
            conservation: Conservation::Frozen,
        },
        photos: vec![],
    }
}

#[test]
fn of_two_corrections_of_one_entry_the_second_contends_and_names_who_was_first() {
    let (mut one, mut two) = (Pen::new(1), Pen::new(2));
    let placed = one.write(&vet(2), 1, held_on(HoldLevel::Item { number: 2 }), None);
    let narrow = held_on(HoldLevel::Item { number: 1 });
    let wide = hold(1);
    let first = one.write(&vet(2), 2, narrow, Some(placed.payload.id));
    // The clock of the second laptop is behind: that does not make it the first.
    let late = two.write(&vet(3), 0, wide.clone(), Some(placed.payload.id));
    let accepted = [placed.clone(), first.clone()];
    let Judgement::Conflict { code, detail } = judged(&accepted, &vet(3), &late) else {
        panic!("both corrections stand");
    };
    assert_eq!(code, "already-corrected");
    assert!(detail.contains("Officer 2"), "{detail}");
    let standing = || accepted.iter().map(|e| &e.payload);
    assert_eq!(rival(&late.payload, standing()), Some(&first.payload));

    // The officer looks at both, and corrects the one that stands.
    let anew = two.write(&vet(3), 3, wide, Some(first.payload.id));
    assert_eq!(judged(&accepted, &vet(3), &anew), Judgement::Accepted);
    let state = project(&inspection(), &[placed, first, anew]);
    let each: Vec<Openness> = state.release.iter().map(|r| r.openness).collect();
    assert_eq!(each, [Openness::Held, Openness::Held]);
}

#[test]
fn that_two_took_the_same_entry_back_is_no_contradiction() {
    let (mut one, mut two) = (Pen::new(1), Pen::new(2));
    let placed = one.write(&vet(2), 1, hold(1), None);
    let first = one.write(&vet(2), 2, back(), Some(placed.payload.id));
    let second = two.write(&vet(3), 3, back(), Some(placed.payload.id));
    let corrects = two.write(&vet(3), 4, hold(1), Some(placed.payload.id));
    let accepted = [placed, first];
    assert_eq!(judged(&accepted, &vet(3), &second), Judgement::Accepted);
    assert!(matches!(
        judged(&accepted, &vet(3), &corrects),
        Judgement::Conflict {
            code: "already-corrected",
            ..
        }
    ));
}

#[test]
fn a_corrected_sample_keeps_its_way_and_its_result() {
    let (mut one, mut two) = (Pen::new(1), Pen::new(2));
    let drawn = one.write(&vet(2), 1, sample("S-17"), None);
    let name = drawn.payload.id;
    let handed = EntryBody::SampleMoved {
        sample: name,
        step: CustodyStep::Handed,
        person: "driver".into(),
        seal: String::new(),
    };
    let handed = one.write(&vet(2), 2, handed, None);
    let corrected = one.write(&vet(2), 3, sample("S-71"), Some(name));
    // The other laptop has not heard of the correction.
    let reported = EntryBody::SampleReported {
        sample: name,
        conclusion: SampleConclusion::Satisfactory,
        report: "LAB-8".into(),
    };
    let reported = two.write(&vet(3), 4, reported, None);
    let accepted = [drawn, handed, corrected];
    assert_eq!(judged(&accepted, &vet(3), &reported), Judgement::Accepted);
    let [drawn, handed, corrected] = accepted;
    let state = project(&inspection(), &[drawn, handed, corrected, reported]);
    let [sample] = state.samples.as_slice() else {
        panic!("{:?}", state.samples);
    };
    assert_eq!(sample.sample.number, "S-71");
    assert_eq!(sample.custody.len(), 1);
    assert!(sample.result.is_some());
    assert_eq!(state.sample(name), Some(sample));
}

#[test]
fn who_did_not_come_to_a_slot_that_was_moved_since_stays_on_record() {
    let customs = officer(1, Agency::Customs);
    let (mut one, mut two) = (Pen::new(1), Pen::new(2));
    let propose = |over, agencies: &[Agency]| EntryBody::SlotProposed {
        bay: "Bay 1".into(),
        span: Span {
            start: at(3600),
            end: at(7200),
        },
        setup_minutes: 0,
        agencies: agencies.to_vec(),
        over,
    };
    let both = [Agency::Customs, Agency::Veterinary];
    let first = one.write(&customs, 1, propose(None, &both), None);
    let first_id = first.payload.id;
    let absent = |proposal| EntryBody::NoShow {
        absent: Agency::Veterinary,
        note: String::new(),
        proposal,
    };
    let missed = two.write(&customs, 2, absent(Some(first_id)), None);
    let alone = propose(Some(first_id), &[Agency::Customs]);
    let moved = one.write(&customs, 3, alone, None);
    let moved_id = moved.payload.id;
    let wrong = two.write(&customs, 4, absent(Some(moved_id)), None);
    let accepted = [first, moved];
    assert_eq!(judged(&accepted, &customs, &missed), Judgement::Accepted);
    assert!(matches!(
        judged(&accepted, &customs, &wrong),
        Judgement::Refused(Refusal::NotConcerned { .. })
    ));
    let [first, moved] = accepted;
    let slot = project(&inspection(), &[first, moved, missed])
        .slot
        .unwrap();
    assert!(slot.no_shows.is_empty(), "{:?}", slot.no_shows);
}
