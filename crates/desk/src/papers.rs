//! Papers and calendars that leave the laptop, and calendars that come to it.

use jiff::Timestamp;
use jiff::civil::Date;
use outpost_db::{OpenedInspection, StoreError};
use outpost_documents::{
    CalendarError, DaySlot, DocumentError, Event, MAX_ATTENDEES, MAX_BYTES, MAX_EVENTS, Paper,
    Proposal, codes_as_json, day_sheet, export, hold_notice, import, joint_record, release_notice,
    sample_form, seal_report,
};
use outpost_domain::{Agency, InspectionId, Officer, PaperLanguage, Post, State};
use outpost_protocol::{CalendarProposal, CalendarRefusal, Document, Problem, Reply, Sheet};

use crate::desk::{Desk, Opened};
use crate::folder;
use crate::requests::{Answered, store_problem};
use crate::words::problem;

impl Desk {
    /// Writes a paper of an inspection as the signed-in officer's agency may see it.
    pub(crate) fn write_document(
        &self,
        inspection: InspectionId,
        document: Document,
        language: PaperLanguage,
    ) -> Answered {
        let (officer, post) = (self.officer()?, self.post()?);
        let mut opened = self
            .opened()?
            .store
            .open_inspection(Some(officer.id), inspection)
            .map_err(store_problem)?;
        // Need to know, before anything is written: the papers look at it again.
        if officer.agency != Agency::Customs {
            opened.inspection.selection = None;
        }
        let now = Timestamp::now();
        let paper = paper(language, &post, &officer, now);
        let (name, ending, text) = content(document, &opened, &paper)?;
        let name = format!(
            "{}-{name}-{}",
            folder::in_a_name(&opened.inspection.reference),
            now.to_zoned(self.zone()).strftime("%Y%m%d-%H%M"),
        );
        self.written(&name, ending, &text)
    }

    /// Writes the slots of a day.
    pub(crate) fn write_agenda(
        &self,
        day: Date,
        sheet: Sheet,
        language: PaperLanguage,
    ) -> Answered {
        let (officer, post) = (self.officer()?, self.post()?);
        let slots = self.slots(day, 1)?;
        let now = Timestamp::now();
        let (name, ending, text) = match sheet {
            Sheet::DaySheet => {
                let concerned: Vec<Vec<Agency>> = slots
                    .iter()
                    .map(|s| s.row.agencies.iter().map(|a| a.agency).collect())
                    .collect();
                let told: Vec<DaySlot<'_>> = slots
                    .iter()
                    .zip(&concerned)
                    .map(|(slot, concerned)| DaySlot {
                        reference: &slot.row.reference,
                        unit: &slot.row.unit,
                        goods: &slot.row.goods,
                        concerned,
                        state: &slot.slot,
                    })
                    .collect();
                let html = day_sheet(day, &told, &paper(language, &post, &officer, now));
                ("day-sheet", "html", html.map_err(|e| not_so(&e))?)
            }
            Sheet::Calendar => {
                if slots.is_empty() {
                    let words = "no slot is on this day";
                    return Err(problem("document-no-slots", [], words));
                }
                let events: Vec<Event<'_>> = slots
                    .iter()
                    .map(|slot| Event {
                        inspection: slot.row.id,
                        reference: &slot.row.reference,
                        unit: &slot.row.unit,
                        convener: slot.row.agencies.first().map(|a| a.agency),
                        slot: &slot.slot,
                    })
                    .collect();
                ("calendar", "ics", export(&events, language, &post, now))
            }
        };
        let now = now.to_zoned(self.zone());
        let name = format!("{name}-{day}-{}", now.strftime("%Y%m%d-%H%M"));
        self.written(&name, ending, &text)
    }

    /// Reads a calendar and tells what could be proposed of it. Nothing is recorded.
    pub(crate) fn read_calendar(&self, bytes: &[u8]) -> Answered {
        self.officer()?;
        let open = self.opened()?;
        let imported = import(bytes, &self.zone()).map_err(|e| unread(&e))?;
        let proposals = imported
            .proposals
            .into_iter()
            .map(|proposal| proposed(&open, proposal))
            .collect::<Result<_, _>>()?;
        let refused = imported
            .refused
            .into_iter()
            .map(|refused| CalendarRefusal {
                summary: refused.summary,
                problem: unread(&refused.why),
            })
            .collect();
        Ok((Reply::CalendarRead { proposals, refused }, Vec::new()))
    }

    fn written(&self, name: &str, ending: &str, text: &str) -> Answered {
        self.keep(name, ending, text.as_bytes())
    }

    /// Keeps a file in the documents folder.
    pub(crate) fn keep(&self, name: &str, ending: &str, content: &[u8]) -> Answered {
        let path = folder::keep(&self.inner.config.documents, name, ending, content)?;
        let path = path.display().to_string();
        Ok((Reply::Written { path }, Vec::new()))
    }

    pub(crate) fn post(&self) -> Result<Post, Problem> {
        let state = self.state();
        state.post.as_ref().map(|p| p.post.clone()).ok_or_else(|| {
            let words = "the post is not known yet: the central was never reached";
            problem("document-no-post", [], words)
        })
    }
}

pub(crate) const fn paper<'a>(
    language: PaperLanguage,
    post: &'a Post,
    officer: &'a Officer,
    printed_at: Timestamp,
) -> Paper<'a> {
    Paper {
        language,
        post,
        printed_for: officer.agency,
        printed_by: officer.name.as_str(),
        printed_at,
    }
}

/// The part of the file's name that says what it is, its ending, and what it says.
fn content(
    document: Document,
    opened: &OpenedInspection,
    paper: &Paper<'_>,
) -> Result<(&'static str, &'static str, String), Problem> {
    let (inspection, state) = (&opened.inspection, &opened.state);
    let html = |name, text: Result<String, DocumentError>| {
        Ok((name, "html", text.map_err(|e| not_so(&e))?))
    };
    match document {
        Document::JointRecord => {
            let lists = &opened.checklists;
            html(
                "joint-record",
                joint_record(inspection, state, lists, paper),
            )
        }
        Document::SampleForm => html("sample-form", sample_form(inspection, state, paper)),
        Document::SealReport => html("seal-report", seal_report(inspection, state, paper)),
        Document::HoldNotice => html("hold-notice", hold_notice(inspection, state, paper)),
        Document::ReleaseNotice => html("release-notice", release_notice(inspection, state, paper)),
        Document::Calendar => {
            let slot = state.slot.as_ref().ok_or_else(|| {
                problem(
                    "document-no-slot",
                    [],
                    "no slot is proposed for this inspection",
                )
            })?;
            let unit = inspection.units.first().map(|u| u.number.spaced());
            let event = Event {
                inspection: inspection.id,
                reference: &inspection.reference,
                unit: &unit.unwrap_or_default(),
                convener: inspection.convener(),
                slot,
            };
            let text = export(&[event], paper.language, paper.post, paper.printed_at);
            Ok(("calendar", "ics", text))
        }
        Document::Codes => {
            let codes = codes_as_json(inspection, state);
            Ok(("codes", "json", format!("{codes:#}\n")))
        }
    }
}

/// Why there is no such paper.
pub(crate) fn not_so(error: &DocumentError) -> Problem {
    let code = match error {
        DocumentError::NotReleased => "document-not-released",
        DocumentError::NothingHeld => "document-nothing-held",
        DocumentError::NoSample => "document-no-sample",
        DocumentError::NoSeal => "document-no-seal",
        DocumentError::Template(_) | DocumentError::Chart(_) | DocumentError::Sheet(_) => {
            "document-failed"
        }
    };
    problem(code, [], error)
}

/// What an event means here: its inspection when that is on the laptop, and whether it says what stands.
fn proposed(open: &Opened, proposal: Proposal) -> Result<CalendarProposal, Problem> {
    let known = match proposal.inspection {
        None => None,
        Some(id) => match open.store.open_inspection(None, id) {
            Ok(opened) => Some(opened),
            Err(StoreError::UnknownInspection(_)) => None,
            Err(other) => return Err(store_problem(other)),
        },
    };
    let stands = |state: &State| {
        state
            .slot
            .as_ref()
            .is_some_and(|s| s.slot.bay == proposal.location && s.slot.span() == proposal.span)
    };
    Ok(CalendarProposal {
        inspection: known.as_ref().map(|k| k.inspection.id),
        unit: known
            .as_ref()
            .and_then(|k| k.inspection.units.first())
            .map(|u| u.number.spaced())
            .unwrap_or_default(),
        agreed: known.as_ref().is_some_and(|k| stands(&k.state)),
        answers: proposal
            .attendees
            .iter()
            .filter_map(|a| Some((a.agency?, a.answer)))
            .collect(),
        summary: proposal.summary,
        place: proposal.location,
        span: proposal.span,
        cancelled: proposal.cancelled,
    })
}

/// Why a calendar, or an event of it, was not read.
fn unread(error: &CalendarError) -> Problem {
    let number = |number: usize| number.to_string();
    match error {
        CalendarError::TooLarge { .. } => problem(
            "calendar-too-large",
            [("limit", number(MAX_BYTES / 1_048_576))],
            error,
        ),
        CalendarError::NotText | CalendarError::NotACalendar => {
            problem("calendar-not-one", [], error)
        }
        CalendarError::CutOff { .. } => problem("calendar-cut-off", [], error),
        CalendarError::Unreadable => problem("calendar-unreadable", [], error),
        CalendarError::Empty => problem("calendar-empty", [], error),
        CalendarError::TooManyEvents { count } => problem(
            "calendar-too-many-events",
            [("count", number(*count)), ("limit", number(MAX_EVENTS))],
            error,
        ),
        CalendarError::NoUid => problem("calendar-no-uid", [], error),
        CalendarError::Recurring => problem("calendar-recurring", [], error),
        CalendarError::WholeDay => problem("calendar-whole-day", [], error),
        CalendarError::NoTime { text } => {
            problem("calendar-no-time", [("text", text.clone())], error)
        }
        CalendarError::UnknownZone { name } => {
            problem("calendar-unknown-zone", [("name", name.clone())], error)
        }
        CalendarError::UnsoundSpan => problem("calendar-unsound-span", [], error),
        CalendarError::TooManyAttendees { count } => problem(
            "calendar-too-many-attendees",
            [("count", number(*count)), ("limit", number(MAX_ATTENDEES))],
            error,
        ),
    }
}
