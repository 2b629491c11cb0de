//! Kill -9 at random moments over the real desk and the real central.
//!
//! The oracle is what the desk answered: an entry whose `Saved` was read before the kill is acknowledged. After every
//! round the desk opens its store again; at the end every acknowledged entry is in the journal, the chain and the
//! database verify, and the central has each entry exactly once. `OUTPOST_KILL_ROUNDS` and `OUTPOST_KILL_SEED` set
//! length and seed; the seed is printed.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use outpost_db::{KeySource, Store};
use outpost_domain::{
    Agency, EntryBody, EntryId, FindingCategory, InspectionId, Officer, Role, Severity,
};
use outpost_protocol::{
    Asked, Event, PROTOCOL_VERSION, Reply, Request, Said, Status, read_frame, write_frame,
};
use outpost_tests::program::binary;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const PATIENCE: Duration = Duration::from_mins(1);
const KEY: [u8; 32] = [0x5A; 32];

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// A child that does not outlive its test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn central(data: &Path) -> (Killed, String) {
    let mut child = Command::new(binary("outpost-central").unwrap())
        .args(["--listen", "127.0.0.1:0", "--demo", "--no-scans"])
        .args(["--inspections", "20", "--seed", "3", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let url = line[line.find("http://").unwrap()..].trim().to_owned();
    (Killed(child), url)
}

/// The real desk over its standard streams.
struct Desk {
    child: Killed,
    to: ChildStdin,
    said: Receiver<Said>,
    asked: u64,
    status: Option<Status>,
    rows: HashSet<InspectionId>,
    complete: bool,
}

impl Desk {
    fn start(data: &Path, key: &Path, central: &str) -> Self {
        let mut child = Command::new(binary("outpost-desk").unwrap())
            .arg("--data")
            .arg(data)
            .arg("--key-file")
            .arg(key)
            .args(["--central", central])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = child.stdin.take().unwrap();
        let said = listen(child.stdout.take().unwrap());
        let mut desk = Self {
            child: Killed(child),
            to,
            said,
            asked: 0,
            status: None,
            rows: HashSet::new(),
            complete: false,
        };
        let protocol = PROTOCOL_VERSION;
        desk.ask(Request::Hello { protocol });
        desk
    }

    fn send(&mut self, request: Request) -> u64 {
        self.asked += 1;
        let asked = Asked {
            id: self.asked,
            request,
        };
        write_frame(&mut self.to, &asked, &[]).unwrap();
        self.asked
    }

    fn ask(&mut self, request: Request) -> Reply {
        let id = self.send(request);
        let until = Instant::now() + PATIENCE;
        loop {
            match self.hear(until).expect("the desk answers") {
                Said::Reply { id: of, reply } if of == id => return reply,
                Said::Refusal { id: of, problem } if of == id => panic!("{problem:?}"),
                _ => {}
            }
        }
    }

    fn hear(&mut self, until: Instant) -> Option<Said> {
        let left = until.saturating_duration_since(Instant::now());
        let said = self.said.recv_timeout(left).ok()?;
        match &said {
            Said::Event {
                event: Event::Status(status),
            }
            | Said::Reply {
                reply: Reply::Welcome { status, .. },
                ..
            } => self.status = Some((**status).clone()),
            Said::Event {
                event: Event::Rows { rows, complete, .. },
            } => {
                self.rows.extend(rows.iter().map(|r| r.row.id));
                self.complete |= complete;
            }
            _ => {}
        }
        Some(said)
    }

    fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !done(self) {
            assert!(self.hear(until).is_some(), "waited in vain: {what}");
        }
    }

    fn sign_in(&mut self) {
        let fits = |o: &Officer| o.agency == Agency::Customs && o.role == Role::Inspector;
        self.until("officers", |d| {
            d.status
                .as_ref()
                .is_some_and(|s| s.officers.iter().any(fits))
        });
        let status = self.status.clone().unwrap();
        let officer = status.officers.into_iter().find(fits).unwrap();
        self.ask(Request::SignIn {
            officer: officer.id,
            pin: status.demonstration_pin.unwrap(),
        });
    }

    /// Kills it and returns what it still said before it died.
    fn kill(mut self) -> Vec<Said> {
        self.child.0.kill().unwrap();
        self.child.0.wait().unwrap();
        self.said.iter().collect()
    }
}

fn listen(from: ChildStdout) -> Receiver<Said> {
    let (to, said) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(from);
        while let Ok(Some(frame)) = read_frame::<Said>(&mut reader) {
            if to.send(frame.message).is_err() {
                return;
            }
        }
    });
    said
}

fn finding(text: String) -> EntryBody {
    EntryBody::FindingRecorded {
        category: FindingCategory::Other,
        severity: Severity::Note,
        text,
        item: None,
        region: None,
        photos: vec![],
        legal_reference: String::new(),
    }
}

fn saved(said: &Said) -> Option<EntryId> {
    match said {
        Said::Reply {
            reply: Reply::Saved { entry, .. },
            ..
        } => Some(*entry),
        _ => None,
    }
}

#[test]
fn what_was_saved_survives_every_kill_and_reaches_the_central_once() {
    let rounds = setting("OUTPOST_KILL_ROUNDS", 200);
    let seed = setting("OUTPOST_KILL_SEED", 20_261_123);
    println!("kill loop: {rounds} rounds, seed {seed}");
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let (data, held) = (folder.path().join("laptop"), folder.path().join("central"));
    let key = folder.path().join("key");
    std::fs::write(&key, hex(&KEY)).unwrap();
    let (_central, url) = central(&held);

    let mut desk = Desk::start(&data, &key, &url);
    desk.sign_in();
    desk.until("rows", |d| d.complete && d.rows.len() >= 10);
    let mut inspections: Vec<InspectionId> = desk.rows.iter().copied().collect();
    inspections.sort_unstable();
    desk.kill();

    let mut acknowledged: Vec<EntryId> = Vec::new();
    for round in 0..rounds {
        let mut desk = Desk::start(&data, &key, &url);
        desk.sign_in();
        let end = Instant::now() + Duration::from_micros(dice.random_range(0..60_000));
        let mut written = 0;
        while Instant::now() < end {
            desk.send(Request::Record {
                inspection: inspections[dice.random_range(0..inspections.len())],
                body: finding(format!("round {round}, entry {written}")),
                based_on: 1,
                supersedes: None,
                by: None,
                on_behalf_of: None,
            });
            written += 1;
            // One is waited for now and then, so that kills fall on all stages of a write.
            if dice.random_bool(0.7) {
                let until = Instant::now() + PATIENCE;
                while let Some(said) = desk.hear(until) {
                    acknowledged.extend(saved(&said));
                    if saved(&said).is_some() {
                        break;
                    }
                }
            }
        }
        acknowledged.extend(desk.kill().iter().filter_map(saved));
    }

    let mut desk = Desk::start(&data, &key, &url);
    desk.sign_in();
    desk.ask(Request::SyncNow);
    desk.until("the outbox is empty", |d| {
        d.status
            .as_ref()
            .is_some_and(|s| s.entries_waiting == 0 && s.last_exchange.is_some())
    });
    desk.kill();

    let store = Store::open(&data, &KeySource::Raw(KEY)).unwrap();
    let report = store.verify().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    for id in &acknowledged {
        assert!(
            store.entry(*id).unwrap().is_some(),
            "{id} was saved and is lost"
        );
    }
    let at_central = accepted(&held);
    let once: HashSet<&String> = at_central.iter().collect();
    assert_eq!(
        once.len(),
        at_central.len(),
        "an entry is at the central twice"
    );
    for id in &acknowledged {
        assert!(
            once.contains(&id.to_string()),
            "{id} did not reach the central"
        );
    }
    println!(
        "{} entries acknowledged, {} in the journal, none lost, none twice",
        acknowledged.len(),
        report.entries
    );
    assert!(
        acknowledged.len() as u64 >= rounds / 4,
        "too little was written to tell"
    );
}

/// The ids of the entries that the central accepted, from its own database.
fn accepted(data: &Path) -> Vec<String> {
    let central = rusqlite::Connection::open(outpost_central::database(data)).unwrap();
    let mut select = central
        .prepare("SELECT payload FROM entries WHERE outcome = 'accepted'")
        .unwrap();
    let rows = select.query_map([], |r| r.get::<_, String>(0)).unwrap();
    rows.map(|text| {
        let entry: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
        entry["id"].as_str().unwrap().to_owned()
    })
    .collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
