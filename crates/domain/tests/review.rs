//! What supervisors and colleagues do beside the inspection: overrides declined, comments, assignments.
#![allow(clippy::unwrap_used)]

mod world;

use std::convert::Infallible;

use outpost_domain::*;
use world::*;

/// One laptop: each entry is judged by the rules before it is written.
struct Desk {
    inspection: Inspection,
    pen: Pen,
    entries: Vec<Entry>,
    second: i64,
}

impl Desk {
    fn new() -> Self {
        Self {
            inspection: inspection(),
            pen: Pen::new(1),
            entries: vec![],
            second: 0,
        }
    }

    fn state(&self) -> State {
        project(&self.inspection, &self.entries)
    }

    fn may(&self, who: &Officer, body: &EntryBody) -> Result<(), Refusal> {
        allow(who, &self.inspection, &self.state(), body, None)
    }

    fn write(&mut self, who: &Officer, body: EntryBody) -> EntryId {
        assert_eq!(self.may(who, &body), Ok(()), "{body:?}");
        self.put(who, body, None)
    }

    fn put(&mut self, who: &Officer, body: EntryBody, supersedes: Option<EntryId>) -> EntryId {
        self.second += 60;
        let entry = self.pen.write(who, self.second, body, supersedes);
        let id = entry.payload.id;
        self.entries.push(entry);
        id
    }

    fn judge(&self, who: &Officer, body: EntryBody) -> Judgement {
        let late = Pen::new(2).write(who, 9_000, body, None);
        judge(who, &self.inspection, &self.entries, &[], &late.payload)
    }

    /// For whom alone an entry is.
    fn reserved(&self, id: EntryId) -> Option<Agency> {
        let find = |id: EntryId| {
            let found = self.entries.iter().find(|e| e.payload.id == id);
            Ok::<_, Infallible>(found.map(|e| e.payload.clone()))
        };
        let entry = find(id).unwrap().unwrap();
        reserved_for(&entry, find).unwrap()
    }
}

fn customs() -> Officer {
    officer(1, Agency::Customs)
}

fn vet() -> Officer {
    officer(2, Agency::Veterinary)
}

fn chief(n: u128) -> Officer {
    Officer {
        role: Role::Supervisor,
        ..officer(n, Agency::Customs)
    }
}

fn over() -> EntryBody {
    EntryBody::OverrideProposed {
        hold: HoldId(id(5001)),
        reason: "perishable, laboratory closed".into(),
    }
}

fn decline(proposal: EntryId) -> EntryBody {
    EntryBody::OverrideDeclined {
        proposal,
        reason: "the laboratory answers today".into(),
    }
}

fn comment(audience: Audience, to: Option<OfficerId>) -> EntryBody {
    EntryBody::CommentWritten {
        text: "weigh it again".into(),
        audience,
        to,
    }
}

fn assign(officer: &Officer, instead_of: &[OfficerId]) -> EntryBody {
    EntryBody::OfficerAssigned {
        officer: officer.id,
        instead_of: instead_of.to_vec(),
    }
}

#[test]
fn a_declined_override_lifts_nothing_and_the_next_one_is_asked_anew() {
    let mut desk = Desk::new();
    desk.write(&vet(), hold(1));
    let proposal = desk.write(&chief(7), over());
    assert_eq!(
        desk.may(&chief(7), &decline(proposal)),
        Err(Refusal::SameOfficer {
            by: "Officer 7".into()
        })
    );
    assert!(matches!(
        desk.may(&customs(), &decline(proposal)),
        Err(Refusal::RoleMayNot {
            kind: "override-declined",
            ..
        })
    ));
    let wordless = EntryBody::OverrideDeclined {
        proposal,
        reason: " ".into(),
    };
    assert_eq!(
        desk.may(&vet(), &wordless),
        Err(Refusal::Missing { field: "reason" })
    );
    // The agency whose hold it is may decline with any of its officers.
    desk.write(&vet(), decline(proposal));
    let state = desk.state();
    assert_eq!(state.open_holds().count(), 1);
    let overriding = state.holds[0].overriding.clone().unwrap();
    let (by, _, why) = overriding.declined.unwrap();
    assert_eq!(
        (by.as_str(), why.as_str()),
        ("Officer 2", "the laboratory answers today")
    );
    assert!(waits(&desk.inspection, &state).proposers.is_empty());
    let confirm = EntryBody::OverrideConfirmed { proposal };
    assert_eq!(desk.may(&chief(8), &confirm), Err(Refusal::UnknownOverride));
    let again = desk.write(&chief(7), over());
    assert_eq!(
        waits(&desk.inspection, &desk.state()).proposers,
        [chief(7).id]
    );
    desk.write(&chief(8), EntryBody::OverrideConfirmed { proposal: again });
    assert_eq!(desk.state().open_holds().count(), 0);
}

#[test]
fn of_two_second_signatures_without_a_line_the_first_stands_and_the_other_is_shown_it() {
    let mut desk = Desk::new();
    desk.write(&vet(), hold(1));
    let proposal = desk.write(&chief(7), over());
    let declined = desk.write(&vet(), decline(proposal));
    let confirm = EntryBody::OverrideConfirmed { proposal };
    assert!(matches!(
        desk.judge(&chief(8), confirm.clone()),
        Judgement::Conflict {
            code: "unknown-override",
            ..
        }
    ));
    let lost = Pen::new(2).write(&chief(8), 9_000, confirm, None);
    let standing = || desk.entries.iter().map(|e| &e.payload);
    assert_eq!(
        rival(&lost.payload, standing()).map(|e| e.id),
        Some(declined)
    );
    let other = Pen::new(2).write(&chief(8), 9_000, decline(proposal), None);
    assert!(only_one_stands(&other.payload));
    // A confirmation that got past a broken desk, whatever its clock said, does not go over it.
    let early = desk.pen.write(
        &chief(8),
        -600,
        EntryBody::OverrideConfirmed { proposal },
        None,
    );
    desk.entries.push(early);
    assert_eq!(desk.state().open_holds().count(), 1);
}

#[test]
fn what_lifting_a_hold_would_change_is_told_beforehand_and_changes_nothing() {
    let mut desk = Desk::new();
    desk.write(&vet(), hold(1));
    desk.write(&customs(), accept());
    let state = desk.state();
    let lifted = |state: &State| without_hold(&desk.inspection, state, HoldId(id(5001)));
    assert_eq!(lifted(&state).openness, Openness::Waiting);
    assert_eq!(
        release_blocks(&lifted(&state)),
        [ReleaseBlock::Undecided(Agency::Veterinary)]
    );
    assert_eq!(state.openness, Openness::Held);
}

#[test]
fn a_comment_is_new_until_one_to_whom_it_was_written_acknowledges_it() {
    let mut desk = Desk::new();
    let to = desk.write(&chief(7), comment(Audience::Concerned, Some(vet().id)));
    let row = summarise(&desk.inspection, &desk.state());
    assert!(row.comments[0].is_for(vet().id) && !row.comments[0].is_for(customs().id));
    let read = EntryBody::CommentAcknowledged { comment: to };
    assert_eq!(desk.may(&customs(), &read), Err(Refusal::NotAddressed));
    assert_eq!(desk.may(&chief(7), &read), Err(Refusal::NotAddressed));
    // One that got past a broken desk counts for nothing.
    desk.put(&customs(), read.clone(), None);
    assert!(desk.state().comments[0].read.is_none());
    desk.write(&vet(), read);
    let state = desk.state();
    let (by, _) = state.comments[0].read.clone().unwrap();
    assert_eq!(by, "Officer 2");
    assert!(summarise(&desk.inspection, &state).comments.is_empty());
}

#[test]
fn a_comment_to_nobody_by_name_is_for_anybody_who_may_read_it() {
    let mut desk = Desk::new();
    let own = desk.write(&chief(7), comment(Audience::OwnAgency, None));
    let read = EntryBody::CommentAcknowledged { comment: own };
    assert_eq!(desk.may(&vet(), &read), Err(Refusal::NotAddressed));
    desk.write(&customs(), read);
    assert!(desk.state().comments[0].read.is_some());
    let stranger = officer(4, Agency::Maritime);
    assert_eq!(
        desk.may(&stranger, &comment(Audience::Concerned, None)),
        Err(Refusal::NotConcerned {
            agency: Agency::Maritime
        })
    );
}

#[test]
fn what_leans_on_a_comment_for_one_agency_is_for_that_agency_too() {
    let mut desk = Desk::new();
    let own = desk.write(&chief(7), comment(Audience::OwnAgency, None));
    let read = desk.write(&customs(), EntryBody::CommentAcknowledged { comment: own });
    let gone = EntryBody::Withdrawn {
        reason: "the informant was wrong".into(),
    };
    let taken_back = desk.put(&chief(7), gone.clone(), Some(own));
    let unread = desk.put(&customs(), gone.clone(), Some(read));
    for entry in [own, read, taken_back, unread] {
        assert_eq!(desk.reserved(entry), Some(Agency::Customs));
    }
    let all = desk.write(&chief(7), comment(Audience::Concerned, None));
    let seen = desk.write(&vet(), EntryBody::CommentAcknowledged { comment: all });
    let placed = desk.write(&vet(), hold(1));
    let back = desk.put(&vet(), gone, Some(placed));
    for entry in [all, seen, placed, back] {
        assert_eq!(desk.reserved(entry), None);
    }
}

#[test]
fn comments_and_assignments_change_neither_the_joint_record_nor_who_has_begun() {
    let mut desk = Desk::new();
    let before = desk.state();
    let own = desk.write(&chief(7), comment(Audience::OwnAgency, None));
    desk.write(&customs(), EntryBody::CommentAcknowledged { comment: own });
    desk.write(&chief(7), assign(&customs(), &[]));
    let after = desk.state();
    assert_eq!(after.record, before.record);
    assert_eq!(after.sections, before.sections);
}

#[test]
fn only_officers_are_named_whom_the_word_is_for() {
    let own = comment(Audience::OwnAgency, Some(vet().id));
    let all = comment(Audience::Concerned, Some(vet().id));
    assert_eq!(
        may_name(&chief(7), &own, Some(&vet())),
        Err(Refusal::NotNamed)
    );
    assert_eq!(may_name(&chief(7), &all, Some(&vet())), Ok(()));
    assert_eq!(may_name(&chief(7), &all, None), Err(Refusal::NotNamed));
    let self_addressed = comment(Audience::Concerned, Some(chief(7).id));
    assert_eq!(
        may_name(&chief(7), &self_addressed, Some(&chief(7))),
        Err(Refusal::NotNamed)
    );
    assert_eq!(
        may_name(&chief(7), &assign(&vet(), &[]), Some(&vet())),
        Err(Refusal::NotNamed)
    );
    assert_eq!(
        may_name(&chief(7), &assign(&chief(7), &[]), Some(&chief(7))),
        Ok(())
    );
}

#[test]
fn a_supervisor_assigns_and_the_agencys_last_word_stands() {
    let mut desk = Desk::new();
    let before = OfficerId(id(50));
    desk.inspection.assigned_to = vec![before, vet().id];
    assert!(matches!(
        desk.may(&customs(), &assign(&customs(), &[])),
        Err(Refusal::RoleMayNot { .. })
    ));
    desk.write(&chief(7), assign(&customs(), &[before]));
    assert_eq!(desk.state().assigned_to, [vet().id, customs().id]);
    assert_eq!(
        wants_assigning(&desk.state(), &customs()),
        Err(Refusal::AlreadyAssigned {
            to: "Officer 1".into()
        })
    );
    let third = officer(3, Agency::Customs);
    assert_eq!(wants_assigning(&desk.state(), &third), Ok(()));
    let last = desk.write(&chief(7), assign(&third, &[]));
    let state = desk.state();
    assert_eq!(state.assigned_to, [vet().id, third.id]);
    assert_eq!(state.assignments.len(), 1, "one word stands of each agency");
    assert_eq!(
        summarise(&desk.inspection, &state).assigned_to,
        state.assigned_to
    );
    // Taken back, the word before it stands again.
    let gone = EntryBody::Withdrawn {
        reason: "on leave".into(),
    };
    desk.put(&chief(7), gone, Some(last));
    assert_eq!(desk.state().assigned_to, [vet().id, customs().id]);
}

#[test]
fn what_was_assigned_is_no_longer_unassigned_and_a_signed_section_is_not_given_away() {
    let mut desk = Desk::new();
    let unassigned = |desk: &Desk| {
        let waiting = waits(&desk.inspection, &desk.state());
        waiting.queues.contains(&Queue::Unassigned)
    };
    assert!(unassigned(&desk));
    desk.write(&chief(7), assign(&customs(), &[]));
    assert!(!unassigned(&desk));
    desk.write(&customs(), accept());
    desk.write(&customs(), EntryBody::SectionSigned);
    let third = officer(3, Agency::Customs);
    assert_eq!(
        wants_assigning(&desk.state(), &third),
        Err(Refusal::AlreadySigned {
            by: "Officer 1".into()
        })
    );
    // One that was written without a line before that arrives late and holds nothing up.
    assert_eq!(
        desk.judge(&chief(7), assign(&third, &[])),
        Judgement::Accepted
    );
}

fn read(conclusion: ImageConclusion, opinion: Option<EntryId>) -> EntryBody {
    EntryBody::ImageConcluded {
        scan: SCAN,
        conclusion,
        reading_seconds: 40,
        opinion,
    }
}

fn ask(of: Option<OfficerId>) -> EntryBody {
    EntryBody::OpinionAsked {
        scan: SCAN,
        of,
        note: "the dense part at the front".into(),
    }
}

fn analyst() -> Officer {
    Officer {
        role: Role::Analyst,
        ..officer(6, Agency::Customs)
    }
}

#[test]
fn a_second_opinion_stands_beside_the_first_and_a_difference_does_not_add_up() {
    let mut desk = Desk::new();
    desk.write(&customs(), read(ImageConclusion::NoAnomaly, None));
    let asked = desk.write(&customs(), ask(None));
    let waiting = |desk: &Desk| waits(&desk.inspection, &desk.state()).opinions.len();
    assert_eq!(waiting(&desk), 1);
    let anomaly = read(ImageConclusion::Anomaly, Some(asked));
    // Neither who asked nor somebody who was not asked gives it.
    assert_eq!(desk.may(&customs(), &anomaly), Err(Refusal::NotAsked));
    assert_eq!(desk.may(&chief(7), &anomaly), Err(Refusal::NotAsked));
    desk.write(&analyst(), anomaly);
    let state = desk.state();
    assert_eq!(waiting(&desk), 0);
    assert_eq!(state.images.len(), 2, "neither replaces the other");
    assert_eq!(
        mismatches(&desk.inspection, &state),
        [Mismatch::ReadersDiffer {
            first: "Officer 1".into(),
            first_says: ImageConclusion::NoAnomaly,
            second: "Officer 6".into(),
            second_says: ImageConclusion::Anomaly,
        }]
    );
    // Who asked comes round: both say the same, and nothing differs.
    desk.write(&customs(), read(ImageConclusion::Anomaly, None));
    assert!(mismatches(&desk.inspection, &desk.state()).is_empty());
}

#[test]
fn an_opinion_is_given_by_who_was_named_also_when_two_have_one_name() {
    let mut desk = Desk::new();
    let namesake = Officer {
        name: customs().name,
        ..officer(9, Agency::Customs)
    };
    desk.write(&customs(), read(ImageConclusion::Inconclusive, None));
    let asked = desk.write(&chief(7), ask(Some(namesake.id)));
    assert_eq!(
        may_name(&chief(7), &ask(Some(chief(7).id)), Some(&chief(7))),
        Err(Refusal::NotNamed)
    );
    let second = read(ImageConclusion::NoAnomaly, Some(asked));
    assert_eq!(desk.may(&analyst(), &second), Err(Refusal::NotAsked));
    // One that got past a broken desk answers nothing; it is a reading like any other.
    desk.put(&analyst(), second.clone(), None);
    assert!(desk.state().opinions[0].answer.is_none());
    desk.write(&namesake, second);
    let state = desk.state();
    assert!(state.opinions[0].answer.is_some());
    let customs_read = state.images.iter().filter(|i| i.by == "Officer 1").count();
    assert_eq!(customs_read, 2);
    let stranger = EntryBody::OpinionAsked {
        scan: BlobHash([9; 32]),
        of: None,
        note: String::new(),
    };
    assert_eq!(desk.may(&chief(7), &stranger), Err(Refusal::UnknownScan));
}
