//! Plain pages on which a person sees, in a demonstration, what has arrived. A real central does not serve them:
//! they ask for no session.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use outpost_domain::{Agency, Entry, EntryBody, InspectionId, SignedEntry, project};

use super::answer::Named;
use crate::app::{App, blocking};
use crate::feed;
use crate::problem::Failure;
use crate::store::{Tx, values};

const STYLE: &str = "body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1b2320;background:#f4f5f3}\
table{border-collapse:collapse;background:#fff}td,th{text-align:left;padding:.3rem .8rem;border:1px solid #e1e4e0;\
vertical-align:top}th{font-weight:600;color:#56605b}code{font-size:12px}a{color:#0f5f66}";

/// How many entries the first page shows.
const SHOWN: i64 = 200;

/// The latest entries.
pub async fn latest(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    only_in_a_demonstration(&app)?;
    let html = blocking(&app, |app| {
        app.store.read(|tx| {
            let mut rows = String::new();
            for row in tx.query(
                "SELECT payload, signature, key, received_at FROM entries WHERE outcome = 'accepted' \
                 ORDER BY received_at DESC, accepted DESC LIMIT ?1",
                values![SHOWN],
            )? {
                let received: String = row.get(3)?;
                let signed = feed::signed_entry(&row)?;
                let only = feed::reserved(tx, &signed)?;
                if let Ok(entry) = signed.open_trusted() {
                    line(&mut rows, &entry, &received, true, only);
                }
            }
            let total: i64 = tx
                .one(
                    "SELECT count(*) FROM entries WHERE outcome = 'accepted'",
                    values![],
                )?
                .get(0)?;
            let body = format!(
                "<h1>Entries at the central</h1><p>{total} accepted, the latest first. Epoch <code>{}</code>.</p>{}",
                app.life().epoch,
                table(&rows, true)
            );
            Ok(page("Entries", &body))
        })
    })
    .await?;
    Ok(Html(html).into_response())
}

/// One inspection with its entries.
pub async fn inspection(
    State(app): State<Arc<App>>,
    Named(id): Named,
) -> Result<Response, Failure> {
    only_in_a_demonstration(&app)?;
    let html = blocking(&app, move |app| {
        let not_found = || Failure::not_found("there is no such inspection");
        let id: InspectionId = id.parse().map_err(|_| not_found())?;
        app.store.read(|tx| {
            let inspection = feed::inspection(tx, id)?.ok_or_else(not_found)?;
            let signed = feed::entries(tx, id)?;
            let entries: Vec<Entry> = signed.iter().filter_map(opened).collect();
            let state = project(&inspection, &entries);
            let mut rows = String::new();
            for signed in &signed {
                let only = feed::reserved(tx, signed)?;
                if let Some(entry) = opened(signed) {
                    let received = received_at(tx, &entry)?;
                    line(&mut rows, &entry, &received, false, only);
                }
            }
            let unit = inspection.units.first().map_or_else(String::new, |u| u.number.spaced());
            let body = format!(
                "<p><a href=\"/\">All entries</a></p><h1>{} · {}</h1><p>{} · version {} · {} radiograph(s)</p>{}",
                escape(&unit),
                escape(&inspection.reference),
                state.openness,
                inspection.version,
                inspection.scans.len(),
                table(&rows, false)
            );
            Ok(page(&inspection.reference, &body))
        })
    })
    .await?;
    Ok(Html(html).into_response())
}

fn only_in_a_demonstration(app: &App) -> Result<(), Failure> {
    match app.demonstration {
        Some(_) => Ok(()),
        None => Err(Failure::not_found("no such path")),
    }
}

fn opened(signed: &SignedEntry) -> Option<Entry> {
    signed.open_trusted().ok()
}

fn received_at(tx: &dyn Tx, entry: &Entry) -> Result<String, Failure> {
    let received: Option<String> = tx
        .first(
            "SELECT received_at FROM entries WHERE id = ?1 AND outcome = 'accepted'",
            values![entry.payload.id.0.as_bytes()],
        )?
        .map(|row| row.get(0))
        .transpose()?;
    Ok(received.unwrap_or_default())
}

fn table(rows: &str, with_inspection: bool) -> String {
    let inspection = if with_inspection {
        "<th>Inspection</th>"
    } else {
        ""
    };
    format!(
        "<table><tr><th>Recorded</th><th>Received</th><th>Author</th><th>Agency</th><th>What</th>{inspection}\
         <th>Device · number</th><th>Hash</th></tr>{rows}</table>"
    )
}

/// One row. These pages ask nobody who they are: what is for one agency alone is not told here.
fn line(
    html: &mut String,
    entry: &Entry,
    received: &str,
    with_inspection: bool,
    only: Option<Agency>,
) {
    let p = &entry.payload;
    let said = match only {
        Some(agency) => format!("<b>{}</b> for {agency} alone", p.body.code()),
        None => what(&p.body),
    };
    let inspection = if with_inspection {
        let id = p.inspection;
        format!("<td><a href=\"/inspections/{id}\"><code>{id}</code></a></td>")
    } else {
        String::new()
    };
    let hash = entry.hash.0.to_string();
    let device = p.device.to_string();
    // Writing to a String does not fail.
    let _ = write!(
        html,
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>{inspection}\
         <td><code>{}</code> · {}</td><td><code title=\"{hash}\">{}</code></td></tr>",
        p.recorded_at,
        escape(received),
        escape(&p.author_name),
        p.agency,
        said,
        &device[device.len() - 12..],
        p.sequence,
        &hash[..12],
    );
}

/// The kind and its words.
fn what(body: &EntryBody) -> String {
    let words = match body {
        EntryBody::CheckConcluded {
            check,
            result,
            reason,
        } => format!("{check}: {result} {reason}"),
        EntryBody::ChecklistAnswered { list, answers } => format!(
            "{}, version {}: {} answers",
            list.list,
            list.version,
            answers.len()
        ),
        EntryBody::SealCompared { seal, .. } => format!(
            "{} declared, {} found, {}",
            seal.declared.as_deref().unwrap_or("none"),
            seal.found.number.as_deref().unwrap_or("none"),
            seal.found.condition
        ),
        EntryBody::ItemCompared {
            item,
            outcome,
            note,
            ..
        } => format!("item {item}: {outcome} {note}"),
        EntryBody::FindingRecorded {
            category,
            severity,
            text,
            ..
        } => {
            format!("{severity}, {category}: {text}")
        }
        EntryBody::RegionDrawn {
            category, comment, ..
        } => format!("{category} {comment}"),
        EntryBody::RegionJudged { verdict, note, .. } => format!("{verdict} {note}"),
        EntryBody::ImageBrought { image } => format!("{}: {}", image.image, image.name),
        EntryBody::ImageConcluded { conclusion, .. } => conclusion.to_string(),
        EntryBody::HoldPlaced {
            hold_type, note, ..
        } => format!("{hold_type}: {note}"),
        EntryBody::HoldLifted { reason, .. } | EntryBody::Withdrawn { reason } => reason.clone(),
        EntryBody::Decided { decision, .. } => format!("{decision:?}"),
        EntryBody::SlotAnswered { answer, reason, .. } => format!("{answer} {reason}"),
        EntryBody::SlotProposed { bay, span, .. } => {
            format!("{bay}, {} to {}", span.start, span.end)
        }
        EntryBody::NoShow { absent, note, .. } => format!("{absent} {note}"),
        EntryBody::SealAffixed { seal, .. } => format!("{} on {}", seal.number, seal.unit),
        EntryBody::UnitExamined { unit, points, .. } => format!("{unit}: {} sides", points.len()),
        EntryBody::ReadingTaken { reading } => format!(
            "{}: {} {}",
            reading.quantity,
            reading.thousandths as f64 / 1000.0,
            reading.quantity.unit()
        ),
        EntryBody::TreatmentRecorded { treatment } => {
            format!("{} by {}", treatment.treatment, treatment.provider)
        }
        EntryBody::SampleTaken { sample, .. } => {
            format!(
                "{} of item {} for {}",
                sample.number, sample.item, sample.test
            )
        }
        EntryBody::SampleMoved { step, person, .. } => format!("{step}: {person}"),
        EntryBody::SampleReported {
            conclusion, report, ..
        } => format!("{conclusion}: {report}"),
        EntryBody::OverrideProposed { reason, .. }
        | EntryBody::OverrideDeclined { reason, .. }
        | EntryBody::ReleaseWithdrawn { reason } => reason.clone(),
        EntryBody::CommentWritten { text, .. } => text.clone(),
        EntryBody::OfficerAssigned { officer, .. } => officer.to_string(),
        EntryBody::OpinionAsked { note, .. } => note.clone(),
        EntryBody::JointConcluded { record, note } => format!("{record} {note}"),
        EntryBody::RecordSigned { record } => record.to_string(),
        EntryBody::SignatureMissing { of, why, note, .. } => format!("{of} {why}: {note}"),
        EntryBody::PartySigned {
            role,
            name,
            refusal,
            ..
        } => format!("{role} {name} {refusal}"),
        EntryBody::SectionClaimed
        | EntryBody::SectionSigned
        | EntryBody::OverrideConfirmed { .. }
        | EntryBody::CommentAcknowledged { .. }
        | EntryBody::Unknown => String::new(),
    };
    format!("<b>{}</b> {}", body.code(), escape(&words))
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{} · Outpost central</title>\
         <style>{STYLE}</style></head><body>{body}</body></html>\n",
        escape(title)
    )
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_officers_typed_cannot_become_markup() {
        assert_eq!(escape("<b a='1'>\"&"), "&lt;b a=&#39;1&#39;&gt;&quot;&amp;");
    }
}
