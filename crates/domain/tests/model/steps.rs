//! What can happen: the steps of a run and how they are drawn.

use proptest::prelude::*;

/// A kind of act; numbers choose among what the officer sees at that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Claim,
    Check {
        kind: u8,
        conform: bool,
    },
    /// Questions of a checklist, in a version that the laptop may have begun with.
    Answers {
        yes: bool,
    },
    Seal,
    Examine,
    Read,
    Treat,
    Affix,
    Compare,
    Find,
    Draw,
    JudgeRegion,
    ReadImage,
    Sample {
        random: bool,
    },
    MoveSample {
        step: u8,
    },
    Report {
        good: bool,
    },
    Hold {
        level: u8,
    },
    Lift,
    Override,
    Confirm,
    Decline,
    /// A word, for the own agency or for all.
    Comment {
        all: bool,
    },
    Acknowledge,
    Assign,
    Opinion,
    /// On the goods items of the bits that are set; on all without a decision of their own when none is.
    Accept(u8),
    Refuse(u8),
    Waive(u8),
    SignSection,
    Propose,
    Answer {
        answer: u8,
    },
    NoShow,
    Conclude,
    SignRecord,
    Missing,
    Party {
        signs: bool,
    },
    TakeBackRelease,
    Withdraw,
}

/// What changes in the central's own snapshot.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// An agency that was to inspect is taken out, or put back when it was.
    Agency(u8),
    /// Another agency convenes.
    Convener,
    /// The goods pass the gate.
    GateOut,
}

/// One step of a run.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// An officer does something; `corrects` when it takes the place of an entry of the same kind.
    Act {
        laptop: u8,
        who: u8,
        on: u8,
        deed: Deed,
        n: u8,
        corrects: bool,
    },
    /// The laptop's line breaks.
    Cut(u8),
    /// It is back, and everything goes through.
    Heal(u8),
    /// Some entries go to the central; the last answer may be lost on its way back.
    Push { laptop: u8, most: u8, deaf: bool },
    /// Some changes come from the central.
    Pull { laptop: u8, most: u8 },
    /// The program ends and begins anew.
    Restart(u8),
    /// The laptop's clock is set wrong, or right.
    Skew { laptop: u8, hours: i8 },
    /// The officer settles the first stuck entry.
    Settle { laptop: u8, way: u8 },
    /// The officer offers it again as it is.
    OfferAgain(u8),
    /// All come together with their lines up: 0, they accept; 1, the convener concludes too; 2, all sign too.
    Together { on: u8, until: u8 },
    /// The central's snapshot changes.
    Central { on: u8, change: Change },
}

/// Who is there, and what happens.
#[derive(Debug, Clone)]
pub struct Plan {
    /// 2 to 4.
    pub laptops: usize,
    /// 1 or 2.
    pub inspections: usize,
    /// Whether plant health has to decide, or only attends.
    pub plant_required: bool,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

fn deeds() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => Just(Deed::Claim),
        6 => (0..2u8, any::<bool>()).prop_map(|(kind, conform)| Deed::Check { kind, conform }),
        3 => any::<bool>().prop_map(|yes| Deed::Answers { yes }),
        2 => Just(Deed::Seal),
        1 => Just(Deed::Examine),
        1 => Just(Deed::Read),
        1 => Just(Deed::Treat),
        1 => Just(Deed::Affix),
        2 => Just(Deed::Compare),
        2 => Just(Deed::Find),
        2 => Just(Deed::Draw),
        1 => Just(Deed::JudgeRegion),
        1 => Just(Deed::ReadImage),
        6 => any::<bool>().prop_map(|random| Deed::Sample { random }),
        3 => (0..5u8).prop_map(|step| Deed::MoveSample { step }),
        5 => any::<bool>().prop_map(|good| Deed::Report { good }),
        7 => (0..8u8).prop_map(|level| Deed::Hold { level }),
        8 => Just(Deed::Lift),
        9 => Just(Deed::Override),
        9 => Just(Deed::Confirm),
        4 => Just(Deed::Decline),
        2 => any::<bool>().prop_map(|all| Deed::Comment { all }),
        2 => Just(Deed::Acknowledge),
        2 => Just(Deed::Assign),
        1 => Just(Deed::Opinion),
        18 => (0..12u8).prop_map(Deed::Accept),
        4 => (0..12u8).prop_map(Deed::Refuse),
        2 => (0..12u8).prop_map(Deed::Waive),
        2 => Just(Deed::SignSection),
        5 => Just(Deed::Propose),
        5 => (0..3u8).prop_map(|answer| Deed::Answer { answer }),
        2 => Just(Deed::NoShow),
        9 => Just(Deed::Conclude),
        9 => Just(Deed::SignRecord),
        5 => Just(Deed::Missing),
        2 => any::<bool>().prop_map(|signs| Deed::Party { signs }),
        3 => Just(Deed::TakeBackRelease),
        6 => Just(Deed::Withdraw),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let act = (
        0..4u8,
        0..2u8,
        0..8u8,
        deeds(),
        any::<u8>(),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(laptop, who, on, deed, n, corrects)| Step::Act {
            laptop,
            who,
            on,
            deed,
            n,
            corrects,
        });
    let change = prop_oneof![
        3 => (0..3u8).prop_map(Change::Agency),
        1 => Just(Change::Convener),
        1 => Just(Change::GateOut),
    ];
    prop_oneof![
        60 => act,
        3 => (0..4u8).prop_map(Step::Cut),
        14 => (0..4u8).prop_map(Step::Heal),
        6 => (0..4u8, 1..6u8, any::<bool>())
            .prop_map(|(laptop, most, deaf)| Step::Push { laptop, most, deaf }),
        6 => (0..4u8, 1..9u8).prop_map(|(laptop, most)| Step::Pull { laptop, most }),
        2 => (0..4u8).prop_map(Step::Restart),
        3 => (0..4u8, -24..=24i8).prop_map(|(laptop, hours)| Step::Skew { laptop, hours }),
        3 => (0..4u8, 0..2u8).prop_map(|(laptop, way)| Step::Settle { laptop, way }),
        1 => (0..4u8).prop_map(Step::OfferAgain),
        3 => (0..8u8, 0..3u8).prop_map(|(on, until)| Step::Together { on, until }),
        2 => (0..8u8, change).prop_map(|(on, change)| Step::Central { on, change }),
    ]
}

/// Runs of up to 90 steps.
pub fn plans() -> impl Strategy<Value = Plan> {
    (
        2..=4usize,
        prop_oneof![4 => Just(1usize), 1 => Just(2)],
        any::<bool>(),
        prop::collection::vec(steps(), 1..90),
    )
        .prop_map(|(laptops, inspections, plant_required, steps)| Plan {
            laptops,
            inspections,
            plant_required,
            steps,
        })
}
