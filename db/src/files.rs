//! Files that are there whole or not at all.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::{Result, StoreError};

/// Writes `content` beside `path`, makes it durable, and moves it into place.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside).map_err(StoreError::io(&beside))?;
    file.write_all(content)
        .and_then(|()| file.sync_all())
        .map_err(StoreError::io(&beside))?;
    move_into_place(&beside, path)
}

/// Renames `from` to `to` and makes the new name durable.
pub(crate) fn move_into_place(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(StoreError::io(to))?;
    sync_folder(to)
}

/// Makes the name of `path` durable. Windows has no such call; its file systems keep names in order.
pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    if cfg!(unix) {
        // The parent of a bare name is the empty path, which no system opens.
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map_or_else(|| PathBuf::from("."), Path::to_owned);
        File::open(&folder)
            .and_then(|f| f.sync_all())
            .map_err(StoreError::io(&folder))?;
    }
    Ok(())
}

/// Makes a folder with its parents.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path).map_err(StoreError::io(path))
}

/// Removes a file that may not be there: for what was never finished, or what the central has.
pub(crate) fn remove_if_there(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path)(e)),
        _ => Ok(()),
    }
}
