//! The change feed and its nudges.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::StreamExt;
use outpost_api::{Change, Nudge, PushResult};
use outpost_domain::{Audience, EntryBody, EntryId, OfficerId, SignedEntry};

use crate::stage::{self, Desk, Stage, finding, problem, refused};

#[tokio::test]
async fn the_first_pull_brings_officers_inspections_and_earlier_entries_page_by_page() {
    let stage = Stage::with(60).await;
    let desk = stage.desk("A. Mwale").await;
    let mut cursor = String::new();
    let (mut inspections, mut entries, mut officers, mut lists) = (0, 0, 0, 0);
    let mut left = None;
    loop {
        let page = desk.page(&cursor, 7).await;
        assert!(page.changes.len() <= 7);
        if let Some(left) = left {
            assert_eq!(page.remaining + page.changes.len() as u64, left);
        }
        left = Some(page.remaining);
        for change in &page.changes {
            match change {
                Change::Inspection { .. } => inspections += 1,
                Change::Entry { entry } => {
                    entry.open().unwrap();
                    entries += 1;
                }
                Change::Officer { .. } => officers += 1,
                Change::Checklist { .. } => lists += 1,
                Change::Removed { .. } => panic!("nothing was removed"),
            }
        }
        cursor = page.cursor;
        if !page.more {
            break;
        }
    }
    assert_eq!((inspections, officers, lists), (60, 11, 3));
    assert!(entries > 20, "{entries}");
    let after = desk.page(&cursor, 7).await;
    assert_eq!(
        (after.changes.len(), after.more, after.remaining),
        (0, false, 0)
    );
    assert_eq!(after.cursor, cursor);
}

#[tokio::test]
async fn why_a_unit_was_selected_is_for_customs_alone() {
    let stage = Stage::with(40).await;
    let customs = stage.desk("A. Mwale").await;
    let vet = stage.desk("Dr G. Phiri").await;
    let with_reason = customs.inspections().await;
    assert!(with_reason.iter().any(|i| i.selection.is_some()));
    let without = vet.inspections().await;
    assert_eq!(without.len(), with_reason.len());
    assert!(without.iter().all(|i| i.selection.is_none()));
    let seen = vet
        .get("/v1/changes?limit=1000")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(!seen.contains("criterion"));
    let id = with_reason
        .iter()
        .find(|i| i.selection.is_some())
        .unwrap()
        .id;
    assert!(vet.view(id).await.inspection.selection.is_none());
    assert!(customs.view(id).await.inspection.selection.is_some());
}

fn entries(changes: &[Change]) -> Vec<EntryId> {
    let entry = |change: &Change| match change {
        Change::Entry { entry } => Some(entry.open().unwrap().payload.id),
        _ => None,
    };
    changes.iter().filter_map(entry).collect()
}

fn comment(audience: Audience) -> EntryBody {
    EntryBody::CommentWritten {
        text: "the informant names the front wall".to_owned(),
        audience,
        to: None,
    }
}

#[tokio::test]
async fn a_comment_for_one_agency_and_what_leans_on_it_goes_to_its_workstations_alone() {
    let stage = Stage::with(40).await;
    let mut author = stage.desk("A. Mwale").await;
    let vet = stage.desk("Dr G. Phiri").await;
    let (_, since) = vet.pull("").await;
    let inspection = author.untouched().await;
    let own = author.write(&inspection, comment(Audience::OwnAgency));
    let all = author.write(&inspection, comment(Audience::Concerned));
    let id = |entry: &SignedEntry| entry.open().unwrap().payload.id;
    let gone = EntryBody::Withdrawn {
        reason: "the informant was wrong".to_owned(),
    };
    let back = author.write_with(&inspection, gone, |p| p.supersedes = Some(id(&own)));
    let results = author
        .results(&[own.clone(), all.clone(), back.clone()])
        .await;
    assert_eq!(results, [const { PushResult::Accepted }; 3]);
    let (changes, after) = vet.pull(&since).await;
    assert_eq!(entries(&changes), [id(&all)]);
    assert_eq!(
        vet.view(inspection.id).await.entries,
        std::slice::from_ref(&all)
    );
    let seen = author.view(inspection.id).await.entries;
    assert_eq!(seen, [own.clone(), all.clone(), back.clone()]);
    let (changes, _) = stage.desk("T. Kamanga").await.pull("").await;
    for entry in [&own, &all, &back] {
        assert!(entries(&changes).contains(&id(entry)));
    }
    // The first officer of customs signs in at the vet's laptop, which has read past it.
    stage.desk_on("T. Kamanga", vet.device).await;
    let (changes, _) = vet.pull(&after).await;
    assert_eq!(entries(&changes), [id(&own), id(&back)]);
    assert_eq!(
        vet.view(inspection.id).await.entries,
        [all],
        "what is asked in the vet's name is answered for the vet"
    );
}

#[tokio::test]
async fn an_officer_is_named_only_in_what_is_for_them() {
    let stage = Stage::with(40).await;
    let mut chief = stage.desk("C. Nyirenda").await;
    let inspection = chief.untouched().await;
    let vet = stage.officer("Dr G. Phiri").await.id;
    let assign = |officer| EntryBody::OfficerAssigned {
        officer,
        instead_of: Vec::new(),
    };
    let stranger = OfficerId(uuid::Uuid::now_v7());
    for officer in [vet, stranger] {
        let entry = chief.write(&inspection, assign(officer));
        assert_eq!(refused(&chief.results(&[entry]).await[0]), "not-named");
    }
    let colleague = stage.officer("A. Mwale").await.id;
    let entry = chief.write(&inspection, assign(colleague));
    assert_eq!(chief.results(&[entry]).await, [PushResult::Accepted]);
    let mut inspector = stage.desk("A. Mwale").await;
    let entry = inspector.write(&inspection, assign(colleague));
    assert_eq!(
        refused(&inspector.results(&[entry]).await[0]),
        "role-may-not"
    );
}

#[tokio::test]
async fn a_cursor_that_is_none_is_refused_and_limits_are_kept_in_bounds() {
    let stage = Stage::with(12).await;
    let desk = stage.desk("A. Mwale").await;
    for bad in ["zz", "0", &"00".repeat(32), "%F0"] {
        let response = desk
            .get(&format!("/v1/changes?since={bad}"))
            .send()
            .await
            .unwrap();
        let status = response.status().as_u16();
        assert_eq!(status, 400, "{bad}");
    }
    let response = desk.get("/v1/changes?since=zz").send().await.unwrap();
    assert_eq!(problem(response, 400).await, "bad-cursor");
    assert_eq!(desk.page("", 0).await.changes.len(), 1);
    let response = desk.get("/v1/changes?limit=many").send().await.unwrap();
    assert_eq!(problem(response, 400).await, "bad-request");
}

#[tokio::test]
async fn answers_are_compressed_when_asked() {
    let stage = Stage::with(50).await;
    let desk = stage.desk("A. Mwale").await;
    for encoding in ["zstd", "gzip"] {
        let raw = reqwest::Client::builder()
            .no_proxy()
            .no_gzip()
            .no_zstd()
            .build()
            .unwrap();
        let response = raw
            .get(stage.url("/v1/changes?limit=1000"))
            .bearer_auth(&desk.token)
            .header("accept-encoding", encoding)
            .send()
            .await
            .unwrap();
        assert_eq!(stage::header(&response, "content-encoding"), encoding);
        let small = response.bytes().await.unwrap().len();
        assert!(small < 60_000, "{small}");
    }
}

/// Every entry of the feed, pulled in small pages while others write.
async fn follow(desk: &Desk, cursor: &mut String, seen: &mut Vec<EntryId>) {
    let page = desk.page(cursor, 9).await;
    for change in &page.changes {
        if let Change::Entry { entry } = change {
            seen.push(entry.open().unwrap().payload.id);
        }
    }
    *cursor = page.cursor;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_misses_nothing_while_several_workstations_write() {
    let stage = Stage::with(40).await;
    let reader = stage.desk("C. Nyirenda").await;
    let (_, mut cursor) = reader.pull("").await;
    let mut writers = Vec::new();
    for name in ["A. Mwale", "T. Kamanga", "A. Mwale", "T. Kamanga"] {
        let mut desk = stage.desk(name).await;
        let inspections = desk.inspections().await;
        writers.push(tokio::spawn(async move {
            let mut written = Vec::new();
            for round in 0..30 {
                let inspection = &inspections[round % inspections.len()];
                let entry = desk.write(inspection, finding(&round.to_string()));
                written.push(entry.open().unwrap().payload.id);
                let outcomes = desk.push(&[entry]).await.outcomes;
                assert_eq!(outcomes[0].result, PushResult::Accepted);
            }
            written
        }));
    }
    let mut seen = Vec::new();
    while writers.iter().any(|w| !w.is_finished()) {
        follow(&reader, &mut cursor, &mut seen).await;
    }
    let mut written = HashSet::new();
    for writer in writers {
        written.extend(writer.await.unwrap());
    }
    for _ in 0..20 {
        follow(&reader, &mut cursor, &mut seen).await;
    }
    assert_eq!(seen.len(), 120, "each once");
    assert_eq!(seen.into_iter().collect::<HashSet<_>>(), written);
}

#[tokio::test]
async fn a_nudge_comes_at_once_and_after_each_change() {
    let stage = Stage::with(5).await;
    let listener = stage.desk("Dr G. Phiri").await;
    let mut writer = stage.desk("A. Mwale").await;
    let response = listener.get("/v1/events").send().await.unwrap();
    assert!(stage::header(&response, "content-type").starts_with("text/event-stream"));
    let epoch = stage.post().await.epoch;
    let mut stream = response.bytes_stream();
    let mut text = String::new();
    let mut read_until = async |nudges: usize| {
        while text.matches("data:").count() < nudges {
            let chunk = tokio::time::timeout(Duration::from_secs(10), stream.next()).await;
            text.push_str(std::str::from_utf8(&chunk.unwrap().unwrap().unwrap()).unwrap());
        }
        text.clone()
    };
    read_until(1).await;
    let inspection = writer.inspections().await.remove(1);
    let entry = writer.write(&inspection, finding("news"));
    writer.push(&[entry]).await;
    let all = read_until(2).await;
    let data = all.lines().find_map(|l| l.strip_prefix("data:")).unwrap();
    let nudge: Nudge = serde_json::from_str(data.trim()).unwrap();
    assert_eq!(nudge.epoch, epoch);
}
