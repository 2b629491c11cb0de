//! Scans and photos from a folder, over real files: what is listed, matched, taken in at the officer's word, and what is
//! said of files that are not.
#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use egui::{Key, Modifiers};
use outpost_domain::{BroughtImage, EntryBody, ImageKind};
use outpost_protocol::MAX_FILE;

use crate::stage::Stage;
use crate::support::{Double, now};
use crate::world::image;

/// A folder that is made for one test. Its own name is the same in every run.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path()).unwrap();
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("SCANNER-2")
    }

    /// Writes a file so many minutes before now.
    fn put(&self, name: &str, bytes: &[u8], minutes: u64) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        dated(&path, minutes);
    }
}

fn dated(path: &Path, minutes: u64) {
    let seconds = u64::try_from(now().as_second()).unwrap() - minutes * 60;
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(at).unwrap();
}

/// A photo in colour, another one for each shade.
fn photo(shade: u8) -> Vec<u8> {
    let picture = ::image::RgbImage::from_fn(96, 64, |x, y| {
        ::image::Rgb([shade, (x * 2) as u8, (y * 3) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ::image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// The page of imports, over this folder, once every file of it was looked at and matched.
fn looking(double: Double, folder: &Folder, files: usize) -> Stage {
    let mut stage = Stage::signed_in(double);
    stage.press_with(Modifiers::COMMAND, Key::I);
    stage.drop_file(folder.path());
    all_looked_at(&mut stage, files);
    stage
}

fn all_looked_at(stage: &mut Stage, files: usize) {
    stage.until("every file is looked at", |stage| {
        let basket = stage.window().basket();
        let coming = basket.count(outpost_ui::intake::Group::Coming);
        basket.len() == files && coming == 0
    });
}

/// The unit of an inspection of the post that was ordered before a time and has left nowhere.
fn unit(double: &Double, nth: usize) -> String {
    let own = double.own();
    let containers = own
        .iter()
        .filter(|i| outpost_domain::UnitNumber::found_in(i.units[0].number.as_str()).len() == 1)
        .filter(|i| i.ordered_at < now() && i.left_at().is_none());
    let mut units = containers.map(|i| i.units[0].number.to_string());
    units.nth(nth).unwrap()
}

fn description(unit: &str) -> Vec<u8> {
    format!(
        r#"{{"scanner": "MB 1215", "site": "gate 2", "taken": "2026-11-23T07:05:00Z", "unit": "{unit}"}}"#
    )
    .into_bytes()
}

/// A folder with one of everything.
fn mixed(double: &Double) -> (Folder, usize) {
    let folder = Folder::new();
    let (first, second) = (unit(double, 0), unit(double, 1));
    let scan = image::one_energy().0;
    folder.put(&format!("{first}_1.tif"), &scan, 21);
    folder.put(&format!("{first}_1.json"), &description(&first), 21);
    folder.put(&format!("copy of {first}_1.tif"), &scan, 22);
    folder.put(&format!("DCIM/{second} door.png"), &photo(9), 30);
    folder.put("DCIM/IMG_0042.png", &photo(70), 31);
    folder.put("MSKU1234567.png", &photo(120), 32);
    folder.put("half.tif", &scan[..scan.len() / 2], 33);
    folder.put("notes.txt", b"call the broker", 34);
    let large = folder.path().join("panorama.tif");
    File::create(&large).unwrap().set_len(MAX_FILE + 1).unwrap();
    dated(&large, 35);
    (folder, 8)
}

#[test]
fn what_fits_is_taken_in_at_one_word_and_the_rest_says_why_not() {
    let double = Double::with(20);
    let first = unit(&double, 0);
    let (folder, files) = mixed(&double);
    let before = listing(&folder.path());
    let mut stage = looking(double, &folder, files);
    stage.press(Key::J);
    stage.until("the picture is there", |stage| stage.says("Small picture"));
    stage.snapshot("import");
    for said in [
        "Unit number and time are those of this inspection alone.",
        "the image does not say when it was taken",
        "It may be somebody else's.",
        "its check digit would have to be",
        "It has 51 MB; 50 MB are the limit",
        "The same image as",
    ] {
        assert!(stage.says(said), "{said}");
    }
    assert!(stage.double.recorded.is_empty(), "nothing goes by itself");

    stage.press_with(Modifiers::COMMAND, Key::Enter);
    stage.until("it is recorded", |stage| !stage.double.recorded.is_empty());
    stage.until("it is said", |stage| stage.says("entry 1"));
    assert_eq!(stage.double.recorded.len(), 1, "only what is certain");
    let (_, body) = &stage.double.recorded[0];
    let EntryBody::ImageBrought { image } = body else {
        panic!("another kind: {body:?}");
    };
    assert_eq!(image.image, ImageKind::Radiograph);
    assert_eq!(image.name, format!("{first}_1.tif"));
    assert_eq!(image.unit_read.as_deref(), Some(first.as_str()));
    assert_eq!(image.files.len(), 2, "the image and its description");
    assert_eq!(
        (image.source.as_str(), image.site.as_str()),
        ("MB 1215", "gate 2")
    );
    assert_eq!(
        image.taken_at,
        Some("2026-11-23T07:05:00Z".parse().unwrap())
    );
    assert_eq!(listing(&folder.path()), before, "the folder is as it was");
}

/// Every file with its length and time.
fn listing(folder: &Path) -> Vec<(PathBuf, u64, SystemTime)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let about = entry.metadata().unwrap();
        if about.is_dir() {
            all.extend(listing(&entry.path()));
        } else {
            all.push((entry.path(), about.len(), about.modified().unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn raw_samples_go_with_their_description_and_without_it_they_are_no_image() {
    let double = Double::with(20);
    let unit = unit(&double, 0);
    let folder = Folder::new();
    let samples: Vec<u8> = (0..40 * 30u16).flat_map(u16::to_le_bytes).collect();
    let description = format!(
        r#"{{"width": 40, "height": 30, "bits": 16, "taken": "2026-11-23T07:05:00Z", "unit": "{unit}"}}"#
    );
    folder.put("17.raw", &samples, 5);
    folder.put("17.raw.json", description.as_bytes(), 5);
    folder.put("18.raw", &samples, 6);
    let mut stage = looking(double, &folder, 2);
    assert!(stage.says("This is not an image"), "the one that is alone");
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    stage.until("it is recorded", |stage| !stage.double.recorded.is_empty());
    let (_, EntryBody::ImageBrought { image }) = &stage.double.recorded[0] else {
        panic!("another kind");
    };
    assert_eq!(image.media_type, BroughtImage::RAW);
    assert_eq!((image.width, image.height, image.files.len()), (40, 30, 2));
}

#[test]
fn a_file_that_was_half_written_is_offered_once_it_is_whole() {
    let double = Double::with(20);
    let unit = unit(&double, 0);
    let folder = Folder::new();
    let scan = photo(33);
    let name = format!("{unit}.png");
    folder.put(&name, &scan[..20], 3);
    let mut stage = looking(double, &folder, 1);
    assert!(stage.says("Not shown"));
    folder.put(&name, &scan, 2);
    stage.until("the whole file is matched", |stage| {
        stage.says("Look at it")
    });
}

#[test]
fn a_file_that_changes_after_the_word_was_given_is_not_taken_in() {
    let double = Double::with(20);
    let unit = unit(&double, 0);
    let folder = Folder::new();
    let name = format!("{unit}.png");
    folder.put(&name, &photo(33), 3);
    let mut stage = looking(double, &folder, 1);
    // The same length and time, another content: only the hash tells.
    let length = photo(33).len();
    let mut other = photo(34);
    other.resize(length, 0);
    folder.put(&name, &other, 3);
    stage.press(Key::J);
    stage.press(Key::Enter);
    stage.until("it is said", |stage| stage.says("Not taken in"));
    assert!(stage.double.recorded.is_empty());
}

#[test]
fn a_file_without_a_unit_goes_only_into_the_inspection_that_the_officer_names() {
    let double = Double::with(20);
    let folder = Folder::new();
    folder.put("IMG_0042.png", &photo(70), 3);
    let mut stage = Stage::signed_in(double);
    stage.press(Key::Enter);
    stage.press(Key::Num2);
    let inspection = stage.window().selected().unwrap();
    stage.press_with(Modifiers::COMMAND, Key::I);
    stage.drop_file(folder.path());
    all_looked_at(&mut stage, 1);
    stage.press(Key::J);
    stage.press(Key::Enter);
    stage.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(stage.double.recorded.is_empty(), "neither key takes it");
    stage.until("the picture is there", |stage| stage.says("Small picture"));
    stage.snapshot("import-unmatched");
    stage.click("Take into this inspection");
    stage.until("it is recorded", |stage| !stage.double.recorded.is_empty());
    let (to, EntryBody::ImageBrought { image }) = &stage.double.recorded[0] else {
        panic!("another kind");
    };
    assert_eq!((*to, image.image), (inspection, ImageKind::Photo));
}

#[test]
fn the_folder_of_the_setting_is_looked_through_and_a_folder_that_goes_says_so() {
    let mut double = Double::with(20);
    let unit = unit(&double, 0);
    let folder = Folder::new();
    let path = folder.path().display().to_string();
    let settings = &mut double.status.settings;
    settings.insert("import-folder".to_owned(), path.clone());
    let mut stage = Stage::signed_in(double);
    stage.press_with(Modifiers::COMMAND, Key::I);
    stage.until("it is empty", |stage| {
        stage.says("Nothing lies in this folder")
    });
    stage.snapshot("import-empty");
    folder.put(&format!("{unit}.png"), &photo(1), 1);
    all_looked_at(&mut stage, 1);
    fs::rename(folder.path(), folder.0.path().join("drawn out")).unwrap();
    stage.until("it is said", |stage| {
        stage.says("The folder cannot be read any more")
    });
    fs::rename(folder.0.path().join("drawn out"), folder.path()).unwrap();
    stage.until("it is there again", |stage| {
        !stage.says("The folder cannot be read any more")
    });
    stage.click("Look here at every start");
    let kept = ("import-folder".to_owned(), String::new());
    assert_eq!(stage.double.settings_seen, [kept]);
}

#[test]
fn three_hundred_files_in_a_narrow_window_in_french() {
    let mut double = Double::with(20);
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    let folder = Folder::new();
    let unit = unit(&double, 2);
    let long = "Aufnahme vom Tor 2 Spur 3 mit einem sehr langen Namen";
    folder.put(&format!("{long} {unit} {long}.png"), &photo(200), 1);
    for number in 0..299 {
        let mut bytes = photo((number % 199) as u8);
        // Each of its own content: what stands behind the end of a PNG is not read.
        bytes.extend(u32::to_le_bytes(number));
        folder.put(
            &format!("DCIM/IMG_{number:04}.png"),
            &bytes,
            2 + u64::from(number),
        );
    }
    let mut stage = Stage::sized(double, 900.0, 700.0);
    stage.sign_in();
    stage.press_with(Modifiers::COMMAND, Key::I);
    stage.drop_file(folder.path());
    all_looked_at(&mut stage, 300);
    stage.press(Key::J);
    stage.until("the picture is there", |stage| stage.says("Petite image"));
    stage.snapshot("import-narrow-fr");
}

#[test]
fn without_a_folder_the_page_says_what_to_do() {
    let mut stage = Stage::signed_in(Double::with(20));
    stage.press_with(Modifiers::COMMAND, Key::I);
    assert!(stage.says("No folder is open"));
    stage.snapshot("import-none");
}
