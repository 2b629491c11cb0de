//! The radiograph on the screen: fetch, decode and draw 16-bit images without ever blocking a frame.
//!
//! The window's thread only decides what is wanted: [`Bench`] holds view, tone, look and tool, [`Control`] is what can
//! be switched on it. A thread of its own ([`engine`]) decodes, filters and renders exactly the pixels in sight, the
//! latest wish first; the picture before stays, moved and scaled with the view, until the new one is there. Nothing
//! here knows an inspection or the desk: bytes come in through [`Fetch`], what the officer points at goes out in
//! pixels of the image. Where there is a graphics card worth it, [`gpu`] draws the view from the same planes, at once
//! and for each frame.

mod bench;
mod beside;
mod canvas;
mod control;
mod draw;
mod engine;
mod fetch;
pub mod gpu;
mod loaded;
mod loupe;
mod mark;
mod marking;
mod measure;
mod overview;
mod pictures;
mod project;
mod shades;
mod steps;
mod viewport;

pub use bench::{Bench, Shown, Tool};
pub use beside::{Arrangement, Beside, Laid};
pub use canvas::{Drawn, canvas, note, readout};
pub use control::Control;
pub use engine::Engine;
pub use fetch::{Fetch, Progress, SEGMENT};
pub use loaded::{File, Loaded, load_described};
pub use mark::{Mark, Outline, Region};
pub use measure::{Inside, Line, energy_words, length_words};
pub use overview::overview;
pub use project::{Hidden, Practising};
pub use shades::{presets, shades, transfers};
pub use steps::steps;
pub use viewport::Viewport;
