//! The diagnosis file: it tells how the workstation is, and nothing about people or inspections.

use outpost_domain::Agency;
use outpost_protocol::{Reply, Request, Storage, StorageKind};

use crate::support::*;

#[test]
fn a_diagnosis_tells_how_the_laptop_is_and_nothing_about_people_or_inspections() {
    let mut central = Central::start(12);
    let data = tempfile::tempdir().unwrap();
    let desk = desk(data.path(), &central.url);
    let mut window = Window::open(&desk);
    let refused = window.ask(Request::WriteDiagnosis).unwrap_err();
    assert_eq!(refused.code, "not-signed-in");
    window.sign_in(Agency::Customs);
    window.until("the rows", |w| w.complete && !w.rows.is_empty());
    central.stop();
    let id = *window.rows.keys().next().unwrap();
    let photo = window.photo(3_000);
    window
        .finding(id, "a carton of Kariba Wholesale", vec![photo])
        .unwrap();
    window.until("it waits", |w| w.waiting() == 2);

    let Ok(Reply::Storage(Storage { shares, free, .. })) = window.ask(Request::Storage) else {
        panic!("no storage");
    };
    let unsent = shares.iter().find(|s| s.kind == StorageKind::Unsent);
    assert_eq!(unsent.map(|s| (s.files, s.bytes)), Some((1, 3_008)));
    assert!(free > 0);

    let Ok(Reply::Written { path }) = window.ask(Request::WriteDiagnosis) else {
        panic!("not written");
    };
    let text = std::fs::read_to_string(path).unwrap();
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["waiting"]["entries"], 1);
    assert_eq!(told["waiting"]["files"], 1);
    assert_eq!(told["journal"]["faults"], 0);
    assert_eq!(told["line"]["state"], "down");
    let status = window.status.as_ref().unwrap();
    assert_eq!(told["device"], status.device.unwrap().to_string());

    let mut secrets: Vec<String> = vec!["Kariba".to_owned(), "seal.png".to_owned()];
    secrets.extend(status.officers.iter().map(|o| o.name.clone()));
    secrets.extend(status.officers.iter().map(|o| o.id.to_string()));
    for row in window.rows.values() {
        secrets.push(row.row.unit.clone());
        secrets.push(row.row.id.to_string());
        secrets.push(row.row.goods.clone());
    }
    secrets.retain(|secret| !secret.is_empty());
    assert!(secrets.len() > 30);
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret} stands in it");
    }
}
