//! Slots as iCalendar (RFC 5545): written for other calendars, and read from them.
//!
//! An event tells place, time and who is to come, by agency. It tells neither goods nor why they were selected:
//! calendars travel far.

mod export;
mod import;
mod zone;

pub use export::{Event, export};
pub use import::{
    Attendee, CalendarError, Imported, MAX_ATTENDEES, MAX_BYTES, MAX_EVENTS, Proposal,
    RefusedEvent, import,
};

use outpost_domain::{Agency, Answer};

/// What comes before an agency's code in its calendar address: agencies have no common mail address.
const ADDRESS: &str = "urn:x-outpost:agency:";

/// The participation status of each answer (RFC 5545 §3.2.12).
const STATUS: [(Answer, &str); 4] = [
    (Answer::Pending, "NEEDS-ACTION"),
    (Answer::Accepted, "ACCEPTED"),
    (Answer::Waived, "DECLINED"),
    (Answer::OtherTime, "TENTATIVE"),
];

fn address(agency: Agency) -> String {
    format!("{ADDRESS}{agency}")
}
