//! A central in this process, desks over temporary folders, and a window's end of the pipe.

use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use outpost_central::Running;
use outpost_desk::{Address, Config, Desk, KeyChoice, Managed};
use outpost_domain::{EntryBody, InspectionId, Officer};
use outpost_protocol::{
    Asked, Event, Notice, Opened, Problem, Reply, Request, Said, Status, WorklistRow, read_frame,
    write_frame,
};

/// How long anything may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A central that can be stopped and started again at the same address.
pub struct Central {
    runtime: tokio::runtime::Runtime,
    running: Option<Running>,
    data: tempfile::TempDir,
    pub url: String,
    inspections: usize,
    /// A folder of checklists that it takes in when it starts again.
    pub checklists: Option<PathBuf>,
    backup: Option<tempfile::TempDir>,
}

impl Central {
    pub fn start(inspections: usize) -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut config = outpost_central::Config::demonstration(data.path(), 7, inspections);
        config.scans = false;
        let running = runtime.block_on(outpost_central::serve(config)).unwrap();
        let url = running.url.clone();
        Self {
            runtime,
            running: Some(running),
            data,
            url,
            inspections,
            checklists: None,
            backup: None,
        }
    }

    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.shutdown());
        }
    }

    /// Stops, keeps a copy of everything, and serves on.
    pub fn back_up(&mut self) {
        self.stop();
        let backup = tempfile::tempdir().unwrap();
        copy(self.data.path(), backup.path());
        self.backup = Some(backup);
        self.start_again();
    }

    /// Stops, and serves what was there at the backup.
    pub fn restore(&mut self) {
        self.stop();
        self.data = self.backup.take().unwrap();
        self.serve(true);
    }

    /// Serves the same at another address.
    pub fn move_to_another_port(&mut self) {
        self.stop();
        let mut config =
            outpost_central::Config::demonstration(self.data.path(), 7, self.inspections);
        config.scans = false;
        let running = self
            .runtime
            .block_on(outpost_central::serve(config))
            .unwrap();
        self.url.clone_from(&running.url);
        self.running = Some(running);
    }

    pub fn start_again(&mut self) {
        self.serve(false);
    }

    fn serve(&mut self, restored: bool) {
        let mut config =
            outpost_central::Config::demonstration(self.data.path(), 7, self.inspections);
        config.scans = false;
        config.restored = restored;
        config.checklists.clone_from(&self.checklists);
        config.listen = self.url.trim_start_matches("http://").parse().unwrap();
        self.running = Some(
            self.runtime
                .block_on(outpost_central::serve(config))
                .unwrap(),
        );
    }

    /// Makes every unfinished upload look as if nobody had continued it for so long, and starts again.
    pub fn age_uploads(&mut self, age: Duration) {
        self.stop();
        for part in std::fs::read_dir(self.data.path().join("uploads")).unwrap() {
            let path = part.unwrap().path();
            let file = std::fs::File::options().write(true).open(path).unwrap();
            let past = std::time::SystemTime::now() - age;
            file.set_modified(past).unwrap();
        }
        self.start_again();
    }

    /// Hands a bundle in over the central's data folder, whether it serves or not.
    pub fn carry(
        &self,
        bundle: &Path,
        answer: &Path,
    ) -> Result<outpost_central::Carried, outpost_central::CarryError> {
        let demonstration = Some(outpost_central::demonstration(7));
        let database = outpost_central::Database::of(self.data.path(), None);
        outpost_central::carry(self.data.path(), &database, bundle, answer, demonstration)
    }

    /// Gives the central another signing key, as one that is set up anew has, and starts it again.
    pub fn change_key(&mut self) {
        self.stop();
        let database = outpost_central::database(self.data.path());
        let rows = rusqlite::Connection::open(database).unwrap().execute(
            "UPDATE meta SET value = ?1 WHERE name = 'signing-key'",
            ["17".repeat(32)],
        );
        assert_eq!(rows, Ok(1));
        self.start_again();
    }

    /// What the central holds of an inspection's entries: their bodies' codes, in order of acceptance.
    pub fn entries(&self, inspection: InspectionId) -> Vec<String> {
        let connection =
            rusqlite::Connection::open(outpost_central::database(self.data.path())).unwrap();
        let mut select = connection
            .prepare("SELECT payload FROM entries WHERE outcome = 'accepted' ORDER BY rowid")
            .unwrap();
        let rows = select.query_map([], |r| r.get::<_, String>(0)).unwrap();
        rows.map(|text| serde_json::from_str::<serde_json::Value>(&text.unwrap()).unwrap())
            .filter(|entry| entry["inspection"] == inspection.to_string())
            .map(|entry| entry["body"]["kind"].as_str().unwrap().to_owned())
            .collect()
    }
}

pub fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub fn desk(data: &Path, central: &str) -> Desk {
    desk_keeping_free(data, central, 0)
}

/// A desk that leaves so many bytes of the disk to what is recorded.
pub fn desk_keeping_free(data: &Path, central: &str, keep_free: u64) -> Desk {
    Desk::open(config(data, central, keep_free))
}

/// A desk under what an administrator has laid down.
pub fn managed_desk(data: &Path, central: &str, managed: Managed) -> Desk {
    Desk::open(Config {
        managed,
        ..config(data, central, 0)
    })
}

pub fn config(data: &Path, central: &str, keep_free: u64) -> Config {
    Config {
        data: data.to_owned(),
        address: Address {
            url: central.to_owned(),
            ca: None,
            identity: None,
        },
        key: KeyChoice::Raw([9; 32]),
        logs: None,
        documents: data.join("documents"),
        keep_free,
        managed: Managed::default(),
    }
}

/// A window's end: asks and waits for the answer, keeps what it is told.
pub struct Window {
    to_desk: Option<Box<dyn Write + Send>>,
    said: Receiver<Said>,
    serving: Option<JoinHandle<()>>,
    next: u64,
    pub status: Option<Status>,
    pub rows: std::collections::BTreeMap<InspectionId, WorklistRow>,
    pub complete: bool,
    pub changed: Vec<Opened>,
    pub notices: Vec<Notice>,
    /// What links have led to.
    pub shown: Vec<InspectionId>,
}

impl Window {
    pub fn open(desk: &Desk) -> Self {
        let (desk_reads, to_desk) = std::io::pipe().unwrap();
        let (from_desk, desk_writes) = std::io::pipe().unwrap();
        let desk = desk.clone();
        let serving =
            std::thread::spawn(move || desk.serve(BufReader::new(desk_reads), desk_writes));
        Self::over(to_desk, from_desk, serving)
    }

    /// The window of a program that speaks on its standard streams, and ends with the window.
    pub fn of_program(mut program: Child) -> Self {
        let to_desk = program.stdin.take().unwrap();
        let from_desk = program.stdout.take().unwrap();
        let serving = std::thread::spawn(move || {
            let ended = program.wait().unwrap();
            assert!(ended.success(), "{ended}");
        });
        Self::over(to_desk, from_desk, serving)
    }

    fn over(
        to_desk: impl Write + Send + 'static,
        from_desk: impl Read + Send + 'static,
        serving: JoinHandle<()>,
    ) -> Self {
        let mut window = Self {
            to_desk: Some(Box::new(to_desk)),
            said: read(from_desk),
            serving: Some(serving),
            next: 0,
            status: None,
            rows: Default::default(),
            complete: false,
            changed: Vec::new(),
            notices: Vec::new(),
            shown: Vec::new(),
        };
        window
            .ask(Request::Hello {
                protocol: outpost_protocol::PROTOCOL_VERSION,
            })
            .unwrap();
        window
    }

    /// Writes something that is no message.
    pub fn say_raw(&mut self, text: &str) {
        let to_desk = self.to_desk.as_mut().unwrap();
        to_desk.write_all(text.as_bytes()).unwrap();
        to_desk.flush().unwrap();
    }

    pub fn ask(&mut self, request: Request) -> Result<Reply, Problem> {
        self.ask_with(request, &[])
    }

    pub fn ask_with(&mut self, request: Request, bytes: &[u8]) -> Result<Reply, Problem> {
        self.next += 1;
        let id = self.next;
        write_frame(
            self.to_desk.as_mut().unwrap(),
            &Asked { id, request },
            bytes,
        )
        .unwrap();
        let until = Instant::now() + PATIENCE;
        loop {
            match self.hear(until).expect("the desk answers") {
                Said::Reply { id: of, reply } if of == id => return Ok(reply),
                Said::Refusal { id: of, problem } if of == id => return Err(problem),
                _ => {}
            }
        }
    }

    /// Listens until `done` says so.
    pub fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        self.within(PATIENCE, what, done);
    }

    pub fn within(&mut self, patience: Duration, what: &str, done: impl Fn(&Self) -> bool) {
        let until = Instant::now() + patience;
        while !done(self) {
            assert!(
                self.hear(until).is_some(),
                "waited in vain: {what}; status {:?}",
                self.status
            );
        }
    }

    /// Takes in what the desk says for a while.
    pub fn listen(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while self.hear(until).is_some() {}
    }

    fn hear(&mut self, until: Instant) -> Option<Said> {
        let left = until.saturating_duration_since(Instant::now());
        let said = match self.said.recv_timeout(left) {
            Ok(said) => said,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        };
        match &said {
            Said::Event {
                event: Event::Status(status),
            } => self.status = Some((**status).clone()),
            Said::Reply {
                reply: Reply::Welcome { status, .. },
                ..
            } => self.status = Some((**status).clone()),
            Said::Event {
                event:
                    Event::Rows {
                        rows,
                        removed,
                        complete,
                    },
            } => {
                self.complete |= complete;
                for row in rows {
                    self.rows.insert(row.row.id, row.clone());
                }
                for id in removed {
                    self.rows.remove(id);
                }
            }
            Said::Event {
                event: Event::Changed(opened),
            } => self.changed.push((**opened).clone()),
            Said::Event {
                event: Event::Notice(notice),
            } => self.notices.push(notice.clone()),
            Said::Event {
                event: Event::Show { inspection },
            } => self.shown.push(*inspection),
            _ => {}
        }
        Some(said)
    }

    pub fn officer(&mut self, agency: outpost_domain::Agency) -> Officer {
        let fits = |o: &Officer| o.agency == agency && o.role == outpost_domain::Role::Inspector;
        self.until("the post's officers", |w| {
            w.status
                .as_ref()
                .is_some_and(|s| s.officers.iter().any(fits))
        });
        let officers = &self.status.as_ref().unwrap().officers;
        officers.iter().find(|o| fits(o)).unwrap().clone()
    }

    pub fn sign_in(&mut self, agency: outpost_domain::Agency) -> Officer {
        let officer = self.officer(agency);
        self.until("the demonstration's PIN", |w| {
            let status = w.status.as_ref();
            status.is_some_and(|s| s.demonstration_pin.is_some())
        });
        let pin = self
            .status
            .as_ref()
            .unwrap()
            .demonstration_pin
            .clone()
            .unwrap();
        self.ask(Request::SignIn {
            officer: officer.id,
            pin,
        })
        .unwrap();
        officer
    }

    pub fn opened(&mut self, inspection: InspectionId) -> Opened {
        match self.ask(Request::Open { inspection }).unwrap() {
            Reply::Opened(opened) => *opened,
            other => panic!("{other:?}"),
        }
    }

    pub fn record(&mut self, inspection: InspectionId, body: EntryBody) -> Result<Reply, Problem> {
        self.ask(Request::Record {
            inspection,
            body,
            based_on: 1,
            supersedes: None,
            by: None,
            on_behalf_of: None,
        })
    }

    /// A finding that says `text`, with photos.
    pub fn finding(
        &mut self,
        inspection: InspectionId,
        text: &str,
        photos: Vec<outpost_domain::BlobHash>,
    ) -> Result<Reply, Problem> {
        let body = EntryBody::FindingRecorded {
            category: outpost_domain::FindingCategory::Other,
            severity: outpost_domain::Severity::Note,
            text: text.to_owned(),
            item: None,
            region: None,
            photos,
            legal_reference: String::new(),
        };
        self.record(inspection, body)
    }

    /// Stores a photo of `bytes` bytes.
    pub fn photo(&mut self, bytes: usize) -> outpost_domain::BlobHash {
        let mut photo = b"\x89PNG\r\n\x1a\n".to_vec();
        let noise = (0..bytes as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8);
        photo.extend(noise);
        let put = Request::PutBlob {
            media_type: "image/png".into(),
            name: "seal.png".into(),
        };
        match self.ask_with(put, &photo).unwrap() {
            Reply::Stored { blob, .. } => blob,
            other => panic!("{other:?}"),
        }
    }

    /// Why the line is down.
    pub fn line_fault(&self) -> Option<&str> {
        match &self.status.as_ref()?.line {
            outpost_protocol::Line::Down { problem, .. } => Some(&problem.code),
            _ => None,
        }
    }

    pub fn waiting(&self) -> u64 {
        self.status
            .as_ref()
            .map_or(0, |s| s.entries_waiting + s.blobs_waiting)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.to_desk = None;
        if let Some(serving) = self.serving.take() {
            serving.join().unwrap();
        }
    }
}

fn read(from_desk: impl Read + Send + 'static) -> Receiver<Said> {
    let (to, said) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(from_desk);
        while let Ok(Some(frame)) = read_frame::<Said>(&mut reader) {
            if to.send(frame.message).is_err() {
                return;
            }
        }
    });
    said
}
