//! The reference central API: assignments down, journal entries up, exactly once.
//!
//! One process over one folder with an SQLite file in it, or several over one PostgreSQL database and one folder of
//! blobs by content. It knows the contracts of `outpost-api`
//! and the rules of `outpost-domain`, and nothing of the laptop: it trusts no client, verifies every signature and
//! every chain, and answers each entry by itself. Start reading at [`serve`], then `routes` (the endpoints), `intake`
//! (what becomes of an entry) and `feed` (what a post may see).
#![forbid(unsafe_code)]

mod access;
mod app;
mod blobs;
mod bundles;
mod copies;
mod epoch;
mod expiry;
mod feed;
mod files;
mod health;
mod intake;
mod limits;
mod lists;
mod measures;
mod notices;
mod problem;
mod routes;
mod scans;
mod shared;
mod signer;
mod store;
mod world;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use outpost_api::Demonstration;
use outpost_domain::UnLocode;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use bundles::{Carried, CarryError, carry};
pub use copies::copied_post;
pub use limits::Limits;
pub use notices::{Patience, Replayed};
pub use problem::Failure;
pub use routes::document as openapi_document;
pub use store::Database;
pub use world::WorldOrder;

use app::{App, Parts};
use epoch::Life;
use store::{Store, values};

/// How the server is run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address and port on which liveness, readiness and metrics are told; nowhere when absent.
    pub watch: Option<SocketAddr>,
    /// The folder for everything it keeps.
    pub data: PathBuf,
    /// The PostgreSQL database, a URL; a file within `data` when absent.
    pub database: Option<String>,
    /// The demonstration world, when it is one.
    pub world: Option<WorldOrder>,
    /// A folder of checklists, a JSON file each, taken in at the start.
    pub checklists: Option<PathBuf>,
    /// A folder of those who are told of inspections, holds and releases, a JSON file each; nobody when absent.
    pub webhooks: Option<PathBuf>,
    /// How long deliveries to them are tried.
    pub patience: Patience,
    /// Whether the demonstration's radiographs are computed.
    pub scans: bool,
    /// The post of workstations that are not enrolled yet; the first one when absent.
    pub post: Option<UnLocode>,
    /// Minutes for which a session is good.
    pub token_minutes: i64,
    /// Days after its last byte at which an unfinished upload ends; 0 ends it at the next look.
    pub upload_days: u32,
    /// Whether the whole folder was restored from a backup.
    pub restored: bool,
    /// How much one sender may ask for.
    pub limits: Limits,
    /// Share of the requests that fail on purpose, to try clients.
    pub fail_rate: f64,
}

impl Config {
    /// How long an unfinished upload is kept when nobody says otherwise, days: longer than a line is usually down.
    pub const UPLOAD_DAYS: u32 = 7;

    /// A demonstration on a free port of this machine, without radiographs: what tests want.
    pub fn demonstration(data: impl Into<PathBuf>, seed: u64, inspections: usize) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            watch: None,
            data: data.into(),
            database: None,
            world: Some(WorldOrder {
                seed,
                inspections,
                copies: 0,
                begins: Timestamp::now(),
            }),
            checklists: None,
            webhooks: None,
            patience: Patience::USUAL,
            scans: false,
            post: None,
            token_minutes: 12 * 60,
            upload_days: Self::UPLOAD_DAYS,
            restored: false,
            limits: Limits::default(),
            fail_rate: 0.0,
        }
    }
}

/// A server that serves.
pub struct Running {
    /// Its address: `http://127.0.0.1:41234`.
    pub url: String,
    /// Where liveness, readiness and metrics are told.
    pub watch_url: Option<String>,
    app: Arc<App>,
    watched: Option<JoinHandle<()>>,
    stop: watch::Sender<bool>,
    served: JoinHandle<std::io::Result<()>>,
    kept: JoinHandle<()>,
}

/// How long requests that are under way may take when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// How often the marker file is brought up to date.
const REMEMBER_EVERY: Duration = Duration::from_secs(5);

/// Opens the data folder and serves it.
///
/// # Errors
/// When the folder cannot be used, holds something else than the order says, or the address is taken.
pub async fn serve(config: Config) -> Result<Running, Failure> {
    let (stop, stopping) = watch::channel(false);
    let (listen, watch) = (config.listen, config.watch);
    let app = tokio::task::spawn_blocking(move || prepare(&config, stopping))
        .await
        .map_err(|e| Failure::Data(format!("the start failed: {e}")))??;
    let listener = tokio::net::TcpListener::bind(listen).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let mut stopping = app.stopping.clone();
    let router = routes::router(Arc::clone(&app));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        // An error means that nobody can tell any more: stop.
        let _ = stopping.wait_for(|stop| *stop).await;
    });
    let (watch_url, watched) = match watch {
        Some(address) => {
            let (url, task) = keep_watch(address, &app).await?;
            (Some(url), Some(task))
        }
        None => (None, None),
    };
    let keeping = Arc::clone(&app);
    let kept = tokio::spawn(async move {
        tokio::join!(
            remember(Arc::clone(&keeping)),
            expiry::keep_sweeping(Arc::clone(&keeping)),
            limits::keep_forgetting(Arc::clone(&keeping)),
            shared::keep_watching(Arc::clone(&keeping)),
            notices::keep_sending(keeping)
        );
    });
    Ok(Running {
        url,
        watch_url,
        app,
        watched,
        stop,
        served: tokio::spawn(serving.into_future()),
        kept,
    })
}

/// What a demonstration of this seed tells openly.
pub fn demonstration(seed: u64) -> Demonstration {
    Demonstration {
        pin: outpost_demo::PIN.to_owned(),
        seed,
    }
}

/// Serves liveness, readiness and metrics at `address`, until the task is aborted.
async fn keep_watch(
    address: SocketAddr,
    app: &Arc<App>,
) -> Result<(String, JoinHandle<()>), Failure> {
    let listener = tokio::net::TcpListener::bind(address).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let serving = axum::serve(listener, health::router(Arc::clone(app)));
    let task = tokio::spawn(async move {
        if let Err(error) = serving.await {
            tracing::error!(%error, "liveness and readiness are not told any more");
        }
    });
    Ok((url, task))
}

/// Everything but the network.
fn prepare(config: &Config, stopping: watch::Receiver<bool>) -> Result<Arc<App>, Failure> {
    std::fs::create_dir_all(&config.data)?;
    let store = Store::open(&Database::of(&config.data, config.database.as_deref()))?;
    let life = Life::settle(&store, &config.data, config.restored)?;
    // Before anything happens of which they would be told.
    notices::load(&store, config.webhooks.as_deref())?;
    let mut demonstration = None;
    let mut plans = Vec::new();
    if let Some(order) = config.world {
        plans = world::load(&store, order)?;
        demonstration = Some(self::demonstration(order.seed));
    }
    if let Some(folder) = &config.checklists {
        lists::load(&store, folder)?;
    }
    let default_post = default_post(&store, config.post.as_ref())?;
    let app = App::new(Parts {
        store,
        data: config.data.clone(),
        life,
        token_minutes: config.token_minutes,
        upload_days: config.upload_days,
        demonstration,
        default_post,
        fail_rate: config.fail_rate,
        limits: config.limits.clone(),
        patience: config.patience,
        stopping,
    })?;
    expiry::sweep_now(&app);
    if config.scans && !plans.is_empty() {
        scans::start(Arc::clone(&app), plans)?;
    }
    Ok(app)
}

fn default_post(store: &Store, wanted: Option<&UnLocode>) -> Result<UnLocode, Failure> {
    let codes: Vec<String> = store.read(|tx| {
        tx.query("SELECT code FROM posts ORDER BY position", values![])?
            .iter()
            .map(|row| row.get(0))
            .collect()
    })?;
    let code = match wanted {
        Some(wanted) => codes.iter().find(|code| *code == wanted.as_str()),
        None => codes.first(),
    };
    code.and_then(|code| code.parse().ok()).ok_or_else(|| {
        Failure::Data(wanted.map_or_else(
            || "the central knows no post; start with --demo for a demonstration".to_owned(),
            |wanted| format!("the central knows no post {wanted}"),
        ))
    })
}

/// Lets notices that were given up wait again, of one receiver or of all; the central may serve meanwhile.
///
/// # Errors
/// When there is no central's data, or the database fails.
pub fn replay_webhooks(database: &Database, receiver: Option<&str>) -> Result<Replayed, Failure> {
    if let Database::Embedded(path) = database
        && !path.exists()
    {
        let words = format!(
            "{} is no database of a central that has served",
            path.display()
        );
        return Err(Failure::Data(words));
    }
    notices::replay(&Store::open(database)?, receiver, App::now())
}

/// Brings the marker file up to date while the server runs, and once more at its end.
async fn remember(app: Arc<App>) {
    let mut stopping = app.stopping.clone();
    loop {
        let stopped = tokio::time::timeout(REMEMBER_EVERY, stopping.wait_for(|stop| *stop))
            .await
            .is_ok();
        let noted = app::blocking(&app, |app| app.life().remember(&app.store, &app.data)).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the marker file was not written");
        }
        if stopped {
            return;
        }
    }
}

impl Running {
    /// Waits until the server has ended by itself, which it does only by a failure.
    pub async fn ended(&mut self) -> Result<(), Failure> {
        (&mut self.served)
            .await
            .map_err(|e| Failure::Data(format!("the server failed: {e}")))?
            .map_err(Failure::from)
    }

    /// Stops: no new requests, those under way are finished, the marker file is written, and the database is one file.
    /// Readiness is told until the end, so that a balancer learns of it.
    pub async fn shutdown(self) {
        // An error means that it has stopped already.
        let _ = self.stop.send(true);
        let Self {
            mut served,
            kept,
            app,
            watched,
            ..
        } = self;
        if tokio::time::timeout(GRACE, &mut served).await.is_err() {
            tracing::warn!("requests were still under way and were cut off");
            served.abort();
        }
        let _ = kept.await;
        if let Err(error) = app::blocking(&app, |app| app.store.close()).await {
            tracing::warn!(%error, "the write-ahead log stays beside the database; the next start takes it in");
        }
        if let Some(watched) = watched {
            watched.abort();
        }
    }
}

/// The path of the embedded database within a data folder.
pub fn database(data: &Path) -> PathBuf {
    data.join("central.sqlite")
}
