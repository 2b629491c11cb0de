//! What an officer would write for a deed, on what the laptop shows.

use outpost_domain::*;
use uuid::Uuid;

use crate::steps::Deed;
use crate::world::{self, SCAN};

const UNIT: &str = "MSKU6011672";

/// What the officer sees.
pub struct View<'a> {
    pub state: &'a State,
    /// For a new hold.
    pub fresh: Uuid,
}

fn nth<T>(list: &[T], n: u8) -> Option<&T> {
    list.get(usize::from(n) % list.len().max(1))
}

fn items_of(bits: u8) -> Vec<u32> {
    // Two bits for two goods items; the rest of the range makes "all" likelier.
    (1..=2)
        .filter(|item| bits & item != 0 && bits < 4)
        .map(u32::from)
        .collect()
}

fn decided(decision: Decision, bits: u8) -> EntryBody {
    EntryBody::Decided {
        decision,
        items: items_of(bits),
    }
}

fn hold_of(view: &View<'_>, corrected: Option<&Entry>) -> HoldId {
    match corrected.map(|e| &e.payload.body) {
        Some(EntryBody::HoldPlaced { hold, .. }) => *hold,
        _ => HoldId(view.fresh),
    }
}

/// The act of a deed; `None` where there is nothing to do it on.
pub fn body(
    deed: Deed,
    n: u8,
    who: &Officer,
    view: &View<'_>,
    corrected: Option<&Entry>,
) -> Option<EntryBody> {
    let words = || format!("words {n}");
    let item = u32::from(n % 2) + 1;
    let state = view.state;
    Some(match deed {
        Deed::Claim => EntryBody::SectionClaimed,
        Deed::Check { kind, conform } => EntryBody::CheckConcluded {
            check: [CheckKind::Documentary, CheckKind::Physical][usize::from(kind % 2)],
            result: if conform {
                CheckResult::Satisfactory
            } else {
                CheckResult::NotSatisfactory
            },
            reason: words(),
        },
        Deed::Answers { yes } => {
            let lists = world::lists();
            let begun = state.checklists.iter().find(|r| r.agency == who.agency);
            let list = match begun {
                Some(record) => record.list.clone(),
                None => nth(&lists, n)?.reference(),
            };
            let mut answers = vec![ListAnswer {
                question: "frozen".into(),
                given: Given::YesNo { yes },
            }];
            if n.is_multiple_of(3) {
                answers.push(ListAnswer {
                    question: "core".into(),
                    given: Given::Number {
                        thousandths: -18_000,
                    },
                });
            }
            EntryBody::ChecklistAnswered { list, answers }
        }
        Deed::Seal => EntryBody::SealCompared {
            seal: SealComparison {
                unit: UNIT.into(),
                declared: (!n.is_multiple_of(3)).then(|| "ML-0093311".into()),
                found: SealFound {
                    number: Some("ML-0093311".into()),
                    condition: SealCondition::Intact,
                    party: None,
                    class: None,
                },
            },
            photos: vec![],
        },
        Deed::Examine => EntryBody::UnitExamined {
            unit: UNIT.into(),
            points: vec![],
            photos: vec![],
        },
        Deed::Read => EntryBody::ReadingTaken {
            reading: Reading {
                quantity: ReadingKind::Temperature,
                thousandths: -18_000 - i64::from(n),
                place: String::new(),
                device: "Testo 104".into(),
                calibrated_until: None,
            },
        },
        Deed::Treat => EntryBody::TreatmentRecorded {
            treatment: Treatment {
                treatment: TreatmentKind::ALL[usize::from(n) % TreatmentKind::ALL.len()],
                agent: String::new(),
                dose: String::new(),
                minutes: None,
                decicelsius: None,
                provider: "provider".into(),
                certificate: String::new(),
            },
        },
        Deed::Affix => EntryBody::SealAffixed {
            seal: NewSeal {
                unit: UNIT.into(),
                number: format!("N-{n}"),
                party: SealParty::Customs,
                class: SealClass::HighSecurity,
            },
            photos: vec![],
        },
        Deed::Compare => EntryBody::ItemCompared {
            item,
            outcome: ItemOutcome::Match,
            differences: vec![],
            note: String::new(),
        },
        Deed::Find => EntryBody::FindingRecorded {
            category: FindingCategory::Other,
            severity: Severity::Minor,
            text: words(),
            item: None,
            region: None,
            photos: vec![],
            legal_reference: String::new(),
        },
        Deed::Draw => EntryBody::RegionDrawn {
            scan: SCAN,
            shape: RegionShape::Box {
                x: u32::from(n),
                y: 0,
                width: 10,
                height: 10,
            },
            category: RegionCategory::Undeclared,
            confidence: None,
            comment: String::new(),
            item: None,
        },
        Deed::JudgeRegion => EntryBody::RegionJudged {
            region: nth(&state.regions, n)?.entry,
            verdict: RegionVerdict::ALL[usize::from(n) % RegionVerdict::ALL.len()],
            note: String::new(),
        },
        Deed::ReadImage => EntryBody::ImageConcluded {
            scan: SCAN,
            conclusion: ImageConclusion::NoAnomaly,
            reading_seconds: 30,
            opinion: None,
        },
        Deed::Sample { random } => EntryBody::SampleTaken {
            sample: Sample {
                number: format!("S-{n}"),
                item,
                batch: String::new(),
                count: 1,
                matter: String::new(),
                test: "histamine".into(),
                laboratory: "laboratory".into(),
                reason: if random {
                    SampleReason::Random
                } else {
                    SampleReason::Suspicion
                },
                analysis: Analysis::Initial,
                conservation: Conservation::Frozen,
            },
            photos: vec![],
        },
        Deed::MoveSample { step } => EntryBody::SampleMoved {
            sample: nth(&state.samples, n)?.entry,
            step: CustodyStep::ALL[usize::from(step) % CustodyStep::ALL.len()],
            person: "courier".into(),
            seal: String::new(),
        },
        Deed::Report { good } => EntryBody::SampleReported {
            sample: nth(&state.samples, n)?.entry,
            conclusion: if good {
                SampleConclusion::Satisfactory
            } else {
                SampleConclusion::NotSatisfactory
            },
            report: "LAB-1".into(),
        },
        Deed::Hold { level } => EntryBody::HoldPlaced {
            hold: hold_of(view, corrected),
            hold_type: HoldType::Document,
            level: match level {
                0 => HoldLevel::Conveyance,
                1 => HoldLevel::Unit {
                    number: UNIT.into(),
                },
                2 => HoldLevel::Bill {
                    number: "MAEU218443907".into(),
                },
                3 => HoldLevel::HouseBill {
                    number: "MAEU218443907".into(),
                },
                _ => HoldLevel::Item { number: item },
            },
            reason: HoldReason::DocumentMissing,
            note: words(),
            review: None,
        },
        Deed::Lift => {
            let own: Vec<_> = state
                .open_holds()
                .filter(|h| h.hold.agency == who.agency)
                .collect();
            EntryBody::HoldLifted {
                hold: nth(&own, n)?.hold.id,
                reason: words(),
            }
        }
        Deed::Override => {
            let others: Vec<_> = state
                .open_holds()
                .filter(|h| h.hold.agency != who.agency)
                .collect();
            EntryBody::OverrideProposed {
                hold: nth(&others, n)?.hold.id,
                reason: words(),
            }
        }
        Deed::Confirm => {
            let proposed: Vec<_> = state
                .open_holds()
                .filter_map(|h| h.overriding.as_ref())
                .collect();
            EntryBody::OverrideConfirmed {
                proposal: nth(&proposed, n)?.entry,
            }
        }
        Deed::Decline => {
            let proposed: Vec<_> = state
                .open_holds()
                .filter_map(|h| h.overriding.as_ref())
                .collect();
            EntryBody::OverrideDeclined {
                proposal: nth(&proposed, n)?.entry,
                reason: words(),
            }
        }
        Deed::Comment { all } => EntryBody::CommentWritten {
            text: words(),
            audience: if all {
                Audience::Concerned
            } else {
                Audience::OwnAgency
            },
            to: None,
        },
        Deed::Acknowledge => EntryBody::CommentAcknowledged {
            comment: nth(&state.comments, n)?.entry,
        },
        Deed::Opinion => EntryBody::OpinionAsked {
            scan: SCAN,
            of: None,
            note: words(),
        },
        Deed::Assign => EntryBody::OfficerAssigned {
            officer: OfficerId(world::id(200 + u128::from(n % 3))),
            instead_of: vec![],
        },
        Deed::Accept(bits) => decided(
            Decision::Acceptable {
                purpose: Purpose::InternalMarket,
                conditions: String::new(),
                coded: vec![],
            },
            bits,
        ),
        Deed::Refuse(bits) => decided(
            Decision::NotAcceptable {
                action: RefusalAction::ReExport,
                family: None,
                reason: words(),
                deadline: None,
            },
            bits,
        ),
        Deed::Waive(bits) => decided(Decision::Waived { reason: words() }, bits),
        Deed::SignSection => EntryBody::SectionSigned,
        _ => joint(deed, n, who, view)?,
    })
}

/// Slot, record, signatures.
fn joint(deed: Deed, n: u8, who: &Officer, view: &View<'_>) -> Option<EntryBody> {
    let state = view.state;
    let record = state.record.hash;
    let words = || format!("words {n}");
    Some(match deed {
        Deed::Propose => EntryBody::SlotProposed {
            bay: format!("Bay {}", n % 3),
            span: Span {
                start: world::at(i64::from(n) * 3600),
                end: world::at((i64::from(n) + 1) * 3600),
            },
            setup_minutes: 10,
            agencies: state.sections.iter().map(|s| s.agency).collect(),
            over: state.slot.as_ref().and_then(|s| s.proposal),
        },
        Deed::Answer { answer } => EntryBody::SlotAnswered {
            answer: [Answer::Accepted, Answer::Waived, Answer::OtherTime][usize::from(answer % 3)],
            reason: words(),
            rather: None,
            minutes: Some(60),
            proposal: state.slot.as_ref()?.proposal,
        },
        Deed::NoShow => {
            let slot = state.slot.as_ref()?;
            EntryBody::NoShow {
                absent: nth(&slot.slot.agencies, n)?.agency,
                note: words(),
                proposal: slot.proposal,
            }
        }
        Deed::Conclude => EntryBody::JointConcluded {
            record,
            note: words(),
        },
        Deed::SignRecord => EntryBody::RecordSigned { record },
        Deed::Missing => EntryBody::SignatureMissing {
            of: *nth(&state.record.awaited, n)?,
            why: Unsigned::Absent,
            note: words(),
            record,
        },
        Deed::Party { signs } => EntryBody::PartySigned {
            role: Signatory::Driver,
            name: "T. Banda".into(),
            record,
            strokes: if signs {
                vec![Stroke(vec![(1, 1), (9, 9)])]
            } else {
                vec![]
            },
            refusal: if signs { String::new() } else { words() },
        },
        Deed::TakeBackRelease => EntryBody::ReleaseWithdrawn { reason: words() },
        Deed::Withdraw => EntryBody::Withdrawn { reason: words() },
        _ => unreachable!("{deed:?} of {} is not of the joint record", who.name),
    })
}

/// The entry of the officer's agency that a deed corrects or takes back: the `n`th of those that stand.
pub fn target<'a>(
    deed: Deed,
    n: u8,
    who: &Officer,
    entries: &'a [Entry],
    code: &str,
) -> Option<&'a Entry> {
    let stands = |e: &Entry| {
        entries
            .iter()
            .all(|x| x.payload.supersedes != Some(e.payload.id))
    };
    let own: Vec<&Entry> = entries
        .iter()
        .filter(|e| e.payload.agency == who.agency && stands(e))
        .filter(|e| deed == Deed::Withdraw || e.payload.body.code() == code)
        .filter(|e| !matches!(e.payload.body, EntryBody::Withdrawn { .. }))
        .collect();
    nth(&own, n).copied()
}
