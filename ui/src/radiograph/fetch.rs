//! A blob on its way from the desk: asked for in segments, one at a time, and put together.

/// Bytes asked for at once: small enough to show progress, large enough that asking costs nothing.
pub const SEGMENT: u64 = 4 * 1024 * 1024;

/// A blob being fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    bytes: Vec<u8>,
    total: u64,
    asked: bool,
}

/// What a segment meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// More is to come.
    More,
    /// All bytes.
    Complete(Vec<u8>),
    /// The segment does not fit what was asked: the desk speaks of another offset or sends nothing.
    Broken {
        /// Offset that was expected.
        expected: u64,
        /// Offset that came.
        came: u64,
    },
}

impl Fetch {
    /// Begins to fetch a blob that is said to have `total` bytes.
    pub const fn new(total: u64) -> Self {
        Self {
            bytes: Vec::new(),
            total,
            asked: false,
        }
    }

    /// The next segment to ask for as offset and length, once.
    pub fn ask(&mut self) -> Option<(u64, u64)> {
        if self.asked {
            return None;
        }
        self.asked = true;
        Some((self.bytes.len() as u64, SEGMENT))
    }

    /// Share that is here, 0 to 1.
    pub fn part(&self) -> f32 {
        if self.total == 0 {
            return 0.0;
        }
        (self.bytes.len() as f64 / self.total as f64).clamp(0.0, 1.0) as f32
    }

    /// Bytes here and bytes in all.
    pub const fn bytes(&self) -> (u64, u64) {
        (self.bytes.len() as u64, self.total)
    }

    /// Takes a segment.
    pub fn received(&mut self, offset: u64, total: u64, segment: &[u8]) -> Progress {
        let expected = self.bytes.len() as u64;
        self.asked = false;
        self.total = total;
        if offset != expected || (segment.is_empty() && expected < total) {
            return Progress::Broken {
                expected,
                came: offset,
            };
        }
        self.bytes.extend_from_slice(segment);
        if self.bytes.len() as u64 >= total {
            Progress::Complete(std::mem::take(&mut self.bytes))
        } else {
            Progress::More
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_asked_one_at_a_time_and_put_together() {
        let mut fetch = Fetch::new(6);
        assert_eq!(fetch.ask(), Some((0, SEGMENT)));
        assert_eq!(fetch.ask(), None);
        assert_eq!(fetch.received(0, 6, b"abcd"), Progress::More);
        assert_eq!(fetch.part(), 4.0 / 6.0);
        assert_eq!(fetch.ask(), Some((4, SEGMENT)));
        assert_eq!(
            fetch.received(4, 6, b"ef"),
            Progress::Complete(b"abcdef".to_vec())
        );
    }

    #[test]
    fn a_segment_of_another_place_or_without_bytes_is_refused() {
        let mut fetch = Fetch::new(6);
        assert_eq!(
            fetch.received(2, 6, b"ab"),
            Progress::Broken {
                expected: 0,
                came: 2
            }
        );
        assert_eq!(
            fetch.received(0, 6, b""),
            Progress::Broken {
                expected: 0,
                came: 0
            }
        );
    }

    #[test]
    fn an_empty_blob_is_complete_at_once() {
        assert_eq!(
            Fetch::new(0).received(0, 0, b""),
            Progress::Complete(Vec::new())
        );
    }
}
