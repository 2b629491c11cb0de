//! Opening the store: the keyring first, a passphrase where there is none, and every failure in words.

use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use outpost_db::keys::presence;
use outpost_db::{KeyError, KeySource, Presence, Store, StoreError};
use outpost_protocol::{Problem, StoreState};
use outpost_sync::{Client, Replicator};

use crate::desk::{Desk, KeyChoice, Opened, lock};
use crate::words::{self, problem};

/// How long the keyring may take at the start before the window opens and says that it is waited for.
const KEYRING: Duration = Duration::from_secs(3);

impl Desk {
    /// Opens the store, as far as that goes without asking anybody. A keyring that does not answer, because it asks
    /// for its own password or hangs, is not waited for: the window says so, and the store opens when it has answered.
    pub(crate) fn begin(&self) {
        if self.inner.config.key != KeyChoice::Ask {
            return self.set_store_state(self.open_at_start());
        }
        let (tell, opened) = channel();
        // Whether nobody listens for the answer any more; held while it is told, so that none is lost.
        let late = Arc::new(Mutex::new(false));
        let (desk, told_late) = (self.clone(), late.clone());
        let started = std::thread::Builder::new()
            .name("opening".to_owned())
            .spawn(move || {
                let state = desk.open_at_start();
                let late = lock(&told_late);
                if *late {
                    desk.opened_late(state);
                } else if tell.send(state).is_err() {
                    tracing::error!("nobody heard how the store was opened");
                }
            });
        if let Err(error) = started {
            tracing::error!(%error, "no thread to open the store");
            return self.set_store_state(self.open_at_start());
        }
        let mut state = opened.recv_timeout(KEYRING).ok();
        if state.is_none() {
            let mut late = lock(&late);
            state = opened.try_recv().ok();
            *late = state.is_none();
        }
        self.set_store_state(state.unwrap_or_else(|| {
            tracing::warn!("the keyring has not answered; the window opens without it");
            StoreState::Failed {
                problem: problem("keyring-waits", [], "the keyring has not answered yet"),
            }
        }));
    }

    /// The keyring has answered after all.
    fn opened_late(&self, state: StoreState) {
        let open = state == StoreState::Open;
        self.set_store_state(state);
        if open {
            self.tell_what_waited();
        }
    }

    /// What can be done without asking anybody.
    fn open_at_start(&self) -> StoreState {
        let data = &self.inner.config.data;
        let opened = match &self.inner.config.key {
            KeyChoice::Passphrase(words) => self.open_with(&KeySource::Passphrase(words.clone())),
            KeyChoice::Raw(key) => self.open_with(&KeySource::Raw(*key)),
            KeyChoice::Ask => match presence(data) {
                Ok(Presence::Present { keyring: false, .. }) => return StoreState::Locked,
                Ok(_) => self.open_with(&KeySource::Keyring),
                Err(error) => Err(StoreError::Key(error)),
            },
        };
        match opened {
            Ok(()) => StoreState::Open,
            Err(error) => self.ask_or_fail(&error),
        }
    }

    /// Without a keyring a passphrase is asked for; everything else is told.
    fn ask_or_fail(&self, error: &StoreError) -> StoreState {
        tracing::warn!(%error, "the store was not opened");
        let asks = self.inner.config.key == KeyChoice::Ask;
        match (error, presence(&self.inner.config.data)) {
            (StoreError::Key(_), Ok(Presence::Absent)) if asks => StoreState::NeedsNewPassphrase,
            (
                StoreError::Key(_),
                Ok(Presence::Present {
                    passphrase: true, ..
                }),
            ) if asks => StoreState::Locked,
            _ => StoreState::Failed {
                problem: why_not_open(error),
            },
        }
    }

    /// Opens, or creates, with the passphrase the officer gave.
    pub(crate) fn unlock(&self, passphrase: String) -> Result<(), Problem> {
        self.open_with(&KeySource::Passphrase(passphrase))
            .map_err(|error| why_not_open(&error))?;
        self.set_store_state(StoreState::Open);
        self.tell_what_waited();
        Ok(())
    }

    fn open_with(&self, source: &KeySource) -> Result<(), StoreError> {
        if self.opened().is_ok() {
            return Ok(());
        }
        let store = Arc::new(open_or_create(&self.inner.config.data, source)?);
        // As long as the damaged store lies there somebody has to look at it: what it holds may be evidence.
        let salvaged = store.salvaged()?;
        if let Some(salvaged) = salvaged.filter(|s| store.dir().join(&s.file).exists()) {
            self.tell_next_window(words::salvaged(&salvaged));
        }
        {
            let mut state = self.state();
            state.post = store.post_info()?;
            state.last_exchange = store.last_exchange()?;
        }
        self.take_up_central(&store)?;
        let replicator = self.replicate(&store)?;
        *self
            .inner
            .open
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Opened {
            store,
            replicator: Arc::new(replicator),
        });
        Ok(())
    }

    fn replicate(&self, store: &Arc<Store>) -> Result<Replicator, StoreError> {
        let cannot = |why: String| StoreError::StrangeAnswer(why);
        let client = Client::new(&self.address(), store.device())
            .map_err(|fault| cannot(fault.to_string()))?;
        // The desk outlives its replicator, but must not be kept alive by it.
        let desk = Arc::downgrade(&self.inner);
        let listener = Arc::new(move |news| {
            if let Some(inner) = desk.upgrade() {
                Self { inner }.hear(news);
            }
        });
        let keep_free = self.inner.config.keep_free;
        Replicator::start(store.clone(), client, keep_free, listener)
            .map_err(|e| cannot(e.to_string()))
    }
}

fn open_or_create(data: &Path, source: &KeySource) -> Result<Store, StoreError> {
    match Store::open(data, source) {
        Err(StoreError::Missing(_)) => Store::create(data, source),
        Err(error @ StoreError::Damaged { .. }) => {
            tracing::error!(%error, "the store is damaged; what can be read is salvaged");
            let (store, salvaged) = Store::salvage(data, source, Timestamp::now())?;
            tracing::warn!(?salvaged, "the damaged store was set aside");
            Ok(store)
        }
        other => other,
    }
}

/// Why the store is not open, for the officer.
pub fn why_not_open(error: &StoreError) -> Problem {
    match error {
        StoreError::Newer { found, known } => problem(
            "store-newer",
            [("found", found.to_string()), ("known", known.to_string())],
            error,
        ),
        StoreError::InUse(_) => problem("store-in-use", [], error),
        StoreError::Damaged { file, .. } => {
            let file = file.display().to_string();
            problem("store-damaged", [("file", file)], error)
        }
        StoreError::Undecryptable(file) => {
            let file = file.display().to_string();
            problem("store-undecryptable", [("file", file)], error)
        }
        StoreError::NamelessStore => problem("store-nameless", [], error),
        StoreError::Full => problem("store-full", [], error),
        StoreError::Key(key) => match key {
            KeyError::WrongPassphrase => problem("wrong-passphrase", [], error),
            KeyError::ShortPassphrase { least } => problem(
                "passphrase-too-short",
                [("characters", least.to_string())],
                error,
            ),
            KeyError::NoKeyring | KeyError::NoCollection => problem("keyring-absent", [], error),
            KeyError::KeyringLocked | KeyError::KeyringFailed(_) => {
                problem("keyring-locked", [], error)
            }
            _ => problem("store-no-key", [], error),
        },
        other if other.is_read_only() => problem("store-read-only", [], error),
        _ => problem("store-failed", [], error),
    }
}
