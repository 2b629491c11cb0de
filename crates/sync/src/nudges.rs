//! The stream of nudges: it wakes the replicator when the central has something, and when the line breaks.

use std::sync::Arc;

use eventsource_stream::Eventsource as _;
use futures_util::StreamExt as _;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::Client;

/// Listens until the stream ends or the listener is dropped; every nudge, the end, and a stream that
/// was not to be had wake `wake`. The central nudges at once when it is listened to.
#[derive(Debug)]
pub(crate) struct Nudges {
    listening: JoinHandle<()>,
    token: String,
}

impl Nudges {
    /// Begins to listen with `token`.
    pub(crate) fn begin(client: Client, token: String, wake: Arc<Notify>) -> Self {
        let with = token.clone();
        let listening = tokio::spawn(async move {
            match client.events(&with).await {
                Ok(response) => {
                    let mut events = response.bytes_stream().eventsource();
                    // What a nudge says does not matter: the pull asks with its own cursor.
                    while let Some(Ok(_)) = events.next().await {
                        wake.notify_one();
                    }
                    // The stream ended: the line may be down, and should be looked at before the next poll.
                    wake.notify_one();
                }
                Err(fault) => {
                    tracing::debug!(%fault, "no nudges");
                    wake.notify_one();
                }
            }
        });
        Self { listening, token }
    }

    /// Whether it still listens, with this token.
    pub(crate) fn serves(&self, token: &str) -> bool {
        self.token == token && self.listens()
    }

    /// Whether it still listens.
    pub(crate) fn listens(&self) -> bool {
        !self.listening.is_finished()
    }
}

impl Drop for Nudges {
    fn drop(&mut self) {
        self.listening.abort();
    }
}
