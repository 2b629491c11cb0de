//! Start at login: an entry in the account's autostart folder, as the Desktop Application Autostart Specification 0.5
//! wants it. The file itself is the truth; whoever removes it has turned the start off.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// The entry of this workstation.
#[derive(Debug, Clone)]
pub struct Entry {
    file: PathBuf,
    content: String,
}

/// Why there can be no entry.
#[derive(Debug, thiserror::Error)]
pub enum NoEntry {
    /// The system names no folder for it.
    #[error("this system tells no folder for settings")]
    NoFolder,
    /// A word of the command line cannot stand in an entry.
    #[error("{0:?} cannot stand in an autostart entry")]
    Word(String),
}

impl Entry {
    /// The entry that starts `program` with `words` in `folder`, hidden in the tray. One for each data folder, by the
    /// instance's name.
    ///
    /// # Errors
    /// When the system has no folder for it, or a word has a line break.
    pub fn new(
        instance: &str,
        program: &Path,
        words: &[String],
        folder: &Path,
    ) -> Result<Self, NoEntry> {
        let dirs = directories::BaseDirs::new().ok_or(NoEntry::NoFolder)?;
        let mut exec = quoted(&said(program.as_os_str())?)?;
        for word in words.iter().map(String::as_str).chain(["--hidden"]) {
            exec.push(' ');
            exec.push_str(&quoted(word)?);
        }
        let path = said(folder.as_os_str())?.replace('\\', "\\\\");
        let content = format!(
            "[Desktop Entry]\nType=Application\nName=Outpost\n\
             Comment=Sends what waits from the tray\nComment[fr]=Envoie ce qui attend depuis la zone de notification\n\
             Exec={exec}\nPath={path}\nIcon=outpost\nTerminal=false\n"
        );
        Ok(Self {
            file: dirs
                .config_dir()
                .join("autostart")
                .join(format!("{instance}.desktop")),
            content,
        })
    }

    /// Whether the session starts it: the file is there, and no desktop's own switch has turned it off.
    pub fn is_on(&self) -> bool {
        let off = ["Hidden=true", "X-GNOME-Autostart-enabled=false"];
        std::fs::read_to_string(&self.file)
            .is_ok_and(|text| !text.lines().any(|line| off.contains(&line.trim())))
    }

    /// Writes the entry, whole or not at all, or removes it.
    ///
    /// # Errors
    /// What the system says against it.
    pub fn turn(&self, on: bool) -> io::Result<()> {
        if !on {
            return match std::fs::remove_file(&self.file) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                done => done,
            };
        }
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let new = self.file.with_extension("new");
        std::fs::write(&new, &self.content)?;
        std::fs::rename(&new, &self.file)
    }
}

fn said(text: &OsStr) -> Result<String, NoEntry> {
    let plain = text.to_str().map(str::to_owned);
    plain.ok_or_else(|| NoEntry::Word(text.to_string_lossy().into_owned()))
}

/// A word of the `Exec` line: quoted as the Desktop Entry Specification 1.5 says, the backslashes doubled once more as in
/// every text of an entry.
fn quoted(word: &str) -> Result<String, NoEntry> {
    if word.chars().any(char::is_control) {
        return Err(NoEntry::Word(word.to_owned()));
    }
    let mut text = String::from('"');
    for c in word.chars() {
        match c {
            '"' | '`' | '$' => text.extend(["\\\\", &c.to_string()]),
            '\\' => text.push_str("\\\\\\\\"),
            '%' => text.push_str("%%"),
            c => text.push(c),
        }
    }
    text.push('"');
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn entry(folder: &Path) -> Entry {
        let program = Path::new("/usr/bin/outpost");
        let words = ["--data".to_owned(), "/data/of $me".to_owned()];
        let mut entry = Entry::new("outpost.test", program, &words, Path::new("/home")).unwrap();
        entry.file = folder.join("autostart/outpost.test.desktop");
        entry
    }

    #[test]
    fn it_is_written_with_the_words_of_this_start_and_removed_again() {
        let folder = tempfile::tempdir().unwrap();
        let entry = entry(folder.path());
        assert!(!entry.is_on());
        entry.turn(false).unwrap();
        entry.turn(true).unwrap();
        assert!(entry.is_on());
        let text = std::fs::read_to_string(&entry.file).unwrap();
        let exec = r#"Exec="/usr/bin/outpost" "--data" "/data/of \\$me" "--hidden""#;
        assert!(text.lines().any(|line| line == exec), "{text}");
        assert!(text.lines().any(|line| line == "Path=/home"), "{text}");
        let beside = std::fs::read_dir(entry.file.parent().unwrap()).unwrap();
        assert_eq!(beside.count(), 1, "nothing half-written is left");
        entry.turn(false).unwrap();
        assert!(!entry.is_on());
    }

    #[test]
    fn a_desktop_that_has_turned_it_off_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        let entry = entry(folder.path());
        entry.turn(true).unwrap();
        let text = std::fs::read_to_string(&entry.file).unwrap();
        std::fs::write(&entry.file, format!("{text}Hidden=true\n")).unwrap();
        assert!(!entry.is_on());
        entry.turn(true).unwrap();
        assert!(entry.is_on());
    }

    #[test]
    fn a_home_that_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::write(&taken, "").unwrap();
        assert!(entry(&taken).turn(true).is_err());
        assert!(!entry(&taken).is_on());
    }

    #[test]
    fn no_word_can_add_a_line_or_a_command() {
        assert_eq!(quoted("100%").unwrap(), "\"100%%\"");
        assert_eq!(quoted(r"a\b").unwrap(), r#""a\\\\b""#);
        assert_eq!(quoted(r#"a"; rm"#).unwrap(), r#""a\\"; rm""#);
        assert!(quoted("a\nExec=b").is_err());
    }
}
