//! The HTTP client of the central API: one method per endpoint, every answer checked before it is believed.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use outpost_api::{
    ChangesPage, DEVICE_HEADER, MAX_PAGE, MEDIA_TYPE, PROBLEM_TYPE, PostInfo, PushRequest,
    PushResponse, Session, SessionRequest, paths,
};
use outpost_domain::{BlobHash, DeviceId, SignedEntry};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, RANGE, RETRY_AFTER};
use reqwest::{Certificate, Identity, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Fault;

/// How to reach the central.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Its base URL, without a slash at the end; empty when no central was named yet.
    pub url: String,
    /// A certificate authority of its own.
    pub ca: Option<Pem>,
    /// A client certificate and its key (PKCS#8).
    pub identity: Option<Pem>,
}

/// A certificate in PEM form.
#[derive(Clone, PartialEq, Eq)]
pub enum Pem {
    /// In this file, which is read each time.
    File(PathBuf),
    /// The text itself.
    Text(String),
}

/// Never the text: it may hold a private key.
impl fmt::Debug for Pem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "Pem({})", path.display()),
            Self::Text(_) => f.write_str("Pem(…)"),
        }
    }
}

impl Pem {
    fn read(&self) -> Result<Vec<u8>, Fault> {
        match self {
            Self::File(path) => {
                std::fs::read(path).map_err(|e| Fault::Tls(format!("{}: {e}", path.display())))
            }
            Self::Text(text) => Ok(text.clone().into_bytes()),
        }
    }
}

/// What is wrong with the address of a central.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is no address of a server.
    #[error("an address such as https://central.example is wanted")]
    NoAddress,
    /// What is sent there could be read on the way, PINs among it.
    #[error("an address of another machine has to begin with https://")]
    NotSecure,
}

impl Address {
    /// A base URL as people type it, in the form in which it is kept.
    ///
    /// # Errors
    /// When it names no server, or would be spoken to in the open.
    pub fn base(typed: &str) -> Result<String, Unfit> {
        let url = reqwest::Url::parse(typed.trim()).map_err(|_| Unfit::NoAddress)?;
        let plain = url.username().is_empty() && url.password().is_none();
        let bare = url.query().is_none() && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() || !plain || !bare {
            return Err(Unfit::NoAddress);
        }
        if url.scheme() == "http" && !is_loopback(url.as_str()) {
            return Err(Unfit::NotSecure);
        }
        Ok(url.as_str().trim_end_matches('/').to_owned())
    }
}

/// The client; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    device: DeviceId,
}

/// The longest answer without a byte before the line counts as down.
const READ_TIMEOUT: Duration = Duration::from_secs(20);

/// The longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The longest whole exchange of a JSON request.
const JSON_TIMEOUT: Duration = Duration::from_mins(1);

/// The largest part of a blob that is sent or fetched in one request, bytes.
pub const CHUNK: u64 = 1024 * 1024;

/// Where an upload begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// The central has the content already.
    Present,
    /// A new upload at this path.
    Created(String),
}

impl Client {
    /// Builds a client for `device`.
    pub fn new(address: &Address, device: DeviceId) -> Result<Self, Fault> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("outpost/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none());
        if is_loopback(&address.url) {
            builder = builder.no_proxy();
        }
        if let Some(ca) = &address.ca {
            let certificate = Certificate::from_pem(&ca.read()?)?;
            builder = builder.add_root_certificate(certificate);
        }
        if let Some(identity) = &address.identity {
            let pem = identity.read()?;
            builder = builder.identity(Identity::from_pkcs8_pem(&pem, &pem)?);
        }
        Ok(Self {
            http: builder.build()?,
            base: address.url.trim_end_matches('/').to_owned(),
            device,
        })
    }

    /// What the post is, and who works there; needs no session.
    pub async fn post(&self) -> Result<PostInfo, Fault> {
        self.json(self.http.get(self.at(paths::POST))).await
    }

    /// Signs an officer in and binds the key.
    pub async fn sign_in(&self, request: &SessionRequest) -> Result<Session, Fault> {
        let asked = self.http.post(self.at(paths::SESSION)).json(request);
        match self.json(asked).await {
            Err(Fault::SessionExpired) => Err(Fault::WrongPin),
            other => other,
        }
    }

    /// A page of changes after `cursor`, each change still unread.
    pub async fn changes(
        &self,
        token: &str,
        cursor: Option<&str>,
    ) -> Result<ChangesPage<Box<RawValue>>, Fault> {
        let mut query = vec![("limit", MAX_PAGE.to_string())];
        if let Some(cursor) = cursor {
            query.push(("since", cursor.to_owned()));
        }
        let url = reqwest::Url::parse_with_params(&self.at(paths::CHANGES), &query)
            .map_err(|e| Fault::Unreachable(e.to_string()))?;
        self.json(self.http.get(url).bearer_auth(token)).await
    }

    /// Sends entries; the answer has one outcome per entry.
    pub async fn push(
        &self,
        token: &str,
        entries: Vec<SignedEntry>,
    ) -> Result<PushResponse, Fault> {
        let count = entries.len();
        let asked = self
            .http
            .post(self.at(paths::ENTRIES))
            .bearer_auth(token)
            .json(&PushRequest { entries });
        let answer: PushResponse = self.json(asked).await?;
        if answer.outcomes.len() == count {
            Ok(answer)
        } else {
            Err(Fault::Unreadable(format!(
                "{} outcomes for {count} entries",
                answer.outcomes.len()
            )))
        }
    }

    /// A part of a blob, at most [`CHUNK`] bytes from `offset`, and the size of the whole.
    pub async fn blob(
        &self,
        token: &str,
        blob: BlobHash,
        offset: u64,
    ) -> Result<(Bytes, u64), Fault> {
        let last = offset + CHUNK - 1;
        let asked = self
            .http
            .get(format!("{}/{blob}", self.at(paths::BLOBS)))
            .bearer_auth(token)
            .header(RANGE, format!("bytes={offset}-{last}"));
        let response = self.send(asked).await?;
        let total = match response.status() {
            StatusCode::PARTIAL_CONTENT => range_total(response.headers(), offset)?,
            StatusCode::OK if offset == 0 => response
                .content_length()
                .ok_or_else(|| Fault::Unreadable("a blob without its length".to_owned()))?,
            status => {
                return Err(Fault::NotTheCentral {
                    status: status.as_u16(),
                    media_type: media_type(response.headers()),
                });
            }
        };
        Ok((response.bytes().await?, total))
    }

    /// Begins an upload (tus 1.0, creation).
    pub async fn create_upload(
        &self,
        token: &str,
        blob: BlobHash,
        size: u64,
    ) -> Result<Upload, Fault> {
        use base64::Engine as _;
        let name = base64::engine::general_purpose::STANDARD.encode(blob.to_string());
        let asked = self
            .http
            .post(self.at(paths::UPLOADS))
            .bearer_auth(token)
            .header("tus-resumable", "1.0.0")
            .header("upload-length", size)
            .header("upload-metadata", format!("sha256 {name}"));
        let response = self.send(asked).await?;
        if response.headers().contains_key("outpost-blob") {
            return Ok(Upload::Present);
        }
        let location = header(response.headers(), "location")
            .ok_or_else(|| Fault::Unreadable("an upload without its place".to_owned()))?;
        // Only the path is taken: the address is the one that this laptop was told.
        let path = match reqwest::Url::parse(&location) {
            Ok(url) => url.path().to_owned(),
            Err(_) => location,
        };
        Ok(Upload::Created(path))
    }

    /// Where an upload stands (tus 1.0, `HEAD`), bytes.
    pub async fn upload_offset(&self, token: &str, path: &str) -> Result<u64, Fault> {
        let asked = self
            .http
            .head(self.at(path))
            .bearer_auth(token)
            .header("tus-resumable", "1.0.0");
        upload_offset(&self.send(asked).await?)
    }

    /// Sends a part of an upload (tus 1.0, `PATCH`) and returns where it then stands.
    pub async fn upload_part(
        &self,
        token: &str,
        path: &str,
        offset: u64,
        part: Vec<u8>,
    ) -> Result<u64, Fault> {
        let asked = self
            .http
            .patch(self.at(path))
            .bearer_auth(token)
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", offset)
            .header(CONTENT_TYPE, "application/offset+octet-stream")
            .body(part);
        upload_offset(&self.send(asked).await?)
    }

    /// Opens the stream of nudges.
    pub async fn events(&self, token: &str) -> Result<Response, Fault> {
        let asked = self
            .http
            .get(self.at(paths::EVENTS))
            .bearer_auth(token)
            .header(ACCEPT, "text/event-stream");
        let response = self.send(asked).await?;
        if media_type(response.headers()).starts_with("text/event-stream") {
            Ok(response)
        } else {
            Err(not_the_central(&response))
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    async fn json<T: DeserializeOwned>(&self, asked: RequestBuilder) -> Result<T, Fault> {
        let response = self.send(asked.timeout(JSON_TIMEOUT)).await?;
        if !media_type(response.headers()).starts_with(MEDIA_TYPE) {
            return Err(not_the_central(&response));
        }
        let body = response.bytes().await?;
        serde_json::from_slice(&body).map_err(|e| Fault::Unreadable(e.to_string()))
    }

    /// Sends and turns every status that is no success into its fault.
    async fn send(&self, asked: RequestBuilder) -> Result<Response, Fault> {
        if self.base.is_empty() {
            return Err(Fault::NoCentral);
        }
        let response = asked
            .header(DEVICE_HEADER, self.device.to_string())
            .send()
            .await?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let from_central = media_type(response.headers()).starts_with(PROBLEM_TYPE);
        let after = retry_after(response.headers());
        let fallback = not_the_central(&response);
        let path = response.url().path().to_owned();
        let detail = problem_detail(response).await;
        Err(match status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                Fault::Busy { after }
            }
            // A HEAD has no body by which its sender could be told.
            StatusCode::NOT_FOUND | StatusCode::GONE => Fault::NotFound(path),
            StatusCode::CONFLICT | StatusCode::LOCKED => Fault::UploadMoved,
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge(path),
            s if s.is_server_error() => Fault::ServerError {
                status: s.as_u16(),
                detail,
            },
            _ if !from_central => fallback,
            StatusCode::UNAUTHORIZED => Fault::SessionExpired,
            StatusCode::FORBIDDEN => Fault::Forbidden(detail),
            s => Fault::ServerError {
                status: s.as_u16(),
                detail,
            },
        })
    }
}

fn is_loopback(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|u| {
        matches!(u.host_str(), Some("localhost" | "[::1]"))
            || u.host_str().is_some_and(|h| h.starts_with("127."))
    })
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn media_type(headers: &HeaderMap) -> String {
    header(headers, "content-type").unwrap_or_default()
}

fn not_the_central(response: &Response) -> Fault {
    Fault::NotTheCentral {
        status: response.status().as_u16(),
        media_type: media_type(response.headers()),
    }
}

async fn problem_detail(response: Response) -> String {
    let Ok(body) = response.bytes().await else {
        return String::new();
    };
    serde_json::from_slice::<outpost_api::Problem>(&body)
        .map(|p| p.detail.unwrap_or(p.title))
        .unwrap_or_default()
}

/// `Retry-After` in either of its forms (RFC 9110 §10.2.3), between one second and ten minutes.
fn retry_after(headers: &HeaderMap) -> Duration {
    let asked = header(headers, RETRY_AFTER.as_str()).and_then(|text| {
        text.trim()
            .parse()
            .map(Duration::from_secs)
            .ok()
            .or_else(|| {
                let date = httpdate::parse_http_date(&text).ok()?;
                date.duration_since(SystemTime::now()).ok()
            })
    });
    asked
        .unwrap_or(Duration::from_secs(5))
        .clamp(Duration::from_secs(1), Duration::from_mins(10))
}

/// The whole size out of `Content-Range: bytes a-b/total`, whose begin must be the one asked for.
fn range_total(headers: &HeaderMap, offset: u64) -> Result<u64, Fault> {
    let unreadable = || Fault::Unreadable("a part of a blob without its place".to_owned());
    let range = header(headers, "content-range").ok_or_else(unreadable)?;
    let (place, total) = range
        .strip_prefix("bytes ")
        .and_then(|r| r.split_once('/'))
        .ok_or_else(unreadable)?;
    let begin: u64 = place
        .split_once('-')
        .and_then(|(begin, _)| begin.parse().ok())
        .ok_or_else(unreadable)?;
    if begin != offset {
        return Err(unreadable());
    }
    total.parse().map_err(|_| unreadable())
}

fn upload_offset(response: &Response) -> Result<u64, Fault> {
    header(response.headers(), "upload-offset")
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| not_the_central(response))
}
