//! A finding: what, how grave, in the officer's words, on what it rests, and the photos that show it.

use egui::{Key, Ui};
use outpost_domain::{BlobHash, EntryBody, EntryId, FindingCategory, Severity};
use outpost_protocol::HistoryLine;
use serde::{Deserialize, Serialize};

use crate::design::field::select;
use crate::design::words::{hint, label, label_2};
use crate::design::{Button, Chip, Field, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, icons, notice};
use crate::text::{tr, tr_args, tr_code};

use super::findings::severity_tone;
use super::photos::Photos;
use super::shell::{self, Done, Shell};
use super::{Form, Open, Screen, View, sentences};

/// Under this name the finding's draft is kept.
pub const KEY: &str = "finding";

/// A photo of a finding that is on this laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub blob: BlobHash,
}

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
    /// A path being typed.
    pub path: String,
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
            path: String::new(),
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
        photos: photos.iter().map(kept_photo).collect(),
        path: String::new(),
    };
    let id = line.entry.id;
    let form = Form::open(format!("finding-{id}"), fields, &screen.drafts).correcting(Some(id));
    screen.open = Open::Finding(FindingEntry { form });
}

/// A photo of an earlier entry: its file's name is not known any more, its content is.
fn kept_photo(blob: &BlobHash) -> Photo {
    Photo {
        name: blob.to_string().chars().take(12).collect(),
        blob: *blob,
    }
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
    photo_fields(ui, form, photos);
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

fn photo_fields(ui: &mut Ui, form: &mut Form<FindingFields>, photos: &mut Photos) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        label_2(
            ui,
            tr_args("finding-photos", &[("n", form.value.photos.len().into())]),
            Type::SmallMedium,
        );
        let mut gone = None;
        for (index, photo) in form.value.photos.iter().enumerate() {
            ui.horizontal(|ui| {
                label(ui, icons::IMAGE, Type::Icon);
                label(ui, &photo.name, Type::Body);
                hint(ui, tr("photos-kept"));
                let words = tr_args("photos-remove", &[("name", photo.name.clone().into())]);
                if ui
                    .add(Button::icon_only(icons::X, &words).frameless())
                    .clicked()
                {
                    gone = Some(index);
                }
            });
        }
        if let Some(index) = gone {
            form.value.photos.remove(index);
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            let choose = tr("photos-choose");
            let chosen = ui
                .add(Button::secondary(&choose).icon(icons::CAMERA))
                .clicked();
            if chosen {
                photos.choose(ui.ctx());
            }
            let response = Field::new("")
                .hint(&tr("photos-path"))
                .limit(1000)
                .show(ui, &mut form.value.path);
            let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            if entered && !form.value.path.trim().is_empty() {
                photos.read(ui.ctx(), std::mem::take(&mut form.value.path).trim().into());
                response.request_focus();
            }
        });
        if let Some(problem) = photos.problem() {
            notice::banner(ui, problem, Tone::Red);
        }
    });
}
