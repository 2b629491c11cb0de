//! `GET /v1/post`: what a workstation needs before anybody has signed in.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use outpost_api::PostInfo;
use outpost_domain::{Officer, OfficerId, Post};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{Answer, Sought};
use crate::access::{device_post, named_device};
use crate::app::{App, blocking};
use crate::feed;
use crate::problem::Failure;
use crate::store::{Tx, values};

/// What may be asked.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Asked {
    /// The post's UN/LOCODE, for a workstation that is not enrolled yet; the central's first post when absent.
    post: Option<String>,
}

/// The post of this workstation, its officers, the server's epoch and clock.
#[utoipa::path(
    get, path = "/v1/post",
    params(Asked, ("outpost-device" = Option<String>, Header, description = "The workstation, when it has a name")),
    responses(
        (status = 200, description = "The post.", body = PostInfo, content_type = "application/vnd.outpost.v1+json"),
        (status = 404, description = "No such post.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn post(
    State(app): State<Arc<App>>,
    Sought(asked): Sought<Asked>,
    headers: HeaderMap,
) -> Result<Answer<PostInfo>, Failure> {
    let device = named_device(&headers);
    let info = blocking(&app, move |app| {
        app.store.read(|tx| {
            let enrolled = device.map(|d| device_post(tx, d)).transpose()?.flatten();
            let code = enrolled
                .or(asked.post)
                .unwrap_or_else(|| app.default_post.to_string());
            let (post, officers) = read(tx, &code)?;
            Ok(PostInfo {
                post,
                officers,
                epoch: app.life().epoch,
                server_time: App::now(),
                bundle_recipient: Some(app.bundle_recipient.clone()),
                receipt_key: Some(app.signer.public_key()),
                demonstration: app.demonstration.clone(),
            })
        })
    })
    .await?;
    Ok(Answer(info))
}

/// A post and its officers.
pub fn read(tx: &dyn Tx, code: &str) -> Result<(Post, Vec<Officer>), Failure> {
    // A name with a NUL is none, and not every database could be asked for it.
    let known = if code.contains('\0') {
        None
    } else {
        tx.first("SELECT body FROM posts WHERE code = ?1", values![code])?
    };
    let post = known.ok_or_else(|| Failure::not_found(format!("there is no post {code:?}")))?;
    let mut officers = Vec::new();
    for row in tx.query(
        "SELECT id FROM officers WHERE post = ?1 ORDER BY position",
        values![code],
    )? {
        let id = OfficerId(Uuid::from_bytes(row.get(0)?));
        officers.extend(feed::officer(tx, id)?.map(|(o, _)| o));
    }
    Ok((serde_json::from_str(&post.get::<String>(0)?)?, officers))
}
