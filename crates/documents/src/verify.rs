//! Whether a paper is of the record as it stands.

use outpost_domain::{BlobHash, InspectionId, State};

/// What a paper says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The record on paper is the record as it stands.
    Stands,
    /// Something was recorded since: the paper is of an earlier record.
    Overtaken {
        /// The hash on the paper.
        paper: BlobHash,
        /// The hash of the record as it stands.
        now: BlobHash,
    },
    /// The paper is of another inspection.
    Another {
        /// The one it names.
        inspection: InspectionId,
    },
}

/// Why a file cannot be verified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// It does not say of what it is.
    #[error(
        "the file does not say once what `{0}` it is of: it was not written by Outpost, or was changed"
    )]
    Nameless(&'static str),
    /// What it says is no id or hash.
    #[error("{text:?} is no {name}: the file was changed")]
    Unreadable {
        /// What is to be named.
        name: &'static str,
        /// What stands there.
        text: String,
    },
}

/// The inspection and the record hash that a paper names.
///
/// # Errors
/// When it names none, more than one, or something else.
pub fn named(html: &str) -> Result<(InspectionId, BlobHash), VerifyError> {
    let inspection = meta(html, "outpost-inspection")?;
    let record = meta(html, "outpost-record")?;
    let unreadable = |name, text: &str| VerifyError::Unreadable {
        name,
        text: text.chars().take(80).collect(),
    };
    Ok((
        inspection
            .parse()
            .map_err(|_| unreadable("outpost-inspection", inspection))?,
        record
            .parse()
            .map_err(|_| unreadable("outpost-record", record))?,
    ))
}

/// Says whether the paper is of the record as it stands. It compares the hash that the paper carries, over every entry
/// of the record; that the words round it are those that were printed it does not say.
///
/// # Errors
/// [`VerifyError`] when the file is no paper of ours.
pub fn verify_document(
    html: &str,
    inspection: InspectionId,
    state: &State,
) -> Result<Verdict, VerifyError> {
    let (named, paper) = named(html)?;
    let now = state.record.hash;
    Ok(if named != inspection {
        Verdict::Another { inspection: named }
    } else if paper == now {
        Verdict::Stands
    } else {
        Verdict::Overtaken { paper, now }
    })
}

/// The content of the one meta element of this name. Foreign text on a paper is escaped, so that none can pass for it.
fn meta<'a>(html: &'a str, name: &'static str) -> Result<&'a str, VerifyError> {
    let begin = format!("<meta name=\"{name}\" content=\"");
    let mut found = html.split(begin.as_str()).skip(1);
    match (found.next(), found.next()) {
        (Some(rest), None) => rest
            .split_once('"')
            .map(|(content, _)| content)
            .ok_or(VerifyError::Nameless(name)),
        _ => Err(VerifyError::Nameless(name)),
    }
}
