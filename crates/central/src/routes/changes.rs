//! `GET /v1/changes`: the feed of the caller's post.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use outpost_api::{ChangesPage, MAX_PAGE};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::answer::{Answer, Sought};
use crate::access;
use crate::app::{App, blocking};
use crate::feed;
use crate::problem::Failure;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Asked {
    /// The cursor of the page before; absent for the first.
    since: Option<String>,
    /// The most changes wanted, 1 to 1,000; 500 when absent.
    limit: Option<u32>,
}

/// What the caller's post may see after the cursor, oldest first. A cursor of an earlier epoch begins anew: the
/// page's epoch tells.
#[utoipa::path(
    get, path = "/v1/changes", params(Asked), security(("session" = [])),
    responses(
        (status = 200, description = "A page.", body = ChangesPage, content_type = "application/vnd.outpost.v1+json"),
        (status = 400, description = "The cursor is not one of this server's.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 401, description = "No session.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn changes(
    State(app): State<Arc<App>>,
    Sought(asked): Sought<Asked>,
    headers: HeaderMap,
) -> Result<Answer<ChangesPage<Box<RawValue>>>, Failure> {
    let page = blocking(&app, move |app| {
        let life = app.life();
        let cursor = match asked.since.as_deref() {
            None | Some("") => None,
            Some(text) => Some(life.read(text).ok_or_else(|| {
                Failure::bad("bad-cursor", "the cursor is not one of this server's")
            })?),
        };
        let limit = asked.limit.unwrap_or(500).clamp(1, MAX_PAGE);
        let since = cursor
            .filter(|c| c.epoch == life.epoch)
            .map_or(0, |c| c.seq);
        let (page, head) = app.store.read(|tx| {
            let caller = access::caller(tx, &headers, App::now())?;
            let page = feed::page(tx, &caller, since, limit)?;
            Ok((page, feed::head(tx, &caller.post)?))
        })?;
        if since <= head {
            return Ok(page.answer(&life, App::now()));
        }
        // This server signed a cursor that its database has not reached: the database was restored.
        let life = app.renew(life)?;
        let page = app.store.read(|tx| {
            let caller = access::caller(tx, &headers, App::now())?;
            feed::page(tx, &caller, 0, limit)
        })?;
        Ok(page.answer(&life, App::now()))
    })
    .await?;
    Ok(Answer(page))
}
