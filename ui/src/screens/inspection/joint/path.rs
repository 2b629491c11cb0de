//! Where the unit has been, where it is, and what it missed.

use egui::{Align, Rect, Sense, Stroke, Ui, pos2, vec2};
use outpost_domain::{Passage, Step, steps};

use crate::design::card::card_with;
use crate::design::words::paint_line;
use crate::design::{SPACE_L, SPACE_XS, Type, metrics, palette};
use crate::moment::{short_date, time};
use crate::text::{tr, tr_args, tr_code};

use super::super::View;

/// Shows the path of each unit; nothing where no node has told.
pub(super) fn show(ui: &mut Ui, view: &View<'_>) {
    let inspection = view.inspection();
    for unit in &inspection.units {
        let path: Vec<&Passage> = inspection
            .tracking
            .iter()
            .filter(|p| p.unit == unit.number.as_str())
            .collect();
        if path.is_empty() {
            continue;
        }
        let title = tr_args("joint-path", &[("unit", unit.number.spaced().into())]);
        card_with(ui, &title, |_| {}, |ui| line(ui, view, &path));
    }
}

/// The nodes from left to right, each with its place and time.
fn line(ui: &mut Ui, view: &View<'_>, path: &[&Passage]) {
    let p = palette(ui);
    let text = Type::Small.size() + metrics(ui).text_step + SPACE_XS;
    let size = vec2(ui.available_width(), SPACE_L + 3.0 * text + SPACE_L);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = rect.width() / path.len().max(1) as f32;
    let y = rect.top() + SPACE_L;
    let middle = |index: usize| rect.left() + (index as f32 + 0.5) * width;
    let steps = steps(path);
    for (index, (passage, step)) in path.iter().zip(&steps).enumerate() {
        let ink = match step {
            Step::Passed => p.green,
            Step::Here => p.accent,
            Step::Missed => p.red,
            Step::Ahead => p.ink_3,
        };
        if index > 0 {
            let from = pos2(middle(index - 1) + 8.0, y);
            let to = pos2(middle(index) - 8.0, y);
            let stroke = Stroke::new(2.0, if *step == Step::Ahead { p.line } else { ink });
            ui.painter().line_segment([from, to], stroke);
        }
        let center = pos2(middle(index), y);
        let fill = match step {
            Step::Ahead | Step::Missed => p.panel,
            _ => ink,
        };
        let radius = if *step == Step::Here { 7.0 } else { 5.0 };
        ui.painter()
            .circle(center, radius, fill, Stroke::new(2.0, ink));
        let row = |nth: f32| {
            let top = y + SPACE_L + nth * text;
            Rect::from_center_size(pos2(middle(index), top), vec2(width - SPACE_XS, text))
        };
        let node = tr_code("node", passage.node);
        let kind = if *step == Step::Here {
            Type::Strong
        } else {
            Type::SmallMedium
        };
        paint_line(ui, row(0.0), Align::Center, &node, kind, ink_of(*step, &p));
        let place = if passage.place == node {
            ""
        } else {
            &passage.place
        };
        paint_line(ui, row(1.0), Align::Center, place, Type::Small, p.ink_2);
        let when = when(view, passage, *step);
        let when_ink = if *step == Step::Missed {
            p.red
        } else {
            p.ink_2
        };
        paint_line(ui, row(2.0), Align::Center, &when, Type::Small, when_ink);
        let whole = Rect::from_center_size(
            pos2(middle(index), rect.center().y),
            vec2(width, rect.height()),
        );
        ui.interact(whole, ui.scope_id().with(("node", index)), Sense::hover())
            .on_hover_text(said(passage, &node, &when));
    }
}

const fn ink_of(step: Step, p: &crate::design::Palette) -> egui::Color32 {
    match step {
        Step::Missed => p.red,
        Step::Ahead => p.ink_2,
        _ => p.ink,
    }
}

fn when(view: &View<'_>, passage: &Passage, step: Step) -> String {
    match passage.at {
        Some(at) => {
            let day = at.to_zoned(view.zone.clone()).date();
            let today = view.now.to_zoned(view.zone.clone()).date();
            if day == today {
                time(at, view.zone)
            } else {
                format!("{} {}", short_date(day), time(at, view.zone))
            }
        }
        None if step == Step::Missed => tr("joint-missed"),
        None => tr("joint-expected"),
    }
}

/// Everything about a node, for hovering.
fn said(passage: &Passage, node: &str, when: &str) -> String {
    let mut words = format!("{node}: {}, {when}", passage.place);
    for reading in &passage.readings {
        let by = tr_code("read-by", reading.by);
        words = format!("{words}\n{by}: {}", reading.text);
    }
    words
}
