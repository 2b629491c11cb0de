//! Entries: each by itself, each once, each in its place.

use ed25519_dalek::{Signature, VerifyingKey};
use outpost_api::{PushResult, Receipt};
use outpost_domain::{
    Decision, EntryBody, HoldId, HoldLevel, HoldReason, HoldType, Purpose, SignedEntry,
};
use uuid::Uuid;

use crate::stage::{Desk, Stage, finding, key, problem, refused};

fn hold(inspection: &outpost_domain::Inspection) -> (HoldId, EntryBody) {
    let hold = HoldId(Uuid::now_v7());
    let body = EntryBody::HoldPlaced {
        hold,
        hold_type: HoldType::Document,
        level: HoldLevel::Unit {
            number: inspection.units[0].number.as_str().to_owned(),
        },
        reason: HoldReason::DocumentMissing,
        note: "invoice missing".to_owned(),
        review: None,
    };
    (hold, body)
}

fn accept() -> EntryBody {
    EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        },
        items: Vec::new(),
    }
}

fn verify(receipt: &Receipt) {
    let mut key = [0; 32];
    let mut signature = [0; 64];
    hex::decode_to_slice(&receipt.key, &mut key).unwrap();
    hex::decode_to_slice(&receipt.signature, &mut signature).unwrap();
    let text = Receipt::signed_text(receipt.device, receipt.sequence, receipt.head, receipt.at);
    VerifyingKey::from_bytes(&key)
        .unwrap()
        .verify_strict(text.as_bytes(), &Signature::from_bytes(&signature))
        .unwrap();
}

#[tokio::test]
async fn a_hold_is_placed_and_lifted_and_the_goods_decided_and_a_receipt_says_so() {
    let stage = Stage::with(30).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.untouched().await;
    let (id, placed) = hold(&inspection);
    let lifted = EntryBody::HoldLifted {
        hold: id,
        reason: "invoice shown".to_owned(),
    };
    let batch: Vec<SignedEntry> = [placed, lifted, accept(), EntryBody::SectionSigned]
        .into_iter()
        .map(|body| desk.write(&inspection, body))
        .collect();
    let answer = desk.push(&batch).await;
    assert!(
        answer
            .outcomes
            .iter()
            .all(|o| o.result == PushResult::Accepted),
        "{answer:?}"
    );
    assert_eq!(answer.outcomes[3].index, 3);
    let receipt = answer.receipt.unwrap();
    assert_eq!((receipt.sequence, receipt.head), (4, desk.head.0));
    verify(&receipt);
    let view = desk.view(inspection.id).await;
    assert_eq!(view.entries, batch);
    let again = desk.push(&batch).await;
    assert!(
        again
            .outcomes
            .iter()
            .all(|o| o.result == PushResult::Duplicate)
    );
    assert_eq!(desk.view(inspection.id).await.entries.len(), 4);
}

#[tokio::test]
async fn an_empty_push_fetches_the_receipt() {
    let stage = Stage::with(5).await;
    let mut desk = stage.desk("A. Mwale").await;
    assert_eq!(desk.push(&[]).await.receipt, None);
    let inspection = desk.inspections().await.remove(1);
    let entry = desk.write(&inspection, finding("x"));
    desk.push(&[entry]).await;
    assert_eq!(desk.push(&[]).await.receipt.unwrap().sequence, 1);
}

#[tokio::test]
async fn a_bad_entry_delays_no_other() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspections = desk.inspections().await;
    let good = desk.write(&inspections[1], finding("first"));
    let mut forged = desk.write(&inspections[2], finding("second"));
    forged.signature = "00".repeat(64);
    let rule = desk.write(&inspections[3], finding(" "));
    let unknown = desk.write_with(&inspections[1], finding("nowhere"), |p| {
        p.inspection = outpost_domain::InspectionId(Uuid::now_v7());
    });
    let head = desk.head;
    // What no database can keep as it is: a NUL in a text, a number beyond its largest.
    let mut odd = desk.write(&inspections[4], finding("odd"));
    odd.key = "\0".to_owned();
    let vast = desk.write_with(&inspections[5], finding("vast"), |p| p.sequence = u64::MAX);
    desk.head = head;
    let last = desk.write(&inspections[1], finding("last"));
    let unreadable = SignedEntry {
        payload: "{".to_owned(),
        ..last.clone()
    };
    let results = desk
        .results(&[
            good,
            forged.clone(),
            rule,
            unknown,
            unreadable,
            odd,
            vast,
            last,
        ])
        .await;
    assert_eq!(results[0], PushResult::Accepted);
    assert_eq!(refused(&results[1]), "wrong-signature");
    assert_eq!(refused(&results[2]), "missing");
    assert_eq!(refused(&results[3]), "unknown-inspection");
    assert_eq!(refused(&results[4]), "malformed");
    assert_eq!(refused(&results[5]), "wrong-signature");
    assert_eq!(refused(&results[6]), "chain-broken");
    assert_eq!(results[7], PushResult::Accepted);
    assert_eq!(
        refused(&desk.results(&[forged]).await[0]),
        "wrong-signature"
    );
}

#[tokio::test]
async fn what_builds_on_a_refused_entry_waits_behind_it() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspections = desk.inspections().await;
    let bad = desk.write(&inspections[1], finding(""));
    let behind = desk.write(&inspections[1], finding("builds on it"));
    let other = desk.write(&inspections[2], finding("of another inspection"));
    let results = desk.results(&[bad, behind.clone(), other]).await;
    assert_eq!(refused(&results[0]), "missing");
    assert_eq!(results[1..], [PushResult::Behind, PushResult::Accepted]);
    assert_eq!(desk.results(&[behind]).await, [PushResult::Accepted]);
}

#[tokio::test]
async fn entries_that_wait_on_the_laptop_leave_holes_that_are_filled_later() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspections = desk.inspections().await;
    let entries: Vec<SignedEntry> = (0..6)
        .map(|n| desk.write(&inspections[n % 3 + 1], finding(&n.to_string())))
        .collect();
    for order in [vec![5, 0], vec![3, 1], vec![2, 4]] {
        let some: Vec<SignedEntry> = order.iter().map(|n: &usize| entries[*n].clone()).collect();
        let results = desk.results(&some).await;
        assert!(
            results.iter().all(|r| *r == PushResult::Accepted),
            "{results:?}"
        );
    }
    let receipt = desk.push(&[]).await.receipt.unwrap();
    assert_eq!((receipt.sequence, receipt.head), (6, desk.head.0));
}

#[tokio::test]
async fn a_replaced_entry_shows_from_either_side() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let start = desk.head;
    let first = desk.write(&inspection, finding("first"));
    let second = desk.write(&inspection, finding("second"));
    let third = desk.write(&inspection, finding("third"));
    assert_eq!(
        desk.results(&[first, third]).await,
        vec![PushResult::Accepted; 2]
    );
    desk.head = start;
    let other_first = desk.write(&inspection, finding("another first"));
    let other_second = desk.write(&inspection, finding("another second"));
    for other in [other_first, other_second] {
        assert_eq!(refused(&desk.results(&[other]).await[0]), "chain-broken");
    }
    assert_eq!(desk.results(&[second]).await, [PushResult::Accepted]);
    let zero = desk.write_with(&inspection, finding("zero"), |p| p.sequence = 0);
    assert_eq!(refused(&desk.results(&[zero]).await[0]), "chain-broken");
}

#[tokio::test]
async fn only_the_authors_own_bound_key_counts() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    desk.key = key();
    let stranger = desk.write(&inspection, finding("with another key"));
    assert_eq!(refused(&desk.results(&[stranger]).await[0]), "unknown-key");
}

#[tokio::test]
async fn any_session_of_the_workstation_carries_its_entries_and_no_others() {
    let stage = Stage::with(10).await;
    let mut first = stage.desk("A. Mwale").await;
    let inspection = first.inspections().await.remove(0);
    let waiting = first.write(&inspection, finding("written by the first officer"));
    let second = stage.desk_on("Dr G. Phiri", first.device).await;
    assert_eq!(
        second.results(std::slice::from_ref(&waiting)).await,
        [PushResult::Accepted]
    );
    let elsewhere = stage.desk("T. Kamanga").await;
    assert_eq!(
        refused(&elsewhere.results(&[waiting]).await[0]),
        "other-device"
    );
}

#[tokio::test]
async fn a_refused_entry_is_judged_anew_when_it_is_offered_again() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    // Written by an officer who has not signed in at this workstation yet.
    let early = stage.officer("T. Kamanga").await;
    let (officer, own_key) = (desk.officer.clone(), desk.key.clone());
    desk.officer = early.clone();
    desk.key = key();
    let entry = desk.write(&inspection, finding("before the session"));
    assert_eq!(
        refused(&desk.results(std::slice::from_ref(&entry)).await[0]),
        "unknown-key"
    );
    let request = outpost_api::SessionRequest {
        officer: early.id,
        pin: crate::stage::PIN.to_owned(),
        device: desk.device,
        key: crate::stage::public(&desk.key),
    };
    let sent = desk.http.post(stage.url("/v1/session")).json(&request);
    assert!(sent.send().await.unwrap().status().is_success());
    (desk.officer, desk.key) = (officer, own_key);
    assert_eq!(
        desk.results(std::slice::from_ref(&entry)).await,
        [PushResult::Accepted]
    );
    assert_eq!(desk.results(&[entry]).await, [PushResult::Duplicate]);
}

#[tokio::test]
async fn lifting_twice_and_deciding_twice_are_conflicts_for_an_officer_to_settle() {
    let stage = Stage::with(30).await;
    let mut one = stage.desk("A. Mwale").await;
    let mut two = stage.desk("T. Kamanga").await;
    let inspection = one.untouched().await;
    let (id, placed) = hold(&inspection);
    let lift = |reason: &str| EntryBody::HoldLifted {
        hold: id,
        reason: reason.to_owned(),
    };
    let place = one.write(&inspection, placed);
    let first = one.write(&inspection, lift("shown"));
    let late = two.write(&inspection, lift("shown to me too"));
    assert_eq!(
        one.results(&[place, first]).await,
        vec![PushResult::Accepted; 2]
    );
    let conflict = |result: &PushResult| match result {
        PushResult::Conflict { code, .. } => code.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        conflict(&two.results(&[late]).await[0]),
        "hold-already-lifted"
    );
    let decided = one.write(&inspection, accept());
    let standing = decided.open().unwrap().payload.id;
    let contended = two.write(&inspection, accept());
    assert_eq!(one.results(&[decided]).await, [PushResult::Accepted]);
    assert_eq!(
        conflict(&two.results(&[contended]).await[0]),
        "already-decided"
    );
    let settled = two.write_with(&inspection, accept(), |p| p.supersedes = Some(standing));
    assert_eq!(two.results(&[settled]).await, [PushResult::Accepted]);
}

#[tokio::test]
async fn an_id_is_taken_once() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let first = desk.write(&inspection, finding("first"));
    let id = first.open().unwrap().payload.id;
    let second = desk.write_with(&inspection, finding("second"), |p| p.id = id);
    let results = desk.results(&[first, second]).await;
    assert_eq!(
        (&results[0], refused(&results[1])),
        (&PushResult::Accepted, "id-taken")
    );
}

#[tokio::test]
async fn too_many_entries_are_too_large() {
    let stage = Stage::with(5).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let entries: Vec<SignedEntry> = (0..201)
        .map(|n| desk.write(&inspection, finding(&n.to_string())))
        .collect();
    let request = outpost_api::PushRequest { entries };
    let sent = desk
        .request(reqwest::Method::POST, "/v1/entries")
        .json(&request);
    assert_eq!(problem(sent.send().await.unwrap(), 413).await, "too-large");
    assert_eq!(
        desk.push(&request.entries[..200])
            .await
            .receipt
            .unwrap()
            .sequence,
        200
    );
}

#[tokio::test]
async fn the_same_batch_sent_many_times_at_once_has_its_effect_once() {
    let stage = Stage::with(5).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let batch: Vec<SignedEntry> = (0..20)
        .map(|n| desk.write(&inspection, finding(&n.to_string())))
        .collect();
    let all: Vec<&Desk> = vec![&desk; 6];
    let pushes = all.iter().map(|d| d.results(&batch));
    let answers = futures_util::future::join_all(pushes).await;
    let accepted = answers
        .iter()
        .flatten()
        .filter(|r| **r == PushResult::Accepted)
        .count();
    assert_eq!(accepted, 20);
    let ours = desk
        .view(inspection.id)
        .await
        .entries
        .iter()
        .filter(|e| batch.contains(e))
        .count();
    assert_eq!(ours, 20);
}
