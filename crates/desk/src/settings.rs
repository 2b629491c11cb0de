//! Settings of the workstation: which there are, which values they take, and who may change them.
//!
//! The store keeps more under its settings than a window is told: only the names that stand here leave the desk.

use std::collections::BTreeMap;
use std::path::Path;

use outpost_domain::{NoQuietHours, OfficerId, QuietHours};
use outpost_protocol::{Notice, Problem};

use crate::Desk;
use crate::desk::lock;
use crate::requests::{Answered, done, store_problem};
use crate::words::problem;

/// The setting that the shell keeps in the system: whether Outpost starts with the session.
pub(crate) const AT_LOGIN: &str = "start-at-login";

/// The setting that names a folder to be looked through for scans and photos.
const IMPORT_FOLDER: &str = "import-folder";

/// What the name of a setting begins with that holds an officer's views of the worklist; the officer's id follows.
const VIEWS: &str = "views:";

/// The setting with the quiet hours.
pub(crate) const QUIET: &str = "quiet-hours";

const ON_OFF: &[&str] = &["on", "off"];

/// Settings that take one of a few values.
const CHOICES: [(&str, &[&str]); 5] = [
    ("language", &["en", "fr"]),
    (
        "theme",
        &["light", "dark", "contrast-light", "contrast-dark"],
    ),
    ("text-size", &["90", "100", "115", "130", "150"]),
    ("glove", ON_OFF),
    (AT_LOGIN, ON_OFF),
];

/// Why a setting is not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unset {
    /// There is none of this name.
    #[error("this key is not known")]
    Unknown,
    /// The value is none that it takes.
    #[error("one of {} is wanted", .allowed.join(", "))]
    Value {
        /// What it takes.
        allowed: &'static [&'static str],
    },
    /// The folder is not told from the root.
    #[error("{path:?} is no whole path")]
    Folder {
        /// What was given.
        path: String,
    },
    /// The quiet hours cannot be read.
    #[error("{0}")]
    Quiet(#[from] NoQuietHours),
}

impl Unset {
    /// What the officer reads beside the field.
    fn problem(&self, name: &str, value: &str) -> Problem {
        let detail = format!("{name}: {self}");
        match self {
            Self::Unknown => problem("setting-unknown", [("name", name.to_owned())], detail),
            Self::Value { .. } | Self::Folder { .. } => {
                problem("setting-unfit", [("value", value.to_owned())], detail)
            }
            Self::Quiet(NoQuietHours::NoTime { text }) => {
                problem("quiet-no-time", [("text", text.clone())], detail)
            }
            Self::Quiet(NoQuietHours::Empty { at }) => {
                problem("quiet-empty", [("at", at.clone())], detail)
            }
        }
    }
}

/// A value in the form in which it is kept.
pub(crate) fn fitting(name: &str, value: &str) -> Result<String, Unset> {
    if name == QUIET {
        return Ok(value.parse::<QuietHours>()?.to_string());
    }
    if name == IMPORT_FOLDER {
        let path = value.to_owned();
        return if Path::new(value).is_absolute() {
            Ok(path)
        } else {
            Err(Unset::Folder { path })
        };
    }
    if owner(name).is_some() {
        return Ok(value.to_owned());
    }
    let (_, allowed) = CHOICES
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or(Unset::Unknown)?;
    if allowed.contains(&value) {
        return Ok(value.to_owned());
    }
    Err(Unset::Value { allowed })
}

/// The officer to whom a setting belongs: the views of the worklist are each officer's own.
fn owner(name: &str) -> Option<OfficerId> {
    let of = name.strip_prefix(VIEWS)?;
    Some(OfficerId(of.parse().ok()?))
}

/// Leaves what a window may be told while `officer` is signed in.
pub(crate) fn keep_known(settings: &mut BTreeMap<String, String>, officer: Option<OfficerId>) {
    settings.retain(|name, _| match owner(name) {
        Some(owner) => Some(owner) == officer,
        None => {
            [QUIET, IMPORT_FOLDER].contains(&name.as_str())
                || CHOICES.iter().any(|(known, _)| known == name)
        }
    });
}

/// How the shell looks after the start at login: the system's own place for it is the truth.
pub struct AtLogin {
    /// Whether Outpost starts with the session now.
    pub is_on: Box<dyn Fn() -> bool + Send + Sync>,
    /// Turns it on or off; says why it could not.
    pub turn: Box<dyn Fn(bool) -> Result<(), String> + Send + Sync>,
}

impl std::fmt::Debug for AtLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AtLogin").finish_non_exhaustive()
    }
}

impl Desk {
    /// Offers the start at login, and does what an administrator has laid down about it.
    pub fn on_at_login(&self, at_login: AtLogin) {
        let wanted = self.inner.config.managed.settings.get(AT_LOGIN).cloned();
        *lock(&self.inner.at_login) = Some(at_login);
        let is_on = self.starts_at_login();
        self.state().at_login = is_on;
        if let Some(wanted) = wanted
            && is_on != Some(wanted == "on")
            && let Err(problem) = self.turn_at_login(&wanted)
        {
            let grave = true;
            self.tell_next_window(Notice { grave, problem });
        }
        self.inner.teller.status();
    }

    pub(crate) fn set(&self, name: &str, value: &str) -> Answered {
        if self.inner.config.managed.settings.contains_key(name) {
            let words = format!("{name} is laid down by the administrator");
            return Err(problem("setting-managed", [], words));
        }
        if let Some(owner) = owner(name)
            && self.officer()?.id != owner
        {
            let words = "this setting is another officer's";
            return Err(problem("not-yours", [], words));
        }
        let kept = match value {
            "" => String::new(),
            value => fitting(name, value).map_err(|unset| unset.problem(name, value))?,
        };
        if name == AT_LOGIN {
            self.turn_at_login(&kept)?;
        } else {
            let open = self.opened()?;
            open.store.set_setting(name, &kept).map_err(store_problem)?;
        }
        self.inner.teller.status();
        Ok(done())
    }

    fn starts_at_login(&self) -> Option<bool> {
        lock(&self.inner.at_login).as_ref().map(|a| (a.is_on)())
    }

    fn turn_at_login(&self, value: &str) -> Result<(), Problem> {
        let turned = match &*lock(&self.inner.at_login) {
            None => return Err(Unset::Unknown.problem(AT_LOGIN, value)),
            Some(at_login) => (at_login.turn)(value == "on"),
        };
        self.state().at_login = self.starts_at_login();
        turned.map_err(|reason| {
            tracing::warn!("the start at login could not be changed");
            let detail = format!("the start at login could not be changed: {reason}");
            problem("at-login-failed", [("reason", reason)], detail)
        })
    }

    /// Whether the officer is not to be disturbed now, by the clock of the post.
    pub fn is_quiet(&self) -> bool {
        let managed = self.inner.config.managed.settings.get(QUIET).cloned();
        let chosen = || {
            let settings = self.opened().ok()?.store.settings().ok()?;
            settings.get(QUIET).cloned()
        };
        let hours = managed.or_else(chosen);
        let hours = hours.and_then(|text| text.parse::<QuietHours>().ok());
        let now = jiff::Timestamp::now().to_zoned(self.zone());
        hours.is_some_and(|hours| hours.holds(now.time()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_takes_its_own_values_and_no_others() {
        assert_eq!(fitting("glove", "on"), Ok("on".to_owned()));
        assert!(matches!(fitting("glove", "yes"), Err(Unset::Value { .. })));
        assert_eq!(fitting("colour", "red"), Err(Unset::Unknown));
        assert_eq!(fitting("quiet-hours", "22-6"), Ok("22:00-06:00".to_owned()));
        assert!(matches!(
            fitting("quiet-hours", "late"),
            Err(Unset::Quiet(_))
        ));
    }

    #[test]
    fn what_the_store_keeps_beside_the_settings_is_told_to_nobody() {
        let me = OfficerId(uuid::Uuid::from_u128(1));
        let mine = format!("views:{me}");
        let theirs = format!("views:{}", OfficerId(uuid::Uuid::from_u128(2)));
        let names = ["central", "theme", "quiet-hours", &mine, &theirs];
        let mut settings = names
            .iter()
            .map(|n| ((*n).to_owned(), String::new()))
            .collect();
        keep_known(&mut settings, Some(me));
        assert!(settings.keys().eq(["quiet-hours", "theme", &mine]));
    }
}
