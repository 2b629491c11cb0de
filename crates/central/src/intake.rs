//! Taking entries in: each by itself, each once, each in its place in its device's chain.
//!
//! An entry must follow the entry before it and be followed by the one after it, where those are held; gaps are
//! taken. A laptop parks the later entries of an inspection whose entry was refused and sends those of all others:
//! asking for every number in its order would let one bad entry delay them all.
//! What was refused may be offered again and is judged anew; what was accepted is answered as a duplicate for ever.

use std::collections::HashSet;

use jiff::Timestamp;
use outpost_api::{PushOutcome, PushResult, Receipt};
use outpost_domain::{
    DeviceId, Entry, EntryHash, EntryId, InspectionId, Judgement, OfficerId, SignedEntry,
    UnreadableEntry, may_act_for, may_name, needs_lists,
};
use serde::Deserialize;

use crate::access::Caller;
use crate::feed::{self, Subject};
use crate::lists;
use crate::notices;
use crate::problem::Failure;
use crate::signer::Signer;
use crate::store::{Store, Tx, values};

/// What places an entry in its device's chain; read even from payloads that are otherwise not understood.
#[derive(Debug, Deserialize)]
struct Claim {
    id: EntryId,
    device: DeviceId,
    sequence: u64,
    previous: EntryHash,
}

/// Where an entry stands to what is held already.
enum Standing {
    /// It was accepted before.
    Accepted,
    /// It holds its place, refused; it may be judged anew.
    Held,
    /// Its place is free.
    New,
}

/// Takes entries in, each in a transaction of its own, and adds their outcomes to `outcomes` as it goes: after a failure
/// they tell what stands.
pub fn take_in_all(
    store: &Store,
    caller: &Caller,
    entries: &[SignedEntry],
    now: Timestamp,
    outcomes: &mut Vec<PushOutcome>,
) -> Result<(), Failure> {
    // An act builds on the acts before it: behind one that was not taken in, the later ones of its inspection wait.
    let mut parked = HashSet::new();
    for (index, signed) in (0..).zip(entries) {
        let of = subject(signed);
        let outcome = store.write(|tx| match of {
            Some((id, inspection)) if parked.contains(&inspection) => Ok(behind(id, index)),
            _ => take_in(tx, caller, signed, index, now),
        })?;
        let fell = matches!(
            outcome.result,
            PushResult::Refused { .. } | PushResult::Conflict { .. }
        );
        parked.extend(of.filter(|_| fell).map(|(_, inspection)| inspection));
        outcomes.push(outcome);
    }
    Ok(())
}

/// Takes one entry in, within a transaction of its own.
pub fn take_in(
    tx: &dyn Tx,
    caller: &Caller,
    signed: &SignedEntry,
    index: u32,
    now: Timestamp,
) -> Result<PushOutcome, Failure> {
    let Ok(claim) = serde_json::from_str::<Claim>(&signed.payload) else {
        let result = refused(
            "malformed",
            "the payload has no id, device, sequence and previous hash",
        );
        return Ok(PushOutcome {
            id: None,
            index,
            result,
        });
    };
    if claim.sequence > i64::MAX as u64 {
        let detail = format!("no workstation has written {} entries", claim.sequence);
        return Ok(PushOutcome {
            id: Some(claim.id),
            index,
            result: refused("chain-broken", detail),
        });
    }
    // What it is judged by must not change until it has its place.
    tx.lock_post(&caller.post)?;
    let id = Some(claim.id);
    let hash = signed.hash();
    let result = match stand(tx, caller, &claim, hash)? {
        Err(result) => result,
        Ok(Standing::Accepted) => PushResult::Duplicate,
        Ok(standing) => {
            let judged = judge(tx, caller, signed)?;
            let result = judged
                .as_ref()
                .err()
                .cloned()
                .unwrap_or(PushResult::Accepted);
            keep(
                tx,
                &claim,
                signed,
                hash,
                &result,
                matches!(standing, Standing::New),
                now,
            )?;
            if let Ok(entry) = judged {
                accept(tx, &entry, now)?;
            }
            result
        }
    };
    Ok(PushOutcome { id, index, result })
}

/// The entry's id and inspection, as its payload says; `None` when not even that can be read.
fn subject(signed: &SignedEntry) -> Option<(EntryId, InspectionId)> {
    #[derive(Deserialize)]
    struct Subject {
        id: EntryId,
        inspection: InspectionId,
    }
    let subject: Subject = serde_json::from_str(&signed.payload).ok()?;
    Some((subject.id, subject.inspection))
}

/// The outcome of an entry that was not looked at.
const fn behind(id: EntryId, index: u32) -> PushOutcome {
    PushOutcome {
        id: Some(id),
        index,
        result: PushResult::Behind,
    }
}

fn refused(code: &str, detail: impl Into<String>) -> PushResult {
    PushResult::Refused {
        code: code.to_owned(),
        detail: detail.into(),
    }
}

/// Compares an entry with the chain of its device.
fn stand(
    tx: &dyn Tx,
    caller: &Caller,
    claim: &Claim,
    hash: EntryHash,
) -> Result<Result<Standing, PushResult>, Failure> {
    if claim.device != caller.device {
        // The session vouches for one workstation; another's chain is not its to extend.
        return Ok(Err(refused(
            "other-device",
            "the entry was written on another workstation",
        )));
    }
    let held: Option<([u8; 32], String)> = tx
        .first(
            "SELECT hash, outcome FROM entries WHERE device = ?1 AND sequence = ?2",
            values![claim.device.0.as_bytes(), claim.sequence],
        )?
        .map(|row| Ok::<_, Failure>((row.get(0)?, row.get(1)?)))
        .transpose()?;
    match &held {
        // Only what was accepted holds its place against another: what was refused may have been garbled on the way.
        Some((held, outcome)) if *held != hash.0.0 && outcome == "accepted" => {
            let detail = format!(
                "another entry {} of this workstation is held already",
                claim.sequence
            );
            return Ok(Err(refused("chain-broken", detail)));
        }
        Some((_, outcome)) if outcome == "accepted" => return Ok(Ok(Standing::Accepted)),
        _ => {}
    }
    if is_taken(tx, claim.id)? {
        let detail = "the id is that of another accepted entry";
        return Ok(Err(refused("id-taken", detail)));
    }
    if !fits_neighbours(tx, claim, hash)? {
        let detail = format!(
            "entry {} does not fit the entries held before and after it",
            claim.sequence
        );
        return Ok(Err(refused("chain-broken", detail)));
    }
    Ok(Ok(if held.is_some() {
        Standing::Held
    } else {
        Standing::New
    }))
}

/// Whether the accepted entries right before and right after, where they are held, are linked with this one.
fn fits_neighbours(tx: &dyn Tx, claim: &Claim, hash: EntryHash) -> Result<bool, Failure> {
    let neighbour = |sequence: u64| {
        tx.first(
            "SELECT hash, payload FROM entries WHERE device = ?1 AND sequence = ?2 AND outcome = 'accepted'",
            values![claim.device.0.as_bytes(), sequence],
        )?
        .map(|row| Ok::<_, Failure>((row.get::<[u8; 32]>(0)?, row.get::<String>(1)?)))
        .transpose()
    };
    let before = match claim.sequence {
        0 => return Ok(false),
        1 => Some(EntryHash::GENESIS.0.0),
        n => neighbour(n - 1)?.map(|(held, _)| held),
    };
    let after = match neighbour(claim.sequence.saturating_add(1))? {
        Some((_, payload)) => serde_json::from_str::<Claim>(&payload).ok(),
        None => None,
    };
    Ok(before.is_none_or(|held| held == claim.previous.0.0)
        && after.is_none_or(|next| next.previous == hash))
}

fn is_taken(tx: &dyn Tx, id: EntryId) -> Result<bool, Failure> {
    tx.exists(
        "SELECT 1 FROM entries WHERE id = ?1 AND outcome = 'accepted'",
        values![id.0.as_bytes()],
    )
}

/// Number and hash of the highest entry held of a device; 0 and the genesis hash when there is none.
pub fn head(tx: &dyn Tx, device: DeviceId) -> Result<(u64, EntryHash), Failure> {
    let row = tx.first(
        "SELECT sequence, hash FROM entries WHERE device = ?1 ORDER BY sequence DESC LIMIT 1",
        values![device.0.as_bytes()],
    )?;
    row.map_or(Ok((0, EntryHash::GENESIS)), |row| {
        let hash = EntryHash(outpost_domain::BlobHash(row.get(1)?));
        Ok((row.get(0)?, hash))
    })
}

/// Whether the entry may be taken in, after signature, author and rules.
fn judge(
    tx: &dyn Tx,
    caller: &Caller,
    signed: &SignedEntry,
) -> Result<Result<Entry, PushResult>, Failure> {
    let entry = match signed.open() {
        Ok(entry) => entry,
        Err(fault) => return Ok(Err(refused(unreadable(&fault), fault.to_string()))),
    };
    let p = &entry.payload;
    if !is_bound(tx, p.author, p.device, &entry.key)? {
        let detail = "the author has not signed in at this workstation with this key";
        return Ok(Err(refused("unknown-key", detail)));
    }
    let Some((author, post)) = feed::officer(tx, p.author)? else {
        return Ok(Err(refused("unknown-author", "the author is not known")));
    };
    if author.agency != p.agency || post != caller.post {
        let detail = format!("{} acts for {} at {post}", author.name, author.agency);
        return Ok(Err(refused("other-agency", detail)));
    }
    let Some(inspection) = feed::inspection(tx, p.inspection)?.filter(|i| i.post == caller.post)
    else {
        return Ok(Err(refused(
            "unknown-inspection",
            "the post has no such inspection",
        )));
    };
    if let Some(other) = p.on_behalf_of {
        let other = feed::officer(tx, other)?.filter(|(_, at)| *at == caller.post);
        if let Err(refusal) = may_act_for(&author, other.as_ref().map(|(officer, _)| officer)) {
            return Ok(Err(refused(refusal.code(), refusal.to_string())));
        }
    }
    if let Some(named) = p.body.names() {
        let named = feed::officer(tx, named)?.filter(|(_, at)| *at == caller.post);
        let named = named.as_ref().map(|(officer, _)| officer);
        if let Err(refusal) = may_name(&author, &p.body, named) {
            return Ok(Err(refused(refusal.code(), refusal.to_string())));
        }
    }
    // Reading them all costs more than judging most entries.
    let lists = if needs_lists(&p.body) {
        lists::of_post(tx, &inspection.post)?
    } else {
        Vec::new()
    };
    let entries: Vec<Entry> = feed::entries(tx, p.inspection)?
        .iter()
        .filter_map(|signed| signed.open_trusted().ok())
        .collect();
    Ok(
        match outpost_domain::judge(&author, &inspection, &entries, &lists, p) {
            Judgement::Accepted => Ok(entry),
            Judgement::Refused(refusal) => Err(refused(refusal.code(), refusal.to_string())),
            Judgement::Conflict { code, detail } => Err(PushResult::Conflict {
                code: code.to_owned(),
                detail,
            }),
        },
    )
}

fn unreadable(fault: &UnreadableEntry) -> &'static str {
    match fault {
        UnreadableEntry::MalformedSignature | UnreadableEntry::WrongSignature => "wrong-signature",
        UnreadableEntry::MalformedPayload(_) => "malformed",
    }
}

/// Whether this officer has signed in at this workstation with this key.
pub fn is_bound(
    tx: &dyn Tx,
    author: OfficerId,
    device: DeviceId,
    key: &str,
) -> Result<bool, Failure> {
    tx.exists(
        "SELECT 1 FROM officer_keys WHERE officer = ?1 AND device = ?2 AND key = ?3",
        values![author.0.as_bytes(), device.0.as_bytes(), key],
    )
}

/// Writes the entry down with what became of it.
fn keep(
    tx: &dyn Tx,
    claim: &Claim,
    signed: &SignedEntry,
    hash: EntryHash,
    result: &PushResult,
    new: bool,
    now: Timestamp,
) -> Result<(), Failure> {
    let (outcome, code, detail) = match result {
        PushResult::Accepted | PushResult::Duplicate => ("accepted", None, None),
        PushResult::Behind => return Ok(()),
        PushResult::Refused { code, detail } => ("refused", Some(code), Some(detail)),
        PushResult::Conflict { code, detail } => ("conflict", Some(code), Some(detail)),
    };
    let sql = if new {
        "INSERT INTO entries (device, sequence, id, hash, received_at, outcome, code, detail, payload, signature, key) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    } else {
        "UPDATE entries SET id = ?3, hash = ?4, received_at = ?5, outcome = ?6, code = ?7, detail = ?8, \
         payload = ?9, signature = ?10, key = ?11 WHERE device = ?1 AND sequence = ?2"
    };
    // The outcome is set last: once it says accepted, the row does not change any more.
    let pending = if outcome == "accepted" {
        "refused"
    } else {
        outcome
    };
    tx.execute(
        sql,
        values![
            claim.device.0.as_bytes(),
            claim.sequence,
            claim.id.0.as_bytes(),
            hash.0.0,
            now.to_string(),
            pending,
            code,
            detail,
            &signed.payload,
            &signed.signature,
            &signed.key,
        ],
    )?;
    Ok(())
}

/// Gives the entry its place among the accepted ones and tells the post, and whoever waits for the goods.
fn accept(tx: &dyn Tx, entry: &Entry, now: Timestamp) -> Result<(), Failure> {
    let p = &entry.payload;
    let inspection = feed::inspection(tx, p.inspection)?
        .ok_or_else(|| Failure::Data(format!("inspection {} has gone", p.inspection)))?;
    let place = feed::publish(tx, &inspection.post, Subject::Entry(p.id))?;
    tx.execute(
        "UPDATE entries SET outcome = 'accepted', inspection = ?3, accepted = ?4 \
         WHERE device = ?1 AND sequence = ?2",
        values![
            p.device.0.as_bytes(),
            p.sequence,
            p.inspection.0.as_bytes(),
            place,
        ],
    )?;
    notices::after_entry(tx, &inspection, p.id, now)
}

/// Takes in entries that come with a world rather than from a workstation.
pub fn take_in_earlier(
    tx: &dyn Tx,
    signed: &SignedEntry,
    caller: &Caller,
    now: Timestamp,
) -> Result<(), Failure> {
    let outcome = take_in(tx, caller, signed, 0, now)?;
    match outcome.result {
        PushResult::Accepted | PushResult::Duplicate => Ok(()),
        other => Err(Failure::Data(format!(
            "an earlier entry was not taken in: {other:?}"
        ))),
    }
}

/// The central's word for how far it has a device's chain; `None` when it has nothing of it.
pub fn receipt(
    tx: &dyn Tx,
    signer: &Signer,
    device: DeviceId,
    now: Timestamp,
) -> Result<Option<Receipt>, Failure> {
    let (sequence, hash) = head(tx, device)?;
    Ok((sequence > 0).then(|| signer.receipt(device, sequence, hash, now)))
}
