//! TIFF 6.0 and BigTIFF: one or two grey planes, strips or tiles, decoded in parallel.

use std::io::{Cursor, ErrorKind};

use rayon::prelude::*;
use tiff::decoder::ifd::Value;
use tiff::decoder::{Decoder, Limits as TiffLimits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError, TiffFormatError, TiffUnsupportedError};

use super::strips::{self, Packing, Writing};
use super::{DecodeError, Glance, Limits, Said};
use crate::raster::{
    Energy, Grid, Image, Metadata, Photo, PhotoMetadata, Plane, Polarity, Radiograph,
};

type Reader<'a> = Decoder<Cursor<&'a [u8]>>;

/// Pages looked at; more than this many full-size pages is refused anyway.
const MOST_PAGES: usize = 16;

/// What one page of the file claims, before its samples are read.
struct Page {
    index: usize,
    width: u32,
    height: u32,
    colour: ColorType,
    polarity: Polarity,
    description: Option<String>,
    name: Option<String>,
}

/// Decodes a TIFF.
pub(super) fn decode(bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
    let mut reader = open(bytes)?;
    let pages = pages(&mut reader, bytes.len(), limits)?;
    let first = pages.first().ok_or_else(|| DecodeError::Damaged {
        what: "it has no page".to_owned(),
    })?;
    if let ColorType::RGB(8) | ColorType::RGBA(8) = first.colour {
        return photo(bytes, first);
    }
    go_to(&mut reader, 0, bytes.len())?;
    let pitch_mm = pitch(&mut reader);
    let metadata = metadata(&mut reader, first.description.clone());
    let planes = planes(bytes, &pages)?;
    Ok(Image::Radiograph(Radiograph {
        width: first.width,
        height: first.height,
        planes,
        bit_depth: first.colour.bit_depth(),
        pitch_mm,
        polarity: first.polarity,
        metadata,
    }))
}

/// Looks at a TIFF without unpacking its samples.
pub(super) fn glance(bytes: &[u8], limits: Limits) -> Result<Glance, DecodeError> {
    let mut reader = open(bytes)?;
    let pages = pages(&mut reader, bytes.len(), limits)?;
    let first = pages.first().ok_or_else(|| DecodeError::Damaged {
        what: "it has no page".to_owned(),
    })?;
    let photo = matches!(first.colour, ColorType::RGB(8) | ColorType::RGBA(8));
    go_to(&mut reader, 0, bytes.len())?;
    Ok(Glance {
        width: first.width,
        height: first.height,
        media_type: "image/tiff",
        pitch_mm: if photo { None } else { pitch(&mut reader) },
        said: if photo {
            Said::Photo(PhotoMetadata::default())
        } else {
            Said::Radiograph(metadata(&mut reader, first.description.clone()))
        },
    })
}

fn open(bytes: &[u8]) -> Result<Reader<'_>, DecodeError> {
    let decoder = Decoder::new(Cursor::new(bytes)).map_err(|error| explain(error, bytes.len()))?;
    let mut limits = TiffLimits::default();
    // Whole-image strips are common; the claimed size has its own check.
    limits.decoding_buffer_size = 1 << 31;
    limits.intermediate_buffer_size = 1 << 31;
    // A tag cannot hold more than the file does; a quarter of a million strips is enough. The library
    // takes up to 96 bytes for each one that is claimed.
    limits.ifd_value_size = bytes.len().min(2 << 20);
    Ok(decoder.with_limits(limits))
}

fn go_to(reader: &mut Reader, page: usize, length: usize) -> Result<(), DecodeError> {
    reader
        .seek_to_image(page)
        .map_err(|error| explain(error, length))
}

/// Reads what every full-size page claims; thumbnails and masks are passed over.
fn pages(reader: &mut Reader, length: usize, limits: Limits) -> Result<Vec<Page>, DecodeError> {
    let mut pages: Vec<Page> = Vec::new();
    for index in 0..MOST_PAGES {
        // NewSubfileType (TIFF 6.0, section 8): bit 0 a thumbnail, bit 2 a mask.
        let kind = reader
            .find_tag_unsigned::<u32>(Tag::NewSubfileType)
            .ok()
            .flatten();
        if kind.unwrap_or(0) & 0b101 == 0 {
            let page = page(reader, index, length)?;
            limits.check(page.width, page.height, pages.len() as u64 + 1)?;
            pages.push(page);
        }
        if !reader.more_images() {
            break;
        }
        reader
            .next_image()
            .map_err(|error| explain(error, length))?;
    }
    check_agreement(&pages)?;
    Ok(pages)
}

fn page(reader: &mut Reader, index: usize, length: usize) -> Result<Page, DecodeError> {
    check_format(reader)?;
    let (width, height) = reader
        .dimensions()
        .map_err(|error| explain(error, length))?;
    let colour = reader.colortype().map_err(|error| explain(error, length))?;
    check_colour(colour)?;
    // PhotometricInterpretation 0 = white is zero: the file holds attenuation.
    let turned = reader
        .find_tag_unsigned::<u16>(Tag::PhotometricInterpretation)
        .ok()
        .flatten();
    let description = text(reader, Tag::ImageDescription);
    let by_word = description
        .as_deref()
        .and_then(|text| field(text, "polarity"));
    let polarity = match (turned, by_word) {
        (Some(0), _) | (_, Some("attenuation")) => Polarity::Attenuation,
        _ => Polarity::Transmission,
    };
    let name = text(reader, Tag::from_u16_exhaustive(PAGE_NAME));
    Ok(Page {
        index,
        width,
        height,
        colour,
        polarity,
        description,
        name,
    })
}

/// PageName, TIFF 6.0 section 12.
const PAGE_NAME: u16 = 285;

/// Refuses sample formats and compressions by name, before the library meets them.
fn check_format(reader: &mut Reader) -> Result<(), DecodeError> {
    let number = |reader: &mut Reader, tag| {
        reader
            .find_tag_unsigned_vec::<u16>(tag)
            .ok()
            .flatten()
            .and_then(|all| all.first().copied())
    };
    let bits = number(reader, Tag::BitsPerSample).unwrap_or(1);
    match number(reader, Tag::SampleFormat) {
        Some(2) => return Err(samples(format!("signed {bits}-bit samples"))),
        Some(3) => return Err(samples(format!("{bits}-bit floating point samples"))),
        Some(5 | 6) => return Err(samples("complex samples".to_owned())),
        _ => {}
    }
    if number(reader, Tag::PlanarConfiguration) == Some(2)
        && number(reader, Tag::SamplesPerPixel).unwrap_or(1) > 1
    {
        return Err(samples(
            "its planes one after the other in one page".to_owned(),
        ));
    }
    match number(reader, Tag::Compression).unwrap_or(1) {
        1 | 5 | 8 | 32773 | 32946 => Ok(()),
        other => Err(DecodeError::UnsupportedCompression {
            method: compression(other),
        }),
    }
}

fn samples(found: String) -> DecodeError {
    DecodeError::UnsupportedSamples { found }
}

/// Names from TIFF 6.0 and the registered private tags.
fn compression(number: u16) -> String {
    let name = match number {
        2..=4 => "CCITT fax",
        6 => "old-style JPEG",
        7 => "JPEG",
        33003 | 33005 | 34712 => "JPEG 2000",
        34892 => "lossy JPEG",
        34925 => "LZMA",
        50000 => "Zstandard",
        50001 => "WebP",
        50002 | 52546 => "JPEG XL",
        other => return format!("method {other}"),
    };
    format!("{name} (method {number})")
}

fn check_colour(colour: ColorType) -> Result<(), DecodeError> {
    match colour {
        ColorType::Gray(8 | 16)
        | ColorType::RGB(8)
        | ColorType::RGBA(8)
        | ColorType::Multiband {
            bit_depth: 8 | 16,
            num_samples: 2,
        } => Ok(()),
        ColorType::Gray(bits) => Err(samples(format!("{bits}-bit grey samples"))),
        ColorType::RGB(bits) | ColorType::RGBA(bits) => {
            Err(samples(format!("{bits}-bit colour samples")))
        }
        ColorType::Palette(_) => Err(samples("palette colours".to_owned())),
        ColorType::CMYK(_) | ColorType::CMYKA(_) => Err(samples("CMYK colours".to_owned())),
        ColorType::YCbCr(_) => Err(samples("YCbCr colours".to_owned())),
        ColorType::Multiband {
            bit_depth,
            num_samples,
        } => Err(samples(format!(
            "{num_samples} samples of {bit_depth} bits in each pixel"
        ))),
        other => Err(samples(format!("samples of kind {other:?}"))),
    }
}

fn energies_in(colour: ColorType) -> usize {
    if let ColorType::Multiband { .. } = colour {
        2
    } else {
        1
    }
}

fn check_agreement(pages: &[Page]) -> Result<(), DecodeError> {
    let Some(first) = pages.first() else {
        return Ok(());
    };
    if let ColorType::RGB(_) | ColorType::RGBA(_) = first.colour {
        return Ok(());
    }
    for (number, page) in pages.iter().enumerate().skip(1) {
        let size = (page.width, page.height);
        if size != (first.width, first.height) {
            let first = (first.width, first.height);
            return Err(DecodeError::PlanesDiffer {
                first,
                plane: number + 1,
                found: size,
            });
        }
        if page.colour != first.colour {
            return Err(samples(format!(
                "{:?} and {:?} in one file",
                first.colour, page.colour
            )));
        }
    }
    let found = pages.iter().map(|page| energies_in(page.colour)).sum();
    if found > 2 {
        Err(DecodeError::TooManyPlanes { found })
    } else {
        Ok(())
    }
}

/// Decodes all planes and orders them high before low.
fn planes(bytes: &[u8], pages: &[Page]) -> Result<Vec<Plane>, DecodeError> {
    let mut planes = Vec::with_capacity(2);
    for page in pages {
        let grids = grids(bytes, page)?;
        let dual = pages.len() + grids.len() > 2;
        for grid in grids {
            let energy = match (dual, planes.len()) {
                (false, _) => Energy::Single,
                (true, 0) => Energy::High,
                (true, _) => Energy::Low,
            };
            planes.push(Plane { energy, grid });
        }
    }
    if let [first, second] = &mut planes[..]
        && (says(pages.first(), "low") || says(pages.get(1), "high"))
    {
        (first.energy, second.energy) = (Energy::Low, Energy::High);
        planes.swap(0, 1);
    }
    Ok(planes)
}

/// Whether a page calls itself by this energy: PageName, or `plane=` of its description.
fn says(page: Option<&Page>, energy: &str) -> bool {
    page.is_some_and(|page| {
        let by_word = page
            .description
            .as_deref()
            .and_then(|text| field(text, "plane"));
        [page.name.as_deref(), by_word]
            .into_iter()
            .flatten()
            .any(|text| text.to_ascii_lowercase().contains(energy))
    })
}

/// The grids of one page: one, or two when each pixel holds both energies.
fn grids(bytes: &[u8], page: &Page) -> Result<Vec<Grid>, DecodeError> {
    let per_pixel = energies_in(page.colour);
    let mut samples = if page.colour.bit_depth() == 16 {
        read::<u16>(bytes, page, per_pixel)?
    } else {
        let eight = read::<u8>(bytes, page, per_pixel)?;
        eight
            .into_par_iter()
            .map(|value| u16::from(value) * 257)
            .collect()
    };
    // The library turns white-is-zero grey itself; a file that only says so in words is turned here.
    let by_word = page
        .description
        .as_deref()
        .and_then(|text| field(text, "polarity"));
    if by_word == Some("attenuation") {
        samples.par_iter_mut().for_each(|value| *value = !*value);
    }
    if per_pixel == 1 {
        return Ok(vec![grid(page, samples)?]);
    }
    let every = |offset: usize| {
        samples
            .iter()
            .skip(offset)
            .step_by(2)
            .copied()
            .collect::<Vec<_>>()
    };
    Ok(vec![grid(page, every(0))?, grid(page, every(1))?])
}

fn grid(page: &Page, samples: Vec<u16>) -> Result<Grid, DecodeError> {
    Grid::new(page.width, page.height, samples).map_err(|error| DecodeError::Damaged {
        what: error.to_string(),
    })
}

fn photo(bytes: &[u8], page: &Page) -> Result<Image, DecodeError> {
    let channels = if page.colour == ColorType::RGBA(8) {
        4
    } else {
        3
    };
    let samples = read::<u8>(bytes, page, channels)?;
    let rgba: Vec<u8> = if channels == 4 {
        samples
    } else {
        samples
            .chunks_exact(3)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255])
            .collect()
    };
    Ok(Image::Photo(Photo {
        width: page.width,
        height: page.height,
        rgba: rgba.into(),
        metadata: PhotoMetadata::default(),
    }))
}

/// How the samples of a page are cut into strips or tiles.
struct Layout {
    chunk_width: usize,
    chunk_height: usize,
    across: usize,
    row_length: usize,
    channels: usize,
    /// Where each strip lies and how it is written, when it can be unpacked whole.
    strips: Option<(Vec<std::ops::Range<usize>>, Writing)>,
}

/// Reads the samples of a page: rows of chunks in parallel, each worker with its own reader.
fn read<T: bytemuck::Pod + Default + Send>(
    bytes: &[u8],
    page: &Page,
    channels: usize,
) -> Result<Vec<T>, DecodeError> {
    let mut reader = open(bytes)?;
    go_to(&mut reader, page.index, bytes.len())?;
    let mut layout = layout(&reader, page, channels)?;
    let down = (page.height as usize).div_ceil(layout.chunk_height);
    let chunks = check_chunks(&mut reader, layout.across * down, bytes.len())?;
    if layout.is_whole_rows() && page.colour == ColorType::Gray(16) {
        layout.strips = writing(&mut reader, bytes).map(|writing| (chunks, writing));
    }
    check_credible(page, channels * size_of::<T>(), bytes.len())?;

    let mut samples = vec![T::default(); layout.row_length * page.height as usize];
    let band = layout.row_length * layout.chunk_height;
    let reading = || {
        let mut reader = open(bytes)?;
        go_to(&mut reader, page.index, bytes.len())?;
        Ok(reader)
    };
    samples
        .par_chunks_mut(band)
        .enumerate()
        .with_min_len(4)
        .try_for_each_init(reading, |reader, (row, band)| {
            let reader = reader
                .as_mut()
                .map_err(|error: &mut DecodeError| error.clone())?;
            read_band(reader, bytes, &layout, row, band)
        })?;
    Ok(samples)
}

fn layout(reader: &Reader, page: &Page, channels: usize) -> Result<Layout, DecodeError> {
    let (chunk_width, chunk_height) = reader.chunk_dimensions();
    if chunk_width == 0 || chunk_height == 0 {
        let what = format!("its tiles have {chunk_width} × {chunk_height} pixels");
        return Err(DecodeError::Damaged { what });
    }
    Ok(Layout {
        chunk_width: chunk_width as usize,
        chunk_height: chunk_height.min(page.height) as usize,
        across: page.width.div_ceil(chunk_width) as usize,
        row_length: page.width as usize * channels,
        channels,
        strips: None,
    })
}

impl Layout {
    fn is_whole_rows(&self) -> bool {
        self.across == 1 && self.chunk_width * self.channels == self.row_length
    }
}

/// How a page of 16-bit greys is written, if it is one of the ways that [`strips`] knows.
fn writing(reader: &mut Reader, bytes: &[u8]) -> Option<Writing> {
    let mut number = |tag, otherwise| match reader.find_tag_unsigned::<u16>(tag) {
        Ok(found) => Some(found.unwrap_or(otherwise)),
        Err(_) => None,
    };
    let packing = match number(Tag::Compression, 1)? {
        1 => Packing::None,
        5 => Packing::Lzw,
        8 | 32946 => Packing::Deflate,
        _ => return None,
    };
    let predictor = number(Tag::Predictor, 1)?;
    let fill_order = number(Tag::FillOrder, 1)?;
    let photometric = number(Tag::PhotometricInterpretation, 1)?;
    ((1..=2).contains(&predictor) && fill_order == 1 && photometric <= 1).then_some(Writing {
        packing,
        big_endian: bytes.starts_with(b"MM"),
        differences: predictor == 2,
        turned: photometric == 0,
    })
}

/// Where every strip or tile lies; one that is not inside the file tells exactly what is missing.
fn check_chunks(
    reader: &mut Reader,
    needed: usize,
    length: usize,
) -> Result<Vec<std::ops::Range<usize>>, DecodeError> {
    let mut list = |strips, tiles| {
        let found = reader.find_tag_unsigned_vec::<u64>(strips).ok().flatten();
        found.or_else(|| reader.find_tag_unsigned_vec::<u64>(tiles).ok().flatten())
    };
    let offsets = list(Tag::StripOffsets, Tag::TileOffsets).unwrap_or_default();
    let counts = list(Tag::StripByteCounts, Tag::TileByteCounts).unwrap_or_default();
    if offsets.len() < needed || counts.len() < needed {
        let found = offsets.len().min(counts.len());
        let what = format!("it lists {found} strips or tiles where its size needs {needed}");
        return Err(DecodeError::Damaged { what });
    }
    let end = offsets
        .iter()
        .zip(&counts)
        .map(|(at, count)| at.saturating_add(*count))
        .max();
    match end {
        Some(need) if need > length as u64 => Err(DecodeError::CutOff {
            have: length as u64,
            need,
        }),
        _ => Ok(offsets
            .iter()
            .zip(&counts)
            .map(|(at, count)| *at as usize..(*at + *count) as usize)
            .collect()),
    }
}

/// No compression read here packs better than about 2700 to 1 (a full LZW table); a claim beyond
/// that is a lie and must not be paid for with memory.
fn check_credible(page: &Page, pixel_bytes: usize, length: usize) -> Result<(), DecodeError> {
    let claimed = u64::from(page.width) * u64::from(page.height) * pixel_bytes as u64;
    if claimed / 4096 > length as u64 {
        return Err(DecodeError::CutOff {
            have: length as u64,
            need: claimed / 4096,
        });
    }
    Ok(())
}

fn read_band<T: bytemuck::Pod + Default>(
    reader: &mut Reader,
    bytes: &[u8],
    layout: &Layout,
    row: usize,
    band: &mut [T],
) -> Result<(), DecodeError> {
    let named = |error| explain(error, bytes.len());
    if let Some((chunks, writing)) = &layout.strips
        && let Some(packed) = chunks.get(row).and_then(|range| bytes.get(range.clone()))
        && let Ok(samples) = bytemuck::try_cast_slice_mut::<T, u16>(band)
        && strips::unpack(packed, *writing, layout.row_length, samples).is_some()
    {
        return Ok(());
    }
    if layout.is_whole_rows() {
        return reader
            .read_chunk_bytes(row as u32, bytemuck::cast_slice_mut(band))
            .map_err(named);
    }
    for column in 0..layout.across {
        let index = (row * layout.across + column) as u32;
        let left = column * layout.chunk_width * layout.channels;
        let width = (layout.chunk_width * layout.channels).min(layout.row_length - left);
        let height = band.len() / layout.row_length;
        let mut tile = vec![T::default(); width * height];
        reader
            .read_chunk_bytes(index, bytemuck::cast_slice_mut(&mut tile))
            .map_err(named)?;
        for (target, source) in band
            .chunks_exact_mut(layout.row_length)
            .zip(tile.chunks_exact(width))
        {
            target[left..left + width].copy_from_slice(source);
        }
    }
    Ok(())
}

fn text(reader: &mut Reader, tag: Tag) -> Option<String> {
    let text = reader.find_tag(tag).ok().flatten()?.into_string().ok()?;
    let clean: String = text
        .trim_matches(['\0', ' ', '\n'])
        .chars()
        .take(2000)
        .collect();
    (!clean.is_empty()).then_some(clean)
}

/// One `key=value` of a description whose fields are separated by `;` or line ends.
fn field<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.split([';', '\n']).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case(key).then(|| value.trim())
    })
}

fn metadata(reader: &mut Reader, description: Option<String>) -> Metadata {
    let word = |key| {
        description
            .as_deref()
            .and_then(|text| field(text, key))
            .map(str::to_owned)
    };
    let make: Vec<String> = [Tag::Make, Tag::Model]
        .into_iter()
        .filter_map(|tag| text(reader, tag))
        .collect();
    Metadata {
        scanner: (!make.is_empty()).then(|| make.join(" ")),
        site: word("site"),
        energies: word("energies"),
        taken: text(reader, Tag::DateTime),
        software: text(reader, Tag::Software),
        unit: word("unit"),
        description,
        ..Metadata::default()
    }
}

/// Pixel size from XResolution (TIFF 6.0, section 8) in the unit the file names.
fn pitch(reader: &mut Reader) -> Option<f32> {
    let per_unit = match reader.find_tag(Tag::XResolution).ok().flatten()? {
        Value::Rational(over, under) => f64::from(over) / f64::from(under),
        Value::Float(value) => f64::from(value),
        _ => return None,
    };
    let unit_mm = match reader
        .find_tag_unsigned::<u16>(Tag::ResolutionUnit)
        .ok()
        .flatten()
    {
        Some(3) => 10.0,
        Some(2) | None => 25.4,
        _ => return None,
    };
    credible_pitch((unit_mm / per_unit) as f32)
}

/// Cargo scanners resolve 0.5 to 50 mm; 72 or 300 dots per inch is a program's default, not a pitch.
pub(super) fn credible_pitch(pitch_mm: f32) -> Option<f32> {
    (0.5..=50.0).contains(&pitch_mm).then_some(pitch_mm)
}

/// Puts a library error into our words.
fn explain(error: TiffError, length: usize) -> DecodeError {
    let have = length as u64;
    match error {
        TiffError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => DecodeError::CutOff {
            have,
            need: have + 1,
        },
        TiffError::FormatError(TiffFormatError::InvalidDimensions(width, height)) => {
            DecodeError::NoPixels { width, height }
        }
        TiffError::UnsupportedError(TiffUnsupportedError::UnsupportedCompressionMethod(method)) => {
            DecodeError::UnsupportedCompression {
                method: format!("{method:?}"),
            }
        }
        TiffError::UnsupportedError(other) => samples(other.to_string()),
        other => DecodeError::Damaged {
            what: other.to_string(),
        },
    }
}
