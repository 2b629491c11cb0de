//! The answer at the lower right: how sure, nothing or something; and then the truth.

use egui::{Frame, Margin, Panel, Ui};
use outpost_domain::{Confidence, PracticeOutcome, PracticeResult};

use crate::design::badge::badge;
use crate::design::words::{label_2, paragraph};
use crate::design::{Button, Chip, SPACE_L, SPACE_S, Type, palette};
use crate::intent::Intent;
use crate::model::Model;
use crate::text::{tr, tr_args, tr_code, tr_code_args};

use super::told::{seconds, tone};
use super::{Local, Wish};

/// The keys of the three degrees of confidence.
pub const SURE: [&str; 3] = ["1", "2", "3"];

/// Shows the panel.
pub fn panel(ui: &mut Ui, local: &mut Local, model: &Model, intents: &mut Vec<Intent>) {
    let p = palette(ui);
    Panel::bottom("practice-answer")
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(SPACE_S, SPACE_S);
            let answered = local.case.as_ref().and_then(|case| case.answered.clone());
            match answered {
                Some(result) => truth(ui, local, &result, model, intents),
                None => asked(ui, local, intents),
            }
        });
}

fn asked(ui: &mut Ui, local: &Local, intents: &mut Vec<Intent>) {
    let chosen = local.case.as_ref().and_then(|case| case.confidence);
    label_2(ui, tr("practice-sure"), Type::SmallMedium);
    ui.horizontal_wrapped(|ui| {
        for (confidence, key) in Confidence::ALL.iter().zip(SURE) {
            let words = tr_code("practice-sure", confidence);
            let chip = Chip::new(&words, chosen == Some(*confidence)).key(key);
            if ui.add(chip).clicked() {
                intents.push(Intent::Practice(Wish::Sure(*confidence)));
            }
        }
    });
    let why = |something| local.why_not(something).map(tr);
    let (nothing, something) = (tr("practice-nothing"), tr("practice-something"));
    let why_not = why(false);
    let button = Button::secondary(&nothing).key("S").fill();
    if ui
        .add(button.disabled_because(why_not.as_deref()))
        .clicked()
    {
        intents.push(Intent::Practice(Wish::Nothing));
    }
    let why_not = why(true);
    let button = Button::danger(&something).key("F").fill();
    if ui
        .add(button.disabled_because(why_not.as_deref()))
        .clicked()
    {
        intents.push(Intent::Practice(Wish::Something));
    }
    let marked = local.case.as_ref().is_some_and(|case| case.mark.is_some());
    if !marked && local.reading.bench.image().is_some() {
        let ink = palette(ui).ink_2;
        paragraph(ui, tr("practice-mark-how"), Type::Small, ink);
    }
}

fn truth(
    ui: &mut Ui,
    local: &mut Local,
    result: &PracticeResult,
    model: &Model,
    intents: &mut Vec<Intent>,
) {
    let p = palette(ui);
    let outcome = result.outcome();
    ui.horizontal(|ui| {
        badge(ui, &tr_code("practice-outcome", outcome), tone(outcome));
        label_2(ui, seconds(result.milliseconds), Type::NumberSmall);
    });
    let what = result
        .projected
        .map(|projected| tr_code("threat", projected.what));
    let said = match (&what, result.is_elsewhere()) {
        (Some(what), true) => tr_args("practice-elsewhere", &[("what", what.clone().into())]),
        (Some(what), false) => {
            tr_code_args("practice-told", outcome, &[("what", what.clone().into())])
        }
        (None, _) => tr_code("practice-told", outcome),
    };
    paragraph(ui, said, Type::Body, p.ink);
    if let Some(projected) = result.projected {
        let words = tr("practice-look");
        if ui.add(Button::secondary(&words).fill()).clicked() {
            local.reading.look_at_part(super::rect_of(projected.place));
        }
    }
    // A mark on a clean scan may be right where the exam was wrong: then it is the inspection that counts.
    if outcome == PracticeOutcome::FalseAlarm
        && let Some(case) = &local.case
    {
        let unit = [("unit", case.case.unit.clone().into())];
        paragraph(ui, tr_args("practice-real", &unit), Type::Small, p.ink_2);
        let words = tr("practice-open");
        if ui.add(Button::secondary(&words).fill()).clicked() {
            intents.push(Intent::Practice(Wish::Open));
        }
    }
    if let Some(book) = local.book.here() {
        let today = super::score::short(book, model);
        paragraph(ui, today, Type::NumberSmall, p.ink_2);
    }
    let words = tr("practice-next");
    if ui
        .add(Button::primary(&words).key("Enter").fill())
        .clicked()
    {
        intents.push(Intent::Practice(Wish::Next));
    }
}
