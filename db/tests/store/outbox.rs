//! The outbox against a simple model, and the cases that the model does not have.

use std::collections::BTreeSet;

use outpost_api::PushResult;
use outpost_db::{Sent, StoreError};
use outpost_domain::*;
use proptest::prelude::*;

use crate::world::*;

fn conflict() -> PushResult {
    PushResult::Conflict {
        code: "stale".to_owned(),
        detail: "another version stands".to_owned(),
    }
}

fn refusing(word: &'static str) -> impl Fn(&SignedEntry) -> PushResult {
    move |entry| {
        if entry.payload.contains(word) {
            refused()
        } else {
            PushResult::Accepted
        }
    }
}

fn withdrawn() -> EntryBody {
    EntryBody::Withdrawn {
        reason: "not ours".to_owned(),
    }
}

fn batch(world: &World) -> Vec<EntryId> {
    let batch = world.store.outbox_batch(100, None).unwrap();
    batch.iter().map(|o| o.id).collect()
}

#[test]
fn an_entry_withdrawn_stays_in_the_history_and_holds_nothing_up() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let bad = world.record(1, finding("refused")).entry.payload.id;
    world.push(refusing("refused"));
    let next = world.record(1, finding("next")).entry.payload.id;
    assert_eq!(batch(&world), []);
    world.record_as(&author, 1, withdrawn(), Some(bad));
    assert_eq!(batch(&world), [next]);
    let opened = world.store.open_inspection(None, id(1)).unwrap();
    assert!(matches!(opened.history[0].sent, Sent::SetAside(_)));
    let texts: Vec<&str> = opened
        .state
        .findings
        .iter()
        .map(|f| f.text.as_str())
        .collect();
    assert_eq!(
        texts,
        ["next"],
        "what the central never took does not count"
    );
    assert_eq!(opened.sync.stuck, None);

    world.store.offer_again(bad).unwrap();
    assert_eq!(batch(&world), [bad, next]);
    assert!(matches!(
        world.store.offer_again(next),
        Err(StoreError::UnknownEntry(_))
    ));
}

#[test]
fn an_entry_that_replaces_a_stuck_one_settles_it_and_is_sent_by_itself() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let bad = world.record(1, finding("refused")).entry.payload.id;
    world.push(refusing("refused"));
    let better = world.record_as(&author, 1, finding("better"), Some(bad));
    assert_eq!(
        better.entry.payload.supersedes, None,
        "the central knows no other"
    );
    assert_eq!(batch(&world), [better.entry.payload.id]);
    let state = world.store.open_inspection(None, id(1)).unwrap().state;
    assert_eq!(state.findings.len(), 1);
}

#[test]
fn a_correction_said_again_after_it_lost_corrects_what_stands() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let found = world.record(1, finding("found")).entry.payload.id;
    world.push(refusing("never"));
    let lost = world.record_as(&author, 1, finding("mine"), Some(found));
    let lost = lost.entry.payload.id;
    world.push(|_| conflict());
    let elsewhere = World::with_two_inspections();
    let theirs = elsewhere.record_as(&author, 1, finding("theirs"), Some(found));
    world.pull(&[entry(&theirs)]);
    let texts = || {
        let state = world.store.open_inspection(None, id(1)).unwrap().state;
        let texts = state.findings.into_iter().map(|f| f.text);
        texts.collect::<Vec<_>>()
    };
    assert_eq!(texts(), ["theirs"], "what lost does not stand beside it");

    let again = world.record_as(&author, 1, finding("mine after all"), Some(lost));
    assert_eq!(
        again.entry.payload.supersedes,
        Some(theirs.entry.payload.id)
    );
    assert_eq!(texts(), ["mine after all"]);
    assert_eq!(batch(&world), [again.entry.payload.id]);
}

#[test]
fn a_stuck_entry_that_is_taken_back_leaves_nothing_to_send() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let bad = world.record(1, finding("refused")).entry.payload.id;
    world.push(refusing("refused"));
    world.record_as(&author, 1, withdrawn(), Some(bad));
    assert_eq!(batch(&world), []);
    assert_eq!(world.store.outbox_totals().unwrap().entries, 0);
    assert_eq!(world.store.verify().unwrap().faults, Vec::<String>::new());
}

#[test]
fn an_entry_superseded_before_it_was_sent_is_sent_with_its_successor() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let first = world.record(1, finding("first")).entry.payload.id;
    let second = world.record_as(&author, 1, finding("second"), Some(first));
    assert_eq!(second.entry.payload.supersedes, Some(first));
    assert_eq!(batch(&world), [first, second.entry.payload.id]);
    let opened = world.store.open_inspection(None, id(1)).unwrap();
    assert_eq!(opened.history.len(), 2);
    assert_eq!(opened.state.findings.len(), 1);
}

#[test]
fn each_officers_entries_wait_for_their_own_session() {
    let world = World::with_two_inspections();
    let (anna, ben) = (officer(1, Agency::Customs), officer(2, Agency::Customs));
    let vet = officer(3, Agency::Veterinary);
    let of_anna = world
        .record_as(&anna, 1, finding("a"), None)
        .entry
        .payload
        .id;
    let behind_anna = world
        .record_as(&ben, 1, finding("b"), None)
        .entry
        .payload
        .id;
    let of_vet = world
        .record_as(&vet, 1, finding("v"), None)
        .entry
        .payload
        .id;
    let elsewhere = world
        .record_as(&ben, 2, finding("e"), None)
        .entry
        .payload
        .id;
    assert_eq!(
        world.store.outbox_authors().unwrap(),
        [anna.id, ben.id, vet.id]
    );
    let with = |authors: &[OfficerId]| -> Vec<EntryId> {
        let batch = world.store.outbox_batch(10, Some(authors)).unwrap();
        batch.iter().map(|o| o.id).collect()
    };
    assert_eq!(with(&[ben.id, vet.id]), [of_vet, elsewhere]);
    assert_eq!(with(&[anna.id]), [of_anna]);
    assert_eq!(
        with(&[anna.id, ben.id, vet.id]),
        [of_anna, behind_anna, of_vet, elsewhere]
    );
    assert_eq!(with(&[]), []);
}

#[test]
fn badges_and_lines_tell_what_waits_and_why() {
    let world = World::with_two_inspections();
    let author = officer(1, Agency::Customs);
    let sync = |n| {
        world
            .store
            .row(Some(author.id), id(n))
            .unwrap()
            .unwrap()
            .sync
    };
    assert_eq!(sync(1), outpost_db::SyncState::default());
    let save = |text| {
        let now = time(0);
        let store = &world.store;
        store
            .save_draft(author.id, id(1), "finding", text, now)
            .unwrap();
    };
    save("half a sen");
    assert_eq!(sync(1).drafts, 1);
    assert_eq!(
        world.store.row(None, id(1)).unwrap().unwrap().sync.drafts,
        0
    );
    save("");
    assert_eq!(sync(1).drafts, 0);

    let photo = world
        .store
        .put_blob(b"p", "image/jpeg", "p.jpg", time(0))
        .unwrap();
    world.record(1, finding_with("fine", vec![photo.hash]));
    world.record(2, finding("refused"));
    assert_eq!((sync(1).waiting, sync(1).blobs), (1, 1));
    world.push(refusing("refused"));
    assert_eq!((sync(1).waiting, sync(1).blobs), (0, 1));
    assert_eq!(sync(2).stuck.unwrap().code, "not-concerned");
    let lines = world.store.outbox_lines().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (lines[0].inspection, lines[0].entries, lines[0].blobs),
        (id(1), 0, 1)
    );
    assert_eq!(lines[0].unit, "MSKU 601167 2");
    assert_eq!((lines[1].inspection, lines[1].entries), (id(2), 1));
    let totals = world.store.outbox_totals().unwrap();
    assert_eq!((totals.entries, totals.blobs, totals.stuck), (1, 1, 1));
    assert_eq!(totals.first_stuck, lines[1].stuck);

    let touched = world.store.upload_done(photo.hash, time(1)).unwrap();
    assert_eq!((touched, sync(1).blobs), (vec![id(1)], 0));
}

#[derive(Debug, Clone)]
enum Act {
    Record(u128),
    Push(Vec<u8>),
    OfferAgain(usize),
    Withdraw(usize),
    ComesBack(usize),
    Reopen,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        5 => (1u128..=3).prop_map(Act::Record),
        4 => proptest::collection::vec(0u8..6, 1..5).prop_map(Act::Push),
        1 => (0usize..20).prop_map(Act::OfferAgain),
        1 => (0usize..20).prop_map(Act::Withdraw),
        2 => (0usize..20).prop_map(Act::ComesBack),
        1 => Just(Act::Reopen),
    ];
    proptest::collection::vec(act, 1..40)
}

/// What the outbox should be: each entry with its inspection and state, in the device's order.
#[derive(Default)]
struct Model(Vec<(EntryId, u128, &'static str)>);

impl Model {
    fn sendable(&self) -> Vec<EntryId> {
        let mut parked: BTreeSet<u128> = BTreeSet::new();
        let mut ids = Vec::new();
        for (id, inspection, state) in &self.0 {
            match *state {
                "stuck" => {
                    parked.insert(*inspection);
                }
                "waiting" if !parked.contains(inspection) => ids.push(*id),
                _ => {}
            }
        }
        ids
    }

    fn set(&mut self, id: EntryId, state: &'static str) {
        let entry = self.0.iter_mut().find(|e| e.0 == id).unwrap();
        entry.2 = state;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is recorded, answered, settled and pulled: what may be sent is what the model says, nothing is lost,
    /// and the chain stands.
    #[test]
    fn the_outbox_does_what_its_model_does(acts in acts()) {
        let mut world = World::empty();
        let author = officer(1, Agency::Customs);
        world.pull(&[
            snapshot(inspection(1, "MSKU6011672", "Fish")),
            snapshot(inspection(2, "CSQU3054383", "Maize")),
            snapshot(inspection(3, "TEXU3070079", "Tyres")),
        ]);
        let mut model = Model::default();
        for act in acts {
            match act {
                Act::Record(n) => {
                    let id = world.record(n, finding("f")).entry.payload.id;
                    model.0.push((id, n, "waiting"));
                }
                Act::Push(answers) => {
                    let sent: Vec<EntryId> = batch(&world).into_iter().take(answers.len()).collect();
                    let result = |answer: &u8| match answer {
                        0 => refused(),
                        1 => conflict(),
                        2 => PushResult::Duplicate,
                        _ => PushResult::Accepted,
                    };
                    let results = answers.iter().take(sent.len()).map(result).collect();
                    for (id, answer) in sent.iter().zip(&answers) {
                        model.set(*id, if *answer < 2 { "stuck" } else { "accepted" });
                    }
                    world.store.record_push(&sent, &answer(&sent, results)).unwrap();
                }
                Act::OfferAgain(n) if n < model.0.len() => {
                    let (id, _, state) = model.0[n];
                    let offered = world.store.offer_again(id);
                    prop_assert_eq!(offered.is_ok(), matches!(state, "stuck" | "aside"));
                    if offered.is_ok() {
                        model.set(id, "waiting");
                    }
                }
                Act::Withdraw(n) if n < model.0.len() => {
                    let (id, inspection, state) = model.0[n];
                    let withdrawal = world.record_as(&author, inspection, withdrawn(), Some(id));
                    // What the central never took needs no word to it.
                    let settles = state == "stuck";
                    if settles {
                        model.set(id, "aside");
                    }
                    let state = if settles { "aside" } else { "waiting" };
                    model.0.push((withdrawal.entry.payload.id, inspection, state));
                }
                Act::ComesBack(n) if n < model.0.len() => {
                    let entry = world.store.entry(model.0[n].0).unwrap().unwrap().signed;
                    world.pull(&[outpost_api::Change::Entry { entry }]);
                    model.set(model.0[n].0, "accepted");
                }
                Act::Reopen => world = world.reopened(),
                _ => {}
            }
            prop_assert_eq!(batch(&world), model.sendable());
        }
        let report = world.store.verify().unwrap();
        prop_assert_eq!(report.entries, model.0.len() as u64);
        prop_assert_eq!(report.faults, Vec::<String>::new());
    }
}

#[test]
fn what_is_recorded_while_a_push_is_under_way_goes_with_the_next_one() {
    let world = World::with_two_inspections();
    let first = world.record(1, finding("before"));
    let batch = world.store.outbox_batch(10, None).unwrap();
    let sent: Vec<EntryId> = batch.iter().map(|o| o.id).collect();
    let meanwhile = world.record(1, finding("meanwhile"));
    let results = vec![PushResult::Accepted];
    world
        .store
        .record_push(&sent, &answer(&sent, results))
        .unwrap();
    let next = world.store.outbox_batch(10, None).unwrap();
    let next: Vec<EntryId> = next.iter().map(|o| o.id).collect();
    assert_eq!(sent, [first.entry.payload.id]);
    assert_eq!(next, [meanwhile.entry.payload.id]);
}
