//! The radiograph on the screen: fetch, decode and draw 16-bit images without ever blocking a frame.
//!
//! The window's thread only decides what is wanted: [`Bench`] holds view, tone and tool. A thread of its own
//! ([`engine`]) decodes and renders exactly the pixels in sight, the latest wish first; the picture before stays,
//! moved and scaled with the view, until the new one is there. Nothing here knows an inspection or the desk: bytes
//! come in through [`Fetch`], what the officer points at goes out in pixels of the image. A shader that windows on
//! the graphics card would replace [`engine`] alone.

mod bench;
mod canvas;
mod engine;
mod fetch;
mod overview;
mod shades;
mod viewport;

pub use bench::{Bench, Shown, Tool};
pub use canvas::{Drawn, Region, canvas, readout};
pub use engine::{Engine, Loaded};
pub use fetch::{Fetch, Progress, SEGMENT};
pub use overview::overview;
pub use shades::{presets, shades};
pub use viewport::Viewport;
