//! `outpost-desk`: the desk without Tauri. It speaks the window's protocol on its standard streams, or starts the
//! window itself.

use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use outpost_db::{KeySource, Store};
use outpost_desk::{Address, Config, Desk, KeyChoice, Supervisor};

/// The desk service of an Outpost workstation.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    place: Place,
    /// The central's address, for example https://central.example
    #[arg(long, default_value = "http://127.0.0.1:8600")]
    central: String,
    /// A PEM file with the certificate authority of the central
    #[arg(long)]
    ca: Option<PathBuf>,
    /// A PEM file with this workstation's certificate and key (PKCS#8)
    #[arg(long)]
    identity: Option<PathBuf>,
    /// Start this window program instead of speaking on the standard streams
    #[arg(long)]
    window: Option<PathBuf>,
}

/// Where the data are and how they are opened.
#[derive(Debug, Args)]
struct Place {
    /// The data folder; the system's own place for it when not given
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// A file with the passphrase of the store; without it the keyring is used, or the window asks
    #[arg(long, global = true)]
    passphrase_file: Option<PathBuf>,
    /// A file with the store's key, 64 hexadecimal digits, for an authority that keeps the keys
    #[arg(long, global = true, conflicts_with = "passphrase_file")]
    key_file: Option<PathBuf>,
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
    let data = data_folder(&cli.place)?;
    let key = key_choice(&cli.place)?;
    match cli.command {
        Some(Command::Verify) => verify(&data, key),
        None => run(&cli, data, key),
    }
}

fn data_folder(place: &Place) -> anyhow::Result<PathBuf> {
    if let Some(data) = &place.data {
        return Ok(data.clone());
    }
    let dirs = directories::ProjectDirs::from("org", "Outpost", "outpost")
        .context("this system tells no folder for data; name one with --data")?;
    Ok(dirs.data_local_dir().to_owned())
}

fn key_choice(place: &Place) -> anyhow::Result<KeyChoice> {
    let read = |path: &PathBuf| {
        std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
    };
    if let Some(path) = &place.passphrase_file {
        return Ok(KeyChoice::Passphrase(
            read(path)?.trim_end_matches(['\r', '\n']).to_owned(),
        ));
    }
    if let Some(path) = &place.key_file {
        let mut key = [0; 32];
        hex::decode_to_slice(read(path)?.trim(), &mut key)
            .with_context(|| format!("{} has no 64 hexadecimal digits", path.display()))?;
        return Ok(KeyChoice::Raw(key));
    }
    Ok(KeyChoice::Ask)
}

fn run(cli: &Cli, data: PathBuf, key: KeyChoice) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(Config {
        data,
        address: Address {
            url: cli.central.clone(),
            ca: cli.ca.clone(),
            identity: cli.identity.clone(),
        },
        key,
    });
    let done = if let Some(program) = &cli.window {
        Supervisor::new(program.clone()).run(&desk)
    } else {
        desk.serve(BufReader::new(std::io::stdin()), std::io::stdout());
        Ok(())
    };
    desk.shutdown();
    done?;
    Ok(ExitCode::SUCCESS)
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
