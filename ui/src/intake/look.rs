//! One file looked at: whether it is an image, of which unit, from when. And the same file read again to be kept.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use outpost_domain::{BlobHash, BroughtImage, UnitNumber};
use outpost_imaging::render::{self, View};
use outpost_imaging::{
    DecodeError, Glance, Limits, Metadata, PhotoMetadata, Place, Preset, Said, Tone, Window,
    glance, glance_raw,
};
use serde_json::Value;

use super::folder::Listed;
use super::reading::{Unread, read};
use super::when::moment_of;
use crate::radiograph::{Loaded, load_described};

/// What an image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An X-ray image.
    Radiograph,
    /// A photo.
    Photo,
}

/// From where a unit number was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Off the image: the scanner wrote it into the file.
    Image,
    /// The description beside it.
    Description,
    /// The file's name, or its folder's.
    Name,
}

impl From {
    /// The end of its Fluent key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Description => "description",
            Self::Name => "name",
        }
    }
}

/// What was seen of an image.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What it is.
    pub what: What,
    /// Its media type.
    pub media_type: String,
    /// Columns of pixels.
    pub width: u32,
    /// Rows of pixels.
    pub height: u32,
    /// Size of a pixel at the unit, millimetres.
    pub pitch_mm: Option<f32>,
    /// The unit numbers that were read, each once, with where it was read first.
    pub units: Vec<(UnitNumber, From)>,
    /// When it was taken, as it says.
    pub taken_at: Option<Timestamp>,
    /// Make and model of scanner or camera.
    pub source: String,
    /// Where the scanner stands.
    pub site: String,
    /// Where a photo was taken.
    pub place: Option<Place>,
    /// Its content's hash.
    pub blob: BlobHash,
    /// The description beside it.
    pub description: Option<Listed>,
}

/// Why a file is not offered.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// It is over the limit: bytes.
    TooLarge(u64),
    /// It leads out of the folder.
    Outside,
    /// It is no image that can be shown.
    NoImage(DecodeError),
    /// The system did not give it; why.
    Unreadable(String),
    /// It is not what was looked at any more.
    Changed,
}

/// A file as it was read to be kept, proved to be whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The bytes of the description beside it.
    pub description: Option<Vec<u8>>,
}

/// A small picture of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue, opaque.
    pub rgba: Vec<u8>,
}

/// The longest side of a small picture, pixels.
const SMALL: u32 = 640;

fn unread(error: Unread) -> Refused {
    match error {
        Unread::TooLarge(bytes) => Refused::TooLarge(bytes),
        Unread::Outside => Refused::Outside,
        Unread::Changed => Refused::Changed,
        Unread::System(error) => Refused::Unreadable(error.to_string()),
    }
}

/// Looks at a file of the folder `root`, with the description that lies beside it.
///
/// # Errors
/// It cannot be offered.
pub fn look(
    root: &Path,
    file: &Listed,
    description: Option<&Listed>,
    zone: &TimeZone,
) -> Result<Seen, Refused> {
    let bytes = read(root, &file.path, file.stamp).map_err(unread)?;
    let beside = description
        .map(|d| read(root, &d.path, d.stamp))
        .transpose()
        .map_err(unread)?;
    let seen = described(&bytes, beside.as_deref()).map_err(Refused::NoImage)?;
    let said = beside.as_deref().map(words_of).unwrap_or_default();
    let name = name_of(root, &file.path);
    Ok(seen_of(
        seen,
        said,
        &name,
        BlobHash::of(&bytes),
        description,
        zone,
    ))
}

/// What the file says of itself; one without a container, what its description says of it.
fn described(bytes: &[u8], description: Option<&[u8]>) -> Result<Glance, DecodeError> {
    match (glance(bytes, Limits::default()), description) {
        (Err(DecodeError::NotAnImage { .. }), Some(description)) => {
            glance_raw(description, bytes.len() as u64, Limits::default())
        }
        (looked, _) => looked,
    }
}

/// Scanner, site, time and unit of a description, whatever else stands in it.
#[derive(Debug, Default)]
struct Words {
    scanner: Option<String>,
    site: Option<String>,
    taken: Option<String>,
    unit: Option<String>,
}

fn words_of(description: &[u8]) -> Words {
    let value: Value = serde_json::from_slice(description).unwrap_or_default();
    let word = |name: &str| {
        let text = value.get(name)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.chars().take(200).collect())
    };
    Words {
        scanner: word("scanner"),
        site: word("site"),
        taken: word("taken"),
        unit: word("unit"),
    }
}

/// The file's name with the folders above it, up to the one that is looked through.
fn name_of(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.to_string_lossy().into_owned()
}

fn seen_of(
    glance: Glance,
    said: Words,
    name: &str,
    blob: BlobHash,
    description: Option<&Listed>,
    zone: &TimeZone,
) -> Seen {
    let (what, own, place) = match glance.said {
        Said::Radiograph(metadata) => (What::Radiograph, of_scanner(metadata), None),
        Said::Photo(metadata) => {
            let place = metadata.place;
            (What::Photo, of_camera(metadata), place)
        }
    };
    let mut units: Vec<(UnitNumber, From)> = Vec::new();
    let mut add = |number: UnitNumber, from| {
        if units.iter().all(|(known, _)| *known != number) {
            units.push((number, from));
        }
    };
    for (text, from) in [(own.unit, From::Image), (said.unit, From::Description)] {
        if let Some(number) = text.and_then(|text| text.parse().ok()) {
            add(number, from);
        }
    }
    for number in UnitNumber::found_in(name) {
        add(number, From::Name);
    }
    let raw = glance.media_type.is_empty();
    Seen {
        what,
        media_type: if raw {
            BroughtImage::RAW.to_owned()
        } else {
            glance.media_type.to_owned()
        },
        width: glance.width,
        height: glance.height,
        pitch_mm: glance.pitch_mm,
        units,
        taken_at: own
            .taken
            .or(said.taken)
            .and_then(|text| moment_of(&text, zone)),
        source: own.scanner.or(said.scanner).unwrap_or_default(),
        site: own.site.or(said.site).unwrap_or_default(),
        place,
        blob,
        description: description.cloned(),
    }
}

fn of_scanner(metadata: Metadata) -> Words {
    Words {
        scanner: metadata.scanner,
        site: metadata.site,
        taken: metadata.taken,
        unit: metadata.unit,
    }
}

fn of_camera(metadata: PhotoMetadata) -> Words {
    Words {
        scanner: metadata.camera,
        taken: metadata.taken,
        ..Words::default()
    }
}

/// Reads a file again to be kept: it must be what was looked at, and whole.
///
/// # Errors
/// It is not, or cannot be read any more.
pub fn take(root: &Path, file: &Listed, seen: &Seen) -> Result<Taken, Refused> {
    let (taken, _) = whole(root, file, seen)?;
    Ok(taken)
}

/// Reads a file and makes a small picture of it.
///
/// # Errors
/// As [`take`].
pub fn picture(root: &Path, file: &Listed, seen: &Seen) -> Result<Picture, Refused> {
    let (_, loaded) = whole(root, file, seen)?;
    Ok(small(&loaded))
}

fn whole(root: &Path, file: &Listed, seen: &Seen) -> Result<(Taken, Loaded), Refused> {
    let bytes = read(root, &file.path, file.stamp).map_err(unread)?;
    if BlobHash::of(&bytes) != seen.blob {
        return Err(Refused::Changed);
    }
    let beside = seen.description.as_ref();
    let description = beside
        .map(|d| read(root, &d.path, d.stamp))
        .transpose()
        .map_err(unread)?;
    let raw = seen.media_type == BroughtImage::RAW;
    let loaded =
        load_described(&bytes, description.as_deref().filter(|_| raw)).map_err(Refused::NoImage)?;
    Ok((Taken { bytes, description }, loaded))
}

fn small(image: &Loaded) -> Picture {
    let longest = image.width.max(image.height).max(1);
    let part = (SMALL as f32 / longest as f32).min(1.0);
    let side = |pixels: u32| ((pixels as f32 * part) as u32).max(1);
    let (width, height) = (side(image.width), side(image.height));
    let view = View::fit(image.width, image.height, width, height);
    let pixels = width as usize * height as usize;
    let mut rgba = vec![255; pixels * 4];
    let mut grey = vec![0; pixels];
    for channel in 0..3 {
        let layer = if image.photo { channel } else { 0 };
        let Some(layer) = image.layers.get(layer) else {
            continue;
        };
        let window = if image.photo {
            Window::whole()
        } else {
            Preset::Automatic.window(&layer.histogram)
        };
        let lut = Tone {
            window,
            ..Tone::default()
        }
        .lut();
        render::grey(&layer.pyramid, &view, &lut, 0, &mut grey);
        for (pixel, value) in rgba.chunks_exact_mut(4).zip(&grey) {
            pixel[channel] = *value;
        }
    }
    Picture {
        width: width as usize,
        height: height as usize,
        rgba,
    }
}

/// Where the description of a file may lie: `scan.raw.json`, `scan.json`.
pub fn beside(path: &Path) -> [PathBuf; 2] {
    let mut longer = path.as_os_str().to_owned();
    longer.push(".json");
    [longer.into(), path.with_extension("json")]
}
