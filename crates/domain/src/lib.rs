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
mod body;
mod brought;
mod checklist;
mod consignment;
mod decision;
mod entry;
mod exam;
mod hold;
mod identifiers;
mod ids;
mod insight;
mod inspection;
mod joint;
mod judgement;
mod language;
mod measure;
mod movement;
mod order;
mod plausibility;
mod practice;
mod presentation;
mod projection;
mod queue;
mod quiet;
mod record;
mod refusal;
mod region;
mod release;
mod review;
mod rival;
mod rules;
mod rules_joint;
mod sample;
mod state;
mod summary;
mod unit;
mod unit_number;

pub use agency::{Agency, Hours, Officer, Post, Role};
pub use body::{
    EntryBody, FindingCategory, ImageConclusion, ItemDifference, ItemOutcome, SealComparison,
    SealFound, Severity,
};
pub use brought::{
    BroughtImage, BroughtRecord, Fit, ImageFacts, ImageKind, PhotoRecord, fits, scans,
};
pub use checklist::{
    AnswerRecord, AskedWhen, Checklist, ChecklistRecord, Given, ListAnswer, ListFault, ListOption,
    ListRef, Question, QuestionKind, Translated, UNITS, accepts, answers_by_question, may_answer,
    needs_lists,
};
pub use coded::UnknownCode;
pub use consignment::{Bill, BillLevel, Consignment, GoodsItem, Kilograms, Party, PartyRole};
pub use decision::{Condition, ConditionCode, Decision, Purpose, RefusalAction, RefusalFamily};
pub use entry::{
    ChainFault, Entry, EntryHash, EntryPayload, SignedEntry, UnreadableEntry, public_key,
    sign_entry,
};
pub use exam::{CheckKind, CheckResult, ExamType, Lane, Priority};
pub use hold::{Hold, HoldLevel, HoldReason, HoldType};
pub use identifiers::{CountryCode, HsCode, InvalidIdentifier, Mrn, UnLocode};
pub use ids::{BlobHash, DeviceId, EntryId, HoldId, InspectionId, InvalidHash, OfficerId};
pub use insight::{
    Alarm, AlarmFacts, Counted, FEW, Facts, Figure, FigureRow, FigureTable, Group, HoldFacts,
    Measure, Scope, SectionFacts, Stage, facts,
};
pub use inspection::{
    AgencyTask, Answer, Inspection, Reference, ReferenceKind, Scan, Selection, Slot, SlotAgency,
};
pub use joint::{
    ConclusionRecord, JointRecord, RecordStage, Signatory, SignatureRecord, SlotAnswer, SlotState,
    Span, Stroke, Unsigned,
};
pub use judgement::{Judgement, judge, only_one_stands};
pub use language::PaperLanguage;
pub use measure::{
    NewSeal, NewSealRecord, Reading, ReadingKind, ReadingRecord, SideCondition, Treatment,
    TreatmentKind, TreatmentRecord, UnitPoint, UnitRecord, UnitSide,
};
pub use movement::{NodeKind, NodeReading, Passage, ReadBy, Step, steps};
pub use plausibility::{Mismatch, Place, mismatches};
pub use practice::{
    Deal, PracticeOutcome, PracticeResult, PracticeScore, PracticeThreat, Projected, deal,
    is_for_practice,
};
pub use projection::project;
pub use queue::{Queue, Waits, waits};
pub use quiet::{NoQuietHours, QuietHours};
pub use record::{is_of_record, record_hash};
pub use refusal::Refusal;
pub use region::{Bounds, Confidence, Pixel, RegionCategory, RegionShape, RegionVerdict};
pub use release::{ReleaseBlock, release_blocks, without_hold};
pub use review::{
    AssignmentRecord, Audience, CommentRecord, NewComment, OpinionRecord, OpinionWait, may_name,
    reserved_for, wants_assigning,
};
pub use rival::rival;
pub use rules::{allow, may_act_for, may_supersede, not_yet_corrected, successor};
pub use sample::{
    Analysis, Conservation, CustodyRecord, CustodyStep, Sample, SampleConclusion, SampleReason,
    SampleRecord, SampleResult,
};
pub use state::{
    CheckRecord, DecisionRecord, FindingRecord, HoldRecord, ImageRecord, ItemRecord, ItemRelease,
    Openness, Override, RegionJudgement, RegionRecord, SealRecord, Section, SectionState, State,
    Withdrawal,
};
pub use summary::{AgencyState, AgencyStatus, Row, summarise};
pub use unit::{
    Alert, AlertKind, DeclaredSeal, Reefer, SealClass, SealCondition, SealParty, Unit, UnitKind,
    Weighing,
};
pub use unit_number::{CheckDigit, UnitNumber};
