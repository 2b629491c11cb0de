//! The day sheet: the slots of a day, bay by bay.

use jiff::civil::Date;
use outpost_domain::{Agency, SlotState};

use crate::paper::{Block, DocumentError, Lines, Page, Paper, Part, line};
use crate::words::Words;

/// A slot as the day sheet tells it.
#[derive(Debug, Clone, Copy)]
pub struct DaySlot<'a> {
    /// The inspection's reference.
    pub reference: &'a str,
    /// The unit's number as read aloud.
    pub unit: &'a str,
    /// The goods in short.
    pub goods: &'a str,
    /// Agencies concerned, the convener first.
    pub concerned: &'a [Agency],
    /// Place, time and answers.
    pub state: &'a SlotState,
}

/// The slots of `day` as one HTML file, the post's bays in their order and those it no longer has after them.
///
/// # Errors
/// Only when the template cannot be filled.
pub fn day_sheet(
    day: Date,
    slots: &[DaySlot<'_>],
    paper: &Paper<'_>,
) -> Result<String, DocumentError> {
    let words = paper.words();
    let w = &words;
    let title = w.say_with("doc-day-title", &[("day", w.long_date(day))]);
    let mut page = Page::new("day-sheet", title, paper, w);
    let mut bays: Vec<&str> = paper.post.bays.iter().map(String::as_str).collect();
    for slot in slots {
        let bay = slot.state.slot.bay.as_str();
        if !bays.contains(&bay) {
            bays.push(bay);
        }
    }
    for bay in bays {
        let mut here: Vec<&DaySlot<'_>> =
            slots.iter().filter(|s| s.state.slot.bay == bay).collect();
        here.sort_by_key(|s| s.state.slot.start);
        let rows = here.iter().map(|s| row(s, w)).collect();
        let head = [
            "doc-time",
            "doc-reference",
            "doc-unit",
            "doc-goods",
            "doc-agencies",
        ];
        let mut part = Part::table(w, "doc-bay", &head, rows).or_say(w, "doc-none");
        bay.clone_into(&mut part.title);
        page.parts.push(part);
    }
    if page.parts.is_empty() {
        let nothing = Block::Words(w.say("doc-none"));
        page.parts.push(Part::new(w, "doc-slots", vec![nothing]));
    }
    page.write()
}

fn row(slot: &DaySlot<'_>, w: &Words) -> Vec<Lines> {
    let state = slot.state;
    let mut time = line(format!(
        "{} – {}",
        w.time(state.slot.start),
        w.time(state.slot.end)
    ));
    if state.setup_minutes > 0 {
        let minutes = ("minutes", state.setup_minutes.to_string());
        time.push(w.say_with("doc-setup", &[minutes]));
    }
    if state.is_too_short() {
        time.push(w.say("doc-too-short"));
    }
    let answers = state.slot.agencies.iter().map(|a| {
        let answer = if state.no_shows.contains(&a.agency) {
            w.say("doc-no-show")
        } else {
            w.code("answer", a.answer)
        };
        format!("{}: {answer}", w.agency(a.agency))
    });
    let unasked = slot
        .concerned
        .iter()
        .filter(|agency| state.slot.agencies.iter().all(|a| a.agency != **agency))
        .map(|agency| format!("{}: {}", w.agency(*agency), w.say("doc-not-asked")));
    vec![
        time,
        line(slot.reference),
        line(slot.unit),
        line(slot.goods),
        answers.chain(unasked).collect(),
    ]
}
