//! Framing: a line of JSON, then as many raw bytes as it announces.

use std::io::{BufRead, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest line that is read, in bytes: a page of worklist rows fits many times.
pub const MAX_LINE: u64 = 64 * 1024 * 1024;

/// The most raw bytes after a line: 256 MiB.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Why a frame could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe broke.
    #[error("the connection between window and desk broke: {0}")]
    Io(#[from] std::io::Error),
    /// The line is no message.
    #[error("a message could not be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The line or the bytes are over the limit.
    #[error("a message of {size} bytes is over the limit of {limit}")]
    TooLarge {
        /// Announced size.
        size: u64,
        /// The limit.
        limit: u64,
    },
}

/// A message with its raw bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame<M> {
    /// The message.
    pub message: M,
    /// The raw bytes after it; empty when none were announced.
    pub bytes: Vec<u8>,
}

#[derive(serde::Deserialize)]
struct Announced {
    #[serde(default)]
    bytes: u64,
}

#[derive(Serialize)]
struct Outgoing<'a, M> {
    #[serde(flatten)]
    message: &'a M,
    #[serde(skip_serializing_if = "is_zero")]
    bytes: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the signature that serde asks for
const fn is_zero(bytes: &u64) -> bool {
    *bytes == 0
}

/// Reads one frame; `None` at the end of the stream. An empty line is skipped.
pub fn read_frame<M: DeserializeOwned>(
    reader: &mut impl BufRead,
) -> Result<Option<Frame<M>>, FrameError> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader
            .by_ref()
            .take(MAX_LINE)
            .read_until(b'\n', &mut line)? as u64;
        if read == 0 {
            return Ok(None);
        }
        if read == MAX_LINE && line.last() != Some(&b'\n') {
            return Err(FrameError::TooLarge {
                size: read,
                limit: MAX_LINE,
            });
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    let size = serde_json::from_slice::<Announced>(&line)?.bytes;
    if size > MAX_BYTES {
        return Err(FrameError::TooLarge {
            size,
            limit: MAX_BYTES,
        });
    }
    let mut bytes = vec![0; size as usize];
    reader.read_exact(&mut bytes)?;
    let message = serde_json::from_slice(&line)?;
    Ok(Some(Frame { message, bytes }))
}

/// Writes one frame and flushes it.
pub fn write_frame<M: Serialize>(
    writer: &mut impl Write,
    message: &M,
    bytes: &[u8],
) -> Result<(), FrameError> {
    let mut line = serde_json::to_vec(&Outgoing {
        message,
        bytes: bytes.len() as u64,
    })?;
    line.push(b'\n');
    writer.write_all(&line)?;
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(())
}
