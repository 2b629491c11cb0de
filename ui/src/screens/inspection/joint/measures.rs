//! Samples with their way, readings, treatments, new seals and the unit's sides: what was taken, measured and done.

use egui::{Align, Frame, Layout, Margin, Ui};
use jiff::Timestamp;
use outpost_domain::{Agency, SampleRecord, SideCondition};

use crate::design::card::{card_flush, hairline};
use crate::design::words::{label, label_2, paragraph};
use crate::design::{
    Badge, Button, Mark, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, agency_square, blank, icons,
    palette,
};
use crate::moment::{short_date, time_or_date};
use crate::text::{tr, tr_args, tr_code};

use super::super::{Screen, View, joint_words, sentences};
use super::forms::lab_tone;
use super::{Wanted, open, sides};

/// A line of the card, in the order of the acts.
struct Line {
    at: Timestamp,
    agency: Agency,
    lead: String,
    rest: String,
    doubt: Option<String>,
    by: String,
}

/// Shows the card.
pub(super) fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let mut wanted = None;
    card_flush(
        ui,
        &tr("joint-measures"),
        |_| {},
        |ui| {
            inset(ui, |ui| wanted = acts(ui));
            let state = view.state();
            let lines = lines(view);
            if state.samples.is_empty() && lines.is_empty() {
                hairline(ui);
                inset(ui, |ui| blank::none(ui, &tr("joint-measures-none")));
            }
            for sample in &state.samples {
                hairline(ui);
                inset(ui, |ui| {
                    if let Some(act) = one_sample(ui, view, sample) {
                        wanted = Some(act);
                    }
                });
            }
            for line in &lines {
                hairline(ui);
                inset(ui, |ui| one_line(ui, view, line));
            }
        },
    );
    if let Some(wanted) = wanted {
        open(screen, view, wanted);
    }
}

fn inset(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    Frame::new()
        .inner_margin(Margin::symmetric(SPACE_M as i8, SPACE_S as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = SPACE_XS;
            add(ui);
        });
}

fn acts(ui: &mut Ui) -> Option<Wanted> {
    let all = [
        ("joint-add-sample", icons::FLASK, "Y", Wanted::Sample),
        (
            "joint-add-reading",
            icons::THERMOMETER,
            "R",
            Wanted::Reading,
        ),
        (
            "joint-add-treatment",
            icons::SHIELD_CHECK,
            "T",
            Wanted::Treatment,
        ),
        ("joint-add-seal", icons::SEAL_CHECK, "E", Wanted::Seal),
        ("joint-add-sides", icons::CUBE, "U", Wanted::Sides),
    ];
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(SPACE_S, SPACE_S);
        for (name, icon, key, act) in all {
            let words = tr(name);
            if ui
                .add(Button::secondary(&words).icon(icon).key(key))
                .clicked()
            {
                wanted = Some(act);
            }
        }
    });
    wanted
}

/// A sample, its way and its result; returns what is to be opened.
fn one_sample(ui: &mut Ui, view: &View<'_>, record: &SampleRecord) -> Option<Wanted> {
    let p = palette(ui);
    let sample = &record.sample;
    let agency = tr_code("agency", record.agency);
    let mut wanted = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        agency_square(ui, record.agency, Mark::InProgress, &agency);
        label(ui, &sample.number, Type::MonoStrong);
        label(ui, &sample.test, Type::Strong);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (words, tone) = match &record.result {
                Some(result) => (
                    tr_code("lab", result.conclusion),
                    lab_tone(result.conclusion),
                ),
                None => (tr("lab-pending"), Tone::Amber),
            };
            ui.add(Badge::new(&words, tone));
            if record.result.is_none() && ui.add(Button::quiet(&tr("joint-report-act"))).clicked() {
                wanted = Some(Wanted::Reported(record.entry));
            }
            if !record.is_gone() && ui.add(Button::quiet(&tr("joint-move-act"))).clicked() {
                wanted = Some(Wanted::Moved(record.entry));
            }
        });
    });
    let what = sentences::dotted(&[
        sentences::item_words(view.inspection(), sample.item),
        format!("{} × {}", sample.count, sample.matter),
        sample.batch.clone(),
        tr_code("conservation", sample.conservation),
        tr_code("sample-reason", sample.reason),
        tr_code("analysis", sample.analysis),
        sample.laboratory.clone(),
    ]);
    paragraph(ui, what, Type::Small, p.ink);
    let taken = tr_args(
        "joint-taken-by",
        &[
            ("by", record.by.clone().into()),
            ("time", time_or_date(record.at, view.now, view.zone).into()),
        ],
    );
    let mut way = vec![taken];
    way.extend(record.custody.iter().map(|step| {
        let words = format!("{} {}", tr_code("custody", step.step), step.person);
        let seal = if step.seal.is_empty() {
            String::new()
        } else {
            format!(" ({})", step.seal)
        };
        let when = time_or_date(step.at, view.now, view.zone);
        format!("{words}{seal} {when}")
    }));
    paragraph(ui, way.join(" → "), Type::Small, p.ink_2);
    if let Some(result) = &record.result {
        paragraph(
            ui,
            &result.report,
            Type::Small,
            p.tone(lab_tone(result.conclusion)),
        );
    }
    wanted
}

fn lines(view: &View<'_>) -> Vec<Line> {
    let state = view.state();
    let mut lines: Vec<Line> = Vec::new();
    for record in &state.readings {
        let reading = &record.reading;
        let day = record.at.to_zoned(view.zone.clone()).date();
        let until = reading
            .calibrated_until
            .filter(|_| reading.is_uncalibrated(day));
        lines.push(Line {
            at: record.at,
            agency: record.agency,
            lead: format!(
                "{} {}",
                tr_code("reading", reading.quantity),
                joint_words::value(reading)
            ),
            rest: sentences::dotted(&[reading.place.clone(), reading.device.clone()]),
            doubt: until
                .map(|day| tr_args("joint-uncalibrated", &[("day", short_date(day).into())])),
            by: record.by.clone(),
        });
    }
    for record in &state.treatments {
        let treatment = &record.treatment;
        lines.push(Line {
            at: record.at,
            agency: record.agency,
            lead: tr_code("treatment", treatment.treatment),
            rest: sentences::dotted(&[
                treatment.agent.clone(),
                treatment.dose.clone(),
                treatment.provider.clone(),
                treatment.certificate.clone(),
            ]),
            doubt: None,
            by: record.by.clone(),
        });
    }
    for record in &state.new_seals {
        lines.push(Line {
            at: record.at,
            agency: record.agency,
            lead: tr_args(
                "joint-new-seal",
                &[("seal", record.seal.number.clone().into())],
            ),
            rest: sentences::dotted(&[
                tr_code("seal-party", record.seal.party),
                tr_code("seal-class", record.seal.class),
            ]),
            doubt: None,
            by: record.by.clone(),
        });
    }
    for record in &state.sides {
        let sound = record
            .points
            .iter()
            .filter(|p| p.condition == SideCondition::Sound)
            .count();
        let bad: Vec<String> = record
            .points
            .iter()
            .filter(|p| p.condition != SideCondition::Sound)
            .map(|p| {
                let words = format!(
                    "{} {}",
                    tr_code("side", p.side),
                    tr_code("side-condition", p.condition)
                );
                sentences::dotted(&[words, p.note.clone()])
            })
            .collect();
        let grave = record
            .points
            .iter()
            .any(|p| matches!(sides::tone(p.condition), Tone::Red | Tone::Amber));
        lines.push(Line {
            at: record.at,
            agency: record.agency,
            lead: tr_args("joint-sides-said", &[("n", sound.into())]),
            rest: if grave { String::new() } else { bad.join("; ") },
            doubt: grave.then(|| bad.join("; ")),
            by: record.by.clone(),
        });
    }
    lines.sort_by_key(|line| line.at);
    lines
}

fn one_line(ui: &mut Ui, view: &View<'_>, line: &Line) {
    let p = palette(ui);
    let agency = tr_code("agency", line.agency);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        agency_square(ui, line.agency, Mark::InProgress, &agency);
        label(ui, &line.lead, Type::Strong);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let when = time_or_date(line.at, view.now, view.zone);
            label_2(ui, format!("{}, {when}", line.by), Type::Small);
        });
    });
    if !line.rest.is_empty() {
        paragraph(ui, &line.rest, Type::Small, p.ink);
    }
    if let Some(doubt) = &line.doubt {
        paragraph(ui, doubt, Type::Small, p.red);
    }
}
