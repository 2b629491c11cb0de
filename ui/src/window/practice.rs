//! The page of practice: what it asks of the desk, and what is done on it.

use outpost_protocol::{PracticeCase, Practised, Problem, Request};

use super::Window;
use super::asking::Purpose;
use crate::intent::Place;
use crate::screens::practice::Wish;

impl Window {
    /// Asks for what the page shows and has not; elsewhere nothing of it stays.
    pub(super) fn keep_practice(&mut self) {
        if self.place != Place::Practice {
            self.practice.leave();
            return;
        }
        let revision = self.model.status_revision;
        let asked = self.is_asked(|purpose| *purpose == Purpose::Practice);
        // With what the desk does the status changes: scans may have come meanwhile.
        if !asked && self.practice.is_stale(revision) {
            self.practice.asked_at(revision);
            self.ask(Purpose::Practice, Request::Practice, Vec::new());
        }
        while let Some((blob, offset, length)) = self.practice.ask() {
            let request = Request::GetBlob {
                blob,
                offset,
                length,
            };
            self.ask(Purpose::PracticeScan(blob), request, Vec::new());
        }
    }

    pub(super) fn practise(&mut self, wish: Wish) {
        let asked = self.is_asked(|purpose| *purpose == Purpose::PracticeDealt);
        match wish {
            Wish::Next if self.practice.may_deal() && !asked => {
                let before = self.practice.before();
                let request = Request::DealPractice { before };
                self.ask(Purpose::PracticeDealt, request, Vec::new());
            }
            Wish::Next => {}
            Wish::Sure(confidence) => self.practice.sure(confidence),
            Wish::Nothing => self.answer_practice(false),
            Wish::Something => self.answer_practice(true),
            Wish::Open => {
                if let Some(inspection) = self.practice.inspection() {
                    self.open(inspection);
                }
            }
        }
    }

    fn answer_practice(&mut self, something: bool) {
        if let Some(result) = self.practice.answer(something, self.model.now) {
            let request = Request::KeepPractice { result };
            self.ask(Purpose::PracticeKept, request, Vec::new());
        }
    }

    /// Takes a scan that was dealt, unless the officer has left meanwhile.
    pub(super) fn practice_dealt(&mut self, case: Result<PracticeCase, Problem>) {
        if self.place != Place::Practice {
            return;
        }
        match case {
            Ok(case) => self.practice.dealt(case),
            Err(problem) => self.practice.undealt = Some(problem),
        }
    }

    pub(super) fn practice_told(&mut self, book: Result<Practised, Problem>) {
        if self.place == Place::Practice {
            self.practice.book.take(book);
        }
    }
}
