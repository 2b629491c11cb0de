//! Bundles: an exchange between workstation and central that is carried by hand.
//!
//! A bundle is one file in the age format (age-encryption.org/v1, X25519 recipients) around a tar archive: a letter in
//! JSON, its signature, and files by the SHA-256 of their content. So `age --decrypt` and `tar` open one without
//! Outpost, for who has the secret. The letter says everything but the files' content and names each of them; it is
//! signed with Ed25519 over [`signed_text`]. What a letter brings is the same that a line brings: entries, each under
//! its author's own signature, and their outcomes, with a receipt and a page of changes.
//!
//! This crate knows the file and nothing else: no store, no clock, no keys but those it is handed.
#![forbid(unsafe_code)]

mod error;
mod letters;
mod seal;

pub use error::BundleError;
pub use letters::{CarriedFile, FORMAT, FromCentral, FromWorkstation, Letter};
pub use seal::{Identity, Signed, Writer, read, signed_text};

/// The end of a bundle's file name.
pub const ENDING: &str = "outpost-bundle";

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
