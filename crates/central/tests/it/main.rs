//! The central over HTTP, in process, on a free port.
#![allow(clippy::unwrap_used)]

mod blobs;
mod entries;
mod feed;
mod health;
mod limits;
mod lists;
mod notices;
mod pages;
mod scans;
mod sessions;
mod stage;
mod start;
mod terminal;

/// The database of a stage: the file in its folder.
pub(crate) struct Kept {
    pub url: Option<String>,
}

impl Kept {
    pub(crate) const fn new() -> Self {
        Self { url: None }
    }
}
