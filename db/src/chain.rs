//! Numbers of this device's chain that will never be met again: lost with a damaged store, or left out on purpose.
//!
//! After a salvage or a restore nobody can tell whether the laptop had written more than what was found. The central
//! may hold such an entry, and two entries under one number would contend for ever. So the chain goes on well above
//! every number that is known, and the gap is noted.

use rusqlite::Connection;

use crate::{Result, sql};

/// How far above the last known number the chain goes on: more than a device writes between two backups.
const LEFT_OUT: u64 = 100_000;

/// The highest number that is not given out again; 0 when the chain was never interrupted.
pub(crate) fn floor(c: &Connection) -> Result<u64> {
    Ok(sql::meta::<i64>(c, "chain_floor")?.unwrap_or(0) as u64)
}

/// Gaps that are accounted for, as first and last number.
pub(crate) fn gaps(c: &Connection) -> Result<Vec<(u64, u64)>> {
    let text: Option<String> = sql::meta(c, "chain_gaps")?;
    text.map_or(Ok(Vec::new()), |t| sql::from_json("the chain's gaps", &t))
}

/// Lets the chain go on above `known`, and notes `lost` numbers with those that are left out.
pub(crate) fn interrupt(c: &Connection, known: u64, lost: &[u64]) -> Result<()> {
    let mut all = gaps(c)?;
    all.extend(lost.iter().map(|number| (*number, *number)));
    all.push((known + 1, known + LEFT_OUT));
    sql::set_meta(c, "chain_gaps", sql::to_json("the chain's gaps", &all)?)?;
    sql::set_meta(c, "chain_floor", (known + LEFT_OUT) as i64)
}
