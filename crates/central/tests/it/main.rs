//! The central over HTTP, in process, on a free port.
#![allow(clippy::unwrap_used)]

mod blobs;
mod entries;
mod feed;
mod health;
mod lists;
mod notices;
mod pages;
mod scans;
mod sessions;
mod stage;
mod start;
mod terminal;
