//! The decision of the officer's agency: acceptable for a purpose, not acceptable, or left to the others.

use egui::Ui;
use jiff::civil::Date;
use outpost_domain::{
    Condition, ConditionCode, Decision, EntryBody, OfficerId, Purpose as For, RefusalAction,
    RefusalFamily,
};
use serde::{Deserialize, Serialize};

use crate::design::field::select;
use crate::design::words::paragraph;
use crate::design::{Chip, Field, Tone, Type, palette};
use crate::text::{tr, tr_code};

use super::shell::{self, Done, Shell};
use super::{Form, Open, Screen, View, sentences};

/// Under this name the decision's draft is kept.
pub const KEY: &str = "decision";

/// Which way the decision goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// The goods may go.
    Acceptable,
    /// They may not.
    NotAcceptable,
    /// The agency leaves them to the others.
    Waived,
}

/// What is typed about a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionFields {
    /// Which way; nothing is chosen beforehand.
    pub way: Option<Way>,
    /// For what goods are acceptable.
    pub purpose: For,
    /// Conditions in the officer's words.
    pub conditions: String,
    /// Conditions by code, with place and day as typed.
    #[serde(default)]
    pub coded: Vec<(ConditionCode, String, String)>,
    /// To which family the reason of a refusal belongs.
    #[serde(default)]
    pub family: Option<RefusalFamily>,
    /// The goods items meant; empty for all that have no decision of their own.
    #[serde(default)]
    pub items: Vec<u32>,
    /// For which officer of the own agency it is decided and signed.
    #[serde(default)]
    pub on_behalf_of: Option<OfficerId>,
    /// What is to happen to goods that are not.
    pub action: RefusalAction,
    /// Why, for a refusal or a waiver.
    pub reason: String,
    /// Until when, `2026-11-30`; empty without a deadline.
    pub deadline: String,
}

impl Default for DecisionFields {
    fn default() -> Self {
        Self {
            way: None,
            purpose: For::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
            family: None,
            items: Vec::new(),
            on_behalf_of: None,
            action: RefusalAction::ReExport,
            reason: String::new(),
            deadline: String::new(),
        }
    }
}

impl DecisionFields {
    /// The entry, once a way is chosen and the deadline is a day.
    pub fn body(&self) -> Option<EntryBody> {
        let decision = match self.way? {
            Way::Acceptable => Decision::Acceptable {
                purpose: self.purpose,
                conditions: self.conditions.trim().to_owned(),
                coded: self.coded().ok()?,
            },
            Way::NotAcceptable => Decision::NotAcceptable {
                action: self.action,
                reason: self.reason.trim().to_owned(),
                deadline: day(&self.deadline).ok()?,
                family: self.family,
            },
            Way::Waived => Decision::Waived {
                reason: self.reason.trim().to_owned(),
            },
        };
        Some(EntryBody::Decided {
            decision,
            items: self.items.clone(),
        })
    }

    fn coded(&self) -> Result<Vec<Condition>, jiff::Error> {
        self.coded
            .iter()
            .map(|(code, place, until)| {
                Ok(Condition {
                    code: *code,
                    place: place.trim().to_owned(),
                    deadline: day(until)?,
                })
            })
            .collect()
    }
}

/// Why a decision cannot be recorded as it stands.
pub fn against(view: &View<'_>, form: &Form<DecisionFields>) -> Option<String> {
    if form.value.way.is_none() {
        return Some(tr("decide-choose"));
    }
    match form.value.body() {
        Some(body) => form.refusal(view, &body),
        None => Some(tr("field-day-wrong")),
    }
}

/// A day as typed, `2026-11-30`; nothing when the field is empty.
pub fn day(text: &str) -> Result<Option<Date>, jiff::Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some)
}

/// A field for a day, with what is wrong with it.
pub fn day_field(ui: &mut Ui, name: &str, text: &mut String) {
    let wrong = tr("field-day-wrong");
    let error = day(text).is_err().then_some(wrong.as_str());
    Field::new(name)
        .hint("2026-11-30")
        .limit(10)
        .error(error)
        .show(ui, text);
}

/// The form by itself.
#[derive(Debug)]
pub struct DecisionEntry {
    /// The form.
    pub form: Form<DecisionFields>,
}

/// Opens the form.
pub fn open(screen: &mut Screen, view: &View<'_>) {
    let standing = view
        .section()
        .and_then(|s| s.decision.as_ref())
        .map(|d| d.entry);
    let form = Form::open(KEY, DecisionFields::default(), &screen.drafts).correcting(standing);
    screen.open = Open::Decide(DecisionEntry { form });
}

/// Opens the form for one goods item. The item's own decision is corrected where it stands alone; one that it shares
/// with others stays as it is for them.
pub fn open_for(screen: &mut Screen, view: &View<'_>, item: u32) {
    let own = view.section().and_then(|s| s.items.get(&item));
    let alone = own.filter(|own| {
        let section = view.section();
        let shares = |s: &outpost_domain::Section| {
            s.items.values().filter(|d| d.entry == own.entry).count() == 1
        };
        section.is_some_and(shares)
    });
    let fields = DecisionFields {
        items: vec![item],
        ..DecisionFields::default()
    };
    let key = format!("{KEY}-{item}");
    let form = Form::open(key, fields, &screen.drafts).correcting(alone.map(|d| d.entry));
    screen.open = Open::Decide(DecisionEntry { form });
}

/// Shows the form.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Decide(entry) = &mut screen.open else {
        return;
    };
    let form = &mut entry.form;
    let (title, act) = (tr("decide-title"), tr("decide-record"));
    let shell = Shell {
        grave: form.value.way == Some(Way::NotAcceptable),
        ..Shell::new(&title, &act)
    };
    let goods: Vec<String> = form
        .value
        .items
        .iter()
        .map(|item| sentences::item_words(view.inspection(), *item))
        .collect();
    let shown = |ui: &mut Ui, form: &mut Form<DecisionFields>| {
        for words in &goods {
            let p = palette(ui);
            paragraph(ui, words, Type::Strong, p.ink);
        }
        fields(ui, view, form);
    };
    let done = shell::show(ui, form, shell, shown, |form| against(view, form));
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send
        && form.sending.is_none()
        && let Some(body) = form.value.body()
    {
        let other = form.value.on_behalf_of;
        form.send_for(view, &mut screen.acts, body, other);
        return;
    }
    screen.finish(done);
}

/// The fields of a decision, as the way chosen asks for them.
pub fn fields(ui: &mut Ui, view: &View<'_>, form: &mut Form<DecisionFields>) {
    let p = palette(ui);
    paragraph(ui, tr("decide-question"), Type::SmallMedium, p.ink_2);
    let ways = [
        (Way::Acceptable, tr("decide-acceptable"), Tone::Green),
        (Way::NotAcceptable, tr("decide-not-acceptable"), Tone::Red),
        (Way::Waived, tr("decide-waive"), Tone::Neutral),
    ];
    ui.horizontal_wrapped(|ui| {
        for (way, words, tone) in ways {
            let on = form.value.way == Some(way);
            if ui.add(Chip::new(&words, on).tone(tone)).clicked() {
                form.value.way = Some(way);
            }
        }
    });
    let value = &mut form.value;
    match value.way {
        None => {}
        Some(Way::Acceptable) => {
            let options: Vec<_> = For::ALL
                .iter()
                .map(|p| (*p, tr_code("purpose", p)))
                .collect();
            select(
                ui,
                "decide-purpose",
                &tr("decide-purpose"),
                &mut value.purpose,
                &options,
            );
            conditions(ui, &mut value.coded);
            Field::area(&tr("decide-conditions"), 2).show(ui, &mut value.conditions);
        }
        Some(Way::NotAcceptable) => {
            let options: Vec<_> = RefusalAction::ALL
                .iter()
                .map(|a| (*a, tr_code("refusal", a)))
                .collect();
            select(
                ui,
                "decide-action",
                &tr("decide-action"),
                &mut value.action,
                &options,
            );
            families(ui, &mut value.family);
            Field::area(&tr("decide-reason"), 2).show(ui, &mut value.reason);
            day_field(ui, &tr("decide-deadline"), &mut value.deadline);
        }
        Some(Way::Waived) => {
            Field::area(&tr("decide-reason"), 2).show(ui, &mut value.reason);
        }
    }
    on_behalf(ui, view, &mut value.on_behalf_of);
}

/// For whom of the own agency it is signed, where there is somebody else.
pub fn on_behalf(ui: &mut Ui, view: &View<'_>, other: &mut Option<OfficerId>) {
    let Some(me) = view.officer() else { return };
    let others = view.status.officers.iter();
    let mut options = vec![(None, tr("decide-for-oneself"))];
    options.extend(
        others
            .filter(|o| o.agency == me.agency && o.id != me.id)
            .map(|o| (Some(o.id), o.name.clone())),
    );
    if options.len() > 1 {
        let name = tr("decide-on-behalf");
        select(ui, "decide-on-behalf", &name, other, &options);
    }
}

/// Conditions by code: chips, and place and day of each that is set.
fn conditions(ui: &mut Ui, coded: &mut Vec<(ConditionCode, String, String)>) {
    let p = palette(ui);
    paragraph(ui, tr("decide-coded"), Type::SmallMedium, p.ink_2);
    ui.horizontal_wrapped(|ui| {
        for code in ConditionCode::ALL {
            let on = coded.iter().any(|(set, _, _)| set == code);
            if ui
                .add(Chip::new(&tr_code("condition", code), on).tone(Tone::Amber))
                .clicked()
            {
                if on {
                    coded.retain(|(set, _, _)| set != code);
                } else {
                    coded.push((*code, String::new(), String::new()));
                }
            }
        }
    });
    for (code, place, until) in coded {
        let name = tr_code("condition", *code);
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            let at = format!("{name}: {}", tr("decide-condition-place"));
            Field::new(&at).show(left, place);
            let by = format!("{name}: {}", tr("decide-condition-until"));
            day_field(right, &by, until);
        });
    }
}

fn families(ui: &mut Ui, family: &mut Option<RefusalFamily>) {
    ui.horizontal_wrapped(|ui| {
        for option in RefusalFamily::ALL {
            let on = *family == Some(*option);
            if ui
                .add(Chip::new(&tr_code("refusal-family", option), on))
                .clicked()
            {
                *family = Some(*option);
            }
        }
    });
}
