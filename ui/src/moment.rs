//! Times, ages and numbers as officers read them: in the post's zone, in figures of the language spoken.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::text::{Language, spoken, tr_args, tr_code};

/// Hours and minutes in a zone: `06:42`.
pub fn time(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// Hours, minutes and seconds in a zone: what an entry is quoted by.
pub fn time_exact(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string()
}

/// The time, with the date before it when it is not `now`'s day.
pub fn time_or_date(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (then, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    if then.date() == today.date() {
        time(at, zone)
    } else {
        format!("{} {}", short_date(then.date()), time(at, zone))
    }
}

/// Day and month: `24 Nov`.
pub fn short_date(date: Date) -> String {
    format!("{} {}", date.day(), tr_code("month-short", date.month()))
}

/// Weekday, day and month: `Monday 23 November`.
pub fn long_date(date: Date) -> String {
    tr_args(
        "moment-day",
        &[
            (
                "weekday",
                tr_code("weekday", date.weekday().to_monday_one_offset()).into(),
            ),
            ("day", date.day().into()),
            ("month", tr_code("month", date.month()).into()),
        ],
    )
}

/// How a zone stands to UTC at a moment: `UTC+02:00`.
pub fn offset(at: Timestamp, zone: &TimeZone) -> String {
    let zoned: Zoned = at.to_zoned(zone.clone());
    format!("UTC{}", zoned.strftime("%:z"))
}

/// How long ago: `58 min`, `2 h 10`, `3 d 4 h`. What lies ahead counts as now.
pub fn age(since: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(since).as_mins().max(0);
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => tr_args("age-minutes", &[("minutes", rest.into())]),
        (0, _) => tr_args(
            "age-hours",
            &[
                ("hours", hours.into()),
                ("minutes", format!("{rest:02}").into()),
            ],
        ),
        _ => tr_args(
            "age-days",
            &[("days", days.into()), ("hours", hours.into())],
        ),
    }
}

/// A whole number with its thousands apart: `27,940`, in French `27 940`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let apart = match spoken() {
        Language::English => ',',
        Language::French => '\u{202f}',
    };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(apart);
        }
        text.push(digit);
    }
    text
}

/// How much room so many bytes take, in the units in which disks are sold.
pub fn size(bytes: u64) -> String {
    let units = [
        (1_000_000_000, "size-gigabytes"),
        (1_000_000, "size-megabytes"),
        (1_000, "size-kilobytes"),
    ];
    let found = units.into_iter().find(|(unit, _)| bytes >= *unit);
    let (unit, key) = found.unwrap_or((1_000, "size-kilobytes"));
    let number = bytes as f64 / unit as f64;
    let digits = usize::from(number < 10.0);
    tr_args(key, &[("size", decimal(number, digits).into())])
}

/// A number with `digits` decimals, thousands apart and a true minus sign: `−14.2`.
pub fn decimal(number: f64, digits: usize) -> String {
    let fixed = format!("{:.digits$}", number.abs());
    let (whole, part) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let zero = fixed.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if number < 0.0 && !zero {
        "\u{2212}"
    } else {
        ""
    };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), count);
    let point = match spoken() {
        Language::English => '.',
        Language::French => ',',
    };
    if part.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{point}{part}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::text::speak;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn ages_grow_from_minutes_to_days() {
        let now = at("2026-11-23T09:26:00Z");
        assert_eq!(age(at("2026-11-23T08:28:00Z"), now), "58 min");
        assert_eq!(age(at("2026-11-23T07:16:00Z"), now), "2 h 10");
        assert_eq!(age(at("2026-11-20T05:00:00Z"), now), "3 d 4 h");
        assert_eq!(age(at("2026-11-24T00:00:00Z"), now), "0 min");
    }

    #[test]
    fn numbers_are_written_as_the_language_does() {
        assert_eq!(count(27_940), "27,940");
        assert_eq!(decimal(-14.2, 1), "\u{2212}14.2");
        assert_eq!(decimal(-0.01, 1), "0.0");
        speak(Language::French);
        assert_eq!(count(1_310), "1\u{202f}310");
        assert_eq!(decimal(25_100.5, 1), "25\u{202f}100,5");
        assert_eq!(short_date(jiff::civil::date(2026, 11, 24)), "24 nov.");
    }

    #[test]
    fn times_are_the_posts() {
        let zone = TimeZone::get("Africa/Blantyre").unwrap();
        let moment = at("2026-11-23T07:26:00Z");
        assert_eq!(time(moment, &zone), "09:26");
        assert_eq!(offset(moment, &zone), "UTC+02:00");
        assert_eq!(
            long_date(jiff::civil::date(2026, 11, 23)),
            "Monday 23 November"
        );
    }
}
