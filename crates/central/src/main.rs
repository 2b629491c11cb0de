//! `outpost-central`: serves a data folder, prints one line with its URL, stops on SIGTERM or an interrupt.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use jiff::Timestamp;
use outpost_central::{
    Config, Database, Limits, Patience, WorldOrder, carry, demonstration, openapi_document,
    replay_webhooks, serve,
};
use outpost_domain::UnLocode;
use tracing_subscriber::EnvFilter;

/// The reference central of Outpost: assignments down, journal entries up, exactly once.
#[derive(Debug, Parser)]
#[command(name = "outpost-central", version)]
struct Arguments {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8433")]
    listen: SocketAddr,

    /// Address and port for /livez, /readyz and /metrics, which ask for no session: keep it off the posts' network
    #[arg(long, value_name = "ADDR")]
    watch: Option<SocketAddr>,

    /// Folder for everything the central keeps
    #[arg(long, value_name = "DIR", required_unless_present = "print_openapi")]
    data: Option<PathBuf>,

    /// PostgreSQL database: a URL, or words as libpq reads them; a file in the data folder when absent. Several
    /// centrals may serve from one database and one data folder
    #[arg(
        long,
        value_name = "URL",
        env = "OUTPOST_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,

    /// Serve a demonstration world: nothing in it is real
    #[arg(long)]
    demo: bool,

    /// Seed of the demonstration world
    #[arg(long, value_name = "N", default_value_t = 1, requires = "demo")]
    seed: u64,

    /// How many inspections the demonstration's land post has
    #[arg(long, value_name = "N", default_value_t = 41, requires = "demo")]
    inspections: usize,

    /// Folder of checklists, a JSON file each, taken in at the start; a newer version takes the place of an older one
    #[arg(long, value_name = "DIR")]
    checklists: Option<PathBuf>,

    /// Folder of those who are told of inspections, holds and releases, a JSON file each, read at the start; nobody is
    /// told when absent, except by other centrals over the same database
    #[arg(long, value_name = "DIR")]
    webhooks: Option<PathBuf>,

    /// Send again the notices that were given up, and end; the central may serve meanwhile
    #[arg(long, requires = "data", conflicts_with = "take_bundle")]
    replay_webhooks: bool,

    /// Only those for this receiver: the name of its file without the end
    #[arg(long, value_name = "NAME", requires = "replay_webhooks")]
    receiver: Option<String>,

    /// Requests that one session may send each second, and a minute's worth at once; any number when 0
    #[arg(long, value_name = "N", default_value_t = Limits::SESSION)]
    session_rate: u32,

    /// The same for one address, which the laptops of a post may have together; signing in counts twenty times
    #[arg(long, value_name = "N", default_value_t = Limits::ADDRESS)]
    address_rate: u32,

    /// Address of a balancer whose X-Forwarded-For is believed; may be given several times
    #[arg(long, value_name = "ADDR")]
    balancer: Vec<IpAddr>,

    /// Post of workstations that are not enrolled yet (UN/LOCODE); the first one when absent
    #[arg(long, value_name = "CODE")]
    post: Option<UnLocode>,

    /// Minutes for which a session is good
    #[arg(long, value_name = "N", default_value_t = 720, value_parser = clap::value_parser!(i64).range(1..))]
    token_minutes: i64,

    /// Days after its last byte at which an unfinished upload is dropped
    #[arg(long, value_name = "N", default_value_t = Config::UPLOAD_DAYS)]
    upload_days: u32,

    /// The data folder was restored from a backup: begin a new epoch, so that workstations offer again what is missing
    #[arg(long)]
    restored: bool,

    /// Take in the bundle of a workstation that has no line, write the answer and end; the central may serve meanwhile
    #[arg(long, value_name = "FILE", requires = "answer", requires = "data")]
    take_bundle: Option<PathBuf>,

    /// Where the answer to a bundle goes; a file that is not there yet
    #[arg(long, value_name = "FILE", requires = "take_bundle")]
    answer: Option<PathBuf>,

    /// Write the OpenAPI document to standard output and end
    #[arg(long)]
    print_openapi: bool,

    /// Copies of the demonstration's land post, to load the central like a country
    #[arg(
        long,
        hide = true,
        value_name = "N",
        default_value_t = 0,
        requires = "demo"
    )]
    copies: u32,

    /// Compute no radiographs
    #[arg(long, hide = true)]
    no_scans: bool,

    /// Share of the requests that fail on purpose, to try clients
    #[arg(long, hide = true, default_value_t = 0.0)]
    fail_rate: f64,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if arguments.print_openapi {
        print!("{}", openapi_document()?);
        return Ok(());
    }
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    if let (Some(bundle), Some(answer)) = (&arguments.take_bundle, &arguments.answer) {
        return take_bundle(&arguments, bundle, answer);
    }
    if arguments.replay_webhooks {
        return replay(&arguments);
    }
    // Only what serves needs a runtime; a database is spoken with by threads that wait.
    tokio::runtime::Runtime::new()?.block_on(serve_until_asked(arguments))
}

async fn serve_until_asked(arguments: Arguments) -> anyhow::Result<()> {
    let mut running = serve(config(arguments)).await?;
    println!("outpost-central serves {}", running.url);
    if let Some(watch) = &running.watch_url {
        println!("outpost-central tells its health at {watch}");
    }
    tokio::select! {
        ended = running.ended() => ended.context("the server ended by itself")?,
        signal = asked_to_stop() => {
            tracing::info!(signal = signal?, "stopping");
            running.shutdown().await;
        }
    }
    Ok(())
}

fn take_bundle(arguments: &Arguments, bundle: &Path, answer: &Path) -> anyhow::Result<()> {
    let data = arguments.data.clone().unwrap_or_default();
    let demonstration = arguments.demo.then(|| demonstration(arguments.seed));
    let database = Database::of(&data, arguments.database.as_deref());
    let carried = carry(&data, &database, bundle, answer, demonstration)
        .with_context(|| format!("{} was not taken", bundle.display()))?;
    println!(
        "{} entries taken in, {} held already, {} not taken; {} files taken in",
        carried.accepted, carried.duplicates, carried.stuck, carried.files
    );
    println!(
        "{}: the answer, with {} changes and {} files",
        answer.display(),
        carried.changes,
        carried.sent_files
    );
    Ok(())
}

fn replay(arguments: &Arguments) -> anyhow::Result<()> {
    let data = arguments.data.clone().unwrap_or_default();
    let database = Database::of(&data, arguments.database.as_deref());
    let replayed = replay_webhooks(&database, arguments.receiver.as_deref())?;
    println!(
        "{} notices wait again; {} stay as they are, a later one about the same was delivered",
        replayed.again, replayed.outdated
    );
    Ok(())
}

fn config(arguments: Arguments) -> Config {
    Config {
        listen: arguments.listen,
        watch: arguments.watch,
        data: arguments.data.unwrap_or_default(),
        database: arguments.database,
        world: arguments.demo.then(|| WorldOrder {
            seed: arguments.seed,
            inspections: arguments.inspections,
            copies: arguments.copies,
            begins: Timestamp::now(),
        }),
        checklists: arguments.checklists,
        webhooks: arguments.webhooks,
        patience: Patience::USUAL,
        scans: !arguments.no_scans,
        post: arguments.post,
        token_minutes: arguments.token_minutes,
        upload_days: arguments.upload_days,
        restored: arguments.restored,
        limits: Limits {
            session: arguments.session_rate,
            address: arguments.address_rate,
            balancers: arguments.balancer.into_iter().collect(),
        },
        fail_rate: arguments.fail_rate,
    }
}

#[cfg(unix)]
async fn asked_to_stop() -> anyhow::Result<&'static str> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok("SIGTERM"),
        interrupted = tokio::signal::ctrl_c() => {
            interrupted?;
            Ok("interrupt")
        }
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() -> anyhow::Result<&'static str> {
    tokio::signal::ctrl_c().await?;
    Ok("interrupt")
}
