//! `GET /v1/events`: server-sent nudges.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::{Stream, StreamExt, stream};
use outpost_api::Nudge;
use tokio_stream::wrappers::BroadcastStream;

use crate::access;
use crate::app::{App, blocking};
use crate::problem::Failure;

/// A nudge at once, and another whenever the post's feed has something new. A nudge carries nothing: what changed is
/// pulled, so a lost one costs time only.
#[utoipa::path(
    get, path = "/v1/events", security(("session" = [])),
    responses(
        (status = 200, description = "Nudges; each `data:` is a Nudge.", body = Nudge, content_type = "text/event-stream"),
        (status = 401, description = "No session.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn events(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let caller = blocking(&app, move |app| {
        app.store
            .read(|tx| access::caller(tx, &headers, App::now()))
    })
    .await?;
    let post = caller.post;
    // One that fell behind has missed nudges: it gets one too.
    let nudged = BroadcastStream::new(app.nudges.subscribe())
        .filter(move |sent| std::future::ready(sent.as_ref().map_or(true, |to| *to == post)))
        .map(drop);
    let mut stopping = app.stopping.clone();
    let stopped = async move {
        // An error means that the server is gone: stopped too.
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    let events = stream::once(std::future::ready(()))
        .chain(nudged)
        .map(move |()| Ok(event(&app)))
        .take_until(Box::pin(stopped));
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

fn event(app: &App) -> Event {
    let nudge = Nudge {
        epoch: app.life().epoch,
    };
    Event::default()
        .event("nudge")
        .data(serde_json::to_string(&nudge).unwrap_or_default())
}
