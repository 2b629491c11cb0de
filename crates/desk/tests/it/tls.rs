//! A line whose TLS fails is named, and costs nothing.

use outpost_domain::Agency;

use crate::support::*;

#[test]
fn a_line_whose_tls_fails_is_named_and_what_was_recorded_waits() {
    let mut central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let plain = central.url.clone();
    let laptop = desk(data.path(), &plain);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    let id = *window.rows.keys().next().unwrap();
    let before = central.entries(id).len();
    drop(window);
    laptop.shutdown();

    // What answers there speaks no TLS: no certificate can be looked at, and nothing is sent in the clear instead.
    let laptop = desk(data.path(), &plain.replace("http://", "https://"));
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    window.finding(id, "over a bad line", vec![]).unwrap();
    window.until("the reason is named", |w| {
        w.line_fault() == Some("tls") && w.waiting() == 1
    });
    assert_eq!(central.entries(id).len(), before);
    drop(window);
    laptop.shutdown();

    let laptop = desk(data.path(), &plain);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    window.until("it is sent", |w| w.waiting() == 0);
    assert_eq!(central.entries(id).len(), before + 1);
    drop(window);
    laptop.shutdown();
    central.stop();
}
