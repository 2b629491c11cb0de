//! A week: days from left to right, bays from top to bottom, and in each field its slots by their begin.

use std::collections::HashMap;

use egui::{Align, Rect, ScrollArea, Sense, Ui, pos2, vec2};
use jiff::civil::Date;
use outpost_domain::InspectionId;
use outpost_protocol::AgendaSlot;

use crate::design::words::paint_line;
use crate::design::{SPACE_M, SPACE_S, SPACE_XS, Type, metrics, palette};
use crate::intent::Intent;
use crate::model::{AgendaDay, Model};
use crate::moment::short_date;
use crate::text::tr_code;

use super::conflicts::Conflict;
use super::{WEEK, bays, card};

/// Room for the bays' names at the left, points.
const BAY: f32 = 108.0;
/// The least width of a day, points.
const NARROWEST_DAY: f32 = 150.0;

/// Shows the week.
pub(super) fn show(
    ui: &mut Ui,
    model: &Model,
    agenda: &AgendaDay,
    conflicts: &HashMap<InspectionId, Vec<Conflict>>,
    intents: &mut Vec<Intent>,
) {
    let bays = bays(model, &agenda.slots);
    let days: Vec<Date> = agenda
        .day
        .series(jiff::Span::new().days(1))
        .take(usize::from(WEEK))
        .collect();
    let column = ((ui.available_width() - BAY) / f32::from(WEEK)).max(NARROWEST_DAY);
    ScrollArea::both()
        .id_salt("agenda-week")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            heads(ui, model, &days, column);
            for bay in &bays {
                let fields = fields(model, agenda, bay, &days);
                row(ui, model, bay, &fields, column, conflicts, intents);
            }
        });
}

/// The slots of a bay, day by day.
fn fields<'a>(
    model: &Model,
    agenda: &'a AgendaDay,
    bay: &str,
    days: &[Date],
) -> Vec<Vec<&'a AgendaSlot>> {
    let mut fields = vec![Vec::new(); days.len()];
    for slot in agenda.slots.iter().filter(|s| s.state.slot.bay == bay) {
        let day = slot.state.slot.start.to_zoned(model.zone.clone()).date();
        if let Some(index) = days.iter().position(|d| *d == day) {
            fields[index].push(slot);
        }
    }
    fields
}

fn heads(ui: &mut Ui, model: &Model, days: &[Date], column: f32) {
    let p = palette(ui);
    let width = BAY + column * days.len() as f32;
    let size = vec2(width, metrics(ui).control + SPACE_XS);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    for (index, day) in days.iter().enumerate() {
        let cell = Rect::from_min_size(
            pos2(
                rect.left() + BAY + index as f32 * column + SPACE_S,
                rect.top(),
            ),
            vec2(column - SPACE_M, rect.height()),
        );
        let weekday = tr_code("weekday-short", day.weekday().to_monday_one_offset());
        let ink = if *day == model.today() {
            p.accent
        } else {
            p.ink
        };
        let words = format!("{weekday} {}", short_date(*day));
        paint_line(ui, cell, Align::Min, &words, Type::Strong, ink);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), p.hairline());
}

fn row(
    ui: &mut Ui,
    model: &Model,
    bay: &str,
    fields: &[Vec<&AgendaSlot>],
    column: f32,
    conflicts: &HashMap<InspectionId, Vec<Conflict>>,
    intents: &mut Vec<Intent>,
) {
    let p = palette(ui);
    let high = metrics(ui).row + SPACE_S;
    let most = fields.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let size = vec2(
        BAY + column * fields.len() as f32,
        most as f32 * (high + SPACE_XS) + SPACE_S,
    );
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let name = Rect::from_min_size(rect.min + vec2(SPACE_M, SPACE_S), vec2(BAY - SPACE_M, high));
    paint_line(ui, name, Align::Min, bay, Type::Strong, p.ink);
    for (index, slots) in fields.iter().enumerate() {
        let left = rect.left() + BAY + index as f32 * column;
        ui.painter().vline(left, rect.y_range(), p.hairline());
        for (nth, slot) in slots.iter().enumerate() {
            let top = rect.top() + SPACE_XS + nth as f32 * (high + SPACE_XS);
            let place =
                Rect::from_min_size(pos2(left + SPACE_XS, top), vec2(column - SPACE_S, high));
            let found = conflicts.get(&slot.inspection).map(Vec::as_slice);
            if card::show(ui, place, slot, model, found, false).clicked() {
                intents.push(Intent::OpenJoint(slot.inspection));
            }
        }
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), p.hairline());
}
