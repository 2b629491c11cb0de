//! What a file says of itself, read without unpacking its samples: for lists of many files.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder};

use super::{DecodeError, Format, Limits, dicom, exif, raw, sniff, still, tagged};
use crate::raster::{Metadata, PhotoMetadata};

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The media type of its container; empty for raw samples, which have none.
    pub media_type: &'static str,
    /// Size of a pixel at the unit, millimetres, when the file says so.
    pub pitch_mm: Option<f32>,
    /// What is written about it.
    pub said: Said,
}

/// What is written about an image.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// By the scanner.
    Radiograph(Metadata),
    /// By the camera.
    Photo(PhotoMetadata),
}

/// Looks at a file. That it is whole is certain only once it was decoded; what is plainly cut off is refused here.
///
/// # Errors
/// It is no image that [`super::decode`] reads, or claims a size beyond `limits`.
pub fn glance(bytes: &[u8], limits: Limits) -> Result<Glance, DecodeError> {
    super::guarded(bytes, limits, || match sniff(bytes)? {
        Format::Tiff => tagged::glance(bytes, limits),
        Format::Png => png(bytes, limits),
        Format::Jpeg => jpeg(bytes, limits),
        Format::Dicom => dicom::glance(bytes, limits),
    })
}

/// Looks at raw samples with the description beside them: whether it is one, and whether the file has its length.
///
/// # Errors
/// Those of [`super::decode_raw`].
pub fn glance_raw(sidecar: &[u8], bytes: u64, limits: Limits) -> Result<Glance, DecodeError> {
    raw::glance(sidecar, bytes, limits)
}

fn png(bytes: &[u8], limits: Limits) -> Result<Glance, DecodeError> {
    let named = |error| still::explain(error, bytes.len());
    let unlimited = image::Limits::no_limits();
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), unlimited).map_err(named)?;
    let (width, height) = decoder.dimensions();
    limits.check(width, height, 1)?;
    let grey = matches!(decoder.color_type(), ColorType::L8 | ColorType::L16);
    let said = if grey {
        Said::Radiograph(Metadata::default())
    } else {
        Said::Photo(exif::read(decoder.exif_metadata().ok().flatten()))
    };
    Ok(Glance {
        width,
        height,
        media_type: Format::Png.media_type(),
        pitch_mm: grey.then(|| still::png_pitch(bytes)).flatten(),
        said,
    })
}

fn jpeg(bytes: &[u8], limits: Limits) -> Result<Glance, DecodeError> {
    let named = |error| still::explain(error, bytes.len());
    let mut decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(named)?;
    let (width, height) = decoder.dimensions();
    limits.check(width, height, 1)?;
    still::whole_jpeg(bytes)?;
    let turned = decoder.orientation().is_ok_and(still::exchanges_sides);
    let (width, height) = if turned {
        (height, width)
    } else {
        (width, height)
    };
    Ok(Glance {
        width,
        height,
        media_type: Format::Jpeg.media_type(),
        pitch_mm: None,
        said: Said::Photo(exif::read(decoder.exif_metadata().ok().flatten())),
    })
}
