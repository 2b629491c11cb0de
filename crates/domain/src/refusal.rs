//! Why an act is refused: the code on the wire and in Fluent keys, and the plain sentence for the log.

use jiff::Timestamp;

use crate::{Agency, HoldId, Role};

/// Why an act is refused. The code and the arguments make the sentence that the officer reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The officer's agency has no section here.
    #[error("{agency} has no part in this inspection")]
    NotConcerned {
        /// The officer's agency.
        agency: Agency,
    },
    /// The officer's role does not include this act.
    #[error("the role {role} may not record {kind}")]
    RoleMayNot {
        /// The role.
        role: Role,
        /// The entry kind's code.
        kind: &'static str,
    },
    /// A text that must be there is empty.
    #[error("{field} is missing")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A text is too long.
    #[error("{field} has {characters} characters; {limit} are the limit")]
    TooLong {
        /// The field.
        field: &'static str,
        /// How many it has.
        characters: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The declaration has no item of this number.
    #[error("there is no goods item {number}")]
    UnknownItem {
        /// The number.
        number: u32,
    },
    /// The hold's level names a unit or bill that is not in this consignment.
    #[error("{name} is not part of this consignment")]
    UnknownLevel {
        /// What was named.
        name: String,
    },
    /// The inspection has no such radiograph.
    #[error("this radiograph does not belong to the inspection")]
    UnknownScan,
    /// The region has no area or lies outside its radiograph.
    #[error("the region lies outside the radiograph")]
    RegionOutside,
    /// The region that is judged does not stand here.
    #[error("there is no such region on the radiographs of this inspection")]
    UnknownRegion,
    /// The hold does not exist.
    #[error("there is no such hold")]
    UnknownHold {
        /// Its name.
        hold: HoldId,
    },
    /// A hold of this name is there: a second one would hide behind it and be lifted with it.
    #[error("a hold of this name was placed before")]
    HoldKnown {
        /// Its name.
        hold: HoldId,
    },
    /// The hold was lifted before.
    #[error("the hold was lifted before, by {by}")]
    HoldAlreadyLifted {
        /// By whom.
        by: String,
    },
    /// The hold belongs to another agency.
    #[error("the hold was placed by {agency}; only {agency} lifts it")]
    HoldOfAnother {
        /// Whose it is.
        agency: Agency,
    },
    /// Goods cannot be accepted by an agency whose own hold stands.
    #[error("{count} hold(s) of {agency} stand; lift them first")]
    OwnHoldStands {
        /// The agency.
        agency: Agency,
        /// How many.
        count: usize,
    },
    /// A section is signed only after its decision.
    #[error("the section has no decision yet")]
    NotDecided,
    /// The section was signed; what stands in it is superseded, not added to.
    #[error("the section was signed by {by}; correct an entry instead")]
    AlreadySigned {
        /// By whom.
        by: String,
    },
    /// Only an entry that exists, of the own agency, is superseded.
    #[error("the entry to correct is not one of {agency}")]
    SupersedesUnknown {
        /// The officer's agency.
        agency: Agency,
    },
    /// An entry is corrected once; who has more to say corrects the correction.
    #[error("{by} corrected or took back this entry in the meantime; correct that entry instead")]
    AlreadyCorrected {
        /// Who corrected it.
        by: String,
    },
    /// Only the convener moves the slot and concludes the joint record.
    #[error("{convener} convenes this inspection; only {convener} may do this")]
    NotConvener {
        /// The convener.
        convener: Agency,
    },
    /// A slot ends before it begins, or lasts longer than a day.
    #[error("the slot has to end after it begins, within a day")]
    UnsoundSpan,
    /// The slot was moved in the meantime.
    #[error("the slot was moved in the meantime, by {by}")]
    SlotMoved {
        /// By whom.
        by: String,
    },
    /// There is no slot to answer, or not this one any more.
    #[error("the slot that is answered does not stand any more")]
    NoSuchSlot,
    /// There is no such sample.
    #[error("there is no such sample in this inspection")]
    UnknownSample,
    /// The sample was returned or destroyed.
    #[error("sample {number} was returned or destroyed")]
    SampleGone {
        /// Its number.
        number: String,
    },
    /// Samples are drawn after a physical check.
    #[error("a sample is drawn after the physical check; record that first")]
    PhysicalCheckFirst,
    /// Goods are not accepted while a result that is not a random one is awaited.
    #[error("the result of sample {number} is awaited")]
    ResultAwaited {
        /// The sample's number.
        number: String,
    },
    /// A value that no instrument reads.
    #[error("{value} is out of the range of {quantity}")]
    OutOfRange {
        /// The quantity's code.
        quantity: &'static str,
        /// The value.
        value: String,
    },
    /// The override does not stand.
    #[error("there is no such override, or its hold was lifted")]
    UnknownOverride,
    /// Four eyes: the second signature is another officer's.
    #[error("{by} proposed this; a second officer has to confirm")]
    SameOfficer {
        /// Who proposed.
        by: String,
    },
    /// The officer who is named is not one whom this can name.
    #[error("the officer who is named is not of this post, or not one for whom this is")]
    NotNamed,
    /// A comment is acknowledged by who is to read it.
    #[error("this comment was written to somebody else")]
    NotAddressed,
    /// A second opinion is given by who is asked.
    #[error("this second opinion was asked of somebody else")]
    NotAsked,
    /// The officer has the inspection already.
    #[error("it is assigned to {to} already")]
    AlreadyAssigned {
        /// To whom.
        to: String,
    },
    /// A supervisor lifts the own agency's hold in the plain way.
    #[error("this hold is of the own agency; lift it")]
    OwnHold,
    /// A required agency has not decided.
    #[error("{agency} has not decided")]
    Undecided {
        /// The agency.
        agency: Agency,
    },
    /// There is no conclusion to sign.
    #[error("the joint record is not concluded")]
    NotConcluded,
    /// What is concluded or signed is not what stands.
    #[error("something was recorded in the meantime; look at the record as it stands")]
    RecordChanged,
    /// The joint record was concluded; a new conclusion takes the place of the old one.
    #[error("{by} concluded this record")]
    AlreadyConcluded {
        /// Who concluded it.
        by: String,
    },
    /// The agency signed the joint record; what is in it is corrected, not added to.
    #[error("{agency} signed the joint record; correct an entry instead")]
    RecordSigned {
        /// The agency.
        agency: Agency,
    },
    /// The goods item was refused in a concluded record: it is split off.
    #[error("goods item {number} was split off: it was refused in the joint record")]
    SplitOff {
        /// The item's number.
        number: u32,
    },
    /// Only what was released can be taken back.
    #[error("the goods are not released")]
    NotReleased,
    /// The goods have left.
    #[error("the goods left at {at}")]
    Left {
        /// When.
        at: Timestamp,
    },
    /// A signature on the screen is no line within its field.
    #[error("the signature cannot be read")]
    UnreadableSignature,
    /// An answer does not fit its question.
    #[error("the answer to {question} does not fit the question")]
    AnswerMisfit {
        /// The question's key.
        question: String,
    },
    /// The list is not known: it has not come from the central.
    #[error("the checklist {name}, version {version}, is not known")]
    UnknownList {
        /// Its name.
        name: String,
        /// Its version.
        version: u32,
    },
    /// The list is another agency's.
    #[error("this is a checklist of {agency}")]
    ListOfAnother {
        /// Whose it is.
        agency: Agency,
    },
    /// The section began with another version of the list and goes on with it.
    #[error("the checklist {name} was begun in version {version}; go on with that one")]
    ListPinned {
        /// The list's name.
        name: String,
        /// The version begun with.
        version: u32,
    },
    /// Wanted answers are missing.
    #[error("{count} wanted answer(s) of the checklist {name} are missing")]
    AnswersMissing {
        /// The list's name.
        name: String,
        /// How many.
        count: usize,
    },
    /// Acts are recorded for another officer of the own agency, for nobody else.
    #[error("an act is recorded on behalf of another officer of the same agency only")]
    NotOnBehalf,
    /// A kind that this build does not know.
    #[error("this kind of entry is not known here")]
    UnknownKind,
}

impl Refusal {
    /// The code used on the wire and in Fluent keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotConcerned { .. } => "not-concerned",
            Self::RoleMayNot { .. } => "role-may-not",
            Self::Missing { .. } => "missing",
            Self::TooLong { .. } => "too-long",
            Self::UnknownItem { .. } => "unknown-item",
            Self::UnknownLevel { .. } => "unknown-level",
            Self::UnknownScan => "unknown-scan",
            Self::RegionOutside => "region-outside",
            Self::UnknownRegion => "unknown-region",
            Self::UnknownHold { .. } => "unknown-hold",
            Self::HoldKnown { .. } => "hold-known",
            Self::HoldAlreadyLifted { .. } => "hold-already-lifted",
            Self::HoldOfAnother { .. } => "hold-of-another",
            Self::OwnHoldStands { .. } => "own-hold-stands",
            Self::NotDecided => "not-decided",
            Self::AlreadySigned { .. } => "already-signed",
            Self::SupersedesUnknown { .. } => "supersedes-unknown",
            Self::AlreadyCorrected { .. } => "already-corrected",
            Self::NotConvener { .. } => "not-convener",
            Self::UnsoundSpan => "unsound-span",
            Self::SlotMoved { .. } => "slot-moved",
            Self::NoSuchSlot => "no-such-slot",
            Self::UnknownSample => "unknown-sample",
            Self::SampleGone { .. } => "sample-gone",
            Self::PhysicalCheckFirst => "physical-check-first",
            Self::ResultAwaited { .. } => "result-awaited",
            Self::OutOfRange { .. } => "out-of-range",
            Self::UnknownOverride => "unknown-override",
            Self::SameOfficer { .. } => "same-officer",
            Self::NotNamed => "not-named",
            Self::NotAddressed => "not-addressed",
            Self::NotAsked => "not-asked",
            Self::AlreadyAssigned { .. } => "already-assigned",
            Self::OwnHold => "own-hold",
            Self::Undecided { .. } => "undecided",
            Self::NotConcluded => "not-concluded",
            Self::RecordChanged => "record-changed",
            Self::AlreadyConcluded { .. } => "already-concluded",
            Self::RecordSigned { .. } => "record-signed",
            Self::SplitOff { .. } => "split-off",
            Self::NotReleased => "not-released",
            Self::Left { .. } => "left",
            Self::UnreadableSignature => "unreadable-signature",
            Self::AnswerMisfit { .. } => "answer-misfit",
            Self::UnknownList { .. } => "unknown-list",
            Self::ListOfAnother { .. } => "list-of-another",
            Self::ListPinned { .. } => "list-pinned",
            Self::AnswersMissing { .. } => "answers-missing",
            Self::NotOnBehalf => "not-on-behalf",
            Self::UnknownKind => "unknown-kind",
        }
    }

    /// Whether the act contends with another one that came first: both sides are shown, and an officer decides anew.
    pub const fn is_contention(&self) -> bool {
        matches!(
            self,
            Self::HoldAlreadyLifted { .. }
                | Self::SlotMoved { .. }
                | Self::NoSuchSlot
                | Self::UnknownOverride
                | Self::RecordChanged
                | Self::AlreadyConcluded { .. }
                | Self::AlreadyCorrected { .. }
                | Self::ListPinned { .. }
        )
    }
}
