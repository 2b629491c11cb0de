//! The elements that are shown or needed, read by `dicom-object` with their character sets.

use dicom_dictionary_std::tags;
use dicom_object::{InMemDicomObject, Tag};
use dicom_transfer_syntax_registry::entries;

use super::DecodeError;
use super::walk::{Encoding, Walk};
use crate::decode::tagged::credible_pitch;
use crate::raster::Metadata;

/// What is read; everything else is passed over unread.
const WANTED: [Tag; 31] = [
    tags::SPECIFIC_CHARACTER_SET,
    tags::SOP_CLASS_UID,
    tags::ACQUISITION_DATE,
    tags::ACQUISITION_TIME,
    tags::ACQUISITION_DATE_TIME,
    tags::CONTENT_DATE,
    tags::CONTENT_TIME,
    tags::MODALITY,
    tags::MANUFACTURER,
    tags::INSTITUTION_NAME,
    tags::STATION_NAME,
    tags::MANUFACTURER_MODEL_NAME,
    tags::IMAGE_COMMENTS,
    tags::KVP,
    tags::SOFTWARE_VERSIONS,
    tags::ESTIMATED_RADIOGRAPHIC_MAGNIFICATION_FACTOR,
    tags::IMAGER_PIXEL_SPACING,
    tags::FRAME_LABEL_VECTOR,
    tags::SAMPLES_PER_PIXEL,
    tags::PHOTOMETRIC_INTERPRETATION,
    tags::NUMBER_OF_FRAMES,
    tags::ROWS,
    tags::COLUMNS,
    tags::PIXEL_SPACING,
    tags::BITS_ALLOCATED,
    tags::BITS_STORED,
    tags::HIGH_BIT,
    tags::PIXEL_REPRESENTATION,
    tags::PIXEL_INTENSITY_RELATIONSHIP_SIGN,
    tags::STUDY_DATE,
    tags::STUDY_TIME,
];

/// Value representations whose length is 16 bits: the readers cannot disagree about where they end.
const SHORT: [&[u8; 2]; 18] = [
    b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT", b"SH",
    b"SS", b"ST", b"TM", b"UI", b"US",
];

/// Longest value that is looked at: the elements that are wanted are short.
const LONGEST: usize = 16 << 10;

/// Bytes of one value of a representation that is not text (PS3.5, 6.2).
fn unit(vr: &str) -> usize {
    match vr {
        "US" | "SS" => 2,
        "UL" | "SL" | "FL" | "AT" => 4,
        "FD" => 8,
        _ => 1,
    }
}

/// The wanted elements of a data set.
pub(super) struct Words(InMemDicomObject);

impl Words {
    /// Reads up to the pixels and stops before them.
    pub fn read(
        bytes: &[u8],
        walk: &mut Walk<'_>,
        encoding: Encoding,
    ) -> Result<Self, DecodeError> {
        let wanted = |(group, element)| WANTED.contains(&Tag(group, element));
        let syntax = match encoding {
            Encoding {
                explicit: false, ..
            } => entries::IMPLICIT_VR_LITTLE_ENDIAN.erased(),
            Encoding {
                big_endian: true, ..
            } => entries::EXPLICIT_VR_BIG_ENDIAN.erased(),
            _ => entries::EXPLICIT_VR_LITTLE_ENDIAN.erased(),
        };
        let mut object = InMemDicomObject::new_empty();
        let mut charset = Vec::new();
        while let Some(element) = walk.next_if(|tag| tag < (0x7fe0, 0x0010))? {
            let short = element.vr.is_none_or(|vr| SHORT.contains(&&vr));
            let fits = element.measured && element.value.len() <= LONGEST;
            if !short || !fits || !wanted(element.tag) {
                continue;
            }
            // Each element by itself, after the character set: one whose length does not fit its kind makes the reader
            // lose its place, and in what follows any four bytes would be a length to make room for.
            let mut own = charset.clone();
            own.extend_from_slice(&bytes[element.whole]);
            // What cannot be read is left out; what is needed of it is missed by name later.
            let Ok(read) = InMemDicomObject::read_dataset_with_ts(&own[..], &syntax) else {
                continue;
            };
            let (group, number) = element.tag;
            if Tag(group, number) == tags::SPECIFIC_CHARACTER_SET {
                charset = own;
            }
            if let Ok(value) = read.element(Tag(group, number))
                && element
                    .value
                    .len()
                    .is_multiple_of(unit(value.vr().to_string()))
            {
                object.put(value.clone());
            }
        }
        Ok(Self(object))
    }

    /// An element as text, without its padding; several values are separated by `\`.
    pub fn text(&self, tag: Tag) -> Option<String> {
        let text = self.0.get(tag)?.to_str().ok()?;
        let clean: String = text
            .trim_matches(['\0', ' '])
            .chars()
            .filter(|letter| !letter.is_control())
            .take(2000)
            .collect();
        (!clean.is_empty()).then_some(clean)
    }

    /// An element as a number without sign.
    pub fn number(&self, tag: Tag) -> Option<u32> {
        self.0.get(tag)?.to_int().ok()
    }

    fn decimals(&self, tag: Tag) -> Option<Vec<f32>> {
        self.0.get(tag)?.to_multi_float32().ok()
    }

    /// Size of a pixel in the object plane, if it is square and credible.
    ///
    /// Pixel Spacing (PS3.3, 10.7.1.1), else Imager Pixel Spacing at the detector (C.8.11.4.1) divided
    /// by the magnification.
    pub fn pitch_mm(&self) -> Option<f32> {
        let enlarged = || {
            let factor = self.decimals(tags::ESTIMATED_RADIOGRAPHIC_MAGNIFICATION_FACTOR);
            let factor = factor.and_then(|all| all.first().copied()).unwrap_or(1.0);
            let at_detector = self.decimals(tags::IMAGER_PIXEL_SPACING)?;
            Some(at_detector.into_iter().map(|mm| mm / factor).collect())
        };
        let spacing = self.decimals(tags::PIXEL_SPACING).or_else(enlarged)?;
        let [down, across] = spacing[..] else {
            return None;
        };
        let square = (down - across).abs() <= 0.02 * across;
        square.then(|| credible_pitch(across)).flatten()
    }

    pub fn metadata(&self) -> Metadata {
        let joined = |all: &[Tag]| {
            let words: Vec<String> = all.iter().filter_map(|tag| self.text(*tag)).collect();
            (!words.is_empty()).then(|| words.join(" "))
        };
        let taken = self
            .text(tags::ACQUISITION_DATE_TIME)
            .or_else(|| joined(&[tags::ACQUISITION_DATE, tags::ACQUISITION_TIME]))
            .or_else(|| joined(&[tags::CONTENT_DATE, tags::CONTENT_TIME]))
            .or_else(|| joined(&[tags::STUDY_DATE, tags::STUDY_TIME]));
        Metadata {
            scanner: joined(&[
                tags::MANUFACTURER,
                tags::MANUFACTURER_MODEL_NAME,
                tags::STATION_NAME,
            ]),
            site: self.text(tags::INSTITUTION_NAME),
            taken,
            software: self.text(tags::SOFTWARE_VERSIONS),
            energies: self.text(tags::KVP).map(|kvp| format!("{kvp} kV")),
            description: self.text(tags::IMAGE_COMMENTS),
            photometric: self.text(tags::PHOTOMETRIC_INTERPRETATION),
            ..Metadata::default()
        }
    }
}
