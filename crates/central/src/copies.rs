//! More posts for a demonstration that is to be loaded like a country: copies of the land post, with its officers and
//! inspections under names of their own.

use outpost_demo::{Posted, World};
use outpost_domain::{InspectionId, OfficerId, UnLocode};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The code of a copy: `ZZAAA`, `ZZAAB`, and so on; no country has it.
///
/// # Panics
/// Beyond 26 × 26 × 26 copies.
pub fn copied_post(copy: u32) -> UnLocode {
    let letter = |place: u32| char::from(b'A' + (copy / place % 26) as u8);
    let code = format!("ZZ{}{}{}", letter(676), letter(26), letter(1));
    code.parse().expect("five letters are a UN/LOCODE")
}

/// The most copies that have codes of their own.
pub const MOST_COPIES: u32 = 26 * 26 * 26;

/// Adds copies of the land post to a world.
pub fn multiply(world: &mut World, copies: u32) {
    let Some(land) = world.posts.first().cloned() else {
        return;
    };
    let officers: Vec<Posted> = world
        .officers
        .iter()
        .filter(|posted| posted.post == land.code)
        .cloned()
        .collect();
    let inspections: Vec<_> = world
        .inspections
        .iter()
        .filter(|inspection| inspection.post == land.code)
        .cloned()
        .collect();
    for copy in 0..copies.min(MOST_COPIES) {
        let code = copied_post(copy);
        let mut post = land.clone();
        post.name = format!("{} {}", post.name, copy + 2);
        post.code = code.clone();
        world.posts.push(post);
        world
            .officers
            .extend(officers.iter().cloned().map(|mut posted| {
                posted.post = code.clone();
                posted.officer.id = OfficerId(renamed(posted.officer.id.0, copy));
                posted
            }));
        world
            .inspections
            .extend(inspections.iter().cloned().map(|mut inspection| {
                inspection.post = code.clone();
                inspection.id = InspectionId(renamed(inspection.id.0, copy));
                for officer in &mut inspection.assigned_to {
                    *officer = OfficerId(renamed(officer.0, copy));
                }
                inspection
            }));
    }
}

/// Another identifier for each copy, the same each time.
fn renamed(id: Uuid, copy: u32) -> Uuid {
    let digest = Sha256::new_with_prefix(id.as_bytes())
        .chain_update(copy.to_be_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_copy_has_officers_and_inspections_under_names_of_its_own() {
        let mut world = World::generate(1, 5, jiff::Timestamp::UNIX_EPOCH);
        let (posts, officers, inspections) = (
            world.posts.len(),
            world.officers.len(),
            world.inspections.len(),
        );
        multiply(&mut world, 30);
        assert_eq!(world.posts.len(), posts + 30);
        assert_eq!(world.inspections.len(), inspections + 30 * 5);
        assert!(world.officers.len() > officers + 30 * 3);
        let codes: HashSet<_> = world.posts.iter().map(|p| p.code.as_str()).collect();
        let people: HashSet<_> = world.officers.iter().map(|o| o.officer.id).collect();
        let orders: HashSet<_> = world.inspections.iter().map(|i| i.id).collect();
        assert_eq!(codes.len(), world.posts.len());
        assert_eq!(people.len(), world.officers.len());
        assert_eq!(orders.len(), world.inspections.len());
        assert!(codes.contains("ZZABD"));
    }
}
