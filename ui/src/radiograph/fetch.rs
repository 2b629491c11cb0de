//! A blob on its way from the desk: asked for in segments, a few ahead of what has come, and put together.

/// Bytes asked for at once: small enough to show progress, large enough that asking costs nothing.
pub const SEGMENT: u64 = 4 * 1024 * 1024;

/// Segments on their way at once: while one is taken in, the desk opens the next. More would hold up other answers.
const AHEAD: u32 = 3;

/// The most that is reserved on the desk's word alone.
const RESERVED: u64 = 256 * 1024 * 1024;

/// A blob being fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    bytes: Vec<u8>,
    total: u64,
    /// The offset up to which it was asked for.
    asked: u64,
    /// Segments on their way.
    coming: u32,
    /// Of these, the ones behind a segment that came short: they are of no use.
    useless: u32,
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
            asked: 0,
            coming: 0,
            useless: 0,
        }
    }

    /// The next segment to ask for as offset and length; to be called until there is none.
    pub const fn ask(&mut self) -> Option<(u64, u64)> {
        let begun = self.asked > 0;
        if self.coming >= AHEAD || (begun && self.asked >= self.total) {
            return None;
        }
        let offset = self.asked;
        self.asked += SEGMENT;
        self.coming += 1;
        Some((offset, SEGMENT))
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

    /// Takes a segment; they come in the order in which they were asked for.
    pub fn received(&mut self, offset: u64, total: u64, segment: &[u8]) -> Progress {
        self.coming = self.coming.saturating_sub(1);
        if self.useless > 0 {
            self.useless -= 1;
            return Progress::More;
        }
        let expected = self.bytes.len() as u64;
        self.total = total;
        if offset != expected || (segment.is_empty() && expected < total) {
            return Progress::Broken {
                expected,
                came: offset,
            };
        }
        if self.bytes.is_empty() {
            self.bytes.reserve_exact(total.min(RESERVED) as usize);
        }
        self.bytes.extend_from_slice(segment);
        let here = self.bytes.len() as u64;
        if here >= total {
            return Progress::Complete(std::mem::take(&mut self.bytes));
        }
        if (segment.len() as u64) < SEGMENT {
            self.useless = self.coming;
            self.asked = here;
        }
        Progress::More
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: u64 = 5 * SEGMENT;

    #[test]
    fn a_few_segments_are_asked_ahead_and_put_together() {
        let mut fetch = Fetch::new(LARGE);
        let asked: Vec<_> = std::iter::from_fn(|| fetch.ask()).collect();
        assert_eq!(
            asked,
            [(0, SEGMENT), (SEGMENT, SEGMENT), (2 * SEGMENT, SEGMENT)]
        );
        let mut whole = Vec::new();
        let mut next: std::collections::VecDeque<_> = asked.into();
        while let Some((offset, length)) = next.pop_front() {
            let segment = vec![(offset / SEGMENT) as u8; length as usize];
            whole.extend_from_slice(&segment);
            match fetch.received(offset, LARGE, &segment) {
                Progress::More => next.extend(std::iter::from_fn(|| fetch.ask())),
                Progress::Complete(bytes) => {
                    assert!(next.is_empty(), "nothing is asked for in vain");
                    assert_eq!(bytes, whole);
                    return;
                }
                Progress::Broken { .. } => panic!("broken at {offset}"),
            }
        }
        panic!("it never was complete");
    }

    #[test]
    fn a_small_blob_is_asked_for_once() {
        let mut fetch = Fetch::new(6);
        assert_eq!(fetch.ask(), Some((0, SEGMENT)));
        assert_eq!(fetch.ask(), None);
        assert_eq!(
            fetch.received(0, 6, b"abcdef"),
            Progress::Complete(b"abcdef".to_vec())
        );
    }

    #[test]
    fn after_a_short_segment_the_rest_is_asked_for_anew() {
        let mut fetch = Fetch::new(LARGE);
        while fetch.ask().is_some() {}
        assert_eq!(fetch.received(0, LARGE, b"abcd"), Progress::More);
        assert_eq!(fetch.ask(), Some((4, SEGMENT)));
        let useless = vec![0; SEGMENT as usize];
        assert_eq!(fetch.received(SEGMENT, LARGE, &useless), Progress::More);
        assert_eq!(fetch.received(2 * SEGMENT, LARGE, &useless), Progress::More);
        assert_eq!(fetch.bytes(), (4, LARGE));
        assert_eq!(
            fetch.received(4, 6, b"ef"),
            Progress::Complete(b"abcdef".to_vec())
        );
    }

    #[test]
    fn a_segment_of_another_place_or_without_bytes_is_refused() {
        let broken = |came| Progress::Broken { expected: 0, came };
        let asked = || {
            let mut fetch = Fetch::new(6);
            fetch.ask();
            fetch
        };
        assert_eq!(asked().received(2, 6, b"ab"), broken(2));
        assert_eq!(asked().received(0, 6, b""), broken(0));
    }

    #[test]
    fn an_empty_blob_is_complete_at_once() {
        assert_eq!(
            Fetch::new(0).received(0, 0, b""),
            Progress::Complete(Vec::new())
        );
    }
}
