//! What only a database of several processes can show: no number is skipped, nothing is taken twice, none knows less.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use outpost_api::{Change, PushResult};
use outpost_central::{Config, Running, serve};
use outpost_domain::{DeviceId, EntryBody, EntryId, HoldId, HoldLevel, HoldReason, HoldType};
use tempfile::TempDir;
use uuid::Uuid;

use crate::cluster::Cluster;
use crate::stage::{Desk, client, finding, sign_in};
use crate::terminal::Terminal;

/// Several centrals over one database and one folder.
struct Several {
    cluster: Cluster,
    data: TempDir,
    centrals: Vec<Running>,
}

impl Several {
    async fn of(count: usize) -> Self {
        let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut centrals = Vec::new();
        for _ in 0..count {
            let mut config = Config::demonstration(data.path(), 1, 20);
            config.database = Some(cluster.url());
            centrals.push(serve(config).await.unwrap());
        }
        Self {
            cluster,
            data,
            centrals,
        }
    }

    /// An officer at a workstation of its own, at the central with this place in the row.
    async fn desk(&self, central: usize, name: &str) -> Desk {
        let device = DeviceId(Uuid::now_v7());
        sign_in(&client(), &self.centrals[central].url, name, device).await
    }
}

fn entries_of(changes: Vec<Change>) -> Vec<EntryId> {
    changes
        .into_iter()
        .filter_map(|change| match change {
            Change::Entry { entry } => Some(entry.open_trusted().unwrap().payload.id),
            _ => None,
        })
        .collect()
}

const WRITERS: usize = 12;
const ENTRIES: usize = 25;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_who_goes_on_from_the_highest_number_misses_nothing_of_many_writers() {
    let several = Arc::new(Several::of(2).await);
    let reader = several.desk(0, "C. Nyirenda").await;
    let (_, start) = reader.pull("").await;
    let done = Arc::new(AtomicBool::new(false));
    let reading = {
        let done = Arc::clone(&done);
        tokio::spawn(async move {
            let (mut cursor, mut seen, mut pages) = (start, Vec::new(), 0);
            loop {
                // Asked before the page: the last page comes after the last commit.
                let last = done.load(Ordering::SeqCst);
                let page = reader.page(&cursor, 7).await;
                let more = page.more;
                cursor = page.cursor;
                seen.extend(entries_of(page.changes));
                pages += 1;
                if last && !more {
                    return (seen, pages);
                }
            }
        })
    };
    let mut writing = Vec::new();
    for writer in 0..WRITERS {
        let several = Arc::clone(&several);
        writing.push(tokio::spawn(async move {
            let names = ["A. Mwale", "T. Kamanga"];
            let mut desk = several.desk(writer % 2, names[writer % names.len()]).await;
            let inspections = desk.inspections().await;
            let mut written = Vec::new();
            for n in 0..ENTRIES {
                let inspection = &inspections[(writer + n) % inspections.len()];
                let entry = desk.write(inspection, finding("seen by all"));
                written.push(entry.open_trusted().unwrap().payload.id);
                let results = desk.results(&[entry]).await;
                assert_eq!(results, [PushResult::Accepted]);
            }
            written
        }));
    }
    let mut written = HashSet::new();
    for writer in writing {
        written.extend(writer.await.unwrap());
    }
    done.store(true, Ordering::SeqCst);
    let (seen, pages) = reading.await.unwrap();
    assert_eq!(written.len(), WRITERS * ENTRIES);
    let each: HashSet<EntryId> = seen.iter().copied().collect();
    assert_eq!(each.len(), seen.len(), "each once");
    let missed = written.difference(&each).count();
    assert_eq!(missed, 0, "of {} in {pages} pages", written.len());
    assert!(
        pages > 20,
        "the reader read while they wrote: {pages} pages"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_entry_that_arrives_at_two_processes_at_once_is_taken_once() {
    let several = Several::of(2).await;
    let mut desk = several.desk(0, "A. Mwale").await;
    let inspection = desk.untouched().await;
    for n in 0..20 {
        let entry = desk.write(&inspection, finding(&format!("race {n}")));
        let other = Desk {
            base: several.centrals[1].url.clone(),
            http: desk.http.clone(),
            officer: desk.officer.clone(),
            token: desk.token.clone(),
            key: desk.key.clone(),
            ..desk
        };
        let entries = [entry];
        let (a, b) = tokio::join!(desk.results(&entries), other.results(&entries));
        let mut results = [a, b].concat();
        results.sort_by_key(|r| *r == PushResult::Duplicate);
        assert_eq!(results, [PushResult::Accepted, PushResult::Duplicate]);
    }
    assert_eq!(desk.view(inspection.id).await.entries.len(), 20);
}

#[tokio::test]
async fn what_one_process_takes_in_the_workstations_of_another_are_nudged_about() {
    let several = Several::of(2).await;
    let mut writer = several.desk(0, "A. Mwale").await;
    let listener = several.desk(1, "T. Kamanga").await;
    let inspection = writer.untouched().await;
    let mut events = listener.get("/v1/events").send().await.unwrap();
    let (_, cursor) = listener.pull("").await;
    let entry = writer.write(&inspection, finding("over there"));
    writer.push(&[entry]).await;
    // It looks only when it is nudged, as a workstation does.
    let looked = async {
        loop {
            let chunk = events.chunk().await.unwrap().unwrap();
            let nudged = chunk.starts_with(b"event: nudge");
            if nudged && !entries_of(listener.pull(&cursor).await.0).is_empty() {
                return;
            }
        }
    };
    let looked = tokio::time::timeout(Duration::from_mins(1), looked);
    assert!(looked.await.is_ok(), "it was not nudged");
}

#[tokio::test]
async fn all_processes_have_one_key_one_epoch_and_one_world_and_a_new_one_begins_no_other() {
    let several = Several::of(2).await;
    let mut desk = several.desk(0, "A. Mwale").await;
    let inspection = desk.untouched().await;
    let entry = desk.write(&inspection, finding("one"));
    let receipt = desk.push(&[entry]).await.receipt.unwrap();
    let epoch = desk.page("", 1).await.epoch;
    // A process on another machine has a folder of its own.
    let elsewhere = tempfile::tempdir().unwrap();
    let mut config = Config::demonstration(elsewhere.path(), 1, 20);
    config.database = Some(several.cluster.url());
    let third = serve(config).await.unwrap();
    desk.base.clone_from(&third.url);
    assert_eq!(desk.push(&[]).await.receipt.unwrap().key, receipt.key);
    assert_eq!(desk.page("", 1).await.epoch, epoch);
    assert_eq!(desk.inspections().await.len(), 20);
}

#[tokio::test]
async fn a_database_that_ends_for_a_moment_asks_for_another_try_and_loses_nothing() {
    let mut several = Several::of(1).await;
    let mut desk = several.desk(0, "A. Mwale").await;
    let inspection = desk.untouched().await;
    let before = desk.write(&inspection, finding("before"));
    desk.push(std::slice::from_ref(&before)).await;
    let crashed = tokio::task::spawn_blocking(move || {
        several.cluster.crash();
        several
    });
    let _several = crashed.await.unwrap();
    let after = desk.write(&inspection, finding("after"));
    let deadline = Instant::now() + Duration::from_mins(1);
    let results = loop {
        let request = outpost_api::PushRequest {
            entries: vec![before.clone(), after.clone()],
        };
        let sent = desk
            .request(reqwest::Method::POST, "/v1/entries")
            .json(&request);
        let response = sent.send().await.unwrap();
        if response.status() == 200 {
            let answer: outpost_api::PushResponse = crate::stage::json(response).await;
            break answer.outcomes;
        }
        assert_eq!(response.headers()["retry-after"], "2");
        assert_eq!(crate::stage::problem(response, 503).await, "unavailable");
        assert!(Instant::now() < deadline, "it does not recover");
    };
    let results: Vec<PushResult> = results.into_iter().map(|o| o.result).collect();
    assert_eq!(results, [PushResult::Duplicate, PushResult::Accepted]);
}

#[tokio::test]
async fn a_newer_schema_and_a_server_that_is_not_there_are_refused_in_words() {
    let several = Several::of(1).await;
    let mut config = Config::demonstration(several.data.path(), 1, 20);
    config.database = Some("host=/nonexistent user=outpost".to_owned());
    let refused = serve(config.clone()).await.err().unwrap().to_string();
    assert!(refused.contains("connecting"), "{refused}");
    config.database = Some(several.cluster.url());
    let cluster = tokio::task::spawn_blocking(move || {
        let sql = "UPDATE meta SET value = '99' WHERE name = 'schema'";
        several.cluster.client().execute(sql, &[]).unwrap();
        several.cluster
    });
    let _cluster = cluster.await.unwrap();
    let refused = serve(config).await.err().unwrap().to_string();
    assert!(refused.contains("newer build (schema 99"), "{refused}");
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_drop_what_was_accepted() {
    let several = Several::of(1).await;
    let mut desk = several.desk(0, "A. Mwale").await;
    let inspection = desk.untouched().await;
    let entry = desk.write(&inspection, finding("for court"));
    desk.push(&[entry]).await;
    tokio::task::spawn_blocking(move || {
        let mut client = several.cluster.client();
        for sql in [
            "UPDATE entries SET payload = '' WHERE outcome = 'accepted'",
            "DELETE FROM entries",
            "TRUNCATE entries",
        ] {
            let refused = client.execute(sql, &[]).unwrap_err();
            let words = refused.as_db_error().unwrap().message().to_owned();
            assert!(words.contains("never changed"), "{words}");
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_process_that_knows_no_receivers_does_not_silence_those_of_the_others() {
    let several = Several::of(1).await;
    let folder = tempfile::tempdir().unwrap();
    let terminal = Terminal::open().await;
    terminal.enlist(folder.path(), "quay", &["hold"]);
    let mut config = Config::demonstration(several.data.path(), 1, 20);
    config.database = Some(several.cluster.url());
    config.webhooks = Some(folder.path().to_owned());
    let telling = serve(config.clone()).await.unwrap();
    config.webhooks = None;
    let _silent = serve(config).await.unwrap();
    // Taken in by a process that was there before there was a receiver; told by the one that has the folder.
    let mut desk = several.desk(0, "A. Mwale").await;
    let inspection = desk.untouched().await;
    let body = EntryBody::HoldPlaced {
        hold: HoldId(Uuid::now_v7()),
        hold_type: HoldType::Nii,
        level: HoldLevel::Conveyance,
        reason: HoldReason::Other,
        note: "wait".to_owned(),
        review: None,
    };
    let entry = desk.write(&inspection, body);
    desk.push(&[entry]).await;
    let call = terminal.last(&inspection.reference).await;
    assert_eq!(call.kind(), "hold.placed");
    telling.shutdown().await;
}
