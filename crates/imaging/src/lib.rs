//! Radiographs and photographs: decode, window and level, pyramid, render, measure.
//!
//! Bytes come in, rasters and 8-bit pictures go out. The crate knows no file system, no UI, no
//! network and keeps no global state; it does not know what a consignment is. Files made by
//! strangers are its daily bread: every size is checked before memory is taken, every failure is a
//! [`DecodeError`] that says which value was wrong, and nothing here panics on any input.
//!
//! Start reading at [`decode()`], then [`Radiograph`], [`Tone`], [`Pyramid`] and [`render`];
//! [`look`] says in which order everything is done to an image before it is seen.
//!
//! Convention inside the crate: a sample is *transmission*, 0 = nothing came through,
//! 65535 = the most the detector can say. Files stored the other way round are turned when decoded
//! and [`Radiograph::polarity`] records what the file had.
#![forbid(unsafe_code)]

pub mod colour;
pub mod compare;
pub mod decode;
pub mod enhance;
pub mod filter;
pub mod load;
pub mod look;
pub mod material;
pub mod orientation;
pub mod pyramid;
pub mod raster;
pub mod regions;
pub mod render;
pub mod shapes;
pub mod suggest;
pub mod tip;
pub mod window;

pub use colour::ColourMap;
pub use compare::{Difference, RegisterError, Registration, Similarity, difference, register};
pub use decode::{
    Adapter, DecodeError, Glance, Limits, Said, decode, decode_raw, decode_with, glance, glance_raw,
};
pub use enhance::{LocalContrast, local_contrast};
pub use load::{Count, count_along, filled_share, profiles};
pub use look::{Colour, Filters, Look, Step, filtered, filtered_while};
pub use material::{Air, Material, Materials};
pub use orientation::Orientation;
pub use pyramid::{Pyramid, TILE, Tile};
pub use raster::{
    Energy, Frames, Grid, GridError, Image, Metadata, Photo, PhotoMetadata, Place, Plane, Polarity,
    Radiograph, Rect,
};
pub use regions::{Measured, Region};
pub use render::{Magnify, View};
pub use shapes::Statistics;
pub use window::{Histogram, Lut, Preset, Tone, Transfer, Window};
