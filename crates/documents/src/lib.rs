//! What is printed and exported: the joint record, notices of holds and releases, the sample form, the seal report, the
//! day sheet and the shift report as HTML, slots as iCalendar, figures as CSV and XLSX, and the table of other authorities' codes.
//!
//! This crate knows no file, no folder and no clock: it turns an inspection as it stands into text, and reads text that
//! others wrote. A paper is one HTML file without script or outside resource, in the language asked for, with times
//! in the post's zone. Why a unit was selected is on a paper only when it is printed for customs.
//!
//! Start reading at [`Paper`] and [`joint_record`]; all papers go through one template, `templates/paper.html`, whose every
//! value goes through one escaper.
#![forbid(unsafe_code)]

mod calendar;
mod checklists;
mod codes;
mod day_sheet;
mod escape;
mod figures;
mod forms;
mod joint_record;
mod mark;
mod measures;
mod notice;
mod paper;
mod seals;
mod sections;
mod shift_report;
mod signatures;
mod verify;
mod words;

pub use calendar::{
    Attendee, CalendarError, Event, Imported, MAX_ATTENDEES, MAX_BYTES, MAX_EVENTS, Proposal,
    RefusedEvent, export, import,
};
pub use codes::{Codes, Matter, Row as CodeRow, codes_as_json, codes_of};
pub use day_sheet::{DaySlot, day_sheet};
pub use figures::{Figures, figures_csv, figures_xlsx};
pub use forms::{sample_form, seal_report};
pub use joint_record::joint_record;
pub use notice::{hold_notice, release_notice};
pub use paper::{DocumentError, Paper};
pub use shift_report::{Shift, ShiftHold, ShiftUnsent, shift_report};
pub use verify::{Verdict, VerifyError, named, verify_document};
