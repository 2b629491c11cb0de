//! The decision matrix: goods items by agencies, and whether each item may go.

use egui::accesskit::Role;
use egui::{Align, CornerRadius, Rect, Sense, Ui, WidgetInfo, pos2, vec2};
use outpost_domain::{Decision, DecisionRecord, GoodsItem, Openness, Section, SectionState};

use crate::design::card::{card_flush, hairline};
use crate::design::tokens::RADIUS_SMALL;
use crate::design::words::{label_2, paint_line};
use crate::design::{
    Mark, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, agency, badge, blank, focus_ring, metrics,
    palette,
};
use crate::text::{tr, tr_args, tr_code};

use super::super::{Screen, View, decide, sentences};

/// Room for an agency's column, points.
const AGENCY: f32 = 112.0;
/// Room for the last column, points.
const RELEASE: f32 = 150.0;

/// Shows the matrix.
pub(super) fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let title = tr("joint-matrix");
    let right = |ui: &mut Ui| {
        label_2(ui, tr("joint-matrix-how"), Type::Small);
    };
    let mut wanted = None;
    card_flush(ui, &title, right, |ui| {
        let items = &view.inspection().consignment.items;
        if items.is_empty() {
            blank::none(ui, &tr("joint-no-items"));
            return;
        }
        heads(ui, view);
        for item in items {
            hairline(ui);
            if row(ui, view, item) {
                wanted = Some(item.number);
            }
        }
    });
    if let Some(item) = wanted {
        decide::open_for(screen, view, item);
    }
}

/// Where the columns stand, from the right: the item's release, then the agencies.
fn columns(rect: Rect, count: usize) -> (f32, f32) {
    let release = rect.right() - RELEASE - SPACE_M;
    let share = (rect.width() - RELEASE) * 0.6 / count.max(1) as f32;
    let width = AGENCY.min(share);
    (release, width)
}

fn heads(ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let sections = &view.state().sections;
    let size = vec2(ui.available_width(), metrics(ui).control + SPACE_S);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let (release, width) = columns(rect, sections.len());
    let cell = |left: f32, width: f32| {
        Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()))
    };
    let goods = cell(rect.left() + SPACE_M, 200.0);
    paint_line(
        ui,
        goods,
        Align::Min,
        &tr("joint-goods"),
        Type::ColumnHead,
        p.ink_2,
    );
    for (index, section) in sections.iter().enumerate() {
        let left = release - (sections.len() - index) as f32 * width;
        let name = tr_code("agency", section.agency);
        let cell = cell(left, width - SPACE_XS);
        let response = ui.interact(
            cell,
            ui.scope_id().with(("matrix-head", index)),
            Sense::hover(),
        );
        let edge = agency::edge(ui);
        let square = Rect::from_center_size(
            pos2(cell.left() + edge / 2.0, cell.center().y),
            vec2(edge, edge),
        );
        agency::paint(ui, square, section.agency, Mark::from(section.state));
        let words = Rect::from_min_max(pos2(square.right() + SPACE_XS, cell.top()), cell.max);
        paint_line(ui, words, Align::Min, &name, Type::ColumnHead, p.ink_2);
        let state = sentences::section(section.state);
        response.on_hover_text(format!("{name}: {state}"));
    }
    let last = cell(release, RELEASE);
    paint_line(
        ui,
        last,
        Align::Min,
        &tr("joint-release"),
        Type::ColumnHead,
        p.ink_2,
    );
}

/// An item's row; says whether the own agency's cell was clicked.
fn row(ui: &mut Ui, view: &View<'_>, item: &GoodsItem) -> bool {
    let p = palette(ui);
    let sections = &view.state().sections;
    let size = vec2(ui.available_width(), metrics(ui).row);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let (release, width) = columns(rect, sections.len());
    let first = release - sections.len() as f32 * width;
    let name = Rect::from_min_max(
        pos2(rect.left() + SPACE_M, rect.top()),
        pos2(first - SPACE_S, rect.bottom()),
    );
    let words = sentences::item_words(view.inspection(), item.number);
    paint_line(ui, name, Align::Min, &words, Type::Body, p.ink);
    ui.interact(
        name,
        ui.scope_id().with(("matrix-item", item.number)),
        Sense::hover(),
    )
    .on_hover_text(words);
    let mut clicked = false;
    for (index, section) in sections.iter().enumerate() {
        let left = first + index as f32 * width;
        let cell = Rect::from_min_size(
            pos2(left, rect.top() + SPACE_XS),
            vec2(width - SPACE_XS, rect.height() - 2.0 * SPACE_XS),
        );
        clicked |= verdict(ui, view, section, item.number, cell);
    }
    let openness = view
        .state()
        .release
        .iter()
        .find(|r| r.item == item.number)
        .map_or(Openness::Waiting, |r| r.openness);
    let place = Rect::from_min_size(pos2(release, rect.center().y), vec2(RELEASE - SPACE_S, 0.0));
    badge::paint(
        ui,
        place,
        &tr_code("openness", openness),
        release_tone(openness),
    );
    clicked
}

const fn release_tone(openness: Openness) -> Tone {
    match openness {
        Openness::Released => Tone::Green,
        Openness::Waiting | Openness::Partial => Tone::Amber,
        Openness::Held | Openness::Refused | Openness::Withdrawn => Tone::Red,
    }
}

/// What an agency decided on an item, in one cell; the own one is a button.
fn verdict(ui: &mut Ui, view: &View<'_>, section: &Section, item: u32, cell: Rect) -> bool {
    let p = palette(ui);
    let own = view.agency() == Some(section.agency);
    let sense = if own { Sense::click() } else { Sense::hover() };
    let id = ui.scope_id().with(("matrix", section.agency.code(), item));
    let response = ui.interact(cell, id, sense);
    let record = section.decision_on(item);
    let (word, tone, said) = match record {
        Some(record) => decided(record),
        None => undecided(section),
    };
    if own {
        let ground = if response.hovered() { p.hover } else { p.panel };
        let radius = CornerRadius::same(RADIUS_SMALL);
        ui.painter()
            .rect(cell, radius, ground, p.hairline(), egui::StrokeKind::Inside);
    }
    let ink = if record.is_some() {
        p.tone(tone)
    } else {
        p.ink_2
    };
    let inner = cell.shrink2(vec2(SPACE_S, 0.0));
    paint_line(ui, inner, Align::Min, &word, Type::SmallMedium, ink);
    if own {
        let agency = tr_code("agency", section.agency);
        let name = tr_args(
            "joint-cell",
            &[
                ("agency", agency.into()),
                ("item", item.into()),
                ("word", word.into()),
            ],
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        focus_ring(ui, cell, RADIUS_SMALL, &response);
    }
    response.on_hover_text(said).clicked()
}

fn decided(record: &DecisionRecord) -> (String, Tone, String) {
    let (lead, rest, tone) = sentences::decision(&record.decision);
    let word = match &record.decision {
        Decision::Acceptable { coded, .. } if coded.is_empty() => tr("joint-yes"),
        Decision::Acceptable { .. } => tr("joint-yes-if"),
        Decision::NotAcceptable { .. } => tr("joint-no"),
        Decision::Waived { .. } => tr("joint-waived"),
    };
    (word, tone, format!("{lead}\n{rest}\n{}", record.by))
}

fn undecided(section: &Section) -> (String, Tone, String) {
    let word = match section.state {
        SectionState::InProgress => tr("joint-at-work"),
        _ if section.required => tr("joint-awaited"),
        _ => "\u{2013}".to_owned(),
    };
    (word, Tone::Neutral, tr_code("section", section.state))
}
