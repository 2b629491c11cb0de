//! The joint record: the hash over what every agency found and decided, the conclusion, and the signatures under it.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::{
    Agency, BlobHash, ConclusionRecord, Entry, EntryBody, Inspection, JointRecord, RecordStage,
    SignatureRecord, State,
};

/// The hash of the joint record: SHA-256 over the inspection's id and, in the order of their ids, each entry's id and
/// hash. What was superseded is not in it, nor what goes on beside the record: slots, holds, custody and results of
/// samples, and the signatures themselves.
pub fn record_hash<'a>(
    inspection: &Inspection,
    standing: impl IntoIterator<Item = &'a Entry>,
) -> BlobHash {
    let mut counted: Vec<&Entry> = standing
        .into_iter()
        .filter(|e| is_of_record(&e.payload.body))
        .collect();
    counted.sort_by_key(|e| e.payload.id);
    let mut sum = Sha256::new();
    sum.update(format!("outpost-record-v1\n{}\n", inspection.id));
    for entry in counted {
        sum.update(format!("{} {}\n", entry.payload.id, entry.hash.0));
    }
    BlobHash(sum.finalize().into())
}

/// Whether an entry is part of what is concluded and signed.
pub const fn is_of_record(body: &EntryBody) -> bool {
    matches!(
        body,
        EntryBody::CheckConcluded { .. }
            | EntryBody::ChecklistAnswered { .. }
            | EntryBody::SealCompared { .. }
            | EntryBody::ItemCompared { .. }
            | EntryBody::FindingRecorded { .. }
            | EntryBody::RegionDrawn { .. }
            | EntryBody::RegionJudged { .. }
            | EntryBody::ImageConcluded { .. }
            | EntryBody::Decided { .. }
            | EntryBody::SectionSigned
            | EntryBody::SealAffixed { .. }
            | EntryBody::UnitExamined { .. }
            | EntryBody::ReadingTaken { .. }
            | EntryBody::TreatmentRecorded { .. }
            | EntryBody::SampleTaken { .. }
    )
}

/// The record without a conclusion.
pub(crate) const fn open(hash: BlobHash) -> JointRecord {
    JointRecord {
        stage: RecordStage::Open,
        hash,
        conclusion: None,
        signatures: Vec::new(),
        awaited: Vec::new(),
    }
}

/// Takes conclusion and signatures from the entries that stand, oldest first. Of several conclusions the one of what
/// stands now counts, whatever the clocks of their workstations said; else the last.
pub(crate) fn finish(state: &mut State, convener: Option<Agency>, standing: &[&Entry]) {
    let concluded = || {
        standing
            .iter()
            .filter(|e| Some(e.payload.agency) == convener)
            .filter_map(|e| conclusion(e))
            .rev()
    };
    state.record.conclusion = concluded()
        .find(|c| c.record == state.record.hash)
        .or_else(|| concluded().next());
    let Some(conclusion) = state.record.conclusion.clone() else {
        return;
    };
    state.record.signatures = standing
        .iter()
        .filter_map(|entry| signature(entry, &conclusion))
        .collect();
    let silent = |agency: Agency| {
        state
            .record
            .signatures
            .iter()
            .all(|s| s.agency != Some(agency))
    };
    // A hold or a claim is beside the record: whoever has no more than that has nothing to sign, and a final record
    // stays final when it comes later.
    let wrote: HashSet<Agency> = standing
        .iter()
        .filter(|e| is_of_record(&e.payload.body))
        .map(|e| e.payload.agency)
        .collect();
    let awaited: Vec<Agency> = state
        .sections
        .iter()
        .filter(|s| s.required || wrote.contains(&s.agency))
        .map(|s| s.agency)
        .filter(|agency| silent(*agency))
        .collect();
    state.record.stage = if conclusion.record != state.record.hash {
        RecordStage::Overtaken
    } else if awaited.is_empty() {
        RecordStage::Final
    } else {
        RecordStage::Concluded
    };
    state.record.awaited = awaited;
}

fn conclusion(entry: &Entry) -> Option<ConclusionRecord> {
    let p = &entry.payload;
    let EntryBody::JointConcluded { record, note } = &p.body else {
        return None;
    };
    Some(ConclusionRecord {
        entry: p.id,
        record: *record,
        note: note.clone(),
        by: p.author_name.clone(),
        at: p.recorded_at,
    })
}

/// A signature under this conclusion; those under another record do not count for it.
fn signature(entry: &Entry, conclusion: &ConclusionRecord) -> Option<SignatureRecord> {
    let p = &entry.payload;
    let blank = SignatureRecord {
        entry: p.id,
        agency: None,
        role: None,
        name: p.author_name.clone(),
        unsigned: None,
        strokes: Vec::new(),
        by: p.author_name.clone(),
        at: p.recorded_at,
    };
    match &p.body {
        EntryBody::RecordSigned { record } if *record == conclusion.record => {
            Some(SignatureRecord {
                agency: Some(p.agency),
                ..blank
            })
        }
        EntryBody::SignatureMissing {
            of,
            why,
            note,
            record,
        } if *record == conclusion.record => Some(SignatureRecord {
            agency: Some(*of),
            name: String::new(),
            unsigned: Some((*why, note.clone())),
            ..blank
        }),
        EntryBody::PartySigned {
            role,
            name,
            record,
            strokes,
            refusal,
        } if *record == conclusion.record => Some(SignatureRecord {
            role: Some(*role),
            name: name.clone(),
            unsigned: (!refusal.is_empty()).then(|| (crate::Unsigned::Refused, refusal.clone())),
            strokes: strokes.clone(),
            ..blank
        }),
        _ => None,
    }
}
