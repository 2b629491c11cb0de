//! Second opinions on a radiograph: asked, given, and both readings side by side.

use egui::accesskit::Role as Kind;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use outpost_domain::{Agency, EntryBody, EntryId, ImageConclusion, Officer, OfficerId, Role};
use outpost_ui::design::Look;
use outpost_ui::screens::inspection::Tab;

use crate::inspection::{key, last, press, staged, until, write};
use crate::radiograph::drawn;
use crate::world::{self, Desk, officer};

const NAME: &str = "Radiograph of MSKU 601167 2";

fn analyst() -> Officer {
    Officer {
        id: OfficerId(uuid::Uuid::from_u128(6)),
        ..officer(Agency::Customs, "L. Chirwa", Role::Analyst)
    }
}

fn first() -> Officer {
    officer(Agency::Customs, "A. Mwale", Role::Inspector)
}

fn read(desk: &Desk, conclusion: ImageConclusion, opinion: Option<EntryId>) -> EntryBody {
    EntryBody::ImageConcluded {
        scan: desk.inspection.scans[0].blob,
        conclusion,
        reading_seconds: 50,
        opinion,
    }
}

/// A. Mwale has read it and asks any analyst.
fn asked() -> (Desk, EntryId) {
    let mut desk = world::fresh();
    let body = read(&desk, ImageConclusion::NoAnomaly, None);
    desk.enter(&first(), "2026-11-23T06:10:00Z", body);
    let body = EntryBody::OpinionAsked {
        scan: desk.inspection.scans[0].blob,
        of: None,
        note: "The dense part at the front".to_owned(),
    };
    let asked = desk.enter(&first(), "2026-11-23T06:12:00Z", body);
    (desk, asked)
}

#[test]
fn ctrl_o_asks_with_the_officers_words() {
    let mut harness = staged(world::fresh(), Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    key(&mut harness, Modifiers::COMMAND, Key::O);
    write(
        &mut harness,
        Kind::MultilineTextInput,
        "What is to be looked at",
        "Is that a false wall?",
    );
    key(&mut harness, Modifiers::COMMAND, Key::Enter);
    let EntryBody::OpinionAsked { of, note, .. } = last(&harness) else {
        panic!("{:?}", last(&harness));
    };
    assert_eq!((of, note.as_str()), (None, "Is that a false wall?"));
}

#[test]
fn who_is_asked_gives_the_opinion_and_it_stands_beside_the_first() {
    let (mut desk, asked) = asked();
    desk.status.officer = Some(analyst());
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    let waits = "The dense part at the front";
    assert!(harness.query_by_label_contains(waits).is_some());
    press(&mut harness, "Anomaly");
    let EntryBody::ImageConcluded { opinion, .. } = last(&harness) else {
        panic!("{:?}", last(&harness));
    };
    assert_eq!(opinion, Some(asked));
    assert!(harness.query_by_label_contains(waits).is_none());
    let differ = "A. Mwale reads No anomaly, L. Chirwa reads Anomaly";
    assert!(harness.query_by_label_contains(differ).is_some());
    drawn(&mut harness);
    harness.snapshot("opinion-differs");
}

#[test]
fn who_asked_does_not_answer_the_own_question() {
    let (mut desk, _) = asked();
    desk.status.officer = Some(first());
    let mut harness = staged(desk, Tab::Radiograph, Look::default());
    until(&mut harness, NAME);
    drawn(&mut harness);
    press(&mut harness, "Inconclusive");
    assert!(matches!(
        last(&harness),
        EntryBody::ImageConcluded { opinion: None, .. }
    ));
}
