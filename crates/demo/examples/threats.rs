//! Writes the shadows that practice projects into a directory: 16-bit PNG, the high energy above the low one.
//!
//! `cargo run --release -p outpost-demo --example threats -- assets/threats`

use std::path::Path;

use anyhow::{Context, Result};
use image::{ImageBuffer, Luma};
use outpost_demo::scan::{Threat, shadow};

/// Size of a pixel at the unit, millimetres.
const PITCH: f32 = 3.0;

fn main() -> Result<()> {
    let into = std::env::args().nth(1).context("name a directory")?;
    std::fs::create_dir_all(&into)?;
    for (threat, name) in Threat::ALL {
        let made = shadow(threat, PITCH, 1);
        let samples = [made.high, made.low].concat();
        let picture: ImageBuffer<Luma<u16>, _> =
            ImageBuffer::from_raw(made.width, 2 * made.height, samples)
                .context("the planes have another size")?;
        picture.save(Path::new(&into).join(name).with_extension("png"))?;
    }
    Ok(())
}
