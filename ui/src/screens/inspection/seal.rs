//! Quick entry of seals, one after the other: Enter says "as declared", the rest is there when it is not.

use egui::{Key, Modifiers, Ui};
use outpost_domain::{
    BlobHash, EntryBody, SealClass, SealComparison, SealCondition, SealFound, SealParty,
};
use serde::{Deserialize, Serialize};

use crate::design::field::select;
use crate::design::words::{label, label_2};
use crate::design::{Button, Chip, Field, SPACE_S, Type};
use crate::text::{tr, tr_args, tr_code};

use super::photos::{Photo, blobs};
use super::seals::{Line, lines};
use super::shell::{self, Done, Shell};
use super::{Drafts, Form, Open, Purpose, Screen, View};

/// What is typed about a seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealFields {
    /// The number as read.
    pub found: String,
    /// The condition's code.
    pub condition: SealCondition,
    /// Who affixed it, as far as it can be told.
    #[serde(default)]
    pub party: Option<SealParty>,
    /// Its class, when marked.
    #[serde(default)]
    pub class: Option<SealClass>,
    /// Photos that show it.
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// A seal to be compared, known by unit and declared number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The unit's number.
    pub unit: String,
    /// As declared; absent for a seal that nobody declared.
    pub declared: Option<String>,
    /// Who affixed it, as declared.
    pub party: Option<SealParty>,
    /// Its class, as declared.
    pub class: Option<SealClass>,
    /// The own entry that compared it before.
    pub entry: Option<outpost_domain::EntryId>,
    /// What was found when it was compared before.
    pub before: Option<SealFound>,
    /// Photos taken when it was compared before.
    photos: Vec<BlobHash>,
}

/// The quick entry: the seal at hand and those that follow.
#[derive(Debug)]
pub struct SealEntry {
    /// The form.
    pub form: Form<SealFields>,
    target: Target,
    next: Vec<Target>,
}

fn key(target: &Target) -> String {
    format!(
        "seal-{}-{}",
        target.unit,
        target.declared.as_deref().unwrap_or("new")
    )
}

fn pristine(target: &Target) -> SealFields {
    match &target.before {
        Some(found) => SealFields {
            found: found.number.clone().unwrap_or_default(),
            condition: found.condition,
            party: found.party,
            class: found.class,
            photos: target.photos.iter().map(Photo::of).collect(),
        },
        None => SealFields {
            found: target.declared.clone().unwrap_or_default(),
            condition: SealCondition::Intact,
            party: target.party,
            class: target.class,
            photos: Vec::new(),
        },
    }
}

fn target(view: &View<'_>, line: &Line<'_>) -> Target {
    Target {
        unit: line.unit.to_owned(),
        declared: line.declared.map(|d| d.number.clone()),
        party: line.declared.map(|d| d.party),
        class: line.declared.and_then(|d| d.class),
        entry: line
            .record
            .filter(|r| Some(r.agency) == view.agency())
            .map(|r| r.entry),
        before: line.record.map(|r| r.seal.found.clone()),
        photos: line.record.map(|r| r.photos.clone()).unwrap_or_default(),
    }
}

impl SealEntry {
    fn new(target: Target, next: Vec<Target>, drafts: &Drafts) -> Self {
        Self {
            form: Form::open(key(&target), pristine(&target), drafts).correcting(target.entry),
            target,
            next,
        }
    }

    /// Turns to the next seal; says whether there is one.
    pub fn advance(&mut self, drafts: &Drafts) -> bool {
        if self.next.is_empty() {
            return false;
        }
        let target = self.next.remove(0);
        *self = Self::new(target, std::mem::take(&mut self.next), drafts);
        true
    }
}

/// Opens the entry at one seal.
pub fn open(screen: &mut Screen, view: &View<'_>, line: &Line<'_>) {
    screen.open = Open::Seal(SealEntry::new(
        target(view, line),
        Vec::new(),
        &screen.drafts,
    ));
}

/// Opens the entry at the first seal not compared yet; without any, at a seal that nobody declared.
pub fn open_next(screen: &mut Screen, view: &View<'_>) {
    let mut left: Vec<Target> = lines(view)
        .iter()
        .filter(|line| line.record.is_none())
        .map(|line| target(view, line))
        .collect();
    if left.is_empty() {
        left.extend(undeclared(view));
    }
    if left.is_empty() {
        return;
    }
    let first = left.remove(0);
    screen.open = Open::Seal(SealEntry::new(first, left, &screen.drafts));
}

fn undeclared(view: &View<'_>) -> Option<Target> {
    let unit = view.inspection().units.first()?;
    Some(Target {
        unit: unit.number.as_str().to_owned(),
        declared: None,
        party: None,
        class: None,
        entry: None,
        before: None,
        photos: Vec::new(),
    })
}

/// Records every seal that was not compared as it was declared.
pub fn all_as_declared(screen: &mut Screen, view: &View<'_>, lines: &[Line<'_>]) {
    for line in lines.iter().filter(|line| line.record.is_none()) {
        let target = target(view, line);
        let fields = pristine(&target);
        screen
            .acts
            .record(view, Purpose::OneClick, body(&target, &fields));
    }
}

fn body(target: &Target, fields: &SealFields) -> EntryBody {
    let number = fields.found.trim();
    let missing = fields.condition == SealCondition::Missing;
    EntryBody::SealCompared {
        seal: SealComparison {
            unit: target.unit.clone(),
            declared: target.declared.clone(),
            found: SealFound {
                number: (!missing && !number.is_empty()).then(|| number.to_owned()),
                condition: fields.condition,
                party: fields.party,
                class: fields.class,
            },
        },
        photos: blobs(&fields.photos),
    }
}

/// Shows the entry.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Seal(entry) = &mut screen.open else {
        return;
    };
    screen.photos.hand_over(&mut entry.form.value.photos);
    let photos = &mut screen.photos;
    let reading = photos.busy();
    let (title, act) = (tr("seal-title"), tr("form-record"));
    let mut plain_enter = false;
    let mut whole_conform = false;
    let target_now = entry.target.clone();
    let left = entry.next.len();
    let several_units: Vec<(String, String)> = view
        .inspection()
        .units
        .iter()
        .map(|u| (u.number.as_str().to_owned(), u.number.spaced()))
        .collect();
    let mut unit = target_now.unit.clone();
    let done = shell::show(
        ui,
        &mut entry.form,
        Shell {
            width: 440.0,
            ..Shell::new(&title, &act)
        },
        |ui, form| {
            head(ui, &target_now, left);
            if target_now.declared.is_none() && several_units.len() > 1 {
                select(ui, "seal-unit", &tr("seal-unit"), &mut unit, &several_units);
            }
            let response = Field::new(&tr("seal-found"))
                .mono()
                .limit(40)
                .show(ui, &mut form.value.found);
            form.focus_first(&response);
            plain_enter = response.lost_focus()
                && ui.input(|i| i.key_pressed(Key::Enter) && i.modifiers == Modifiers::NONE);
            conditions(ui, &mut form.value.condition);
            party_and_class(ui, &mut form.value);
            photos.fields(ui, &mut form.value.photos);
            if target_now.declared.is_some() {
                let words = tr("seal-as-declared");
                whole_conform = ui.add(Button::secondary(&words).key("Enter")).clicked();
            }
        },
        |form| {
            if reading {
                return Some(tr("photos-reading"));
            }
            form.refusal(view, &body(&target_now, &form.value))
        },
    );
    entry.target.unit = unit;
    if whole_conform {
        entry.form.value = SealFields {
            found: entry.target.declared.clone().unwrap_or_default(),
            condition: SealCondition::Intact,
            party: entry.target.party,
            class: entry.target.class,
            photos: std::mem::take(&mut entry.form.value.photos),
        };
    }
    let ready = entry
        .form
        .refusal(view, &body(&entry.target, &entry.form.value))
        .is_none();
    let send = done == Done::Send || ((plain_enter || whole_conform) && ready && !reading);
    entry.form.keep(ui, &mut screen.drafts);
    if send && entry.form.sending.is_none() {
        let body = body(&entry.target, &entry.form.value);
        entry.form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

fn head(ui: &mut Ui, target: &Target, left: usize) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        match &target.declared {
            Some(number) => {
                label_2(ui, tr("seal-declared"), Type::Body);
                label(ui, number, Type::MonoStrong);
                if let Some(party) = target.party {
                    label_2(ui, tr_code("seal-party", party), Type::Body);
                }
            }
            None => {
                label_2(ui, tr("seal-nobody-declared"), Type::Body);
            }
        }
    });
    if left > 0 {
        label_2(ui, tr_args("seal-left", &[("n", left.into())]), Type::Small);
    }
}

/// Who affixed what was found, and its class.
fn party_and_class(ui: &mut Ui, fields: &mut SealFields) {
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        let mut parties = vec![(None, tr("seals-party-unknown"))];
        parties.extend(
            SealParty::ALL
                .iter()
                .map(|p| (Some(*p), tr_code("seal-party", p))),
        );
        select(
            left,
            "seal-party",
            &tr("joint-party"),
            &mut fields.party,
            &parties,
        );
        let mut classes = vec![(None, tr("seal-no-class"))];
        classes.extend(
            SealClass::ALL
                .iter()
                .map(|c| (Some(*c), tr_code("seal-class", c))),
        );
        select(
            right,
            "seal-class",
            &tr("joint-class"),
            &mut fields.class,
            &classes,
        );
    });
}

fn conditions(ui: &mut Ui, condition: &mut SealCondition) {
    ui.horizontal_wrapped(|ui| {
        for choice in SealCondition::ALL {
            let on = choice == condition;
            if ui
                .add(Chip::new(&tr_code("seal-condition", choice), on))
                .clicked()
            {
                *condition = *choice;
            }
        }
    });
}
