//! A finding: what, how grave, in the officer's words, on what it rests, and the photos that show it.

use egui::Ui;
use outpost_domain::{EntryBody, EntryId, FindingCategory, Severity};
use outpost_protocol::HistoryLine;
use serde::{Deserialize, Serialize};

use crate::design::field::select;
use crate::design::words::label_2;
use crate::design::{Chip, Field, SPACE_M, Type};
use crate::text::{tr, tr_code};

use super::findings::severity_tone;
use super::photos::{Photo, Photos};
use super::shell::{self, Done, Shell};
use super::{Form, Open, Screen, View, sentences};

/// Under this name the finding's draft is kept.
pub const KEY: &str = "finding";

/// What is typed about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingFields {
    /// What it is about.
    pub category: FindingCategory,
    /// How grave.
    pub severity: Severity,
    /// The officer's words.
    pub text: String,
    /// The goods item concerned.
    pub item: Option<u32>,
    /// The region it rests on.
    pub region: Option<EntryId>,
    /// The rule it breaks.
    pub legal_reference: String,
    /// Photos kept.
    pub photos: Vec<Photo>,
}

impl FindingFields {
    fn new(region: Option<EntryId>) -> Self {
        Self {
            category: FindingCategory::Quantity,
            severity: Severity::Minor,
            text: String::new(),
            item: None,
            region,
            legal_reference: String::new(),
            photos: Vec::new(),
        }
    }

    fn body(&self) -> EntryBody {
        EntryBody::FindingRecorded {
            category: self.category,
            severity: self.severity,
            text: self.text.trim().to_owned(),
            item: self.item,
            region: self.region,
            photos: self.photos.iter().map(|photo| photo.blob).collect(),
            legal_reference: self.legal_reference.trim().to_owned(),
        }
    }
}

/// The form, and the choices it offers.
#[derive(Debug)]
pub struct FindingEntry {
    /// The form.
    pub form: Form<FindingFields>,
}

/// Opens the form, on a region where it rests on one.
pub fn open(screen: &mut Screen, view: &View<'_>, region: Option<EntryId>) {
    if view.section().is_none() {
        screen.problem = view.refusal(&FindingFields::new(None).body());
        return;
    }
    let mut form = Form::open(KEY, FindingFields::new(None), &screen.drafts);
    if region.is_some() {
        form.value.region = region;
    }
    screen.open = Open::Finding(FindingEntry { form });
}

/// Opens the form with `words` to begin with; a finding that is being written already keeps its own.
pub fn open_saying(screen: &mut Screen, view: &View<'_>, words: &str) {
    open(screen, view, None);
    if let Open::Finding(entry) = &mut screen.open
        && entry.form.value.text.trim().is_empty()
    {
        words.clone_into(&mut entry.form.value.text);
    }
}

/// Opens the form on a finding of the own agency; what it records takes that finding's place.
pub fn correct(screen: &mut Screen, line: &HistoryLine) {
    let EntryBody::FindingRecorded {
        category,
        severity,
        text,
        item,
        region,
        photos,
        legal_reference,
    } = &line.entry.body
    else {
        return;
    };
    let fields = FindingFields {
        category: *category,
        severity: *severity,
        text: text.clone(),
        item: *item,
        region: *region,
        legal_reference: legal_reference.clone(),
        photos: photos.iter().map(Photo::of).collect(),
    };
    let id = line.entry.id;
    let form = Form::open(format!("finding-{id}"), fields, &screen.drafts).correcting(Some(id));
    screen.open = Open::Finding(FindingEntry { form });
}

/// Shows the form.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Finding(entry) = &mut screen.open else {
        return;
    };
    screen.photos.hand_over(&mut entry.form.value.photos);
    let (title, act) = (tr("finding-title"), tr("finding-record"));
    let shell = Shell {
        width: 640.0,
        ..Shell::new(&title, &act)
    };
    let photos = &mut screen.photos;
    let reading = photos.busy();
    let done = shell::show(
        ui,
        &mut entry.form,
        shell,
        |ui, form| fields(ui, view, form, photos),
        |form| {
            if reading {
                return Some(tr("photos-reading"));
            }
            form.refusal(view, &form.value.body())
        },
    );
    entry.form.keep(ui, &mut screen.drafts);
    if done == Done::Send && entry.form.sending.is_none() {
        let body = entry.form.value.body();
        entry.form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

fn fields(ui: &mut Ui, view: &View<'_>, form: &mut Form<FindingFields>, photos: &mut Photos) {
    ui.horizontal_wrapped(|ui| {
        label_2(ui, tr("finding-severity"), Type::SmallMedium);
        for severity in Severity::ALL {
            let on = form.value.severity == *severity;
            let words = tr_code("severity", severity);
            let chip = Chip::new(&words, on).tone(severity_tone(*severity));
            if ui.add(chip).clicked() {
                form.value.severity = *severity;
            }
        }
    });
    let response = Field::area(&tr("finding-text"), 4)
        .hint(&tr("finding-text-hint"))
        .show(ui, &mut form.value.text);
    form.focus_first(&response);
    two(ui, |left, right| {
        let options: Vec<_> = FindingCategory::ALL
            .iter()
            .map(|c| (*c, tr_code("finding", c)))
            .collect();
        select(
            left,
            "finding-category",
            &tr("finding-category"),
            &mut form.value.category,
            &options,
        );
        Field::new(&tr("finding-rule"))
            .limit(200)
            .show(right, &mut form.value.legal_reference);
    });
    two(ui, |left, right| {
        let mut options = vec![(None, tr("finding-no-item"))];
        let items = &view.inspection().consignment.items;
        options.extend(items.iter().map(|i| {
            (
                Some(i.number),
                sentences::item_words(view.inspection(), i.number),
            )
        }));
        select(
            left,
            "finding-item",
            &tr("finding-item"),
            &mut form.value.item,
            &options,
        );
        let mut options = vec![(None, tr("finding-no-region"))];
        options.extend(
            view.state()
                .regions
                .iter()
                .enumerate()
                .map(|(index, region)| {
                    (
                        Some(region.entry),
                        format!("{} · {}", index + 1, tr_code("region", region.category)),
                    )
                }),
        );
        select(
            right,
            "finding-region",
            &tr("finding-region"),
            &mut form.value.region,
            &options,
        );
    });
    photos.fields(ui, &mut form.value.photos);
}

/// Two columns of one width.
fn two(ui: &mut Ui, add: impl FnOnce(&mut Ui, &mut Ui)) {
    ui.spacing_mut().item_spacing.x = SPACE_M;
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            add(left, right);
        }
    });
}
