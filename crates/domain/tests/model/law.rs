//! What must hold of every state and of every judgement.

use outpost_domain::*;

use crate::simple::Simple;

/// Goods are never released while a hold stands or a required agency has not decided; what keeps them is named.
pub fn release(inspection: &Inspection, state: &State, entries: &[Entry]) -> Result<(), String> {
    let model = Simple::of(inspection, entries);
    let goes = matches!(state.openness, Openness::Released | Openness::Partial);
    if goes && !model.open().is_empty() {
        return Err(format!("{:?} while a hold stands", state.openness));
    }
    if goes && !model.undecided().is_empty() {
        return Err(format!(
            "{:?} while {:?} has not decided",
            state.openness,
            model.undecided()
        ));
    }
    let named = release_blocks(state);
    if (state.openness == Openness::Released) != named.is_empty() {
        return Err(format!("{:?}, but named is {named:?}", state.openness));
    }
    Ok(())
}

/// Kinds that name what other agencies did, with the codes under which another's act may stop them.
const NAMES_OTHERS: [(&str, &[&str]); 17] = [
    // An item that the record has split off has left the consignment.
    ("hold-placed", &["split-off"]),
    // It was lifted by an override.
    ("hold-lifted", &["hold-already-lifted"]),
    (
        "override-proposed",
        &["hold-already-lifted", "unknown-hold"],
    ),
    ("override-confirmed", &["unknown-override"]),
    ("override-declined", &["unknown-override"]),
    // Written to somebody else.
    ("comment-acknowledged", &["not-addressed"]),
    ("slot-proposed", &["slot-moved", "not-concerned"]),
    ("slot-answered", &["no-such-slot", "not-concerned"]),
    ("no-show", &["not-concerned"]),
    // A sample, a region: of whichever agency.
    ("sample-moved", &["sample-gone", "unknown-sample"]),
    ("sample-reported", &["unknown-sample"]),
    ("region-judged", &["unknown-region"]),
    ("release-withdrawn", &["not-released"]),
    // The record is everybody's.
    (
        "joint-concluded",
        &["undecided", "record-changed", "already-concluded"],
    ),
    ("record-signed", &["not-concluded", "record-changed"]),
    (
        "signature-missing",
        &["not-concluded", "record-changed", "not-concerned"],
    ),
    ("party-signed", &["not-concluded", "record-changed"]),
];

/// An act in an agency's own section is not stopped by what another agency did: it would have been stopped with the
/// own agency's entries alone, or its kind names what others do.
pub fn no_section_conflicts(
    author: &Officer,
    inspection: &Inspection,
    accepted: &[Entry],
    entry: &Entry,
    code: &str,
) -> Result<(), String> {
    let own: Vec<Entry> = accepted
        .iter()
        .filter(|e| e.payload.agency == author.agency)
        .cloned()
        .collect();
    let kind = entry.payload.body.code();
    let named = NAMES_OTHERS
        .iter()
        .any(|(k, codes)| *k == kind && codes.contains(&code));
    // Who has signed the record with the others corrects and does not add.
    let signed = code == "record-signed"
        && own
            .iter()
            .any(|e| matches!(e.payload.body, EntryBody::RecordSigned { .. }));
    let alone = judge(
        author,
        inspection,
        &own,
        &crate::world::lists(),
        &entry.payload,
    );
    if named || signed || alone != Judgement::Accepted {
        return Ok(());
    }
    Err(format!(
        "{kind} of {} was stopped by another agency: {code}",
        author.agency
    ))
}
