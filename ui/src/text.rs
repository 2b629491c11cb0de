//! Text for people: Fluent messages in the language chosen, one file a topic under `assets/locales`.
//!
//! The language belongs to the thread: only the window's own thread draws, and tests that run beside each other
//! each have their own. A key that no file has is shown as it is, and the tests below find it first.

use std::cell::RefCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use outpost_protocol::Problem;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue;

/// A language that the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Every language, in the order in which the settings show them.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// Its ISO 639-1 code, also the value kept in the setting `language`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// Its own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "Français",
        }
    }

    /// The language of a code or locale: `fr`, `fr_CM.UTF-8`.
    pub fn from_code(code: &str) -> Option<Self> {
        let short: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(&short))
    }

    /// The system's language, or English.
    pub fn of_system() -> Self {
        sys_locale::get_locales()
            .find_map(|locale| Self::from_code(&locale))
            .unwrap_or_default()
    }
}

macro_rules! files {
    ($language:literal: $($name:literal),+ $(,)?) => {
        &[$(include_str!(concat!("../../assets/locales/", $language, "/", $name, ".ftl"))),+]
    };
}

fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => {
            files!("en": "acts", "agenda", "design", "domain", "import", "insights", "inspection", "joint", "moment", "papers", "practice", "problems", "review", "settings", "shell", "sign-in", "sync", "worklist")
        }
        Language::French => {
            files!("fr": "acts", "agenda", "design", "domain", "import", "insights", "inspection", "joint", "moment", "papers", "practice", "problems", "review", "settings", "shell", "sign-in", "sync", "worklist")
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(language: Language) -> Bundle {
    let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![id]);
    bundle.set_use_isolating(false);
    for source in sources(language) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                tracing::error!(
                    ?errors,
                    language = language.code(),
                    "messages that cannot be read"
                );
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(?errors, language = language.code(), "messages said twice");
        }
    }
    bundle
}

thread_local! {
    static SPOKEN: RefCell<(Language, Bundle)> =
        RefCell::new((Language::English, bundle(Language::English)));
}

/// Changes this thread's language.
pub fn speak(language: Language) {
    SPOKEN.with_borrow_mut(|spoken| {
        if spoken.0 != language {
            *spoken = (language, bundle(language));
        }
    });
}

/// This thread's language.
pub fn spoken() -> Language {
    SPOKEN.with_borrow(|spoken| spoken.0)
}

fn find(key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let (text, whole) = format(key, args)?;
    if !whole {
        tracing::warn!(key, "a message lacks an argument");
    }
    Some(text)
}

/// The message, and whether every argument that it wants was given.
fn format(key: &str, args: Option<&FluentArgs<'_>>) -> Option<(String, bool)> {
    SPOKEN.with_borrow(|(_, bundle)| {
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        Some((text.into_owned(), errors.is_empty()))
    })
}

fn or_key(key: &str, found: Option<String>) -> String {
    found.unwrap_or_else(|| {
        tracing::warn!(key, "a message is missing");
        key.to_owned()
    })
}

/// The message `key`.
pub fn tr(key: &str) -> String {
    or_key(key, find(key, None))
}

/// The message `key` with arguments: `tr_args("age-minutes", &[("minutes", 5.into())])`.
pub fn tr_args(key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let mut given = FluentArgs::new();
    for (name, value) in args {
        given.set((*name).to_owned(), value.clone());
    }
    or_key(key, find(key, Some(&given)))
}

/// The words of a code: `tr_code("lane", Lane::Red.code())`. A code that a newer central brought is shown as it is.
pub fn tr_code(family: &str, code: impl std::fmt::Display) -> String {
    let code = code.to_string();
    find(&format!("{family}-{code}"), None).unwrap_or(code)
}

/// The words of a code with arguments; the code itself where nothing is said for it.
pub fn tr_code_args(
    family: &str,
    code: impl std::fmt::Display,
    args: &[(&str, FluentValue<'_>)],
) -> String {
    let mut given = FluentArgs::new();
    for (name, value) in args {
        given.set((*name).to_owned(), value.clone());
    }
    let code = code.to_string();
    find(&format!("{family}-{code}"), Some(&given)).unwrap_or(code)
}

/// What went wrong, in words; the desk's English sentence where this build does not know the code, or was not told
/// what the words need.
pub fn tr_problem(problem: &Problem) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in &problem.args {
        args.set(name.clone(), value.clone());
    }
    let key = format!("problem-{}", problem.code);
    let (text, whole) = format(&key, Some(&args)).unwrap_or_default();
    if whole { text } else { problem.detail.clone() }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
