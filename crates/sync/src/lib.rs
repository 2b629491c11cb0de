//! Replication between the store and the central API: pull, push, blobs, back-off.
//!
//! One thread per workstation keeps store and central in step ([`Replicator`]); the HTTP client ([`Client`]) checks
//! every answer before it is believed; every failure has a code and words ([`Fault`]). The crate knows neither the
//! window nor the keyring, and never decides what an officer may do.
#![forbid(unsafe_code)]

mod client;
mod fault;
mod files;
mod line;
mod nudges;
mod pull;
mod push;
mod replicator;

pub use client::{Address, CHUNK, Client, Pem, Unfit, Upload};
pub use fault::Fault;
pub use replicator::{Listener, News, Replicator};
