//! Checklists: taken in from a folder at the start, handed to the posts, asked when answers come.

use std::path::{Path, PathBuf};

use outpost_domain::{Checklist, UnLocode};
use rusqlite::{OptionalExtension, Transaction, params};
use uuid::Uuid;

use crate::feed::{self, Subject};
use crate::problem::Failure;
use crate::store::Store;

/// The largest file that is read as a checklist, bytes.
const LARGEST: u64 = 1024 * 1024;

/// Takes in every `*.json` of `folder` for every post. A file that cannot be used is told, by name and reason, and
/// holds up nothing else; what is served already stays.
///
/// # Errors
/// When the folder cannot be read or the database fails.
pub fn load(store: &Store, folder: &Path) -> Result<(), Failure> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|e| Failure::Data(format!("the checklists in {}: {e}", folder.display())))?
        .map(|file| file.map(|file| file.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    for path in files {
        let taken = read(&path).and_then(|list| {
            store
                .write(|tx| put_everywhere(tx, &list))
                .map_err(|e| e.to_string())
        });
        match taken {
            Ok(()) => tracing::info!(file = %path.display(), "checklist taken in"),
            Err(reason) => {
                tracing::error!(file = %path.display(), reason, "a checklist was not taken in");
            }
        }
    }
    Ok(())
}

/// Reads a file, or says in words what is wrong with it.
fn read(path: &Path) -> Result<Checklist, String> {
    let bytes = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
    if bytes > LARGEST {
        return Err(format!("{bytes} bytes; {LARGEST} are the limit"));
    }
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let list: Checklist = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    list.check().map_err(|fault| fault.to_string())?;
    Ok(list)
}

fn put_everywhere(tx: &Transaction<'_>, list: &Checklist) -> Result<(), Failure> {
    let posts: Vec<String> = tx
        .prepare_cached("SELECT code FROM posts ORDER BY position")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for post in posts {
        let post = post
            .parse()
            .map_err(|e| Failure::Data(format!("the database's post: {e}")))?;
        put(tx, &post, list)?;
    }
    Ok(())
}

/// Hands a list to a post. One that is there with this content only learns whether it was withdrawn.
///
/// # Errors
/// When this version is there with another content: what officers answered stays what it was.
pub fn put(tx: &Transaction<'_>, post: &UnLocode, list: &Checklist) -> Result<(), Failure> {
    let content = list.hash();
    let known: Option<(Uuid, [u8; 32], bool)> = tx
        .prepare_cached(
            "SELECT id, content, withdrawn FROM checklists WHERE post = ?1 AND name = ?2 AND version = ?3",
        )?
        .query_row(params![post.as_str(), list.name, list.version], |row| {
            Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let id = match known {
        Some((_, held, _)) if held != content.0 => {
            let (name, version) = (&list.name, list.version);
            return Err(Failure::Data(format!(
                "{name}, version {version}, is served with another content; give the new one a higher version"
            )));
        }
        Some((_, _, withdrawn)) if withdrawn == list.withdrawn => return Ok(()),
        Some((id, ..)) => id,
        None => Uuid::now_v7(),
    };
    tx.prepare_cached(
        "INSERT INTO checklists (id, post, content, name, version, withdrawn, body) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET withdrawn = excluded.withdrawn, body = excluded.body",
    )?
    .execute(params![
        id.as_bytes(),
        post.as_str(),
        content.0,
        list.name,
        list.version,
        list.withdrawn,
        serde_json::to_string(list)?,
    ])?;
    feed::publish(tx, post, Subject::Checklist(id))
}

/// Whether the post has this version of the list.
pub fn is_known(tx: &Transaction<'_>, post: &UnLocode, list: &Checklist) -> Result<bool, Failure> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM checklists WHERE post = ?1 AND name = ?2 AND version = ?3")?
        .exists(params![post.as_str(), list.name, list.version])?)
}

/// The list of this id.
pub fn by_id(tx: &Transaction<'_>, id: Uuid) -> Result<Option<Checklist>, Failure> {
    let body: Option<String> = tx
        .prepare_cached("SELECT body FROM checklists WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Every list of a post, withdrawn ones among them.
pub fn of_post(tx: &Transaction<'_>, post: &UnLocode) -> Result<Vec<Checklist>, Failure> {
    let mut select =
        tx.prepare_cached("SELECT body FROM checklists WHERE post = ?1 ORDER BY name, version")?;
    let bodies = select.query_map([post.as_str()], |row| row.get::<_, String>(0))?;
    bodies
        .map(|body| Ok(serde_json::from_str(&body?)?))
        .collect()
}
