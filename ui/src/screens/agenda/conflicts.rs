//! What stands against a slot: an agency, an officer or the bay at two things at once, a closed post, too little time.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use outpost_domain::{Agency, Answer, Hours, InspectionId, OfficerId, Span};
use outpost_protocol::AgendaSlot;

/// A reason against a slot, the gravest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The bay is taken, by this unit.
    Bay(String),
    /// An agency is in another bay at that time.
    Agency(Agency, String),
    /// An agency needs more minutes.
    Short(u16),
    /// The post is closed.
    Closed,
    /// An officer is in another bay at that time.
    Officer(OfficerId, String),
}

impl Conflict {
    /// Whether the slot cannot stand as it is. That an officer is assigned to two inspections at once is told, but
    /// inspections are assigned before they have a slot, and often to more officers than come.
    pub const fn is_grave(&self) -> bool {
        !matches!(self, Self::Officer(..))
    }
}

/// A slot, standing or only thought of.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The inspection's slot whose agencies and officers are meant.
    pub of: &'a AgendaSlot,
    /// The bay.
    pub bay: &'a str,
    /// The time.
    pub span: Span,
}

impl<'a> From<&'a AgendaSlot> for Candidate<'a> {
    fn from(slot: &'a AgendaSlot) -> Self {
        Self {
            of: slot,
            bay: &slot.state.slot.bay,
            span: slot.state.slot.span(),
        }
    }
}

/// Opening hours and the zone in which they are meant.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The hours; absent when the post is always open.
    pub hours: Option<Hours>,
    /// The post's zone.
    pub zone: &'a TimeZone,
    /// From one bay to another.
    pub travel: SignedDuration,
}

/// What stands against `candidate` among `slots`; its own slot there does not count.
pub fn against(
    candidate: &Candidate<'_>,
    slots: &[AgendaSlot],
    opening: Opening<'_>,
) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = slots
        .iter()
        .filter(|other| other.inspection != candidate.of.inspection)
        .flat_map(|other| with(candidate, other, opening.travel))
        .collect();
    found.extend(alone(candidate, opening));
    found.sort_by_key(rank);
    found.dedup();
    found
}

/// What stands against each slot, where anything does. Of two that contend both are told; slots are in the order of
/// their begin, so that only neighbours in time are compared.
pub fn all(slots: &[AgendaSlot], opening: Opening<'_>) -> HashMap<InspectionId, Vec<Conflict>> {
    let mut found: HashMap<InspectionId, Vec<Conflict>> = HashMap::new();
    let longest = slots
        .iter()
        .map(|s| needed(s, s.state.slot.span()).length())
        .max()
        .unwrap_or(SignedDuration::ZERO);
    for (index, slot) in slots.iter().enumerate() {
        let candidate = Candidate::from(slot);
        let mine = found.entry(slot.inspection).or_default();
        mine.extend(alone(&candidate, opening));
        let until = slot.state.slot.end + longest + opening.travel;
        for other in slots[index + 1..]
            .iter()
            .take_while(|other| other.state.slot.start < until)
        {
            let of_mine = with(&candidate, other, opening.travel);
            if of_mine.is_empty() {
                continue;
            }
            found.entry(slot.inspection).or_default().extend(of_mine);
            let of_theirs = with(&Candidate::from(other), slot, opening.travel);
            found.entry(other.inspection).or_default().extend(of_theirs);
        }
    }
    found.retain(|_, conflicts| !conflicts.is_empty());
    for conflicts in found.values_mut() {
        conflicts.sort_by_key(rank);
        conflicts.dedup();
    }
    found
}

const fn rank(conflict: &Conflict) -> u8 {
    match conflict {
        Conflict::Bay(_) => 0,
        Conflict::Agency(..) => 1,
        Conflict::Short(_) => 2,
        Conflict::Closed => 3,
        Conflict::Officer(..) => 4,
    }
}

/// The time for which the bay is needed: with its setting up.
fn needed(slot: &AgendaSlot, span: Span) -> Span {
    let setup = SignedDuration::from_mins(i64::from(slot.state.setup_minutes));
    Span {
        start: span.start.checked_sub(setup).unwrap_or(span.start),
        end: span.end,
    }
}

/// What another slot has against the candidate.
fn with(candidate: &Candidate<'_>, other: &AgendaSlot, travel: SignedDuration) -> Vec<Conflict> {
    let bay = &other.state.slot.bay;
    let theirs = other.state.slot.span();
    if bay == candidate.bay {
        let mine = needed(candidate.of, candidate.span);
        let taken = mine.overlaps(&needed(other, theirs));
        return taken
            .then(|| Conflict::Bay(other.unit.clone()))
            .into_iter()
            .collect();
    }
    // Who comes from another bay is on the way before.
    let begin = candidate.span.start.checked_sub(travel);
    let end = candidate.span.end.checked_add(travel);
    let with_way = Span {
        start: begin.unwrap_or(candidate.span.start),
        end: end.unwrap_or(candidate.span.end),
    };
    if !with_way.overlaps(&theirs) {
        return Vec::new();
    }
    let agencies = candidate
        .of
        .concerned
        .iter()
        .copied()
        // Customs convenes and has officers for each bay; the others come with one.
        .filter(|agency| *agency != Agency::Customs)
        .filter(|agency| comes(candidate.of, *agency) && comes(other, *agency))
        .map(|agency| Conflict::Agency(agency, bay.clone()));
    let officers = candidate
        .of
        .assigned_to
        .iter()
        .filter(|officer| other.assigned_to.contains(officer))
        .map(|officer| Conflict::Officer(*officer, bay.clone()));
    agencies.chain(officers).collect()
}

fn comes(slot: &AgendaSlot, agency: Agency) -> bool {
    let answers = &slot.state.slot.agencies;
    answers
        .iter()
        .any(|a| a.agency == agency && a.answer == Answer::Accepted)
}

/// What stands against the candidate by itself.
fn alone(candidate: &Candidate<'_>, opening: Opening<'_>) -> Vec<Conflict> {
    let minutes = candidate.of.state.needed_minutes();
    let short = minutes
        .filter(|m| candidate.span.length() < SignedDuration::from_mins(i64::from(*m)))
        .map(Conflict::Short);
    let closed = opening
        .hours
        .filter(|hours| !within(candidate.span, *hours, opening.zone))
        .map(|_| Conflict::Closed);
    short.into_iter().chain(closed).collect()
}

fn within(span: Span, hours: Hours, zone: &TimeZone) -> bool {
    let local = |at: Timestamp| at.to_zoned(zone.clone());
    let (start, end) = (local(span.start), local(span.end));
    start.date() == end.date() && start.time() >= hours.opens && end.time() <= hours.closes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use outpost_domain::{Lane, Slot, SlotAgency, SlotState};

    fn slot(n: u128, bay: &str, from: &str, to: &str, vet: Answer) -> AgendaSlot {
        let at = |time: &str| format!("2026-11-23T{time}:00Z").parse().unwrap();
        AgendaSlot {
            inspection: InspectionId(uuid::Uuid::from_u128(n)),
            unit: format!("UNIT {n}"),
            goods: "Fish".to_owned(),
            lane: Lane::Red,
            version: 1,
            assigned_to: Vec::new(),
            concerned: vec![Agency::Customs, Agency::Veterinary],
            state: SlotState::from(Slot {
                bay: bay.to_owned(),
                start: at(from),
                end: at(to),
                agencies: vec![
                    SlotAgency {
                        agency: Agency::Customs,
                        answer: Answer::Accepted,
                    },
                    SlotAgency {
                        agency: Agency::Veterinary,
                        answer: vet,
                    },
                ],
            }),
        }
    }

    const OPEN: Opening<'static> = Opening {
        hours: None,
        zone: &TimeZone::UTC,
        travel: SignedDuration::ZERO,
    };

    #[test]
    fn an_agency_at_two_bays_at_once_is_told_at_both() {
        let slots = [
            slot(1, "Bay 1", "09:00", "10:00", Answer::Accepted),
            slot(2, "Bay 2", "09:30", "11:00", Answer::Accepted),
        ];
        let found = all(&slots, OPEN);
        let there = |bay: &str| vec![Conflict::Agency(Agency::Veterinary, bay.to_owned())];
        assert_eq!(found[&slots[0].inspection], there("Bay 2"));
        assert_eq!(found[&slots[1].inspection], there("Bay 1"));
    }

    #[test]
    fn one_that_has_not_accepted_or_comes_after_is_none() {
        let slots = [
            slot(1, "Bay 1", "09:00", "10:00", Answer::Accepted),
            slot(3, "Bay 3", "09:00", "11:00", Answer::Pending),
            slot(2, "Bay 2", "10:00", "11:00", Answer::Accepted),
        ];
        assert!(all(&slots, OPEN).is_empty());
    }

    #[test]
    fn the_way_from_bay_to_bay_is_counted() {
        let slots = [
            slot(1, "Bay 1", "09:00", "10:00", Answer::Accepted),
            slot(2, "Bay 2", "10:05", "11:00", Answer::Accepted),
        ];
        let far = |minutes| Opening {
            travel: SignedDuration::from_mins(minutes),
            ..OPEN
        };
        assert!(all(&slots, far(5)).is_empty());
        let found = all(&slots, far(6));
        let there = |bay: &str| vec![Conflict::Agency(Agency::Veterinary, bay.to_owned())];
        assert_eq!(found[&slots[0].inspection], there("Bay 2"));
        assert_eq!(found[&slots[1].inspection], there("Bay 1"));
    }

    #[test]
    fn a_bay_is_taken_with_its_setting_up() {
        let mut slots = [
            slot(1, "Bay 1", "09:00", "10:00", Answer::Pending),
            slot(2, "Bay 1", "10:00", "11:00", Answer::Pending),
        ];
        assert!(all(&slots, OPEN).is_empty());
        slots[1].state.setup_minutes = 15;
        let found = all(&slots, OPEN);
        assert_eq!(
            found[&slots[0].inspection],
            [Conflict::Bay("UNIT 2".to_owned())]
        );
    }

    #[test]
    fn an_officer_at_two_bays_is_named() {
        let officer = OfficerId(uuid::Uuid::from_u128(7));
        let mut slots = [
            slot(1, "Bay 1", "09:00", "10:00", Answer::Pending),
            slot(2, "Bay 2", "09:00", "10:00", Answer::Pending),
        ];
        for slot in &mut slots {
            slot.assigned_to = vec![officer];
        }
        let candidate = Candidate::from(&slots[0]);
        assert_eq!(
            against(&candidate, &slots, OPEN),
            [Conflict::Officer(officer, "Bay 2".to_owned())]
        );
    }

    #[test]
    fn a_closed_post_and_too_little_time_are_told_by_the_slot_alone() {
        let hours = Hours {
            opens: jiff::civil::time(7, 0, 0, 0),
            closes: jiff::civil::time(17, 0, 0, 0),
        };
        let opening = Opening {
            hours: Some(hours),
            zone: &TimeZone::UTC,
            travel: SignedDuration::ZERO,
        };
        let mut late = slot(1, "Bay 1", "16:30", "17:30", Answer::Accepted);
        late.state.answers.push(outpost_domain::SlotAnswer {
            entry: outpost_domain::EntryId(uuid::Uuid::nil()),
            agency: Agency::Veterinary,
            answer: Answer::Accepted,
            reason: String::new(),
            rather: None,
            minutes: Some(90),
            by: String::new(),
            at: late.state.slot.start,
        });
        let found = against(&Candidate::from(&late), &[], opening);
        assert_eq!(found, [Conflict::Short(90), Conflict::Closed]);
    }

    #[test]
    fn the_whole_agenda_and_one_slot_agree() {
        let bays = ["Bay 1", "Bay 2", "Bay 3"];
        let mut slots: Vec<AgendaSlot> = (0..60u128)
            .map(|n| {
                let from = format!("{:02}:{:02}", 6 + n % 11, (n * 7) % 60);
                let to = format!("{:02}:{:02}", 7 + n % 11, (n * 13) % 60);
                let answer = if n.is_multiple_of(3) {
                    Answer::Pending
                } else {
                    Answer::Accepted
                };
                slot(n, bays[n as usize % 3], &from, &to, answer)
            })
            .filter(|s| s.state.slot.span().is_sound())
            .collect();
        slots.sort_by_key(|s| s.state.slot.start);
        let found = all(&slots, OPEN);
        for one in &slots {
            let mut alone = against(&Candidate::from(one), &slots, OPEN);
            let mut whole = found.get(&one.inspection).cloned().unwrap_or_default();
            let words = |c: &Conflict| format!("{c:?}");
            alone.sort_by_key(words);
            whole.sort_by_key(words);
            alone.dedup();
            whole.dedup();
            assert_eq!(alone, whole, "{}", one.unit);
        }
    }
}
