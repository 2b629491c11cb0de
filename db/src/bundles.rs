//! Bundles: what a line would bring and take, carried as a file.
//!
//! A bundle takes everything that the central has not acknowledged; writing one changes nothing of that, and neither
//! does a line that sends it in the meantime. The answer is recorded as a line's answers are. It may come twice, late,
//! or after another: bundles are counted, and of an answer to an earlier one than the last that was answered nothing
//! is recorded, because the later bundle held everything again that was not acknowledged by then.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use outpost_api::PostInfo;
use outpost_bundle::{
    BundleError, ENDING, FORMAT, FromCentral, FromWorkstation, Identity, Signed, Writer, read,
};
use outpost_domain::{BlobHash, InspectionId, OfficerId};
use rusqlite::Connection;
use uuid::Uuid;

use crate::blobs::{Download, sniffed};
use crate::store::beside;
use crate::{Result, Store, StoreError, UnfitReceipt, files, sql};

/// The most files that a bundle asks for: those of the first rows of the worklist.
const MOST_WANTED: usize = 200;
/// So much of a file is read or written at once, bytes.
const PART: usize = 1 << 20;

/// A bundle that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleWritten {
    /// Where it is.
    pub path: PathBuf,
    /// Its number.
    pub number: u64,
    /// Entries in it.
    pub entries: u64,
    /// Files in it.
    pub files: u64,
}

/// What an answer brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerTaken {
    /// It, or an answer to a later bundle, was taken in before; only files may have come.
    pub again: bool,
    /// Entries that the central has now.
    pub accepted: u64,
    /// Entries that are stuck now.
    pub stuck: u64,
    /// Whether what has changed at the central was taken in. It is not when a line or another answer was quicker, or
    /// when the central was restored: the next bundle asks anew.
    pub changes: bool,
    /// Files that are on this laptop now and were not before.
    pub files: Vec<BlobHash>,
    /// Inspections whose row, entries or badge changed.
    pub touched: Vec<InspectionId>,
    /// The post as the central knows it; `None` when nothing of the letter was taken.
    pub post: Option<Box<PostInfo>>,
    /// The receipt does not fit this chain.
    pub unfit_receipt: Option<UnfitReceipt>,
}

impl Store {
    /// Writes a bundle for the central into `folder`, signed by the officer with the key that they have bound on this
    /// workstation. `id` is new.
    ///
    /// # Errors
    /// [`StoreError::NoBundles`] when the central has not told for whom bundles are sealed.
    pub fn write_bundle(
        &self,
        folder: &Path,
        id: Uuid,
        officer: OfficerId,
        key: &SigningKey,
        now: Timestamp,
    ) -> Result<BundleWritten> {
        let info = self.post_info()?.ok_or(StoreError::NoBundles)?;
        let reader = info.bundle_recipient.ok_or(StoreError::NoBundles)?;
        files::make_folder(folder)?;
        let (path, number, identity) = self.begin_bundle(folder, info.post.code.as_str())?;
        let everything = i64::MAX as usize;
        let entries = self.outbox_batch(everything, None)?;
        let uploads = self.pending_uploads(everything)?;
        let wanted = self.missing_blobs(MOST_WANTED)?;
        let letter = FromWorkstation {
            format: FORMAT,
            id,
            number,
            device: self.device(),
            post: info.post.code,
            officer,
            made_at: now,
            answer_to: identity.recipient(),
            cursor: self.cursor()?,
            wants: wanted.into_iter().map(|w| w.hash).collect(),
            entries: entries.into_iter().map(|e| e.signed).collect(),
            files: uploads.iter().map(|u| u.blob.hash).collect(),
        };
        let unfinished = beside(&path, ".new");
        let written = self.pack_bundle(&unfinished, &letter, &reader, key);
        if written.is_err() {
            files::remove_if_there(&unfinished)?;
        }
        written?;
        files::move_into_place(&unfinished, &path)?;
        Ok(BundleWritten {
            path,
            number,
            entries: letter.entries.len() as u64,
            files: letter.files.len() as u64,
        })
    }

    /// Counts the bundle, and finds a name that is free.
    fn begin_bundle(&self, folder: &Path, post: &str) -> Result<(PathBuf, u64, Identity)> {
        let device = self.device().to_string();
        let short = device.get(..8).unwrap_or(&device);
        self.write(|w| {
            let identity = identity(&w.tx)?;
            let mut number = sql::meta::<i64>(&w.tx, "bundles_written")?.unwrap_or(0);
            let path = loop {
                number += 1;
                let path = folder.join(format!("{post}-{short}-{number:04}.{ENDING}"));
                // A store that was brought back from a backup counts from there.
                if !path.exists() {
                    break path;
                }
            };
            sql::set_meta(&w.tx, "bundles_written", number)?;
            Ok((path, number as u64, identity))
        })
    }

    fn pack_bundle(
        &self,
        to: &Path,
        letter: &FromWorkstation,
        reader: &str,
        key: &SigningKey,
    ) -> Result<()> {
        let file = BufWriter::new(File::create(to).map_err(StoreError::io(to))?);
        let mut bundle = Writer::begin(file, &[reader.to_owned()], letter, key)
            .map_err(|e| StoreError::writing(to, e))?;
        for hash in &letter.files {
            let info = self.blob(*hash)?.ok_or(StoreError::UnknownBlob(*hash))?;
            let mut content = Content {
                store: self,
                hash: *hash,
                offset: 0,
                fault: None,
            };
            let added = bundle.add(*hash, info.bytes, &mut content);
            if let Some(fault) = content.fault {
                return Err(fault);
            }
            added.map_err(|e| StoreError::writing(to, e))?;
        }
        let mut file = bundle.finish().map_err(|e| StoreError::writing(to, e))?;
        file.flush()
            .and_then(|()| file.get_ref().sync_all())
            .map_err(StoreError::io(to))
    }

    /// Takes in the central's answer to a bundle of this workstation.
    ///
    /// # Errors
    /// [`StoreError::Bundle`] for a file that is none, is cut off or is sealed for another workstation, and
    /// [`StoreError::ForeignAnswer`] for one that is not of the central this workstation knows. What was taken in before
    /// a cut stays; the whole file can be taken again.
    pub fn take_answer(&self, file: &Path, now: Timestamp) -> Result<AnswerTaken> {
        let identity = self
            .read(kept_identity)?
            .ok_or(StoreError::Bundle(BundleError::OtherReader))?;
        let from = BufReader::new(File::open(file).map_err(StoreError::io(file))?);
        let (_, taken) = read(
            from,
            &identity,
            |signed: Signed<FromCentral>| {
                let taken = self.take_letter(&signed, now)?;
                Ok::<_, StoreError>((signed.letter, taken))
            },
            |(letter, taken), hash, bytes, from| {
                let named = |f: &&outpost_bundle::CarriedFile| f.hash == hash && f.bytes == bytes;
                if letter.files.iter().find(named).is_none() {
                    let words = format!("the letter does not name file {hash}");
                    return Err(BundleError::Damaged(words).into());
                }
                if self.take_file(hash, bytes, from, now)? {
                    taken.files.push(hash);
                }
                Ok(())
            },
        )?;
        Ok(taken)
    }

    fn take_letter(&self, signed: &Signed<FromCentral>, now: Timestamp) -> Result<AnswerTaken> {
        let letter = &signed.letter;
        if letter.device != self.device() {
            return Err(BundleError::OtherReader.into());
        }
        if let Some(known) = self.central_keys()?.last()
            && *known != signed.key
        {
            return Err(StoreError::ForeignAnswer {
                known: known.clone(),
                found: signed.key.clone(),
            });
        }
        let mut taken = AnswerTaken::default();
        let answered = self.read(|c| sql::meta::<i64>(c, "bundles_answered"))?;
        if answered.is_some_and(|n| n as u64 >= letter.number) {
            taken.again = true;
            return Ok(taken);
        }
        let introduced = self.put_post_info(&letter.post)?;
        let pushed = self.record_push(&letter.entries, &letter.outcomes)?;
        taken.touched = [introduced.changed, pushed.touched].concat();
        taken.accepted = pushed.accepted;
        taken.stuck = pushed.stuck.len() as u64;
        taken.unfit_receipt = pushed.unfit_receipt;
        match self.apply_changes(letter.since.as_deref(), &letter.changes) {
            Ok(applied) => {
                taken.changes = true;
                taken.touched.extend(applied.changed);
            }
            // Taken in before the answer was noted as taken.
            Err(StoreError::CursorMoved) => {
                taken.changes = self.cursor()?.as_ref() == Some(&letter.changes.cursor);
            }
            Err(other) => return Err(other),
        }
        for hash in &letter.held {
            taken.touched.extend(self.upload_done(*hash, now)?);
        }
        taken.post = Some(Box::new(letter.post.clone()));
        // Last: an answer that was cut off in between is taken in whole the next time.
        self.write(|w| sql::set_meta(&w.tx, "bundles_answered", letter.number as i64))?;
        taken.touched.sort_unstable();
        taken.touched.dedup();
        Ok(taken)
    }

    /// Takes a file in where a download has come to; `false` when it was here.
    fn take_file(
        &self,
        hash: BlobHash,
        bytes: u64,
        from: &mut dyn Read,
        now: Timestamp,
    ) -> Result<bool> {
        let mut have = match self.download(hash)? {
            Download::Complete => return Ok(false),
            Download::Partial { have } => have,
        };
        let skipped = io::copy(&mut from.take(have), &mut io::sink());
        skipped.map_err(BundleError::reading)?;
        let mut part = vec![0; PART];
        let mut media_type = None;
        loop {
            let mut filled = 0;
            while filled < part.len() {
                match from
                    .read(&mut part[filled..])
                    .map_err(BundleError::reading)?
                {
                    0 => break,
                    count => filled += count,
                }
            }
            let media = *media_type.get_or_insert_with(|| sniffed(&part[..filled]));
            let done = self.append_download(hash, media, bytes, have, &part[..filled], now)?;
            have += filled as u64;
            match done {
                Download::Complete => return Ok(true),
                Download::Partial { .. } if filled == 0 => return Err(BundleError::CutOff.into()),
                Download::Partial { .. } => {}
            }
        }
    }
}

impl StoreError {
    fn writing(to: &Path, error: BundleError) -> Self {
        match error {
            BundleError::Io(error) => Self::io(to)(error),
            other => other.into(),
        }
    }
}

fn kept_identity(c: &Connection) -> Result<Option<Identity>> {
    let kept = sql::meta::<String>(c, "bundle_identity")?;
    Ok(kept.map(|secret| Identity::parse(&secret)).transpose()?)
}

/// For whom answers to this workstation are sealed; made at the first bundle and kept in the encrypted store.
fn identity(c: &Connection) -> Result<Identity> {
    if let Some(kept) = kept_identity(c)? {
        return Ok(kept);
    }
    let identity = Identity::generate();
    sql::set_meta(c, "bundle_identity", identity.secret())?;
    Ok(identity)
}

/// A blob's content as a stream. A fault of the store is kept beside, so that it is told as what it is.
struct Content<'s> {
    store: &'s Store,
    hash: BlobHash,
    offset: u64,
    fault: Option<StoreError>,
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(PART) as u64;
        match self.store.read_blob(self.hash, self.offset, most) {
            Ok(part) => {
                buffer[..part.len()].copy_from_slice(&part);
                self.offset += part.len() as u64;
                Ok(part.len())
            }
            Err(fault) => {
                let error = io::Error::other(fault.to_string());
                self.fault = Some(fault);
                Err(error)
            }
        }
    }
}
