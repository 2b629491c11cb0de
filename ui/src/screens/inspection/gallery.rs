//! The photos of goods, seals and unit on the tab of checks and findings: each opens on the workbench. And what the
//! workbench says beside one.

use egui::Ui;
use outpost_domain::PhotoRecord;

use crate::design::card::card;
use crate::design::words::{hint, label_2, paragraph};
use crate::design::{Button, SPACE_S, SPACE_XS, Type, blank, icons, palette};
use crate::moment::time_or_date;
use crate::text::{tr, tr_args, tr_code};

use super::compare::named;
use super::reading::Reading;
use super::{Screen, Tab, View};

/// Shows the card, where there are photos.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let shots = view.shots();
    let photos: Vec<_> = shots.iter().filter(|s| s.photo.is_some()).collect();
    if photos.is_empty() {
        return;
    }
    let title = tr_args("photos-title", &[("n", photos.len().into())]);
    let mut opened = None;
    card(ui, &title, |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        for shot in &photos {
            let words = named(shot, view);
            let why = (!view.here(&shot.scan.blob)).then(|| tr("photos-absent"));
            let button = Button::secondary(&words)
                .icon(icons::IMAGE)
                .fill()
                .disabled_because(why.as_deref());
            if ui.add(button).clicked() {
                opened = Some(shot.scan.blob);
            }
        }
    });
    if let Some(blob) = opened {
        screen.reading.choose(blob);
        screen.tab = Tab::Radiograph;
    }
}

/// What is known of the photo that is shown: to which entry it belongs, and what its camera wrote.
pub fn says(reading: &Reading, ui: &mut Ui, view: &View<'_>, photo: &PhotoRecord) {
    let p = palette(ui);
    card(ui, &tr_code("shot", &photo.of), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        let entry = view.opened.history.iter();
        let mut entry = entry.filter(|line| line.entry.id == photo.entry);
        if let Some(line) = entry.next() {
            let (_, said) = super::sentences::entry(&line.entry.body, view);
            paragraph(ui, said, Type::Body, p.ink);
        }
        let when = time_or_date(photo.at, view.now, view.zone);
        let agency = tr_code("agency", photo.agency);
        hint(ui, format!("{} · {agency} · {when}", photo.by));
    });
    let Some(file) = reading.bench.upright() else {
        return;
    };
    card(ui, &tr("photo-camera"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        let facts = camera(file);
        if facts.is_empty() {
            blank::none(ui, &tr("photo-camera-nothing"));
        }
        for (name, value) in facts {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = SPACE_XS;
                label_2(ui, tr(name), Type::Small);
                paragraph(ui, value, Type::Body, p.ink);
            });
        }
    });
}

/// What the camera wrote, each with its name: as it stands there, not as it ought to be.
fn camera(file: &crate::radiograph::Loaded) -> Vec<(&'static str, String)> {
    let said = &file.camera;
    let place = said.place.map(|place| {
        let degrees = |value: f64| crate::moment::decimal(value, 5);
        format!("{}, {}", degrees(place.latitude), degrees(place.longitude))
    });
    let turned = said
        .turned
        .filter(|turned| *turned != 1)
        .map(|turned| tr_args("photo-turned-value", &[("orientation", turned.into())]));
    [
        ("photo-taken", said.taken.clone()),
        ("photo-device", said.camera.clone()),
        ("photo-place", place),
        ("photo-turned", turned),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}
