//! `outpost-desk`: the desk without Tauri. It speaks the window's protocol on its standard streams, or starts the
//! window itself.

use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use outpost_db::{KeySource, Store};
use outpost_desk::{Config, Desk, KeyChoice, Options, Supervisor};

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
}

fn main() -> anyhow::Result<ExitCode> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("OUTPOST_LOG")
                .unwrap_or_else(|_| "info".into()),
        )
        .init();
    let cli = Cli::parse();
    let config = cli.options.config()?;
    match cli.command {
        Some(Command::Verify) => verify(&config.data, config.key),
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

fn verify(data: &std::path::Path, key: KeyChoice) -> anyhow::Result<ExitCode> {
    let source = match key {
        KeyChoice::Ask => KeySource::Keyring,
        KeyChoice::Passphrase(words) => KeySource::Passphrase(words),
        KeyChoice::Raw(key) => KeySource::Raw(key),
    };
    let report = Store::open(data, &source)?.verify()?;
    println!(
        "{} entries of this workstation, {} of others, {} receipts, {} files",
        report.entries, report.foreign_entries, report.receipts, report.blobs
    );
    for fault in &report.faults {
        println!("fault: {fault}");
    }
    if report.faults.is_empty() {
        println!("everything stands");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}
