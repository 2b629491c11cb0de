//! The messages between the window and the desk, and how they are framed on a pipe.
//!
//! A frame is one line of JSON; a frame that says `"bytes": n` is followed by exactly `n` raw bytes. The window
//! asks with [`Request`], the desk answers each with one [`Reply`] or [`Problem`], and tells what happens by
//! itself with [`Event`]. Whoever knows these three enums knows the product. The crate knows neither pipes nor
//! threads: [`frame`] works on any reader and writer.
#![forbid(unsafe_code)]

mod found;
pub mod frame;
mod messages;
mod practice;
mod shown;
mod status;
mod workstation;

pub use found::*;
pub use frame::{FrameError, MAX_BYTES, MAX_FILE, MAX_LINE, message_of, read_frame, write_frame};
pub use messages::*;
pub use practice::*;
pub use shown::*;
pub use status::*;
pub use workstation::{CentralFrom, Certificate, Storage, StorageKind, StorageShare, Workstation};

/// The version of this protocol; a window and a desk of different versions do not talk.
pub const PROTOCOL_VERSION: u32 = 2;
