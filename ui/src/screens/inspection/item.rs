//! How a goods item was found: an outcome by one key, and what differs.

use egui::{Key, Modifiers, Ui};
use outpost_domain::{EntryBody, GoodsItem, ItemDifference, ItemOutcome};
use serde::{Deserialize, Serialize};

use crate::design::words::{label, label_2, paragraph};
use crate::design::{Chip, Field, SPACE_M, Tone, Type, palette};
use crate::moment::{count, decimal};
use crate::text::{tr, tr_args, tr_code};

use super::arithmetic::{self, is_calculation, recorded, value};
use super::shell::{self, Done, Shell};
use super::{Form, Open, Screen, View, goods, sentences};

/// What is typed about an item; a field left as declared does not differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFields {
    /// How it was found.
    pub outcome: ItemOutcome,
    /// Packages found.
    pub packages: String,
    /// Gross mass found, kilograms.
    pub gross: String,
    /// HS code that fits what was found.
    pub hs: String,
    /// Country of origin found.
    pub origin: String,
    /// What the goods are.
    pub description: String,
    /// The officer's words.
    pub note: String,
}

/// The keys that choose an outcome while nothing is typed, in the outcomes' order.
const OUTCOME_KEYS: [(Key, &str); 6] = [
    (Key::Num1, "1"),
    (Key::Num2, "2"),
    (Key::Num3, "3"),
    (Key::Num4, "4"),
    (Key::Num5, "5"),
    (Key::Num6, "6"),
];

/// The fields that may differ, in the order of the form.
const FIELDS: [&str; 5] = ["packages", "gross", "hs", "origin", "description"];

impl ItemFields {
    fn declared(item: &GoodsItem) -> Self {
        Self {
            outcome: ItemOutcome::Match,
            packages: item.packages.to_string(),
            gross: item.gross.0.to_string(),
            hs: item
                .hs
                .as_ref()
                .map(outpost_domain::HsCode::dotted)
                .unwrap_or_default(),
            origin: item.origin.as_str().to_owned(),
            description: item.description.clone(),
            note: String::new(),
        }
    }

    /// What stands already, over what was declared.
    fn standing(view: &View<'_>, item: &GoodsItem) -> Self {
        let mut fields = Self::declared(item);
        let own = view.agency();
        if let Some(record) = goods::record(view, item.number).filter(|r| Some(r.agency) == own) {
            fields.outcome = record.outcome;
            fields.note.clone_from(&record.note);
            for difference in &record.differences {
                if let Some(field) = fields.field_mut(&difference.field) {
                    field.clone_from(&difference.found);
                }
            }
        }
        fields
    }

    fn field(&self, name: &str) -> &str {
        match name {
            "packages" => &self.packages,
            "gross" => &self.gross,
            "hs" => &self.hs,
            "origin" => &self.origin,
            _ => &self.description,
        }
    }

    fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "packages" => &mut self.packages,
            "gross" => &mut self.gross,
            "hs" => &mut self.hs,
            "origin" => &mut self.origin,
            "description" => &mut self.description,
            _ => return None,
        })
    }

    fn differences(&self, item: &GoodsItem) -> Vec<ItemDifference> {
        let declared = Self::declared(item);
        let trimmed = |fields: &Self, name: &str| {
            let text = fields.field(name).trim();
            let worked_out = is_number(name).then(|| value(text)).flatten();
            worked_out.map_or_else(|| text.to_owned(), recorded)
        };
        FIELDS
            .iter()
            .map(|name| (name, trimmed(&declared, name), trimmed(self, name)))
            .filter(|(_, declared, found)| declared != found && !found.is_empty())
            .map(|(name, declared, found)| ItemDifference {
                field: (*name).to_owned(),
                declared,
                found,
            })
            .collect()
    }

    fn body(&self, item: &GoodsItem) -> EntryBody {
        let conform = self.outcome == ItemOutcome::Match;
        EntryBody::ItemCompared {
            item: item.number,
            outcome: self.outcome,
            differences: if conform {
                Vec::new()
            } else {
                self.differences(item)
            },
            note: self.note.trim().to_owned(),
        }
    }

    /// What the numbers say, so that typing a count suffices.
    fn suggested(&self, item: &GoodsItem) -> Option<ItemOutcome> {
        let found = value(&self.packages)?;
        let declared = f64::from(item.packages);
        if found > declared {
            Some(ItemOutcome::Excess)
        } else if found < declared {
            Some(ItemOutcome::Shortage)
        } else {
            None
        }
    }
}

/// Whether a field holds a number.
fn is_number(name: &str) -> bool {
    matches!(name, "packages" | "gross")
}

/// The number that a text begins with, thousands apart or not.
pub fn number_in(text: &str) -> Option<f64> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '\u{202f}'))
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    digits.parse().ok()
}

/// Opens the form of an item.
pub fn open(screen: &mut Screen, view: &View<'_>, item: &GoodsItem) {
    let key = format!("item-{}", item.number);
    let form = Form::open(key, ItemFields::standing(view, item), &screen.drafts);
    let own = view.agency();
    let standing = goods::record(view, item.number).filter(|r| Some(r.agency) == own);
    screen.open = Open::Item(form.correcting(standing.map(|r| r.entry)));
}

/// Shows the form.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Item(form) = &mut screen.open else {
        return;
    };
    let number = form.key.strip_prefix("item-").and_then(|n| n.parse().ok());
    let Some(item) = number.and_then(|n| view.inspection().consignment.item(n)) else {
        screen.close();
        return;
    };
    let title = sentences::item_words(view.inspection(), item.number);
    let act = tr("form-record");
    let done = shell::show(
        ui,
        form,
        Shell::new(&title, &act),
        |ui, form| fields(ui, item, form),
        |form| against(view, item, form),
    );
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send && form.sending.is_none() {
        let body = form.value.body(item);
        form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

fn against(view: &View<'_>, item: &GoodsItem, form: &Form<ItemFields>) -> Option<String> {
    let value = &form.value;
    let unread = FIELDS.iter().find(|name| {
        let text = value.field(name).trim();
        is_number(name) && !text.is_empty() && arithmetic::value(text).is_none()
    });
    if let Some(name) = unread {
        let field = tr_code("field-found", name);
        return Some(tr_args("item-no-number", &[("field", field.into())]));
    }
    let differs = value.outcome != ItemOutcome::Match;
    if differs && value.differences(item).is_empty() && value.note.trim().is_empty() {
        return Some(tr("item-say-what"));
    }
    form.refusal(view, &value.body(item))
}

fn fields(ui: &mut Ui, item: &GoodsItem, form: &mut Form<ItemFields>) {
    let value = &mut form.value;
    let typing = ui.ctx().text_edit_focused();
    ui.horizontal_wrapped(|ui| {
        for (outcome, (key, cap)) in ItemOutcome::ALL.iter().zip(OUTCOME_KEYS) {
            let tone = if *outcome == ItemOutcome::Match {
                Tone::Green
            } else {
                Tone::Red
            };
            let words = tr_code("outcome", outcome);
            let chip = Chip::new(&words, value.outcome == *outcome).tone(tone);
            let pressed = !typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if ui.add(chip.key(cap)).clicked() || pressed {
                value.outcome = *outcome;
            }
        }
    });
    let declared = ItemFields::declared(item);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_M;
        let width = (ui.available_width() - 3.0 * SPACE_M) / 4.0;
        for name in &FIELDS[..4] {
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    let head = tr_code("field-found", name);
                    let before = value.packages.clone();
                    if let Some(text) = value.field_mut(name) {
                        let response = Field::new(&head).limit(60).show(ui, text);
                        if *name == "packages" {
                            follow_count(&response, value, item, &before);
                        }
                    }
                    let was = declared.field(name);
                    label_2(ui, declared_words(name, was), Type::Small);
                    let typed = value.field(name);
                    if is_number(name) && is_calculation(typed) {
                        let result = arithmetic::value(typed).unwrap_or_default();
                        let digits = usize::from(result.fract().abs() > 0.001);
                        label(
                            ui,
                            format!("= {}", decimal(result, digits)),
                            Type::NumberStrong,
                        );
                    }
                });
            });
        }
    });
    Field::new(&tr_code("field-found", "description"))
        .limit(500)
        .show(ui, &mut value.description);
    Field::area(&tr("item-note"), 2).show(ui, &mut value.note);
    if value.outcome == ItemOutcome::Match && !value.differences(item).is_empty() {
        let p = palette(ui);
        paragraph(ui, tr("item-differs-yet-conform"), Type::Small, p.amber);
    }
}

/// A count typed into the first field chooses the outcome, until the officer chooses another.
fn follow_count(response: &egui::Response, value: &mut ItemFields, item: &GoodsItem, before: &str) {
    if response.changed() && value.packages != before {
        let automatic = matches!(
            value.outcome,
            ItemOutcome::Match | ItemOutcome::Excess | ItemOutcome::Shortage
        );
        if automatic {
            value.outcome = value.suggested(item).unwrap_or(ItemOutcome::Match);
        }
    }
}

fn declared_words(name: &str, declared: &str) -> String {
    let shown = match name {
        "packages" => declared.parse().map_or_else(|_| declared.to_owned(), count),
        _ => declared.to_owned(),
    };
    tr_args("item-declared", &[("value", shown.into())])
}
