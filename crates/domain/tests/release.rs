//! The law of release: goods go when every required agency has decided and no hold stands, and not before.
#![allow(clippy::unwrap_used)]

mod world;

use std::collections::{BTreeMap, BTreeSet};

use outpost_domain::*;
use proptest::prelude::*;
use world::*;

#[test]
fn a_release_waits_for_every_open_hold() {
    let (customs, vet) = (officer(1, Agency::Customs), officer(2, Agency::Veterinary));
    let mut pen = Pen::new(1);
    let mut entries = vec![
        pen.write(&vet, 1, hold(1), None),
        pen.write(&customs, 2, accept(), None),
    ];
    let state = project(&inspection(), &entries);
    assert_eq!(state.openness, Openness::Held);
    let blocks = release_blocks(&state);
    assert!(matches!(blocks[0], ReleaseBlock::Hold(h) if h.hold.agency == Agency::Veterinary));
    assert!(matches!(
        blocks[1],
        ReleaseBlock::Undecided(Agency::Veterinary)
    ));

    entries.push(pen.write(&vet, 3, lift(1), None));
    assert_eq!(project(&inspection(), &entries).openness, Openness::Waiting);
    entries.push(pen.write(&vet, 4, accept(), None));
    assert_eq!(
        project(&inspection(), &entries).openness,
        Openness::Released
    );
}

#[test]
fn an_agency_does_not_accept_while_its_own_hold_stands() {
    let vet = officer(2, Agency::Veterinary);
    let entries = [Pen::new(1).write(&vet, 1, hold(1), None)];
    let state = project(&inspection(), &entries);
    assert_eq!(
        allow(&vet, &inspection(), &state, &accept(), None),
        Err(Refusal::OwnHoldStands {
            agency: Agency::Veterinary,
            count: 1
        })
    );
    assert_eq!(allow(&vet, &inspection(), &state, &refuse(), None), Ok(()));
}

#[test]
fn only_the_placing_agency_lifts_a_hold_and_only_once() {
    let (customs, vet) = (officer(1, Agency::Customs), officer(2, Agency::Veterinary));
    let mut pen = Pen::new(1);
    let mut entries = vec![pen.write(&vet, 1, hold(1), None)];
    let state = project(&inspection(), &entries);
    assert_eq!(
        allow(&customs, &inspection(), &state, &lift(1), None),
        Err(Refusal::HoldOfAnother {
            agency: Agency::Veterinary
        })
    );
    // An entry that got past a broken desk still lifts nothing.
    entries.push(pen.write(&customs, 2, lift(1), None));
    assert_eq!(project(&inspection(), &entries).open_holds().count(), 1);
    entries.push(pen.write(&vet, 3, lift(1), None));
    let state = project(&inspection(), &entries);
    assert_eq!(
        allow(&vet, &inspection(), &state, &lift(1), None),
        Err(Refusal::HoldAlreadyLifted {
            by: "Officer 2".into()
        })
    );
}

#[test]
fn a_lift_counts_even_when_its_clock_is_behind_the_hold() {
    let vet = officer(2, Agency::Veterinary);
    let mut pen = Pen::new(1);
    let entries = [
        pen.write(&vet, 86_400, hold(1), None),
        pen.write(&vet, 10, lift(1), None),
    ];
    assert_eq!(project(&inspection(), &entries).open_holds().count(), 0);
}

#[test]
fn a_superseded_decision_no_longer_counts() {
    let customs = officer(1, Agency::Customs);
    let mut pen = Pen::new(1);
    let first = pen.write(&customs, 1, accept(), None);
    let second = pen.write(&customs, 2, refuse(), Some(first.payload.id));
    let state = project(&inspection(), &[first.clone(), second]);
    assert_eq!(state.openness, Openness::Refused);
    assert_eq!(
        state.section(Agency::Customs).unwrap().state,
        SectionState::Refused
    );
    let back = pen.write(
        &customs,
        3,
        EntryBody::Withdrawn {
            reason: "wrong unit".into(),
        },
        Some(first.payload.id),
    );
    let state = project(&inspection(), &[first, back]);
    assert!(state.section(Agency::Customs).unwrap().decision.is_none());
}

#[test]
fn a_signed_section_is_corrected_and_not_added_to() {
    let customs = officer(1, Agency::Customs);
    let mut pen = Pen::new(1);
    let mut entries = vec![];
    let state = project(&inspection(), &entries);
    assert_eq!(
        allow(
            &customs,
            &inspection(),
            &state,
            &EntryBody::SectionSigned,
            None
        ),
        Err(Refusal::NotDecided)
    );
    entries.push(pen.write(&customs, 1, accept(), None));
    entries.push(pen.write(&customs, 2, EntryBody::SectionSigned, None));
    let state = project(&inspection(), &entries);
    let signed = Err(Refusal::AlreadySigned {
        by: "Officer 1".into(),
    });
    assert_eq!(
        allow(&customs, &inspection(), &state, &refuse(), None),
        signed
    );
    let own = Some((entries[0].payload.id, Some(Agency::Customs)));
    assert_eq!(
        allow(&customs, &inspection(), &state, &refuse(), own),
        Ok(())
    );
    let of_another = Some((entries[0].payload.id, Some(Agency::Police)));
    assert_eq!(
        allow(&customs, &inspection(), &state, &refuse(), of_another),
        Err(Refusal::SupersedesUnknown {
            agency: Agency::Customs
        })
    );
}

#[test]
fn an_agency_without_a_part_records_nothing() {
    let state = project(&inspection(), &[]);
    assert_eq!(
        allow(
            &officer(9, Agency::Maritime),
            &inspection(),
            &state,
            &hold(1),
            None
        ),
        Err(Refusal::NotConcerned {
            agency: Agency::Maritime
        })
    );
}

#[test]
fn an_analyst_reads_images_and_decides_nothing() {
    let mut analyst = officer(3, Agency::Customs);
    analyst.role = Role::Analyst;
    let state = project(&inspection(), &[]);
    let reading = EntryBody::ImageConcluded {
        scan: SCAN,
        conclusion: ImageConclusion::Anomaly,
        reading_seconds: 40,
        opinion: None,
    };
    assert_eq!(
        allow(&analyst, &inspection(), &state, &reading, None),
        Ok(())
    );
    assert!(matches!(
        allow(&analyst, &inspection(), &state, &accept(), None),
        Err(Refusal::RoleMayNot { .. })
    ));
}

#[test]
fn a_region_must_lie_inside_its_radiograph() {
    let customs = officer(1, Agency::Customs);
    let state = project(&inspection(), &[]);
    let region = |x, width| EntryBody::RegionDrawn {
        scan: SCAN,
        shape: RegionShape::Box {
            x,
            y: 0,
            width,
            height: 10,
        },
        category: RegionCategory::Undeclared,
        confidence: None,
        comment: String::new(),
        item: None,
    };
    let try_it = |body| allow(&customs, &inspection(), &state, &body, None);
    assert_eq!(try_it(region(3740, 10)), Ok(()));
    assert_eq!(try_it(region(3740, 11)), Err(Refusal::RegionOutside));
    assert_eq!(try_it(region(u32::MAX, 2)), Err(Refusal::RegionOutside));
    assert_eq!(try_it(region(0, 0)), Err(Refusal::RegionOutside));
}

/// An act of the model: who, what, on which hold.
#[derive(Debug, Clone)]
enum Act {
    Hold(u128),
    Lift(u128),
    Accept,
    Refuse,
    Withdraw(usize),
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let act = prop_oneof![
        (0..4u128).prop_map(Act::Hold),
        (0..4u128).prop_map(Act::Lift),
        Just(Act::Accept),
        Just(Act::Refuse),
        (0..20usize).prop_map(Act::Withdraw),
    ];
    prop::collection::vec((0..3usize, act), 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Random acts of three agencies, those that the rules refuse left out, in any order of arrival, against a
    /// model that keeps no more than a map of holds and a map of decisions.
    #[test]
    fn release_is_never_derived_while_a_hold_or_an_undecided_required_agency_stands(
        acts in acts(),
        order in any::<u64>(),
    ) {
        let people = [Agency::Customs, Agency::Veterinary, Agency::Police]
            .map(|a| officer(a as u128 + 1, a));
        let mut pen = Pen::new(1);
        let inspection = inspection();
        let mut entries: Vec<Entry> = Vec::new();
        let mut holds: BTreeMap<HoldId, (Agency, EntryId, Option<EntryId>)> = BTreeMap::new();
        let mut named: BTreeSet<HoldId> = BTreeSet::new();
        let mut decisions: BTreeMap<EntryId, (Agency, bool)> = BTreeMap::new();
        for (second, (who, act)) in acts.into_iter().enumerate() {
            let author = &people[who];
            let target = match act {
                Act::Withdraw(n) => entries
                    .get(n)
                    .filter(|e| entries.iter().all(|x| x.payload.supersedes != Some(e.payload.id)))
                    .map(|e| (e.payload.id, e.payload.agency)),
                _ => None,
            };
            let body = match &act {
                Act::Hold(n) => hold(*n),
                Act::Lift(n) => lift(*n),
                Act::Accept => accept(),
                Act::Refuse => refuse(),
                Act::Withdraw(_) => EntryBody::Withdrawn { reason: "mistake".into() },
            };
            if matches!(act, Act::Withdraw(_)) && target.is_none() {
                continue;
            }
            let state = project(&inspection, &entries);
            let supersedes = target.map(|(id, agency)| (id, Some(agency)));
            if let EntryBody::HoldPlaced { hold, .. } = &body
                && !named.insert(*hold) {
                // A name is given once; while its hold is known, the rules see to that themselves.
                let known = holds.contains_key(hold);
                let answer = allow(author, &inspection, &state, &body, supersedes);
                prop_assert_eq!(answer == Err(Refusal::HoldKnown { hold: *hold }), known);
                continue;
            }
            if allow(author, &inspection, &state, &body, supersedes).is_err() {
                continue;
            }
            let entry = pen.write(author, second as i64, body.clone(), target.map(|(id, _)| id));
            let made = entry.payload.id;
            match (&body, target) {
                (EntryBody::HoldPlaced { hold, .. }, _) => {
                    holds.insert(*hold, (author.agency, made, None));
                }
                (EntryBody::HoldLifted { hold, .. }, _) => {
                    if let Some(record) = holds.get_mut(hold) {
                        record.2 = Some(made);
                    }
                }
                (EntryBody::Decided { decision, .. }, _) => {
                    let acceptable = matches!(decision, Decision::Acceptable { .. });
                    decisions.insert(made, (author.agency, acceptable));
                }
                (EntryBody::Withdrawn { .. }, Some((gone, _))) => {
                    decisions.remove(&gone);
                    holds.retain(|_, (_, placed, _)| *placed != gone);
                    for record in holds.values_mut() {
                        if record.2 == Some(gone) {
                            record.2 = None;
                        }
                    }
                }
                _ => {}
            }
            entries.push(entry);
        }
        shuffle(&mut entries, order);
        let state = project(&inspection, &entries);
        let standing = holds.values().any(|(_, _, lifted)| lifted.is_none());
        let last = |agency| decisions.values().rev().find(|(a, _)| *a == agency).map(|(_, ok)| *ok);
        let verdicts = [Agency::Customs, Agency::Veterinary].map(last);
        let refused = verdicts.contains(&Some(false)) || last(Agency::Police) == Some(false);
        let expected = if standing {
            Openness::Held
        } else if refused {
            Openness::Refused
        } else if verdicts.contains(&None) {
            Openness::Waiting
        } else {
            Openness::Released
        };
        prop_assert_eq!(state.openness, expected);
        prop_assert_eq!(release_blocks(&state).is_empty(), expected == Openness::Released);
    }
}

fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for i in (1..items.len()).rev() {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        items.swap(i, (seed >> 33) as usize % (i + 1));
    }
}
