//! Whoever asks for more than a sender may is told when to come back, and finds the door open then.

use std::time::{Duration, Instant};

use outpost_central::Limits;

use crate::stage::{Stage, header, problem};

/// A central that lets so many requests of a session and of an address pass each second.
async fn narrow(session: u32, address: u32) -> Stage {
    Stage::configured(5, |config| {
        config.limits = Limits {
            session,
            address,
            ..Limits::default()
        };
    })
    .await
}

#[tokio::test]
async fn a_session_that_asks_for_too_much_waits_as_long_as_it_is_told_and_others_do_not() {
    let stage = narrow(1, 0).await;
    let (desk, other) = (stage.desk("A. Mwale").await, stage.desk("T. Kamanga").await);
    let mut passed = 0;
    let refused = loop {
        let response = desk.get("/v1/changes?limit=1").send().await.unwrap();
        if response.status() != 200 {
            break response;
        }
        passed += 1;
        assert!(passed < 600, "nothing stops it");
    };
    assert!(
        passed >= 60,
        "what a minute brings is there at once: {passed}"
    );
    let wait: u64 = header(&refused, "retry-after").parse().unwrap();
    assert!((1..=2).contains(&wait), "{wait}");
    assert_eq!(problem(refused, 429).await, "too-many-requests");
    assert_eq!(other.get("/v1/changes").send().await.unwrap().status(), 200);
    let until = Instant::now() + Duration::from_secs(wait);
    tokio::time::sleep_until(until.into()).await;
    assert_eq!(desk.get("/v1/changes").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn an_address_that_tries_pins_is_stopped_long_before_one_that_reads() {
    let stage = narrow(0, 2).await;
    let mut tried = 0;
    let refused = loop {
        let asked = stage.http.post(stage.url("/v1/session")).json(&tried);
        let response = asked.send().await.unwrap();
        if response.status() != 400 {
            break response;
        }
        tried += 1;
        assert!(tried < 60, "nothing stops it");
    };
    assert!(tried <= 10, "{tried}");
    assert_eq!(problem(refused, 429).await, "too-many-requests");
}

#[tokio::test]
async fn a_central_can_be_told_to_count_nobody() {
    let stage = narrow(0, 0).await;
    for _ in 0..200 {
        let response = stage.http.get(stage.url("/healthz")).send().await.unwrap();
        assert_eq!(response.status(), 200);
    }
}
