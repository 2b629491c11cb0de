//! What is said of a file.

use outpost_domain::{CheckDigit, Fit};
use outpost_imaging::DecodeError;
use outpost_protocol::MAX_FILE;

use crate::design::Tone;
use crate::intake::{Found, Group, Refused, Stage, Taking, What, Why};
use crate::model::Model;
use crate::moment::{count, decimal, time_or_date};
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// What it is, and its size in pixels.
pub fn what(found: &Found) -> (String, String) {
    let Some(seen) = found.seen() else {
        return (String::new(), String::new());
    };
    let what = match seen.what {
        What::Radiograph => tr("import-radiograph"),
        What::Photo => tr("import-photo"),
    };
    let pixels = |side: u32| count(u64::from(side));
    (
        what,
        format!("{} × {}", pixels(seen.width), pixels(seen.height)),
    )
}

/// The size of the file in megabytes; of a small one in kilobytes.
pub fn size(found: &Found) -> String {
    let megabytes = found.file.stamp.bytes as f64 / 1e6;
    if megabytes < 1.0 {
        let size = count(found.file.stamp.bytes.div_ceil(1000));
        return tr_args("import-size-small", &[("size", size.into())]);
    }
    let digits = if megabytes < 10.0 { 2 } else { 1 };
    tr_args(
        "import-size",
        &[("size", decimal(megabytes, digits).into())],
    )
}

/// The unit numbers that were read.
pub fn unit(found: &Found) -> String {
    let units = found.seen().map(|seen| seen.units.as_slice());
    match units.unwrap_or_default() {
        [] => String::new(),
        [(only, _)] => only.spaced(),
        [(first, _), rest @ ..] => format!("{} +{}", first.spaced(), rest.len()),
    }
}

/// When it was taken, as it says.
pub fn taken(found: &Found, model: &Model) -> String {
    let at = found.seen().and_then(|seen| seen.taken_at);
    at.map_or_else(String::new, |at| time_or_date(at, model.now, &model.zone))
}

/// The unit of the inspection that it goes to, or may go to, and the inspection's reference; of a file that goes
/// nowhere, why.
pub fn to(found: &Found, why: &str) -> (String, String) {
    if let Taking::Done { unit, sequence } = &found.taking {
        let args = [("number", (*sequence).into())];
        return (unit.clone(), tr_args("import-entry", &args));
    }
    match found.offers() {
        [] => (why.to_owned(), String::new()),
        [offer, rest @ ..] => {
            let more = if rest.is_empty() {
                offer.reference.clone()
            } else {
                let args = [
                    ("reference", offer.reference.clone().into()),
                    ("more", rest.len().into()),
                ];
                tr_args("import-and-more", &args)
            };
            (offer.unit.clone(), more)
        }
    }
}

/// How far it is: a word, its tone, and the reason in a sentence.
pub fn state(found: &Found) -> (String, Tone, String) {
    let said = |key: &str, tone, why: String| (tr_code("import-state", key), tone, why);
    match &found.taking {
        Taking::Done { .. } => return said("taken", Tone::Green, tr("import-why-taken")),
        Taking::OnItsWay => return said("on-its-way", Tone::Amber, String::new()),
        Taking::Failed(why) => return said("failed", Tone::Red, failed(why)),
        Taking::No => {}
    }
    match &found.stage {
        Stage::Growing => return said("growing", Tone::Amber, tr("import-why-growing")),
        Stage::Waiting => return said("waiting", Tone::Neutral, String::new()),
        Stage::Refused(why) => return said("refused", Tone::Red, refused(why)),
        Stage::Seen(_) => {}
    }
    match found.group() {
        Group::Done => said("already", Tone::Neutral, already(found)),
        Group::Coming => said("waiting", Tone::Neutral, String::new()),
        Group::Sure => said("sure", Tone::Green, tr("import-fit-certain")),
        Group::Unmatched => said("unmatched", Tone::Neutral, unmatched(found)),
        _ => {
            let fit = found.offers().first().map(|offer| offer.fit);
            said("doubtful", Tone::Amber, fit.map(fits).unwrap_or_default())
        }
    }
}

/// How well a file goes with an inspection, in a sentence.
pub fn fits(fit: Fit) -> String {
    tr_code("import-fit", fit)
}

fn already(found: &Found) -> String {
    match &found.twin {
        Some(name) => tr_args("import-why-twin", &[("name", name.clone().into())]),
        None => tr("import-why-already"),
    }
}

/// Why no inspection is offered.
pub fn unmatched(found: &Found) -> String {
    let units = found.seen().map(|seen| seen.units.as_slice());
    let Some((unit, _)) = units.unwrap_or_default().first() else {
        return tr("import-why-no-unit");
    };
    let mut args = vec![("unit", unit.spaced().into())];
    if let CheckDigit::Wrong { expected } = unit.check_digit() {
        args.push(("expected", expected.into()));
        return tr_args("import-why-check-digit", &args);
    }
    tr_args("import-why-no-inspection", &args)
}

/// Why a file is not offered, in words.
pub fn refused(why: &Refused) -> String {
    match why {
        Refused::TooLarge(bytes) => {
            let args = [
                ("size", bytes.div_ceil(1_048_576).into()),
                ("limit", (MAX_FILE / 1_048_576).into()),
            ];
            tr_args("import-why-too-large", &args)
        }
        Refused::Outside => tr("import-why-outside"),
        Refused::Changed => tr("import-why-changed"),
        Refused::NoImage(error) => unseen(error),
        Refused::Unreadable(reason) => tr_args(
            "import-why-unreadable",
            &[("reason", reason.clone().into())],
        ),
    }
}

/// Why an image is not shown, in the officer's words, with the decoder's own.
fn unseen(error: &DecodeError) -> String {
    let own = [("error", error.to_string().into())];
    let own = tr_args("radiograph-failed-why", &own);
    format!("{} {own}", tr_code("unseen", error.code()))
}

/// Why a file was not taken in, in words.
pub fn failed(why: &Why) -> String {
    match why {
        Why::Refused(refusal) => refused(refusal),
        Why::Problem(problem) => tr_problem(problem),
    }
}
