//! The inspections behind a value, in a panel at the right.

use egui::{Align, Layout, ScrollArea, Ui};
use outpost_domain::{Counted, Figure, Group};

use super::{Wish, told};
use crate::design::bars::side_panel;
use crate::design::card::card_flush;
use crate::design::table::{Column, Table};
use crate::design::words::{hint, label, paragraph};
use crate::design::{Button, SPACE_M, SPACE_S, Type, blank, icons, palette};
use crate::intent::Intent;
use crate::model::{Model, Remote};
use crate::moment::{age, count};
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// Which value was pressed, and what is behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Behind {
    /// Of which figure.
    pub figure: Figure,
    /// Of which of its lines.
    pub group: Group,
    /// The first of them, and how many there are.
    pub found: Remote<(Vec<Counted>, u64)>,
}

/// Shows the panel.
pub fn show(ui: &mut Ui, model: &Model, behind: &Behind, intents: &mut Vec<Intent>) {
    side_panel(ui, |ui| {
        let p = palette(ui);
        ui.spacing_mut().item_spacing.y = SPACE_S;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = tr("insights-behind-close");
                let cross = Button::icon_only(icons::X, &close).frameless();
                if ui.add(cross).clicked() {
                    intents.push(Intent::Insights(Wish::CloseBehind));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    label(ui, told::group(&behind.group), Type::Title);
                });
            });
        });
        paragraph(
            ui,
            tr_code("figure", behind.figure),
            Type::SmallMedium,
            p.ink_2,
        );
        paragraph(
            ui,
            tr_code("figure-why", behind.figure),
            Type::Small,
            p.ink_2,
        );
        ui.add_space(SPACE_M);
        match &behind.found {
            Remote::Unasked | Remote::Asked => {
                blank::none(ui, &tr("insights-counting"));
            }
            Remote::Failed(problem) => {
                paragraph(ui, tr_problem(problem), Type::Body, p.red);
            }
            Remote::Here((found, total)) => list(ui, model, found, *total, intents),
        }
    });
}

fn list(ui: &mut Ui, model: &Model, found: &[Counted], total: u64, intents: &mut Vec<Intent>) {
    let title = tr_args("insights-behind", &[("count", count(total).into())]);
    let heads = [tr("outbox-unit"), tr("insights-waited")];
    let columns = [
        Column::words(&heads[0], 120.0, 1.0),
        Column::number(&heads[1], 96.0),
    ];
    ScrollArea::vertical().show(ui, |ui| {
        card_flush(
            ui,
            &title,
            |_| {},
            |ui| {
                let output = Table::new("insights-behind", &title, &columns)
                    .whole()
                    .show(ui, found.len(), |index, cells| {
                        let one = &found[index];
                        let waited = age(one.since, one.closed_at.unwrap_or(model.now));
                        cells.lane(one.lane, &tr_code("lane", one.lane));
                        cells.two_lines_after(
                            0,
                            SPACE_S,
                            (&one.unit, Type::MonoStrong),
                            &format!("{} · {}", one.reference, one.goods),
                        );
                        cells.text(1, &waited, Type::Number, None);
                        format!("{}, {}, {waited}", one.unit, one.goods)
                    });
                if let Some(one) = output.clicked.and_then(|index| found.get(index)) {
                    intents.push(Intent::Open(one.inspection));
                }
            },
        );
        if (found.len() as u64) < total {
            let more = [("count", count(found.len() as u64).into())];
            hint(ui, tr_args("insights-behind-first", &more));
        }
    });
}
