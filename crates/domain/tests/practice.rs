//! Practice: on which scans, what an answer was worth, and the score.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use world::*;

fn customs() -> Officer {
    officer(1, Agency::Customs)
}

fn vet() -> Officer {
    officer(2, Agency::Veterinary)
}

fn read_as(conclusion: ImageConclusion) -> EntryBody {
    EntryBody::ImageConcluded {
        scan: SCAN,
        conclusion,
        reading_seconds: 40,
        opinion: None,
    }
}

/// Whether `agency` may practise on the scan after these acts, a minute apart.
fn may(agency: Agency, acts: &[(Officer, EntryBody)]) -> bool {
    let mut pen = Pen::new(1);
    let entries: Vec<Entry> = acts
        .iter()
        .zip(1..)
        .map(|((who, body), minute)| pen.write(who, minute * 60, body.clone(), None))
        .collect();
    let inspection = inspection();
    is_for_practice(agency, &inspection, &project(&inspection, &entries), SCAN)
}

/// Read as clean and released by both.
fn over() -> Vec<(Officer, EntryBody)> {
    vec![
        (customs(), read_as(ImageConclusion::NoAnomaly)),
        (vet(), accept()),
        (customs(), accept()),
    ]
}

#[test]
fn practice_is_on_scans_that_were_read_as_clean_and_released() {
    assert!(may(Agency::Customs, &over()));
    assert!(may(Agency::Veterinary, &over()));
}

#[test]
fn an_agency_that_has_nothing_to_do_with_it_does_not_see_the_scan() {
    assert!(!may(Agency::PortHealth, &over()));
}

#[test]
fn real_work_is_never_practised_on() {
    let mut open = over();
    open.truncate(2);
    assert!(!may(Agency::Customs, &open), "customs has not decided");
    let mut acts = over()[1..].to_vec();
    assert!(!may(Agency::Customs, &acts), "nobody looked");
    let checked = |check| EntryBody::CheckConcluded {
        check,
        result: CheckResult::Satisfactory,
        reason: String::new(),
    };
    acts.insert(0, (vet(), checked(CheckKind::Documentary)));
    assert!(!may(Agency::Customs, &acts), "papers are not the goods");
    acts.insert(0, (vet(), checked(CheckKind::Physical)));
    assert!(may(Agency::Customs, &acts), "the goods were examined");
}

#[test]
fn what_anybody_found_something_on_is_no_clean_scan() {
    let after = |body: EntryBody| {
        let mut acts = over();
        acts.insert(0, (vet(), body));
        may(Agency::Customs, &acts)
    };
    for doubt in [
        ImageConclusion::Anomaly,
        ImageConclusion::Inconclusive,
        ImageConclusion::Rescan,
    ] {
        assert!(!after(read_as(doubt)), "{doubt}");
    }
    assert!(!after(EntryBody::FindingRecorded {
        category: FindingCategory::Seal,
        severity: Severity::Minor,
        text: "seal replaced".into(),
        item: None,
        region: None,
        photos: Vec::new(),
        legal_reference: String::new(),
    }));
}

#[test]
fn a_mark_that_the_exam_has_not_shown_to_be_nothing_keeps_a_scan_out() {
    let region = EntryBody::RegionDrawn {
        scan: SCAN,
        shape: RegionShape::Box {
            x: 10,
            y: 10,
            width: 30,
            height: 30,
        },
        category: RegionCategory::Narcotic,
        confidence: None,
        comment: String::new(),
        item: None,
    };
    let mut pen = Pen::new(1);
    let drawn = pen.write(&customs(), 30, region, None);
    let judged = |verdict| EntryBody::RegionJudged {
        region: drawn.payload.id,
        verdict,
        note: String::new(),
    };
    let inspection = inspection();
    let mut entries = vec![drawn.clone()];
    for (who, body) in over() {
        entries.push(pen.write(&who, 60 * entries.len() as i64, body, None));
    }
    let may = |entries: &[Entry]| {
        is_for_practice(
            Agency::Customs,
            &inspection,
            &project(&inspection, entries),
            SCAN,
        )
    };
    assert!(!may(&entries), "nobody has looked there");
    let false_alarm = pen.write(&customs(), 900, judged(RegionVerdict::FalseAlarm), None);
    entries.push(false_alarm);
    assert!(may(&entries));
    let hit = pen.write(&customs(), 960, judged(RegionVerdict::Hit), None);
    entries.push(hit);
    assert!(!may(&entries));
}

const fn bounds(x: u32, y: u32, width: u32, height: u32) -> Bounds {
    Bounds {
        x,
        y,
        width,
        height,
    }
}

const THERE: Bounds = bounds(1000, 400, 120, 80);

fn result(threat: bool, marked: Option<Bounds>) -> PracticeResult {
    PracticeResult {
        scan: SCAN,
        projected: threat.then_some(Projected {
            what: PracticeThreat::Bricks,
            place: THERE,
            thickness: 1.0,
        }),
        marked,
        confidence: Confidence::Medium,
        milliseconds: 21_400,
        at: at(0),
    }
}

#[test]
fn an_answer_is_one_of_four() {
    let on = Some(bounds(1010, 410, 90, 60));
    let off = Some(bounds(200, 410, 90, 60));
    for (threat, marked, outcome) in [
        (true, on, PracticeOutcome::Hit),
        (true, None, PracticeOutcome::Miss),
        (true, off, PracticeOutcome::Miss),
        (false, on, PracticeOutcome::FalseAlarm),
        (false, None, PracticeOutcome::CorrectRejection),
    ] {
        assert_eq!(result(threat, marked).outcome(), outcome, "{marked:?}");
    }
    assert!(result(true, off).is_elsewhere());
    assert!(!result(true, None).is_elsewhere());
}

#[test]
fn a_click_beside_the_edge_still_points_and_a_box_around_everything_does_not() {
    let hit = |marked| result(true, Some(marked)).outcome() == PracticeOutcome::Hit;
    assert!(hit(bounds(1060, 440, 1, 1)));
    assert!(hit(bounds(975, 385, 1, 1)), "within the margin");
    assert!(!hit(bounds(960, 440, 1, 1)), "beyond it");
    assert!(hit(bounds(1060, 440, 0, 0)));
    assert!(hit(bounds(900, 350, 300, 180)));
    assert!(!hit(bounds(0, 0, 3750, 1100)));
    assert!(!hit(bounds(0, 0, u32::MAX, u32::MAX)));
}

#[test]
fn rates_are_of_the_scans_they_belong_to() {
    assert_eq!(PracticeScore::default().hit_rate(), None);
    assert_eq!(PracticeScore::default().sensitivity(), None);
    let on = Some(THERE);
    let results = [
        result(true, on),
        result(true, on),
        result(true, on),
        result(true, None),
        result(false, on),
        result(false, None),
    ];
    let score = PracticeScore::of(&results);
    assert_eq!((score.with_threat(), score.clean(), score.all()), (4, 2, 6));
    assert_eq!(score.hit_rate(), Some(0.75));
    assert_eq!(score.false_alarm_rate(), Some(0.5));
    assert!(score.is_few());
}

fn scored(hits: u32, misses: u32, false_alarms: u32, correct_rejections: u32) -> PracticeScore {
    PracticeScore {
        hits,
        misses,
        false_alarms,
        correct_rejections,
    }
}

#[test]
fn sensitivity_is_that_of_the_published_formula() {
    let of = |h, m, f, c| scored(h, m, f, c).sensitivity().unwrap();
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
    near(of(10, 0, 0, 10), 1.0);
    near(of(5, 5, 5, 5), 0.5);
    near(of(0, 10, 0, 10), 0.5);
    near(of(10, 0, 10, 0), 0.5);
    // H 0.8, F 0.2: 0.5 + 0.6 × 1.6 ÷ (4 × 0.8 × 0.8).
    near(of(8, 2, 2, 8), 0.875);
    near(of(2, 8, 8, 2), 0.125);
    near(of(0, 10, 10, 0), 0.0);
    assert_eq!(scored(3, 1, 0, 0).sensitivity(), None);
}

#[test]
fn twenty_scans_of_each_kind_are_no_longer_few() {
    assert!(scored(20, 0, 0, 19).is_few());
    assert!(!scored(15, 5, 1, 19).is_few());
}

#[test]
fn about_half_of_the_scans_get_a_threat_and_all_get_their_turn() {
    let deals: Vec<Deal> = (0..2000)
        .map(|drawn| deal(drawn, 7, None).unwrap())
        .collect();
    let threats = deals.iter().filter(|d| d.projects.is_some()).count();
    assert!((900..1100).contains(&threats), "{threats}");
    for scan in 0..7 {
        let turns = deals.iter().filter(|d| d.scan == scan).count();
        assert!((220..350).contains(&turns), "{scan}: {turns}");
    }
    assert_eq!(deal(5, 7, None), deal(5, 7, None));
    assert_eq!(deal(5, 0, None), None);
}

#[test]
fn the_same_scan_does_not_come_twice_in_a_row_while_there_is_another() {
    for drawn in 0..200 {
        for before in 0..3 {
            let dealt = deal(drawn, 3, Some(before)).unwrap();
            assert!(dealt.scan < 3 && dealt.scan != before);
        }
        assert_eq!(deal(drawn, 1, Some(0)).unwrap().scan, 0);
        assert!(deal(drawn, 2, Some(9)).unwrap().scan < 2);
    }
}
