//! The simple model: a few maps over the accepted entries in the order in which the central took them in. It is
//! written without the projection, and knows nothing of clocks.

use std::collections::{BTreeMap, BTreeSet};

use outpost_domain::*;

/// An agency's word on the goods, or on some of them.
struct Word {
    entry: EntryId,
    agency: Agency,
    refuses: bool,
    items: Vec<u32>,
}

/// What was accepted, sorted by kind; what was superseded is taken out.
pub struct Simple<'a> {
    inspection: &'a Inspection,
    placed: Vec<(EntryId, HoldId, HoldLevel)>,
    lifts: Vec<(EntryId, HoldId)>,
    overrides: BTreeMap<EntryId, HoldId>,
    confirmed: Vec<(EntryId, EntryId)>,
    declined: Vec<(EntryId, EntryId)>,
    /// Comments that stand.
    comments: BTreeSet<EntryId>,
    read: Vec<(EntryId, EntryId)>,
    words: Vec<Word>,
    taken_back: Vec<EntryId>,
    slots: Vec<(EntryId, Agency)>,
    /// What belongs to the record, by whom.
    record: BTreeMap<EntryId, Agency>,
    /// What was concluded under a hash.
    concluded: BTreeMap<BlobHash, BTreeSet<EntryId>>,
    conclusions: Vec<(EntryId, Agency, BlobHash)>,
    signatures: Vec<(EntryId, Agency, BlobHash)>,
}

const OF_RECORD: [&str; 15] = [
    "check-concluded",
    "checklist-answered",
    "seal-compared",
    "item-compared",
    "finding-recorded",
    "region-drawn",
    "region-judged",
    "image-concluded",
    "decided",
    "section-signed",
    "seal-affixed",
    "unit-examined",
    "reading-taken",
    "treatment-recorded",
    "sample-taken",
];

impl<'a> Simple<'a> {
    pub fn of(inspection: &'a Inspection, accepted: &[Entry]) -> Self {
        let mut model = Self {
            inspection,
            placed: vec![],
            lifts: vec![],
            overrides: BTreeMap::new(),
            confirmed: vec![],
            declined: vec![],
            comments: BTreeSet::new(),
            read: vec![],
            words: vec![],
            taken_back: vec![],
            slots: vec![],
            record: BTreeMap::new(),
            concluded: BTreeMap::new(),
            conclusions: vec![],
            signatures: vec![],
        };
        let mut gone = BTreeSet::new();
        for entry in accepted {
            model.take(&entry.payload);
            // An entry may reach the central after the one that supersedes it.
            gone.extend(entry.payload.supersedes);
            for id in &gone {
                model.forget(*id);
            }
        }
        model
    }

    fn take(&mut self, p: &EntryPayload) {
        let (id, agency) = (p.id, p.agency);
        match &p.body {
            EntryBody::HoldPlaced { hold, level, .. } => {
                self.placed.push((id, *hold, level.clone()));
            }
            EntryBody::HoldLifted { hold, .. } => self.lifts.push((id, *hold)),
            EntryBody::OverrideProposed { hold, .. } => {
                self.overrides.insert(id, *hold);
            }
            EntryBody::OverrideConfirmed { proposal } => self.confirmed.push((id, *proposal)),
            EntryBody::OverrideDeclined { proposal, .. } => self.declined.push((id, *proposal)),
            EntryBody::CommentWritten { .. } => {
                self.comments.insert(id);
            }
            EntryBody::CommentAcknowledged { comment } => self.read.push((id, *comment)),
            EntryBody::Decided { decision, items } => self.words.push(Word {
                entry: id,
                agency,
                refuses: matches!(decision, Decision::NotAcceptable { .. }),
                items: items.clone(),
            }),
            EntryBody::ReleaseWithdrawn { .. } => self.taken_back.push(id),
            EntryBody::SlotProposed { .. } => self.slots.push((id, agency)),
            EntryBody::JointConcluded { record, .. } => {
                let now = self.record.keys().copied().collect();
                self.concluded.insert(*record, now);
                self.conclusions.push((id, agency, *record));
            }
            EntryBody::RecordSigned { record } => self.signatures.push((id, agency, *record)),
            EntryBody::SignatureMissing { of, record, .. } => {
                self.signatures.push((id, *of, *record));
            }
            _ => {}
        }
        if OF_RECORD.contains(&p.body.code()) {
            self.record.insert(id, agency);
        }
    }

    fn forget(&mut self, id: EntryId) {
        self.placed.retain(|(e, ..)| *e != id);
        self.lifts.retain(|(e, _)| *e != id);
        self.overrides.remove(&id);
        self.confirmed.retain(|(e, _)| *e != id);
        self.declined.retain(|(e, _)| *e != id);
        self.comments.remove(&id);
        self.read.retain(|(e, _)| *e != id);
        self.words.retain(|w| w.entry != id);
        self.taken_back.retain(|e| *e != id);
        self.slots.retain(|(e, _)| *e != id);
        self.record.remove(&id);
        self.conclusions.retain(|(e, ..)| *e != id);
        self.signatures.retain(|(e, ..)| *e != id);
    }

    /// Names and levels of the holds that stand.
    pub fn open(&self) -> BTreeMap<HoldId, &HoldLevel> {
        let overridden: BTreeSet<HoldId> = self
            .confirmed
            .iter()
            .filter_map(|(_, proposal)| self.overrides.get(proposal).copied())
            .collect();
        self.placed
            .iter()
            .filter(|(_, hold, _)| !overridden.contains(hold))
            .filter(|(_, hold, _)| self.lifts.iter().all(|(_, lifted)| lifted != hold))
            .map(|(_, hold, level)| (*hold, level))
            .collect()
    }

    /// Whether the agency refuses the item; `None` when it has said nothing on it.
    pub fn refuses(&self, agency: Agency, item: u32) -> Option<bool> {
        let own = || self.words.iter().rev().filter(|w| w.agency == agency);
        own()
            .find(|w| w.items.contains(&item))
            .or_else(|| own().find(|w| w.items.is_empty()))
            .map(|w| w.refuses)
    }

    fn items(&self) -> Vec<u32> {
        self.inspection
            .consignment
            .items
            .iter()
            .map(|i| i.number)
            .collect()
    }

    fn required(&self) -> Vec<Agency> {
        let tasks = self.inspection.agencies.iter();
        tasks.filter(|t| t.required).map(|t| t.agency).collect()
    }

    /// Agencies that the goods wait for and that have left an item without a word.
    pub fn undecided(&self) -> Vec<Agency> {
        let mut agencies = self.required();
        agencies.retain(|a| self.items().iter().any(|i| self.refuses(*a, *i).is_none()));
        agencies
    }

    fn item(&self, item: u32) -> Openness {
        let held = self.open().values().any(|level| match level {
            HoldLevel::Item { number } => *number == item,
            _ => true,
        });
        let words: Vec<_> = Agency::ALL.iter().map(|a| self.refuses(*a, item)).collect();
        match () {
            () if held => Openness::Held,
            () if words.contains(&Some(true)) => Openness::Refused,
            () if self
                .required()
                .iter()
                .any(|a| self.refuses(*a, item).is_none()) =>
            {
                Openness::Waiting
            }
            () if !self.taken_back.is_empty() => Openness::Withdrawn,
            () => Openness::Released,
        }
    }

    fn openness(&self) -> Openness {
        let each: Vec<Openness> = self.items().into_iter().map(|i| self.item(i)).collect();
        let refused = each.iter().filter(|o| **o == Openness::Refused).count();
        match () {
            () if !self.open().is_empty() => Openness::Held,
            () if refused == each.len() => Openness::Refused,
            () if !self.undecided().is_empty() => Openness::Waiting,
            () if !self.taken_back.is_empty() => Openness::Withdrawn,
            () if refused > 0 => Openness::Partial,
            () => Openness::Released,
        }
    }

    fn stage(&self) -> RecordStage {
        let convener = self.inspection.convener();
        let own = || {
            self.conclusions
                .iter()
                .filter(|(_, a, _)| Some(*a) == convener)
        };
        if own().next().is_none() {
            return RecordStage::Open;
        }
        let now: BTreeSet<EntryId> = self.record.keys().copied().collect();
        let Some((_, _, hash)) = own().find(|(_, _, hash)| self.concluded[hash] == now) else {
            return RecordStage::Overtaken;
        };
        let mut awaited: BTreeSet<Agency> = self.record.values().copied().collect();
        awaited.extend(self.required());
        for (_, agency, signed) in &self.signatures {
            if signed == hash {
                awaited.remove(agency);
            }
        }
        if awaited.is_empty() {
            RecordStage::Final
        } else {
            RecordStage::Concluded
        }
    }

    /// Says where the projection differs.
    pub fn agrees(&self, state: &State) -> Result<(), String> {
        let holds: BTreeSet<HoldId> = state.open_holds().map(|h| h.hold.id).collect();
        same(
            "holds that stand",
            &holds,
            &self.open().keys().copied().collect(),
        )?;
        let pending: BTreeSet<EntryId> = state
            .open_holds()
            .filter_map(|h| h.overriding.as_ref())
            .filter(|o| o.is_pending())
            .map(|o| o.entry)
            .collect();
        let spoken = self.declined.iter().find(|(_, p)| pending.contains(p));
        same("an override that was declined and waits", &spoken, &None)?;
        let unread: BTreeSet<EntryId> = state
            .comments
            .iter()
            .filter(|c| c.read.is_none())
            .map(|c| c.entry)
            .collect();
        let mut expected = self.comments.clone();
        expected.retain(|c| self.read.iter().all(|(_, read)| read != c));
        same("comments that nobody read", &unread, &expected)?;
        for section in &state.sections {
            for item in self.items() {
                let said = section
                    .decision_on(item)
                    .map(|d| matches!(d.decision, Decision::NotAcceptable { .. }));
                let what = format!("whether {} refuses item {item}", section.agency);
                same(&what, &said, &self.refuses(section.agency, item))?;
            }
        }
        for word in &self.words {
            same(
                "section of who decided",
                &state.section(word.agency).is_some(),
                &true,
            )?;
        }
        let each: Vec<Openness> = state.release.iter().map(|r| r.openness).collect();
        let expected: Vec<Openness> = self.items().into_iter().map(|i| self.item(i)).collect();
        same("openness of the items", &each, &expected)?;
        same("openness", &state.openness, &self.openness())?;
        let slot = state.slot.as_ref().and_then(|s| s.proposal);
        let convener = self.inspection.convener();
        let proposed = self.slots.iter().rev().find(|(_, a)| Some(*a) == convener);
        same("slot", &slot, &proposed.map(|(id, _)| *id))?;
        same("stage of the record", &state.record.stage, &self.stage())
    }
}

fn same<T: std::fmt::Debug + PartialEq>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "{what}: the projection has {found:?}, the model {expected:?}"
    ))
}
