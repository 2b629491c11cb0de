//! Bundles of workstations without a line: taken in from a file, answered by a file.
//!
//! What happens is what a session and its requests would do: the officer's key on that workstation vouches for the
//! letter, entries are judged one by one, and the answer has their outcomes, a receipt, what has changed since, and the
//! files that the workstation lacks. The central may serve meanwhile. Taking a bundle twice changes nothing, and gives
//! another answer.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use outpost_api::{Demonstration, PostInfo, PushResponse, PushResult};
use outpost_bundle::{
    BundleError, CarriedFile, FORMAT, FromCentral, FromWorkstation, Identity, Signed, Writer, read,
};
use outpost_domain::{BlobHash, UnLocode};

use crate::access::{self, Caller};
use crate::blobs::BlobFiles;
use crate::epoch::Life;
use crate::problem::Failure;
use crate::routes::post;
use crate::signer::Signer;
use crate::store::{Database, Store, Tx, meta, set_meta};
use crate::{feed, intake};

/// Why a bundle was not taken or not answered.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// The file is no bundle for this central, or is cut off or changed.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// It is one, and something stands against it.
    #[error("{0}")]
    Refused(String),
    /// There is no central's data in the folder.
    #[error("{} holds no data of a central that has served", .0.display())]
    NoData(PathBuf),
    /// There is a file where the answer should be; it is not written over.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The central failed.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// What a bundle brought, and what its answer takes back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Entries that were taken in now.
    pub accepted: usize,
    /// Entries that were held already.
    pub duplicates: usize,
    /// Entries that were refused, contend, or wait behind one that does.
    pub stuck: usize,
    /// Files that were taken in now.
    pub files: usize,
    /// Changes in the answer.
    pub changes: usize,
    /// Files in the answer.
    pub sent_files: usize,
}

/// For whom bundles are sealed: made once and kept in the database.
pub fn identity(store: &Store) -> Result<Identity, Failure> {
    let secret = store.write(|tx| {
        tx.lock_foundation()?;
        if let Some(known) = meta(tx, "bundle-identity")? {
            return Ok(known);
        }
        let secret = Identity::generate().secret();
        set_meta(tx, "bundle-identity", &secret)?;
        Ok(secret)
    })?;
    Identity::parse(&secret)
        .map_err(|_| Failure::Data("the database's bundle identity is damaged".to_owned()))
}

/// Takes in the bundle `from` a workstation and writes the answer `to` a new file, over the data folder of a central.
///
/// # Errors
/// [`CarryError`]. Entries and files before a cut stay taken in; no answer is written then.
pub fn carry(
    data: &Path,
    database: &Database,
    from: &Path,
    to: &Path,
    demonstration: Option<Demonstration>,
) -> Result<Carried, CarryError> {
    if let Database::Embedded(path) = database
        && !path.exists()
    {
        return Err(CarryError::NoData(data.to_owned()));
    }
    if to.exists() {
        return Err(CarryError::Exists(to.to_owned()));
    }
    let store = Store::open(database)?;
    let life = store
        .read(Life::current)?
        .ok_or_else(|| CarryError::NoData(data.to_owned()))?;
    let desk = Counter {
        signer: Signer::load(&store)?,
        identity: identity(&store)?,
        blobs: BlobFiles::open(data)?,
        store,
        life,
        demonstration,
    };
    let taken = desk.take(from)?;
    desk.answer(to, taken)
}

/// Where bundles are handed in.
struct Counter {
    store: Store,
    life: Life,
    signer: Signer,
    identity: Identity,
    blobs: BlobFiles,
    demonstration: Option<Demonstration>,
}

/// A bundle that was taken in.
struct Taken {
    letter: FromWorkstation,
    caller: Caller,
    since: u64,
    outcomes: PushResponse,
    named: HashSet<BlobHash>,
    files: usize,
}

impl Counter {
    fn take(&self, from: &Path) -> Result<Taken, CarryError> {
        let file = File::open(from).map_err(at(from))?;
        read(
            BufReader::new(file),
            &self.identity,
            |signed| self.take_letter(signed),
            |taken: &mut Taken, hash, bytes, content| {
                if !taken.named.contains(&hash) {
                    let words = format!("the letter does not name file {hash}");
                    return Err(BundleError::Damaged(words).into());
                }
                taken.files += usize::from(self.take_file(hash, bytes, content)?);
                Ok(())
            },
        )
    }

    fn take_letter(&self, signed: Signed<FromWorkstation>) -> Result<Taken, CarryError> {
        let Signed { letter, key } = signed;
        let now = Timestamp::now();
        let (caller, since) = self.store.read(|tx| {
            let caller = match caller(tx, &letter, &key)? {
                Ok(caller) => caller,
                Err(refused) => return Ok(Err(refused)),
            };
            Ok(self
                .since(tx, &caller.post, &letter)?
                .map(|since| (caller, since)))
        })??;
        let mut outcomes = Vec::with_capacity(letter.entries.len());
        intake::take_in_all(&self.store, &caller, &letter.entries, now, &mut outcomes)?;
        let receipt = self
            .store
            .read(|tx| intake::receipt(tx, &self.signer, caller.device, now))?;
        Ok(Taken {
            since,
            caller,
            outcomes: PushResponse {
                epoch: self.life.epoch,
                server_time: now,
                outcomes,
                receipt,
            },
            named: letter.files.iter().copied().collect(),
            letter,
            files: 0,
        })
    }

    /// The change after which the answer's page begins.
    fn since(
        &self,
        tx: &dyn Tx,
        post: &UnLocode,
        letter: &FromWorkstation,
    ) -> Result<Result<u64, CarryError>, Failure> {
        let Some(text) = &letter.cursor else {
            return Ok(Ok(0));
        };
        let Some(cursor) = self.life.read(text) else {
            let words = "the workstation last spoke with another central than this one";
            return Ok(Err(CarryError::Refused(words.to_owned())));
        };
        if cursor.epoch != self.life.epoch {
            return Ok(Ok(0));
        }
        if cursor.seq > feed::head(tx, post)? {
            let words = "the workstation is ahead of this database: it was restored from a backup; start the central \
                         with --restored once, then take the bundle again";
            return Ok(Err(CarryError::Refused(words.to_owned())));
        }
        Ok(Ok(cursor.seq))
    }

    /// Takes a file in; `false` when it was held.
    fn take_file(
        &self,
        hash: BlobHash,
        bytes: u64,
        content: &mut dyn Read,
    ) -> Result<bool, CarryError> {
        if self.blobs.length(hash)? == Some(bytes) {
            return Ok(false);
        }
        let name = format!("bundle-{hash}");
        self.blobs.discard(&name)?;
        let path = self.blobs.part(&name);
        let copied = self.copy(&name, &path, content);
        if copied.is_err() {
            self.blobs.discard(&name)?;
        }
        copied?;
        if !self.blobs.finish(&name, hash)? {
            let words = format!("the content of file {hash} has another hash");
            return Err(BundleError::Damaged(words).into());
        }
        Ok(true)
    }

    fn copy(&self, name: &str, path: &Path, content: &mut dyn Read) -> Result<(), CarryError> {
        let mut file = self.blobs.append(name).map_err(at(path))?;
        let mut part = vec![0; 1 << 20];
        loop {
            match content.read(&mut part).map_err(BundleError::reading)? {
                0 => return Ok(()),
                count => file.write_all(&part[..count]).map_err(at(path))?,
            }
        }
    }

    fn answer(&self, to: &Path, taken: Taken) -> Result<Carried, CarryError> {
        let mut files = Vec::new();
        for hash in &taken.letter.wants {
            if let Some(bytes) = self.blobs.length(*hash)? {
                files.push(CarriedFile { hash: *hash, bytes });
            }
        }
        let mut held = Vec::new();
        for hash in &taken.letter.files {
            held.extend(self.blobs.length(*hash)?.map(|_| *hash));
        }
        let now = Timestamp::now();
        let Taken {
            letter,
            caller,
            since,
            outcomes,
            files: new_files,
            ..
        } = taken;
        let (post, changes) = self.store.read(|tx| {
            let (post, officers) = post::read(tx, caller.post.as_str())?;
            let page = feed::page(tx, &caller, since, u32::MAX)?;
            let info = PostInfo {
                post,
                officers,
                epoch: self.life.epoch,
                server_time: now,
                bundle_recipient: Some(self.identity.recipient()),
                receipt_key: Some(self.signer.public_key()),
                demonstration: self.demonstration.clone(),
            };
            Ok((info, page.answer(&self.life, now)))
        })?;
        let count = |of: fn(&PushResult) -> bool| {
            let results = outcomes.outcomes.iter().map(|o| &o.result);
            results.filter(|result| of(result)).count()
        };
        let told = Carried {
            accepted: count(|r| matches!(r, PushResult::Accepted)),
            duplicates: count(|r| matches!(r, PushResult::Duplicate)),
            stuck: count(|r| !matches!(r, PushResult::Accepted | PushResult::Duplicate)),
            files: new_files,
            changes: changes.changes.len(),
            sent_files: files.len(),
        };
        // An entry whose id cannot be read is none that a workstation wrote; there is nothing to answer about it.
        let (entries, mut outcomes) = (
            outcomes.outcomes.iter().filter_map(|o| o.id).collect(),
            outcomes,
        );
        outcomes.outcomes.retain(|o| o.id.is_some());
        for (index, outcome) in (0..).zip(&mut outcomes.outcomes) {
            outcome.index = index;
        }
        let answer = FromCentral {
            format: FORMAT,
            answers: letter.id,
            number: letter.number,
            device: letter.device,
            post,
            entries,
            outcomes,
            held,
            since: letter.cursor,
            changes,
            files,
        };
        let unfinished = to.with_added_extension("new");
        let written = self.write(&unfinished, &answer, &letter.answer_to);
        if written.is_err() {
            // It was never an answer; the bundle can be taken again.
            let _ = std::fs::remove_file(&unfinished);
        }
        written?;
        std::fs::rename(&unfinished, to).map_err(at(to))?;
        Ok(told)
    }

    fn write(&self, to: &Path, answer: &FromCentral, reader: &str) -> Result<(), CarryError> {
        let file = BufWriter::new(File::create(to).map_err(at(to))?);
        let readers = [reader.to_owned()];
        let mut bundle = Writer::begin(file, &readers, answer, self.signer.key())?;
        for file in &answer.files {
            let path = self.blobs.path(file.hash);
            let content = File::open(&path).map_err(at(&path))?;
            bundle.add(file.hash, file.bytes, content)?;
        }
        let mut file = bundle.finish()?;
        file.flush()
            .and_then(|()| file.get_ref().sync_all())
            .map_err(at(to))
    }
}

/// The officer whose key signed the letter, as a session would name them.
fn caller(
    tx: &dyn Tx,
    letter: &FromWorkstation,
    key: &str,
) -> Result<Result<Caller, CarryError>, Failure> {
    let refused = |words: &str| Ok(Err(CarryError::Refused(words.to_owned())));
    let Some((officer, post)) = feed::officer(tx, letter.officer)? else {
        return refused("the officer who made the bundle is not known here");
    };
    if !intake::is_bound(tx, letter.officer, letter.device, key)? {
        return refused("the officer has not signed in at that workstation with this key");
    }
    if access::device_post(tx, letter.device)?.as_deref() != Some(post.as_str()) {
        return refused("the workstation belongs to another post than the officer");
    }
    Ok(Ok(Caller {
        officer,
        device: letter.device,
        post,
    }))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> CarryError + '_ {
    |source| CarryError::File {
        path: path.to_owned(),
        source,
    }
}
