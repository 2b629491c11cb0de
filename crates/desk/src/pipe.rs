//! The window's pipe: requests are read and answered in order, events are written as they come.

use std::io::{BufRead, Write};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use outpost_protocol::{
    Asked, Event, FrameError, Notice, Problem, Reply, Request, Said, message_of, read_frame,
    write_frame,
};

use crate::photo;
use crate::words::problem;

/// A message on its way to a window, with its raw bytes.
type Outgoing = (Said, Vec<u8>);

/// What a request comes to: a reply with its raw bytes, or why not.
pub type Answer = Result<(Reply, Vec<u8>), Problem>;

/// The windows that listen.
#[derive(Debug, Default)]
pub struct Windows {
    listening: Mutex<Vec<Sender<Outgoing>>>,
}

impl Windows {
    /// Tells every window.
    pub fn tell(&self, event: &Event) {
        let mut listening = self.lock();
        listening.retain(|window| {
            let said = Said::Event {
                event: event.clone(),
            };
            window.send((said, Vec::new())).is_ok()
        });
    }

    /// Whether none listens.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    fn join(&self) -> (Sender<Outgoing>, Receiver<Outgoing>) {
        let (to, from) = unbounded();
        self.lock().push(to.clone());
        (to, from)
    }

    fn leave(&self, me: &Sender<Outgoing>) {
        self.lock().retain(|window| !window.same_channel(me));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Sender<Outgoing>>> {
        self.listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves one window until it closes its end. Requests that wait for the network or run over the whole journal
/// (`is_slow`) are answered from a thread of their own, all others in their order.
pub fn serve(
    windows: &Windows,
    mut reader: impl BufRead,
    writer: impl Write + Send + 'static,
    is_slow: impl Fn(&Request) -> bool,
    answer: impl Fn(Request, Vec<u8>) -> Answer + Clone + Send + 'static,
) {
    let (to, from) = windows.join();
    let writing = thread::spawn(move || write_all(&from, writer));
    loop {
        match read_frame::<Asked>(&mut reader) {
            Ok(Some(frame)) => {
                let Asked { id, request } = frame.message;
                if is_slow(&request) {
                    let (to, answer) = (to.clone(), answer.clone());
                    thread::spawn(move || reply(&to, id, answer(request, frame.bytes)));
                } else {
                    reply(&to, id, answer(request, frame.bytes));
                }
            }
            Ok(None) => break,
            Err(FrameError::Json(error)) => unreadable(&to, &error),
            Err(FrameError::Skipped { line, size, limit }) => skipped(&to, &line, size, limit),
            Err(error) => {
                tracing::warn!(%error, "the window's pipe ended");
                break;
            }
        }
    }
    windows.leave(&to);
    drop(to);
    if writing.join().is_err() {
        tracing::error!("the thread that writes to the window panicked");
    }
}

fn reply(to: &Sender<Outgoing>, id: u64, answer: Answer) {
    let (said, bytes) = match answer {
        Ok((reply, bytes)) => (Said::Reply { id, reply }, bytes),
        Err(problem) => (Said::Refusal { id, problem }, Vec::new()),
    };
    // A window that has gone needs no answer.
    let _gone = to.send((said, bytes));
}

/// Answers a request whose bytes were too many to be read.
fn skipped(to: &Sender<Outgoing>, line: &[u8], size: u64, limit: u64) {
    let Asked { id, request } = match message_of(line) {
        Ok(asked) => asked,
        Err(error) => return unreadable(to, &error),
    };
    tracing::warn!(id, size, limit, "a request came with too many bytes");
    let why = if let Request::PutBlob { name, .. } = request {
        photo::too_large(&name, size)
    } else {
        let words = format!("{size} bytes came with a message; {limit} are the limit");
        problem("message-unreadable", [], words)
    };
    reply(to, id, Err(why));
}

fn unreadable(to: &Sender<Outgoing>, error: &dyn std::fmt::Display) {
    tracing::warn!(%error, "a message of the window could not be read");
    let notice = Notice {
        grave: true,
        problem: problem("message-unreadable", [], error),
    };
    let said = Said::Event {
        event: Event::Notice(notice),
    };
    let _gone = to.send((said, Vec::new()));
}

fn write_all(from: &Receiver<Outgoing>, writer: impl Write) {
    let mut writer = std::io::BufWriter::with_capacity(1 << 16, writer);
    for (said, bytes) in from {
        if let Err(error) = write_frame(&mut writer, &said, &bytes) {
            tracing::debug!(%error, "the window no longer listens");
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Cursor;
    use std::sync::Arc;

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn each_request_gets_its_answer_and_a_broken_line_costs_none_of_the_others() {
        let lines = "{\"id\":1,\"request\":{\"ask\":\"outbox\"}}\nnonsense\n{\"id\":2,\"request\":{\"ask\":\"sign-out\"}}\n";
        let sink = Sink::default();
        let windows = Windows::default();
        serve(
            &windows,
            Cursor::new(lines),
            sink.clone(),
            |_| false,
            |request, _| match request {
                Request::SignOut => Ok((Reply::Done, vec![1, 2, 3])),
                _ => Err(problem("not-signed-in", [], "sign in first")),
            },
        );
        let mut reader = Cursor::new(sink.0.lock().unwrap().clone());
        let mut said = Vec::new();
        while let Some(frame) = read_frame::<Said>(&mut reader).unwrap() {
            said.push((frame.message, frame.bytes.len()));
        }
        assert!(matches!(&said[0], (Said::Refusal { id: 1, .. }, 0)));
        assert!(matches!(&said[1], (Said::Event { .. }, 0)));
        assert!(matches!(
            &said[2],
            (
                Said::Reply {
                    id: 2,
                    reply: Reply::Done
                },
                3
            )
        ));
        assert!(
            windows.lock().is_empty(),
            "a window that left is told no more"
        );
    }
}
