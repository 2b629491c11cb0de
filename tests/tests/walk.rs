//! The walk: one inspection goes all the way, without a line and back, in the real window.

use outpost_tests::central::World;
use outpost_tests::post::Kind;
use outpost_tests::walk::{Plan, walk};

#[test]
fn one_inspection_goes_all_the_way_without_a_line_and_back() -> anyhow::Result<()> {
    let report = walk(&Plan {
        kind: Kind::Desk,
        world: World {
            inspections: 12,
            seed: 1,
            scans: true,
        },
        pictures: None,
    })?;
    println!(
        "the outbox was empty {:?} after the line came back",
        report.emptied
    );
    Ok(())
}
