//! A sealed file: content in segments of 64 KiB, each encrypted by itself, so that any part is read without the rest.
//!
//! `OUTBLOB1`, then the file's own random key wrapped under the store's blob key and bound to the content's hash,
//! then the segments: nonce (24 bytes), ciphertext, tag (16 bytes), all XChaCha20-Poly1305, each bound to its number.
//! A file that was cut at a segment's end is told by its length, which the database keeps.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use outpost_domain::BlobHash;
use sha2::{Digest, Sha256};

use crate::keys::random;
use crate::{Result, StoreError};

const MAGIC: &[u8; 8] = b"OUTBLOB1";
const NONCE: usize = 24;
const TAG: usize = 16;
const HEADER: u64 = (MAGIC.len() + NONCE + 32 + TAG) as u64;
/// Bytes of content in a segment.
pub(super) const SEGMENT: usize = 64 * 1024;
const SLOT: u64 = (NONCE + SEGMENT + TAG) as u64;

/// A sealed file, open.
pub(super) struct Sealed {
    path: PathBuf,
    file: File,
    key: [u8; 32],
}

impl Sealed {
    /// A new file at `path`, without a header until [`Sealed::name`] is called.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(StoreError::io(path))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            key: random()?,
        })
    }

    /// Opens the file of `hash` at `path`; `None` when there is none.
    pub(super) fn open(path: &Path, store: &[u8; 32], hash: BlobHash) -> Result<Option<Self>> {
        let mut file = match File::options().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(StoreError::io(path)(e)),
        };
        let mut header = [0; HEADER as usize];
        file.read_exact(&mut header)
            .map_err(|_| damaged(path, "its header is cut off"))?;
        let (magic, rest) = header.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(damaged(path, "it is no sealed file"));
        }
        let key = open_box(store, rest, &hash.0)
            .and_then(|key| <[u8; 32]>::try_from(key).ok())
            .ok_or_else(|| damaged(path, "its key does not open"))?;
        Ok(Some(Self {
            path: path.to_owned(),
            file,
            key,
        }))
    }

    /// Writes the header: the file's key, bound to the content's hash.
    pub(super) fn name(&mut self, store: &[u8; 32], hash: BlobHash) -> Result<()> {
        let mut header = MAGIC.to_vec();
        header.extend(seal_box(store, &self.key, &hash.0)?);
        self.write_at(0, &header)
    }

    /// Bytes of content, from the file's length.
    pub(super) fn bytes(&self) -> Result<u64> {
        let length = self
            .file
            .metadata()
            .map_err(StoreError::io(&self.path))?
            .len();
        let slots = length.saturating_sub(HEADER);
        let rest = (slots % SLOT).saturating_sub((NONCE + TAG) as u64);
        Ok(slots / SLOT * SEGMENT as u64 + rest)
    }

    /// Seals segment `index`; every segment but the last is full.
    pub(super) fn write_segment(&mut self, index: u64, content: &[u8]) -> Result<()> {
        let sealed = seal_box(&self.key, content, &index.to_le_bytes())?;
        self.write_at(HEADER + index * SLOT, &sealed)
    }

    /// Opens segment `index`; empty after the last one.
    pub(super) fn read_segment(&mut self, index: u64) -> Result<Vec<u8>> {
        let mut sealed = Vec::with_capacity(SLOT as usize);
        self.file
            .seek(SeekFrom::Start(HEADER + index * SLOT))
            .map_err(StoreError::io(&self.path))?;
        (&self.file)
            .take(SLOT)
            .read_to_end(&mut sealed)
            .map_err(StoreError::io(&self.path))?;
        if sealed.is_empty() {
            return Ok(sealed);
        }
        open_box(&self.key, &sealed, &index.to_le_bytes())
            .ok_or_else(|| damaged(&self.path, &format!("segment {index} does not open")))
    }

    /// Cuts the file to `segments` segments.
    pub(super) fn truncate(&mut self, segments: u64) -> Result<()> {
        self.file
            .set_len(HEADER + segments * SLOT)
            .map_err(StoreError::io(&self.path))
    }

    /// Makes what was written durable.
    pub(super) fn sync(&self) -> Result<()> {
        self.file.sync_all().map_err(StoreError::io(&self.path))
    }

    /// Reads everything and hashes it.
    pub(super) fn hash(&mut self) -> Result<BlobHash> {
        let mut hash = Sha256::new();
        for index in 0.. {
            let content = self.read_segment(index)?;
            if content.is_empty() {
                break;
            }
            hash.update(&content);
        }
        Ok(BlobHash(hash.finalize().into()))
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        self.file
            .seek(SeekFrom::Start(at))
            .and_then(|_| self.file.write_all(bytes))
            .map_err(StoreError::io(&self.path))
    }
}

fn damaged(path: &Path, what: &str) -> StoreError {
    StoreError::Damaged {
        file: path.to_owned(),
        what: what.to_owned(),
    }
}

/// Nonce, ciphertext and tag.
fn seal_box(key: &[u8; 32], content: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; NONCE] = random()?;
    let payload = Payload {
        msg: content,
        aad: bound_to,
    };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(StoreError::unreadable("a sealed part"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open_box(key: &[u8; 32], sealed: &[u8], bound_to: &[u8]) -> Option<Vec<u8>> {
    let (nonce, ciphertext) = sealed.split_at_checked(NONCE)?;
    let payload = Payload {
        msg: ciphertext,
        aad: bound_to,
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::try_from(nonce).ok()?, payload)
        .ok()
}
