//! Files from scanners and cameras: a folder is looked through on a thread of its own, again and again while it is
//! open, and what is found is held against the inspections. Nothing in the folder is changed.
//!
//! The window reads and looks at the files, the desk knows which inspections they may be of and keeps what the officer
//! confirms; nothing is kept before that. Start reading at [`Intake`].

mod basket;
pub mod folder;
mod look;
mod reading;
mod rounds;
mod watch;
mod when;

pub use basket::{
    Basket, Found, Group, Matched, Stage, Taking, Wanted, Why, shown_path, to, written,
};
pub use look::{From, Picture, Refused, Seen, Taken, What};
pub use watch::{News, Watch};
pub use when::moment_of;
