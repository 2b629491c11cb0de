//! Why the rules stand against an act, in the officer's words.

use jiff::tz::TimeZone;
use outpost_domain::Refusal;

use crate::moment::{count, time};
use crate::text::{tr_code, tr_code_args};

/// Why something may not be recorded.
pub fn refusal(refusal: &Refusal, zone: &TimeZone) -> String {
    let agency = |agency| tr_code("agency", agency);
    let args: Vec<(&str, crate::text::FluentValue<'_>)> = match refusal {
        Refusal::NotConcerned { agency: whose }
        | Refusal::HoldOfAnother { agency: whose }
        | Refusal::SupersedesUnknown { agency: whose } => vec![("agency", agency(*whose).into())],
        Refusal::RoleMayNot { role, kind } => vec![
            ("role", tr_code("role", role).into()),
            ("kind", tr_code("entry", kind).into()),
        ],
        Refusal::Missing { field } => vec![("field", tr_code("field", field).into())],
        Refusal::TooLong {
            field,
            characters,
            limit,
        } => vec![
            ("field", tr_code("field", field).into()),
            ("characters", count(*characters as u64).into()),
            ("limit", count(*limit as u64).into()),
        ],
        Refusal::UnknownItem { number } => vec![("number", (*number).into())],
        Refusal::UnknownLevel { name } => vec![("name", name.clone().into())],
        Refusal::HoldAlreadyLifted { by }
        | Refusal::AlreadySigned { by }
        | Refusal::AlreadyCorrected { by }
        | Refusal::SlotMoved { by }
        | Refusal::SameOfficer { by }
        | Refusal::AlreadyConcluded { by } => vec![("by", by.clone().into())],
        Refusal::AlreadyAssigned { to } => vec![("to", to.clone().into())],
        Refusal::NotConvener { convener: whose }
        | Refusal::Undecided { agency: whose }
        | Refusal::RecordSigned { agency: whose } => vec![("agency", agency(*whose).into())],
        Refusal::SampleGone { number } | Refusal::ResultAwaited { number } => {
            vec![("number", number.clone().into())]
        }
        Refusal::AnswerMisfit { question } => vec![("question", question.clone().into())],
        Refusal::UnknownList { name, version } | Refusal::ListPinned { name, version } => vec![
            ("name", name.clone().into()),
            ("version", (*version).into()),
        ],
        Refusal::AnswersMissing { name, count } => {
            vec![("name", name.clone().into()), ("count", (*count).into())]
        }
        Refusal::ListOfAnother { agency: whose } => vec![("agency", agency(*whose).into())],
        Refusal::OutOfRange { value, .. } => vec![("value", value.clone().into())],
        Refusal::SplitOff { number } => vec![("number", (*number).into())],
        Refusal::Left { at } => vec![("at", time(*at, zone).into())],
        Refusal::OwnHoldStands {
            agency: whose,
            count,
        } => {
            vec![
                ("agency", agency(*whose).into()),
                ("count", (*count).into()),
            ]
        }
        Refusal::UnknownHold { .. }
        | Refusal::HoldKnown { .. }
        | Refusal::UnknownScan
        | Refusal::RegionOutside
        | Refusal::UnknownRegion
        | Refusal::NotDecided
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
        | Refusal::UnknownKind => Vec::new(),
    };
    tr_code_args("why-not", refusal.code(), &args)
}
