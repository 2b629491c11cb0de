//! `store.keys`: how the key is kept, as a small JSON file beside the database.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{KEY_FILE, KeyError, KeySource, LEAST_PASSPHRASE, StoreKey, keyring, random};
use crate::{Result, StoreError, files};

/// Memory for Argon2id, KiB (RFC 9106 §4, the second recommended option: for machines with little memory).
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;
/// The most memory that a file may ask for, KiB: a forged file must not exhaust the machine.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    /// The form of this file.
    version: u32,
    /// The name under which the keyring has the key; new for each store.
    store: String,
    /// Recognises the key.
    check: String,
    /// Present when the keyring has the key.
    pub(crate) keyring: Option<InKeyring>,
    /// Present when a passphrase opens the key.
    pub(crate) passphrase: Option<UnderPassphrase>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct InKeyring {}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnderPassphrase {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    #[serde(with = "hex::serde")]
    salt: [u8; 16],
    #[serde(with = "hex::serde")]
    nonce: [u8; 12],
    #[serde(with = "hex::serde")]
    wrapped: Vec<u8>,
}

impl KeyFile {
    pub(crate) fn new(key: &StoreKey) -> Result<Self, KeyError> {
        Ok(Self {
            version: 1,
            store: hex::encode(random::<16>()?),
            check: key.check(),
            keyring: None,
            passphrase: None,
        })
    }

    pub(crate) fn read(dir: &Path) -> Result<Self, KeyError> {
        let text = match std::fs::read(dir.join(KEY_FILE)) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(KeyError::NoKeyFile),
            Err(e) => return Err(KeyError::UnreadableKeyFile(e.to_string())),
        };
        let file: Self = serde_json::from_slice(&text)
            .map_err(|e| KeyError::UnreadableKeyFile(e.to_string()))?;
        if file.version == 1 {
            Ok(file)
        } else {
            let why = format!("it has the form {}", file.version);
            Err(KeyError::UnreadableKeyFile(why))
        }
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self)
            .map_err(|e| KeyError::UnreadableKeyFile(e.to_string()))?;
        files::write_whole(&dir.join(KEY_FILE), &text)
    }

    /// Keeps `key` under one more lock.
    pub(crate) fn wrap(&mut self, key: &StoreKey, source: &KeySource) -> Result<(), StoreError> {
        match source {
            KeySource::Keyring => {
                keyring::put(&self.store, key)?;
                self.keyring = Some(InKeyring {});
            }
            KeySource::Passphrase(words) => self.passphrase = Some(lock(key, words)?),
            KeySource::Raw(bytes) if bytes == key.bytes() => {}
            KeySource::Raw(_) => return Err(KeyError::WrongKey.into()),
        }
        Ok(())
    }

    /// The key, checked.
    pub(crate) fn unwrap(&self, source: &KeySource) -> Result<StoreKey, KeyError> {
        let key = match source {
            KeySource::Keyring if self.keyring.is_none() => Err(KeyError::NotInKeyring),
            KeySource::Keyring => keyring::get(&self.store),
            KeySource::Passphrase(words) => self
                .passphrase
                .as_ref()
                .ok_or(KeyError::NoPassphrase)
                .and_then(|kept| unlock(kept, words)),
            KeySource::Raw(bytes) => Ok(StoreKey::new(*bytes)),
        }?;
        if key.check() == self.check {
            Ok(key)
        } else {
            Err(KeyError::WrongKey)
        }
    }
}

const PURPOSE: &[u8] = b"outpost-store-key-v1";

fn lock(key: &StoreKey, words: &str) -> Result<UnderPassphrase, KeyError> {
    if words.chars().count() < LEAST_PASSPHRASE {
        return Err(KeyError::ShortPassphrase {
            least: LEAST_PASSPHRASE,
        });
    }
    let mut kept = UnderPassphrase {
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
        salt: random()?,
        nonce: random()?,
        wrapped: Vec::new(),
    };
    let payload = Payload {
        msg: key.bytes(),
        aad: PURPOSE,
    };
    kept.wrapped = cipher(&kept, words)?
        .encrypt(&Nonce::from(kept.nonce), payload)
        .map_err(|_| KeyError::WrongPassphrase)?;
    Ok(kept)
}

fn unlock(kept: &UnderPassphrase, words: &str) -> Result<StoreKey, KeyError> {
    let payload = Payload {
        msg: &kept.wrapped,
        aad: PURPOSE,
    };
    let bytes = cipher(kept, words)?
        .decrypt(&Nonce::from(kept.nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| KeyError::WrongPassphrase)?;
    <[u8; 32]>::try_from(bytes.as_slice())
        .map(StoreKey::new)
        .map_err(|_| KeyError::WrongKey)
}

fn cipher(kept: &UnderPassphrase, words: &str) -> Result<ChaCha20Poly1305, KeyError> {
    let forged = |why: String| KeyError::UnreadableKeyFile(why);
    if kept.memory_kib > MOST_MEMORY_KIB {
        return Err(forged(format!("it asks for {} KiB", kept.memory_kib)));
    }
    let params = Params::new(kept.memory_kib, kept.passes, kept.lanes, Some(32))
        .map_err(|e| forged(e.to_string()))?;
    let mut derived = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(words.as_bytes(), &kept.salt, derived.as_mut_slice())
        .map_err(|e| forged(e.to_string()))?;
    Ok(ChaCha20Poly1305::new(&(*derived).into()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn kept_under(words: &str) -> (StoreKey, KeyFile) {
        let key = StoreKey::random().unwrap();
        let mut file = KeyFile::new(&key).unwrap();
        file.wrap(&key, &KeySource::Passphrase(words.to_owned()))
            .unwrap();
        (key, file)
    }

    #[test]
    fn a_passphrase_gives_the_key_back_and_another_does_not() {
        let (key, file) = kept_under("mango tree by the gate");
        let ask = |words: &str| file.unwrap(&KeySource::Passphrase(words.to_owned()));
        assert_eq!(ask("mango tree by the gate").unwrap().bytes(), key.bytes());
        assert_eq!(
            ask("mango tree by the road").err(),
            Some(KeyError::WrongPassphrase)
        );
    }

    #[test]
    fn a_short_passphrase_is_not_taken() {
        let key = StoreKey::random().unwrap();
        let short = KeySource::Passphrase("1234567".to_owned());
        let answer = KeyFile::new(&key).unwrap().wrap(&key, &short);
        assert!(matches!(
            answer,
            Err(StoreError::Key(KeyError::ShortPassphrase { least: 8 }))
        ));
    }

    #[test]
    fn a_key_of_another_store_is_told_by_its_check() {
        let (_, file) = kept_under("mango tree by the gate");
        assert_eq!(
            file.unwrap(&KeySource::Raw([7; 32])).err(),
            Some(KeyError::WrongKey)
        );
    }

    #[test]
    fn a_forged_file_cannot_ask_for_all_memory() {
        let (_, mut file) = kept_under("mango tree by the gate");
        file.passphrase.as_mut().unwrap().memory_kib = u32::MAX;
        let words = KeySource::Passphrase("mango tree by the gate".to_owned());
        assert!(matches!(
            file.unwrap(&words),
            Err(KeyError::UnreadableKeyFile(_))
        ));
    }
}
