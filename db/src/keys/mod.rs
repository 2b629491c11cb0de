//! The store's key: 256 random bits, kept under more than one lock.
//!
//! The key is made once, when a store is created, and never again over existing data. It is kept in the system's
//! keyring, or wrapped under a passphrase (Argon2id, ChaCha20-Poly1305) in `store.keys` beside the database, or
//! both. `store.keys` also has a check value, so that a wrong key is told before the database is touched.

mod file;
mod keyring;

use std::path::Path;

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

pub(crate) use file::KeyFile;

/// The file beside the database that tells how its key is kept.
pub const KEY_FILE: &str = "store.keys";

/// Where the store's key comes from.
#[derive(Clone)]
pub enum KeySource {
    /// The system's keyring (Secret Service, Keychain, Credential Manager).
    Keyring,
    /// A passphrase that the officer knows.
    Passphrase(String),
    /// The key itself: for tests and for an authority that keeps the keys.
    Raw([u8; 32]),
}

impl std::fmt::Debug for KeySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Keyring => "Keyring",
            Self::Passphrase(_) => "Passphrase(…)",
            Self::Raw(_) => "Raw(…)",
        })
    }
}

/// Why the store's key could not be had. Nothing on the disk was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No keyring service runs in this session.
    #[error("this session has no keyring service")]
    NoKeyring,
    /// The keyring is locked, or was not unlocked when it asked.
    #[error("the keyring is locked")]
    KeyringLocked,
    /// The keyring service runs but has no keyring to keep anything in.
    #[error("the keyring service has no keyring yet")]
    NoCollection,
    /// The keyring is open but does not have this store's key.
    #[error("the keyring does not have the key of this store")]
    NotInKeyring,
    /// The keyring answered something else.
    #[error("the keyring failed: {0}")]
    KeyringFailed(String),
    /// This store's key is not under a passphrase.
    #[error("the key of this store is not kept under a passphrase")]
    NoPassphrase,
    /// The passphrase does not open the key.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The passphrase is too short to protect anything.
    #[error("a passphrase has at least {least} characters")]
    ShortPassphrase {
        /// The least number of characters.
        least: usize,
    },
    /// The key is not this store's.
    #[error("the key does not open this store")]
    WrongKey,
    /// The file that tells how the key is kept is not there.
    #[error("store.keys is missing beside the database")]
    NoKeyFile,
    /// The file that tells how the key is kept cannot be read.
    #[error("store.keys cannot be read: {0}")]
    UnreadableKeyFile(String),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandomness,
}

/// What a data folder says about its store before any key is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// There is no store here.
    Absent,
    /// There is a store.
    Present {
        /// Its key is kept in the system's keyring.
        keyring: bool,
        /// Its key is kept under a passphrase.
        passphrase: bool,
    },
}

/// Looks at `dir` without changing anything.
pub fn presence(dir: &Path) -> Result<Presence, KeyError> {
    let has_database = dir.join(crate::store::DATABASE).exists();
    match KeyFile::read(dir) {
        Ok(file) => Ok(Presence::Present {
            keyring: file.keyring.is_some(),
            passphrase: file.passphrase.is_some(),
        }),
        Err(KeyError::NoKeyFile) if !has_database => Ok(Presence::Absent),
        Err(error) => Err(error),
    }
}

/// The least number of characters in a passphrase.
pub const LEAST_PASSPHRASE: usize = 8;

/// The store's 256-bit key; wiped from memory when dropped.
pub(crate) struct StoreKey([u8; 32]);

impl Drop for StoreKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl StoreKey {
    pub(crate) const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn random() -> Result<Self, KeyError> {
        random().map(Self)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one use, derived by hashing: the key is uniform, so no slow derivation is wanted.
    pub(crate) fn subkey(&self, used_for: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"outpost-store-v1\n");
        hash.update(used_for.as_bytes());
        hash.update(b"\n");
        hash.update(self.0);
        hash.finalize().into()
    }

    /// What `store.keys` keeps to recognise the key.
    pub(crate) fn check(&self) -> String {
        hex::encode(&self.subkey("check")[..16])
    }

    /// As SQLCipher's raw key.
    pub(crate) fn pragma(&self) -> zeroize::Zeroizing<String> {
        zeroize::Zeroizing::new(format!("x'{}'", hex::encode(self.0)))
    }
}

/// `N` bytes from the system's generator.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyError::NoRandomness)?;
    Ok(bytes)
}
