//! The seals table: declared beside found, for every unit, and seals that nobody declared.

use egui::Ui;
use outpost_domain::{DeclaredSeal, SealRecord};

use crate::design::card::card_flush;
use crate::design::table::{Cells, Column, Table};
use crate::design::{Tone, Type, blank, key};
use crate::text::{tr, tr_code};

use super::head_act::head_act;
use super::{Screen, View, alerts, seal, sentences};

/// A line of the table: a declared seal, a found one, or both.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The unit's number.
    pub unit: &'a str,
    /// As declared.
    pub declared: Option<&'a DeclaredSeal>,
    /// As compared.
    pub record: Option<&'a SealRecord>,
}

/// Every seal, in the order of the declaration, then those that nobody declared.
pub fn lines<'a>(view: &View<'a>) -> Vec<Line<'a>> {
    let state = view.state();
    let mut lines = Vec::new();
    for unit in &view.inspection().units {
        let number = unit.number.as_str();
        let of_unit = || state.seals.iter().filter(move |r| r.seal.unit == number);
        for declared in &unit.seals {
            let wanted = Some(declared.number.as_str());
            let mut records = of_unit().filter(|r| r.seal.declared.as_deref() == wanted);
            // What the own agency found; else what differs, before what conforms.
            let own = records.clone().find(|r| Some(r.agency) == view.agency());
            let record = own
                .or_else(|| records.clone().find(|r| !r.seal.conform()))
                .or_else(|| records.next());
            lines.push(Line {
                unit: number,
                declared: Some(declared),
                record,
            });
        }
        let known = |r: &&SealRecord| {
            let declared = r.seal.declared.as_deref();
            unit.seals
                .iter()
                .any(|s| Some(s.number.as_str()) == declared)
        };
        lines.extend(of_unit().filter(|r| !known(r)).map(|record| Line {
            unit: number,
            declared: None,
            record: Some(record),
        }));
    }
    lines
}

/// Shows the card.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let lines = lines(view);
    let several = view.inspection().units.len() > 1;
    let titles =
        ["party", "declared", "found", "condition", "result"].map(|c| tr_code("seals-col", c));
    let columns = [
        Column::words(&titles[0], 130.0, 1.2),
        Column::words(&titles[1], 110.0, 1.0),
        Column::words(&titles[2], 110.0, 1.0),
        Column::words(&titles[3], 84.0, 0.6),
        Column::fixed(&titles[4], 148.0),
    ];
    let title = tr("seals-title");
    let mut conform = false;
    let right = |ui: &mut Ui| {
        key::key_cap(ui, "S");
        if view.section().is_some() && lines.iter().any(|line| line.record.is_none()) {
            key::key_cap(ui, "Shift+S");
            conform = {
                let words = tr("seals-all-conform");
                head_act(ui, "", &words, &words).clicked()
            };
        }
    };
    let clicked = card_flush(ui, &title, right, |ui| {
        alerts::show_in_card(ui, view, alerts::SEALS);
        if lines.is_empty() {
            let margin = egui::Margin::same(crate::design::SPACE_M as i8);
            egui::Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| blank::none(ui, &tr("seals-none")));
            return None;
        }
        let output =
            Table::new("seals", &title, &columns)
                .whole()
                .show(ui, lines.len(), |index, cells| {
                    lines
                        .get(index)
                        .map(|line| row(line, several, cells))
                        .unwrap_or_default()
                });
        output.clicked
    });
    if conform {
        seal::all_as_declared(screen, view, &lines);
    }
    if let Some(line) = clicked.and_then(|index| lines.get(index)) {
        seal::open(screen, view, line);
    }
}

fn row(line: &Line<'_>, several: bool, cells: &mut Cells<'_>) -> String {
    let party = line
        .declared
        .map(|d| d.party)
        .or_else(|| line.record.and_then(|r| r.seal.found.party));
    let party = party.map_or_else(|| tr("seals-party-unknown"), |p| tr_code("seal-party", p));
    let second = if several { line.unit } else { "" };
    cells.two_lines(0, (&party, Type::Body), second);
    let declared = line
        .declared
        .map_or_else(|| tr("seals-not-declared"), |d| d.number.clone());
    cells.text(1, &declared, Type::Mono, None);
    let Some(record) = line.record else {
        cells.text(2, "—", Type::Body, Some(Tone::Neutral));
        cells.badge(4, &tr("seals-to-compare"), Tone::Neutral, "");
        return format!("{party}, {declared}, {}", tr("seals-to-compare"));
    };
    let found = record
        .seal
        .found
        .number
        .clone()
        .unwrap_or_else(|| "—".to_owned());
    let (result, tone) = sentences::seal_result(&record.seal);
    let kind = if tone == Tone::Green {
        Type::Mono
    } else {
        Type::MonoStrong
    };
    cells.text(2, &found, kind, None);
    let condition = tr_code("seal-condition", record.seal.found.condition);
    cells.text(3, &condition, Type::Body, None);
    cells.badge(
        4,
        &result,
        tone,
        &format!("{}, {}", record.by, tr_code("agency", record.agency)),
    );
    format!("{party}, {declared}, {found}, {condition}, {result}")
}
