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

/// The least time between two tries when the store itself fails.
const STORE_WAIT: Duration = Duration::from_secs(10);

/// The longest wait while the central answers that it fails: it needs air, and should be met soon after it is well.
const LONGEST_WAIT_FAILING: Duration = Duration::from_secs(15);

/// The parts of a cycle, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// What the post is: the first question.
    Post,
    /// Sending entries.
    Push,
    /// Taking in changes.
    Pull,
    /// Moving files.
    Files,
}

/// Knows whether the line is up, since when, and how long to wait before the next try.
///
/// A central that answers one question and fails at the next is not up: the line stays down, and the waits go on
/// growing, until the stage is passed at which it failed.
#[derive(Debug)]
pub(crate) struct LineState {
    line: Line,
    broken_at: Stage,
    waits: Option<ExponentialBackoff>,
}

impl LineState {
    pub(crate) const fn new() -> Self {
        Self {
            line: Line::Unknown,
            broken_at: Stage::Post,
            waits: None,
        }
    }

    pub(crate) const fn line(&self) -> &Line {
        &self.line
    }

    /// The way to the central is another one: it is tried without waiting.
    pub(crate) fn begin_anew(&mut self) {
        self.waits = None;
    }

    /// A stage was passed at `now`; whether that is news.
    pub(crate) fn passed(&mut self, stage: Stage, now: Timestamp) -> bool {
        if stage < self.broken_at {
            return false;
        }
        self.broken_at = Stage::Post;
        self.waits = None;
        if matches!(self.line, Line::Up { .. }) {
            return false;
        }
        self.line = Line::Up { since: now };
        true
    }

    /// An exchange failed at `stage`; whether that is news.
    pub(crate) fn failed(&mut self, stage: Stage, now: Timestamp, fault: &Fault) -> bool {
        self.broken_at = match fault {
            Fault::NoCentral
            | Fault::Unreachable(_)
            | Fault::Timeout
            | Fault::Tls(_)
            | Fault::Pulled => Stage::Post,
            _ => stage,
        };
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
            Fault::ServerError { .. } | Fault::Busy { .. } | Fault::Forbidden(_) => {
                LONGEST_WAIT_FAILING
            }
            _ => LONGEST_WAIT,
        };
        let wait = self
            .waits
            .get_or_insert_with(|| {
                ExponentialBuilder::new()
                    .with_min_delay(FIRST_WAIT)
                    .with_max_delay(LONGEST_WAIT_FAILING)
                    .with_factor(1.8)
                    .with_jitter()
                    .without_max_times()
                    .build()
            })
            .next()
            .unwrap_or(longest)
            .min(longest);
        match fault {
            Fault::Busy { after } => wait.max(*after),
            // A disk does not heal within a second, and each try writes.
            Fault::Store(_) | Fault::DiskFull => wait.max(STORE_WAIT),
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
        assert!(state.failed(Stage::Pull, at(10), &Fault::Timeout));
        assert!(!state.failed(Stage::Post, at(11), &Fault::Timeout));
        assert!(state.failed(Stage::Post, at(12), &Fault::Unreachable("refused".into())));
        assert!(matches!(state.line(), Line::Down { since, .. } if *since == at(10)));
        assert!(state.passed(Stage::Post, at(20)));
        assert!(!state.passed(Stage::Push, at(21)));
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
        state.passed(Stage::Post, at(1));
        assert!(state.next_wait(&dead) <= FIRST_WAIT * 2);
    }

    #[test]
    fn a_central_that_fails_at_pushes_is_not_up_because_it_tells_its_name() {
        let mut state = LineState::new();
        let failing = Fault::ServerError {
            status: 500,
            detail: String::new(),
        };
        assert!(state.passed(Stage::Post, at(1)));
        assert!(state.failed(Stage::Push, at(2), &failing));
        for second in 3..20 {
            assert!(!state.passed(Stage::Post, at(second)));
            assert!(!state.failed(Stage::Push, at(second), &failing));
            state.next_wait(&failing);
        }
        assert!(state.next_wait(&failing) > LONGEST_WAIT);
        assert!(state.passed(Stage::Push, at(30)));
    }
}
