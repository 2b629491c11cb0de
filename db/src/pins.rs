//! PINs: verified without a line, and slow to guess.
//!
//! A PIN of six digits is guessed at once by whoever has its hash. So the hash is mixed with a secret of the device
//! that never leaves the encrypted store, and wrong tries are counted inside it, before the try is judged.

use argon2::{Algorithm, Argon2, Params, Version};
use jiff::{SignedDuration, Timestamp};
use outpost_domain::OfficerId;
use rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use crate::keys::random;
use crate::sql::{self, Id};
use crate::{Result, Store, StoreError};

/// What a PIN's check said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinCheck {
    /// It is the officer's.
    Right,
    /// It is not.
    Wrong {
        /// Until when no further try is judged; `None` when another may follow at once.
        wait_until: Option<Timestamp>,
    },
    /// Too many wrong tries: this one was not judged.
    Waiting {
        /// Until when.
        until: Timestamp,
    },
    /// This officer has never signed in on this workstation while the line was up.
    Unknown,
}

/// Wrong tries that cost nothing.
const FREE_TRIES: i64 = 3;
const FIRST_WAIT: i64 = 30;
const LONGEST_WAIT: i64 = 3_600;

/// Argon2id with 19 MiB and two passes (OWASP's least), on top of the device's secret.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

struct Kept {
    salt: [u8; 16],
    hash: [u8; 32],
    failures: i64,
    failed_at: Option<i64>,
}

impl Store {
    /// Keeps the officer's PIN as a verifier, after the central has confirmed it.
    pub fn set_pin(&self, officer: OfficerId, pin: &str) -> Result<()> {
        let secret = self.device_secret()?;
        let salt = random()?;
        let hash = derive(pin, &salt, &secret)?;
        self.write(|w| {
            w.tx.execute(
                "INSERT INTO credentials (officer, pin_salt, pin_hash) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE
                 SET pin_salt = ?2, pin_hash = ?3, failures = 0, failed_at = NULL",
                params![officer.column(), salt, *hash],
            )?;
            Ok(())
        })
    }

    /// Judges a PIN. The try is counted durably before it is judged: a process killed in between has tried.
    pub fn check_pin(&self, officer: OfficerId, pin: &str, now: Timestamp) -> Result<PinCheck> {
        let secret = self.device_secret()?;
        let begun = self.write(|w| begin_try(&w.tx, officer, now))?;
        let kept = match begun {
            Ok(kept) => kept,
            Err(answer) => return Ok(answer),
        };
        if !same(&*derive(pin, &kept.salt, &secret)?, &kept.hash) {
            let failures = kept.failures + 1;
            let wait = wait_after(failures);
            return Ok(PinCheck::Wrong {
                wait_until: (!wait.is_zero()).then(|| later(now, wait)),
            });
        }
        self.write(|w| {
            let reset = "UPDATE credentials SET failures = 0, failed_at = NULL WHERE officer = ?1";
            w.tx.execute(reset, [officer.column()])?;
            Ok(())
        })?;
        Ok(PinCheck::Right)
    }

    fn device_secret(&self) -> Result<Zeroizing<[u8; 32]>> {
        self.write(|w| {
            if let Some(secret) = sql::meta(&w.tx, "device_secret")? {
                return Ok(Zeroizing::new(secret));
            }
            let secret: [u8; 32] = random()?;
            sql::set_meta(&w.tx, "device_secret", secret)?;
            Ok(Zeroizing::new(secret))
        })
    }
}

/// Counts the try, or says why it is not judged.
fn begin_try(
    c: &Connection,
    officer: OfficerId,
    now: Timestamp,
) -> Result<std::result::Result<Kept, PinCheck>> {
    let Some(kept) = verifier(c, officer)? else {
        return Ok(Err(PinCheck::Unknown));
    };
    if let Some(failed_at) = kept.failed_at {
        // A clock stepped back must neither free the way nor bar it for a year.
        let failed_at = sql::time(failed_at).min(now);
        let until = later(failed_at, wait_after(kept.failures));
        if now < until {
            return Ok(Err(PinCheck::Waiting { until }));
        }
    }
    c.execute(
        "UPDATE credentials SET failures = failures + 1, failed_at = ?2 WHERE officer = ?1",
        params![officer.column(), sql::ms(now)],
    )?;
    Ok(Ok(kept))
}

fn verifier(c: &Connection, officer: OfficerId) -> Result<Option<Kept>> {
    let found = c
        .query_row(
            "SELECT pin_salt, pin_hash, failures, failed_at FROM credentials
             WHERE officer = ?1 AND pin_hash IS NOT NULL",
            [officer.column()],
            |r| {
                Ok(Kept {
                    salt: r.get(0)?,
                    hash: r.get(1)?,
                    failures: r.get(2)?,
                    failed_at: r.get(3)?,
                })
            },
        )
        .optional()?;
    Ok(found)
}

/// Thirty seconds after the third wrong try, then twice as long each time, an hour at most.
fn wait_after(failures: i64) -> SignedDuration {
    if failures < FREE_TRIES {
        return SignedDuration::ZERO;
    }
    let doubled = FIRST_WAIT << (failures - FREE_TRIES).min(10);
    SignedDuration::from_secs(doubled.min(LONGEST_WAIT))
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(Timestamp::MAX)
}

fn derive(pin: &str, salt: &[u8; 16], secret: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>> {
    let fault = |e: argon2::Error| StoreError::unreadable("the PIN's verifier")(e);
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(fault)?;
    let mut hash = Zeroizing::new([0; 32]);
    Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params)
        .and_then(|a| a.hash_password_into(pin.as_bytes(), salt, hash.as_mut_slice()))
        .map_err(fault)?;
    Ok(hash)
}

/// Compares without stopping at the first difference.
fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}
