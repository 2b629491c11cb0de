//! What can be wrong with an image, each as a sentence with the value that was wrong.

use thiserror::Error;

/// Why bytes could not be shown as an image.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// There are no bytes at all.
    #[error("the file is empty")]
    Empty,
    /// The first bytes belong to no known image format.
    #[error("this is not an image: it starts with {start}")]
    NotAnImage {
        /// The first bytes, readable or hexadecimal.
        start: String,
    },
    /// The format is known but not one that is read.
    #[error("{format} files cannot be shown; TIFF, PNG, JPEG and DICOM can")]
    UnsupportedFormat {
        /// Name of the format.
        format: &'static str,
    },
    /// The file itself is larger than allowed.
    #[error("the file has {bytes} bytes; at most {limit} are read")]
    FileTooLarge {
        /// Size of the file.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// The claimed size is larger than allowed; nothing was allocated for it.
    #[error("the image claims {width} × {height} = {pixels} pixels; at most {limit} are shown")]
    TooLarge {
        /// Claimed width.
        width: u32,
        /// Claimed height.
        height: u32,
        /// Claimed pixels, over all planes.
        pixels: u64,
        /// What is allowed.
        limit: u64,
    },
    /// The claimed size has no pixel.
    #[error("the image claims {width} × {height} pixels: there is nothing to show")]
    NoPixels {
        /// Claimed width.
        width: u32,
        /// Claimed height.
        height: u32,
    },
    /// The file ends before its image does.
    #[error("the file ends at byte {have}, its image needs at least {need}: it was cut off")]
    CutOff {
        /// Where it ends.
        have: u64,
        /// What is needed at least.
        need: u64,
    },
    /// The bytes contradict the format.
    #[error("the image is damaged: {what}")]
    Damaged {
        /// What the decoder stumbled over.
        what: String,
    },
    /// The compression is not one that is read.
    #[error("the image is compressed with {method}, which cannot be read")]
    UnsupportedCompression {
        /// Name or number of the compression.
        method: String,
    },
    /// The kind of samples is not one that is read.
    #[error(
        "the image has {found}; 8-bit and 16-bit grey radiographs and 8-bit colour photos can be shown"
    )]
    UnsupportedSamples {
        /// What the samples are, e.g. `32-bit floating point samples`.
        found: String,
    },
    /// The planes of a dual-energy image do not lie on each other.
    #[error(
        "the planes differ in size: the first has {} × {} pixels, plane {plane} has {} × {}",
        first.0, first.1, found.0, found.1
    )]
    PlanesDiffer {
        /// Size of the first plane.
        first: (u32, u32),
        /// Number of the differing plane, from 1.
        plane: usize,
        /// Its size.
        found: (u32, u32),
    },
    /// More planes than two energies.
    #[error("the image has {found} planes; one or two energies can be shown")]
    TooManyPlanes {
        /// How many there are.
        found: usize,
    },
    /// The file is of a known format but holds no picture.
    #[error("{what} holds no image")]
    NoImage {
        /// What it is, e.g. `a DICOM file of modality SR`.
        what: String,
    },
    /// The description beside raw samples cannot be used.
    #[error("the description beside the image cannot be used: {what}")]
    Sidecar {
        /// What is wrong with it.
        what: String,
    },
    /// The description beside raw samples speaks of another file.
    #[error("the description beside the image needs {claimed} bytes, the image has {found}")]
    SidecarDisagrees {
        /// Bytes the description needs.
        claimed: u64,
        /// Bytes there are.
        found: u64,
    },
    /// The size of a pixel cannot be.
    #[error("a pixel of {pitch} mm cannot be; above 0 and at most 50 mm can")]
    BadPitch {
        /// What was given, millimetres.
        pitch: String,
    },
}

impl DecodeError {
    /// A word for the kind of error that never changes: the key under which translations are kept.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAnImage { .. } => "not-an-image",
            Self::UnsupportedFormat { .. } => "unsupported-format",
            Self::FileTooLarge { .. } => "file-too-large",
            Self::TooLarge { .. } => "too-large",
            Self::NoPixels { .. } => "no-pixels",
            Self::CutOff { .. } => "cut-off",
            Self::Damaged { .. } => "damaged",
            Self::UnsupportedCompression { .. } => "unsupported-compression",
            Self::UnsupportedSamples { .. } => "unsupported-samples",
            Self::PlanesDiffer { .. } => "planes-differ",
            Self::TooManyPlanes { .. } => "too-many-planes",
            Self::NoImage { .. } => "no-image",
            Self::Sidecar { .. } => "sidecar",
            Self::SidecarDisagrees { .. } => "sidecar-disagrees",
            Self::BadPitch { .. } => "bad-pitch",
        }
    }
}
