//! What a camera wrote about a photograph: time, camera, place (EXIF 2.32).
//!
//! Nothing here refuses a picture: what cannot be read is left out.

use exif::{Exif, In, Reader, Tag, Value};

use crate::raster::{PhotoMetadata, Place};

/// Longest text that is kept, in characters.
const LONGEST: usize = 200;

/// Reads the EXIF block of a photograph, without its `Exif\0\0` head.
pub(super) fn read(block: Option<Vec<u8>>) -> PhotoMetadata {
    let Some(block) = block else {
        return PhotoMetadata::default();
    };
    let exif = Reader::new()
        .continue_on_error(true)
        .read_raw(block)
        .or_else(|error| error.distill_partial_result(|_| ()));
    let Ok(exif) = exif else {
        return PhotoMetadata::default();
    };
    PhotoMetadata {
        taken: taken(&exif),
        camera: camera(&exif),
        place: place(&exif),
        turned: turned(&exif),
    }
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(all) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    let clean: String = String::from_utf8_lossy(all.first()?)
        .trim_matches(['\0', ' '])
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST)
        .collect();
    (!clean.is_empty()).then_some(clean)
}

/// When it was taken, with the offset from UTC when the camera knows it.
fn taken(exif: &Exif) -> Option<String> {
    let time = text(exif, Tag::DateTimeOriginal).or_else(|| text(exif, Tag::DateTime))?;
    Some(match text(exif, Tag::OffsetTimeOriginal) {
        Some(offset) => format!("{time} {offset}"),
        None => time,
    })
}

/// How the camera was held (EXIF 2.32, 4.6.4), 1 to 8.
fn turned(exif: &Exif) -> Option<u8> {
    let value = exif
        .get_field(Tag::Orientation, In::PRIMARY)?
        .value
        .get_uint(0)?;
    u8::try_from(value)
        .ok()
        .filter(|held| (1..=8).contains(held))
}

/// Maker and model, the maker once.
fn camera(exif: &Exif) -> Option<String> {
    match (text(exif, Tag::Make), text(exif, Tag::Model)) {
        (Some(make), Some(model)) if !model.starts_with(&make) => Some(format!("{make} {model}")),
        (make, model) => model.or(make),
    }
}

/// Degrees, minutes and seconds with their hemisphere.
fn place(exif: &Exif) -> Option<Place> {
    let degrees = |value: Tag, hemisphere: Tag, negative: &str, most: f64| {
        let Value::Rational(parts) = &exif.get_field(value, In::PRIMARY)?.value else {
            return None;
        };
        let sum: f64 = parts
            .iter()
            .take(3)
            .zip([1.0, 60.0, 3600.0])
            .map(|(part, unit)| part.to_f64() / unit)
            .sum();
        let south_or_west = text(exif, hemisphere)? == negative;
        (sum.is_finite() && sum.abs() <= most).then_some(if south_or_west { -sum } else { sum })
    };
    Some(Place {
        latitude: degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, "S", 90.0)?,
        longitude: degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, "W", 180.0)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;

    /// Tag, type, number of values and their bytes.
    type Field = (u16, u16, u32, Vec<u8>);

    fn ascii(tag: u16, text: &str) -> Field {
        (
            tag,
            ASCII,
            text.len() as u32 + 1,
            [text.as_bytes(), b"\0"].concat(),
        )
    }

    fn directory(start: u32, fields: &[Field]) -> Vec<u8> {
        let mut beyond = start + 2 + 12 * fields.len() as u32 + 4;
        let mut bytes = (fields.len() as u16).to_be_bytes().to_vec();
        let mut tail: Vec<u8> = Vec::new();
        for (tag, kind, count, value) in fields {
            bytes.extend(tag.to_be_bytes());
            bytes.extend(kind.to_be_bytes());
            bytes.extend(count.to_be_bytes());
            if value.len() > 4 {
                bytes.extend(beyond.to_be_bytes());
                beyond += value.len() as u32;
                tail.extend(value);
            } else {
                bytes.extend([value.as_slice(), &[0; 4][value.len()..]].concat());
            }
        }
        bytes.extend([0; 4]);
        bytes.extend(tail);
        bytes
    }

    /// A block as a telephone writes it, in Dakar.
    fn block() -> Vec<u8> {
        let degrees = |parts: [u32; 3]| -> Vec<u8> {
            parts
                .iter()
                .flat_map(|part| [*part, 100])
                .flat_map(u32::to_be_bytes)
                .collect()
        };
        let gps = [
            ascii(1, "N"),
            (2, RATIONAL, 3, degrees([1400, 4100, 3000])),
            ascii(3, "W"),
            (4, RATIONAL, 3, degrees([1700, 2600, 0])),
        ];
        let exif = [
            ascii(0x9003, "2026:11:23 06:20:00"),
            ascii(0x9011, "+00:00"),
        ];
        let pointer = |tag, to: u32| (tag, LONG, 1, to.to_be_bytes().to_vec());
        let main = [
            ascii(0x010f, "Maker"),
            ascii(0x0110, "Telephone 7"),
            (0x0112, SHORT, 1, 6u16.to_be_bytes().to_vec()),
            pointer(0x8769, 200),
            pointer(0x8825, 400),
        ];
        let mut bytes = b"MM\0*\0\0\0\x08".to_vec();
        bytes.extend(directory(8, &main));
        bytes.resize(200, 0);
        bytes.extend(directory(200, &exif));
        bytes.resize(400, 0);
        bytes.extend(directory(400, &gps));
        bytes
    }

    #[test]
    fn time_camera_and_place_are_kept() {
        let found = read(Some(block()));
        assert_eq!(found.taken.as_deref(), Some("2026:11:23 06:20:00 +00:00"));
        assert_eq!(found.camera.as_deref(), Some("Maker Telephone 7"));
        assert_eq!(found.turned, Some(6));
        let place = found.place.unwrap_or(Place {
            latitude: 0.0,
            longitude: 0.0,
        });
        assert!((place.latitude - 14.691_667).abs() < 1e-5, "{place:?}");
        assert!((place.longitude + 17.433_333).abs() < 1e-5, "{place:?}");
    }

    #[test]
    fn what_is_cut_off_leaves_what_was_before_it() {
        let cut = read(Some(block()[..400].to_vec()));
        assert_eq!(cut.camera.as_deref(), Some("Maker Telephone 7"));
        assert_eq!(cut.place, None);
        assert_eq!(read(Some(b"MM".to_vec())), PhotoMetadata::default());
        assert_eq!(read(None), PhotoMetadata::default());
    }

    proptest! {
        #[test]
        fn no_block_panics(
            damage in prop::collection::vec((0usize..500, any::<u8>()), 0..20),
            keep in 0usize..600,
        ) {
            let mut bytes = block();
            for (at, value) in damage {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            bytes.truncate(keep);
            let place = read(Some(bytes)).place;
            prop_assert!(place.is_none_or(|at| at.latitude.abs() <= 90.0 && at.longitude.abs() <= 180.0));
        }
    }
}
