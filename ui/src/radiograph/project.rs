//! Practice: the threats that are projected into clean scans, and a scan made ready with or without one.

use outpost_domain::PracticeThreat;
use outpost_imaging::tip::{Threat, project};
use outpost_imaging::{DecodeError, Image, Limits, Metadata, Rect, decode};

use super::loaded::{Loaded, from_radiograph};

/// The shadows, made by `crates/demo/examples/threats.rs`: 16-bit PNG, the high energy above the low one.
const SHADOWS: [(PracticeThreat, &[u8]); 6] = [
    (
        PracticeThreat::Bricks,
        include_bytes!("../../../assets/threats/bricks.png"),
    ),
    (
        PracticeThreat::LongArms,
        include_bytes!("../../../assets/threats/long-arms.png"),
    ),
    (
        PracticeThreat::Handguns,
        include_bytes!("../../../assets/threats/handguns.png"),
    ),
    (
        PracticeThreat::Cigarettes,
        include_bytes!("../../../assets/threats/cigarettes.png"),
    ),
    (
        PracticeThreat::Banknotes,
        include_bytes!("../../../assets/threats/banknotes.png"),
    ),
    (
        PracticeThreat::ShieldedSource,
        include_bytes!("../../../assets/threats/shielded-source.png"),
    ),
];

/// Size of a pixel of the shadows at the unit, millimetres.
const SHADOW_MM: f32 = 3.0;

/// How a scan is made ready for practice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Practising {
    /// The seed of what is projected; `None` when nothing is.
    pub projects: Option<u64>,
    /// Size of a pixel at the unit as the scan's record has it, millimetres; the file's own where that has none.
    pub pitch_mm: Option<f32>,
}

/// A threat that was projected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hidden {
    /// What it is.
    pub what: PracticeThreat,
    /// Where it is, pixels of the file.
    pub place: Rect,
    /// How much of its thickness is shown.
    pub thickness: f32,
}

/// Decodes a scan to practise on, and projects into it what is to be. Clean or not, what the file says about itself is
/// left out: it names the unit, and would tell the two apart.
///
/// # Errors
/// The bytes are no radiograph that can be shown.
pub fn practise(bytes: &[u8], how: Practising) -> Result<(Loaded, Option<Hidden>), DecodeError> {
    let Image::Radiograph(mut scan) = decode(bytes, Limits::default())? else {
        return Err(DecodeError::Damaged {
            what: "a photograph is no scan to practise on".to_owned(),
        });
    };
    scan.pitch_mm = how.pitch_mm.or(scan.pitch_mm);
    scan.metadata = Metadata::default();
    let kinds = shadows();
    let threats: Vec<Threat> = kinds.iter().map(|(_, threat)| threat.clone()).collect();
    let made = how
        .projects
        .and_then(|seed| project(&scan, &threats, SHADOW_MM, seed));
    let Some(made) = made else {
        return Ok((from_radiograph(scan), None));
    };
    let hidden = kinds.get(made.which).map(|(what, _)| Hidden {
        what: *what,
        place: made.practice.truth,
        thickness: made.thickness,
    });
    Ok((from_radiograph(made.practice.radiograph), hidden))
}

fn shadows() -> Vec<(PracticeThreat, Threat)> {
    let threat = |file: &[u8]| {
        let Image::Radiograph(picture) = decode(file, Limits::default()).ok()? else {
            return None;
        };
        Threat::stacked(&picture.planes.first()?.grid).ok()
    };
    SHADOWS
        .iter()
        .filter_map(|(what, file)| Some((*what, threat(file)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_kind_of_threat_has_its_shadow() {
        let kinds: Vec<PracticeThreat> = shadows().iter().map(|(what, _)| *what).collect();
        assert_eq!(kinds, PracticeThreat::ALL);
        for (what, threat) in shadows() {
            let low = threat.low.unwrap();
            assert_eq!(threat.high.rect(), low.rect(), "{what}");
            let through = |grid: &outpost_imaging::Grid| {
                grid.samples().iter().map(|s| f64::from(*s)).sum::<f64>()
            };
            assert!(through(&low) < through(&threat.high), "{what}");
            assert_eq!(threat.high.get(0, 0), Some(65_535), "{what}: air around it");
        }
    }

    #[test]
    fn a_photograph_is_not_practised_on() {
        let mut file = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(64, 64, image::Rgb([200, 40, 40]));
        picture
            .write_to(&mut file, image::ImageFormat::Png)
            .unwrap();
        let how = Practising {
            projects: Some(1),
            pitch_mm: Some(4.0),
        };
        assert!(practise(&file.into_inner(), how).is_err());
    }

    /// A trailer of maize seed as the demonstration's scanner sees it.
    fn maize() -> Vec<u8> {
        use outpost_demo::scan::{ScanMeta, Scene, compute, encode_tiff};
        let scan = compute(&Scene {
            body: outpost_demo::Body::Trailer,
            cargo: vec![outpost_demo::Cargo {
                form: outpost_demo::Form::Bags,
                chapter: 10,
                packages: 560,
                gross_kg: 28_000.0,
            }],
            concealed: None,
            pitch_mm: 5.0,
            seed: 3,
        });
        let meta = ScanMeta {
            make: "Meridian".to_owned(),
            model: "MB1215".to_owned(),
            energies: "L 3 / H 6 MeV".to_owned(),
            site: "Kasumulu".to_owned(),
            taken: "2026:11:22 06:20:00".to_owned(),
            unit: Some("MSKU6011672".to_owned()),
        };
        encode_tiff(&scan, &meta).unwrap()
    }

    #[test]
    fn a_computed_scan_has_a_place_for_a_threat_and_the_clean_one_stays_as_it_was() {
        let file = maize();
        let made = |projects| {
            let how = Practising {
                projects,
                pitch_mm: None,
            };
            practise(&file, how).unwrap()
        };
        let (clean, none) = made(None);
        assert_eq!(none, None);
        assert_eq!(clean.metadata, Metadata::default());
        for seed in 0..6 {
            let (shown, hidden) = made(Some(seed));
            let place = hidden.expect("there is a place").place;
            let (before, after) = (
                clean.layers[0].pyramid.base(),
                shown.layers[0].pyramid.base(),
            );
            let mean = |grid: &outpost_imaging::Grid| {
                outpost_imaging::Statistics::of(grid, place).unwrap().mean
            };
            assert!(mean(after) < mean(before), "{seed}");
            assert_eq!(before.get(3, 3), after.get(3, 3));
            assert_eq!(shown.metadata, Metadata::default());
        }
    }
}
