//! What goes wrong on the line, each with a code for Fluent and the words for the log.

use std::collections::BTreeMap;
use std::time::Duration;

use outpost_protocol::Problem;

/// A failure of an exchange with the central.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nobody has said yet which central it is.
    #[error("no central was named yet")]
    NoCentral,
    /// Nobody answers at the address, or the connection broke.
    #[error("the central cannot be reached: {0}")]
    Unreachable(String),
    /// The answer did not come in time.
    #[error("the central did not answer in time")]
    Timeout,
    /// The certificate was not accepted.
    #[error("the central's certificate was not accepted: {0}")]
    Tls(String),
    /// Something else than the central answered, as captive portals do.
    #[error("something other than the central answered (status {status}, {media_type:?})")]
    NotTheCentral {
        /// The status.
        status: u16,
        /// The media type of the answer.
        media_type: String,
    },
    /// The answer was cut off or is not what was agreed.
    #[error("the central's answer could not be read: {0}")]
    Unreadable(String),
    /// The session has ended.
    #[error("the session at the central has ended; someone must sign in again")]
    SessionExpired,
    /// Name or PIN were not accepted.
    #[error("the central did not accept the PIN")]
    WrongPin,
    /// This workstation or officer may not do this.
    #[error("the central forbids this: {0}")]
    Forbidden(String),
    /// What was sent is too large.
    #[error("the central refuses {0}: it is too large")]
    TooLarge(String),
    /// The central asks to come back later.
    #[error("the central is busy and asks to come back in {} s", .after.as_secs())]
    Busy {
        /// How long to wait.
        after: Duration,
    },
    /// The central failed.
    #[error("the central failed with status {status}: {detail}")]
    ServerError {
        /// The status.
        status: u16,
        /// Its words.
        detail: String,
    },
    /// The central does not have it.
    #[error("the central does not have {0}")]
    NotFound(String),
    /// An upload stands at another offset than was thought, or is used by another.
    #[error("the upload stands elsewhere than expected")]
    UploadMoved,
    /// The content that arrived has another hash than its name.
    #[error("the file {expected} arrived with other content; it was thrown away")]
    WrongHash {
        /// The expected hash.
        expected: String,
    },
    /// The line was pulled by the demonstration's switch.
    #[error("the line was pulled by the switch")]
    Pulled,
    /// What is free on the disk is kept for what officers record.
    #[error("the disk has only {free} bytes left; files are not fetched")]
    LittleRoom {
        /// Bytes that are free.
        free: u64,
    },
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The local store failed.
    #[error("the store failed: {0}")]
    Store(String),
}

impl Fault {
    /// The code at the end of the Fluent key `problem-<code>`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoCentral => "no-central",
            Self::Unreachable(_) => "unreachable",
            Self::Timeout => "timeout",
            Self::Tls(_) => "tls",
            Self::NotTheCentral { .. } => "captive-portal",
            Self::Unreadable(_) => "unreadable-answer",
            Self::SessionExpired => "session-expired",
            Self::WrongPin => "wrong-pin",
            Self::Forbidden(_) => "forbidden",
            Self::TooLarge(_) => "too-large-for-central",
            Self::Busy { .. } => "central-busy",
            Self::ServerError { .. } => "central-failed",
            Self::NotFound(_) => "not-at-central",
            Self::UploadMoved => "upload-moved",
            Self::WrongHash { .. } => "wrong-hash",
            Self::Pulled => "line-pulled",
            Self::LittleRoom { .. } => "disk-nearly-full",
            Self::DiskFull => "store-full",
            Self::Store(_) => "store",
        }
    }

    /// Whether the line itself is down, as opposed to one request that went wrong.
    pub const fn is_line_down(&self) -> bool {
        matches!(
            self,
            Self::NoCentral
                | Self::Unreachable(_)
                | Self::Timeout
                | Self::Tls(_)
                | Self::NotTheCentral { .. }
                | Self::Unreadable(_)
                | Self::Busy { .. }
                | Self::ServerError { .. }
                | Self::Pulled
        )
    }

    /// The problem that the window shows.
    pub fn problem(&self) -> Problem {
        let mut args = BTreeMap::new();
        match self {
            Self::NotTheCentral { status, .. } | Self::ServerError { status, .. } => {
                args.insert("status".to_owned(), status.to_string());
            }
            Self::Busy { after } => {
                args.insert("seconds".to_owned(), after.as_secs().to_string());
            }
            Self::LittleRoom { free } => {
                args.insert("free".to_owned(), (free / 1_000_000).to_string());
            }
            Self::WrongHash { expected } => {
                args.insert("hash".to_owned(), expected.clone());
            }
            _ => {}
        }
        Problem {
            code: self.code().to_owned(),
            args,
            detail: self.to_string(),
        }
    }
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        let words = chain_of(&error);
        if error.is_timeout() {
            Self::Timeout
        } else if words.contains("certificate") || words.contains("SSL") {
            Self::Tls(words)
        } else if error.is_decode() || error.is_body() {
            Self::Unreadable(words)
        } else {
            Self::Unreachable(words)
        }
    }
}

/// The error and its causes in one line, without the address: it may hold a token.
fn chain_of(error: &reqwest::Error) -> String {
    let mut words = String::new();
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(e) = cause {
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&e.to_string());
        cause = e.source();
    }
    words
}

impl From<outpost_db::StoreError> for Fault {
    fn from(error: outpost_db::StoreError) -> Self {
        match error {
            outpost_db::StoreError::Full => Self::DiskFull,
            other => Self::Store(other.to_string()),
        }
    }
}
