//! Receipts: the central's signature over how far it has this device's chain. A receipt that does not fit tells that
//! something was replaced, cut off, or goes under this device's name elsewhere.

use outpost_api::Receipt;
use outpost_domain::{BlobHash, DeviceId, EntryHash};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::store::Writing;
use crate::{Result, Store, chain, sql};

impl Store {
    /// The last receipt of the present epoch.
    pub fn last_receipt(&self) -> Result<Option<Receipt>> {
        self.read(|c| {
            let epoch: Option<String> = sql::meta(c, "epoch")?;
            let body: Option<String> = c
                .query_row(
                    "SELECT body FROM receipts WHERE epoch = ?1 ORDER BY id DESC LIMIT 1",
                    [epoch],
                    |r| r.get(0),
                )
                .optional()?;
            body.map(|b| sql::from_json("a receipt", &b)).transpose()
        })
    }
}

/// Keeps the receipt and says, in words, when it does not fit this chain.
pub(crate) fn keep(w: &Writing<'_>, epoch: Uuid, receipt: &Receipt) -> Result<Option<String>> {
    w.tx.execute(
        "INSERT INTO receipts (epoch, sequence, body) VALUES (?1, ?2, ?3)",
        params![
            epoch.to_string(),
            receipt.sequence as i64,
            sql::to_json("a receipt", receipt)?
        ],
    )?;
    fault(&w.tx, w.device, receipt)
}

/// Compares a receipt with the journal.
pub(crate) fn fault(c: &Connection, device: DeviceId, receipt: &Receipt) -> Result<Option<String>> {
    if receipt.device != device {
        return Ok(Some(format!(
            "the receipt is of another device: {}",
            receipt.device
        )));
    }
    if receipt.sequence == 0 {
        return Ok(None);
    }
    let own: Option<BlobHash> = c
        .prepare_cached("SELECT hash FROM journal WHERE device = ?1 AND sequence = ?2")?
        .query_row(
            params![device.0.into_bytes(), receipt.sequence as i64],
            |r| sql::hash(r, 0),
        )
        .optional()?;
    Ok(match own {
        Some(hash) if EntryHash(hash) == receipt.head => None,
        Some(_) => Some(format!(
            "the central has another entry {} of this workstation",
            receipt.sequence
        )),
        // Lost with a damaged store, which is told there; it comes again from the central.
        None if receipt.sequence <= chain::floor(c)? => None,
        None => Some(format!(
            "the central has entry {} of this workstation, which is not in the journal here",
            receipt.sequence
        )),
    })
}
