//! What takes the room, and the file for who looks after the laptop: how the workstation is, and nothing about people or
//! inspections. It leaves the laptop in hands that may see neither.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use outpost_db::{Salvaged, Share, Store};
use outpost_protocol::{
    Line, PROTOCOL_VERSION, Problem, Reply, Storage, StorageKind, StorageShare,
};
use serde::Serialize;

use crate::desk::Desk;
use crate::folder;
use crate::requests::{Answered, store_problem};
use crate::words::problem;

/// Settings whose values say nothing of a person, a place or a path.
const PLAIN: [&str; 4] = ["glove", "language", "text-size", "theme"];

/// The most lines of the log that go with it.
const LOG_LINES: usize = 400;

/// The file's content.
#[derive(Debug, Serialize)]
struct Diagnosis {
    what: &'static str,
    written_at: Timestamp,
    versions: Versions,
    system: System,
    /// This workstation's random name, under which the central knows it.
    device: String,
    central: String,
    line: LineNow,
    waiting: Waiting,
    journal: Journal,
    storage: Storage,
    salvaged: Option<Salvaged>,
    settings: BTreeMap<String, String>,
    /// Names of settings that an administrator has laid down.
    managed: Vec<String>,
    log: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Versions {
    outpost: &'static str,
    protocol: u32,
    schema: u32,
    sqlite: &'static str,
}

#[derive(Debug, Serialize)]
struct System {
    os: &'static str,
    architecture: &'static str,
    processors: usize,
}

#[derive(Debug, Serialize)]
struct LineNow {
    state: &'static str,
    since: Option<Timestamp>,
    code: Option<String>,
    last_exchange: Option<Timestamp>,
    clock_difference_ms: Option<i64>,
    session_expired: bool,
}

#[derive(Debug, Serialize)]
struct Waiting {
    entries: u64,
    files: u64,
    /// Stuck entries by the central's code.
    stuck: BTreeMap<String, u64>,
}

#[derive(Debug, Serialize)]
struct Journal {
    inspections: u64,
    entries: u64,
    entries_of_others: u64,
    files: u64,
    receipts: u64,
    /// First and last numbers that a salvage or restore left out.
    missing: Vec<(u64, u64)>,
    /// How many faults the check found; *Check this laptop* tells them in words.
    faults: usize,
}

impl Desk {
    pub(crate) fn storage(&self) -> Answered {
        self.officer()?;
        let reply = Reply::Storage(self.stored()?);
        Ok((reply, Vec::new()))
    }

    fn stored(&self) -> Result<Storage, Problem> {
        let found = self.opened()?.store.storage().map_err(store_problem)?;
        let shares = [
            (StorageKind::Database, found.database),
            (StorageKind::Unsent, found.unsent),
            (StorageKind::Radiographs, found.radiographs),
            (StorageKind::Attachments, found.attachments),
            (StorageKind::Past, found.past),
            (StorageKind::Partial, found.partial),
            (StorageKind::Damaged, found.damaged),
        ];
        let share = |(kind, Share { files, bytes })| StorageShare { kind, files, bytes };
        Ok(Storage {
            shares: shares
                .into_iter()
                .map(share)
                .filter(|share| share.files > 0)
                .collect(),
            free: found.free,
            kept_free: self.inner.config.keep_free,
        })
    }

    /// Writes the diagnosis into the documents folder. Takes as long as reading the whole store takes.
    pub(crate) fn write_diagnosis(&self) -> Answered {
        self.officer()?;
        let now = Timestamp::now();
        let diagnosis = self.diagnosis(now)?;
        let text = serde_json::to_vec_pretty(&diagnosis)
            .map_err(|error| not_written(&self.inner.config.documents, &error))?;
        let day = now.to_zoned(self.zone()).strftime("%Y%m%d-%H%M");
        let name = format!("outpost-diagnosis-{day}");
        let path = folder::keep(&self.inner.config.documents, &name, "json", &text)?;
        let path = path.display().to_string();
        Ok((Reply::Written { path }, Vec::new()))
    }

    fn diagnosis(&self, now: Timestamp) -> Result<Diagnosis, Problem> {
        let open = self.opened()?;
        let report = open.store.verify().map_err(store_problem)?;
        let status = self.status();
        let config = &self.inner.config;
        Ok(Diagnosis {
            what: "How an Outpost workstation is. It tells nothing about people or inspections.",
            written_at: now,
            versions: Versions {
                outpost: env!("CARGO_PKG_VERSION"),
                protocol: PROTOCOL_VERSION,
                schema: Store::schema(),
                sqlite: Store::sqlite(),
            },
            system: System {
                os: std::env::consts::OS,
                architecture: std::env::consts::ARCH,
                processors: std::thread::available_parallelism().map_or(0, usize::from),
            },
            device: open.store.device().to_string(),
            central: without_secrets(&config.address.url),
            line: LineNow {
                last_exchange: status.last_exchange,
                clock_difference_ms: status.clock_difference_ms,
                session_expired: status.session_expired,
                ..line_now(&status.line)
            },
            waiting: Waiting {
                entries: status.entries_waiting,
                files: status.blobs_waiting,
                stuck: open.store.stuck_codes().map_err(store_problem)?,
            },
            journal: Journal {
                inspections: open.store.row_count().map_err(store_problem)?,
                entries: report.entries,
                entries_of_others: report.foreign_entries,
                files: report.blobs,
                receipts: report.receipts,
                missing: report.missing,
                faults: report.faults.len(),
            },
            storage: self.stored()?,
            salvaged: open.store.salvaged().map_err(store_problem)?,
            settings: status
                .settings
                .into_iter()
                .filter(|(name, _)| PLAIN.contains(&name.as_str()))
                .collect(),
            managed: status.managed,
            log: config.logs.as_deref().map_or_else(Vec::new, last_lines),
        })
    }
}

fn not_written(folder: &Path, error: &serde_json::Error) -> Problem {
    let args = [
        ("folder", folder.display().to_string()),
        ("reason", error.to_string()),
    ];
    problem("document-not-written", args, error)
}

fn line_now(line: &Line) -> LineNow {
    let (state, since, code) = match line {
        Line::Up { since } => ("up", Some(*since), None),
        Line::Down { since, problem } => ("down", Some(*since), Some(problem.code.clone())),
        Line::Unknown => ("not tried yet", None, None),
    };
    LineNow {
        state,
        since,
        code,
        last_exchange: None,
        clock_difference_ms: None,
        session_expired: false,
    }
}

/// An address without what may stand before its host and behind its path.
fn without_secrets(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{host}")
}

/// The last lines of the newest log, which is written without anything about people.
fn last_lines(folder: &Path) -> Vec<String> {
    let newest = ["outpost.log", "outpost-desk.log"]
        .map(|name| folder.join(name))
        .into_iter()
        .filter_map(|path| Some((std::fs::metadata(&path).ok()?.modified().ok()?, path)))
        .max();
    let text = newest.and_then(|(_, path)| std::fs::read_to_string(path).ok());
    let lines: Vec<String> = text
        .iter()
        .flat_map(|text| text.lines().rev().take(LOG_LINES))
        .map(str::to_owned)
        .collect();
    lines.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_host_and_no_password() {
        let told = without_secrets("https://laptop:secret@central.example:8443/v1?token=1#x");
        assert_eq!(told, "https://central.example:8443/v1");
        assert_eq!(
            without_secrets("http://127.0.0.1:7400"),
            "http://127.0.0.1:7400"
        );
    }
}
