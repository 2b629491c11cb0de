//! A slot as a card: unit, goods and time, what stands against it, and the agencies with their answers.

use egui::accesskit::Role;
use egui::{
    Align, Color32, CornerRadius, Rect, Response, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use outpost_domain::{Agency, Span};
use outpost_protocol::AgendaSlot;

use crate::design::agency::{self, Mark};
use crate::design::lane::lane_bar;
use crate::design::words::{line, paint_line};
use crate::design::{
    RADIUS_CARD, SPACE_L, SPACE_S, SPACE_XS, Tone, Type, focus_ring, font, metrics, palette,
};
use crate::model::Model;
use crate::moment::{short_date, time};
use crate::text::{tr_args, tr_code};

use super::conflicts::{Candidate, Conflict};

/// Draws a slot's card; it senses clicks, and drags where `drags` says that the officer may move it.
pub(super) fn show(
    ui: &Ui,
    rect: Rect,
    slot: &AgendaSlot,
    model: &Model,
    against: Option<&[Conflict]>,
    drags: bool,
) -> Response {
    let p = palette(ui);
    let sense = if drags {
        Sense::click_and_drag()
    } else {
        Sense::click()
    };
    let id = ui.scope_id().with(("slot", slot.inspection));
    let response = ui.interact(rect, id, sense);
    let words = said(slot, model, against);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}, {words}", slot.unit)));
    let fill = if response.hovered() { p.hover } else { p.panel };
    let grave = against.is_some_and(|all| all.iter().any(Conflict::is_grave));
    let ink = match (grave, slot.state.wish()) {
        (true, _) => p.red,
        (false, Some(_)) => p.amber,
        (false, None) => p.ink_2,
    };
    paint(ui, rect, slot, &words, fill, ink);
    focus_ring(ui, rect, RADIUS_CARD, &response);
    response.on_hover_ui(|ui| {
        ui.label(hover(slot, model, &words, against));
    })
}

/// Paints a slot that is dragged where it would stand, with the gravest of what is against that.
pub(super) fn ghost(
    ui: &Ui,
    place: Rect,
    model: &Model,
    candidate: &Candidate<'_>,
    found: &[Conflict],
) {
    let p = palette(ui);
    let when = span(candidate.span, model);
    let words = match found.first() {
        None => when,
        Some(first) => format!("{when} · {}", conflict(first, model)),
    };
    let tone = tone(found);
    paint(ui, place, candidate.of, &words, p.wash(tone), p.tone(tone));
    ui.painter().rect_stroke(
        place,
        CornerRadius::same(RADIUS_CARD),
        egui::Stroke::new(2.0, p.tone(tone)),
        StrokeKind::Inside,
    );
}

/// Paints a card without sensing anything.
pub(super) fn paint(
    ui: &Ui,
    rect: Rect,
    slot: &AgendaSlot,
    words: &str,
    fill: Color32,
    ink: Color32,
) {
    let p = palette(ui);
    let radius = CornerRadius::same(RADIUS_CARD);
    ui.painter()
        .rect(rect, radius, fill, p.hairline(), StrokeKind::Inside);
    lane_bar(
        ui,
        rect.min + vec2(SPACE_XS, SPACE_XS),
        rect.height() - SPACE_S,
        slot.lane,
    );
    content(ui, rect, slot, words, ink);
}

fn hover(slot: &AgendaSlot, model: &Model, words: &str, against: Option<&[Conflict]>) -> String {
    let mut all = vec![slot.unit.clone(), words.to_owned()];
    all.extend(against.into_iter().flatten().map(|c| conflict(c, model)));
    for answer in &slot.state.slot.agencies {
        let agency = tr_code("agency", answer.agency);
        all.push(format!("{agency}: {}", tr_code("answer", answer.answer)));
    }
    all.join("\n")
}

/// The words and squares within a slot's card, as many lines as it has room for.
fn content(ui: &Ui, rect: Rect, slot: &AgendaSlot, words: &str, ink: Color32) {
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
    let row = |nth: f32| {
        let top = inner.top() + SPACE_XS + nth * high;
        Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), high))
    };
    paint_line(
        ui,
        row(0.0),
        Align::Min,
        &slot.unit,
        Type::MonoStrong,
        p.ink,
    );
    paint_line(ui, row(1.0), Align::Min, words, Type::Small, ink);
    let edge = agency::edge(ui);
    let mut at = row(2.0).min + vec2(0.0, SPACE_XS);
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

/// From when to when: "10:00–12:00".
pub(super) fn span(span: Span, model: &Model) -> String {
    let clock = |at| time(at, &model.zone);
    format!("{}\u{2013}{}", clock(span.start), clock(span.end))
}

/// From when to when; with its day where that is not the same as `than`'s: "Tue 24 Nov, 10:00–12:00".
fn when(span: Span, than: Span, model: &Model) -> String {
    let day = |span: Span| span.start.to_zoned(model.zone.clone()).date();
    let clock = self::span(span, model);
    let on = day(span);
    if on == day(than) {
        return clock;
    }
    let weekday = tr_code("weekday-short", on.weekday().to_monday_one_offset());
    format!("{weekday} {}, {clock}", short_date(on))
}

/// A bay and a time in words; with its day where that is not the same as `than`'s.
pub(super) fn place(bay: &str, span: Span, than: Span, model: &Model) -> String {
    format!("{bay}, {}", when(span, than, model))
}

/// How grave what stands against a place is.
pub(super) fn tone(found: &[Conflict]) -> Tone {
    match found.first() {
        None => Tone::Green,
        Some(first) if first.is_grave() => Tone::Red,
        Some(_) => Tone::Amber,
    }
}

/// What a slot says under its unit: goods and time, or the gravest of what stands against it.
pub(super) fn said(slot: &AgendaSlot, model: &Model, against: Option<&[Conflict]>) -> String {
    let when = span(slot.state.slot.span(), model);
    let first = against.and_then(<[Conflict]>::first);
    match (first.filter(|c| c.is_grave()), slot.state.wish()) {
        (Some(first), _) => format!("{} · {when}", conflict(first, model)),
        (None, Some(wish)) => format!("{} · {when}", asked(wish, slot, model)),
        (None, None) => format!("{} · {when}", slot.goods),
    }
}

/// What an agency asked for, in words.
fn asked((agency, wished): (Agency, Span), slot: &AgendaSlot, model: &Model) -> String {
    let args = [
        ("agency", tr_code("agency", agency).into()),
        ("time", when(wished, slot.state.slot.span(), model).into()),
    ];
    tr_args("agenda-asked", &args)
}

/// What stands against a slot, in words.
pub(super) fn conflict(conflict: &Conflict, model: &Model) -> String {
    let also = |who: String, bay: &str| {
        let bay = bay.to_owned();
        tr_args("agenda-also", &[("who", who.into()), ("bay", bay.into())])
    };
    match conflict {
        Conflict::Bay(unit) => tr_args("agenda-bay-taken", &[("unit", unit.clone().into())]),
        Conflict::Agency(agency, bay) => also(tr_code("agency", agency), bay),
        Conflict::Officer(officer, bay) => {
            let officers = model.status.iter().flat_map(|s| &s.officers);
            let name = officers
                .filter(|o| o.id == *officer)
                .map(|o| o.name.clone())
                .next();
            also(name.unwrap_or_default(), bay)
        }
        Conflict::Short(minutes) => tr_args("agenda-short", &[("minutes", (*minutes).into())]),
        Conflict::Closed => crate::text::tr("agenda-closed"),
    }
}
