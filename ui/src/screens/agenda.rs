//! The agenda: the day's joint inspections, bay by bay and hour by hour; a list where the window is narrow.

use egui::accesskit::Role;
use egui::{
    Align, CentralPanel, CornerRadius, Frame, Layout, Margin, Pos2, Rect, ScrollArea, Sense,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use outpost_domain::{Agency, Answer};
use outpost_protocol::AgendaSlot;

use crate::design::agency::{self, Mark};
use crate::design::bars::top_bar;
use crate::design::lane::lane_bar;
use crate::design::words::{label, line, paint_line};
use crate::design::{
    Button, Chip, RADIUS_CARD, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, badge, blank,
    focus_ring, font, icons, metrics, palette,
};
use crate::intent::Intent;
use crate::model::{AgendaDay, Model, Remote};
use crate::moment::{long_date, time};
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// Below this width a bay's column says too little, points.
const NARROWEST_BAY: f32 = 150.0;
/// Room for the hours at the left, points.
const HOURS: f32 = 60.0;
/// Height of an hour, points.
const HOUR: f32 = 76.0;
/// The hours that a day shows at least.
const DAY: (i8, i8) = (7, 17);

/// An agency that is to be at two places at once.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Clash {
    slot: usize,
    agency: Agency,
    other_bay: String,
}

/// Shows the screen.
pub fn show(ui: &mut Ui, model: &Model, day: jiff::civil::Date) -> Vec<Intent> {
    let mut intents = Vec::new();
    let clashes = model
        .agenda
        .here()
        .map(|agenda| clashes(&agenda.slots))
        .unwrap_or_default();
    bar(ui, model, day, clashes.len(), &mut intents);
    let p = palette(ui);
    CentralPanel::default()
        .frame(Frame::new().fill(p.panel))
        .show(ui, |ui| match &model.agenda {
            Remote::Here(agenda) if agenda.day == day && agenda.slots.is_empty() => {
                blank::empty(
                    ui,
                    icons::CALENDAR_DOTS,
                    &tr("agenda-empty"),
                    &tr("agenda-empty-why"),
                    None,
                );
            }
            Remote::Here(agenda) if agenda.day == day => {
                filled(ui, model, agenda, &clashes, &mut intents);
            }
            Remote::Failed(problem) => {
                blank::failed(ui, &tr("agenda-failed"), &tr_problem(problem), None);
            }
            _ => blank::loading(ui, &tr("agenda-loading"), &tr("agenda-loading-why")),
        });
    intents
}

fn bar(
    ui: &mut Ui,
    model: &Model,
    day: jiff::civil::Date,
    clashes: usize,
    intents: &mut Vec<Intent>,
) {
    top_bar(ui, |ui| {
        label(ui, tr("agenda"), Type::Title);
        if ui
            .add(Button::icon_only(icons::CARET_LEFT, &tr("act-day-before")))
            .clicked()
        {
            intents.push(Intent::TurnDays(-1));
        }
        label(ui, long_date(day), Type::Strong);
        if ui
            .add(Button::icon_only(icons::CARET_RIGHT, &tr("act-day-after")))
            .clicked()
        {
            intents.push(Intent::TurnDays(1));
        }
        let today = day == model.today();
        if ui.add(Chip::new(&tr("agenda-today"), today)).clicked() && !today {
            intents.push(Intent::Today);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if clashes > 0 {
                badge(
                    ui,
                    &tr_args("agenda-clashes", &[("count", clashes.into())]),
                    Tone::Red,
                );
            }
        });
    });
}

/// The post's bays, and those that slots name beyond them.
fn bays(model: &Model, slots: &[AgendaSlot]) -> Vec<String> {
    let post = model
        .status
        .as_ref()
        .and_then(|status| status.post.as_ref());
    let mut bays = post.map(|post| post.bays.clone()).unwrap_or_default();
    for slot in slots {
        if !bays.contains(&slot.state.slot.bay) {
            bays.push(slot.state.slot.bay.clone());
        }
    }
    bays
}

/// Agencies that accepted two slots which overlap in different bays.
fn clashes(slots: &[AgendaSlot]) -> Vec<Clash> {
    let takes_part = |slot: &AgendaSlot, agency: Agency| {
        slot.state
            .slot
            .agencies
            .iter()
            .any(|a| a.agency == agency && a.answer == Answer::Accepted)
    };
    let mut found = Vec::new();
    for (index, slot) in slots.iter().enumerate() {
        let earlier = slots[..index].iter().filter(|other| {
            other.state.slot.bay != slot.state.slot.bay
                && other.state.slot.start < slot.state.slot.end
                && slot.state.slot.start < other.state.slot.end
        });
        for other in earlier {
            for agency in slot.state.slot.agencies.iter().map(|a| a.agency) {
                // Customs convenes and has officers for each bay; the others come with one.
                if agency != Agency::Customs
                    && takes_part(slot, agency)
                    && takes_part(other, agency)
                {
                    found.push(Clash {
                        slot: index,
                        agency,
                        other_bay: other.state.slot.bay.clone(),
                    });
                }
            }
        }
    }
    found
}

fn filled(
    ui: &mut Ui,
    model: &Model,
    agenda: &AgendaDay,
    clashes: &[Clash],
    intents: &mut Vec<Intent>,
) {
    let bays = bays(model, &agenda.slots);
    let column = (ui.available_width() - HOURS) / bays.len().max(1) as f32;
    if column < NARROWEST_BAY {
        list(ui, model, agenda, clashes, intents);
    } else {
        heads(ui, &bays, column);
        grid(ui, model, agenda, &bays, column, clashes, intents);
    }
}

fn heads(ui: &mut Ui, bays: &[String], column: f32) {
    let p = palette(ui);
    let size = vec2(ui.available_width(), metrics(ui).control + SPACE_XS);
    let spacing = ui.spacing().item_spacing.y;
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.add_space(-spacing);
    for (index, bay) in bays.iter().enumerate() {
        let left = rect.left() + HOURS + index as f32 * column;
        let cell = Rect::from_min_size(
            pos2(left + SPACE_M, rect.top()),
            vec2(column - SPACE_L, rect.height()),
        );
        paint_line(ui, cell, Align::Min, bay, Type::Strong, p.ink);
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), p.hairline());
}

/// Where the hours of a day stand on the page.
struct Scale<'a> {
    zone: &'a TimeZone,
    first: Timestamp,
    hours: i64,
    origin: Pos2,
}

impl<'a> Scale<'a> {
    fn of(agenda: &AgendaDay, zone: &'a TimeZone) -> Option<Self> {
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
        })
    }

    fn y(&self, at: Timestamp) -> f32 {
        let minutes = at.duration_since(self.first).as_secs_f32() / 60.0;
        self.origin.y + SPACE_S + minutes / 60.0 * HOUR
    }

    fn height(&self) -> f32 {
        self.hours as f32 * HOUR + SPACE_L
    }
}

fn grid(
    ui: &mut Ui,
    model: &Model,
    agenda: &AgendaDay,
    bays: &[String],
    column: f32,
    clashes: &[Clash],
    intents: &mut Vec<Intent>,
) {
    let Some(mut scale) = Scale::of(agenda, &model.zone) else {
        return;
    };
    ScrollArea::vertical()
        .id_salt("agenda")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (rect, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), scale.height()), Sense::hover());
            scale.origin = rect.min;
            hours(ui, rect, &scale);
            now_line(ui, rect, &scale, model.now);
            for (index, slot) in agenda.slots.iter().enumerate() {
                let Some(bay) = bays.iter().position(|bay| *bay == slot.state.slot.bay) else {
                    continue;
                };
                let (lane, lanes) = side_by_side(&agenda.slots, index);
                let room = column - SPACE_M;
                let width = room / lanes as f32;
                let left = rect.left() + HOURS + bay as f32 * column + lane as f32 * width;
                let place = Rect::from_min_max(
                    pos2(left, scale.y(slot.state.slot.start)),
                    pos2(
                        left + width - SPACE_XS,
                        scale.y(slot.state.slot.end) - SPACE_XS,
                    ),
                );
                let clash = clashes.iter().find(|clash| clash.slot == index);
                if card(ui, index, place, slot, model, clash) {
                    intents.push(Intent::Open(slot.inspection));
                }
            }
        });
}

/// Among the slots of one bay that overlap this one: its turn, and how many stand beside each other.
fn side_by_side(slots: &[AgendaSlot], index: usize) -> (usize, usize) {
    let own = &slots[index].state.slot;
    let together: Vec<usize> = slots
        .iter()
        .enumerate()
        .filter(|(_, s)| {
            s.state.slot.bay == own.bay
                && s.state.slot.start < own.end
                && own.start < s.state.slot.end
        })
        .map(|(other, _)| other)
        .collect();
    let turn = together
        .iter()
        .position(|&other| other == index)
        .unwrap_or(0);
    (turn, together.len())
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
        rect.left() + HOURS - SPACE_XS..=rect.right(),
        y,
        egui::Stroke::new(1.5, p.red),
    );
    let pill = Rect::from_center_size(
        pos2(rect.left() + HOURS / 2.0, y),
        vec2(HOURS - SPACE_S, 0.0),
    );
    badge::paint(ui, pill, &words, Tone::Red);
}

/// Draws a slot; says whether it was clicked.
fn card(
    ui: &Ui,
    index: usize,
    rect: Rect,
    slot: &AgendaSlot,
    model: &Model,
    clash: Option<&Clash>,
) -> bool {
    let p = palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("slot", index)), Sense::click());
    let words = said(slot, model, clash);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}, {words}", slot.unit)));
    let radius = CornerRadius::same(RADIUS_CARD);
    let fill = if response.hovered() { p.hover } else { p.panel };
    ui.painter()
        .rect(rect, radius, fill, p.hairline(), StrokeKind::Inside);
    lane_bar(
        ui,
        rect.min + vec2(SPACE_XS, SPACE_XS),
        rect.height() - SPACE_S,
        slot.lane,
    );
    let ink = if clash.is_some() { p.red } else { p.ink_2 };
    content(ui, rect, slot, &words, ink);
    let mut hover = format!("{}\n{words}", slot.unit);
    for answer in &slot.state.slot.agencies {
        let agency = tr_code("agency", answer.agency);
        hover = format!("{hover}\n{agency}: {}", tr_code("answer", answer.answer));
    }
    focus_ring(ui, rect, RADIUS_CARD, &response);
    response.on_hover_text(hover).clicked()
}

/// The words and squares within a slot's card, as many lines as it has room for.
fn content(ui: &Ui, rect: Rect, slot: &AgendaSlot, words: &str, ink: egui::Color32) {
    let p = palette(ui);
    let high = Type::Body.size() + metrics(ui).text_step + SPACE_XS;
    let inner = rect.shrink2(vec2(SPACE_L, SPACE_XS));
    if inner.height() < 2.0 * high {
        let unit = line(
            ui.painter(),
            &slot.unit,
            font(ui, Type::MonoStrong),
            p.ink,
            inner.width(),
        );
        let after = inner.left() + unit.size().x + SPACE_S;
        paint_line(ui, inner, Align::Min, &slot.unit, Type::MonoStrong, p.ink);
        let rest = Rect::from_min_max(pos2(after.min(inner.right()), inner.top()), inner.max);
        paint_line(ui, rest, Align::Min, words, Type::Small, ink);
        return;
    }
    let line = |nth: f32| {
        let top = inner.top() + SPACE_XS + nth * high;
        Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), high))
    };
    paint_line(
        ui,
        line(0.0),
        Align::Min,
        &slot.unit,
        Type::MonoStrong,
        p.ink,
    );
    paint_line(ui, line(1.0), Align::Min, words, Type::Small, ink);
    let edge = agency::edge(ui);
    let mut at = line(2.0).min + vec2(0.0, SPACE_XS);
    if at.y + edge > inner.bottom() {
        return;
    }
    for answer in &slot.state.slot.agencies {
        if at.x + edge <= inner.right() {
            let square = Rect::from_min_size(at, vec2(edge, edge));
            agency::paint(ui, square, answer.agency, Mark::from(answer.answer));
            at.x += edge + SPACE_XS;
        }
    }
}

/// What a slot says under its unit: goods and time, or the clash.
fn said(slot: &AgendaSlot, model: &Model, clash: Option<&Clash>) -> String {
    let span = format!(
        "{}\u{2013}{}",
        time(slot.state.slot.start, &model.zone),
        time(slot.state.slot.end, &model.zone)
    );
    match clash {
        Some(clash) => tr_args(
            "agenda-clash",
            &[
                ("agency", tr_code("agency", clash.agency).into()),
                ("bay", clash.other_bay.clone().into()),
                ("span", span.into()),
            ],
        ),
        None => format!("{} · {span}", slot.goods),
    }
}

fn list(
    ui: &mut Ui,
    model: &Model,
    agenda: &AgendaDay,
    clashes: &[Clash],
    intents: &mut Vec<Intent>,
) {
    let margin = Margin::same(SPACE_M as i8);
    ScrollArea::vertical()
        .id_salt("agenda-list")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new().inner_margin(margin).show(ui, |ui| {
                for (index, slot) in agenda.slots.iter().enumerate() {
                    let clash = clashes.iter().find(|clash| clash.slot == index);
                    let height = metrics(ui).row * 2.0;
                    let (rect, _) =
                        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
                    if card(ui, index, rect, slot, model, clash) {
                        intents.push(Intent::Open(slot.inspection));
                    }
                }
            });
        });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use outpost_domain::{InspectionId, Lane, Slot, SlotAgency, SlotState};

    fn slot(bay: &str, from: &str, to: &str, agency: Agency, answer: Answer) -> AgendaSlot {
        AgendaSlot {
            inspection: InspectionId(uuid::Uuid::nil()),
            unit: "MSKU 601167 2".to_owned(),
            goods: "Fish".to_owned(),
            lane: Lane::Red,
            version: 1,
            assigned_to: Vec::new(),
            concerned: vec![Agency::Customs, Agency::Veterinary],
            state: SlotState::from(Slot {
                bay: bay.to_owned(),
                start: format!("2026-11-23T{from}:00Z").parse().unwrap(),
                end: format!("2026-11-23T{to}:00Z").parse().unwrap(),
                agencies: vec![SlotAgency { agency, answer }],
            }),
        }
    }

    #[test]
    fn an_agency_at_two_bays_at_once_is_a_clash() {
        let slots = [
            slot(
                "Bay 1",
                "09:00",
                "10:00",
                Agency::Veterinary,
                Answer::Accepted,
            ),
            slot(
                "Bay 2",
                "09:30",
                "11:00",
                Agency::Veterinary,
                Answer::Accepted,
            ),
        ];
        assert_eq!(clashes(&slots).len(), 1);
        assert_eq!(clashes(&slots)[0].other_bay, "Bay 1");
    }

    #[test]
    fn one_that_has_not_accepted_or_comes_after_is_none() {
        let slots = [
            slot(
                "Bay 1",
                "09:00",
                "10:00",
                Agency::Veterinary,
                Answer::Accepted,
            ),
            slot(
                "Bay 2",
                "10:00",
                "11:00",
                Agency::Veterinary,
                Answer::Accepted,
            ),
            slot(
                "Bay 3",
                "09:00",
                "11:00",
                Agency::Veterinary,
                Answer::Pending,
            ),
        ];
        assert!(clashes(&slots).is_empty());
    }

    #[test]
    fn slots_that_overlap_in_one_bay_stand_beside_each_other() {
        let slots = [
            slot("Bay 1", "09:00", "10:00", Agency::Customs, Answer::Accepted),
            slot("Bay 1", "09:30", "11:00", Agency::Customs, Answer::Accepted),
        ];
        assert_eq!(side_by_side(&slots, 0), (0, 2));
        assert_eq!(side_by_side(&slots, 1), (1, 2));
    }
}
