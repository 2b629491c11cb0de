//! A laptop: its journal and outbox, what it shows, and what it does with the central's answers.

use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use outpost_domain::*;
use uuid::Uuid;

use crate::central::{Answer as Outcome, Central, News};

/// How far an own entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Waiting,
    Accepted,
    Refused,
    Conflict,
    /// Settled by an entry that replaced it or took it back.
    SetAside,
}

impl Sent {
    pub const fn is_stuck(self) -> bool {
        matches!(self, Self::Refused | Self::Conflict)
    }
}

/// What survives a restart: the signed texts, the outbox, the snapshots and where the feed was read to.
struct Disk {
    journal: Vec<SignedEntry>,
    outbox: BTreeMap<u64, (EntryId, InspectionId, Sent)>,
    snapshots: BTreeMap<InspectionId, Inspection>,
    cursor: usize,
}

pub struct Laptop {
    pub crew: Vec<Officer>,
    pub online: bool,
    /// By how many seconds its clock is wrong.
    pub skew: i64,
    device: DeviceId,
    key: SigningKey,
    disk: Disk,
    entries: Vec<Entry>,
    known: BTreeSet<EntryId>,
    head: (EntryHash, u64),
}

impl Laptop {
    pub fn new(
        number: u8,
        crew: Vec<Officer>,
        snapshots: &BTreeMap<InspectionId, Inspection>,
    ) -> Self {
        Self {
            crew,
            online: true,
            skew: 0,
            device: DeviceId(crate::world::id(1000 + u128::from(number))),
            key: SigningKey::from_bytes(&[number + 1; 32]),
            disk: Disk {
                journal: vec![],
                outbox: BTreeMap::new(),
                snapshots: snapshots.clone(),
                cursor: 0,
            },
            entries: vec![],
            known: BTreeSet::new(),
            head: (EntryHash::GENESIS, 0),
        }
    }

    pub fn snapshot(&self, on: InspectionId) -> &Inspection {
        &self.disk.snapshots[&on]
    }

    /// Every entry of an inspection, whatever became of it.
    pub fn entries(&self, on: InspectionId) -> Vec<Entry> {
        self.entries
            .iter()
            .filter(|e| e.payload.inspection == on)
            .cloned()
            .collect()
    }

    /// The entries that the projection is made of: not those set aside, nor contended ones that lost.
    pub fn counted(&self, on: InspectionId) -> Vec<Entry> {
        let fate: BTreeMap<EntryId, Sent> = self.fates().collect();
        let mut entries = self.entries(on);
        entries.retain(|e| match fate.get(&e.payload.id) {
            Some(Sent::SetAside) => false,
            Some(Sent::Conflict) => !only_one_stands(&e.payload),
            _ => true,
        });
        entries
    }

    pub fn state(&self, on: InspectionId) -> State {
        project(self.snapshot(on), &self.counted(on))
    }

    /// Own entries and how far they are.
    pub fn fates(&self) -> impl Iterator<Item = (EntryId, Sent)> + '_ {
        self.disk.outbox.values().map(|(id, _, sent)| (*id, *sent))
    }

    pub fn first_stuck(&self) -> Option<&Entry> {
        let (id, _) = self.fates().find(|(_, sent)| sent.is_stuck())?;
        self.entries.iter().find(|e| e.payload.id == id)
    }

    pub fn clock(&self, now: i64) -> Timestamp {
        crate::world::at(now + self.skew)
    }

    /// A name as the laptop's clock and number make it.
    pub fn fresh(&self, now: i64) -> Uuid {
        let mut tail = [0; 10];
        tail[..8].copy_from_slice(&(self.head.1 + 1).to_be_bytes());
        tail[8..].copy_from_slice(&self.device.0.as_bytes()[14..]);
        let millis = u64::try_from(self.clock(now).as_millisecond()).unwrap();
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    /// Asks the rules as the desk does, then writes the act down.
    pub fn record(
        &mut self,
        who: &Officer,
        on: InspectionId,
        now: i64,
        body: EntryBody,
        supersedes: Option<EntryId>,
    ) -> Result<EntryId, Refusal> {
        let replaced = self
            .entries
            .iter()
            .filter(|e| e.payload.inspection == on)
            .find(|e| Some(e.payload.id) == supersedes)
            .map(|e| &e.payload);
        let corrected = supersedes.map(|id| (id, replaced.map(|p| p.agency)));
        allow(who, self.snapshot(on), &self.state(on), &body, corrected)?;
        replaced.map_or(Ok(()), |p| may_supersede(who, &p.body))?;
        let counted = self.counted(on);
        let standing = counted.iter().map(|e| &e.payload);
        let stuck = |id| self.fates().any(|(own, sent)| own == id && sent.is_stuck());
        // A stuck entry is always settled, also when more was said on top of it.
        supersedes.filter(|id| !stuck(*id)).map_or(Ok(()), |id| {
            not_yet_corrected(id, who.agency, &body, standing)
        })?;
        may_answer(who.agency, &self.state(on), &body, &crate::world::lists())?;
        Ok(self.append(who, on, now, body, supersedes))
    }

    fn append(
        &mut self,
        who: &Officer,
        on: InspectionId,
        now: i64,
        body: EntryBody,
        supersedes: Option<EntryId>,
    ) -> EntryId {
        let mut settles = false;
        for (id, _, sent) in self.disk.outbox.values_mut() {
            if Some(*id) == supersedes && sent.is_stuck() {
                *sent = Sent::SetAside;
                settles = true;
            }
        }
        let takes_back = settles && matches!(body, EntryBody::Withdrawn { .. });
        let supersedes = match supersedes {
            Some(aside) if settles && !takes_back => self.in_place_of(on, aside),
            supersedes => supersedes,
        };
        let payload = EntryPayload {
            id: EntryId(self.fresh(now)),
            inspection: on,
            author: who.id,
            author_name: who.name.clone(),
            agency: who.agency,
            device: self.device,
            sequence: self.head.1 + 1,
            recorded_at: self.clock(now),
            offset_seconds: 0,
            server_time: None,
            based_on: self.snapshot(on).version,
            supersedes,
            on_behalf_of: None,
            previous: self.head.0,
            body,
        };
        let signed = sign_entry(&payload, &self.key).unwrap();
        let sent = if takes_back {
            Sent::SetAside
        } else {
            Sent::Waiting
        };
        self.disk
            .outbox
            .insert(payload.sequence, (payload.id, on, sent));
        self.head = (signed.hash(), payload.sequence);
        self.keep(signed);
        payload.id
    }

    /// What stands now in the place of what a correction that was set aside had corrected.
    fn in_place_of(&self, on: InspectionId, aside: EntryId) -> Option<EntryId> {
        let aside = self.entries.iter().find(|e| e.payload.id == aside)?;
        let mut place = aside.payload.supersedes?;
        let counted = self.counted(on);
        while let Some(next) = counted.iter().find(|e| e.payload.supersedes == Some(place)) {
            place = next.payload.id;
        }
        Some(place)
    }

    fn keep(&mut self, signed: SignedEntry) {
        let entry = signed.open_trusted().unwrap();
        if self.known.insert(entry.payload.id) {
            self.entries.push(entry);
            self.disk.journal.push(signed);
        }
    }

    /// Sends at most `most` entries in their order, none behind a stuck one of its inspection. When `deaf`, the
    /// answer to the last one is lost.
    pub fn push(&mut self, central: &mut Central, most: usize, deaf: bool) -> Result<(), String> {
        let mut parked = BTreeSet::new();
        let mut left = most;
        for (sequence, (id, on, sent)) in self.disk.outbox.clone() {
            if sent.is_stuck() {
                parked.insert(on);
            }
            if sent != Sent::Waiting || parked.contains(&on) || left == 0 {
                continue;
            }
            left -= 1;
            let signed = self.signed(id);
            let answer = central.take_in(&signed)?;
            if deaf && left == 0 {
                return Ok(());
            }
            let sent = match answer {
                Outcome::Accepted | Outcome::Duplicate => Sent::Accepted,
                Outcome::Refused => Sent::Refused,
                Outcome::Conflict => Sent::Conflict,
            };
            if sent.is_stuck() {
                parked.insert(on);
            }
            self.disk.outbox.insert(sequence, (id, on, sent));
        }
        Ok(())
    }

    fn signed(&self, id: EntryId) -> SignedEntry {
        let index = self
            .entries
            .iter()
            .position(|e| e.payload.id == id)
            .unwrap();
        self.disk.journal[index].clone()
    }

    /// Takes in at most `most` of the central's changes.
    pub fn pull(&mut self, central: &Central, most: usize) {
        for news in central.feed(self.disk.cursor).iter().take(most) {
            self.disk.cursor += 1;
            match news {
                News::Snapshot(inspection) => {
                    self.disk
                        .snapshots
                        .insert(inspection.id, (**inspection).clone());
                }
                News::Entry(id, signed) => {
                    self.keep((**signed).clone());
                    for (own, _, sent) in self.disk.outbox.values_mut() {
                        if own == id {
                            *sent = Sent::Accepted;
                        }
                    }
                }
            }
        }
    }

    /// Offers the first stuck entry again.
    pub fn offer_again(&mut self) {
        if let Some((_, _, sent)) = self.disk.outbox.values_mut().find(|(_, _, s)| s.is_stuck()) {
            *sent = Sent::Waiting;
        }
    }

    /// Forgets everything but the disk, and reads that again with every signature and the own chain.
    pub fn restart(&mut self) {
        let journal = std::mem::take(&mut self.disk.journal);
        self.entries.clear();
        self.known.clear();
        self.head = (EntryHash::GENESIS, 0);
        for signed in journal {
            let entry = signed.open().unwrap();
            if entry.payload.device == self.device {
                entry.follows(self.head).unwrap();
                self.head = (entry.hash, entry.payload.sequence);
            }
            self.keep(signed);
        }
    }
}
