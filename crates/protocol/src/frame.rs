//! Framing: a line of JSON, then as many raw bytes as it announces.

use std::io::{BufRead, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest line that is read, in bytes: a page of worklist rows fits many times.
pub const MAX_LINE: u64 = 64 * 1024 * 1024;

/// The most raw bytes after a line: 256 MiB.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The largest file that an officer may attach: 50 MiB. The window holds it before it sends, the desk before it keeps.
pub const MAX_FILE: u64 = 50 * 1024 * 1024;

/// Why a frame could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe broke.
    #[error("the connection between window and desk broke: {0}")]
    Io(#[from] std::io::Error),
    /// The line is no message.
    #[error("a message could not be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The stream ended inside the raw bytes.
    #[error("a message ended after {read} of {size} bytes")]
    CutOff {
        /// Bytes that came.
        read: u64,
        /// Bytes that were announced.
        size: u64,
    },
    /// The raw bytes are over the limit. They were read and dropped: the next frame can be read.
    #[error("{size} bytes after a message are over the limit of {limit}")]
    Skipped {
        /// The line that announced them.
        line: Vec<u8>,
        /// Announced size.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// The line is over the limit; where the next begins is not known.
    #[error("a message of {size} bytes is over the limit of {limit}")]
    TooLarge {
        /// Bytes that came.
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
        // Dropped as they come, so that the one who asked can be told and the pipe goes on.
        let read = std::io::copy(&mut reader.by_ref().take(size), &mut std::io::sink())?;
        if read < size {
            return Err(FrameError::CutOff { read, size });
        }
        return Err(FrameError::Skipped {
            line,
            size,
            limit: MAX_BYTES,
        });
    }
    // Grown as the bytes arrive: an announcement alone reserves nothing.
    let mut bytes = Vec::new();
    let read = reader.by_ref().take(size).read_to_end(&mut bytes)? as u64;
    if read < size {
        return Err(FrameError::CutOff { read, size });
    }
    let message = serde_json::from_slice(&line)?;
    Ok(Some(Frame { message, bytes }))
}

/// The message of a line whose bytes were skipped ([`FrameError::Skipped`]).
pub fn message_of<M: DeserializeOwned>(line: &[u8]) -> Result<M, FrameError> {
    Ok(serde_json::from_slice(line)?)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Asked, Request};
    use proptest::prelude::*;
    use std::io::Cursor;

    fn asked(id: u64, text: &str) -> Asked {
        Asked {
            id,
            request: Request::Search {
                text: text.to_owned(),
                limit: 50,
            },
        }
    }

    proptest! {
        #[test]
        fn frames_come_back_as_they_went(
            texts in prop::collection::vec(("\\PC{0,20}", prop::collection::vec(any::<u8>(), 0..300)), 0..6)
        ) {
            let mut pipe = Vec::new();
            for (id, (text, bytes)) in texts.iter().enumerate() {
                write_frame(&mut pipe, &asked(id as u64, text), bytes).unwrap();
            }
            let mut reader = Cursor::new(pipe);
            for (id, (text, bytes)) in texts.iter().enumerate() {
                let frame: Frame<Asked> = read_frame(&mut reader).unwrap().unwrap();
                prop_assert_eq!(frame.message, asked(id as u64, text));
                prop_assert_eq!(&frame.bytes, bytes);
            }
            prop_assert!(read_frame::<Asked>(&mut reader).unwrap().is_none());
        }

        #[test]
        fn no_bytes_on_the_pipe_make_the_reader_panic(noise in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut reader = Cursor::new(noise);
            while let Ok(Some(_)) = read_frame::<Asked>(&mut reader) {}
        }
    }

    #[test]
    fn a_frame_cut_off_in_its_bytes_is_an_error() {
        let mut pipe = Vec::new();
        write_frame(&mut pipe, &asked(1, "MSKU"), &[7; 100]).unwrap();
        pipe.truncate(pipe.len() - 1);
        let read = read_frame::<Asked>(&mut Cursor::new(pipe));
        assert!(matches!(
            read,
            Err(FrameError::CutOff {
                read: 99,
                size: 100
            })
        ));
    }

    #[test]
    fn bytes_over_the_limit_are_dropped_and_the_next_frame_is_read() {
        let size = MAX_BYTES + 1;
        let line = format!("{{\"id\":1,\"request\":{{\"ask\":\"outbox\"}},\"bytes\":{size}}}\n");
        let mut next = Vec::new();
        write_frame(&mut next, &asked(2, "MSKU"), &[7; 3]).unwrap();
        let mut reader = std::io::BufReader::new(
            line.as_bytes()
                .chain(std::io::repeat(b'\n').take(size))
                .chain(next.as_slice()),
        );
        match read_frame::<Asked>(&mut reader) {
            Err(FrameError::Skipped {
                line: told,
                size: announced,
                ..
            }) => {
                assert_eq!((told.as_slice(), announced), (line.as_bytes(), size));
            }
            other => panic!("{other:?}"),
        }
        let frame: Frame<Asked> = read_frame(&mut reader).unwrap().unwrap();
        assert_eq!((frame.message, frame.bytes), (asked(2, "MSKU"), vec![7; 3]));
    }

    #[test]
    fn a_huge_announcement_without_its_bytes_reserves_nothing_and_is_cut_off() {
        let line = br#"{"id":1,"request":{"ask":"outbox"},"bytes":999999999999}"#;
        let mut pipe = line.to_vec();
        pipe.push(b'\n');
        let read = read_frame::<Asked>(&mut Cursor::new(pipe));
        assert!(matches!(read, Err(FrameError::CutOff { read: 0, .. })));
    }
}
