//! Practice: what is kept of it, for whom, and on which scans.

use outpost_domain::*;

use crate::world::*;

/// An answer given at this second: a threat that was missed.
pub fn answer(second: i64) -> PracticeResult {
    PracticeResult {
        scan: BlobHash([7; 32]),
        projected: Some(Projected {
            what: PracticeThreat::LongArms,
            place: Bounds {
                x: 900,
                y: 300,
                width: 280,
                height: 90,
            },
            thickness: 0.8,
        }),
        marked: None,
        confidence: Confidence::High,
        milliseconds: 12_400,
        at: time(second),
    }
}

#[test]
fn answers_stay_with_their_officer_and_are_no_entries() {
    let world = World::with_two_inspections();
    let (anna, ben) = (
        officer(1, Agency::Customs).id,
        officer(2, Agency::Customs).id,
    );
    for second in [20, 10, 30] {
        world.store.keep_practice(anna, &answer(second)).unwrap();
    }
    world.store.keep_practice(anna, &answer(20)).unwrap();
    let world = world.reopened();
    let of_anna = world.store.practice(anna).unwrap();
    assert_eq!(of_anna, [answer(10), answer(20), answer(30)]);
    assert_eq!(world.store.practice(ben).unwrap(), []);
    assert_eq!(world.store.outbox_totals().unwrap().entries, 0);
    assert_eq!(world.store.verify().unwrap().entries, 0);
}

fn accepted() -> EntryBody {
    EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        },
        items: Vec::new(),
    }
}

#[test]
fn only_scans_that_are_here_of_inspections_that_are_over_are_practised_on() {
    let world = World::empty();
    let file = b"a scan";
    let blob = BlobHash::of(file);
    let with_scan = |n, unit| {
        let mut inspection = inspection(n, unit, "Maize seed");
        inspection.scans.push(Scan {
            blob,
            bytes: file.len() as u64,
            media_type: "image/tiff".to_owned(),
            scanner: "S".to_owned(),
            site: "1".to_owned(),
            taken_at: time(0),
            pitch_mm: Some(4.0),
            width: 2000,
            height: 800,
            unit_read: None,
            description: None,
        });
        snapshot(inspection)
    };
    world.pull(&[with_scan(1, "MSKU6011672"), with_scan(2, "CSQU3054383")]);
    let there = |agency| -> Vec<InspectionId> {
        let scans = world.store.practice_scans(agency).unwrap();
        scans.into_iter().map(|s| s.inspection.id).collect()
    };
    let clean = EntryBody::ImageConcluded {
        scan: blob,
        conclusion: ImageConclusion::NoAnomaly,
        reading_seconds: 40,
        opinion: None,
    };
    let vet = officer(2, Agency::Veterinary);
    world.record(1, clean.clone());
    world.record(2, clean);
    world.record(1, accepted());
    world.record_as(&vet, 1, accepted(), None);
    world.record(2, accepted());
    assert_eq!(there(Agency::Customs), [], "the file is not here");
    let put = world
        .store
        .put_blob(file, "image/tiff", "scan.tif", time(0));
    assert_eq!(put.unwrap().hash, blob);
    assert_eq!(there(Agency::Customs), [id(1)], "the other one is not over");
    assert_eq!(there(Agency::Veterinary), [id(1)]);
    assert_eq!(there(Agency::PortHealth), [], "it does not concern them");
}
