//! The WAL's frames, as they lie in the file (<https://www.sqlite.org/fileformat2.html>, §4), and whether it is damaged
//! where SQLite would read it as ended.
//!
//! SQLite stops at the first frame whose sum is wrong and drops what follows without a word, because a power cut
//! leaves such an end. But every commit here is synced before the next one begins: a power cut spoils the last
//! transaction at most. A bad frame before two commits is damage, and behind it stands what was acknowledged.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

use crate::store::PAGE;
use crate::{Result, StoreError};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const FRAME: usize = FRAME_HEADER + PAGE as usize;
/// The lowest bit tells the order of bytes in which sums are made: set for the highest byte first.
const MAGIC: u32 = 0x377F_0682;

/// A frame of the WAL's present generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The page that it holds.
    pub(crate) page: u32,
    /// Where in the file the page's content begins.
    pub(crate) content: u64,
    /// Whether a transaction ends with it.
    pub(crate) commits: bool,
    /// Whether its sum, and every one before it, is right: SQLite reads up to there.
    pub(crate) chained: bool,
}

/// The frames of the WAL at `path`, in their order; none when there is no such file. What an older generation left
/// behind them, and frames that no longer tell theirs, are passed over.
pub(crate) fn frames(path: &Path) -> Result<Vec<Frame>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(StoreError::io(path)(e)),
    };
    read_frames(BufReader::with_capacity(1 << 20, file)).map_err(StoreError::io(path))
}

/// Says that the WAL at `path` breaks off before commits that were durable.
pub(crate) fn refuse_broken(path: &Path) -> Result<()> {
    let unread = frames(path)?.into_iter();
    match unread
        .filter(|frame| frame.commits && !frame.chained)
        .count()
    {
        0 | 1 => Ok(()),
        commits => Err(StoreError::Damaged {
            file: path.to_owned(),
            what: format!("it breaks off before {commits} commits"),
        }),
    }
}

fn read_frames(mut wal: impl Read) -> std::io::Result<Vec<Frame>> {
    let mut frames = Vec::new();
    let mut header = [0; HEADER];
    if !read_whole(&mut wal, &mut header)? {
        return Ok(frames);
    }
    let magic = word(&header, 0, true);
    let big = magic & 1 == 1;
    let mut sum = add((0, 0), &header[..24], big);
    let mut chained =
        magic & !1 == MAGIC && sum == (word(&header, 24, true), word(&header, 28, true));
    // A header may be the very thing that is damaged: the first frame tells the generation as well.
    let mut generation = chained.then(|| header[16..24].to_vec());
    let mut frame = vec![0; FRAME];
    let mut content = (HEADER + FRAME_HEADER) as u64;
    while read_whole(&mut wal, &mut frame)? {
        let salt = &frame[8..16];
        let present = generation.get_or_insert_with(|| salt.to_vec()).as_slice() == salt;
        sum = add(add(sum, &frame[..8], big), &frame[FRAME_HEADER..], big);
        chained &= present && sum == (word(&frame, 16, true), word(&frame, 20, true));
        if present {
            frames.push(Frame {
                page: word(&frame, 0, true),
                content,
                commits: word(&frame, 4, true) != 0,
                chained,
            });
        }
        content += FRAME as u64;
    }
    Ok(frames)
}

fn add(sum: (u32, u32), bytes: &[u8], big: bool) -> (u32, u32) {
    (0..bytes.len()).step_by(8).fold(sum, |(a, b), at| {
        let a = a.wrapping_add(word(bytes, at, big)).wrapping_add(b);
        (a, b.wrapping_add(word(bytes, at + 4, big)).wrapping_add(a))
    })
}

fn word(bytes: &[u8], at: usize, big: bool) -> u32 {
    let four = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    if big {
        u32::from_be_bytes(four)
    } else {
        u32::from_le_bytes(four)
    }
}

/// Fills `bytes`; `false` when the file ends before.
fn read_whole(from: &mut impl Read, bytes: &mut [u8]) -> std::io::Result<bool> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}
