//! The joint inspection: slots, samples, decisions item by item, overrides, the record and its signatures.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use world::*;

fn span(from: i64, to: i64) -> Span {
    Span {
        start: at(from * 60),
        end: at(to * 60),
    }
}

fn propose(span: Span, over: Option<EntryId>) -> EntryBody {
    EntryBody::SlotProposed {
        bay: "Bay 2".into(),
        span,
        setup_minutes: 10,
        agencies: vec![Agency::Customs, Agency::Veterinary],
        over,
    }
}

fn answer(answer: Answer, proposal: Option<EntryId>, minutes: Option<u16>) -> EntryBody {
    EntryBody::SlotAnswered {
        answer,
        reason: "another unit".into(),
        rather: None,
        minutes,
        proposal,
    }
}

fn decide(decision: Decision, items: &[u32]) -> EntryBody {
    EntryBody::Decided {
        decision,
        items: items.to_vec(),
    }
}

fn acceptable() -> Decision {
    Decision::Acceptable {
        purpose: Purpose::InternalMarket,
        conditions: String::new(),
        coded: vec![],
    }
}

fn not_acceptable() -> Decision {
    Decision::NotAcceptable {
        action: RefusalAction::Destruction,
        family: Some(RefusalFamily::Physical),
        reason: "warm".into(),
        deadline: None,
    }
}

/// Customs and the veterinary service at one table, each entry judged by the rules before it is written.
struct Table {
    inspection: Inspection,
    pen: Pen,
    entries: Vec<Entry>,
    second: i64,
}

impl Table {
    fn new() -> Self {
        Self {
            inspection: inspection(),
            pen: Pen::new(1),
            entries: vec![],
            second: 0,
        }
    }

    fn state(&self) -> State {
        project(&self.inspection, &self.entries)
    }

    fn may(&self, who: &Officer, body: &EntryBody) -> Result<(), Refusal> {
        allow(who, &self.inspection, &self.state(), body, None)
    }

    fn write(&mut self, who: &Officer, body: EntryBody) -> EntryId {
        assert_eq!(self.may(who, &body), Ok(()), "{body:?}");
        self.second += 60;
        let entry = self.pen.write(who, self.second, body, None);
        let id = entry.payload.id;
        self.entries.push(entry);
        id
    }
}

fn customs() -> Officer {
    officer(1, Agency::Customs)
}

fn vet() -> Officer {
    officer(2, Agency::Veterinary)
}

fn supervisor(n: u128, agency: Agency) -> Officer {
    Officer {
        role: Role::Supervisor,
        ..officer(n, agency)
    }
}

#[test]
fn a_slot_is_proposed_by_the_convener_alone_and_answers_belong_to_the_slot_that_stands() {
    let mut table = Table::new();
    let first = propose(span(60, 120), None);
    assert_eq!(
        table.may(&vet(), &first),
        Err(Refusal::NotConvener {
            convener: Agency::Customs
        })
    );
    let first = table.write(&customs(), first);
    table.write(&vet(), answer(Answer::Accepted, Some(first), Some(90)));
    let slot = table.state().slot.unwrap();
    assert_eq!(slot.slot.agencies[1].answer, Answer::Accepted);
    assert!(slot.is_too_short(), "90 minutes do not fit into 60");

    table.write(&customs(), propose(span(120, 240), Some(first)));
    let slot = table.state().slot.unwrap();
    assert_eq!((slot.revision, slot.slot.start), (2, at(7200)));
    assert_eq!(
        slot.slot.agencies[1].answer,
        Answer::Pending,
        "the answer was to another slot"
    );
    assert_eq!(
        table.may(&vet(), &answer(Answer::Accepted, Some(first), None)),
        Err(Refusal::NoSuchSlot)
    );
}

#[test]
fn a_slot_moved_on_a_stale_view_contends() {
    let mut table = Table::new();
    table.write(&customs(), propose(span(60, 120), None));
    let stale = table
        .may(&customs(), &propose(span(180, 240), None))
        .unwrap_err();
    assert_eq!(
        stale,
        Refusal::SlotMoved {
            by: "Officer 1".into()
        }
    );
    assert!(stale.is_contention());
}

#[test]
fn a_proposal_taken_back_gives_the_slot_before_it_its_place_again() {
    let mut table = Table::new();
    let first = table.write(&customs(), propose(span(60, 120), None));
    let second = table.write(&customs(), propose(span(120, 180), Some(first)));
    let third = table.write(&customs(), propose(span(180, 240), Some(second)));
    let back = table.pen.write(
        &customs(),
        900,
        EntryBody::Withdrawn {
            reason: "bay closed".into(),
        },
        Some(second),
    );
    table.entries.push(back);
    let slot = table.state().slot.unwrap();
    assert_eq!((slot.proposal, slot.revision), (Some(third), 2));
}

#[test]
fn a_slot_that_ends_before_it_begins_or_lasts_for_days_is_refused() {
    let table = Table::new();
    for wrong in [span(60, 60), span(60, 30), span(0, 25 * 60)] {
        assert_eq!(
            table.may(&customs(), &propose(wrong, None)),
            Err(Refusal::UnsoundSpan)
        );
    }
}

#[test]
fn goods_refused_in_part_are_split_off_and_the_rest_goes() {
    let mut table = Table::new();
    table.write(&customs(), decide(acceptable(), &[]));
    table.write(&vet(), decide(not_acceptable(), &[2]));
    let state = table.state();
    assert_eq!(
        state.openness,
        Openness::Waiting,
        "item 1 waits for the veterinary service"
    );
    assert_eq!(
        state.section(Agency::Veterinary).unwrap().state,
        SectionState::InProgress
    );
    table.write(&vet(), decide(acceptable(), &[1]));
    let state = table.state();
    assert_eq!(state.openness, Openness::Partial);
    let each: Vec<Openness> = state.release.iter().map(|r| r.openness).collect();
    assert_eq!(each, [Openness::Released, Openness::Refused]);
    assert_eq!(
        state.section(Agency::Veterinary).unwrap().state,
        SectionState::Partial
    );
}

#[test]
fn a_decision_on_the_rest_does_not_undo_the_one_on_an_item() {
    let mut table = Table::new();
    table.write(&customs(), decide(acceptable(), &[]));
    table.write(&vet(), decide(not_acceptable(), &[2]));
    table.write(&vet(), decide(acceptable(), &[]));
    assert_eq!(table.state().openness, Openness::Partial);
}

#[test]
fn a_hold_on_one_item_keeps_that_item_alone() {
    let mut table = Table::new();
    let EntryBody::HoldPlaced {
        hold,
        hold_type,
        reason,
        note,
        review,
        ..
    } = hold(1)
    else {
        unreachable!()
    };
    let on_item = EntryBody::HoldPlaced {
        hold,
        hold_type,
        level: HoldLevel::Item { number: 2 },
        reason,
        note,
        review,
    };
    table.write(&vet(), on_item);
    table.write(&vet(), decide(acceptable(), &[1]));
    assert!(matches!(
        table.may(&vet(), &decide(acceptable(), &[2])),
        Err(Refusal::OwnHoldStands { .. })
    ));
    table.write(&customs(), decide(acceptable(), &[]));
    let state = table.state();
    assert_eq!(state.openness, Openness::Held);
    let each: Vec<Openness> = state.release.iter().map(|r| r.openness).collect();
    assert_eq!(each, [Openness::Released, Openness::Held]);
}

fn sample(reason: SampleReason) -> EntryBody {
    EntryBody::SampleTaken {
        sample: Sample {
            number: "S-17".into(),
            item: 1,
            batch: "B204".into(),
            count: 5,
            matter: "fillet".into(),
            test: "histamine".into(),
            laboratory: "Central veterinary laboratory".into(),
            reason,
            analysis: Analysis::Initial,
            conservation: Conservation::Frozen,
        },
        photos: vec![],
    }
}

fn looked_at() -> EntryBody {
    EntryBody::CheckConcluded {
        check: CheckKind::Physical,
        result: CheckResult::Satisfactory,
        reason: String::new(),
    }
}

#[test]
fn a_sample_comes_after_the_physical_check_and_delays_the_decision_unless_it_is_random() {
    let mut table = Table::new();
    assert_eq!(
        table.may(&vet(), &sample(SampleReason::Suspicion)),
        Err(Refusal::PhysicalCheckFirst)
    );
    table.write(&vet(), looked_at());
    let drawn = table.write(&vet(), sample(SampleReason::Suspicion));
    assert_eq!(
        table.may(&vet(), &decide(acceptable(), &[])),
        Err(Refusal::ResultAwaited {
            number: "S-17".into()
        })
    );
    assert_eq!(
        table.may(&vet(), &decide(acceptable(), &[2])),
        Ok(()),
        "it was drawn from item 1"
    );
    table.write(
        &vet(),
        EntryBody::SampleReported {
            sample: drawn,
            conclusion: SampleConclusion::Satisfactory,
            report: "LAB-8".into(),
        },
    );
    table.write(&vet(), decide(acceptable(), &[]));
    let mut random = Table::new();
    random.write(&vet(), looked_at());
    random.write(&vet(), sample(SampleReason::Random));
    random.write(&vet(), decide(acceptable(), &[]));
}

#[test]
fn a_sample_goes_its_way_until_it_is_gone_and_an_unknown_one_is_refused() {
    let mut table = Table::new();
    table.write(&vet(), looked_at());
    let drawn = table.write(&vet(), sample(SampleReason::Required));
    let moved = |sample, step| EntryBody::SampleMoved {
        sample,
        step,
        person: "J. Phiri".into(),
        seal: String::new(),
    };
    table.write(&vet(), moved(drawn, CustodyStep::Sealed));
    table.write(&vet(), moved(drawn, CustodyStep::Destroyed));
    assert_eq!(table.state().samples[0].custody.len(), 2);
    assert_eq!(
        table.may(&vet(), &moved(drawn, CustodyStep::Received)),
        Err(Refusal::SampleGone {
            number: "S-17".into()
        })
    );
    let unknown = EntryId(id(999));
    assert_eq!(
        table.may(&vet(), &moved(unknown, CustodyStep::Received)),
        Err(Refusal::UnknownSample)
    );
    let result = EntryBody::SampleReported {
        sample: unknown,
        conclusion: SampleConclusion::Satisfactory,
        report: "LAB-9".into(),
    };
    assert_eq!(table.may(&vet(), &result), Err(Refusal::UnknownSample));
}

#[test]
fn an_override_wants_a_supervisor_and_a_second_officer() {
    let mut table = Table::new();
    table.write(&vet(), hold(1));
    let over = EntryBody::OverrideProposed {
        hold: HoldId(id(5001)),
        reason: "perishable, laboratory closed".into(),
    };
    assert!(matches!(
        table.may(&customs(), &over),
        Err(Refusal::RoleMayNot { .. })
    ));
    let chief = supervisor(7, Agency::Customs);
    let proposal = table.write(&chief, over.clone());
    assert_eq!(
        table.state().open_holds().count(),
        1,
        "one signature lifts nothing"
    );
    let confirm = EntryBody::OverrideConfirmed { proposal };
    assert_eq!(
        table.may(&chief, &confirm),
        Err(Refusal::SameOfficer {
            by: "Officer 7".into()
        })
    );
    assert!(matches!(
        table.may(&customs(), &confirm),
        Err(Refusal::RoleMayNot { .. })
    ));
    // An entry of the proposer that got past a broken desk lifts nothing either.
    let forged = table.pen.write(&chief, 500, confirm.clone(), None);
    let with_forged: Vec<Entry> = table.entries.iter().cloned().chain([forged]).collect();
    assert_eq!(
        project(&table.inspection, &with_forged)
            .open_holds()
            .count(),
        1
    );
    table.pen = Pen::new(2);
    table.write(&supervisor(8, Agency::Customs), confirm);
    let state = table.state();
    assert_eq!(state.open_holds().count(), 0);
    let (by, _, reason) = state.holds[0].lifted.clone().unwrap();
    assert_eq!(by, "Officer 7, Officer 8");
    assert_eq!(reason, "perishable, laboratory closed");
}

#[test]
fn a_supervisor_lifts_the_own_agencys_hold_in_the_plain_way() {
    let mut table = Table::new();
    table.write(&vet(), hold(1));
    let over = EntryBody::OverrideProposed {
        hold: HoldId(id(5001)),
        reason: "x".into(),
    };
    assert_eq!(
        table.may(&supervisor(9, Agency::Veterinary), &over),
        Err(Refusal::OwnHold)
    );
}

#[test]
fn a_release_is_taken_back_before_the_goods_have_left_and_not_after() {
    let mut table = Table::new();
    let back = EntryBody::ReleaseWithdrawn {
        reason: "new information".into(),
    };
    assert_eq!(table.may(&customs(), &back), Err(Refusal::NotReleased));
    table.write(&customs(), accept());
    table.write(&vet(), accept());
    assert_eq!(table.state().openness, Openness::Released);
    let mut gone = inspection();
    gone.tracking.push(Passage {
        unit: "MSKU6011672".into(),
        node: NodeKind::GateOut,
        place: "Gate 2".into(),
        at: Some(at(4000)),
        readings: vec![],
    });
    assert_eq!(
        allow(&customs(), &gone, &table.state(), &back, None),
        Err(Refusal::Left { at: at(4000) })
    );
    table.write(&customs(), back);
    let state = table.state();
    assert_eq!(state.openness, Openness::Withdrawn);
    assert!(matches!(
        release_blocks(&state)[0],
        ReleaseBlock::Withdrawn(_)
    ));
}

#[test]
fn the_record_is_concluded_when_all_have_decided_and_final_when_all_have_signed() {
    let mut table = Table::new();
    table.write(&customs(), accept());
    let conclude = |table: &Table| EntryBody::JointConcluded {
        record: table.state().record.hash,
        note: "one presentation".into(),
    };
    assert_eq!(
        table.may(&customs(), &conclude(&table)),
        Err(Refusal::Undecided {
            agency: Agency::Veterinary
        })
    );
    table.write(&vet(), accept());
    assert_eq!(
        table.may(&vet(), &conclude(&table)),
        Err(Refusal::NotConvener {
            convener: Agency::Customs
        })
    );
    table.write(&customs(), conclude(&table));
    let record = table.state().record;
    assert_eq!(record.stage, RecordStage::Concluded);
    assert_eq!(record.awaited, [Agency::Customs, Agency::Veterinary]);
    let sign = EntryBody::RecordSigned {
        record: record.hash,
    };
    table.write(&customs(), sign);
    table.write(
        &customs(),
        EntryBody::SignatureMissing {
            of: Agency::Veterinary,
            why: Unsigned::Absent,
            note: "left for bay 4".into(),
            record: record.hash,
        },
    );
    assert_eq!(table.state().record.stage, RecordStage::Final);
    assert!(matches!(
        table.may(&customs(), &decide(not_acceptable(), &[1])),
        Err(Refusal::RecordSigned { .. })
    ));
    // The one who was not there may still record: nothing is lost, and the record is concluded anew.
    table.write(&vet(), looked_at());
    let record = table.state().record;
    assert_eq!(record.stage, RecordStage::Overtaken);
    assert_eq!(
        table.may(
            &vet(),
            &EntryBody::RecordSigned {
                record: record.hash
            }
        ),
        Err(Refusal::RecordChanged)
    );
    table.write(&customs(), conclude(&table));
    let record = table.state().record;
    assert_eq!(record.stage, RecordStage::Concluded);
    assert!(
        record.signatures.is_empty(),
        "signatures belong to what was signed"
    );
}

#[test]
fn what_goes_on_beside_the_record_does_not_change_it() {
    let mut table = Table::new();
    table.write(&vet(), looked_at());
    let drawn = table.write(&vet(), sample(SampleReason::Random));
    table.write(&vet(), accept());
    table.write(&customs(), accept());
    let hash = table.state().record.hash;
    table.write(
        &customs(),
        EntryBody::JointConcluded {
            record: hash,
            note: String::new(),
        },
    );
    table.write(
        &vet(),
        EntryBody::SampleReported {
            sample: drawn,
            conclusion: SampleConclusion::NotSatisfactory,
            report: "LAB-9".into(),
        },
    );
    table.write(&vet(), hold(3));
    assert_eq!(table.state().record.hash, hash);
    assert_eq!(table.state().record.stage, RecordStage::Concluded);
}

#[test]
fn a_party_signs_within_the_field_or_its_refusal_is_recorded() {
    let mut table = Table::new();
    table.write(&customs(), accept());
    table.write(&vet(), accept());
    let record = table.state().record.hash;
    table.write(
        &customs(),
        EntryBody::JointConcluded {
            record,
            note: String::new(),
        },
    );
    let sign = |strokes: Vec<Stroke>, refusal: &str| EntryBody::PartySigned {
        role: Signatory::Driver,
        name: "T. Banda".into(),
        record,
        strokes,
        refusal: refusal.into(),
    };
    let unreadable = Err(Refusal::UnreadableSignature);
    assert_eq!(table.may(&customs(), &sign(vec![], "")), unreadable);
    assert_eq!(
        table.may(&customs(), &sign(vec![Stroke(vec![(1, 1), (1001, 5)])], "")),
        unreadable
    );
    let endless = vec![Stroke(vec![(1, 1); Stroke::MOST_POINTS + 1])];
    assert_eq!(table.may(&customs(), &sign(endless, "")), unreadable);
    table.write(&customs(), sign(vec![Stroke(vec![(1, 1), (900, 500)])], ""));
    table.write(&customs(), sign(vec![], "does not agree with the count"));
    assert_eq!(table.state().record.signatures.len(), 2);
}

#[test]
fn an_agency_taken_out_by_the_central_keeps_what_it_recorded() {
    let mut table = Table::new();
    table.write(&vet(), looked_at());
    table
        .inspection
        .agencies
        .retain(|t| t.agency != Agency::Veterinary);
    let state = table.state();
    let section = state.section(Agency::Veterinary).unwrap();
    assert!(!section.required);
    assert_eq!(section.checks.len(), 1);
    assert_eq!(table.may(&vet(), &accept()), Ok(()));
}

#[test]
fn a_reading_no_instrument_gives_is_refused() {
    let table = Table::new();
    let reading = |thousandths| EntryBody::ReadingTaken {
        reading: Reading {
            quantity: ReadingKind::Temperature,
            thousandths,
            place: String::new(),
            device: "Testo 104".into(),
            calibrated_until: None,
        },
    };
    assert_eq!(table.may(&vet(), &reading(-18_200)), Ok(()));
    assert!(matches!(
        table.may(&vet(), &reading(-300_000)),
        Err(Refusal::OutOfRange { .. })
    ));
}

#[test]
fn the_units_path_says_where_it_is_and_what_it_missed() {
    let node = |node, passed: Option<i64>| Passage {
        unit: "MSKU6011672".into(),
        node,
        place: String::new(),
        at: passed.map(at),
        readings: vec![],
    };
    let path = [
        node(NodeKind::GateIn, Some(1)),
        node(NodeKind::Weighbridge, None),
        node(NodeKind::Scanner, Some(9)),
        node(NodeKind::GateOut, None),
    ];
    let path: Vec<&Passage> = path.iter().collect();
    assert_eq!(
        steps(&path),
        [Step::Passed, Step::Missed, Step::Here, Step::Ahead]
    );
}

#[test]
fn who_did_not_come_to_one_slot_is_awaited_again_at_the_next() {
    let customs = officer(1, Agency::Customs);
    let mut pen = Pen::new(1);
    let propose = |from: i64, over| EntryBody::SlotProposed {
        bay: "Bay 1".into(),
        span: Span {
            start: at(from),
            end: at(from + 3600),
        },
        setup_minutes: 0,
        agencies: vec![Agency::Customs, Agency::Veterinary],
        over,
    };
    let first = pen.write(&customs, 10, propose(3600, None), None);
    let absent = EntryBody::NoShow {
        absent: Agency::Veterinary,
        note: String::new(),
        proposal: Some(first.payload.id),
    };
    let missed = pen.write(&customs, 20, absent, None);
    let second = pen.write(&customs, 30, propose(7200, Some(first.payload.id)), None);
    let at_first = project(&inspection(), &[first.clone(), missed.clone()]);
    assert_eq!(at_first.slot.unwrap().no_shows, [Agency::Veterinary]);
    let moved = project(&inspection(), &[first, missed, second]);
    assert_eq!(moved.slot.unwrap().no_shows, []);
}
