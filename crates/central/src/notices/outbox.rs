//! The table of what is to be told.
//!
//! Notices of one inspection go to a receiver in their order: one that failed keeps the later ones of its inspection
//! waiting, and no others. A release told after its withdrawal would be a lie.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use outpost_domain::Inspection;
use serde::Serialize;
use uuid::Uuid;

use super::news::{News, What};
use super::receivers::Receiver;
use crate::app::App;
use crate::problem::Failure;
use crate::store::{Store, Tx, values};

/// How long a delivered notice is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Why a notice for a receiver that is gone was never sent.
const GONE: &str = "the receiver has answered 410: it is gone";

/// The body of a notice.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    /// Grows: of two notices about the same thing the higher number is the later.
    number: i64,
    post: &'a str,
    inspection: &'a str,
    #[serde(flatten)]
    what: &'a What,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Vec<&'a str>>,
}

/// Writes down what each receiver is to be told.
pub fn write(
    tx: &dyn Tx,
    receivers: &[Receiver],
    inspection: &Inspection,
    news: &[News],
    now: Timestamp,
) -> Result<(), Failure> {
    for one in news {
        let told = receivers.iter();
        for receiver in told.filter(|r| r.wants(&inspection.post, one.topic)) {
            let number = place(tx, receiver, inspection, one)?;
            let body = body(inspection, one, number, now)?;
            tx.execute(
                "UPDATE notices SET body = ?2 WHERE number = ?1",
                values![number, body],
            )?;
        }
    }
    Ok(())
}

/// Gives the notice its number.
fn place(
    tx: &dyn Tx,
    receiver: &Receiver,
    inspection: &Inspection,
    news: &News,
) -> Result<i64, Failure> {
    // Its age counts from here: what it tells of may lie longer back.
    let now = App::now();
    let (state, answer) = if receiver.gone {
        ("dead", Some(GONE))
    } else {
        ("waiting", None)
    };
    tx.one(
            "INSERT INTO notices (id, receiver, inspection, subject, body, written_at, state, due, answer) \
             VALUES (?1, ?2, ?3, ?4, '', ?5, ?6, ?7, ?8) RETURNING number",
            values![
                format!("msg_{}", Uuid::now_v7().simple()),
                &receiver.name,
                inspection.id.0.as_bytes(),
                &news.subject,
                now.to_string(),
                state,
                now.as_millisecond(),
                answer,
            ],
        )?
        .get(0)
}

fn body(
    inspection: &Inspection,
    news: &News,
    number: i64,
    now: Timestamp,
) -> Result<String, Failure> {
    let units = inspection.units.iter().map(|unit| unit.number.as_str());
    Ok(serde_json::to_string(&Body {
        kind: news.kind,
        timestamp: now,
        data: Data {
            number,
            post: inspection.post.as_str(),
            inspection: &inspection.reference,
            what: &news.what,
            // An order names them itself.
            units: (!matches!(news.what, What::Order(_))).then(|| units.collect()),
        },
    })?)
}

/// A notice that is to be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number.
    pub number: i64,
    /// The id that every delivery of it carries.
    pub id: String,
    /// What is posted.
    pub body: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written.
    pub written_at: Timestamp,
}

/// What a receiver's task does next.
#[derive(Debug)]
pub enum Next {
    /// Send this.
    Send(Letter),
    /// Wait; until the moment, in milliseconds since 1970, when one is known.
    Wait(Option<i64>),
}

/// Takes the next notice for a receiver, so that no other process takes it for as long as `lease`.
pub fn take(
    store: &Store,
    receiver: &str,
    now: Timestamp,
    lease: Duration,
) -> Result<Next, Failure> {
    let due = store.read(|tx| first_due(tx, receiver))?;
    match due {
        Some(due) if due <= now.as_millisecond() => {}
        later => return Ok(Next::Wait(later)),
    }
    store.write(|tx| {
        let Some(letter) = first(tx, receiver, now)? else {
            return Ok(Next::Wait(None));
        };
        let until = now.as_millisecond() + lease.as_millis() as i64;
        let taken = tx.execute(
            "UPDATE notices SET due = ?2 WHERE number = ?1 AND state = 'waiting' AND due <= ?3",
            values![letter.number, until, now.as_millisecond()],
        )?;
        Ok(if taken == 1 {
            Next::Send(letter)
        } else {
            Next::Wait(None)
        })
    })
}

/// The moment of the next notice before which none of its inspection waits.
fn first_due(tx: &dyn Tx, receiver: &str) -> Result<Option<i64>, Failure> {
    tx.first(
            "SELECT n.due FROM notices n WHERE n.receiver = ?1 AND n.state = 'waiting' AND NOT EXISTS \
             (SELECT 1 FROM notices e WHERE e.receiver = n.receiver AND e.inspection = n.inspection \
              AND e.number < n.number AND e.state = 'waiting') ORDER BY n.due, n.number LIMIT 1",
            values![receiver],
        )?
        .map(|row| row.get(0))
        .transpose()
}

fn first(tx: &dyn Tx, receiver: &str, now: Timestamp) -> Result<Option<Letter>, Failure> {
    tx.first(
            "SELECT n.number, n.id, n.body, n.tries, n.written_at FROM notices n \
             WHERE n.receiver = ?1 AND n.state = 'waiting' AND n.due <= ?2 AND NOT EXISTS \
             (SELECT 1 FROM notices e WHERE e.receiver = n.receiver AND e.inspection = n.inspection \
              AND e.number < n.number AND e.state = 'waiting') ORDER BY n.due, n.number LIMIT 1",
            values![receiver, now.as_millisecond()],
        )?
        .map(|row| {
            let written: String = row.get(4)?;
            Ok(Letter {
                number: row.get(0)?,
                id: row.get(1)?,
                body: row.get(2)?,
                tries: row.get(3)?,
                written_at: written.parse().unwrap_or(now),
            })
        })
        .transpose()
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It was taken.
    Delivered,
    /// It waits until then, milliseconds since 1970.
    Again(i64),
    /// It has become too old.
    Dead,
    /// The receiver wants nothing more.
    Gone,
}

/// Notes what became of a try, in words too.
pub fn settle(
    store: &Store,
    receiver: &str,
    letter: &Letter,
    fate: &Fate,
    answer: &str,
) -> Result<(), Failure> {
    let (state, due) = match fate {
        Fate::Delivered => ("delivered", 0),
        Fate::Again(due) => ("waiting", *due),
        Fate::Dead | Fate::Gone => ("dead", 0),
    };
    store.write(|tx| {
        tx.execute(
            "UPDATE notices SET state = ?2, due = ?3, answer = ?4, tries = tries + 1 \
             WHERE number = ?1 AND state = 'waiting'",
            values![letter.number, state, due, answer],
        )?;
        if *fate == Fate::Gone {
            tx.execute(
                "UPDATE receivers SET gone = 1 WHERE name = ?1",
                values![receiver],
            )?;
            tx.execute(
                "UPDATE notices SET state = 'dead', answer = ?2 WHERE receiver = ?1 AND state = 'waiting'",
                values![receiver, GONE],
            )?;
        }
        Ok(())
    })
}

/// What sending dead letters again came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replayed {
    /// Notices that wait again.
    pub again: u64,
    /// Notices that stay dead: a later one about the same was delivered.
    pub outdated: u64,
}

/// Lets dead letters wait again, of one receiver or of all. What a later delivered notice has made outdated stays
/// dead: a release is not told after its withdrawal.
pub fn replay(store: &Store, receiver: Option<&str>, now: Timestamp) -> Result<Replayed, Failure> {
    store.write(|tx| {
        let (of, any) = (receiver.unwrap_or_default(), receiver.is_none());
        let again = tx.execute(
            "UPDATE notices SET state = 'waiting', due = ?1, written_at = ?2, tries = 0 \
             WHERE state = 'dead' AND (receiver = ?3 OR ?4 = 1) AND NOT EXISTS \
             (SELECT 1 FROM notices l WHERE l.receiver = notices.receiver AND l.inspection = notices.inspection \
              AND l.subject = notices.subject AND l.number > notices.number AND l.state = 'delivered')",
            values![now.as_millisecond(), now.to_string(), of, any],
        )?;
        tx.execute(
            "UPDATE receivers SET gone = 0 WHERE name = ?1 OR ?2 = 1",
            values![of, any],
        )?;
        let outdated: u64 = tx
            .one(
            "SELECT count(*) FROM notices WHERE state = 'dead' AND (receiver = ?1 OR ?2 = 1)",
            values![of, any],
        )?
        .get(0)?;
        Ok(Replayed { again, outdated })
    })
}

/// How many wait and how many are dead letters.
pub fn counts(tx: &dyn Tx) -> Result<(i64, i64), Failure> {
    let of = |state: &str| {
        tx.one(
            "SELECT count(*) FROM notices WHERE state = ?1",
            values![state],
        )?
        .get(0)
    };
    Ok((of("waiting")?, of("dead")?))
}

/// Drops notices that were delivered a month ago.
pub fn forget(store: &Store, now: Timestamp) -> Result<u64, Failure> {
    let before = (now - KEPT).to_string();
    store.write(|tx| {
        tx.execute(
            "DELETE FROM notices WHERE state = 'delivered' AND written_at < ?1",
            values![before],
        )
    })
}
