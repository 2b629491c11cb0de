//! The desk: what it holds, and how it is opened, served and closed.

use std::collections::HashSet;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use jiff::Timestamp;
use outpost_api::PostInfo;
use outpost_db::{Store, StoreError};
use outpost_domain::{InspectionId, Officer};
use outpost_protocol::{
    Event, Line, Notice, Problem, Progress, Request, Status, StoreState, Workstation,
};
use outpost_sync::{Address, News, Replicator};

use crate::alerts::Told;
use crate::central::Central;
use crate::managed::Managed;
use crate::pipe::{self, Windows};
use crate::preview::Previewer;
use crate::settings::{AT_LOGIN, AtLogin, keep_known};
use crate::teller::Teller;
use crate::words::problem;

/// Where the store's key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChoice {
    /// The keyring, or a passphrase asked for in the window where there is none.
    Ask,
    /// This passphrase: for scripts and tests.
    Passphrase(String),
    /// The key itself, 32 bytes: for tests.
    Raw([u8; 32]),
}

/// What a desk is opened with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// The central as it was given at the start or laid down; its URL is empty when it is chosen in the window.
    pub address: Address,
    /// The store's key.
    pub key: KeyChoice,
    /// The folder of the log, for who looks for it; `None` where none is written.
    pub logs: Option<PathBuf>,
    /// The folder into which papers and calendars are written, in plain text.
    pub documents: PathBuf,
    /// Bytes of the disk that are kept free for what officers record: below it no radiograph is fetched.
    pub keep_free: u64,
    /// What an administrator has laid down.
    pub managed: Managed,
}

impl Config {
    /// What is kept free when nobody says otherwise: room for some hundred photos and all the text of years.
    pub const KEEP_FREE: u64 = 512_000_000;

    /// What the window is told of it.
    fn workstation(&self) -> Workstation {
        let told = |path: &Path| path.display().to_string();
        Workstation {
            logs: self.logs.as_deref().map(told),
            documents: Some(told(&self.documents)),
            ..Workstation::default()
        }
    }
}

/// A running desk; cheap to clone.
#[derive(Clone)]
pub struct Desk {
    pub(crate) inner: Arc<Inner>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk")
            .field("data", &self.inner.config.data)
            .finish_non_exhaustive()
    }
}

/// Who is told of the status; called from the teller's thread and must not block.
pub(crate) type Subscriber = Box<dyn Fn(&Status) + Send + Sync>;

pub(crate) struct Inner {
    pub(crate) config: Config,
    /// The store and its replicator, once the key was had.
    pub(crate) open: RwLock<Option<Opened>>,
    pub(crate) state: Mutex<State>,
    pub(crate) windows: Windows,
    pub(crate) teller: Teller,
    pub(crate) subscribers: Mutex<Vec<Subscriber>>,
    /// Who shows papers, when somebody can.
    pub(crate) previewer: OnceLock<Previewer>,
    /// Who looks after the start at login, when somebody does.
    pub(crate) at_login: Mutex<Option<AtLogin>>,
    /// One act at a time between the look at the rules and the commit.
    pub(crate) recording: Mutex<()>,
    next_window: Mutex<Vec<Event>>,
}

/// An open store.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) store: Arc<Store>,
    pub(crate) replicator: Arc<Replicator>,
}

/// What is not in the store.
pub(crate) struct State {
    pub(crate) store: StoreState,
    pub(crate) line: Line,
    pub(crate) line_pulled: bool,
    pub(crate) last_exchange: Option<Timestamp>,
    pub(crate) clock_difference_ms: Option<i64>,
    pub(crate) progress: Option<Progress>,
    pub(crate) post: Option<PostInfo>,
    pub(crate) officer: Option<Officer>,
    pub(crate) session_expired: bool,
    pub(crate) trouble: Option<Problem>,
    /// Inspections that a window shows.
    pub(crate) shown: HashSet<InspectionId>,
    /// What the officer was told of the work, so that each thing is told once.
    pub(crate) told: Told,
    /// How the central is reached.
    pub(crate) central: Central,
    /// Whether Outpost starts with the session; `None` where nobody looks after that.
    pub(crate) at_login: Option<bool>,
}

/// A lock whose holder panicked: what it guards is plain values, good enough to go on with.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Opens the desk over a data folder. A store that cannot be opened is not an error here: the window is told
    /// in words, through [`Status::store`], and can give a passphrase.
    pub fn open(config: Config) -> Self {
        let central = Central::given(&config);
        let desk = Self {
            inner: Arc::new(Inner {
                config,
                open: RwLock::default(),
                state: Mutex::new(State {
                    store: StoreState::Locked,
                    line: Line::Unknown,
                    line_pulled: false,
                    last_exchange: None,
                    clock_difference_ms: None,
                    progress: None,
                    post: None,
                    officer: None,
                    session_expired: false,
                    trouble: None,
                    shown: HashSet::new(),
                    told: Told::default(),
                    central,
                    at_login: None,
                }),
                windows: Windows::default(),
                teller: Teller::default(),
                subscribers: Mutex::default(),
                previewer: OnceLock::new(),
                at_login: Mutex::default(),
                recording: Mutex::default(),
                next_window: Mutex::default(),
            }),
        };
        desk.inner.teller.start(&desk.inner);
        if let Some(notice) = crate::words::managed_refused(&desk.inner.config.managed) {
            desk.tell_next_window(notice);
        }
        desk.begin();
        desk
    }

    /// Serves one window until it closes its end of the pipe.
    pub fn serve(&self, reader: impl BufRead, writer: impl Write + Send + 'static) {
        let desk = self.clone();
        let slow = |request: &Request| {
            matches!(
                request,
                Request::SignIn { .. }
                    | Request::Unlock { .. }
                    | Request::Verify
                    | Request::Storage
                    | Request::WriteDiagnosis
                    | Request::Assign { .. }
                    | Request::Figure { .. }
                    | Request::BehindFigure { .. }
                    | Request::Practice
                    | Request::DealPractice { .. }
                    | Request::KeepPractice { .. }
                    | Request::WriteFigures { .. }
                    | Request::Preview { .. }
                    | Request::WriteBundle
                    | Request::TakeBundle { .. }
                    | Request::SetCentral { .. }
            )
        };
        pipe::serve(
            &self.inner.windows,
            reader,
            writer,
            slow,
            move |request, bytes| desk.carry_out(request, bytes),
        );
        self.state().shown.clear();
    }

    /// Calls `subscriber` with every new status, from a thread of the desk.
    pub fn subscribe(&self, subscriber: impl Fn(&Status) + Send + Sync + 'static) {
        lock(&self.inner.subscribers).push(Box::new(subscriber));
        self.inner.teller.status_to_everyone();
    }

    /// Calls `told` with every word to the officer, for desktop notifications.
    pub fn on_notice(&self, told: impl Fn(&Notice) + Send + Sync + 'static) {
        self.inner.teller.on_notice(Box::new(told));
    }

    /// Tells the next window that joins.
    pub fn tell_next_window(&self, notice: Notice) {
        lock(&self.inner.next_window).push(Event::Notice(notice));
    }

    /// Tells the windows that are there, or else the next one that joins.
    pub(crate) fn tell_or_keep(&self, event: Event) {
        let mut kept = lock(&self.inner.next_window);
        if self.inner.windows.is_empty() {
            kept.push(event);
        } else {
            self.tell(&event);
        }
    }

    /// Tells a window that has joined what waited for one.
    pub(crate) fn tell_what_waited(&self) {
        let kept = std::mem::take(&mut *lock(&self.inner.next_window));
        for event in kept {
            match event {
                Event::Notice(notice) => self.inner.teller.notice(notice),
                event => self.tell(&event),
            }
        }
    }

    /// Asks the window to come to the front.
    pub fn raise_window(&self) {
        self.tell(&Event::Raise);
    }

    /// Sends and fetches at once.
    pub fn sync_now(&self) {
        if let Ok(open) = self.opened() {
            open.replicator.wake();
        }
    }

    /// Ends the replicator and closes the store. What was saved is durable already.
    pub fn shutdown(&self) {
        let open = self
            .inner
            .open
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(open);
        self.inner.teller.stop();
    }

    /// The status, as a window is told it.
    pub fn status(&self) -> Status {
        let open = self.opened().ok();
        let store = open.as_ref().map(|o| o.store.as_ref());
        // A store that does not answer must not read as "nothing waits" or "nobody works here": it is told as what is
        // stuck.
        let mut unread = None;
        let totals = read(store, &mut unread, "what waits", Store::outbox_totals);
        let mut settings = read(store, &mut unread, "the settings", Store::settings);
        let managed = &self.inner.config.managed.settings;
        let officers = read(store, &mut unread, "the officers", Store::officers);
        let receipt = read(store, &mut unread, "the receipts", Store::unfit_receipt);
        let state = self.state();
        keep_known(&mut settings, state.officer.as_ref().map(|o| o.id));
        settings.extend(managed.clone());
        // What is laid down about it may not have been possible: told is what is.
        settings.remove(AT_LOGIN);
        settings.extend(state.at_login.map(|on| {
            let value = if on { "on" } else { "off" };
            (AT_LOGIN.to_owned(), value.to_owned())
        }));
        let mut workstation = Workstation {
            previews: self.inner.previewer.get().is_some(),
            ..self.inner.config.workstation()
        };
        state.central.tell(&mut workstation);
        let demonstration = state.post.as_ref().and_then(|p| p.demonstration.as_ref());
        Status {
            store: state.store.clone(),
            line: state.line.clone(),
            last_exchange: state.last_exchange,
            entries_waiting: totals.entries,
            blobs_waiting: totals.blobs,
            stuck: (totals.stuck + u64::from(receipt.is_some())).max(u64::from(unread.is_some())),
            stuck_reason: unread
                .or_else(|| totals.first_stuck.as_ref().map(crate::view::stuck))
                .or_else(|| receipt.as_ref().map(crate::words::unfit_receipt))
                .or_else(|| state.trouble.clone()),
            progress: state.progress.clone(),
            post: state.post.as_ref().map(|p| p.post.clone()),
            officers,
            officer: state.officer.clone(),
            session_expired: state.session_expired,
            demonstration_pin: demonstration.map(|d| d.pin.clone()),
            line_pulled: state.line_pulled,
            device: store.map(Store::device),
            central: state.central.address.url.clone(),
            clock_difference_ms: state.clock_difference_ms,
            settings,
            managed: managed.keys().cloned().collect(),
            workstation,
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.inner.state)
    }

    /// The open store.
    pub(crate) fn opened(&self) -> Result<Opened, Problem> {
        self.inner
            .open
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .ok_or_else(|| problem("store-locked", [], "the store is not open"))
    }

    /// The officer who is signed in.
    pub(crate) fn officer(&self) -> Result<Officer, Problem> {
        self.state()
            .officer
            .clone()
            .ok_or_else(|| problem("not-signed-in", [], "nobody is signed in"))
    }

    /// Takes in what the replicator tells.
    pub(crate) fn hear(&self, news: News) {
        match news {
            News::Line(line) => {
                note_line(&line);
                let mut state = self.state();
                state.line = line;
                state.trouble = None;
            }
            News::Exchange { at, server_time } => {
                let mut state = self.state();
                state.last_exchange = Some(at);
                state.clock_difference_ms =
                    Some(at.as_millisecond() - server_time.as_millisecond());
                drop(state);
                self.note_exchange(at);
            }
            News::Post(info) => self.state().post = Some(*info),
            News::Changed(inspections) => self.inner.teller.changed(inspections),
            News::Outbox => self.state().trouble = None,
            News::Progress(progress) => self.state().progress = progress,
            News::SessionExpired(officer) => {
                let mut state = self.state();
                if state.officer.as_ref().is_some_and(|o| o.id == officer) {
                    state.session_expired = true;
                }
            }
            News::Blob(blob) => self.inner.teller.blob(blob),
            News::Trouble(fault) => {
                let problem = fault.problem();
                tracing::warn!(code = problem.code, "an exchange went wrong");
                self.state().trouble = Some(problem);
            }
        }
        self.inner.teller.status();
    }

    fn note_exchange(&self, at: Timestamp) {
        if let Ok(open) = self.opened()
            && let Err(error) = open.store.note_exchange(at)
        {
            tracing::warn!(%error, "the time of the exchange was not kept");
        }
    }

    pub(crate) fn set_store_state(&self, store: StoreState) {
        self.state().store = store;
        self.inner.teller.status();
    }

    pub(crate) fn tell(&self, event: &Event) {
        self.inner.windows.tell(event);
    }
}

/// Notes the line by its code: what the central says in its own words may name people and is not for the log.
fn note_line(line: &Line) {
    match line {
        Line::Up { .. } => tracing::info!("the line is up"),
        Line::Down { problem, .. } => tracing::info!(code = problem.code, "the line is down"),
        Line::Unknown => {}
    }
}

/// What `ask` says of the store; nothing without a store, or when it does not answer, which is noted in `unread`.
fn read<T: Default>(
    store: Option<&Store>,
    unread: &mut Option<Problem>,
    what: &str,
    ask: impl FnOnce(&Store) -> Result<T, StoreError>,
) -> T {
    let Some(store) = store else {
        return T::default();
    };
    ask(store).unwrap_or_else(|error| {
        tracing::error!(%error, "{what} could not be read");
        unread.get_or_insert(crate::opening::why_not_open(&error));
        T::default()
    })
}
