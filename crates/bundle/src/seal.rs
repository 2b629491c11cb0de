//! Writing and reading the file.

use std::io::{self, Read, Write};
use std::path::Path;

use age::secrecy::ExposeSecret;
use age::stream::StreamWriter;
use age::x25519;
use age::{DecryptError, Decryptor, Encryptor};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use outpost_domain::BlobHash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{BundleError, FORMAT, Letter};

/// The name of the signature in the archive.
const SIGNATURE: &str = "signature.json";
/// The folder of files in the archive.
const FILES: &str = "files/";
/// A longer letter is not read, bytes: some 100,000 entries.
const LONGEST_LETTER: u64 = 256 * 1024 * 1024;
/// A signature is shorter, bytes.
const LONGEST_SIGNATURE: u64 = 4096;

/// Who a bundle is sealed for: an age identity (X25519).
pub struct Identity(x25519::Identity);

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Identity").field(&self.recipient()).finish()
    }
}

impl Identity {
    /// A new one.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads `AGE-SECRET-KEY-1…`.
    pub fn parse(secret: &str) -> Result<Self, BundleError> {
        // What is no identity may be a mistyped secret: it is not repeated.
        let unread = |_| BundleError::NoReader("the secret".to_owned());
        secret.parse().map(Self).map_err(unread)
    }

    /// `AGE-SECRET-KEY-1…`, to be kept.
    pub fn secret(&self) -> String {
        self.0.to_string().expose_secret().to_owned()
    }

    /// `age1…`, for those who write.
    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }
}

/// The text that is signed: the SHA-256 of the letter's bytes under a heading of its own.
pub fn signed_text(letter: &[u8]) -> String {
    format!(
        "outpost-bundle-v1\n{}\n",
        hex::encode(Sha256::digest(letter))
    )
}

#[derive(Serialize, Deserialize)]
struct Mark {
    key: String,
    signature: String,
}

/// A letter whose signature fits the key.
#[derive(Debug)]
pub struct Signed<L> {
    /// The letter.
    pub letter: L,
    /// Who signed: an Ed25519 public key, 64 hexadecimal digits.
    pub key: String,
}

/// A bundle being written.
pub struct Writer<W: Write> {
    archive: tar::Builder<StreamWriter<W>>,
}

impl<W: Write> Writer<W> {
    /// Seals for `readers` (`age1…`) and writes the letter with its signature.
    ///
    /// # Errors
    /// [`BundleError::NoReader`], [`BundleError::Io`].
    pub fn begin<L: Letter>(
        to: W,
        readers: &[String],
        letter: &L,
        key: &SigningKey,
    ) -> Result<Self, BundleError> {
        let readers: Vec<x25519::Recipient> = readers
            .iter()
            .map(|text| {
                text.parse()
                    .map_err(|_| BundleError::NoReader(text.clone()))
            })
            .collect::<Result<_, _>>()?;
        let sealed = Encryptor::with_recipients(readers.iter().map(|r| r as &dyn age::Recipient))
            .map_err(|_| BundleError::NoReader(String::new()))?
            .wrap_output(to)
            .map_err(BundleError::Io)?;
        let mut writer = Self {
            archive: tar::Builder::new(sealed),
        };
        let text = serde_json::to_vec(letter).map_err(|e| BundleError::Io(e.into()))?;
        let mark = Mark {
            key: hex::encode(key.verifying_key().to_bytes()),
            signature: hex::encode(key.sign(signed_text(&text).as_bytes()).to_bytes()),
        };
        let mark = serde_json::to_vec(&mark).map_err(|e| BundleError::Io(e.into()))?;
        writer.member(L::NAME, text.len() as u64, text.as_slice())?;
        writer.member(SIGNATURE, mark.len() as u64, mark.as_slice())?;
        Ok(writer)
    }

    /// Adds a file that the letter names.
    ///
    /// # Errors
    /// [`BundleError::OtherLength`] when `from` does not yield `bytes`: the bundle is of no use then.
    pub fn add(&mut self, file: BlobHash, bytes: u64, from: impl Read) -> Result<(), BundleError> {
        self.member(&format!("{FILES}{file}"), bytes, from)
    }

    fn member(&mut self, name: &str, bytes: u64, from: impl Read) -> Result<(), BundleError> {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes);
        header.set_mode(0o600);
        let mut counted = Counted { from, bytes: 0 };
        self.archive
            .append_data(&mut header, name, &mut counted)
            .map_err(BundleError::Io)?;
        if counted.bytes != bytes {
            return Err(BundleError::OtherLength {
                expected: bytes,
                found: counted.bytes,
            });
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(self) -> Result<W, BundleError> {
        self.archive
            .into_inner()
            .and_then(StreamWriter::finish)
            .map_err(BundleError::Io)
    }
}

struct Counted<R> {
    from: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.bytes += count as u64;
        Ok(count)
    }
}

/// Reads a bundle: hands the letter to `begin` once its signature has been verified, then each file to `file`, with
/// its hash as the archive names it, its bytes and its content. Whether the content has the hash, and whether the letter
/// names the file, is for `file` to judge; so is whose key the letter was signed with for `begin`. Returns what `begin`
/// made.
///
/// # Errors
/// [`BundleError`], or what the two say. Files before a cut have been handed over by then: taking a bundle twice must
/// change nothing.
pub fn read<L: Letter, S, E: From<BundleError>>(
    from: impl Read,
    identity: &Identity,
    begin: impl FnOnce(Signed<L>) -> Result<S, E>,
    mut file: impl FnMut(&mut S, BlobHash, u64, &mut dyn Read) -> Result<(), E>,
) -> Result<S, E> {
    let opened = Decryptor::new(from)
        .map_err(header)?
        .decrypt(std::iter::once(&identity.0 as &dyn age::Identity))
        .map_err(header)?;
    let mut archive = tar::Archive::new(opened);
    let state = {
        let mut members = archive.entries().map_err(BundleError::reading)?;
        let mut next = || -> Result<_, BundleError> {
            let Some(member) = members.next().transpose().map_err(BundleError::reading)? else {
                return Ok(None);
            };
            let name = member.path().map_err(BundleError::reading)?;
            let name = name.to_str().unwrap_or_default().to_owned();
            Ok(Some((name, member)))
        };
        let (name, text) = match next()? {
            Some((name, member)) => (name, short(member, LONGEST_LETTER)?),
            None => return Err(BundleError::Damaged("it has no letter".to_owned()).into()),
        };
        if name != L::NAME {
            return Err(BundleError::OtherDirection.into());
        }
        let mark = match next()? {
            Some((name, member)) if name == SIGNATURE => short(member, LONGEST_SIGNATURE)?,
            _ => return Err(BundleError::Damaged("it has no signature".to_owned()).into()),
        };
        let mut state = begin(verified(&text, &mark)?)?;
        while let Some((name, mut member)) = next()? {
            let hash = hash_in(&name)
                .ok_or_else(|| BundleError::Damaged(format!("{name:?} is no file of a bundle")))?;
            let bytes = member.size();
            file(&mut state, hash, bytes, &mut member)?;
        }
        state
    };
    // The seal tells a cut only at its end.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(BundleError::reading)?;
    Ok(state)
}

fn header(error: DecryptError) -> BundleError {
    match error {
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed => BundleError::OtherReader,
        DecryptError::Io(error) => BundleError::reading(error),
        other => BundleError::Damaged(other.to_string()),
    }
}

/// A member that is kept in memory, of at most `most` bytes.
fn short(member: impl Read, most: u64) -> Result<Vec<u8>, BundleError> {
    let mut text = Vec::new();
    let read = member
        .take(most + 1)
        .read_to_end(&mut text)
        .map_err(BundleError::reading)?;
    if read as u64 > most {
        let words = format!("a letter or signature of more than {most} bytes");
        return Err(BundleError::Damaged(words));
    }
    Ok(text)
}

fn verified<L: Letter>(text: &[u8], mark: &[u8]) -> Result<Signed<L>, BundleError> {
    let mark: Mark = serde_json::from_slice(mark).map_err(|_| BundleError::WrongSignature)?;
    let (mut key, mut signature) = ([0; 32], [0; 64]);
    let fits = hex::decode_to_slice(&mark.key, &mut key).is_ok()
        && hex::decode_to_slice(&mark.signature, &mut signature).is_ok()
        && VerifyingKey::from_bytes(&key).is_ok_and(|key| {
            let signature = Signature::from_bytes(&signature);
            key.verify_strict(signed_text(text).as_bytes(), &signature)
                .is_ok()
        });
    if !fits {
        return Err(BundleError::WrongSignature);
    }
    /// What every format has.
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    let unread = |e: serde_json::Error| BundleError::Damaged(e.to_string());
    let head: Head = serde_json::from_slice(text).map_err(unread)?;
    if head.format > FORMAT {
        return Err(BundleError::Newer {
            found: head.format,
            known: FORMAT,
        });
    }
    Ok(Signed {
        letter: serde_json::from_slice(text).map_err(unread)?,
        key: mark.key.to_ascii_lowercase(),
    })
}

/// The hash in `files/<64 hexadecimal digits>`.
fn hash_in(name: &str) -> Option<BlobHash> {
    let name = Path::new(name).strip_prefix(FILES).ok()?.to_str()?;
    name.parse().ok()
}
