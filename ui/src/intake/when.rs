//! When an image was taken, as scanners and cameras write it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// The moment that a text names: fourteen digits of date and time with whatever separates them, then perhaps a fraction
/// and an offset from UTC. Without an offset it is taken to be of `zone`.
///
/// EXIF and TIFF write `2026:11:23 06:20:00`, DICOM `20261123062000.000+0200`, descriptions mostly ISO 8601.
pub fn moment_of(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let (digits, rest) = leading_digits(text)?;
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let short = |from| part(from, from + 2).and_then(|n| i8::try_from(n).ok());
    let time = DateTime::new(
        part(0, 4)?,
        short(4)?,
        short(6)?,
        short(8)?,
        short(10)?,
        short(12)?,
        0,
    )
    .ok()?;
    let rest = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let zoned = match rest.trim() {
        "" => zone.to_ambiguous_zoned(time).compatible().ok()?,
        "Z" | "z" => offset(0)?.to_time_zone().to_zoned(time).ok()?,
        signed => offset(minutes(signed)?)?
            .to_time_zone()
            .to_zoned(time)
            .ok()?,
    };
    Some(zoned.timestamp())
}

fn offset(minutes: i32) -> Option<Offset> {
    Offset::from_seconds(minutes * 60).ok()
}

/// `+02:00`, `-0530` in minutes.
fn minutes(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let number: i32 = (digits.len() == 4).then(|| digits.parse().ok())??;
    Some(sign * (number / 100 * 60 + number % 100))
}

/// The first fourteen digits and what follows them; separators between them are left out.
fn leading_digits(text: &str) -> Option<(String, &str)> {
    let mut digits = String::with_capacity(14);
    for (at, c) in text.trim().char_indices() {
        if c.is_ascii_digit() {
            digits.push(c);
            if digits.len() == 14 {
                return Some((digits, &text.trim()[at + 1..]));
            }
        } else if !matches!(c, ':' | '-' | '/' | '.' | ' ' | 'T' | 't') {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_way_of_writing_a_time_is_the_same_moment() {
        let lusaka = TimeZone::get("Africa/Lusaka").unwrap();
        let expected: Timestamp = "2026-11-23T06:20:00Z".parse().unwrap();
        for text in [
            "2026-11-23T06:20:00Z",
            "2026:11:23 08:20:00",
            "2026:11:23 06:20:00 +00:00",
            "20261123082000.123456",
            "20261123 082000",
            "20261123112000.5+0500",
            " 2026-11-23T00:50:00-05:30 ",
            "2026/11/23 08.20.00",
        ] {
            assert_eq!(moment_of(text, &lusaka), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "yesterday",
            "2026-11-23",
            "2026-13-23T06:20:00Z",
            "0000:00:00 00:00:00",
            "2026-11-23T06:20:00 CET",
            "2026-11-23T06:20:00+99",
            "2026-11-23T06:20:00+99:99",
            "99999999999999999999",
            "é2026-11-23T06:20:00Z",
        ] {
            assert_eq!(moment_of(text, &TimeZone::UTC), None, "{text:?}");
        }
    }
}
