//! A new hold: its kind, what it blocks, why, and until when.

use egui::Ui;
use outpost_domain::{Agency, BillLevel, EntryBody, HoldId, HoldLevel, HoldReason, HoldType};
use serde::{Deserialize, Serialize};

use crate::design::field::select;
use crate::design::{Field, SPACE_M};
use crate::text::{tr, tr_code};

use super::decide::{day, day_field};
use super::shell::{self, Done, Shell};
use super::{Form, Open, Screen, View, sentences};

/// Under this name the hold's draft is kept.
const KEY: &str = "hold";

/// What is typed about a hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldFields {
    /// Its kind.
    pub hold_type: HoldType,
    /// What it blocks.
    pub level: HoldLevel,
    /// Why.
    pub reason: HoldReason,
    /// The officer's words.
    pub note: String,
    /// When it is looked at again, `2026-11-30`.
    pub review: String,
}

impl HoldFields {
    fn new(view: &View<'_>) -> Self {
        let level = view
            .inspection()
            .units
            .first()
            .map_or(HoldLevel::Conveyance, |unit| HoldLevel::Unit {
                number: unit.number.as_str().to_owned(),
            });
        Self {
            hold_type: usual_type(view.agency()),
            level,
            reason: HoldReason::Other,
            note: String::new(),
            review: String::new(),
        }
    }

    fn body(&self, hold: HoldId) -> Option<EntryBody> {
        Some(EntryBody::HoldPlaced {
            hold,
            hold_type: self.hold_type,
            level: self.level.clone(),
            reason: self.reason,
            note: self.note.trim().to_owned(),
            review: day(&self.review).ok()?,
        })
    }
}

/// The kind of hold that an agency places most.
const fn usual_type(agency: Option<Agency>) -> HoldType {
    match agency {
        Some(Agency::Veterinary) => HoldType::Veterinary,
        Some(Agency::PlantHealth) => HoldType::Plant,
        Some(Agency::PortHealth) => HoldType::Food,
        Some(Agency::Safety) => HoldType::Safety,
        Some(Agency::Standards) => HoldType::CommercialEnforcement,
        _ => HoldType::Manifest,
    }
}

/// What a hold may block here.
fn levels(view: &View<'_>) -> Vec<(HoldLevel, String)> {
    let inspection = view.inspection();
    let units = inspection.units.iter().map(|unit| HoldLevel::Unit {
        number: unit.number.as_str().to_owned(),
    });
    let bills = inspection
        .consignment
        .bills
        .iter()
        .map(|bill| match bill.level {
            BillLevel::Master => HoldLevel::Bill {
                number: bill.number.clone(),
            },
            BillLevel::House => HoldLevel::HouseBill {
                number: bill.number.clone(),
            },
        });
    let items = inspection
        .consignment
        .items
        .iter()
        .map(|item| HoldLevel::Item {
            number: item.number,
        });
    units
        .chain(bills)
        .chain(items)
        .chain([HoldLevel::Conveyance])
        .map(|level| {
            let words = match &level {
                HoldLevel::Item { number } => sentences::item_words(inspection, *number),
                _ => sentences::level(&level),
            };
            (level, words)
        })
        .collect()
}

/// Opens the form.
pub fn open(screen: &mut Screen, view: &View<'_>) {
    let fields = HoldFields::new(view);
    if view.section().is_none() {
        screen.problem = fields
            .body(HoldId(uuid::Uuid::now_v7()))
            .and_then(|body| view.refusal(&body));
        return;
    }
    screen.open = Open::Hold(Form::open(KEY, fields, &screen.drafts));
}

/// Shows the form.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Hold(form) = &mut screen.open else {
        return;
    };
    let (title, act) = (tr("hold-title"), tr("hold-place"));
    let shell = Shell {
        grave: true,
        ..Shell::new(&title, &act)
    };
    let against = |form: &Form<HoldFields>| match form.value.body(HoldId(uuid::Uuid::nil())) {
        Some(body) => view.refusal(&body),
        None => Some(tr("field-day-wrong")),
    };
    let done = shell::show(ui, form, shell, |ui, form| fields(ui, view, form), against);
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send
        && form.sending.is_none()
        && let Some(body) = form.value.body(HoldId(uuid::Uuid::now_v7()))
    {
        form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

fn fields(ui: &mut Ui, view: &View<'_>, form: &mut Form<HoldFields>) {
    let value = &mut form.value;
    ui.spacing_mut().item_spacing.x = SPACE_M;
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        let options: Vec<_> = HoldType::ALL
            .iter()
            .map(|t| (*t, tr_code("hold-type", t)))
            .collect();
        select(
            left,
            "hold-type",
            &tr("hold-type"),
            &mut value.hold_type,
            &options,
        );
        let options: Vec<_> = HoldReason::ALL
            .iter()
            .map(|r| (*r, tr_code("hold-reason", r)))
            .collect();
        select(
            right,
            "hold-reason",
            &tr("hold-reason"),
            &mut value.reason,
            &options,
        );
    });
    select(
        ui,
        "hold-level",
        &tr("hold-level"),
        &mut value.level,
        &levels(view),
    );
    let response = Field::area(&tr("hold-note"), 3).show(ui, &mut value.note);
    day_field(ui, &tr("hold-review-day"), &mut value.review);
    form.focus_first(&response);
}
