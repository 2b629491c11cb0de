//! What every request shares.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use outpost_api::Demonstration;
use outpost_domain::UnLocode;
use tokio::sync::{Semaphore, broadcast, watch};

use crate::access::Tries;
use crate::blobs::BlobFiles;
use crate::bundles;
use crate::epoch::Life;
use crate::limits::{Gate, Limits};
use crate::measures::Measures;
use crate::notices::Patience;
use crate::problem::Failure;
use crate::signer::Signer;
use crate::store::Store;

/// The server's parts.
pub struct App {
    /// The database.
    pub store: Store,
    /// The content-addressed files.
    pub blobs: BlobFiles,
    /// The data folder.
    pub data: PathBuf,
    /// The central's key.
    pub signer: Signer,
    /// For whom bundles are sealed.
    pub bundle_recipient: String,
    /// Wrong PINs.
    pub tries: Tries,
    /// As many PINs are looked at at once as there are processors: each takes 19 MiB meanwhile, and anybody may ask.
    pub sign_ins: Semaphore,
    /// Minutes for which a session is good.
    pub token_minutes: i64,
    /// Days after its last byte at which an unfinished upload ends.
    pub upload_days: u32,
    /// Set in a demonstration.
    pub demonstration: Option<Demonstration>,
    /// The post of workstations that are not enrolled yet.
    pub default_post: UnLocode,
    /// Share of the requests that fail on purpose, for tests of clients.
    pub fail_rate: f64,
    /// Tells the posts' workstations that there is something to pull.
    pub nudges: broadcast::Sender<UnLocode>,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
    /// Uploads that a request is writing to.
    pub busy: Mutex<HashSet<String>>,
    /// How long deliveries of notices are tried.
    pub patience: Patience,
    /// Counts who asks for how much.
    pub gate: Gate,
    /// What is counted.
    pub measures: Measures,
    /// Held by the one probe of readiness that is under way.
    pub probing: Arc<Semaphore>,
    life: RwLock<Life>,
}

/// The parts that differ between servers; [`App::new`] adds the rest.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The data folder.
    pub data: PathBuf,
    /// Which life of the server this is.
    pub life: Life,
    /// Minutes for which a session is good.
    pub token_minutes: i64,
    /// Days after its last byte at which an unfinished upload ends.
    pub upload_days: u32,
    /// Set in a demonstration.
    pub demonstration: Option<Demonstration>,
    /// The post of workstations that are not enrolled yet.
    pub default_post: UnLocode,
    /// How much one sender may ask for.
    pub limits: Limits,
    /// Share of the requests that fail on purpose.
    pub fail_rate: f64,
    /// How long deliveries of notices are tried.
    pub patience: Patience,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Result<Arc<Self>, Failure> {
        let signer = Signer::load(&parts.store)?;
        tracing::info!(
            key = signer.public_key(),
            "receipts are signed with this key"
        );
        let bundle_recipient = bundles::identity(&parts.store)?.recipient();
        Ok(Arc::new(Self {
            signer,
            bundle_recipient,
            blobs: BlobFiles::open(&parts.data)?,
            store: parts.store,
            data: parts.data,
            tries: Tries::default(),
            sign_ins: Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from)),
            token_minutes: parts.token_minutes,
            upload_days: parts.upload_days,
            demonstration: parts.demonstration,
            default_post: parts.default_post,
            fail_rate: parts.fail_rate,
            nudges: broadcast::channel(256).0,
            stopping: parts.stopping,
            busy: Mutex::default(),
            patience: parts.patience,
            gate: Gate::new(parts.limits),
            measures: Measures::default(),
            probing: Arc::new(Semaphore::new(1)),
            life: RwLock::new(parts.life),
        }))
    }

    /// The server's clock.
    pub fn now() -> Timestamp {
        Timestamp::now()
    }

    /// Which life of the server this is.
    pub fn life(&self) -> Life {
        *self.life.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over the life that another process has begun.
    pub fn take_over(&self, now: Life) {
        *self.life.write().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Begins a new epoch, unless another request has done so since `seen`.
    pub fn renew(&self, seen: Life) -> Result<Life, Failure> {
        let mut life = self.life.write().unwrap_or_else(PoisonError::into_inner);
        if *life == seen {
            *life = seen.renew(&self.store, &self.data)?;
        }
        Ok(*life)
    }

    /// Whether a request is writing to this upload.
    pub fn is_busy(&self, upload: &str) -> bool {
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        busy.contains(upload)
    }

    /// Tells the workstations of `post` that there is something to pull. Nobody may be listening; that is no fault.
    pub fn nudge(&self, post: &UnLocode) {
        let _ = self.nudges.send(post.clone());
    }
}

/// Runs work that touches the disk away from the threads that serve.
pub async fn blocking<R: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<R, Failure> + Send + 'static,
) -> Result<R, Failure> {
    let app = Arc::clone(app);
    tokio::task::spawn_blocking(move || work(&app))
        .await
        .map_err(|e| Failure::Data(format!("a task failed: {e}")))?
}
