//! What goes wrong, and how it is told: problems after RFC 9457. What is the server's own affair is logged, not told.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use outpost_api::{PROBLEM_TYPE, Problem};

/// Why a request was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The request's own fault, or its sender's; told in full.
    #[error("{code}: {detail}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The problem's code.
        code: &'static str,
        /// What happened this time.
        detail: String,
        /// Seconds after which it may be tried again.
        retry_after: Option<u64>,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The database server failed.
    #[error("database: {}", words_of(.0))]
    Server(#[from] postgres::Error),
    /// The database server cannot be reached, or has more to do than it can.
    #[error("the database is not to be had: {0}")]
    Unavailable(String),
    /// A file failed.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// What the database holds cannot be read.
    #[error("stored JSON: {0}")]
    Stored(#[from] serde_json::Error),
    /// The system gave no randomness.
    #[error("randomness: {0}")]
    Random(#[from] getrandom::Error),
    /// The data folder cannot be used.
    #[error("{0}")]
    Data(String),
}

impl Failure {
    /// A refusal with its status, code and sentence.
    pub fn refused(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Refused {
            status,
            code,
            detail: detail.into(),
            retry_after: None,
        }
    }

    /// 400 with a code and a sentence.
    pub fn bad(code: &'static str, detail: impl Into<String>) -> Self {
        Self::refused(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 404 with a sentence.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::refused(StatusCode::NOT_FOUND, "not-found", detail)
    }

    fn is_full_disk(&self) -> bool {
        match self {
            Self::Database(rusqlite::Error::SqliteFailure(e, _)) => {
                e.code == rusqlite::ErrorCode::DiskFull
            }
            Self::Server(e) => e.code() == Some(&postgres::error::SqlState::DISK_FULL),
            Self::File(e) => e.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether the database server is away, or ended this connection: another try may find it.
    fn is_away(&self) -> bool {
        match self {
            Self::Unavailable(_) => true,
            Self::Server(e) => e.as_db_error().is_none_or(|e| is_passing(e.code())),
            _ => false,
        }
    }
}

/// Codes with which PostgreSQL asks to try again: shutting down or starting, too many connections, a deadlock.
fn is_passing(code: &postgres::error::SqlState) -> bool {
    let code = code.code();
    code.starts_with("57P")
        || code.starts_with("53")
        || code.starts_with("40")
        || code.starts_with("08")
}

/// The error and its causes in one line: the client's own words say only where it happened.
fn words_of(error: &postgres::Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (full, away) = (self.is_full_disk(), self.is_away());
        let (status, code, detail, retry_after) = match self {
            Self::Refused {
                status,
                code,
                detail,
                retry_after,
            } => (status, code, Some(detail), retry_after),
            own => {
                tracing::error!(error = %own, "a request failed");
                if full {
                    (
                        StatusCode::INSUFFICIENT_STORAGE,
                        "storage-full",
                        None,
                        Some(60),
                    )
                } else if away {
                    (
                        StatusCode::SERVICE_UNAVAILABLE,
                        "unavailable",
                        None,
                        Some(2),
                    )
                } else {
                    (StatusCode::INTERNAL_SERVER_ERROR, "internal", None, None)
                }
            }
        };
        let problem = Problem {
            kind: format!("urn:outpost:problem:{code}"),
            title: title(code).to_owned(),
            status: status.as_u16(),
            detail,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The short sentence of a code.
fn title(code: &str) -> &'static str {
    match code {
        "bad-json" => "The request is not the JSON that is expected",
        "bad-cursor" => "The cursor is not one of this server's",
        "bad-request" => "The request cannot be understood",
        "no-session" => "Sign in first",
        "session-expired" => "The session has ended",
        "wrong-pin" => "Officer or PIN is wrong",
        "too-many-tries" => "Too many wrong PINs",
        "too-many-requests" => "More was asked than one sender may",
        "other-post" => "This workstation belongs to another post",
        "other-device" => "The session belongs to another workstation",
        "not-found" => "There is no such thing here",
        "method-not-allowed" => "This cannot be done here",
        "too-large" => "The request is too large",
        "media-type" => "The media type is not the one expected",
        "range" => "The range lies outside the content",
        "tus-version" => "Another version of the upload protocol is asked for",
        "offset" => "The upload continues elsewhere",
        "upload-busy" => "Another request is writing to this upload",
        "upload-gone" => "The upload has been dropped",
        "checksum" => "The content does not have the hash that was announced",
        "unavailable" => "The server is busy",
        "storage-full" => "The server's storage is full",
        _ => "The server failed",
    }
}
