//! Images that are made at the post: what may be brought, how it counts, and which inspection a file may be of.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use world::*;

const OWN: BlobHash = BlobHash([9; 32]);

fn radiograph() -> BroughtImage {
    BroughtImage {
        image: ImageKind::Radiograph,
        files: vec![OWN],
        bytes: 12_000_000,
        media_type: "image/tiff".into(),
        name: "MSKU6011672_1.tif".into(),
        width: 3000,
        height: 1000,
        taken_at: Some(at(-300)),
        file_at: Some(at(-290)),
        source: "MB 1215".into(),
        site: "gate 2".into(),
        pitch_um: Some(4000),
        unit_read: Some("MSKU6011672".into()),
    }
}

fn brought(image: &BroughtImage) -> EntryBody {
    EntryBody::ImageBrought {
        image: Box::new(image.clone()),
    }
}

fn region(scan: BlobHash, x: u32) -> EntryBody {
    EntryBody::RegionDrawn {
        scan,
        shape: RegionShape::Box {
            x,
            y: 10,
            width: 20,
            height: 20,
        },
        category: RegionCategory::Seal,
        confidence: None,
        comment: String::new(),
        item: None,
    }
}

fn allowed(entries: &[Entry], body: &EntryBody) -> Result<(), Refusal> {
    let state = project(&inspection(), entries);
    allow(
        &officer(1, Agency::Customs),
        &inspection(),
        &state,
        body,
        None,
    )
}

#[test]
fn a_brought_radiograph_is_a_scan_like_the_centrals_until_it_is_taken_back() {
    let mut pen = Pen::new(1);
    let me = officer(1, Agency::Customs);
    assert_eq!(
        allowed(&[], &region(OWN, 5)),
        Err(Refusal::UnknownScan),
        "before it is brought"
    );
    let entry = pen.write(&me, 1, brought(&radiograph()), None);
    let entries = vec![entry.clone()];
    let state = project(&inspection(), &entries);
    let all = scans(&inspection(), &state);
    assert_eq!(all.len(), 2);
    assert_eq!((all[1].blob, all[1].taken_at), (OWN, at(-300)));
    assert_eq!(all[1].pitch_mm, Some(4.0));
    assert_eq!(summarise(&inspection(), &state).scans, 2);
    assert_eq!(allowed(&entries, &region(OWN, 5)), Ok(()));
    assert_eq!(
        allowed(&entries, &region(OWN, 2_990)),
        Err(Refusal::RegionOutside)
    );

    let back = EntryBody::Withdrawn {
        reason: "of another unit".into(),
    };
    let taken_back = pen.write(&me, 2, back, Some(entry.payload.id));
    let entries = [entry, taken_back];
    let state = project(&inspection(), &entries);
    assert_eq!(scans(&inspection(), &state).len(), 1);
    assert_eq!(
        allowed(&entries, &region(OWN, 5)),
        Err(Refusal::UnknownScan)
    );
}

#[test]
fn the_same_image_brought_at_two_workstations_counts_once() {
    let (mut one, mut two) = (Pen::new(1), Pen::new(2));
    let first = one.write(
        &officer(1, Agency::Customs),
        1,
        brought(&radiograph()),
        None,
    );
    let second = two.write(
        &officer(2, Agency::Customs),
        2,
        brought(&radiograph()),
        None,
    );
    let entries = [first.clone(), second];
    // Neither is refused: what was done on either laptop behind it must not wait.
    assert_eq!(allowed(&entries[..1], &brought(&radiograph())), Ok(()));
    let state = project(&inspection(), &entries);
    assert_eq!(state.brought.len(), 1);
    assert_eq!(state.brought[0].entry, first.payload.id);
}

#[test]
fn an_image_that_says_another_unit_is_a_mismatch() {
    let mut pen = Pen::new(1);
    let image = BroughtImage {
        unit_read: Some("CSQU3054383".into()),
        ..radiograph()
    };
    let entry = pen.write(&officer(1, Agency::Customs), 1, brought(&image), None);
    let state = project(&inspection(), &[entry]);
    let strange = Mismatch::ScanOfOtherUnit {
        read: "CSQU3054383".into(),
    };
    assert!(mismatches(&inspection(), &state).contains(&strange));
}

#[test]
fn regions_are_drawn_on_photos_that_an_entry_names_and_do_not_judge_the_scanner() {
    let mut pen = Pen::new(1);
    let me = officer(1, Agency::Customs);
    let photo = BlobHash([11; 32]);
    let finding = EntryBody::FindingRecorded {
        category: FindingCategory::Seal,
        severity: Severity::Note,
        text: "a seal".into(),
        item: None,
        region: None,
        photos: vec![photo],
        legal_reference: String::new(),
    };
    assert_eq!(allowed(&[], &region(photo, 5)), Err(Refusal::UnknownScan));
    let mut entries = vec![pen.write(&me, 1, finding, None)];
    let state = project(&inspection(), &entries);
    let kinds: Vec<&str> = state.photos.iter().map(|p| p.of.as_str()).collect();
    assert_eq!(kinds, ["finding-recorded"]);
    assert_eq!(scans(&inspection(), &state).len(), 1, "a photo is no scan");
    assert_eq!(allowed(&entries, &region(photo, 5)), Ok(()));
    let conclusion = |scan| EntryBody::ImageConcluded {
        scan,
        conclusion: ImageConclusion::Anomaly,
        reading_seconds: 30,
        opinion: None,
    };
    assert_eq!(
        allowed(&entries, &conclusion(photo)),
        Err(Refusal::UnknownScan),
        "a photo is not read as a radiograph"
    );

    // The alarm was raised on the scan; what the exam makes of a mark on a photo says nothing about it.
    entries.push(pen.write(&me, 2, conclusion(SCAN), None));
    entries.push(pen.write(&me, 3, region(photo, 5), None));
    let marked = entries[2].payload.id;
    let judged = EntryBody::RegionJudged {
        region: marked,
        verdict: RegionVerdict::Hit,
        note: String::new(),
    };
    entries.push(pen.write(&me, 4, judged, None));
    let state = project(&inspection(), &entries);
    let alarm = facts(&inspection(), &state).alarm.unwrap();
    assert_eq!(alarm.became, Alarm::Unexamined);
}

#[test]
fn an_image_says_what_it_must_or_is_refused() {
    let refused = |change: fn(&mut BroughtImage)| {
        let mut image = radiograph();
        change(&mut image);
        allowed(&[], &brought(&image)).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|i| i.files.clear()));
    assert!(refused(|i| i.files = vec![OWN; 3]));
    assert!(
        refused(|i| i.media_type = BroughtImage::RAW.into()),
        "samples without a description"
    );
    assert!(!refused(|i| {
        i.media_type = BroughtImage::RAW.into();
        i.files.push(SCAN);
    }));
    assert!(refused(|i| i.name = " ".into()));
    assert!(refused(|i| i.width = 0));
    assert!(refused(|i| i.height = u32::MAX));
    assert!(refused(|i| i.pitch_um = Some(0)));
    assert!(refused(|i| i.source = "x".repeat(9000)));
}

fn facts_of(units: &[&str], taken: Option<i64>) -> ImageFacts {
    ImageFacts {
        units: units.iter().map(|u| u.parse().unwrap()).collect(),
        taken_at: taken.map(at),
    }
}

/// The fits with the inspections of the world: one of the unit, or an earlier one of the same unit too.
fn fit(units: &[&str], taken: Option<i64>, earlier: bool) -> Vec<Fit> {
    let now = inspection();
    let mut before = inspection();
    before.id = InspectionId(id(2));
    before.ordered_at = at(-40 * 86_400);
    before.tracking = vec![left(at(-38 * 86_400))];
    let all = if earlier {
        vec![before, now]
    } else {
        vec![now]
    };
    let found = fits(&facts_of(units, taken), &all, at(0));
    found.into_iter().map(|(_, fit)| fit).collect()
}

fn left(when: jiff::Timestamp) -> Passage {
    Passage {
        unit: "MSKU6011672".into(),
        node: NodeKind::GateOut,
        place: "gate".into(),
        at: Some(when),
        readings: vec![],
    }
}

#[test]
fn a_file_is_of_an_inspection_with_certainty_only_by_unit_and_time() {
    let own = ["MSKU6011672"];
    assert_eq!(fit(&own, Some(-300), false), [Fit::Certain]);
    assert_eq!(fit(&own, None, false), [Fit::NoTime]);
    assert_eq!(fit(&own, Some(-30 * 86_400), false), [Fit::OtherTime]);
    assert_eq!(
        fit(&own, Some(2 * 86_400), false),
        [Fit::OtherTime],
        "tomorrow"
    );
    assert_eq!(
        fit(&["MSKU6011672", "CSQU3054383"], Some(-300), false),
        [Fit::Disagree]
    );
    assert_eq!(fit(&["CSQU3054383"], Some(-300), false), []);
    assert_eq!(fit(&[], Some(-300), false), [], "somebody else's");
}

#[test]
fn of_two_inspections_of_a_unit_the_time_tells_which() {
    let own = ["MSKU6011672"];
    assert_eq!(fit(&own, Some(-300), true), [Fit::Certain, Fit::OtherTime]);
    let of_earlier = fits(
        &facts_of(&own, Some(-39 * 86_400)),
        &[
            {
                let mut before = inspection();
                before.id = InspectionId(id(2));
                before.ordered_at = at(-40 * 86_400);
                before.tracking = vec![left(at(-38 * 86_400))];
                before
            },
            inspection(),
        ],
        at(0),
    );
    assert_eq!(of_earlier[0], (InspectionId(id(2)), Fit::Certain));
    // One that never left and one ordered since: both are of this time.
    let mut open = inspection();
    open.id = InspectionId(id(2));
    open.ordered_at = at(-4 * 86_400);
    let both = fits(&facts_of(&own, Some(-300)), &[open, inspection()], at(0));
    assert!(both.iter().all(|(_, fit)| *fit == Fit::Several), "{both:?}");
}

#[test]
fn a_number_with_a_wrong_check_digit_is_never_certain() {
    let mut strange = inspection();
    strange.units[0].number = "MSKU6011675".parse().unwrap();
    let found = fits(&facts_of(&["MSKU6011675"], Some(-300)), &[strange], at(0));
    assert_eq!(found[0].1, Fit::CheckDigit);
}
