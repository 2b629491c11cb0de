//! Images that scanners and cameras made at the post: how an officer ties one to an inspection, and which inspection
//! it may be of.

use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Agency, BlobHash, CheckDigit, EntryBody, EntryId, EntryPayload, Inspection, InspectionId,
    Refusal, Scan, State, UnitNumber, rules,
};

coded_enum! {
    /// What was brought.
    ImageKind {
        /// An X-ray image.
        Radiograph = "radiograph",
        /// A photo of unit, seals or goods.
        Photo = "photo",
    }
}

coded_enum! {
    /// How well a file goes with an inspection. Only a certain one may be taken together with others.
    Fit {
        /// Unit number and time are those of this inspection and of no other one.
        Certain = "certain",
        /// The unit is this one; the file does not say when it was made.
        NoTime = "no-time",
        /// The unit is this one; the file was made at another time.
        OtherTime = "other-time",
        /// Several inspections are of this unit and this time.
        Several = "several",
        /// The check digit of the number that was read is wrong.
        CheckDigit = "check-digit",
        /// Name, description and file name different units.
        Disagree = "disagree",
    }
}

/// An image as it was brought from a folder or a stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BroughtImage {
    /// What it is.
    pub image: ImageKind,
    /// Content hash of the file and of the description beside it, when there is one; raw samples need it.
    pub files: Vec<BlobHash>,
    /// Bytes of the file.
    pub bytes: u64,
    /// `image/tiff`, `image/jpeg`, `application/dicom`, [`BroughtImage::RAW`].
    pub media_type: String,
    /// The file's name as it was found.
    pub name: String,
    /// Columns of pixels.
    pub width: u32,
    /// Rows of pixels.
    pub height: u32,
    /// When it was taken, as the image itself says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Timestamp>,
    /// When the file was written, as the folder says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_at: Option<Timestamp>,
    /// Make and model of scanner or camera; empty when the image does not say.
    pub source: String,
    /// Where the scanner stands; empty when the image does not say.
    pub site: String,
    /// Size of a pixel at the unit, micrometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pitch_um: Option<u32>,
    /// The unit number that was read off the image, its description or its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_read: Option<String>,
}

impl BroughtImage {
    /// The media type of raw samples, which only their description makes an image.
    pub const RAW: &'static str = "application/x-raw-radiograph";

    /// The largest side of an image, pixels.
    pub const MOST_PIXELS: u32 = 1 << 20;

    /// The largest pixel, micrometres.
    const MOST_PITCH: u32 = 50_000;

    /// Whether it says what an image must.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let least = if self.media_type == Self::RAW { 2 } else { 1 };
        if !(least..=2).contains(&self.files.len()) {
            return Err(Refusal::Missing { field: "files" });
        }
        rules::required("name", &self.name)?;
        rules::required("media-type", &self.media_type)?;
        for (field, value) in [("scanner", &self.source), ("site", &self.site)] {
            rules::text(field, value)?;
        }
        rules::text("unit", self.unit_read.as_deref().unwrap_or_default())?;
        let sides = [self.width, self.height];
        if let Some(side) = sides
            .into_iter()
            .find(|side| !(1..=Self::MOST_PIXELS).contains(side))
        {
            return Err(out_of_range("pixels", side));
        }
        match self.pitch_um {
            Some(pitch) if !(1..=Self::MOST_PITCH).contains(&pitch) => {
                Err(out_of_range("pitch", pitch))
            }
            _ => Ok(()),
        }
    }
}

fn out_of_range(quantity: &'static str, value: u32) -> Refusal {
    Refusal::OutOfRange {
        quantity,
        value: value.to_string(),
    }
}

/// A brought image as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtRecord {
    /// The entry.
    pub entry: EntryId,
    /// The image.
    pub image: BroughtImage,
    /// Whose section.
    pub agency: Agency,
    /// Who brought it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl BroughtRecord {
    /// As a scan of the inspection, when it is a radiograph.
    pub fn scan(&self) -> Option<Scan> {
        let image = &self.image;
        Some(Scan {
            blob: *image.files.first()?,
            bytes: image.bytes,
            media_type: image.media_type.clone(),
            scanner: image.source.clone(),
            site: image.site.clone(),
            taken_at: image.taken_at.or(image.file_at).unwrap_or(self.at),
            pitch_mm: image.pitch_um.map(|um| um as f32 / 1000.0),
            width: image.width,
            height: image.height,
            unit_read: image.unit_read.clone(),
            description: image
                .files
                .get(1)
                .copied()
                .filter(|_| image.media_type == BroughtImage::RAW),
        })
        .filter(|_| image.image == ImageKind::Radiograph)
    }
}

/// A photo that a standing entry names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoRecord {
    /// Its content.
    pub blob: BlobHash,
    /// The entry that names it.
    pub entry: EntryId,
    /// That entry's kind.
    pub of: String,
    /// Whose section.
    pub agency: Agency,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Takes what an entry brought, and the photos it names. The same image counts once: two workstations may bring it
/// without knowing of each other.
pub(crate) fn apply(state: &mut State, p: &EntryPayload) {
    let (photos, of) = match &p.body {
        EntryBody::ImageBrought { image } => {
            let first = image.files.first();
            if state.brought.iter().any(|b| b.image.files.first() == first) {
                return;
            }
            state.brought.push(BroughtRecord {
                entry: p.id,
                image: (**image).clone(),
                agency: p.agency,
                by: p.author_name.clone(),
                at: p.recorded_at,
            });
            match image.image {
                ImageKind::Photo => (&image.files[..1.min(image.files.len())], p.body.code()),
                ImageKind::Radiograph => return,
            }
        }
        other => (other.blobs(), other.code()),
    };
    for blob in photos {
        state.photos.push(PhotoRecord {
            blob: *blob,
            entry: p.id,
            of: of.to_owned(),
            agency: p.agency,
            by: p.author_name.clone(),
            at: p.recorded_at,
        });
    }
}

/// Every radiograph of an inspection: the central's first, then those that were brought at the post, oldest first.
pub fn scans(inspection: &Inspection, state: &State) -> Vec<Scan> {
    let known = |scan: &Scan| inspection.scans.iter().any(|s| s.blob == scan.blob);
    let brought = state.brought.iter().filter_map(BroughtRecord::scan);
    let mut all = inspection.scans.clone();
    all.extend(brought.filter(|scan| !known(scan)));
    all
}

/// What a file says of itself, as far as it tells which inspection it is of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImageFacts {
    /// The unit numbers that were read, each once.
    pub units: Vec<UnitNumber>,
    /// When it was made.
    pub taken_at: Option<Timestamp>,
}

/// How long before its order a unit may have been scanned: at an earlier gate, or by the ship.
const BEFORE: SignedDuration = SignedDuration::from_hours(72);

/// How well a file goes with each of the inspections that are of a unit it names; the likeliest first.
pub fn fits(
    facts: &ImageFacts,
    inspections: &[Inspection],
    now: Timestamp,
) -> Vec<(InspectionId, Fit)> {
    let mut named: Vec<&Inspection> = inspections
        .iter()
        .filter(|i| i.units.iter().any(|u| facts.units.contains(&u.number)))
        .collect();
    named.sort_by_key(|i| std::cmp::Reverse(i.ordered_at));
    let in_time = |i: &Inspection| facts.taken_at.is_some_and(|at| is_of_its_time(i, at, now));
    let rivals = named.iter().filter(|i| in_time(i)).count();
    let wrong = |number: &UnitNumber| matches!(number.check_digit(), CheckDigit::Wrong { .. });
    let fit = |i: &Inspection| {
        if facts.units.len() > 1 {
            Fit::Disagree
        } else if facts.units.iter().any(wrong) {
            Fit::CheckDigit
        } else if facts.taken_at.is_none() {
            Fit::NoTime
        } else if !in_time(i) {
            Fit::OtherTime
        } else if rivals > 1 {
            Fit::Several
        } else {
            Fit::Certain
        }
    };
    let mut all: Vec<_> = named.into_iter().map(|i| (i.id, fit(i))).collect();
    all.sort_by_key(|(_, fit)| *fit == Fit::OtherTime);
    all
}

/// Whether something made at `at` may be of this inspection. A clock may be an hour ahead.
fn is_of_its_time(inspection: &Inspection, at: Timestamp, now: Timestamp) -> bool {
    let begun = inspection
        .presented_at
        .map_or(inspection.ordered_at, |at| at.min(inspection.ordered_at));
    let ended = inspection.left_at().unwrap_or(now);
    at.duration_since(begun) >= -BEFORE && ended.checked_add(1.hour()).is_ok_and(|end| at <= end)
}
