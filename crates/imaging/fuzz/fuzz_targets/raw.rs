//! A description, a line end, and samples.
#![no_main]

use libfuzzer_sys::fuzz_target;
use outpost_imaging::{Limits, decode_raw};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        bytes: 1 << 22,
        pixels: 1 << 22,
    };
    if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        let (about, samples) = bytes.split_at(end);
        let _ = decode_raw(about, &samples[1..], limits);
    }
});
