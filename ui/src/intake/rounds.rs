//! Which files of a folder stand still and are new: told from one round to the next.
//!
//! A file is being written as long as its length or time changes from round to round; only one that was the same in two
//! rounds is looked at, and it is looked at again when it changes after that.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::folder::{Listed, Listing, Stamp};

/// What is known of a file from the rounds before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    stamp: Stamp,
    still: bool,
    looked: bool,
}

/// The rounds so far.
#[derive(Debug, Default)]
pub struct Rounds {
    known: HashMap<PathBuf, Known>,
}

impl Rounds {
    /// Takes a round in; says whether anything is otherwise than in the round before.
    pub fn take(&mut self, listing: &Listing) -> bool {
        let mut now = HashMap::with_capacity(listing.files.len());
        let mut changed = listing.files.len() != self.known.len();
        for Listed { path, stamp } in &listing.files {
            let before = self.known.get(path).filter(|known| known.stamp == *stamp);
            let known = Known {
                stamp: *stamp,
                still: before.is_some(),
                looked: before.is_some_and(|known| known.looked),
            };
            changed |= self.known.get(path) != Some(&known);
            now.insert(path.clone(), known);
        }
        self.known = now;
        changed
    }

    /// Whether a file stands still and was not looked at as it is.
    pub fn wants_look(&self, path: &Path) -> bool {
        self.known.get(path).is_some_and(|k| k.still && !k.looked)
    }

    /// Whether a file has changed since the round before, or was not there.
    pub fn is_growing(&self, path: &Path) -> bool {
        self.known.get(path).is_none_or(|k| !k.still)
    }

    /// Notes that a file was looked at as it is.
    pub fn looked(&mut self, path: &Path) {
        if let Some(known) = self.known.get_mut(path) {
            known.looked = true;
        }
    }

    /// A file turned out to change while it was read: the rounds begin anew for it.
    pub fn moved(&mut self, path: &Path) {
        if let Some(known) = self.known.get_mut(path) {
            known.still = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(bytes: &[u64]) -> Listing {
        let file = |(index, bytes): (usize, &u64)| Listed {
            path: PathBuf::from(format!("{index}.tif")),
            stamp: Stamp {
                bytes: *bytes,
                modified: None,
            },
        };
        Listing {
            files: bytes.iter().enumerate().map(file).collect(),
            ..Listing::default()
        }
    }

    #[test]
    fn a_file_is_looked_at_once_it_was_the_same_in_two_rounds() {
        let (mut rounds, file) = (Rounds::default(), Path::new("0.tif"));
        for bytes in [10, 20, 30] {
            assert!(rounds.take(&round(&[bytes])));
            assert!(rounds.is_growing(file) && !rounds.wants_look(file));
        }
        assert!(rounds.take(&round(&[30])), "it stands still now");
        assert!(rounds.wants_look(file) && !rounds.is_growing(file));
        rounds.looked(file);
        assert!(!rounds.wants_look(file), "once is enough");
        rounds.take(&round(&[30]));
        assert!(!rounds.take(&round(&[30])), "nothing is otherwise");
        assert!(!rounds.wants_look(file));
        rounds.take(&round(&[31]));
        assert!(rounds.is_growing(file), "it was written on");
        rounds.take(&round(&[31]));
        assert!(rounds.wants_look(file), "and is looked at again");
    }

    #[test]
    fn a_file_that_moves_under_the_reader_waits_for_the_next_round() {
        let (mut rounds, file) = (Rounds::default(), Path::new("0.tif"));
        rounds.take(&round(&[10]));
        rounds.take(&round(&[10]));
        rounds.moved(file);
        assert!(!rounds.wants_look(file));
        rounds.take(&round(&[10]));
        assert!(rounds.wants_look(file));
    }

    #[test]
    fn a_file_that_went_away_is_forgotten() {
        let mut rounds = Rounds::default();
        rounds.take(&round(&[10, 20]));
        assert!(rounds.take(&round(&[10])));
        assert!(rounds.is_growing(Path::new("1.tif")));
    }
}
