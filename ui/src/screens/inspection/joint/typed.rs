//! Times, days and numbers as officers type them.

use jiff::civil::{Date, Time};

use super::super::decide::day;
use crate::text::tr;

/// A clock time as typed: `9`, `930`, `9:30`, `09:30`.
pub fn clock(text: &str) -> Result<Time, String> {
    let wrong = || tr("field-time-wrong");
    let text = text.trim();
    let (hour, minute) = match text.split_once([':', '.', 'h']) {
        Some((hour, minute)) => (hour, minute),
        None if text.len() > 2 => text.split_at_checked(text.len() - 2).ok_or_else(wrong)?,
        None => (text, "0"),
    };
    let number = |part: &str| part.parse::<i8>().map_err(|_| wrong());
    let minute = if minute.is_empty() {
        0
    } else {
        number(minute)?
    };
    Time::new(number(hour)?, minute, 0, 0).map_err(|_| wrong())
}

/// A day as typed; nothing when the field is empty.
pub fn date(text: &str) -> Result<Option<Date>, String> {
    day(text).map_err(|_| tr("field-day-wrong"))
}

/// A whole number as typed; nothing when the field is empty.
pub fn whole(text: &str) -> Result<Option<u16>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| tr("joint-number-wrong"))
}

/// A decimal number as a whole number of `1/scale`; a comma or a point is before the fraction.
pub fn scaled(text: &str, scale: i64) -> Result<Option<i64>, String> {
    let text = text.trim().replace(',', ".").replace('\u{2212}', "-");
    if text.is_empty() {
        return Ok(None);
    }
    let value: f64 = text.parse().map_err(|_| tr("joint-number-wrong"))?;
    let scaled = value * scale as f64;
    if scaled.abs() > 1e15 || !scaled.is_finite() {
        return Err(tr("joint-number-wrong"));
    }
    Ok(Some(scaled.round() as i64))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_clock_time_is_read_as_officers_type_it() {
        let nine = |text| clock(text).unwrap().to_string();
        assert_eq!(nine("9"), "09:00:00");
        assert_eq!(nine("930"), "09:30:00");
        assert_eq!(nine("0930"), "09:30:00");
        assert_eq!(nine(" 9:30 "), "09:30:00");
        assert_eq!(nine("9h30"), "09:30:00");
        assert_eq!(nine("17h"), "17:00:00");
        for wrong in ["", "25", "9:61", "noon", "-3", "é30", "99999"] {
            assert!(clock(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_number_with_comma_or_minus_sign_is_read_and_a_word_is_not() {
        assert_eq!(scaled("0,12", 1000), Ok(Some(120)));
        assert_eq!(scaled("\u{2212}18.2", 1000), Ok(Some(-18_200)));
        assert_eq!(scaled(" ", 10), Ok(None));
        for wrong in ["warm", "1e300", "nan", "inf"] {
            assert!(scaled(wrong, 1000).is_err(), "{wrong}");
        }
    }
}
