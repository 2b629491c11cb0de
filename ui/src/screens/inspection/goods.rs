//! Goods by difference: what is untouched conforms, and only what differs is recorded.

use egui::{Frame, Margin, Ui};
use outpost_domain::{EntryBody, GoodsItem, ItemOutcome, ItemRecord};

use crate::design::card::card_flush;
use crate::design::table::{Cells, Column, Table};
use crate::design::words::{label_2, paragraph};
use crate::design::{SPACE_M, SPACE_S, Tone, Type, key, palette};
use crate::moment::{count, decimal};
use crate::text::{tr, tr_args, tr_code};

use super::head_act::head_act;
use super::{Purpose, Screen, View, alerts, item, sentences};

/// What the goods table remembers.
#[derive(Debug, Default)]
pub struct Local {
    selected: Option<usize>,
}

/// Shows the card.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let items = &view.inspection().consignment.items;
    let titles =
        ["number", "declared-as", "declared", "found", "result"].map(|c| tr_code("goods-col", c));
    let columns = [
        Column::number(&titles[0], 48.0),
        Column::words(&titles[1], 180.0, 1.0),
        Column::number(&titles[2], 116.0),
        Column::number(&titles[3], 116.0),
        Column::fixed(&titles[4], 148.0),
    ];
    let title = tr("goods-title");
    let untouched = !as_declared_now(view).is_empty();
    let mut all = false;
    let output = card_flush(
        ui,
        &title,
        |ui| {
            key::key_cap(ui, "G");
            if untouched {
                key::key_cap(ui, "Shift+G");
                let words = tr("goods-all-as-declared");
                all = head_act(ui, "", &words, &words).clicked();
            }
            label_2(ui, tr("goods-untouched"), Type::SmallMedium);
        },
        |ui| {
            alerts::show_in_card(ui, view, alerts::GOODS);
            let output = Table::new("goods", &title, &columns)
                .selected(screen.goods.selected)
                .whole()
                .show(ui, items.len(), |index, cells| {
                    items
                        .get(index)
                        .map(|item| row(view, item, cells))
                        .unwrap_or_default()
                });
            effects(ui, view);
            output
        },
    );
    if all {
        all_as_declared(screen, view);
    }
    if let Some(index) = output.clicked {
        screen.goods.selected = Some(index);
        if let Some(item) = items.get(index) {
            item::open(screen, view, item);
        }
    }
}

/// What all that differs comes to: packages and gross mass, declared and found.
fn effects(ui: &mut Ui, view: &View<'_>) {
    let items = &view.inspection().consignment.items;
    let sum = |field: &str, declared: &dyn Fn(&GoodsItem) -> f64| {
        let found = |item: &GoodsItem| {
            let record = record(view, item.number)?;
            let mut differences = record.differences.iter();
            differences
                .find(|d| d.field == field)
                .and_then(|d| item::number_in(&d.found))
        };
        items.iter().fold((0.0, 0.0), |(was, is), item| {
            let declared = declared(item);
            (was + declared, is + found(item).unwrap_or(declared))
        })
    };
    let packages = sum("packages", &|item| f64::from(item.packages));
    let gross = sum("gross", &|item| item.gross.0);
    let differs = |(was, is): (f64, f64)| (was - is).abs() > 0.001;
    if !differs(packages) && !differs(gross) {
        return;
    }
    let said = |(was, is): (f64, f64)| {
        let digits = usize::from(was.fract().abs() > 0.001 || is.fract().abs() > 0.001);
        let more = is - was;
        let sign = if more > 0.0 { "+" } else { "" };
        format!(
            "{} → {} ({sign}{})",
            decimal(was, digits),
            decimal(is, digits),
            decimal(more, digits)
        )
    };
    let mut parts = Vec::new();
    if differs(packages) {
        parts.push(tr_args(
            "goods-sum-packages",
            &[("sum", said(packages).into())],
        ));
    }
    if differs(gross) {
        parts.push(tr_args("goods-sum-gross", &[("sum", said(gross).into())]));
    }
    let p = palette(ui);
    Frame::new()
        .inner_margin(Margin::symmetric(SPACE_M as i8, SPACE_S as i8))
        .show(ui, |ui| {
            paragraph(ui, sentences::dotted(&parts), Type::Strong, p.red);
        });
}

fn as_declared(number: u32) -> EntryBody {
    EntryBody::ItemCompared {
        item: number,
        outcome: ItemOutcome::Match,
        differences: Vec::new(),
        note: String::new(),
    }
}

/// Items that the own agency has not compared and may compare.
fn as_declared_now(view: &View<'_>) -> Vec<u32> {
    let own = view.agency();
    let compared = |number: u32| {
        let mut records = view.state().items.iter();
        records.any(|r| r.item == number && Some(r.agency) == own)
    };
    let items = view.inspection().consignment.items.iter();
    items
        .map(|item| item.number)
        .filter(|number| !compared(*number))
        .filter(|number| view.section().is_some() && view.refusal(&as_declared(*number)).is_none())
        .collect()
}

/// Opens the first item that the own agency has not compared; the first of all when each was.
pub fn open_next(screen: &mut Screen, view: &View<'_>) {
    let left = as_declared_now(view);
    let items = &view.inspection().consignment.items;
    let next = items.iter().find(|item| left.contains(&item.number));
    if let Some(item) = next.or_else(|| items.first()) {
        item::open(screen, view, item);
    }
}

/// Records that nothing differs at the items that were not compared yet.
pub fn all_as_declared(screen: &mut Screen, view: &View<'_>) {
    for number in as_declared_now(view) {
        screen
            .acts
            .record(view, Purpose::OneClick, as_declared(number));
    }
}

/// How an item was found, by the officer's own agency first.
pub fn record<'a>(view: &View<'a>, number: u32) -> Option<&'a ItemRecord> {
    let own = view.agency();
    let records = || view.state().items.iter().filter(|r| r.item == number);
    records()
        .find(|r| Some(r.agency) == own)
        .or_else(|| records().next())
}

fn row(view: &View<'_>, item: &GoodsItem, cells: &mut Cells<'_>) -> String {
    let hs = item
        .hs
        .as_ref()
        .map_or_else(|| tr("insp-no-hs"), |hs| format!("HS {}", hs.dotted()));
    let declared = packages(item, item.packages);
    cells.text(0, &item.number.to_string(), Type::Number, None);
    cells.two_lines(1, (&item.description, Type::Body), &hs);
    cells.text(2, &declared, Type::Number, None);
    let Some(record) = record(view, item.number) else {
        cells.text(3, &declared, Type::Number, Some(Tone::Neutral));
        let words = tr_code("outcome", ItemOutcome::Match);
        cells.badge(4, &words, Tone::Neutral, &tr("goods-untouched"));
        return format!("{}, {}, {declared}, {words}", item.number, item.description);
    };
    let found = found(item, record).unwrap_or_else(|| declared.clone());
    let strong = record.outcome != ItemOutcome::Match;
    cells.text(
        3,
        &found,
        if strong {
            Type::NumberStrong
        } else {
            Type::Number
        },
        None,
    );
    let (words, tone) = result(item, record);
    let why = format!("{}, {}", record.by, tr_code("agency", record.agency));
    let mut said: Vec<String> = record
        .differences
        .iter()
        .map(sentences::difference)
        .collect();
    said.extend((!record.note.is_empty()).then(|| record.note.clone()));
    said.push(why);
    cells.badge(4, &words, tone, &said.join("\n"));
    format!(
        "{}, {}, {declared}, {found}, {words}",
        item.number, item.description
    )
}

fn packages(item: &GoodsItem, packages: u32) -> String {
    format!("{} {}", count(u64::from(packages)), item.package_code)
}

/// What was found of the packages, else of the first field that differs.
fn found(item: &GoodsItem, record: &ItemRecord) -> Option<String> {
    let of = |field: &str| record.differences.iter().find(|d| d.field == field);
    match of("packages") {
        Some(difference) => Some(item::number_in(&difference.found).map_or_else(
            || difference.found.clone(),
            |found| packages(item, found as u32),
        )),
        None => record.differences.first().map(|d| d.found.clone()),
    }
}

/// The outcome with the number by which it differs.
fn result(item: &GoodsItem, record: &ItemRecord) -> (String, Tone) {
    let words = tr_code("outcome", record.outcome);
    let tone = if record.outcome == ItemOutcome::Match {
        Tone::Green
    } else {
        Tone::Red
    };
    let found = record
        .differences
        .iter()
        .find(|d| d.field == "packages")
        .and_then(|d| item::number_in(&d.found));
    match found {
        Some(found) if record.outcome != ItemOutcome::Match => {
            let more = found - f64::from(item.packages);
            let sign = if more > 0.0 { "+" } else { "" };
            (format!("{words} {sign}{}", decimal(more, 0)), tone)
        }
        _ => (words, tone),
    }
}
