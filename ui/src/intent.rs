//! What an officer may want of the window, as one enum; [`crate::acts`] gives each act its key and its title.
//!
//! Views return intents, keys and the command palette make them, and [`crate::window`] alone carries them out, so
//! that every act has one place.

use std::path::PathBuf;

use egui::KeyboardShortcut;
use jiff::civil::Date;
use outpost_domain::{EntryBody, InspectionId, OfficerId, Queue, Span};
use outpost_protocol::{Document, Sheet};

use crate::screens::import;
use crate::screens::insights::Wish as FigureWish;
use crate::screens::practice;
use crate::screens::settings::central;
use crate::screens::worklist::beside::Wish;
use crate::screens::worklist::views::SavedView;

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Place {
    /// What is assigned to the post.
    #[default]
    Worklist,
    /// The day's joint inspections.
    Agenda,
    /// One inspection.
    Inspection,
    /// Scans and photos from a folder or stick.
    Import,
    /// The figures supervisors ask for.
    Insights,
    /// Practice with projected threats; reached by its key, the palette and a radiograph, not by the rail.
    Practice,
    /// Line, outbox, device.
    Sync,
    /// Language, theme, gloves.
    Settings,
}

/// Which rows the worklist shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Filter {
    /// Every inspection of the post.
    #[default]
    Post,
    /// Those assigned to who is signed in.
    Mine,
    /// Those that somebody holds.
    Held,
    /// Those in which something does not add up.
    Doubtful,
    /// Those with entries that are not at the central.
    Unsent,
    /// Those that stand in a queue.
    Queue(Queue),
}

/// In which order the worklist stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// By lane, within it by what waits longest.
    #[default]
    Lane,
    /// What waits longest first.
    Oldest,
    /// What came last first.
    Newest,
    /// What is due first.
    Due,
    /// The most urgent first.
    Priority,
}

/// What an officer wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Goes to a page.
    Go(Place),
    /// Puts the keyboard into the search field.
    FocusSearch,
    /// Searches for these words; none shows everything.
    Search(String),
    /// Shows only these rows.
    Show(Filter),
    /// Shows this queue, from whichever page.
    ShowQueue(Queue),
    /// Shows the next queue in which something stands.
    NextQueue,
    /// Puts the rows into this order.
    Order(Sort),
    /// Moves the selection by so many rows.
    Move(i64),
    /// Selects the first row.
    First,
    /// Selects the last row.
    Last,
    /// Selects this inspection.
    Select(InspectionId),
    /// Opens the selected inspection.
    OpenSelected,
    /// Opens this inspection.
    Open(InspectionId),
    /// Takes the own agency's section of the selected inspection in hand.
    ClaimSelected,
    /// Opens the dialog that keeps views of the worklist.
    Views,
    /// Keeps these views for who is signed in, in the place of those before.
    KeepViews(Vec<SavedView>),
    /// Shows the view of this number.
    ShowView(usize),
    /// Marks this row of the worklist, or the selected one; a marked one loses its mark.
    Mark(Option<InspectionId>),
    /// Marks the selected row and the one so many rows on, to which the selection moves.
    MarkMoving(i64),
    /// Takes every mark away.
    ClearMarks,
    /// Something on the selected inspection, beside the list.
    Beside(Wish),
    /// Back to where one came from: out of the search, out of the inspection.
    Back,
    /// Shows a day of the agenda.
    Day(Date),
    /// Moves the agenda by so many days.
    TurnDays(i64),
    /// Shows today in the agenda.
    Today,
    /// Sends and fetches at once.
    SendNow,
    /// Writes what waits into a bundle.
    WriteBundle,
    /// Takes in the central's answer to a bundle, a file of this name.
    HandIn(PathBuf),
    /// Asks for the central's answer to a bundle and takes it in.
    TakeBundle,
    /// Verifies the whole journal.
    Verify,
    /// Writes the file for who looks after the laptop.
    WriteDiagnosis,
    /// Pulls or plugs the demonstration's line.
    PullLine(bool),
    /// Pulls the demonstration's line when it is up, plugs it when it is down.
    ToggleLine,
    /// Shows a week of the agenda, or a day.
    AgendaWeek(bool),
    /// Takes up the next slot of the agenda, to be moved with keys.
    TakeUp,
    /// Proposes the time that an agency asked for, after a word.
    TakeWish,
    /// Opens an inspection at its joint part.
    OpenJoint(InspectionId),
    /// Proposes another slot.
    Propose(Box<Proposal>),
    /// Opens the form for a slot, with this place and time in it.
    ProposeSlot(Box<SlotWish>),
    /// Writes a paper of the inspection that is shown.
    Write(Document),
    /// Writes the agenda's day.
    WriteDay(Sheet),
    /// Asks for a calendar file and reads it.
    ReadCalendar,
    /// Leaves what a calendar told.
    CloseCalendar,
    /// Opens the file that was written last with the system's program for it.
    OpenWritten,
    /// Puts the word about the file that was written away.
    CloseWritten,
    /// Opens an inspection at what is stuck in it.
    OpenStuck(InspectionId),
    /// Keeps a setting of this workstation.
    Set(&'static str, String),
    /// Reaches the central as was typed.
    SetCentral(Box<central::Wish>),
    /// Leaves what was typed about the central.
    LeaveCentral,
    /// Asks for the file of a certificate.
    ChooseCertificate(central::Which),
    /// Between light and dark.
    ToggleTheme,
    /// Larger targets and text on or off.
    ToggleGloves,
    /// Opens the store with a passphrase, or creates it with one.
    Unlock(String),
    /// Signs an officer in.
    SignIn(OfficerId, String),
    /// Signs the officer out.
    SignOut,
    /// Asks for the PIN again, because the session at the central has ended.
    SignInAgain,
    /// Leaves the sign-in that was asked for again.
    CancelSignIn,
    /// Opens or closes the command palette.
    Palette,
    /// Opens or closes the sheet of all keys.
    Keys,
    /// Closes the word to the officer.
    CloseWord,
    /// Something of the page of figures.
    Insights(FigureWish),
    /// Something of the page of practice.
    Practice(practice::Wish),
    /// Something of the page of scans and photos from a folder.
    Import(import::Wish),
    /// Presses a key of the inspection screen in the officer's place.
    Press(KeyboardShortcut),
}

/// A slot to be proposed for an inspection that need not be open.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The inspection.
    pub inspection: InspectionId,
    /// Its version.
    pub version: u64,
    /// The entry.
    pub body: EntryBody,
}

/// A slot that somebody else's calendar tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotWish {
    /// The inspection.
    pub inspection: InspectionId,
    /// The bay, as the calendar calls it.
    pub bay: String,
    /// When.
    pub span: Span,
}
