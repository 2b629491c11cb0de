//! What an inspection is: types, identifiers and rules of the field.
//!
//! This crate has no I/O, no clock and no randomness: time, ids and keys come in as arguments, so that every
//! rule is a plain function. It knows nothing of storage, network or screens.
//!
//! Start reading at [`Inspection`] (what the central sends), [`Entry`] (what an officer does) and
//! [`project`] (what a screen shows: the snapshot and the entries together).
#![forbid(unsafe_code)]

#[macro_use]
mod coded;

mod agency;
mod consignment;
mod decision;
mod entry;
mod exam;
mod hold;
mod identifiers;
mod ids;
mod inspection;
mod plausibility;
mod projection;
mod region;
mod rules;
mod summary;
mod unit;
mod unit_number;

pub use agency::{Agency, Officer, Post, Role};
pub use coded::UnknownCode;
pub use consignment::{Bill, BillLevel, Consignment, GoodsItem, Kilograms, Party, PartyRole};
pub use decision::{Decision, Purpose, RefusalAction};
pub use entry::{
    ChainFault, Entry, EntryBody, EntryHash, EntryPayload, FindingCategory, ImageConclusion,
    ItemDifference, ItemOutcome, SealComparison, SealFound, Severity, SignedEntry, UnreadableEntry,
    public_key, sign_entry,
};
pub use exam::{CheckKind, CheckResult, ExamType, Lane, Priority};
pub use hold::{Hold, HoldLevel, HoldReason, HoldType};
pub use identifiers::{CountryCode, HsCode, InvalidIdentifier, Mrn, UnLocode};
pub use ids::{BlobHash, DeviceId, EntryId, HoldId, InspectionId, InvalidHash, OfficerId};
pub use inspection::{AgencyTask, Answer, Inspection, Scan, Selection, Slot, SlotAgency};
pub use plausibility::{Mismatch, Place, mismatches};
pub use projection::{
    CheckRecord, DecisionRecord, FindingRecord, HoldRecord, ImageRecord, ItemRecord, Openness,
    RegionJudgement, RegionRecord, SealRecord, Section, SectionState, State, project,
};
pub use region::{Bounds, Confidence, Pixel, RegionCategory, RegionShape, RegionVerdict};
pub use rules::{Refusal, ReleaseBlock, allow, release_blocks};
pub use summary::{AgencyState, AgencyStatus, Row, summarise};
pub use unit::{
    Alert, AlertKind, DeclaredSeal, Reefer, SealClass, SealCondition, SealParty, Unit, UnitKind,
    Weighing,
};
pub use unit_number::{CheckDigit, UnitNumber};
