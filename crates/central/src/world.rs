//! Loads the demonstration world into a new database, or carries it on in one that has it.

use jiff::Timestamp;
use outpost_demo::{PIN, ScanPlan, World};
use outpost_domain::{Officer, UnLocode};

use crate::access::{Caller, hash_pin};
use crate::copies;
use crate::feed::{self, Subject};
use crate::intake;
use crate::lists;
use crate::problem::Failure;
use crate::store::{Store, Tx, meta, set_meta, values};

/// Which demonstration is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldOrder {
    /// The seed.
    pub seed: u64,
    /// How many inspections the land post has.
    pub inspections: usize,
    /// How many copies of the land post a new world has besides, to be loaded like a country.
    pub copies: u32,
    /// The moment at which a new world begins.
    pub begins: Timestamp,
}

/// Loads the world. A database that has it keeps what has happened in it; a larger order adds inspections.
///
/// # Errors
/// When the database holds something else: it is not mixed with a demonstration.
pub fn load(store: &Store, order: WorldOrder) -> Result<Vec<ScanPlan>, Failure> {
    // All of it or nothing: a half-made world would look like a real post's data.
    store.write(|tx| {
        tx.lock_foundation()?;
        build(tx, order)
    })
}

fn build(tx: &dyn Tx, order: WorldOrder) -> Result<Vec<ScanPlan>, Failure> {
    let of = |name| meta(tx, name);
    let held = (
        of("world-seed")?,
        of("world-begins")?,
        of("world-inspections")?,
        is_empty(tx)?,
    );
    let (begins, there) = match held {
        (Some(seed), Some(begins), Some(count), _) => {
            if seed != order.seed.to_string() {
                return Err(Failure::Data(format!(
                    "the data folder holds the demonstration of seed {seed}, not {}",
                    order.seed
                )));
            }
            (
                begins.parse().unwrap_or(order.begins),
                count.parse().unwrap_or(0),
            )
        }
        (.., true) => (order.begins, 0),
        _ => {
            return Err(Failure::Data(
                "the data folder holds a real post's data; a demonstration needs a folder of its own".to_owned(),
            ));
        }
    };
    let count = order.inspections.max(there);
    let mut world = World::generate(order.seed, count, begins);
    if there == 0 {
        copies::multiply(&mut world, order.copies);
        found(tx, &world)?;
    }
    lists(tx, &world)?;
    extend(tx, &world, there)?;
    set_meta(tx, "world-seed", &order.seed.to_string())?;
    set_meta(tx, "world-begins", &begins.to_string())?;
    set_meta(tx, "world-inspections", &count.to_string())?;
    Ok(world.scans)
}

fn is_empty(tx: &dyn Tx) -> Result<bool, Failure> {
    Ok(!tx.exists("SELECT 1 FROM posts LIMIT 1", values![])?)
}

/// Posts and officers.
fn found(tx: &dyn Tx, world: &World) -> Result<(), Failure> {
    // One hash for all: the PIN is told on the sign-in page.
    let pin_hash = hash_pin(PIN)?;
    for (position, post) in (0i64..).zip(&world.posts) {
        tx.execute(
            "INSERT INTO posts (code, position, body) VALUES (?1, ?2, ?3)",
            values![post.code.as_str(), position, serde_json::to_string(post)?],
        )?;
    }
    for (position, posted) in (0i64..).zip(&world.officers) {
        let keyless = Officer {
            keys: Vec::new(),
            ..posted.officer.clone()
        };
        tx.execute(
            "INSERT INTO officers (id, post, position, body, pin_hash) VALUES (?1, ?2, ?3, ?4, ?5)",
            values![
                keyless.id.0.as_bytes(),
                posted.post.as_str(),
                position,
                serde_json::to_string(&keyless)?,
                &pin_hash
            ],
        )?;
        feed::publish(tx, &posted.post, Subject::Officer(keyless.id))?;
    }
    Ok(())
}

/// The checklists, at every start: a newer build brings newer ones.
fn lists(tx: &dyn Tx, world: &World) -> Result<(), Failure> {
    for list in outpost_demo::checklists()? {
        for post in &world.posts {
            // What became of it since then stays: it may have been withdrawn.
            if !lists::is_known(tx, &post.code, &list)? {
                lists::put(tx, &post.code, &list)?;
            }
        }
    }
    Ok(())
}

/// The inspections from `there` on, and the entries made on them before.
fn extend(tx: &dyn Tx, world: &World, there: usize) -> Result<(), Failure> {
    let land = &world.posts[0].code;
    let at_land = world
        .inspections
        .iter()
        .take_while(|i| i.post == *land)
        .count();
    let (land_part, shed_part) = world.inspections.split_at(at_land);
    let new = land_part
        .iter()
        .skip(there)
        .chain(shed_part.iter().skip(there.div_ceil(10)));
    for inspection in new {
        feed::put_inspection(tx, inspection, Timestamp::now())?;
    }
    // A world that was smaller than its past would have another past: the past is written once.
    if there == 0 {
        past(tx, world, land)?;
    }
    Ok(())
}

fn past(tx: &dyn Tx, world: &World, post: &UnLocode) -> Result<(), Failure> {
    for signed in &world.entries {
        let Ok(entry) = signed.open_trusted() else {
            continue;
        };
        let p = entry.payload;
        let known = world
            .officers
            .iter()
            .find(|posted| posted.officer.id == p.author);
        let Some(posted) = known else { continue };
        tx.execute(
            "INSERT INTO officer_keys (officer, device, key, bound_at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO NOTHING",
            values![
                p.author.0.as_bytes(),
                p.device.0.as_bytes(),
                &signed.key,
                p.recorded_at.to_string()
            ],
        )?;
        let caller = Caller {
            officer: posted.officer.clone(),
            device: p.device,
            post: post.clone(),
        };
        intake::take_in_earlier(tx, signed, &caller, p.recorded_at)?;
    }
    Ok(())
}
