//! The log of the real program: what happened is in it, and nobody who works here or trades here.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use outpost_domain::{Agency, Inspection};
use outpost_protocol::{Draft, Request};

use crate::proxy::{Fault, Proxy};
use crate::support::*;

fn start(folder: &Path, central: &str) -> Child {
    let key = folder.join("key");
    std::fs::write(&key, "09".repeat(32)).unwrap();
    Command::new(env!("CARGO_BIN_EXE_outpost-desk"))
        .args(["--central", central, "--keep-free", "0"])
        .arg("--key-file")
        .arg(key)
        .arg("--data")
        .arg(folder.join("data"))
        .arg("--documents")
        .arg(folder.join("documents"))
        .arg("--log-folder")
        .arg(folder.join("kept here"))
        .arg("--managed")
        .arg(folder.join("managed.json"))
        .env("OUTPOST_LOG", "debug")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Everybody and everything that an inspection names.
fn named(inspection: &Inspection) -> Vec<String> {
    let consignment = &inspection.consignment;
    let parties = consignment.parties.iter();
    let parties = parties.flat_map(|p| p.register_number.iter().chain([&p.name]).cloned());
    let units = inspection.units.iter();
    let units = units.flat_map(|u| [u.number.to_string(), u.number.spaced()]);
    let bills = consignment.bills.iter().map(|b| b.number.clone());
    let goods = consignment.items.iter().map(|i| i.description.clone());
    let mrn = consignment.mrn.iter().map(ToString::to_string);
    let mut named: Vec<String> = parties.chain(units).chain(bills).collect();
    named.extend(goods.chain(mrn).chain([inspection.reference.clone()]));
    named
}

#[test]
fn the_log_tells_what_happened_and_names_nobody() {
    let mut central = Central::start(20);
    let proxy = Proxy::start(&central.url);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("managed.json"),
        r#"{"language": "Ama Mensah"}"#,
    )
    .unwrap();
    let mut window = Window::of_program(start(folder.path(), &proxy.url));
    let officer = window.sign_in(Agency::Customs);
    window.until("rows", |w| w.complete && w.rows.len() >= 10);
    let inspection = *window.rows.keys().next().unwrap();
    let opened = window.opened(inspection);
    let mut secret = named(&opened.inspection);
    secret.extend(
        window
            .status
            .as_ref()
            .unwrap()
            .officers
            .iter()
            .map(|o| o.name.clone()),
    );
    secret.push("Ama Mensah".to_owned());

    // Work, and everything that can go wrong with it.
    for words in &secret {
        let (text, limit) = (words.clone(), 10);
        window.ask(Request::Search { text, limit }).unwrap();
    }
    let said = "Ama Mensah opened the unit herself";
    let photo = window.photo(3_000);
    let file = Request::PutBlob {
        media_type: "image/png".into(),
        name: "Ama Mensah.png".into(),
    };
    assert!(window.ask_with(file, b"MZ no picture").is_err());
    let draft = Draft {
        inspection,
        form: "Ama Mensah".into(),
        text: said.into(),
    };
    window.ask(Request::SaveDraft { draft }).unwrap();
    let wrong = Request::SignIn {
        officer: officer.id,
        pin: "Ama Mensah".into(),
    };
    assert!(window.ask(wrong).is_err());
    window.say_raw("{\"id\": \"Ama Mensah\"}\n");
    window.until("the message is refused", |w| {
        w.notices
            .iter()
            .any(|n| n.problem.code == "message-unreadable")
    });

    // The central complains in its own words, then is not there.
    proxy.breaks_all("/", Fault::Status(403));
    window.finding(inspection, said, vec![photo]).unwrap();
    window.until("the complaint is told", |w| {
        w.status.as_ref().is_some_and(|s| s.stuck_reason.is_some())
    });
    proxy.heal();
    central.stop();
    window.ask(Request::SyncNow).unwrap();
    window.until("the line is down", |w| w.line_fault().is_some());
    let told = window.status.clone().unwrap().workstation.logs.unwrap();
    drop(window);

    let folder = folder.path().join("kept here");
    assert_eq!(told, folder.display().to_string());
    let log = std::fs::read_to_string(folder.join("outpost-desk.log")).unwrap();
    for happened in [
        "the desk starts",
        "the line is up",
        "managed settings, not applied: language",
        "a message of the window could not be read",
        "an exchange went wrong code=forbidden",
        "the line is down code=unreachable",
    ] {
        assert!(log.contains(happened), "{happened} is not in\n{log}");
    }
    secret.extend(["Mensah", said, &officer.id.to_string(), "Ama"].map(str::to_owned));
    for words in secret.iter().filter(|words| words.chars().count() > 2) {
        assert!(!log.contains(words.as_str()), "{words} is in\n{log}");
    }
}
