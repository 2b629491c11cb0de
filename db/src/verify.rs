//! The check of everything that is kept: chain, signatures, receipts, blobs, and the database's own pages.

use outpost_domain::{BlobHash, DeviceId, EntryHash, EntryId, SignedEntry};
use rusqlite::Connection;

use crate::{Result, Store, UnfitReceipt, chain, journal, people, receipts, salvage, sql};

/// What a check of the whole store found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Entries of this device's chain.
    pub entries: u64,
    /// Entries of other devices.
    pub foreign_entries: u64,
    /// Receipts of the central.
    pub receipts: u64,
    /// Blobs read and hashed.
    pub blobs: u64,
    /// Numbers of this device's chain that have no entry because a store was salvaged or restored, as first and last.
    pub missing: Vec<(u64, u64)>,
    /// Faults, in words; empty when everything stands.
    pub faults: Vec<String>,
}

impl Store {
    /// Reads everything and checks it: this device's chain from its first entry, every signature, every receipt
    /// against the journal, every blob against its hash, and the pages of the database against their own sums.
    /// Changes nothing. Takes as long as reading the whole store takes.
    pub fn verify(&self) -> Result<Verification> {
        let mut report = Verification::default();
        let hashes = self.read(|c| {
            report.faults = page_faults(c)?;
            if !report.faults.is_empty() {
                salvage::suspect(self.dir());
            }
            check_journal(c, self.device(), &mut report)?;
            check_receipts(c, self.device(), &mut report)?;
            all_blobs(c)
        })?;
        for hash in hashes {
            report.blobs += 1;
            if let Err(fault) = self.verify_blob(hash) {
                report.faults.push(fault.to_string());
            }
        }
        Ok(report)
    }
}

/// What is wrong with the database's pages, in words.
pub(crate) fn page_faults(c: &Connection) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
        let mut check = c.prepare(pragma)?;
        let mut rows = check.query([])?;
        while let Some(row) = rows.next()? {
            let word: String = row.get(0)?;
            if word != "ok" {
                faults.push(format!("the database: {word}"));
            }
        }
    }
    Ok(faults)
}

fn check_journal(c: &Connection, own: DeviceId, report: &mut Verification) -> Result<()> {
    let mut select = c.prepare(
        "SELECT id, payload, signature, key, device, sequence, hash FROM journal
         ORDER BY device, sequence",
    )?;
    let mut rows = select.query([])?;
    let mut before = (EntryHash::GENESIS, 0);
    let floor = chain::floor(c)?;
    while let Some(row) = rows.next()? {
        let (id, signed) = journal::signed_row(row)?;
        let device = DeviceId(uuid::Uuid::from_bytes(row.get(4)?));
        let columns = (device, row.get::<_, i64>(5)? as u64, sql::hash(row, 6)?);
        check_entry(c, id, &signed, columns, report)?;
        if device != own {
            report.foreign_entries += 1;
            continue;
        }
        report.entries += 1;
        if let Ok(entry) = signed.open_trusted() {
            let missing = (before.1 + 1, entry.payload.sequence.saturating_sub(1));
            if missing.0 <= missing.1 && missing.1 <= floor {
                report.missing.push(missing);
            } else if let Err(fault) = entry.follows(before) {
                report.faults.push(fault.to_string());
            }
            before = (entry.hash, entry.payload.sequence);
        }
    }
    Ok(())
}

fn check_entry(
    c: &Connection,
    id: EntryId,
    signed: &SignedEntry,
    (device, sequence, hash): (DeviceId, u64, BlobHash),
    report: &mut Verification,
) -> Result<()> {
    match signed.open() {
        Ok(entry) => {
            let p = &entry.payload;
            if (p.id, p.device, p.sequence, entry.hash.0) != (id, device, sequence, hash) {
                let fault = format!("entry {id} does not stand where its content says");
                report.faults.push(fault);
            }
            if !people::knows_key(c, p.author, &entry.key)? {
                let fault = format!("entry {id}: {} is not known by its key", p.author_name);
                report.faults.push(fault);
            }
        }
        Err(fault) => report.faults.push(format!("entry {id}: {fault}")),
    }
    Ok(())
}

fn check_receipts(c: &Connection, own: DeviceId, report: &mut Verification) -> Result<()> {
    for (receipt, fault) in receipts::all(c, own)? {
        report.receipts += 1;
        if let Some(fault) = fault {
            let words = UnfitReceipt { fault, receipt }.to_string();
            report.faults.push(words);
        }
    }
    Ok(())
}

fn all_blobs(c: &Connection) -> Result<Vec<BlobHash>> {
    let mut select = c.prepare("SELECT hash FROM blobs")?;
    let rows = select.query_map([], |r| sql::hash(r, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
