//! The seven sides of a unit, each with its condition, and where on it the damage is.

use egui::accesskit::Role;
use egui::{Align, CornerRadius, Layout, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use outpost_domain::{SideCondition, UnitPoint, UnitSide};

use super::fields::{note_side, side};
use crate::design::card::hairline;
use crate::design::tokens::RADIUS_SMALL;
use crate::design::words::label;
use crate::design::{Button, Chip, Field, SPACE_S, Tone, Type, icons, metrics, palette};
use crate::text::{tr, tr_code};

/// The sketch of a side, points.
const SKETCH: egui::Vec2 = vec2(168.0, 64.0);
/// Room for a side's name, points.
const NAME: f32 = 124.0;

/// Shows the sides and takes what is noted; returns the button that notes the rest as sound.
pub(super) fn show(ui: &mut Ui, points: &mut Vec<UnitPoint>) -> egui::Response {
    let all = tr("joint-sides-sound");
    let response = ui.add(Button::secondary(&all).icon(icons::CHECK));
    if response.clicked() {
        for which in UnitSide::ALL {
            if side(points, *which).is_none() {
                note_side(points, *which, SideCondition::Sound);
            }
        }
    }
    for which in UnitSide::ALL {
        hairline(ui);
        row(ui, *which, points);
    }
    response
}

pub(super) const fn tone(condition: SideCondition) -> Tone {
    match condition {
        SideCondition::Sound => Tone::Green,
        SideCondition::Damaged => Tone::Amber,
        SideCondition::Altered => Tone::Red,
        SideCondition::NotSeen => Tone::Neutral,
    }
}

fn row(ui: &mut Ui, which: UnitSide, points: &mut Vec<UnitPoint>) {
    let name = tr_code("side", which);
    let noted = side(points, which).map(|p| p.condition);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        let height = metrics(ui).control;
        ui.allocate_ui_with_layout(
            vec2(NAME, height),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_min_width(NAME);
                label(ui, &name, Type::Body);
            },
        );
        for condition in SideCondition::ALL {
            let words = tr_code("side-condition", condition);
            let chip = Chip::new(&words, noted == Some(*condition)).tone(tone(*condition));
            let response = ui.add(chip);
            response.widget_info(|| {
                WidgetInfo::selected(
                    Role::RadioButton,
                    true,
                    noted == Some(*condition),
                    format!("{name}: {words}"),
                )
            });
            if response.clicked() {
                note_side(points, which, *condition);
            }
        }
    });
    let damaged =
        |p: &&mut UnitPoint| matches!(p.condition, SideCondition::Damaged | SideCondition::Altered);
    let found = points.iter_mut().find(|p| p.side == which);
    if let Some(point) = found.filter(damaged) {
        ui.horizontal(|ui| {
            sketch(ui, &name, point);
            ui.vertical(|ui| {
                Field::area(&tr("joint-side-note"), 2).show(ui, &mut point.note);
            });
        });
    }
}

/// A side as a rectangle; a click says where the damage is.
fn sketch(ui: &mut Ui, name: &str, point: &mut UnitPoint) {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(SKETCH, Sense::click());
    let words = format!("{name}: {}", tr("joint-side-where"));
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &words));
    let radius = CornerRadius::same(RADIUS_SMALL);
    ui.painter()
        .rect(rect, radius, p.sunken, p.hairline(), StrokeKind::Inside);
    // The ribs of a container's wall, so that it is seen for one.
    for rib in 1..12 {
        let x = rect.left() + rect.width() * rib as f32 / 12.0;
        ui.painter()
            .vline(x, rect.shrink(4.0).y_range(), p.hairline());
    }
    if let Some(at) = response.interact_pointer_pos()
        && response.clicked()
    {
        let part = |value: f32, from: f32, length: f32| {
            ((value - from) / length * 1000.0)
                .round()
                .clamp(0.0, 1000.0) as u16
        };
        point.place = Some((
            part(at.x, rect.left(), rect.width()),
            part(at.y, rect.top(), rect.height()),
        ));
    }
    if let Some((x, y)) = point.place {
        let at = pos2(
            rect.left() + rect.width() * f32::from(x) / 1000.0,
            rect.top() + rect.height() * f32::from(y) / 1000.0,
        );
        let ink = p.tone(tone(point.condition));
        ui.painter().circle(
            at,
            5.0,
            p.wash(tone(point.condition)),
            egui::Stroke::new(2.0, ink),
        );
    }
    response.on_hover_text(words);
}
