//! A store as one file, and back.
//!
//! `OUTPOST-BACKUP-1`, then each file with the length of its name (2 bytes), its name, its size (8 bytes) and its
//! content, then a name of no length, then the SHA-256 of all before; numbers are little-endian. The database is
//! SQLite's online copy, encrypted under the store's own key; with it go `store.keys` and those sealed files that the
//! central has not confirmed. Everything else comes from the central.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use outpost_domain::BlobHash;
use rusqlite::backup::Backup;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::keys::{KEY_FILE, KeySource, random};
use crate::store::{DATABASE, beside, holds_data};
use crate::{Result, Store, StoreError, blobs, chain, files, journal, sql};

const MAGIC: &[u8] = b"OUTPOST-BACKUP-1\n";
/// No name in a backup is longer.
const LONGEST_NAME: usize = 128;

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackedUp {
    /// Entries of all devices.
    pub entries: u64,
    /// Entries of this device that are not at the central.
    pub waiting: u64,
    /// Sealed files that are not at the central.
    pub blobs: u64,
    /// Drafts.
    pub drafts: u64,
}

impl Store {
    /// Writes the store to `file`: beside it first, durable, then under its name.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is such a file: no backup is written over another.
    pub fn backup(&self, file: &Path) -> Result<BackedUp> {
        if file.exists() {
            return Err(StoreError::Exists(file.to_owned()));
        }
        let suffix = hex::encode(random::<8>()?);
        let copy = beside(file, &format!(".{suffix}.db"));
        let unfinished = beside(file, &format!(".{suffix}.new"));
        let written = self.copy_database(&copy).and_then(|(told, wanted)| {
            self.pack(&copy, &wanted, &unfinished)?;
            files::move_into_place(&unfinished, file)?;
            Ok(told)
        });
        for left in [copy.clone(), beside(&copy, "-journal"), unfinished] {
            files::remove_if_there(&left)?;
        }
        written
    }

    /// Copies the database as it stands at one moment, and names the blobs that go with it.
    fn copy_database(&self, to: &Path) -> Result<(BackedUp, Vec<BlobHash>)> {
        let mut copy = Connection::open(to)?;
        copy.execute_batch("PRAGMA cipher_log_level = NONE;")?;
        copy.pragma_update(None, "key", self.key.pragma().as_str())?;
        self.read(|c| {
            Backup::new(c, &mut copy)?.step(-1)?;
            Ok(())
        })?;
        // Outside of WAL mode the copy is one file.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        copy.execute_batch(
            "DELETE FROM blobs WHERE hash NOT IN (SELECT hash FROM uploads WHERE state = 'pending')",
        )?;
        let told = count(&copy)?;
        let wanted = {
            let mut select = copy.prepare("SELECT hash FROM blobs")?;
            let rows = select.query_map([], |r| sql::hash(r, 0))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        copy.close().map_err(|(_, error)| error)?;
        Ok((told, wanted))
    }

    fn pack(&self, database: &Path, wanted: &[BlobHash], to: &Path) -> Result<()> {
        let mut pack = Pack::create(to)?;
        pack.add(DATABASE, database)?;
        pack.add(KEY_FILE, &self.dir.join(KEY_FILE))?;
        for hash in wanted {
            let path = self.blob_path(*hash);
            let name = self.sealed_name(*hash);
            pack.add(&format!("{}/{}/{name}", blobs::FOLDER, &name[..2]), &path)?;
        }
        pack.finish()
    }

    /// Brings the store in `file` back into `dir`, which must be empty or not there.
    ///
    /// The whole file is checked, and the store in it opened and verified, before anything is in its place. The cursor
    /// begins anew, and the chain goes on above every number that may have been given out since the backup.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the folder has anything in it, [`StoreError::NoBackup`] for a foreign or cut-off
    /// file, [`StoreError::Key`], [`StoreError::Damaged`].
    pub fn restore(file: &Path, dir: &Path, source: &KeySource) -> Result<BackedUp> {
        // A name that ends in a slash would have what is unfinished lie within the folder.
        let dir: PathBuf = dir.components().collect();
        let dir = dir.as_path();
        if holds_data(dir) || std::fs::read_dir(dir).is_ok_and(|mut d| d.next().is_some()) {
            return Err(StoreError::Exists(dir.to_owned()));
        }
        let unfinished = beside(dir, &format!(".restoring-{}", hex::encode(random::<8>()?)));
        let restored = unpack(file, &unfinished).and_then(|()| {
            let told = check(&unfinished, source)?;
            if dir.exists() {
                std::fs::remove_dir(dir).map_err(StoreError::io(dir))?;
            }
            files::move_into_place(&unfinished, dir)?;
            Ok(told)
        });
        if restored.is_err() && unfinished.exists() {
            std::fs::remove_dir_all(&unfinished).map_err(StoreError::io(&unfinished))?;
        }
        restored
    }
}

fn check(dir: &Path, source: &KeySource) -> Result<BackedUp> {
    let store = Store::open(dir, source)?;
    if let Some(what) = store.verify()?.faults.into_iter().next() {
        return Err(StoreError::Damaged {
            file: dir.join(DATABASE),
            what,
        });
    }
    store.write(|w| {
        let known = journal::head(&w.tx, w.device)?.0.max(chain::floor(&w.tx)?);
        chain::interrupt(&w.tx, known, &[])?;
        sql::drop_meta(&w.tx, "cursor")
    })?;
    store.read(count)
}

fn count(c: &Connection) -> Result<BackedUp> {
    let count = |sql: &str| -> Result<u64> {
        Ok(c.query_row(sql, params![], |r| r.get::<_, i64>(0))? as u64)
    };
    Ok(BackedUp {
        entries: count("SELECT count(*) FROM journal")?,
        waiting: count(
            "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'refused', 'conflict')",
        )?,
        blobs: count(
            "SELECT count(*) FROM uploads u JOIN blobs b ON b.hash = u.hash
             WHERE u.state = 'pending'",
        )?,
        drafts: count("SELECT count(*) FROM drafts")?,
    })
}

/// A backup being written.
struct Pack {
    path: PathBuf,
    to: BufWriter<File>,
    sum: Sha256,
}

impl Pack {
    fn create(path: &Path) -> Result<Self> {
        let file = File::create_new(path).map_err(StoreError::io(path))?;
        let mut pack = Self {
            path: path.to_owned(),
            to: BufWriter::new(file),
            sum: Sha256::new(),
        };
        pack.write(MAGIC)?;
        Ok(pack)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.sum.update(bytes);
        self.to.write_all(bytes).map_err(StoreError::io(&self.path))
    }

    fn add(&mut self, name: &str, path: &Path) -> Result<()> {
        let mut from = File::open(path).map_err(StoreError::io(path))?;
        let size = from.metadata().map_err(StoreError::io(path))?.len();
        self.write(&(name.len() as u16).to_le_bytes())?;
        self.write(name.as_bytes())?;
        self.write(&size.to_le_bytes())?;
        let mut buffer = vec![0; 1 << 16];
        let mut left = size;
        while left > 0 {
            let most = buffer.len().min(left as usize);
            from.read_exact(&mut buffer[..most])
                .map_err(StoreError::io(path))?;
            self.write(&buffer[..most])?;
            left -= most as u64;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        self.write(&0_u16.to_le_bytes())?;
        let sum = self.sum.clone().finalize();
        self.to
            .write_all(&sum)
            .and_then(|()| self.to.flush())
            .and_then(|()| self.to.get_ref().sync_all())
            .map_err(StoreError::io(&self.path))
    }
}

/// A backup being read.
struct Unpack<'p> {
    path: &'p Path,
    from: BufReader<File>,
    sum: Sha256,
}

impl Unpack<'_> {
    fn refuse(&self, why: &str) -> StoreError {
        StoreError::NoBackup {
            file: self.path.to_owned(),
            why: why.to_owned(),
        }
    }

    fn read(&mut self, bytes: &mut [u8]) -> Result<()> {
        match self.from.read_exact(bytes) {
            Ok(()) => {
                self.sum.update(&*bytes);
                Ok(())
            }
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
                Err(self.refuse("it is cut off"))
            }
            Err(e) => Err(StoreError::io(self.path)(e)),
        }
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.read(&mut bytes)?;
        Ok(bytes)
    }

    /// The next file, written below `dir`; `false` after the last one.
    fn file(&mut self, dir: &Path) -> Result<bool> {
        let length = usize::from(u16::from_le_bytes(self.number()?));
        if length == 0 {
            return Ok(false);
        }
        if length > LONGEST_NAME {
            return Err(self.refuse("it names a file that no store has"));
        }
        let mut name = vec![0; length];
        self.read(&mut name)?;
        let name = String::from_utf8(name).ok().filter(|name| is_ours(name));
        let name = name.ok_or_else(|| self.refuse("it names a file that no store has"))?;
        let mut left = u64::from_le_bytes(self.number()?);
        let path = dir.join(name);
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
        }
        let mut to = File::create_new(&path).map_err(StoreError::io(&path))?;
        let mut buffer = vec![0; 1 << 16];
        while left > 0 {
            let most = buffer
                .len()
                .min(usize::try_from(left).unwrap_or(usize::MAX));
            self.read(&mut buffer[..most])?;
            to.write_all(&buffer[..most])
                .map_err(StoreError::io(&path))?;
            left -= most as u64;
        }
        to.sync_all().map_err(StoreError::io(&path))?;
        files::sync_folder(&path)?;
        Ok(true)
    }
}

fn unpack(path: &Path, dir: &Path) -> Result<()> {
    let file = File::open(path).map_err(StoreError::io(path))?;
    let mut unpack = Unpack {
        path,
        from: BufReader::new(file),
        sum: Sha256::new(),
    };
    let mut magic = [0; MAGIC.len()];
    unpack.read(&mut magic)?;
    if magic != MAGIC {
        return Err(unpack.refuse("it does not begin like one"));
    }
    files::make_folder(dir)?;
    while unpack.file(dir)? {}
    let sum: [u8; 32] = unpack.sum.clone().finalize().into();
    if unpack.number::<32>()? != sum {
        return Err(unpack.refuse("its content is not what was written"));
    }
    if unpack.from.read(&mut [0]).map_err(StoreError::io(path))? != 0 {
        return Err(unpack.refuse("something follows after its end"));
    }
    Ok(())
}

/// Whether a store may have a file of this name: nothing is ever written elsewhere.
fn is_ours(name: &str) -> bool {
    let sealed = |name: &str| {
        let mut parts = name.split('/');
        let (folder, short, long, end) = (parts.next(), parts.next(), parts.next(), parts.next());
        let is_hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
        folder == Some(blobs::FOLDER)
            && short.is_some_and(|s| s.len() == 2 && is_hex(s))
            && long.is_some_and(|l| l.len() == 64 && is_hex(l))
            && end.is_none()
    };
    name == DATABASE || name == KEY_FILE || sealed(name)
}
