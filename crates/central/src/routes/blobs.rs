//! `GET|HEAD /v1/blobs/{sha256}`: files by content, with ranges (RFC 9110 §14).

use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use outpost_domain::BlobHash;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::answer::Named;
use crate::access;
use crate::app::{App, blocking};
use crate::problem::Failure;

/// The bytes of a blob, or a range of them.
#[utoipa::path(
    get, path = "/v1/blobs/{sha256}", security(("session" = [])),
    params(
        ("sha256" = String, Path, description = "64 hexadecimal digits"),
        ("range" = Option<String>, Header, description = "One range of bytes"),
    ),
    responses(
        (status = 200, description = "All of it.", content_type = "application/octet-stream"),
        (status = 206, description = "The range.", content_type = "application/octet-stream"),
        (status = 304, description = "If-None-Match names it."),
        (status = 404, description = "Not here.", body = outpost_api::Problem, content_type = "application/problem+json"),
        (status = 416, description = "The range lies outside; see Content-Range.", body = outpost_api::Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn get_blob(
    State(app): State<Arc<App>>,
    Named(name): Named,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (blob, total) = find(&app, &name, &headers).await?;
    let etag = etag(blob);
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|v| *v == etag)
    {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let asked = headers
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok());
    let conditional = headers.get(header::IF_RANGE).is_none_or(|v| *v == etag);
    let range = match asked.filter(|_| conditional).map(|text| range(text, total)) {
        Some(Asked::Satisfiable(range)) => Some(range),
        Some(Asked::Outside) => return Ok(outside(total)),
        Some(Asked::Ignored) | None => None,
    };
    let (first, length) = range
        .as_ref()
        .map_or((0, total), |r| (*r.start(), r.end() - r.start() + 1));
    let mut file = tokio::fs::File::open(app.blobs.path(blob)).await?;
    file.seek(std::io::SeekFrom::Start(first)).await?;
    let body = Body::from_stream(ReaderStream::with_capacity(file.take(length), 256 << 10));
    let mut response = body.into_response();
    describe(&mut response, &etag, length);
    if let Some(range) = range {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let text = format!("bytes {}-{}/{total}", range.start(), range.end());
        insert(&mut response, header::CONTENT_RANGE, &text);
    }
    Ok(response)
}

/// Whether a blob is here, and its length.
#[utoipa::path(
    head, path = "/v1/blobs/{sha256}", security(("session" = [])),
    params(("sha256" = String, Path, description = "64 hexadecimal digits")),
    responses((status = 200, description = "Here."), (status = 404, description = "Not here.")),
)]
pub async fn head_blob(
    State(app): State<Arc<App>>,
    Named(name): Named,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (blob, total) = find(&app, &name, &headers).await?;
    let mut response = StatusCode::OK.into_response();
    describe(&mut response, &etag(blob), total);
    Ok(response)
}

async fn find(app: &Arc<App>, name: &str, headers: &HeaderMap) -> Result<(BlobHash, u64), Failure> {
    let (name, headers) = (name.to_owned(), headers.clone());
    blocking(app, move |app| {
        app.store
            .read(|tx| access::caller(tx, &headers, App::now()))?;
        let not_here = || Failure::not_found("the central has no such blob");
        let blob: BlobHash = name.parse().map_err(|_| not_here())?;
        let total = app.blobs.length(blob)?.ok_or_else(not_here)?;
        Ok((blob, total))
    })
    .await
}

fn etag(blob: BlobHash) -> String {
    format!("\"{blob}\"")
}

fn describe(response: &mut Response, etag: &str, length: u64) {
    insert(response, header::CONTENT_TYPE, "application/octet-stream");
    insert(response, header::ACCEPT_RANGES, "bytes");
    insert(
        response,
        header::CACHE_CONTROL,
        "private, immutable, max-age=31536000",
    );
    insert(response, header::ETAG, etag);
    insert(response, header::CONTENT_LENGTH, &length.to_string());
}

fn insert(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn outside(total: u64) -> Response {
    let detail = format!("the blob has {total} bytes");
    let mut response =
        Failure::refused(StatusCode::RANGE_NOT_SATISFIABLE, "range", detail).into_response();
    insert(
        &mut response,
        header::CONTENT_RANGE,
        &format!("bytes */{total}"),
    );
    response
}

/// A `Range` header as read.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// First and last byte.
    Satisfiable(RangeInclusive<u64>),
    /// No byte of it exists: 416.
    Outside,
    /// Not bytes, more than one range, or malformed: the whole is sent, as RFC 9110 allows.
    Ignored,
}

fn range(text: &str, total: u64) -> Asked {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|r| r.split_once('-')) else {
        return Asked::Ignored;
    };
    let end = total.saturating_sub(1);
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (first.trim(), last.trim()) {
        ("", suffix) => match number(suffix) {
            Some(0) => Asked::Outside,
            Some(_) if total == 0 => Asked::Outside,
            Some(count) => Asked::Satisfiable(total.saturating_sub(count)..=end),
            None => Asked::Ignored,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), _) if first >= total && (last.is_empty() || number(last).is_some()) => {
                Asked::Outside
            }
            (Some(first), None) if last.is_empty() => Asked::Satisfiable(first..=end),
            (Some(first), Some(last)) if first <= last => Asked::Satisfiable(first..=last.min(end)),
            _ => Asked::Ignored,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_asks() {
        for (text, expected) in [
            ("bytes=0-9", Asked::Satisfiable(0..=9)),
            ("bytes=90-", Asked::Satisfiable(90..=99)),
            ("bytes=90-1000", Asked::Satisfiable(90..=99)),
            ("bytes=-10", Asked::Satisfiable(90..=99)),
            ("bytes=-1000", Asked::Satisfiable(0..=99)),
            ("bytes=100-", Asked::Outside),
            ("bytes=-0", Asked::Outside),
            ("bytes=9-3", Asked::Ignored),
            ("bytes=0-1,5-6", Asked::Ignored),
            ("lines=0-9", Asked::Ignored),
            ("bytes=x-", Asked::Ignored),
        ] {
            assert_eq!(range(text, 100), expected, "{text}");
        }
        assert_eq!(range("bytes=0-", 0), Asked::Outside);
    }
}
