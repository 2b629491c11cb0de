//! Whole strips unpacked at once: the usual ways in which scanners write TIFF, faster than through
//! readers of a few bytes.
//!
//! Only what is certain is done here; for anything else, and for any error, [`unpack`] gives nothing
//! and the TIFF library reads the strip and says what is wrong.

use std::cmp::Ordering;

use zune_inflate::{DeflateDecoder, DeflateOptions};

/// How a strip is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Not at all: samples as they are.
    None,
    /// TIFF 6.0, section 13.
    Lzw,
    /// TIFF Technical Note 2 of Adobe, 2002.
    Deflate,
}

/// How the samples of a page are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writing {
    pub packing: Packing,
    pub big_endian: bool,
    /// Whether samples are differences from their left neighbour (TIFF 6.0, section 14).
    pub differences: bool,
    /// Whether 0 is white.
    pub turned: bool,
}

/// Unpacks a strip of 16-bit samples in rows of `width`, one sample a pixel; `None` when it is not
/// exactly what it should be.
pub(super) fn unpack(
    packed: &[u8],
    writing: Writing,
    width: usize,
    target: &mut [u16],
) -> Option<()> {
    let bytes: &mut [u8] = bytemuck::cast_slice_mut(target);
    match writing.packing {
        Packing::None => bytes.copy_from_slice(packed.get(..bytes.len())?),
        Packing::Lzw => lzw(packed, bytes)?,
        Packing::Deflate => {
            let options = DeflateOptions::default()
                .set_limit(bytes.len())
                .set_size_hint(bytes.len());
            let unpacked = DeflateDecoder::new_with_options(packed, options)
                .decode_zlib()
                .ok()?;
            bytes.copy_from_slice(unpacked.get(..bytes.len())?);
        }
    }
    if cfg!(target_endian = "little")
        && !writing.big_endian
        && !writing.differences
        && !writing.turned
    {
        return Some(());
    }
    for row in target.chunks_mut(width) {
        let mut left = 0u16;
        for sample in row {
            let mut value = if writing.big_endian {
                u16::from_be(*sample)
            } else {
                u16::from_le(*sample)
            };
            if writing.differences {
                left = left.wrapping_add(value);
                value = left;
            }
            *sample = if writing.turned { !value } else { value };
        }
    }
    Some(())
}

const CLEAR: u16 = 256;
const END: u16 = 257;
const FIRST: u16 = 258;
const MOST: usize = 4096;

/// LZW as TIFF has it: high bits first, codes of 9 to 12 bits, one bit wider a code early.
///
/// A string of the table is a place in what was already unpacked, where it stands followed by its next
/// letter: the table needs no letters of its own.
fn lzw(packed: &[u8], target: &mut [u8]) -> Option<()> {
    let mut table = vec![(0u32, 0u16); MOST];
    let (mut next, mut width) = (FIRST, 9u32);
    let mut before: Option<(usize, usize)> = None;
    let (mut bits, mut held, mut read) = (0u64, 0u32, 0usize);
    let mut at = 0;
    while at < target.len() {
        if held < width {
            if let Some(four) = packed.get(read..).and_then(<[u8]>::first_chunk::<4>) {
                bits = bits << 32 | u64::from(u32::from_be_bytes(*four));
                (held, read) = (held + 32, read + 4);
            } else {
                bits = bits << 8 | u64::from(*packed.get(read)?);
                (held, read) = (held + 8, read + 1);
                continue;
            }
        }
        held -= width;
        let code = (bits >> held) as u16 & ((1 << width) - 1);
        if code == CLEAR {
            (next, width, before) = (FIRST, 9, None);
            continue;
        }
        if code == END {
            return None;
        }
        let start = at;
        if code < CLEAR {
            target[at] = code as u8;
            at += 1;
        } else {
            let (from, length) = match code.cmp(&next) {
                Ordering::Less => {
                    let (from, length) = table[usize::from(code)];
                    (from as usize, usize::from(length))
                }
                Ordering::Equal => before.map(|(from, length)| (from, length + 1))?,
                Ordering::Greater => return None,
            };
            let end = (at + length).min(target.len());
            // The last letter may be the one just written: forwards, letter by letter.
            for (offset, place) in (at..end).enumerate() {
                target[place] = target[from + offset];
            }
            at = end;
        }
        if let (Some((from, length)), true) = (before, usize::from(next) < MOST) {
            table[usize::from(next)] = (from as u32, length as u16 + 1);
            next += 1;
            if width < 12 && u32::from(next) == (1 << width) - 1 {
                width += 1;
            }
        }
        // A first code after a clear must be a letter.
        before = (before.is_some() || code < CLEAR).then_some((start, at - start));
        before?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Cursor;

    use super::*;
    use proptest::prelude::*;
    use tiff::encoder::colortype::Gray16;
    use tiff::encoder::{Compression, DeflateLevel, TiffEncoder};

    /// The bytes of the only strip that the library writes for these samples.
    fn packed(samples: &[u16], width: u32, compression: Compression) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file)
            .unwrap()
            .with_compression(compression);
        let height = samples.len() as u32 / width;
        let mut image = encoder.new_image::<Gray16>(width, height).unwrap();
        image.rows_per_strip(height).unwrap();
        image.write_data(samples).unwrap();
        let file = file.into_inner();
        let mut reader = tiff::decoder::Decoder::new(Cursor::new(&file)).unwrap();
        let mut number = |tag| reader.get_tag_u32(tag).unwrap() as usize;
        let at = number(tiff::tags::Tag::StripOffsets);
        file[at..at + number(tiff::tags::Tag::StripByteCounts)].to_vec()
    }

    const PLAIN: Writing = Writing {
        packing: Packing::Lzw,
        big_endian: false,
        differences: false,
        turned: false,
    };

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_the_library_packs_is_unpacked(
            width in 1u32..300, height in 1u32..60, steps in 1u32..70_000, seed: u32,
        ) {
            let samples: Vec<u16> = (0..width * height)
                .map(|at| (at.wrapping_mul(2_654_435_761).wrapping_add(seed) % steps) as u16)
                .collect();
            for (packing, compression) in [
                (Packing::None, Compression::Uncompressed),
                (Packing::Lzw, Compression::Lzw),
                (Packing::Deflate, Compression::Deflate(DeflateLevel::Fast)),
            ] {
                let bytes = packed(&samples, width, compression);
                let mut found = vec![0; samples.len()];
                let writing = Writing { packing, ..PLAIN };
                prop_assert_eq!(unpack(&bytes, writing, width as usize, &mut found), Some(()));
                prop_assert_eq!(&found, &samples);
            }
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0usize..3, length in 0usize..500) {
            let packing = [Packing::None, Packing::Lzw, Packing::Deflate][kind];
            let mut target = vec![0; length];
            let _ = unpack(&bytes, Writing { packing, ..PLAIN }, 7, &mut target);
        }
    }

    #[test]
    fn differences_byte_order_and_polarity_are_undone() {
        let samples = [1u16, 2, 0xffff, 500, 7, 0].map(u16::swap_bytes);
        let bytes = packed(&samples, 3, Compression::Lzw);
        let writing = Writing {
            big_endian: true,
            differences: true,
            turned: true,
            ..PLAIN
        };
        let mut found = [0; 6];
        assert_eq!(unpack(&bytes, writing, 3, &mut found), Some(()));
        assert_eq!(found.map(|value| !value), [1, 3, 2, 500, 507, 507]);
    }
}
