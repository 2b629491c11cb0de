//! The shell's words, through Fluent: tray, notifications, the word about a window that does not stay open. What is
//! notified reads as it does in the window.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use outpost_protocol::{Line, Problem, Status, StoreState};

const ENGLISH: &str = concat!(
    include_str!("../../assets/locales/en/tray.ftl"),
    include_str!("../../assets/locales/en/problems.ftl")
);
const FRENCH: &str = concat!(
    include_str!("../../assets/locales/fr/tray.ftl"),
    include_str!("../../assets/locales/fr/problems.ftl")
);

/// Words in one language.
pub struct Words {
    code: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// In the language of a code or locale such as `fr` or `fr_CM.UTF-8`; English when it is not spoken.
    pub fn of(locale: &str) -> Self {
        let (code, source) = if locale
            .get(..2)
            .is_some_and(|c| c.eq_ignore_ascii_case("fr"))
        {
            ("fr", FRENCH)
        } else {
            ("en", ENGLISH)
        };
        let mut bundle = FluentBundle::new_concurrent(vec![code.parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(good, _)| good);
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(?errors, code, "messages said twice");
        }
        Self { code, bundle }
    }

    /// In the language chosen on this workstation, or the system's.
    pub fn chosen(status: &Status) -> Self {
        match status.settings.get("language") {
            Some(language) => Self::of(language),
            None => Self::of(&sys_locale::get_locale().unwrap_or_default()),
        }
    }

    /// The ISO 639-1 code of the language.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The message under `key`; the key itself when there is none.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &FluentArgs::new())
    }

    /// The message under `key` with one argument.
    pub fn say_of(&self, key: &str, name: &'static str, value: &str) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.say_with(key, &args)
    }

    /// What a problem says; its English sentence where this build has no words for it.
    pub fn problem(&self, problem: &Problem) -> String {
        let key = format!("problem-{}", problem.code);
        if !self.bundle.has_message(&key) {
            return problem.detail.clone();
        }
        let mut args = FluentArgs::new();
        for (name, value) in &problem.args {
            args.set(name.clone(), value.clone());
        }
        self.say_with(&key, &args)
    }

    /// The message under `key` about so many.
    pub fn say_count(&self, key: &str, count: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        self.say_with(key, &args)
    }

    fn say_with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        said.into_owned()
    }

    /// The line, what waits and how many notices were kept, in one sentence for the tray.
    pub fn standing(&self, status: &Status, kept: usize) -> String {
        if status.store != StoreState::Open {
            return self.say("tray-locked");
        }
        let line = match &status.line {
            _ if status.line_pulled => "tray-line-pulled",
            Line::Up { .. } => "tray-line-up",
            Line::Down { .. } => "tray-line-down",
            Line::Unknown => "tray-line-unknown",
        };
        let waiting = match status.entries_waiting {
            0 => self.say("tray-waiting-nothing"),
            count => self.say_count("tray-waiting", count),
        };
        let mut parts = vec![self.say(line), waiting];
        if status.stuck > 0 {
            parts.push(self.say_count("tray-stuck", status.stuck));
        }
        if kept > 0 {
            parts.push(self.say_count("tray-kept", kept as u64));
        }
        parts.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::status;

    #[test]
    fn the_tray_says_the_line_and_what_waits() {
        let mut status = status();
        let words = Words::of("en_GB.UTF-8");
        assert_eq!(
            words.standing(&status, 0),
            "Line up · nothing waits to be sent"
        );
        status.entries_waiting = 1;
        assert_eq!(
            words.standing(&status, 0),
            "Line up · 1 entry waiting to be sent"
        );
        status.line_pulled = true;
        status.entries_waiting = 12;
        status.stuck = 2;
        assert_eq!(
            words.standing(&status, 3),
            "Line pulled · 12 entries waiting to be sent · 2 stuck · 3 notices kept for after the quiet hours"
        );
    }

    #[test]
    fn a_locked_store_says_what_to_do_and_nothing_of_entries() {
        let mut status = status();
        status.store = StoreState::Locked;
        assert_eq!(
            Words::of("fr").standing(&status, 1),
            "Fermé : ouvrez Outpost et déverrouillez-le"
        );
    }

    #[test]
    fn the_language_chosen_on_the_workstation_goes_before_the_systems() {
        let mut status = status();
        status
            .settings
            .insert("language".to_owned(), "fr".to_owned());
        assert_eq!(Words::chosen(&status).say("tray-quit"), "Quitter");
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let keys = |source: &str| -> Vec<String> {
            source
                .lines()
                .filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()))
                .filter_map(|l| l.split_once(" ="))
                .map(|(key, _)| key.to_owned())
                .collect()
        };
        assert_eq!(keys(ENGLISH), keys(FRENCH));
        for key in keys(FRENCH) {
            assert_ne!(Words::of("fr").say(&key), key);
        }
    }
}
