//! Writing slots as events.

use icalendar::{Calendar, Component, Event as Written, EventLike, EventStatus, Property};
use jiff::Timestamp;
use outpost_domain::{Agency, Answer, InspectionId, PaperLanguage, Post, SlotState};

use super::{STATUS, address};
use crate::words::Words;

/// An inspection's slot, to be written.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// The inspection.
    pub inspection: InspectionId,
    /// As people quote it.
    pub reference: &'a str,
    /// The unit's number as read aloud.
    pub unit: &'a str,
    /// The agency that convenes.
    pub convener: Option<Agency>,
    /// Place, time, answers.
    pub slot: &'a SlotState,
}

/// One calendar with an event for each slot. The same slot always has the same UID, and a moved one a higher SEQUENCE;
/// `at` is when it is written (DTSTAMP).
pub fn export(events: &[Event<'_>], language: PaperLanguage, post: &Post, at: Timestamp) -> String {
    let words = Words::new(language, post);
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Outpost//Joint inspections//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    for event in events {
        calendar.push(written(event, &words, at));
    }
    calendar.to_string()
}

fn written(event: &Event<'_>, words: &Words, at: Timestamp) -> Written {
    let slot = &event.slot.slot;
    let summary = words.say_with(
        "doc-event",
        &[
            ("reference", event.reference.to_owned()),
            ("unit", event.unit.to_owned()),
        ],
    );
    let mut written = Written::new();
    written
        .uid(&format!("{}@outpost", event.inspection))
        .sequence(event.slot.revision)
        .summary(&plain(&summary))
        .location(&plain(&slot.bay))
        .status(status(event.slot))
        .add_property("DTSTAMP", utc(at))
        .add_property("DTSTART", utc(slot.start))
        .add_property("DTEND", utc(slot.end))
        .add_property("CLASS", "CONFIDENTIAL");
    if let Some(convener) = event.convener {
        let organizer = Property::new("ORGANIZER", address(convener))
            .add_parameter("CN", &words.agency(convener))
            .done();
        written.append_property(organizer);
    }
    for agency in &slot.agencies {
        let partstat = STATUS
            .iter()
            .find(|(answer, _)| *answer == agency.answer)
            .map_or("NEEDS-ACTION", |(_, code)| *code);
        let attendee = Property::new("ATTENDEE", address(agency.agency))
            .add_parameter("CN", &words.agency(agency.agency))
            .add_parameter("CUTYPE", "GROUP")
            .add_parameter("PARTSTAT", partstat)
            .done();
        written.append_multi_property(attendee);
    }
    written.done()
}

/// Confirmed once nobody has yet to answer or wants another time.
fn status(slot: &SlotState) -> EventStatus {
    let open = |a: Answer| matches!(a, Answer::Pending | Answer::OtherTime);
    if slot.slot.agencies.iter().any(|a| open(a.answer)) {
        EventStatus::Tentative
    } else {
        EventStatus::Confirmed
    }
}

/// A moment in UTC, whole seconds (RFC 5545 §3.3.5, form 2).
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text without controls and without the isolates that belong on paper: some calendars show them as boxes.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !crate::escape::is_unprintable(*c) && !matches!(c, '\u{2066}'..='\u{2068}'))
        .collect()
}
