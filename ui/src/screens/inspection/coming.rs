//! An image on its way from the desk: its file and, of raw samples, the description beside it.

use outpost_domain::{BlobHash, Scan};
use outpost_protocol::Request;

use crate::radiograph::{Fetch, File, Progress};
use crate::text::{tr, tr_args, tr_problem};

use super::act::{Outcome, Purpose};
use super::{Acts, View};
use outpost_protocol::Reply;

/// An image on its way.
#[derive(Debug)]
pub struct Coming {
    image: BlobHash,
    bytes: u64,
    /// What is being fetched: the description first.
    now: BlobHash,
    fetch: Fetch,
    description: Option<Vec<u8>>,
}

impl Coming {
    /// Begins to fetch a scan or photo.
    pub fn new(scan: &Scan) -> Self {
        Self {
            image: scan.blob,
            bytes: scan.bytes,
            now: scan.description.unwrap_or(scan.blob),
            fetch: Fetch::new(scan.description.map_or(scan.bytes, |_| 0)),
            description: None,
        }
    }

    /// Whether everything that it needs is on this laptop.
    pub fn is_here(scan: &Scan, view: &View<'_>) -> bool {
        view.here(&scan.blob) && scan.description.is_none_or(|blob| view.here(&blob))
    }

    /// Asks for what is missing.
    pub fn ask(&mut self, acts: &mut Acts) {
        while let Some((offset, length)) = self.fetch.ask() {
            let blob = self.now;
            let request = Request::GetBlob {
                blob,
                offset,
                length,
            };
            acts.ask(Purpose::Scan(blob), request, None);
        }
    }

    /// Whether an answer about this blob is for it.
    pub fn waits_for(&self, blob: BlobHash) -> bool {
        self.now == blob
    }

    /// How far the image is; its description is too short to tell of.
    pub fn fetch(&self) -> &Fetch {
        &self.fetch
    }

    /// What it has come to with these bytes; `None` while there is more to come.
    pub fn received(&mut self, outcome: Outcome) -> Option<Result<File, String>> {
        let bytes = match taken(&mut self.fetch, outcome)? {
            Ok(bytes) => bytes,
            Err(problem) => return Some(Err(problem)),
        };
        if self.now != self.image {
            self.description = Some(bytes);
            self.now = self.image;
            self.fetch = Fetch::new(self.bytes);
            return None;
        }
        Some(Ok(File {
            bytes,
            description: self.description.take(),
        }))
    }
}

/// What a fetch has come to with these bytes; `None` while there is more to come.
pub(in crate::screens) fn taken(
    fetch: &mut Fetch,
    outcome: Outcome,
) -> Option<Result<Vec<u8>, String>> {
    Some(match outcome {
        Ok((Reply::Bytes { offset, total }, bytes)) => {
            match fetch.received(offset, total, &bytes) {
                Progress::More => return None,
                Progress::Complete(bytes) => Ok(bytes),
                Progress::Broken { expected, came } => Err(tr_args(
                    "radiograph-broken",
                    &[("expected", expected.into()), ("came", came.into())],
                )),
            }
        }
        Ok(_) => Err(tr("photos-strange")),
        Err(problem) => Err(tr_problem(&problem)),
    })
}
