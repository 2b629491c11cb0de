//! The slot: where and when the goods are presented once to all, and what each agency answered.

use egui::{Align, Layout, Ui};
use outpost_domain::{Agency, Answer, SlotState};

use crate::design::card::{card_with, hairline};
use crate::design::words::{hint, label, label_2, paragraph};
use crate::design::{
    Badge, Button, Mark, SPACE_S, SPACE_XS, Tone, Type, agency_square, icons, palette,
};
use crate::moment::time_or_date;
use crate::text::{tr, tr_args, tr_code};

use super::super::{Screen, View, joint_words, papers};
use super::{Wanted, fields, open};

/// Shows the card.
pub(super) fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let slot = view.state().slot.as_ref();
    let mut wanted = None;
    let (badge, tone) = standing(slot);
    let right = |ui: &mut Ui| {
        ui.add(Badge::new(&badge, tone));
    };
    card_with(ui, &tr("joint-slot"), right, |ui| {
        match slot {
            None => hint(ui, tr("joint-no-slot")),
            Some(slot) => {
                told(ui, view, slot);
                hint(ui, tr("joint-one-presentation"))
            }
        };
        wanted = acts(ui, view, slot);
        papers::of_slot(screen, ui, view);
    });
    if let Some(wanted) = wanted {
        open(screen, view, wanted);
    }
}

/// The card's badge: what the slot waits for.
fn standing(slot: Option<&SlotState>) -> (String, Tone) {
    let Some(slot) = slot else {
        return (tr("joint-slot-none"), Tone::Neutral);
    };
    let any = |wanted| slot.slot.agencies.iter().any(|a| a.answer == wanted);
    if slot.is_too_short() {
        (tr("joint-slot-short"), Tone::Red)
    } else if any(Answer::OtherTime) {
        (tr("joint-slot-other"), Tone::Red)
    } else if any(Answer::Pending) {
        (tr("joint-slot-open"), Tone::Amber)
    } else {
        (tr("joint-slot-agreed"), Tone::Green)
    }
}

fn told(ui: &mut Ui, view: &View<'_>, slot: &SlotState) {
    let p = palette(ui);
    ui.spacing_mut().item_spacing.y = SPACE_S;
    let words = joint_words::slot(&slot.slot.bay, slot.slot.span(), view.zone);
    paragraph(ui, words, Type::Strong, p.ink);
    if let Some((by, at)) = &slot.proposed {
        let when = time_or_date(*at, view.now, view.zone);
        let args = [
            ("by", by.clone().into()),
            ("time", when.into()),
            ("n", slot.moves(view.inspection().slot.is_some()).into()),
        ];
        label_2(ui, tr_args("joint-proposed-by", &args), Type::Small);
    }
    if slot.is_too_short() {
        let needed = slot.needed_minutes().unwrap_or_default();
        let words = tr_args("joint-too-short", &[("minutes", needed.into())]);
        paragraph(ui, words, Type::Body, p.red);
    }
    for answer in &slot.slot.agencies {
        hairline(ui);
        agency(ui, view, slot, answer.agency, answer.answer);
    }
}

fn agency(ui: &mut Ui, view: &View<'_>, slot: &SlotState, agency: Agency, answer: Answer) {
    let p = palette(ui);
    let name = tr_code("agency", agency);
    let absent = slot.no_shows.contains(&agency);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        agency_square(ui, agency, Mark::from(answer), &name);
        label(ui, &name, Type::Body);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if absent {
                ui.add(Badge::new(&tr("joint-absent"), Tone::Red));
            } else {
                label_2(ui, tr_code("answer", answer), Type::Small);
            }
        });
    });
    let Some(record) = slot.answers.iter().find(|a| a.agency == agency) else {
        return;
    };
    ui.spacing_mut().item_spacing.y = SPACE_XS;
    let mut parts = vec![record.reason.clone()];
    if let Some(span) = record.rather {
        let wish = joint_words::slot("", span, view.zone);
        let wish = wish.trim_start_matches([',', ' ']).to_owned();
        parts.push(tr_args("joint-rather", &[("slot", wish.into())]));
    }
    if let Some(minutes) = record.minutes {
        parts.push(tr_args(
            "entry-answer-minutes",
            &[("minutes", minutes.into())],
        ));
    }
    let words = super::super::sentences::dotted(&parts);
    if !words.is_empty() {
        paragraph(ui, words, Type::Small, p.ink);
    }
}

fn acts(ui: &mut Ui, view: &View<'_>, slot: Option<&SlotState>) -> Option<Wanted> {
    let mut wanted = None;
    let convener = view.agency().is_some() && view.agency() == view.inspection().convener();
    let invited = slot.is_some_and(|s| {
        s.slot
            .agencies
            .iter()
            .any(|a| Some(a.agency) == view.agency())
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        if convener {
            let words = if slot.is_some() {
                tr("joint-move")
            } else {
                tr("joint-propose")
            };
            let button = Button::secondary(&words).icon(icons::CALENDAR).key("N");
            if ui.add(button).clicked() {
                wanted = Some(Wanted::Slot);
            }
            if fields::wish(view).is_some() {
                let words = tr("joint-take-wish");
                if ui.add(Button::primary(&words).key("A")).clicked() {
                    wanted = Some(Wanted::Wish);
                }
            }
        }
        if invited && !convener {
            let words = tr("joint-answer");
            if ui.add(Button::primary(&words).key("A")).clicked() {
                wanted = Some(Wanted::Answer);
            }
        }
        let late = slot.is_some_and(|s| s.slot.start < view.now);
        if late && invited && ui.add(Button::quiet(&tr("joint-no-show"))).clicked() {
            wanted = Some(Wanted::NoShow);
        }
    });
    wanted
}
