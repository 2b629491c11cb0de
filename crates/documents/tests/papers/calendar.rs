//! Calendars there and back, and those that others wrote.

use std::fmt::Write;

use jiff::tz::TimeZone;
use outpost_documents::{CalendarError, Event, Imported, MAX_ATTENDEES, export, import};
use outpost_domain::{Agency, Answer, InspectionId, PaperLanguage};

use crate::busy::{self, HOSTILE};
use crate::world::{at, id};

/// One slot as a calendar, with `text` as reference, unit and bay.
pub fn exported(text: &str, language: PaperLanguage) -> String {
    let slot = busy::slot(text);
    let event = Event {
        inspection: InspectionId(id(1)),
        reference: text,
        unit: text,
        convener: Some(Agency::Customs),
        slot: &slot,
    };
    export(&[event], language, &busy::post("Kasumulu"), at(100))
}

fn here() -> TimeZone {
    TimeZone::get("Africa/Dar_es_Salaam").unwrap()
}

fn read(lines: &str) -> Result<Imported, CalendarError> {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{lines}\nEND:VCALENDAR\n");
    import(text.replace('\n', "\r\n").as_bytes(), &here())
}

/// An event with these lines beside its UID.
fn event(lines: &str) -> Result<Imported, CalendarError> {
    read(&format!(
        "BEGIN:VEVENT\nUID:1@elsewhere\nSUMMARY:Visit\n{lines}\nEND:VEVENT"
    ))
}

fn starts(lines: &str) -> String {
    let imported = event(lines).unwrap();
    assert_eq!(imported.refused, [], "{lines}");
    imported.proposals[0].span.start.to_string()
}

fn refused(lines: &str) -> CalendarError {
    let mut imported = event(lines).unwrap();
    assert_eq!(imported.proposals, []);
    assert_eq!(imported.refused[0].summary, "Visit");
    imported.refused.remove(0).why
}

#[test]
fn what_goes_out_comes_back() {
    for name in HOSTILE
        .into_iter()
        .chain(["Bay 2; south, \\ \"gate\"\nsecond line"])
    {
        for language in PaperLanguage::ALL {
            let imported = import(exported(name, *language).as_bytes(), &here()).unwrap();
            assert_eq!(imported.refused, [], "{name:?}");
            let [proposal] = imported.proposals.as_slice() else {
                panic!("{imported:?}");
            };
            assert_eq!(proposal.inspection, Some(InspectionId(id(1))));
            assert_eq!(proposal.sequence, 3);
            assert_eq!(proposal.span.start, at(0));
            assert_eq!(proposal.span.end, at(3600));
            let answers: Vec<(Option<Agency>, Answer)> = proposal
                .attendees
                .iter()
                .map(|a| (a.agency, a.answer))
                .collect();
            assert_eq!(
                answers,
                [
                    (Some(Agency::Customs), Answer::Accepted),
                    (Some(Agency::Veterinary), Answer::OtherTime)
                ]
            );
        }
    }
}

#[test]
fn lines_of_a_calendar_are_folded_and_end_as_the_standard_wants() {
    let text = exported(
        "上海远洋食品有限公司 and a name that is longer than a line may be, as they are",
        PaperLanguage::French,
    );
    for line in text.split_inclusive('\n') {
        assert!(line.ends_with("\r\n"), "{line:?}");
        assert!(line.len() <= 77, "{line:?}");
    }
}

#[test]
fn a_calendar_tells_neither_goods_nor_why_they_were_selected() {
    let text = exported("KAS-2026-000001", PaperLanguage::English);
    assert!(!text.contains("DESCRIPTION"), "{text}");
    assert!(text.contains("CLASS:CONFIDENTIAL"), "{text}");
}

#[test]
fn a_foreign_time_zone_is_read_by_its_name_or_by_its_own_rules() {
    assert_eq!(
        starts("DTSTART;TZID=Europe/Rome:20261123T090000\nDURATION:PT1H"),
        "2026-11-23T08:00:00Z"
    );
    assert_eq!(
        starts("DTSTART:20261123T090000Z\nDURATION:PT1H"),
        "2026-11-23T09:00:00Z"
    );
    assert_eq!(
        starts("DTSTART:20261123T090000\nDURATION:PT1H"),
        "2026-11-23T06:00:00Z"
    );
    let outlook = "BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\n\
        BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE";
    let at = |time: &str| {
        let imported = read(&format!(
            "{outlook}\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=W. Europe Standard Time:{time}\n\
             DURATION:PT30M\nEND:VEVENT"
        ))
        .unwrap();
        imported.proposals[0].span.start.to_string()
    };
    assert_eq!(at("20261123T090000"), "2026-11-23T08:00:00Z");
    assert_eq!(at("20260723T090000"), "2026-07-23T07:00:00Z");
    assert!(matches!(
        refused("DTSTART;TZID=Middle Earth Time:20261123T090000\nDURATION:PT1H"),
        CalendarError::UnknownZone { name } if name == "Middle Earth Time"
    ));
}

#[test]
fn events_that_are_no_slot_are_refused_one_by_one_and_say_why() {
    let hour = "DTSTART:20261123T090000Z\nDTEND:20261123T100000Z";
    assert_eq!(
        refused(&format!("{hour}\nRRULE:FREQ=DAILY")),
        CalendarError::Recurring
    );
    assert_eq!(
        refused("DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261124"),
        CalendarError::WholeDay
    );
    assert_eq!(
        refused("DTSTART:20261123T090000Z\nDTEND:20261123T080000Z"),
        CalendarError::UnsoundSpan
    );
    assert_eq!(
        refused("DTSTART:20261123T090000Z\nDTEND:20261130T080000Z"),
        CalendarError::UnsoundSpan
    );
    assert!(matches!(
        refused("DTSTART:soon\nDTEND:20261130T080000Z"),
        CalendarError::NoTime { text } if text == "soon"
    ));
    assert!(matches!(
        refused("DTEND:20261130T080000Z"),
        CalendarError::NoTime { .. }
    ));
    let mut thousand = hour.to_owned();
    for number in 0..1000 {
        write!(thousand, "\nATTENDEE:mailto:officer{number}@example.org").unwrap();
    }
    assert_eq!(
        refused(&thousand),
        CalendarError::TooManyAttendees { count: 1000 }
    );
    let mixed = read(&format!(
        "BEGIN:VEVENT\nUID:1\n{hour}\nEND:VEVENT\nBEGIN:VEVENT\n{hour}\nEND:VEVENT"
    ))
    .unwrap();
    assert_eq!((mixed.proposals.len(), mixed.refused.len()), (1, 1));
    assert_eq!(mixed.refused[0].why, CalendarError::NoUid);
    assert!(MAX_ATTENDEES >= 2 * Agency::ALL.len());
}

#[test]
fn a_file_that_is_no_calendar_or_is_cut_off_says_so() {
    let whole = exported("KAS-1", PaperLanguage::English);
    assert!(matches!(
        import(b"\xFF\xFE\x00", &here()),
        Err(CalendarError::NotText)
    ));
    assert_eq!(import(b"", &here()), Err(CalendarError::NotACalendar));
    assert_eq!(import(b"<html>", &here()), Err(CalendarError::NotACalendar));
    assert_eq!(read(""), Err(CalendarError::Empty));
    let before_end = whole.find("END:VEVENT").unwrap();
    assert!(matches!(
        import(&whole.as_bytes()[..before_end], &here()),
        Err(CalendarError::CutOff { component }) if component == "VEVENT"
    ));
    // Wherever it is cut, nothing of the event is taken over, and reading ends in a word.
    for end in 0..before_end {
        if whole.is_char_boundary(end) {
            assert!(
                import(&whole.as_bytes()[..end], &here()).is_err(),
                "cut at {end}"
            );
        }
    }
    let deep = "BEGIN:VEVENT\n".repeat(100_000);
    assert!(import(format!("BEGIN:VCALENDAR\n{deep}").as_bytes(), &here()).is_err());
    let large = vec![b' '; outpost_documents::MAX_BYTES + 1];
    assert!(matches!(
        import(&large, &here()),
        Err(CalendarError::TooLarge { .. })
    ));
    let many =
        "BEGIN:VEVENT\nUID:1\nDTSTART:20261123T090000Z\nDURATION:PT1H\nEND:VEVENT\n".repeat(1001);
    assert_eq!(
        read(&many),
        Err(CalendarError::TooManyEvents { count: 1001 })
    );
}
