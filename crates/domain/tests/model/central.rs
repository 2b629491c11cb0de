//! The central: it judges what comes with the same function as the real one, and keeps what it accepts.

use std::collections::BTreeMap;

use outpost_domain::*;

use crate::simple::Simple;
use crate::{coverage, law};

/// What the laptop is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accepted,
    Duplicate,
    Refused,
    Conflict,
}

/// A change in the feed.
pub enum News {
    Snapshot(Box<Inspection>),
    Entry(EntryId, Box<SignedEntry>),
}

pub struct Central {
    pub inspections: BTreeMap<InspectionId, Inspection>,
    officers: Vec<Officer>,
    /// Accepted entries in the order of acceptance.
    log: Vec<Entry>,
    feed: Vec<News>,
}

impl Central {
    pub fn new(inspections: BTreeMap<InspectionId, Inspection>, officers: Vec<Officer>) -> Self {
        Self {
            inspections,
            officers,
            log: vec![],
            feed: vec![],
        }
    }

    pub fn feed(&self, from: usize) -> &[News] {
        &self.feed[from..]
    }

    pub fn accepted(&self, on: InspectionId) -> Vec<Entry> {
        self.log
            .iter()
            .filter(|e| e.payload.inspection == on)
            .cloned()
            .collect()
    }

    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    pub fn state(&self, on: InspectionId) -> State {
        project(&self.inspections[&on], &self.accepted(on))
    }

    pub fn take_in(&mut self, signed: &SignedEntry) -> Result<Answer, String> {
        let entry = signed.open().map_err(|e| e.to_string())?;
        let p = &entry.payload;
        if self.log.iter().any(|e| e.payload.id == p.id) {
            return Ok(Answer::Duplicate);
        }
        let author = self.officers.iter().find(|o| o.id == p.author).unwrap();
        let inspection = &self.inspections[&p.inspection];
        let accepted = self.accepted(p.inspection);
        let (answer, code) = match judge(author, inspection, &accepted, &crate::world::lists(), p) {
            Judgement::Accepted => (Answer::Accepted, ""),
            Judgement::Refused(refusal) => (Answer::Refused, refusal.code()),
            Judgement::Conflict { code, .. } => (Answer::Conflict, code),
        };
        coverage::count(p.body.code(), answer, code);
        if answer != Answer::Accepted {
            law::no_section_conflicts(author, inspection, &accepted, &entry, code)?;
            return Ok(answer);
        }
        let on = p.inspection;
        self.feed.push(News::Entry(p.id, Box::new(signed.clone())));
        self.log.push(entry);
        self.check(on)?;
        Ok(answer)
    }

    /// The projection against the simple model.
    pub fn check(&self, on: InspectionId) -> Result<(), String> {
        let inspection = &self.inspections[&on];
        let accepted = self.accepted(on);
        let state = project(inspection, &accepted);
        coverage::state(&state);
        law::release(inspection, &state, &accepted)?;
        Simple::of(inspection, &accepted).agrees(&state)
    }

    /// Changes a snapshot and tells everybody.
    pub fn change(
        &mut self,
        on: InspectionId,
        change: impl FnOnce(&mut Inspection),
    ) -> Result<(), String> {
        let inspection = self.inspections.get_mut(&on).unwrap();
        change(inspection);
        inspection.version += 1;
        self.feed.push(News::Snapshot(Box::new(inspection.clone())));
        self.check(on)
    }
}
