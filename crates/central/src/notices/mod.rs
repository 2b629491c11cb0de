//! Notices to terminals and port community systems: webhooks after Standard Webhooks.
//!
//! What there is to tell is found by comparing how an inspection stood with how it stands ([`news`]), and written down
//! for each receiver ([`receivers`]) in the transaction of the act itself ([`outbox`]): no notice without its act, no
//! act without its notice. A task for each receiver delivers ([`send`]), signed ([`sign`]), each notice under one id
//! however often it is tried. What is never taken becomes a dead letter, which can be sent again.

mod news;
mod outbox;
mod receivers;
mod send;
mod sign;

use std::time::Duration;

use jiff::Timestamp;
use outpost_domain::{Entry, EntryId, Inspection};

pub use outbox::{Fate, Replayed, counts, forget, replay};
pub use receivers::load;
pub use send::keep_sending;

use crate::feed;
use crate::problem::Failure;
use crate::store::Tx;
use news::Standing;

/// How long and how often a delivery is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The longest wait for an answer.
    pub answer: Duration,
    /// The first wait after a failure; the waits double.
    pub first: Duration,
    /// The longest wait after a failure.
    pub longest: Duration,
    /// How old a notice may become before it is a dead letter.
    pub give_up: Duration,
}

impl Patience {
    /// Short waits at first, since trucks wait; three days in all, so that a receiver that fails on a Friday night is
    /// told on Monday.
    pub const USUAL: Self = Self {
        answer: Duration::from_secs(20),
        first: Duration::from_secs(1),
        longest: Duration::from_mins(15),
        give_up: Duration::from_hours(72),
    };
}

/// Writes down what an entry has changed; called when it stands among the accepted ones.
pub fn after_entry(
    tx: &dyn Tx,
    inspection: &Inspection,
    entry: EntryId,
    now: Timestamp,
) -> Result<(), Failure> {
    let receivers = receivers::all(tx)?;
    if receivers.is_empty() {
        return Ok(());
    }
    let mut entries = opened(tx, inspection)?;
    let after = Standing::of(inspection, &entries);
    entries.retain(|e| e.payload.id != entry);
    let before = Standing::of(inspection, &entries);
    let news = news::news(Some(&before), &after);
    outbox::write(tx, &receivers, inspection, &news, now)
}

/// Writes down what another version of an inspection, or a new one, has changed.
pub fn after_snapshot(
    tx: &dyn Tx,
    old: Option<&Inspection>,
    new: &Inspection,
    now: Timestamp,
) -> Result<(), Failure> {
    let receivers = receivers::all(tx)?;
    if receivers.is_empty() {
        return Ok(());
    }
    let entries = opened(tx, new)?;
    let before = old.map(|old| Standing::of(old, &entries));
    let news = news::news(before.as_ref(), &Standing::of(new, &entries));
    outbox::write(tx, &receivers, new, &news, now)
}

fn opened(tx: &dyn Tx, inspection: &Inspection) -> Result<Vec<Entry>, Failure> {
    let entries = feed::entries(tx, inspection.id)?;
    Ok(entries
        .iter()
        .filter_map(|signed| signed.open_trusted().ok())
        .collect())
}
