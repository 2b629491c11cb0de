//! Blobs: radiographs, photos and papers, named by their SHA-256 and sealed on the disk.
//!
//! A file's name is a keyed hash of the content's, so that a folder listing does not tell which known picture is on
//! the laptop. A file is in its place only whole and durable; what is being downloaded lies in `blobs/partial`.

mod sealed;
mod transfer;

use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use outpost_domain::BlobHash;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::keys::random;
use crate::sql;
use crate::{Result, Store, StoreError, files};
use files::remove_if_there;
use sealed::{SEGMENT, Sealed};

pub use transfer::{Download, MissingBlob, PendingUpload};

/// The folder of sealed files.
pub(crate) const FOLDER: &str = "blobs";

/// What is known of a blob on this laptop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobInfo {
    /// Its content's hash.
    pub hash: BlobHash,
    /// Bytes.
    pub bytes: u64,
    /// `image/jpeg`, `image/tiff`, …
    pub media_type: String,
    /// The file's name when an officer chose it; else empty.
    pub name: String,
}

impl Store {
    /// Keeps `content`, sealed and durable. The same content twice is one blob.
    pub fn put_blob(
        &self,
        content: &[u8],
        media_type: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<BlobInfo> {
        self.put_blob_from(content, media_type, name, now)
    }

    /// Keeps what `content` yields, without holding it in memory.
    pub fn put_blob_from(
        &self,
        content: impl Read,
        media_type: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<BlobInfo> {
        let unfinished = self.blob_folder("new")?.join(hex::encode(random::<16>()?));
        let put = self.seal_and_name(&unfinished, content, media_type, name, now);
        if put.is_err() {
            // It was never complete: nothing is lost with it, and a full disk wants the space back.
            let _ = std::fs::remove_file(&unfinished);
        }
        put
    }

    fn seal_and_name(
        &self,
        unfinished: &Path,
        content: impl Read,
        media_type: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<BlobInfo> {
        let mut file = Sealed::create(unfinished)?;
        let (hash, bytes) = seal_all(&mut file, content, unfinished)?;
        file.name(&self.blob_key(), hash)?;
        file.sync()?;
        drop(file);
        let info = BlobInfo {
            hash,
            bytes,
            media_type: media_type.to_owned(),
            name: name.to_owned(),
        };
        self.settle_file(unfinished, &info, now)?;
        Ok(info)
    }

    /// Moves a whole, durable file into its place and notes it.
    fn settle_file(&self, from: &Path, info: &BlobInfo, now: Timestamp) -> Result<()> {
        let path = self.blob_path(info.hash);
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
            files::sync_folder(folder)?;
        }
        files::move_into_place(from, &path)?;
        self.note_blob(info, now)
    }

    fn note_blob(&self, info: &BlobInfo, now: Timestamp) -> Result<()> {
        self.write(|w| {
            w.tx.execute(
                "INSERT INTO blobs (hash, bytes, media_type, name, stored_at)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                params![
                    info.hash.0,
                    info.bytes as i64,
                    info.media_type,
                    info.name,
                    sql::ms(now)
                ],
            )?;
            Ok(())
        })
    }

    /// What is known of a blob whose whole content is here.
    pub fn blob(&self, hash: BlobHash) -> Result<Option<BlobInfo>> {
        self.read(|c| {
            let mut select =
                c.prepare_cached("SELECT bytes, media_type, name FROM blobs WHERE hash = ?1")?;
            let found = select.query_row([hash.0], |r| {
                Ok(BlobInfo {
                    hash,
                    bytes: r.get::<_, i64>(0)? as u64,
                    media_type: r.get(1)?,
                    name: r.get(2)?,
                })
            });
            Ok(found.optional()?)
        })
    }

    /// At most `length` bytes of a blob from `offset`; fewer at its end. Only the segments that are touched are read.
    pub fn read_blob(&self, hash: BlobHash, offset: u64, length: u64) -> Result<Vec<u8>> {
        let (mut file, info) = self.sealed(hash)?;
        let end = offset.saturating_add(length).min(info.bytes);
        let mut bytes = Vec::with_capacity(end.saturating_sub(offset) as usize);
        let mut at = offset;
        while at < end {
            let segment = file.read_segment(at / SEGMENT as u64)?;
            let from = (at % SEGMENT as u64) as usize;
            let wanted = from..segment.len().min(from + (end - at) as usize);
            let part = segment.get(wanted).filter(|p| !p.is_empty());
            let part = part.ok_or_else(|| self.cut_off(hash, at))?;
            bytes.extend_from_slice(part);
            at += part.len() as u64;
        }
        Ok(bytes)
    }

    /// Reads a blob to its end and compares length and SHA-256 with what they should be.
    pub fn verify_blob(&self, hash: BlobHash) -> Result<()> {
        let (mut file, info) = self.sealed(hash)?;
        let bytes = file.bytes()?;
        if bytes != info.bytes {
            return Err(self.cut_off(hash, bytes));
        }
        let found = file.hash()?;
        if found == hash {
            Ok(())
        } else {
            Err(StoreError::WrongContent {
                expected: hash,
                found,
            })
        }
    }

    /// Takes a blob from this laptop that the central has.
    ///
    /// # Errors
    /// [`StoreError::UnsentBlob`] when it has not been sent, no entry names it yet, or a form that is not saved yet does:
    /// it stays.
    pub fn evict_blob(&self, hash: BlobHash) -> Result<()> {
        self.write(|w| {
            let unsent =
                w.tx.prepare_cached(
                    "SELECT 1 FROM blobs b LEFT JOIN uploads u ON u.hash = b.hash
                     WHERE b.hash = ?1 AND (u.state = 'pending'
                         OR u.state IS NULL AND NOT EXISTS (SELECT 1 FROM blob_links l WHERE l.hash = b.hash)
                         OR EXISTS (SELECT 1 FROM drafts d WHERE instr(d.text, lower(hex(b.hash)))))",
                )?
                .exists([hash.0])?;
            if unsent {
                return Err(StoreError::UnsentBlob(hash));
            }
            w.tx.execute("DELETE FROM blobs WHERE hash = ?1", [hash.0])?;
            Ok(())
        })?;
        remove_if_there(&self.blob_path(hash))
    }

    fn sealed(&self, hash: BlobHash) -> Result<(Sealed, BlobInfo)> {
        let info = self.blob(hash)?.ok_or(StoreError::UnknownBlob(hash))?;
        let file = Sealed::open(&self.blob_path(hash), &self.blob_key(), hash)?;
        let missing = || StoreError::Damaged {
            file: self.blob_path(hash),
            what: "it is not there any more".to_owned(),
        };
        Ok((file.ok_or_else(missing)?, info))
    }

    fn cut_off(&self, hash: BlobHash, at: u64) -> StoreError {
        StoreError::Damaged {
            file: self.blob_path(hash),
            what: format!("it ends after {at} bytes"),
        }
    }

    fn blob_key(&self) -> [u8; 32] {
        self.key.subkey("blobs")
    }

    pub(crate) fn blob_path(&self, hash: BlobHash) -> PathBuf {
        let name = self.sealed_name(hash);
        self.dir.join(FOLDER).join(&name[..2]).join(name)
    }

    pub(crate) fn sealed_name(&self, hash: BlobHash) -> String {
        let mut keyed = Sha256::new();
        keyed.update(self.key.subkey("blob names"));
        keyed.update(hash.0);
        hex::encode(keyed.finalize())
    }

    fn blob_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.dir.join(FOLDER).join(name);
        files::make_folder(&folder)?;
        Ok(folder)
    }

    /// Notes sealed files that are whole and that no row knows any more, among those that entries or snapshots name.
    pub(crate) fn adopt_blobs(&self) -> Result<()> {
        let wanted: Vec<BlobHash> = self.read(|c| {
            let mut select = c.prepare(
                "SELECT hash FROM (SELECT hash FROM uploads UNION SELECT hash FROM blob_links)
                 WHERE hash NOT IN (SELECT hash FROM blobs)",
            )?;
            let rows = select.query_map([], |r| sql::hash(r, 0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })?;
        for hash in wanted {
            let path = self.blob_path(hash);
            let Ok(Some(mut file)) = Sealed::open(&path, &self.blob_key(), hash) else {
                continue;
            };
            if file.hash().is_ok_and(|found| found == hash) {
                let info = BlobInfo {
                    hash,
                    bytes: file.bytes()?,
                    media_type: sniffed(&file.read_segment(0)?).to_owned(),
                    name: String::new(),
                };
                self.note_blob(&info, Timestamp::UNIX_EPOCH)?;
            }
        }
        Ok(())
    }

    /// Takes away what was being put when a process before this one ended; it never had a name.
    pub(crate) fn drop_unfinished(&self) -> Result<()> {
        let folder = self.dir.join(FOLDER).join("new");
        let Ok(entries) = std::fs::read_dir(&folder) else {
            return Ok(());
        };
        for entry in entries {
            remove_if_there(&entry.map_err(StoreError::io(&folder))?.path())?;
        }
        Ok(())
    }
}

fn seal_all(file: &mut Sealed, mut content: impl Read, path: &Path) -> Result<(BlobHash, u64)> {
    let mut hash = Sha256::new();
    let mut segment = Vec::with_capacity(SEGMENT);
    let mut bytes = 0;
    for index in 0.. {
        segment.clear();
        (&mut content)
            .take(SEGMENT as u64)
            .read_to_end(&mut segment)
            .map_err(StoreError::io(path))?;
        if segment.is_empty() {
            break;
        }
        hash.update(&segment);
        bytes += segment.len() as u64;
        file.write_segment(index, &segment)?;
    }
    Ok((BlobHash(hash.finalize().into()), bytes))
}

/// What a file is by its first bytes, when nothing else tells any more.
pub(crate) fn sniffed(content: &[u8]) -> &'static str {
    match content {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "image/tiff",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        _ => "application/octet-stream",
    }
}
