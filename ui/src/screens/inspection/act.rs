//! What the inspection screen wants done, and how answers find back to what asked.

use std::collections::HashMap;

use outpost_domain::{BlobHash, EntryBody, EntryId, OfficerId};
use outpost_protocol::{Document, Draft, Problem, Reply, Request, Signer};

use super::View;

/// Something the screen wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Back to the worklist.
    Back,
    /// To practise on clean scans; what is typed is kept.
    Practise,
    /// To the page on which files of a folder are taken in.
    Import,
    /// A paper of this inspection is wanted.
    Write(Document),
    /// A request to the desk; its answer is wanted under `token`, see [`super::Screen::answer`].
    Ask {
        /// Chosen by the screen, never used twice.
        token: u64,
        /// What is asked.
        request: Box<Request>,
        /// Raw bytes that follow the request.
        bytes: Option<Vec<u8>>,
    },
}

/// The desk's answer to an [`Act::Ask`]: a reply with its raw bytes, or why not.
pub type Outcome = Result<(Reply, Vec<u8>), Problem>;

/// What an unanswered request was for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// The form of this name is recorded.
    Form(String),
    /// A decision is recorded; the section is to be signed after it.
    ThenSign(String),
    /// Something was recorded by one key or click.
    OneClick,
    /// A draft is kept.
    Draft,
    /// The photo of this number is kept.
    Photo(u64),
    /// Bytes of a radiograph.
    Scan(BlobHash),
}

/// How an act is signed; by who is signed in, for nobody else, when nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Signing {
    /// The own entry whose place it takes.
    pub supersedes: Option<EntryId>,
    /// Another officer, with the own PIN.
    pub by: Option<Signer>,
    /// The officer of the own agency for whom it is done.
    pub on_behalf_of: Option<OfficerId>,
}

/// Acts of this frame, and requests that wait for their answers.
#[derive(Debug, Default)]
pub struct Acts {
    next: u64,
    waiting: HashMap<u64, Purpose>,
    now: Vec<Act>,
}

impl Acts {
    /// Asks the desk; returns the token.
    pub fn ask(&mut self, purpose: Purpose, request: Request, bytes: Option<Vec<u8>>) -> u64 {
        self.next += 1;
        self.waiting.insert(self.next, purpose);
        self.now.push(Act::Ask {
            token: self.next,
            request: Box::new(request),
            bytes,
        });
        self.next
    }

    /// Records an act on the inspection shown.
    pub fn record(&mut self, view: &View<'_>, purpose: Purpose, body: EntryBody) -> u64 {
        self.sign(view, purpose, body, Signing::default())
    }

    /// Records an act, signed as `signing` says.
    pub fn sign(
        &mut self,
        view: &View<'_>,
        purpose: Purpose,
        body: EntryBody,
        signing: Signing,
    ) -> u64 {
        let request = Request::Record {
            inspection: view.opened.inspection.id,
            body,
            based_on: view.opened.inspection.version,
            supersedes: signing.supersedes,
            by: signing.by,
            on_behalf_of: signing.on_behalf_of,
        };
        self.ask(purpose, request, None)
    }

    /// Keeps a draft; an empty text drops it.
    pub fn draft(&mut self, draft: Draft) {
        self.ask(Purpose::Draft, Request::SaveDraft { draft }, None);
    }

    /// Wants a paper of the inspection shown.
    pub fn write(&mut self, document: Document) {
        self.now.push(Act::Write(document));
    }

    /// Leaves the screen for practice.
    pub fn practise(&mut self) {
        self.now.push(Act::Practise);
    }

    /// To the page on which files of a folder are taken in.
    pub fn import(&mut self) {
        self.now.push(Act::Import);
    }

    /// Leaves the screen.
    pub fn back(&mut self) {
        self.now.push(Act::Back);
    }

    /// Whether something is being recorded and not yet acknowledged.
    pub fn recording(&self) -> bool {
        self.waiting.values().any(|purpose| {
            matches!(
                purpose,
                Purpose::Form(_) | Purpose::ThenSign(_) | Purpose::OneClick
            )
        })
    }

    /// What the request behind `token` was for; a token is answered once.
    pub fn answered(&mut self, token: u64) -> Option<Purpose> {
        self.waiting.remove(&token)
    }

    /// The acts of this frame.
    pub fn take(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.now)
    }

    /// Forgets what waits: another inspection is shown. Tokens go on, so that late answers find nobody.
    pub fn forget(&mut self) {
        self.waiting.clear();
        self.now.clear();
    }
}
