//! Aggregates that SQLite does not have: percentiles, and the hours of a day that slots fill.

use std::panic::AssertUnwindSafe;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};

/// Makes `quantiles(milliseconds)` and `booked(start, end)` known to a connection.
pub(super) fn register(c: &Connection, zone: &TimeZone) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    c.create_aggregate_function("quantiles", 1, flags, Quantiles)?;
    let booked = Booked(AssertUnwindSafe(zone.clone()));
    c.create_aggregate_function("booked", 2, flags, booked)
}

/// The 50th and 90th percentile by nearest rank: the smallest value that at least so many of the values do not exceed.
/// A blob of two `f64`, minutes.
struct Quantiles;

/// A time that ran backwards, from a clock that was set, took no time.
fn shortest(ms: i64) -> i64 {
    ms.max(0)
}

impl Aggregate<Vec<i64>, Option<Vec<u8>>> for Quantiles {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<i64>> {
        Ok(Vec::new())
    }

    fn step(&self, ctx: &mut Context<'_>, values: &mut Vec<i64>) -> rusqlite::Result<()> {
        values.push(shortest(ctx.get(0)?));
        Ok(())
    }

    fn finalize(
        &self,
        _: &mut Context<'_>,
        values: Option<Vec<i64>>,
    ) -> rusqlite::Result<Option<Vec<u8>>> {
        let mut values = values.unwrap_or_default();
        if values.is_empty() {
            return Ok(None);
        }
        let median = nearest_rank(&mut values, 50);
        let ninetieth = nearest_rank(&mut values, 90);
        Ok(Some(floats(&[median, ninetieth])))
    }
}

fn nearest_rank(values: &mut [i64], percent: usize) -> f64 {
    let rank = (values.len() * percent).div_ceil(100).max(1);
    let (_, value, _) = values.select_nth_unstable(rank - 1);
    *value as f64 / 60_000.0
}

/// Of each hour of the day how many minutes slots fill, and how many slots: a blob of 24 and 24 `f64`.
struct Booked(AssertUnwindSafe<TimeZone>);

const HOURS: usize = 24;
const HOUR: i64 = 3_600_000;
const DAY: i64 = HOURS as i64 * HOUR;

impl Aggregate<[f64; 2 * HOURS], Option<Vec<u8>>> for Booked {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<[f64; 2 * HOURS]> {
        Ok([0.0; 2 * HOURS])
    }

    fn step(&self, ctx: &mut Context<'_>, hours: &mut [f64; 2 * HOURS]) -> rusqlite::Result<()> {
        let (start, end): (i64, i64) = (ctx.get(0)?, ctx.get(1)?);
        let offset = Timestamp::from_millisecond(start)
            .map_or(0, |at| i64::from(self.0.to_offset(at).seconds()) * 1000);
        fill(hours, (start + offset).rem_euclid(DAY), end - start);
        Ok(())
    }

    fn finalize(
        &self,
        _: &mut Context<'_>,
        hours: Option<[f64; 2 * HOURS]>,
    ) -> rusqlite::Result<Option<Vec<u8>>> {
        Ok(hours.map(|hours| floats(&hours)))
    }
}

/// Fills hours from `begin`, milliseconds after midnight, on; a slot is a day long at most, and may go over midnight.
fn fill(hours: &mut [f64; 2 * HOURS], begin: i64, long: i64) {
    let end = begin + long.clamp(0, DAY);
    let mut at = begin;
    while at < end {
        let next = (at / HOUR + 1) * HOUR;
        let hour = (at / HOUR) as usize % HOURS;
        hours[hour] += (next.min(end) - at) as f64 / 60_000.0;
        hours[HOURS + hour] += 1.0;
        at = next;
    }
}

fn floats(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

/// The values of a blob.
pub(super) fn of_blob(blob: &[u8]) -> Vec<f64> {
    let (eights, _) = blob.as_chunks::<8>();
    eights
        .iter()
        .map(|eight| f64::from_le_bytes(*eight))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let mut ten: Vec<i64> = (1..=10).rev().map(|m| m * 60_000).collect();
        assert_eq!(nearest_rank(&mut ten, 50), 5.0);
        assert_eq!(nearest_rank(&mut ten, 90), 9.0);
        assert_eq!(nearest_rank(&mut [180_000], 50), 3.0);
        assert_eq!(nearest_rank(&mut [180_000], 90), 3.0);
    }

    #[test]
    fn a_slot_fills_the_hours_it_touches_and_goes_over_midnight() {
        let mut hours = [0.0; 2 * HOURS];
        fill(&mut hours, 22 * HOUR + HOUR / 2, 2 * HOUR);
        assert_eq!((hours[22], hours[23], hours[0]), (30.0, 60.0, 30.0));
        assert_eq!(hours[..HOURS].iter().sum::<f64>(), 120.0);
        assert_eq!(hours[HOURS..].iter().sum::<f64>(), 3.0);
        fill(&mut hours, 0, -5);
        assert_eq!(hours[..HOURS].iter().sum::<f64>(), 120.0, "no time at all");
    }
}
