//! PNG and JPEG: grey PNG is a radiograph, everything else a photo.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError};

use super::{DecodeError, Limits, exif};
use crate::raster::{Energy, Grid, Image, Metadata, Photo, Plane, Polarity, Radiograph};

/// Decodes a PNG.
pub(super) fn png(bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
    let named = |error| explain(error, bytes.len());
    let mut decoder =
        PngDecoder::with_limits(Cursor::new(bytes), image::Limits::no_limits()).map_err(named)?;
    let (width, height) = decoder.dimensions();
    limits.check(width, height, 1)?;
    let bit_depth = match decoder.color_type() {
        ColorType::L8 => 8,
        ColorType::L16 => 16,
        _ => {
            let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
            return photo(decoder, orientation, bytes.len());
        }
    };
    let image = DynamicImage::from_decoder(decoder).map_err(named)?;
    let plane = Plane {
        energy: Energy::Single,
        grid: grey(image, width, height)?,
    };
    Ok(Image::Radiograph(Radiograph {
        width,
        height,
        planes: vec![plane],
        bit_depth,
        pitch_mm: png_pitch(bytes),
        polarity: Polarity::Transmission,
        metadata: Metadata::default(),
    }))
}

fn grey(image: DynamicImage, width: u32, height: u32) -> Result<Grid, DecodeError> {
    let samples = match image {
        DynamicImage::ImageLuma8(grey) => grey
            .into_raw()
            .into_iter()
            .map(|value| u16::from(value) * 257)
            .collect(),
        other => other.into_luma16().into_raw(),
    };
    Grid::new(width, height, samples).map_err(|error| DecodeError::Damaged {
        what: error.to_string(),
    })
}

/// Pixel size in millimetres from the `pHYs` chunk (PNG 3rd edition, 11.3.4.3), unit 1 = metre.
pub(super) fn png_pitch(bytes: &[u8]) -> Option<f32> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let body = rest.get(8..)?.get(..length)?;
        match rest.get(4..8)? {
            b"pHYs" => {
                let per_metre = u32::from_be_bytes(*body.first_chunk()?);
                let in_metres = body.get(8) == Some(&1);
                return in_metres
                    .then(|| super::tagged::credible_pitch(1000.0 / per_metre as f32))?;
            }
            b"IDAT" | b"IEND" => return None,
            _ => rest = rest.get(length + 12..)?,
        }
    }
}

/// Decodes a JPEG; one that was cut off is refused, not shown half grey.
pub(super) fn jpeg(bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
    let mut decoder =
        JpegDecoder::new(Cursor::new(bytes)).map_err(|error| explain(error, bytes.len()))?;
    let (width, height) = decoder.dimensions();
    limits.check(width, height, 1)?;
    whole_jpeg(bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    photo(decoder, orientation, bytes.len())
}

/// Refuses a JPEG that was cut off.
pub(super) fn whole_jpeg(bytes: &[u8]) -> Result<(), DecodeError> {
    let have = bytes.len() as u64;
    let need = have + 2;
    if jpeg_is_whole(bytes) {
        Ok(())
    } else {
        Err(DecodeError::CutOff { have, need })
    }
}

/// Whether width and height change places when a photo is put upright.
pub(super) const fn exchanges_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// Whether the end-of-image marker follows the first scan. The preview inside EXIF has its own
/// marker, so segments are stepped over (ITU-T T.81, B.1.1).
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xff => at += 1,
            0xda => return bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]),
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    // Padding or an odd structure before the scan: leave the verdict to the decoder.
    bytes
        .get(at..)
        .is_some_and(|rest| rest.windows(2).any(|pair| pair == [0xff, 0xd9]))
}

fn photo(
    mut decoder: impl ImageDecoder,
    orientation: Orientation,
    length: usize,
) -> Result<Image, DecodeError> {
    let metadata = exif::read(decoder.exif_metadata().ok().flatten());
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| explain(error, length))?;
    image.apply_orientation(orientation);
    let rgba = image.into_rgba8();
    let (width, height) = rgba.dimensions();
    Ok(Image::Photo(Photo {
        width,
        height,
        rgba: rgba.into_raw().into(),
        metadata,
    }))
}

/// Puts a library error into our words.
pub(super) fn explain(error: ImageError, length: usize) -> DecodeError {
    if is_end_of_file(&error) {
        let have = length as u64;
        return DecodeError::CutOff {
            have,
            need: have + 1,
        };
    }
    match error {
        ImageError::Unsupported(what) => DecodeError::UnsupportedSamples {
            found: what.to_string(),
        },
        other => DecodeError::Damaged {
            what: other.to_string(),
        },
    }
}

fn is_end_of_file(error: &ImageError) -> bool {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(current) = source {
        let end = current
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::UnexpectedEof);
        if end || current.to_string().contains("unexpected end of file") {
            return true;
        }
        source = current.source();
    }
    false
}
