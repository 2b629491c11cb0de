//! Waiting for a condition with a deadline, never for a length of time.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long a condition may take in a window that a software renderer draws on a busy machine.
pub const SOON: Duration = Duration::from_secs(30);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(15);

/// Looks until there is something, or until the deadline; then says what was waited for and what the last look met.
pub fn until<T>(
    what: &str,
    within: Duration,
    mut look: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let end = Instant::now() + within;
    loop {
        let last = match look() {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if Instant::now() >= end {
            match last {
                Some(error) => return Err(error.context(format!("{what}: not within {within:?}"))),
                None => bail!("{what}: not within {within:?}"),
            }
        }
        std::thread::sleep(PAUSE);
    }
}
