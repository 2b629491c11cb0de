//! Several laptops and a central, in memory: random acts, broken lines, restarts, wrong clocks and changing
//! snapshots, against a model of a few maps.
//!
//! `OUTPOST_MODEL_CASES` sets how many runs (500), `OUTPOST_MODEL_SEED` the seed, which is printed.
//! `regressions.txt` takes the seed of a run that fails, and that runs first from then on; `found` keeps such runs as
//! they were made short.
#![allow(clippy::unwrap_used)]

mod central;
mod coverage;
mod deeds;
mod found;
mod laptop;
mod law;
mod run;
mod simple;
mod steps;
#[path = "../world/mod.rs"]
mod world;

use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngAlgorithm, TestRng, TestRunner};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

#[test]
fn after_healing_all_agree_with_the_model_and_nothing_is_lost() {
    let cases = setting("OUTPOST_MODEL_CASES", 500);
    let seed = setting("OUTPOST_MODEL_SEED", 20_261_123);
    println!("OUTPOST_MODEL_SEED={seed} OUTPOST_MODEL_CASES={cases}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = ProptestConfig {
        cases: u32::try_from(cases).unwrap(),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/model/regressions.txt",
        ))),
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let outcome = TestRunner::new_with_rng(config, rng).run(&steps::plans(), |plan| {
        run::run(&plan).map_err(TestCaseError::fail)
    });
    coverage::tell();
    if let Err(why) = outcome {
        panic!("seed {seed}: {why}");
    }
    for what in [
        "state released",
        "state partial",
        "record final",
        "record overtaken",
    ] {
        assert!(
            cases < 500 || coverage::seen(what) > 0,
            "no run reached: {what}"
        );
    }
}

#[test]
fn what_was_found_once_holds() {
    for (what, plan) in found::plans() {
        if let Err(why) = run::run(&plan) {
            panic!("{what}: {why}");
        }
    }
}
