//! Any bytes as an image: TIFF, PNG, JPEG or DICOM by their own magic. The corpus has a folder for each.
#![no_main]

use libfuzzer_sys::fuzz_target;
use outpost_imaging::{Limits, decode};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        bytes: 1 << 22,
        pixels: 1 << 22,
    };
    let _ = decode(bytes, limits);
});
