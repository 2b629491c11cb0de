//! What an administrator lays down for every account of a machine, in one JSON file.
//!
//! ```json
//! { "central": "https://central.example", "ca": "/etc/outpost/ca.pem", "language": "fr", "theme": "light" }
//! ```
//!
//! A managed value goes before the command line and before what officers choose. A key that is not known or a value
//! that does not fit is refused by its name; the others apply all the same, so that one slip does not cut a post off.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::settings::{self, Unset};

/// The most that the file may have; more is not read.
const LIMIT: u64 = 64 * 1024;

/// What is laid down. Empty where there is no file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Managed {
    /// The file that it was read from.
    pub file: PathBuf,
    /// The central's address.
    pub central: Option<String>,
    /// A PEM file with the certificate authority of the central.
    pub ca: Option<PathBuf>,
    /// A PEM file with this workstation's certificate and key.
    pub identity: Option<PathBuf>,
    /// Settings of the workstation, by name.
    pub settings: BTreeMap<String, String>,
    /// What was not applied.
    pub faults: Vec<Fault>,
}

/// Why something in the file is not applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing of it is.
    #[error("{reason}")]
    File {
        /// Why.
        reason: String,
    },
    /// One key is not.
    #[error("{key}: {reason}")]
    Key {
        /// The key.
        key: String,
        /// Why.
        reason: String,
    },
}

impl Managed {
    /// The file's place on this system, which only an administrator can write.
    pub fn place() -> PathBuf {
        #[cfg(windows)]
        let folder = std::env::var_os("ProgramData").map_or_else(
            || PathBuf::from(r"C:\ProgramData\Outpost"),
            |data| PathBuf::from(data).join("Outpost"),
        );
        #[cfg(target_os = "macos")]
        let folder = PathBuf::from("/Library/Application Support/Outpost");
        #[cfg(not(any(windows, target_os = "macos")))]
        let folder = PathBuf::from("/etc/outpost");
        folder.join("managed.json")
    }

    /// Reads the file. That there is none is no fault.
    pub fn read(file: &Path) -> Self {
        let mut managed = Self {
            file: file.to_owned(),
            ..Self::default()
        };
        match text_of(file) {
            Ok(None) => {}
            Ok(Some(text)) => managed.take(&text),
            Err(reason) => managed.faults.push(Fault::File { reason }),
        }
        for fault in &managed.faults {
            tracing::error!(file = %file.display(), "managed settings, not applied: {fault}");
        }
        managed
    }

    /// Takes in the file's text.
    fn take(&mut self, text: &str) {
        let values = match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(values)) => values,
            Ok(_) => {
                let reason = "it is no JSON object".to_owned();
                return self.faults.push(Fault::File { reason });
            }
            Err(error) => {
                let reason = format!("it is no JSON: {error}");
                return self.faults.push(Fault::File { reason });
            }
        };
        for (key, value) in values {
            if let Err(reason) = self.apply(&key, &value) {
                self.faults.push(Fault::Key {
                    key: key.chars().filter(|c| !c.is_control()).take(40).collect(),
                    reason,
                });
            }
        }
    }

    fn apply(&mut self, key: &str, value: &Value) -> Result<(), String> {
        let text = || value.as_str().ok_or_else(|| "a text is wanted".to_owned());
        match key {
            "central" => self.central = Some(address(text()?)?),
            "ca" => self.ca = Some(absolute(text()?)?),
            "identity" => self.identity = Some(absolute(text()?)?),
            _ => {
                let wanted = value.as_str().unwrap_or_default();
                let kept = match settings::fitting(key, wanted) {
                    Err(unknown @ Unset::Unknown) => return Err(unknown.to_string()),
                    other => other,
                };
                text()?;
                let kept = kept.map_err(|unset| unset.to_string())?;
                self.settings.insert(key.to_owned(), kept);
            }
        }
        Ok(())
    }

    /// The keys that were refused, for a word to the officer; empty when the whole file was.
    pub fn refused_keys(&self) -> Vec<&str> {
        self.faults
            .iter()
            .filter_map(|fault| match fault {
                Fault::Key { key, .. } => Some(key.as_str()),
                Fault::File { .. } => None,
            })
            .collect()
    }
}

fn text_of(file: &Path) -> Result<Option<String>, String> {
    let size = match std::fs::metadata(file) {
        Ok(about) => about.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("it cannot be read: {error}")),
    };
    if size > LIMIT {
        return Err(format!("it has {size} bytes; {LIMIT} are the limit"));
    }
    std::fs::read_to_string(file)
        .map(Some)
        .map_err(|error| format!("it cannot be read: {error}"))
}

fn address(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    if host.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("an address such as https://central.example is wanted".to_owned());
    }
    Ok(text.to_owned())
}

fn absolute(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_absolute() {
        return Ok(path);
    }
    Err("a path from the root of the disk is wanted".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Managed {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("managed.json");
        std::fs::write(&file, text).unwrap();
        Managed::read(&file)
    }

    #[test]
    fn what_is_laid_down_is_read() {
        let managed = read(
            r#"{"central": "https://central.example", "ca": "/etc/outpost/ca.pem", "language": "fr", "theme": "dark"}"#,
        );
        assert_eq!(managed.faults, []);
        assert_eq!(managed.central.as_deref(), Some("https://central.example"));
        assert_eq!(
            managed.ca.as_deref(),
            Some(Path::new("/etc/outpost/ca.pem"))
        );
        assert_eq!(managed.settings["language"], "fr");
        assert_eq!(managed.settings["theme"], "dark");
    }

    #[test]
    fn a_folder_to_look_through_is_laid_down_by_its_whole_path() {
        let managed = read(r#"{"import-folder": "/srv/scanner/out"}"#);
        assert_eq!(managed.faults, []);
        assert_eq!(managed.settings["import-folder"], "/srv/scanner/out");
    }

    #[test]
    fn without_a_file_nothing_is_laid_down_and_nothing_is_wrong() {
        let managed = Managed::read(Path::new("/nowhere/managed.json"));
        assert_eq!(managed.faults, []);
        assert_eq!(managed.central, None);
        assert!(managed.settings.is_empty());
    }

    #[test]
    fn an_unknown_key_is_refused_by_name_and_the_others_apply() {
        let managed = read(r#"{"colour": "red", "language": "fr", "Theme": "dark"}"#);
        assert_eq!(managed.refused_keys(), ["Theme", "colour"]);
        assert_eq!(
            managed.faults[1].to_string(),
            "colour: this key is not known"
        );
        assert_eq!(managed.settings["language"], "fr");
    }

    #[test]
    fn a_value_that_does_not_fit_is_refused_by_its_key() {
        for text in [
            r#"{"language": "xx"}"#,
            r#"{"theme": 3}"#,
            r#"{"theme": "Light"}"#,
            r#"{"text-size": "500"}"#,
            r#"{"central": "central.example"}"#,
            r#"{"central": "https://"}"#,
            r#"{"central": "https://a b"}"#,
            r#"{"central": null}"#,
            r#"{"ca": "ca.pem"}"#,
            r#"{"import-folder": "scans"}"#,
        ] {
            let managed = read(text);
            assert_eq!(managed.refused_keys().len(), 1, "{text}");
            assert!(
                managed.settings.is_empty() && managed.central.is_none() && managed.ca.is_none()
            );
        }
    }

    #[test]
    fn a_file_that_is_no_object_of_settings_is_refused_whole() {
        for text in [
            "",
            "[]",
            "null",
            r#"{"language": "fr""#,
            "language = fr",
            "\u{0}",
        ] {
            let managed = read(text);
            assert!(
                matches!(managed.faults[..], [Fault::File { .. }]),
                "{text:?}"
            );
        }
        let managed = read(&format!(r#"{{"language": "{}"}}"#, "x".repeat(100_000)));
        assert!(
            managed.faults[0]
                .to_string()
                .contains("65536 are the limit")
        );
    }
}
