//! What lies in a folder: plain files in it and in the folders below, never what a link leads to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The most files that are listed.
pub const MOST: usize = 10_000;
/// How far below the folder is looked: cameras put their photos two folders down.
const DEEPEST: usize = 4;

/// By what a change of a file is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Its length.
    pub bytes: u64,
    /// When it was written last.
    pub modified: Option<SystemTime>,
}

impl Stamp {
    /// Of a file as the system tells of it.
    pub fn of(about: &fs::Metadata) -> Self {
        Self {
            bytes: about.len(),
            modified: about.modified().ok(),
        }
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub path: PathBuf,
    /// Its length and time.
    pub stamp: Stamp,
}

/// What lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Files, the newest first.
    pub files: Vec<Listed>,
    /// Links, devices and folders too far down: passed over.
    pub passed_over: usize,
    /// Whether there are more files than are listed.
    pub more: bool,
}

/// Lists a folder.
///
/// # Errors
/// The folder cannot be read. One below it that cannot is passed over.
pub fn list(root: &Path) -> io::Result<Listing> {
    let mut listing = Listing::default();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            Err(_) => {
                listing.passed_over += 1;
                continue;
            }
        };
        for entry in entries {
            // A stick that is drawn out shows here first.
            let entry = entry?;
            // Programs that write a file bit by bit give it a hidden name until it is whole.
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let Ok(about) = entry.metadata() else {
                continue;
            };
            if about.is_dir() && depth < DEEPEST {
                folders.push((entry.path(), depth + 1));
            } else if !about.is_file() {
                listing.passed_over += 1;
            } else if listing.files.len() == MOST {
                listing.more = true;
            } else {
                listing.files.push(Listed {
                    path: entry.path(),
                    stamp: Stamp::of(&about),
                });
            }
        }
    }
    listing
        .files
        .sort_by(|a, b| (b.stamp.modified, &a.path).cmp(&(a.stamp.modified, &b.path)));
    Ok(listing)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn names(listing: &Listing) -> Vec<String> {
        let name = |l: &Listed| l.path.file_name().unwrap().to_string_lossy().into_owned();
        let mut names: Vec<String> = listing.files.iter().map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn files_below_are_listed_and_hidden_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("DCIM/100CANON");
        fs::create_dir_all(&below).unwrap();
        fs::write(below.join("IMG_1.JPG"), b"1").unwrap();
        fs::write(folder.path().join("a.tif"), b"22").unwrap();
        fs::write(folder.path().join(".part"), b"3").unwrap();
        let listing = list(folder.path()).unwrap();
        assert_eq!(names(&listing), ["IMG_1.JPG", "a.tif"]);
        assert_eq!((listing.passed_over, listing.more), (0, false));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_passed_over_wherever_they_lead() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("secret.tif"), b"x").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("away")).unwrap();
        let file = outside.path().join("secret.tif");
        std::os::unix::fs::symlink(file, folder.path().join("MSKU6011672.tif")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
        let listing = list(folder.path()).unwrap();
        assert_eq!(names(&listing), [""; 0]);
        assert_eq!(listing.passed_over, 3);
    }

    #[test]
    fn of_more_than_ten_thousand_files_ten_thousand_are_listed_and_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..=MOST {
            fs::File::create(folder.path().join(format!("{number}.jpg"))).unwrap();
        }
        let listing = list(folder.path()).unwrap();
        assert_eq!(listing.files.len(), MOST);
        assert!(listing.more);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        assert!(list(Path::new("/nowhere/scans")).is_err());
    }
}
