//! Files from a folder: matched by the desk, kept, recorded, and at the central and a second workstation.

use std::time::Duration;

use jiff::{Timestamp, ToSpan};
use outpost_domain::*;
use outpost_protocol::{FileMatch, FoundFile, MOST_FILES, Reply, Request};

use crate::support::*;

/// An inspection of a container at which customs has a part and nothing stands in the way, with its unit.
fn of_container(window: &mut Window) -> (InspectionId, UnitNumber) {
    window.until("rows", |w| w.complete && w.rows.len() >= 20);
    let ids: Vec<InspectionId> = window.rows.keys().copied().collect();
    let found = ids.into_iter().find_map(|id| {
        let inspection = window.opened(id).inspection;
        let unit = inspection.units.first()?.number.clone();
        let sound = unit.check_digit() == CheckDigit::Valid;
        let stays = inspection.left_at().is_none();
        let ours = inspection
            .agencies
            .iter()
            .any(|t| t.agency == Agency::Customs);
        (sound && stays && ours).then_some((id, unit))
    });
    found.unwrap()
}

fn matched(window: &mut Window, units: &[UnitNumber], blob: BlobHash) -> FileMatch {
    let file = FoundFile {
        key: 5,
        units: units.to_vec(),
        taken_at: Some(Timestamp::now() - 10.minutes()),
        blob,
    };
    match window
        .ask(Request::MatchFiles { files: vec![file] })
        .unwrap()
    {
        Reply::Matched { mut files } => files.remove(0),
        other => panic!("{other:?}"),
    }
}

fn put(window: &mut Window, media_type: &str, name: &str, bytes: &[u8]) -> BlobHash {
    let request = Request::PutBlob {
        media_type: media_type.into(),
        name: name.into(),
    };
    match window.ask_with(request, bytes).unwrap() {
        Reply::Stored { blob, .. } => blob,
        other => panic!("{other:?}"),
    }
}

#[test]
fn raw_samples_from_a_folder_reach_the_central_and_a_second_workstation() {
    let central = Central::start(30);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    window.sign_in(Agency::Customs);
    let (inspection, unit) = of_container(&mut window);

    let samples = [1u8, 2, 3, 4, 5, 6, 7, 8];
    let description = br#"{"width": 2, "height": 2, "bits": 16}"#;
    let expected = BlobHash::of(&samples);
    let told = matched(&mut window, std::slice::from_ref(&unit), expected);
    assert_eq!(told.key, 5);
    let offer = &told.offers[0];
    assert_eq!((offer.inspection, offer.already), (inspection, false));
    assert_eq!(offer.unit, unit.spaced());
    assert_eq!(offer.fit, Fit::Certain);

    let file = put(&mut window, BroughtImage::RAW, "17.raw", &samples);
    let described = put(&mut window, "application/json", "17.raw.json", description);
    assert_eq!(file, expected);
    let image = BroughtImage {
        image: ImageKind::Radiograph,
        files: vec![file, described],
        bytes: samples.len() as u64,
        media_type: BroughtImage::RAW.to_owned(),
        name: "17.raw".to_owned(),
        width: 2,
        height: 2,
        taken_at: Some(Timestamp::now() - 10.minutes()),
        file_at: None,
        source: String::new(),
        site: String::new(),
        pitch_um: None,
        unit_read: Some(unit.to_string()),
    };
    let record = Request::Record {
        inspection,
        body: EntryBody::ImageBrought {
            image: Box::new(image.clone()),
        },
        based_on: offer.version,
        supersedes: None,
        by: None,
        on_behalf_of: None,
    };
    window.ask(record).unwrap();
    let again = matched(&mut window, &[unit], expected);
    assert!(again.offers[0].already, "it is said the second time");
    window.until("entry and files are at the central", |w| {
        let last = central.entries(inspection).pop();
        last.as_deref() == Some("image-brought") && w.waiting() == 0
    });

    let other_data = tempfile::tempdir().unwrap();
    let second = desk(other_data.path(), &central.url);
    let mut other = Window::open(&second);
    other.sign_in(Agency::Customs);
    other.until("rows", |w| w.complete && w.rows.len() >= 20);
    let has = |o: &outpost_protocol::Opened| {
        o.inspection.id == inspection
            && o.state.brought.iter().any(|b| b.image == image)
            && [file, described].iter().all(|b| o.blobs_here.contains(b))
    };
    // They may be there before it is opened; then nothing changes any more.
    if !has(&other.opened(inspection)) {
        other.within(Duration::from_mins(1), "both files are there", |w| {
            w.changed.iter().any(has)
        });
    }
    let counted = |w: &Window| w.rows[&inspection].row.scans == 1;
    window.until("the row counts the scan", counted);
    other.until("the other's row counts it too", counted);
}

#[test]
fn a_unit_that_no_inspection_has_is_offered_none_and_too_many_files_at_once_are_refused() {
    let central = Central::start(20);
    let data = tempfile::tempdir().unwrap();
    let laptop = desk(data.path(), &central.url);
    let mut window = Window::open(&laptop);
    let file = FoundFile {
        key: 1,
        units: Vec::new(),
        taken_at: None,
        blob: BlobHash::of(b"x"),
    };
    let one = Request::MatchFiles {
        files: vec![file.clone()],
    };
    assert_eq!(window.ask(one).unwrap_err().code, "not-signed-in");
    window.sign_in(Agency::Customs);
    window.until("rows", |w| w.complete);
    // A part of a number that is there finds it in the search, and is still another unit.
    let part: UnitNumber = "MSKU".parse().unwrap();
    let other: UnitNumber = "TEXU9999995".parse().unwrap();
    assert_eq!(
        matched(&mut window, &[part, other], BlobHash::of(b"x")).offers,
        []
    );
    let many = Request::MatchFiles {
        files: vec![file; MOST_FILES + 1],
    };
    assert_eq!(window.ask(many).unwrap_err().code, "message-unreadable");
}
