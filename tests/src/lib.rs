//! End to end: the real binaries, driven in the real window as a screen reader would.
//!
//! [`stage`] raises a virtual display with a session bus, an accessibility bus and a keyring of its own;
//! [`program`] starts and kills the binaries on it; [`window`] finds controls by role and name and acts on them;
//! [`walk`] is the product's way from sign-in to the central and back. The walk is run by the test
//! `tests/walk.rs` and by `outpost-tour`, which takes pictures on the way.
//!
//! Nothing here knows the product's types: only what an officer sees, and what the central answers over HTTP.
//! No pixel position is written down anywhere.
#![forbid(unsafe_code)]

pub mod album;
pub mod central;
pub mod desktop;
pub mod poll;
pub mod post;
pub mod program;
pub mod stage;
pub mod walk;
pub mod window;
pub mod words;
