//! Problems and notices: what the desk says when something is refused, as Fluent codes with arguments.

use outpost_db::{Salvaged, UnfitReceipt};
use outpost_domain::Refusal;
use outpost_protocol::{Notice, Problem};

use crate::managed::{Fault, Managed};

/// A problem from its code, its arguments and the plain sentence.
pub fn problem<'a>(
    code: &str,
    args: impl IntoIterator<Item = (&'a str, String)>,
    detail: impl ToString,
) -> Problem {
    Problem {
        code: code.to_owned(),
        args: args
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        detail: detail.to_string(),
    }
}

/// What an administrator has laid down and is not applied, when there is any.
pub fn managed_refused(managed: &Managed) -> Option<Notice> {
    let details: Vec<String> = managed.faults.iter().map(Fault::to_string).collect();
    let detail = format!("{}: {}", managed.file.display(), details.join("; "));
    let file = ("file", managed.file.display().to_string());
    let keys = managed.refused_keys().join(", ");
    let problem = match managed.faults.first()? {
        Fault::File { .. } => problem("managed-unreadable", [file], detail),
        Fault::Key { .. } => problem("managed-refused", [file, ("keys", keys)], detail),
    };
    Some(Notice {
        grave: true,
        problem,
    })
}

/// What the officer reads when a rule stands against an act.
pub fn refused(refusal: &Refusal) -> Problem {
    let code = refusal.code();
    match refusal {
        Refusal::NotConcerned { agency } | Refusal::SupersedesUnknown { agency } => {
            problem(code, [("agency", agency.to_string())], refusal)
        }
        Refusal::HoldOfAnother { agency } => {
            problem(code, [("agency", agency.to_string())], refusal)
        }
        Refusal::RoleMayNot { role, kind } => problem(
            code,
            [("role", role.to_string()), ("kind", (*kind).to_owned())],
            refusal,
        ),
        Refusal::AlreadyCorrected { by } => problem(code, [("by", by.clone())], refusal),
        Refusal::Missing { field } => problem(code, [("field", (*field).to_owned())], refusal),
        Refusal::TooLong {
            field,
            characters,
            limit,
        } => problem(
            code,
            [
                ("field", (*field).to_owned()),
                ("characters", characters.to_string()),
                ("limit", limit.to_string()),
            ],
            refusal,
        ),
        Refusal::UnknownItem { number } => problem(code, [("number", number.to_string())], refusal),
        Refusal::UnknownLevel { name } => problem(code, [("name", name.clone())], refusal),
        Refusal::HoldAlreadyLifted { by }
        | Refusal::AlreadySigned { by }
        | Refusal::SlotMoved { by }
        | Refusal::SameOfficer { by }
        | Refusal::AlreadyConcluded { by } => problem(code, [("by", by.clone())], refusal),
        Refusal::NotConvener { convener: agency }
        | Refusal::Undecided { agency }
        | Refusal::RecordSigned { agency } => {
            problem(code, [("agency", agency.to_string())], refusal)
        }
        Refusal::SampleGone { number } | Refusal::ResultAwaited { number } => {
            problem(code, [("number", number.clone())], refusal)
        }
        Refusal::AnswerMisfit { question } => {
            problem(code, [("question", question.clone())], refusal)
        }
        Refusal::UnknownList { name, version } | Refusal::ListPinned { name, version } => problem(
            code,
            [("name", name.clone()), ("version", version.to_string())],
            refusal,
        ),
        Refusal::AnswersMissing { name, count } => problem(
            code,
            [("name", name.clone()), ("count", count.to_string())],
            refusal,
        ),
        Refusal::ListOfAnother { agency } => {
            problem(code, [("agency", agency.to_string())], refusal)
        }
        Refusal::OutOfRange { value, .. } => problem(code, [("value", value.clone())], refusal),
        Refusal::SplitOff { number } => problem(code, [("number", number.to_string())], refusal),
        Refusal::Left { at } => problem(code, [("at", at.to_string())], refusal),
        Refusal::OwnHoldStands { agency, count } => problem(
            code,
            [("agency", agency.to_string()), ("count", count.to_string())],
            refusal,
        ),
        Refusal::AlreadyAssigned { to } => problem(code, [("to", to.clone())], refusal),
        Refusal::UnknownScan
        | Refusal::RegionOutside
        | Refusal::UnknownHold { .. }
        | Refusal::HoldKnown { .. }
        | Refusal::NotDecided
        | Refusal::UnknownRegion
        | Refusal::UnsoundSpan
        | Refusal::NoSuchSlot
        | Refusal::UnknownSample
        | Refusal::PhysicalCheckFirst
        | Refusal::UnknownOverride
        | Refusal::NotNamed
        | Refusal::NotAddressed
        | Refusal::NotAsked
        | Refusal::OwnHold
        | Refusal::NotConcluded
        | Refusal::RecordChanged
        | Refusal::NotReleased
        | Refusal::UnreadableSignature
        | Refusal::NotOnBehalf
        | Refusal::UnknownKind => problem(code, [], refusal),
    }
}

/// A receipt that does not fit this journal.
pub fn unfit_receipt(unfit: &UnfitReceipt) -> Problem {
    problem(
        &format!("receipt-{}", unfit.fault.code()),
        [
            ("sequence", unfit.receipt.sequence.to_string()),
            ("key", unfit.receipt.key.clone()),
        ],
        unfit,
    )
}

/// Told to the window that follows one that crashed.
pub fn window_restarted() -> Notice {
    Notice {
        grave: true,
        problem: problem(
            "window-restarted",
            [],
            "The window stopped and was started again. Nothing that was saved is lost.",
        ),
    }
}

/// Told at each start while a damaged store lies in the data folder.
pub fn salvaged(salvaged: &Salvaged) -> Notice {
    let Salvaged {
        at,
        file,
        entries,
        unreadable,
        drafts,
        ..
    } = salvaged;
    Notice {
        grave: true,
        problem: problem(
            "store-salvaged",
            [
                ("entries", entries.to_string()),
                ("unreadable", unreadable.to_string()),
                ("drafts", drafts.to_string()),
                ("file", file.clone()),
            ],
            format!(
                "The store was damaged and was set aside at {at} as {file}: {entries} entries and {drafts} drafts \
                 were kept, {unreadable} entries of this workstation could not be read."
            ),
        ),
    }
}
