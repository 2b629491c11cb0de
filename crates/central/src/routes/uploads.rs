//! `/v1/uploads`: resumable uploads after tus 1.0, core protocol, creation and expiration.

use std::io::Write;
use std::sync::{Arc, PoisonError};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use outpost_domain::BlobHash;

use super::answer::Named;
use crate::access;
use crate::app::{App, blocking};
use crate::expiry;
use crate::problem::Failure;
use crate::store::values;

/// The version of tus that is spoken.
const TUS: &str = "1.0.0";

/// The largest file taken, bytes.
const MAX_BYTES: u64 = 512 << 20;

/// tus' own status for content whose hash differs.
const CHECKSUM_MISMATCH: u16 = 460;

/// An upload as the database knows it.
struct Upload {
    id: String,
    blob: BlobHash,
    length: u64,
    finished: bool,
}

/// What is spoken here.
#[utoipa::path(
    options, path = "/v1/uploads",
    responses((status = 204, description = "Tus-Version, Tus-Extension and Tus-Max-Size.")),
)]
pub async fn options() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    set(&mut response, "tus-resumable", TUS);
    set(&mut response, "tus-version", TUS);
    set(&mut response, "tus-extension", "creation,expiration");
    set(&mut response, "tus-max-size", &MAX_BYTES.to_string());
    response
}

/// Creates an upload: `Upload-Length` and `Upload-Metadata: sha256 <base64 of the hexadecimal digits>`.
#[utoipa::path(
    post, path = "/v1/uploads", security(("session" = [])),
    params(
        ("tus-resumable" = String, Header, description = "1.0.0"),
        ("upload-length" = u64, Header, description = "Bytes of the whole"),
        ("upload-metadata" = String, Header, description = "sha256, then base64 of its 64 hexadecimal digits"),
    ),
    responses(
        (status = 200, description = "The content is here already: `Outpost-Blob: present`."),
        (status = 201, description = "Created; see Location and Upload-Expires."),
        (status = 400, description = "Length or hash are missing.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 412, description = "Another version of tus.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn create(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    let response = blocking(&app, move |app| {
        let caller = app.store.read(|tx| access::caller(tx, &headers, App::now()))?;
        speaks_tus(&headers)?;
        let length: u64 = number(&headers, "upload-length")?;
        if length > MAX_BYTES {
            let detail = format!("{length} bytes; {MAX_BYTES} are the most");
            return Err(Failure::refused(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail));
        }
        let blob = announced(&headers)?;
        if app.blobs.length(blob)?.is_some() {
            let mut response = StatusCode::OK.into_response();
            set(&mut response, "outpost-blob", "present");
            return Ok(response);
        }
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        let id = uuid::Builder::from_random_bytes(random).into_uuid();
        app.store.write(|tx| {
            tx.execute(
                "INSERT INTO uploads (id, device, blob, length, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                values![
                    id.to_string(),
                    caller.device.0.as_bytes(),
                    blob.0,
                    length,
                    App::now().to_string()
                ],
            )?;
            Ok(())
        })?;
        let upload = Upload { id: id.to_string(), blob, length, finished: false };
        app.blobs.append(&upload.id)?;
        if length == 0 {
            finish(app, &upload)?;
        }
        let mut response = StatusCode::CREATED.into_response();
        tell_end(&mut response, expiry::ends(app, &upload.id)?);
        set(&mut response, "location", &format!("/v1/uploads/{id}"));
        Ok(response)
    })
    .await?;
    Ok(resumable(response))
}

/// How far an upload has come.
#[utoipa::path(
    head, path = "/v1/uploads/{upload}", security(("session" = [])),
    params(("upload" = String, Path, description = "From Location")),
    responses(
        (status = 200, description = "Upload-Offset, Upload-Length and, while unfinished, Upload-Expires."),
        (status = 404, description = "No such upload: create it anew."),
        (status = 410, description = "The upload was dropped: create it anew."),
    ),
)]
pub async fn offset(
    State(app): State<Arc<App>>,
    Named(id): Named,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (upload, arrived, end) = blocking(&app, move |app| {
        speaks_tus(&headers)?;
        let upload = find(app, &headers, &id)?;
        let arrived = arrived(app, &upload)?;
        let end = expiry::ends(app, &upload.id)?;
        Ok((upload, arrived, end))
    })
    .await?;
    let mut response = StatusCode::OK.into_response();
    tell_end(&mut response, end);
    set(&mut response, "upload-offset", &arrived.to_string());
    set(&mut response, "upload-length", &upload.length.to_string());
    set(&mut response, "cache-control", "no-store");
    Ok(resumable(response))
}

/// Continues an upload at `Upload-Offset`. What has arrived when the line breaks stays.
#[utoipa::path(
    patch, path = "/v1/uploads/{upload}", security(("session" = [])),
    params(
        ("upload" = String, Path, description = "From Location"),
        ("upload-offset" = u64, Header, description = "Where the body begins"),
    ),
    request_body(content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, description = "Taken; see Upload-Offset."),
        (status = 404, description = "No such upload: create it anew.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 409, description = "It continues elsewhere; see Upload-Offset.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 413, description = "More bytes than announced.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 415, description = "Another media type.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 423, description = "Another request is writing: wait.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 460, description = "The content does not have the announced hash; the upload is dropped.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn append(
    State(app): State<Arc<App>>,
    Named(id): Named,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let kind = headers.get(header::CONTENT_TYPE).cloned();
    let (upload, begin, _turn) = blocking(&app.clone(), {
        let app = Arc::clone(&app);
        move |_| {
            speaks_tus(&headers)?;
            let upload = find(&app, &headers, &id)?;
            let begin: u64 = number(&headers, "upload-offset")?;
            let turn = Turn::take(&app, &upload.id)?;
            Ok((upload, begin, turn))
        }
    })
    .await?;
    if kind.is_none_or(|k| k != "application/offset+octet-stream") {
        return Err(Failure::refused(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media-type",
            "application/offset+octet-stream is expected",
        ));
    }
    let at = arrived(&app, &upload)?;
    if begin != at {
        let detail = format!("the upload continues at {at}, the request begins at {begin}");
        let failure = Failure::refused(StatusCode::CONFLICT, "offset", detail);
        let mut response = failure.into_response();
        set(&mut response, "upload-offset", &at.to_string());
        return Ok(resumable(response));
    }
    let reached = receive(&app, &upload, at, body).await?;
    let end = blocking(&app, move |app| {
        if reached == upload.length && !upload.finished {
            finish(app, &upload)?;
        }
        expiry::ends(app, &upload.id)
    })
    .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    tell_end(&mut response, end);
    set(&mut response, "upload-offset", &reached.to_string());
    Ok(resumable(response))
}

/// Writes what comes to the end of the upload, and syncs it even when the sender breaks off.
async fn receive(app: &Arc<App>, upload: &Upload, at: u64, body: Body) -> Result<u64, Failure> {
    let mut reached = at;
    let mut stream = body.into_data_stream();
    let mut file = app.blobs.append(&upload.id)?;
    let mut broken = None;
    while let Some(chunk) = stream.next().await {
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(e) => {
                broken = Some(e);
                break;
            }
        };
        let after = reached + chunk.len() as u64;
        if after > upload.length {
            let detail = format!("{} bytes were announced, more came", upload.length);
            return Err(Failure::refused(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                detail,
            ));
        }
        file = blocking(app, move |_| {
            file.write_all(&chunk)?;
            Ok(file)
        })
        .await?;
        reached = after;
    }
    blocking(app, move |_| Ok(file.sync_all()?)).await?;
    match broken {
        Some(e) => Err(Failure::bad(
            "bad-request",
            format!("the body broke off: {e}"),
        )),
        None => Ok(reached),
    }
}

/// Verifies a complete upload and names it as a blob.
fn finish(app: &App, upload: &Upload) -> Result<(), Failure> {
    if !app.blobs.finish(&upload.id, upload.blob)? {
        app.store.write(|tx| {
            tx.execute(
                "UPDATE uploads SET finished = -1 WHERE id = ?1",
                values![&upload.id],
            )?;
            Ok(())
        })?;
        let status = StatusCode::from_u16(CHECKSUM_MISMATCH).unwrap_or(StatusCode::BAD_REQUEST);
        let detail = format!("{} was announced; the upload was dropped", upload.blob);
        return Err(Failure::refused(status, "checksum", detail));
    }
    app.store.write(|tx| {
        tx.execute(
            "UPDATE uploads SET finished = 1 WHERE id = ?1",
            values![&upload.id],
        )?;
        Ok(())
    })
}

fn arrived(app: &App, upload: &Upload) -> Result<u64, Failure> {
    if upload.finished {
        return Ok(upload.length);
    }
    app.blobs.arrived(&upload.id)
}

/// The caller's own upload.
fn find(app: &App, headers: &HeaderMap, id: &str) -> Result<Upload, Failure> {
    let (upload, dropped) = app.store.read(|tx| {
        let caller = access::caller(tx, headers, App::now())?;
        let row = tx
            .first(
                "SELECT blob, length, finished FROM uploads WHERE id = ?1 AND device = ?2",
                values![id, caller.device.0.as_bytes()],
            )?
            .ok_or_else(|| Failure::not_found("there is no such upload"))?;
        let finished: i64 = row.get(2)?;
        let upload = Upload {
            id: id.to_owned(),
            blob: BlobHash(row.get(0)?),
            length: row.get(1)?,
            finished: finished > 0,
        };
        Ok((upload, finished < 0))
    })?;
    if dropped {
        let detail = "the upload has been dropped";
        return Err(Failure::refused(StatusCode::GONE, "upload-gone", detail));
    }
    Ok(upload)
}

/// The right to write to an upload, given back when dropped: also when the request is abandoned.
struct Turn {
    app: Arc<App>,
    id: String,
}

impl Turn {
    fn take(app: &Arc<App>, id: &str) -> Result<Self, Failure> {
        let mut busy = app.busy.lock().unwrap_or_else(PoisonError::into_inner);
        if !busy.insert(id.to_owned()) {
            return Err(Failure::Refused {
                status: StatusCode::LOCKED,
                code: "upload-busy",
                detail: "another request is writing to this upload".to_owned(),
                retry_after: Some(1),
            });
        }
        Ok(Self {
            app: Arc::clone(app),
            id: id.to_owned(),
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut busy = self.app.busy.lock().unwrap_or_else(PoisonError::into_inner);
        busy.remove(&self.id);
    }
}

fn speaks_tus(headers: &HeaderMap) -> Result<(), Failure> {
    if headers.get("tus-resumable").is_some_and(|v| v == TUS) {
        return Ok(());
    }
    Err(Failure::refused(
        StatusCode::PRECONDITION_FAILED,
        "tus-version",
        format!("Tus-Resumable: {TUS} is expected"),
    ))
}

fn number(headers: &HeaderMap, name: &'static str) -> Result<u64, Failure> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .ok_or_else(|| Failure::bad("bad-request", format!("{name} is missing or no number")))
}

/// The hash in `Upload-Metadata`.
fn announced(headers: &HeaderMap) -> Result<BlobHash, Failure> {
    headers
        .get("upload-metadata")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| {
            let mut pairs = value
                .split(',')
                .filter_map(|pair| pair.trim().split_once(' '));
            pairs.find(|(name, _)| *name == "sha256")
        })
        .and_then(|(_, encoded)| STANDARD.decode(encoded.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Failure::bad("bad-request", "upload-metadata names no sha256"))
}

/// Says until when an unfinished upload may be continued (tus 1.0, expiration; a date after RFC 9110 §5.6.7).
fn tell_end(response: &mut Response, end: Option<Timestamp>) {
    let text = end.and_then(|end| {
        rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&end)
            .ok()
    });
    if let Some(text) = text {
        set(response, "upload-expires", &text);
    }
}

fn resumable(mut response: Response) -> Response {
    set(&mut response, "tus-resumable", TUS);
    response
}

fn set(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
