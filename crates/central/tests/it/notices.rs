//! Notices to terminals: what they are told and what not, once, in order, and over every fault of theirs.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use outpost_central::{Patience, Replayed, replay_webhooks};
use outpost_domain::{
    Agency, Decision, EntryBody, HoldId, HoldLevel, HoldReason, HoldType, Inspection, Purpose,
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::stage::{Desk, Stage};
use crate::terminal::{Reply, Terminal};

/// Waits that a test can wait for.
const QUICK: Patience = Patience {
    answer: Duration::from_secs(2),
    first: Duration::from_millis(20),
    longest: Duration::from_millis(100),
    give_up: Duration::from_mins(5),
};

/// A free port of this machine.
const ANYWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A central that tells the terminals in the folder.
async fn telling(folder: &TempDir, patience: Patience) -> Stage {
    let folder: PathBuf = folder.path().to_owned();
    Stage::configured(20, |config| {
        config.webhooks = Some(folder);
        config.patience = patience;
        config.watch = Some(ANYWHERE);
    })
    .await
}

/// A terminal that is told of holds and releases, and its central.
async fn one(patience: Patience) -> (TempDir, Terminal, Stage) {
    let folder = tempfile::tempdir().unwrap();
    let terminal = Terminal::open().await;
    terminal.enlist(folder.path(), "quay", &["hold", "release"]);
    let stage = telling(&folder, patience).await;
    // The world's own past has holds in it.
    let told = settled(&stage).await;
    terminal.called(told).await;
    (folder, terminal, stage)
}

/// Waits until nothing waits any more and returns how many notices this life of the central has delivered.
async fn settled(stage: &Stage) -> usize {
    let watch = stage.running.watch_url.clone().unwrap();
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let asked = stage.http.get(format!("{watch}/metrics"));
        let text = asked.send().await.unwrap().text().await.unwrap();
        let value = |series: &str| -> usize {
            let line = text.lines().find_map(|line| line.strip_prefix(series));
            line.map_or(0, |value| value.trim().parse().unwrap())
        };
        if value("outpost_notices_waiting ") == 0 {
            return value("outpost_notice_deliveries_total{outcome=\"delivered\"} ");
        }
        assert!(Instant::now() < deadline, "notices still wait: {text}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn replay(stage: &Stage, receiver: Option<&'static str>) -> Replayed {
    let database = stage.database();
    tokio::task::spawn_blocking(move || replay_webhooks(&database, receiver).unwrap())
        .await
        .unwrap()
}

fn hold(id: HoldId, number: &str) -> EntryBody {
    EntryBody::HoldPlaced {
        hold: id,
        hold_type: HoldType::AntiTerror,
        level: HoldLevel::Unit {
            number: number.to_owned(),
        },
        reason: HoldReason::Undeclared,
        note: "an informer says weapons".to_owned(),
        review: None,
    }
}

async fn place(desk: &mut Desk, inspection: &Inspection) -> HoldId {
    let id = HoldId(Uuid::now_v7());
    let entry = desk.write(inspection, hold(id, inspection.units[0].number.as_str()));
    desk.push(&[entry]).await;
    id
}

async fn lift(desk: &mut Desk, inspection: &Inspection, hold: HoldId) {
    let body = EntryBody::HoldLifted {
        hold,
        reason: "the informer was wrong".to_owned(),
    };
    let entry = desk.write(inspection, body);
    desk.push(&[entry]).await;
}

/// Lets every required agency but customs decide.
async fn others_decide(stage: &Stage, inspection: &Inspection) {
    for task in inspection.agencies.iter().filter(|task| task.required) {
        let name = match task.agency {
            Agency::Customs => continue,
            Agency::Veterinary => "Dr G. Phiri",
            Agency::PlantHealth => "M. Gondwe",
            Agency::PortHealth => "E. Banda",
            Agency::Safety => "S. Mkandawire",
            Agency::Standards => "R. Kaunda",
            other => panic!("{other} has no officer in this test"),
        };
        let mut desk = stage.desk(name).await;
        decide(&mut desk, inspection).await;
    }
}

async fn decide(desk: &mut Desk, inspection: &Inspection) -> outpost_domain::SignedEntry {
    let body = EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        },
        items: Vec::new(),
    };
    let entry = desk.write(inspection, body);
    desk.push(std::slice::from_ref(&entry)).await;
    entry
}

#[tokio::test]
async fn a_terminal_learns_that_a_unit_is_held_and_for_what_control_and_never_why() {
    let folder = tempfile::tempdir().unwrap();
    let terminal = Terminal::open().await;
    terminal.enlist(folder.path(), "quay", &["inspection", "hold"]);
    let stage = telling(&folder, QUICK).await;
    let before = settled(&stage).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    let id = place(&mut desk, &inspection).await;
    lift(&mut desk, &inspection, id).await;
    let calls = terminal.called(before + 2).await;
    let unit = inspection.units[0].number.as_str();

    let placed = calls[before].body();
    assert_eq!(placed["type"], "hold.placed");
    assert_eq!(placed["data"]["inspection"], inspection.reference.as_str());
    assert_eq!(placed["data"]["blocks"]["level"], "unit");
    assert_eq!(placed["data"]["number"].as_i64(), Some(before as i64 + 1));
    assert_eq!(placed["data"]["blocks"]["number"], unit);
    assert_eq!(placed["data"]["agency"], "customs");
    assert_eq!(placed["data"]["control"], "Customs control");
    let lifted = calls[before + 1].body();
    assert_eq!(lifted["type"], "hold.lifted");
    assert_eq!(lifted["data"]["hold"], placed["data"]["hold"]);

    let ordered = calls
        .iter()
        .map(crate::terminal::Call::body)
        .find(|body| body["data"]["inspection"] == inspection.reference.as_str())
        .unwrap();
    assert_eq!(ordered["type"], "inspection.ordered");
    assert_eq!(ordered["data"]["units"][0], unit);
    assert_eq!(ordered["data"]["controls"][0]["agency"], "customs");

    let selected = desk.inspections().await;
    let mut secrets: Vec<String> = selected
        .into_iter()
        .filter_map(|i| i.selection.map(|s| s.criterion))
        .collect();
    assert!(secrets.len() > 5);
    secrets.extend(
        [
            "informer",
            "weapons",
            "anti-terror",
            "undeclared",
            "Mwale",
            "selection",
            "criterion",
            "\"lane\"",
            "police",
        ]
        .map(str::to_owned),
    );
    for call in &calls {
        for secret in &secrets {
            assert!(
                !call.text.contains(secret.as_str()),
                "{secret}: {}",
                call.text
            );
        }
    }
}

#[tokio::test]
async fn a_release_is_told_once_when_it_is_true_and_its_withdrawal_once() {
    let (_folder, terminal, stage) = one(QUICK).await;
    let before = terminal.calls().len();
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    others_decide(&stage, &inspection).await;
    let decision = decide(&mut desk, &inspection).await;
    // What is sent again, and what changes nothing, is not told again.
    desk.push(&[decision]).await;
    let note = desk.write(&inspection, crate::stage::finding("dusty"));
    desk.push(&[note]).await;
    let id = place(&mut desk, &inspection).await;
    lift(&mut desk, &inspection, id).await;
    let body = EntryBody::ReleaseWithdrawn {
        reason: "the wrong lorry".to_owned(),
    };
    let withdrawn = desk.write(&inspection, body);
    desk.push(&[withdrawn]).await;
    let calls = terminal.called(before + 6).await;
    settled(&stage).await;
    assert_eq!(
        terminal.kinds()[before..],
        [
            "release.given",
            "release.withdrawn",
            "hold.placed",
            "hold.lifted",
            "release.given",
            "release.withdrawn"
        ]
    );
    assert_eq!(calls[before].body()["data"]["goods"], "all");
    assert_eq!(calls[before + 1].body()["data"]["goods"], "none");
    let numbers: Vec<i64> = calls[before..]
        .iter()
        .map(|call| call.body()["data"]["number"].as_i64().unwrap())
        .collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
}

#[tokio::test]
async fn whatever_a_terminal_answers_a_notice_keeps_its_id_until_it_is_taken() {
    let (_folder, terminal, stage) = one(QUICK).await;
    let elsewhere = Terminal::open().await;
    let before = terminal.calls().len();
    let moved = format!("308 Permanent Redirect\r\nlocation: {}", elsewhere.url);
    terminal.will([
        Reply::status("500 Internal Server Error"),
        Reply::Hang,
        Reply::status(&moved),
        Reply::Raw("HTTP/1.1 2".to_owned()),
        Reply::Raw("OK\n".to_owned()),
        Reply::status("400 Bad Request"),
        // A body that is announced and never comes: what counts is the head.
        Reply::Raw("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n{".to_owned()),
    ]);
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    place(&mut desk, &inspection).await;
    let calls = terminal.called(before + 7).await;
    settled(&stage).await;
    assert_eq!(terminal.calls().len(), before + 7, "taken once");
    assert!(
        calls[before..]
            .iter()
            .all(|call| call.id == calls[before].id)
    );
    assert!(
        calls[before..]
            .iter()
            .all(|call| call.text == calls[before].text)
    );
    assert!(
        calls[..before]
            .iter()
            .all(|call| call.id != calls[before].id)
    );
    assert!(elsewhere.calls().is_empty(), "no redirect is followed");
}

#[tokio::test]
async fn a_terminal_that_asks_for_time_gets_it() {
    let (_folder, terminal, stage) = one(QUICK).await;
    let before = terminal.calls().len();
    terminal.will([
        Reply::status("429 Too Many Requests\r\nretry-after: 2"),
        Reply::status("503 Service Unavailable\r\nretry-after: -7"),
    ]);
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    place(&mut desk, &inspection).await;
    terminal.called(before + 1).await;
    // News in the meantime is no reason to come earlier.
    let other = desk.inspections().await.pop().unwrap();
    place(&mut desk, &other).await;
    let calls = terminal.called(before + 4).await;
    let waited = calls[before + 1].at - calls[before].at;
    assert!(waited >= Duration::from_millis(1_900), "{waited:?}");
}

#[tokio::test]
async fn a_terminal_that_is_gone_is_left_alone_until_its_dead_letters_are_sent_again() {
    let (_folder, terminal, stage) = one(QUICK).await;
    let before = terminal.calls().len();
    terminal.will([Reply::status("410 Gone")]);
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    let id = place(&mut desk, &inspection).await;
    terminal.called(before + 1).await;
    settled(&stage).await;
    lift(&mut desk, &inspection, id).await;
    settled(&stage).await;
    assert_eq!(terminal.calls().len(), before + 1);

    assert_eq!(replay(&stage, Some("other")).await.again, 0);
    let replayed = replay(&stage, Some("quay")).await;
    assert_eq!((replayed.again, replayed.outdated), (2, 0));
    let calls = terminal.called(before + 3).await;
    let ids: Vec<&str> = calls[before..]
        .iter()
        .map(|call| call.id.as_str())
        .collect();
    assert_eq!(ids[0], ids[1], "the same notice, the same id");
    assert_eq!(
        terminal.kinds()[before + 1..],
        ["hold.placed", "hold.lifted"]
    );
    assert_eq!(replay(&stage, None).await.again, 0);
}

#[tokio::test]
async fn a_notice_that_was_never_taken_becomes_a_dead_letter_and_an_outdated_one_stays_dead() {
    let hasty = Patience {
        give_up: Duration::from_millis(1),
        ..QUICK
    };
    let (_folder, terminal, stage) = one(hasty).await;
    let before = terminal.calls().len();
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    terminal.will([
        Reply::status("500 Internal Server Error"),
        Reply::status("422 Unprocessable Content"),
    ]);
    let id = place(&mut desk, &inspection).await;
    terminal.called(before + 1).await;
    settled(&stage).await;
    let other = desk.inspections().await.pop().unwrap();
    place(&mut desk, &other).await;
    terminal.called(before + 2).await;
    settled(&stage).await;
    lift(&mut desk, &inspection, id).await;
    terminal.called(before + 3).await;
    settled(&stage).await;
    let replayed = replay(&stage, None).await;
    assert_eq!((replayed.again, replayed.outdated), (1, 1));
    let calls = terminal.called(before + 4).await;
    assert_eq!(calls[before + 3].id, calls[before + 1].id);
}

#[tokio::test]
async fn a_notice_that_is_refused_keeps_back_only_the_later_ones_of_its_inspection() {
    let slow = Patience {
        first: Duration::from_secs(3),
        longest: Duration::from_secs(3),
        ..QUICK
    };
    let (_folder, terminal, stage) = one(slow).await;
    let before = terminal.calls().len();
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    terminal.will([Reply::status("422 Unprocessable Content")]);
    let id = place(&mut desk, &inspection).await;
    terminal.called(before + 1).await;
    lift(&mut desk, &inspection, id).await;
    let other = desk.inspections().await.pop().unwrap();
    place(&mut desk, &other).await;
    let calls = terminal.called(before + 4).await;
    let of = |at: usize| calls[before + at].body()["data"]["inspection"].clone();
    assert_eq!(of(1), other.reference.as_str());
    assert_eq!(of(2), inspection.reference.as_str());
    assert_eq!(calls[before + 2].id, calls[before].id);
    assert_eq!(calls[before + 3].kind(), "hold.lifted");
}

#[tokio::test]
async fn a_terminal_that_hangs_or_is_not_there_keeps_no_other_waiting_and_is_told_later() {
    let folder = tempfile::tempdir().unwrap();
    let (well, hangs, away) = (
        Terminal::open().await,
        Terminal::open().await,
        Terminal::open().await,
    );
    for (terminal, name) in [(&well, "well"), (&hangs, "hangs"), (&away, "away")] {
        terminal.enlist(folder.path(), name, &["release"]);
    }
    hangs.will(vec![Reply::Hang; 50]);
    let address = away.url.clone();
    let address = address
        .trim_start_matches("http://")
        .trim_end_matches("/notices")
        .to_owned();
    drop(away);
    let stage = telling(&folder, QUICK).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    others_decide(&stage, &inspection).await;
    decide(&mut desk, &inspection).await;
    // The world's own past has releases; this one is told last.
    let told = well.last(&inspection.reference).await;
    assert_eq!(told.kind(), "release.given");
    let hung = hangs.called(1).await.remove(0);
    // The central stops while a delivery hangs and another was refused; both are told by its next life.
    let back = Terminal::at(&address).await;
    hangs.recovers();
    let folder = folder.path().to_owned();
    let stage = stage
        .again(|_, config| {
            config.webhooks = Some(folder);
            config.patience = QUICK;
            config.watch = Some(ANYWHERE);
        })
        .await;
    settled(&stage).await;
    let ids = |of: &Terminal| -> Vec<String> { of.calls().into_iter().map(|c| c.id).collect() };
    let again = ids(&hangs).iter().filter(|id| **id == hung.id).count();
    assert_eq!(again, 2, "under the same id");
    // A notice whose answer did not come in time is sent again under its id.
    let told = |to: &Terminal| ids(to).into_iter().collect::<BTreeSet<String>>().len();
    for terminal in [&well, &hangs, &back] {
        assert_eq!(told(terminal), told(&well));
        terminal.last(&inspection.reference).await;
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_used_leaves_its_terminal_as_it_was_and_the_others_too() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (Terminal::open().await, Terminal::open().await);
    first.enlist(folder.path(), "first", &["hold"]);
    let stage = telling(&folder, QUICK).await;
    settled(&stage).await;
    std::fs::write(folder.path().join("first.json"), "{\"url\": ").unwrap();
    second.enlist(folder.path(), "second", &["hold"]);
    let secret = "whsec_c2hvcnQ=";
    for (name, url, secret) in [
        (
            "plain",
            "http://terminal.example/notices",
            crate::terminal::SECRET,
        ),
        ("short", "https://terminal.example/notices", secret),
    ] {
        let file = serde_json::json!({ "url": url, "secrets": [secret] });
        std::fs::write(folder.path().join(format!("{name}.json")), file.to_string()).unwrap();
    }
    let again = folder.path().to_owned();
    let stage = stage
        .again(|_, config| {
            config.webhooks = Some(again);
            config.patience = QUICK;
            config.watch = Some(ANYWHERE);
        })
        .await;
    let (before, none) = (first.calls().len(), second.calls().len());
    assert_eq!(none, 0);
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    place(&mut desk, &inspection).await;
    first.called(before + 1).await;
    second.called(1).await;
    // Nothing is kept for the two that were not taken in.
    settled(&stage).await;
}
