//! Files: resumable uploads and ranges.

use base64::Engine;
use outpost_domain::{BlobHash, EntryBody};
use reqwest::{Method, RequestBuilder, Response};

use crate::stage::{Desk, Stage, header, problem};

fn tus(desk: &Desk, method: Method, path: &str) -> RequestBuilder {
    desk.request(method, path).header("tus-resumable", "1.0.0")
}

async fn create(desk: &Desk, blob: BlobHash, length: u64) -> Response {
    let name = base64::engine::general_purpose::STANDARD.encode(blob.to_string());
    tus(desk, Method::POST, "/v1/uploads")
        .header("upload-length", length)
        .header("upload-metadata", format!("name dGVzdA==,sha256 {name}"))
        .send()
        .await
        .unwrap()
}

async fn patch(desk: &Desk, path: &str, offset: u64, bytes: Vec<u8>) -> Response {
    tus(desk, Method::PATCH, path)
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream")
        .body(bytes)
        .send()
        .await
        .unwrap()
}

async fn offset(desk: &Desk, path: &str) -> u64 {
    let response = tus(desk, Method::HEAD, path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    header(&response, "upload-offset").parse().unwrap()
}

fn photo(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 7 % 251) as u8).collect()
}

async fn upload(desk: &Desk, bytes: &[u8]) -> BlobHash {
    let blob = BlobHash::of(bytes);
    let created = create(desk, blob, bytes.len() as u64).await;
    assert_eq!(created.status(), 201);
    let path = header(&created, "location");
    assert_eq!(patch(desk, &path, 0, bytes.to_vec()).await.status(), 204);
    blob
}

#[tokio::test]
async fn an_upload_resumes_to_the_byte_also_after_a_restart_and_is_fetched_again() {
    let stage = Stage::with(5).await;
    let mut desk = stage.desk("A. Mwale").await;
    let bytes = photo(300_000);
    let blob = BlobHash::of(&bytes);
    let created = create(&desk, blob, bytes.len() as u64).await;
    assert_eq!(created.status(), 201);
    assert_eq!(header(&created, "tus-resumable"), "1.0.0");
    let path = header(&created, "location");
    assert_eq!(offset(&desk, &path).await, 0);
    let response = patch(&desk, &path, 0, bytes[..100_000].to_vec()).await;
    assert_eq!(
        (
            response.status().as_u16(),
            header(&response, "upload-offset").as_str()
        ),
        (204, "100000")
    );
    let early = desk.get(&format!("/v1/blobs/{blob}")).send().await.unwrap();
    assert_eq!(problem(early, 404).await, "not-found");

    let stage = stage.again(|_, _| ()).await;
    desk.base.clone_from(&stage.running.url);
    assert_eq!(offset(&desk, &path).await, 100_000);
    let wrong = patch(&desk, &path, 99_999, bytes[99_999..].to_vec()).await;
    assert_eq!(header(&wrong, "upload-offset"), "100000");
    assert_eq!(problem(wrong, 409).await, "offset");
    let response = patch(&desk, &path, 100_000, bytes[100_000..].to_vec()).await;
    assert_eq!(response.status(), 204);
    assert_eq!(offset(&desk, &path).await, 300_000);

    let got = desk.get(&format!("/v1/blobs/{blob}")).send().await.unwrap();
    assert_eq!(got.bytes().await.unwrap(), bytes);
    let again = create(&desk, blob, bytes.len() as u64).await;
    assert_eq!(
        (
            again.status().as_u16(),
            header(&again, "outpost-blob").as_str()
        ),
        (200, "present")
    );
}

#[tokio::test]
async fn content_with_another_hash_is_dropped_and_said_so() {
    let stage = Stage::with(2).await;
    let desk = stage.desk("A. Mwale").await;
    let blob = BlobHash::of(b"announced");
    let path = header(&create(&desk, blob, 5).await, "location");
    let response = patch(&desk, &path, 0, b"other".to_vec()).await;
    assert_eq!(problem(response, 460).await, "checksum");
    let gone = tus(&desk, Method::HEAD, &path).send().await.unwrap();
    assert_eq!(gone.status(), 410);
    let missing = desk
        .request(Method::HEAD, &format!("/v1/blobs/{blob}"))
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), 404);
    let anew = create(&desk, blob, 9).await;
    assert_eq!(anew.status(), 201);
    let path = header(&anew, "location");
    assert_eq!(
        patch(&desk, &path, 0, b"announced".to_vec()).await.status(),
        204
    );
}

#[tokio::test]
async fn uploads_that_cannot_be_are_refused() {
    let stage = Stage::with(2).await;
    let desk = stage.desk("A. Mwale").await;
    let blob = BlobHash::of(b"x");
    assert_eq!(
        problem(create(&desk, blob, 600 << 20).await, 413).await,
        "too-large"
    );
    let nameless = tus(&desk, Method::POST, "/v1/uploads").header("upload-length", 1);
    assert_eq!(
        problem(nameless.send().await.unwrap(), 400).await,
        "bad-request"
    );
    let lengthless = tus(&desk, Method::POST, "/v1/uploads");
    assert_eq!(
        problem(lengthless.send().await.unwrap(), 400).await,
        "bad-request"
    );
    let old = desk
        .request(Method::POST, "/v1/uploads")
        .header("tus-resumable", "0.2.2");
    assert_eq!(problem(old.send().await.unwrap(), 412).await, "tus-version");
    let path = header(&create(&desk, blob, 1).await, "location");
    let plain = tus(&desk, Method::PATCH, &path)
        .header("upload-offset", 0)
        .body("x");
    assert_eq!(
        problem(plain.send().await.unwrap(), 415).await,
        "media-type"
    );
    let long = patch(&desk, &path, 0, b"xyz".to_vec()).await;
    assert_eq!(problem(long, 413).await, "too-large");
    let unknown = patch(&desk, "/v1/uploads/nothing", 0, b"x".to_vec()).await;
    assert_eq!(problem(unknown, 404).await, "not-found");
    let other = stage.desk("T. Kamanga").await;
    assert_eq!(
        problem(patch(&other, &path, 0, b"x".to_vec()).await, 404).await,
        "not-found"
    );
    let options = stage
        .http
        .request(Method::OPTIONS, stage.url("/v1/uploads"));
    let options = options.send().await.unwrap();
    assert_eq!(
        (
            options.status().as_u16(),
            header(&options, "tus-version").as_str()
        ),
        (204, "1.0.0")
    );
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let stage = Stage::with(2).await;
    let desk = stage.desk("A. Mwale").await;
    let blob = BlobHash::of(b"");
    assert_eq!(create(&desk, blob, 0).await.status(), 201);
    let got = desk.get(&format!("/v1/blobs/{blob}")).send().await.unwrap();
    assert_eq!(
        (got.status().as_u16(), got.bytes().await.unwrap().len()),
        (200, 0)
    );
}

#[tokio::test]
async fn ranges_are_served_as_asked() {
    let stage = Stage::with(2).await;
    let desk = stage.desk("A. Mwale").await;
    let bytes = photo(1_000);
    let blob = upload(&desk, &bytes).await;
    let path = format!("/v1/blobs/{blob}");
    let ask = |range: &'static str| desk.get(&path).header("range", range).send();
    for (range, part, told) in [
        ("bytes=0-99", 0..100, "bytes 0-99/1000"),
        ("bytes=900-", 900..1_000, "bytes 900-999/1000"),
        ("bytes=-1", 999..1_000, "bytes 999-999/1000"),
        ("bytes=500-5000", 500..1_000, "bytes 500-999/1000"),
    ] {
        let response = ask(range).await.unwrap();
        assert_eq!(response.status(), 206);
        assert_eq!(header(&response, "content-range"), told);
        assert_eq!(header(&response, "content-length"), part.len().to_string());
        assert_eq!(response.bytes().await.unwrap(), bytes[part]);
    }
    let outside = ask("bytes=1000-").await.unwrap();
    assert_eq!(header(&outside, "content-range"), "bytes */1000");
    assert_eq!(problem(outside, 416).await, "range");
    let several = ask("bytes=0-1,4-5").await.unwrap();
    assert_eq!(
        (
            several.status().as_u16(),
            several.bytes().await.unwrap().len()
        ),
        (200, 1_000)
    );
    let head = desk.request(Method::HEAD, &path).send().await.unwrap();
    let etag = header(&head, "etag");
    assert_eq!(header(&head, "content-length"), "1000");
    assert_eq!(header(&head, "accept-ranges"), "bytes");
    let known = desk
        .get(&path)
        .header("if-none-match", &etag)
        .send()
        .await
        .unwrap();
    assert_eq!(known.status(), 304);
    let stale = desk
        .get(&path)
        .header("range", "bytes=0-9")
        .header("if-range", "\"old\"");
    assert_eq!(stale.send().await.unwrap().status(), 200);
    let fresh = desk
        .get(&path)
        .header("range", "bytes=0-9")
        .header("if-range", etag);
    assert_eq!(fresh.send().await.unwrap().status(), 206);
}

#[tokio::test]
async fn an_inspection_tells_which_of_its_photos_have_arrived() {
    let stage = Stage::with(5).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = desk.inspections().await.remove(1);
    let bytes = photo(5_000);
    let blob = BlobHash::of(&bytes);
    let body = match crate::stage::finding("with a photo") {
        EntryBody::FindingRecorded {
            category,
            severity,
            text,
            item,
            region,
            legal_reference,
            ..
        } => EntryBody::FindingRecorded {
            category,
            severity,
            text,
            item,
            region,
            photos: vec![blob],
            legal_reference,
        },
        other => other,
    };
    let entry = desk.write(&inspection, body);
    desk.push(&[entry]).await;
    assert!(desk.view(inspection.id).await.blobs.is_empty());
    upload(&desk, &bytes).await;
    assert_eq!(desk.view(inspection.id).await.blobs, [blob]);
}

#[tokio::test]
async fn an_upload_that_nobody_continued_for_a_week_ends_and_begins_anew() {
    let stage = Stage::with(2).await;
    let mut desk = stage.desk("A. Mwale").await;
    let bytes = photo(1_000);
    let blob = BlobHash::of(&bytes);
    let created = create(&desk, blob, 1_000).await;
    let path = header(&created, "location");
    let told = header(&created, "upload-expires");
    assert!(told.ends_with(" GMT"), "{told}");
    patch(&desk, &path, 0, bytes[..400].to_vec()).await;
    let other = header(&create(&desk, BlobHash::of(b"other"), 5).await, "location");

    // A week and a day pass for the one, six days for the other.
    let part = |path: &str| {
        let id = path.rsplit('/').next().unwrap().to_owned();
        stage.data.path().join("uploads").join(id)
    };
    let age = |path: &str, days: u64| {
        let file = std::fs::File::options()
            .write(true)
            .open(part(path))
            .unwrap();
        let past = std::time::SystemTime::now() - std::time::Duration::from_hours(24 * days);
        file.set_modified(past).unwrap();
    };
    age(&path, 8);
    age(&other, 6);
    let (ended, lasts) = (part(&path), part(&other));
    let stage = stage.again(|_, _| ()).await;
    desk.base.clone_from(&stage.running.url);
    assert!(!ended.exists() && lasts.exists());
    assert_eq!(offset(&desk, &other).await, 0);
    let late = patch(&desk, &path, 400, bytes[400..].to_vec()).await;
    assert_eq!(problem(late, 410).await, "upload-gone");
    assert_eq!(upload(&desk, &bytes).await, blob);
}
