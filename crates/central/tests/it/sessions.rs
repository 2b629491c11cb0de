//! Signing in.

use outpost_api::{Session, SessionRequest};
use outpost_domain::{DeviceId, OfficerId};
use serde_json::json;
use uuid::Uuid;

use crate::stage::{self, PIN, Stage, key, problem, public};

fn request(officer: OfficerId, pin: &str) -> SessionRequest {
    SessionRequest {
        officer,
        pin: pin.to_owned(),
        device: DeviceId(Uuid::now_v7()),
        key: public(&key()),
    }
}

#[tokio::test]
async fn a_session_binds_the_key_and_tells_the_post() {
    let stage = Stage::with(3).await;
    let desk = stage.desk("A. Mwale").await;
    assert!(desk.officer.keys.contains(&public(&desk.key)));
    assert!(
        stage
            .officer("A. Mwale")
            .await
            .keys
            .contains(&public(&desk.key))
    );
    let info = stage.post().await;
    assert_eq!(info.post.code.as_str(), "MWKGJ");
    assert_eq!(info.demonstration.unwrap().pin, PIN);
}

#[tokio::test]
async fn wrong_pins_are_refused_and_after_five_of_them_one_waits() {
    let stage = Stage::with(1).await;
    let officer = stage.officer("A. Mwale").await;
    let try_pin = |pin: &'static str| {
        let (http, url) = (stage.http.clone(), stage.url("/v1/session"));
        async move {
            http.post(url)
                .json(&request(officer.id, pin))
                .send()
                .await
                .unwrap()
        }
    };
    for _ in 0..5 {
        assert_eq!(problem(try_pin("000000").await, 401).await, "wrong-pin");
    }
    let response = try_pin(PIN).await;
    let wait: u64 = stage::header(&response, "retry-after").parse().unwrap();
    assert!((1..=31).contains(&wait));
    assert_eq!(problem(response, 429).await, "too-many-tries");
}

#[tokio::test]
async fn unknown_officers_bad_keys_and_bad_json_are_told_apart_from_failures() {
    let stage = Stage::with(1).await;
    let url = stage.url("/v1/session");
    let send = |body: String, kind: &'static str| {
        let sent = stage
            .http
            .post(&url)
            .header("content-type", kind)
            .body(body);
        async move { sent.send().await.unwrap() }
    };
    let stranger = serde_json::to_string(&request(OfficerId(Uuid::now_v7()), PIN)).unwrap();
    assert_eq!(
        problem(send(stranger.clone(), "application/json").await, 401).await,
        "wrong-pin"
    );
    assert_eq!(
        problem(send("{".to_owned(), "application/json").await, 400).await,
        "bad-json"
    );
    assert_eq!(
        problem(send("{}".to_owned(), "application/json").await, 400).await,
        "bad-json"
    );
    assert_eq!(
        problem(send(stranger, "text/plain").await, 415).await,
        "media-type"
    );
    let mut bad_key = request(stage.officer("A. Mwale").await.id, PIN);
    bad_key.key = "zz".to_owned();
    let text = serde_json::to_string(&bad_key).unwrap();
    assert_eq!(
        problem(send(text, "application/json").await, 400).await,
        "bad-request"
    );
}

#[tokio::test]
async fn requests_without_a_good_session_are_sent_away() {
    let stage = Stage::configured(1, |c| c.token_minutes = 0).await;
    let mut desk = stage.desk("A. Mwale").await;
    for path in [
        "/v1/changes",
        "/v1/events",
        "/v1/inspections/x",
        "/v1/blobs/x",
    ] {
        let response = stage.http.get(stage.url(path)).send().await.unwrap();
        assert_eq!(problem(response, 401).await, "no-session");
        let response = desk.get(path).send().await.unwrap();
        assert_eq!(problem(response, 401).await, "session-expired");
    }
    desk.token = "00".repeat(32);
    let response = desk.get("/v1/changes").send().await.unwrap();
    assert_eq!(problem(response, 401).await, "no-session");
}

#[tokio::test]
async fn a_token_is_good_on_its_own_workstation_only() {
    let stage = Stage::with(1).await;
    let mut desk = stage.desk("A. Mwale").await;
    desk.device = DeviceId(Uuid::now_v7());
    let response = desk.get("/v1/changes").send().await.unwrap();
    assert_eq!(problem(response, 403).await, "other-device");
}

#[tokio::test]
async fn a_workstation_stays_with_its_post() {
    let stage = Stage::with(20).await;
    let land = stage.desk("A. Mwale").await;
    let shed_info: outpost_api::PostInfo = stage::json(
        stage
            .http
            .get(stage.url("/v1/post?post=TZDAR"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(shed_info.post.zone, "Africa/Dar_es_Salaam");
    let shed_officer = shed_info.officers[0].id;
    let mut elsewhere = request(shed_officer, PIN);
    elsewhere.device = land.device;
    let url = stage.url("/v1/session");
    let response = stage.http.post(&url).json(&elsewhere).send().await.unwrap();
    assert_eq!(problem(response, 403).await, "other-post");
    let response = stage
        .http
        .post(&url)
        .json(&request(shed_officer, PIN))
        .send()
        .await
        .unwrap();
    let session: Session = stage::json(response).await;
    let changes = stage
        .http
        .get(stage.url("/v1/changes?limit=1000"))
        .bearer_auth(session.token);
    let page: outpost_api::ChangesPage = stage::json(changes.send().await.unwrap()).await;
    for change in page.changes {
        if let outpost_api::Change::Inspection { inspection } = change {
            assert_eq!(inspection.post.as_str(), "TZDAR");
        }
    }
    let nowhere = stage
        .http
        .get(stage.url("/v1/post?post=XXXXX"))
        .send()
        .await
        .unwrap();
    assert_eq!(problem(nowhere, 404).await, "not-found");
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems_too() {
    let stage = Stage::with(1).await;
    let response = stage.http.get(stage.url("/v2/post")).send().await.unwrap();
    assert_eq!(problem(response, 404).await, "not-found");
    let response = stage
        .http
        .post(stage.url("/v1/post"))
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(problem(response, 405).await, "method-not-allowed");
    let large = stage
        .http
        .post(stage.url("/v1/session"))
        .header("content-type", "application/json")
        .body(vec![b' '; (16 << 20) + 1]);
    assert_eq!(problem(large.send().await.unwrap(), 413).await, "too-large");
    let health = stage.http.get(stage.url("/healthz")).send().await.unwrap();
    assert_eq!(health.text().await.unwrap(), "ok\n");
}
