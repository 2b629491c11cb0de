//! More posts for a demonstration that is to be loaded like a country: copies of the land post, with its officers and
//! inspections under names of their own.

use outpost_demo::{Posted, World};
use outpost_domain::{InspectionId, OfficerId, UnLocode};
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

/// Another identifier for each copy: the last four bytes take its number up.
fn renamed(id: Uuid, copy: u32) -> Uuid {
    let mut bytes = *id.as_bytes();
    for (byte, more) in bytes[12..].iter_mut().zip((copy + 1).to_be_bytes()) {
        *byte ^= more;
    }
    Uuid::from_bytes(bytes)
}
