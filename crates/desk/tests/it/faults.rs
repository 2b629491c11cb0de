//! Whatever the line does, no saved entry is lost, each arrives once, and what is wrong is said.

use std::time::Duration;

use axum::http::Method;
use outpost_domain::*;
use outpost_protocol::{Badge, Line, MAX_BYTES, MAX_FILE, Reply, Request, Sent};

use crate::proxy::{Fault, Proxy};
use crate::support::*;

/// After a healed fault the outbox is empty within so long.
const HEALED: Duration = Duration::from_secs(5);

struct World {
    central: Central,
    proxy: Proxy,
    data: tempfile::TempDir,
}

impl World {
    fn begin() -> Self {
        let central = Central::start(20);
        let proxy = Proxy::start(&central.url);
        let data = tempfile::tempdir().unwrap();
        Self {
            central,
            proxy,
            data,
        }
    }

    /// An officer signed in over the bad line, and an inspection without entries of this laptop.
    fn work(&self) -> (outpost_desk::Desk, Window, InspectionId) {
        let laptop = desk(self.data.path(), &self.proxy.url);
        let mut window = Window::open(&laptop);
        window.sign_in(Agency::Customs);
        window.until("rows", |w| w.complete && w.rows.len() >= 10);
        let concerned =
            |a: &AgencyState| a.agency == Agency::Customs && a.state == SectionState::Waiting;
        let row = window
            .rows
            .values()
            .find(|r| r.row.agencies.iter().any(concerned))
            .unwrap();
        let id = row.row.id;
        (laptop, window, id)
    }

    fn findings(&self, inspection: InspectionId) -> usize {
        let kinds = self.central.entries(inspection);
        kinds.iter().filter(|k| *k == "finding-recorded").count()
    }

    /// The central has so many findings, and the laptop knows.
    fn arrives(&self, window: &mut Window, inspection: InspectionId, count: usize) {
        let until = std::time::Instant::now() + PATIENCE;
        while self.findings(inspection) < count || window.rows[&inspection].sync != Badge::Sent {
            let (there, seen) = (self.findings(inspection), &window.rows[&inspection].sync);
            assert!(
                std::time::Instant::now() < until,
                "{there} of {count} arrived; {seen:?}"
            );
            window.listen(Duration::from_millis(50));
        }
        assert_eq!(self.findings(inspection), count);
    }
}

#[test]
fn an_answer_that_is_lost_and_a_request_that_comes_twice_count_once() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    let before = world.findings(inspection);
    for (n, fault) in [Fault::LoseAnswer, Fault::Twice, Fault::Half, Fault::Break]
        .into_iter()
        .enumerate()
    {
        world
            .proxy
            .breaks(Method::POST, "/v1/entries", fault.clone(), 1);
        window
            .finding(inspection, &format!("{fault:?}"), vec![])
            .unwrap();
        world.arrives(&mut window, inspection, before + n + 1);
        assert!(world.proxy.struck(), "{fault:?}");
    }
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn whatever_answers_in_the_centrals_place_is_named_and_costs_nothing() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    let before = world.findings(inspection);
    let faults = [
        (Fault::Portal, "captive-portal"),
        (Fault::Status(500), "central-failed"),
        (Fault::Status(502), "central-failed"),
        (Fault::Half, "unreadable-answer"),
        (Fault::Later(503, 1), "central-busy"),
        (Fault::Later(429, 1), "central-busy"),
    ];
    for (n, (fault, code)) in faults.into_iter().enumerate() {
        // Only entries are hit: the central still tells its name, and must not count as up for it.
        world.proxy.breaks_all("/v1/entries", fault);
        window.finding(inspection, code, vec![]).unwrap();
        window.until(code, |w| w.line_fault() == Some(code));
        let waiting = window.status.as_ref().unwrap().entries_waiting;
        assert_eq!(waiting, 1, "{code}");
        world.proxy.heal();
        window.within(HEALED, "the outbox empties", |w| w.waiting() == 0);
        window.within(HEALED, "the line is up", |w| w.line_fault().is_none());
        assert_eq!(world.findings(inspection), before + n + 1);
    }
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn a_wait_that_the_central_asks_for_is_kept_while_officers_go_on() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    window.finding(inspection, "before", vec![]).unwrap();
    window.until("sent", |w| w.rows[&inspection].sync == Badge::Sent);
    world
        .proxy
        .breaks(Method::POST, "/v1/entries", Fault::Later(503, 3), 1);
    let pushes = world.proxy.seen(&Method::POST, "/v1/entries");
    window.finding(inspection, "first", vec![]).unwrap();
    window.until("busy", |w| w.line_fault() == Some("central-busy"));
    let since = std::time::Instant::now();
    for n in 0..5 {
        window
            .finding(inspection, &format!("more {n}"), vec![])
            .unwrap();
        window.ask(Request::SyncNow).unwrap();
    }
    window.until("sent", |w| w.waiting() == 0);
    assert!(since.elapsed() > Duration::from_secs(2));
    let after = world.proxy.seen(&Method::POST, "/v1/entries");
    assert_eq!(after - pushes, 2, "one refused, one that carried all six");
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn a_session_that_ends_in_mid_queue_asks_for_a_sign_in_and_drops_nothing() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    let before = world.findings(inspection);
    world
        .proxy
        .breaks(Method::POST, "/v1/entries", Fault::Status(401), 1);
    window.finding(inspection, "one", vec![]).unwrap();
    window.until("the officer is asked", |w| {
        w.status.as_ref().unwrap().session_expired
    });
    window.finding(inspection, "two", vec![]).unwrap();
    window.until("both wait", |w| w.waiting() == 2);
    assert_eq!(world.findings(inspection), before);
    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Customs);
    window.within(HEALED, "both are sent", |w| w.waiting() == 0);
    assert!(!window.status.as_ref().unwrap().session_expired);
    assert_eq!(world.findings(inspection), before + 2);
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn a_queue_too_large_for_the_line_goes_in_parts_and_a_refusal_is_named() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    let before = world.findings(inspection);
    window.ask(Request::PullLine { down: true }).unwrap();
    for n in 0..9 {
        window
            .finding(inspection, &format!("part {n}"), vec![])
            .unwrap();
    }
    world.proxy.breaks_all("/v1/entries", Fault::AtMost(4_000));
    window.ask(Request::PullLine { down: false }).unwrap();
    world.arrives(&mut window, inspection, before + 9);
    // A single entry over the limit parks its own inspection and no other.
    let other = *window.rows.keys().find(|id| **id != inspection).unwrap();
    window
        .finding(inspection, &"x".repeat(3_900), vec![])
        .unwrap();
    window.finding(other, "short", vec![]).unwrap();
    window.until("the long one is stuck", |w| {
        matches!(&w.rows[&inspection].sync, Badge::Failed { problem, .. } if problem.code == "too-large-for-central")
    });
    window.within(HEALED, "the short one is sent", |w| {
        w.rows[&other].sync == Badge::Sent
    });
    // The central takes larger ones now: the officer sends the stuck one again, as it was signed.
    let Reply::Opened(opened) = window.ask(Request::Open { inspection }).unwrap() else {
        panic!("an inspection opens");
    };
    let stuck = opened
        .history
        .iter()
        .find(|line| matches!(line.sent, Sent::Stuck { .. }))
        .unwrap();
    let entry = stuck.entry.id;
    world.proxy.heal();
    window.ask(Request::OfferAgain { entry }).unwrap();
    world.arrives(&mut window, inspection, before + 10);
    let refused = window.ask(Request::OfferAgain { entry }).unwrap_err();
    assert_eq!(refused.code, "not-stuck");
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn a_file_over_every_limit_is_refused_in_words_and_the_window_works_on() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    let before = world.findings(inspection);
    for size in [MAX_FILE + 1, MAX_BYTES + 1] {
        let put = Request::PutBlob {
            media_type: "image/png".into(),
            name: "IMG_1.png".into(),
        };
        let refused = window.ask_with(put, &vec![0; size as usize]).unwrap_err();
        assert_eq!(
            (refused.code.as_str(), refused.args["name"].as_str()),
            ("file-too-large", "IMG_1.png")
        );
        let told: u64 = refused.args["size"].parse().unwrap();
        assert_eq!(told, size.div_ceil(1_048_576));
    }
    let blob = window.photo(1_000);
    window
        .finding(inspection, "see the photo", vec![blob])
        .unwrap();
    world.arrives(&mut window, inspection, before + 1);
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn files_leave_the_last_of_the_disk_to_what_is_recorded() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    let before = world.findings(inspection);
    let blob = window.photo(200_000);
    window
        .finding(inspection, "see the photo", vec![blob])
        .unwrap();
    world.arrives(&mut window, inspection, before + 1);

    // A laptop whose disk never has enough room does not fetch the photo, says so, and records all the same.
    let elsewhere = tempfile::tempdir().unwrap();
    let full = desk_keeping_free(elsewhere.path(), &world.proxy.url, u64::MAX);
    let mut theirs = Window::open(&full);
    theirs.sign_in(Agency::Customs);
    theirs.until("the want of room is told", |w| {
        let reason = w.status.as_ref().unwrap().stuck_reason.as_ref();
        reason.is_some_and(|p| p.code == "disk-nearly-full" && p.args.contains_key("free"))
    });
    let Reply::Opened(opened) = theirs.ask(Request::Open { inspection }).unwrap() else {
        panic!("an inspection opens");
    };
    assert!(opened.blobs_here.is_empty());
    theirs
        .finding(inspection, "there is room for this", vec![])
        .unwrap();
    world.arrives(&mut theirs, inspection, before + 2);
    drop((window, theirs));
    laptop.shutdown();
    full.shutdown();
    world.central.stop();
}

#[test]
fn a_forbidden_exchange_says_so_and_heals() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    world.proxy.breaks_all("/v1/entries", Fault::Status(403));
    window.finding(inspection, "forbidden", vec![]).unwrap();
    window.until("the reason is named", |w| {
        let status = w.status.as_ref().unwrap();
        status
            .stuck_reason
            .as_ref()
            .is_some_and(|p| p.code == "forbidden")
    });
    world.proxy.heal();
    window.ask(Request::SyncNow).unwrap();
    window.within(HEALED, "sent", |w| w.waiting() == 0);
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn a_photo_arrives_whole_over_a_line_that_breaks_at_every_part() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    for (path, fault) in [
        ("/v1/uploads", Fault::LoseAnswer),
        ("/v1/uploads/", Fault::Status(500)),
        ("/v1/uploads/", Fault::Status(423)),
        ("/v1/uploads/", Fault::Status(404)),
        ("/v1/uploads/", Fault::Status(410)),
    ] {
        let method = if path.ends_with('/') {
            Method::PATCH
        } else {
            Method::POST
        };
        world.proxy.breaks(method, path, fault, 1);
    }
    let blob = window.photo(2_500_000);
    window
        .finding(inspection, "see the photo", vec![blob])
        .unwrap();
    let proxy = &world.proxy;
    window.until("the photo is sent", |w| w.waiting() == 0 && proxy.struck());

    // Another laptop gets it, although the first part comes garbled.
    let elsewhere = tempfile::tempdir().unwrap();
    world
        .proxy
        .breaks(Method::GET, "/v1/blobs/", Fault::Garble, 3);
    let other = desk(elsewhere.path(), &world.proxy.url);
    let mut theirs = Window::open(&other);
    theirs.sign_in(Agency::Customs);
    theirs.until("the wrong content is told", |w| {
        let status = w.status.as_ref().unwrap();
        status
            .stuck_reason
            .as_ref()
            .is_some_and(|p| p.code == "wrong-hash")
    });
    let get = || Request::GetBlob {
        blob,
        offset: 0,
        length: 8,
    };
    let until = std::time::Instant::now() + PATIENCE;
    loop {
        match theirs.ask(get()) {
            Ok(Reply::Bytes { total, .. }) => {
                assert_eq!(total, 2_500_008);
                break;
            }
            Err(problem) if problem.code == "blob-not-here" => {
                assert!(std::time::Instant::now() < until, "the photo never came");
                theirs.listen(Duration::from_millis(100));
            }
            other => panic!("{other:?}"),
        }
    }
    drop((window, theirs));
    laptop.shutdown();
    other.shutdown();
    world.central.stop();
}

#[test]
fn a_central_restored_from_a_backup_gets_everything_again() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    let before = world.findings(inspection);
    window.finding(inspection, "in the backup", vec![]).unwrap();
    world.arrives(&mut window, inspection, before + 1);
    world.central.back_up();
    for n in 0..3 {
        window
            .finding(inspection, &format!("after it {n}"), vec![])
            .unwrap();
    }
    world.arrives(&mut window, inspection, before + 4);
    world.central.restore();
    assert_eq!(
        world.findings(inspection),
        before + 1,
        "the backup is older"
    );
    window.ask(Request::SyncNow).unwrap();
    window.until("the line is up again", |w| {
        matches!(w.status.as_ref().unwrap().line, Line::Up { .. })
    });
    world.arrives(&mut window, inspection, before + 4);
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn an_upload_that_has_ended_at_the_central_begins_anew() {
    let mut world = World::begin();
    let (laptop, mut window, inspection) = world.work();
    // The first part arrives; then nothing does for eight days.
    world
        .proxy
        .breaks(Method::PATCH, "/v1/uploads/", Fault::LoseAnswer, 1);
    world.proxy.breaks_all("/v1/uploads/", Fault::Status(500));
    let blob = window.photo(2_500_000);
    window
        .finding(inspection, "see the photo", vec![blob])
        .unwrap();
    let proxy = &world.proxy;
    window.until("the upload was begun", |_| {
        proxy.seen(&Method::PATCH, "/v1/uploads/") >= 1
            && proxy.seen(&Method::HEAD, "/v1/uploads/") >= 1
    });
    world.central.age_uploads(Duration::from_hours(8 * 24));
    let begun = world.proxy.seen(&Method::POST, "/v1/uploads");
    world.proxy.heal();
    window.ask(Request::SyncNow).unwrap();
    window.until("the photo is sent", |w| w.waiting() == 0);
    let anew = world.proxy.seen(&Method::POST, "/v1/uploads") - begun;
    assert_eq!(anew, 1);
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn what_the_store_cannot_read_is_named_and_does_not_read_as_nobody() {
    let mut world = World::begin();
    let (laptop, mut window, _) = world.work();
    let store = rusqlite::Connection::open(world.data.path().join("store.db")).unwrap();
    let key = "09".repeat(32);
    store
        .pragma_update(None, "key", format!("x'{key}'"))
        .unwrap();
    store.execute("UPDATE officers SET body = '{'", []).unwrap();
    window
        .ask(Request::Set {
            name: "theme".into(),
            value: "dark".into(),
        })
        .unwrap();
    window.until("the trouble is named", |w| {
        let reason = w.status.as_ref().unwrap().stuck_reason.as_ref();
        reason.is_some_and(|p| p.code == "store-failed" && p.detail.contains("an officer"))
    });
    drop(window);
    laptop.shutdown();
    world.central.stop();
}

#[test]
fn what_others_record_arrives_soon_though_nobody_nudges() {
    let mut world = World::begin();
    world.proxy.breaks_all("/v1/events", Fault::Portal);
    let (laptop, mut window, inspection) = world.work();
    window.opened(inspection);
    let elsewhere = tempfile::tempdir().unwrap();
    let other = desk(elsewhere.path(), &world.central.url);
    let mut theirs = Window::open(&other);
    theirs.sign_in(Agency::Customs);
    theirs.until("rows", |w| w.rows.contains_key(&inspection));
    theirs.finding(inspection, "seen there", vec![]).unwrap();
    window.within(Duration::from_secs(10), "the finding arrives", |w| {
        let mut findings = w.changed.iter().flat_map(|o| &o.state.findings);
        findings.any(|f| f.text == "seen there")
    });
    drop((window, theirs));
    laptop.shutdown();
    other.shutdown();
    world.central.stop();
}
