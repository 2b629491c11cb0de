//! `GET /v1/inspections/{id}`: what the central holds of one inspection.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use outpost_api::InspectionView;
use outpost_domain::{Agency, BlobHash, Entry, InspectionId, SignedEntry};

use super::answer::{Answer, Named};
use crate::access;
use crate::app::{App, blocking};
use crate::feed;
use crate::problem::Failure;
use crate::store::Tx;

/// One inspection with its accepted entries, and those of their files that have arrived.
#[utoipa::path(
    get, path = "/v1/inspections/{id}", params(("id" = String, Path, description = "The inspection's UUID")),
    security(("session" = [])),
    responses(
        (status = 200, description = "The inspection.", body = InspectionView, content_type = "application/vnd.outpost.v1+json"),
        (status = 401, description = "No session.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 404, description = "The post has no such inspection.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn inspection(
    State(app): State<Arc<App>>,
    Named(id): Named,
    headers: HeaderMap,
) -> Result<Answer<InspectionView>, Failure> {
    let view = blocking(&app, move |app| {
        let (caller, found) = app.store.read(|tx| {
            let caller = access::caller(tx, &headers, App::now())?;
            let view = id
                .parse()
                .ok()
                .map(|id| view(tx, id))
                .transpose()?
                .flatten();
            Ok((caller, view))
        })?;
        let mut view = found
            .filter(|view| view.inspection.post == caller.post)
            .ok_or_else(|| Failure::not_found("the post has no such inspection"))?;
        if caller.officer.agency != Agency::Customs {
            view.inspection = feed::without_reason(view.inspection);
        }
        let agency = caller.officer.agency;
        let entries = std::mem::take(&mut view.entries);
        view.entries = app.store.read(|tx| {
            let mut seen = Vec::with_capacity(entries.len());
            for entry in entries {
                if feed::reserved(tx, &entry)?.is_none_or(|only| only == agency) {
                    seen.push(entry);
                }
            }
            Ok::<_, Failure>(seen)
        })?;
        view.blobs = arrived(app, &view.entries)?;
        Ok(view)
    })
    .await?;
    Ok(Answer(view))
}

fn view(tx: &dyn Tx, id: InspectionId) -> Result<Option<InspectionView>, Failure> {
    let Some(inspection) = feed::inspection(tx, id)? else {
        return Ok(None);
    };
    let entries = feed::entries(tx, id)?;
    Ok(Some(InspectionView {
        inspection,
        entries,
        blobs: Vec::new(),
    }))
}

/// The files that the entries name and that are here.
fn arrived(app: &App, entries: &[SignedEntry]) -> Result<Vec<BlobHash>, Failure> {
    let mut here = Vec::new();
    let read = entries.iter().filter_map(|e| e.open_trusted().ok());
    let named: Vec<Entry> = read.collect();
    for blob in named.iter().flat_map(|e| e.payload.body.blobs()) {
        if app.blobs.length(*blob)?.is_some() && !here.contains(blob) {
            here.push(*blob);
        }
    }
    Ok(here)
}
