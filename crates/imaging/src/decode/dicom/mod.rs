//! DICOM Part 10 and DICOS (NEMA IIC 1) files with grey pixels: DX, CR, CT, secondary capture.
//!
//! [`walk`] finds where everything lies without reading it; `dicom-object` reads the few elements
//! that are shown, with their character sets; [`pixels`] unpacks the first frame, or two when the
//! file itself calls them high and low energy. What is not read is refused by the name the standard
//! gives it.

mod pixels;
mod walk;
mod words;

use std::borrow::Cow;
use std::io::Read;

use dicom_dictionary_std::{tags, uids};
use dicom_transfer_syntax_registry::{TransferSyntaxIndex, TransferSyntaxRegistry};
use rayon::prelude::*;

use super::{DecodeError, Glance, Limits, Said};
use crate::raster::{Energy, Frames, Grid, Image, Plane, Polarity, Radiograph};
use pixels::Packing;
use walk::{Encoding, Walk, damaged};
use words::Words;

/// Preamble and magic (PS3.10, section 7.1).
const PREAMBLE: usize = 132;
const FILE_META: u16 = 0x0002;
/// Retired since 2006 and still met.
const EXPLICIT_BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
const TRANSFER_SYNTAX: walk::Tag = (FILE_META, 0x0010);

/// Size and kind of the samples (PS3.3, C.7.6.3).
struct Layout {
    width: u32,
    height: u32,
    /// Bits a sample takes in the file, 8 or 16.
    allocated: u16,
    /// Bits of those that mean something.
    stored: u16,
    /// How far those lie above the lowest bit.
    shift: u32,
    signed: bool,
    /// Whether pixels are written as words.
    in_words: bool,
    frames: usize,
}

impl Layout {
    fn pixels(&self) -> usize {
        self.width as usize * self.height as usize
    }

    fn sample_bytes(&self) -> usize {
        usize::from(self.allocated) / 8
    }
}

/// What the transfer syntax says (PS3.5, annex A).
struct Syntax {
    name: Cow<'static, str>,
    encoding: Encoding,
    packing: Packing,
    deflated: bool,
}

/// Decodes a DICOM file.
pub(super) fn decode(bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
    let (syntax, start) = syntax(bytes)?;
    let inflated;
    let (set, start) = if syntax.deflated {
        inflated = inflate(&bytes[start..], limits)?;
        (&inflated[..], 0)
    } else {
        (bytes, start)
    };
    let mut walk = Walk::new(set, start, syntax.encoding);
    let words = Words::read(set, &mut walk, syntax.encoding)?;
    let in_words = set[walk.position()..].get(4..6) != Some(b"OB".as_slice());
    let Some(pixels) = walk.pixels()? else {
        return Err(no_image(&words));
    };
    let layout = layout(&words, in_words, limits)?;
    let polarity = polarity(&words)?;
    let energies = energies(&words, layout.frames);
    limits.check(layout.width, layout.height, energies.len() as u64)?;
    let mut planes = Vec::with_capacity(energies.len());
    for (frame, energy) in &energies {
        let stored = pixels::frame(
            set,
            &pixels,
            syntax.packing,
            syntax.encoding,
            &layout,
            *frame,
        )?;
        let samples = transmission(stored, &layout, polarity);
        let grid =
            Grid::new(layout.width, layout.height, samples).map_err(|e| damaged(e.to_string()))?;
        planes.push(Plane {
            energy: *energy,
            grid,
        });
    }
    let mut metadata = words.metadata();
    metadata.transfer_syntax = Some(syntax.name.into_owned());
    metadata.frames = (layout.frames > planes.len()).then_some(Frames {
        shown: planes.len() as u32,
        total: layout.frames as u32,
    });
    Ok(Image::Radiograph(Radiograph {
        width: layout.width,
        height: layout.height,
        planes,
        bit_depth: layout.stored as u8,
        pitch_mm: words.pitch_mm(),
        polarity,
        metadata,
    }))
}

/// Looks at a DICOM file without unpacking its pixels.
pub(super) fn glance(bytes: &[u8], limits: Limits) -> Result<Glance, DecodeError> {
    let (syntax, start) = syntax(bytes)?;
    let inflated;
    let (set, start) = if syntax.deflated {
        inflated = inflate(&bytes[start..], limits)?;
        (&inflated[..], 0)
    } else {
        (bytes, start)
    };
    let mut walk = Walk::new(set, start, syntax.encoding);
    let words = Words::read(set, &mut walk, syntax.encoding)?;
    if walk.pixels()?.is_none() {
        return Err(no_image(&words));
    }
    let layout = layout(&words, false, limits)?;
    limits.check(layout.width, layout.height, 1)?;
    Ok(Glance {
        width: layout.width,
        height: layout.height,
        media_type: "application/dicom",
        pitch_mm: words.pitch_mm(),
        said: Said::Radiograph(words.metadata()),
    })
}

/// That a file holds no image, and what it is by its own word.
fn no_image(words: &Words) -> DecodeError {
    DecodeError::NoImage {
        what: words
            .text(tags::MODALITY)
            .map_or("a DICOM file".to_owned(), |kind| {
                format!("a DICOM file of modality {kind}")
            }),
    }
}

/// The transfer syntax and where the data set starts.
fn syntax(bytes: &[u8]) -> Result<(Syntax, usize), DecodeError> {
    let mut walk = Walk::new(bytes, PREAMBLE, Encoding::EXPLICIT_LITTLE);
    let mut uid = None;
    while let Some(element) = walk.next_if(|(group, _)| group == FILE_META)? {
        if element.tag == TRANSFER_SYNTAX {
            let text = String::from_utf8_lossy(&bytes[element.value]);
            uid = Some(text.trim_matches(['\0', ' ']).to_owned());
        }
    }
    let uid = uid.ok_or_else(|| damaged("it does not say its transfer syntax".to_owned()))?;
    let name = match TransferSyntaxRegistry.get(&uid) {
        Some(known) => Cow::Borrowed(known.name()),
        None => Cow::Owned(format!("transfer syntax {uid}")),
    };
    let little = Encoding::EXPLICIT_LITTLE;
    let (explicit, big_endian, packing) = match uid.as_str() {
        uids::IMPLICIT_VR_LITTLE_ENDIAN => (false, false, Packing::Native),
        uids::EXPLICIT_VR_LITTLE_ENDIAN | uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN => {
            (true, false, Packing::Native)
        }
        EXPLICIT_BIG_ENDIAN => (true, true, Packing::Native),
        uids::RLE_LOSSLESS => (little.explicit, little.big_endian, Packing::Rle),
        uids::JPEG_BASELINE8_BIT
        | uids::JPEG_EXTENDED12_BIT
        | uids::JPEG_LOSSLESS
        | uids::JPEG_LOSSLESS_SV1 => (little.explicit, little.big_endian, Packing::Jpeg),
        _ => {
            return Err(DecodeError::UnsupportedCompression {
                method: name.into_owned(),
            });
        }
    };
    let syntax = Syntax {
        deflated: uid == uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
        name,
        encoding: Encoding {
            explicit,
            big_endian,
        },
        packing,
    };
    Ok((syntax, walk.position()))
}

/// Unpacks a deflated data set (PS3.5, annex A.5), no further than files may be large.
fn inflate(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, DecodeError> {
    let mut set = Vec::new();
    flate2::read::DeflateDecoder::new(bytes)
        .take(limits.bytes.saturating_add(1))
        .read_to_end(&mut set)
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => DecodeError::CutOff {
                have: bytes.len() as u64,
                need: bytes.len() as u64 + 1,
            },
            _ => damaged(error.to_string()),
        })?;
    if set.len() as u64 > limits.bytes {
        return Err(DecodeError::FileTooLarge {
            bytes: set.len() as u64,
            limit: limits.bytes,
        });
    }
    Ok(set)
}

fn layout(words: &Words, in_words: bool, limits: Limits) -> Result<Layout, DecodeError> {
    let number = |tag, name: &str| {
        words
            .number(tag)
            .ok_or_else(|| damaged(format!("it does not say its {name}")))
    };
    let samples = |found: String| DecodeError::UnsupportedSamples { found };
    let (width, height) = (
        number(tags::COLUMNS, "columns")?,
        number(tags::ROWS, "rows")?,
    );
    limits.check(width, height, 1)?;
    let per_pixel = words.number(tags::SAMPLES_PER_PIXEL).unwrap_or(1);
    let photometric = words.text(tags::PHOTOMETRIC_INTERPRETATION);
    if per_pixel != 1 {
        let kind = photometric.unwrap_or_else(|| "unknown".to_owned());
        return Err(samples(format!(
            "{per_pixel} samples in each pixel ({kind})"
        )));
    }
    let allocated = number(tags::BITS_ALLOCATED, "bits allocated")?;
    if allocated != 8 && allocated != 16 {
        return Err(samples(format!("{allocated}-bit samples")));
    }
    let stored = words.number(tags::BITS_STORED).unwrap_or(allocated);
    let high = words
        .number(tags::HIGH_BIT)
        .unwrap_or(stored.saturating_sub(1));
    if stored == 0 || stored > allocated || high >= allocated || high + 1 < stored {
        return Err(damaged(format!(
            "{stored} of {allocated} bits up to bit {high} cannot be"
        )));
    }
    Ok(Layout {
        width,
        height,
        allocated: allocated as u16,
        stored: stored as u16,
        shift: high + 1 - stored,
        signed: words.number(tags::PIXEL_REPRESENTATION) == Some(1),
        in_words,
        frames: words.number(tags::NUMBER_OF_FRAMES).unwrap_or(1).max(1) as usize,
    })
}

/// What large samples mean.
///
/// Pixel Intensity Relationship Sign (PS3.3, C.8.11.3) tells it of the beam; without it MONOCHROME1,
/// which shows large samples dark, is taken for attenuation.
fn polarity(words: &Words) -> Result<Polarity, DecodeError> {
    let photometric = words
        .text(tags::PHOTOMETRIC_INTERPRETATION)
        .unwrap_or_default();
    let by_look = match photometric.as_str() {
        "MONOCHROME1" => Polarity::Attenuation,
        "MONOCHROME2" => Polarity::Transmission,
        other => {
            return Err(DecodeError::UnsupportedSamples {
                found: format!("the photometric interpretation “{other}”"),
            });
        }
    };
    let sign = words.text(tags::PIXEL_INTENSITY_RELATIONSHIP_SIGN);
    Ok(match sign.as_deref() {
        Some("1") => Polarity::Transmission,
        Some("-1") => Polarity::Attenuation,
        _ => by_look,
    })
}

/// Which frames are shown, high before low: the first, or two that the file itself names by their
/// energy in Frame Label Vector (PS3.3, C.7.6.5).
fn energies(words: &Words, frames: usize) -> Vec<(usize, Energy)> {
    let labels = words
        .text(tags::FRAME_LABEL_VECTOR)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let labels: Vec<&str> = labels.split('\\').collect();
    match labels[..] {
        [first, second] if frames == 2 && first.contains("high") && second.contains("low") => {
            vec![(0, Energy::High), (1, Energy::Low)]
        }
        [first, second] if frames == 2 && first.contains("low") && second.contains("high") => {
            vec![(1, Energy::High), (0, Energy::Low)]
        }
        _ => vec![(0, Energy::Single)],
    }
}

/// Stored samples spread over 0 to 65535, turned where they were attenuation.
fn transmission(mut samples: Vec<u16>, layout: &Layout, polarity: Polarity) -> Vec<u16> {
    let most = u32::from(u16::MAX >> (16 - layout.stored));
    let middle = if layout.signed { most / 2 + 1 } else { 0 };
    let table: Vec<u16> = (0..=u16::MAX)
        .map(|value| {
            // Two's complement plus half the scale is the bit pattern with its highest bit turned.
            let value = ((u32::from(value) >> layout.shift) & most) ^ middle;
            let spread = ((value * 65_535 + most / 2) / most) as u16;
            match polarity {
                Polarity::Transmission => spread,
                Polarity::Attenuation => !spread,
            }
        })
        .collect();
    samples
        .par_iter_mut()
        .with_min_len(1 << 16)
        .for_each(|sample| *sample = table[usize::from(*sample)]);
    samples
}

#[cfg(test)]
pub(super) mod tests;
