//! What can be wrong with a bundle.

use std::io;

/// Why a bundle was not written or not read.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It ends too early: the copy to the stick was not finished, or the stick was taken out.
    #[error("the bundle is cut off")]
    CutOff,
    /// It is no bundle, or its content was changed.
    #[error("the file is no whole bundle: {0}")]
    Damaged(String),
    /// It is sealed for somebody else.
    #[error("the bundle is sealed for another reader")]
    OtherReader,
    /// It is a bundle of the other direction.
    #[error("the bundle is one that goes the other way")]
    OtherDirection,
    /// The letter is not signed with the key that it names.
    #[error("the signature does not fit the letter: it was changed after it was signed")]
    WrongSignature,
    /// A newer build wrote it.
    #[error("the bundle has format {found}; this build knows formats up to {known}")]
    Newer {
        /// The letter's format.
        found: u32,
        /// The highest format this build knows.
        known: u32,
    },
    /// A name for a reader or an identity is none.
    #[error("{0:?} is no age recipient or identity")]
    NoReader(String),
    /// A file changed its length while it was packed.
    #[error("a file of {expected} bytes had {found}")]
    OtherLength {
        /// Bytes that were announced.
        expected: u64,
        /// Bytes that came.
        found: u64,
    },
    /// The file could not be written.
    #[error(transparent)]
    Io(io::Error),
}

impl BundleError {
    /// What a failed read of a bundle's content means.
    pub fn reading(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::CutOff,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Io(error),
        }
    }
}
