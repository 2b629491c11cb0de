//! Moving files: photos up by tus, radiographs and photos of others down by ranges, both resumed to the byte.
//!
//! Between two parts new entries go first, so that a decision never waits behind a photo.

use jiff::Timestamp;
use outpost_db::{Download, MissingBlob, PendingUpload, StoreError};
use outpost_protocol::Progress;

use crate::Fault;
use crate::client::{CHUNK, Upload};
use crate::replicator::{News, Worker};

/// Missing files that are looked up at a time.
const LOOK_UP: usize = 32;

impl Worker {
    /// Sends every file that an own entry names. A file at which the central fails holds up no other; the failure is
    /// handed back, and the file tried again in the next cycle.
    pub(crate) async fn send_files(&mut self, token: &str) -> Result<Option<Fault>, Fault> {
        let mut failed = None;
        for upload in self.store.pending_uploads(LOOK_UP)? {
            match self.send_file(token, &upload).await {
                Ok(()) => {
                    let hash = upload.blob.hash;
                    let shown_in = self.store.upload_done(hash, Timestamp::now())?;
                    self.tell(News::Changed(shown_in));
                    self.tell(News::Outbox);
                }
                Err(fault @ Fault::ServerError { .. }) => {
                    tracing::warn!(%fault, blob = %upload.blob.hash, "the central failed at a file");
                    failed = Some(fault);
                }
                Err(fault) if fault.is_line_down() || fault == Fault::SessionExpired => {
                    return Err(fault);
                }
                // One file that the central does not take holds up no other; its reason is kept and shown.
                Err(fault) => {
                    tracing::warn!(%fault, blob = %upload.blob.hash, "a file was not taken");
                    let (code, detail) = (fault.code(), fault.to_string());
                    self.store.upload_refused(upload.blob.hash, code, &detail)?;
                    self.tell(News::Trouble(fault));
                }
            }
        }
        Ok(failed)
    }

    async fn send_file(&mut self, token: &str, upload: &PendingUpload) -> Result<(), Fault> {
        let blob = &upload.blob;
        let (mut path, mut offset) = match self.resume(token, upload).await? {
            Some(place) => place,
            None => match self.begin(token, upload).await? {
                Some(path) => (path, 0),
                None => return Ok(()),
            },
        };
        while offset < blob.bytes {
            self.interrupted()?;
            let part = self.store.read_blob(blob.hash, offset, CHUNK)?;
            match self.client.upload_part(token, &path, offset, part).await {
                Ok(next) if next > offset => offset = next,
                Ok(_) => return Err(Fault::UploadMoved),
                // Another request may have moved it: the central knows where it stands.
                Err(Fault::UploadMoved) => offset = self.client.upload_offset(token, &path).await?,
                Err(Fault::NotFound(_)) => match self.begin(token, upload).await? {
                    Some(anew) => (path, offset) = (anew, 0),
                    None => return Ok(()),
                },
                Err(fault) => return Err(fault),
            }
            self.push(token).await?;
        }
        Ok(())
    }

    /// Where an upload that was begun before stands; `None` when it is to begin anew.
    async fn resume(
        &self,
        token: &str,
        upload: &PendingUpload,
    ) -> Result<Option<(String, u64)>, Fault> {
        let Some(path) = upload.location.clone() else {
            return Ok(None);
        };
        match self.client.upload_offset(token, &path).await {
            Ok(offset) => Ok(Some((path, offset))),
            Err(Fault::NotFound(_)) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Begins an upload; `None` when the central has the content already.
    async fn begin(&self, token: &str, upload: &PendingUpload) -> Result<Option<String>, Fault> {
        let blob = &upload.blob;
        match self
            .client
            .create_upload(token, blob.hash, blob.bytes)
            .await?
        {
            Upload::Present => Ok(None),
            Upload::Created(path) => {
                self.store.set_upload_location(blob.hash, Some(&path))?;
                Ok(Some(path))
            }
        }
    }

    /// Fetches what the worklist's inspections show and this laptop does not have, the first rows' first.
    pub(crate) async fn fetch_files(&mut self, token: &str) -> Result<(), Fault> {
        let mut passed_over = Vec::new();
        loop {
            let missing = self.next_missing(&passed_over)?;
            let Some(missing) = missing else {
                self.tell(News::Progress(None));
                return Ok(());
            };
            let free = self.store.room()?;
            let little = free < self.keep_free;
            if little && self.store.let_go(self.keep_free - free)? > 0 {
                // What nobody needs here any more has made room; the disk is asked how much.
                continue;
            }
            if std::mem::replace(&mut self.little_room, little) && !little {
                self.tell(News::Outbox);
            }
            if little {
                self.tell(News::Progress(None));
                self.tell(News::Trouble(Fault::LittleRoom { free }));
                return Ok(());
            }
            let (total, done) = self.store.blob_totals()?;
            self.tell(News::Progress(Some(Progress {
                what: "radiographs".to_owned(),
                done,
                total,
            })));
            match self.fetch_file(token, &missing).await {
                Ok(()) => self.tell(News::Blob(missing.hash)),
                Err(fault) if fault.is_line_down() || fault == Fault::SessionExpired => {
                    return Err(fault);
                }
                Err(Fault::NotFound(_)) => passed_over.push(missing.hash),
                Err(fault) => {
                    tracing::warn!(%fault, blob = %missing.hash, "a file was not fetched");
                    passed_over.push(missing.hash);
                    self.tell(News::Trouble(fault));
                }
            }
        }
    }

    fn next_missing(
        &self,
        passed_over: &[outpost_domain::BlobHash],
    ) -> Result<Option<MissingBlob>, Fault> {
        let missing = self.store.missing_blobs(LOOK_UP + passed_over.len())?;
        let mut left: Vec<MissingBlob> = missing
            .into_iter()
            .filter(|m| !passed_over.contains(&m.hash))
            .collect();
        let wanted = self.wanted();
        let first = left
            .iter()
            .position(|m| Some(m.hash) == wanted)
            .unwrap_or(0);
        Ok((!left.is_empty()).then(|| left.swap_remove(first)))
    }

    async fn fetch_file(&mut self, token: &str, missing: &MissingBlob) -> Result<(), Fault> {
        let mut have = match self.store.download(missing.hash)? {
            Download::Complete => return Ok(()),
            Download::Partial { have } => have,
        };
        loop {
            self.interrupted()?;
            let (part, total) = self.client.blob(token, missing.hash, have).await?;
            let media_type = if missing.scan {
                "image/tiff"
            } else {
                "image/*"
            };
            let kept = self.store.append_download(
                missing.hash,
                media_type,
                total,
                have,
                &part,
                Timestamp::now(),
            );
            match kept {
                Ok(Download::Complete) => return Ok(()),
                Ok(Download::Partial { have: now }) if now > have => have = now,
                Ok(Download::Partial { .. }) => {
                    return Err(Fault::Unreadable("an empty part of a file".to_owned()));
                }
                Err(StoreError::WrongContent { expected, .. }) => {
                    return Err(Fault::WrongHash {
                        expected: expected.to_string(),
                    });
                }
                // The central now tells another size than before: what is here is of no use.
                Err(StoreError::WrongOffset { .. }) => {
                    self.store.drop_download(missing.hash)?;
                    return Err(Fault::Unreadable("a file changed its size".to_owned()));
                }
                Err(error) => return Err(error.into()),
            }
            self.push(token).await?;
        }
    }
}
