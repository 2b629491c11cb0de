//! The settings page: what is kept, what is refused and said beside its field, what somebody else has fixed.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use outpost_protocol::{CentralFrom, Certificate, Problem, Request};

use crate::stage::Stage;
use crate::support::{Double, problem};

fn with(code: &str, args: &[(&str, &str)]) -> Problem {
    let mut problem = problem(code, "");
    let args = args.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
    problem.args.extend(args);
    problem
}

/// A laptop whose central is chosen in the window, and that may start with the session.
fn free() -> Double {
    let mut double = Double::with(3);
    double.status.workstation.central_from = CentralFrom::Window;
    double.status.central = "https://central.example".into();
    for (name, value) in [("quiet-hours", "22:00-06:00"), ("start-at-login", "off")] {
        let (name, value) = (name.to_owned(), value.to_owned());
        double.status.settings.insert(name, value);
    }
    double
}

/// Writes over what stands in a field.
fn write(stage: &mut Stage, field: &str, text: &str) {
    stage
        .harness
        .get_by_role_and_label(Role::TextInput, field)
        .focus();
    stage.settle();
    stage.press_with(egui::Modifiers::COMMAND, Key::A);
    stage.type_text(text);
}

#[test]
fn a_time_that_is_none_is_not_kept_and_the_reason_stands_beside_it() {
    let mut double = free();
    let no_time = with("quiet-no-time", &[("text", "25:00")]);
    double.settings_refused = vec![("quiet-hours".to_owned(), no_time)];
    let mut stage = Stage::signed_in(double);
    stage.click("Settings");
    write(&mut stage, "From", "25:00");
    stage.press(Key::Enter);
    assert_eq!(
        stage.double.settings_seen,
        [("quiet-hours".to_owned(), "25:00-06:00".to_owned())]
    );
    assert!(stage.says("“25:00” is no time of day: write it as 22:00."));
    assert_eq!(stage.window().model().setting("quiet-hours"), "22:00-06:00");
    stage.snapshot("settings-refused");
    stage.double.settings_refused.clear();
    write(&mut stage, "From", "23:00");
    stage.press(Key::Enter);
    assert!(!stage.says("is no time of day"));
    assert_eq!(stage.window().model().setting("quiet-hours"), "23:00-06:00");
}

#[test]
fn quiet_hours_and_the_start_at_login_are_switched() {
    let mut stage = Stage::signed_in(free());
    stage.click("Settings");
    stage.click("Quiet hours");
    stage.click("Quiet hours");
    stage.click_like("Start Outpost when I log in");
    let seen: Vec<(&str, &str)> = stage
        .double
        .settings_seen
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("quiet-hours", ""),
            ("quiet-hours", "22:00-06:00"),
            ("start-at-login", "on")
        ]
    );
}

#[test]
fn another_central_is_refused_with_what_waits_for_whom() {
    let mut double = free();
    double.status.entries_waiting = 4;
    double.central = Err(with(
        "another-central-waiting",
        &[("entries", "4"), ("who", "A. Mwale (3), T. Banda (1)")],
    ));
    let mut stage = Stage::sized(double, 1440.0, 1400.0);
    stage.sign_in();
    stage.click("Settings");
    write(&mut stage, "Address", "https://other.example");
    write(
        &mut stage,
        "Certificate authority (PEM file)",
        "/media/stick/ca.pem",
    );
    stage.click("Ask there and keep");
    let asked = Request::SetCentral {
        url: "https://other.example".to_owned(),
        ca: Certificate::File {
            path: "/media/stick/ca.pem".to_owned(),
        },
        identity: Certificate::Keep,
    };
    assert_eq!(stage.double.centrals, [asked]);
    assert!(stage.says("4 entries wait for the one before: A. Mwale (3), T. Banda (1)"));
    stage.snapshot("settings-another-central");
    stage.click("Undo");
    assert!(!stage.says("Another central answers there"));
    assert!(stage.says("4 entries wait to be sent."));
}

#[test]
fn an_address_is_refused_beside_its_field_and_a_good_one_is_kept() {
    let mut double = free();
    double.central = Err(with("central-not-secure", &[]));
    let mut stage = Stage::signed_in(double);
    stage.click("Settings");
    write(&mut stage, "Address", "http://central.example");
    stage.press(Key::Enter);
    assert!(stage.says("An address of another machine begins with https://"));
    assert!(!stage.says("Nothing was changed."));
    stage.double.central = Ok(());
    write(&mut stage, "Address", "https://new.example");
    stage.press(Key::Enter);
    assert!(stage.says("Kept. The central is reached this way from now on."));
    assert_eq!(stage.double.status.central, "https://new.example");
    stage.click("Worklist");
    stage.click("Settings");
    assert!(!stage.says("Kept. The central"));
}

#[test]
fn a_narrow_window_in_french_for_gloves() {
    let mut double = free();
    for (name, value) in [("language", "fr"), ("glove", "on")] {
        let (name, value) = (name.to_owned(), value.to_owned());
        double.status.settings.insert(name, value);
    }
    let mut stage = Stage::sized(double, 760.0, 1900.0);
    stage.sign_in();
    stage.click("Réglages");
    stage.snapshot("settings-narrow-french");
}

#[test]
fn a_laptop_without_a_central_asks_for_it_before_anybody_signs_in() {
    let mut double = free();
    double.status.central = String::new();
    double.status.post = None;
    double.status.officers.clear();
    let mut stage = Stage::new(double);
    stage.settle();
    assert!(stage.says("No central was named yet."));
    // The address has the keyboard already.
    stage.type_text("https://central.example");
    stage.snapshot("sign-in-no-central");
    stage.press(Key::Enter);
    assert_eq!(stage.double.status.central, "https://central.example");
    assert_eq!(stage.double.centrals.len(), 1);
}
