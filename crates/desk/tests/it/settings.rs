//! Settings that the window changes, the central among them: what does not fit is refused and not kept, and no laptop
//! that has worked for one central is led to another.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use outpost_desk::{Address, AtLogin, Config, Desk, Managed};
use outpost_domain::Agency;
use outpost_protocol::{CentralFrom, Certificate, Line, Problem, Request};

use crate::support::*;

/// Some authority's certificate.
const CA: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIIBWTCCAQugAwIBAgIUGijZE+MoTc473VQvyo+/WqTNL24wBQYDK2VwMCExHzAd\n\
BgNVBAMMFk91dHBvc3QgdGVzdCBhdXRob3JpdHkwIBcNMjYxMjAxMDAyNDUzWhgP\n\
MjEyNjExMDcwMDI0NTNaMCExHzAdBgNVBAMMFk91dHBvc3QgdGVzdCBhdXRob3Jp\n\
dHkwKjAFBgMrZXADIQApXhEcRwk2OkhQmuATcL6YaX4QOmNyqtjOKAGfQjfhNKNT\n\
MFEwHQYDVR0OBBYEFIis2UVMm3wN8qkLfsu4Ao6urjWdMB8GA1UdIwQYMBaAFIis\n\
2UVMm3wN8qkLfsu4Ao6urjWdMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EApSjU\n\
Wj9bldavL1vB0bbN/nH29YAfTEq2eo3VdUvTxU79j87HEV+bcjEwdUp2IHqVh7RC\n\
MYRnS3R4vUo9reCKDg==\n\
-----END CERTIFICATE-----\n
";

/// A desk whose central is chosen in the window.
fn free_desk(data: &std::path::Path) -> Desk {
    Desk::open(Config {
        address: Address::default(),
        ..config(data, "", 0)
    })
}

fn set(window: &mut Window, name: &str, value: &str) -> Result<(), Problem> {
    let (name, value) = (name.to_owned(), value.to_owned());
    window.ask(Request::Set { name, value }).map(drop)
}

fn set_central(window: &mut Window, url: &str, ca: Certificate) -> Result<(), Problem> {
    let url = url.to_owned();
    let identity = Certificate::Keep;
    window
        .ask(Request::SetCentral { url, ca, identity })
        .map(drop)
}

fn central_of(window: &Window) -> String {
    window.status.as_ref().unwrap().central.clone()
}

fn file(path: &std::path::Path) -> Certificate {
    Certificate::File {
        path: path.display().to_string(),
    }
}

#[test]
fn a_value_that_does_not_fit_is_refused_in_words_and_not_kept() {
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), "http://127.0.0.1:9");
    let mut window = Window::open(&desk);
    set(&mut window, "quiet-hours", "22-6:30").unwrap();
    window.until("the hours are told as they are kept", |w| {
        w.status.as_ref().unwrap().settings.get("quiet-hours") == Some(&"22:00-06:30".to_owned())
    });
    for (name, value, code) in [
        ("quiet-hours", "25:00-06:00", "quiet-no-time"),
        ("quiet-hours", "06:00-6:00", "quiet-empty"),
        ("theme", "pink", "setting-unfit"),
        ("central", "{}", "setting-unknown"),
        ("start-at-login", "on", "setting-unknown"),
    ] {
        let refused = set(&mut window, name, value).unwrap_err();
        assert_eq!(refused.code, code, "{name}={value}");
    }
    let kept = &desk.status().settings;
    assert_eq!(kept["quiet-hours"], "22:00-06:30");
    assert!(!kept.contains_key("theme") && !kept.contains_key("central"));
    drop(window);
    desk.shutdown();
}

#[test]
fn a_new_laptop_is_told_its_central_in_the_window_and_keeps_it() {
    let central = Central::start(3);
    let data = tempfile::tempdir().unwrap();
    let desk = free_desk(data.path());
    let mut window = Window::open(&desk);
    window.until("that no central was named", |w| {
        w.line_fault() == Some("no-central")
    });
    for (typed, code) in [
        ("central.example", "central-no-address"),
        ("https://", "central-no-address"),
        ("https://a@b.example", "central-no-address"),
        ("http://central.example", "central-not-secure"),
        ("", "central-no-address"),
    ] {
        let refused = set_central(&mut window, typed, Certificate::Keep).unwrap_err();
        assert_eq!(refused.code, code, "{typed}");
    }
    assert_eq!(central_of(&window), "");
    let typed = format!(" {}/ ", central.url);
    set_central(&mut window, &typed, Certificate::Keep).unwrap();
    window.sign_in(Agency::Customs);
    window.until("the worklist", |w| w.rows.len() == 3);
    assert_eq!(central_of(&window), central.url);
    drop(window);
    desk.shutdown();

    let again = free_desk(data.path());
    let mut window = Window::open(&again);
    window.until("the line", |w| {
        matches!(w.status.as_ref().unwrap().line, Line::Up { .. })
    });
    let told = window.status.clone().unwrap();
    assert_eq!(told.central, central.url);
    assert_eq!(told.workstation.central_from, CentralFrom::Window);
    drop(window);
    again.shutdown();
}

#[test]
fn entries_that_wait_are_not_led_to_another_central_and_follow_their_own_to_its_new_address() {
    let mut central = Central::start(3);
    let other = Central::start(3);
    let data = tempfile::tempdir().unwrap();
    let desk = free_desk(data.path());
    let mut window = Window::open(&desk);
    set_central(&mut window, &central.url, Certificate::Keep).unwrap();
    let officer = window.sign_in(Agency::Customs);
    window.until("the worklist", |w| w.rows.len() == 3);
    let inspection = *window.rows.keys().next().unwrap();
    let before = central.entries(inspection).len();
    window.finding(inspection, "sent before", vec![]).unwrap();
    window.until("it is sent", |_| central.entries(inspection).len() > before);
    central.stop();
    window.finding(inspection, "waits", vec![]).unwrap();
    window.until("it waits", |w| w.waiting() == 1);

    let refused = set_central(&mut window, &other.url, Certificate::Keep).unwrap_err();
    assert_eq!(refused.code, "another-central-waiting");
    assert_eq!(refused.args["entries"], "1");
    assert_eq!(refused.args["who"], format!("{} (1)", officer.name));
    assert_eq!(central_of(&window), central.url);
    assert_eq!(other.entries(inspection), Vec::<String>::new());

    let nobody = set_central(&mut window, "http://127.0.0.1:9", Certificate::Keep);
    assert_eq!(nobody.unwrap_err().code, "unreachable");
    assert_eq!(central_of(&window), central.url);

    central.move_to_another_port();
    let old = central_of(&window);
    set_central(&mut window, &central.url, Certificate::Keep).unwrap();
    window.until("what waited is at the central", |w| w.waiting() == 0);
    assert_ne!(central_of(&window), old);
    assert_eq!(central.entries(inspection).len(), before + 2);

    let refused = set_central(&mut window, &other.url, Certificate::Keep).unwrap_err();
    assert_eq!(refused.code, "another-central");
    drop(window);
    desk.shutdown();
}

#[test]
fn a_certificate_is_read_once_and_one_that_cannot_be_read_is_named() {
    let data = tempfile::tempdir().unwrap();
    let desk = free_desk(&data.path().join("desk"));
    let mut window = Window::open(&desk);
    let url = "https://127.0.0.1:9";
    let wrong = data.path().join("holiday.jpg");
    std::fs::write(&wrong, b"\xff\xd8\xff").unwrap();
    let letter = data.path().join("letter.pem");
    std::fs::write(&letter, "Dear colleague").unwrap();
    for path in [&wrong, &letter, &data.path().join("nowhere.pem")] {
        let refused = set_central(&mut window, url, file(path)).unwrap_err();
        assert_eq!(refused.code, "ca-unreadable", "{}", path.display());
        assert_eq!(refused.args["file"], path.display().to_string());
    }
    assert_eq!(central_of(&window), "");
    let ca = data.path().join("ca.pem");
    std::fs::write(&ca, CA).unwrap();
    set_central(&mut window, url, file(&ca)).unwrap();
    std::fs::remove_file(&ca).unwrap();
    drop(window);
    desk.shutdown();

    let again = free_desk(&data.path().join("desk"));
    let mut window = Window::open(&again);
    let told = window.status.clone().unwrap();
    assert_eq!(told.workstation.ca, Some(ca.display().to_string()));
    set_central(&mut window, url, Certificate::Keep).unwrap();
    set_central(&mut window, url, Certificate::Leave).unwrap();
    assert_eq!(again.status().workstation.ca, None);
    drop(window);
    again.shutdown();
}

#[test]
fn what_was_given_at_the_start_is_not_changed_in_the_window() {
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), "http://127.0.0.1:9");
    let mut window = Window::open(&desk);
    let refused = set_central(&mut window, "http://127.0.0.1:8", Certificate::Keep);
    assert_eq!(refused.unwrap_err().code, "setting-from-start");
    assert_eq!(central_of(&window), "http://127.0.0.1:9");
    drop(window);
    desk.shutdown();
}

/// A place for the start at login that can be written, or not.
fn place(on: &Arc<AtomicBool>, writable: bool) -> AtLogin {
    let (read, write) = (on.clone(), on.clone());
    AtLogin {
        is_on: Box::new(move || read.load(Ordering::SeqCst)),
        turn: Box::new(move |on| {
            if !writable {
                return Err("Read-only file system".to_owned());
            }
            write.store(on, Ordering::SeqCst);
            Ok(())
        }),
    }
}

fn at_login(desk: &Desk) -> Option<String> {
    desk.status().settings.get("start-at-login").cloned()
}

#[test]
fn the_start_at_login_is_what_the_system_says_and_a_place_that_cannot_be_written_is_told() {
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), "http://127.0.0.1:9");
    let on = Arc::new(AtomicBool::new(false));
    desk.on_at_login(place(&on, true));
    let mut window = Window::open(&desk);
    assert_eq!(at_login(&desk).as_deref(), Some("off"));
    set(&mut window, "start-at-login", "on").unwrap();
    assert!(on.load(Ordering::SeqCst));
    assert_eq!(at_login(&desk).as_deref(), Some("on"));

    desk.on_at_login(place(&on, false));
    let refused = set(&mut window, "start-at-login", "off").unwrap_err();
    assert_eq!(refused.code, "at-login-failed");
    assert_eq!(refused.args["reason"], "Read-only file system");
    assert_eq!(at_login(&desk).as_deref(), Some("on"));
    drop(window);
    desk.shutdown();
}

#[test]
fn what_is_laid_down_about_the_start_at_login_is_done_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("managed.json");
    std::fs::write(&file, r#"{"start-at-login": "off"}"#).unwrap();
    let managed = Managed::read(&file);
    let desk = managed_desk(&folder.path().join("data"), "http://127.0.0.1:9", managed);
    let on = Arc::new(AtomicBool::new(true));
    desk.on_at_login(place(&on, true));
    assert!(!on.load(Ordering::SeqCst));
    let mut window = Window::open(&desk);
    let refused = set(&mut window, "start-at-login", "on").unwrap_err();
    assert_eq!(refused.code, "setting-managed");
    assert!(!on.load(Ordering::SeqCst));

    on.store(true, Ordering::SeqCst);
    desk.on_at_login(place(&on, false));
    drop(window);
    let mut window = Window::open(&desk);
    window.until("that it could not be done is told", |w| {
        w.notices
            .iter()
            .any(|n| n.problem.code == "at-login-failed")
    });
    drop(window);
    desk.shutdown();
}
