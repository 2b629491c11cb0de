//! What the runs found once, as short as it could be made. These plans stay when the way they are drawn changes.

use crate::steps::{Change, Deed, Plan, Step};

const fn act(laptop: u8, who: u8, deed: Deed) -> Step {
    Step::Act {
        laptop,
        who,
        on: 0,
        deed,
        n: 0,
        corrects: false,
    }
}

fn plan(laptops: usize, steps: Vec<Step>) -> Plan {
    Plan {
        laptops,
        inspections: 1,
        plant_required: false,
        steps,
    }
}

/// Each with what was wrong.
pub fn plans() -> Vec<(&'static str, Plan)> {
    let propose = |n, corrects| Step::Act {
        laptop: 1,
        who: 1,
        on: 0,
        deed: Deed::Propose,
        n,
        corrects,
    };
    vec![
        (
            "a refusal that each item went over was named beside a release",
            plan(
                2,
                vec![
                    act(1, 1, Deed::Waive(3)),
                    act(1, 1, Deed::Refuse(4)),
                    act(1, 0, Deed::Accept(3)),
                ],
            ),
        ),
        (
            "an agency that was taken out could not take back what was refused",
            plan(
                2,
                vec![
                    Step::Central {
                        on: 0,
                        change: Change::Agency(0),
                    },
                    act(1, 0, Deed::Claim),
                ],
            ),
        ),
        (
            "an older decision counted when the clock was put back",
            plan(
                2,
                vec![
                    act(1, 1, Deed::Refuse(4)),
                    Step::Skew {
                        laptop: 1,
                        hours: -1,
                    },
                    act(1, 1, Deed::Accept(4)),
                ],
            ),
        ),
        (
            "goods were released in part while a required agency had not decided on the rest",
            plan(
                4,
                vec![
                    act(0, 1, Deed::Accept(3)),
                    act(1, 1, Deed::Accept(1)),
                    act(2, 0, Deed::Refuse(2)),
                ],
            ),
        ),
        (
            "an overtaken conclusion with a later clock hid the one that followed it",
            plan(
                4,
                vec![
                    Step::Together { on: 0, until: 1 },
                    act(0, 0, Deed::Claim),
                    act(0, 0, Deed::Accept(4)),
                    Step::Skew {
                        laptop: 3,
                        hours: -1,
                    },
                    Step::Together { on: 0, until: 1 },
                ],
            ),
        ),
        (
            "a hold of an agency that recorded nothing kept the record from being final",
            plan(
                4,
                vec![
                    act(3, 0, Deed::Hold { level: 0 }),
                    Step::Together { on: 0, until: 2 },
                ],
            ),
        ),
        (
            "two corrections of one hold stood, and the wider one did not count",
            plan(
                3,
                vec![
                    act(0, 0, Deed::Hold { level: 4 }),
                    Step::Heal(0),
                    Step::Heal(1),
                    Step::Cut(1),
                    Step::Act {
                        laptop: 1,
                        who: 0,
                        on: 0,
                        deed: Deed::Hold { level: 0 },
                        n: 0,
                        corrects: true,
                    },
                    Step::Act {
                        laptop: 0,
                        who: 0,
                        on: 0,
                        deed: Deed::Hold { level: 4 },
                        n: 0,
                        corrects: true,
                    },
                    Step::Heal(0),
                    Step::Heal(1),
                ],
            ),
        ),
        (
            "a late correction of a slot left none standing",
            plan(
                2,
                vec![
                    Step::Together { on: 0, until: 0 },
                    propose(0, false),
                    act(2, 0, Deed::Propose),
                    Step::Together { on: 0, until: 0 },
                    propose(161, true),
                ],
            ),
        ),
    ]
}
