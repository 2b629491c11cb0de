//! The queues: for what an inspection waits, and for what no longer.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use world::*;

/// What is written on an inspection, a minute apart.
fn after(inspection: &Inspection, acts: Vec<(Officer, EntryBody)>) -> Waits {
    let mut pen = Pen::new(1);
    let entries: Vec<Entry> = acts
        .into_iter()
        .zip(1..)
        .map(|((who, body), minute)| pen.write(&who, minute * 60, body, None))
        .collect();
    waits(inspection, &project(inspection, &entries))
}

fn presented() -> Inspection {
    Inspection {
        presented_at: Some(at(-600)),
        ..inspection()
    }
}

fn customs() -> Officer {
    officer(1, Agency::Customs)
}

fn vet() -> Officer {
    officer(2, Agency::Veterinary)
}

fn sample(reason: SampleReason) -> EntryBody {
    EntryBody::SampleTaken {
        sample: Sample {
            number: "S-17".into(),
            item: 1,
            batch: "B204".into(),
            count: 5,
            matter: "fillet".into(),
            test: "histamine".into(),
            laboratory: "Central veterinary laboratory".into(),
            reason,
            analysis: Analysis::Initial,
            conservation: Conservation::Frozen,
        },
        photos: vec![],
    }
}

#[test]
fn what_nobody_has_begun_is_unassigned_until_somebody_is_named_or_begins() {
    assert_eq!(
        after(&inspection(), vec![]).queues,
        [Queue::Unassigned, Queue::Goods]
    );
    assert_eq!(after(&presented(), vec![]).queues, [Queue::Unassigned]);
    let mut named = presented();
    named.assigned_to.push(customs().id);
    assert!(after(&named, vec![]).is_empty());
    let claimed = vec![(vet(), EntryBody::SectionClaimed)];
    assert!(after(&presented(), claimed).is_empty());
}

#[test]
fn one_agency_waits_for_another_only_between_their_decisions() {
    let first = vec![(customs(), accept())];
    assert_eq!(after(&presented(), first.clone()).queues, [Queue::Agency]);
    let mut both = first;
    both.push((vet(), accept()));
    assert!(
        after(&presented(), both).is_empty(),
        "released goods wait for nothing"
    );
}

#[test]
fn the_lab_is_waited_for_until_it_has_answered_and_never_for_a_random_sample() {
    let taken = vec![(vet(), sample(SampleReason::Suspicion))];
    assert_eq!(after(&presented(), taken).queues, [Queue::Lab]);
    let random = vec![(vet(), sample(SampleReason::Random))];
    assert!(!after(&presented(), random).queues.contains(&Queue::Lab));
}

#[test]
fn a_unit_that_was_left_behind_is_told() {
    let mut left = presented();
    left.units[0].alerts.push(Alert {
        kind: AlertKind::Abandoned,
        at: at(-60),
        text: String::new(),
    });
    assert!(after(&left, vec![]).queues.contains(&Queue::Abandoned));
    left.units[0].alerts[0].kind = AlertKind::Weight;
    assert!(!after(&left, vec![]).queues.contains(&Queue::Abandoned));
}

#[test]
fn the_earliest_review_of_a_standing_hold_counts_and_an_override_names_who_proposed_it() {
    let on = |n: u128, day: &str| {
        let mut body = hold(n);
        if let EntryBody::HoldPlaced { review, .. } = &mut body {
            *review = Some(day.parse().unwrap());
        }
        (vet(), body)
    };
    let chief = Officer {
        role: Role::Supervisor,
        ..officer(7, Agency::Customs)
    };
    let over = EntryBody::OverrideProposed {
        hold: HoldId(id(5001)),
        reason: "perishable".into(),
    };
    let mut acts = vec![on(1, "2026-12-01"), on(2, "2026-11-27")];
    let waiting = after(&presented(), acts.clone());
    assert_eq!(waiting.review, Some("2026-11-27".parse().unwrap()));
    assert!(waiting.proposers.is_empty());
    acts.push((chief.clone(), over));
    assert_eq!(after(&presented(), acts).proposers, [chief.id]);
}
