//! The commands that look after a data folder without opening a desk: `verify`, `verify-document`, `backup`, `restore`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use jiff::Timestamp;
use outpost_db::keys::presence;
use outpost_db::{BackedUp, KeySource, Presence, Store, StoreError};
use outpost_desk::KeyChoice;
use outpost_documents::{Verdict, named};

/// The largest file that is taken for a paper, bytes.
const MAX_PAPER: u64 = 16 * 1024 * 1024;

/// Checks everything that is kept and says what is found.
pub fn verify(data: &Path, key: KeyChoice) -> anyhow::Result<ExitCode> {
    let store = match Store::open(data, &source(key)) {
        Err(error @ StoreError::Damaged { .. }) => {
            println!("fault: {error}");
            println!(
                "nothing was changed; when Outpost starts it sets this store aside as it is and keeps what can be read"
            );
            return Ok(ExitCode::FAILURE);
        }
        other => other?,
    };
    let report = store.verify()?;
    println!(
        "{} entries of this workstation, {} of others, {} receipts, {} files",
        report.entries, report.foreign_entries, report.receipts, report.blobs
    );
    if let Some(key) = store.central_keys()?.last() {
        println!("receipts are taken under the key {key}");
    }
    if let Some(receipt) = store.last_receipt()? {
        println!(
            "the last one that fits is of {}, over entry {}",
            receipt.at, receipt.sequence
        );
    }
    if let Some(salvaged) = store.salvaged()? {
        println!(
            "salvaged at {} from a damaged store, which was set aside as {}: {} entries and {} drafts were kept, \
             {} entries could not be read",
            salvaged.at, salvaged.file, salvaged.entries, salvaged.drafts, salvaged.unreadable
        );
    }
    for (first, last) in &report.missing {
        println!(
            "no entries {first} to {last}: lost or left out when the store was salvaged or restored"
        );
    }
    for fault in &report.faults {
        println!("fault: {fault}");
    }
    if report.faults.is_empty() {
        println!("everything stands");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// Compares the record of which a paper is with the record as it stands, and says what is so.
pub fn verify_document(data: &Path, key: KeyChoice, file: &Path) -> anyhow::Result<ExitCode> {
    let size = std::fs::metadata(file)
        .with_context(|| format!("{} cannot be read", file.display()))?
        .len();
    anyhow::ensure!(
        size <= MAX_PAPER,
        "{} has {size} bytes: it is no paper of ours",
        file.display()
    );
    let html = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let (inspection, _) = named(&html)?;
    let store = Store::open(data, &source(key))?;
    let opened = match store.open_inspection(None, inspection) {
        Err(StoreError::UnknownInspection(_)) => {
            println!("the paper is of inspection {inspection}, which is not in this data folder");
            return Ok(ExitCode::FAILURE);
        }
        other => other?,
    };
    let reference = &opened.inspection.reference;
    match outpost_documents::verify_document(&html, inspection, &opened.state)? {
        Verdict::Stands => {
            println!(
                "the paper is of {reference} as it stands: {}",
                opened.state.record.hash
            );
            println!("compared is the hash over every entry of the record, not the words round it");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::Overtaken { paper, now } => {
            println!("the paper is of {reference}, but not as it stands in this data folder");
            println!("on paper: {paper}");
            println!("here:     {now}");
            Ok(ExitCode::FAILURE)
        }
        Verdict::Another { inspection } => {
            println!("the paper is of another inspection: {inspection}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Takes another key for the central's.
pub fn accept_central_key(data: &Path, with: KeyChoice, key: &str) -> anyhow::Result<ExitCode> {
    let store = Store::open(data, &source(with))?;
    let before = store.central_keys()?.pop();
    store.accept_central_key(key, Timestamp::now())?;
    if let Some(before) = before {
        println!("receipts were taken under the key {before}");
    }
    println!("receipts are now taken under the key {key}");
    Ok(ExitCode::SUCCESS)
}

/// Writes the store into one new file.
pub fn backup(data: &Path, key: KeyChoice, file: &Path) -> anyhow::Result<ExitCode> {
    let told = Store::open(data, &source(key))?.backup(file)?;
    println!("written to {}: {}", file.display(), words(told));
    if let Presence::Present {
        passphrase: false, ..
    } = presence(data)?
    {
        println!(
            "the key is not under a passphrase: this backup opens only where the key itself is at hand"
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Brings a backup back into an empty folder.
pub fn restore(data: &Path, key: KeyChoice, file: &Path) -> anyhow::Result<ExitCode> {
    let told = Store::restore(file, data, &source(key)).context("nothing was restored")?;
    println!("restored to {}: {}", data.display(), words(told));
    println!(
        "what was recorded here after the backup and sent comes from the central; the workstation from which the \
         backup is must not be used any more"
    );
    Ok(ExitCode::SUCCESS)
}

fn words(told: BackedUp) -> String {
    format!(
        "{} entries, {} of them not at the central, {} files that are not at the central, {} drafts",
        told.entries, told.waiting, told.blobs, told.drafts
    )
}

fn source(key: KeyChoice) -> KeySource {
    match key {
        KeyChoice::Ask => KeySource::Keyring,
        KeyChoice::Passphrase(words) => KeySource::Passphrase(words),
        KeyChoice::Raw(key) => KeySource::Raw(key),
    }
}
