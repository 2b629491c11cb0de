//! What takes the room on the laptop, and the file for who looks after it.

use egui::{Align, Color32, Label, Layout, Ui};
use outpost_protocol::{Storage, StorageKind, StorageShare};

use crate::design::card::{card, hairline};
use crate::design::notice::banner;
use crate::design::words::{hint, paragraph, rich, words};
use crate::design::{Button, SPACE_S, Tone, Type, icons, palette};
use crate::intent::Intent;
use crate::model::{Model, Remote};
use crate::moment::{count, size};
use crate::text::{tr, tr_args, tr_problem};

/// Shows what takes the room.
pub fn card_of(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    card(ui, &tr("sync-storage"), |ui| {
        match &model.storage {
            Remote::Here(storage) => shares(ui, storage),
            Remote::Failed(problem) => {
                banner(ui, &tr_problem(problem), Tone::Red);
            }
            Remote::Unasked | Remote::Asked => {
                hint(ui, tr("sync-storage-loading"));
            }
        }
        let write = tr("act-write-diagnosis");
        let button = Button::secondary(&write).icon(icons::FILE_TEXT).key("D");
        if ui.add(button).clicked() {
            intents.push(Intent::WriteDiagnosis);
        }
        let ink = palette(ui).ink_2;
        paragraph(ui, tr("sync-diagnosis-why"), Type::Small, ink);
    });
}

fn shares(ui: &mut Ui, storage: &Storage) {
    let p = palette(ui);
    for share in &storage.shares {
        let ink = match share.kind {
            StorageKind::Unsent => p.tone(Tone::Amber),
            StorageKind::Damaged => p.tone(Tone::Red),
            _ => p.ink,
        };
        row(ui, &name(share), &size(share.bytes), ink);
    }
    hairline(ui);
    let little = storage.free < storage.kept_free;
    let ink = if little { p.tone(Tone::Red) } else { p.ink };
    row(ui, &tr("storage-free"), &size(storage.free), ink);
    let kept = [("size", size(storage.kept_free).into())];
    paragraph(
        ui,
        tr_args("storage-kept-free", &kept),
        Type::Small,
        p.ink_2,
    );
}

fn name(share: &StorageShare) -> String {
    let key = match share.kind {
        StorageKind::Database => return tr("storage-database"),
        StorageKind::Unsent => "storage-unsent",
        StorageKind::Radiographs => "storage-radiographs",
        StorageKind::Attachments => "storage-attachments",
        StorageKind::Past => "storage-past",
        StorageKind::Partial => "storage-partial",
        StorageKind::Damaged => "storage-damaged",
    };
    let args = [
        ("files", share.files.into()),
        ("count", count(share.files).into()),
    ];
    tr_args(key, &args)
}

fn row(ui: &mut Ui, name: &str, room: &str, ink: Color32) {
    let quiet = palette(ui).ink_2;
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = Type::Body.size() + SPACE_S;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                words(ui, room, Type::Number, ink);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(rich(ui, name, Type::Body, quiet)).truncate());
                });
            });
        });
    });
}
