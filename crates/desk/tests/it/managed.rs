//! What an administrator has laid down: applied, told to the window, not to be changed there.

use outpost_desk::Managed;
use outpost_protocol::Request;

use crate::support::*;

/// No central answers there.
const NOWHERE: &str = "http://127.0.0.1:9";

fn read(text: &str) -> Managed {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("managed.json");
    std::fs::write(&file, text).unwrap();
    Managed::read(&file)
}

fn set(window: &mut Window, name: &str, value: &str) -> Result<(), String> {
    let (name, value) = (name.to_owned(), value.to_owned());
    let answer = window.ask(Request::Set { name, value });
    answer.map(drop).map_err(|problem| problem.code)
}

#[test]
fn what_is_laid_down_goes_before_what_was_chosen_and_is_kept_beside_it() {
    let data = tempfile::tempdir().unwrap();
    let before = desk(data.path(), NOWHERE);
    let mut window = Window::open(&before);
    set(&mut window, "language", "en").unwrap();
    set(&mut window, "glove", "on").unwrap();
    drop(window);
    before.shutdown();

    let managed = managed_desk(data.path(), NOWHERE, read(r#"{"language": "fr"}"#));
    let mut window = Window::open(&managed);
    let status = window.status.clone().unwrap();
    assert_eq!(status.settings["language"], "fr");
    assert_eq!(status.settings["glove"], "on");
    assert_eq!(status.managed, ["language"]);
    assert_eq!(
        set(&mut window, "language", "en"),
        Err("setting-managed".to_owned())
    );
    assert_eq!(set(&mut window, "glove", "off"), Ok(()));
    assert!(window.notices.is_empty());
    drop(window);
    managed.shutdown();

    // What the officer chose before counts again when nothing is laid down any more.
    let after = desk(data.path(), NOWHERE);
    let window = Window::open(&after);
    let status = window.status.clone().unwrap();
    assert_eq!(status.settings["language"], "en");
    assert!(status.managed.is_empty());
    drop(window);
    after.shutdown();
}

#[test]
fn keys_that_are_not_known_are_named_to_the_officer_and_the_rest_applies() {
    let data = tempfile::tempdir().unwrap();
    let managed = read(r#"{"colour": "red", "theme": "dark", "language": "xx"}"#);
    let desk = managed_desk(data.path(), NOWHERE, managed);
    let mut window = Window::open(&desk);
    window.until("the slip is told", |w| !w.notices.is_empty());
    let problem = &window.notices[0].problem;
    assert_eq!(problem.code, "managed-refused");
    assert_eq!(problem.args["keys"], "colour, language");
    assert_eq!(window.status.as_ref().unwrap().settings["theme"], "dark");
    drop(window);
    desk.shutdown();
}
