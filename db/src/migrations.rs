//! Numbered steps from any released schema to this build's, all in one immediate transaction.
//!
//! A released step is never edited: a new one is added to `migrations/` and to [`STEPS`]. Golden files of every
//! version stay in the tests.

use rusqlite::{Connection, TransactionBehavior};

use crate::{Result, StoreError};

/// Step `n` brings version `n` to version `n + 1`.
const STEPS: &[&str] = &[
    include_str!("../migrations/0001_store.sql"),
    include_str!("../migrations/0002_officer_keys.sql"),
    include_str!("../migrations/0003_receipts.sql"),
    include_str!("../migrations/0004_checklists.sql"),
    include_str!("../migrations/0005_facts.sql"),
    include_str!("../migrations/0006_practice.sql"),
];

/// The version this build writes.
pub(crate) const VERSION: u32 = STEPS.len() as u32;

fn version_of(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row("PRAGMA user_version", [], |r| r.get(0))?)
}

/// Refuses a file that a newer build wrote, having only read it.
pub(crate) fn refuse_newer(connection: &Connection) -> Result<()> {
    let found = version_of(connection)?;
    if found > VERSION {
        return Err(StoreError::Newer {
            found,
            known: VERSION,
        });
    }
    Ok(())
}

/// Runs the steps that are missing.
pub(crate) fn bring_up(connection: &mut Connection) -> Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version_of(&tx)?;
    for step in STEPS.iter().skip(from as usize) {
        tx.execute_batch(step)?;
    }
    if from != VERSION {
        tx.pragma_update(None, "user_version", VERSION)?;
    }
    tx.commit()?;
    Ok(())
}
