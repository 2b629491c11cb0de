//! The central over PostgreSQL: the same suite as over the embedded store, and what only several processes can show.
#![allow(clippy::unwrap_used)]

#[path = "../it/blobs.rs"]
mod blobs;
mod cluster;
#[path = "../it/entries.rs"]
mod entries;
#[path = "../it/feed.rs"]
mod feed;
#[path = "../it/lists.rs"]
mod lists;
#[path = "../it/notices.rs"]
mod notices;
#[path = "../it/pages.rs"]
mod pages;
mod processes;
#[path = "../it/sessions.rs"]
mod sessions;
#[path = "../it/stage.rs"]
mod stage;
#[path = "../it/terminal.rs"]
mod terminal;

/// The database of a stage: a server of its own, gone with the stage.
pub(crate) struct Kept {
    pub url: Option<String>,
    _cluster: cluster::Cluster,
}

impl Kept {
    pub(crate) fn new() -> Self {
        let cluster = cluster::Cluster::start();
        Self {
            url: Some(cluster.url()),
            _cluster: cluster,
        }
    }
}
