//! `outpost-desk`: the desk without Tauri. It speaks the window's protocol on its standard streams, or starts the
//! window itself.

use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use outpost_desk::{Config, Desk, Logs, Options, Supervisor};

mod keeping;

/// The desk service of an Outpost workstation.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: Options,
    /// Start this window program instead of speaking on the standard streams
    #[arg(long)]
    window: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check chain, signatures, receipts and files of a data folder and say what is found
    Verify,
    /// Say whether a printed record or notice is of the record as it stands in this data folder; Outpost must be closed
    VerifyDocument {
        /// The HTML file that Outpost wrote
        file: PathBuf,
    },
    /// Take this key for the central's from now on, because its keeper has confirmed it; Outpost must be closed
    AcceptCentralKey {
        /// The key, 64 hexadecimal digits, as the central tells it when it starts
        key: String,
    },
    /// Write the store and every file that the central has not confirmed into one new file; Outpost must be closed
    Backup {
        /// The file to write; it must not be there
        file: PathBuf,
    },
    /// Bring a backup back into an empty data folder
    Restore {
        /// The file that `backup` wrote
        file: PathBuf,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    // A command says what it finds to who gave it; only a desk that works keeps a log.
    let logs = match cli.command {
        Some(_) => None,
        None => Some(cli.options.log_folder()?),
    };
    Logs::begin("outpost-desk", logs.as_deref());
    if logs.is_some() {
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "the desk starts");
    }
    let config = cli.options.config()?;
    match cli.command {
        Some(Command::Verify) => keeping::verify(&config.data, config.key),
        Some(Command::VerifyDocument { file }) => {
            keeping::verify_document(&config.data, config.key, &file)
        }
        Some(Command::AcceptCentralKey { key }) => {
            keeping::accept_central_key(&config.data, config.key, &key)
        }
        Some(Command::Backup { file }) => keeping::backup(&config.data, config.key, &file),
        Some(Command::Restore { file }) => keeping::restore(&config.data, config.key, &file),
        None => run(cli.window, config),
    }
}

fn run(window: Option<PathBuf>, config: Config) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(config);
    let done = if let Some(program) = window {
        let supervisor = Arc::new(Supervisor::new(program));
        stop_on_signals(supervisor.clone(), desk.clone())?;
        supervisor.run(&desk)
    } else {
        desk.serve(BufReader::new(std::io::stdin()), std::io::stdout());
        Ok(())
    };
    desk.shutdown();
    done?;
    Ok(ExitCode::SUCCESS)
}

/// A log-out, SIGTERM and Ctrl C end the window as the officer does, what is being typed kept first.
fn stop_on_signals(supervisor: Arc<Supervisor>, desk: Desk) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::spawn(move || match runtime.block_on(end_wished()) {
        Ok(()) => supervisor.stop(&desk),
        Err(error) => tracing::warn!(%error, "signals are not heard"),
    });
    Ok(())
}

#[cfg(unix)]
async fn end_wished() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn end_wished() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
