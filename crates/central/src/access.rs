//! Who is asking: PINs, sessions, and the keys that officers have bound to their workstations.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use axum::http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use outpost_api::{DEVICE_HEADER, Session, SessionRequest};
use outpost_domain::{Agency, DeviceId, Officer, OfficerId, UnLocode};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::feed::{self, Subject};
use crate::problem::Failure;
use crate::store::{Tx, values};

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The officer signed in.
    pub officer: Officer,
    /// The workstation.
    pub device: DeviceId,
    /// The post.
    pub post: UnLocode,
}

/// Wrong PINs in a row after which an officer has to wait.
const TRIES: u32 = 5;

/// How long.
const WAIT: Duration = Duration::from_secs(30);

/// Wrong PINs of each officer since the last right one. In memory: a restart forgives.
#[derive(Default)]
pub struct Tries(Mutex<HashMap<OfficerId, (u32, Instant)>>);

impl Tries {
    fn check(&self, officer: OfficerId) -> Result<(), Failure> {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(&(count, last)) = tries.get(&officer) else {
            return Ok(());
        };
        match WAIT.checked_sub(last.elapsed()) {
            Some(left) if count >= TRIES => Err(Failure::Refused {
                status: StatusCode::TOO_MANY_REQUESTS,
                code: "too-many-tries",
                detail: format!("{count} wrong PINs in a row"),
                retry_after: Some(left.as_secs() + 1),
            }),
            _ => Ok(()),
        }
    }

    fn note(&self, officer: OfficerId, right: bool) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if right {
            tries.remove(&officer);
        } else {
            let (count, last) = tries.entry(officer).or_insert((0, Instant::now()));
            *count += 1;
            *last = Instant::now();
        }
    }
}

/// Hashes a PIN (Argon2id, a salt of its own).
pub fn hash_pin(pin: &str) -> Result<String, Failure> {
    Argon2::default()
        .hash_password(pin.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| Failure::Data(format!("the PIN cannot be hashed: {e}")))
}

/// What is known of an officer before the PIN is looked at.
pub struct Candidate {
    officer: Officer,
    post: UnLocode,
    pin_hash: String,
}

/// Finds the officer of a request.
pub fn candidate(tx: &dyn Tx, id: OfficerId) -> Result<Option<Candidate>, Failure> {
    let pin_hash: Option<String> = tx
        .first(
            "SELECT pin_hash FROM officers WHERE id = ?1",
            values![id.0.as_bytes()],
        )?
        .map(|row| row.get(0))
        .transpose()?;
    Ok(match (feed::officer(tx, id)?, pin_hash) {
        (Some((officer, post)), Some(pin_hash)) => Some(Candidate {
            officer,
            post,
            pin_hash,
        }),
        _ => None,
    })
}

/// Looks at the PIN. The work is done for unknown officers too, so that time does not tell who is known.
pub fn verify(
    tries: &Tries,
    request: &SessionRequest,
    candidate: Option<Candidate>,
) -> Result<Candidate, Failure> {
    tries.check(request.officer)?;
    // A hash of nothing that anyone can type, for the time it takes.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$b3V0cG9zdG91dHBvc3Q$\
                          2m4lH0DPmOsYh2QnXJ5gSXNfCwQ5L8kTI2QxvpQ7Pqs";
    let hash = candidate.as_ref().map_or(NOBODY, |c| &c.pin_hash);
    let right = PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(request.pin.as_bytes(), &hash)
            .is_ok()
    });
    tries.note(request.officer, right);
    candidate.filter(|_| right).ok_or_else(|| {
        Failure::refused(
            StatusCode::UNAUTHORIZED,
            "wrong-pin",
            "officer or PIN is wrong",
        )
    })
}

/// Opens a session, enrols the workstation at the officer's post when it is new, and binds the officer's key.
pub fn open(
    tx: &dyn Tx,
    request: &SessionRequest,
    candidate: Candidate,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Session, Failure> {
    let post = &candidate.post;
    enrol(tx, request.device, post, now)?;
    let bound = tx.execute(
        "INSERT INTO officer_keys (officer, device, key, bound_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT DO NOTHING",
        values![
            request.officer.0.as_bytes(),
            request.device.0.as_bytes(),
            &request.key,
            now.to_string()
        ],
    )?;
    if bound > 0 {
        feed::publish(tx, post, Subject::Officer(request.officer))?;
        let agency = candidate.officer.agency;
        let others = agencies_at(tx, request.device, Some(request.officer))?;
        if !others.is_empty() && !others.contains(&agency) {
            feed::publish_reserved(tx, post, agency)?;
        }
    }
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)?;
    let token = hex::encode(secret);
    tx.execute(
        "DELETE FROM sessions WHERE expires_at < ?1",
        values![now.to_string()],
    )?;
    tx.execute(
        "INSERT INTO sessions (token_hash, officer, device, expires_at) VALUES (?1, ?2, ?3, ?4)",
        values![
            token_hash(&token),
            request.officer.0.as_bytes(),
            request.device.0.as_bytes(),
            expires_at.to_string()
        ],
    )?;
    let officer = feed::officer(tx, request.officer)?.map_or(candidate.officer, |(o, _)| o);
    Ok(Session {
        token,
        expires_at,
        officer,
    })
}

fn enrol(tx: &dyn Tx, device: DeviceId, post: &UnLocode, now: Timestamp) -> Result<(), Failure> {
    let enrolled: Option<String> = device_post(tx, device)?;
    match enrolled {
        None => {
            tx.execute(
                "INSERT INTO devices (id, post, enrolled_at) VALUES (?1, ?2, ?3)",
                values![device.0.as_bytes(), post.as_str(), now.to_string()],
            )?;
            Ok(())
        }
        Some(code) if code == post.as_str() => Ok(()),
        Some(code) => Err(Failure::refused(
            StatusCode::FORBIDDEN,
            "other-post",
            format!("this workstation is enrolled at {code}, the officer works at {post}"),
        )),
    }
}

/// The agencies whose officers have signed in at a workstation, but for one officer.
pub fn agencies_at(
    tx: &dyn Tx,
    device: DeviceId,
    except: Option<OfficerId>,
) -> Result<Vec<Agency>, Failure> {
    let officers = tx.query(
        "SELECT DISTINCT officer FROM officer_keys WHERE device = ?1",
        values![device.0.as_bytes()],
    )?;
    let mut agencies = Vec::new();
    for row in officers {
        let id = OfficerId(Uuid::from_bytes(row.get(0)?));
        if let Some((officer, _)) = feed::officer(tx, id)?
            && Some(id) != except
            && !agencies.contains(&officer.agency)
        {
            agencies.push(officer.agency);
        }
    }
    Ok(agencies)
}

/// The post at which a workstation is enrolled.
pub fn device_post(tx: &dyn Tx, device: DeviceId) -> Result<Option<String>, Failure> {
    tx.first(
        "SELECT post FROM devices WHERE id = ?1",
        values![device.0.as_bytes()],
    )?
    .map(|row| row.get(0))
    .transpose()
}

/// The workstation that a request names, when it does.
pub fn named_device(headers: &HeaderMap) -> Option<DeviceId> {
    headers.get(DEVICE_HEADER)?.to_str().ok()?.parse().ok()
}

/// The caller of a request.
///
/// # Errors
/// 401 without a session or with one that has ended, 403 when the request names another workstation.
pub fn caller(tx: &dyn Tx, headers: &HeaderMap, now: Timestamp) -> Result<Caller, Failure> {
    let no_session =
        |why: &str| Failure::refused(StatusCode::UNAUTHORIZED, "no-session", why.to_owned());
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(|| no_session("the request carries no bearer token"))?;
    let row = tx.first(
        "SELECT officer, device, expires_at FROM sessions WHERE token_hash = ?1",
        values![token_hash(token)],
    )?;
    let row = row.ok_or_else(|| no_session("the token is not one of this server's"))?;
    let (officer, device, expires_at): (_, _, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    if expires_at.parse::<Timestamp>().is_ok_and(|end| end <= now) {
        return Err(Failure::refused(
            StatusCode::UNAUTHORIZED,
            "session-expired",
            format!("the session ended at {expires_at}"),
        ));
    }
    let device = DeviceId(Uuid::from_bytes(device));
    if named_device(headers).is_some_and(|named| named != device) {
        return Err(Failure::refused(
            StatusCode::FORBIDDEN,
            "other-device",
            "the session was opened on another workstation",
        ));
    }
    let (officer, post) = feed::officer(tx, OfficerId(Uuid::from_bytes(officer)))?
        .ok_or_else(|| no_session("the officer is no longer known"))?;
    Ok(Caller {
        officer,
        device,
        post,
    })
}

fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
