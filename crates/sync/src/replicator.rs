//! The replicator: one thread that keeps store and central in step, whatever the line does.
//!
//! A cycle sends what waits (decisions before findings before files), takes in what is new, then moves files.
//! Between the parts of a file it looks for new entries, so that a decision never waits behind a photo. A cycle
//! begins when an entry was appended, when the central nudges, when a wait after a failure is over, or when
//! somebody asks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use outpost_api::PostInfo;
use outpost_db::Store;
use outpost_domain::{BlobHash, InspectionId, OfficerId};
use outpost_protocol::{Line, Progress};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::line::{LineState, Stage};
use crate::nudges::Nudges;
use crate::{Client, Fault};

/// What the replicator tells.
#[derive(Debug, Clone)]
pub enum News {
    /// The line went up or down.
    Line(Line),
    /// The central answered.
    Exchange {
        /// The laptop's clock.
        at: Timestamp,
        /// The central's clock.
        server_time: Timestamp,
    },
    /// Post and officers as the central knows them.
    Post(Box<PostInfo>),
    /// These inspections have another snapshot, other entries or other outcomes.
    Changed(Vec<InspectionId>),
    /// Something in the outbox moved.
    Outbox,
    /// How far a fetch is; `None` when nothing is being fetched.
    Progress(Option<Progress>),
    /// An officer's session ended; somebody should sign in again. Local work goes on.
    SessionExpired(OfficerId),
    /// A blob arrived.
    Blob(BlobHash),
    /// One exchange went wrong while the line is up.
    Trouble(Fault),
}

/// Who is told; called from the replicator's thread and must not block.
pub type Listener = Arc<dyn Fn(News) + Send + Sync>;

/// How long to wait without a nudge before asking anyway.
const POLL: Duration = Duration::from_secs(20);

/// How long what the central said of the post is good.
const POST_AGAIN: Duration = Duration::from_mins(5);

/// How long a broken stream of nudges is left alone at first, and at most.
const NUDGES_AGAIN: Duration = Duration::from_secs(2);
const NUDGES_AT_LAST: Duration = Duration::from_secs(5);

/// A running replicator; stops when dropped.
pub struct Replicator {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    wake: Arc<Notify>,
    /// Another client waits to take the place of the one in use.
    turned: Notify,
    next: Mutex<Option<Client>>,
    pulled: AtomicBool,
    stopping: AtomicBool,
    /// A blob that the officer looks at now is fetched before all others.
    wanted: Mutex<Option<BlobHash>>,
}

impl std::fmt::Debug for Replicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replicator").finish_non_exhaustive()
    }
}

impl Replicator {
    /// Starts the thread. Files are fetched only while `keep_free` bytes stay free on the disk.
    ///
    /// # Errors
    /// When the system gives no thread or no runtime.
    pub fn start(
        store: Arc<Store>,
        client: Client,
        keep_free: u64,
        listener: Listener,
    ) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let shared = Arc::new(Shared {
            wake: Arc::default(),
            turned: Notify::new(),
            next: Mutex::default(),
            pulled: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
            wanted: Mutex::default(),
        });
        let worker = Worker {
            store,
            client,
            keep_free,
            little_room: false,
            listener,
            shared: shared.clone(),
            line: LineState::new(),
            stage: Stage::Post,
            nudges: None,
            nudges_since: None,
            nudges_wait: NUDGES_AGAIN,
            with_session: false,
            post_seen: None,
        };
        let thread = std::thread::Builder::new()
            .name("sync".to_owned())
            .spawn(move || runtime.block_on(worker.run()))?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Something waits to be sent, a session is new, or the officer asks: begin at once.
    pub fn wake(&self) {
        self.shared.wake.notify_one();
    }

    /// Goes on with another client, at once: the central has another address, or the network is another one and what
    /// is under way on the old connections will not be answered. What was sent and not answered is sent again.
    pub fn turn_to(&self, client: Client) {
        *self.shared.next() = Some(client);
        self.shared.turned.notify_one();
        self.wake();
    }

    /// Pulls or plugs the line, for demonstrations.
    pub fn pull_line(&self, down: bool) {
        self.shared.pulled.store(down, Ordering::Release);
        self.wake();
    }

    /// Fetches this blob before all others.
    pub fn want(&self, blob: BlobHash) {
        *self
            .shared
            .wanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(blob);
        self.wake();
    }
}

impl Drop for Replicator {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::Release);
        self.wake();
        // The listener may hold the last reference: a thread does not wait for itself.
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
            && thread.join().is_err()
        {
            tracing::error!("the replicator panicked");
        }
    }
}

impl Shared {
    fn next(&self) -> MutexGuard<'_, Option<Client>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread's own state.
pub(crate) struct Worker {
    pub(crate) store: Arc<Store>,
    pub(crate) client: Client,
    pub(crate) keep_free: u64,
    /// Whether the officer was told that files are not fetched for want of room.
    pub(crate) little_room: bool,
    pub(crate) listener: Listener,
    shared: Arc<Shared>,
    line: LineState,
    stage: Stage,
    nudges: Option<Nudges>,
    nudges_since: Option<Instant>,
    /// How long the stream is left alone when it breaks the next time.
    nudges_wait: Duration,
    /// Whether the last cycle had a session to go with.
    with_session: bool,
    post_seen: Option<Instant>,
}

impl Worker {
    async fn run(mut self) {
        let shared = self.shared.clone();
        while !self.stopping() {
            self.turn();
            let cycle = async {
                if self.pulled() {
                    Err(Fault::Pulled)
                } else {
                    self.cycle().await
                }
            };
            // A cycle that is left off between two answers is one whose answer was lost: nothing else is.
            let done = tokio::select! {
                done = cycle => done,
                () = shared.turned.notified() => {
                    self.tell(News::Progress(None));
                    continue;
                }
            };
            let (wait, asked_for) = match done {
                Ok(()) => (self.rest(), false),
                Err(fault) => (self.after(&fault), matches!(fault, Fault::Busy { .. })),
            };
            if self.stopping() {
                return;
            }
            self.pause(wait, asked_for).await;
        }
    }

    /// Takes the client that waits, when there is one.
    fn turn(&mut self) {
        let Some(client) = self.shared.next().take() else {
            return;
        };
        self.client = client;
        self.nudges = None;
        self.nudges_since = None;
        self.post_seen = None;
        self.line.begin_anew();
    }

    /// How long to rest after a cycle that went well. Without the stream nobody tells what others recorded: it is
    /// tried again soon, and what is new is asked for until then.
    fn rest(&self) -> Duration {
        let listens = self.nudges.as_ref().is_some_and(Nudges::listens);
        if listens || !self.with_session {
            POLL
        } else {
            self.nudges_wait
        }
    }

    /// Waits for a wake-up, at most `wait`. A pulled line stays so until the switch is turned, and a wait that the
    /// central asked for is kept whatever happens here.
    async fn pause(&self, wait: Duration, asked_for: bool) {
        let wake = self.shared.wake.clone();
        if self.pulled() {
            wake.notified().await;
            return;
        }
        let until = Instant::now() + wait;
        while tokio::time::timeout_at(until, wake.notified())
            .await
            .is_ok()
        {
            if !asked_for || self.pulled() || self.stopping() {
                return;
            }
        }
    }

    fn after(&mut self, fault: &Fault) -> Duration {
        if fault.is_line_down() {
            self.nudges = None;
            if self.line.failed(self.stage, Timestamp::now(), fault) {
                tracing::info!(%fault, "the line is down");
                self.tell(News::Line(self.line.line().clone()));
            }
        } else {
            tracing::warn!(%fault, "an exchange went wrong");
            self.tell(News::Trouble(fault.clone()));
        }
        self.tell(News::Progress(None));
        self.line.next_wait(fault)
    }

    async fn cycle(&mut self) -> Result<(), Fault> {
        self.stage = Stage::Post;
        self.refresh_post().await?;
        let session = self.session()?;
        self.with_session = session.is_some();
        let Some((officer, token)) = session else {
            // Without a session there is nothing more to ask.
            self.passed(Stage::Files);
            return Ok(());
        };
        self.listen(&token);
        match self.exchange(&token).await {
            // Put away, so that the next session is tried; nothing else is dropped.
            Err(Fault::SessionExpired) => {
                self.store.drop_session(officer)?;
                self.tell(News::SessionExpired(officer));
                self.shared.wake.notify_one();
                Ok(())
            }
            done => done,
        }
    }

    async fn exchange(&mut self, token: &str) -> Result<(), Fault> {
        self.stage = Stage::Push;
        self.push(token).await?;
        self.passed(Stage::Push);
        self.stage = Stage::Pull;
        self.pull(token).await?;
        self.fetch_receipt(token).await?;
        self.passed(Stage::Pull);
        self.stage = Stage::Files;
        let failed = self.send_files(token).await?;
        self.fetch_files(token).await?;
        if let Some(fault) = failed {
            return Err(fault);
        }
        self.passed(Stage::Files);
        Ok(())
    }

    /// Asks what the post is when the line was down, and now and then.
    async fn refresh_post(&mut self) -> Result<(), Fault> {
        let fresh = matches!(self.line.line(), Line::Up { .. })
            && self
                .post_seen
                .is_some_and(|seen| seen.elapsed() < POST_AGAIN);
        if fresh {
            return Ok(());
        }
        let info = self.client.post().await?;
        self.post_seen = Some(Instant::now());
        let applied = self.store.put_post_info(&info)?;
        if !applied.changed.is_empty() {
            self.tell(News::Changed(applied.changed));
        }
        self.answered(info.server_time);
        self.tell(News::Post(Box::new(info)));
        Ok(())
    }

    /// The session to go with: entries carry their authors' own signatures, so any session of this device may
    /// carry them. A customs session is preferred, since it alone is told why a unit was selected.
    fn session(&self) -> Result<Option<(OfficerId, String)>, Fault> {
        let mut sessions = self.store.sessions()?;
        sessions.sort_by_key(|s| {
            let customs = s.officer.agency == outpost_domain::Agency::Customs;
            (!customs, std::cmp::Reverse(s.expires_at))
        });
        Ok(sessions.into_iter().next().map(|s| (s.officer.id, s.token)))
    }

    fn listen(&mut self, token: &str) {
        let recent = self
            .nudges_since
            .is_some_and(|since| since.elapsed() < self.nudges_wait);
        let serves = self.nudges.as_ref().is_some_and(|n| n.serves(token));
        if serves || recent {
            return;
        }
        let lasted = self.nudges_since.is_none_or(|since| since.elapsed() > POLL);
        self.nudges_wait = if lasted {
            NUDGES_AGAIN
        } else {
            (self.nudges_wait * 2).min(NUDGES_AT_LAST)
        };
        self.nudges_since = Some(Instant::now());
        self.nudges = Some(Nudges::begin(
            self.client.clone(),
            token.to_owned(),
            self.shared.wake.clone(),
        ));
    }

    pub(crate) fn answered(&mut self, server_time: Timestamp) {
        let at = Timestamp::now();
        self.passed(Stage::Post);
        self.tell(News::Exchange { at, server_time });
    }

    fn passed(&mut self, stage: Stage) {
        if self.line.passed(stage, Timestamp::now()) {
            tracing::info!("the line is up");
            self.tell(News::Line(self.line.line().clone()));
        }
    }

    pub(crate) fn tell(&self, news: News) {
        (self.listener)(news);
    }

    pub(crate) fn stopping(&self) -> bool {
        self.shared.stopping.load(Ordering::Acquire)
    }

    pub(crate) fn pulled(&self) -> bool {
        self.shared.pulled.load(Ordering::Acquire)
    }

    /// Whether files should stand back: the line was pulled or the thread is to end.
    pub(crate) fn interrupted(&self) -> Result<(), Fault> {
        if self.pulled() || self.stopping() {
            Err(Fault::Pulled)
        } else {
            Ok(())
        }
    }

    pub(crate) fn wanted(&self) -> Option<BlobHash> {
        *self
            .shared
            .wanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
