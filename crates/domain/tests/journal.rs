//! Entries: what is signed is what is kept; what was changed or replaced shows.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use proptest::prelude::*;
use world::*;

fn finding() -> EntryBody {
    EntryBody::FindingRecorded {
        category: FindingCategory::Undeclared,
        severity: Severity::Major,
        text: "70 Kartons über der Anmeldung — 未申报".into(),
        item: Some(1),
        region: None,
        photos: vec![BlobHash::of(b"photo")],
        legal_reference: "art. 12".into(),
    }
}

#[test]
fn a_signed_entry_opens_to_what_was_signed() {
    let customs = officer(1, Agency::Customs);
    let entry = Pen::new(1).write(&customs, 5, finding(), None);
    assert_eq!(entry.payload.body, finding());
    assert_eq!(entry.payload.sequence, 1);
    assert_eq!(entry.payload.body.blobs(), [BlobHash::of(b"photo")]);
}

proptest! {
    #[test]
    fn a_single_changed_byte_is_noticed(at_byte in any::<prop::sample::Index>(), flip in 1u8..=127) {
        let customs = officer(1, Agency::Customs);
        let mut pen = Pen::new(1);
        let entry = pen.write(&customs, 5, finding(), None);
        let signed = sign_entry(&entry.payload, &pen.key).unwrap();
        let mut bytes = signed.payload.clone().into_bytes();
        let i = at_byte.index(bytes.len());
        bytes[i] ^= flip;
        if let Ok(payload) = String::from_utf8(bytes) {
            let changed = SignedEntry { payload, ..signed };
            prop_assert_eq!(changed.open(), Err(UnreadableEntry::WrongSignature));
        }
    }

    #[test]
    fn reading_a_hostile_entry_never_panics(payload in "\\PC{0,200}", signature in "[0-9a-f]{128}", key in "[0-9a-f]{64}") {
        let hostile = SignedEntry { payload, signature, key };
        prop_assert!(hostile.open().is_err());
    }
}

#[test]
fn a_missing_or_replaced_entry_breaks_the_chain() {
    let customs = officer(1, Agency::Customs);
    let mut pen = Pen::new(1);
    let one = pen.write(&customs, 1, EntryBody::SectionClaimed, None);
    let two = pen.write(&customs, 2, finding(), None);
    let three = pen.write(&customs, 3, accept(), None);
    assert_eq!(one.follows((EntryHash::GENESIS, 0)), Ok(()));
    assert_eq!(two.follows((one.hash, 1)), Ok(()));
    assert_eq!(
        three.follows((one.hash, 1)),
        Err(ChainFault::Gap {
            expected: 2,
            found: 3
        })
    );
    assert_eq!(
        two.follows((three.hash, 1)),
        Err(ChainFault::Broken { sequence: 2 })
    );
}

#[test]
fn a_kind_of_a_newer_build_is_kept_and_never_written() {
    let body: EntryBody = serde_json::from_str(r#"{"kind":"drone-flown","height":12}"#).unwrap();
    assert_eq!(body, EntryBody::Unknown);
    let customs = officer(1, Agency::Customs);
    let state = project(&inspection(), &[]);
    assert_eq!(
        allow(&customs, &inspection(), &state, &body, None),
        Err(Refusal::UnknownKind)
    );
}

#[test]
fn every_body_has_the_wire_form_that_was_agreed() {
    let scan = SCAN;
    let bodies = vec![
        EntryBody::SectionClaimed,
        EntryBody::CheckConcluded {
            check: CheckKind::SevenPoint,
            result: CheckResult::Satisfactory,
            reason: String::new(),
        },
        EntryBody::ChecklistAnswered {
            list: checklist().reference(),
            answers: vec![
                ListAnswer {
                    question: "frozen".into(),
                    given: Given::YesNo { yes: true },
                },
                ListAnswer {
                    question: "core".into(),
                    given: Given::Number {
                        thousandths: -14_200,
                    },
                },
                ListAnswer {
                    question: "state".into(),
                    given: Given::Choice {
                        option: "hard".into(),
                    },
                },
                ListAnswer {
                    question: "cause".into(),
                    given: Given::Text {
                        text: "doors open at the quay".into(),
                    },
                },
                ListAnswer {
                    question: "smell".into(),
                    given: Given::Nothing,
                },
            ],
        },
        EntryBody::SealCompared {
            seal: SealComparison {
                unit: "MSKU6011672".into(),
                declared: Some("ML-0093311".into()),
                found: SealFound {
                    number: Some("ML-0093317".into()),
                    condition: SealCondition::Intact,
                    party: Some(SealParty::Carrier),
                    class: None,
                },
            },
            photos: vec![],
        },
        EntryBody::ItemCompared {
            item: 1,
            outcome: ItemOutcome::Excess,
            differences: vec![ItemDifference {
                field: "packages".into(),
                declared: "1240".into(),
                found: "1310".into(),
            }],
            note: String::new(),
        },
        finding(),
        EntryBody::RegionDrawn {
            scan,
            shape: RegionShape::Box {
                x: 1184,
                y: 402,
                width: 155,
                height: 90,
            },
            category: RegionCategory::Undeclared,
            confidence: None,
            comment: "dense".into(),
            item: Some(1),
        },
        EntryBody::RegionDrawn {
            scan,
            shape: RegionShape::Polygon {
                corners: [(10, 10), (90, 12), (40, 70)]
                    .map(|(x, y)| Pixel { x, y })
                    .to_vec(),
            },
            category: RegionCategory::Tobacco,
            confidence: Some(Confidence::Medium),
            comment: String::new(),
            item: None,
        },
        EntryBody::RegionJudged {
            region: EntryId(uuid::Uuid::from_u128(7)),
            verdict: RegionVerdict::Hit,
            note: "24 cartons of cigarettes".into(),
        },
        EntryBody::ImageBrought {
            image: Box::new(BroughtImage {
                image: ImageKind::Radiograph,
                files: vec![scan, BlobHash([8; 32])],
                bytes: 12_000_000,
                media_type: BroughtImage::RAW.into(),
                name: "17.raw".into(),
                width: 3000,
                height: 1000,
                taken_at: Some(at(0)),
                file_at: Some(at(9)),
                source: "MB 1215".into(),
                site: "gate 2".into(),
                pitch_um: Some(4000),
                unit_read: Some("MSKU6011672".into()),
            }),
        },
        EntryBody::ImageConcluded {
            scan,
            conclusion: ImageConclusion::Anomaly,
            reading_seconds: 48,
            opinion: None,
        },
        hold(1),
        lift(1),
        accept(),
        refuse(),
        EntryBody::SectionSigned,
        EntryBody::SlotAnswered {
            answer: Answer::Waived,
            reason: "no interest".into(),
            rather: None,
            minutes: None,
            proposal: None,
        },
        EntryBody::SlotProposed {
            bay: "Bay 2".into(),
            span: Span {
                start: at(0),
                end: at(3600),
            },
            setup_minutes: 10,
            agencies: vec![Agency::Customs, Agency::Veterinary],
            over: Some(EntryId(id(3))),
        },
        EntryBody::NoShow {
            absent: Agency::Veterinary,
            note: "waited 20 minutes".into(),
            proposal: Some(EntryId(id(3))),
        },
        EntryBody::SealAffixed {
            seal: NewSeal {
                unit: "MSKU6011672".into(),
                number: "CU-1".into(),
                party: SealParty::Customs,
                class: SealClass::HighSecurity,
            },
            photos: vec![],
        },
        EntryBody::UnitExamined {
            unit: "MSKU6011672".into(),
            points: vec![UnitPoint {
                side: UnitSide::Front,
                condition: SideCondition::Altered,
                place: Some((500, 250)),
                note: "new rivets".into(),
            }],
            photos: vec![],
        },
        EntryBody::ReadingTaken {
            reading: Reading {
                quantity: ReadingKind::Radiation,
                thousandths: 120,
                place: "doors".into(),
                device: "RadEye 7".into(),
                calibrated_until: Some("2027-01-31".parse().unwrap()),
            },
        },
        EntryBody::TreatmentRecorded {
            treatment: Treatment {
                treatment: TreatmentKind::Fumigation,
                agent: "phosphine".into(),
                dose: "2 g/m³".into(),
                minutes: Some(1440),
                decicelsius: Some(215),
                provider: "Agrofum".into(),
                certificate: "F-9".into(),
            },
        },
        EntryBody::SampleTaken {
            sample: Sample {
                number: "S-17".into(),
                item: 1,
                batch: "B204".into(),
                count: 5,
                matter: "fillet".into(),
                test: "histamine".into(),
                laboratory: "CVL".into(),
                reason: SampleReason::Reenforced,
                analysis: Analysis::SecondExpert,
                conservation: Conservation::Frozen,
            },
            photos: vec![],
        },
        EntryBody::SampleMoved {
            sample: EntryId(id(4)),
            step: CustodyStep::Handed,
            person: "courier".into(),
            seal: "Q-1".into(),
        },
        EntryBody::SampleReported {
            sample: EntryId(id(4)),
            conclusion: SampleConclusion::NotInterpretable,
            report: "LAB-9".into(),
        },
        EntryBody::OverrideProposed {
            hold: HoldId(id(5)),
            reason: "perishable".into(),
        },
        EntryBody::OverrideConfirmed {
            proposal: EntryId(id(6)),
        },
        EntryBody::OpinionAsked {
            scan: SCAN,
            of: Some(OfficerId(id(2))),
            note: "the dense part at the front".into(),
        },
        EntryBody::ImageConcluded {
            scan: SCAN,
            conclusion: ImageConclusion::Inconclusive,
            reading_seconds: 12,
            opinion: Some(EntryId(id(8))),
        },
        EntryBody::OverrideDeclined {
            proposal: EntryId(id(6)),
            reason: "the laboratory answers today".into(),
        },
        EntryBody::CommentWritten {
            text: "weigh it again".into(),
            audience: Audience::OwnAgency,
            to: Some(OfficerId(id(2))),
        },
        EntryBody::CommentWritten {
            text: "bay 4 is wet".into(),
            audience: Audience::Concerned,
            to: None,
        },
        EntryBody::CommentAcknowledged {
            comment: EntryId(id(7)),
        },
        EntryBody::OfficerAssigned {
            officer: OfficerId(id(2)),
            instead_of: vec![OfficerId(id(3))],
        },
        EntryBody::ReleaseWithdrawn {
            reason: "new information".into(),
        },
        EntryBody::JointConcluded {
            record: SCAN,
            note: String::new(),
        },
        EntryBody::RecordSigned { record: SCAN },
        EntryBody::SignatureMissing {
            of: Agency::Police,
            why: Unsigned::Refused,
            note: "disagrees".into(),
            record: SCAN,
        },
        EntryBody::PartySigned {
            role: Signatory::Driver,
            name: "T. Banda".into(),
            record: SCAN,
            strokes: vec![Stroke(vec![(10, 20), (30, 40)])],
            refusal: String::new(),
        },
        EntryBody::Decided {
            decision: Decision::Acceptable {
                purpose: Purpose::Channelled,
                conditions: String::new(),
                coded: vec![Condition {
                    code: ConditionCode::NamedPlace,
                    place: "Cold store 3".into(),
                    deadline: Some("2026-11-30".parse().unwrap()),
                }],
            },
            items: vec![1, 2],
        },
        EntryBody::Withdrawn {
            reason: "wrong unit".into(),
        },
    ];
    for body in &bodies {
        let text = serde_json::to_string(body).unwrap();
        assert_eq!(&serde_json::from_str::<EntryBody>(&text).unwrap(), body);
    }
    insta::assert_json_snapshot!(bodies);
}
