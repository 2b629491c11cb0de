//! Requests, replies and events. One line of doc each; this file is the product in short.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use outpost_domain::{
    BlobHash, Counted, EntryBody, EntryId, Figure, FigureTable, Group, InspectionId, Officer,
    OfficerId, PaperLanguage, PracticeResult, Scope,
};
use serde::{Deserialize, Serialize};

use crate::workstation::{Certificate, Storage};
use crate::{
    AgendaSlot, CalendarProposal, CalendarRefusal, Draft, FileMatch, FoundFile, Opened, OutboxLine,
    PracticeCase, Practised, Status, Verification, WorklistRow,
};

/// A request with the number under which it is answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Chosen by the window, growing.
    pub id: u64,
    /// What is asked.
    pub request: Request,
}

/// What the desk says: an answer, or an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "kebab-case")]
pub enum Said {
    /// The request was carried out.
    Reply {
        /// The request's number.
        id: u64,
        /// The answer.
        reply: Reply,
    },
    /// The request could not be carried out.
    Refusal {
        /// The request's number.
        id: u64,
        /// Why.
        problem: Problem,
    },
    /// Something happened.
    Event {
        /// What.
        event: Event,
    },
}

/// What the window asks of the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Request {
    /// The first message: names the protocol's version. Answered by [`Reply::Welcome`].
    Hello {
        /// [`crate::PROTOCOL_VERSION`] of the window.
        protocol: u32,
    },
    /// Opens the store with a passphrase, or creates it with one where there is no keyring.
    Unlock {
        /// The passphrase.
        passphrase: String,
    },
    /// Signs an officer in. [`Reply::SignedIn`]; rows follow as [`Event::Rows`].
    SignIn {
        /// Who.
        officer: OfficerId,
        /// The officer's PIN.
        pin: String,
    },
    /// Signs the officer out; entries that wait stay theirs.
    SignOut,
    /// Finds inspections by any part of unit, MRN, bill, consignee, goods or HS. [`Reply::Found`].
    Search {
        /// As typed.
        text: String,
        /// The most ids wanted.
        limit: u32,
    },
    /// Opens an inspection; the desk then tells of its changes. [`Reply::Opened`].
    Open {
        /// Which.
        inspection: InspectionId,
    },
    /// The window no longer shows this inspection.
    Close {
        /// Which.
        inspection: InspectionId,
    },
    /// Records an act. Answered by [`Reply::Saved`] only after the commit is durable.
    Record {
        /// The inspection.
        inspection: InspectionId,
        /// What the officer did.
        body: EntryBody,
        /// The inspection's version on the screen.
        based_on: u64,
        /// The entry that this one replaces or takes back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supersedes: Option<EntryId>,
        /// Who signs it, when that is not the officer who is signed in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Signer>,
        /// The officer of the same agency for whom the author acts; recorded as such.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<OfficerId>,
    },
    /// Gives inspections to an officer of the own agency, an entry each. [`Reply::Assigned`].
    Assign {
        /// Which.
        inspections: Vec<InspectionId>,
        /// To whom.
        to: OfficerId,
    },
    /// Keeps a file: the raw bytes follow. [`Reply::Stored`].
    PutBlob {
        /// `image/jpeg`, `image/png`, …
        media_type: String,
        /// The file's name, for the officer's eyes only.
        name: String,
    },
    /// Reads a part of a blob from the encrypted cache. [`Reply::Bytes`], the raw bytes follow.
    GetBlob {
        /// Which.
        blob: BlobHash,
        /// First byte wanted.
        offset: u64,
        /// The most bytes wanted.
        length: u64,
    },
    /// Which inspections files that were found in a folder may be of. Nothing is recorded. [`Reply::Matched`].
    MatchFiles {
        /// The files; at most [`MOST_FILES`] are looked up.
        files: Vec<FoundFile>,
    },
    /// Keeps what is being typed; survives a crash. An empty text drops the draft. [`Reply::Done`].
    SaveDraft {
        /// The draft.
        draft: Draft,
    },
    /// The slots of one or several days at the post. [`Reply::Agenda`].
    Agenda {
        /// The first day, in the post's zone.
        day: Date,
        /// How many days; at most 42 are told.
        #[serde(default = "one_day", skip_serializing_if = "is_one_day")]
        days: u8,
    },
    /// Writes a paper of an inspection into the documents folder, as the signed-in officer's agency may see it.
    /// [`Reply::Written`].
    WriteDocument {
        /// The inspection.
        inspection: InspectionId,
        /// Which paper.
        document: Document,
        /// In which language.
        language: PaperLanguage,
    },
    /// Writes the slots of a day into the documents folder. [`Reply::Written`].
    WriteAgenda {
        /// The day, in the post's zone.
        day: Date,
        /// As what.
        sheet: Sheet,
        /// In which language.
        language: PaperLanguage,
    },
    /// Reads a calendar that somebody else wrote: the raw bytes follow. Nothing is recorded. [`Reply::CalendarRead`].
    ReadCalendar,
    /// A figure over a period. [`Reply::Figure`].
    Figure {
        /// Which.
        figure: Figure,
        /// Over what.
        scope: Scope,
    },
    /// The inspections from which a value of a figure was made. [`Reply::Counted`].
    BehindFigure {
        /// Of which figure.
        figure: Figure,
        /// Of which of its lines.
        group: Group,
        /// Over what.
        scope: Scope,
    },
    /// Writes the figures that the signed-in officer may see into the documents folder. [`Reply::Written`].
    WriteFigures {
        /// Over what.
        scope: Scope,
        /// As what.
        sheet: FigureSheet,
        /// In which language.
        language: PaperLanguage,
    },
    /// How the signed-in officer's practice stands. [`Reply::Practice`].
    Practice,
    /// Deals a scan to practise on. [`Reply::PracticeDealt`].
    DealPractice {
        /// The scan before: not again while there is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<BlobHash>,
    },
    /// Keeps the signed-in officer's answer on this laptop. It is no entry and is never sent. [`Reply::Practice`].
    KeepPractice {
        /// The answer with its truth.
        result: PracticeResult,
    },
    /// Shows a paper of the documents folder in a window of its own, where somebody can show one
    /// ([`Workstation::previews`](crate::Workstation::previews)). [`Reply::Done`].
    Preview {
        /// Where it was written, as [`Reply::Written`] told it.
        path: String,
    },
    /// Writes what waits into a bundle for the central, in the documents folder. [`Reply::BundleWritten`].
    WriteBundle,
    /// Takes in the central's answer to a bundle. [`Reply::BundleTaken`].
    TakeBundle {
        /// Where the file is.
        path: String,
    },
    /// What waits to be sent and why. [`Reply::Outbox`].
    Outbox,
    /// Sends an entry again that the central refused or that contends, with those behind it; the refusal's cause was
    /// put right elsewhere. [`Reply::Done`].
    OfferAgain {
        /// Which.
        entry: EntryId,
    },
    /// Verifies the whole journal: chain, signatures, blobs. [`Reply::Verified`].
    Verify,
    /// What takes the room on the laptop. [`Reply::Storage`].
    Storage,
    /// Writes a file for who looks after the laptop into the documents folder: versions, line, counts, storage, the log;
    /// nothing about people or inspections. [`Reply::Written`].
    WriteDiagnosis,
    /// Sends and fetches at once, without waiting for the next try.
    SyncNow,
    /// Pulls or plugs the line, in a demonstration only.
    PullLine {
        /// Whether it is to be down.
        down: bool,
    },
    /// Keeps a setting of this workstation: `language`, `theme`, `glove`, `text-size`, `quiet-hours`,
    /// `start-at-login`, `import-folder` (a folder that is looked through for scans and photos), an officer's views of the
    /// worklist. Settings come back in [`Status::settings`]. A value that does not fit is refused and not kept.
    Set {
        /// Its name.
        name: String,
        /// Its value; empty takes it away.
        value: String,
    },
    /// Reaches the central at another address, or with other certificates. Kept only when the central for which this
    /// laptop works answers there, or when it has worked for none yet. [`Reply::Done`].
    SetCentral {
        /// Its base URL.
        url: String,
        /// The central's own certificate authority.
        ca: Certificate,
        /// This workstation's certificate and key.
        identity: Certificate,
    },
}

/// A file that is written of an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Document {
    /// The joint inspection record, HTML.
    JointRecord,
    /// That the goods may not go, and why, HTML.
    HoldNotice,
    /// That the goods, or some of them, may go, HTML.
    ReleaseNotice,
    /// The form that goes with samples, HTML.
    SampleForm,
    /// The report on the units' seals, HTML.
    SealReport,
    /// The slot as iCalendar.
    Calendar,
    /// Other authorities' codes for holds, decisions and release, JSON.
    Codes,
}

/// As what a day's slots are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sheet {
    /// To be printed, HTML.
    DaySheet,
    /// iCalendar.
    Calendar,
}

/// As what figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureSheet {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// The shift report, HTML.
    ShiftReport,
}

const fn one_day() -> u8 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
const fn is_one_day(days: &u8) -> bool {
    *days == 1
}

/// An officer of the post who signs an act at another officer's workstation, with the own PIN.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Who.
    pub officer: OfficerId,
    /// The officer's PIN.
    pub pin: String,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({}, PIN)", self.officer)
    }
}

/// The desk's answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "kebab-case")]
pub enum Reply {
    /// To [`Request::Hello`].
    Welcome {
        /// The desk's build.
        version: String,
        /// Everything the status bar and the sign-in page need.
        status: Box<Status>,
    },
    /// To [`Request::SignIn`].
    SignedIn {
        /// Who.
        officer: Officer,
    },
    /// To [`Request::Search`].
    Found {
        /// The best first.
        inspections: Vec<InspectionId>,
        /// How many there are in all.
        total: u32,
    },
    /// To [`Request::Open`].
    Opened(Box<Opened>),
    /// To [`Request::Record`]: the entry is durable on this laptop.
    Saved {
        /// The entry.
        entry: EntryId,
        /// Its number in the device's chain.
        sequence: u64,
        /// When the act was recorded.
        at: Timestamp,
    },
    /// To [`Request::Assign`]: the entries of those that were given are durable on this laptop.
    Assigned {
        /// Those that were given.
        done: Vec<InspectionId>,
        /// Those that were not.
        not: Vec<NotAssigned>,
    },
    /// To [`Request::PutBlob`].
    Stored {
        /// Its content's hash.
        blob: BlobHash,
        /// Bytes.
        size: u64,
    },
    /// To [`Request::MatchFiles`], in the order of the request.
    Matched {
        /// What each may be of.
        files: Vec<FileMatch>,
    },
    /// To [`Request::GetBlob`]; the raw bytes follow.
    Bytes {
        /// First byte.
        offset: u64,
        /// Bytes of the whole blob.
        total: u64,
    },
    /// To [`Request::Agenda`].
    Agenda {
        /// The first day.
        day: Date,
        /// How many days.
        days: u8,
        /// Their slots, by begin.
        slots: Vec<AgendaSlot>,
    },
    /// To [`Request::WriteDocument`], [`Request::WriteAgenda`], [`Request::WriteFigures`] and [`Request::WriteDiagnosis`].
    Written {
        /// Where the file is.
        path: String,
    },
    /// To [`Request::ReadCalendar`].
    CalendarRead {
        /// Events that can be proposed, in the file's order.
        proposals: Vec<CalendarProposal>,
        /// Those that cannot, with the reason.
        refused: Vec<CalendarRefusal>,
    },
    /// To [`Request::Figure`].
    Figure {
        /// The figure; without lines when the period has nothing.
        table: FigureTable,
    },
    /// To [`Request::BehindFigure`].
    Counted {
        /// The first of them, 200 at most.
        inspections: Vec<Counted>,
        /// How many there are in all.
        total: u64,
    },
    /// To [`Request::Practice`] and [`Request::KeepPractice`].
    Practice(Practised),
    /// To [`Request::DealPractice`].
    PracticeDealt(Box<PracticeCase>),
    /// To [`Request::WriteBundle`].
    BundleWritten {
        /// Where the file is.
        path: String,
        /// Entries in it.
        entries: u64,
        /// Files in it.
        files: u64,
    },
    /// To [`Request::TakeBundle`].
    BundleTaken(BundleTaken),
    /// To [`Request::Outbox`].
    Outbox {
        /// By inspection, the oldest entry first.
        lines: Vec<OutboxLine>,
    },
    /// To [`Request::Verify`].
    Verified(Verification),
    /// To [`Request::Storage`].
    Storage(Storage),
    /// To everything that has no other answer.
    Done,
}

/// An inspection that could not be given to an officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotAssigned {
    /// Which.
    pub inspection: InspectionId,
    /// Its unit's number as read aloud; the id when the inspection is not here.
    pub unit: String,
    /// Why not.
    pub problem: Problem,
}

/// What the central's answer to a bundle brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleTaken {
    /// It, or an answer to a later bundle, was taken in before; only files may have come.
    pub again: bool,
    /// Entries that the central has now.
    pub accepted: u64,
    /// Entries that are stuck now.
    pub stuck: u64,
    /// Whether what has changed at the central was taken in; else the next bundle asks anew.
    pub changes: bool,
    /// Files that came.
    pub files: u64,
}

/// What the desk tells by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The status has changed.
    Status(Box<Status>),
    /// Worklist rows are new or have changed. After sign-in all rows come, in pages.
    Rows {
        /// New or changed rows.
        rows: Vec<WorklistRow>,
        /// Rows that are no longer there.
        removed: Vec<InspectionId>,
        /// Whether every row that is on the laptop has been told by now.
        complete: bool,
    },
    /// The open inspection has changed.
    Changed(Box<Opened>),
    /// A word to the officer.
    Notice(Notice),
    /// The program was started again or chosen in the tray: the window comes to the front.
    Raise,
    /// A link to an inspection was opened: the window comes to the front and shows it, once somebody is signed in.
    Show {
        /// Which.
        inspection: InspectionId,
    },
    /// The workstation ends: the window keeps what is being typed, as when the officer closes it, and goes.
    Leave,
}

/// Why a request was not carried out: a Fluent key with arguments, and the plain sentence for the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The end of the Fluent key `problem-<code>`.
    pub code: String,
    /// Its arguments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// The sentence in English, when the key is not known.
    pub detail: String,
}

/// A word to the officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Whether it is bad news.
    pub grave: bool,
    /// What to say.
    pub problem: Problem,
}
