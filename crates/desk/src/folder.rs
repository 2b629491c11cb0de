//! The documents folder: where papers and calendars are written, for a printer or another program.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use outpost_protocol::Problem;

use crate::words::problem;

/// The longest reference that goes into a file's name, characters.
const MAX_REFERENCE: usize = 60;

/// How many files of one name there may be.
const MOST: u32 = 1000;

/// Writes a file of this name and ending, whole or not at all. One of the same name that says something else stays,
/// and the new one gets a number; one that says the same is taken for it.
///
/// # Errors
/// When the folder cannot be made or written, in words.
pub fn keep(folder: &Path, name: &str, ending: &str, content: &[u8]) -> Result<PathBuf, Problem> {
    write(folder, name, ending, content).map_err(|error| {
        problem(
            "document-not-written",
            [
                ("folder", folder.display().to_string()),
                ("reason", error.to_string()),
            ],
            format!("{} cannot be written: {error}", folder.display()),
        )
    })
}

fn write(folder: &Path, name: &str, ending: &str, content: &[u8]) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    for number in 1..=MOST {
        let path = folder.join(match number {
            1 => format!("{name}.{ending}"),
            more => format!("{name}-{more}.{ending}"),
        });
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                if is_the_same(&path, content) {
                    return Ok(path);
                }
                file = error.file;
            }
            Err(error) => return Err(error.error),
        }
    }
    Err(io::Error::other(format!("{MOST} files are called {name}")))
}

/// Whether the file there says the same. What cannot be read, or is no file, says something else.
fn is_the_same(path: &Path, content: &[u8]) -> bool {
    let as_long = std::fs::symlink_metadata(path)
        .is_ok_and(|m| m.is_file() && m.len() == content.len() as u64);
    as_long && std::fs::read(path).is_ok_and(|there| there == content)
}

/// A reference as part of a file's name: Latin letters, digits, hyphens; on no system does it lead elsewhere.
pub fn in_a_name(reference: &str) -> String {
    let name: String = reference
        .chars()
        .take(MAX_REFERENCE)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    if name.is_empty() {
        "inspection".to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_that_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("papers/of/today");
        let first = keep(&folder, "record", "html", b"one").unwrap();
        assert_eq!(first.file_name().unwrap(), "record.html");
        assert_eq!(keep(&folder, "record", "html", b"one").unwrap(), first);
        let second = keep(&folder, "record", "html", b"two").unwrap();
        assert_eq!(second.file_name().unwrap(), "record-2.html");
        assert_eq!(std::fs::read(&first).unwrap(), b"one");
        assert_eq!(std::fs::read(&second).unwrap(), b"two");
        let names = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(names, 2, "nothing half-written is left");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_somebody_laid_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, folder.path().join("record.html")).unwrap();
        let path = keep(folder.path(), "record", "html", b"one").unwrap();
        assert_eq!(path.file_name().unwrap(), "record-2.html");
        assert!(!elsewhere.exists());
    }

    #[test]
    fn a_folder_that_cannot_be_is_told_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::write(&taken, b"").unwrap();
        let refused = keep(&taken, "record", "html", b"one").unwrap_err();
        assert_eq!(refused.code, "document-not-written");
        assert_eq!(refused.args["folder"], taken.display().to_string());
    }

    #[test]
    fn a_reference_leads_nowhere_else() {
        assert_eq!(in_a_name("KAS-2026-000123"), "KAS-2026-000123");
        assert_eq!(in_a_name("../../etc/passwd\0"), "etc-passwd");
        assert_eq!(in_a_name("شركة"), "inspection");
        assert_eq!(in_a_name(&"x".repeat(400)).len(), MAX_REFERENCE);
    }
}
