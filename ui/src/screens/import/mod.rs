//! Import: the files of a folder or stick, which inspection each is of, and the officer's word for it. Nothing is kept
//! before that word.

mod bar;
mod detail;
mod words;

use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::{CentralPanel, Frame, Panel, TextureHandle, Ui};
use jiff::Timestamp;
use outpost_domain::OfficerId;
use outpost_protocol::{MAX_FILE, Opened};

use crate::design::table::{Column, Table};
use crate::design::{Button, Type, blank, icons, palette};
use crate::intake::{Basket, Found, Group, Refused, Taking, Wanted, Watch};
use crate::intent::Intent;
use crate::model::Model;
use crate::text::{tr, tr_args, tr_code};

pub use bar::SETTING;

/// What an officer may want on this page.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Asks for a folder with the system's dialog.
    Choose,
    /// Looks through this folder.
    Look(PathBuf),
    /// Leaves the folder.
    Leave,
    /// Looks through the folder that is open at every start, or no more.
    Always(bool),
    /// Moves the selection by so many rows.
    Step(i64),
    /// Selects a file.
    Select(u64),
    /// Shows only the files of a group.
    Only(Option<Group>),
    /// Takes the selected file into the inspection that it is of.
    Take,
    /// Takes every file in that is of one inspection with certainty.
    TakeAll,
    /// Takes a file into this inspection.
    TakeTo(Wanted),
}

/// A small picture of the file that is selected.
pub enum Small {
    /// Asked for.
    Asked,
    /// On the graphics card.
    Here(TextureHandle),
    /// There is none, and why.
    None(Refused),
}

/// What only this page knows.
#[derive(Default)]
pub struct Local {
    /// The thread that looks through the folder.
    pub watch: Option<Watch>,
    /// What it found.
    pub basket: Basket,
    /// A folder being typed.
    pub path: String,
    /// The picture of a file.
    pub small: Option<(u64, Small)>,
    /// The dialog for a folder; `None` within when there is no dialog.
    pub choosing: Option<Receiver<Option<PathBuf>>>,
    /// The rows' revision when inspections were asked for again, and when that was.
    pub matched_at: Option<(u64, Timestamp)>,
    /// Whether the officer left the folder that is looked through at every start.
    pub left: bool,
    /// Whose work this is.
    pub of: Option<OfficerId>,
}

impl std::fmt::Debug for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Local")
            .field("watch", &self.watch)
            .field("files", &self.basket.len())
            .finish_non_exhaustive()
    }
}

/// Narrower than this, what is known of the selected file stands under the list, points.
const BESIDE: f32 = 1_000.0;
/// Height of that part when it stands under the list, points.
const UNDER: f32 = 250.0;
/// Width of that part beside the list, points.
const DETAIL: f32 = 360.0;

/// Shows the screen. `open` is the inspection that was looked at last.
pub fn show(ui: &mut Ui, local: &mut Local, model: &Model, open: Option<&Opened>) -> Vec<Intent> {
    let mut intents = Vec::new();
    bar::show(ui, local, model, &mut intents);
    let p = palette(ui);
    if local.basket.chosen().is_some() {
        if ui.available_width() > BESIDE {
            let panel = Panel::right("import-detail").exact_size(DETAIL);
            detail::show(ui, panel, local, model, open, &mut intents);
        } else {
            let panel = Panel::bottom("import-detail").exact_size(UNDER);
            detail::show(ui, panel, local, model, open, &mut intents);
        }
    }
    CentralPanel::default()
        .frame(Frame::new().fill(p.panel))
        .show(ui, |ui| page(ui, local, model, &mut intents));
    intents
}

fn page(ui: &mut Ui, local: &Local, model: &Model, intents: &mut Vec<Intent>) {
    let basket = &local.basket;
    if local.watch.is_none() {
        let act = tr("import-choose");
        let act = Button::primary(&act).icon(icons::HARD_DRIVES).key("O");
        let limit = [("limit", (MAX_FILE / 1_048_576).into())];
        let why = tr_args("import-none-why", &limit);
        let pressed = blank::empty(ui, icons::HARD_DRIVES, &tr("import-none"), &why, Some(act));
        if pressed.is_some_and(|button| button.clicked()) {
            intents.push(Intent::Import(Wish::Choose));
        }
    } else if let Some(why) = basket.gone.as_ref().filter(|_| basket.is_empty()) {
        let why = tr_args("import-gone-why", &[("reason", why.clone().into())]);
        blank::failed(ui, &tr("import-gone"), &why, None);
    } else if !basket.listed {
        blank::loading(ui, &tr("import-looking"), &tr("import-looking-why"));
    } else if basket.is_empty() {
        blank::empty(
            ui,
            icons::IMAGE,
            &tr("import-empty"),
            &tr("import-empty-why"),
            None,
        );
    } else if basket.shown().len() == 0 {
        let (title, why) = (tr("import-group-empty"), tr("import-group-empty-why"));
        blank::empty(ui, icons::FUNNEL, &title, &why, None);
    } else {
        table(ui, basket, model, intents);
    }
}

fn table(ui: &mut Ui, basket: &Basket, model: &Model, intents: &mut Vec<Intent>) {
    let titles =
        ["file", "what", "unit", "taken", "where", "state"].map(|code| tr_code("import-col", code));
    let columns = [
        Column::words(&titles[0], 170.0, 1.4),
        Column::words(&titles[1], 116.0, 0.3),
        Column::words(&titles[2], 130.0, 0.2),
        Column::fixed(&titles[3], 96.0),
        Column::words(&titles[4], 150.0, 1.0),
        Column::fixed(&titles[5], 128.0),
    ];
    let row = basket.row();
    let name = tr("import");
    let output = Table::new("import", &name, &columns)
        .selected(row)
        .scroll_to(row)
        .show(ui, basket.shown().len(), |index, cells| {
            basket
                .at(index)
                .map(|found| line(found, model, cells))
                .unwrap_or_default()
        });
    if let Some(found) = output.clicked.and_then(|index| basket.at(index)) {
        intents.push(Intent::Import(Wish::Select(found.key)));
    }
}

/// Draws a file's line; says it to the screen reader.
fn line(found: &Found, model: &Model, cells: &mut crate::design::table::Cells<'_>) -> String {
    let what = words::what(found);
    let unit = words::unit(found);
    let taken = words::taken(found, model);
    let (state, tone, why) = words::state(found);
    let (to, more) = words::to(found, &why);
    cells.two_lines(0, (&found.name, Type::Medium), &words::size(found));
    cells.two_lines(1, (&what.0, Type::Body), &what.1);
    cells.text(2, &unit, Type::MonoStrong, None);
    cells.text(3, &taken, Type::NumberSmall, None);
    cells.two_lines(4, (&to, Type::Body), &more);
    cells.badge(5, &state, tone, &why);
    format!(
        "{}, {}, {unit}, {taken}, {to} {more}, {state}, {why}",
        found.name, what.0
    )
}

/// The inspection into which Enter takes a file: the only one it may be of, or the one that is certain.
pub fn obvious(found: &Found) -> Option<Wanted> {
    if !matches!(found.group(), Group::Sure | Group::Doubtful) || found.taking == Taking::OnItsWay {
        return None;
    }
    let only = match found.offers() {
        [only] => Some(only),
        _ => found.sure(),
    };
    only.map(|offer| crate::intake::to(found.key, offer))
}
