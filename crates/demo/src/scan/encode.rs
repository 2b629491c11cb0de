//! A scan as a TIFF of two pages, as scanners hand it over: 16 bits, deflate, horizontal predictor.

use std::io::{self, Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;
use tiff::TiffResult;
use tiff::encoder::{Rational, TiffEncoder};
use tiff::tags::Tag;

use super::Scan;

/// What the file says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanMeta {
    /// Maker of the scanner.
    pub make: String,
    /// Its model.
    pub model: String,
    /// Its energies, e.g. `L 1.5 / H 3 MeV`.
    pub energies: String,
    /// Where it stands.
    pub site: String,
    /// When it was taken, as TIFF writes it: `YYYY:MM:DD HH:MM:SS`.
    pub taken: String,
    /// The unit's number as the scanner's camera read it.
    pub unit: Option<String>,
}

/// Rows in a strip: small enough to decode in parallel.
const STRIP_ROWS: usize = 32;
/// TIFF 6.0 tags that the encoder has no name for.
const PAGE_NAME: u16 = 285;
const PREDICTOR: u16 = 317;

/// Encodes both energies, high first.
pub fn encode_tiff(scan: &Scan, meta: &ScanMeta) -> TiffResult<Vec<u8>> {
    let mut file = Cursor::new(Vec::with_capacity(scan.high.len() * 3));
    let mut encoder = TiffEncoder::new(&mut file)?;
    for (name, samples) in [("high", &scan.high), ("low", &scan.low)] {
        let mut page = encoder.image_directory()?;
        let strips = strips(samples, scan.width as usize)?;
        let mut offsets = Vec::with_capacity(strips.len());
        for strip in &strips {
            offsets.push(page.write_data(&strip[..])? as u32);
        }
        let lengths: Vec<u32> = strips.iter().map(|strip| strip.len() as u32).collect();
        page.write_tag(Tag::ImageWidth, scan.width)?;
        page.write_tag(Tag::ImageLength, scan.height)?;
        page.write_tag(Tag::BitsPerSample, 16u16)?;
        page.write_tag(Tag::Compression, 8u16)?;
        page.write_tag(Tag::PhotometricInterpretation, 1u16)?;
        page.write_tag(Tag::SamplesPerPixel, 1u16)?;
        page.write_tag(Tag::RowsPerStrip, STRIP_ROWS as u32)?;
        page.write_tag(Tag::StripOffsets, &offsets[..])?;
        page.write_tag(Tag::StripByteCounts, &lengths[..])?;
        page.write_tag(Tag::from_u16_exhaustive(PREDICTOR), 2u16)?;
        page.write_tag(Tag::from_u16_exhaustive(PAGE_NAME), name)?;
        // ResolutionUnit 3 = centimetre.
        let per_centimetre = || Rational {
            n: 10_000,
            d: (scan.pitch_mm * 1000.0) as u32,
        };
        page.write_tag(Tag::XResolution, per_centimetre())?;
        page.write_tag(Tag::YResolution, per_centimetre())?;
        page.write_tag(Tag::ResolutionUnit, 3u16)?;
        page.write_tag(Tag::ImageDescription, description(meta, name).as_str())?;
        page.write_tag(Tag::Make, meta.make.as_str())?;
        page.write_tag(Tag::Model, meta.model.as_str())?;
        page.write_tag(Tag::Software, "outpost-demo")?;
        page.write_tag(Tag::DateTime, meta.taken.as_str())?;
        page.finish()?;
    }
    Ok(file.into_inner())
}

fn description(meta: &ScanMeta, plane: &str) -> String {
    let ScanMeta {
        site,
        energies,
        unit,
        ..
    } = meta;
    let unit = unit
        .as_deref()
        .map(|unit| format!("; unit={unit}"))
        .unwrap_or_default();
    let text =
        format!("plane={plane}; energies={energies}; site={site}{unit}; polarity=transmission");
    // ASCII is all the tag may hold.
    text.chars()
        .map(|letter| if letter.is_ascii() { letter } else { '?' })
        .collect()
}

/// Strips of differences to the left neighbour (predictor 2), deflated in parallel.
fn strips(samples: &[u16], width: usize) -> io::Result<Vec<Vec<u8>>> {
    samples
        .par_chunks(width * STRIP_ROWS)
        .map(|strip| {
            let bytes: Vec<u8> = strip
                .chunks_exact(width)
                .flat_map(|row| {
                    let before = std::iter::once(0).chain(row.iter().copied());
                    row.iter()
                        .zip(before)
                        .map(|(value, before)| value.wrapping_sub(before))
                })
                .flat_map(u16::to_ne_bytes)
                .collect();
            deflate(&bytes)
        })
        .collect()
}

fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len()), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}
