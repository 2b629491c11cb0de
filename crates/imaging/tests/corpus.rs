//! The corpus that the fuzzers start from, replayed whole, cut at every length and damaged byte by byte.
//!
//! Its files are made by other people's encoders (`scripts/golden/make_corpus.py`); what a fuzzer finds
//! is put beside them, its name beginning with `found`.
#![allow(clippy::unwrap_used)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use outpost_imaging::{DecodeError, Image, Limits, decode, decode_raw};

const LIMITS: Limits = Limits {
    bytes: 1 << 22,
    pixels: 1 << 22,
};

/// Every file with the name of its folder, in order.
fn files() -> Vec<(String, PathBuf)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut all = Vec::new();
    for folder in std::fs::read_dir(root).unwrap() {
        let folder = folder.unwrap();
        let kind = folder.file_name().into_string().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            all.push((kind.clone(), file.unwrap().path()));
        }
    }
    all.sort();
    assert!(all.len() >= 17, "the corpus lacks files");
    all
}

fn read(kind: &str, bytes: &[u8]) -> Result<Image, DecodeError> {
    if kind != "raw" {
        return decode(bytes, LIMITS);
    }
    // A description, a line end, and samples.
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (about, samples) = bytes.split_at(end.unwrap_or(bytes.len()));
    decode_raw(about, samples.get(1..).unwrap_or_default(), LIMITS)
}

#[test]
fn files_of_other_encoders_are_shown() {
    for (kind, path) in files() {
        let made_whole = !path
            .file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("found");
        let found = read(&kind, &std::fs::read(&path).unwrap());
        if made_whole {
            assert_eq!(
                found.map(|image| image.size()),
                Ok((14, 9)),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn a_file_cut_or_damaged_anywhere_is_an_error_or_an_image_of_its_size() {
    for (kind, path) in files() {
        let bytes = std::fs::read(&path).unwrap();
        let sound = |bytes: &[u8], what: &str, at: usize| {
            let made = catch_unwind(AssertUnwindSafe(|| read(&kind, bytes)));
            let made = made.unwrap_or_else(|_| panic!("{} {what} {at}", path.display()));
            if let Ok(image) = made {
                let (width, height) = image.size();
                assert!(u64::from(width) * u64::from(height) <= LIMITS.pixels);
            }
        };
        for length in 0..bytes.len().min(4096) {
            sound(&bytes[..length], "cut at", length);
        }
        let mut damaged = bytes.clone();
        for at in 0..bytes.len().min(4096) {
            for flipped in [0x01, 0x80, 0xff] {
                damaged[at] = bytes[at] ^ flipped;
                sound(&damaged, "damaged at", at);
            }
            damaged[at] = bytes[at];
        }
    }
}
