//! Drafts: what an officer is typing in a form, kept through a crash. They are not acts and never leave the laptop.

use jiff::Timestamp;
use outpost_domain::{InspectionId, OfficerId};
use rusqlite::{Connection, params};

use crate::sql::{self, Id};
use crate::{Result, Store};

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The inspection.
    pub inspection: InspectionId,
    /// The form: `finding`, `hold`, `item-3`, …
    pub form: String,
    /// The form's content; the form alone knows what it means.
    pub text: String,
    /// When it was kept.
    pub saved_at: Timestamp,
}

impl Store {
    /// Keeps `text` as the officer's draft of `form`; an empty text drops it.
    pub fn save_draft(
        &self,
        officer: OfficerId,
        inspection: InspectionId,
        form: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<()> {
        if text.is_empty() {
            return self.drop_draft(officer, inspection, form);
        }
        self.write(|w| {
            w.tx.prepare_cached(
                "INSERT OR REPLACE INTO drafts (officer, inspection, form, text, saved_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                officer.column(),
                inspection.column(),
                form,
                text,
                sql::ms(now)
            ])?;
            Ok(())
        })
    }

    /// Drops a draft, when there is one.
    pub fn drop_draft(
        &self,
        officer: OfficerId,
        inspection: InspectionId,
        form: &str,
    ) -> Result<()> {
        self.write(|w| {
            w.tx.prepare_cached(
                "DELETE FROM drafts WHERE officer = ?1 AND inspection = ?2 AND form = ?3",
            )?
            .execute(params![officer.column(), inspection.column(), form])?;
            Ok(())
        })
    }

    /// The officer's drafts in an inspection, by form.
    pub fn drafts(&self, officer: OfficerId, inspection: InspectionId) -> Result<Vec<Draft>> {
        self.read(|c| of(c, officer, inspection))
    }
}

pub(crate) fn of(c: &Connection, officer: OfficerId, id: InspectionId) -> Result<Vec<Draft>> {
    let mut select = c.prepare_cached(
        "SELECT form, text, saved_at FROM drafts WHERE officer = ?1 AND inspection = ?2
         ORDER BY form",
    )?;
    let rows = select.query_map([officer.column(), id.column()], |r| {
        Ok(Draft {
            inspection: id,
            form: r.get(0)?,
            text: r.get(1)?,
            saved_at: sql::time(r.get(2)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
