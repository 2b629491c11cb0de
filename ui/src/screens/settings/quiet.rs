//! Quiet hours: on or off, and from when to when by the clock of the post.

use egui::{Key, Ui};

use crate::design::chip::toggle;
use crate::design::{Field, SPACE_S};
use crate::intent::Intent;
use crate::model::Model;
use crate::text::tr;

/// The setting's name.
pub(super) const NAME: &str = "quiet-hours";

/// What is offered first.
const NIGHT: &str = "22:00-06:00";

/// Room for a time of day, points.
const TIME: f32 = 96.0;

/// The longest that a time of day is typed, characters.
const LONGEST: usize = 12;

/// What is being typed over the hours that are kept.
#[derive(Debug, Default)]
pub(super) struct Local {
    typed: Option<(String, String)>,
    /// The kept value over which it is typed.
    over: String,
}

/// Shows the switch and, when it is on, the two times.
pub(super) fn show(ui: &mut Ui, model: &Model, local: &mut Local, intents: &mut Vec<Intent>) {
    let kept = model.setting(NAME).to_owned();
    if local.over != kept {
        *local = Local {
            typed: None,
            over: kept.clone(),
        };
    }
    let mut on = !kept.is_empty();
    if toggle(ui, &mut on, &tr("settings-quiet-on")).changed() {
        let value = if on { NIGHT } else { "" };
        intents.push(Intent::Set(NAME, value.to_owned()));
        return;
    }
    if kept.is_empty() {
        return;
    }
    let (begin, end) = kept.split_once('-').unwrap_or((&kept, ""));
    let (mut begin, mut end) = local
        .typed
        .clone()
        .unwrap_or_else(|| (begin.to_owned(), end.to_owned()));
    let mut done = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        for (name, text) in [
            ("settings-quiet-from", &mut begin),
            ("settings-quiet-to", &mut end),
        ] {
            done |= time(ui, &tr(name), text);
        }
    });
    let value = format!("{}-{}", begin.trim(), end.trim());
    if value == kept {
        local.typed = None;
    } else {
        local.typed = Some((begin, end));
        if done {
            intents.push(Intent::Set(NAME, value));
        }
    }
}

/// A field for a time of day; says whether it was left or Enter was pressed in it.
fn time(ui: &mut Ui, name: &str, text: &mut String) -> bool {
    ui.scope(|ui| {
        ui.set_max_width(TIME);
        let field = Field::new(name).limit(LONGEST).show(ui, text);
        field.lost_focus() && !ui.input(|input| input.key_pressed(Key::Escape))
    })
    .inner
}
