//! A line between one laptop and the central that goes wrong by a plan: bytes over TCP, one request per connection.
//!
//! Which fault meets the n-th request of a laptop is drawn from the run's seed, the laptop and n alone.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::watch;

/// What the line does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Nobody listens for a while.
    Refused,
    /// Reset before a byte is read.
    ResetAtOnce,
    /// Half the request arrives; then both ends break.
    ResetMidRequest,
    /// Half the answer arrives; then a reset.
    ResetMidResponse,
    /// The central has done it; its answer never comes.
    LoseAnswer,
    /// The request arrives twice; the second answer comes.
    Twice,
    /// The request arrives, and once more a while later.
    Late,
    /// The answer comes a few bytes at a time until the line heals.
    Loris,
    /// The request waits before it is handed on.
    Delay,
    /// The answer ends early, the connection in good order.
    Truncated,
    /// Half the answer, announced as the whole.
    Shortened,
    /// A captive portal: 200, and a page.
    Portal,
    /// 200 with the right media type and other JSON.
    OtherJson,
    /// 500 without a word.
    Failing,
    /// 503 with `Retry-After: 1`.
    Busy,
    /// 429 with `Retry-After: 1`.
    TooMany,
    /// 401 as the central says it.
    Unauthorized,
    /// The central's clock and the `Date` header are a hundred years back.
    WrongClock,
    /// The request vanishes; the connection stays open until the line heals, and is then reset.
    HalfOpen,
    /// The same, after the central has done it.
    HalfOpenAfter,
}

impl Fault {
    pub const ALL: [Self; 20] = [
        Self::Refused,
        Self::ResetAtOnce,
        Self::ResetMidRequest,
        Self::ResetMidResponse,
        Self::LoseAnswer,
        Self::Twice,
        Self::Late,
        Self::Loris,
        Self::Delay,
        Self::Truncated,
        Self::Shortened,
        Self::Portal,
        Self::OtherJson,
        Self::Failing,
        Self::Busy,
        Self::TooMany,
        Self::Unauthorized,
        Self::WrongClock,
        Self::HalfOpen,
        Self::HalfOpenAfter,
    ];
}

/// What goes wrong, and how often.
#[derive(Debug, Clone)]
pub struct Plan {
    pub seed: u64,
    pub laptop: u64,
    pub faults: Vec<Fault>,
    /// Of a hundred requests.
    pub percent: u32,
}

struct Shared {
    plan: Plan,
    upstream: Mutex<SocketAddr>,
    bad: watch::Receiver<bool>,
    met: Mutex<u64>,
    struck: Mutex<BTreeMap<Fault, u64>>,
}

/// A proxy on a free port; it ends with its runtime.
pub struct Proxy {
    pub url: String,
    shared: Arc<Shared>,
    bad: watch::Sender<bool>,
}

impl Proxy {
    /// Stands before `upstream`, sound until [`Proxy::spoil`].
    pub fn start(runtime: &Handle, upstream: SocketAddr, plan: Plan) -> Self {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (bad, is_bad) = watch::channel(false);
        let shared = Arc::new(Shared {
            plan,
            upstream: Mutex::new(upstream),
            bad: is_bad,
            met: Mutex::default(),
            struck: Mutex::default(),
        });
        runtime.spawn(listen(listener, address, shared.clone()));
        Self {
            url: format!("http://{address}"),
            shared,
            bad,
        }
    }

    pub fn spoil(&self) {
        self.bad.send(true).unwrap();
    }

    pub fn heal(&self) {
        self.bad.send(false).unwrap();
    }

    /// The central is somewhere else now.
    pub fn lead_to(&self, upstream: SocketAddr) {
        *self.shared.upstream.lock().unwrap() = upstream;
    }

    /// How often each fault struck.
    pub fn struck(&self) -> BTreeMap<Fault, u64> {
        self.shared.struck.lock().unwrap().clone()
    }
}

impl Shared {
    fn draw(&self) -> Option<Fault> {
        if !*self.bad.borrow() || self.plan.faults.is_empty() {
            return None;
        }
        let met = {
            let mut met = self.met.lock().unwrap();
            *met += 1;
            *met
        };
        let mut dice = ChaCha8Rng::seed_from_u64(self.plan.seed ^ (self.plan.laptop << 48));
        dice.set_stream(met);
        if dice.random_range(0..100) >= self.plan.percent {
            return None;
        }
        let fault = self.plan.faults[dice.random_range(0..self.plan.faults.len())];
        *self.struck.lock().unwrap().entry(fault).or_default() += 1;
        Some(fault)
    }

    async fn healed(&self) {
        // An error means that the run is over.
        let _ = self.bad.clone().wait_for(|bad| !*bad).await;
    }

    async fn connect(&self) -> std::io::Result<TcpStream> {
        let upstream = *self.upstream.lock().unwrap();
        TcpStream::connect(upstream).await
    }

    /// The whole answer to a request.
    async fn ask(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut central = self.connect().await?;
        central.write_all(request).await?;
        let mut answer = Vec::new();
        central.read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

async fn listen(mut listener: TcpListener, address: SocketAddr, shared: Arc<Shared>) {
    while let Ok((client, _)) = listener.accept().await {
        let fault = shared.draw();
        if fault == Some(Fault::Refused) {
            drop((client, listener));
            tokio::time::sleep(Duration::from_millis(200)).await;
            listener = TcpListener::bind(address).await.unwrap();
            continue;
        }
        let shared = shared.clone();
        tokio::spawn(async move {
            // A line that breaks is what is wanted here.
            let _ = carry(client, fault, &shared).await;
        });
    }
}

fn reset(client: TcpStream) {
    let _ = client.set_zero_linger();
}

async fn carry(
    mut client: TcpStream,
    fault: Option<Fault>,
    shared: &Arc<Shared>,
) -> std::io::Result<()> {
    if fault == Some(Fault::ResetAtOnce) {
        reset(client);
        return Ok(());
    }
    let request = read_request(&mut client).await?;
    let Some(fault) = fault else {
        return pass(client, &request, shared).await;
    };
    match fault {
        Fault::Refused | Fault::ResetAtOnce => {}
        Fault::ResetMidRequest => {
            let mut central = shared.connect().await?;
            central.write_all(&request[..request.len() / 2]).await?;
            reset(central);
            reset(client);
        }
        Fault::Delay => {
            tokio::time::sleep(Duration::from_millis(150)).await;
            pass(client, &request, shared).await?;
        }
        Fault::HalfOpen => {
            shared.healed().await;
            reset(client);
        }
        Fault::HalfOpenAfter => {
            effect(&request, shared).await?;
            shared.healed().await;
            reset(client);
        }
        Fault::LoseAnswer => {
            effect(&request, shared).await?;
            reset(client);
        }
        Fault::Twice => {
            effect(&request, shared).await?;
            pass(client, &request, shared).await?;
        }
        Fault::Late => {
            pass(client, &request, shared).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            effect(&request, shared).await?;
        }
        Fault::Portal => {
            say(
                client,
                200,
                "text/html",
                "",
                "<html>Accept our terms</html>",
            )
            .await?;
        }
        Fault::OtherJson => {
            say(client, 200, outpost_api::MEDIA_TYPE, "", "{\"post\":1}").await?;
        }
        Fault::Failing => say(client, 500, "text/plain", "", "").await?,
        Fault::Busy => problem(client, 503).await?,
        Fault::TooMany => problem(client, 429).await?,
        Fault::Unauthorized => problem(client, 401).await?,
        Fault::Loris
        | Fault::ResetMidResponse
        | Fault::Truncated
        | Fault::Shortened
        | Fault::WrongClock => {
            if is_stream(&request) {
                return pass(client, &request, shared).await;
            }
            let answer = shared.ask(&request).await?;
            spoil(client, answer, fault, shared).await?;
        }
    }
    Ok(())
}

/// Hands the request on and lets nobody hear the answer; a stream of nudges has no effect to wait for.
async fn effect(request: &[u8], shared: &Shared) -> std::io::Result<()> {
    if is_stream(request) {
        return Ok(());
    }
    shared.ask(request).await.map(drop)
}

async fn pass(mut client: TcpStream, request: &[u8], shared: &Shared) -> std::io::Result<()> {
    let mut central = match shared.connect().await {
        Ok(central) => central,
        Err(gone) => {
            reset(client);
            return Err(gone);
        }
    };
    central.write_all(request).await?;
    tokio::io::copy(&mut central, &mut client).await?;
    Ok(())
}

async fn spoil(
    mut client: TcpStream,
    answer: Vec<u8>,
    fault: Fault,
    shared: &Shared,
) -> std::io::Result<()> {
    let body = end_of_head(&answer).unwrap_or(answer.len());
    let half = body + (answer.len() - body) / 2;
    match fault {
        Fault::Loris => {
            let mut rest = &answer[..];
            while !rest.is_empty() {
                let healthy = !*shared.bad.borrow();
                let (now, then) = rest.split_at(if healthy {
                    rest.len()
                } else {
                    rest.len().min(7)
                });
                client.write_all(now).await?;
                rest = then;
                let _ = tokio::time::timeout(Duration::from_millis(30), shared.healed()).await;
            }
        }
        Fault::Truncated => client.write_all(&answer[..half]).await?,
        Fault::Shortened => {
            let head = String::from_utf8_lossy(&answer[..body]);
            let announced = format!("content-length: {}", half - body);
            let head: Vec<&str> = head
                .split("\r\n")
                .filter(|line| !line.to_ascii_lowercase().starts_with("transfer-encoding"))
                .map(|line| match line.to_ascii_lowercase() {
                    lower if lower.starts_with("content-length") => announced.as_str(),
                    _ => line,
                })
                .collect();
            client.write_all(head.join("\r\n").as_bytes()).await?;
            client.write_all(&answer[body..half]).await?;
        }
        Fault::WrongClock => {
            let mut answer = answer;
            for (from, to) in [
                ("\"server_time\":\"20", "\"server_time\":\"19"),
                (" 20", " 19"),
            ] {
                let end = if from.starts_with('"') {
                    answer.len()
                } else {
                    body
                };
                let at = answer[..end]
                    .windows(from.len())
                    .position(|w| w == from.as_bytes());
                if let Some(at) = at {
                    answer[at..at + to.len()].copy_from_slice(to.as_bytes());
                }
            }
            client.write_all(&answer).await?;
        }
        _ => {
            client.write_all(&answer[..half]).await?;
            client.flush().await?;
            reset(client);
        }
    }
    Ok(())
}

async fn problem(client: TcpStream, status: u16) -> std::io::Result<()> {
    let body = format!(
        "{{\"type\":\"urn:outpost:problem:planned\",\"title\":\"planned\",\"status\":{status}}}"
    );
    let more = if status == 401 {
        ""
    } else {
        "retry-after: 1\r\n"
    };
    say(client, status, outpost_api::PROBLEM_TYPE, more, &body).await
}

async fn say(
    mut client: TcpStream,
    status: u16,
    kind: &str,
    more: &str,
    body: &str,
) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 {status} Planned\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{more}connection: close\r\n\r\n{body}",
        body.len()
    );
    client.write_all(answer.as_bytes()).await?;
    client.shutdown().await
}

fn is_stream(request: &[u8]) -> bool {
    request.starts_with(format!("GET {}", outpost_api::paths::EVENTS).as_bytes())
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    Some(bytes.windows(4).position(|w| w == b"\r\n\r\n")? + 4)
}

/// Reads one request with its body, and asks in it for an answer that is plain and ends with its connection.
async fn read_request(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(head) = end_of_head(&bytes) {
            break head;
        }
        if client.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut length = 0;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim_end().split("\r\n") {
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if !lower.starts_with("accept-encoding:") && !lower.starts_with("connection:") {
            lines.push(line);
        }
    }
    while bytes.len() < head + length {
        if client.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    let mut request = lines.join("\r\n").into_bytes();
    request.extend_from_slice(b"\r\nconnection: close\r\n\r\n");
    request.extend_from_slice(&bytes[head..head + length]);
    Ok(request)
}
