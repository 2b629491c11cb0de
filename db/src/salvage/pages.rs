//! The pages of a database that SQLite refuses, decrypted one by one.
//!
//! SQLCipher 4 seals each page by itself: AES-256 in CBC mode, then an HMAC-SHA512 over ciphertext, initialisation
//! vector and page number, both in the page's last 80 bytes (<https://www.zetetic.net/sqlcipher/design/>). So one bad
//! page costs itself and no other. Pages in the WAL are sealed alike; the newest one that opens counts.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

use super::record::{be32, usable};
use crate::keys::StoreKey;
use crate::store::{PAGE, beside};
use crate::{Result, StoreError, wal};

const SIZE: usize = PAGE as usize;
const SALT: usize = 16;
const IV: usize = 16;
const MAGIC: &[u8; SALT] = b"SQLite format 3\0";

/// Database and WAL, open for reading alone.
pub(super) struct Pages {
    path: PathBuf,
    database: File,
    in_database: u32,
    wal: Option<File>,
    /// Where in the WAL each page's content begins, oldest first.
    frames: HashMap<u32, Vec<u64>>,
    /// What SQLite would read of the WAL.
    sure: View,
    /// The transactions behind that, oldest first.
    doubtful: Vec<Transaction>,
    key: Zeroizing<[u8; 32]>,
    mac: Zeroizing<[u8; 32]>,
}

/// A transaction in the WAL behind a bad frame. It was acknowledged when the frame was damaged later; when the disk
/// refused it, what is left of it stands behind the shorter one that was written over it.
pub(super) struct Transaction {
    pub(super) pages: Vec<u32>,
    pub(super) view: View,
}

/// Up to where the WAL is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct View(u64);

impl View {
    /// Everything that is there.
    pub(super) const NEWEST: Self = Self(u64::MAX);
}

/// What is left of a page.
pub(super) enum Page {
    /// Its newest content.
    Whole(Vec<u8>),
    /// Its newest content does not open; this is an older one from before the WAL was written.
    Older(Vec<u8>),
    /// Nothing of it opens.
    Lost,
}

impl Pages {
    /// Opens the database at `path` with its WAL; `None` when not one page opens with the key.
    pub(super) fn open(path: &Path, key: &StoreKey) -> Result<Option<Self>> {
        let database = File::open(path).map_err(StoreError::io(path))?;
        let length = database.metadata().map_err(StoreError::io(path))?.len();
        let mut pages = Self {
            path: path.to_owned(),
            database,
            in_database: length.div_ceil(PAGE) as u32,
            wal: None,
            frames: HashMap::new(),
            sure: View(0),
            doubtful: Vec::new(),
            key: Zeroizing::new(*key.bytes()),
            mac: Zeroizing::new([0; 32]),
        };
        pages.index_wal()?;
        // The salt of the HMAC's key stands, in clear, at the head of page 1, wherever that page lies.
        for salt in pages.salts()? {
            pages.mac = mac_key(key, &salt);
            for number in 1..=pages.count() {
                if !matches!(pages.read(number)?, Page::Lost) {
                    return Ok(Some(pages));
                }
            }
        }
        Ok(None)
    }

    /// The highest page number.
    pub(super) fn count(&self) -> u32 {
        let in_wal = self.frames.keys().max().copied().unwrap_or(0);
        self.in_database.max(in_wal)
    }

    /// A page, decrypted, with everything that is in the WAL.
    pub(super) fn read(&self, number: u32) -> Result<Page> {
        self.read_in(View::NEWEST, number)
    }

    /// A page, decrypted, as it was in `view`.
    pub(super) fn read_in(&self, view: View, number: u32) -> Result<Page> {
        let mut newest = true;
        if let Some(wal) = &self.wal {
            let frames = self.frames.get(&number).into_iter().flatten().rev();
            for at in frames.filter(|at| **at < view.0) {
                if let Some(page) = self.opened(wal, *at, number)? {
                    return Ok(if newest {
                        Page::Whole(page)
                    } else {
                        Page::Older(page)
                    });
                }
                newest = false;
            }
        }
        let at = u64::from(number.saturating_sub(1)) * PAGE;
        Ok(match self.opened(&self.database, at, number)? {
            Some(page) if newest => Page::Whole(page),
            Some(page) => Page::Older(page),
            None => Page::Lost,
        })
    }

    /// Pages that hold nothing any more, whose content was deleted; `None` when the list of them is lost.
    pub(super) fn free(&self) -> Result<Option<HashSet<u32>>> {
        let mut free = HashSet::new();
        let Page::Whole(first) = self.read(1)? else {
            return Ok(None);
        };
        let mut trunk = be32(&first, 32);
        while let Some(number) = trunk.filter(|n| *n != 0 && free.insert(*n)) {
            let Page::Whole(page) = self.read(number)? else {
                return Ok(None);
            };
            let leaves = be32(&page, 4).unwrap_or(0).min(usable() as u32 / 4);
            free.extend((0..leaves as usize).filter_map(|n| be32(&page, 8 + 4 * n)));
            trunk = be32(&page, 0);
        }
        Ok(Some(free))
    }

    /// The transactions behind the place where the WAL's sums break off, oldest first, and the store before them.
    pub(super) fn doubtful(&self) -> (View, &[Transaction]) {
        (self.sure, &self.doubtful)
    }

    /// Notes where the WAL's frames lie: those of its present generation, up to the last commit. What follows was
    /// never acknowledged.
    fn index_wal(&mut self) -> Result<()> {
        let path = beside(&self.path, "-wal");
        let mut open = Vec::new();
        for frame in wal::frames(&path)? {
            open.push(frame);
            if !frame.commits {
                continue;
            }
            let view = View(frame.content + 1);
            if frame.chained {
                self.sure = view;
            } else {
                let pages = open.iter().map(|frame| frame.page).collect();
                self.doubtful.push(Transaction { pages, view });
            }
            for frame in open.drain(..) {
                let of_page = self.frames.entry(frame.page).or_default();
                of_page.push(frame.content);
            }
        }
        self.wal = match File::open(&path) {
            Ok(wal) => Some(wal),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => return Err(StoreError::io(&path)(e)),
        };
        Ok(())
    }

    fn salts(&self) -> Result<Vec<Vec<u8>>> {
        let io = || StoreError::io(&self.path);
        let mut salts = vec![read_at(&self.database, 0, SALT).map_err(io())?];
        if let Some(wal) = &self.wal {
            for at in self.frames.get(&1).into_iter().flatten() {
                salts.push(read_at(wal, *at, SALT).map_err(io())?);
            }
        }
        salts.retain(|salt| salt.len() == SALT);
        salts.dedup();
        Ok(salts)
    }

    /// The page at `at` when its HMAC is right.
    fn opened(&self, file: &File, at: u64, number: u32) -> Result<Option<Vec<u8>>> {
        let mut page = read_at(file, at, SIZE).map_err(StoreError::io(&self.path))?;
        if page.len() < SIZE {
            return Ok(None);
        }
        let head = if number == 1 { SALT } else { 0 };
        let (sealed, mac) = page.split_at(usable() + IV);
        let Ok(mut sum) = Hmac::<Sha512>::new_from_slice(self.mac.as_slice()) else {
            return Ok(None);
        };
        sum.update(&sealed[head..]);
        sum.update(&number.to_le_bytes());
        if sum.verify_slice(mac).is_err() {
            return Ok(None);
        }
        let (key, iv) = (self.key.as_slice(), &sealed[usable()..]);
        let Ok(mut cipher) = cbc::Decryptor::<Aes256>::new_from_slices(key, iv) else {
            return Ok(None);
        };
        for block in page[head..usable()].chunks_exact_mut(16) {
            if let Ok(block) = block.try_into() {
                cipher.decrypt_block(block);
            }
        }
        if number == 1 {
            page[..SALT].copy_from_slice(MAGIC);
        }
        page.truncate(usable());
        Ok(Some(page))
    }
}

/// SQLCipher derives the HMAC's key from the page key and a salt by PBKDF2-HMAC-SHA512 with two rounds.
fn mac_key(key: &StoreKey, salt: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut masked: Vec<u8> = salt.iter().map(|byte| byte ^ 0x3A).collect();
    masked.extend(1_u32.to_be_bytes());
    let round = |text: &[u8]| {
        Hmac::<Sha512>::new_from_slice(key.bytes())
            .map(|mut sum| {
                sum.update(text);
                sum.finalize().into_bytes().to_vec()
            })
            .unwrap_or_default()
    };
    let first = round(&masked);
    let second = round(&first);
    let mut derived = Zeroizing::new([0; 32]);
    for (to, (a, b)) in derived.iter_mut().zip(first.iter().zip(&second)) {
        *to = a ^ b;
    }
    derived
}

/// At most `length` bytes from `at`; fewer at the file's end.
fn read_at(mut file: &File, at: u64, length: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    file.seek(SeekFrom::Start(at))?;
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
