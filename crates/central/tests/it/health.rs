//! What those who keep the server running see: liveness, readiness, measures, and how it stops.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use outpost_api::{DEVICE_HEADER, PushRequest, PushResult};
use outpost_central::{Config, Running, serve};
use outpost_domain::DeviceId;
use uuid::Uuid;

use crate::stage::{Stage, client, finding, sign_in};

const SOON: Duration = Duration::from_secs(30);

async fn watched() -> (Stage, String) {
    let stage = Stage::configured(5, |c| c.watch = Some(([127, 0, 0, 1], 0).into())).await;
    let url = watch_url(&stage.running);
    (stage, url)
}

fn watch_url(running: &Running) -> String {
    running.watch_url.clone().unwrap()
}

async fn get(url: &str, path: &str) -> (u16, String) {
    let response = client().get(format!("{url}{path}")).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// The value of a measure, whose labels come in any order; 0 when it has not been seen.
fn value(text: &str, name: &str, labels: &[&str]) -> f64 {
    text.lines()
        .filter_map(|line| line.rsplit_once(' '))
        .find(|(series, _)| {
            series.split('{').next() == Some(name) && labels.iter().all(|l| series.contains(l))
        })
        .map_or(0.0, |(_, value)| value.parse().unwrap())
}

#[tokio::test]
async fn health_and_measures_are_told_on_a_listener_of_their_own_only() {
    let (stage, watch) = watched().await;
    assert_eq!(get(&watch, "/livez").await, (200, "ok\n".to_owned()));
    assert_eq!(get(&watch, "/readyz").await, (200, "ok\n".to_owned()));
    assert_eq!(get(&stage.running.url, "/metrics").await.0, 404);
    assert_eq!(get(&watch, "/v1/post").await.0, 404);
    let unwatched = Stage::with(1).await;
    assert_eq!(unwatched.running.watch_url, None);
}

#[tokio::test]
async fn a_database_that_another_build_has_migrated_or_somebody_holds_is_not_ready_but_alive() {
    let (stage, watch) = watched().await;
    let database = outpost_central::database(stage.data.path());
    let other = rusqlite::Connection::open(&database).unwrap();
    let schema: u32 = other
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    other.pragma_update(None, "user_version", 99).unwrap();
    let (status, reason) = get(&watch, "/readyz").await;
    assert_eq!(status, 503);
    assert!(reason.contains("schema 99"), "{reason}");
    other.pragma_update(None, "user_version", schema).unwrap();
    assert_eq!(get(&watch, "/readyz").await.0, 200);

    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (status, reason) = get(&watch, "/readyz").await;
    assert_eq!(status, 503);
    assert!(reason.contains("has not written"), "{reason}");
    let (status, reason) = get(&watch, "/readyz").await;
    assert_eq!(status, 503);
    assert!(reason.contains("last probe"), "{reason}");
    assert_eq!(get(&watch, "/livez").await.0, 200);
    other.execute_batch("ROLLBACK").unwrap();
    let deadline = Instant::now() + SOON;
    while get(&watch, "/readyz").await.0 != 200 {
        assert!(Instant::now() < deadline, "it does not recover");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn requests_entries_and_the_feed_are_counted_and_no_path_is_told() {
    let (stage, watch) = watched().await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let good = desk.write(&inspection, finding("counted"));
    let mut bad = desk.write(&inspection, finding("garbled"));
    bad.signature = "00".repeat(64);
    desk.push(&[good.clone(), bad]).await;
    desk.push(&[good]).await;
    desk.view(inspection.id).await;
    get(&stage.running.url, "/made-up-by-a-stranger").await;

    let (status, text) = get(&watch, "/metrics").await;
    assert_eq!(status, 200);
    assert!(text.ends_with("# EOF\n"), "{text}");
    for (outcome, count) in [("accepted", 1.0), ("duplicate", 1.0), ("refused", 1.0)] {
        let label = format!("outcome=\"{outcome}\"");
        assert_eq!(
            value(&text, "outpost_entries_total", &[&label]),
            count,
            "{text}"
        );
    }
    let pushes = ["route=\"/v1/entries\"", "method=\"POST\"", "status=\"200\""];
    let name = "outpost_request_duration_seconds_count";
    assert_eq!(value(&text, name, &pushes), 2.0, "{text}");
    assert_eq!(
        value(&text, name, &["route=\"none\"", "status=\"404\""]),
        1.0
    );
    assert!(!text.contains("stranger") && !text.contains(&inspection.id.to_string()));
    assert_eq!(value(&text, "outpost_requests_under_way", &[]), 0.0);
    let position = value(&text, "outpost_feed_position", &[]);
    assert!(position > 5.0, "{text}");
}

/// The real program over a folder.
struct Program {
    child: Child,
    url: String,
    watch: String,
}

impl Program {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_outpost-central"))
            .args(["--demo", "--inspections", "5", "--no-scans"])
            .args([
                "--listen",
                "127.0.0.1:0",
                "--watch",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut url = || {
            let line = lines.next().unwrap().unwrap();
            line[line.find("http://").unwrap()..].trim().to_owned()
        };
        let (url, watch) = (url(), url());
        Self { child, url, watch }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn until(mut holds: impl AsyncFnMut() -> bool, what: &str) {
    let deadline = Instant::now() + SOON;
    while !holds().await {
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_finishes_the_push_under_way_refuses_new_ones_and_leaves_one_file() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path());
    let device = DeviceId(Uuid::now_v7());
    let mut desk = sign_in(&client(), &program.url, "A. Mwale", device).await;
    let inspection = desk.inspections().await.remove(1);
    let entry = desk.write(
        &inspection,
        finding("half sent when the machine is shut down"),
    );
    let entries = vec![entry.clone()];
    let body = serde_json::to_vec(&PushRequest { entries }).unwrap();
    let (first, rest) = body.split_at(body.len() / 2);

    let address = program.url.strip_prefix("http://").unwrap().to_owned();
    let mut line = TcpStream::connect(&address).unwrap();
    line.set_read_timeout(Some(SOON)).unwrap();
    write!(
        line,
        "POST /v1/entries HTTP/1.1\r\nHost: central\r\nAuthorization: Bearer {}\r\n{DEVICE_HEADER}: {device}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        desk.token,
        body.len()
    )
    .unwrap();
    line.write_all(first).unwrap();
    let watch = program.watch.clone();
    let under_way = async || {
        let (_, text) = get(&watch, "/metrics").await;
        value(&text, "outpost_requests_under_way", &[]) > 0.5
    };
    until(under_way, "the push has not begun").await;

    let pid = rustix::process::Pid::from_child(&program.child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let refuses = async || TcpStream::connect(&address).is_err();
    until(refuses, "new connections are still taken").await;
    assert_eq!(
        get(&program.watch, "/readyz").await,
        (503, "stopping\n".to_owned())
    );
    line.write_all(rest).unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("accepted"), "{answer}");
    assert!(program.child.wait().unwrap().success());
    let log = data.path().join("central.sqlite-wal");
    assert!(std::fs::metadata(log).map_or(0, |found| found.len()) == 0);

    let running = serve(Config::demonstration(data.path(), 1, 0))
        .await
        .unwrap();
    desk.base.clone_from(&running.url);
    assert_eq!(desk.results(&[entry]).await, [PushResult::Duplicate]);
}
