//! Links that other programs open: kept for a window that is not there yet, told at once to one that is.

use outpost_domain::InspectionId;
use uuid::Uuid;

use crate::support::*;

/// No central answers there.
const NOWHERE: &str = "http://127.0.0.1:9";

#[test]
fn a_link_waits_for_the_window_and_is_followed_once() {
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), NOWHERE);
    let inspection = InspectionId(Uuid::from_u128(0x0197_a2c4));
    desk.follow(&format!("outpost://inspection/{inspection}"));
    let mut window = Window::open(&desk);
    window.until("the link is followed", |w| w.shown == [inspection]);

    let other = InspectionId(Uuid::from_u128(0x0197_a2c5));
    desk.follow(&format!("outpost://inspection/{other}"));
    window.until("the next one too", |w| w.shown == [inspection, other]);
    drop(window);

    let mut next = Window::open(&desk);
    desk.follow(&format!("outpost://inspection/{other}"));
    next.until("the new link is followed", |w| !w.shown.is_empty());
    assert_eq!(next.shown, [other], "an old link is not followed again");
    drop(next);
    desk.shutdown();
}

#[test]
fn a_hostile_link_is_refused_in_words_and_opens_nothing() {
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), NOWHERE);
    desk.follow("outpost://inspection/../../etc/passwd");
    let mut window = Window::open(&desk);
    window.until("the link is refused", |w| !w.notices.is_empty());
    assert_eq!(window.notices[0].problem.code, "link-refused");
    assert_eq!(
        window.notices[0].problem.args["link"],
        "outpost://inspection/../../etc/passwd"
    );
    desk.follow("outpost://settings");
    window.until("the second link is refused", |w| w.notices.len() == 2);
    assert!(window.shown.is_empty());
    drop(window);
    desk.shutdown();
}
