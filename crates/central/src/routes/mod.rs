//! The endpoints, one module each.

mod answer;
mod blobs;
mod changes;
mod entries;
mod events;
mod inspections;
mod pages;
pub mod post;
mod session;
mod uploads;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use outpost_api::paths;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use utoipa::OpenApi;

use crate::app::App;
use crate::problem::Failure;

/// The largest JSON request, bytes after decompression: 200 entries of the longest texts fit.
pub const JSON_LIMIT: usize = 16 << 20;

/// The description of the API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Outpost central API",
        description = "Assignments down, journal entries up, exactly once. Errors are problems after RFC 9457; \
                       JSON answers carry application/vnd.outpost.v1+json. Whoever asks for more than one \
                       sender may gets 429 with Retry-After from any path.",
    ),
    paths(
        post::post,
        session::open,
        changes::changes,
        entries::push,
        blobs::get_blob,
        blobs::head_blob,
        uploads::options,
        uploads::create,
        uploads::offset,
        uploads::append,
        events::events,
        inspections::inspection,
        health,
    ),
    components(schemas(outpost_api::Problem, outpost_api::Nudge)),
    modifiers(&Bearer),
)]
pub struct Description;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        if let Some(components) = openapi.components.as_mut() {
            components.add_security_scheme("session", SecurityScheme::Http(scheme));
        }
    }
}

/// Every endpoint of the server.
pub fn router(app: Arc<App>) -> Router {
    let blob = format!("{}/{{sha256}}", paths::BLOBS);
    let upload = format!("{}/{{upload}}", paths::UPLOADS);
    let inspection = format!("{}/{{id}}", paths::INSPECTIONS);
    let json = Router::new()
        .route(paths::POST, get(post::post))
        .route(paths::SESSION, post(session::open))
        .route(paths::CHANGES, get(changes::changes))
        .route(paths::ENTRIES, post(entries::push))
        .route(&inspection, get(inspections::inspection))
        .route("/v1/openapi.json", get(openapi))
        .route("/", get(pages::latest))
        .route("/inspections/{id}", get(pages::inspection))
        .layer(DefaultBodyLimit::max(JSON_LIMIT))
        .layer(RequestDecompressionLayer::new())
        .layer(CompressionLayer::new());
    let raw = Router::new()
        .route(&blob, get(blobs::get_blob).head(blobs::head_blob))
        .route(
            paths::UPLOADS,
            post(uploads::create).options(uploads::options),
        )
        .route(
            &upload,
            head(uploads::offset)
                .patch(uploads::append)
                .options(uploads::options),
        )
        .route(paths::EVENTS, get(events::events))
        .route("/healthz", get(health))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .merge(json)
        .merge(raw)
        .fallback(async || Failure::not_found("no such path"))
        .method_not_allowed_fallback(async || {
            Failure::refused(
                StatusCode::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "the path has other methods",
            )
        })
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            fail_on_purpose,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            crate::limits::limit,
        ))
        .layer(middleware::map_response(no_sniffing))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            crate::measures::measure,
        ))
        .with_state(app)
}

async fn no_sniffing(mut response: Response) -> Response {
    response.headers_mut().insert(
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// Lets a share of the requests fail, before or after they had their effect, to try clients.
async fn fail_on_purpose(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if app.fail_rate <= 0.0 {
        return next.run(request).await;
    }
    let dice = getrandom::u32().map_or(1.0, |n| f64::from(n) / f64::from(u32::MAX));
    let busy = || Failure::Refused {
        status: StatusCode::SERVICE_UNAVAILABLE,
        code: "unavailable",
        detail: "failed on purpose".to_owned(),
        retry_after: Some(1),
    };
    if dice < app.fail_rate / 2.0 {
        return busy().into_response();
    }
    let response = next.run(request).await;
    if dice < app.fail_rate {
        return busy().into_response();
    }
    response
}

/// Whether the server serves.
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "It does.", body = String)))]
async fn health(State(app): State<Arc<App>>) -> Result<&'static str, Failure> {
    crate::app::blocking(&app, |app| {
        app.store
            .read(|tx| tx.one("SELECT 1", crate::store::values![]))
    })
    .await?;
    Ok("ok\n")
}

async fn openapi() -> Result<Response, Failure> {
    let text = document()?;
    Ok((
        [(axum::http::header::CONTENT_TYPE, "application/json")],
        text,
    )
        .into_response())
}

/// The OpenAPI document as it is committed and served.
pub fn document() -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(&Description::openapi())?;
    text.push('\n');
    Ok(text)
}
