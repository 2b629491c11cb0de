//! The state of the line and when to try it again.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use jiff::Timestamp;
use outpost_protocol::Line;

use crate::Fault;

/// The first wait after a failure.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// The longest wait while nobody answers: an officer who plugs the line in should see it within seconds, and a
/// refused connection costs nothing.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// The longest wait while the central answers, but not as it should.
const LONGEST_WAIT_BUSY: Duration = Duration::from_mins(1);

/// Knows whether the line is up, since when, and how long to wait before the next try.
#[derive(Debug)]
pub(crate) struct LineState {
    line: Line,
    waits: Option<ExponentialBackoff>,
}

impl LineState {
    pub(crate) const fn new() -> Self {
        Self {
            line: Line::Unknown,
            waits: None,
        }
    }

    pub(crate) const fn line(&self) -> &Line {
        &self.line
    }

    /// The central answered at `now`; whether that is news.
    pub(crate) fn answered(&mut self, now: Timestamp) -> bool {
        self.waits = None;
        if matches!(self.line, Line::Up { .. }) {
            return false;
        }
        self.line = Line::Up { since: now };
        true
    }

    /// An exchange failed at `now`; whether that is news.
    pub(crate) fn failed(&mut self, now: Timestamp, fault: &Fault) -> bool {
        let problem = fault.problem();
        let since = match &self.line {
            Line::Down {
                problem: before, ..
            } if *before == problem => return false,
            Line::Down { since, .. } => *since,
            Line::Up { .. } | Line::Unknown => now,
        };
        self.line = Line::Down { since, problem };
        true
    }

    /// How long to wait after `fault`: growing with jitter, and never shorter than the central asked for.
    pub(crate) fn next_wait(&mut self, fault: &Fault) -> Duration {
        let longest = match fault {
            Fault::Unreachable(_) | Fault::Timeout | Fault::Pulled => LONGEST_WAIT,
            _ => LONGEST_WAIT_BUSY,
        };
        let wait = self
            .waits
            .get_or_insert_with(|| {
                ExponentialBuilder::new()
                    .with_min_delay(FIRST_WAIT)
                    .with_max_delay(LONGEST_WAIT_BUSY)
                    .with_factor(1.8)
                    .with_jitter()
                    .without_max_times()
                    .build()
            })
            .next()
            .unwrap_or(LONGEST_WAIT_BUSY)
            .min(longest);
        match fault {
            Fault::Busy { after } => wait.max(*after),
            _ => wait,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_line_is_down_since_the_first_failure() {
        let mut state = LineState::new();
        assert!(state.failed(at(10), &Fault::Timeout));
        assert!(!state.failed(at(11), &Fault::Timeout));
        assert!(state.failed(at(12), &Fault::Unreachable("refused".into())));
        assert!(matches!(state.line(), Line::Down { since, .. } if *since == at(10)));
        assert!(state.answered(at(20)));
        assert!(!state.answered(at(21)));
        assert_eq!(*state.line(), Line::Up { since: at(20) });
    }

    #[test]
    fn a_dead_line_is_tried_every_few_seconds_and_a_busy_central_when_it_asked() {
        let mut state = LineState::new();
        let dead = Fault::Unreachable("refused".into());
        for _ in 0..50 {
            assert!(state.next_wait(&dead) <= LONGEST_WAIT);
        }
        let busy = Fault::Busy {
            after: Duration::from_mins(5),
        };
        assert!(state.next_wait(&busy) >= Duration::from_mins(5));
        state.answered(at(1));
        assert!(state.next_wait(&dead) <= FIRST_WAIT * 2);
    }
}
