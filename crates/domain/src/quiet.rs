//! Quiet hours: when an officer is not to be disturbed, by the clock of the post.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;

/// From a time of day up to, and without, another one; over midnight when the end comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    begin: Time,
    end: Time,
}

impl QuietHours {
    /// Whether it is quiet at this time of day.
    pub fn holds(self, now: Time) -> bool {
        if self.begin < self.end {
            self.begin <= now && now < self.end
        } else {
            self.begin <= now || now < self.end
        }
    }
}

/// Why a text names no quiet hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoQuietHours {
    /// A time of day is wanted and something else stands there.
    #[error("{text:?} is no time of day; one reads 22:00")]
    NoTime {
        /// What stands there.
        text: String,
    },
    /// Begin and end are the same: that could be none or all of the day.
    #[error("the quiet hours begin and end at {at}")]
    Empty {
        /// The time.
        at: String,
    },
}

/// Two times of day with a hyphen between them: `22:00-06:30`.
impl FromStr for QuietHours {
    type Err = NoQuietHours;

    fn from_str(text: &str) -> Result<Self, NoQuietHours> {
        let (begin, end) = text.split_once('-').unwrap_or((text, ""));
        let (begin, end) = (time_of(begin)?, time_of(end)?);
        if begin == end {
            let at = in_words(begin);
            return Err(NoQuietHours::Empty { at });
        }
        Ok(Self { begin, end })
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", in_words(self.begin), in_words(self.end))
    }
}

fn in_words(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Hours and minutes as people write them: `6:30`, `06:30`, `22.15`, `22`.
fn time_of(text: &str) -> Result<Time, NoQuietHours> {
    let wrong = || NoQuietHours::NoTime {
        text: text.trim().to_owned(),
    };
    let (hour, minute) = text
        .trim()
        .split_once([':', '.', 'h'])
        .unwrap_or((text.trim(), "00"));
    let number = |digits: &str, most: usize| {
        let written =
            (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        written.then(|| digits.parse::<i8>().ok()).flatten()
    };
    let minute = if minute.is_empty() { "00" } else { minute };
    let whole = minute.len() == 2;
    match (number(hour, 2), number(minute, 2)) {
        (Some(hour), Some(minute)) if whole => Time::new(hour, minute, 0, 0).map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::time;

    #[test]
    fn a_night_reaches_over_midnight() {
        let night: QuietHours = "22:00-06:30".parse().unwrap();
        assert!(night.holds(time(22, 0, 0, 0)));
        assert!(night.holds(time(23, 59, 59, 0)));
        assert!(night.holds(time(0, 0, 0, 0)));
        assert!(night.holds(time(6, 29, 59, 0)));
        assert!(!night.holds(time(6, 30, 0, 0)));
        assert!(!night.holds(time(12, 0, 0, 0)));
        assert!(!night.holds(time(21, 59, 59, 0)));
    }

    #[test]
    fn a_break_lies_within_the_day() {
        let noon: QuietHours = "12:00-13:00".parse().unwrap();
        assert!(noon.holds(time(12, 30, 0, 0)));
        assert!(!noon.holds(time(13, 0, 0, 0)));
        assert!(!noon.holds(time(0, 0, 0, 0)));
    }

    #[test]
    fn times_are_taken_as_people_write_them_and_kept_in_one_way() {
        for text in ["22-6:00", "22.00-06.00", " 22:00 - 6 ", "22h00-6h"] {
            let read: QuietHours = text.parse().unwrap();
            assert_eq!(read.to_string(), "22:00-06:00", "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_named() {
        for (text, wrong) in [
            ("24:00-06:00", "24:00"),
            ("22:00-6:60", "6:60"),
            ("22:00-6:5", "6:5"),
            ("late-06:00", "late"),
            ("22:00-", ""),
            ("", ""),
            ("+2:00-06:00", "+2:00"),
            ("22:00:00-06:00", "22:00:00"),
        ] {
            let refused = text.parse::<QuietHours>().unwrap_err();
            let text = wrong.to_owned();
            assert_eq!(refused, NoQuietHours::NoTime { text });
        }
        assert_eq!(
            "22:00-22".parse::<QuietHours>().unwrap_err().to_string(),
            "the quiet hours begin and end at 22:00"
        );
    }
}
