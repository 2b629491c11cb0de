//! The period that is looked at: whole days of the post, or a shift.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::moment::short_date;

/// A period to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Period {
    /// Today.
    Today,
    /// The last seven days, today among them.
    #[default]
    Week,
    /// The last thirty.
    Month,
    /// The calendar quarter so far.
    Quarter,
    /// From and to, as the officer writes them.
    Own,
}

impl Period {
    /// Every period, in the order of their keys.
    pub const ALL: [Self; 5] = [
        Self::Today,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Own,
    ];

    /// The end of the Fluent key `insights-period-<code>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Own => "own",
        }
    }

    /// The end of the Fluent key `act-<title>`.
    pub const fn act(self) -> &'static str {
        match self {
            Self::Today => "insights-today",
            Self::Week => "insights-week",
            Self::Month => "insights-month",
            Self::Quarter => "insights-quarter",
            Self::Own => "insights-own",
        }
    }

    /// From when to when; `own` is what the officer wrote: days, or days with a time.
    pub fn span(
        self,
        today: Date,
        own: &[String; 2],
        zone: &TimeZone,
    ) -> Option<(Timestamp, Timestamp)> {
        let days = |first: Date| Some((begin(first, zone)?, begin(after(today)?, zone)?));
        let back = |days: i64| today.checked_sub(days.days()).ok();
        match self {
            Self::Today => days(today),
            Self::Week => days(back(6)?),
            Self::Month => days(back(29)?),
            Self::Quarter => {
                let month = (today.month() - 1) / 3 * 3 + 1;
                days(Date::new(today.year(), month, 1).ok()?)
            }
            Self::Own => {
                let [from, to] = own.each_ref().map(|text| text.trim());
                let whole = |day: Date| begin(after(day)?, zone);
                let (from, to) = (
                    read(from, zone, |day| begin(day, zone))?,
                    read(to, zone, whole)?,
                );
                (from < to).then_some((from, to))
            }
        }
    }
}

fn after(day: Date) -> Option<Date> {
    day.checked_add(1.day()).ok()
}

fn begin(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|z| z.timestamp())
}

/// `2026-11-23` as `of_day` takes it, or `2026-11-23 06:00`.
fn read(
    text: &str,
    zone: &TimeZone,
    of_day: impl Fn(Date) -> Option<Timestamp>,
) -> Option<Timestamp> {
    if text.contains(':') {
        let moment: DateTime = text.parse().ok()?;
        return moment.to_zoned(zone.clone()).ok().map(|z| z.timestamp());
    }
    of_day(text.parse().ok()?)
}

/// The days from the first to the last.
pub fn days((from, to): (Timestamp, Timestamp), zone: &TimeZone) -> (Date, Date) {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    (day(from), day(to - SignedDuration::from_nanos(1)))
}

/// `17 Nov – 23 Nov`, or one day.
pub fn words((first, last): (Date, Date)) -> String {
    if first == last {
        short_date(first)
    } else {
        format!("{} \u{2013} {}", short_date(first), short_date(last))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn own(from: &str, to: &str) -> Option<(Timestamp, Timestamp)> {
        let own = [from.to_owned(), to.to_owned()];
        Period::Own.span(TODAY, &own, &TimeZone::UTC)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn periods_end_today_and_a_quarter_begins_with_its_first_month() {
        let told = |period: Period| {
            let span = period.span(TODAY, &Default::default(), &TimeZone::UTC);
            span.map(|span| days(span, &TimeZone::UTC))
        };
        assert_eq!(told(Period::Today), Some((TODAY, TODAY)));
        assert_eq!(told(Period::Week), Some((date(2026, 11, 17), TODAY)));
        assert_eq!(told(Period::Month), Some((date(2026, 10, 25), TODAY)));
        assert_eq!(told(Period::Quarter), Some((date(2026, 10, 1), TODAY)));
        assert_eq!(told(Period::Own), None);
    }

    #[test]
    fn a_period_of_ones_own_is_days_or_a_shift() {
        let march = (at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"));
        assert_eq!(own(" 2026-03-01", "2026-03-31 "), Some(march));
        let shift = (at("2026-03-01T22:00:00Z"), at("2026-03-02T06:30:00Z"));
        assert_eq!(own("2026-03-01 22:00", "2026-03-02 06:30"), Some(shift));
        for (from, to) in [
            ("2026-03-31", "2026-03-01"),
            ("2026-03-01 06:00", "2026-03-01 06:00"),
            ("yesterday", "2026-03-01"),
            ("2026-03-01 25:00", "2026-03-02"),
            ("", ""),
        ] {
            assert_eq!(own(from, to), None, "{from} to {to}");
        }
    }

    #[test]
    fn a_day_of_the_post_is_as_long_as_its_clock_says() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let day = date(2026, 3, 29);
        let (from, to) = Period::Today
            .span(day, &Default::default(), &berlin)
            .unwrap();
        assert_eq!(to.duration_since(from).as_hours(), 23, "summer time begins");
        let last = Period::Today.span(Date::MAX, &Default::default(), &berlin);
        assert_eq!(last, None);
    }
}
