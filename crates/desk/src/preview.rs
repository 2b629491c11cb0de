//! Papers shown in a window of their own, by whoever runs the desk and can show a page.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use outpost_protocol::{Problem, Reply};

use crate::desk::Desk;
use crate::requests::Answered;
use crate::words::problem;

/// The longest paper that is shown, bytes: hundreds of pages.
const MOST: u64 = 32 * 1024 * 1024;

/// A paper as it was read from the documents folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file's name.
    pub name: String,
    /// What it says: a whole HTML page, UTF-8.
    pub html: String,
}

/// Shows a paper; the error says in a technician's words why it could not. Called from a thread that may wait.
pub(crate) type Previewer = Box<dyn Fn(Preview) -> Result<(), String> + Send + Sync>;

impl Desk {
    /// Lets `show` show papers. Only the first that offers itself is asked.
    pub fn on_preview(&self, show: impl Fn(Preview) -> Result<(), String> + Send + Sync + 'static) {
        if self.inner.previewer.set(Box::new(show)).is_ok() {
            self.inner.teller.status_to_everyone();
        }
    }

    /// Shows a paper of the documents folder.
    pub(crate) fn preview(&self, path: &str) -> Answered {
        self.officer()?;
        let show = self.inner.previewer.get().ok_or_else(|| {
            let words = "nobody who shows papers runs this desk";
            problem("preview-not-here", [], words)
        })?;
        let preview = read(&self.inner.config.documents, Path::new(path))
            .map_err(|error| not_shown(path, &error))?;
        show(preview).map_err(|error| not_shown(path, &error))?;
        Ok((Reply::Done, Vec::new()))
    }
}

fn not_shown(path: &str, error: &dyn std::fmt::Display) -> Problem {
    problem(
        "preview-failed",
        [("file", path.to_owned()), ("reason", error.to_string())],
        format!("{path}: {error}"),
    )
}

/// Reads a paper that lies in the folder itself. What the window names is not trusted: no way leads out of the folder,
/// neither by name nor by link.
fn read(folder: &Path, path: &Path) -> io::Result<Preview> {
    let name = path
        .file_name()
        .filter(|_| path.extension().is_some_and(|e| e == "html"))
        .ok_or_else(|| io::Error::other("it is no HTML file"))?;
    let asked: PathBuf = folder.join(name);
    let outside = || io::Error::other("it is not in the documents folder");
    if path != asked {
        return Err(outside());
    }
    // A link is looked at as a link; between this look and the opening only the officer's own account could change it.
    if !std::fs::symlink_metadata(&asked)?.is_file() {
        return Err(outside());
    }
    let mut html = String::new();
    let read = File::open(&asked)?
        .take(MOST + 1)
        .read_to_string(&mut html)?;
    if read as u64 > MOST {
        return Err(io::Error::other(format!("it is longer than {MOST} bytes")));
    }
    Ok(Preview {
        name: name.to_string_lossy().into_owned(),
        html,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_paper_of_the_folder_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.html");
        std::fs::write(&path, "<p>é</p>").unwrap();
        let preview = read(folder.path(), &path).unwrap();
        assert_eq!(preview.name, "record.html");
        assert_eq!(preview.html, "<p>é</p>");
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("papers");
        std::fs::create_dir(&folder).unwrap();
        let secret = outer.path().join("secret.html");
        std::fs::write(&secret, "secret").unwrap();
        let ways = [
            secret.clone(),
            folder.join("../secret.html"),
            PathBuf::from("secret.html"),
            folder
                .join("..")
                .join("papers")
                .join("..")
                .join("secret.html"),
            PathBuf::from(""),
        ];
        for way in ways {
            assert!(read(&folder, &way).is_err(), "{}", way.display());
        }
        #[cfg(unix)]
        {
            let link = folder.join("link.html");
            std::os::unix::fs::symlink(&secret, &link).unwrap();
            assert!(read(&folder, &link).is_err(), "a link is followed");
        }
    }

    #[test]
    fn what_is_no_paper_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            read(folder.path(), &path).unwrap_err().to_string()
        };
        assert_eq!(at("calendar.ics", b"BEGIN"), "it is no HTML file");
        assert!(at("bytes.html", b"\xff\xfe").contains("UTF-8"));
        let folder_of_that_name = folder.path().join("folder.html");
        std::fs::create_dir(&folder_of_that_name).unwrap();
        assert!(read(folder.path(), &folder_of_that_name).is_err());
        assert!(read(folder.path(), &folder.path().join("gone.html")).is_err());
        let long = folder.path().join("long.html");
        File::create(&long).unwrap().set_len(MOST + 1).unwrap();
        let refused = read(folder.path(), &long).unwrap_err().to_string();
        assert!(refused.contains("longer than"), "{refused}");
    }
}
