//! The demonstration world: two posts, their officers, their inspections and what was done before; deterministic by
//! seed, nothing in it is real.
//!
//! Inspection `i` depends on the seed, on `i` and on the time, never on how many there are: a larger world begins
//! like a smaller one. The first inspections of the land post are told by hand ([`World::inspections`]); they carry
//! most of the trouble. This crate knows no storage and no network.
#![forbid(unsafe_code)]

mod acts;
mod dice;
mod goods;
mod lists;
mod make;
mod names;
mod numbers;
mod path;
mod places;
mod plan;
pub mod scan;
mod slots;
mod story;
mod trouble;

use jiff::{SignedDuration, Timestamp};
use outpost_domain::{ExamType, Inspection, Post, SignedEntry, UnitKind};

pub use goods::Form;
pub use lists::checklists;
pub use places::Posted;
pub use plan::{Body, Cargo, Concealed, ScanPlan};

use dice::Dice;
use make::{Made, Scene, Site, Wish, make};

/// The PIN of every officer of the demonstration.
pub const PIN: &str = "246810";

/// How many of the land post's first inspections get a computed radiograph, when one is ordered.
pub const SCANNED: usize = 40;

/// The demonstration world.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// The land post, then the seaport shed.
    pub posts: Vec<Post>,
    /// The officers of both.
    pub officers: Vec<Posted>,
    /// The land post's inspections, as many as were asked for, then a tenth as many of the seaport shed's. None has
    /// its radiographs yet.
    pub inspections: Vec<Inspection>,
    /// Radiographs to be computed, by inspection.
    pub scans: Vec<ScanPlan>,
    /// Entries that other devices of the land post had sent before, in the order of the acts.
    pub entries: Vec<SignedEntry>,
}

impl World {
    /// Makes the world of `seed` with `inspections` at the land post, as it stands at `now`.
    pub fn generate(seed: u64, inspections: usize, now: Timestamp) -> Self {
        let mut officers = places::officers();
        acts::publish_keys(seed, &mut officers);
        let land = Scene::new(Site::Land, now);
        let shed = Scene::new(Site::Shed, now);
        let mut all = Vec::with_capacity(inspections + inspections.div_ceil(10));
        let (mut scans, mut clean) = (Vec::new(), Vec::new());
        for index in 0..inspections {
            let made = inspection(seed, &land, index);
            let over = story::over(index).is_some();
            let of = if over { &mut clean } else { &mut scans };
            of.extend(plans(seed, index, &made));
            all.push(made.inspection);
        }
        // They were taken the day before; what is read first still comes first.
        let first = scans.len().min(READ_FIRST);
        scans.splice(first..first, clean);
        let entries = acts::entries(seed, &land, &officers, &all);
        for index in 0..inspections.div_ceil(10) {
            all.push(inspection(seed, &shed, index).inspection);
        }
        Self {
            posts: vec![places::land_post(), places::seaport_shed()],
            officers,
            inspections: all,
            scans,
            entries,
        }
    }
}

/// Scans that come before those of the day before: the first inspections are opened first.
const READ_FIRST: usize = 3;

/// Keeps the stream of paths apart from the others.
const PATHS: u64 = 100;

fn inspection(seed: u64, scene: &Scene, index: usize) -> Made {
    let mut dice = Dice::new(seed, scene.site.purpose(), index as u64);
    let land = scene.site == Site::Land;
    let told = land.then(|| story::tell(&mut dice, scene, index)).flatten();
    let told = told.or_else(|| {
        let family = land.then(|| story::over(index)).flatten()?;
        Some(make(&mut dice, scene, index, family))
    });
    let mut made = told.unwrap_or_else(|| {
        let wish = Wish {
            family: land.then(|| slots::reefer_family(index)).flatten(),
            lane: land.then(|| slots::lane(index)).flatten(),
            nii: (land && slots::at_scanner(index)).then_some(true),
            ..Wish::default()
        };
        let mut made = make(&mut dice, scene, index, wish);
        trouble::maybe(&mut dice, scene, index, &mut made);
        made
    });
    made.inspection.slot = slots::slot(&mut dice, scene, index, &made.inspection.agencies);
    // A stream of its own: what was made before keeps its dice.
    let mut steps = Dice::new(seed, scene.site.purpose() + PATHS, index as u64);
    made.inspection.tracking = path::path(&mut steps, scene.site, &made.inspection);
    made
}

/// The radiographs of an inspection: the new one, then an earlier one of the same unit when it was scanned before.
fn plans(seed: u64, index: usize, made: &Made) -> Vec<ScanPlan> {
    let inspection = &made.inspection;
    let unit = &inspection.units[0];
    let scannable = !matches!(
        unit.kind,
        UnitKind::Vessel | UnitKind::Vehicle | UnitKind::Loose
    );
    let late = index >= SCANNED && story::over(index).is_none();
    if late || !scannable || !inspection.exams.contains(&ExamType::Nii) {
        return Vec::new();
    }
    let presented = inspection.presented_at.unwrap_or(inspection.ordered_at);
    let now = ScanPlan {
        inspection: inspection.id,
        seed: seed.wrapping_mul(1_000_003).wrapping_add(index as u64),
        body: made.body,
        cargo: made.cargo.clone(),
        concealed: made.concealed,
        scanner: "Meridian MB1215".to_owned(),
        site: "Kasumulu, scanner".to_owned(),
        taken_at: presented,
        pitch_mm: 4.0,
        unit_read: Some(
            made.unit_read
                .clone()
                .unwrap_or_else(|| unit.number.clone()),
        ),
    };
    let mut plans = vec![now];
    if made.scanned_before {
        plans.push(earlier(&plans[0], made));
    }
    plans
}

/// The same unit on another day at the port, with another stow and nothing concealed.
fn earlier(plan: &ScanPlan, made: &Made) -> ScanPlan {
    let mut cargo = plan.cargo.clone();
    cargo.reverse();
    ScanPlan {
        seed: plan.seed ^ 0x5eed,
        cargo,
        concealed: None,
        site: "Dar es Salaam, gate 5".to_owned(),
        taken_at: plan.taken_at - SignedDuration::from_hours(24 * 72),
        unit_read: Some(made.inspection.units[0].number.clone()),
        ..plan.clone()
    }
}
