//! Time zones of foreign calendars: by their IANA name, else by what the file itself says of them.

use icalendar::parser::{Component, Property};
use jiff::tz::TimeZone;

/// The zone that a file calls `name`. IANA names come first, as what a file says of them may be out of date; then the
/// name that its VTIMEZONE gives beside its own; then its rules, when they are one offset or two changes a year.
pub fn named(name: &str, calendar: &[Component<'_>]) -> Option<TimeZone> {
    let name = name.trim_matches('"').trim_start_matches('/');
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let of_this_name =
        |c: &&Component<'_>| c.name == "VTIMEZONE" && value(c, "TZID").is_some_and(|v| v == name);
    let described = calendar.iter().find(of_this_name)?;
    if let Some(zone) = value(described, "X-LIC-LOCATION").and_then(|n| TimeZone::get(n).ok()) {
        return Some(zone);
    }
    let standard = latest(described, "STANDARD")?;
    let Some(daylight) = latest(described, "DAYLIGHT") else {
        let seconds = offset(value(standard, "TZOFFSETTO")?)?;
        return Some(jiff::tz::Offset::from_seconds(seconds).ok()?.to_time_zone());
    };
    // POSIX counts west of Greenwich as positive; a rule is told in the time before the change, as in DTSTART.
    let part = |c: &Component<'_>| Some(posix_offset(offset(value(c, "TZOFFSETTO")?)?));
    let text = format!(
        "<std>{}<dst>{},{},{}",
        part(standard)?,
        part(daylight)?,
        change(daylight)?,
        change(standard)?
    );
    TimeZone::posix(&text).ok()
}

fn value<'a>(component: &'a Component<'_>, name: &str) -> Option<&'a str> {
    component
        .properties
        .iter()
        .find(|p: &&Property<'_>| p.name.as_str().eq_ignore_ascii_case(name))
        .map(|p| p.val.as_str())
}

/// The observance of this kind that began last.
fn latest<'a, 'b>(zone: &'a Component<'b>, kind: &str) -> Option<&'a Component<'b>> {
    zone.components
        .iter()
        .filter(|c| c.name.as_str().eq_ignore_ascii_case(kind))
        .max_by_key(|c| value(c, "DTSTART").unwrap_or_default())
}

/// `+0130` or `-050000` in seconds (RFC 5545 §3.3.14).
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 4 | 6) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).and_then(|d| d.parse::<i32>().ok());
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4).unwrap_or(0));
    (hours < 24 && minutes < 60 && seconds < 60)
        .then_some(sign * (hours * 3600 + minutes * 60 + seconds))
}

fn posix_offset(seconds: i32) -> String {
    let (sign, s) = (if seconds > 0 { "-" } else { "" }, seconds.abs());
    format!("{sign}{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// A yearly rule as POSIX writes it: `M3.5.0/02:00:00`.
fn change(observance: &Component<'_>) -> Option<String> {
    let rule = value(observance, "RRULE")?;
    let field = |name: &str| {
        rule.split(';')
            .filter_map(|part| part.split_once('='))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    };
    let month: u8 = field("BYMONTH")?.parse().ok()?;
    let by_day = field("BYDAY")?;
    let (nth, day) = by_day.split_at_checked(by_day.len().checked_sub(2)?)?;
    let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
        .iter()
        .position(|d| *d == day)?;
    let week = match nth.parse::<i8>().ok()? {
        -1 => 5,
        nth @ 1..=4 => nth,
        _ => return None,
    };
    let time = value(observance, "DTSTART")?.split_once('T')?.1;
    let two = |at: usize| {
        time.get(at..at + 2)
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
    };
    let yearly = field("FREQ")?.eq_ignore_ascii_case("YEARLY") && (1..=12).contains(&month);
    yearly.then_some(format!(
        "M{month}.{week}.{day}/{}:{}:{}",
        two(0)?,
        two(2)?,
        two(4)?
    ))
}
