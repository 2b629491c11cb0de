//! A line between a desk and a central that goes wrong when a test says so.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use tokio::runtime::Runtime;

/// What the line does to a request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// A status with a problem of the central's own form.
    Status(u16),
    /// A status that asks to come back after these seconds.
    Later(u16, u32),
    /// A captive portal: 200, and a page.
    Portal,
    /// The central has done it; its answer does not come.
    LoseAnswer,
    /// The request arrives twice; the second answer comes.
    Twice,
    /// Half the answer, as if it were the whole.
    Half,
    /// Half the answer, then the connection breaks.
    Break,
    /// An answer of the right length with other bytes.
    Garble,
    /// A request over so many bytes is refused with 413.
    AtMost(usize),
}

#[derive(Debug)]
struct Rule {
    method: Option<Method>,
    path: &'static str,
    fault: Fault,
    times: usize,
}

#[derive(Debug, Default)]
struct Plan {
    rules: Vec<Rule>,
    seen: Vec<(Method, String)>,
}

#[derive(Clone)]
struct Shared {
    central: String,
    plan: Arc<Mutex<Plan>>,
    client: reqwest::Client,
}

/// A proxy on a free port.
pub struct Proxy {
    pub url: String,
    plan: Arc<Mutex<Plan>>,
    _runtime: Runtime,
}

impl Proxy {
    pub fn start(central: &str) -> Self {
        let runtime = Runtime::new().unwrap();
        let plan: Arc<Mutex<Plan>> = Arc::default();
        let shared = Shared {
            central: central.to_owned(),
            plan: plan.clone(),
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
        };
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(pass).with_state(shared);
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            url,
            plan,
            _runtime: runtime,
        }
    }

    /// The next `times` requests of this kind go wrong.
    pub fn breaks(&self, method: Method, path: &'static str, fault: Fault, times: usize) {
        self.plan.lock().unwrap().rules.push(Rule {
            method: Some(method),
            path,
            fault,
            times,
        });
    }

    /// Every request goes wrong until [`Proxy::heal`].
    pub fn breaks_all(&self, path: &'static str, fault: Fault) {
        self.plan.lock().unwrap().rules.push(Rule {
            method: None,
            path,
            fault,
            times: usize::MAX,
        });
    }

    pub fn heal(&self) {
        self.plan.lock().unwrap().rules.clear();
    }

    /// Requests of this kind that came so far.
    pub fn seen(&self, method: &Method, path: &str) -> usize {
        let plan = self.plan.lock().unwrap();
        let fits = |(m, p): &&(Method, String)| m == method && p.starts_with(path);
        plan.seen.iter().filter(fits).count()
    }

    /// Whether every planned fault has struck.
    pub fn struck(&self) -> bool {
        self.plan.lock().unwrap().rules.is_empty()
    }
}

impl Plan {
    fn meets(&mut self, method: &Method, path: &str) -> Option<Fault> {
        self.seen.push((method.clone(), path.to_owned()));
        let fits =
            |r: &Rule| r.method.as_ref().is_none_or(|m| m == method) && path.starts_with(r.path);
        let at = self.rules.iter().position(fits)?;
        let rule = &mut self.rules[at];
        let fault = rule.fault.clone();
        rule.times -= 1;
        if rule.times == 0 {
            self.rules.remove(at);
        }
        Some(fault)
    }
}

async fn pass(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let path = parts.uri.path().to_owned();
    let fault = shared.plan.lock().unwrap().meets(&parts.method, &path);
    let asked = || {
        let url = format!("{}{}", shared.central, parts.uri);
        let mut headers = parts.headers.clone();
        headers.remove(header::HOST);
        headers.remove(header::ACCEPT_ENCODING);
        let asked = shared.client.request(parts.method.clone(), url);
        asked.headers(headers).body(body.clone()).send()
    };
    match fault {
        None => match asked().await {
            Ok(answer) => stream(answer),
            Err(_) => lost(),
        },
        Some(Fault::Status(status)) => problem(status, None),
        Some(Fault::Later(status, seconds)) => problem(status, Some(seconds)),
        Some(Fault::Portal) => portal(),
        Some(Fault::LoseAnswer) => {
            let done = asked().await.unwrap();
            assert!(done.status().is_success(), "{}", done.status());
            lost()
        }
        Some(Fault::Twice) => {
            asked().await.unwrap();
            stream(asked().await.unwrap())
        }
        Some(Fault::AtMost(limit)) if body.len() > limit => problem(413, None),
        Some(Fault::AtMost(_)) => stream(asked().await.unwrap()),
        Some(fault) => spoil(asked().await.unwrap(), &fault).await,
    }
}

fn headers_of(answer: &reqwest::Response) -> HeaderMap {
    let mut headers = answer.headers().clone();
    headers.remove(header::TRANSFER_ENCODING);
    headers
}

fn stream(answer: reqwest::Response) -> Response {
    let (status, headers) = (answer.status(), headers_of(&answer));
    let mut response = Response::new(Body::from_stream(answer.bytes_stream()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

async fn spoil(answer: reqwest::Response, fault: &Fault) -> Response {
    let (status, mut headers) = (answer.status(), headers_of(&answer));
    let whole = answer.bytes().await.unwrap();
    let half = whole.slice(..whole.len() / 2);
    let body = match fault {
        Fault::Garble => Body::from(whole.iter().map(|b| b ^ 0x55).collect::<Vec<u8>>()),
        Fault::Half => {
            headers.remove(header::CONTENT_LENGTH);
            Body::from(half)
        }
        _ => {
            headers.remove(header::CONTENT_LENGTH);
            broken(half)
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn broken(first: Bytes) -> Body {
    let end = std::io::Error::other("the line broke");
    Body::from_stream(futures_util::stream::iter([Ok(first), Err(end)]))
}

/// An answer that never comes: the connection breaks after the head.
fn lost() -> Response {
    let mut response = Response::new(broken(Bytes::new()));
    let kind = HeaderValue::from_static(outpost_api::MEDIA_TYPE);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn portal() -> Response {
    let mut response = Response::new(Body::from("<html>Please accept our terms</html>"));
    let html = HeaderValue::from_static("text/html");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}

fn problem(status: u16, after: Option<u32>) -> Response {
    let text = serde_json::json!({"type": "urn:outpost:problem:test", "title": "Ama Mensah planned this", "status": status});
    let mut response = Response::new(Body::from(text.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    let kind = HeaderValue::from_static(outpost_api::PROBLEM_TYPE);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    if let Some(after) = after {
        let seconds = HeaderValue::from(after);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}
