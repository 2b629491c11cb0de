//! Loads a real `outpost-central` with simulated workstations that speak through this crate's client, and tells how long
//! pushes took, how many entries were taken in, and how the central's memory went. Release builds alone count:
//! `scripts/load --help`.
//!
//! Each workstation signs in, pulls what its post has, then records a finding from time to time, pushes it and pulls what is
//! new, as a laptop with a line does. The local store is left out: a thousand of them would measure this machine's disk.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use outpost_api::{Change, PostInfo, PushResult, SessionRequest};
use outpost_domain::{
    Agency, DeviceId, EntryBody, EntryHash, EntryId, EntryPayload, FindingCategory, Inspection,
    Officer, Role, Severity, SignedEntry, sign_entry,
};
use outpost_sync::{Address, Client, Fault};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Loads a central with simulated workstations.
#[derive(Debug, Clone, Parser)]
struct Order {
    /// How many workstations
    #[arg(long, default_value_t = 100)]
    workstations: u32,
    /// Workstations of one post
    #[arg(long, default_value_t = 10)]
    per_post: u32,
    /// Seconds between two pushes of a workstation, in the mean
    #[arg(long, default_value_t = 10.0)]
    every: f64,
    /// Seconds for which it is loaded
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Inspections of a post
    #[arg(long, default_value_t = 40)]
    inspections: u32,
    /// Seed of pauses and choices
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The central's program
    #[arg(long, default_value = "target/release/outpost-central")]
    central: PathBuf,
    /// PostgreSQL database; a new file in a temporary folder when absent
    #[arg(long)]
    database: Option<String>,
}

/// Seconds between two lines of figures.
const TELL_EVERY: Duration = Duration::from_secs(10);

/// How many sign in at once: a PIN's hash takes a processor.
const SIGNING_IN: usize = 8;

#[tokio::main]
async fn main() -> Result<()> {
    let order = Order::parse();
    let data = tempfile::tempdir()?;
    let central = Central::start(&order, data.path())?;
    println!(
        "{} workstations at {} posts, a push every {} s each, for {} s, seed {}",
        order.workstations,
        posts(&order),
        order.every,
        order.seconds,
        order.seed
    );
    let begun = Instant::now();
    let desks = sign_in(&order, &central.url).await?;
    let pulled: usize = desks.iter().map(|desk| desk.inspections.len()).sum();
    println!(
        "signed in and pulled {pulled} inspections in {:.1} s; the central has {} MB",
        begun.elapsed().as_secs_f64(),
        central.megabytes()?
    );
    let figures = Arc::<Mutex<Figures>>::default();
    let until = Instant::now() + Duration::from_secs(order.seconds);
    let mut working = tokio::task::JoinSet::new();
    for (n, desk) in (0..).zip(desks) {
        let figures = Arc::clone(&figures);
        let dice = ChaCha8Rng::seed_from_u64(order.seed ^ n);
        working.spawn(desk.work(order.every, until, dice, figures));
    }
    tell(&central, &figures, until).await?;
    while let Some(ended) = working.join_next().await {
        ended?;
    }
    let figures = figures.lock().unwrap_or_else(PoisonError::into_inner);
    println!("in all: {}", figures.line(order.seconds as f64));
    ensure!(
        figures.refused == 0,
        "{} entries were refused",
        figures.refused
    );
    Ok(())
}

fn posts(order: &Order) -> u32 {
    order.workstations.div_ceil(order.per_post.max(1))
}

/// The central under load, ended with this program.
struct Central {
    url: String,
    program: Child,
}

impl Central {
    fn start(order: &Order, data: &std::path::Path) -> Result<Self> {
        let mut command = Command::new(&order.central);
        command
            .args(["--listen", "127.0.0.1:0", "--demo", "--no-scans"])
            // All workstations have one address here, as they would behind a balancer that is not named.
            .args(["--address-rate", "0"])
            .args(["--copies", &posts(order).to_string()])
            .args(["--inspections", &order.inspections.to_string()])
            .arg("--data")
            .arg(data)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped());
        if let Some(database) = &order.database {
            command.args(["--database", database]);
        }
        let mut program = command
            .spawn()
            .with_context(|| format!("{} does not start", order.central.display()))?;
        let out = program.stdout.take().context("it has an output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let Some((_, address)) = line.split_once("http://") else {
            let _ = program.kill();
            bail!("the central did not say where it serves: {line:?}");
        };
        Ok(Self {
            url: format!("http://{}", address.trim()),
            program,
        })
    }

    /// What it holds in memory.
    fn megabytes(&self) -> Result<u64> {
        let path = format!("/proc/{}/status", self.program.id());
        let text = std::fs::read_to_string(&path).with_context(|| format!("{path} is Linux'"))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib: u64 = line
            .and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
            .context("the system tells no VmRSS")?;
        Ok(kib / 1024)
    }
}

impl Drop for Central {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// What was measured.
#[derive(Default)]
struct Figures {
    pushes: Vec<Duration>,
    pulls: Vec<Duration>,
    entries: usize,
    refused: usize,
    faults: usize,
}

impl Figures {
    fn line(&self, seconds: f64) -> String {
        format!(
            "{} entries, {:.0}/s; push p50 {} p99 {} max {}; pull p50 {} p99 {}; {} faults",
            self.entries,
            self.entries as f64 / seconds,
            at(&self.pushes, 0.5),
            at(&self.pushes, 0.99),
            at(&self.pushes, 1.0),
            at(&self.pulls, 0.5),
            at(&self.pulls, 0.99),
            self.faults
        )
    }
}

/// The time within which this share was done.
fn at(times: &[Duration], share: f64) -> String {
    let mut times = times.to_vec();
    times.sort();
    let place = (times.len() as f64 * share).ceil() as usize;
    times.get(place.saturating_sub(1)).map_or_else(
        || "-".to_owned(),
        |time| format!("{:.1} ms", time.as_secs_f64() * 1e3),
    )
}

async fn tell(central: &Central, figures: &Mutex<Figures>, until: Instant) -> Result<()> {
    let begun = Instant::now();
    let mut told = (0, 0);
    let mut last = begun;
    while Instant::now() < until {
        tokio::time::sleep_until((last + TELL_EVERY).min(until).into()).await;
        let seconds = last.elapsed().as_secs_f64();
        last = Instant::now();
        let figures = figures.lock().unwrap_or_else(PoisonError::into_inner);
        let part = Figures {
            pushes: figures.pushes[told.0..].to_vec(),
            pulls: figures.pulls[told.1..].to_vec(),
            entries: figures.pushes.len() - told.0,
            refused: 0,
            faults: figures.faults,
        };
        told = (figures.pushes.len(), figures.pulls.len());
        println!(
            "{:>5.0} s  {}; the central has {} MB",
            begun.elapsed().as_secs_f64(),
            part.line(seconds),
            central.megabytes()?
        );
    }
    Ok(())
}

/// A workstation.
struct Desk {
    client: Client,
    token: String,
    officer: Officer,
    device: DeviceId,
    key: SigningKey,
    head: (EntryHash, u64),
    cursor: String,
    inspections: Vec<Inspection>,
}

async fn sign_in(order: &Order, url: &str) -> Result<Vec<Desk>> {
    let turns = Arc::new(Semaphore::new(SIGNING_IN));
    let mut coming = tokio::task::JoinSet::new();
    for n in 0..order.workstations {
        let (url, turns) = (url.to_owned(), Arc::clone(&turns));
        let post = outpost_central::copied_post(n / order.per_post.max(1));
        let dice = ChaCha8Rng::seed_from_u64(order.seed.rotate_left(32) ^ u64::from(n));
        coming.spawn(async move {
            let _turn = turns.acquire().await?;
            Desk::open(&url, post.as_str(), dice).await
        });
    }
    let mut desks = Vec::new();
    while let Some(desk) = coming.join_next().await {
        desks.push(desk??);
    }
    Ok(desks)
}

impl Desk {
    async fn open(url: &str, post: &str, mut dice: ChaCha8Rng) -> Result<Self> {
        // Which officers a post has that this workstation does not belong to yet, the client does not ask.
        let plain = reqwest::Client::builder().no_proxy().build()?;
        let asked = plain.get(format!("{url}/v1/post?post={post}"));
        let info: PostInfo = asked.send().await?.error_for_status()?.json().await?;
        let fits = |o: &&Officer| o.agency == Agency::Customs && o.role == Role::Inspector;
        let officer = info.officers.iter().find(fits).context("no officer")?;
        let device = DeviceId(Uuid::now_v7());
        let key = SigningKey::from_bytes(&dice.random());
        let address = Address {
            url: url.to_owned(),
            ..Address::default()
        };
        let client = Client::new(&address, device)?;
        let session = client
            .sign_in(&SessionRequest {
                officer: officer.id,
                pin: info.demonstration.context("no demonstration")?.pin,
                device,
                key: hex::encode(key.verifying_key().to_bytes()),
            })
            .await?;
        let mut desk = Self {
            client,
            token: session.token,
            officer: session.officer,
            device,
            key,
            head: (EntryHash::GENESIS, 0),
            cursor: String::new(),
            inspections: Vec::new(),
        };
        desk.pull().await?;
        ensure!(!desk.inspections.is_empty(), "{post} has no inspections");
        Ok(desk)
    }

    async fn pull(&mut self) -> Result<(), Fault> {
        loop {
            let cursor = Some(self.cursor.as_str()).filter(|cursor| !cursor.is_empty());
            let page = self.client.changes(&self.token, cursor).await?;
            self.cursor = page.cursor;
            for change in page.changes {
                if let Ok(Change::Inspection { inspection }) = serde_json::from_str(change.get()) {
                    self.inspections.push(*inspection);
                }
            }
            if !page.more {
                return Ok(());
            }
        }
    }

    /// Records, pushes and pulls until the time is over.
    async fn work(
        mut self,
        every: f64,
        until: Instant,
        mut dice: ChaCha8Rng,
        figures: Arc<Mutex<Figures>>,
    ) {
        loop {
            // Officers do not keep step: the pauses are those of independent acts.
            let pause = -every * (1.0 - dice.random::<f64>()).ln();
            let next = Instant::now() + Duration::from_secs_f64(pause);
            if next >= until {
                return;
            }
            tokio::time::sleep_until(next.into()).await;
            let place = dice.random_range(0..self.inspections.len());
            let entry = self.write(place);
            self.push(entry, &figures).await;
            let begun = Instant::now();
            let pulled = self.pull().await;
            let mut figures = figures.lock().unwrap_or_else(PoisonError::into_inner);
            match pulled {
                Ok(()) => figures.pulls.push(begun.elapsed()),
                Err(_) => figures.faults += 1,
            }
        }
    }

    fn write(&mut self, inspection: usize) -> Option<SignedEntry> {
        let inspection = &self.inspections[inspection];
        let payload = EntryPayload {
            id: EntryId(Uuid::now_v7()),
            inspection: inspection.id,
            author: self.officer.id,
            author_name: self.officer.name.clone(),
            agency: self.officer.agency,
            device: self.device,
            sequence: self.head.1 + 1,
            recorded_at: Timestamp::now(),
            offset_seconds: 7_200,
            server_time: None,
            based_on: inspection.version,
            supersedes: None,
            on_behalf_of: None,
            previous: self.head.0,
            body: EntryBody::FindingRecorded {
                category: FindingCategory::Other,
                severity: Severity::Note,
                text:
                    "Twelve cartons in the third row bear another mark than the packing list gives."
                        .into(),
                item: None,
                region: None,
                photos: Vec::new(),
                legal_reference: String::new(),
            },
        };
        let signed = sign_entry(&payload, &self.key).ok()?;
        self.head = (signed.hash(), payload.sequence);
        Some(signed)
    }

    /// Offers an entry until it is taken; the time of the push that took it counts, each that failed as a fault.
    async fn push(&self, entry: Option<SignedEntry>, figures: &Mutex<Figures>) {
        let entries: Vec<SignedEntry> = entry.into_iter().collect();
        loop {
            let begun = Instant::now();
            let answer = self.client.push(&self.token, entries.clone()).await;
            let wait = {
                let mut figures = figures.lock().unwrap_or_else(PoisonError::into_inner);
                match answer {
                    Ok(answer) => {
                        figures.pushes.push(begun.elapsed());
                        let taken = |r: &PushResult| {
                            matches!(r, PushResult::Accepted | PushResult::Duplicate)
                        };
                        let count = answer.outcomes.iter().filter(|o| taken(&o.result)).count();
                        figures.entries += count;
                        figures.refused += answer.outcomes.len() - count;
                        return;
                    }
                    Err(fault) => {
                        figures.faults += 1;
                        match fault {
                            Fault::Busy { after } => after,
                            _ => Duration::from_secs(1),
                        }
                    }
                }
            };
            tokio::time::sleep(wait).await;
        }
    }
}
