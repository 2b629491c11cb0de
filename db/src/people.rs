//! Who works here: the post, its officers, their keys and sessions; and the workstation's settings.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use outpost_api::{PostInfo, Session};
use outpost_domain::{Officer, OfficerId, public_key};
use rusqlite::{Connection, OptionalExtension, params};

use crate::keys::random;
use crate::sql::{self, Id};
use crate::{Applied, Result, Store, changes};

impl Store {
    /// Keeps what the central says of the post and replaces its officers. When the epoch is another than before,
    /// everything is offered and pulled again; with a new key, what was kept aside is read again.
    pub fn put_post_info(&self, info: &PostInfo) -> Result<Applied> {
        self.write(|w| {
            sql::set_meta(&w.tx, "post_info", sql::to_json("the post", info)?)?;
            w.tx.execute("DELETE FROM officers", [])?;
            let mut applied = Applied::default();
            for officer in &info.officers {
                applied.new_keys |= put_officer(&w.tx, officer)?;
            }
            if applied.new_keys {
                applied.changed = changes::read_again(w)?.changed;
            }
            changes::see_time(&w.tx, info.server_time)?;
            applied.epoch_changed = changes::see_epoch(&w.tx, info.epoch)?;
            Ok(applied)
        })
    }

    /// What the central last said of the post. Its officers are those of that time: see [`Store::officers`].
    pub fn post_info(&self) -> Result<Option<PostInfo>> {
        self.read(|c| {
            let text: Option<String> = sql::meta(c, "post_info")?;
            text.map(|t| sql::from_json("the post", &t)).transpose()
        })
    }

    /// The officers of the post, by name.
    pub fn officers(&self) -> Result<Vec<Officer>> {
        self.read(|c| {
            let mut select = c.prepare_cached("SELECT body FROM officers")?;
            let mut rows = select.query([])?;
            let mut officers: Vec<Officer> = Vec::new();
            while let Some(row) = rows.next()? {
                officers.push(sql::from_json("an officer", &row.get::<_, String>(0)?)?);
            }
            officers.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
            Ok(officers)
        })
    }

    /// One officer of the post.
    pub fn officer(&self, id: OfficerId) -> Result<Option<Officer>> {
        self.read(|c| {
            let text: Option<String> = c
                .prepare_cached("SELECT body FROM officers WHERE id = ?1")?
                .query_row([id.column()], |r| r.get(0))
                .optional()?;
            text.map(|t| sql::from_json("an officer", &t)).transpose()
        })
    }

    /// The key with which this officer signs on this device; made at the first call, durable before it is returned.
    pub fn signing_key(&self, officer: OfficerId) -> Result<SigningKey> {
        self.write(|w| {
            let kept: Option<[u8; 32]> =
                w.tx.query_row(
                    "SELECT signing_key FROM credentials WHERE officer = ?1",
                    [officer.column()],
                    |r| r.get(0),
                )
                .optional()?
                .flatten();
            if let Some(bytes) = kept {
                let key = SigningKey::from_bytes(&bytes);
                learn_key(&w.tx, officer, &public_key(&key))?;
                return Ok(key);
            }
            let key = SigningKey::from_bytes(&random()?);
            learn_key(&w.tx, officer, &public_key(&key))?;
            w.tx.execute(
                "INSERT INTO credentials (officer, signing_key) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET signing_key = ?2",
                params![officer.column(), key.to_bytes()],
            )?;
            Ok(key)
        })
    }

    /// Keeps an officer's session at the central.
    pub fn put_session(&self, session: &Session) -> Result<()> {
        let body = sql::to_json("a session", session)?;
        self.write(|w| {
            w.tx.execute(
                "INSERT OR REPLACE INTO sessions (officer, body) VALUES (?1, ?2)",
                params![session.officer.id.column(), body],
            )?;
            Ok(())
        })
    }

    /// The sessions that are kept, also those that have ended: the central says so, not the laptop's clock.
    pub fn sessions(&self) -> Result<Vec<Session>> {
        self.read(|c| {
            let mut select = c.prepare_cached("SELECT body FROM sessions ORDER BY officer")?;
            let mut rows = select.query([])?;
            let mut sessions = Vec::new();
            while let Some(row) = rows.next()? {
                sessions.push(sql::from_json("a session", &row.get::<_, String>(0)?)?);
            }
            Ok(sessions)
        })
    }

    /// Drops an officer's session. What the officer recorded stays in the outbox under the officer's name.
    pub fn drop_session(&self, officer: OfficerId) -> Result<()> {
        self.write(|w| {
            let drop = "DELETE FROM sessions WHERE officer = ?1";
            w.tx.execute(drop, [officer.column()])?;
            Ok(())
        })
    }

    /// What an officer was told of the work, as [`Store::keep_told`] kept it.
    pub fn told(&self, officer: OfficerId) -> Result<Option<String>> {
        self.read(|c| sql::meta(c, &told(officer)))
    }

    /// Keeps what an officer was told of the work.
    pub fn keep_told(&self, officer: OfficerId, text: &str) -> Result<()> {
        self.write(|w| sql::set_meta(&w.tx, &told(officer), text))
    }

    /// Keeps a setting of this workstation; an empty value takes it away.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        self.write(|w| {
            if value.is_empty() {
                w.tx.execute("DELETE FROM settings WHERE name = ?1", [name])?;
            } else {
                w.tx.execute(
                    "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)",
                    [name, value],
                )?;
            }
            Ok(())
        })
    }

    /// The settings of this workstation.
    pub fn settings(&self) -> Result<BTreeMap<String, String>> {
        self.read(|c| {
            let mut select = c.prepare_cached("SELECT name, value FROM settings")?;
            let rows = select.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn told(officer: OfficerId) -> String {
    format!("told-{officer}")
}

/// Keeps an officer as told; `true` when a key came that was not known before.
pub(crate) fn put_officer(c: &Connection, officer: &Officer) -> Result<bool> {
    c.prepare_cached("INSERT OR REPLACE INTO officers (id, body) VALUES (?1, ?2)")?
        .execute(params![
            officer.id.column(),
            sql::to_json("an officer", officer)?
        ])?;
    let mut new = false;
    for key in &officer.keys {
        new |= learn_key(c, officer.id, key)?;
    }
    Ok(new)
}

/// Keeps a key of an officer, for ever; `true` when it is new.
pub(crate) fn learn_key(c: &Connection, officer: OfficerId, key: &str) -> Result<bool> {
    let rows = c
        .prepare_cached("INSERT OR IGNORE INTO officer_keys (officer, key) VALUES (?1, ?2)")?
        .execute(params![officer.column(), key.to_ascii_lowercase()])?;
    Ok(rows == 1)
}

/// Whether the officer is known to sign with this key: the central has told so, or it is the officer's key here.
pub(crate) fn knows_key(c: &Connection, officer: OfficerId, key: &str) -> Result<bool> {
    Ok(
        c.prepare_cached("SELECT 1 FROM officer_keys WHERE officer = ?1 AND key = ?2")?
            .exists(params![officer.column(), key.to_ascii_lowercase()])?,
    )
}
