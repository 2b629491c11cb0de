//! The exchange that is carried by hand.

use egui::{Id, Key, Ui};
use outpost_protocol::BundleTaken;

use crate::design::card::card;
use crate::design::field::Field;
use crate::design::notice::banner;
use crate::design::words::{hint, paragraph};
use crate::design::{Button, Tone, Type, icons, palette};
use crate::intent::Intent;
use crate::model::{Bundle, Model, Remote};
use crate::text::{tr, tr_args, tr_problem};

/// The field for a path stands beside the buttons where there is so much room, points.
const SIDE_BY_SIDE: f32 = 560.0;
/// The longest path that is taken, characters.
const LONGEST_PATH: usize = 1_000;

/// Shows what a post without a line does, and what came of it.
pub fn card_of(ui: &mut Ui, model: &Model, intents: &mut Vec<Intent>) {
    card(ui, &tr("sync-bundle"), |ui| {
        let ink = palette(ui).ink_2;
        paragraph(ui, tr("sync-bundle-why"), Type::Small, ink);
        let running = matches!(model.bundle, Remote::Asked).then(|| tr("sync-bundle-running"));
        let beside = ui.available_width() > SIDE_BY_SIDE;
        ui.horizontal(|ui| {
            let write = tr("act-write-bundle");
            let button = Button::secondary(&write).icon(icons::EXPORT).key("B");
            let write = ui.add(button.disabled_because(running.as_deref()));
            if write.clicked() {
                intents.push(Intent::WriteBundle);
            }
            let take = tr("act-take-bundle");
            let button = Button::secondary(&take)
                .icon(icons::DOWNLOAD_SIMPLE)
                .key("O");
            let take = ui.add(button.disabled_because(running.as_deref()));
            if take.clicked() {
                intents.push(Intent::TakeBundle);
            }
            if beside {
                path(ui, intents);
            }
        });
        if !beside {
            path(ui, intents);
        }
        match &model.bundle {
            Remote::Unasked => {}
            Remote::Asked => {
                hint(ui, tr("sync-bundle-running"));
            }
            Remote::Failed(problem) => {
                banner(ui, &tr_problem(problem), Tone::Red);
            }
            Remote::Here(Bundle::Written {
                path,
                entries,
                files,
            }) => {
                let args = [
                    ("path", path.as_str().into()),
                    ("entries", (*entries).into()),
                    ("files", (*files).into()),
                ];
                banner(ui, &tr_args("sync-bundle-written", &args), Tone::Green);
            }
            Remote::Here(Bundle::Taken(taken)) => came(ui, taken),
        }
    });
}

/// The answer by its path: for desktops without a dialog, and for hands that rather type than drag.
fn path(ui: &mut Ui, intents: &mut Vec<Intent>) {
    let id = Id::unique("answer-path");
    let mut path = ui.data(|d| d.get_temp::<String>(id)).unwrap_or_default();
    let response = Field::new("")
        .hint(&tr("sync-bundle-path"))
        .limit(LONGEST_PATH)
        .show(ui, &mut path);
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if entered && !path.trim().is_empty() {
        intents.push(Intent::HandIn(path.trim().into()));
        path.clear();
    }
    ui.data_mut(|d| d.insert_temp(id, path));
}

fn came(ui: &mut Ui, taken: &BundleTaken) {
    let files = ("files", taken.files.into());
    if taken.again {
        banner(ui, &tr_args("sync-bundle-again", &[files]), Tone::Blue);
        return;
    }
    let args = [("accepted", taken.accepted.into()), files];
    let mut words = tr_args("sync-bundle-taken", &args);
    if taken.stuck > 0 {
        words.push('\n');
        words += &tr_args("sync-bundle-stuck", &[("stuck", taken.stuck.into())]);
    }
    if !taken.changes {
        words.push('\n');
        words += &tr("sync-bundle-no-changes");
    }
    let whole = taken.changes && taken.stuck == 0;
    banner(ui, &words, if whole { Tone::Green } else { Tone::Amber });
}
