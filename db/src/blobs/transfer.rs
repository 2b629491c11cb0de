//! Blobs on their way: downloads that go on where they were cut off, and what waits to be uploaded.

use jiff::Timestamp;
use outpost_domain::{BlobHash, InspectionId, OfficerId};
use rusqlite::{Connection, params};

use super::BlobInfo;
use super::sealed::{SEGMENT, Sealed};
use crate::files::remove_if_there;
use crate::sql;
use crate::store::lock;
use crate::{Result, Store, StoreError};

/// How far a download is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Download {
    /// More is wanted.
    Partial {
        /// Bytes that are here, durable: the offset at which to go on.
        have: u64,
    },
    /// The whole content is here and its hash is right.
    Complete,
}

/// A blob that an inspection shows and that is not on this laptop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingBlob {
    /// Its content's hash.
    pub hash: BlobHash,
    /// The inspection that wants it first.
    pub inspection: InspectionId,
    /// Whether it is a radiograph; else a photo or paper of an entry.
    pub scan: bool,
    /// Bytes, when the snapshot tells.
    pub bytes: Option<u64>,
}

/// A blob that waits to be uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingUpload {
    /// What is uploaded.
    pub blob: BlobInfo,
    /// The officer whose entry names it.
    pub author: OfficerId,
    /// Where an upload was begun at the central.
    pub location: Option<String>,
    /// Code and sentence of the last refusal.
    pub refusal: Option<(String, String)>,
}

impl Store {
    /// Blobs that the worklist's inspections show and that are not here, those of the first rows first.
    pub fn missing_blobs(&self, limit: usize) -> Result<Vec<MissingBlob>> {
        self.read(|c| missing(c, limit))
    }

    /// How many blobs the worklist's inspections show, and how many of them are here.
    pub fn blob_totals(&self) -> Result<(u64, u64)> {
        self.read(|c| {
            let mut count = c.prepare_cached(
                "SELECT count(DISTINCT l.hash), count(DISTINCT b.hash)
                 FROM blob_links l JOIN worklist w ON w.inspection = l.inspection
                 LEFT JOIN blobs b ON b.hash = l.hash",
            )?;
            Ok(count.query_row([], |r| {
                Ok((r.get::<_, i64>(0)? as u64, r.get::<_, i64>(1)? as u64))
            })?)
        })
    }

    /// How far the download of a blob is. What a power cut left unreadable at its end is not counted.
    pub fn download(&self, hash: BlobHash) -> Result<Download> {
        if self.blob(hash)?.is_some() {
            return Ok(Download::Complete);
        }
        let _one_at_a_time = lock(&self.blob_writes);
        let have = match self.partial(hash)? {
            Some(mut file) => readable(&mut file)?,
            None => 0,
        };
        Ok(Download::Partial { have })
    }

    /// Keeps the next part of a download of `total` bytes, durable when this returns. With the last byte the
    /// content's hash is compared and the blob is in its place.
    ///
    /// # Errors
    /// [`StoreError::WrongOffset`] when the part does not begin where the file ends;
    /// [`StoreError::WrongContent`] when the whole does not have the hash: it is dropped, to begin anew.
    pub fn append_download(
        &self,
        hash: BlobHash,
        media_type: &str,
        total: u64,
        offset: u64,
        part: &[u8],
        now: Timestamp,
    ) -> Result<Download> {
        if self.blob(hash)?.is_some() {
            return Ok(Download::Complete);
        }
        let _one_at_a_time = lock(&self.blob_writes);
        let mut file = match self.partial(hash)? {
            Some(file) => file,
            None => self.begin_partial(hash)?,
        };
        let have = file.bytes()?;
        if have != offset || have + part.len() as u64 > total {
            return Err(StoreError::WrongOffset {
                hash,
                have,
                offered: offset,
            });
        }
        extend(&mut file, have, part)?;
        file.sync()?;
        let have = have + part.len() as u64;
        if have < total {
            return Ok(Download::Partial { have });
        }
        let found = file.hash()?;
        drop(file);
        if found != hash {
            remove_if_there(&self.partial_path(hash)?)?;
            return Err(StoreError::WrongContent {
                expected: hash,
                found,
            });
        }
        let info = BlobInfo {
            hash,
            bytes: total,
            media_type: media_type.to_owned(),
            name: String::new(),
        };
        self.settle_file(&self.partial_path(hash)?, &info, now)?;
        Ok(Download::Complete)
    }

    /// Drops what was downloaded of a blob, to begin anew.
    pub fn drop_download(&self, hash: BlobHash) -> Result<()> {
        let _one_at_a_time = lock(&self.blob_writes);
        remove_if_there(&self.partial_path(hash)?)
    }

    fn partial_path(&self, hash: BlobHash) -> Result<std::path::PathBuf> {
        Ok(self.blob_folder("partial")?.join(self.sealed_name(hash)))
    }

    /// The file of a download; one whose header does not open is of no use and is dropped.
    fn partial(&self, hash: BlobHash) -> Result<Option<Sealed>> {
        let path = self.partial_path(hash)?;
        match Sealed::open(&path, &self.blob_key(), hash) {
            Err(StoreError::Damaged { .. }) => {
                remove_if_there(&path)?;
                Ok(None)
            }
            other => other,
        }
    }

    fn begin_partial(&self, hash: BlobHash) -> Result<Sealed> {
        let mut file = Sealed::create(&self.partial_path(hash)?)?;
        file.name(&self.blob_key(), hash)?;
        Ok(file)
    }

    /// Blobs that wait to be uploaded, in the order of their entries.
    pub fn pending_uploads(&self, limit: usize) -> Result<Vec<PendingUpload>> {
        self.read(|c| pending(c, limit))
    }

    /// Keeps where an upload was begun; `None` when that place is gone and it begins anew.
    pub fn set_upload_location(&self, hash: BlobHash, location: Option<&str>) -> Result<()> {
        self.write(|w| {
            w.tx.execute(
                "UPDATE uploads SET location = ?2 WHERE hash = ?1",
                params![hash.0, location],
            )?;
            Ok(())
        })
    }

    /// Notes why the central does not take a blob. It stays pending and is never dropped.
    pub fn upload_refused(&self, hash: BlobHash, code: &str, detail: &str) -> Result<()> {
        self.write(|w| {
            w.tx.execute(
                "UPDATE uploads SET code = ?2, detail = ?3 WHERE hash = ?1",
                params![hash.0, code, detail],
            )?;
            Ok(())
        })
    }

    /// Notes that the central has confirmed a blob by its hash. Returns the inspections whose badge changed.
    pub fn upload_done(&self, hash: BlobHash, now: Timestamp) -> Result<Vec<InspectionId>> {
        self.write(|w| {
            w.tx.execute(
                "UPDATE uploads SET state = 'uploaded', location = NULL, code = NULL, detail = NULL,
                     uploaded_at = ?2 WHERE hash = ?1",
                params![hash.0, sql::ms(now)],
            )?;
            let mut links =
                w.tx.prepare_cached("SELECT inspection FROM blob_links WHERE hash = ?1")?;
            let ids = links.query_map([hash.0], |r| sql::id(r, 0))?;
            Ok(ids.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// Seals `part` after the `have` bytes that are there. The last segment is sealed anew, under a new nonce.
fn extend(file: &mut Sealed, have: u64, part: &[u8]) -> Result<()> {
    let mut index = have / SEGMENT as u64;
    let mut segment = file.read_segment(index)?;
    let mut rest = part;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.len().min(SEGMENT - segment.len()));
        segment.extend_from_slice(now);
        file.write_segment(index, &segment)?;
        segment.clear();
        index += 1;
        rest = later;
    }
    Ok(())
}

/// Bytes that open, from the beginning; what does not is cut off.
fn readable(file: &mut Sealed) -> Result<u64> {
    let claimed = file.bytes()?;
    for index in 0..claimed.div_ceil(SEGMENT as u64) {
        match file.read_segment(index) {
            Ok(_) => {}
            Err(StoreError::Damaged { .. }) => {
                file.truncate(index)?;
                return Ok(index * SEGMENT as u64);
            }
            Err(other) => return Err(other),
        }
    }
    Ok(claimed)
}

// The bare columns are those of the row with the lowest rank (SQLite's rule for min). What is only compared with comes
// after everything else.
const MISSING: &str = "
    SELECT l.hash, l.inspection, l.scan, l.bytes, min((l.scan = 2) * 1000000000000000 + w.priority * 10000000000000 + w.since) AS rank
    FROM blob_links l JOIN worklist w ON w.inspection = l.inspection
    WHERE NOT EXISTS (SELECT 1 FROM blobs b WHERE b.hash = l.hash)
    GROUP BY l.hash ORDER BY rank, l.hash LIMIT ?1";

fn missing(c: &Connection, limit: usize) -> Result<Vec<MissingBlob>> {
    let mut select = c.prepare_cached(MISSING)?;
    let rows = select.query_map([limit as i64], |r| {
        Ok(MissingBlob {
            hash: sql::hash(r, 0)?,
            inspection: sql::id(r, 1)?,
            scan: r.get(2)?,
            bytes: r.get::<_, Option<i64>>(3)?.map(|b| b as u64),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const PENDING: &str = "
    SELECT u.hash, b.bytes, b.media_type, b.name, u.author, u.location, u.code, u.detail
    FROM uploads u JOIN blobs b ON b.hash = u.hash
    WHERE u.state = 'pending'
    ORDER BY b.stored_at, u.hash LIMIT ?1";

fn pending(c: &Connection, limit: usize) -> Result<Vec<PendingUpload>> {
    let mut select = c.prepare_cached(PENDING)?;
    let rows = select.query_map([limit as i64], |r| {
        Ok(PendingUpload {
            blob: BlobInfo {
                hash: sql::hash(r, 0)?,
                bytes: r.get::<_, i64>(1)? as u64,
                media_type: r.get(2)?,
                name: r.get(3)?,
            },
            author: sql::id(r, 4)?,
            location: r.get(5)?,
            refusal: r
                .get::<_, Option<String>>(6)?
                .zip(r.get::<_, Option<String>>(7)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
