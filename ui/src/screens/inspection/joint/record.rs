//! The joint record: how far it is, who concluded it, who signed, and what can be done next.

use egui::{Align, Layout, Pos2, Rect, Sense, Stroke as Line, Ui, vec2};
use outpost_domain::{EntryBody, RecordStage, SignatureRecord, Stroke};

use crate::design::card::{card_with, hairline};
use crate::design::words::{hint, label, label_2, paragraph};
use crate::design::{Badge, Button, Mark, SPACE_S, Tone, Type, agency_square, icons, palette};
use crate::moment::time_or_date;
use crate::text::{tr, tr_args, tr_code};

use super::super::{Screen, View, papers};
use super::{Wanted, open};

/// Shows the card.
pub(super) fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let record = &view.state().record;
    let stage = tr_code("record-stage", record.stage);
    let tone = match record.stage {
        RecordStage::Open => Tone::Neutral,
        RecordStage::Concluded => Tone::Amber,
        RecordStage::Final => Tone::Green,
        RecordStage::Overtaken => Tone::Red,
    };
    let mut wanted = None;
    card_with(
        ui,
        &tr("joint-record"),
        |_| {},
        |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_S;
            ui.add(Badge::new(&stage, tone));
            told(ui, view);
            wanted = acts(ui, view);
            papers::of_record(screen, ui, view);
        },
    );
    if let Some(wanted) = wanted {
        open(screen, view, wanted);
    }
}

fn told(ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let record = &view.state().record;
    let Some(conclusion) = &record.conclusion else {
        paragraph(ui, tr("joint-record-why"), Type::Small, p.ink_2);
        return;
    };
    let when = time_or_date(conclusion.at, view.now, view.zone);
    let args = [("by", conclusion.by.clone().into()), ("time", when.into())];
    paragraph(ui, tr_args("joint-concluded-by", &args), Type::Body, p.ink);
    if !conclusion.note.is_empty() {
        paragraph(ui, &conclusion.note, Type::Body, p.ink);
    }
    let hash: String = conclusion.record.to_string().chars().take(16).collect();
    label_2(ui, hash, Type::MonoSmall).on_hover_text(conclusion.record.to_string());
    if record.stage == RecordStage::Overtaken {
        paragraph(ui, tr("joint-overtaken-why"), Type::Body, p.red);
        return;
    }
    for signature in &record.signatures {
        hairline(ui);
        signed(ui, view, signature);
    }
    for agency in &record.awaited {
        hairline(ui);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            let name = tr_code("agency", agency);
            agency_square(ui, *agency, Mark::Undecided, &name);
            label(ui, &name, Type::Body);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                label_2(ui, tr("joint-signature-awaited"), Type::Small);
            });
        });
    }
}

fn signed(ui: &mut Ui, view: &View<'_>, signature: &SignatureRecord) {
    let p = palette(ui);
    let when = time_or_date(signature.at, view.now, view.zone);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        let part = match (signature.agency, signature.role) {
            (Some(agency), _) => {
                let name = tr_code("agency", agency);
                let mark = if signature.unsigned.is_some() {
                    Mark::Against
                } else {
                    Mark::Decided
                };
                agency_square(ui, agency, mark, &name);
                name
            }
            (None, Some(role)) => tr_code("signatory", role),
            (None, None) => String::new(),
        };
        let name = if signature.name.is_empty() {
            part
        } else {
            format!("{}, {part}", signature.name)
        };
        label(ui, name, Type::Body);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            label_2(ui, when, Type::Small);
        });
    });
    if let Some((why, note)) = &signature.unsigned {
        let words = format!("{}: {note}", tr_code("unsigned", why));
        paragraph(ui, words, Type::Small, p.red);
    }
    if !signature.strokes.is_empty() {
        drawn(ui, &signature.strokes);
    }
}

/// The signature as it was drawn, small.
fn drawn(ui: &mut Ui, strokes: &[Stroke]) {
    let p = palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(180.0, 56.0), Sense::hover());
    for stroke in strokes {
        let line: Vec<Pos2> = stroke.0.iter().map(|(x, y)| at(rect, *x, *y)).collect();
        ui.painter().line(line, Line::new(1.5, p.ink));
    }
}

fn at(rect: Rect, x: u16, y: u16) -> Pos2 {
    rect.min + vec2(f32::from(x), f32::from(y)) / 1000.0 * rect.size()
}

fn acts(ui: &mut Ui, view: &View<'_>) -> Option<Wanted> {
    let record = &view.state().record;
    let convener = view.agency().is_some() && view.agency() == view.inspection().convener();
    let mut wanted = None;
    let signing = matches!(record.stage, RecordStage::Concluded | RecordStage::Final);
    if signing {
        let words = tr("joint-sign");
        let button = Button::primary(&words).icon(icons::SIGNATURE).key("G");
        if record.stage == RecordStage::Concluded && ui.add(button.fill()).clicked() {
            wanted = Some(Wanted::Sign);
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            if ui
                .add(Button::secondary(&tr("joint-party-signs")).icon(icons::PEN_NIB))
                .clicked()
            {
                wanted = Some(Wanted::Party);
            }
            if !record.awaited.is_empty() && ui.add(Button::quiet(&tr("joint-missing"))).clicked() {
                wanted = Some(Wanted::Missing);
            }
        });
    } else if convener {
        let why = view.refusal(&EntryBody::JointConcluded {
            record: record.hash,
            note: String::new(),
        });
        let words = tr("joint-conclude");
        let button = Button::primary(&words).fill();
        if ui.add(button.disabled_because(why.as_deref())).clicked() {
            wanted = Some(Wanted::Conclude);
        }
        if let Some(why) = why {
            hint(ui, why);
        }
    }
    wanted
}
