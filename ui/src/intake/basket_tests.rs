#![allow(clippy::unwrap_used)]
use outpost_domain::BlobHash;
use uuid::Uuid;

use super::super::folder::Stamp;
use super::super::look::{From, What};
use super::*;

fn listed(name: &str, bytes: u64) -> Listed {
    Listed {
        path: PathBuf::from("/stick").join(name),
        stamp: Stamp {
            bytes,
            modified: None,
        },
    }
}

fn listing(files: &[Listed]) -> Listing {
    Listing {
        files: files.to_vec(),
        ..Listing::default()
    }
}

fn seen(unit: Option<&str>, content: &[u8]) -> Seen {
    Seen {
        what: What::Radiograph,
        media_type: "image/tiff".to_owned(),
        width: 300,
        height: 100,
        pitch_mm: None,
        units: unit
            .map(|u| (u.parse().unwrap(), From::Name))
            .into_iter()
            .collect(),
        taken_at: None,
        source: String::new(),
        site: String::new(),
        place: None,
        blob: BlobHash::of(content),
        description: None,
    }
}

fn offer(fit: Fit) -> FileOffer {
    FileOffer {
        inspection: InspectionId(Uuid::from_u128(7)),
        version: 3,
        reference: "KAS-2026-000001".to_owned(),
        unit: "MSKU 601167 2".to_owned(),
        goods: String::new(),
        fit,
        already: false,
    }
}

/// A basket with files of these names, each of another content and unit, looked at and held against the inspections.
fn basket(fits: &[(&str, Option<Fit>)]) -> Basket {
    let files: Vec<Listed> = fits.iter().map(|(name, _)| listed(name, 5)).collect();
    let mut basket = Basket::default();
    basket.list(listing(&files), &vec![false; files.len()]);
    for file in &files {
        let content = file.path.to_string_lossy();
        basket.looked(file, Ok(seen(Some("MSKU6011672"), content.as_bytes())));
    }
    let asked = basket.to_match();
    let told = asked.iter().zip(fits).map(|(file, (_, fit))| FileMatch {
        key: file.key,
        offers: fit.map(offer).into_iter().collect(),
    });
    let told = told.collect();
    basket.matched(told);
    basket.tidy();
    basket
}

fn names(basket: &Basket) -> Vec<&str> {
    basket.shown().map(|found| found.name.as_str()).collect()
}

#[test]
fn only_what_is_certain_is_taken_together_with_others() {
    let mut basket = basket(&[
        ("a.tif", None),
        ("b.tif", Some(Fit::Several)),
        ("c.tif", Some(Fit::Certain)),
        ("d.tif", Some(Fit::NoTime)),
        ("e.tif", Some(Fit::Certain)),
    ]);
    assert_eq!(
        names(&basket),
        ["c.tif", "e.tif", "b.tif", "d.tif", "a.tif"]
    );
    for wanted in basket.all_sure() {
        basket.want(wanted);
    }
    assert_eq!(basket.queue.len(), 2);
    assert!(basket.all_sure().is_empty(), "each goes once");
    let wanted = basket.queue[0].clone();
    basket.want(wanted);
    assert_eq!(basket.queue.len(), 2);
}

#[test]
fn somebody_elses_image_names_no_unit_and_is_never_matched() {
    let file = listed("IMG_20261123.jpg", 5);
    let mut basket = Basket::default();
    basket.list(listing(std::slice::from_ref(&file)), &[false]);
    basket.looked(&file, Ok(seen(None, b"somebody")));
    basket.tidy();
    assert_eq!(basket.to_match(), []);
    assert_eq!(basket.at(0).unwrap().group(), Group::Unmatched);
    assert!(basket.all_sure().is_empty());
    basket.match_again();
    assert_eq!(basket.to_match(), []);
}

#[test]
fn the_same_content_twice_is_said_and_not_offered_twice() {
    let files = [listed("a.tif", 5), listed("copy of a.tif", 5)];
    let mut basket = Basket::default();
    basket.list(listing(&files), &[false, false]);
    for file in &files {
        basket.looked(file, Ok(seen(Some("MSKU6011672"), b"same")));
    }
    let asked = basket.to_match();
    let told = asked.iter().map(|file| FileMatch {
        key: file.key,
        offers: vec![offer(Fit::Certain)],
    });
    let told = told.collect();
    basket.matched(told);
    basket.tidy();
    assert_eq!((basket.all_sure().len(), basket.sure()), (1, 1));
    let twin = basket.at(1).unwrap();
    assert_eq!(twin.twin.as_deref(), Some("a.tif"));
    assert_eq!(twin.group(), Group::Done);
}

#[test]
fn a_file_that_is_written_on_is_looked_at_anew_and_what_was_seen_of_it_before_does_not_count() {
    let (short, long) = (listed("a.tif", 5), listed("a.tif", 9));
    let mut basket = Basket::default();
    basket.list(listing(std::slice::from_ref(&short)), &[true]);
    basket.tidy();
    assert_eq!(basket.at(0).unwrap().stage, Stage::Growing);
    let key = basket.at(0).unwrap().key;
    basket.list(listing(std::slice::from_ref(&long)), &[true]);
    basket.looked(&short, Ok(seen(Some("MSKU6011672"), b"half")));
    basket.tidy();
    let found = basket.at(0).unwrap();
    assert_ne!(found.key, key);
    assert_eq!(found.stage, Stage::Growing, "the half is not offered");
}

#[test]
fn what_is_on_its_way_or_taken_in_stays_when_the_stick_is_drawn_out() {
    let mut basket = basket(&[("a.tif", Some(Fit::Certain)), ("b.tif", Some(Fit::NoTime))]);
    let wanted = basket.all_sure().remove(0);
    basket.want(wanted);
    basket.list(listing(&[]), &[]);
    basket.tidy();
    assert_eq!(names(&basket), ["a.tif"]);
}

#[test]
fn a_name_that_would_garble_the_line_is_shown_without_that() {
    let path = Path::new("/stick/MSKU\u{202e}fit\n.tif");
    assert_eq!(shown_name(path), "MSKU\u{fffd}fit\u{fffd}.tif");
}

#[test]
fn the_selection_stays_with_its_file_when_the_order_changes() {
    let mut basket = basket(&[("a.tif", Some(Fit::NoTime)), ("b.tif", Some(Fit::NoTime))]);
    basket.step(1);
    basket.step(1);
    assert_eq!(basket.chosen().unwrap().name, "b.tif");
    let key = basket.chosen().unwrap().key;
    basket.matched(vec![FileMatch {
        key,
        offers: vec![offer(Fit::Certain)],
    }]);
    basket.tidy();
    assert_eq!(basket.row(), Some(0));
    basket.show_only(Some(Group::Doubtful));
    basket.tidy();
    assert_eq!(basket.row(), None);
    basket.step(1);
    assert_eq!(basket.chosen().unwrap().name, "a.tif");
}

#[test]
fn when_the_first_of_two_equal_files_goes_the_other_one_is_offered() {
    let files = [listed("a.tif", 5), listed("b.tif", 5)];
    let mut basket = Basket::default();
    basket.list(listing(&files), &[false, false]);
    for file in &files {
        basket.looked(file, Ok(seen(None, b"same")));
    }
    basket.list(listing(&files[1..]), &[false]);
    basket.tidy();
    let left = basket.at(0).unwrap();
    assert_eq!((left.name.as_str(), left.twin.as_deref()), ("b.tif", None));
    assert_eq!(left.group(), Group::Unmatched);
}

#[test]
fn a_file_that_is_taken_in_keeps_its_place_in_the_list() {
    let mut basket = basket(&[
        ("a.tif", Some(Fit::Certain)),
        ("b.tif", Some(Fit::Certain)),
        ("c.tif", Some(Fit::NoTime)),
    ]);
    let before: Vec<String> = names(&basket).into_iter().map(str::to_owned).collect();
    let wanted = basket.all_sure().remove(0);
    let key = wanted.key;
    basket.want(wanted);
    basket.settle(
        key,
        Taking::Done {
            unit: "MSKU 601167 2".to_owned(),
            sequence: 4,
        },
    );
    basket.tidy();
    assert_eq!(names(&basket), before);
    assert_eq!(
        (basket.count(Group::Done), basket.count(Group::Sure)),
        (1, 1)
    );
}
