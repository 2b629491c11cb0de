//! Real laptops and a real central with a bad line between them: nothing lost, nothing twice, nothing stalled.
//!
//! `OUTPOST_LINE_RUNS` and `OUTPOST_LINE_SEED` set how many runs there are and where the seeds begin; both are printed,
//! and a run that fails prints its own seed: with that and one run it is played again. What a laptop meets follows
//! from the seed; the threads' timing does not.
#![allow(clippy::unwrap_used)]

mod proxy;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use outpost_domain::*;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::runtime::Runtime;

use proxy::{Fault, Plan};
use world::{Central, LAPTOPS, Laptop, Template};

/// After the line is sound again, everything is in its place within so long.
const HEALED: Duration = Duration::from_secs(10);
/// How long a planned fault may take to strike.
const STRIKES: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(20);
/// Runs at a time: they mostly wait.
const AT_A_TIME: usize = 12;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// What happens to the central while the line is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Upheaval {
    None,
    /// It is stopped and started again.
    Restart,
    /// What it had at the beginning of the run is brought back: it has forgotten everything since.
    Restore,
}

#[derive(Debug)]
struct Scenario {
    seed: u64,
    laptops: usize,
    faults: Vec<Fault>,
    percent: u32,
    upheaval: Upheaval,
}

impl Scenario {
    /// One fault that strikes at every second request.
    fn alone(seed: u64, fault: Fault) -> Self {
        Self {
            seed,
            laptops: 2,
            faults: vec![fault],
            percent: 50,
            upheaval: Upheaval::None,
        }
    }

    fn mixed(seed: u64) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let share = dice.random_range(10..60);
        let drawn = Fault::ALL
            .into_iter()
            .filter(|_| dice.random_range(0..100) < share);
        Self {
            seed,
            faults: drawn.collect(),
            laptops: dice.random_range(2..=LAPTOPS),
            percent: dice.random_range(10..70),
            upheaval: match dice.random_range(0..6) {
                0 => Upheaval::Restart,
                1 => Upheaval::Restore,
                _ => Upheaval::None,
            },
        }
    }
}

/// What a run came to.
#[derive(Debug, Default)]
struct Told {
    acknowledged: usize,
    parked: usize,
    healed_in: Duration,
    struck: BTreeMap<Fault, u64>,
}

fn act(dice: &mut ChaCha8Rng, laptop: &Laptop, inspection: InspectionId, n: usize) -> EntryId {
    let body = match dice.random_range(0..12) {
        // Two laptops that decide the same contend: one of them is named.
        0 => EntryBody::Decided {
            decision: Decision::Acceptable {
                purpose: Purpose::InternalMarket,
                conditions: String::new(),
                coded: Vec::new(),
            },
            items: Vec::new(),
        },
        kind => EntryBody::FindingRecorded {
            category: FindingCategory::Other,
            severity: Severity::Note,
            text: format!("act {n}"),
            item: None,
            region: None,
            photos: (kind == 1)
                .then(|| photo(dice, laptop))
                .into_iter()
                .collect(),
            legal_reference: String::new(),
        },
    };
    laptop.record(inspection, body)
}

fn photo(dice: &mut ChaCha8Rng, laptop: &Laptop) -> BlobHash {
    let mut bytes = vec![0; dice.random_range(100..5_000)];
    dice.fill(&mut bytes[..]);
    let now = jiff::Timestamp::now();
    laptop
        .store
        .put_blob(&bytes, "image/png", "p.png", now)
        .unwrap()
        .hash
}

fn run(runtime: &Runtime, template: &Template, scenario: &Scenario) -> Told {
    let folder = tempfile::tempdir().unwrap();
    let mut central = Central::start(runtime, &template.central_in(folder.path()), false);
    let laptops: Vec<Laptop> = (0..scenario.laptops)
        .map(|n| {
            let plan = Plan {
                seed: scenario.seed,
                laptop: n as u64,
                faults: scenario.faults.clone(),
                percent: scenario.percent,
            };
            Laptop::open(runtime, template, folder.path(), central.address(), plan)
        })
        .collect();
    for laptop in &laptops {
        laptop.proxy.spoil();
    }

    let mut dice = ChaCha8Rng::seed_from_u64(scenario.seed ^ 0xAC75);
    let mut acknowledged = BTreeSet::new();
    let acts = dice.random_range(3..7) * laptops.len();
    for n in 0..acts {
        let laptop = &laptops[dice.random_range(0..laptops.len())];
        let inspection = template.inspections[dice.random_range(0..template.inspections.len())];
        acknowledged.insert(act(&mut dice, laptop, inspection, n));
        // The acts are spread over time, so that faults fall on all stages of an exchange.
        std::thread::sleep(Duration::from_millis(dice.random_range(0..60)));
        if n == acts / 2 && scenario.upheaval != Upheaval::None {
            central.stop(runtime);
            let restored = scenario.upheaval == Upheaval::Restore;
            central = if restored {
                Central::start(runtime, &template.central_in(folder.path()), true)
            } else {
                central.again(runtime)
            };
            for laptop in &laptops {
                laptop.proxy.lead_to(central.address());
            }
        }
    }
    let until = Instant::now() + STRIKES;
    let struck = || {
        laptops
            .iter()
            .flat_map(|l| l.proxy.struck())
            .map(|(_, n)| n)
            .sum::<u64>()
    };
    while !scenario.faults.is_empty() && struck() < 3 && Instant::now() < until {
        std::thread::sleep(POLL);
    }

    let healed = Instant::now();
    for laptop in &laptops {
        laptop.proxy.heal();
    }
    let parked = loop {
        for laptop in &laptops {
            laptop.sign_in_if_asked(runtime);
        }
        match settled(template, &central, &laptops, &acknowledged) {
            Ok(parked) => break parked,
            Err(why) => assert!(healed.elapsed() < HEALED, "{scenario:?}: {why}"),
        }
        std::thread::sleep(POLL);
    };
    let mut told = Told {
        acknowledged: acknowledged.len(),
        parked,
        healed_in: healed.elapsed(),
        struck: BTreeMap::new(),
    };
    for laptop in &laptops {
        let faults = laptop.store.verify().unwrap().faults;
        assert!(faults.is_empty(), "{scenario:?}: {faults:?}");
        for (fault, times) in laptop.proxy.struck() {
            *told.struck.entry(fault).or_default() += times;
        }
    }
    drop(laptops);
    central.stop(runtime);
    told
}

/// Whether every laptop and the central agree and every acknowledged entry is at the central once or named; how many
/// are named.
fn settled(
    template: &Template,
    central: &Central,
    laptops: &[Laptop],
    acknowledged: &BTreeSet<EntryId>,
) -> Result<usize, String> {
    let rows = central.accepted();
    let held: BTreeMap<EntryId, EntryHash> = rows.iter().copied().collect();
    assert_eq!(held.len(), rows.len(), "an entry is at the central twice");
    let mut parked = BTreeSet::new();
    let mut all = Vec::new();
    for (n, laptop) in laptops.iter().enumerate() {
        let totals = laptop.store.outbox_totals().unwrap();
        let (here, named) = laptop.entries(&template.inspections);
        if totals.blobs > 0 || totals.entries != named.len() as u64 {
            return Err(format!("laptop {n}: {totals:?}, {} named", named.len()));
        }
        if laptop.store.wants_receipt().unwrap() {
            return Err(format!("laptop {n} has no receipt yet"));
        }
        assert_eq!(laptop.store.unfit_receipt().unwrap(), None);
        all.push(here);
        parked.extend(named);
    }
    for (n, mut here) in all.into_iter().enumerate() {
        // What was accepted before a restore and contends after it is on other laptops too; its author's names it.
        here.retain(|id, _| !parked.contains(id));
        let there: BTreeMap<_, _> = held
            .iter()
            .filter(|(id, _)| here.contains_key(*id) || acknowledged.contains(*id))
            .map(|(id, hash)| (*id, *hash))
            .collect();
        if here != there {
            let (here, there) = (here.len(), there.len());
            return Err(format!("laptop {n} has {here} of {there} entries"));
        }
    }
    let missing = acknowledged
        .iter()
        .filter(|id| !held.contains_key(id) && !parked.contains(id))
        .count();
    match missing {
        0 => Ok(parked.len()),
        _ => Err(format!("{missing} acknowledged entries are nowhere")),
    }
}

fn play(what: &str, scenarios: Vec<Scenario>) {
    let runtime = Runtime::new().unwrap();
    let template = Template::make(&runtime);
    let (count, next) = (scenarios.len(), AtomicU64::new(0));
    let told = Mutex::new(Vec::new());
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME.min(count) {
            scope.spawn(|| {
                while let Some(scenario) =
                    scenarios.get(next.fetch_add(1, Ordering::Relaxed) as usize)
                {
                    let done = run(&runtime, &template, scenario);
                    told.lock().unwrap().push(done);
                }
            });
        }
    });
    let told = told.into_inner().unwrap();
    let mut struck: BTreeMap<Fault, u64> = BTreeMap::new();
    for (fault, times) in told.iter().flat_map(|t| &t.struck) {
        *struck.entry(*fault).or_default() += times;
    }
    println!(
        "{what}: {count} runs in {:?}; {} entries acknowledged, none lost, none twice; {} contended or behind one, each \
         named; settled at most {:?} after healing; faults struck: {struck:?}",
        began.elapsed(),
        told.iter().map(|t| t.acknowledged).sum::<usize>(),
        told.iter().map(|t| t.parked).sum::<usize>(),
        told.iter().map(|t| t.healed_in).max().unwrap_or_default(),
    );
}

#[test]
fn each_fault_alone_heals() {
    let seed = setting("OUTPOST_LINE_SEED", 20_261_123);
    println!("faults alone: seed {seed}");
    let scenarios = Fault::ALL
        .into_iter()
        .map(|fault| Scenario::alone(seed, fault));
    play("faults alone", scenarios.collect());
}

#[test]
fn faults_in_any_mix_heal() {
    let runs = setting("OUTPOST_LINE_RUNS", 100);
    let seed = setting("OUTPOST_LINE_SEED", 20_261_123);
    println!("faults mixed: {runs} runs, seeds from {seed}");
    let scenarios = (0..runs).map(|n| Scenario::mixed(seed.wrapping_add(n)));
    play("faults mixed", scenarios.collect());
}

#[test]
fn a_laptop_that_asks_for_too_much_is_told_to_wait_and_so_is_the_window() {
    let runtime = Runtime::new().unwrap();
    let data = tempfile::tempdir().unwrap();
    let mut config = outpost_central::Config::demonstration(data.path(), 11, 1);
    config.limits.session = 1;
    let central = runtime.block_on(outpost_central::serve(config)).unwrap();
    let address = outpost_sync::Address {
        url: central.url.clone(),
        ..Default::default()
    };
    let device = DeviceId(uuid::Uuid::now_v7());
    let client = outpost_sync::Client::new(&address, device).unwrap();
    let faults = (0..600).map(|_| {
        runtime
            .block_on(client.changes("a token", None))
            .unwrap_err()
    });
    let busy = faults
        .into_iter()
        .find(|fault| *fault != outpost_sync::Fault::SessionExpired)
        .unwrap();
    let outpost_sync::Fault::Busy { after } = busy else {
        panic!("{busy}");
    };
    assert!((1..=2).contains(&after.as_secs()), "{after:?}");
    let problem = busy.problem();
    assert_eq!(problem.code, "central-busy");
    assert_eq!(problem.args["seconds"], after.as_secs().to_string());
}
