//! The two posts, their bays, and the officers who work there.

use jiff::civil;
use outpost_domain::{Agency, Hours, Officer, OfficerId, Post, Role, UnLocode};
use uuid::Uuid;

use crate::numbers::constant;

/// Columns of the land post's agenda.
pub(crate) const LAND_BAYS: [&str; 5] = ["Bay 1", "Bay 2 · reefer", "Bay 3", "Scanner", "Jetty"];

/// Columns of the shed's agenda.
pub(crate) const SHED_BAYS: [&str; 4] = ["Shed A", "Shed B · reefer", "Scanner", "Quay 4"];

/// The land post at the Songwe river, on the road from Mbeya to Karonga. UN/LOCODE has no entry for the crossing
/// itself; it is Karonga's.
pub(crate) fn land_post() -> Post {
    Post {
        code: constant("MWKGJ"),
        name: "Kasumulu land post".to_owned(),
        zone: "Africa/Blantyre".to_owned(),
        bays: LAND_BAYS.map(str::to_owned).to_vec(),
        travel_minutes: 5,
        suggestions_off: false,
        practice_off: false,
        hours: Some(hours(6, 18)),
    }
}

const fn hours(opens: i8, closes: i8) -> Hours {
    Hours {
        opens: civil::time(opens, 0, 0, 0),
        closes: civil::time(closes, 0, 0, 0),
    }
}

/// The inspection shed in the port of Dar es Salaam.
pub(crate) fn seaport_shed() -> Post {
    Post {
        code: constant("TZDAR"),
        name: "Dar es Salaam inspection shed".to_owned(),
        zone: "Africa/Dar_es_Salaam".to_owned(),
        bays: SHED_BAYS.map(str::to_owned).to_vec(),
        travel_minutes: 10,
        suggestions_off: false,
        practice_off: false,
        hours: Some(hours(7, 17)),
    }
}

/// Name, agency and role; the place in this list names the officer.
type Person = (&'static str, Agency, Role);

const LAND_OFFICERS: [Person; 11] = [
    ("A. Mwale", Agency::Customs, Role::Inspector),
    ("T. Kamanga", Agency::Customs, Role::Inspector),
    ("C. Nyirenda", Agency::Customs, Role::Supervisor),
    ("L. Chirwa", Agency::Customs, Role::Analyst),
    ("Dr G. Phiri", Agency::Veterinary, Role::Inspector),
    ("M. Gondwe", Agency::PlantHealth, Role::Inspector),
    ("E. Banda", Agency::PortHealth, Role::Inspector),
    ("S. Mkandawire", Agency::Safety, Role::Inspector),
    ("R. Kaunda", Agency::Standards, Role::Inspector),
    ("J. Msiska", Agency::Police, Role::Inspector),
    ("D. Simfukwe", Agency::Immigration, Role::Inspector),
];

const SHED_OFFICERS: [Person; 9] = [
    ("H. Mushi", Agency::Customs, Role::Inspector),
    ("N. Mrema", Agency::Customs, Role::Supervisor),
    ("B. Swai", Agency::Customs, Role::Analyst),
    ("Dr Z. Khamis", Agency::Veterinary, Role::Inspector),
    ("F. Massawe", Agency::PlantHealth, Role::Inspector),
    ("P. Lyimo", Agency::PortHealth, Role::Inspector),
    ("K. Ally", Agency::Safety, Role::Inspector),
    ("W. Shirima", Agency::Immigration, Role::Inspector),
    ("O. Juma", Agency::Maritime, Role::Inspector),
];

/// An officer and the post they belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The post.
    pub post: UnLocode,
    /// The officer.
    pub officer: Officer,
}

/// The officers of both posts, the land post's first.
pub(crate) fn officers() -> Vec<Posted> {
    let land = land_post().code;
    let shed = seaport_shed().code;
    let at_land = LAND_OFFICERS.iter().enumerate().map(|(i, person)| Posted {
        post: land.clone(),
        officer: officer(i as u8, person),
    });
    let at_shed = SHED_OFFICERS.iter().enumerate().map(|(i, person)| Posted {
        post: shed.clone(),
        officer: officer(100 + i as u8, person),
    });
    at_land.chain(at_shed).collect()
}

fn officer(number: u8, &(name, agency, role): &Person) -> Officer {
    // The officers' ids do not depend on the seed: scripts and people can name them.
    let mut id = *b"outpost-demo-of\0";
    id[15] = number;
    id[6] = 0x70 | (id[6] & 0x0f);
    id[8] = 0x80 | (id[8] & 0x3f);
    Officer {
        id: OfficerId(Uuid::from_bytes(id)),
        name: name.to_owned(),
        agency,
        role,
        keys: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn officers_have_names_of_their_own_and_both_posts_have_a_supervisor() {
        let all = officers();
        let mut ids: Vec<_> = all.iter().map(|p| p.officer.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
        for post in [land_post(), seaport_shed()] {
            assert!(jiff::tz::TimeZone::get(&post.zone).is_ok());
            let here = |role| {
                all.iter()
                    .any(|p| p.post == post.code && p.officer.role == role)
            };
            assert!(here(Role::Supervisor) && here(Role::Analyst));
        }
    }
}
