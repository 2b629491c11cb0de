//! The fields of the joint inspection's forms.

use egui::Ui;
use outpost_domain::{
    Agency, Analysis, Answer, Conservation, CustodyStep, OfficerId, ReadingKind, Role,
    SampleConclusion, SampleReason, SealClass, SealParty, Signatory, TreatmentKind, Unsigned,
};

use super::super::decide::day_field;
use super::super::photos::Photos;
use super::super::{Form, View, alerts, sentences};
use super::fields::{
    AnswerFields, Fields, ReadingFields, SampleFields, SignFields, SlotFields, TreatmentFields,
};
use super::typed::clock;
use super::{pad, sides};
use crate::design::field::select;
use crate::design::words::{label_2, paragraph};
use crate::design::{Chip, Field, SPACE_M, Tone, Type, palette};
use crate::text::{tr, tr_args, tr_code};

/// Shows the fields.
pub(super) fn show(ui: &mut Ui, view: &View<'_>, form: &mut Form<Fields>, photos: &mut Photos) {
    ui.spacing_mut().item_spacing.x = SPACE_M;
    let mut value = form.value.clone();
    let first = match &mut value {
        Fields::Slot(fields) => slot(ui, view, fields),
        Fields::Answer(fields) => Some(answer(ui, view, fields)),
        Fields::NoShow { absent, note, .. } => {
            agencies(ui, view, absent);
            Some(Field::area(&tr("joint-note"), 2).show(ui, note))
        }
        Fields::Sample(fields) => Some(sample(ui, view, fields)),
        Fields::Moved {
            step, person, seal, ..
        } => {
            codes(ui, "joint-step", "custody", CustodyStep::ALL, step);
            let response = Field::new(&tr("joint-person")).show(ui, person);
            Field::new(&tr("joint-seal-number")).mono().show(ui, seal);
            Some(response)
        }
        Fields::Reported {
            conclusion, report, ..
        } => {
            chips(ui, SampleConclusion::ALL, conclusion, |c| {
                (tr_code("lab", c), lab_tone(*c))
            });
            Some(Field::area(&tr("joint-report"), 3).show(ui, report))
        }
        Fields::Reading(fields) => Some(reading(ui, fields)),
        Fields::Treatment(fields) => Some(treatment(ui, fields)),
        Fields::Seal {
            unit,
            number,
            party,
            class,
            ..
        } => {
            units(ui, view, unit);
            let response = Field::new(&tr("joint-seal-number")).mono().show(ui, number);
            ui.columns(2, |columns| {
                let [left, right] = columns else { return };
                codes(left, "joint-party", "seal-party", SealParty::ALL, party);
                codes(right, "joint-class", "seal-class", SealClass::ALL, class);
            });
            Some(response)
        }
        Fields::Sides { unit, points, .. } => {
            units(ui, view, unit);
            alerts::show(ui, view, Some(unit), alerts::UNIT);
            Some(sides::show(ui, points))
        }
        Fields::Conclude { note, .. } => {
            conclusion(ui, view);
            Some(Field::area(&tr("joint-note"), 3).show(ui, note))
        }
        Fields::Sign(fields, _) => Some(signer(ui, view, fields, |_| true)),
        Fields::Missing { of, why, note, .. } => {
            agencies(ui, view, of);
            codes(ui, "joint-why", "unsigned", Unsigned::ALL, why);
            Some(Field::area(&tr("joint-note"), 2).show(ui, note))
        }
        Fields::Party {
            role,
            name,
            strokes,
            refused,
            refusal,
            ..
        } => {
            codes(ui, "joint-role", "signatory", Signatory::ALL, role);
            let response = Field::new(&tr("joint-name")).show(ui, name);
            crate::design::field::check(ui, refused, &tr("joint-party-refuses"));
            if *refused {
                Field::area(&tr("joint-why-refused"), 2).show(ui, refusal);
            } else {
                pad::show(ui, strokes);
            }
            Some(response)
        }
        Fields::Override { hold, reason } => {
            if let Some(record) = view.state().holds.iter().find(|h| h.hold.id == *hold) {
                let (lead, rest) = sentences::hold(record);
                let p = palette(ui);
                paragraph(ui, format!("{lead}, {rest}"), Type::Strong, p.ink);
            }
            let p = palette(ui);
            paragraph(ui, tr("joint-override-says"), Type::Body, p.ink_2);
            Some(Field::area(&tr("joint-reason"), 3).show(ui, reason))
        }
        Fields::Confirm(fields, proposal) => {
            let overriding = view
                .state()
                .open_holds()
                .find_map(|h| h.overriding.as_ref().filter(|o| o.entry == *proposal));
            if let Some(overriding) = overriding {
                let p = palette(ui);
                let args = [
                    ("by", overriding.by.clone().into()),
                    ("reason", overriding.reason.clone().into()),
                ];
                paragraph(ui, tr_args("joint-confirm-says", &args), Type::Body, p.ink);
            }
            let proposer = overriding.map(|o| o.proposer);
            Some(signer(ui, view, fields, |id| Some(id) != proposer))
        }
        Fields::TakeBack { reason } => Some(Field::area(&tr("joint-reason"), 3).show(ui, reason)),
    };
    if let Some(kept) = value.photos_mut() {
        photos.fields(ui, kept);
    }
    form.value = value;
    if let Some(response) = first {
        form.focus_first(&response);
    }
}

/// A choice among codes, under the name `name`, with the words of `family`.
fn codes<T: Copy + PartialEq + std::fmt::Display>(
    ui: &mut Ui,
    name: &'static str,
    family: &str,
    all: &[T],
    value: &mut T,
) {
    let options: Vec<(T, String)> = all.iter().map(|c| (*c, tr_code(family, c))).collect();
    select(ui, name, &tr(name), value, &options);
}

/// A choice of which none is made beforehand.
fn chips<T: Copy + PartialEq>(
    ui: &mut Ui,
    all: &[T],
    value: &mut Option<T>,
    words: impl Fn(&T) -> (String, Tone),
) {
    ui.horizontal_wrapped(|ui| {
        for option in all {
            let (text, tone) = words(option);
            let on = *value == Some(*option);
            if ui.add(Chip::new(&text, on).tone(tone)).clicked() {
                *value = Some(*option);
            }
        }
    });
}

/// How good a laboratory's conclusion is.
pub(super) const fn lab_tone(conclusion: SampleConclusion) -> Tone {
    match conclusion {
        SampleConclusion::Satisfactory => Tone::Green,
        SampleConclusion::NotSatisfactory => Tone::Red,
        SampleConclusion::NotInterpretable => Tone::Amber,
    }
}

fn agencies(ui: &mut Ui, view: &View<'_>, value: &mut Option<Agency>) {
    let own = view.agency();
    let all: Vec<Agency> = view
        .state()
        .sections
        .iter()
        .map(|s| s.agency)
        .filter(|agency| Some(*agency) != own)
        .collect();
    chips(ui, &all, value, |agency| {
        (tr_code("agency", agency), Tone::Neutral)
    });
}

fn units(ui: &mut Ui, view: &View<'_>, unit: &mut String) {
    let options: Vec<(String, String)> = view
        .inspection()
        .units
        .iter()
        .map(|u| (u.number.as_str().to_owned(), u.number.spaced()))
        .collect();
    if options.len() > 1 {
        select(ui, "joint-unit", &tr("joint-unit"), unit, &options);
    }
}

/// A field for a clock time, with what is wrong with it.
fn clock_field(ui: &mut Ui, name: &str, text: &mut String) -> egui::Response {
    let wrong = tr("field-time-wrong");
    let bad = !text.trim().is_empty() && clock(text).is_err();
    Field::new(name)
        .hint("09:30")
        .limit(5)
        .error(bad.then_some(wrong.as_str()))
        .show(ui, text)
}

fn slot(ui: &mut Ui, view: &View<'_>, fields: &mut SlotFields) -> Option<egui::Response> {
    let bays = view
        .status
        .post
        .as_ref()
        .map(|p| p.bays.clone())
        .unwrap_or_default();
    let mut options: Vec<(String, String)> =
        bays.into_iter().map(|bay| (bay.clone(), bay)).collect();
    if options.iter().all(|(bay, _)| *bay != fields.bay) && !fields.bay.is_empty() {
        options.push((fields.bay.clone(), fields.bay.clone()));
    }
    select(ui, "joint-bay", &tr("joint-bay"), &mut fields.bay, &options);
    let mut first = None;
    ui.columns(4, |columns| {
        let [day, from, to, setup] = columns else {
            return;
        };
        day_field(day, &tr("joint-day"), &mut fields.day);
        first = Some(clock_field(from, &tr("joint-from"), &mut fields.from));
        clock_field(to, &tr("joint-to"), &mut fields.to);
        Field::new(&tr("joint-setup"))
            .hint("min")
            .limit(3)
            .show(setup, &mut fields.setup);
    });
    label_2(ui, tr("joint-invited"), Type::SmallMedium);
    ui.horizontal_wrapped(|ui| {
        for section in &view.state().sections {
            let on = fields.agencies.contains(&section.agency);
            let words = tr_code("agency", section.agency);
            let convener = Some(section.agency) == view.inspection().convener();
            if ui.add(Chip::new(&words, on)).clicked() && !convener {
                if on {
                    fields.agencies.retain(|a| *a != section.agency);
                } else {
                    fields.agencies.push(section.agency);
                }
            }
        }
    });
    first
}

fn answer(ui: &mut Ui, view: &View<'_>, fields: &mut AnswerFields) -> egui::Response {
    if let Some(slot) = &view.state().slot {
        let p = palette(ui);
        let words = super::super::joint_words::slot(&slot.slot.bay, slot.slot.span(), view.zone);
        paragraph(ui, words, Type::Strong, p.ink);
    }
    let all = [Answer::Accepted, Answer::OtherTime, Answer::Waived];
    chips(ui, &all, &mut fields.answer, |answer| {
        let tone = match answer {
            Answer::Accepted => Tone::Green,
            Answer::OtherTime => Tone::Amber,
            _ => Tone::Neutral,
        };
        (tr_code("answer-act", answer), tone)
    });
    if fields.answer == Some(Answer::OtherTime) {
        ui.columns(3, |columns| {
            let [day, from, to] = columns else { return };
            day_field(day, &tr("joint-day"), &mut fields.day);
            clock_field(from, &tr("joint-from"), &mut fields.from);
            clock_field(to, &tr("joint-to"), &mut fields.to);
        });
    }
    match fields.answer {
        Some(Answer::Waived) => {}
        _ => {
            Field::new(&tr("joint-minutes"))
                .hint("45")
                .limit(4)
                .show(ui, &mut fields.minutes);
        }
    }
    Field::area(&tr("joint-reason"), 2).show(ui, &mut fields.reason)
}

fn sample(ui: &mut Ui, view: &View<'_>, fields: &mut SampleFields) -> egui::Response {
    let items: Vec<(u32, String)> = view
        .inspection()
        .consignment
        .items
        .iter()
        .map(|i| (i.number, sentences::item_words(view.inspection(), i.number)))
        .collect();
    let mut first = None;
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        let name = tr("joint-sample-number");
        first = Some(Field::new(&name).mono().show(left, &mut fields.number));
        Field::new(&tr("joint-sample-count"))
            .limit(4)
            .show(right, &mut fields.count);
    });
    select(
        ui,
        "joint-item",
        &tr("joint-item"),
        &mut fields.item,
        &items,
    );
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        Field::new(&tr("joint-matter")).show(left, &mut fields.matter);
        Field::new(&tr("joint-batch")).show(right, &mut fields.batch);
    });
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        Field::new(&tr("joint-test")).show(left, &mut fields.test);
        Field::new(&tr("joint-laboratory")).show(right, &mut fields.laboratory);
    });
    ui.columns(3, |columns| {
        let [left, middle, right] = columns else {
            return;
        };
        let (reason, analysis) = (&mut fields.reason, &mut fields.analysis);
        codes(
            left,
            "joint-sample-reason",
            "sample-reason",
            SampleReason::ALL,
            reason,
        );
        codes(
            middle,
            "joint-analysis",
            "analysis",
            Analysis::ALL,
            analysis,
        );
        codes(
            right,
            "joint-conservation",
            "conservation",
            Conservation::ALL,
            &mut fields.conservation,
        );
    });
    first.unwrap_or_else(|| ui.label(""))
}

fn reading(ui: &mut Ui, fields: &mut ReadingFields) -> egui::Response {
    codes(
        ui,
        "joint-quantity",
        "reading",
        ReadingKind::ALL,
        &mut fields.quantity,
    );
    let value = format!("{} ({})", tr("joint-value"), fields.quantity.unit());
    let response = Field::new(&value).limit(16).show(ui, &mut fields.value);
    Field::new(&tr("joint-place")).show(ui, &mut fields.place);
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        Field::new(&tr("joint-device")).show(left, &mut fields.device);
        day_field(right, &tr("joint-calibrated"), &mut fields.calibrated);
    });
    response
}

fn treatment(ui: &mut Ui, fields: &mut TreatmentFields) -> egui::Response {
    codes(
        ui,
        "joint-treatment",
        "treatment",
        TreatmentKind::ALL,
        &mut fields.treatment,
    );
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        Field::new(&tr("joint-agent")).show(left, &mut fields.agent);
        Field::new(&tr("joint-dose")).show(right, &mut fields.dose);
    });
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        Field::new(&tr("joint-treated-minutes"))
            .limit(5)
            .show(left, &mut fields.minutes);
        Field::new(&tr("joint-celsius"))
            .limit(6)
            .show(right, &mut fields.celsius);
    });
    let response = Field::new(&tr("joint-provider")).show(ui, &mut fields.provider);
    Field::new(&tr("joint-certificate")).show(ui, &mut fields.certificate);
    response
}

/// What is concluded, before it is.
fn conclusion(ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    paragraph(ui, tr("joint-conclude-says"), Type::Body, p.ink_2);
    for section in &view.state().sections {
        let words = format!(
            "{}: {}",
            tr_code("agency", section.agency),
            tr_code("section", section.state)
        );
        label_2(ui, words, Type::Body);
    }
}

/// Who signs, and the PIN.
fn signer(
    ui: &mut Ui,
    view: &View<'_>,
    fields: &mut SignFields,
    may: impl Fn(OfficerId) -> bool,
) -> egui::Response {
    let state = view.state();
    let options: Vec<(Option<OfficerId>, String)> = view
        .status
        .officers
        .iter()
        .filter(|o| state.section(o.agency).is_some() && o.role != Role::Analyst && may(o.id))
        .map(|o| {
            let words = format!("{}, {}", o.name, tr_code("agency", o.agency));
            (Some(o.id), words)
        })
        .collect();
    select(
        ui,
        "joint-officer",
        &tr("joint-officer"),
        &mut fields.officer,
        &options,
    );
    Field::new(&tr("joint-pin"))
        .secret()
        .limit(12)
        .show(ui, &mut fields.pin)
}
