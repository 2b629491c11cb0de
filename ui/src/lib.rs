//! The desk's window: views over one in-memory model, and nothing else.
//!
//! It holds no SQL, no network and no keys: what it shows comes from the desk over a pipe, what officers do goes
//! there. Start reading at [`window`] (one frame), [`model`] (what is known) and [`intent`] (what may be wanted);
//! [`screens`] has a module for each page, [`design`] the look and [`text`] the words.
#![forbid(unsafe_code)]

pub mod acts;
pub mod chart;
pub mod design;
pub mod intake;
pub mod intent;
pub mod link;
pub mod model;
pub mod moment;
pub mod picker;
pub mod radiograph;
pub mod rows;
pub mod say;
pub mod screens;
pub mod text;
pub mod window;
