//! The desk's window: views over one in-memory model, and nothing else.
//!
//! It holds no SQL, no network and no keys: what it shows comes from the desk over a pipe, what officers do goes
//! there. Start reading at [`design`] for the look and [`text`] for the words.
#![forbid(unsafe_code)]

pub mod design;
pub mod moment;
pub mod text;
