//! What those who keep the server running ask: whether it lives, whether it is ready, what it has counted.
//!
//! On a listener of its own, not behind a token: probes and scrapers carry no officer's session, a token would be one
//! more secret to lay down and change, and what is counted is nothing for the network that the posts come from.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::{App, blocking};
use crate::problem::Failure;

/// How long the store may take to write before the server counts as not ready.
const PATIENCE: Duration = Duration::from_secs(3);

/// The media type of OpenMetrics text.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The endpoints of the watching listener.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/livez", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(app)
}

/// 200 when requests can be answered; 503 with the reason in a line otherwise.
async fn ready(State(app): State<Arc<App>>) -> Response {
    match reason_against(&app).await {
        None => "ok\n".into_response(),
        Some(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response(),
    }
}

async fn reason_against(app: &Arc<App>) -> Option<String> {
    if *app.stopping.borrow() {
        return Some("stopping".to_owned());
    }
    // One at a time: probes of a store that hangs must not take up the threads that could free it.
    let Ok(permit) = Arc::clone(&app.probing).try_acquire_owned() else {
        return Some("the store has not answered the last probe yet".to_owned());
    };
    let probe = blocking(app, move |app| {
        let _permit = permit;
        app.store.probe()
    });
    match tokio::time::timeout(PATIENCE, probe).await {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => Some(failure.to_string()),
        Err(_) => Some(format!(
            "the store has not written within {} s",
            PATIENCE.as_secs()
        )),
    }
}

async fn metrics(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let text = blocking(&app, |app| app.measures.text(app)).await?;
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}
