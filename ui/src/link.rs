//! The pipe to the desk: one thread reads, one writes, and the window's own thread never waits for either.

use std::io::{BufReader, Read, Write};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use outpost_protocol::{Asked, FrameError, Said, read_frame, write_frame};

/// What came through the pipe.
#[derive(Debug)]
pub enum Incoming {
    /// The desk said something, with its raw bytes.
    Said(Box<Said>, Vec<u8>),
    /// The pipe has ended: the desk is gone. Why, when it did not end by itself.
    Closed(Option<String>),
}

/// The window's end of the pipe.
#[derive(Debug)]
pub struct Link {
    outgoing: Sender<(Asked, Vec<u8>)>,
    incoming: Receiver<Incoming>,
}

/// The other end, for whoever plays the desk within the same process.
#[derive(Debug)]
pub struct FarEnd {
    /// What the window asks.
    pub asked: Receiver<(Asked, Vec<u8>)>,
    /// What it is told.
    pub tell: Sender<Incoming>,
}

impl Link {
    /// Starts reading and writing; `wake` is called after each message, so that the window draws what it says.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn over(
        reader: impl Read + Send + 'static,
        writer: impl Write + Send + 'static,
        wake: impl Fn() + Send + 'static,
    ) -> std::io::Result<Self> {
        let (outgoing, asked) = unbounded::<(Asked, Vec<u8>)>();
        let (tell, incoming) = unbounded();
        thread::Builder::new()
            .name("desk-reader".to_owned())
            .spawn(move || read(reader, &tell, &wake))?;
        thread::Builder::new()
            .name("desk-writer".to_owned())
            .spawn(move || write(writer, &asked))?;
        Ok(Self { outgoing, incoming })
    }

    /// A link within the process.
    pub fn within() -> (Self, FarEnd) {
        let (outgoing, asked) = unbounded();
        let (tell, incoming) = unbounded();
        (Self { outgoing, incoming }, FarEnd { asked, tell })
    }

    /// Sends a request; says whether there is still somebody to write it.
    pub fn send(&self, asked: Asked, bytes: Vec<u8>) -> bool {
        self.outgoing.send((asked, bytes)).is_ok()
    }

    /// The next thing that came, without waiting.
    pub fn receive(&self) -> Option<Incoming> {
        self.incoming.try_recv().ok()
    }

    /// Whether something has come and was not yet received.
    pub fn has_more(&self) -> bool {
        !self.incoming.is_empty()
    }
}

fn read(reader: impl Read, tell: &Sender<Incoming>, wake: &impl Fn()) {
    let mut reader = BufReader::with_capacity(1 << 20, reader);
    loop {
        let incoming = match read_frame::<Said>(&mut reader) {
            Ok(Some(frame)) => Incoming::Said(Box::new(frame.message), frame.bytes),
            Ok(None) => Incoming::Closed(None),
            // A line that this build cannot read: a newer desk's event. What follows is still of use.
            Err(FrameError::Json(error)) => {
                tracing::warn!(%error, "a message of the desk was not understood");
                continue;
            }
            Err(error) => Incoming::Closed(Some(error.to_string())),
        };
        let closed = matches!(incoming, Incoming::Closed(_));
        if tell.send(incoming).is_err() {
            return;
        }
        wake();
        if closed {
            return;
        }
    }
}

fn write(mut writer: impl Write, asked: &Receiver<(Asked, Vec<u8>)>) {
    for (message, bytes) in asked {
        if let Err(error) = write_frame(&mut writer, &message, &bytes) {
            // The reader sees the same pipe end and says so to the officer.
            tracing::warn!(%error, "a request could not be written");
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::time::{Duration, Instant};

    fn next(link: &Link) -> Incoming {
        let deadline = Instant::now() + Duration::from_secs(5);
        loop {
            if let Some(incoming) = link.receive() {
                return incoming;
            }
            assert!(Instant::now() < deadline, "nothing came");
            thread::yield_now();
        }
    }

    #[test]
    fn a_line_that_is_not_understood_is_passed_over_and_the_end_is_told() {
        let text = "{\"says\":\"event\",\"event\":{\"event\":\"from-the-future\"}}\n{\"says\":\"reply\",\"id\":7,\"reply\":{\"reply\":\"done\"}}\n";
        let link = Link::over(text.as_bytes(), std::io::sink(), || {}).unwrap();
        assert!(
            matches!(next(&link), Incoming::Said(said, _) if matches!(*said, Said::Reply { id: 7, .. }))
        );
        assert!(matches!(next(&link), Incoming::Closed(None)));
    }

    #[test]
    fn bytes_that_were_promised_and_do_not_come_end_the_link_with_a_reason() {
        let text =
            "{\"says\":\"reply\",\"id\":7,\"reply\":{\"reply\":\"done\"},\"bytes\":9}\nshort";
        let link = Link::over(text.as_bytes(), std::io::sink(), || {}).unwrap();
        assert!(matches!(next(&link), Incoming::Closed(Some(_))));
    }
}
