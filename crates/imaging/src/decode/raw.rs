//! Samples without a container, described by a JSON file beside them.
//!
//! The description is ours, since scanners that write raw samples describe them only on paper;
//! `docs/formats.md` lists its fields. It is strict: a field nobody knows is a mistake, not a remark.

use rayon::prelude::*;
use serde::Deserialize;

use super::{DecodeError, Glance, Limits, Said};
use crate::raster::{Energy, Grid, Image, Metadata, Plane, Polarity, Radiograph};

/// Longest description in bytes.
const LONGEST: usize = 64 << 10;

/// What stands in the JSON file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sidecar {
    width: u32,
    height: u32,
    /// Bits that mean something, 8 to 16; more than 8 are stored in two bytes, the lowest bits first.
    bits: u8,
    #[serde(default)]
    byte_order: ByteOrder,
    /// Which energies there are, in the order of the file.
    #[serde(default = "single")]
    planes: Vec<Energy>,
    #[serde(default)]
    layout: Layout,
    /// Bytes before the first sample.
    #[serde(default)]
    offset: u64,
    #[serde(default)]
    polarity: Polarity,
    pitch_mm: Option<f64>,
    scanner: Option<String>,
    site: Option<String>,
    taken: Option<String>,
    unit: Option<String>,
    energies: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ByteOrder {
    #[default]
    Little,
    Big,
}

/// How two energies lie in the file.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Layout {
    /// One plane after the other.
    #[default]
    Planes,
    /// A row of each in turn.
    Rows,
    /// A sample of each in turn.
    Pixels,
}

fn single() -> Vec<Energy> {
    vec![Energy::Single]
}

/// Decodes raw samples with the JSON description beside them.
///
/// # Errors
/// [`DecodeError::Sidecar`] when the description is no such JSON or holds a value that cannot be,
/// [`DecodeError::SidecarDisagrees`] when the file has another length than it says,
/// [`DecodeError::BadPitch`] for a pitch that is not above 0 and at most 50 mm, and those of every
/// format: too large, no pixels.
pub fn decode_raw(sidecar: &[u8], bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(DecodeError::FileTooLarge {
            bytes: bytes.len() as u64,
            limit: limits.bytes,
        });
    }
    let (said, pitch_mm) = described(sidecar, limits)?;
    let samples = samples(&said, bytes)?;
    Ok(Image::Radiograph(Radiograph {
        width: said.width,
        height: said.height,
        planes: planes(&said, samples)?,
        bit_depth: said.bits,
        pitch_mm,
        polarity: said.polarity,
        metadata: said.metadata(),
    }))
}

/// Looks at raw samples of so many bytes by their description.
pub(super) fn glance(sidecar: &[u8], bytes: u64, limits: Limits) -> Result<Glance, DecodeError> {
    let (said, pitch_mm) = described(sidecar, limits)?;
    check_length(&said, bytes)?;
    Ok(Glance {
        width: said.width,
        height: said.height,
        media_type: "",
        pitch_mm,
        said: Said::Radiograph(said.metadata()),
    })
}

/// A description that can be followed, and the pitch that it names.
fn described(sidecar: &[u8], limits: Limits) -> Result<(Sidecar, Option<f32>), DecodeError> {
    if sidecar.len() > LONGEST {
        return Err(wrong(format!(
            "it has {} bytes; at most {LONGEST} are read",
            sidecar.len()
        )));
    }
    let said: Sidecar =
        serde_json::from_slice(sidecar).map_err(|error| wrong(error.to_string()))?;
    if !(8..=16).contains(&said.bits) {
        return Err(wrong(format!("{} bits; 8 to 16 can be read", said.bits)));
    }
    let pitch_mm = pitch(said.pitch_mm)?;
    check_planes(&said.planes)?;
    limits.check(said.width, said.height, said.planes.len() as u64)?;
    Ok((said, pitch_mm))
}

impl Sidecar {
    fn metadata(&self) -> Metadata {
        Metadata {
            scanner: self.scanner.clone(),
            site: self.site.clone(),
            taken: self.taken.clone(),
            unit: self.unit.clone(),
            energies: self.energies.clone(),
            ..Metadata::default()
        }
    }
}

fn wrong(what: String) -> DecodeError {
    DecodeError::Sidecar { what }
}

fn pitch(pitch_mm: Option<f64>) -> Result<Option<f32>, DecodeError> {
    match pitch_mm {
        Some(mm) if mm > 0.0 && mm <= 50.0 => Ok(Some(mm as f32)),
        Some(mm) => Err(DecodeError::BadPitch {
            pitch: mm.to_string(),
        }),
        None => Ok(None),
    }
}

fn check_planes(planes: &[Energy]) -> Result<(), DecodeError> {
    match planes {
        [Energy::Single] | [Energy::High, Energy::Low] | [Energy::Low, Energy::High] => Ok(()),
        [_, _, _, ..] => Err(DecodeError::TooManyPlanes {
            found: planes.len(),
        }),
        _ => Err(wrong(
            "its planes are neither one single nor one high and one low".to_owned(),
        )),
    }
}

/// Refuses a file that has another length than its description says.
fn check_length(said: &Sidecar, found: u64) -> Result<(), DecodeError> {
    let count = u64::from(said.width) * u64::from(said.height) * said.planes.len() as u64;
    let sample_bytes = if said.bits > 8 { 2 } else { 1 };
    let claimed = (count * sample_bytes).saturating_add(said.offset);
    if claimed == found {
        Ok(())
    } else {
        Err(DecodeError::SidecarDisagrees { claimed, found })
    }
}

/// All samples in the order of the file, spread over 0 to 65535 and turned where they are attenuation.
fn samples(said: &Sidecar, bytes: &[u8]) -> Result<Vec<u16>, DecodeError> {
    check_length(said, bytes.len() as u64)?;
    let body = &bytes[said.offset as usize..];
    let most = u32::from(u16::MAX >> (16 - u32::from(said.bits)));
    let turned = said.polarity == Polarity::Attenuation;
    let spread = |value: u16| {
        let value = (u32::from(value).min(most) * 65_535 + most / 2) / most;
        if turned {
            !(value as u16)
        } else {
            value as u16
        }
    };
    if said.bits <= 8 {
        return Ok(body
            .par_iter()
            .map(|value| spread(u16::from(*value)))
            .collect());
    }
    let big = said.byte_order == ByteOrder::Big;
    let (pairs, _) = body.as_chunks::<2>();
    Ok(pairs
        .par_iter()
        .map(|pair| {
            spread(if big {
                u16::from_be_bytes(*pair)
            } else {
                u16::from_le_bytes(*pair)
            })
        })
        .collect())
}

/// The planes, high before low.
fn planes(said: &Sidecar, samples: Vec<u16>) -> Result<Vec<Plane>, DecodeError> {
    let grid = |samples: Vec<u16>| {
        Grid::new(said.width, said.height, samples).map_err(|error| DecodeError::Damaged {
            what: error.to_string(),
        })
    };
    let [first, second] = said.planes[..] else {
        return Ok(vec![Plane {
            energy: Energy::Single,
            grid: grid(samples)?,
        }]);
    };
    let run = match said.layout {
        Layout::Planes => samples.len() / 2,
        Layout::Rows => said.width as usize,
        Layout::Pixels => 1,
    };
    let part = |which: usize| -> Vec<u16> {
        samples
            .chunks(run)
            .skip(which)
            .step_by(2)
            .flatten()
            .copied()
            .collect()
    };
    let mut planes = vec![
        Plane {
            energy: first,
            grid: grid(part(0))?,
        },
        Plane {
            energy: second,
            grid: grid(part(1))?,
        },
    ];
    if first == Energy::Low {
        planes.swap(0, 1);
    }
    Ok(planes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn read(about: &str, bytes: &[u8]) -> Result<Radiograph, DecodeError> {
        match decode_raw(about.as_bytes(), bytes, Limits::default())? {
            Image::Radiograph(radiograph) => Ok(radiograph),
            Image::Photo(photo) => panic!("not a radiograph: {photo:?}"),
        }
    }

    fn samples(radiograph: &Radiograph, energy: Energy) -> &[u16] {
        radiograph.plane(energy).unwrap().grid.samples()
    }

    #[test]
    fn what_the_description_says_is_kept() {
        let about = r#"{"width": 2, "height": 1, "bits": 16, "byte_order": "big", "pitch_mm": 4.5,
            "scanner": "MB 1215", "site": "gate 2", "taken": "2026-11-23T06:20:00Z", "unit": "MSKU 907032-3"}"#;
        let found = read(about, &[1, 2, 3, 4]).unwrap();
        assert_eq!(samples(&found, Energy::Single), [0x0102, 0x0304]);
        assert_eq!((found.pitch_mm, found.bit_depth), (Some(4.5), 16));
        assert_eq!(found.metadata.unit.as_deref(), Some("MSKU 907032-3"));
        assert_eq!(found.metadata.scanner.as_deref(), Some("MB 1215"));
        assert_eq!(
            found.metadata.taken.as_deref(),
            Some("2026-11-23T06:20:00Z")
        );
    }

    #[test]
    fn two_energies_are_found_in_every_layout_and_order() {
        for (layout, bytes) in [
            ("planes", [1, 2, 3, 4, 51, 52, 53, 54]),
            ("rows", [1, 2, 51, 52, 3, 4, 53, 54]),
            ("pixels", [1, 51, 2, 52, 3, 53, 4, 54]),
        ] {
            let about = format!(
                r#"{{"width": 2, "height": 2, "bits": 8, "planes": ["low", "high"], "layout": "{layout}"}}"#
            );
            let found = read(&about, &bytes).unwrap();
            assert_eq!(found.main().unwrap().energy, Energy::High, "{layout}");
            let expected = |first: u16| [0, 1, 2, 3].map(|at| (first + at) * 257);
            assert_eq!(samples(&found, Energy::Low), expected(1), "{layout}");
            assert_eq!(samples(&found, Energy::High), expected(51), "{layout}");
        }
    }

    #[test]
    fn twelve_bits_fill_the_scale_and_attenuation_is_turned() {
        let bytes: Vec<u8> = [0u16, 2048, 4095, 9999]
            .iter()
            .flat_map(|v| v.to_le_bytes())
            .collect();
        let about = |polarity: &str| {
            format!(r#"{{"width": 4, "height": 1, "bits": 12, "polarity": "{polarity}"}}"#)
        };
        let found = read(&about("transmission"), &bytes).unwrap();
        assert_eq!(samples(&found, Energy::Single), [0, 32_776, 65_535, 65_535]);
        let turned = read(&about("attenuation"), &bytes).unwrap();
        assert_eq!(samples(&turned, Energy::Single), [65_535, 32_759, 0, 0]);
        assert_eq!(turned.polarity, Polarity::Attenuation);
    }

    #[test]
    fn a_description_of_another_file_is_refused_with_both_sizes() {
        let about = r#"{"width": 3, "height": 2, "bits": 16, "offset": 4}"#;
        for length in [0, 15, 17, 4000] {
            let error = read(about, &vec![0; length]).unwrap_err();
            let (claimed, found) = (16, length as u64);
            assert_eq!(error, DecodeError::SidecarDisagrees { claimed, found });
        }
        assert!(read(about, &[0; 16]).is_ok());
    }

    #[test]
    fn a_pitch_that_cannot_be_is_refused() {
        for pitch in ["0", "-4", "51", "1e300", "0.0"] {
            let about = format!(r#"{{"width": 1, "height": 1, "bits": 8, "pitch_mm": {pitch}}}"#);
            let error = read(&about, &[0]).unwrap_err();
            assert!(
                matches!(error, DecodeError::BadPitch { .. }),
                "{pitch}: {error}"
            );
        }
    }

    #[test]
    fn what_is_no_number_or_no_field_is_refused_in_words() {
        for (field, word) in [
            (r#""pitch_mm": NaN"#, "expected"),
            (r#""pitch_mm": 1e999"#, "number"),
            (r#""widht": 3"#, "widht"),
            (r#""layout": "columns""#, "columns"),
            (r#""planes": ["high"]"#, "high"),
            (r#""planes": []"#, "single"),
        ] {
            let about = format!(r#"{{"width": 1, "height": 1, "bits": 8, {field}}}"#);
            let error = read(&about, &[0]).unwrap_err();
            assert_eq!(error.code(), "sidecar");
            assert!(error.to_string().contains(word), "{field}: {error}");
        }
        let three = r#"{"width": 1, "height": 1, "bits": 8, "planes": ["high", "low", "low"]}"#;
        let error = read(three, &[0, 0, 0]).unwrap_err();
        assert_eq!(error, DecodeError::TooManyPlanes { found: 3 });
        for bits in [0, 7, 17, 32] {
            let about = format!(r#"{{"width": 1, "height": 1, "bits": {bits}}}"#);
            assert_eq!(read(&about, &[0, 0, 0, 0]).unwrap_err().code(), "sidecar");
        }
    }

    #[test]
    fn a_claim_beyond_the_limit_is_refused_before_its_size_is_believed() {
        let about = r#"{"width": 4294967295, "height": 4294967295, "bits": 16}"#;
        assert_eq!(read(about, &[0; 8]).unwrap_err().code(), "too-large");
        let none = r#"{"width": 0, "height": 9, "bits": 16}"#;
        assert_eq!(read(none, &[]).unwrap_err().code(), "no-pixels");
        let far = r#"{"width": 1, "height": 1, "bits": 8, "offset": 18446744073709551615}"#;
        assert_eq!(read(far, &[0; 8]).unwrap_err().code(), "sidecar-disagrees");
    }

    proptest! {
        #[test]
        fn no_description_panics(about in ".{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = read(&about, &bytes);
        }

        #[test]
        fn no_numbers_panic(
            width: u32, height in 0u32..9, bits in 0u32..20, offset: u64, pitch: f64,
            bytes in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let about = format!(
                r#"{{"width": {width}, "height": {height}, "bits": {bits}, "offset": {offset}, "pitch_mm": {pitch}}}"#
            );
            let _ = read(&about, &bytes);
        }
    }
}
