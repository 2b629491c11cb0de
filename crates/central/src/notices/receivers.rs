//! Who is told: a JSON file each, in the folder given to `--webhooks`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use outpost_domain::UnLocode;
use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::news::Topic;
use super::sign::Secret;
use crate::problem::Failure;
use crate::store::{Store, Tx, values};

/// The largest file that is read, bytes.
const LARGEST: u64 = 64 * 1024;

/// The file of a receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Where notices are posted to.
    pub url: String,
    /// `whsec_` and base64. While one is changed there are two: a notice is signed with each.
    pub secrets: Vec<String>,
    /// The posts that it is told of; all of them when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posts: Option<Vec<UnLocode>>,
    /// What it is told of.
    #[serde(default = "every_topic")]
    pub topics: Vec<Topic>,
}

fn every_topic() -> Vec<Topic> {
    vec![Topic::Inspection, Topic::Hold, Topic::Release]
}

/// A receiver as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// The name of its file without the end.
    pub name: String,
    /// What the file says.
    pub file: File,
    /// Whether it has answered 410.
    pub gone: bool,
}

impl Receiver {
    /// Whether it is told of this topic at this post.
    pub fn wants(&self, post: &UnLocode, topic: Topic) -> bool {
        let here = self.file.posts.as_ref();
        here.is_none_or(|posts| posts.contains(post)) && self.file.topics.contains(&topic)
    }

    /// A client for its address.
    pub fn client(&self, timeout: Duration) -> Result<(reqwest::Client, Url), String> {
        let url = address(&self.file.url)?;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("outpost-central/", env!("CARGO_PKG_VERSION")))
            .timeout(timeout)
            // The notice is for the address that its keeper has laid down, and for no other.
            .redirect(reqwest::redirect::Policy::none());
        if is_loopback(&url) {
            builder = builder.no_proxy();
        }
        Ok((builder.build().map_err(|e| e.to_string())?, url))
    }

    /// Its secrets.
    pub fn secrets(&self) -> Result<Vec<Secret>, String> {
        self.file.secrets.iter().map(|s| secret(s)).collect()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            let host = host.trim_start_matches('[').trim_end_matches(']');
            host.parse()
                .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
        None => false,
    }
}

fn address(text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|e| format!("url {text:?}: {e}"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        _ => Err(format!("url {text:?}: https is needed")),
    }
}

/// 24 to 64 bytes, as Standard Webhooks asks for.
fn secret(text: &str) -> Result<Secret, String> {
    // The secret itself must not stand in a log.
    let bytes = text
        .strip_prefix("whsec_")
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .ok_or("a secret is whsec_ and base64")?;
    match bytes.len() {
        24..=64 => Ok(Secret(bytes)),
        n => Err(format!("a secret has 24 to 64 bytes, one here has {n}")),
    }
}

/// Takes over what the folder says. A file that cannot be used is told, by name and reason; what was known of that
/// receiver stays. One without a file is told nothing more.
///
/// # Errors
/// When the folder cannot be read or the database fails.
pub fn load(store: &Store, folder: Option<&Path>) -> Result<(), Failure> {
    if folder.is_none() && store.is_shared() {
        // A process that was started without the folder must not silence the others.
        return Ok(());
    }
    let files = folder.map_or(Ok(BTreeMap::new()), files)?;
    store.write(|tx| {
        for known in all(tx)? {
            if !files.contains_key(&known.name) {
                tx.execute(
                    "DELETE FROM receivers WHERE name = ?1",
                    values![&known.name],
                )?;
                tracing::warn!(receiver = known.name, "has no file and is told nothing");
            }
        }
        for (name, path) in &files {
            match read(path) {
                Ok(file) => put(tx, name, &file)?,
                Err(reason) => {
                    tracing::error!(file = %path.display(), reason, "a receiver was not taken in");
                }
            }
        }
        Ok(())
    })
}

fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let unreadable = |e| Failure::Data(format!("the receivers in {}: {e}", folder.display()));
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        if let Some(name) = name.filter(|_| path.extension().is_some_and(|end| end == "json")) {
            files.insert(name.to_owned(), path.clone());
        }
    }
    Ok(files)
}

fn read(path: &Path) -> Result<File, String> {
    let bytes = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
    if bytes > LARGEST {
        return Err(format!("{bytes} bytes; {LARGEST} are the limit"));
    }
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let file: File = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    address(&file.url)?;
    if file.secrets.is_empty() {
        return Err("a receiver has at least one secret".to_owned());
    }
    for text in &file.secrets {
        secret(text)?;
    }
    Ok(file)
}

fn put(tx: &dyn Tx, name: &str, file: &File) -> Result<(), Failure> {
    tx.execute(
        "INSERT INTO receivers (name, body) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET body = excluded.body, \
         gone = CASE WHEN receivers.body = excluded.body THEN receivers.gone ELSE 0 END",
        values![name, serde_json::to_string(file)?],
    )?;
    Ok(())
}

/// Every receiver.
pub fn all(tx: &dyn Tx) -> Result<Vec<Receiver>, Failure> {
    tx.query(
        "SELECT name, body, gone FROM receivers ORDER BY name",
        values![],
    )?
    .iter()
    .map(|row| {
        Ok(Receiver {
            name: row.get(0)?,
            file: serde_json::from_str(&row.get::<String>(1)?)?,
            gone: row.get(2)?,
        })
    })
    .collect()
}
