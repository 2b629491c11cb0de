//! What supervisors and colleagues add beside the inspection: comments, and who it is assigned to. Nothing of it is
//! part of the joint record.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::rules::{known_scan, required, text};
use crate::{
    Agency, BlobHash, Entry, EntryBody, EntryId, EntryPayload, Inspection, Officer, OfficerId,
};
use crate::{Refusal, Role, State};

coded_enum! {
    /// Who may read a comment.
    Audience {
        /// The author's agency alone.
        OwnAgency = "own-agency",
        /// Every agency that is concerned.
        Concerned = "concerned",
    }
}

/// A comment as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentRecord {
    /// The entry.
    pub entry: EntryId,
    /// The word.
    pub text: String,
    /// Who may read it.
    pub audience: Audience,
    /// The officer who is to read it; `None` when anybody of those who may.
    pub to: Option<OfficerId>,
    /// The author's agency.
    pub agency: Agency,
    /// Who wrote it.
    pub author: OfficerId,
    /// The author's name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who acknowledged it first, and when; `None` while it is new.
    pub read: Option<(String, Timestamp)>,
}

impl CommentRecord {
    /// Whether an officer of `agency` may read it.
    pub fn is_open_to(&self, agency: Agency) -> bool {
        self.audience == Audience::Concerned || self.agency == agency
    }

    /// Whether `officer` is to read it.
    pub fn is_for(&self, officer: &Officer) -> bool {
        self.is_open_to(officer.agency)
            && self.author != officer.id
            && self.to.is_none_or(|to| to == officer.id)
    }
}

/// An assignment as it stands: the last one of its agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentRecord {
    /// The entry.
    pub entry: EntryId,
    /// To whom.
    pub officer: OfficerId,
    /// Whose officers.
    pub agency: Agency,
    /// Who assigned it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A second opinion on a radiograph, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionRecord {
    /// The entry that asked.
    pub entry: EntryId,
    /// The radiograph.
    pub scan: BlobHash,
    /// Who is asked; `None` when any image analyst.
    pub of: Option<OfficerId>,
    /// What is asked.
    pub note: String,
    /// Who asks; never who answers.
    pub asker: OfficerId,
    /// The asker's name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The reading that answers.
    pub answer: Option<EntryId>,
}

impl OpinionRecord {
    /// Whether `officer` is asked.
    pub fn is_for(&self, officer: &Officer) -> bool {
        self.asker != officer.id
            && match self.of {
                Some(of) => of == officer.id,
                None => officer.role == Role::Analyst,
            }
    }
}

/// Who is waited for with a second opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionWait {
    /// Who asked.
    pub asker: OfficerId,
    /// Who is asked; `None` when any image analyst.
    pub of: Option<OfficerId>,
}

/// The second opinions that nobody gave yet.
pub(crate) fn opinions_awaited(state: &State) -> Vec<OpinionWait> {
    let open = state.opinions.iter().filter(|o| o.answer.is_none());
    open.map(|o| OpinionWait {
        asker: o.asker,
        of: o.of,
    })
    .collect()
}

/// What a comment that was not read yet says of itself in the worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewComment {
    /// Who wrote it.
    pub by: OfficerId,
    /// The agency that alone may know of it.
    pub only: Option<Agency>,
    /// The officer who is to read it.
    pub to: Option<OfficerId>,
}

impl NewComment {
    /// Whether an officer of `agency` may know of it.
    pub fn is_open_to(&self, agency: Agency) -> bool {
        self.only.is_none_or(|only| only == agency)
    }

    /// Whether `officer` is to read it, among those who may.
    pub fn is_for(&self, officer: OfficerId) -> bool {
        self.by != officer && self.to.is_none_or(|to| to == officer)
    }
}

/// The comments that nobody acknowledged yet.
pub(crate) fn new_comments(state: &State) -> Vec<NewComment> {
    let unread = state.comments.iter().filter(|c| c.read.is_none());
    unread
        .map(|c| NewComment {
            by: c.author,
            only: (c.audience == Audience::OwnAgency).then_some(c.agency),
            to: c.to,
        })
        .collect()
}

/// How many entries back the one that a withdrawal leans on is looked for.
const LEANS: usize = 8;

/// The agency that alone may see `entry`; `None` when every agency that is concerned may. What acknowledges a comment
/// or takes it back is as confidential as the comment; `find` gives the entry of an id.
///
/// # Errors
/// Those of `find`.
pub fn reserved_for<E>(
    entry: &EntryPayload,
    find: impl Fn(EntryId) -> Result<Option<EntryPayload>, E>,
) -> Result<Option<Agency>, E> {
    let mut at = entry.clone();
    for _ in 0..LEANS {
        let leans = match &at.body {
            EntryBody::CommentWritten { audience, .. } => {
                return Ok((*audience == Audience::OwnAgency).then_some(at.agency));
            }
            EntryBody::CommentAcknowledged { comment } => Some(*comment),
            EntryBody::Withdrawn { .. } => at.supersedes,
            _ => return Ok(None),
        };
        match leans.map(&find).transpose()?.flatten() {
            Some(next) => at = next,
            None => return Ok(None),
        }
    }
    // Nobody takes back so many withdrawals; whoever forged them has them alone.
    Ok(Some(entry.agency))
}

/// Whether `author` may name `other`, who is `None` when the post does not know the officer, in `body`.
///
/// # Errors
/// When the one named is not known, is the author, or is of an agency that it is not meant for.
pub fn may_name(
    author: &Officer,
    body: &EntryBody,
    other: Option<&Officer>,
) -> Result<(), Refusal> {
    let within = match body {
        EntryBody::CommentWritten {
            to: Some(_),
            audience,
            ..
        } => *audience == Audience::OwnAgency,
        EntryBody::OfficerAssigned { .. } => true,
        EntryBody::OpinionAsked { of: Some(_), .. } => false,
        _ => return Ok(()),
    };
    let himself = matches!(body, EntryBody::OfficerAssigned { .. });
    other
        .filter(|o| !within || o.agency == author.agency)
        .filter(|o| himself || o.id != author.id)
        .map(|_| ())
        .ok_or(Refusal::NotNamed)
}

/// Why giving the inspection to `officer` would change nothing or help nobody; asked before an entry is written, and
/// not of one that arrives late.
///
/// # Errors
/// When the officer has it already, or the agency has signed its section.
pub fn wants_assigning(state: &State, officer: &Officer) -> Result<(), Refusal> {
    let signed = state
        .section(officer.agency)
        .and_then(|s| s.signed.as_ref());
    if let Some((by, _)) = signed {
        return Err(Refusal::AlreadySigned { by: by.clone() });
    }
    if state.assigned_to.contains(&officer.id) {
        return Err(Refusal::AlreadyAssigned {
            to: officer.name.clone(),
        });
    }
    Ok(())
}

/// Whether these rules are about `body`.
pub(crate) const fn concerns(body: &EntryBody) -> bool {
    matches!(
        body,
        EntryBody::CommentWritten { .. }
            | EntryBody::CommentAcknowledged { .. }
            | EntryBody::OfficerAssigned { .. }
            | EntryBody::OpinionAsked { .. }
    )
}

/// Whether `officer` may record `body`.
pub(crate) fn check(
    officer: &Officer,
    inspection: &Inspection,
    state: &State,
    body: &EntryBody,
) -> Result<(), Refusal> {
    match body {
        EntryBody::OpinionAsked { scan, note, .. } => {
            text("note", note)?;
            known_scan(inspection, state, scan).map(|_| ())
        }
        EntryBody::CommentWritten { text: words, .. } => required("text", words),
        EntryBody::CommentAcknowledged { comment } => {
            let standing = state.comments.iter().find(|c| c.entry == *comment);
            // The comment was taken back before this arrived: that it was read stays on record.
            standing
                .is_none_or(|c| c.is_for(officer))
                .then_some(())
                .ok_or(Refusal::NotAddressed)
        }
        EntryBody::OfficerAssigned { .. } => Ok(()),
        _ => Err(Refusal::UnknownKind),
    }
}

/// Whether `officer` may give this opinion. One that was taken back in the meantime is a reading like any other.
pub(crate) fn may_opine(
    officer: &Officer,
    state: &State,
    opinion: Option<EntryId>,
) -> Result<(), Refusal> {
    let asked = state.opinions.iter().find(|o| Some(o.entry) == opinion);
    asked
        .is_none_or(|o| o.is_for(officer))
        .then_some(())
        .ok_or(Refusal::NotAsked)
}

/// What the entries that stand, oldest first, add.
pub(crate) fn apply(state: &mut State, inspection: &Inspection, standing: &[&Entry]) {
    state.assigned_to.clone_from(&inspection.assigned_to);
    for entry in standing {
        let p = &entry.payload;
        match &p.body {
            EntryBody::CommentWritten { text, audience, to } => {
                state.comments.push(CommentRecord {
                    entry: p.id,
                    text: text.clone(),
                    audience: *audience,
                    to: *to,
                    agency: p.agency,
                    author: p.author,
                    by: p.author_name.clone(),
                    at: p.recorded_at,
                    read: None,
                });
            }
            EntryBody::OfficerAssigned {
                officer,
                instead_of,
            } => assign(state, p, *officer, instead_of),
            EntryBody::OpinionAsked { scan, of, note } => {
                state.opinions.push(OpinionRecord {
                    entry: p.id,
                    scan: *scan,
                    of: *of,
                    note: note.clone(),
                    asker: p.author,
                    by: p.author_name.clone(),
                    at: p.recorded_at,
                    answer: None,
                });
            }
            _ => {}
        }
    }
    // A clock may have let an acknowledgement seem older than its comment, an answer older than what was asked.
    for entry in standing {
        acknowledge(state, &entry.payload);
        opine(state, &entry.payload);
    }
}

fn assign(state: &mut State, p: &EntryPayload, officer: OfficerId, instead_of: &[OfficerId]) {
    let before = state.assignments.iter().position(|a| a.agency == p.agency);
    let gone = before.map(|index| state.assignments.remove(index).officer);
    state
        .assigned_to
        .retain(|id| Some(*id) != gone && !instead_of.contains(id) && *id != officer);
    state.assigned_to.push(officer);
    state.assignments.push(AssignmentRecord {
        entry: p.id,
        officer,
        agency: p.agency,
        by: p.author_name.clone(),
        at: p.recorded_at,
    });
}

fn opine(state: &mut State, p: &EntryPayload) {
    let EntryBody::ImageConcluded { scan, opinion, .. } = &p.body else {
        return;
    };
    let meant = |o: &&mut OpinionRecord| {
        Some(o.entry) == *opinion
            && o.scan == *scan
            && o.asker != p.author
            && o.of.is_none_or(|of| of == p.author)
    };
    if let Some(record) = state.opinions.iter_mut().find(meant) {
        record.answer = Some(p.id);
    }
}

fn acknowledge(state: &mut State, p: &EntryPayload) {
    let EntryBody::CommentAcknowledged { comment } = &p.body else {
        return;
    };
    let read = |c: &&mut CommentRecord| {
        c.entry == *comment
            && c.read.is_none()
            && c.is_open_to(p.agency)
            && c.author != p.author
            && c.to.is_none_or(|to| to == p.author)
    };
    if let Some(record) = state.comments.iter_mut().find(read) {
        record.read = Some((p.author_name.clone(), p.recorded_at));
    }
}
