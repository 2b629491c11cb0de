//! What takes the room on this laptop, and what may go from it when there is little.

use outpost_domain::BlobHash;
use rusqlite::Connection;

use crate::store::{DATABASE, beside};
use crate::{Result, Store, StoreError, salvage, sql};

/// Files of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub files: u64,
    /// Their size, bytes.
    pub bytes: u64,
}

/// What takes the room. Each file counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Storage {
    /// Journal, inspections, lists and drafts: the database and its log.
    pub database: Share,
    /// Files that the central has not confirmed, and those of forms that are not saved yet.
    pub unsent: Share,
    /// Radiographs of inspections in the worklist, and those that they are compared with.
    pub radiographs: Share,
    /// Photos and papers of inspections in the worklist.
    pub attachments: Share,
    /// Files that the central has, of inspections that are no longer in the worklist: they go when room is needed.
    pub past: Share,
    /// Downloads that are not whole yet.
    pub partial: Share,
    /// Damaged stores that were set aside.
    pub damaged: Share,
    /// Bytes that are free on the disk.
    pub free: u64,
}

/// Of which kind a blob is. A photo of a form that is not saved yet has neither an upload nor an inspection.
const KINDS: &str = "SELECT kind, count(*), sum(bytes) FROM (
    SELECT b.bytes, CASE
        WHEN u.state = 'pending' THEN 'unsent'
        WHEN listed.scan = 0 THEN 'attachment'
        WHEN listed.scan IS NOT NULL THEN 'radiograph'
        WHEN u.state IS NULL AND NOT EXISTS (SELECT 1 FROM blob_links l WHERE l.hash = b.hash) THEN 'unsent'
        ELSE 'past' END AS kind
    FROM blobs b LEFT JOIN uploads u ON u.hash = b.hash
    LEFT JOIN (SELECT l.hash, max(l.scan) AS scan FROM blob_links l
        JOIN worklist w ON w.inspection = l.inspection GROUP BY l.hash) listed ON listed.hash = b.hash)
    GROUP BY kind";

/// Those of kind `past`, the oldest first.
const PAST: &str = "SELECT b.hash, b.bytes FROM blobs b
    WHERE NOT EXISTS (SELECT 1 FROM uploads u WHERE u.hash = b.hash AND u.state = 'pending')
    AND NOT EXISTS (SELECT 1 FROM blob_links l JOIN worklist w ON w.inspection = l.inspection WHERE l.hash = b.hash)
    AND (EXISTS (SELECT 1 FROM blob_links l WHERE l.hash = b.hash)
        OR EXISTS (SELECT 1 FROM uploads u WHERE u.hash = b.hash))
    AND NOT EXISTS (SELECT 1 FROM drafts d WHERE instr(d.text, lower(hex(b.hash))))
    ORDER BY b.stored_at, b.hash LIMIT 100";

impl Store {
    /// What takes the room.
    pub fn storage(&self) -> Result<Storage> {
        let mut storage = self.read(kinds)?;
        let database = self.dir.join(DATABASE);
        for more in ["", "-wal"] {
            if let Ok(about) = std::fs::metadata(beside(&database, more)) {
                storage.database.add(about.len());
            }
        }
        storage.partial = in_folder(&self.dir.join(crate::blobs::FOLDER).join("partial"), "")?;
        storage.damaged = in_folder(&self.dir, salvage::ASIDE)?;
        storage.free = self.room()?;
        Ok(storage)
    }

    /// Lets files go that the central has and no inspection of the worklist needs, the oldest first, until `wanted`
    /// bytes are free that were not. Returns how many bytes that made; what is unsent, assigned, or of a form that is
    /// not saved yet stays whatever the need.
    pub fn let_go(&self, wanted: u64) -> Result<u64> {
        let mut freed = 0;
        while freed < wanted {
            let past = self.read(past)?;
            if past.is_empty() {
                break;
            }
            for (hash, bytes) in past {
                match self.evict_blob(hash) {
                    Ok(()) => freed += bytes,
                    // An officer took it up in this moment.
                    Err(StoreError::UnsentBlob(_)) => return Ok(freed),
                    Err(error) => return Err(error),
                }
                if freed >= wanted {
                    break;
                }
            }
        }
        Ok(freed)
    }
}

impl Share {
    const fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }
}

fn kinds(c: &Connection) -> Result<Storage> {
    let mut storage = Storage::default();
    let mut select = c.prepare_cached(KINDS)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let share = Share {
            files: row.get::<_, i64>(1)? as u64,
            bytes: row.get::<_, i64>(2)? as u64,
        };
        match row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)? {
            "unsent" => storage.unsent = share,
            "radiograph" => storage.radiographs = share,
            "attachment" => storage.attachments = share,
            _ => storage.past = share,
        }
    }
    Ok(storage)
}

fn past(c: &Connection) -> Result<Vec<(BlobHash, u64)>> {
    let mut select = c.prepare_cached(PAST)?;
    let rows = select.query_map([], |r| Ok((sql::hash(r, 0)?, r.get::<_, i64>(1)? as u64)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The files of a folder whose names begin with `prefix`; none when there is no such folder.
fn in_folder(folder: &std::path::Path, prefix: &str) -> Result<Share> {
    let mut share = Share::default();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(share),
        Err(e) => return Err(StoreError::io(folder)(e)),
    };
    for entry in entries {
        let entry = entry.map_err(StoreError::io(folder))?;
        // One that goes in this moment takes no room.
        if let Ok(about) = entry.metadata()
            && about.is_file()
            && entry.file_name().to_string_lossy().starts_with(prefix)
        {
            share.add(about.len());
        }
    }
    Ok(share)
}
