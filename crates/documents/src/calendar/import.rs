//! Reading events that others wrote. Nothing of it is believed: it becomes a proposal that an officer looks at.

use icalendar::parser::{Component, Property, read_components, unfold};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use outpost_domain::{Agency, Answer, InspectionId, Span};

use super::{ADDRESS, STATUS, zone};

/// The largest file that is read, bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The most events of a file.
pub const MAX_EVENTS: usize = 1000;

/// The most attendees of an event: all agencies and some persons; a thousand are no inspection.
pub const MAX_ATTENDEES: usize = 100;

/// How deep components may lie in each other: a calendar has three levels.
const MAX_DEPTH: usize = 8;

/// The longest text that is taken over, characters.
const MAX_TEXT: usize = 500;

/// Why nothing of a file, or not this event of it, was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The file is larger than [`MAX_BYTES`].
    #[error("the file has {bytes} bytes; {MAX_BYTES} are the limit")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// It is no text in UTF-8.
    #[error("the file is no text in UTF-8")]
    NotText,
    /// It does not begin as a calendar does.
    #[error("the file is no calendar")]
    NotACalendar,
    /// What it begins it does not end.
    #[error("the file is cut off: {component} has no end")]
    CutOff {
        /// What is not ended.
        component: String,
    },
    /// Its components lie too deep, or its lines cannot be read.
    #[error("the calendar cannot be read")]
    Unreadable,
    /// There is no event in it.
    #[error("there is no event in the calendar")]
    Empty,
    /// There are more than [`MAX_EVENTS`].
    #[error("the calendar has {count} events; {MAX_EVENTS} are the limit")]
    TooManyEvents {
        /// How many.
        count: usize,
    },
    /// An event has no UID, or an empty one.
    #[error("the event has no UID")]
    NoUid,
    /// An event repeats.
    #[error("the event repeats; a presentation of goods is once")]
    Recurring,
    /// An event has no time of day.
    #[error("the event lasts whole days")]
    WholeDay,
    /// An event's begin or end cannot be read.
    #[error("{text:?} is no time")]
    NoTime {
        /// What stands there.
        text: String,
    },
    /// Neither the system nor the file knows the zone.
    #[error("the time zone {name:?} is not known")]
    UnknownZone {
        /// Its name.
        name: String,
    },
    /// An event ends before it begins, or lasts longer than a day.
    #[error("the event does not end after it begins, within a day")]
    UnsoundSpan,
    /// An event has more than [`MAX_ATTENDEES`].
    #[error("the event has {count} attendees; {MAX_ATTENDEES} are the limit")]
    TooManyAttendees {
        /// How many.
        count: usize,
    },
}

/// An attendee and the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The agency, when the address is one of ours.
    pub agency: Option<Agency>,
    /// The name, else the address.
    pub name: String,
    /// The answer; pending when the file tells none that is known.
    pub answer: Answer,
}

/// An event as a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its UID.
    pub uid: String,
    /// The inspection, when the UID is one of ours.
    pub inspection: Option<InspectionId>,
    /// How often it was changed.
    pub sequence: u32,
    /// What it is called.
    pub summary: String,
    /// Where.
    pub location: String,
    /// When.
    pub span: Span,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Who, and what they answered.
    pub attendees: Vec<Attendee>,
}

/// An event that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEvent {
    /// What it is called.
    pub summary: String,
    /// Why not.
    pub why: CalendarError,
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Events that can be proposed, in the file's order.
    pub proposals: Vec<Proposal>,
    /// Those that cannot.
    pub refused: Vec<RefusedEvent>,
}

/// Reads a calendar. Times without a zone are taken to be in `here`, the post's.
///
/// # Errors
/// When the file as a whole cannot be read; single events are in [`Imported::refused`].
pub fn import(bytes: &[u8], here: &TimeZone) -> Result<Imported, CalendarError> {
    if bytes.len() > MAX_BYTES {
        return Err(CalendarError::TooLarge { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| CalendarError::NotText)?;
    let text = unfold(text.trim_start_matches('\u{FEFF}'));
    check_nesting(&text)?;
    let roots = read_components(&text).map_err(|_| CalendarError::Unreadable)?;
    let parts: Vec<Component<'_>> = roots
        .into_iter()
        .filter(|root| is(root.name.as_str(), "VCALENDAR"))
        .flat_map(|root| root.components)
        .collect();
    let events = || parts.iter().filter(|c| is(c.name.as_str(), "VEVENT"));
    match events().count() {
        0 => return Err(CalendarError::Empty),
        count if count > MAX_EVENTS => return Err(CalendarError::TooManyEvents { count }),
        _ => {}
    }
    let mut imported = Imported {
        proposals: Vec::new(),
        refused: Vec::new(),
    };
    for event in events() {
        match proposal(event, &parts, here) {
            Ok(proposal) => imported.proposals.push(proposal),
            Err(why) => imported.refused.push(RefusedEvent {
                summary: text_of(event, "SUMMARY"),
                why,
            }),
        }
    }
    Ok(imported)
}

fn is(name: &str, wanted: &str) -> bool {
    name.eq_ignore_ascii_case(wanted)
}

/// Looks at begins and ends before the parser does: it goes into what is nested by calling itself.
fn check_nesting(text: &str) -> Result<(), CalendarError> {
    let mut open: Vec<&str> = Vec::new();
    let mut begun = false;
    for line in text.lines().map(str::trim) {
        let keyword = |word: &str| {
            line.split_at_checked(word.len())
                .filter(|(head, _)| is(head, word))
                .map(|(_, name)| name.trim())
        };
        if let Some(name) = keyword("BEGIN:") {
            open.push(name);
            begun |= is(name, "VCALENDAR");
            if open.len() > MAX_DEPTH {
                return Err(CalendarError::Unreadable);
            }
        } else if let Some(name) = keyword("END:") {
            match open.pop() {
                Some(last) if is(last, name) => {}
                _ => return Err(CalendarError::Unreadable),
            }
        } else if !begun && !line.is_empty() {
            return Err(CalendarError::NotACalendar);
        }
    }
    match (begun, open.pop()) {
        (false, _) => Err(CalendarError::NotACalendar),
        (true, Some(component)) => Err(CalendarError::CutOff {
            component: shortened(component),
        }),
        (true, None) => Ok(()),
    }
}

fn proposal(
    event: &Component<'_>,
    calendar: &[Component<'_>],
    here: &TimeZone,
) -> Result<Proposal, CalendarError> {
    let repeats = ["RRULE", "RDATE", "EXRULE", "RECURRENCE-ID"];
    if repeats.iter().any(|name| property(event, name).is_some()) {
        return Err(CalendarError::Recurring);
    }
    let uid = text_of(event, "UID");
    if uid.is_empty() {
        return Err(CalendarError::NoUid);
    }
    let attendees: Vec<&Property<'_>> = properties(event, "ATTENDEE").collect();
    if attendees.len() > MAX_ATTENDEES {
        let count = attendees.len();
        return Err(CalendarError::TooManyAttendees { count });
    }
    let number = |name| property(event, name).and_then(|p| p.val.as_str().trim().parse().ok());
    Ok(Proposal {
        inspection: uid.strip_suffix("@outpost").and_then(|id| id.parse().ok()),
        uid,
        sequence: number("SEQUENCE").unwrap_or(0),
        summary: text_of(event, "SUMMARY"),
        location: text_of(event, "LOCATION"),
        span: span(event, calendar, here)?,
        cancelled: property(event, "STATUS").is_some_and(|p| is(p.val.as_str(), "CANCELLED")),
        attendees: attendees.into_iter().map(attendee).collect(),
    })
}

fn properties<'a, 'b>(
    component: &'a Component<'b>,
    name: &'a str,
) -> impl Iterator<Item = &'a Property<'b>> {
    component
        .properties
        .iter()
        .filter(move |p| is(p.name.as_str(), name))
}

fn property<'a, 'b>(component: &'a Component<'b>, name: &'a str) -> Option<&'a Property<'b>> {
    properties(component, name).next()
}

fn parameter<'a>(property: &'a Property<'_>, name: &str) -> Option<&'a str> {
    property
        .params
        .iter()
        .find(|p| is(p.key.as_str(), name))
        .and_then(|p| p.val.as_ref())
        .map(|v| v.as_str().trim_matches('"'))
}

fn text_of(component: &Component<'_>, name: &str) -> String {
    property(component, name)
        .map(|p| shortened(p.val.as_str().trim()))
        .unwrap_or_default()
}

/// Text without what is no text, and not longer than a screen can show.
fn shortened(text: &str) -> String {
    text.chars()
        .filter(|c| !crate::escape::is_unprintable(*c))
        .take(MAX_TEXT)
        .collect()
}

fn attendee(property: &Property<'_>) -> Attendee {
    let address = property.val.as_str().trim();
    let partstat = parameter(property, "PARTSTAT").unwrap_or_default();
    Attendee {
        agency: address.strip_prefix(ADDRESS).and_then(|a| a.parse().ok()),
        name: shortened(parameter(property, "CN").unwrap_or(address)),
        answer: STATUS
            .iter()
            .find(|(_, code)| is(code, partstat))
            .map_or(Answer::Pending, |(answer, _)| *answer),
    }
}

fn span(
    event: &Component<'_>,
    calendar: &[Component<'_>],
    here: &TimeZone,
) -> Result<Span, CalendarError> {
    let nothing = || CalendarError::NoTime {
        text: String::new(),
    };
    let begin = property(event, "DTSTART").ok_or_else(nothing)?;
    let start = moment(begin, calendar, here)?;
    let end = if let Some(end) = property(event, "DTEND") {
        moment(end, calendar, here)?
    } else {
        let text = text_of(event, "DURATION");
        duration(&text)
            .and_then(|length| start.checked_add(length).ok())
            .ok_or(CalendarError::NoTime { text })?
    };
    let span = Span { start, end };
    if span.is_sound() {
        Ok(span)
    } else {
        Err(CalendarError::UnsoundSpan)
    }
}

/// A duration within a day (RFC 5545 §3.3.6 in hours, minutes, seconds, or one day).
fn duration(text: &str) -> Option<SignedDuration> {
    match text {
        "P1D" => Some(SignedDuration::from_hours(24)),
        text => text.parse().ok(),
    }
}

/// A time in its zone: UTC with `Z`, else by TZID, else here.
fn moment(
    property: &Property<'_>,
    calendar: &[Component<'_>],
    here: &TimeZone,
) -> Result<Timestamp, CalendarError> {
    let text = property.val.as_str().trim();
    if parameter(property, "VALUE").is_some_and(|v| is(v, "DATE")) {
        return Err(CalendarError::WholeDay);
    }
    let unreadable = || CalendarError::NoTime {
        text: shortened(text),
    };
    let (local, zone) = match (text.strip_suffix('Z'), parameter(property, "TZID")) {
        (Some(local), _) => (local, TimeZone::UTC),
        (None, Some(name)) => {
            let zone = zone::named(name, calendar).ok_or_else(|| CalendarError::UnknownZone {
                name: shortened(name),
            })?;
            (text, zone)
        }
        (None, None) => (text, here.clone()),
    };
    let local = DateTime::strptime("%Y%m%dT%H%M%S", local).map_err(|_| unreadable())?;
    // A time that the clocks leave out or have twice is the one before the change (RFC 5545 §3.3.5).
    let zoned = local.to_zoned(zone).map_err(|_| unreadable())?;
    Ok(zoned.timestamp())
}
