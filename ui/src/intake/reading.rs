//! Reading a file that may be written on, replaced or drawn out while it is read.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use outpost_protocol::MAX_FILE;

use super::folder::Stamp;

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    /// It is over the limit: bytes.
    TooLarge(u64),
    /// Its length or time is not what it was: it is being written.
    Changed,
    /// It lies, by way of a link, outside of the folder.
    Outside,
    /// The system's reason.
    System(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Reads a file of the folder `root` as it was when it had this stamp.
///
/// # Errors
/// It has another stamp before or after, is too large, outside of the folder, or cannot be read.
pub fn read(root: &Path, path: &Path, stamp: Stamp) -> Result<Vec<u8>, Unread> {
    if stamp.bytes > MAX_FILE {
        return Err(Unread::TooLarge(stamp.bytes));
    }
    // A folder above the file may have become a link since it was listed.
    if !fs::canonicalize(path)?.starts_with(fs::canonicalize(root)?) {
        return Err(Unread::Outside);
    }
    let same = || {
        let about = fs::symlink_metadata(path)?;
        Ok::<_, io::Error>(about.is_file() && Stamp::of(&about) == stamp)
    };
    if !same()? {
        return Err(Unread::Changed);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(stamp.bytes).unwrap_or_default());
    // One byte more than it has: a file that grows meanwhile is not read without end.
    File::open(path)?
        .take(stamp.bytes + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 != stamp.bytes || !same()? {
        return Err(Unread::Changed);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_listed_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tif");
        fs::write(&path, b"whole").unwrap();
        let stamp = Stamp::of(&fs::metadata(&path).unwrap());
        assert_eq!(read(folder.path(), &path, stamp).unwrap(), b"whole");
        fs::write(&path, b"written on").unwrap();
        let changed = read(folder.path(), &path, stamp);
        assert!(matches!(changed, Err(Unread::Changed)), "{changed:?}");
        fs::remove_file(&path).unwrap();
        let gone = read(folder.path(), &path, stamp);
        assert!(matches!(gone, Err(Unread::System(_))), "{gone:?}");
    }

    #[test]
    fn a_file_over_the_limit_is_not_opened() {
        let stamp = Stamp {
            bytes: MAX_FILE + 1,
            modified: None,
        };
        let refused = read(Path::new("/nowhere"), Path::new("/nowhere/a.tif"), stamp);
        assert!(matches!(refused, Err(Unread::TooLarge(bytes)) if bytes == MAX_FILE + 1));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_became_a_link_leads_nowhere() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("a.tif"), b"secret").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("below")).unwrap();
        let path = folder.path().join("below/a.tif");
        let stamp = Stamp::of(&fs::metadata(&path).unwrap());
        let refused = read(folder.path(), &path, stamp);
        assert!(matches!(refused, Err(Unread::Outside)), "{refused:?}");
    }
}
