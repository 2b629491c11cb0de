//! The domain's values as sentences: what does not add up, why something is refused, what an entry says.

use jiff::tz::TimeZone;
use outpost_domain::{
    Condition, Decision, EntryBody, HoldLevel, HoldRecord, Inspection, ItemDifference, Mismatch,
    Purpose, RefusalAction, SealComparison, SectionState,
};
use outpost_protocol::Sent;

use super::{View, comment, joint_words, opinion, questions};
use crate::design::Tone;
use crate::moment::{count, decimal, short_date, time};
use crate::text::{tr, tr_args, tr_code, tr_code_args, tr_problem};

/// Something that does not add up, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What stands out.
    pub lead: String,
    /// What it is held against.
    pub rest: String,
    /// A word or two for the mark at its place.
    pub mark: String,
    /// Red when the goods or seals were found otherwise, amber when papers disagree.
    pub tone: Tone,
}

impl Doubt {
    /// The whole sentence.
    pub fn sentence(&self) -> String {
        if self.rest.is_empty() {
            self.lead.clone()
        } else {
            format!("{}, {}", self.lead, self.rest)
        }
    }
}

/// A mass in kilograms with its unit.
pub fn kilograms(mass: outpost_domain::Kilograms) -> String {
    let digits = usize::from(mass.0.fract().abs() > 0.001);
    tr_args("insp-kg", &[("mass", decimal(mass.0, digits).into())])
}

/// A temperature with its unit.
pub fn celsius(degrees: f32) -> String {
    let digits = usize::from(degrees.fract().abs() > 0.001);
    tr_args(
        "insp-celsius",
        &[("degrees", decimal(f64::from(degrees), digits).into())],
    )
}

/// What a mismatch says.
pub fn doubt(mismatch: &Mismatch, zone: &TimeZone) -> Doubt {
    let code = mismatch.code();
    let none = || tr("insp-none");
    let owned = |text: &Option<String>| text.clone().unwrap_or_else(none);
    let args: Vec<(&str, String)> = match mismatch {
        Mismatch::SealDiffers {
            declared,
            found,
            condition,
            ..
        } => vec![
            ("declared", owned(declared)),
            ("found", owned(found)),
            ("condition", tr_code("seal-condition", condition)),
        ],
        Mismatch::Weighed {
            declared,
            weighed,
            percent,
            scale,
            at,
            ..
        } => vec![
            ("declared", kilograms(*declared)),
            ("weighed", kilograms(*weighed)),
            ("percent", signed(*percent)),
            ("scale", scale.clone()),
            ("time", time(*at, zone)),
        ],
        Mismatch::Temperature { set, actual, .. } => {
            vec![("set", celsius(*set)), ("actual", celsius(*actual))]
        }
        Mismatch::UnitCheckDigit { unit, expected } => {
            vec![("unit", unit.clone()), ("expected", expected.to_string())]
        }
        Mismatch::MrnCheck { expected } => vec![("expected", expected.to_string())],
        Mismatch::ScanOfOtherUnit { read } => vec![("read", read.clone())],
        Mismatch::MassSum { declared, items } => {
            vec![
                ("declared", kilograms(*declared)),
                ("items", kilograms(*items)),
            ]
        }
        Mismatch::PackageSum { declared, items } => vec![
            ("declared", count(u64::from(*declared))),
            ("items", count(u64::from(*items))),
        ],
        Mismatch::SealCount {
            counted, listed, ..
        } => {
            vec![
                ("counted", counted.to_string()),
                ("listed", listed.to_string()),
            ]
        }
        Mismatch::Chapter {
            item,
            declared,
            suggested,
        } => vec![
            ("item", item.to_string()),
            ("declared", format!("{declared:02}")),
            ("suggested", chapters(suggested)),
        ],
        Mismatch::NoHsCode { item } | Mismatch::NetAboveGross { item } => {
            vec![("item", item.to_string())]
        }
        Mismatch::ItemDiffers { item, outcome } => {
            vec![
                ("item", item.to_string()),
                ("outcome", tr_code("outcome", outcome)),
            ]
        }
        Mismatch::ReadersDiffer {
            first,
            first_says,
            second,
            second_says,
        } => vec![
            ("first", first.clone()),
            ("first_says", tr_code("image", first_says)),
            ("second", second.clone()),
            ("second_says", tr_code("image", second_says)),
        ],
        Mismatch::Alerted { alert, .. } => vec![
            ("alert", tr_code("alert", alert.kind)),
            ("text", alert.text.clone()),
            ("time", time(alert.at, zone)),
        ],
    };
    let args: Vec<(&str, crate::text::FluentValue<'_>)> = args
        .into_iter()
        .map(|(name, value)| (name, value.into()))
        .collect();
    Doubt {
        lead: lead(mismatch, tr_code_args("mismatch-lead", code, &args)),
        rest: tr_code_args("mismatch-rest", code, &args),
        mark: tr_code_args("mismatch-mark", code, &args),
        tone: tone(mismatch),
    }
}

/// A seal with its own number that is not whole differs by its condition, not by its number.
fn lead(mismatch: &Mismatch, usual: String) -> String {
    match mismatch {
        Mismatch::SealDiffers {
            declared: Some(declared),
            found,
            condition,
            ..
        } if found.as_ref().is_none_or(|found| found == declared) => {
            let condition = tr_code("seal-condition", condition);
            let args = [
                ("seal", declared.clone().into()),
                ("condition", condition.into()),
            ];
            tr_args("mismatch-lead-seal-condition", &args)
        }
        _ => usual,
    }
}

fn chapters(chapters: &[u8]) -> String {
    let words: Vec<String> = chapters.iter().map(|c| format!("{c:02}")).collect();
    words.join(", ")
}

fn signed(percent: f64) -> String {
    let sign = if percent > 0.0 { "+" } else { "" };
    format!("{sign}{}", decimal(percent, 0))
}

const fn tone(mismatch: &Mismatch) -> Tone {
    match mismatch {
        Mismatch::SealDiffers { .. }
        | Mismatch::Weighed { .. }
        | Mismatch::Temperature { .. }
        | Mismatch::ScanOfOtherUnit { .. }
        | Mismatch::ItemDiffers { .. }
        | Mismatch::ReadersDiffer { .. }
        | Mismatch::Alerted { .. } => Tone::Red,
        _ => Tone::Amber,
    }
}

/// What a hold blocks.
pub fn level(level: &HoldLevel) -> String {
    let named = |key: &str, name: String| tr_args(key, &[("name", name.into())]);
    match level {
        HoldLevel::Bill { number } => named("hold-level-bill", number.clone()),
        HoldLevel::HouseBill { number } => named("hold-level-house-bill", number.clone()),
        HoldLevel::Unit { number } => named("hold-level-unit", number.clone()),
        HoldLevel::Item { number } => named("hold-level-item", number.to_string()),
        HoldLevel::Conveyance => tr("hold-level-conveyance"),
    }
}

/// With a small first letter, within a sentence.
fn small(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// How far a section is, as a badge says it: with a large first letter.
pub fn section(state: SectionState) -> String {
    let words = tr_code("section", state);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A standing hold: whose, why, and until when.
pub fn hold(record: &HoldRecord) -> (String, String) {
    let hold = &record.hold;
    let lead = tr_args(
        "hold-sentence",
        &[
            ("agency", tr_code("agency", hold.agency).into()),
            ("reason", small(&tr_code("hold-reason", hold.reason)).into()),
        ],
    );
    let rest = hold.review.map_or_else(
        || tr("hold-no-review"),
        |day| tr_args("hold-review", &[("day", short_date(day).into())]),
    );
    (lead, rest)
}

/// A decision: its outcome and what stands beside it.
pub fn decision(decision: &Decision) -> (String, String, Tone) {
    match decision {
        Decision::Acceptable {
            purpose,
            conditions,
            coded,
        } => {
            let mut rest: Vec<String> = coded.iter().map(condition).collect();
            rest.push(conditions.clone());
            (acceptable(*purpose), dotted(&rest), Tone::Green)
        }
        Decision::NotAcceptable {
            action,
            family,
            reason,
            deadline,
        } => {
            let until = deadline
                .map(|day| tr_args("decision-until", &[("day", short_date(day).into())]))
                .unwrap_or_default();
            let family = family.map_or_else(String::new, |f| tr_code("refusal-family", f));
            let rest = dotted(&[family, reason.clone(), until]);
            (not_acceptable(*action), rest, Tone::Red)
        }
        Decision::Waived { reason } => (tr("decision-waived"), reason.clone(), Tone::Neutral),
    }
}

/// A condition with its place and its day.
fn condition(condition: &Condition) -> String {
    let mut words = tr_code("condition", condition.code);
    if !condition.place.is_empty() {
        words = format!("{words}: {}", condition.place);
    }
    match condition.deadline {
        Some(day) => {
            let until = tr_args("condition-until", &[("day", short_date(day).into())]);
            format!("{words}, {until}")
        }
        None => words,
    }
}

fn acceptable(purpose: Purpose) -> String {
    tr_args(
        "decision-acceptable",
        &[("purpose", tr_code("purpose", purpose).into())],
    )
}

fn not_acceptable(action: RefusalAction) -> String {
    tr_args(
        "decision-not-acceptable",
        &[("action", tr_code("refusal", action).into())],
    )
}

/// Whether an entry is at the central.
pub fn sent(sent: &Sent) -> (String, Tone, String) {
    match sent {
        Sent::Yes => (tr("insp-sync-sent"), Tone::Green, tr("insp-sync-sent-why")),
        Sent::Waiting => (
            tr("insp-sent-waiting"),
            Tone::Amber,
            tr("insp-sent-waiting-why"),
        ),
        Sent::Behind => (
            tr("insp-sent-behind"),
            Tone::Amber,
            tr("insp-sent-behind-why"),
        ),
        Sent::Stuck { problem, .. } => (tr("insp-sync-failed"), Tone::Red, tr_problem(problem)),
        Sent::SetAside { problem } => (
            tr("insp-sent-aside"),
            Tone::Neutral,
            tr_args(
                "insp-sent-aside-why",
                &[("why", tr_problem(problem).into())],
            ),
        ),
    }
}

/// What an entry says: its kind, and its content on one line.
pub fn entry(body: &EntryBody, view: &View<'_>) -> (String, String) {
    let (inspection, zone) = (view.inspection(), view.zone);
    let kind = tr_code("entry", body.code());
    let said = match body {
        EntryBody::SectionClaimed | EntryBody::SectionSigned | EntryBody::Unknown => String::new(),
        EntryBody::CheckConcluded {
            check,
            result,
            reason,
        } => dotted(&[
            tr_code("check-kind", check),
            tr_code("check-result", result),
            reason.clone(),
        ]),
        EntryBody::SealCompared { seal, photos } => {
            dotted(&[seal_words(seal), photo_words(photos.len())])
        }
        EntryBody::ItemCompared {
            item,
            outcome,
            differences,
            note,
        } => dotted(&[
            item_words(inspection, *item),
            tr_code("outcome", outcome),
            differences
                .iter()
                .map(difference)
                .collect::<Vec<_>>()
                .join(", "),
            note.clone(),
        ]),
        EntryBody::ChecklistAnswered { list, answers } => {
            questions::entry_words(&view.opened.checklists, list, answers)
        }
        EntryBody::FindingRecorded {
            category,
            severity,
            text,
            photos,
            legal_reference,
            ..
        } => dotted(&[
            tr_code("severity", severity),
            tr_code("finding", category),
            text.clone(),
            legal_reference.clone(),
            photo_words(photos.len()),
        ]),
        EntryBody::RegionDrawn {
            shape,
            category,
            confidence,
            comment,
            ..
        } => {
            let bounds = shape.bounds();
            dotted(&[
                tr_code("region", category),
                confidence.map_or_else(String::new, |sure| tr_code("sure", sure)),
                comment.clone(),
                format!(
                    "{} {} × {} px @ {}, {}",
                    tr_code("mark", shape.code()),
                    bounds.width,
                    bounds.height,
                    bounds.x,
                    bounds.y
                ),
            ])
        }
        EntryBody::ImageBrought { image } => dotted(&[
            tr_code("import", image.image),
            image.name.clone(),
            image.source.clone(),
        ]),
        EntryBody::RegionJudged { verdict, note, .. } => {
            dotted(&[tr_code("verdict", verdict), note.clone()])
        }
        EntryBody::ImageConcluded {
            conclusion,
            reading_seconds,
            opinion,
            ..
        } => dotted(&[
            tr_code("image", conclusion),
            tr_args("entry-read-for", &[("seconds", (*reading_seconds).into())]),
            opinion.map_or_else(String::new, |_| tr("entry-second-opinion")),
        ]),
        EntryBody::OpinionAsked { of, note, .. } => {
            dotted(&[opinion::of_words(view, *of), note.clone()])
        }
        EntryBody::HoldPlaced {
            hold_type,
            level: at,
            reason,
            note,
            review,
            ..
        } => dotted(&[
            tr_code("hold-type", hold_type),
            level(at),
            tr_code("hold-reason", reason),
            note.clone(),
            review
                .map(|day| tr_args("hold-review", &[("day", short_date(day).into())]))
                .unwrap_or_default(),
        ]),
        EntryBody::HoldLifted { reason, .. } | EntryBody::Withdrawn { reason } => reason.clone(),
        EntryBody::Decided {
            decision: made,
            items,
        } => {
            let (lead, rest, _) = decision(made);
            dotted(&[joint_words::items(items), lead, rest])
        }
        EntryBody::CommentWritten { text, audience, to } => dotted(&[
            text.clone(),
            comment::to_words(view, *to),
            tr_code("audience", audience),
        ]),
        EntryBody::CommentAcknowledged { comment } => {
            let comments = &view.state().comments;
            let meant = comments.iter().find(|c| c.entry == *comment);
            meant.map_or_else(String::new, |c| c.text.clone())
        }
        EntryBody::OfficerAssigned {
            officer,
            instead_of,
        } => {
            let before: Vec<String> = instead_of.iter().map(|o| view.officer_name(*o)).collect();
            let args = [("names", before.join(", ").into())];
            dotted(&[
                view.officer_name(*officer),
                if before.is_empty() {
                    String::new()
                } else {
                    tr_args("entry-instead-of", &args)
                },
            ])
        }
        body => joint_words::entry(body, inspection, zone),
    };
    (kind, said)
}

/// The parts that say something, with dots between them.
pub fn dotted(parts: &[String]) -> String {
    let said: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    said.join(" · ")
}

/// How many photos hang on something; empty when there are none.
pub fn photo_words(photos: usize) -> String {
    if photos == 0 {
        String::new()
    } else {
        tr_args("insp-photos", &[("n", photos.into())])
    }
}

/// A goods item by number and description.
pub fn item_words(inspection: &Inspection, number: u32) -> String {
    let item = inspection.consignment.item(number);
    let name = item.map_or("", |item| item.description.as_str());
    tr_args(
        "insp-item",
        &[("number", number.into()), ("name", name.into())],
    )
}

/// A field of an item that differs: `packages 1,240 → 1,310`.
pub fn difference(difference: &ItemDifference) -> String {
    let field = tr_code("field", &difference.field);
    format!("{field} {} → {}", difference.declared, difference.found)
}

fn seal_words(seal: &SealComparison) -> String {
    let found = seal.found.number.clone().unwrap_or_else(|| tr("insp-none"));
    let condition = tr_code("seal-condition", seal.found.condition);
    match &seal.declared {
        Some(declared) if *declared == found => format!("{found}, {condition}"),
        Some(declared) => format!("{declared} → {found}, {condition}"),
        None => tr_args(
            "entry-seal-undeclared",
            &[("seal", found.into()), ("condition", condition.into())],
        ),
    }
}

/// How a seal compares: a word and its tone.
pub fn seal_result(seal: &SealComparison) -> (String, Tone) {
    use outpost_domain::SealCondition;
    let (key, tone) = match (seal.found.condition, &seal.declared) {
        (SealCondition::Missing, _) => ("missing", Tone::Red),
        (_, None) => ("undeclared", Tone::Red),
        (_, declared) if *declared != seal.found.number => ("wrong-number", Tone::Red),
        (SealCondition::Damaged, _) => ("damaged", Tone::Red),
        (SealCondition::Tampered, _) => ("tampered", Tone::Red),
        (SealCondition::Intact, _) => ("conform", Tone::Green),
    };
    (tr_code("seal-result", key), tone)
}
