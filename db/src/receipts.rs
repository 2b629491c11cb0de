//! Receipts: the central's signature over how far it has this device's chain. A receipt that does not fit tells that
//! something was replaced, cut off, or goes under this device's name elsewhere. It is kept as a fact.
//!
//! The key of the first receipt is the central's from then on. Receipts under another one do not count until a
//! person has accepted that key.

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use jiff::Timestamp;
use outpost_api::Receipt;
use outpost_domain::{BlobHash, DeviceId, EntryHash};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::store::Writing;
use crate::{Result, Store, StoreError, chain, sql};

/// Why a receipt does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptFault {
    /// The signature is not of the key that it names.
    NotSigned,
    /// It is of another workstation.
    OtherDevice,
    /// It is signed with another key than the central's known one.
    OtherKey,
    /// The central has another entry under the number.
    OtherEntry,
    /// The central has an entry that is not in the journal here.
    MissingEntry,
}

impl ReceiptFault {
    const ALL: [Self; 5] = [
        Self::NotSigned,
        Self::OtherDevice,
        Self::OtherKey,
        Self::OtherEntry,
        Self::MissingEntry,
    ];

    /// The code, as it stands in the store and at the end of `problem-receipt-<code>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSigned => "not-signed",
            Self::OtherDevice => "other-device",
            Self::OtherKey => "other-key",
            Self::OtherEntry => "other-entry",
            Self::MissingEntry => "missing-entry",
        }
    }

    /// Whether it speaks of the chain. The others speak of the receipt alone: the next one that fits settles them.
    const fn is_of_the_chain(self) -> bool {
        matches!(self, Self::OtherEntry | Self::MissingEntry)
    }
}

/// A receipt that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfitReceipt {
    /// Why.
    pub fault: ReceiptFault,
    /// What the central sent.
    pub receipt: Receipt,
}

impl fmt::Display for UnfitReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Receipt {
            device,
            sequence,
            at,
            key,
            ..
        } = &self.receipt;
        match self.fault {
            ReceiptFault::NotSigned => write!(
                f,
                "the receipt of {at} is not signed as it says: it was changed on the way, or is not the central's"
            ),
            ReceiptFault::OtherDevice => {
                write!(f, "the receipt of {at} is of another workstation: {device}")
            }
            ReceiptFault::OtherKey => write!(
                f,
                "the receipt of {at} is signed with the key {key}, which is not the one known of the central: the \
                 central was set up anew, or another answers in its place; when its keeper confirms the key, \
                 `outpost-desk accept-central-key {key}` accepts it"
            ),
            ReceiptFault::OtherEntry => write!(
                f,
                "the central has another entry {sequence} of this workstation: a copy of this store was in use, or the \
                 entry was replaced"
            ),
            ReceiptFault::MissingEntry => write!(
                f,
                "the central has entry {sequence} of this workstation, which is not in the journal here: a copy of this \
                 store was in use, or the journal was cut off"
            ),
        }
    }
}

impl Store {
    /// The last receipt of the present epoch that fits.
    pub fn last_receipt(&self) -> Result<Option<Receipt>> {
        self.read(|c| {
            let epoch: Option<String> = sql::meta(c, "epoch")?;
            let body: Option<String> = c
                .query_row(
                    "SELECT body FROM receipts WHERE epoch = ?1 AND fault IS NULL ORDER BY id DESC LIMIT 1",
                    [epoch],
                    |r| r.get(0),
                )
                .optional()?;
            body.map(|b| sql::from_json("a receipt", &b)).transpose()
        })
    }

    /// Whether the central has entries of this device that no receipt of the present epoch covers: they came back
    /// over the feed, and the answer to the push that brought them was lost.
    pub fn wants_receipt(&self) -> Result<bool> {
        self.read(|c| {
            let epoch: Option<String> = sql::meta(c, "epoch")?;
            Ok(c.prepare_cached(
                "SELECT 1 FROM journal j JOIN outbox o ON o.entry = j.id AND o.state = 'accepted'
                 WHERE j.device = ?1 AND j.sequence > (
                    SELECT coalesce(max(sequence), 0) FROM receipts WHERE epoch = ?2 AND fault IS NULL)
                 LIMIT 1",
            )?
            .exists(params![self.device().0.into_bytes(), epoch])?)
        })
    }

    /// The newest receipt that does not fit and is not settled, for the status.
    pub fn unfit_receipt(&self) -> Result<Option<UnfitReceipt>> {
        self.read(|c| {
            let mut unfit = unfit_receipts(c)?;
            let Some((last, _)) = unfit.last() else {
                return Ok(None);
            };
            let settled = c
                .prepare_cached("SELECT 1 FROM receipts WHERE id > ?1 AND fault IS NULL LIMIT 1")?
                .exists([last])?;
            let stands = |(_, u): &(i64, UnfitReceipt)| !settled || u.fault.is_of_the_chain();
            unfit.retain(stands);
            Ok(unfit.pop().map(|(_, unfit)| unfit))
        })
    }

    /// The central's keys under which receipts count, oldest first; the last one is in force.
    pub fn central_keys(&self) -> Result<Vec<String>> {
        self.read(central_keys)
    }

    /// Takes `key` (64 hexadecimal digits) for the central's from now on, because a person says so. Receipts under
    /// it that were refused are looked at again.
    ///
    /// # Errors
    /// [`StoreError::NoKey`] when it is no Ed25519 public key.
    pub fn accept_central_key(&self, key: &str, now: Timestamp) -> Result<()> {
        let key = key.trim().to_ascii_lowercase();
        if !sql::is_public_key(&key) {
            return Err(StoreError::NoKey(key));
        }
        self.write(|w| {
            w.tx.execute(
                "INSERT OR REPLACE INTO central_keys (key, since, by_person) VALUES (?1, ?2, 1)",
                params![key, sql::ms(now)],
            )?;
            look_again(&w.tx, w.device)
        })
    }
}

/// Keeps the receipt and says when it does not fit. The same misfit is kept once.
pub(crate) fn keep(
    w: &Writing<'_>,
    epoch: Uuid,
    receipt: &Receipt,
) -> Result<Option<UnfitReceipt>> {
    let mut keys = central_keys(&w.tx)?;
    if keys.is_empty() && is_signed(receipt) && receipt.device == w.device {
        let key = receipt.key.to_ascii_lowercase();
        w.tx.execute(
            "INSERT INTO central_keys (key, since, by_person) VALUES (?1, ?2, 0)",
            params![key, sql::ms(receipt.at)],
        )?;
        keys.push(key);
    }
    let in_force = keys.last().map_or(&[][..], std::slice::from_ref);
    let fault = fault(&w.tx, w.device, receipt, in_force)?;
    let epoch = epoch.to_string();
    if let Some(fault) = fault {
        w.tx.execute(
            "DELETE FROM receipts WHERE fault = ?1 AND epoch = ?2 AND sequence = ?3
               AND json_extract(body, '$.head') = ?4 AND json_extract(body, '$.key') = ?5",
            params![
                fault.code(),
                epoch,
                receipt.sequence as i64,
                receipt.head.0.to_string(),
                receipt.key
            ],
        )?;
    }
    w.tx.execute(
        "INSERT INTO receipts (epoch, sequence, body, fault) VALUES (?1, ?2, ?3, ?4)",
        params![
            epoch,
            receipt.sequence as i64,
            sql::to_json("a receipt", receipt)?,
            fault.map(ReceiptFault::code),
        ],
    )?;
    Ok(fault.map(|fault| UnfitReceipt {
        fault,
        receipt: receipt.clone(),
    }))
}

/// Looks once more at the receipts that did not fit: an entry has come back, or a key was accepted.
pub(crate) fn look_again(c: &Connection, device: DeviceId) -> Result<()> {
    let unfit = unfit_receipts(c)?;
    if unfit.is_empty() {
        return Ok(());
    }
    let keys = central_keys(c)?;
    let in_force = keys.last().map_or(&[][..], std::slice::from_ref);
    for (id, unfit) in unfit {
        // A key that is no longer in force counts for receipts of its own time only.
        let keys = match unfit.fault {
            ReceiptFault::OtherKey => in_force,
            _ => &keys,
        };
        let now = fault(c, device, &unfit.receipt, keys)?;
        if now != Some(unfit.fault) {
            c.prepare_cached("UPDATE receipts SET fault = ?2 WHERE id = ?1")?
                .execute(params![id, now.map(ReceiptFault::code)])?;
        }
    }
    Ok(())
}

/// After a salvage that found no key of the central, the receipts that fitted tell it.
pub(crate) fn pin_from_receipts(c: &Connection) -> Result<()> {
    c.execute(
        "INSERT INTO central_keys (key, since, by_person)
         SELECT lower(json_extract(body, '$.key')), 1000 * unixepoch(json_extract(body, '$.at')), 0
         FROM receipts WHERE fault IS NULL AND NOT EXISTS (SELECT 1 FROM central_keys)
         ORDER BY id DESC LIMIT 1",
        [],
    )?;
    Ok(())
}

/// Every receipt that is kept, with its misfit: as noted when it came, or as it is found now.
pub(crate) fn all(c: &Connection, own: DeviceId) -> Result<Vec<(Receipt, Option<ReceiptFault>)>> {
    let keys = central_keys(c)?;
    let mut select = c.prepare("SELECT body, fault FROM receipts ORDER BY id")?;
    let mut rows = select.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let receipt: Receipt = sql::from_json("a receipt", &row.get::<_, String>(0)?)?;
        let fault = match row.get::<_, Option<String>>(1)? {
            Some(code) => Some(noted(&code)?),
            None => fault(c, own, &receipt, &keys)?,
        };
        all.push((receipt, fault));
    }
    Ok(all)
}

fn unfit_receipts(c: &Connection) -> Result<Vec<(i64, UnfitReceipt)>> {
    let mut select = c.prepare_cached(
        "SELECT id, body, fault FROM receipts WHERE fault IS NOT NULL ORDER BY id",
    )?;
    let mut rows = select.query([])?;
    let mut unfit = Vec::new();
    while let Some(row) = rows.next()? {
        let receipt = sql::from_json("a receipt", &row.get::<_, String>(1)?)?;
        let fault = noted(&row.get::<_, String>(2)?)?;
        unfit.push((row.get(0)?, UnfitReceipt { fault, receipt }));
    }
    Ok(unfit)
}

fn noted(code: &str) -> Result<ReceiptFault> {
    let known = ReceiptFault::ALL.into_iter().find(|f| f.code() == code);
    known.ok_or_else(|| StoreError::unreadable("a receipt's fault")(code))
}

fn central_keys(c: &Connection) -> Result<Vec<String>> {
    let mut select = c.prepare_cached("SELECT key FROM central_keys ORDER BY id")?;
    let rows = select.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Compares a receipt with the journal and with the central's keys.
fn fault(
    c: &Connection,
    device: DeviceId,
    receipt: &Receipt,
    keys: &[String],
) -> Result<Option<ReceiptFault>> {
    if !is_signed(receipt) {
        return Ok(Some(ReceiptFault::NotSigned));
    }
    if receipt.device != device {
        return Ok(Some(ReceiptFault::OtherDevice));
    }
    if !keys.contains(&receipt.key.to_ascii_lowercase()) {
        return Ok(Some(ReceiptFault::OtherKey));
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
        Some(_) => Some(ReceiptFault::OtherEntry),
        // Lost with a damaged store, which is told there; it comes again from the central.
        None if receipt.sequence <= chain::floor(c)? => None,
        None => Some(ReceiptFault::MissingEntry),
    })
}

fn is_signed(receipt: &Receipt) -> bool {
    let (mut key, mut signature) = ([0; 32], [0; 64]);
    let text = Receipt::signed_text(receipt.device, receipt.sequence, receipt.head, receipt.at);
    hex::decode_to_slice(&receipt.key, &mut key).is_ok()
        && hex::decode_to_slice(&receipt.signature, &mut signature).is_ok()
        && VerifyingKey::from_bytes(&key).is_ok_and(|key| {
            key.verify_strict(text.as_bytes(), &Signature::from_bytes(&signature))
                .is_ok()
        })
}
