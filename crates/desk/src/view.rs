//! What the window is told of what the store holds: badges, rows, an inspection opened, the outbox.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use outpost_db::{AgendaEntry, ListedRow, OpenedInspection, OutboxLine, Sent, Stuck, SyncState};
use outpost_domain::{
    Agency, Checklist, EntryId, EntryPayload, Inspection, Officer, State, mismatches, reserved_for,
    rival,
};
use outpost_protocol::{
    self as protocol, AgendaSlot, Badge, HistoryLine, Opened, Problem, WorklistRow,
};

use crate::words::problem;

/// Why an entry is stuck, in words.
pub fn stuck(stuck: &Stuck) -> Problem {
    problem(&stuck.code, [], &stuck.detail)
}

/// A record's badge.
pub fn badge(sync: &SyncState) -> Badge {
    if let Some(first) = &sync.stuck {
        return Badge::Failed {
            entries: sync.waiting,
            problem: stuck(first),
        };
    }
    if sync.waiting > 0 {
        return Badge::NotSent {
            entries: sync.waiting,
        };
    }
    if sync.drafts > 0 {
        return Badge::Draft;
    }
    if sync.blobs > 0 {
        return Badge::AttachmentsPending { blobs: sync.blobs };
    }
    if sync.recorded > 0 {
        Badge::Sent
    } else {
        Badge::Untouched
    }
}

/// A worklist row with its badge, as an officer of `agency` may see it.
pub fn row(listed: ListedRow, agency: Agency) -> WorklistRow {
    let mut row = listed.row;
    row.comments.retain(|comment| comment.is_open_to(agency));
    WorklistRow {
        sync: badge(&listed.sync),
        row,
    }
}

/// Leaves out what is for another agency than `agency` alone, of entries and of the state made from them.
fn keep_to(opened: &mut OpenedInspection, agency: Agency) {
    let bodies: HashMap<EntryId, EntryPayload> = opened
        .history
        .iter()
        .map(|line| (line.entry.payload.id, line.entry.payload.clone()))
        .collect();
    let find = |id: EntryId| Ok::<_, Infallible>(bodies.get(&id).cloned());
    opened.history.retain(|line| {
        let Ok(only) = reserved_for(&line.entry.payload, find);
        only.is_none_or(|only| only == agency)
    });
    opened.state.comments.retain(|c| c.is_open_to(agency));
}

/// An inspection opened, as `officer` may see it: why it was selected is for customs alone, and a comment may be for its
/// author's agency.
pub fn opened(mut opened: OpenedInspection, officer: &Officer) -> Opened {
    keep_to(&mut opened, officer.agency);
    let standing: Vec<EntryPayload> = opened.standing().cloned().collect();
    let mut inspection = opened.inspection;
    if officer.agency != Agency::Customs {
        inspection.selection = None;
    }
    // What does not count corrects nothing, but for the withdrawal of an entry that does not count either.
    let counts: HashSet<EntryId> = standing.iter().map(|p| p.id).collect();
    let superseding: Vec<_> = opened
        .history
        .iter()
        .map(|h| &h.entry.payload)
        .filter_map(|p| Some((p.supersedes?, p.id)))
        .filter(|(old, new)| counts.contains(new) || !counts.contains(old))
        .collect();
    let history = opened
        .history
        .into_iter()
        .map(|line| HistoryLine {
            superseded_by: superseding
                .iter()
                .find(|(old, _)| *old == line.entry.payload.id)
                .map(|(_, new)| *new),
            hash: line.entry.hash,
            sent: sent(&line.sent, &line.entry.payload, &standing),
            entry: line.entry.payload,
        })
        .collect();
    let checklists = lists(opened.checklists, &inspection, &opened.state, officer);
    Opened {
        checklists,
        mismatches: mismatches(&inspection, &opened.state),
        state: opened.state,
        history,
        sync: badge(&opened.sync),
        drafts: opened
            .drafts
            .into_iter()
            .map(|d| protocol::Draft {
                inspection: inspection.id,
                form: d.form,
                text: d.text,
            })
            .collect(),
        blobs_here: opened.blobs_here,
        inspection,
    }
}

/// The lists that were begun here, by any agency and in the version that was begun with, and those that the officer's
/// agency may begin: the newest version of each that is for these goods and not withdrawn.
fn lists(
    known: Vec<Checklist>,
    inspection: &Inspection,
    state: &State,
    officer: &Officer,
) -> Vec<Checklist> {
    let begun = |list: &Checklist| {
        let reference = list.reference();
        state.checklists.iter().any(|r| r.list == reference)
    };
    let begun_by_name = |name: &str| {
        let own = |agency| agency == officer.agency;
        state
            .checklists
            .iter()
            .any(|r| own(r.agency) && r.list.list == name)
    };
    let newest: HashMap<String, u32> = known
        .iter()
        .map(|list| (list.name.clone(), list.version))
        .fold(HashMap::new(), |mut newest, (name, version)| {
            let highest = newest.entry(name).or_insert(version);
            *highest = version.max(*highest);
            newest
        });
    known
        .into_iter()
        .filter(|list| {
            let offered = list.agency == officer.agency
                && !list.withdrawn
                && newest.get(&list.name) == Some(&list.version)
                && !begun_by_name(&list.name)
                && list.is_for(inspection);
            offered || begun(list)
        })
        .collect()
}

/// How far an entry is. One that came back as a conflict names what stands instead, and who wrote that.
fn sent(how: &Sent, entry: &EntryPayload, standing: &[EntryPayload]) -> protocol::Sent {
    match how {
        Sent::Yes => protocol::Sent::Yes,
        Sent::Waiting => protocol::Sent::Waiting,
        Sent::Behind => protocol::Sent::Behind,
        Sent::Stuck(why) => {
            let against = rival(entry, standing.iter()).filter(|_| why.conflict);
            let by = against.map(|a| ("by", a.author_name.clone()));
            protocol::Sent::Stuck {
                problem: problem(&why.code, by, &why.detail),
                against: against.map(|a| a.id),
            }
        }
        Sent::SetAside(why) => protocol::Sent::SetAside {
            problem: stuck(why),
        },
    }
}

/// A slot of the agenda.
pub fn slot(entry: AgendaEntry) -> AgendaSlot {
    AgendaSlot {
        inspection: entry.row.id,
        unit: entry.row.unit,
        goods: entry.row.goods,
        lane: entry.row.lane,
        version: entry.version,
        assigned_to: entry.row.assigned_to,
        concerned: entry.row.agencies.iter().map(|a| a.agency).collect(),
        state: entry.slot,
    }
}

/// A line of the outbox.
pub fn outbox_line(line: OutboxLine) -> protocol::OutboxLine {
    protocol::OutboxLine {
        inspection: line.inspection,
        unit: line.unit,
        entries: line.entries,
        blobs: line.blobs,
        oldest: line.oldest,
        problem: line.stuck.as_ref().map(stuck),
    }
}
