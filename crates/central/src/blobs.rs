//! Files by content: each is named by the SHA-256 of its bytes and never changes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use outpost_domain::BlobHash;
use sha2::{Digest, Sha256};

use crate::files;
use crate::problem::Failure;

/// The files under the data folder.
pub struct BlobFiles {
    whole: PathBuf,
    parts: PathBuf,
    held_files: AtomicU64,
    held_bytes: AtomicU64,
}

impl BlobFiles {
    /// Makes the folders and counts what is there.
    pub fn open(data: &Path) -> Result<Self, Failure> {
        let (whole, parts) = (data.join("blobs"), data.join("uploads"));
        fs::create_dir_all(&whole)?;
        fs::create_dir_all(&parts)?;
        let (files, bytes) = count(&whole)?;
        Ok(Self {
            whole,
            parts,
            held_files: AtomicU64::new(files),
            held_bytes: AtomicU64::new(bytes),
        })
    }

    /// How many complete files are held, and their bytes.
    pub fn held(&self) -> (u64, u64) {
        (
            self.held_files.load(Ordering::Relaxed),
            self.held_bytes.load(Ordering::Relaxed),
        )
    }

    /// Where a blob is, or would be.
    pub fn path(&self, blob: BlobHash) -> PathBuf {
        let name = blob.to_string();
        self.whole.join(&name[..2]).join(name)
    }

    /// The bytes of a blob; `None` when it is not here.
    pub fn length(&self, blob: BlobHash) -> Result<Option<u64>, Failure> {
        match fs::metadata(self.path(blob)) {
            Ok(found) => Ok(Some(found.len())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Where an unfinished upload is.
    pub fn part(&self, upload: &str) -> PathBuf {
        self.parts.join(upload)
    }

    /// Opens an unfinished upload to write at its end.
    pub fn append(&self, upload: &str) -> io::Result<File> {
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.part(upload))
    }

    /// The bytes that have arrived of an unfinished upload.
    pub fn arrived(&self, upload: &str) -> Result<u64, Failure> {
        match fs::metadata(self.part(upload)) {
            Ok(found) => Ok(found.len()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(e) => Err(e.into()),
        }
    }

    /// When the last byte of an unfinished upload arrived; `None` when nothing of it is here.
    pub fn touched(&self, upload: &str) -> Result<Option<Timestamp>, Failure> {
        match fs::metadata(self.part(upload)) {
            Ok(found) => Ok(Timestamp::try_from(found.modified()?).ok()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Takes away what has arrived of an unfinished upload.
    pub fn discard(&self, upload: &str) -> Result<(), Failure> {
        match fs::remove_file(self.part(upload)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e.into()),
            _ => Ok(()),
        }
    }

    /// Verifies a complete upload and gives it its place. Returns whether the content has the announced hash; when
    /// it has not, the upload is dropped.
    pub fn finish(&self, upload: &str, blob: BlobHash) -> Result<bool, Failure> {
        let part = self.part(upload);
        if hash_of(&part)? != blob {
            fs::remove_file(&part)?;
            return Ok(false);
        }
        self.adopt(&part, blob)?;
        Ok(true)
    }

    /// Moves a file whose content is known to be `blob` into its place, durably.
    fn adopt(&self, from: &Path, blob: BlobHash) -> Result<(), Failure> {
        File::open(from)?.sync_all()?;
        let place = self.path(blob);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        let (before, now) = (self.length(blob)?, fs::metadata(from)?.len());
        fs::rename(from, &place)?;
        if before.is_none() {
            self.held_files.fetch_add(1, Ordering::Relaxed);
            self.held_bytes.fetch_add(now, Ordering::Relaxed);
        }
        files::sync_folder(&place)?;
        Ok(())
    }

    /// Keeps `bytes` as a blob.
    pub fn keep(&self, bytes: &[u8]) -> Result<BlobHash, Failure> {
        let blob = BlobHash::of(bytes);
        if self.length(blob)? != Some(bytes.len() as u64) {
            let part = self.part(&format!("{blob}.own"));
            files::replace(&part, bytes)?;
            self.adopt(&part, blob)?;
        }
        Ok(blob)
    }
}

/// The files two folders deep, and their bytes.
fn count(whole: &Path) -> io::Result<(u64, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for folder in fs::read_dir(whole)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path())? {
            files += 1;
            bytes += file?.metadata()?.len();
        }
    }
    Ok((files, bytes))
}

fn hash_of(path: &Path) -> Result<BlobHash, Failure> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(BlobHash(hasher.finalize().into())),
            count => hasher.update(&buffer[..count]),
        }
    }
}
