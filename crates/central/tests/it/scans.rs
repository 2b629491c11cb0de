//! The demonstration's radiographs: they arrive one by one, each as a new version of its inspection.

use std::time::{Duration, Instant};

use outpost_api::Change;
use outpost_domain::{BlobHash, Inspection, ReferenceKind};

use crate::stage::{Desk, Stage};

/// Follows the feed until the inspection has a radiograph.
async fn first_scanned(desk: &Desk) -> Inspection {
    let begin = Instant::now();
    let mut cursor = String::new();
    while begin.elapsed() < Duration::from_mins(2) {
        let (changes, next) = desk.pull(&cursor).await;
        cursor = next;
        for change in changes {
            if let Change::Inspection { inspection } = change
                && !inspection.scans.is_empty()
            {
                return *inspection;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no radiograph has arrived");
}

#[tokio::test]
async fn a_radiograph_arrives_over_the_feed_and_stays_after_a_restart() {
    let stage = Stage::configured(1, |c| c.scans = true).await;
    let mut desk = stage.desk("A. Mwale").await;
    let inspection = first_scanned(&desk).await;
    assert!(inspection.version > 1);
    let scan = &inspection.scans[0];
    assert_eq!(scan.unit_read.as_deref(), Some("MSKU6011672"));
    assert!(
        scan.width > 2_000 && scan.height > 800,
        "{} × {}",
        scan.width,
        scan.height
    );
    let file = desk
        .get(&format!("/v1/blobs/{}", scan.blob))
        .send()
        .await
        .unwrap();
    let file = file.bytes().await.unwrap();
    assert_eq!(
        (file.len() as u64, BlobHash::of(&file)),
        (scan.bytes, scan.blob)
    );
    assert_eq!(&file[..4], b"II*\0");
    let [empty] = &inspection.references[..] else {
        panic!("what to compare with: {:?}", inspection.references);
    };
    assert_eq!(empty.reference, ReferenceKind::Empty);
    assert_eq!(empty.scan.unit_read, None, "it names no unit");
    assert_ne!(empty.scan.blob, scan.blob);
    let served = desk
        .get(&format!("/v1/blobs/{}", empty.scan.blob))
        .send()
        .await
        .unwrap();
    let served = served.bytes().await.unwrap();
    assert_eq!(BlobHash::of(&served), empty.scan.blob);
    let stage = stage.again(|_, _| ()).await;
    desk.base.clone_from(&stage.running.url);
    let view = desk.view(inspection.id).await;
    assert!(view.inspection.scans.iter().any(|s| s.blob == scan.blob));
}
