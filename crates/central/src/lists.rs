//! Checklists: taken in from a folder at the start, handed to the posts, asked when answers come.

use std::path::{Path, PathBuf};

use outpost_domain::{Checklist, UnLocode};
use uuid::Uuid;

use crate::feed::{self, Subject};
use crate::problem::Failure;
use crate::store::{Store, Tx, values};

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

fn put_everywhere(tx: &dyn Tx, list: &Checklist) -> Result<(), Failure> {
    for row in tx.query("SELECT code FROM posts ORDER BY position", values![])? {
        let post = row
            .get::<String>(0)?
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
pub fn put(tx: &dyn Tx, post: &UnLocode, list: &Checklist) -> Result<(), Failure> {
    let content = list.hash();
    let known: Option<(Uuid, [u8; 32], bool)> = tx
        .first(
            "SELECT id, content, withdrawn FROM checklists WHERE post = ?1 AND name = ?2 AND version = ?3",
            values![post.as_str(), &list.name, list.version],
        )?
        .map(|row| Ok::<_, Failure>((Uuid::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?)))
        .transpose()?;
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
    tx.execute(
        "INSERT INTO checklists (id, post, content, name, version, withdrawn, body) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET withdrawn = excluded.withdrawn, body = excluded.body",
        values![
            id.as_bytes(),
            post.as_str(),
            content.0,
            &list.name,
            list.version,
            list.withdrawn,
            serde_json::to_string(list)?,
        ],
    )?;
    feed::publish(tx, post, Subject::Checklist(id))?;
    Ok(())
}

/// Whether the post has this version of the list.
pub fn is_known(tx: &dyn Tx, post: &UnLocode, list: &Checklist) -> Result<bool, Failure> {
    tx.exists(
        "SELECT 1 FROM checklists WHERE post = ?1 AND name = ?2 AND version = ?3",
        values![post.as_str(), &list.name, list.version],
    )
}

/// The list of this id.
pub fn by_id(tx: &dyn Tx, id: Uuid) -> Result<Option<Checklist>, Failure> {
    tx.first(
        "SELECT body FROM checklists WHERE id = ?1",
        values![id.as_bytes()],
    )?
    .map(|row| Ok(serde_json::from_str(&row.get::<String>(0)?)?))
    .transpose()
}

/// Every list of a post, withdrawn ones among them.
pub fn of_post(tx: &dyn Tx, post: &UnLocode) -> Result<Vec<Checklist>, Failure> {
    let rows = tx.query(
        "SELECT body FROM checklists WHERE post = ?1 ORDER BY name, version",
        values![post.as_str()],
    )?;
    rows.iter()
        .map(|row| Ok(serde_json::from_str(&row.get::<String>(0)?)?))
        .collect()
}
