//! The journal entry: one act of an officer, signed and chained, never changed afterwards.
//!
//! What is signed is the exact text of the payload, kept and sent verbatim. Nothing is ever serialised again
//! for a check, so two programs cannot disagree about a canonical form.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{Agency, BlobHash, DeviceId, EntryBody, EntryId, InspectionId, OfficerId};

/// SHA-256 over the exact bytes of an entry's payload; 64 noughts before the first entry of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct EntryHash(pub BlobHash);

impl EntryHash {
    /// What stands before the first entry of a device.
    pub const GENESIS: Self = Self(BlobHash([0; 32]));
}

/// An entry's content; its JSON text is what is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryPayload {
    /// UUIDv7, made by the device.
    pub id: EntryId,
    /// The inspection it belongs to.
    pub inspection: InspectionId,
    /// Who acted.
    pub author: OfficerId,
    /// The author's name at the time.
    pub author_name: String,
    /// The agency for which the author acted.
    pub agency: Agency,
    /// The workstation.
    pub device: DeviceId,
    /// The device's count of entries, from 1 without gaps.
    pub sequence: u64,
    /// The device's clock when the act was recorded.
    pub recorded_at: Timestamp,
    /// The post's offset from UTC at that time, seconds east.
    pub offset_seconds: i32,
    /// The last time known from the central, to judge the clock by.
    pub server_time: Option<Timestamp>,
    /// The inspection's version on the screen when the officer acted.
    pub based_on: u64,
    /// The entry that this one replaces or takes back.
    pub supersedes: Option<EntryId>,
    /// Another officer for whom the author signed, recorded as such.
    pub on_behalf_of: Option<OfficerId>,
    /// Hash of the device's entry before this one.
    pub previous: EntryHash,
    /// What was done.
    pub body: EntryBody,
}

/// An entry as it is kept and sent: the payload's exact text, the author's public key and signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedEntry {
    /// The payload's JSON text, verbatim.
    pub payload: String,
    /// Ed25519 signature over the payload's bytes, 128 hexadecimal digits.
    pub signature: String,
    /// The author's Ed25519 public key, 64 hexadecimal digits.
    pub key: String,
}

/// An entry that was read, its signature verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The content.
    pub payload: EntryPayload,
    /// Its hash.
    pub hash: EntryHash,
    /// Its author's public key, 64 hexadecimal digits.
    pub key: String,
}

/// Why a text is not an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableEntry {
    /// The key or the signature is not hexadecimal of the right length, or no point on the curve.
    #[error("the entry's key or signature is malformed")]
    MalformedSignature,
    /// The signature does not fit the payload.
    #[error("the signature does not fit the entry: it was changed after it was signed")]
    WrongSignature,
    /// The payload is not what an entry looks like.
    #[error("the entry's content cannot be read: {0}")]
    MalformedPayload(String),
}

/// Where a device's chain of entries is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// An entry does not follow the one before it.
    #[error("entry {sequence} does not follow the entry before it: something was replaced")]
    Broken {
        /// Its number.
        sequence: u64,
    },
    /// A number is missing.
    #[error("entry {expected} is missing: the next one is {found}")]
    Gap {
        /// The number that should come.
        expected: u64,
        /// The number that came.
        found: u64,
    },
}

/// Writes `payload` as JSON and signs that text.
///
/// # Errors
/// When the payload cannot be written as JSON, which no payload built from this crate's types does.
pub fn sign_entry(
    payload: &EntryPayload,
    key: &SigningKey,
) -> Result<SignedEntry, serde_json::Error> {
    let text = serde_json::to_string(payload)?;
    let signature = key.sign(text.as_bytes());
    Ok(SignedEntry {
        payload: text,
        signature: hex::encode(signature.to_bytes()),
        key: public_key(key),
    })
}

/// The public half of a signing key, 64 hexadecimal digits, as it stands in [`SignedEntry::key`].
pub fn public_key(key: &SigningKey) -> String {
    hex::encode(key.verifying_key().to_bytes())
}

impl SignedEntry {
    /// SHA-256 over the payload's bytes.
    pub fn hash(&self) -> EntryHash {
        EntryHash(BlobHash(Sha256::digest(self.payload.as_bytes()).into()))
    }

    /// Verifies the signature and reads the payload.
    pub fn open(&self) -> Result<Entry, UnreadableEntry> {
        let mut key = [0; 32];
        let mut signature = [0; 64];
        hex::decode_to_slice(&self.key, &mut key)
            .and_then(|()| hex::decode_to_slice(&self.signature, &mut signature))
            .map_err(|_| UnreadableEntry::MalformedSignature)?;
        VerifyingKey::from_bytes(&key)
            .map_err(|_| UnreadableEntry::MalformedSignature)?
            .verify_strict(self.payload.as_bytes(), &Signature::from_bytes(&signature))
            .map_err(|_| UnreadableEntry::WrongSignature)?;
        self.open_trusted()
    }

    /// Reads the payload without looking at the signature: for rows that were verified when they were stored.
    pub fn open_trusted(&self) -> Result<Entry, UnreadableEntry> {
        let payload = serde_json::from_str(&self.payload)
            .map_err(|e| UnreadableEntry::MalformedPayload(e.to_string()))?;
        Ok(Entry {
            payload,
            hash: self.hash(),
            key: self.key.clone(),
        })
    }
}

impl Entry {
    /// Checks that this entry follows `before` (the hash and sequence of the device's entry before it, or
    /// [`EntryHash::GENESIS`] and 0).
    pub fn follows(&self, before: (EntryHash, u64)) -> Result<(), ChainFault> {
        let (previous, sequence) = before;
        if self.payload.sequence != sequence + 1 {
            return Err(ChainFault::Gap {
                expected: sequence + 1,
                found: self.payload.sequence,
            });
        }
        if self.payload.previous != previous {
            return Err(ChainFault::Broken {
                sequence: self.payload.sequence,
            });
        }
        Ok(())
    }
}
