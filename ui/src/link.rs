//! The pipe to the desk: one thread reads, one writes, and the window's own thread never waits for either.

use std::io::{BufReader, Read, Write};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
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
    written: Receiver<()>,
}

/// The longest that the last requests may take to be written when the window closes.
const LAST_WORDS: Duration = Duration::from_millis(500);

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
        let (done, written) = bounded(1);
        thread::Builder::new()
            .name("desk-reader".to_owned())
            .spawn(move || read(reader, &tell, &wake))?;
        thread::Builder::new()
            .name("desk-writer".to_owned())
            .spawn(move || {
                write(writer, &asked);
                // Nobody may listen any more; then nobody waits either.
                let _ = done.send(());
            })?;
        Ok(Self {
            outgoing,
            incoming,
            written,
        })
    }

    /// A link within the process.
    pub fn within() -> (Self, FarEnd) {
        let (outgoing, asked) = unbounded();
        let (tell, incoming) = unbounded();
        let (_, written) = bounded(1);
        let link = Self {
            outgoing,
            incoming,
            written,
        };
        (link, FarEnd { asked, tell })
    }

    /// Sends a request; says whether there is still somebody to write it.
    pub fn send(&self, asked: Asked, bytes: Vec<u8>) -> bool {
        self.outgoing.send((asked, bytes)).is_ok()
    }

    /// Writes what was sent and sends nothing more; a desk that does not read is not waited for long.
    pub fn finish(&mut self) {
        self.outgoing = unbounded().0;
        if self
            .written
            .recv_timeout(LAST_WORDS)
            .is_err_and(|error| error.is_timeout())
        {
            tracing::warn!("the desk did not read the window's last words");
        }
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
    use std::time::Instant;

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
    fn the_last_words_are_written_before_the_link_is_finished() {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut link = Link::over(std::io::empty(), writer, || {}).unwrap();
        for id in 1..=100 {
            let request = outpost_protocol::Request::SyncNow;
            assert!(link.send(Asked { id, request }, Vec::new()));
        }
        link.finish();
        let mut reader = BufReader::new(reader);
        let mut read = 0;
        while read_frame::<Asked>(&mut reader).unwrap().is_some() {
            read += 1;
        }
        assert_eq!(read, 100);
    }

    #[test]
    fn bytes_that_were_promised_and_do_not_come_end_the_link_with_a_reason() {
        let text =
            "{\"says\":\"reply\",\"id\":7,\"reply\":{\"reply\":\"done\"},\"bytes\":9}\nshort";
        let link = Link::over(text.as_bytes(), std::io::sink(), || {}).unwrap();
        assert!(matches!(next(&link), Incoming::Closed(Some(_))));
    }
}
