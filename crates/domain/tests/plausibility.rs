//! What does not add up is found and placed; what adds up is left alone.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use world::*;

fn found(inspection: &Inspection) -> Vec<&'static str> {
    let state = project(inspection, &[]);
    mismatches(inspection, &state)
        .iter()
        .map(Mismatch::code)
        .collect()
}

#[test]
fn a_clean_consignment_has_no_mismatch() {
    assert!(found(&inspection()).is_empty());
}

#[test]
fn each_planted_trouble_is_named_at_its_place() {
    let mut i = inspection();
    i.units[0].number = "MSKU6011675".parse().unwrap();
    i.units[0].seal_count = Some(2);
    i.units[0].weighing = Some(Weighing {
        gross: Kilograms(27_940.0),
        scale: "terminal scale".into(),
        at: at(0),
    });
    i.units[0].reefer = Some(Reefer {
        set_celsius: -18.0,
        actual_celsius: Some(-14.2),
        tolerance: 2.0,
    });
    i.consignment.items[1].hs = Some("871200".parse().unwrap());
    i.consignment.items[1].net = Kilograms(6_000.0);
    i.consignment.declared_packages = 1250;
    i.consignment.declared_gross = Kilograms(25_000.0);
    i.consignment.mrn = Some("10NL5663962BE1E835".parse().unwrap());
    let state = project(&i, &[]);
    let all = mismatches(&i, &state);
    let codes: Vec<_> = all.iter().map(Mismatch::code).collect();
    assert_eq!(
        codes,
        [
            "weighed",
            "temperature",
            "unit-check-digit",
            "seal-count",
            "mrn-check",
            "mass-sum",
            "package-sum",
            "chapter",
            "net-above-gross",
            "scan-of-other-unit",
        ]
    );
    let unit = Place::Unit("MSKU6011675".into());
    assert_eq!(all[0].place(), unit);
    assert_eq!(all[3].place(), Place::Seals("MSKU6011675".into()));
    assert_eq!(all[7].place(), Place::Item(2));
}

#[test]
fn rounding_and_scale_tolerance_are_not_trouble() {
    let mut i = inspection();
    i.consignment.declared_gross = Kilograms(25_100.6);
    i.units[0].weighing = Some(Weighing {
        gross: Kilograms(25_700.0),
        scale: "terminal scale".into(),
        at: at(0),
    });
    assert!(found(&i).is_empty());
}

#[test]
fn what_the_officer_found_comes_first() {
    let customs = officer(1, Agency::Customs);
    let mut pen = Pen::new(1);
    let seal = EntryBody::SealCompared {
        seal: SealComparison {
            unit: "MSKU6011672".into(),
            declared: Some("ML-0093311".into()),
            found: SealFound {
                number: Some("ML-0093317".into()),
                condition: SealCondition::Intact,
                party: None,
                class: None,
            },
        },
        photos: vec![],
    };
    let entry = pen.write(&customs, 1, seal, None);
    let i = inspection();
    let state = project(&i, &[entry]);
    assert_eq!(mismatches(&i, &state)[0].code(), "seal-differs");
    let row = summarise(&i, &state);
    assert_eq!((row.unit.as_str(), row.mismatches), ("MSKU 601167 2", 1));
    assert_eq!(row.agencies[0].state, SectionState::InProgress);
}

#[test]
fn two_agencies_keep_their_own_comparison_of_a_seal_and_find_one_mismatch() {
    let compared = |number: &str| EntryBody::SealCompared {
        seal: SealComparison {
            unit: "MSKU6011672".into(),
            declared: Some("ML-0093311".into()),
            found: SealFound {
                number: Some(number.into()),
                condition: SealCondition::Intact,
                party: None,
                class: None,
            },
        },
        photos: vec![],
    };
    let (customs, vet) = (officer(1, Agency::Customs), officer(2, Agency::Veterinary));
    let mut pen = Pen::new(1);
    let entries = [
        pen.write(&customs, 10, compared("ML-0093317"), None),
        pen.write(&vet, 20, compared("ML-0093317"), None),
        pen.write(&vet, 30, compared("ML-0093317"), None),
    ];
    let inspection = inspection();
    let state = project(&inspection, &entries);
    let by: Vec<Agency> = state.seals.iter().map(|s| s.agency).collect();
    assert_eq!(by, [Agency::Customs, Agency::Veterinary]);
    let found = mismatches(&inspection, &state);
    let seals = found
        .iter()
        .filter(|m| matches!(m, Mismatch::SealDiffers { .. }));
    assert_eq!(seals.count(), 1);
}
