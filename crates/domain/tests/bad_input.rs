//! What goes wrong at a border: wrong clocks, two conveners, an agency taken out at work, papers for things that are
//! not there. Each has a clear word, and nothing is lost.
#![allow(clippy::unwrap_used)]

mod world;

use outpost_domain::*;
use world::*;

const DAY: i64 = 86_400;

fn customs() -> Officer {
    officer(1, Agency::Customs)
}

fn vet() -> Officer {
    officer(2, Agency::Veterinary)
}

/// The central's side: what was accepted, and its judgement of what comes.
struct Central {
    inspection: Inspection,
    accepted: Vec<Entry>,
}

impl Central {
    fn new() -> Self {
        Self {
            inspection: inspection(),
            accepted: vec![],
        }
    }

    fn state(&self) -> State {
        project(&self.inspection, &self.accepted)
    }

    fn judge(&self, author: &Officer, entry: &Entry) -> Judgement {
        judge(
            author,
            &self.inspection,
            &self.accepted,
            &lists(),
            &entry.payload,
        )
    }

    /// Takes in what has to be accepted.
    fn take(&mut self, author: &Officer, entry: Entry) -> EntryId {
        assert_eq!(self.judge(author, &entry), Judgement::Accepted, "{entry:?}");
        let id = entry.payload.id;
        self.accepted.push(entry);
        id
    }

    fn conclusion(&self) -> EntryBody {
        EntryBody::JointConcluded {
            record: self.state().record.hash,
            note: String::new(),
        }
    }
}

fn on_items(body: EntryBody, numbers: &[u32]) -> EntryBody {
    let EntryBody::Decided { decision, .. } = body else {
        unreachable!()
    };
    EntryBody::Decided {
        decision,
        items: numbers.to_vec(),
    }
}

fn propose(over: Option<EntryId>, hours: i64) -> EntryBody {
    EntryBody::SlotProposed {
        bay: "Bay 2".into(),
        span: Span {
            start: at(hours * 3600),
            end: at((hours + 1) * 3600),
        },
        setup_minutes: 0,
        agencies: vec![Agency::Customs, Agency::Veterinary],
        over,
    }
}

fn withdrawn() -> EntryBody {
    EntryBody::Withdrawn {
        reason: "mistake".into(),
    }
}

fn check(result: CheckResult) -> EntryBody {
    EntryBody::CheckConcluded {
        check: CheckKind::Physical,
        result,
        reason: "seen".into(),
    }
}

#[test]
fn the_last_decision_of_a_laptop_counts_when_its_clock_was_a_day_ahead_and_was_put_right() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    central.take(&customs(), pen.write(&customs(), DAY, accept(), None));
    central.take(&vet(), pen.write(&vet(), DAY + 1, accept(), None));
    assert_eq!(central.state().openness, Openness::Released);
    central.take(&vet(), pen.write(&vet(), 60, refuse(), None));
    assert_eq!(central.state().openness, Openness::Refused);
    central.accepted.reverse();
    assert_eq!(central.state().openness, Openness::Refused);
}

#[test]
fn a_correction_counts_over_what_it_corrects_when_the_other_laptops_clock_is_a_day_ahead() {
    let (mut central, mut ahead, mut right) = (Central::new(), Pen::new(1), Pen::new(2));
    central.take(&vet(), ahead.write(&vet(), DAY, accept(), None));
    let second = central.take(&vet(), ahead.write(&vet(), DAY + 60, refuse(), None));
    let other = officer(3, Agency::Veterinary);
    let corrected = central.take(&other, right.write(&other, 60, refuse(), Some(second)));
    let state = central.state();
    let decision = state.section(Agency::Veterinary).unwrap().decision.clone();
    assert_eq!(decision.unwrap().entry, corrected);
}

#[test]
fn the_conclusion_of_what_stands_counts_when_an_older_one_has_a_later_clock() {
    let (mut central, mut ahead, mut right) = (Central::new(), Pen::new(1), Pen::new(2));
    central.take(&customs(), right.write(&customs(), 1, accept(), None));
    central.take(&vet(), right.write(&vet(), 2, accept(), None));
    let first = central.conclusion();
    central.take(&customs(), ahead.write(&customs(), DAY, first, None));
    let looked = check(CheckResult::Satisfactory);
    central.take(&vet(), right.write(&vet(), 3, looked, None));
    assert_eq!(central.state().record.stage, RecordStage::Overtaken);
    let anew = central.conclusion();
    let anew = central.take(&customs(), right.write(&customs(), 4, anew, None));
    let record = central.state().record;
    assert_eq!(record.stage, RecordStage::Concluded);
    assert_eq!(record.conclusion.unwrap().entry, anew);
}

#[test]
fn entries_that_supersede_each_other_in_a_circle_do_not_hang_the_projection() {
    let mut pens = [Pen::new(1), Pen::new(2)];
    let mut first = pens[0].write(&vet(), 1, accept(), None);
    let second = pens[1].write(&vet(), 2, accept(), Some(first.payload.id));
    first.payload.supersedes = Some(second.payload.id);
    let state = project(&inspection(), &[first, second]);
    assert!(
        state
            .section(Agency::Veterinary)
            .unwrap()
            .decision
            .is_none()
    );
}

#[test]
fn of_two_conveners_laptops_the_second_slot_contends_and_so_does_a_late_correction() {
    let (mut central, mut one, mut two) = (Central::new(), Pen::new(1), Pen::new(2));
    let other = officer(3, Agency::Customs);
    let first = central.take(&customs(), one.write(&customs(), 1, propose(None, 1), None));
    let late = two.write(&other, 2, propose(None, 2), None);
    let Judgement::Conflict { code, detail } = central.judge(&other, &late) else {
        panic!("two slots at once");
    };
    assert_eq!(code, "slot-moved");
    assert!(detail.contains("Officer 1"), "{detail}");

    let moved = one.write(&customs(), 3, propose(Some(first), 3), None);
    let moved = central.take(&customs(), moved);
    // The other laptop has not seen that, and corrects the first.
    let corrects = two.write(&other, 4, propose(Some(first), 4), Some(first));
    assert!(matches!(
        central.judge(&other, &corrects),
        Judgement::Conflict {
            code: "slot-moved",
            ..
        }
    ));
    assert_eq!(central.state().slot.unwrap().proposal, Some(moved));
    let in_time = two.write(&other, 5, propose(Some(moved), 5), Some(moved));
    let in_time = central.take(&other, in_time);
    assert_eq!(central.state().slot.unwrap().proposal, Some(in_time));
}

#[test]
fn an_agency_that_convenes_no_more_is_told_who_does() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    central.inspection.agencies.rotate_left(1);
    let stale = pen.write(&customs(), 1, propose(None, 1), None);
    let refusal = Refusal::NotConvener {
        convener: Agency::Veterinary,
    };
    assert_eq!(
        central.judge(&customs(), &stale),
        Judgement::Refused(refusal)
    );
    let slot = pen.write(&vet(), 2, propose(None, 2), None);
    central.take(&vet(), slot);
}

#[test]
fn an_agency_taken_out_at_work_finishes_its_section_and_lifts_its_hold() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    let claimed = pen.write(&vet(), 1, EntryBody::SectionClaimed, None);
    central.take(&vet(), claimed);
    central.take(&vet(), pen.write(&vet(), 2, hold(1), None));
    central
        .inspection
        .agencies
        .retain(|t| t.agency != Agency::Veterinary);
    assert_eq!(central.state().openness, Openness::Held);
    central.take(&vet(), pen.write(&vet(), 3, lift(1), None));
    let looked = check(CheckResult::Satisfactory);
    central.take(&vet(), pen.write(&vet(), 4, looked, None));
    let section = central
        .state()
        .section(Agency::Veterinary)
        .cloned()
        .unwrap();
    assert!(!section.required);
    assert_eq!(section.checks.len(), 1);
}

#[test]
fn an_agency_taken_out_before_its_first_act_is_told_so_and_may_take_back_what_it_wrote() {
    let mut central = Central::new();
    let claim = Pen::new(1).write(&vet(), 1, EntryBody::SectionClaimed, None);
    central
        .inspection
        .agencies
        .retain(|t| t.agency != Agency::Veterinary);
    let refusal = Refusal::NotConcerned {
        agency: Agency::Veterinary,
    };
    assert_eq!(central.judge(&vet(), &claim), Judgement::Refused(refusal));
    let own = Some((claim.payload.id, Some(Agency::Veterinary)));
    let (inspection, state) = (&central.inspection, central.state());
    assert_eq!(allow(&vet(), inspection, &state, &withdrawn(), own), Ok(()));
}

#[test]
fn a_laboratory_result_for_an_unknown_sample_is_refused_and_can_be_sent_when_the_sample_is_there() {
    let (mut central, mut field, mut desk) = (Central::new(), Pen::new(1), Pen::new(2));
    let looked = field.write(&vet(), 1, check(CheckResult::Satisfactory), None);
    let drawn = EntryBody::SampleTaken {
        sample: Sample {
            number: "S-17".into(),
            item: 1,
            batch: String::new(),
            count: 1,
            matter: String::new(),
            test: "histamine".into(),
            laboratory: "laboratory".into(),
            reason: SampleReason::Suspicion,
            analysis: Analysis::Initial,
            conservation: Conservation::Frozen,
        },
        photos: vec![],
    };
    let drawn = field.write(&vet(), 2, drawn, None);
    let other = officer(3, Agency::Veterinary);
    let result = EntryBody::SampleReported {
        sample: drawn.payload.id,
        conclusion: SampleConclusion::Satisfactory,
        report: "LAB-8".into(),
    };
    let result = desk.write(&other, 3, result, None);
    assert_eq!(
        central.judge(&other, &result),
        Judgement::Refused(Refusal::UnknownSample)
    );
    central.take(&vet(), looked);
    central.take(&vet(), drawn);
    central.take(&other, result);
    assert!(central.state().samples[0].result.is_some());
}

#[test]
fn a_hold_for_an_item_that_was_split_off_is_refused_and_one_for_the_rest_is_not() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    central.take(&customs(), pen.write(&customs(), 1, accept(), None));
    let split = on_items(refuse(), &[2]);
    central.take(&vet(), pen.write(&vet(), 2, split, None));
    let rest = on_items(accept(), &[1]);
    central.take(&vet(), pen.write(&vet(), 3, rest, None));
    let conclusion = central.conclusion();
    central.take(&customs(), pen.write(&customs(), 4, conclusion, None));
    let record = central.state().record.hash;
    let sign = EntryBody::RecordSigned { record };
    central.take(&customs(), pen.write(&customs(), 5, sign.clone(), None));
    central.take(&vet(), pen.write(&vet(), 6, sign, None));
    assert_eq!(central.state().record.stage, RecordStage::Final);
    let on_item = |number| match hold(1) {
        EntryBody::HoldPlaced {
            hold,
            hold_type,
            reason,
            note,
            review,
            ..
        } => EntryBody::HoldPlaced {
            hold,
            hold_type,
            level: HoldLevel::Item { number },
            reason,
            note,
            review,
        },
        _ => unreachable!(),
    };
    let late = pen.write(&vet(), 7, on_item(2), None);
    assert_eq!(
        central.judge(&vet(), &late),
        Judgement::Refused(Refusal::SplitOff { number: 2 })
    );
    central.take(&vet(), pen.write(&vet(), 8, on_item(1), None));
}

#[test]
fn a_final_record_stays_final_when_another_agency_places_a_hold_or_comes_to_look() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    let police = officer(4, Agency::Police);
    central.take(&customs(), pen.write(&customs(), 1, accept(), None));
    central.take(&vet(), pen.write(&vet(), 2, accept(), None));
    let conclusion = central.conclusion();
    central.take(&customs(), pen.write(&customs(), 3, conclusion, None));
    let record = central.state().record.hash;
    let sign = EntryBody::RecordSigned { record };
    central.take(&customs(), pen.write(&customs(), 4, sign.clone(), None));
    central.take(&vet(), pen.write(&vet(), 5, sign, None));
    central.take(&police, pen.write(&police, 6, hold(1), None));
    let claim = EntryBody::SectionClaimed;
    central.take(&police, pen.write(&police, 7, claim, None));
    let state = central.state();
    assert_eq!(state.record.stage, RecordStage::Final);
    assert_eq!(state.openness, Openness::Held);
}

#[test]
fn nothing_is_split_off_before_every_required_agency_has_decided_on_every_item() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    let police = officer(4, Agency::Police);
    central.take(&vet(), pen.write(&vet(), 1, accept(), None));
    let first = on_items(accept(), &[1]);
    central.take(&customs(), pen.write(&customs(), 2, first, None));
    let second = on_items(refuse(), &[2]);
    central.take(&police, pen.write(&police, 3, second, None));
    let state = central.state();
    assert_eq!(state.openness, Openness::Waiting, "customs on item 2");
    assert!(release_blocks(&state).contains(&ReleaseBlock::Undecided(Agency::Customs)));
}

#[test]
fn a_refusal_that_every_item_went_over_keeps_nothing() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    central.take(&vet(), pen.write(&vet(), 1, accept(), None));
    central.take(&customs(), pen.write(&customs(), 2, refuse(), None));
    let each = on_items(accept(), &[1, 2]);
    central.take(&customs(), pen.write(&customs(), 3, each, None));
    let state = central.state();
    assert_eq!(state.openness, Openness::Released);
    assert_eq!(release_blocks(&state), []);
}

#[test]
fn a_correction_does_not_hide_another_agencys_hold_behind_a_new_one_of_its_name() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    central.take(&vet(), pen.write(&vet(), 10, hold(1), None));
    let claim = EntryBody::SectionClaimed;
    let own = central.take(&customs(), pen.write(&customs(), 11, claim, None));
    let hiding = Pen::new(2).write(&customs(), 1, hold(1), Some(own));
    let hold = HoldId(id(5001));
    assert_eq!(
        central.judge(&customs(), &hiding),
        Judgement::Refused(Refusal::HoldKnown { hold })
    );
}

#[test]
fn an_entry_of_another_agency_that_got_past_a_broken_desk_takes_nothing_back() {
    let mut pen = Pen::new(1);
    let placed = pen.write(&vet(), 1, hold(1), None);
    let forged = pen.write(&customs(), 2, withdrawn(), Some(placed.payload.id));
    let state = project(&inspection(), &[placed, forged]);
    assert_eq!(state.open_holds().count(), 1);
}

#[test]
fn an_analyst_takes_back_readings_and_not_what_an_inspector_decided() {
    let (mut central, mut pen) = (Central::new(), Pen::new(1));
    let analyst = Officer {
        role: Role::Analyst,
        ..officer(5, Agency::Customs)
    };
    let refused = central.take(&customs(), pen.write(&customs(), 1, refuse(), None));
    let back = pen.write(&analyst, 2, withdrawn(), Some(refused));
    assert_eq!(
        central.judge(&analyst, &back),
        Judgement::Refused(Refusal::RoleMayNot {
            role: Role::Analyst,
            kind: "decided"
        })
    );
    let read = EntryBody::ImageConcluded {
        scan: SCAN,
        conclusion: ImageConclusion::NoAnomaly,
        reading_seconds: 3,
        opinion: None,
    };
    let read = central.take(&analyst, pen.write(&analyst, 3, read, None));
    central.take(&analyst, pen.write(&analyst, 4, withdrawn(), Some(read)));
}
