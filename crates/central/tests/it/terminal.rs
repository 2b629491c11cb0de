//! A terminal's endpoint for notices: answers as it is told to, and keeps what it was sent.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use standardwebhooks::Webhook;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// How long a test waits for what must come.
const SOON: Duration = Duration::from_mins(1);

/// How the next request is answered.
#[derive(Debug, Clone)]
pub enum Reply {
    /// With these bytes, then the connection is closed.
    Raw(String),
    /// Not at all.
    Hang,
}

impl Reply {
    pub fn status(line: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n\r\n"))
    }
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Call {
    pub id: String,
    pub headers: HeaderMap,
    pub text: String,
    pub at: Instant,
}

impl Call {
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn kind(&self) -> String {
        self.body()["type"].as_str().unwrap().to_owned()
    }
}

#[derive(Default)]
struct Inner {
    calls: Vec<Call>,
    script: VecDeque<Reply>,
}

/// The endpoint; it answers 204 where nothing else was said.
pub struct Terminal {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
    served: JoinHandle<()>,
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl Terminal {
    pub async fn open() -> Self {
        Self::at("127.0.0.1:0").await
    }

    pub async fn at(address: &str) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let url = format!("http://{}/notices", listener.local_addr().unwrap());
        let inner = Arc::<Mutex<Inner>>::default();
        let shared = Arc::clone(&inner);
        let served = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(answer(stream, Arc::clone(&shared)));
            }
        });
        Self { url, inner, served }
    }

    /// Says how the next requests are answered.
    pub fn will(&self, replies: impl IntoIterator<Item = Reply>) {
        self.inner.lock().unwrap().script.extend(replies);
    }

    /// Writes its file into the folder of receivers.
    pub fn enlist(&self, folder: &Path, name: &str, topics: &[&str]) {
        let file = serde_json::json!({ "url": self.url, "secrets": [SECRET], "topics": topics });
        std::fs::write(folder.join(format!("{name}.json")), file.to_string()).unwrap();
    }

    /// Forgets how requests were to be answered.
    pub fn recovers(&self) {
        self.inner.lock().unwrap().script.clear();
    }

    pub fn calls(&self) -> Vec<Call> {
        self.inner.lock().unwrap().calls.clone()
    }

    pub fn kinds(&self) -> Vec<String> {
        self.calls().iter().map(Call::kind).collect()
    }

    /// Waits for a notice about this inspection and returns the last one.
    pub async fn last(&self, inspection: &str) -> Call {
        for seen in 1.. {
            let calls = self.called(seen).await;
            let about = |call: &Call| call.body()["data"]["inspection"] == inspection;
            if let Some(call) = calls.into_iter().rev().find(about) {
                return call;
            }
        }
        unreachable!("the wait has a deadline")
    }

    /// Waits until that many requests have come; each must be signed as Standard Webhooks says.
    pub async fn called(&self, times: usize) -> Vec<Call> {
        let deadline = Instant::now() + SOON;
        loop {
            let calls = self.calls();
            if calls.len() >= times {
                for call in &calls {
                    signed(call);
                }
                return calls;
            }
            assert!(
                Instant::now() < deadline,
                "{times} requests wanted, {:?} came",
                self.kinds()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

fn signed(call: &Call) {
    let webhook = Webhook::new(SECRET).unwrap();
    webhook.verify(call.text.as_bytes(), &call.headers).unwrap();
    assert!(webhook.verify(b"{}", &call.headers).is_err());
}

async fn answer(mut stream: TcpStream, inner: Arc<Mutex<Inner>>) {
    let mut bytes = Vec::new();
    let call = loop {
        let mut part = [0; 4096];
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
        }
        if let Some(call) = read(&bytes) {
            break call;
        }
    };
    let reply = {
        let mut inner = inner.lock().unwrap();
        inner.calls.push(call);
        inner.script.pop_front()
    };
    match reply.unwrap_or_else(|| Reply::status("204 No Content")) {
        // A client that is gone is no fault of the terminal.
        Reply::Raw(text) => drop(stream.write_all(text.as_bytes()).await),
        Reply::Hang => std::future::pending().await,
    }
}

/// The request, once all of it is there.
fn read(bytes: &[u8]) -> Option<Call> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    lines.next()?;
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        let name: HeaderName = name.parse().unwrap();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    let length: usize = headers["content-length"].to_str().unwrap().parse().unwrap();
    (body.len() >= length).then(|| Call {
        id: headers["webhook-id"].to_str().unwrap().to_owned(),
        headers,
        text: body.to_owned(),
        at: Instant::now(),
    })
}
