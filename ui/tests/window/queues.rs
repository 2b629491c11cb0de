//! The queues beside the worklist: who sees them, what they count, and how they look.
#![allow(clippy::unwrap_used)]

use egui::Key;
use outpost_domain::{OfficerId, Queue, Role};
use outpost_protocol::Badge;

use crate::screens::dark;
use crate::stage::Stage;
use crate::support::{Double, problem};

/// The first officer of the post, who signs in, is a supervisor; one row waits in each queue that the world lacks.
fn supervisor() -> Double {
    let mut double = Double::with(60);
    double.status.officers[0].role = Role::Supervisor;
    double
}

fn french(mut double: Double) -> Double {
    let settings = &mut double.status.settings;
    settings.insert("language".to_owned(), "fr".to_owned());
    double
}

/// How many rows the desk told stand in a queue that depends on nothing else.
fn standing(stage: &Stage, queue: Queue) -> usize {
    let rows = stage.double.rows();
    let stands = |row: &&outpost_protocol::WorklistRow| row.row.waits.queues.contains(&queue);
    rows.iter().filter(stands).count()
}

#[test]
fn queues_by_light() {
    let mut stage = Stage::signed_in(supervisor());
    stage.press(Key::Q);
    stage.snapshot("queues-light");
}

#[test]
fn queues_in_the_dark_in_french() {
    let mut stage = Stage::signed_in(dark(french(supervisor())));
    stage.press(Key::Q);
    stage.press(Key::Q);
    stage.snapshot("queues-dark-fr");
}

#[test]
fn a_narrow_window_leaves_the_room_to_the_list() {
    let mut stage = Stage::sized(supervisor(), 900.0, 700.0);
    stage.sign_in();
    assert!(!stage.says("Waiting for goods"));
}

#[test]
fn a_queue_shows_what_it_counts_and_again_the_whole_post() {
    let mut stage = Stage::signed_in(supervisor());
    let goods = standing(&stage, Queue::Goods);
    assert!(goods > 0 && goods < 60, "{goods} wait for goods");
    stage.click_like("Waiting for goods");
    assert_eq!(stage.window().shown(), goods);
    stage.click_like("Waiting for goods");
    assert_eq!(stage.window().shown(), 60);
}

#[test]
fn an_inspector_sees_queues_when_going_through_them_with_q() {
    let mut stage = Stage::signed_in(Double::with(60));
    assert!(!stage.says("Waiting for goods"));
    stage.press(Key::Q);
    assert!(stage.says("Waiting for goods"));
    let counts = Queue::ALL.len();
    for _ in 0..counts {
        stage.press(Key::Q);
        if stage.window().shown() == 60 {
            break;
        }
    }
    assert_eq!(
        stage.window().shown(),
        60,
        "after the last one the whole post"
    );
}

#[test]
fn what_waits_for_approval_depends_on_who_asks_and_a_parked_entry_is_told() {
    let mut double = supervisor();
    let me = double.status.officers[0].id;
    let mut rows = double.rows();
    rows.truncate(3);
    rows[0].row.waits.proposers = vec![me];
    rows[1].row.waits.proposers = vec![OfficerId(uuid::Uuid::from_u128(77))];
    rows[1].row.waits.review = Some("2026-11-22".parse().unwrap());
    rows[2].row.waits.review = Some("2026-11-23".parse().unwrap());
    rows[2].sync = Badge::Failed {
        entries: 1,
        problem: problem("duplicate", "twice"),
    };
    let ids: Vec<_> = rows.iter().map(|row| row.row.id).collect();
    double.status.officer = None;
    let mut stage = Stage::signed_in(double);
    stage.tell(outpost_protocol::Event::Rows {
        rows,
        removed: Vec::new(),
        complete: true,
    });
    stage.settle();
    for (queue, id) in [
        ("For approval", ids[1]),
        ("Hold review overdue", ids[1]),
        ("Entries parked", ids[2]),
    ] {
        stage.click_like(queue);
        let shown = stage.window().shown();
        assert!(shown >= 1, "{queue}");
        let found = (0..shown).any(|_| {
            let is = stage.window().selected() == Some(id);
            stage.press(Key::J);
            is
        });
        assert!(found, "{queue} lacks {id}");
    }
    stage.click_like("For approval");
    let only: Vec<_> = (0..stage.window().shown())
        .filter_map(|_| {
            let selected = stage.window().selected();
            stage.press(Key::J);
            selected
        })
        .collect();
    assert!(!only.contains(&ids[0]), "nobody approves the own proposal");
}
