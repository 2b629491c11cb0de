//! From the bytes of a stranger's file to a typed image.
//!
//! The format is told from the first bytes, never from a name. Sizes are checked before memory is
//! taken. Which containers are read: TIFF and BigTIFF ([`tagged`]), PNG and JPEG ([`still`]), DICOM
//! and DICOS ([`dicom`]), raw samples with a description beside them ([`raw`]). A format for which a
//! reader exists elsewhere is let in through an [`Adapter`].

mod adapter;
mod dicom;
mod error;
mod exif;
mod glance;
mod raw;
mod still;
mod strips;
mod tagged;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::raster::Image;

pub use adapter::{Adapter, decode_with};
pub use error::DecodeError;
pub use glance::{Glance, Said, glance, glance_raw};
pub use raw::decode_raw;

/// What a file may claim before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file in bytes.
    pub bytes: u64,
    /// Largest number of pixels over all planes.
    pub pixels: u64,
}

impl Default for Limits {
    /// 1 GiB of file, 2²⁸ pixels: a 200 m train at 3 mm in one energy, half a gigabyte of samples.
    fn default() -> Self {
        Self {
            bytes: 1 << 30,
            pixels: 1 << 28,
        }
    }
}

impl Limits {
    /// Refuses a claimed size that has no pixel or too many.
    fn check(self, width: u32, height: u32, planes: u64) -> Result<(), DecodeError> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(DecodeError::NoPixels { width, height });
        }
        let pixels = pixels.saturating_mul(planes);
        if pixels > self.pixels {
            return Err(DecodeError::TooLarge {
                width,
                height,
                pixels,
                limit: self.pixels,
            });
        }
        Ok(())
    }
}

/// Decodes a radiograph or a photograph.
///
/// Grey TIFF, PNG and DICOM (8 to 16 bits, one or two energies) become a [`crate::Radiograph`];
/// colour images and JPEG become a [`crate::Photo`]. May take a few hundred milliseconds: call it off the
/// UI thread. It uses rayon's pool.
pub fn decode(bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
    guarded(bytes, limits, || dispatch(bytes, limits))
}

/// Runs a reader on a file that is not too large.
fn guarded<T>(
    bytes: &[u8],
    limits: Limits,
    read: impl FnOnce() -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(DecodeError::FileTooLarge {
            bytes: bytes.len() as u64,
            limit: limits.bytes,
        });
    }
    // The container readers are other people's code fed with strangers' bytes: should one of them
    // panic in spite of its fuzzing, it costs this image and not the window.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(DecodeError::Damaged {
            what: "its reader gave up".to_owned(),
        })
    })
}

fn dispatch(bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
    match sniff(bytes)? {
        Format::Tiff => tagged::decode(bytes, limits),
        Format::Png => still::png(bytes, limits),
        Format::Jpeg => still::jpeg(bytes, limits),
        Format::Dicom => dicom::decode(bytes, limits),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Tiff,
    Png,
    Jpeg,
    Dicom,
}

impl Format {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Tiff => "image/tiff",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Dicom => "application/dicom",
        }
    }
}

const READ: [(&[u8], Format); 6] = [
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
    (b"II+\0", Format::Tiff),
    (b"MM\0+", Format::Tiff),
    (b"\x89PNG\r\n\x1a\n", Format::Png),
    (b"\xff\xd8\xff", Format::Jpeg),
];

/// Where DICOM's magic bytes stand, behind a preamble that may hold anything (PS3.10, 7.1).
const DICOM: (usize, &[u8]) = (128, b"DICM");

/// Formats that people try, by offset and magic bytes, so that the refusal can name them.
const NAMED: [(usize, &[u8], &str); 11] = [
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"),
    (0, b"PK\x03\x04", "ZIP or Office"),
    (8, b"WEBP", "WebP"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftyp", "video"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x0a", "JPEG XL"),
];

fn sniff(bytes: &[u8]) -> Result<Format, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    // DICOM first: its preamble may be the head of a TIFF, so that programs for either open the file.
    let has = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if has(DICOM.0, DICOM.1) {
        return Ok(Format::Dicom);
    }
    if let Some((_, format)) = READ.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Ok(*format);
    }
    if let Some((magic, _)) = READ.iter().find(|(magic, _)| magic.starts_with(bytes)) {
        return Err(DecodeError::CutOff {
            have: bytes.len() as u64,
            need: magic.len() as u64 + 1,
        });
    }
    Err(match NAMED.iter().find(|(at, magic, _)| has(*at, magic)) {
        Some((_, _, format)) => DecodeError::UnsupportedFormat { format },
        None => DecodeError::NotAnImage {
            start: start_of(bytes),
        },
    })
}

/// The first bytes for a message: as text if they are, else hexadecimal.
fn start_of(bytes: &[u8]) -> String {
    let start = &bytes[..bytes.len().min(12)];
    if start
        .iter()
        .all(|byte| byte.is_ascii_graphic() || *byte == b' ')
    {
        return format!("“{}”", String::from_utf8_lossy(start));
    }
    start
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
