//! Files nobody here made: those bundled with pydicom, against the pixels that pydicom finds in them.
//!
//! `OUTPOST_DICOM_FILES` names the folder that `scripts/golden/dicom_pixels.py` wrote; `scripts/test`
//! makes it when it can. Without it there is nothing to compare, which the test says.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use outpost_imaging::{DecodeError, Image, Limits, decode};
use serde::Deserialize;

#[derive(Deserialize)]
struct Entry {
    file: PathBuf,
    /// The pixels that must be shown; none where pydicom shows none or they are not grey.
    pixels: Option<String>,
    size: Option<(u32, u32)>,
    why: Option<String>,
}

/// What may be refused though pydicom shows it, each by its own name: the standard's, or what is missing.
fn is_refused_by_name(error: &DecodeError) -> bool {
    match error {
        DecodeError::UnsupportedCompression { method } => ["JPEG-LS", "JPEG 2000", "JPEG with"]
            .iter()
            .any(|name| method.contains(name)),
        DecodeError::UnsupportedSamples { .. } | DecodeError::NoImage { .. } => true,
        // Data sets without the preamble and meta group that Part 10 asks for.
        DecodeError::NotAnImage { .. } => true,
        DecodeError::Damaged { what } => what.contains("transfer syntax"),
        _ => false,
    }
}

fn compare(folder: &Path, entry: &Entry) -> Result<bool, String> {
    let bytes = std::fs::read(&entry.file).unwrap();
    let name = entry.file.file_name().unwrap_or_default().to_string_lossy();
    match (decode(&bytes, Limits::default()), &entry.pixels) {
        (Ok(Image::Radiograph(found)), Some(pixels)) => {
            let expected = std::fs::read(folder.join(pixels)).unwrap();
            let (expected, _) = expected.as_chunks::<2>();
            let samples = found.main().unwrap().grid.samples();
            let size = entry.size == Some((found.width, found.height));
            let differing = samples
                .iter()
                .zip(expected)
                .filter(|(ours, theirs)| **ours != u16::from_le_bytes(**theirs))
                .count();
            if size && samples.len() == expected.len() && differing == 0 {
                Ok(true)
            } else {
                Err(format!("{name}: {differing} samples differ"))
            }
        }
        (Ok(Image::Photo(_)), _) => Err(format!("{name}: taken for a photo")),
        // No peer to hold it against, e.g. where pydicom needs a further package to unpack it.
        (Ok(_), None) => {
            println!(
                "{name}: shown, not compared: {}",
                entry.why.as_deref().unwrap_or_default()
            );
            Ok(false)
        }
        (Err(error), None) => {
            println!("{name}: {error}");
            Ok(false)
        }
        (Err(error), Some(_)) if is_refused_by_name(&error) => {
            println!("{name}: {error}");
            Ok(false)
        }
        (Err(error), Some(_)) => Err(format!("{name}: {error}")),
    }
}

#[test]
fn every_dicom_file_of_pydicom_is_shown_as_pydicom_does_or_refused_by_name() {
    let Some(folder) = std::env::var_os("OUTPOST_DICOM_FILES").map(PathBuf::from) else {
        println!("OUTPOST_DICOM_FILES is not set: no real DICOM files to compare with.");
        return;
    };
    let index = std::fs::read(folder.join("index.json")).unwrap();
    let index: Vec<Entry> = serde_json::from_slice(&index).unwrap();
    let results: Vec<_> = index.iter().map(|entry| compare(&folder, entry)).collect();
    let wrong: Vec<_> = results
        .iter()
        .filter_map(|result| result.as_ref().err())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let equal = results.iter().filter(|result| **result == Ok(true)).count();
    assert!(
        equal >= 9,
        "only {equal} of {} files are shown",
        index.len()
    );
    println!(
        "{equal} files shown as pydicom does, {} refused by name",
        index.len() - equal
    );
}
