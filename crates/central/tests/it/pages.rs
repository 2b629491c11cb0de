//! The plain pages, and the description of the API.

use std::path::Path;

use crate::stage::{Stage, finding};

#[tokio::test]
async fn the_pages_show_the_latest_entries_escaped() {
    let stage = Stage::with(10).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let entry = desk.write(&inspection, finding("<script>alert('x')</script>"));
    let hash = entry.hash().0.to_string();
    desk.push(&[entry]).await;
    for path in ["/".to_owned(), format!("/inspections/{}", inspection.id)] {
        let response = stage.http.get(stage.url(&path)).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let text = response.text().await.unwrap();
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script>"));
        assert!(
            text.contains("A. Mwale") && text.contains(&hash) && text.contains("finding-recorded")
        );
    }
    let nowhere = stage
        .http
        .get(stage.url("/inspections/x"))
        .send()
        .await
        .unwrap();
    assert_eq!(nowhere.status(), 404);
}

#[tokio::test]
async fn the_description_served_is_the_one_committed() {
    let stage = Stage::with(1).await;
    let served = stage
        .http
        .get(stage.url("/v1/openapi.json"))
        .send()
        .await
        .unwrap();
    let served = served.text().await.unwrap();
    let path = Path::new("../../docs/api/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(
        served == committed,
        "docs/api/openapi.json is behind: write it anew with `outpost-central --print-openapi`"
    );
    let document: serde_json::Value = serde_json::from_str(&served).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for path in [
        "/v1/post",
        "/v1/session",
        "/v1/changes",
        "/v1/entries",
        "/v1/events",
        "/v1/uploads",
    ] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
}
