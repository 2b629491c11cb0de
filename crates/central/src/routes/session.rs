//! `POST /v1/session`: signing in, and binding the officer's key to the workstation.

use std::sync::Arc;

use axum::extract::State;
use jiff::SignedDuration;
use outpost_api::{Session, SessionRequest};

use super::answer::{Answer, Asked};
use crate::access;
use crate::app::{App, blocking};
use crate::problem::Failure;

/// Opens a session and binds the officer's key on this workstation.
#[utoipa::path(
    post, path = "/v1/session", request_body = SessionRequest,
    responses(
        (status = 200, description = "Signed in.", body = Session, content_type = "application/vnd.outpost.v1+json"),
        (status = 400, description = "Not what is expected.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 401, description = "Officer or PIN is wrong.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 403, description = "The workstation belongs to another post.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong PINs; see Retry-After.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn open(
    State(app): State<Arc<App>>,
    Asked(mut request): Asked<SessionRequest>,
) -> Result<Answer<Session>, Failure> {
    request.key.make_ascii_lowercase();
    let mut key = [0; 32];
    let readable = hex::decode_to_slice(&request.key, &mut key).is_ok();
    if !readable || ed25519_dalek::VerifyingKey::from_bytes(&key).is_err() {
        return Err(Failure::bad(
            "bad-request",
            "the key is not an Ed25519 public key of 64 hexadecimal digits",
        ));
    }
    // Never closed: an error could only say so, and then the process is ending.
    let _turn = app.sign_ins.acquire().await;
    let session = blocking(&app, move |app| {
        let candidate = app
            .store
            .read(|tx| access::candidate(tx, request.officer))?;
        let candidate = access::verify(&app.tries, &request, candidate)?;
        let now = App::now();
        let expires_at = now + SignedDuration::from_mins(app.token_minutes);
        let session = app
            .store
            .write(|tx| access::open(tx, &request, candidate, now, expires_at))?;
        let device = request.device;
        let post = app.store.read(|tx| access::device_post(tx, device))?;
        if let Some(Ok(post)) = post.map(|p| p.parse()) {
            app.nudge(&post);
        }
        Ok(session)
    })
    .await?;
    Ok(Answer(session))
}
