//! Checklists on the laptop: every text that the central ever sent, so that what was begun can go on.

use outpost_domain::Checklist;
use rusqlite::{Connection, params};

use crate::{Result, Store, sql};

impl Store {
    /// Every checklist, withdrawn ones among them, by name and version.
    pub fn checklists(&self) -> Result<Vec<Checklist>> {
        self.read(all)
    }
}

pub(crate) fn all(c: &Connection) -> Result<Vec<Checklist>> {
    let mut select = c.prepare_cached("SELECT body FROM checklists ORDER BY name, version")?;
    let bodies = select.query_map([], |r| r.get::<_, String>(0))?;
    bodies
        .map(|body| sql::from_json("a checklist", &body?))
        .collect()
}

/// Takes a list in, or says why nobody can work with it. A text that is there only learns whether it was withdrawn.
pub(crate) fn take(c: &Connection, list: &Checklist) -> Result<std::result::Result<(), String>> {
    if let Err(fault) = list.check() {
        let (name, version) = (&list.name, list.version);
        return Ok(Err(format!("checklist {name}, version {version}: {fault}")));
    }
    c.prepare_cached(
        "INSERT INTO checklists (content, name, version, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (content) DO UPDATE SET body = ?4",
    )?
    .execute(params![
        list.hash().0,
        list.name,
        list.version,
        sql::to_json("a checklist", list)?,
    ])?;
    Ok(Ok(()))
}
