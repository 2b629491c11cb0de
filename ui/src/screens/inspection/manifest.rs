//! The manifest: what was declared, and at each place what does not add up.

use egui::{Frame, Margin, Panel, ScrollArea, Ui};
use outpost_domain::{GoodsItem, Kilograms, Mismatch, Place};

use crate::design::card::{card_flush, card_with};
use crate::design::table::{Cells, Column, Table};
use crate::design::tokens::SIDE_PANEL;
use crate::design::words::{label_2, sentence};
use crate::design::{Badge, SPACE_L, SPACE_M, SPACE_S, Tone, Type, badge::badge, palette};
use crate::moment::count;
use crate::text::{tr, tr_args, tr_code};

use super::sentences::{self, Doubt};
use super::{View, facts, units};

/// Shows the tab.
pub fn show(ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let side = Panel::right("manifest-facts")
        .exact_size(SIDE_PANEL)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.background).inner_margin(Margin::ZERO))
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("manifest-facts")
                .auto_shrink(false)
                .show(ui, |ui| {
                    Frame::new()
                        .inner_margin(Margin::same(SPACE_L as i8))
                        .show(ui, |ui| {
                            ui.spacing_mut().item_spacing.y = SPACE_L;
                            facts::show(ui, view);
                        });
                });
        });
    ui.painter().vline(
        side.response.rect.left(),
        side.response.rect.y_range(),
        p.hairline(),
    );
    ScrollArea::vertical()
        .id_salt("manifest")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::same(SPACE_L as i8))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = SPACE_L;
                    does_not_add_up(ui, view);
                    units::show(ui, view);
                    goods(ui, view);
                });
        });
}

/// Everything that does not add up, each with the figure that stands out.
pub fn does_not_add_up(ui: &mut Ui, view: &View<'_>) {
    let doubts: Vec<Doubt> = view
        .opened
        .mismatches
        .iter()
        .map(|mismatch| sentences::doubt(mismatch, view.zone))
        .collect();
    if doubts.is_empty() {
        return;
    }
    let title = tr("insp-does-not-add-up");
    let n = count(doubts.len() as u64);
    card_with(
        ui,
        &title,
        |ui| {
            label_2(ui, &n, Type::NumberSmall);
        },
        |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_S;
            for doubt in &doubts {
                doubt_line(ui, doubt);
            }
        },
    );
}

fn doubt_line(ui: &mut Ui, doubt: &Doubt) {
    let p = palette(ui);
    ui.horizontal_top(|ui| {
        ui.add(Badge::new(&doubt.mark, doubt.tone).width(MARK));
        let rest = if doubt.rest.is_empty() {
            String::new()
        } else {
            format!(", {}", doubt.rest)
        };
        sentence(
            ui,
            &[
                (&doubt.lead, Type::Strong, p.ink),
                (&rest, Type::Body, p.ink_2),
            ],
        );
    });
}

/// Width of the marks, so that they stand under each other, points.
pub const MARK: f32 = 132.0;

/// The doubts at a place.
pub fn doubts_at(view: &View<'_>, place: &Place) -> Vec<Doubt> {
    view.opened
        .mismatches
        .iter()
        .filter(|mismatch| mismatch.place() == *place)
        .map(|mismatch| sentences::doubt(mismatch, view.zone))
        .collect()
}

/// Marks on one line, each with its sentence on hover.
pub fn marks(ui: &mut Ui, doubts: &[Doubt]) {
    for doubt in doubts {
        ui.add(Badge::new(&doubt.mark, doubt.tone).hover(&doubt.sentence()));
    }
}

/// The goods items with their totals.
fn goods(ui: &mut Ui, view: &View<'_>) {
    let consignment = &view.inspection().consignment;
    let titles = [
        "number", "goods", "hs", "origin", "packages", "gross", "net", "un", "mark",
    ]
    .map(|column| tr_code("insp-col", column));
    let columns = [
        Column::number(&titles[0], 48.0),
        Column::words(&titles[1], 180.0, 1.0),
        Column::fixed(&titles[2], 84.0),
        Column::fixed(&titles[3], 62.0),
        Column::number(&titles[4], 96.0),
        Column::number(&titles[5], 100.0),
        Column::number(&titles[6], 100.0),
        Column::fixed(&titles[7], 76.0),
        Column::fixed(&titles[8], MARK + 2.0 * SPACE_M),
    ];
    let doubts = item_doubts(view);
    let title = tr_args("insp-goods", &[("n", consignment.items.len().into())]);
    card_flush(
        ui,
        &title,
        |ui| {
            label_2(ui, tr("insp-as-declared"), Type::Small);
        },
        |ui| {
            let name = title.clone();
            Table::new("manifest-items", &name, &columns).whole().show(
                ui,
                consignment.items.len(),
                |index, cells| {
                    let Some(item) = consignment.items.get(index) else {
                        return String::new();
                    };
                    row(
                        item,
                        cells,
                        doubts.get(&item.number).map_or(&[], Vec::as_slice),
                    )
                },
            );
            totals(ui, view);
        },
    );
}

type ItemDoubts = std::collections::HashMap<u32, Vec<Doubt>>;

fn item_doubts(view: &View<'_>) -> ItemDoubts {
    let mut doubts = ItemDoubts::new();
    for mismatch in &view.opened.mismatches {
        if let Place::Item(number) = mismatch.place() {
            doubts
                .entry(number)
                .or_default()
                .push(sentences::doubt(mismatch, view.zone));
        }
    }
    doubts
}

fn row(item: &GoodsItem, cells: &mut Cells<'_>, doubts: &[Doubt]) -> String {
    let hs = item
        .hs
        .as_ref()
        .map_or_else(|| tr("insp-none"), outpost_domain::HsCode::dotted);
    let packages = format!("{} {}", count(u64::from(item.packages)), item.package_code);
    cells.text(0, &item.number.to_string(), Type::Number, None);
    cells.text(1, &item.description, Type::Body, None);
    let hs_tone = doubts
        .iter()
        .any(|d| d.tone == Tone::Amber)
        .then_some(Tone::Amber);
    cells.text(2, &hs, Type::Number, hs_tone);
    cells.text(3, item.origin.as_str(), Type::Body, None);
    cells.text(4, &packages, Type::Number, None);
    cells.text(5, &kg(item.gross), Type::Number, None);
    cells.text(6, &kg(item.net), Type::Number, None);
    if let Some(un) = &item.un_number {
        cells.text(7, &format!("UN {un}"), Type::Number, Some(Tone::Amber));
    }
    let said: Vec<String> = doubts.iter().map(Doubt::sentence).collect();
    if let Some(doubt) = doubts.first() {
        let words = if doubts.len() > 1 {
            format!("{} +{}", doubt.mark, doubts.len() - 1)
        } else {
            doubt.mark.clone()
        };
        cells.badge(8, &words, doubt.tone, &said.join("\n"));
    }
    format!(
        "{}, {}, HS {hs}, {packages}, {}. {}",
        item.number,
        item.description,
        kg(item.gross),
        said.join(". ")
    )
}

fn kg(mass: Kilograms) -> String {
    sentences::kilograms(mass)
}

/// Sums over the items beside the declared totals.
fn totals(ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let consignment = &view.inspection().consignment;
    Frame::new()
        .inner_margin(Margin::symmetric(SPACE_M as i8, SPACE_S as i8))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = SPACE_M;
                let packages = count(u64::from(consignment.declared_packages));
                let gross = kg(consignment.declared_gross);
                sentence(
                    ui,
                    &[
                        (&tr("insp-declared-total"), Type::Body, p.ink_2),
                        ("  ", Type::Body, p.ink_2),
                        (
                            &tr_args("insp-packages", &[("n", packages.into())]),
                            Type::NumberStrong,
                            p.ink,
                        ),
                        (" · ", Type::Body, p.ink_2),
                        (&gross, Type::NumberStrong, p.ink),
                    ],
                );
                let doubts = doubts_at(view, &Place::Totals);
                for doubt in &doubts {
                    badge(ui, &doubt.mark, doubt.tone);
                    let words = if doubt.rest.is_empty() {
                        &doubt.lead
                    } else {
                        &doubt.rest
                    };
                    label_2(ui, words, Type::Small);
                }
            });
        });
}

/// Whether the weighing of a unit is among what does not add up.
pub fn weighing_doubt(view: &View<'_>, unit: &str) -> Option<Doubt> {
    view.opened
        .mismatches
        .iter()
        .find(|m| matches!(m, Mismatch::Weighed { unit: of, .. } if of == unit))
        .map(|m| sentences::doubt(m, view.zone))
}
