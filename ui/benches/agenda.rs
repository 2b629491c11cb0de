//! The agenda with 500 slots while one of them is dragged: our code's part of a frame, layout included, without the
//! painting. Beside it, in the same run, the same agenda at rest, and as many labels of egui's own.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use jiff::Timestamp;
use jiff::civil::date;
use outpost_demo::World;
use outpost_domain::{
    Agency, Answer, InspectionId, Lane, Officer, OfficerId, Role, Slot, SlotAgency, SlotState,
};
use outpost_protocol::{AgendaSlot, Line, Status, StoreState};
use outpost_ui::design::{Look, install};
use outpost_ui::model::{AgendaDay, Model, Remote};
use outpost_ui::screens::agenda::{Local, show};
use uuid::Uuid;

const SLOTS: u128 = 500;
const SIZE: egui::Vec2 = vec2(1376.0, 870.0);

fn slot(n: u128, bays: &[String], day: u8) -> AgendaSlot {
    let minute = 6 * 60 + (n * 7) % 600;
    let at = |minute: u128| -> Timestamp {
        let (hour, minute) = (minute / 60, minute % 60);
        format!("2026-11-{day:02}T{hour:02}:{minute:02}:00Z")
            .parse()
            .unwrap()
    };
    let agencies = [Agency::Customs, Agency::Veterinary, Agency::PlantHealth];
    AgendaSlot {
        inspection: InspectionId(Uuid::from_u128(n + 1)),
        unit: format!("MSKU {n:06} 7"),
        goods: "Frozen fish fillets, hake".to_owned(),
        lane: Lane::Red,
        version: 1,
        assigned_to: vec![OfficerId(Uuid::from_u128(n % 7))],
        concerned: agencies.to_vec(),
        state: SlotState::from(Slot {
            bay: bays[n as usize % bays.len()].clone(),
            start: at(minute),
            end: at(minute + 45),
            agencies: agencies
                .iter()
                .map(|agency| SlotAgency {
                    agency: *agency,
                    answer: Answer::Accepted,
                })
                .collect(),
        }),
    }
}

fn model(days: u8) -> Model {
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
    let world = World::generate(1, 1, now);
    let post = world.posts[0].clone();
    let officer = Officer {
        id: OfficerId(Uuid::from_u128(100)),
        name: "A. Mwale".to_owned(),
        agency: Agency::Customs,
        role: Role::Inspector,
        keys: Vec::new(),
    };
    let mut slots: Vec<AgendaSlot> = (0..SLOTS)
        .map(|n| slot(n, &post.bays, 23 + (n % u128::from(days)) as u8))
        .collect();
    slots.sort_by_key(|slot| slot.state.slot.start);
    let mut model = Model::new(now);
    model.status = Some(Box::new(Status {
        store: StoreState::Open,
        line: Line::Unknown,
        last_exchange: None,
        entries_waiting: 0,
        blobs_waiting: 0,
        stuck: 0,
        stuck_reason: None,
        progress: None,
        post: Some(post),
        officers: vec![officer.clone()],
        officer: Some(officer),
        session_expired: false,
        demonstration_pin: None,
        line_pulled: false,
        device: None,
        central: String::new(),
        clock_difference_ms: None,
        settings: BTreeMap::new(),
        managed: Vec::new(),
        workstation: Default::default(),
    }));
    model.zone = jiff::tz::TimeZone::UTC;
    model.agenda = Remote::Here(AgendaDay {
        day: date(2026, 11, 23),
        days,
        slots,
        revision: 0,
    });
    model
}

/// A window without a screen.
struct Stage {
    ctx: Context,
    local: Local,
    model: Model,
    time: f64,
}

impl Stage {
    fn new(week: bool) -> Self {
        let ctx = Context::default();
        install(&ctx, Look::default());
        let mut local = Local::default();
        local.week = week;
        Self {
            ctx,
            local,
            model: model(if week { 7 } else { 1 }),
            time: 0.0,
        }
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let (local, model) = (&mut self.local, &self.model);
        let mut output = self.ctx.run_ui(input, |ui| {
            black_box(show(ui, local, model, date(2026, 11, 23)));
        });
        // Nothing is painted: textures go nowhere.
        output.textures_delta.clear();
        black_box(output);
    }

    /// Takes hold of a card, wherever one stands on the page, and begins to move it.
    fn take_hold(&mut self) {
        for _ in 0..3 {
            self.frame(Vec::new());
        }
        for step in 0..200u16 {
            let at = pos2(120.0 + f32::from(step) * 5.0, 300.0);
            self.frame(vec![Event::PointerMoved(at)]);
            self.press(at, true);
            for way in 1..12u8 {
                let by = vec2(f32::from(way) * 4.0, f32::from(way) * 2.0);
                self.frame(vec![Event::PointerMoved(at + by)]);
            }
            if self.local.dragging() {
                return;
            }
            self.press(at, false);
        }
        panic!("nothing was taken hold of");
    }

    fn press(&mut self, pos: Pos2, pressed: bool) {
        self.frame(vec![Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }]);
    }
}

fn agenda(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("agenda, 500 slots");
    for (name, week) in [("day", false), ("week", true)] {
        let mut stage = Stage::new(week);
        stage.take_hold();
        let mut step = 0u16;
        group.bench_function(format!("{name}, a frame while dragging"), |bencher| {
            bencher.iter(|| {
                step = (step + 1) % 400;
                let at = pos2(300.0 + f32::from(step), 200.0 + f32::from(step));
                stage.frame(vec![Event::PointerMoved(at)]);
            });
        });
        let mut stage = Stage::new(week);
        group.bench_function(format!("{name}, a frame at rest"), |bencher| {
            bencher.iter(|| stage.frame(Vec::new()));
        });
    }
    let ctx = Context::default();
    install(&ctx, Look::default());
    group.bench_function("peer: 500 labels of egui", |bencher| {
        bencher.iter(|| {
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
                ..RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| {
                for n in 0..SLOTS {
                    ui.label(format!("MSKU {n:06} 7"));
                }
            });
            output.textures_delta.clear();
            black_box(output);
        });
    });
    group.finish();
}

criterion_group!(benches, agenda);
criterion_main!(benches);
