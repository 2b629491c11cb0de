//! An inspection of which a paper has everything to tell, with the same foreign text wherever text may stand.

use jiff::SignedDuration;
use outpost_domain::*;

use crate::world::{self, Pen, SCAN, at, id, officer};

/// Names as they come, and as they are made to deceive.
pub const HOSTILE: [&str; 5] = [
    "شركة النور للاستيراد <b>٧</b>",
    "上海远洋食品有限公司 & Söhne",
    "<script>alert('x')</script>\"><img src=x onerror=y>",
    "invoice \u{202E}fdp.exe\u{202C} \u{2067}x\u{2069}\u{2069} \u{0}\u{7}\u{FFFE}\u{9B}",
    "--><!-- ]]> {{ post }} &amp;&#0; <meta name=\"outpost-record\" content=\"0\">",
];

/// The officer's name is signed with the entry; it is as foreign as the rest.
fn named(n: u128, agency: Agency, name: &str) -> Officer {
    Officer {
        name: name.to_owned(),
        ..officer(n, agency)
    }
}

/// The inspection before anybody acted.
pub fn inspection(text: &str) -> Inspection {
    let mut inspection = world::inspection();
    inspection.reference = format!("KAS-1 {text}");
    inspection.presented_at = Some(at(-1800));
    inspection.selection = Some(Selection {
        criterion: "CRITERION-OF-RISK".to_owned(),
        random: true,
    });
    text.clone_into(&mut inspection.agencies[1].control);
    text.clone_into(&mut inspection.consignment.items[0].description);
    inspection.consignment.bills.push(Bill {
        number: text.to_owned(),
        level: BillLevel::House,
    });
    for role in PartyRole::ALL {
        inspection.consignment.parties.push(Party {
            role: *role,
            name: text.to_owned(),
            country: "CN".parse().unwrap(),
            register_number: None,
        });
    }
    inspection.units[0].seals[0].number = format!("S {text}");
    inspection.holds.push(Hold {
        id: HoldId(id(4000)),
        agency: Agency::Customs,
        hold_type: HoldType::AntiTerror,
        level: HoldLevel::Conveyance,
        reason: HoldReason::Other,
        note: text.to_owned(),
        placed_by: None,
        placed_by_name: text.to_owned(),
        placed_at: at(-3600),
        review: None,
    });
    inspection
}

/// The checklist that is answered: one question of each kind, every text the same.
pub fn lists(text: &str) -> Vec<Checklist> {
    let said = || Translated([("en".to_owned(), text.to_owned())].into());
    let question = |key: &str, kind| Question {
        key: key.to_owned(),
        text: said(),
        help: Translated::default(),
        kind,
        required: true,
        when: None,
    };
    vec![Checklist {
        name: "cold-chain".to_owned(),
        version: 4,
        agency: Agency::Veterinary,
        title: said(),
        exams: Vec::new(),
        commodities: Vec::new(),
        questions: vec![
            question(
                "clean",
                QuestionKind::YesNo {
                    expected: Some(true),
                },
            ),
            question(
                "core",
                QuestionKind::Number {
                    unit: "°C".to_owned(),
                    least: None,
                    most: None,
                    from: None,
                    to: Some(-18_000),
                },
            ),
            question("remarks", QuestionKind::Text),
        ],
        withdrawn: false,
    }]
}

fn answered(text: &str) -> EntryBody {
    let answer = |question: &str, given| ListAnswer {
        question: question.to_owned(),
        given,
    };
    EntryBody::ChecklistAnswered {
        list: lists(text)[0].reference(),
        answers: vec![
            answer("clean", Given::YesNo { yes: false }),
            answer(
                "core",
                Given::Number {
                    thousandths: -12_500,
                },
            ),
            answer(
                "remarks",
                Given::Text {
                    text: text.to_owned(),
                },
            ),
        ],
    }
}

fn veterinary_acts(text: &str) -> Vec<EntryBody> {
    let text = text.to_owned();
    let item = |number, outcome, field: &str| EntryBody::ItemCompared {
        item: number,
        outcome,
        differences: vec![ItemDifference {
            field: field.to_owned(),
            declared: text.clone(),
            found: text.clone(),
        }],
        note: text.clone(),
    };
    let reading = |quantity, thousandths| EntryBody::ReadingTaken {
        reading: Reading {
            quantity,
            thousandths,
            place: text.clone(),
            device: text.clone(),
            calibrated_until: Some("2026-01-31".parse().unwrap()),
        },
    };
    vec![
        EntryBody::SectionClaimed,
        EntryBody::CheckConcluded {
            check: CheckKind::Physical,
            result: CheckResult::NotSatisfactory,
            reason: text.clone(),
        },
        EntryBody::SealCompared {
            seal: SealComparison {
                unit: "MSKU6011672".into(),
                declared: Some(format!("S {text}")),
                found: SealFound {
                    number: Some(text.clone()),
                    condition: SealCondition::Tampered,
                    party: Some(SealParty::Customs),
                    class: Some(SealClass::Security),
                },
            },
            photos: vec![SCAN],
        },
        EntryBody::SealCompared {
            seal: SealComparison {
                unit: "MSKU6011672".into(),
                declared: None,
                found: SealFound {
                    number: None,
                    condition: SealCondition::Missing,
                    party: None,
                    class: None,
                },
            },
            photos: vec![],
        },
        item(1, ItemOutcome::Excess, "packages"),
        item(2, ItemOutcome::Match, "from-a-newer-build"),
        EntryBody::FindingRecorded {
            category: FindingCategory::Temperature,
            severity: Severity::Major,
            text: text.clone(),
            item: Some(1),
            region: None,
            photos: vec![SCAN],
            legal_reference: text.clone(),
        },
        reading(ReadingKind::Temperature, -18_250),
        reading(ReadingKind::Weight, 20_000_000),
        EntryBody::TreatmentRecorded {
            treatment: Treatment {
                treatment: TreatmentKind::Fumigation,
                agent: text.clone(),
                dose: text.clone(),
                minutes: Some(90),
                decicelsius: Some(215),
                provider: text.clone(),
                certificate: text.clone(),
            },
        },
        EntryBody::UnitExamined {
            unit: "MSKU6011672".into(),
            points: vec![UnitPoint {
                side: UnitSide::Doors,
                condition: SideCondition::Damaged,
                place: Some((500, 500)),
                note: text.clone(),
            }],
            photos: vec![],
        },
        answered(&text),
        world::hold(1),
    ]
}

fn customs_acts(text: &str) -> Vec<EntryBody> {
    let text = text.to_owned();
    vec![
        EntryBody::SlotProposed {
            bay: text.clone(),
            span: Span {
                start: at(0),
                end: at(3600),
            },
            setup_minutes: 15,
            agencies: vec![Agency::Customs, Agency::Veterinary],
            over: None,
        },
        EntryBody::NoShow {
            absent: Agency::Police,
            note: text.clone(),
            proposal: None,
        },
        EntryBody::SealAffixed {
            seal: NewSeal {
                unit: "MSKU6011672".into(),
                number: text.clone(),
                party: SealParty::Customs,
                class: SealClass::HighSecurity,
            },
            photos: vec![],
        },
        EntryBody::RegionDrawn {
            scan: SCAN,
            shape: RegionShape::Box {
                x: 1,
                y: 1,
                width: 5,
                height: 5,
            },
            category: RegionCategory::Undeclared,
            confidence: None,
            comment: text.clone(),
            item: None,
        },
        EntryBody::ImageConcluded {
            scan: SCAN,
            conclusion: ImageConclusion::Anomaly,
            reading_seconds: 40,
            opinion: None,
        },
        EntryBody::Decided {
            decision: Decision::Acceptable {
                purpose: Purpose::Channelled,
                conditions: text.clone(),
                coded: vec![Condition {
                    code: ConditionCode::NamedPlace,
                    place: text.clone(),
                    deadline: Some("2026-12-01".parse().unwrap()),
                }],
            },
            items: vec![],
        },
    ]
}

/// Writes acts one after the other, a minute apart.
fn write(pen: &mut Pen, by: &Officer, from: i64, acts: Vec<EntryBody>) -> Vec<Entry> {
    acts.into_iter()
        .zip(0_i64..)
        .map(|(act, n)| pen.write(by, from + n * 60, act, None))
        .collect()
}

/// Two agencies that did everything, a sample on its way, a conclusion and every kind of signature.
pub fn concluded(text: &str) -> (Inspection, State) {
    let inspection = inspection(text);
    let (customs, veterinary) = (
        named(1, Agency::Customs, text),
        named(2, Agency::Veterinary, text),
    );
    let (mut ours, mut theirs) = (Pen::new(1), Pen::new(2));
    let mut entries = write(&mut ours, &customs, -600, customs_acts(text));
    entries.extend(write(&mut theirs, &veterinary, 0, veterinary_acts(text)));
    let sample = EntryBody::SampleTaken {
        sample: Sample {
            number: text.to_owned(),
            item: 1,
            batch: text.to_owned(),
            count: 3,
            matter: text.to_owned(),
            test: text.to_owned(),
            laboratory: text.to_owned(),
            reason: SampleReason::Suspicion,
            analysis: Analysis::Initial,
            conservation: Conservation::Frozen,
        },
        photos: vec![],
    };
    let sample = theirs.write(&veterinary, 1200, sample, None);
    let name = sample.payload.id;
    entries.push(sample);
    let sealed = EntryBody::SampleMoved {
        sample: name,
        step: CustodyStep::Sealed,
        person: text.to_owned(),
        seal: text.to_owned(),
    };
    entries.push(theirs.write(&veterinary, 1260, sealed, None));
    let refused = EntryBody::Decided {
        decision: Decision::NotAcceptable {
            action: RefusalAction::ReExport,
            family: Some(RefusalFamily::Physical),
            reason: text.to_owned(),
            deadline: Some("2026-12-01".parse().unwrap()),
        },
        items: vec![1],
    };
    entries.push(theirs.write(&veterinary, 1300, refused, None));
    let record = project(&inspection, &entries).record.hash;
    for (seconds, body) in [
        (
            1400,
            EntryBody::JointConcluded {
                record,
                note: text.to_owned(),
            },
        ),
        (1410, EntryBody::RecordSigned { record }),
        (
            1420,
            EntryBody::SignatureMissing {
                of: Agency::Veterinary,
                why: Unsigned::Refused,
                note: text.to_owned(),
                record,
            },
        ),
        (
            1430,
            EntryBody::PartySigned {
                role: Signatory::Driver,
                name: text.to_owned(),
                record,
                strokes: vec![
                    Stroke(vec![(100, 800), (300, 200), (500, 700), (900, 350)]),
                    Stroke(vec![(950, 340)]),
                ],
                refusal: String::new(),
            },
        ),
    ] {
        entries.push(ours.write(&customs, seconds, body, None));
    }
    let state = project(&inspection, &entries);
    (inspection, state)
}

/// All accepted, no hold: released, then taken back.
pub fn withdrawn(text: &str) -> (Inspection, State) {
    let mut inspection = inspection(text);
    inspection.holds.clear();
    let (customs, veterinary) = (
        named(1, Agency::Customs, text),
        named(2, Agency::Veterinary, text),
    );
    let (mut ours, mut theirs) = (Pen::new(1), Pen::new(2));
    let mut entries = vec![
        ours.write(&customs, 0, world::accept(), None),
        theirs.write(&veterinary, 10, world::accept(), None),
    ];
    let back = EntryBody::ReleaseWithdrawn {
        reason: text.to_owned(),
    };
    entries.push(ours.write(&customs, 20, back, None));
    let state = project(&inspection, &entries);
    (inspection, state)
}

/// Accepted by both, nothing in the way.
pub fn released(text: &str) -> (Inspection, State) {
    let mut inspection = inspection(text);
    inspection.holds.clear();
    let (mut ours, mut theirs) = (Pen::new(1), Pen::new(2));
    let checked = EntryBody::CheckConcluded {
        check: CheckKind::Physical,
        result: CheckResult::Satisfactory,
        reason: String::new(),
    };
    let (customs, veterinary) = (officer(1, Agency::Customs), officer(2, Agency::Veterinary));
    let entries = vec![
        ours.write(&customs, 0, world::accept(), None),
        theirs.write(&veterinary, 5, checked, None),
        theirs.write(&veterinary, 10, world::accept(), None),
    ];
    let state = project(&inspection, &entries);
    (inspection, state)
}

/// The post, three hours east of Greenwich.
pub fn post(text: &str) -> Post {
    Post {
        code: "TZKSU".parse().unwrap(),
        name: text.to_owned(),
        zone: "Africa/Dar_es_Salaam".to_owned(),
        hours: None,
        bays: vec![text.to_owned(), "Bay 2".to_owned()],
        travel_minutes: 0,
        suggestions_off: false,
        practice_off: false,
    }
}

/// A slot of an hour that needs two.
pub fn slot(text: &str) -> SlotState {
    let mut slot = SlotState::from(Slot {
        bay: text.to_owned(),
        start: at(0),
        end: at(3600),
        agencies: vec![
            SlotAgency {
                agency: Agency::Customs,
                answer: Answer::Accepted,
            },
            SlotAgency {
                agency: Agency::Veterinary,
                answer: Answer::OtherTime,
            },
        ],
    });
    slot.setup_minutes = 10;
    slot.revision = 3;
    slot.no_shows = vec![Agency::Customs];
    slot.answers.push(SlotAnswer {
        entry: EntryId(id(9)),
        agency: Agency::Veterinary,
        answer: Answer::OtherTime,
        reason: text.to_owned(),
        rather: None,
        minutes: Some(120),
        by: text.to_owned(),
        at: at(0) - SignedDuration::from_hours(1),
    });
    slot
}
