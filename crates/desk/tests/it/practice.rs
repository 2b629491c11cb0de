//! Practice as the desk tells it: to its officer alone, without a trace in the journal.

use jiff::Timestamp;
use outpost_domain::{Agency, BlobHash, Confidence, PracticeResult};
use outpost_protocol::{Practised, Reply, Request};

use crate::support::{Central, Window, desk};

fn practised(window: &mut Window, request: Request) -> Practised {
    match window.ask(request) {
        Ok(Reply::Practice(book)) => book,
        other => panic!("no practice: {other:?}"),
    }
}

#[test]
fn answers_are_told_to_their_officer_alone_and_are_not_sent() {
    let central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    let refused = window.ask(Request::Practice).unwrap_err();
    assert_eq!(refused.code, "not-signed-in");
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    let result = PracticeResult {
        scan: BlobHash([7; 32]),
        projected: None,
        marked: None,
        confidence: Confidence::Medium,
        milliseconds: 9_000,
        at: Timestamp::now(),
    };
    let keep = Request::KeepPractice {
        result: result.clone(),
    };
    let kept = practised(&mut window, keep).results;
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].scan, kept[0].milliseconds), (result.scan, 9_000));
    match window.ask(Request::Outbox) {
        Ok(Reply::Outbox { lines }) => assert!(lines.is_empty(), "{lines:?}"),
        other => panic!("no outbox: {other:?}"),
    }
    match window.ask(Request::Verify) {
        Ok(Reply::Verified(found)) => assert_eq!(found.entries, 0),
        other => panic!("not verified: {other:?}"),
    }
    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Veterinary);
    assert_eq!(practised(&mut window, Request::Practice).results, []);
    window.ask(Request::SignOut).unwrap();
    window.sign_in(Agency::Customs);
    assert_eq!(practised(&mut window, Request::Practice).results.len(), 1);
    desk.shutdown();
}

#[test]
fn a_laptop_without_a_clean_scan_says_so() {
    let central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    window.sign_in(Agency::Customs);
    assert_eq!(practised(&mut window, Request::Practice).scans, 0);
    let refused = window.ask(Request::DealPractice { before: None });
    assert_eq!(refused.unwrap_err().code, "practice-none");
    desk.shutdown();
}
