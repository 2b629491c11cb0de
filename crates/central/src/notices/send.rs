//! Delivery: a task for each receiver, so that one that hangs keeps no other waiting.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url};
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use super::Patience;
use super::outbox::{self, Fate, Letter, Next};
use super::receivers::{self, Receiver};
use super::sign::{Secret, signature};
use crate::app::{App, blocking};

/// How often a receiver's task looks by itself: another process may have written something.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Beyond the wait for an answer, how long a notice is kept from other tries; after a crash it is tried again then.
const MARGIN: Duration = Duration::from_secs(30);

/// Sends until the server stops.
pub async fn keep_sending(app: Arc<App>) {
    let known = blocking(&app, |app| app.store.read(receivers::all)).await;
    let receivers = known.unwrap_or_else(|error| {
        tracing::error!(%error, "the receivers of notices could not be read");
        Vec::new()
    });
    let mut tasks = JoinSet::new();
    for receiver in receivers {
        match Sender::new(Arc::clone(&app), receiver) {
            Ok(sender) => drop(tasks.spawn(sender.run())),
            Err(reason) => tracing::error!(reason, "a receiver of notices is not told anything"),
        }
    }
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a receiver of notices is not told any more");
        }
    }
}

/// What came of a try.
struct Answer {
    fate: Reaction,
    words: String,
    /// What the receiver asked for.
    after: Option<Duration>,
}

/// What an answer says of notice and receiver.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reaction {
    Taken,
    /// This notice is not wanted; others may be.
    Refused,
    /// The receiver is not well, or not there.
    Unwell,
    Gone,
}

struct Sender {
    app: Arc<App>,
    name: String,
    http: Client,
    url: Url,
    secrets: Vec<Secret>,
    patience: Patience,
    /// Grows while the receiver is not well.
    waits: Option<ExponentialBackoff>,
}

impl Sender {
    fn new(app: Arc<App>, receiver: Receiver) -> Result<Self, String> {
        let patience = app.patience;
        let (http, url) = receiver.client(patience.answer)?;
        Ok(Self {
            secrets: receiver.secrets()?,
            name: receiver.name,
            app,
            http,
            url,
            patience,
            waits: None,
        })
    }

    async fn run(mut self) {
        let mut stopping = self.app.stopping.clone();
        let mut nudged = self.app.nudges.subscribe();
        let mut pause = None;
        while !*stopping.borrow() {
            let wait = match pause.take() {
                Some(wait) => wait,
                None => self.next(&mut pause).await,
            };
            if wait.is_zero() {
                continue;
            }
            // A receiver that is not well is left alone until its time, whatever there is to tell.
            let news = async {
                if self.waits.is_some() {
                    std::future::pending::<()>().await;
                }
                // One that fell behind has missed nudges: there is something to look for.
                if matches!(nudged.recv().await, Err(RecvError::Closed)) {
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                // An error means that the server is gone.
                _ = stopping.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(wait) => {}
                () = news => {}
            }
        }
    }

    /// Does what is to be done now and returns how long there is nothing to do.
    async fn next(&mut self, pause: &mut Option<Duration>) -> Duration {
        let (name, lease) = (self.name.clone(), self.patience.answer + MARGIN);
        let now = App::now();
        let next = blocking(&self.app, move |app| {
            outbox::take(&app.store, &name, now, lease)
        });
        match next.await {
            Ok(Next::Send(letter)) => {
                *pause = self.deliver(letter).await;
                Duration::ZERO
            }
            Ok(Next::Wait(due)) => due.map_or(LOOK_EVERY, |due| {
                let left = due.saturating_sub(now.as_millisecond()).max(1);
                Duration::from_millis(left as u64).min(LOOK_EVERY)
            }),
            Err(error) => {
                tracing::warn!(%error, receiver = self.name, "notices could not be read");
                LOOK_EVERY
            }
        }
    }

    /// Tries a notice and notes what came of it; how long the receiver is to be left alone.
    async fn deliver(&mut self, letter: Letter) -> Option<Duration> {
        let mut stopping = self.app.stopping.clone();
        let answer = tokio::select! {
            answer = self.post(&letter) => answer,
            _ = stopping.wait_for(|stop| *stop) => Answer {
                fate: Reaction::Unwell,
                words: "the central stopped before the answer".to_owned(),
                after: None,
            },
        };
        let now = App::now();
        let wait = self.wait_after(&letter, &answer);
        let age = now.duration_since(letter.written_at);
        let too_old = age.unsigned_abs() > self.patience.give_up && age.is_positive();
        let fate = match answer.fate {
            Reaction::Taken => Fate::Delivered,
            Reaction::Gone => Fate::Gone,
            _ if too_old => Fate::Dead,
            _ => Fate::Again(now.as_millisecond() + wait.as_millis() as i64),
        };
        self.log(&letter, &fate, &answer.words);
        self.app.measures.count_delivery(&fate);
        let (name, words) = (self.name.clone(), answer.words);
        let settled = blocking(&self.app, move |app| {
            outbox::settle(&app.store, &name, &letter, &fate, &words)
        });
        if let Err(error) = settled.await {
            // It stays leased and is tried again under the same id.
            tracing::warn!(%error, receiver = self.name, "what came of a notice was not noted");
        }
        (answer.fate == Reaction::Unwell).then_some(wait)
    }

    fn log(&self, letter: &Letter, fate: &Fate, words: &str) {
        let (receiver, id) = (&self.name, &letter.id);
        match fate {
            Fate::Delivered => tracing::info!(receiver, id, "a notice was delivered"),
            Fate::Again(_) => tracing::warn!(receiver, id, words, "a notice is tried again later"),
            Fate::Dead => tracing::error!(receiver, id, words, "a notice is a dead letter now"),
            Fate::Gone => tracing::error!(receiver, id, "the receiver wants no more notices"),
        }
    }

    async fn post(&self, letter: &Letter) -> Answer {
        let seconds = App::now().as_second();
        let sent = self
            .http
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &letter.id)
            .header("webhook-timestamp", seconds)
            .header(
                "webhook-signature",
                signature(&self.secrets, &letter.id, seconds, &letter.body),
            )
            .body(letter.body.clone())
            .send();
        match sent.await {
            // What the answer says beyond its head is not read: it may never end.
            Ok(response) => read(&response),
            Err(error) => Answer {
                fate: Reaction::Unwell,
                words: words_of(&error),
                after: None,
            },
        }
    }

    /// How long to wait after this answer: what the receiver asked for, within bounds, or longer each time.
    fn wait_after(&mut self, letter: &Letter, answer: &Answer) -> Duration {
        let patience = self.patience;
        let waits = || {
            ExponentialBuilder::new()
                .with_min_delay(patience.first)
                .with_max_delay(patience.longest)
                .with_factor(2.0)
                .with_jitter()
                .without_max_times()
                .build()
        };
        let wait = match answer.fate {
            Reaction::Unwell => self.waits.get_or_insert_with(waits).next(),
            Reaction::Refused => waits().nth(letter.tries as usize),
            Reaction::Taken | Reaction::Gone => None,
        };
        if answer.fate != Reaction::Unwell {
            self.waits = None;
        }
        let asked = answer.after.unwrap_or_default().min(LONGEST_ASKED);
        wait.unwrap_or(patience.longest).max(asked)
    }
}

/// The longest wait that a receiver may ask for: a wrong date must not silence it for years.
const LONGEST_ASKED: Duration = Duration::from_hours(1);

fn read(response: &Response) -> Answer {
    let status = response.status();
    let fate = match status {
        status if status.is_success() => Reaction::Taken,
        StatusCode::GONE => Reaction::Gone,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Reaction::Unwell
        }
        status if status.is_client_error() => Reaction::Refused,
        // Redirects too: they are not followed, and whoever sends them sends them for every notice.
        _ => Reaction::Unwell,
    };
    let asked = response.headers().get(RETRY_AFTER);
    Answer {
        fate,
        words: format!("answered {status}"),
        after: asked.and_then(|value| value.to_str().ok()).and_then(delay),
    }
}

/// `Retry-After` in either form (RFC 9110 §10.2.3).
fn delay(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(SystemTime::now()).unwrap_or_default())
}

/// The error and its causes in one line, without the address: its query may hold a secret.
fn words_of(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut words = Vec::new();
    while let Some(error) = cause {
        words.push(error.to_string());
        cause = error.source();
    }
    if words.is_empty() {
        return "the exchange failed".to_owned();
    }
    words.join(": ")
}
