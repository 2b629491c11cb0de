//! Files that are there whole or not at all.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Replaces the file at `path` by `bytes`, durably.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    sync_folder(path)
}

/// Makes a rename within the folder of `path` durable.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        // Folders cannot be opened for syncing on Windows; there the rename itself is durable.
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
