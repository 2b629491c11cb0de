//! What other programs make of the files: html5lib and xmllint of the papers, icalendar and vobject of the calendars.
//!
//! `scripts/test` installs them and names the interpreter in `OUTPOST_READERS`; without it nothing is compared here, and
//! the strict parser of the other tests stands alone.

use std::process::Command;

use outpost_domain::PaperLanguage;

use crate::busy::HOSTILE;
use crate::{calendar, papers};

/// Reads every file named with html5lib in strict mode, or with icalendar and vobject.
const READ: &str = r#"
import sys
for path in sys.argv[1:]:
    data = open(path, "rb").read()
    if path.endswith(".html"):
        import html5lib
        html5lib.HTMLParser(strict=True).parse(data, transport_encoding="utf-8")
    else:
        import icalendar, vobject
        one = icalendar.Calendar.from_ical(data)
        events = one.walk("VEVENT")
        other = list(vobject.readComponents(data.decode()))[0]
        other.validate(raiseException=True)
        assert len(events) == len(other.vevent_list), path
        for event in events:
            people = event.get("ATTENDEE", [])
            people = people if isinstance(people, list) else [people]
            who = " ".join(sorted(str(p) + "=" + p.params["PARTSTAT"] for p in people))
            print(event["UID"], event["SEQUENCE"], event["DTSTART"].dt.isoformat(), who)
"#;

#[test]
fn other_programs_read_every_paper_and_calendar() {
    let Ok(python) = std::env::var("OUTPOST_READERS") else {
        eprintln!(
            "OUTPOST_READERS is not set: no other program reads the files this time (see scripts/test)"
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for language in PaperLanguage::ALL {
        for (number, name) in HOSTILE.iter().enumerate() {
            for (kind, html) in papers(name, *language) {
                let path = folder
                    .path()
                    .join(format!("{kind}-{language}-{number}.html"));
                std::fs::write(&path, html).unwrap();
                files.push(path);
            }
            let path = folder.path().join(format!("{language}-{number}.ics"));
            std::fs::write(&path, calendar::exported(name, *language)).unwrap();
            files.push(path);
        }
    }
    let read = Command::new(python)
        .args(["-c", READ])
        .args(&files)
        .output()
        .unwrap();
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    let told = String::from_utf8(read.stdout).unwrap();
    let event = "01900000-0000-7000-8000-000000000001@outpost 3 2026-11-23T06:00:00+00:00 \
                 urn:x-outpost:agency:customs=ACCEPTED urn:x-outpost:agency:veterinary=TENTATIVE";
    assert_eq!(told.lines().filter(|l| *l == event).count(), 10, "{told}");
    let papers = files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "html"));
    let xmllint = Command::new("xmllint")
        .args(["--noout", "--nonet"])
        .args(papers)
        .output()
        .unwrap();
    assert!(
        xmllint.status.success(),
        "{}",
        String::from_utf8_lossy(&xmllint.stderr)
    );
}
