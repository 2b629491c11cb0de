//! What the demonstration world promises.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::time::Instant;

use jiff::Timestamp;
use outpost_demo::{PIN, World};
use outpost_domain::{
    Agency, CheckDigit, Entry, EntryHash, ExamType, Mismatch, Openness, allow, is_for_practice,
    mismatches, project,
};

fn now() -> Timestamp {
    "2026-11-23T07:26:00Z".parse().unwrap()
}

#[test]
fn the_same_seed_makes_the_same_world_and_a_larger_one_begins_like_it() {
    let small = World::generate(7, 60, now());
    let large = World::generate(7, 300, now());
    assert_eq!(small, World::generate(7, 60, now()));
    assert_eq!(small.inspections[..60], large.inspections[..60]);
    assert_eq!(small.scans, large.scans);
    assert_eq!(small.entries, large.entries);
    assert_ne!(small.inspections, World::generate(8, 60, now()).inspections);
}

#[test]
fn the_land_post_has_what_was_asked_for_and_the_shed_a_tenth_more() {
    let world = World::generate(1, 50, now());
    let at = |post: usize| {
        world
            .inspections
            .iter()
            .filter(|i| i.post == world.posts[post].code)
            .count()
    };
    assert_eq!((at(0), at(1)), (50, 5));
    assert_eq!(PIN.len(), 6);
}

#[test]
fn every_earlier_entry_is_allowed_signed_and_chained() {
    let world = World::generate(3, 60, now());
    let mut heads: HashMap<_, (EntryHash, u64)> = HashMap::new();
    let mut done: HashMap<_, Vec<Entry>> = HashMap::new();
    assert!(world.entries.len() > 25);
    for signed in &world.entries {
        let entry = signed.open().unwrap();
        let head = heads
            .entry(entry.payload.device)
            .or_insert((EntryHash::GENESIS, 0));
        entry.follows(*head).unwrap();
        *head = (entry.hash, entry.payload.sequence);
        let inspection = world
            .inspections
            .iter()
            .find(|i| i.id == entry.payload.inspection)
            .unwrap();
        let officer = &world
            .officers
            .iter()
            .find(|p| p.officer.id == entry.payload.author)
            .unwrap()
            .officer;
        assert!(officer.keys.contains(&entry.key));
        assert!(
            entry.payload.recorded_at < now() && entry.payload.recorded_at >= inspection.ordered_at
        );
        let before = done.entry(inspection.id).or_default();
        allow(
            officer,
            inspection,
            &project(inspection, before),
            &entry.payload.body,
            None,
        )
        .unwrap();
        before.push(entry);
    }
}

#[test]
fn the_first_inspections_tell_of_every_kind_of_trouble() {
    let world = World::generate(1, 40, now());
    let entries: Vec<Entry> = world.entries.iter().map(|e| e.open().unwrap()).collect();
    let mut codes = Vec::new();
    let mut opennesses = Vec::new();
    for inspection in &world.inspections[..14] {
        let own: Vec<Entry> = entries
            .iter()
            .filter(|e| e.payload.inspection == inspection.id)
            .cloned()
            .collect();
        let state = project(inspection, &own);
        opennesses.push(state.openness);
        codes.extend(mismatches(inspection, &state).iter().map(Mismatch::code));
    }
    for wanted in [
        "seal-differs",
        "weighed",
        "temperature",
        "unit-check-digit",
        "package-sum",
        "seal-count",
        "chapter",
        "no-hs-code",
        "alerted",
    ] {
        assert!(
            codes.contains(&wanted),
            "{wanted} is missing from {codes:?}"
        );
    }
    for wanted in [Openness::Held, Openness::Waiting, Openness::Released] {
        assert!(opennesses.contains(&wanted));
    }
    assert_eq!(world.inspections[0].units[0].number.as_str(), "MSKU6011672");
}

#[test]
fn ordinary_inspections_add_up_and_look_plausible() {
    let world = World::generate(5, 2_000, now());
    let mut clean = 0;
    for inspection in &world.inspections {
        let state = project(inspection, &[]);
        clean += usize::from(mismatches(inspection, &state).is_empty());
        assert!(
            inspection.ordered_at < now() && inspection.presented_at.is_none_or(|p| p <= now())
        );
        assert!(
            inspection
                .presented_at
                .is_none_or(|p| p >= inspection.ordered_at)
        );
        assert_eq!(inspection.agencies[0].agency, Agency::Customs);
        let gross = inspection.consignment.declared_gross.0;
        assert!(
            (500.0..29_000.0).contains(&gross),
            "{} {gross}",
            inspection.reference
        );
        assert!(!inspection.units.is_empty() && !inspection.consignment.items.is_empty());
    }
    let share = clean as f64 / world.inspections.len() as f64;
    assert!((0.88..0.99).contains(&share), "{share}");
    let containers = world
        .inspections
        .iter()
        .flat_map(|i| &i.units)
        .filter(|u| u.size_type.is_some());
    let wrong = containers
        .filter(|u| u.number.check_digit() != CheckDigit::Valid)
        .count();
    assert!(wrong < 60, "{wrong}");
}

#[test]
fn the_agenda_is_full_with_exactly_one_clash_and_keeps_working_hours() {
    let world = World::generate(1, 40, now());
    let zone = jiff::tz::TimeZone::get(&world.posts[0].zone).unwrap();
    let slots: Vec<_> = world.inspections[..40]
        .iter()
        .filter_map(|i| i.slot.as_ref())
        .collect();
    assert!(slots.len() >= 30);
    let mut clashes = 0;
    for (n, slot) in slots.iter().enumerate() {
        assert!(world.posts[0].bays.contains(&slot.bay));
        let start = slot.start.to_zoned(zone.clone());
        let end = slot.end.to_zoned(zone.clone());
        assert!(start.hour() >= 7 && (end.hour() < 17 || (end.hour() == 17 && end.minute() == 0)));
        clashes += slots[n + 1..]
            .iter()
            .filter(|o| o.bay == slot.bay && o.start < slot.end && slot.start < o.end)
            .count();
    }
    assert_eq!(clashes, 1);
}

#[test]
fn radiographs_are_planned_where_they_were_ordered() {
    let world = World::generate(1, 500, now());
    assert!(
        (12..40).contains(&world.scans.len()),
        "{}",
        world.scans.len()
    );
    for plan in &world.scans {
        let inspection = world
            .inspections
            .iter()
            .find(|i| i.id == plan.inspection)
            .unwrap();
        assert!(inspection.exams.contains(&ExamType::Nii));
        assert!(!plan.cargo.is_empty() && plan.taken_at <= now());
    }
    let other = world.scans.iter().filter(|plan| {
        let inspection = world
            .inspections
            .iter()
            .find(|i| i.id == plan.inspection)
            .unwrap();
        plan.unit_read.as_ref() != Some(&inspection.units[0].number)
    });
    assert_eq!(other.count(), 1);
    assert!(world.scans.iter().filter(|p| p.concealed.is_some()).count() >= 4);
}

#[test]
fn ten_thousand_inspections_take_less_than_a_few_seconds_even_here() {
    let begin = Instant::now();
    let world = World::generate(1, 10_000, now());
    assert_eq!(world.inspections.len(), 11_000);
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
}

#[test]
fn there_are_clean_scans_to_practise_on() {
    let world = World::generate(7, 60, now());
    let mut clean = Vec::new();
    for plan in &world.scans {
        let of = |i: &&outpost_domain::Inspection| i.id == plan.inspection;
        let inspection = world.inspections.iter().find(of).unwrap();
        let entries: Vec<Entry> = world
            .entries
            .iter()
            .map(|signed| signed.open().unwrap())
            .filter(|entry| entry.payload.inspection == inspection.id)
            .collect();
        let state = project(inspection, &entries);
        let scan = outpost_domain::BlobHash([1; 32]);
        if is_for_practice(Agency::Customs, inspection, &state, scan) {
            assert_eq!(plan.concealed, None, "{}", inspection.reference);
            clean.push(inspection.id);
        }
    }
    clean.dedup();
    assert!(clean.len() >= 2, "{clean:?}");
}
