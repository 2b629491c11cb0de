//! Whether the WAL is damaged where SQLite would read it as ended (<https://www.sqlite.org/fileformat2.html>, §4).
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
const FRAME: usize = 24 + PAGE as usize;
/// The lowest bit tells the order of bytes in which sums are made: set for the highest byte first.
const MAGIC: u32 = 0x377F_0682;

/// Says that the WAL at `path` breaks off before commits that were durable.
pub(crate) fn refuse_broken(path: &Path) -> Result<()> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(StoreError::io(path)(e)),
    };
    match commits_after_break(BufReader::with_capacity(1 << 20, file)) {
        Ok(0 | 1) => Ok(()),
        Ok(commits) => Err(StoreError::Damaged {
            file: path.to_owned(),
            what: format!("it breaks off before {commits} commits"),
        }),
        Err(e) => Err(StoreError::io(path)(e)),
    }
}

/// Commits of the WAL's present generation from the first bad frame on.
fn commits_after_break(mut wal: impl Read) -> std::io::Result<u64> {
    let mut header = [0; HEADER];
    if !read_whole(&mut wal, &mut header)? {
        return Ok(0);
    }
    let magic = word(&header, 0, true);
    let big = magic & 1 == 1;
    let mut sum = add((0, 0), &header[..24], big);
    let mut whole =
        magic & !1 == MAGIC && sum == (word(&header, 24, true), word(&header, 28, true));
    // The first frame tells the generation when the header cannot.
    let mut generation = whole.then(|| header[16..24].to_vec());
    let mut commits = 0;
    let mut frame = vec![0; FRAME];
    while read_whole(&mut wal, &mut frame)? {
        let salt = &frame[8..16];
        if generation.get_or_insert_with(|| salt.to_vec()).as_slice() != salt {
            // Left over from before the WAL was begun anew; nothing of the present one follows.
            break;
        }
        sum = add(add(sum, &frame[..8], big), &frame[24..], big);
        whole &= sum == (word(&frame, 16, true), word(&frame, 20, true));
        commits += u64::from(!whole && word(&frame, 4, true) != 0);
    }
    Ok(commits)
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
