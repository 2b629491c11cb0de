//! The papers' words: Fluent messages of `assets/locales/<language>/documents.ftl`, with the names of codes, months and
//! weekdays that the window uses too.

use std::fmt::Display;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use outpost_domain::{Agency, PaperLanguage, Post};
use unic_langid::LanguageIdentifier;

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!(
                "../../../assets/locales/",
                $language,
                "/documents.ftl"
            )),
            include_str!(concat!(
                "../../../assets/locales/",
                $language,
                "/domain.ftl"
            )),
            include_str!(concat!(
                "../../../assets/locales/",
                $language,
                "/insights.ftl"
            )),
            include_str!(concat!(
                "../../../assets/locales/",
                $language,
                "/moment.ftl"
            )),
        ]
    };
}

/// The words of one language, and the zone in which times are told.
pub(crate) struct Words {
    language: PaperLanguage,
    bundle: FluentBundle<FluentResource>,
    zone: TimeZone,
}

impl Words {
    /// The words of `language`, times in the post's zone; in UTC when this build does not know the zone.
    pub(crate) fn new(language: PaperLanguage, post: &Post) -> Self {
        let sources = match language {
            PaperLanguage::English => files!("en"),
            PaperLanguage::French => files!("fr"),
        };
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![id]);
        for source in sources {
            let resource = match FluentResource::try_new(source.to_owned()) {
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
        Self {
            language,
            bundle,
            zone: TimeZone::get(&post.zone).unwrap_or(TimeZone::UTC),
        }
    }

    pub(crate) const fn language(&self) -> PaperLanguage {
        self.language
    }

    pub(crate) const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn find(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "a message lacks an argument");
        }
        Some(text.into_owned())
    }

    /// The message `key`; the key itself when no file has it.
    pub(crate) fn say(&self, key: &str) -> String {
        self.find(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// The message `key` with arguments, each isolated against the direction of its neighbours.
    pub(crate) fn say_with(&self, key: &str, args: &[(&str, String)]) -> String {
        let mut given = FluentArgs::new();
        for (name, value) in args {
            given.set((*name).to_owned(), value.clone());
        }
        self.find(key, Some(&given))
            .unwrap_or_else(|| key.to_owned())
    }

    /// The words of a code; the code itself where nothing is said for it, as a newer central may bring one.
    pub(crate) fn code(&self, family: &str, code: impl Display) -> String {
        let code = code.to_string();
        self.find(&format!("{family}-{code}"), None).unwrap_or(code)
    }

    pub(crate) fn agency(&self, agency: Agency) -> String {
        self.code("agency", agency)
    }

    /// Agencies one after the other.
    pub(crate) fn agencies(&self, agencies: impl IntoIterator<Item = Agency>) -> String {
        let names: Vec<String> = agencies.into_iter().map(|a| self.agency(a)).collect();
        names.join(", ")
    }

    /// Yes or no.
    pub(crate) fn yes(&self, yes: bool) -> String {
        self.say(if yes { "doc-yes" } else { "doc-no" })
    }

    /// `23 Nov 2026`.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = self.code("month-short", date.month());
        format!("{} {month} {}", date.day(), date.year())
    }

    /// `08:42` in the post's zone.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }

    /// `23 Nov 2026 08:42` in the post's zone.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let day = at.to_zoned(self.zone.clone()).date();
        format!("{} {}", self.date(day), self.time(at))
    }

    /// How long something took: `58 min`, `2 h 10`, `3 d 4 h`.
    pub(crate) fn lasting(&self, minutes: i64) -> String {
        let minutes = minutes.max(0);
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let number = |n: i64| n.to_string();
        match (days, hours) {
            (0, 0) => self.say_with("age-minutes", &[("minutes", number(rest))]),
            (0, _) => self.say_with(
                "age-hours",
                &[("hours", number(hours)), ("minutes", format!("{rest:02}"))],
            ),
            _ => self.say_with(
                "age-days",
                &[("days", number(days)), ("hours", number(hours))],
            ),
        }
    }

    /// Who did something and when.
    pub(crate) fn by(&self, who: &str, at: Timestamp) -> String {
        self.say_with(
            "doc-by",
            &[("who", who.to_owned()), ("at", self.moment(at))],
        )
    }

    /// The day with its weekday, the year after it.
    pub(crate) fn long_date(&self, date: Date) -> String {
        let weekday = date.weekday().to_monday_one_offset();
        let day = self.say_with(
            "moment-day",
            &[
                ("weekday", self.code("weekday", weekday)),
                ("day", date.day().to_string()),
                ("month", self.code("month", date.month())),
            ],
        );
        format!("{day} {}", date.year())
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
