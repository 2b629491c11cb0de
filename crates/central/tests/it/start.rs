//! Starting again: over the same data, over a restored backup, over somebody else's.

use outpost_central::{Config, serve};

use crate::stage::{Stage, finding};

#[tokio::test]
async fn a_restart_carries_on_with_the_same_epoch_sessions_and_world() {
    let stage = Stage::with(20).await;
    let mut desk = stage.desk("A. Mwale").await;
    let (_, cursor) = desk.pull("").await;
    let epoch = stage.post().await.epoch;
    let inspection = desk.inspections().await.remove(1);
    let entry = desk.write(&inspection, finding("before"));
    desk.push(&[entry]).await;
    let stage = stage.again(|_, _| ()).await;
    desk.base.clone_from(&stage.running.url);
    assert_eq!(stage.post().await.epoch, epoch);
    let (changes, _) = desk.pull(&cursor).await;
    assert_eq!(changes.len(), 1);
    assert_eq!(desk.inspections().await.len(), 20);
    let larger = stage
        .again(|_, c| c.world.as_mut().unwrap().inspections = 35)
        .await;
    desk.base.clone_from(&larger.running.url);
    assert_eq!(desk.inspections().await.len(), 35);
    assert_eq!(desk.push(&[]).await.receipt.unwrap().sequence, 1);
}

/// Copies the database as a backup does, without the marker beside it.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    let source = rusqlite::Connection::open(from.join("central.sqlite")).unwrap();
    source
        .execute("VACUUM INTO ?1", [to.to_str().unwrap()])
        .unwrap();
}

fn put_back(backup: &std::path::Path, data: &std::path::Path) {
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(data.join(format!("central.sqlite{end}")));
    }
    std::fs::copy(backup, data.join("central.sqlite")).unwrap();
}

#[tokio::test]
async fn a_restored_database_begins_a_new_epoch_and_takes_again_what_it_had_forgotten() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let backup = stage.data.path().join("backup");
    copy(stage.data.path(), &backup);
    let entry = desk.write(&inspection, finding("after the backup"));
    desk.push(std::slice::from_ref(&entry)).await;
    let epoch = stage.post().await.epoch;
    let stage = stage.again(|data, _| put_back(&backup, data)).await;
    desk.base.clone_from(&stage.running.url);
    assert_ne!(stage.post().await.epoch, epoch);
    assert_eq!(desk.push(&[]).await.receipt, None);
    let results = desk.results(&[entry]).await;
    assert_eq!(results, [outpost_api::PushResult::Accepted]);
}

#[tokio::test]
async fn a_whole_folder_restored_is_noticed_by_the_first_workstation_that_is_ahead() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let backup = stage.data.path().join("backup");
    copy(stage.data.path(), &backup);
    let entry = desk.write(&inspection, finding("after the backup"));
    desk.push(&[entry]).await;
    let (_, ahead) = desk.pull("").await;
    let epoch = stage.post().await.epoch;
    let stage = stage
        .again(|data, _| {
            put_back(&backup, data);
            // The marker of the day of the backup: the same epoch, nothing later than the database.
            let marker = format!(r#"{{"epoch":"{epoch}","starts":1,"head":0}}"#);
            std::fs::write(data.join("instance.json"), marker).unwrap();
        })
        .await;
    desk.base.clone_from(&stage.running.url);
    assert_eq!(stage.post().await.epoch, epoch, "nothing shows yet");
    let page = desk.page(&ahead, 100).await;
    assert_ne!(page.epoch, epoch);
    assert_eq!(
        page.changes.len(),
        desk.pull("").await.0.len(),
        "it begins from the beginning"
    );
    assert_eq!(stage.post().await.epoch, page.epoch);
}

#[tokio::test]
async fn the_operator_can_say_that_it_was_restored() {
    let stage = Stage::with(3).await;
    let epoch = stage.post().await.epoch;
    let stage = stage.again(|_, c| c.restored = true).await;
    assert_ne!(stage.post().await.epoch, epoch);
}

#[tokio::test]
async fn a_folder_with_another_world_or_without_any_is_not_served() {
    let stage = Stage::with(3).await;
    let mut other = Config::demonstration(stage.data.path(), 2, 3);
    let refused = serve(other.clone()).await.err().unwrap().to_string();
    assert!(refused.contains("seed 1"), "{refused}");
    let empty = tempfile::tempdir().unwrap();
    other.data = empty.path().to_owned();
    other.world = None;
    let refused = serve(other).await.err().unwrap().to_string();
    assert!(refused.contains("no post"), "{refused}");
}

#[tokio::test]
async fn a_newer_database_is_left_untouched() {
    let data = tempfile::tempdir().unwrap();
    let database = data.path().join("central.sqlite");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let before = std::fs::read(&database).unwrap();
    let config = Config::demonstration(data.path(), 1, 3);
    let refused = serve(config).await.err().unwrap().to_string();
    assert!(refused.contains("newer build"), "{refused}");
    assert_eq!(std::fs::read(&database).unwrap()[..100], before[..100]);
}

#[tokio::test]
async fn failures_on_purpose_come_before_and_after_the_effect() {
    let stage = Stage::configured(5, |c| c.fail_rate = 0.5).await;
    let mut failed = 0;
    for _ in 0..60 {
        let response = stage.http.get(stage.url("/v1/post")).send().await.unwrap();
        if response.status() == 503 {
            failed += 1;
            assert_eq!(crate::stage::problem(response, 503).await, "unavailable");
        }
    }
    assert!((10..50).contains(&failed), "{failed}");
}
