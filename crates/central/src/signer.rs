//! The central's signing key, made once and kept in the database.

use ed25519_dalek::{Signer as _, SigningKey};
use jiff::Timestamp;
use outpost_api::Receipt;
use outpost_domain::{DeviceId, EntryHash};

use crate::problem::Failure;
use crate::store::{Store, meta, set_meta};

/// Signs receipts.
pub struct Signer(SigningKey);

impl Signer {
    /// Reads the key, or makes it in a new database.
    pub fn load(store: &Store) -> Result<Self, Failure> {
        let text = store.write(|tx| {
            tx.lock_foundation()?;
            if let Some(known) = meta(tx, "signing-key")? {
                return Ok(known);
            }
            let mut secret = [0; 32];
            getrandom::fill(&mut secret)?;
            let text = hex::encode(secret);
            set_meta(tx, "signing-key", &text)?;
            Ok(text)
        })?;
        let mut secret = [0; 32];
        hex::decode_to_slice(&text, &mut secret)
            .map_err(|_| Failure::Data("the database's signing key is damaged".to_owned()))?;
        Ok(Self(SigningKey::from_bytes(&secret)))
    }

    /// The public key, 64 hexadecimal digits: what a workstation's keeper compares.
    pub fn public_key(&self) -> String {
        hex::encode(self.0.verifying_key().to_bytes())
    }

    /// The key, for a letter that the central signs.
    pub const fn key(&self) -> &SigningKey {
        &self.0
    }

    /// A receipt for the head of a device's chain.
    pub fn receipt(
        &self,
        device: DeviceId,
        sequence: u64,
        head: EntryHash,
        at: Timestamp,
    ) -> Receipt {
        let text = Receipt::signed_text(device, sequence, head, at);
        Receipt {
            device,
            sequence,
            head,
            at,
            signature: hex::encode(self.0.sign(text.as_bytes()).to_bytes()),
            key: self.public_key(),
        }
    }
}
