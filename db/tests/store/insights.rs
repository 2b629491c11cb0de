//! The figures: each one counted from a handful of inspections whose story is written out in minutes.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use outpost_domain::*;
use uuid::Uuid;

use crate::crowd;
use crate::world::*;
use crate::yard::*;

#[test]
fn a_period_with_no_data_has_no_lines() {
    let yard = Yard::new();
    yard.goods(1, 10, |_| {});
    yard.released(1, 10, 60);
    let before = Scope {
        from: minute(-5000),
        to: minute(-3000),
        ..whole_day()
    };
    let upside_down = Scope {
        from: minute(500),
        to: minute(0),
        ..whole_day()
    };
    for figure in Figure::ALL {
        assert_eq!(yard.figure_in(*figure, &before, 500), [], "{figure}");
        if !figure.is_of_the_end() {
            assert_eq!(yard.figure_in(*figure, &upside_down, 500), [], "{figure}");
        }
    }
}

#[test]
fn the_queue_is_what_was_open_at_the_end_by_lane() {
    let yard = Yard::new();
    for (n, presented) in [(1, 0), (2, 60), (3, 100)] {
        yard.goods(n, presented, |_| {});
    }
    yard.goods(4, 20, |i| i.lane = Lane::Green);
    yard.released(3, 100, 110);
    // At minute 120 numbers 1, 2 and 4 wait; at minute 105 number 3 did too.
    assert_eq!(
        yard.figure(Figure::QueueAge, 120),
        [
            row(lane(Lane::Red), &[60.0, 120.0], 2),
            row(lane(Lane::Green), &[100.0, 100.0], 1)
        ]
    );
    let then = Scope {
        to: minute(105),
        ..whole_day()
    };
    let red = &yard.figure_in(Figure::QueueAge, &then, 120)[0];
    assert_eq!(*red, row(lane(Lane::Red), &[45.0, 105.0], 3));
}

#[test]
fn what_nobody_has_to_decide_on_does_not_wait() {
    let yard = Yard::new();
    yard.goods(1, 0, |i| {
        for task in &mut i.agencies {
            task.required = false;
        }
    });
    assert_eq!(yard.figure(Figure::QueueAge, 100), []);
    yard.act(&of(VET), 1, 40, hold(9, HoldType::Veterinary));
    assert_eq!(
        yard.figure(Figure::QueueAge, 100),
        [row(lane(Lane::Red), &[100.0, 100.0], 1)]
    );
    yard.act(&of(VET), 1, 110, lift(9));
    assert_eq!(yard.figure(Figure::QueueAge, 120), []);
}

#[test]
fn each_stage_counts_when_it_ended_and_a_hold_is_in_the_release() {
    let yard = Yard::new();
    yard.goods(1, 0, |_| {});
    yard.act(&of(VET), 1, 15, hold(7, HoldType::Veterinary));
    yard.act(&of(VET), 1, 30, EntryBody::SectionClaimed);
    yard.act(&of(CUSTOMS), 1, 10, EntryBody::SectionClaimed);
    yard.act(&of(CUSTOMS), 1, 50, accept());
    yard.act(&of(VET), 1, 90, accept());
    yard.act(&of(VET), 1, 150, lift(7));
    let stage = |stage, agency| Group::Stage { stage, agency };
    assert_eq!(
        yard.figure(Figure::Waits, 400),
        [
            row(stage(Stage::Presentation, None), &[30.0, 30.0], 1),
            row(stage(Stage::Start, Some(CUSTOMS)), &[10.0, 10.0], 1),
            row(stage(Stage::Start, Some(VET)), &[30.0, 30.0], 1),
            row(stage(Stage::Decision, Some(CUSTOMS)), &[40.0, 40.0], 1),
            row(stage(Stage::Decision, Some(VET)), &[60.0, 60.0], 1),
            row(stage(Stage::Release, None), &[60.0, 60.0], 1),
        ]
    );
    let only_vet = Scope {
        agency: Some(VET),
        ..whole_day()
    };
    let of_vet = yard.figure_in(Figure::Waits, &only_vet, 400);
    assert!(
        !of_vet
            .iter()
            .any(|r| r.group == stage(Stage::Start, Some(CUSTOMS)))
    );
    // The stage that ended after the period is not in it.
    let morning = Scope {
        to: minute(60),
        ..whole_day()
    };
    let groups: Vec<Group> = yard
        .figure_in(Figure::Waits, &morning, 400)
        .into_iter()
        .map(|r| r.group)
        .collect();
    assert!(groups.contains(&stage(Stage::Decision, Some(CUSTOMS))));
    assert!(!groups.contains(&stage(Stage::Decision, Some(VET))));
}

#[test]
fn holds_age_while_they_stand_and_overrides_are_a_share_of_what_was_lifted() {
    let yard = Yard::new();
    for n in 1..=3 {
        yard.goods(n, 0, |_| {});
    }
    yard.act(&of(VET), 1, 10, hold(1, HoldType::Veterinary));
    yard.act(&of(VET), 2, 20, hold(2, HoldType::Veterinary));
    yard.act(&of(VET), 3, 30, hold(3, HoldType::Document));
    yard.act(&of(VET), 2, 40, lift(2));
    let types = |hold_type| Group::Hold { hold_type };
    assert_eq!(
        yard.figure(Figure::HoldAge, 100),
        [
            row(types(HoldType::Document), &[70.0, 70.0], 1),
            row(types(HoldType::Veterinary), &[90.0, 90.0], 1),
        ]
    );
    let mut chief = officer(90, CUSTOMS);
    chief.role = Role::Supervisor;
    let mut second = officer(91, CUSTOMS);
    second.role = Role::Supervisor;
    let proposal = yard.act(
        &chief,
        1,
        110,
        EntryBody::OverrideProposed {
            hold: HoldId(Uuid::from_u128(1)),
            reason: "the laboratory has closed".to_owned(),
        },
    );
    // One signature is no override.
    assert_eq!(
        yard.figure(Figure::Overrides, 200),
        [row(agency(VET), &[0.0], 1)]
    );
    yard.act(&second, 1, 120, EntryBody::OverrideConfirmed { proposal });
    assert_eq!(
        yard.figure(Figure::Overrides, 200),
        [row(agency(VET), &[0.5], 2)]
    );
    let behind = yard.behind(Figure::Overrides, &agency(VET), &whole_day(), 200);
    assert_eq!(behind[0], "KAS-2026-000001", "the overridden one first");
}

#[test]
fn criteria_are_measured_by_what_customs_found_against_random() {
    let yard = Yard::new();
    let select = |criterion: &str, random| {
        let criterion = criterion.to_owned();
        move |i: &mut Inspection| i.selection = Some(Selection { criterion, random })
    };
    yard.goods(1, 0, select("origin and undervaluation", false));
    yard.goods(2, 0, select("origin and undervaluation", false));
    yard.goods(3, 0, select("drawn", true));
    yard.goods(4, 0, select("origin and undervaluation", false));
    let find = |author: &Officer, n| {
        yard.act(author, n, 20, finding("more than declared"));
    };
    find(&of(CUSTOMS), 1);
    // Another agency's finding is no hit of customs' criterion.
    find(&of(VET), 2);
    for n in 1..=3 {
        yard.released(n, 0, 60);
    }
    let criterion = Group::Criterion {
        criterion: "origin and undervaluation".to_owned(),
    };
    assert_eq!(
        yard.figure(Figure::HitRate, 200),
        [
            row(Group::Random, &[0.0], 1),
            row(criterion.clone(), &[0.5], 2)
        ],
        "number 4 is not decided"
    );
    let behind = yard.behind(Figure::HitRate, &criterion, &whole_day(), 200);
    assert_eq!(behind, ["KAS-2026-000001", "KAS-2026-000002"]);
}

#[test]
fn criteria_are_for_customs_and_officers_for_supervisors() {
    for of in Agency::ALL {
        let inspector = officer(1, *of);
        assert_eq!(Figure::HitRate.is_for(&inspector), *of == CUSTOMS);
        assert!(!Figure::OfficerThroughput.is_for(&inspector));
    }
    let mut chief = officer(1, VET);
    chief.role = Role::Supervisor;
    assert!(Figure::OfficerThroughput.is_for(&chief));
    assert!(!Figure::HitRate.is_for(&chief));
}

#[test]
fn an_alarm_counts_once_the_physical_exam_has_spoken() {
    let yard = Yard::new();
    let scanned = |i: &mut Inspection| {
        i.scans = vec![Scan {
            blob: BlobHash([3; 32]),
            bytes: 1,
            media_type: "image/tiff".to_owned(),
            scanner: "HCV".to_owned(),
            site: "Gate 2".to_owned(),
            taken_at: minute(0),
            pitch_mm: None,
            width: 10,
            height: 10,
            unit_read: None,
            description: None,
        }];
    };
    let alarm = EntryBody::ImageConcluded {
        scan: BlobHash([3; 32]),
        conclusion: ImageConclusion::Anomaly,
        reading_seconds: 60,
        opinion: None,
    };
    let check = |result| EntryBody::CheckConcluded {
        check: CheckKind::Physical,
        result,
        reason: "r".to_owned(),
    };
    for n in 1..=3 {
        yard.goods(n, 0, scanned);
        yard.act(&of(CUSTOMS), n, 5, alarm.clone());
    }
    assert_eq!(yard.figure(Figure::AlarmConfirmed, 200), []);
    yard.act(&of(CUSTOMS), 1, 20, check(CheckResult::NotSatisfactory));
    yard.act(&of(CUSTOMS), 2, 20, check(CheckResult::Satisfactory));
    let scanner = Group::Scanner {
        scanner: "HCV · Gate 2".to_owned(),
    };
    assert_eq!(
        yard.figure(Figure::AlarmConfirmed, 200),
        [row(scanner, &[0.5], 2)]
    );
}

#[test]
fn targets_trust_and_partial_releases() {
    let yard = Yard::new();
    let due = |at| move |i: &mut Inspection| i.due_at = Some(minute(at));
    yard.goods(1, 0, due(100));
    yard.goods(2, 0, due(50));
    yard.goods(3, 0, due(120));
    yard.goods(4, 0, |i| {
        i.trusted = true;
        i.due_at = Some(minute(9_000));
    });
    yard.released(1, 0, 90);
    yard.released(2, 0, 60);
    yard.released(4, 0, 20);
    // Number 3 is still open and due; number 4 is not due yet.
    let target = yard.figure(Figure::WithinTarget, 200);
    assert_eq!(target, [row(lane(Lane::Red), &[1.0 / 3.0], 3)]);
    let trusted = |trusted| Group::Trusted { trusted };
    assert_eq!(
        yard.figure(Figure::TrustedTime, 200),
        [
            row(trusted(true), &[20.0, 20.0], 1),
            row(trusted(false), &[60.0, 90.0], 2)
        ]
    );
    yard.act(&of(CUSTOMS), 2, 61, finding("late"));
    assert_eq!(
        yard.figure(Figure::TrustedHits, 200),
        [
            row(trusted(true), &[0.0], 1),
            row(trusted(false), &[0.5], 2)
        ]
    );
    yard.goods(5, 0, |i| {
        let mut second = i.consignment.items[0].clone();
        second.number = 2;
        i.consignment.items.push(second);
    });
    yard.act(
        &of(CUSTOMS),
        5,
        30,
        EntryBody::Decided {
            decision: Decision::NotAcceptable {
                action: RefusalAction::Destruction,
                family: None,
                reason: "mould".to_owned(),
                deadline: None,
            },
            items: vec![2],
        },
    );
    yard.released(5, 0, 40);
    assert_eq!(
        yard.figure(Figure::PartialReleases, 200),
        [row(lane(Lane::Red), &[0.25], 4)]
    );
}

#[test]
fn slots_load_their_bays_by_the_hour_of_the_post_and_who_did_not_come_is_counted() {
    let yard = Yard::new();
    let slot = |bay: &str, from: i64, to: i64| {
        let bay = bay.to_owned();
        move |i: &mut Inspection| {
            let agencies = [CUSTOMS, VET].map(|agency| SlotAgency {
                agency,
                answer: Answer::Accepted,
            });
            i.slot = Some(Slot {
                bay,
                start: minute(from),
                end: minute(to),
                agencies: agencies.to_vec(),
            });
        }
    };
    yard.goods(1, 0, slot("Bay 1", 30, 90));
    yard.goods(2, 0, slot("Bay 1", 60, 120));
    yard.goods(3, 0, slot("Bay 2", 60, 90));
    let absent = EntryBody::NoShow {
        absent: VET,
        note: String::new(),
        proposal: None,
    };
    yard.act(&of(CUSTOMS), 1, 100, absent);
    let hour = |bay: &str, hour| Group::Hour {
        bay: bay.to_owned(),
        hour,
    };
    assert_eq!(
        yard.figure(Figure::BayLoad, 300),
        [
            row(hour("Bay 1", 6), &[30.0], 1),
            row(hour("Bay 1", 7), &[90.0], 2),
            row(hour("Bay 2", 7), &[30.0], 1),
        ]
    );
    let zone = TimeZone::get("Africa/Blantyre").unwrap();
    let store = &yard.world.store;
    let there = store.figure(Figure::BayLoad, &whole_day(), minute(300), &zone);
    assert_eq!(there.unwrap().rows[0].group, hour("Bay 1", 8));
    assert_eq!(
        yard.figure(Figure::NoShows, 300),
        [
            row(agency(CUSTOMS), &[0.0], 3),
            row(agency(VET), &[1.0 / 3.0], 3)
        ]
    );
    let bay_2 = Scope {
        bay: Some("Bay 2".to_owned()),
        ..whole_day()
    };
    let there = yard.figure_in(Figure::NoShows, &bay_2, 300);
    assert_eq!(there[1], row(agency(VET), &[0.0], 1));
    yard.released(3, 0, 100);
    let bay = Group::Bay {
        bay: Some("Bay 2".to_owned()),
    };
    assert_eq!(
        yard.figure(Figure::BayThroughput, 300),
        [row(bay, &[1.0], 1)]
    );
    let officers = yard.figure(Figure::OfficerThroughput, 300);
    assert_eq!(officers.len(), 2);
    assert!(officers.iter().all(|r| r.values == [1.0]));
}

#[test]
fn entries_that_are_not_at_the_central_are_counted_by_agency_until_they_are() {
    let yard = Yard::new();
    yard.goods(1, 0, |_| {});
    yard.act(&of(CUSTOMS), 1, 10, finding("a"));
    yard.act(&of(CUSTOMS), 1, 30, finding("b"));
    assert_eq!(
        yard.figure(Figure::Unsent, 50),
        [row(agency(CUSTOMS), &[20.0, 40.0], 2)]
    );
    yard.world.push(|_| outpost_api::PushResult::Accepted);
    assert_eq!(yard.figure(Figure::Unsent, 50), []);
}

#[test]
fn what_leaves_the_post_unfinished_leaves_the_figures_and_what_was_finished_stays() {
    let yard = Yard::new();
    yard.goods(1, 0, |_| {});
    yard.goods(2, 0, |_| {});
    yard.released(1, 0, 30);
    yard.world.push(|_| outpost_api::PushResult::Accepted);
    let gone = |n| outpost_api::Change::Removed { inspection: id(n) };
    yard.world.pull(&[gone(1), gone(2)]);
    assert_eq!(yard.figure(Figure::QueueAge, 100), []);
    let done = yard.figure(Figure::PartialReleases, 100);
    assert_eq!(done, [row(lane(Lane::Red), &[0.0], 1)]);
}

#[test]
fn figures_made_anew_from_the_journal_are_the_same() {
    let yard = Yard::new();
    for n in 1..=6 {
        yard.goods(n, n as i64 * 7, |i| {
            i.trusted = n.is_multiple_of(2);
            i.due_at = Some(minute(80));
        });
    }
    yard.act(&of(VET), 2, 30, hold(1, HoldType::Veterinary));
    for n in 1..=4 {
        yard.released(n, n as i64 * 7, 60 + n as i64);
    }
    let all = |yard: &Yard| -> Vec<Vec<FigureRow>> {
        let figures = Figure::ALL.iter();
        figures.map(|f| yard.figure(*f, 200)).collect()
    };
    let before = all(&yard);
    yard.world.store.rebuild_projections().unwrap();
    assert_eq!(all(&yard), before);
    let again = Yard {
        world: yard.world.reopened(),
    };
    assert_eq!(all(&again), before);
    assert!(before.iter().filter(|rows| !rows.is_empty()).count() >= 8);
}

/// Every figure of a whole year against a count by hand: the inspections one by one, without SQL.
#[test]
fn a_years_figures_are_those_counted_by_hand() {
    let dir = tempfile::tempdir().unwrap();
    let inspections = 1_500;
    let store = crowd::store(dir.path(), inspections);
    let scope = Scope {
        from: crowd::begin() + SignedDuration::from_hours(24 * 40),
        to: crowd::begin() + SignedDuration::from_hours(24 * 300),
        agency: None,
        bay: None,
    };
    let within = |at: Timestamp| at >= scope.from && at < scope.to;
    let mut release = Vec::new();
    let (mut hits, mut drawn) = (0.0, 0);
    let (mut open, mut lifted, mut overridden) = (0, 0, 0);
    for n in 0..inspections {
        let opened = store.open_inspection(None, id(u128::from(n))).unwrap();
        let facts = facts(&opened.inspection, &opened.state);
        if let Some((closed, decided)) = facts.closed_at.zip(facts.decided_at)
            && within(closed)
        {
            release.push(closed.duration_since(decided).as_secs_f64() / 60.0);
        }
        let random = opened.inspection.selection.unwrap().random;
        if random && facts.decided_at.is_some_and(within) {
            drawn += 1;
            hits += f64::from(u8::from(facts.customs_hit));
        }
        let waits = facts.since < scope.to && facts.closed_at.is_none_or(|at| at >= scope.to);
        open += u64::from(waits);
        for hold in &facts.holds {
            lifted += u64::from(hold.lifted_at.is_some_and(within));
            overridden += u64::from(hold.overridden);
        }
    }
    release.sort_by(f64::total_cmp);
    let rank = |percent: usize| release[(release.len() * percent).div_ceil(100) - 1];
    let ask = |figure| {
        let table = store.figure(figure, &scope, crowd::end(), &TimeZone::UTC);
        table.unwrap()
    };
    let waits = ask(Figure::Waits);
    let told = waits.rows.last().unwrap();
    assert_eq!(told.values, [rank(50), rank(90)]);
    assert_eq!(told.sample, release.len() as u64);
    let random = &ask(Figure::HitRate).rows[0];
    assert_eq!(
        *random,
        row(Group::Random, &[hits / f64::from(drawn)], drawn as u64)
    );
    assert!(
        open > 0 && drawn > 20 && lifted > 20,
        "a year in which something happened"
    );
    assert_eq!(ask(Figure::QueueAge).sample(), open);
    assert_eq!(ask(Figure::Overrides).sample(), lifted);
    assert_eq!(overridden, 0);
}
