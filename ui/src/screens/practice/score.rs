//! The score: how often threats were found and clean scans passed, over all, by kind and by day.

use egui::{Align, Layout, Ui};
use jiff::civil::Date;
use outpost_domain::{PracticeResult, PracticeScore, PracticeThreat};
use outpost_protocol::Practised;

use crate::design::card::{card, card_with};
use crate::design::words::{label, label_2, paragraph};
use crate::design::{SPACE_L, SPACE_M, Type, blank, palette};
use crate::model::Model;
use crate::moment::{count, decimal, short_date};
use crate::text::{tr, tr_args, tr_code};

use super::told::seconds;

/// Wider than this, cards stand in two columns, points.
const TWO_COLUMNS: f32 = 760.0;
/// The most days that are shown, the newest.
const DAYS: usize = 10;

/// Shows every card.
pub fn cards(ui: &mut Ui, book: &Practised, model: &Model) {
    if book.results.is_empty() {
        card(ui, &tr("practice-score"), |ui| {
            blank::none(ui, &tr("practice-no-answers"));
        });
        return;
    }
    if ui.available_width() > TWO_COLUMNS {
        ui.columns(2, |halves| {
            for half in halves.iter_mut() {
                half.spacing_mut().item_spacing.y = SPACE_L;
            }
            overall(&mut halves[0], book);
            by_day(&mut halves[0], book, model);
            by_kind(&mut halves[1], book);
        });
    } else {
        overall(ui, book);
        by_kind(ui, book);
        by_day(ui, book, model);
    }
}

/// The score in one line.
pub fn short(book: &Practised, model: &Model) -> String {
    let today = model.today();
    let score = PracticeScore::of(book.results.iter().filter(|r| day(r, model) == today));
    let number = |n: u32| count(u64::from(n));
    tr_args(
        "practice-today",
        &[
            ("hits", number(score.hits).into()),
            ("threats", number(score.with_threat()).into()),
            ("alarms", number(score.false_alarms).into()),
            ("clean", number(score.clean()).into()),
        ],
    )
}

fn overall(ui: &mut Ui, book: &Practised) {
    let score = PracticeScore::of(&book.results);
    let all = [("n", count(u64::from(score.all())).into())];
    let right = |ui: &mut Ui| {
        let sample = if score.is_few() {
            "practice-n-few"
        } else {
            "practice-n"
        };
        let words = label_2(ui, tr_args(sample, &all), Type::NumberSmall);
        if score.is_few() {
            words.on_hover_text(tr("practice-few-why"));
        }
    };
    card_with(ui, &tr("practice-score"), right, |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        row(
            ui,
            &tr("practice-hits"),
            &part(score.hits, score.with_threat()),
        );
        row(
            ui,
            &tr("practice-misses"),
            &part(score.misses, score.with_threat()),
        );
        row(
            ui,
            &tr("practice-alarms"),
            &part(score.false_alarms, score.clean()),
        );
        row(
            ui,
            &tr("practice-rejections"),
            &part(score.correct_rejections, score.clean()),
        );
        let sensitivity = score.sensitivity().map(|value| decimal(value, 2));
        let none = tr("practice-not-yet");
        row(
            ui,
            &tr("practice-sensitivity"),
            sensitivity.as_deref().unwrap_or(&none),
        );
        row(ui, &tr("practice-time"), &seconds(median(&book.results)));
        let p = palette(ui);
        paragraph(ui, tr("practice-sensitivity-why"), Type::Small, p.ink_2);
        if score.is_few() {
            paragraph(ui, tr("practice-few-why"), Type::Small, p.amber);
        }
    });
}

fn by_kind(ui: &mut Ui, book: &Practised) {
    card(ui, &tr("practice-by-kind"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        let mut none = true;
        for kind in PracticeThreat::ALL {
            let of_kind = book.results.iter().filter(|result| {
                let projected = result.projected.as_ref();
                projected.is_some_and(|projected| projected.what == *kind)
            });
            let score = PracticeScore::of(of_kind);
            if score.with_threat() > 0 {
                none = false;
                let words = tr_code("threat", kind);
                row(ui, &words, &part(score.hits, score.with_threat()));
            }
        }
        if none {
            blank::none(ui, &tr("practice-no-threats"));
        }
    });
}

fn by_day(ui: &mut Ui, book: &Practised, model: &Model) {
    let mut days: Vec<Date> = book.results.iter().map(|r| day(r, model)).collect();
    days.sort_unstable();
    days.dedup();
    card(ui, &tr("practice-by-day"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        for date in days.iter().rev().take(DAYS) {
            let of_day = book.results.iter().filter(|r| day(r, model) == *date);
            let score = PracticeScore::of(of_day);
            let number = |n: u32| count(u64::from(n));
            let words = tr_args(
                "practice-day",
                &[
                    ("hits", number(score.hits).into()),
                    ("threats", number(score.with_threat()).into()),
                    ("alarms", number(score.false_alarms).into()),
                    ("clean", number(score.clean()).into()),
                ],
            );
            row(ui, &short_date(*date), &words);
        }
    });
}

/// Words at the left, figures at the right.
fn row(ui: &mut Ui, words: &str, figures: &str) {
    ui.horizontal(|ui| {
        label(ui, words, Type::Body);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            label(ui, figures, Type::NumberStrong);
        });
    });
}

fn part(part: u32, whole: u32) -> String {
    if whole == 0 {
        return tr("practice-not-yet");
    }
    let percent = f64::from(part) / f64::from(whole) * 100.0;
    let args = [
        ("part", count(u64::from(part)).into()),
        ("whole", count(u64::from(whole)).into()),
        ("percent", decimal(percent, 0).into()),
    ];
    tr_args("practice-part", &args)
}

fn median(results: &[PracticeResult]) -> u32 {
    let mut times: Vec<u32> = results.iter().map(|r| r.milliseconds).collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn day(result: &PracticeResult, model: &Model) -> Date {
    result.at.to_zoned(model.zone.clone()).date()
}
