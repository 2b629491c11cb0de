//! `POST /v1/entries`: journal entries, each judged by itself.

use std::collections::HashSet;
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
        // An act builds on the acts before it: behind one that was not taken in, the later ones of its inspection wait.
        let mut parked = HashSet::new();
        for (index, signed) in (0..).zip(&request.entries) {
            let of = intake::subject(signed);
            let taken = app.store.write(|tx| match of {
                Some((id, inspection)) if parked.contains(&inspection) => {
                    Ok(intake::behind(id, index))
                }
                _ => intake::take_in(tx, &caller, signed, index, now),
            });
            match taken {
                Ok(outcome) => {
                    let fell = matches!(
                        outcome.result,
                        PushResult::Refused { .. } | PushResult::Conflict { .. }
                    );
                    parked.extend(of.filter(|_| fell).map(|(_, inspection)| inspection));
                    outcomes.push(outcome);
                }
                // What was taken in before stays; the client offers the rest again.
                Err(failure) => {
                    if outcomes.iter().any(|o| o.result == PushResult::Accepted) {
                        app.nudge(&caller.post);
                    }
                    return Err(failure);
                }
            }
        }
        if outcomes.iter().any(|o| o.result == PushResult::Accepted) {
            app.nudge(&caller.post);
        }
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
