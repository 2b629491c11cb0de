//! A status to test with.

use jiff::Timestamp;
use outpost_protocol::{Line, Status, StoreState};

/// The line is up and nothing waits.
pub fn status() -> Status {
    Status {
        store: StoreState::Open,
        line: Line::Up {
            since: Timestamp::UNIX_EPOCH,
        },
        last_exchange: None,
        entries_waiting: 0,
        blobs_waiting: 0,
        stuck: 0,
        stuck_reason: None,
        progress: None,
        post: None,
        officers: Vec::new(),
        officer: None,
        session_expired: false,
        demonstration_pin: None,
        line_pulled: false,
        device: None,
        central: "http://127.0.0.1:8600".to_owned(),
        clock_difference_ms: None,
        settings: Default::default(),
        managed: Vec::new(),
        workstation: Default::default(),
    }
}
