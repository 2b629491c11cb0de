//! What a screen shows: the central's snapshot and the entries together, rebuilt from them at any time.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    Agency, AgencyTask, CheckRecord, CustodyRecord, DecisionRecord, Entry, EntryBody, EntryId,
    FindingRecord, Hold, HoldRecord, ImageRecord, Inspection, ItemRecord, NewSealRecord, Openness,
    Override, ReadingRecord, RegionJudgement, RegionRecord, SampleRecord, SampleResult, SealRecord,
    Section, SectionState, State, TreatmentRecord, UnitRecord, Withdrawal, brought, checklist,
    order, presentation, record, record_hash, release, review,
};

/// Builds the state of an inspection from its snapshot and its entries.
///
/// The result does not depend on the order in which entries arrived: they are taken by the time of the act, those of
/// one workstation in its own order, a correction after what it corrects. A superseded entry counts only in the
/// history.
pub fn project(inspection: &Inspection, entries: &[Entry]) -> State {
    let superseded = superseded(entries);
    let mut standing = order::in_order(entries);
    standing.retain(|e| !superseded.contains(&e.payload.id));

    let mut state = State {
        sections: sections(inspection, &standing),
        seals: Vec::new(),
        items: Vec::new(),
        findings: Vec::new(),
        regions: Vec::new(),
        images: Vec::new(),
        brought: Vec::new(),
        photos: Vec::new(),
        holds: inspection.holds.iter().map(placed_before).collect(),
        checklists: Vec::new(),
        new_seals: Vec::new(),
        sides: Vec::new(),
        readings: Vec::new(),
        treatments: Vec::new(),
        samples: Vec::new(),
        opinions: Vec::new(),
        comments: Vec::new(),
        assignments: Vec::new(),
        assigned_to: Vec::new(),
        slot: presentation::slot(inspection, &standing, &superseded, entries),
        record: record::open(record_hash(inspection, standing.iter().copied())),
        withdrawal: None,
        release: Vec::new(),
        openness: Openness::Waiting,
    };
    for entry in &standing {
        apply(&mut state, entry);
    }
    name_by_corrections(&mut state, entries);
    // A lift may carry an earlier clock than the hold it lifts; holds are placed first, then lifted. So with regions
    // and what was made of them, samples and their way, overrides and their second signature.
    for entry in &standing {
        lift(&mut state, entry);
        judge(&mut state, entry);
        sample_on_its_way(&mut state, entry);
        propose_override(&mut state, entry);
    }
    for entry in &standing {
        decline_override(&mut state, entry);
    }
    for entry in &standing {
        confirm_override(&mut state, entry);
    }
    review::apply(&mut state, inspection, &standing);
    release::finish(&mut state, inspection);
    record::finish(&mut state, inspection.convener(), &standing);
    state
}

/// What was superseded by an entry of the same agency; one of another agency that got past a broken desk supersedes
/// nothing.
fn superseded(entries: &[Entry]) -> HashSet<EntryId> {
    let agencies: HashMap<EntryId, Agency> = entries
        .iter()
        .map(|e| (e.payload.id, e.payload.agency))
        .collect();
    entries
        .iter()
        .filter_map(|e| e.payload.supersedes.map(|id| (id, e.payload.agency)))
        .filter(|(id, agency)| agencies.get(id) == Some(agency))
        .map(|(id, _)| id)
        .collect()
}

/// Samples and regions are named by the entry that wrote them down; what was done on one before it was corrected, or by
/// who had not heard of the correction, is done on the corrected one.
fn name_by_corrections(state: &mut State, entries: &[Entry]) {
    let before: HashMap<EntryId, (EntryId, Agency)> = entries
        .iter()
        .filter_map(|e| Some((e.payload.id, (e.payload.supersedes?, e.payload.agency))))
        .collect();
    let agencies: HashMap<EntryId, Agency> = entries
        .iter()
        .map(|e| (e.payload.id, e.payload.agency))
        .collect();
    let corrected = |entry: EntryId| {
        let mut names = Vec::new();
        let mut at = entry;
        while let Some((old, agency)) = before.get(&at)
            && agencies.get(old) == Some(agency)
            && !names.contains(old)
        {
            names.push(*old);
            at = *old;
        }
        names
    };
    for sample in &mut state.samples {
        sample.corrected = corrected(sample.entry);
    }
    for region in &mut state.regions {
        region.corrected = corrected(region.entry);
    }
}

/// A section per agency concerned; an agency that the central took out keeps the section that it has in hand, so that
/// it can finish it and lift its holds.
fn sections(inspection: &Inspection, standing: &[&Entry]) -> Vec<Section> {
    let mut sections: Vec<Section> = inspection.agencies.iter().map(waiting_section).collect();
    for entry in standing {
        let agency = entry.payload.agency;
        if sections.iter().all(|s| s.agency != agency) && takes_in_hand(&entry.payload.body) {
            sections.push(waiting_section(&AgencyTask {
                agency,
                required: false,
                control: String::new(),
            }));
        }
    }
    sections
}

fn placed_before(hold: &Hold) -> HoldRecord {
    HoldRecord {
        hold: hold.clone(),
        lifted: None,
        overriding: None,
    }
}

fn judge(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    let EntryBody::RegionJudged {
        region,
        verdict,
        note,
    } = &p.body
    else {
        return;
    };
    if let Some(record) = state.regions.iter_mut().find(|r| r.is_named(*region)) {
        record.judgement = Some(RegionJudgement {
            entry: p.id,
            verdict: *verdict,
            note: note.clone(),
            by: p.author_name.clone(),
            at: p.recorded_at,
        });
    }
}

fn waiting_section(task: &AgencyTask) -> Section {
    Section {
        agency: task.agency,
        required: task.required,
        control: task.control.clone(),
        state: SectionState::Waiting,
        officer: None,
        claimed_at: None,
        checks: Vec::new(),
        decision: None,
        items: BTreeMap::new(),
        signed: None,
    }
}

fn apply(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    brought::apply(state, p);
    match &p.body {
        EntryBody::SealCompared { seal, photos } => {
            if let Some(declared) = &seal.declared {
                state.seals.retain(|s| {
                    s.seal.declared.as_ref() != Some(declared)
                        || s.seal.unit != seal.unit
                        || s.agency != p.agency
                });
            }
            state.seals.push(SealRecord {
                entry: p.id,
                seal: seal.clone(),
                photos: photos.clone(),
                agency: p.agency,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::ItemCompared {
            item,
            outcome,
            differences,
            note,
        } => {
            state
                .items
                .retain(|i| i.item != *item || i.agency != p.agency);
            state.items.push(ItemRecord {
                entry: p.id,
                item: *item,
                outcome: *outcome,
                differences: differences.clone(),
                note: note.clone(),
                agency: p.agency,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::FindingRecorded {
            category,
            severity,
            text,
            item,
            region,
            photos,
            legal_reference,
        } => state.findings.push(FindingRecord {
            entry: p.id,
            category: *category,
            severity: *severity,
            text: text.clone(),
            item: *item,
            region: *region,
            photos: photos.clone(),
            legal_reference: legal_reference.clone(),
            agency: p.agency,
            by: p.author_name.clone(),
            at: p.recorded_at,
        }),
        EntryBody::RegionDrawn {
            scan,
            shape,
            category,
            confidence,
            comment,
            item,
        } => state.regions.push(RegionRecord {
            entry: p.id,
            corrected: Vec::new(),
            scan: *scan,
            shape: shape.clone(),
            category: *category,
            confidence: *confidence,
            judgement: None,
            comment: comment.clone(),
            item: *item,
            agency: p.agency,
            by: p.author_name.clone(),
            at: p.recorded_at,
        }),
        EntryBody::ImageConcluded {
            scan, conclusion, ..
        } => {
            state
                .images
                .retain(|i| i.scan != *scan || i.reader != p.author);
            state.images.push(ImageRecord {
                entry: p.id,
                scan: *scan,
                conclusion: *conclusion,
                reader: p.author,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        EntryBody::HoldPlaced {
            hold,
            hold_type,
            level,
            reason,
            note,
            review,
        } if state.holds.iter().all(|h| h.hold.id != *hold) => {
            state.holds.push(HoldRecord {
                hold: Hold {
                    id: *hold,
                    agency: p.agency,
                    hold_type: *hold_type,
                    level: level.clone(),
                    reason: *reason,
                    note: note.clone(),
                    placed_by: Some(p.author),
                    placed_by_name: p.author_name.clone(),
                    placed_at: p.recorded_at,
                    review: *review,
                },
                lifted: None,
                overriding: None,
            });
        }
        EntryBody::ReleaseWithdrawn { reason } => {
            state.withdrawal = Some(Withdrawal {
                entry: p.id,
                reason: reason.clone(),
                agency: p.agency,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
        }
        _ => measured(state, entry),
    }
    if let Some(section) = state.sections.iter_mut().find(|s| s.agency == p.agency) {
        apply_to_section(section, entry);
    }
}

fn apply_to_section(section: &mut Section, entry: &Entry) {
    let p = &entry.payload;
    match &p.body {
        EntryBody::SectionClaimed => {
            section.officer = Some(p.author_name.clone());
            section.claimed_at = Some(p.recorded_at);
        }
        EntryBody::CheckConcluded {
            check,
            result,
            reason,
        } => {
            section.checks.retain(|c| c.check != *check);
            section.checks.push(CheckRecord {
                entry: p.id,
                check: *check,
                result: *result,
                reason: reason.clone(),
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
            section.checks.sort_by_key(|c| c.check);
        }
        EntryBody::Decided { decision, items } => {
            let record = DecisionRecord {
                entry: p.id,
                decision: decision.clone(),
                by: p.author_name.clone(),
                at: p.recorded_at,
            };
            if items.is_empty() {
                section.decision = Some(record.clone());
            }
            for item in items {
                section.items.insert(*item, record.clone());
            }
        }
        EntryBody::SectionSigned => {
            section.signed = Some((p.author_name.clone(), p.recorded_at));
        }
        _ => {}
    }
    if takes_in_hand(&p.body) && section.officer.is_none() {
        section.officer = Some(p.author_name.clone());
    }
}

fn lift(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    if let EntryBody::HoldLifted { hold, reason } = &p.body
        && let Some(record) = state.holds.iter_mut().find(|h| h.hold.id == *hold)
        && record.hold.agency == p.agency
        && record.lifted.is_none()
    {
        record.lifted = Some((p.author_name.clone(), p.recorded_at, reason.clone()));
    }
}

const fn takes_in_hand(body: &EntryBody) -> bool {
    record::is_of_record(body)
        || matches!(
            body,
            EntryBody::SectionClaimed | EntryBody::HoldPlaced { .. } | EntryBody::HoldLifted { .. }
        )
}

/// What instruments, treatments, seals, samples and the look at the unit add.
fn measured(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    let (by, at, agency) = (p.author_name.clone(), p.recorded_at, p.agency);
    match &p.body {
        EntryBody::SealAffixed { seal, .. } => state.new_seals.push(NewSealRecord {
            entry: p.id,
            seal: seal.clone(),
            agency,
            by,
            at,
        }),
        EntryBody::UnitExamined { unit, points, .. } => {
            state
                .sides
                .retain(|s| s.unit != *unit || s.agency != agency);
            state.sides.push(UnitRecord {
                entry: p.id,
                unit: unit.clone(),
                points: points.clone(),
                agency,
                by,
                at,
            });
        }
        EntryBody::ReadingTaken { reading } => state.readings.push(ReadingRecord {
            entry: p.id,
            reading: reading.clone(),
            agency,
            by,
            at,
        }),
        EntryBody::ChecklistAnswered { list, answers } => {
            checklist::apply(&mut state.checklists, p, list, answers);
        }
        EntryBody::TreatmentRecorded { treatment } => state.treatments.push(TreatmentRecord {
            entry: p.id,
            treatment: treatment.clone(),
            agency,
            by,
            at,
        }),
        EntryBody::SampleTaken { sample, .. } => state.samples.push(SampleRecord {
            entry: p.id,
            corrected: Vec::new(),
            sample: sample.clone(),
            custody: Vec::new(),
            result: None,
            agency,
            by,
            at,
        }),
        _ => {}
    }
}

fn sample_on_its_way(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    let (by, at) = (p.author_name.clone(), p.recorded_at);
    match &p.body {
        EntryBody::SampleMoved {
            sample,
            step,
            person,
            seal,
        } => {
            if let Some(record) = state.samples.iter_mut().find(|s| s.is_named(*sample)) {
                record.custody.push(CustodyRecord {
                    entry: p.id,
                    step: *step,
                    person: person.clone(),
                    seal: seal.clone(),
                    by,
                    at,
                });
            }
        }
        EntryBody::SampleReported {
            sample,
            conclusion,
            report,
        } => {
            if let Some(record) = state.samples.iter_mut().find(|s| s.is_named(*sample)) {
                record.result = Some(SampleResult {
                    entry: p.id,
                    conclusion: *conclusion,
                    report: report.clone(),
                    by,
                    at,
                });
            }
        }
        _ => {}
    }
}

fn propose_override(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    if let EntryBody::OverrideProposed { hold, reason } = &p.body
        && let Some(record) = state.holds.iter_mut().find(|h| h.hold.id == *hold)
        && record.lifted.is_none()
    {
        record.overriding = Some(Override {
            entry: p.id,
            proposer: p.author,
            by: p.author_name.clone(),
            reason: reason.clone(),
            at: p.recorded_at,
            confirmed: None,
            declined: None,
        });
    }
}

/// The hold stands when a second officer, never the one who proposed it, declined.
fn decline_override(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    let EntryBody::OverrideDeclined { proposal, reason } = &p.body else {
        return;
    };
    let overridings = state.holds.iter_mut().filter_map(|h| h.overriding.as_mut());
    let meant = |o: &&mut Override| o.entry == *proposal && o.proposer != p.author;
    for overriding in overridings.filter(meant) {
        overriding.declined = Some((p.author_name.clone(), p.recorded_at, reason.clone()));
    }
}

/// Lifts the hold when a second officer, never the one who proposed it, has signed.
fn confirm_override(state: &mut State, entry: &Entry) {
    let p = &entry.payload;
    let EntryBody::OverrideConfirmed { proposal } = &p.body else {
        return;
    };
    let found = state.holds.iter_mut().find_map(|h| {
        let overriding = h.overriding.as_mut()?;
        (overriding.entry == *proposal).then_some((overriding, &mut h.lifted))
    });
    if let Some((overriding, lifted)) = found
        && overriding.proposer != p.author
        && overriding.declined.is_none()
        && lifted.is_none()
    {
        overriding.confirmed = Some((p.author_name.clone(), p.recorded_at));
        let both = format!("{}, {}", overriding.by, p.author_name);
        *lifted = Some((both, p.recorded_at, overriding.reason.clone()));
    }
}
