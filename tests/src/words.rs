//! What the window says, read from the same Fluent files: a test names the message, not its wording.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

/// The English messages.
#[derive(Debug)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Reads them from the source tree that the caller stands in: no path is built in, since a target folder may
    /// serve several clones.
    pub fn english() -> Result<Self> {
        let here = std::env::current_dir()?;
        let folder = here
            .ancestors()
            .map(|folder| folder.join("assets/locales/en"))
            .find(|folder| folder.is_dir())
            .with_context(|| format!("{} is not within Outpost's sources", here.display()))?;
        let mut words = BTreeMap::new();
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            words.extend(messages(&std::fs::read_to_string(entry?.path())?));
        }
        Ok(Self(words))
    }

    /// A message up to its first argument.
    pub fn get(&self, key: &str) -> Result<&str> {
        let text = self
            .0
            .get(key)
            .with_context(|| format!("there is no message “{key}”"))?;
        Ok(text
            .split(" {")
            .next()
            .unwrap_or(text)
            .split('{')
            .next()
            .unwrap_or(text))
    }
}

/// The messages of one line in a Fluent file.
fn messages(file: &str) -> BTreeMap<String, String> {
    let lines = file.lines().filter_map(|line| line.split_once(" = "));
    lines
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Words, messages};

    #[test]
    fn a_message_is_given_up_to_its_first_argument() {
        let words = Words(messages(
            "# Signing in.\nsign-in = Sign in\nsign-in-pin = PIN of { $name }\n",
        ));
        assert_eq!(words.get("sign-in").unwrap(), "Sign in");
        assert_eq!(words.get("sign-in-pin").unwrap(), "PIN of");
        assert!(words.get("no-such-message").is_err());
    }
}
