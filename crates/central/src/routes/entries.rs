//! `POST /v1/entries`: journal entries, each judged by itself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use outpost_api::{MAX_BATCH, PushRequest, PushResponse, PushResult};

use super::answer::{Answer, Asked};
use crate::access;
use crate::app::{App, blocking};
use crate::intake;
use crate::problem::Failure;

/// Takes entries in: one outcome each, and a receipt for the head of the workstation's chain.
#[utoipa::path(
    post, path = "/v1/entries", request_body = PushRequest, security(("session" = [])),
    responses(
        (status = 200, description = "One outcome per entry, in the request's order.", body = PushResponse, content_type = "application/vnd.outpost.v1+json"),
        (status = 400, description = "Not what is expected.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 401, description = "No session.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too many entries or bytes.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn push(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Asked(request): Asked<PushRequest>,
) -> Result<Answer<PushResponse>, Failure> {
    if request.entries.len() > MAX_BATCH {
        let detail = format!(
            "{} entries; {MAX_BATCH} are the most",
            request.entries.len()
        );
        return Err(Failure::refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            detail,
        ));
    }
    let response = blocking(&app, move |app| {
        let now = App::now();
        let caller = app.store.read(|tx| access::caller(tx, &headers, now))?;
        let mut outcomes = Vec::with_capacity(request.entries.len());
        let taken = intake::take_in_all(&app.store, &caller, &request.entries, now, &mut outcomes);
        for outcome in &outcomes {
            app.measures.count(&outcome.result);
        }
        if outcomes.iter().any(|o| o.result == PushResult::Accepted) {
            app.nudge(&caller.post);
        }
        // What was taken in before a failure stays; the client offers the rest again.
        taken?;
        let receipt = app
            .store
            .read(|tx| intake::receipt(tx, &app.signer, caller.device, now))?;
        Ok(PushResponse {
            epoch: app.life().epoch,
            server_time: now,
            outcomes,
            receipt,
        })
    })
    .await?;
    Ok(Answer(response))
}
