//! A run: the steps one after the other, then the closing phase in which every line is back and every stuck entry is
//! settled by its officer, then the comparison.

use std::collections::{BTreeMap, BTreeSet};

use outpost_domain::*;

use crate::central::Central;
use crate::deeds::{self, View};
use crate::laptop::{Laptop, Sent};
use crate::law;
use crate::steps::{Change, Deed, Plan, Step};
use crate::world;

/// More rounds than any closing phase takes: each settles at least one entry.
const MOST_ROUNDS: usize = 400;

struct Run {
    central: Central,
    laptops: Vec<Laptop>,
    /// True time, seconds.
    now: i64,
    left_out: BTreeMap<Agency, (usize, AgencyTask)>,
}

fn officer(n: u128, agency: Agency, role: Role) -> Officer {
    Officer {
        role,
        ..world::officer(n, agency)
    }
}

/// Two officers of two agencies at each laptop: customs, veterinary service, plant health and police, among them
/// three supervisors and an analyst.
fn crews() -> [Vec<Officer>; 4] {
    use Role::{Analyst, Inspector, Supervisor};
    [
        vec![
            officer(10, Agency::Customs, Inspector),
            officer(20, Agency::Veterinary, Supervisor),
        ],
        vec![
            officer(21, Agency::Veterinary, Inspector),
            officer(11, Agency::Customs, Supervisor),
        ],
        vec![
            officer(30, Agency::PlantHealth, Inspector),
            officer(12, Agency::Customs, Analyst),
        ],
        vec![
            officer(40, Agency::Police, Supervisor),
            officer(13, Agency::Customs, Inspector),
        ],
    ]
}

fn inspection(n: u128, plan: &Plan) -> Inspection {
    let mut inspection = world::inspection();
    inspection.id = InspectionId(world::id(n));
    let plant = world::task(Agency::PlantHealth, plan.plant_required);
    inspection.agencies.push(plant);
    inspection
}

/// Runs a plan; an error says what does not hold.
pub fn run(plan: &Plan) -> Result<(), String> {
    let inspections: BTreeMap<_, _> = (1..=plan.inspections as u128)
        .map(|n| inspection(n, plan))
        .map(|i| (i.id, i))
        .collect();
    let crews = crews();
    let laptops = crews
        .iter()
        .take(plan.laptops)
        .zip(0..)
        .map(|(crew, number)| Laptop::new(number, crew.clone(), &inspections))
        .collect();
    let mut run = Run {
        central: Central::new(inspections, crews.into_iter().flatten().collect()),
        laptops,
        now: 0,
        left_out: BTreeMap::new(),
    };
    for (index, step) in plan.steps.iter().enumerate() {
        run.now += 60;
        run.step(*step)
            .map_err(|why| format!("step {index}, {step:?}: {why}"))?;
    }
    run.close()?;
    run.compare()
}

impl Run {
    fn on(&self, n: u8) -> InspectionId {
        let ids: Vec<_> = self.central.inspections.keys().collect();
        // Most of what happens, happens to the first.
        *ids[usize::from(n / 6) % ids.len()]
    }

    fn step(&mut self, step: Step) -> Result<(), String> {
        let count = self.laptops.len();
        let at = |n: u8| usize::from(n) % count;
        match step {
            Step::Act {
                laptop,
                who,
                on,
                deed,
                n,
                corrects,
            } => {
                let on = self.on(on);
                self.act(at(laptop), who, on, deed, n, corrects);
            }
            Step::Cut(laptop) => self.laptops[at(laptop)].online = false,
            Step::Heal(laptop) => {
                self.laptops[at(laptop)].online = true;
                self.exchange(at(laptop))?;
            }
            Step::Push { laptop, most, deaf } => {
                let laptop = &mut self.laptops[at(laptop)];
                if laptop.online {
                    laptop.push(&mut self.central, usize::from(most), deaf)?;
                }
            }
            Step::Pull { laptop, most } => {
                let laptop = &mut self.laptops[at(laptop)];
                if laptop.online {
                    laptop.pull(&self.central, usize::from(most));
                }
            }
            Step::Restart(laptop) => self.restart(at(laptop))?,
            Step::Skew { laptop, hours } => {
                self.laptops[at(laptop)].skew = i64::from(hours) * 3600;
            }
            Step::Settle { laptop, way } => self.settle(at(laptop), way)?,
            Step::OfferAgain(laptop) => self.laptops[at(laptop)].offer_again(),
            Step::Together { on, until } => self.together(self.on(on), until)?,
            Step::Central { on, change } => self.change(self.on(on), change)?,
        }
        for laptop in &self.laptops {
            for on in self.central.inspections.keys() {
                law::release(
                    laptop.snapshot(*on),
                    &laptop.state(*on),
                    &laptop.counted(*on),
                )?;
            }
        }
        Ok(())
    }

    fn act(&mut self, laptop: usize, who: u8, on: InspectionId, deed: Deed, n: u8, corrects: bool) {
        let now = self.now;
        let laptop = &mut self.laptops[laptop];
        let who = laptop.crew[usize::from(who) % laptop.crew.len()].clone();
        let entries = laptop.counted(on);
        let state = laptop.state(on);
        let view = View {
            state: &state,
            fresh: laptop.fresh(now),
        };
        let Some(code) = deeds::body(deed, n, &who, &view, None).map(|b| b.code()) else {
            return;
        };
        let target = if corrects || deed == Deed::Withdraw {
            deeds::target(deed, n, &who, &entries, code)
        } else {
            None
        };
        if deed == Deed::Withdraw && target.is_none() {
            return;
        }
        let Some(body) = deeds::body(deed, n, &who, &view, target) else {
            return;
        };
        let supersedes = target.map(|e| e.payload.id);
        // What the rules refuse is not written.
        let _ = laptop.record(&who, on, now, body, supersedes);
    }

    /// Everybody at one table: what a day without a broken line brings, so that runs get as far as a final record.
    fn together(&mut self, on: InspectionId, until: u8) -> Result<(), String> {
        let all = [
            Deed::Accept(4),
            Deed::Conclude,
            Deed::SignRecord,
            Deed::Missing,
        ];
        for deed in all.into_iter().take(1 + usize::from(until) * 3 / 2) {
            for laptop in 0..self.laptops.len() {
                for who in 0..2 {
                    self.laptops[laptop].online = true;
                    self.exchange(laptop)?;
                    let n = self.now.to_le_bytes()[0];
                    self.now += 1;
                    self.act(laptop, who, on, deed, n, false);
                    self.exchange(laptop)?;
                }
            }
        }
        Ok(())
    }

    fn exchange(&mut self, laptop: usize) -> Result<(), String> {
        let laptop = &mut self.laptops[laptop];
        laptop.push(&mut self.central, usize::MAX, false)?;
        laptop.pull(&self.central, usize::MAX);
        let told = |sent| matches!(sent, Sent::Accepted | Sent::SetAside | Sent::Conflict);
        if !laptop.fates().all(|(_, sent)| told(sent)) {
            return Ok(());
        }
        // What lost against another act is not shown as if it stood.
        for on in self.central.inspections.keys() {
            if laptop.state(*on) != self.central.state(*on) {
                return Err("with a conflict, another state than the central".into());
            }
        }
        Ok(())
    }

    fn restart(&mut self, laptop: usize) -> Result<(), String> {
        let ids: Vec<_> = self.central.inspections.keys().copied().collect();
        let laptop = &mut self.laptops[laptop];
        let before: Vec<State> = ids.iter().map(|on| laptop.state(*on)).collect();
        laptop.restart();
        let after: Vec<State> = ids.iter().map(|on| laptop.state(*on)).collect();
        if before == after {
            Ok(())
        } else {
            Err("another state after the restart".into())
        }
    }

    /// The author of the first stuck entry does the act anew on what stands now, or takes it back; taking back is
    /// always possible.
    fn settle(&mut self, laptop: usize, way: u8) -> Result<(), String> {
        let now = self.now;
        let laptop = &mut self.laptops[laptop];
        let Some(stuck) = laptop.first_stuck().cloned() else {
            return Ok(());
        };
        let p = &stuck.payload;
        let who = laptop
            .crew
            .iter()
            .find(|o| o.id == p.author)
            .unwrap()
            .clone();
        let anew = match &p.body {
            EntryBody::SlotProposed { .. } => Some(Deed::Propose),
            EntryBody::SlotAnswered { .. } => Some(Deed::Answer { answer: 0 }),
            EntryBody::JointConcluded { .. } => Some(Deed::Conclude),
            EntryBody::RecordSigned { .. } => Some(Deed::SignRecord),
            _ => None,
        };
        if let Some(deed) = anew.filter(|_| way == 1) {
            let state = laptop.state(p.inspection);
            let view = View {
                state: &state,
                fresh: laptop.fresh(now),
            };
            if let Some(body) = deeds::body(deed, 7, &who, &view, None)
                && laptop
                    .record(&who, p.inspection, now, body, Some(p.id))
                    .is_ok()
            {
                return Ok(());
            }
        }
        // A correction that lost is said again, of what stands in its place now.
        if way == 1
            && p.supersedes.is_some()
            && laptop
                .record(&who, p.inspection, now, p.body.clone(), Some(p.id))
                .is_ok()
        {
            return Ok(());
        }
        let stands = laptop.state(p.inspection);
        let back = EntryBody::Withdrawn {
            reason: "overtaken".into(),
        };
        laptop
            .record(&who, p.inspection, now, back, Some(p.id))
            .map_err(|why| format!("a stuck {} cannot be taken back: {why}", p.body.code()))?;
        // A decision that lost: the one that stands is corrected instead.
        let standing = stands
            .section(p.agency)
            .and_then(|s| s.decision.as_ref())
            .map(|d| d.entry);
        if let (EntryBody::Decided { items, .. }, Some(standing), 1) = (&p.body, standing, way)
            && items.is_empty()
            && standing != p.id
        {
            let _ = laptop.record(&who, p.inspection, now, p.body.clone(), Some(standing));
        }
        Ok(())
    }

    fn change(&mut self, on: InspectionId, change: Change) -> Result<(), String> {
        let now = self.now;
        let left_out = &mut self.left_out;
        self.central.change(on, |inspection| match change {
            Change::Agency(n) => {
                let agency =
                    [Agency::Veterinary, Agency::PlantHealth, Agency::Police][usize::from(n % 3)];
                let place = inspection.agencies.iter().position(|t| t.agency == agency);
                match (place, left_out.remove(&agency)) {
                    (Some(place), _) => {
                        let task = inspection.agencies.remove(place);
                        left_out.insert(agency, (place, task));
                    }
                    (None, Some((_, task))) => inspection.agencies.push(task),
                    (None, None) => {}
                }
            }
            Change::Convener => inspection.agencies.rotate_left(1),
            Change::GateOut => inspection.tracking.push(Passage {
                unit: "MSKU6011672".into(),
                node: NodeKind::GateOut,
                place: "Gate 2".into(),
                at: Some(world::at(now)),
                readings: vec![],
            }),
        })
    }

    /// Every line is back; what is stuck is settled, until nothing waits any more.
    fn close(&mut self) -> Result<(), String> {
        for round in 0..MOST_ROUNDS {
            self.now += 60;
            for laptop in 0..self.laptops.len() {
                self.laptops[laptop].online = true;
                self.exchange(laptop)?;
                self.settle(laptop, u8::from(round < 40) * (round % 2) as u8)
                    .map_err(|why| format!("closing: {why}"))?;
            }
            let done = |l: &Laptop| {
                l.fates()
                    .all(|(_, sent)| matches!(sent, Sent::Accepted | Sent::SetAside))
            };
            if self.laptops.iter().all(done) {
                for laptop in 0..self.laptops.len() {
                    self.exchange(laptop)?;
                }
                return Ok(());
            }
        }
        Err("the outboxes do not empty".into())
    }

    /// Everybody has the same, and nothing is lost or there twice.
    fn compare(&self) -> Result<(), String> {
        let log: Vec<EntryId> = self.central.log().iter().map(|e| e.payload.id).collect();
        let accepted: BTreeSet<EntryId> = log.iter().copied().collect();
        if accepted.len() != log.len() {
            return Err("an entry was accepted twice".into());
        }
        for (number, laptop) in self.laptops.iter().enumerate() {
            for (id, sent) in laptop.fates() {
                if accepted.contains(&id) != (sent == Sent::Accepted) {
                    return Err(format!("laptop {number} has {id} as {sent:?}"));
                }
            }
            for on in self.central.inspections.keys() {
                let counted = laptop.counted(*on);
                let mut known: Vec<EntryId> = counted.iter().map(|e| e.payload.id).collect();
                let mut expected: Vec<EntryId> = self
                    .central
                    .accepted(*on)
                    .iter()
                    .map(|e| e.payload.id)
                    .collect();
                known.sort_unstable();
                expected.sort_unstable();
                if known != expected {
                    return Err(format!(
                        "laptop {number} counts other entries than the central"
                    ));
                }
                if laptop.state(*on) != self.central.state(*on) {
                    return Err(format!(
                        "laptop {number} shows another state than the central"
                    ));
                }
            }
        }
        for on in self.central.inspections.keys() {
            self.central.check(*on)?;
        }
        Ok(())
    }
}
