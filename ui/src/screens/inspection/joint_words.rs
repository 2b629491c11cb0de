//! What the entries of a joint inspection say, each on one line.

use jiff::tz::TimeZone;
use outpost_domain::{EntryBody, Inspection, Reading, Span};

use super::sentences::{dotted, item_words, photo_words};
use crate::moment::{decimal, short_date, time};
use crate::text::{tr_args, tr_code};

/// The goods items that a decision names; empty when it is about all.
pub fn items(items: &[u32]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let numbers: Vec<String> = items.iter().map(u32::to_string).collect();
    tr_args("entry-items", &[("items", numbers.join(", ").into())])
}

/// A slot's bay, day and time.
pub fn slot(bay: &str, span: Span, zone: &TimeZone) -> String {
    let day = span.start.to_zoned(zone.clone()).date();
    tr_args(
        "entry-slot-in",
        &[
            ("bay", bay.to_owned().into()),
            ("day", short_date(day).into()),
            ("from", time(span.start, zone).into()),
            ("to", time(span.end, zone).into()),
        ],
    )
}

/// A reading's value with its unit: "0.12 µSv/h".
pub fn value(reading: &Reading) -> String {
    let digits = match reading.thousandths.unsigned_abs() % 1000 {
        0 => 0,
        rest if rest % 100 == 0 => 1,
        rest if rest % 10 == 0 => 2,
        _ => 3,
    };
    let value = decimal(reading.thousandths as f64 / 1000.0, digits);
    format!("{value} {}", reading.quantity.unit())
}

/// What an entry of the joint inspection says; empty for those that say nothing beyond their kind.
pub fn entry(body: &EntryBody, inspection: &Inspection, zone: &TimeZone) -> String {
    match body {
        EntryBody::SlotAnswered {
            answer,
            reason,
            rather,
            minutes,
            ..
        } => dotted(&[
            tr_code("answer", answer),
            reason.clone(),
            rather.map_or_else(String::new, |span| slot("", span, zone)),
            minutes.map_or_else(String::new, |n| {
                tr_args("entry-answer-minutes", &[("minutes", n.into())])
            }),
        ]),
        EntryBody::SlotProposed { bay, span, .. } => slot(bay, *span, zone),
        EntryBody::NoShow { absent, note, .. } => {
            dotted(&[tr_code("agency", absent), note.clone()])
        }
        EntryBody::SealAffixed { seal, photos } => dotted(&[
            seal.number.clone(),
            tr_code("seal-party", seal.party),
            photo_words(photos.len()),
        ]),
        EntryBody::UnitExamined { points, photos, .. } => dotted(&[
            tr_args("entry-sides", &[("n", points.len().into())]),
            photo_words(photos.len()),
        ]),
        EntryBody::ReadingTaken { reading } => dotted(&[
            tr_code("reading", reading.quantity),
            value(reading),
            reading.place.clone(),
            reading.device.clone(),
        ]),
        EntryBody::TreatmentRecorded { treatment } => dotted(&[
            tr_code("treatment", treatment.treatment),
            treatment.agent.clone(),
            treatment.dose.clone(),
            treatment.provider.clone(),
            treatment.certificate.clone(),
        ]),
        EntryBody::SampleTaken { sample, photos } => dotted(&[
            sample.number.clone(),
            item_words(inspection, sample.item),
            sample.test.clone(),
            sample.laboratory.clone(),
            photo_words(photos.len()),
        ]),
        EntryBody::SampleMoved {
            step, person, seal, ..
        } => dotted(&[tr_code("custody", step), person.clone(), seal.clone()]),
        EntryBody::SampleReported {
            conclusion, report, ..
        } => dotted(&[tr_code("lab", conclusion), report.clone()]),
        EntryBody::OverrideProposed { reason, .. }
        | EntryBody::OverrideDeclined { reason, .. }
        | EntryBody::ReleaseWithdrawn { reason } => reason.clone(),
        EntryBody::JointConcluded { record, note } => {
            let hash = record.to_string();
            dotted(&[hash.chars().take(12).collect(), note.clone()])
        }
        EntryBody::RecordSigned { record } => record.to_string().chars().take(12).collect(),
        EntryBody::SignatureMissing { of, why, note, .. } => dotted(&[
            tr_code("agency", of),
            tr_code("unsigned", why),
            note.clone(),
        ]),
        EntryBody::PartySigned {
            role,
            name,
            refusal,
            ..
        } => dotted(&[tr_code("signatory", role), name.clone(), refusal.clone()]),
        _ => String::new(),
    }
}
