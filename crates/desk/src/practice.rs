//! Practice with projected threats: which scan is dealt, and what the officer answered. The window projects, since the
//! desk decodes no image; nothing of it is an entry.

use outpost_domain::{BlobHash, PracticeResult, deal};
use outpost_protocol::{PracticeCase, Practised, Problem, Reply};

use crate::desk::Desk;
use crate::requests::{Answered, store_problem};
use crate::words::problem;

impl Desk {
    pub(crate) fn practice(&self) -> Answered {
        let officer = self.officer()?;
        let store = &self.opened()?.store;
        let off = self.practice_is_off();
        let scans = if off {
            0
        } else {
            let scans = store.practice_scans(officer.agency);
            scans.map_err(store_problem)?.len() as u32
        };
        let results = store.practice(officer.id).map_err(store_problem)?;
        let reply = Reply::Practice(Practised {
            off,
            scans,
            results,
        });
        Ok((reply, Vec::new()))
    }

    pub(crate) fn deal_practice(&self, before: Option<BlobHash>) -> Answered {
        let officer = self.officer()?;
        self.practice_is_on()?;
        let store = &self.opened()?.store;
        let mut scans = store
            .practice_scans(officer.agency)
            .map_err(store_problem)?;
        let drawn = getrandom::u64().map_err(|error| problem("practice-none", [], error))?;
        let before = before.and_then(|blob| scans.iter().position(|s| s.scan.blob == blob));
        let Some(dealt) = deal(drawn, scans.len(), before) else {
            let words = "no scan to practise on is on this laptop";
            return Err(problem("practice-none", [], words));
        };
        let of = scans.swap_remove(dealt.scan);
        let items = &of.inspection.consignment.items;
        let units = &of.inspection.units;
        let case = PracticeCase {
            scan: of.scan,
            goods: items
                .first()
                .map(|i| i.description.clone())
                .unwrap_or_default(),
            projects: dealt.projects,
            inspection: of.inspection.id,
            unit: units.first().map(|u| u.number.spaced()).unwrap_or_default(),
        };
        Ok((Reply::PracticeDealt(Box::new(case)), Vec::new()))
    }

    pub(crate) fn keep_practice(&self, result: &PracticeResult) -> Answered {
        let officer = self.officer()?;
        self.practice_is_on()?;
        self.opened()?
            .store
            .keep_practice(officer.id, result)
            .map_err(store_problem)?;
        self.practice()
    }

    fn practice_is_off(&self) -> bool {
        let state = self.state();
        state.post.as_ref().is_some_and(|p| p.post.practice_off)
    }

    fn practice_is_on(&self) -> Result<(), Problem> {
        if self.practice_is_off() {
            let words = "the authority has switched practice off at this post";
            return Err(problem("practice-off", [], words));
        }
        Ok(())
    }
}
