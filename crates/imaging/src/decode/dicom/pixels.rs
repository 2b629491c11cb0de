//! From the bytes of one frame to 16-bit samples: native, RLE, JPEG.

use std::borrow::Cow;
use std::ops::Range;

use jpeg_decoder::PixelFormat;

use super::walk::{Encoding, Pixels, damaged};
use super::{DecodeError, Layout};

/// How pixels are packed, of the transfer syntaxes that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Native,
    Rle,
    Jpeg,
}

/// The samples of one frame as stored, before their meaning is looked at.
pub(super) fn frame(
    bytes: &[u8],
    pixels: &Pixels,
    packing: Packing,
    encoding: Encoding,
    layout: &Layout,
    frame: usize,
) -> Result<Vec<u16>, DecodeError> {
    match (pixels, packing) {
        (Pixels::Native(range), Packing::Native) => {
            native(bytes, range.clone(), encoding, layout, frame)
        }
        (Pixels::Fragments(all), Packing::Rle) => {
            rle(&fragment(bytes, all, layout, frame)?, layout)
        }
        (Pixels::Fragments(all), Packing::Jpeg) => {
            jpeg(&fragment(bytes, all, layout, frame)?, layout)
        }
        _ => Err(damaged(
            "its pixels are not packed as its transfer syntax says".to_owned(),
        )),
    }
}

fn native(
    bytes: &[u8],
    range: Range<usize>,
    encoding: Encoding,
    layout: &Layout,
    frame: usize,
) -> Result<Vec<u16>, DecodeError> {
    let size = layout.pixels() * layout.sample_bytes();
    let start = range.start.saturating_add(size.saturating_mul(frame));
    let end = start.saturating_add(size);
    let found = bytes
        .get(start..end)
        .filter(|_| end <= range.end)
        .ok_or(DecodeError::CutOff {
            have: range.end as u64,
            need: end as u64,
        })?;
    if layout.sample_bytes() == 2 {
        let (pairs, _) = found.as_chunks::<2>();
        return Ok(pairs.iter().map(|pair| encoding.u16(*pair)).collect());
    }
    // In big endian files bytes are written as words (PS3.5, 8.1.1 and annex A.3).
    if layout.in_words && encoding.big_endian {
        let swapped = |at: usize| bytes.get(range.start + ((at + size * frame) ^ 1));
        return Ok((0..size)
            .map(|at| swapped(at).copied().unwrap_or_default().into())
            .collect());
    }
    Ok(found.iter().map(|value| u16::from(*value)).collect())
}

/// The bytes of one frame: its own fragment, or all of a single frame's put together.
fn fragment<'a>(
    bytes: &'a [u8],
    all: &[Range<usize>],
    layout: &Layout,
    frame: usize,
) -> Result<Cow<'a, [u8]>, DecodeError> {
    let cut = || DecodeError::CutOff {
        have: bytes.len() as u64,
        need: bytes.len() as u64 + 1,
    };
    let (offsets, data) = all.split_first().ok_or_else(cut)?;
    if layout.frames == data.len() {
        let own = data.get(frame).cloned().ok_or_else(cut)?;
        return bytes.get(own).map(Cow::Borrowed).ok_or_else(cut);
    }
    // Frames over several fragments: the offsets count from the first fragment's header (PS3.5, A.4).
    let offset = |frame: usize| -> Option<usize> {
        let offsets = bytes.get(offsets.clone())?;
        let at = offsets.get(frame * 4..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*at) as usize)
    };
    let base = data.first().ok_or_else(cut)?.start;
    let from = match (frame, offset(frame)) {
        (0, found) => found.unwrap_or(0),
        (_, Some(found)) => found,
        (_, None) => return Err(cut()),
    };
    let to = offset(frame + 1).unwrap_or(usize::MAX);
    let mut joined = Vec::new();
    for range in data {
        if (from..to).contains(&(range.start - base)) {
            joined.extend_from_slice(bytes.get(range.clone()).ok_or_else(cut)?);
        }
    }
    Ok(Cow::Owned(joined))
}

/// RLE lossless (PS3.5, annex G): each byte of a sample is a plane of its own, the high one first.
fn rle(bytes: &[u8], layout: &Layout) -> Result<Vec<u16>, DecodeError> {
    let number = |at: usize| -> Option<usize> {
        let found = bytes.get(at * 4..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*found) as usize)
    };
    let cut = |need: usize| DecodeError::CutOff {
        have: bytes.len() as u64,
        need: need as u64,
    };
    let planes = layout.sample_bytes();
    let found = number(0).ok_or_else(|| cut(64))?;
    if found != planes {
        return Err(damaged(format!(
            "it has {found} RLE planes where {planes} are needed"
        )));
    }
    // Two bytes make at most 128: a claim beyond that must not be paid for with memory.
    if layout.pixels() / 64 > bytes.len() {
        return Err(cut(layout.pixels() / 64));
    }
    let mut samples = vec![0u16; layout.pixels()];
    for plane in 0..planes {
        let start = number(1 + plane).ok_or_else(|| cut(64))?;
        let end = if plane + 1 < planes {
            number(2 + plane).unwrap_or(bytes.len())
        } else {
            bytes.len()
        };
        let packed = bytes.get(start..end).ok_or_else(|| cut(end.max(start)))?;
        unpack(packed, &mut samples).ok_or_else(|| cut(bytes.len() + 1))?;
    }
    Ok(samples)
}

/// PackBits: moves each sample up by a byte and puts the next of the plane below it; `None` when the
/// plane ends too early.
fn unpack(packed: &[u8], samples: &mut [u16]) -> Option<()> {
    let mut target = samples.iter_mut();
    let mut rest = packed;
    while target.len() > 0 {
        let (&control, after) = rest.split_first()?;
        rest = after;
        let put = |sample: &mut u16, value: u8| *sample = *sample << 8 | u16::from(value);
        match control {
            0..=127 => {
                let (literal, after) = rest.split_at_checked(usize::from(control) + 1)?;
                rest = after;
                for (value, sample) in literal.iter().zip(&mut target) {
                    put(sample, *value);
                }
            }
            128 => {}
            _ => {
                let (&value, after) = rest.split_first()?;
                rest = after;
                for sample in target.by_ref().take(257 - usize::from(control)) {
                    put(sample, value);
                }
            }
        }
    }
    Some(())
}

/// Baseline, progressive and lossless JPEG (PS3.5, annex A.4.1).
fn jpeg(bytes: &[u8], layout: &Layout) -> Result<Vec<u16>, DecodeError> {
    let named = |error: jpeg_decoder::Error| match error {
        jpeg_decoder::Error::Unsupported(what) => DecodeError::UnsupportedCompression {
            method: format!("JPEG with {what:?}"),
        },
        jpeg_decoder::Error::Io(_) => DecodeError::CutOff {
            have: bytes.len() as u64,
            need: bytes.len() as u64 + 1,
        },
        other => damaged(other.to_string()),
    };
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(layout.pixels() * 2);
    decoder.read_info().map_err(named)?;
    let info = decoder
        .info()
        .ok_or_else(|| damaged("its JPEG has no frame".to_owned()))?;
    let found = (u32::from(info.width), u32::from(info.height));
    if found != (layout.width, layout.height) {
        return Err(damaged(format!(
            "it claims {} × {} pixels, the JPEG inside has {} × {}",
            layout.width, layout.height, found.0, found.1
        )));
    }
    let decoded = decoder.decode().map_err(named)?;
    let samples: Vec<u16> = match info.pixel_format {
        PixelFormat::L8 => decoded.into_iter().map(u16::from).collect(),
        PixelFormat::L16 => {
            let (pairs, _) = decoded.as_chunks::<2>();
            pairs.iter().map(|pair| u16::from_ne_bytes(*pair)).collect()
        }
        PixelFormat::RGB24 | PixelFormat::CMYK32 => {
            return Err(DecodeError::UnsupportedSamples {
                found: "a JPEG in colour inside".to_owned(),
            });
        }
    };
    Ok(samples)
}
