//! The key in the system's keyring. Its errors are told apart: each asks something else of the officer.

use zeroize::Zeroizing;

use super::{KeyError, StoreKey};

const SERVICE: &str = "outpost";

/// Reads the key kept under `account`.
pub(super) fn get(account: &str) -> Result<StoreKey, KeyError> {
    let account = account.to_owned();
    apart(move || {
        let secret = Zeroizing::new(
            keyring::Entry::new(SERVICE, &account)
                .and_then(|entry| entry.get_secret())
                .map_err(|e| classify(&e))?,
        );
        let bytes = <[u8; 32]>::try_from(secret.as_slice()).map_err(|_| KeyError::WrongKey)?;
        Ok(StoreKey::new(bytes))
    })
}

/// Keeps the key under `account` and reads it back: a keyring that only pretends is found out now.
pub(super) fn put(account: &str, key: &StoreKey) -> Result<(), KeyError> {
    let secret = Zeroizing::new(*key.bytes());
    let name = account.to_owned();
    apart(move || {
        keyring::Entry::new(SERVICE, &name)
            .and_then(|entry| entry.set_secret(secret.as_slice()))
            .map_err(|e| classify(&e))
    })?;
    if get(account)?.bytes() == key.bytes() {
        Ok(())
    } else {
        Err(KeyError::NotInKeyring)
    }
}

/// The Secret Service client blocks on a runtime of its own, which must not happen on a thread of the caller's.
fn apart<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, KeyError> + Send + 'static,
) -> Result<T, KeyError> {
    std::thread::spawn(ask)
        .join()
        .unwrap_or_else(|_| Err(KeyError::KeyringFailed("it broke off".to_owned())))
}

fn classify(error: &keyring::Error) -> KeyError {
    match error {
        keyring::Error::NoDefaultStore => KeyError::NoKeyring,
        keyring::Error::NoEntry => KeyError::NotInKeyring,
        // The Secret Service's own reason is only in the inner error: Locked, Prompt or NoResult.
        keyring::Error::NoStorageAccess(inner) if format!("{inner:?}").contains("NoResult") => {
            KeyError::NoCollection
        }
        keyring::Error::NoStorageAccess(_) => KeyError::KeyringLocked,
        other => KeyError::KeyringFailed(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_of_the_keyring_has_its_own_sentence() {
        #[derive(Debug, thiserror::Error)]
        #[error("inner")]
        enum Inner {
            Prompt,
            NoResult,
        }
        let access = |inner| keyring::Error::NoStorageAccess(Box::new(inner));
        let sentences = [
            classify(&keyring::Error::NoDefaultStore),
            classify(&keyring::Error::NoEntry),
            classify(&access(Inner::Prompt)),
            classify(&access(Inner::NoResult)),
        ];
        assert_eq!(
            sentences,
            [
                KeyError::NoKeyring,
                KeyError::NotInKeyring,
                KeyError::KeyringLocked,
                KeyError::NoCollection
            ]
        );
    }
}
