//! The bar: which period, which agency, which bay.

use egui::{Align, Layout, Ui, vec2};
use outpost_domain::Agency;
use outpost_protocol::FigureSheet;

use super::period::{self, Period};
use super::{Local, Wish};
use crate::design::bars::{tool_bar, top_bar};
use crate::design::field::{Field, select_inline};
use crate::design::words::{label, label_2};
use crate::design::{Button, Chip, Type, icons, metrics};
use crate::intent::Intent;
use crate::model::Model;
use crate::text::{tr, tr_code};

/// Width of a filter, points.
const FILTER: f32 = 132.0;
/// Width of a date, points.
const DATE: f32 = 140.0;
/// Filters stand in the bar from this width on, points.
const WIDE: f32 = 1_080.0;

/// Shows the bar, and under it what has no room in it.
pub fn show(ui: &mut Ui, local: &mut Local, model: &Model, intents: &mut Vec<Intent>) {
    let wide = ui.available_width() >= WIDE;
    top_bar(ui, |ui| {
        label(ui, tr("insights"), Type::Title);
        for (index, one) in Period::ALL.into_iter().enumerate() {
            let (words, key) = (
                tr_code("insights-period", one.code()),
                (index + 1).to_string(),
            );
            let chip = Chip::new(&words, local.period == one);
            let chip = if wide { chip.key(&key) } else { chip };
            if ui.add(chip).clicked() {
                intents.push(Intent::Insights(Wish::Period(one)));
            }
        }
        if wide {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                sheets(ui, intents);
                filters(ui, local, model);
            });
        }
    });
    if !wide || local.period == Period::Own {
        tool_bar(ui, |ui| {
            if local.period == Period::Own {
                dates(ui, local);
            }
            if !wide {
                filters(ui, local, model);
            }
        });
    }
}

/// The figures on paper and for other programs, as icons from the right; in a narrow window the palette has them.
fn sheets(ui: &mut Ui, intents: &mut Vec<Intent>) {
    let acts = [
        (icons::TABLE, "export-csv", FigureSheet::Csv),
        (icons::EXPORT, "export-xlsx", FigureSheet::Xlsx),
        (icons::PRINTER, "print-shift", FigureSheet::ShiftReport),
    ];
    for (icon, title, sheet) in acts {
        let name = tr_code("act", title);
        if ui.add(Button::icon_only(icon, &name)).clicked() {
            intents.push(Intent::Insights(Wish::Write(sheet)));
        }
    }
}

fn filters(ui: &mut Ui, local: &mut Local, model: &Model) {
    let bays = model.status.as_ref().and_then(|s| s.post.as_ref());
    let bays = bays.map(|post| post.bays.clone()).unwrap_or_default();
    let mut options = vec![(None, tr("insights-every-bay"))];
    options.extend(bays.into_iter().map(|bay| (Some(bay.clone()), bay)));
    let name = tr("insights-bay");
    select_inline(ui, "insights-bay", &name, &mut local.bay, &options, FILTER);
    let mut options = vec![(None, tr("insights-every-agency"))];
    let named = |agency: &Agency| (Some(*agency), tr_code("agency", agency));
    options.extend(Agency::ALL.iter().map(named));
    let name = tr("insights-agency");
    select_inline(
        ui,
        "insights-agency",
        &name,
        &mut local.agency,
        &options,
        FILTER,
    );
    let span = local.period.span(model.today(), &local.own, &model.zone);
    // The officer's own stand there as written.
    if let Some(span) = span.filter(|_| local.period != Period::Own) {
        let days = period::days(span, &model.zone);
        label_2(ui, period::words(days), Type::Small);
    }
}

fn dates(ui: &mut Ui, local: &mut Local) {
    let names = [tr("insights-from"), tr("insights-to")];
    for (name, text) in names.iter().zip(&mut local.own) {
        label_2(ui, name, Type::SmallMedium);
        let size = vec2(DATE, metrics(ui).control);
        ui.allocate_ui(size, |ui| {
            let said = Field::new("").hint("2026-11-23").limit(16).show(ui, text);
            said.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::TextInput, true, name)
            });
        });
    }
}
