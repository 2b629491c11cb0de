//! How much each officer of the own agency has in hand: open inspections, and slots of today.

use outpost_domain::{Officer, OfficerId, Openness, Role};

use crate::model::Model;

/// An officer and what is assigned to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub officer: OfficerId,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Inspections that are not released.
    pub open: usize,
    /// Those of them whose slot begins today.
    pub today: usize,
}

/// The load of each officer of the signed-in officer's agency, in the post's order.
pub fn loads(model: &Model) -> Vec<Load> {
    let Some(me) = model.officer() else {
        return Vec::new();
    };
    let officers = model.status.iter().flat_map(|status| &status.officers);
    let own = officers.filter(|o| o.agency == me.agency);
    let mut loads: Vec<Load> = own.map(free).collect();
    let today = model.today();
    let open = model.rows.all().iter().map(|row| &row.row);
    for row in open.filter(|row| row.openness != Openness::Released) {
        let day = |at: jiff::Timestamp| at.to_zoned(model.zone.clone()).date();
        for load in &mut loads {
            if row.assigned_to.contains(&load.officer) {
                load.open += 1;
                load.today += usize::from(row.slot_start.is_some_and(|at| day(at) == today));
            }
        }
    }
    loads
}

fn free(officer: &Officer) -> Load {
    Load {
        officer: officer.id,
        name: officer.name.clone(),
        role: officer.role,
        open: 0,
        today: 0,
    }
}
