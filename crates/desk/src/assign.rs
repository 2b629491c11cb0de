//! Several inspections given to one officer: an entry each, and a reason for each that could not be given.

use outpost_domain::{Agency, EntryBody, InspectionId, Officer, OfficerId, State, wants_assigning};
use outpost_protocol::{NotAssigned, Problem, Reply};

use crate::desk::Desk;
use crate::requests::{Answered, NewAct, store_problem};
use crate::words::{problem, refused};

impl Desk {
    /// Each inspection by itself: one that cannot be given holds up no other.
    pub(crate) fn assign(&self, inspections: Vec<InspectionId>, to: OfficerId) -> Answered {
        let me = self.officer()?;
        let officers = self.opened()?.store.officers().map_err(store_problem)?;
        let to = officers
            .iter()
            .find(|o| o.id == to)
            .ok_or_else(|| problem("not-named", [], "the post does not know this officer"))?;
        let mut done = Vec::new();
        let mut not = Vec::new();
        for inspection in inspections {
            match self.assign_one(inspection, me.agency, to, &officers) {
                Ok(()) => done.push(inspection),
                Err((unit, problem)) => not.push(NotAssigned {
                    inspection,
                    unit,
                    problem,
                }),
            }
        }
        Ok((Reply::Assigned { done, not }, Vec::new()))
    }

    fn assign_one(
        &self,
        inspection: InspectionId,
        agency: Agency,
        to: &Officer,
        officers: &[Officer],
    ) -> Result<(), (String, Problem)> {
        let nameless = |problem| (inspection.to_string(), problem);
        let store = self.opened().map_err(nameless)?.store;
        let opened = store
            .open_inspection(None, inspection)
            .map_err(|error| nameless(store_problem(error)))?;
        let unit = opened.inspection.units.first();
        let unit = unit.map(|u| u.number.spaced()).unwrap_or_default();
        wants_assigning(&opened.state, to).map_err(|refusal| (unit.clone(), refused(&refusal)))?;
        let act = NewAct {
            inspection,
            body: EntryBody::OfficerAssigned {
                officer: to.id,
                instead_of: who_had_it(&opened.state, agency, officers),
            },
            based_on: opened.inspection.version,
            supersedes: None,
            on_behalf_of: None,
        };
        self.record(act, None)
            .map(|_| ())
            .map_err(|problem| (unit, problem))
    }
}

/// The officers of `agency` to whom it is assigned.
fn who_had_it(state: &State, agency: Agency, officers: &[Officer]) -> Vec<OfficerId> {
    let own = |id: &OfficerId| {
        let known = officers.iter().find(|o| o.id == *id);
        known.is_some_and(|o| o.agency == agency)
    };
    state.assigned_to.iter().copied().filter(own).collect()
}
