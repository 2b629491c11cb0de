//! A day bay by bay and hour by hour, with its "now"; a list where a bay's column would say too little.

use egui::{Align, CornerRadius, Frame, Margin, Pos2, Rect, ScrollArea, Sense, Ui, pos2, vec2};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use outpost_domain::Span;
use outpost_protocol::AgendaSlot;

use crate::design::words::paint_line;
use crate::design::{
    RADIUS_CARD, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, badge, metrics, palette,
};
use crate::intent::Intent;
use crate::model::{AgendaDay, Model};
use crate::moment::time;

use super::conflicts::{Candidate, Conflict, against};
use super::moving::{Drag, Moving, may_move};
use super::{Found, Local, bays, card, keyed, opening};

/// Below this width a bay's column says too little, points.
const NARROWEST_BAY: f32 = 150.0;
/// Room for the hours at the left, points.
pub(super) const HOURS: f32 = 60.0;
/// Height of an hour, points.
const HOUR: f32 = 76.0;
/// The hours that a day shows at least.
const DAY: (i8, i8) = (7, 17);
/// A dragged slot begins at a whole number of these, minutes.
const SNAP: i64 = 5;

/// Shows the day.
pub(super) fn show(
    ui: &mut Ui,
    local: &mut Local,
    model: &Model,
    agenda: &AgendaDay,
    found: &Found,
    intents: &mut Vec<Intent>,
) {
    let bays = bays(model, &agenda.slots);
    let column = (ui.available_width() - hours_room(ui)) / bays.len().max(1) as f32;
    if column < NARROWEST_BAY {
        list(ui, local, model, agenda, found, intents);
    } else {
        heads(ui, &bays, column);
        grid(ui, local, model, agenda, &bays, column, found, intents);
    }
}

/// Room for the hours at the left, in the size of the letters that is chosen, points.
fn hours_room(ui: &Ui) -> f32 {
    HOURS + SPACE_S * metrics(ui).text_step
}

fn heads(ui: &mut Ui, bays: &[String], column: f32) {
    let p = palette(ui);
    let size = vec2(ui.available_width(), metrics(ui).control + SPACE_XS);
    let spacing = ui.spacing().item_spacing.y;
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.add_space(-spacing);
    for (index, bay) in bays.iter().enumerate() {
        let left = rect.left() + hours_room(ui) + index as f32 * column;
        let cell = Rect::from_min_size(
            pos2(left + SPACE_M, rect.top()),
            vec2(column - SPACE_L, rect.height()),
        );
        paint_line(ui, cell, Align::Min, bay, Type::Strong, p.ink);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), p.hairline());
}

/// Where the hours of a day and its bays stand on the page.
struct Scale<'a> {
    zone: &'a TimeZone,
    first: Timestamp,
    hours: i64,
    origin: Pos2,
    /// Room for the hours at the left, points.
    margin: f32,
    column: f32,
}

impl<'a> Scale<'a> {
    fn of(agenda: &AgendaDay, zone: &'a TimeZone, column: f32) -> Option<Self> {
        let hour = |at: Timestamp| at.to_zoned(zone.clone()).hour();
        let first = agenda
            .slots
            .iter()
            .map(|s| hour(s.state.slot.start))
            .fold(DAY.0, i8::min);
        let last = agenda
            .slots
            .iter()
            .map(|s| hour(s.state.slot.end) + 1)
            .fold(DAY.1, i8::max);
        let start = agenda.day.at(first, 0, 0, 0).to_zoned(zone.clone()).ok()?;
        Some(Self {
            zone,
            first: start.timestamp(),
            hours: i64::from(last - first),
            origin: Pos2::ZERO,
            margin: HOURS,
            column,
        })
    }

    fn y(&self, at: Timestamp) -> f32 {
        let minutes = at.duration_since(self.first).as_secs_f32() / 60.0;
        self.origin.y + SPACE_S + minutes / 60.0 * HOUR
    }

    fn height(&self) -> f32 {
        self.hours as f32 * HOUR + SPACE_L
    }

    /// The time at a height of the page, at a whole number of [`SNAP`] minutes.
    fn at(&self, y: f32) -> Option<Timestamp> {
        let minutes = f64::from((y - self.origin.y - SPACE_S) / HOUR) * 60.0;
        let snapped = (minutes / SNAP as f64).round() as i64 * SNAP;
        self.first
            .checked_add(SignedDuration::from_mins(snapped.clamp(0, self.hours * 60)))
            .ok()
    }

    /// The bay at a place of the page.
    fn bay<'b>(&self, x: f32, bays: &'b [String]) -> Option<&'b String> {
        let index = ((x - self.origin.x - self.margin) / self.column).floor();
        (index >= 0.0).then_some(())?;
        bays.get(index as usize)
    }

    fn left(&self, bay: usize) -> f32 {
        self.origin.x + self.margin + bay as f32 * self.column
    }

    fn place(&self, left: f32, width: f32, span: Span) -> Rect {
        Rect::from_min_max(
            pos2(left, self.y(span.start)),
            pos2(left + width - SPACE_XS, self.y(span.end) - SPACE_XS),
        )
    }
}

#[allow(clippy::too_many_arguments)] // what a frame draws from
fn grid(
    ui: &mut Ui,
    local: &mut Local,
    model: &Model,
    agenda: &AgendaDay,
    bays: &[String],
    column: f32,
    found: &Found,
    intents: &mut Vec<Intent>,
) {
    let Some(mut scale) = Scale::of(agenda, &model.zone, column) else {
        return;
    };
    ScrollArea::vertical()
        .id_salt("agenda")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (rect, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), scale.height()), Sense::hover());
            scale.origin = rect.min;
            scale.margin = hours_room(ui);
            hours(ui, rect, &scale);
            now_line(ui, rect, &scale, model.now);
            let clip = ui.clip_rect();
            for (slot, (lane, lanes)) in agenda.slots.iter().zip(&found.lanes) {
                let Some(bay) = bays.iter().position(|bay| *bay == slot.state.slot.bay) else {
                    continue;
                };
                let width = (column - SPACE_M) / *lanes as f32;
                let left = scale.left(bay) + *lane as f32 * width;
                let place = scale.place(left, width, slot.state.slot.span());
                if !place.intersects(clip) {
                    continue;
                }
                setup(ui, &scale, slot, place);
                let found = found.conflicts.get(&slot.inspection).map(Vec::as_slice);
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
            drag(ui, local, model, agenda, bays, &scale);
            keyed::carried(ui, local, model, agenda, |candidate| {
                let bay = bays.iter().position(|bay| bay == candidate.bay)?;
                Some(scale.place(scale.left(bay), column - SPACE_M, candidate.span))
            });
        });
}

/// Draws the slot that is dragged where it would stand, with what is against that, and notes where it is dropped.
fn drag(
    ui: &Ui,
    local: &mut Local,
    model: &Model,
    agenda: &AgendaDay,
    bays: &[String],
    scale: &Scale<'_>,
) {
    let Some(drag) = &local.drag else { return };
    let slot = agenda
        .slots
        .iter()
        .find(|s| s.inspection == drag.inspection);
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let dropped = ui.input(|input| input.pointer.any_released());
    let cancelled = ui.input(|input| input.key_pressed(egui::Key::Escape));
    let aim = slot.zip(pointer).and_then(|(slot, at)| {
        let start = scale.at(at.y - drag.grip)?;
        let bay = scale.bay(at.x, bays)?;
        let end = start.checked_add(slot.state.slot.span().length()).ok()?;
        Some((slot, bay, Span { start, end }))
    });
    if let Some((slot, bay, span)) = aim {
        let candidate = Candidate {
            of: slot,
            bay,
            span,
        };
        let found = against(&candidate, &agenda.slots, opening(model));
        ghost(ui, model, scale, &candidate, &found, bays);
        let moved = span != slot.state.slot.span() || *bay != slot.state.slot.bay;
        if dropped && moved && !cancelled {
            local.moving = Some(Moving {
                inspection: slot.inspection,
                bay: bay.clone(),
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

fn ghost(
    ui: &Ui,
    model: &Model,
    scale: &Scale<'_>,
    candidate: &Candidate<'_>,
    found: &[Conflict],
    bays: &[String],
) {
    let Some(bay) = bays.iter().position(|bay| bay == candidate.bay) else {
        return;
    };
    let place = scale.place(scale.left(bay), scale.column - SPACE_M, candidate.span);
    card::ghost(ui, place, model, candidate, found);
}

/// The time for setting up the bay, above the card.
fn setup(ui: &Ui, scale: &Scale<'_>, slot: &AgendaSlot, place: Rect) {
    if slot.state.setup_minutes == 0 {
        return;
    }
    let p = palette(ui);
    let before = SignedDuration::from_mins(i64::from(slot.state.setup_minutes));
    let Ok(from) = slot.state.slot.start.checked_sub(before) else {
        return;
    };
    let lead = Rect::from_min_max(pos2(place.left(), scale.y(from)), place.right_top());
    ui.painter()
        .rect_filled(lead, CornerRadius::same(RADIUS_CARD), p.sunken);
}

/// Among the slots of one bay that overlap this one: its turn, and how many stand beside each other.
pub(super) fn side_by_side(slots: &[AgendaSlot], index: usize) -> (usize, usize) {
    let own = &slots[index].state.slot;
    let mut turn = 0;
    let mut together = 0;
    // Slots come by their begin: nothing after the own end overlaps.
    for (other, slot) in slots
        .iter()
        .enumerate()
        .take_while(|(_, s)| s.state.slot.start < own.end)
    {
        let slot = &slot.state.slot;
        if slot.bay == own.bay && own.start < slot.end {
            if other == index {
                turn = together;
            }
            together += 1;
        }
    }
    (turn, together.max(1))
}

fn hours(ui: &Ui, rect: Rect, scale: &Scale<'_>) {
    let p = palette(ui);
    for hour in 0..scale.hours {
        let Ok(at) = scale.first.checked_add(hour.hours()) else {
            continue;
        };
        let y = scale.y(at);
        ui.painter().hline(rect.x_range(), y, p.hairline());
        let cell = Rect::from_min_size(
            pos2(rect.left() + SPACE_M, y + 2.0),
            vec2(HOURS, Type::Small.size() + SPACE_S),
        );
        paint_line(
            ui,
            cell,
            Align::Min,
            &time(at, scale.zone),
            Type::NumberSmall,
            p.ink_2,
        );
    }
}

fn now_line(ui: &Ui, rect: Rect, scale: &Scale<'_>, now: Timestamp) {
    let y = scale.y(now);
    if y < rect.top() || y > rect.bottom() {
        return;
    }
    let p = palette(ui);
    let words = time(now, scale.zone);
    ui.painter().hline(
        rect.left() + scale.margin - SPACE_XS..=rect.right(),
        y,
        egui::Stroke::new(1.5, p.red),
    );
    let pill = Rect::from_center_size(
        pos2(rect.left() + scale.margin / 2.0, y),
        vec2(scale.margin - SPACE_S, 0.0),
    );
    badge::paint(ui, pill, &words, Tone::Red);
}

fn list(
    ui: &mut Ui,
    local: &mut Local,
    model: &Model,
    agenda: &AgendaDay,
    found: &Found,
    intents: &mut Vec<Intent>,
) {
    let margin = Margin::same(SPACE_M as i8);
    ScrollArea::vertical()
        .id_salt("agenda-list")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new().inner_margin(margin).show(ui, |ui| {
                for slot in &agenda.slots {
                    let found = found.conflicts.get(&slot.inspection).map(Vec::as_slice);
                    let height = metrics(ui).row * 2.0;
                    let (rect, _) =
                        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
                    let response = card::show(ui, rect, slot, model, found, false);
                    if response.clicked() {
                        intents.push(Intent::OpenJoint(slot.inspection));
                    }
                    if response.has_focus() {
                        local.focused = Some(slot.inspection);
                    }
                }
            });
        });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use outpost_domain::{InspectionId, Lane, Slot, SlotState};

    fn slot(from: &str, to: &str) -> AgendaSlot {
        let at = |time: &str| format!("2026-11-23T{time}:00Z").parse().unwrap();
        AgendaSlot {
            inspection: InspectionId(uuid::Uuid::nil()),
            unit: "MSKU 601167 2".to_owned(),
            goods: "Fish".to_owned(),
            lane: Lane::Red,
            version: 1,
            assigned_to: Vec::new(),
            concerned: Vec::new(),
            state: SlotState::from(Slot {
                bay: "Bay 1".to_owned(),
                start: at(from),
                end: at(to),
                agencies: Vec::new(),
            }),
        }
    }

    #[test]
    fn slots_that_overlap_in_one_bay_stand_beside_each_other() {
        let slots = [
            slot("09:00", "10:00"),
            slot("09:30", "11:00"),
            slot("11:00", "12:00"),
        ];
        assert_eq!(side_by_side(&slots, 0), (0, 2));
        assert_eq!(side_by_side(&slots, 1), (1, 2));
        assert_eq!(side_by_side(&slots, 2), (0, 1));
    }

    #[test]
    fn a_height_on_the_page_is_a_time_in_steps_of_five_minutes() {
        let day = AgendaDay {
            day: jiff::civil::date(2026, 11, 23),
            days: 1,
            slots: vec![slot("09:00", "10:00")],
            revision: 0,
        };
        let zone = TimeZone::UTC;
        let scale = Scale::of(&day, &zone, 200.0).unwrap();
        let start = day.slots[0].state.slot.start;
        assert_eq!(scale.at(scale.y(start)), Some(start));
        assert_eq!(scale.at(scale.y(start) + 2.0), Some(start));
        let later = start + SignedDuration::from_mins(5);
        assert_eq!(scale.at(scale.y(start) + HOUR / 12.0), Some(later));
        let bays = ["Bay 1".to_owned(), "Bay 2".to_owned()];
        assert_eq!(scale.bay(HOURS + 10.0, &bays), Some(&bays[0]));
        assert_eq!(scale.bay(HOURS + 210.0, &bays), Some(&bays[1]));
        assert_eq!(scale.bay(10.0, &bays), None);
    }
}
