//! A week: days from left to right, bays from top to bottom, and in each field its slots by their begin.

use std::collections::HashMap;

use egui::{Align, Key, Rect, ScrollArea, Sense, Ui, pos2, vec2};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use outpost_domain::{InspectionId, Span};
use outpost_protocol::AgendaSlot;

use crate::design::words::paint_line;
use crate::design::{SPACE_M, SPACE_S, SPACE_XS, Type, metrics, palette};
use crate::intent::Intent;
use crate::model::{AgendaDay, Model};
use crate::moment::short_date;
use crate::text::tr_code;

use super::conflicts::{Candidate, Conflict, against};
use super::moving::{Drag, Moving, may_move};
use super::{Local, WEEK, bays, card, keyed, opening};

/// Room for the bays' names at the left, points.
const BAY: f32 = 108.0;
/// The least width of a day, points.
const NARROWEST_DAY: f32 = 150.0;

/// Shows the week.
pub(super) fn show(
    ui: &mut Ui,
    local: &mut Local,
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
            let mut cells = Vec::new();
            for bay in &bays {
                let fields = fields(model, agenda, bay, &days);
                let rect = row(ui, local, model, bay, &fields, column, conflicts, intents);
                cells.extend(days.iter().enumerate().map(|(index, day)| Cell {
                    rect: Rect::from_min_size(
                        pos2(rect.left() + BAY + index as f32 * column, rect.top()),
                        vec2(column, rect.height()),
                    ),
                    bay,
                    day: *day,
                }));
            }
            drag(ui, local, model, agenda, &cells);
            let high = metrics(ui).row + SPACE_S;
            keyed::carried(ui, local, model, agenda, |candidate| {
                let date = candidate.span.start.to_zoned(model.zone.clone()).date();
                let mut cells = cells.iter();
                let cell = cells.find(|c| c.day == date && c.bay == candidate.bay)?;
                let top = (cell.rect.bottom() - SPACE_XS - high).max(cell.rect.top());
                Some(Rect::from_min_size(
                    pos2(cell.rect.left() + SPACE_XS, top),
                    vec2(column - SPACE_S, high),
                ))
            });
        });
}

/// A bay on a day.
struct Cell<'a> {
    rect: Rect,
    bay: &'a str,
    day: Date,
}

/// Draws the slot that is dragged in the field it would stand in, at its own time of day, and notes where it is dropped.
fn drag(ui: &Ui, local: &mut Local, model: &Model, agenda: &AgendaDay, cells: &[Cell<'_>]) {
    let Some(drag) = &local.drag else { return };
    let slot = agenda
        .slots
        .iter()
        .find(|s| s.inspection == drag.inspection);
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let dropped = ui.input(|input| input.pointer.any_released());
    let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
    let aim = slot.zip(pointer).and_then(|(slot, at)| {
        let cell = cells.iter().find(|cell| cell.rect.contains(at))?;
        let span = on_day(slot.state.slot.span(), cell.day, &model.zone)?;
        Some((slot, cell, at, span))
    });
    if let Some((slot, cell, at, span)) = aim {
        let candidate = Candidate {
            of: slot,
            bay: cell.bay,
            span,
        };
        let found = against(&candidate, &agenda.slots, opening(model));
        let size = vec2(cell.rect.width() - SPACE_S, metrics(ui).row + SPACE_S);
        let top = (at.y - drag.grip).clamp(cell.rect.top(), cell.rect.bottom() - size.y);
        let place = Rect::from_min_size(pos2(cell.rect.left() + SPACE_XS, top), size);
        card::ghost(ui, place, model, &candidate, &found);
        let moved = span != slot.state.slot.span() || cell.bay != slot.state.slot.bay;
        if dropped && moved && !cancelled {
            local.moving = Some(Moving {
                inspection: slot.inspection,
                bay: cell.bay.to_owned(),
                span,
                against: found,
                by_key: false,
            });
        }
    }
    if dropped || cancelled || slot.is_none() {
        local.drag = None;
    }
}

/// The same time of day on another day, as long as it was.
pub(super) fn on_day(span: Span, day: Date, zone: &TimeZone) -> Option<Span> {
    let time = span.start.to_zoned(zone.clone()).time();
    let start = day.to_datetime(time).to_zoned(zone.clone()).ok()?;
    let start = start.timestamp();
    let end = start.checked_add(span.length()).ok()?;
    Some(Span { start, end })
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

#[allow(clippy::too_many_arguments)] // what a frame draws from
fn row(
    ui: &mut Ui,
    local: &mut Local,
    model: &Model,
    bay: &str,
    fields: &[Vec<&AgendaSlot>],
    column: f32,
    conflicts: &HashMap<InspectionId, Vec<Conflict>>,
    intents: &mut Vec<Intent>,
) -> Rect {
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
            let response = card::show(ui, place, slot, model, found, may_move(slot, model));
            if response.clicked() {
                intents.push(Intent::OpenJoint(slot.inspection));
            }
            if response.has_focus() {
                local.focused = Some(slot.inspection);
            }
            if response.drag_started()
                && let Some(at) = ui.input(|input| input.pointer.press_origin())
            {
                local.drag = Some(Drag {
                    inspection: slot.inspection,
                    grip: at.y - place.top(),
                });
            }
        }
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), p.hairline());
    rect
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_slot_keeps_its_time_of_day_when_the_clocks_change_in_between() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let span = Span {
            start: "2026-10-24T07:00:00Z".parse().unwrap(),
            end: "2026-10-24T08:30:00Z".parse().unwrap(),
        };
        let moved = on_day(span, jiff::civil::date(2026, 10, 26), &zone).unwrap();
        assert_eq!(moved.start.to_string(), "2026-10-26T08:00:00Z");
        assert_eq!(moved.length(), span.length());
    }
}
