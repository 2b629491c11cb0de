//! Rules of the joint inspection: slots, samples, instruments, overrides, the common record.

use crate::rules::{known_item, required, text};
use crate::{
    Agency, Answer, CheckKind, CheckResult, EntryBody, EntryId, Inspection, Officer, Openness,
    Reading, RecordStage, Refusal, Role, Sample, Span, State, Stroke, Treatment,
};

/// Whether these rules are about `body`.
pub(crate) const fn concerns(body: &EntryBody) -> bool {
    matches!(
        body,
        EntryBody::SlotAnswered { .. }
            | EntryBody::SlotProposed { .. }
            | EntryBody::NoShow { .. }
            | EntryBody::SealAffixed { .. }
            | EntryBody::UnitExamined { .. }
            | EntryBody::ReadingTaken { .. }
            | EntryBody::TreatmentRecorded { .. }
            | EntryBody::SampleTaken { .. }
            | EntryBody::SampleMoved { .. }
            | EntryBody::SampleReported { .. }
            | EntryBody::OverrideProposed { .. }
            | EntryBody::OverrideConfirmed { .. }
            | EntryBody::OverrideDeclined { .. }
            | EntryBody::ReleaseWithdrawn { .. }
            | EntryBody::JointConcluded { .. }
            | EntryBody::RecordSigned { .. }
            | EntryBody::SignatureMissing { .. }
            | EntryBody::PartySigned { .. }
    )
}

/// Whether `officer` may record `body`; `corrects` when it takes the place of an entry.
pub(crate) fn check(
    officer: &Officer,
    inspection: &Inspection,
    state: &State,
    body: &EntryBody,
    corrects: bool,
) -> Result<(), Refusal> {
    match body {
        EntryBody::SlotAnswered {
            answer,
            reason,
            rather,
            proposal,
            ..
        } => answers(officer, state, *answer, reason, *rather, *proposal),
        EntryBody::SlotProposed {
            bay,
            span,
            agencies,
            over,
            ..
        } => {
            convenes(officer, inspection)?;
            required("bay", bay)?;
            sound(*span)?;
            for agency in agencies {
                state
                    .section(*agency)
                    .ok_or(Refusal::NotConcerned { agency: *agency })?;
            }
            over_what_stands(state, *over)
        }
        EntryBody::NoShow {
            absent,
            note,
            proposal,
        } => {
            text("note", note)?;
            // The slot was moved before this arrived: that somebody did not come to the old one stays on record.
            if state.slot.as_ref().is_some_and(|s| s.proposal != *proposal) {
                return Ok(());
            }
            let awaited = state
                .slot
                .as_ref()
                .is_some_and(|s| s.slot.agencies.iter().any(|a| a.agency == *absent));
            awaited
                .then_some(())
                .ok_or(Refusal::NotConcerned { agency: *absent })
        }
        EntryBody::SealAffixed { seal, .. } => {
            required("seal", &seal.number)?;
            known_unit(inspection, &seal.unit)
        }
        EntryBody::UnitExamined { unit, points, .. } => {
            points
                .iter()
                .try_for_each(|point| text("note", &point.note))?;
            known_unit(inspection, unit)
        }
        EntryBody::ReadingTaken { reading } => reads(reading),
        EntryBody::TreatmentRecorded { treatment } => treats(treatment),
        EntryBody::SampleTaken { sample, .. } => draws(officer.agency, inspection, state, sample),
        EntryBody::SampleMoved {
            sample,
            person,
            seal,
            ..
        } => {
            required("person", person)?;
            text("seal", seal)?;
            on_hand(state, *sample)
        }
        EntryBody::SampleReported { sample, report, .. } => {
            required("report", report)?;
            state
                .sample(*sample)
                .map(|_| ())
                .ok_or(Refusal::UnknownSample)
        }
        EntryBody::OverrideProposed { hold, reason } => {
            required("reason", reason)?;
            overrides(officer, state, *hold)
        }
        EntryBody::OverrideConfirmed { proposal } => seconds(officer, state, *proposal, body),
        EntryBody::OverrideDeclined { proposal, reason } => {
            required("reason", reason)?;
            seconds(officer, state, *proposal, body)
        }
        EntryBody::ReleaseWithdrawn { reason } => {
            required("reason", reason)?;
            takes_back(inspection, state)
        }
        EntryBody::JointConcluded { record, note } => {
            convenes(officer, inspection)?;
            text("note", note)?;
            concludes(state, *record, corrects)
        }
        EntryBody::RecordSigned { record } => signs(state, *record),
        EntryBody::SignatureMissing {
            of, note, record, ..
        } => {
            required("note", note)?;
            state
                .section(*of)
                .ok_or(Refusal::NotConcerned { agency: *of })?;
            signs(state, *record)
        }
        EntryBody::PartySigned {
            name,
            record,
            strokes,
            refusal,
            ..
        } => {
            required("name", name)?;
            text("refusal", refusal)?;
            signs(state, *record)?;
            readable(strokes, refusal)
        }
        _ => Err(Refusal::UnknownKind),
    }
}

fn convenes(officer: &Officer, inspection: &Inspection) -> Result<(), Refusal> {
    match inspection.convener() {
        Some(convener) if convener != officer.agency => Err(Refusal::NotConvener { convener }),
        _ => Ok(()),
    }
}

fn sound(span: Span) -> Result<(), Refusal> {
    span.is_sound().then_some(()).ok_or(Refusal::UnsoundSpan)
}

/// A correction too: it takes the place of what stands, or comes too late.
fn over_what_stands(state: &State, over: Option<EntryId>) -> Result<(), Refusal> {
    let stands = state.slot.as_ref();
    if stands.and_then(|s| s.proposal) == over {
        return Ok(());
    }
    let by = stands
        .and_then(|s| s.proposed.as_ref())
        .map(|(by, _)| by.clone());
    Err(Refusal::SlotMoved {
        by: by.unwrap_or_default(),
    })
}

fn answers(
    officer: &Officer,
    state: &State,
    answer: Answer,
    reason: &str,
    rather: Option<Span>,
    proposal: Option<EntryId>,
) -> Result<(), Refusal> {
    match answer {
        Answer::Waived | Answer::OtherTime => required("reason", reason)?,
        _ => text("reason", reason)?,
    }
    rather.map_or(Ok(()), sound)?;
    let slot = state.slot.as_ref().ok_or(Refusal::NoSuchSlot)?;
    if slot.proposal != proposal {
        return Err(Refusal::NoSuchSlot);
    }
    let agency = officer.agency;
    let invited = slot.slot.agencies.iter().any(|a| a.agency == agency);
    invited
        .then_some(())
        .ok_or(Refusal::NotConcerned { agency })
}

fn known_unit(inspection: &Inspection, unit: &str) -> Result<(), Refusal> {
    inspection
        .units
        .iter()
        .any(|u| u.number.as_str() == unit)
        .then_some(())
        .ok_or_else(|| Refusal::UnknownLevel {
            name: unit.to_owned(),
        })
}

fn reads(reading: &Reading) -> Result<(), Refusal> {
    required("device", &reading.device)?;
    text("place", &reading.place)?;
    let (least, most) = reading.quantity.range();
    if (least..=most).contains(&reading.thousandths) {
        return Ok(());
    }
    Err(Refusal::OutOfRange {
        quantity: reading.quantity.code(),
        value: format!(
            "{} {}",
            reading.thousandths as f64 / 1000.0,
            reading.quantity.unit()
        ),
    })
}

fn treats(treatment: &Treatment) -> Result<(), Refusal> {
    required("provider", &treatment.provider)?;
    [&treatment.agent, &treatment.dose, &treatment.certificate]
        .into_iter()
        .try_for_each(|words| text("treatment", words))
}

/// Laboratory tests come only after a physical check (TRACES).
fn draws(
    agency: Agency,
    inspection: &Inspection,
    state: &State,
    sample: &Sample,
) -> Result<(), Refusal> {
    required("number", &sample.number)?;
    required("test", &sample.test)?;
    required("laboratory", &sample.laboratory)?;
    text("matter", &sample.matter)?;
    text("batch", &sample.batch)?;
    known_item(inspection, sample.item)?;
    let looked_at = state.section(agency).is_some_and(|section| {
        section.checks.iter().any(|c| {
            c.check == CheckKind::Physical
                && !matches!(c.result, CheckResult::NotDone | CheckResult::Derogation)
        })
    });
    looked_at.then_some(()).ok_or(Refusal::PhysicalCheckFirst)
}

fn on_hand(state: &State, sample: EntryId) -> Result<(), Refusal> {
    let record = state.sample(sample).ok_or(Refusal::UnknownSample)?;
    if record.is_gone() {
        return Err(Refusal::SampleGone {
            number: record.sample.number.clone(),
        });
    }
    Ok(())
}

fn overrides(officer: &Officer, state: &State, hold: crate::HoldId) -> Result<(), Refusal> {
    let record = state
        .holds
        .iter()
        .find(|h| h.hold.id == hold)
        .ok_or(Refusal::UnknownHold { hold })?;
    if let Some((by, _, _)) = &record.lifted {
        return Err(Refusal::HoldAlreadyLifted { by: by.clone() });
    }
    if record.hold.agency == officer.agency {
        return Err(Refusal::OwnHold);
    }
    Ok(())
}

/// The second signature, for or against: another supervisor's, or that of an officer of the agency that placed the hold.
fn seconds(
    officer: &Officer,
    state: &State,
    proposal: EntryId,
    body: &EntryBody,
) -> Result<(), Refusal> {
    let (record, overriding) = state
        .open_holds()
        .find_map(|h| {
            h.overriding
                .as_ref()
                .filter(|o| o.entry == proposal && o.is_pending())
                .map(|o| (h, o))
        })
        .ok_or(Refusal::UnknownOverride)?;
    if overriding.proposer == officer.id {
        return Err(Refusal::SameOfficer {
            by: overriding.by.clone(),
        });
    }
    if officer.role != Role::Supervisor && record.hold.agency != officer.agency {
        return Err(Refusal::RoleMayNot {
            role: officer.role,
            kind: body.code(),
        });
    }
    Ok(())
}

fn takes_back(inspection: &Inspection, state: &State) -> Result<(), Refusal> {
    if !matches!(state.openness, Openness::Released | Openness::Partial) {
        return Err(Refusal::NotReleased);
    }
    inspection
        .left_at()
        .map_or(Ok(()), |at| Err(Refusal::Left { at }))
}

fn concludes(state: &State, record: crate::BlobHash, corrects: bool) -> Result<(), Refusal> {
    let items: Vec<u32> = state.release.iter().map(|r| r.item).collect();
    if let Some(section) = state
        .sections
        .iter()
        .find(|s| s.required && crate::release::is_undecided(s, &items))
    {
        return Err(Refusal::Undecided {
            agency: section.agency,
        });
    }
    if record != state.record.hash {
        return Err(Refusal::RecordChanged);
    }
    match &state.record.conclusion {
        Some(standing) if !corrects && state.record.stage != RecordStage::Overtaken => {
            Err(Refusal::AlreadyConcluded {
                by: standing.by.clone(),
            })
        }
        _ => Ok(()),
    }
}

fn signs(state: &State, record: crate::BlobHash) -> Result<(), Refusal> {
    let conclusion = state
        .record
        .conclusion
        .as_ref()
        .ok_or(Refusal::NotConcluded)?;
    if conclusion.record != record || state.record.stage == RecordStage::Overtaken {
        return Err(Refusal::RecordChanged);
    }
    Ok(())
}

fn readable(strokes: &[Stroke], refusal: &str) -> Result<(), Refusal> {
    let points: usize = strokes.iter().map(|s| s.0.len()).sum();
    let drawn =
        points > 1 && points <= Stroke::MOST_POINTS && strokes.iter().all(Stroke::is_within);
    let fits = if refusal.trim().is_empty() {
        drawn
    } else {
        strokes.is_empty()
    };
    fits.then_some(()).ok_or(Refusal::UnreadableSignature)
}
