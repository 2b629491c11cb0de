//! Views of the worklist that an officer keeps: a name for words, rows and order. They are a setting of this laptop,
//! each officer's own.

use egui::{Key, Modifiers, ScrollArea, Ui};
use outpost_domain::Queue;
use serde::{Deserialize, Serialize};

use super::Local;
use crate::design::dialog::{buttons, dialog};
use crate::design::key::key_cap;
use crate::design::words::{hint, label, label_2};
use crate::design::{Button, Field, SPACE_M, SPACE_S, SPACE_XS, Type, icons};
use crate::intent::{Filter, Intent, Sort};
use crate::model::Model;
use crate::text::{tr, tr_args, tr_code};

/// Width of the dialog, points.
const WIDTH: f32 = 560.0;
/// The most room for the list, points.
const MOST: f32 = 300.0;
/// The longest name, characters.
const LONGEST: usize = 60;
/// Views with a key of their own.
pub const KEYED: usize = 9;
/// The most that are kept.
const KEPT: usize = 40;

/// A view that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What is searched for; empty for everything.
    pub text: String,
    /// Which rows, as a code; one that this build does not know shows the whole post.
    pub rows: String,
    /// In which order, as a code.
    pub order: String,
}

/// Filters with their codes, but for queues.
const FILTERS: [(Filter, &str); 5] = [
    (Filter::Post, "post"),
    (Filter::Mine, "mine"),
    (Filter::Held, "held"),
    (Filter::Doubtful, "doubtful"),
    (Filter::Unsent, "unsent"),
];

/// How queues begin among the codes of filters.
const QUEUE: &str = "queue-";

fn filter_code(filter: Filter) -> String {
    if let Filter::Queue(queue) = filter {
        return format!("{QUEUE}{queue}");
    }
    let known = FILTERS.iter().find(|(known, _)| *known == filter);
    known.map_or_else(String::new, |(_, code)| (*code).to_owned())
}

fn filter_of(code: &str) -> Filter {
    if let Some(queue) = code.strip_prefix(QUEUE) {
        return queue.parse::<Queue>().map_or(Filter::Post, Filter::Queue);
    }
    let known = FILTERS.iter().find(|(_, known)| *known == code);
    known.map_or(Filter::Post, |(filter, _)| *filter)
}

fn sort_of(code: &str) -> Sort {
    let known = super::SORTS.iter().find(|(_, known)| *known == code);
    known.map_or_else(Sort::default, |(sort, _)| *sort)
}

impl SavedView {
    /// What the list shows now, under this name.
    fn of(local: &Local, name: &str) -> Self {
        let order = super::SORTS.iter().find(|(sort, _)| *sort == local.sort);
        Self {
            name: name.trim().to_owned(),
            text: local.text.trim().to_owned(),
            rows: filter_code(local.filter),
            order: order.map_or_else(String::new, |(_, code)| (*code).to_owned()),
        }
    }

    /// Lets the list show it.
    pub fn show(&self, local: &mut Local) {
        local.text.clone_from(&self.text);
        local.filter = filter_of(&self.rows);
        local.sort = sort_of(&self.order);
    }

    /// What it shows, in words.
    fn words(&self) -> String {
        let rows = match filter_of(&self.rows) {
            Filter::Queue(queue) => tr_code("queue", queue),
            filter => tr_code("filter", filter_code(filter)),
        };
        let order = super::SORTS.iter().find(|(_, code)| *code == self.order);
        let order = order.map_or_else(String::new, |(_, code)| tr_code("sort", code));
        let text = if self.text.is_empty() {
            String::new()
        } else {
            format!("“{}”", self.text)
        };
        let said = [rows, text, order];
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let said: Vec<&str> = said.into_iter().filter(|s| !s.is_empty()).collect();
        said.join(" · ")
    }
}

/// Under which name the signed-in officer's views are kept.
fn setting(model: &Model) -> Option<String> {
    model
        .officer()
        .map(|officer| format!("views:{}", officer.id))
}

/// The views that the signed-in officer keeps.
pub fn kept(model: &Model) -> Vec<SavedView> {
    let Some(name) = setting(model) else {
        return Vec::new();
    };
    serde_json::from_str(model.setting(&name)).unwrap_or_default()
}

/// The setting with these views in it.
pub fn keeping(model: &Model, views: &[SavedView]) -> Option<(String, String)> {
    let text = if views.is_empty() {
        String::new()
    } else {
        serde_json::to_string(views).ok()?
    };
    Some((setting(model)?, text))
}

/// The dialog that keeps views.
#[derive(Debug, Default)]
pub struct Views {
    name: String,
    focused: bool,
}

impl Views {
    /// Shows it; says whether it is to be closed.
    pub fn show(
        &mut self,
        ui: &Ui,
        model: &Model,
        local: &Local,
        intents: &mut Vec<Intent>,
    ) -> bool {
        let mut kept = kept(model);
        let now = SavedView::of(local, &self.name);
        let mut close = false;
        let output = dialog(ui, "views", &tr("views-title"), WIDTH, |ui| {
            label_2(
                ui,
                tr_args("views-now", &[("view", now.words().into())]),
                Type::Body,
            );
            ui.add_space(SPACE_S);
            let field = Field::new(&tr("views-name"))
                .limit(LONGEST)
                .show(ui, &mut self.name);
            if !std::mem::replace(&mut self.focused, true) {
                field.request_focus();
            }
            ui.add_space(SPACE_S);
            if let Some(removed) = list(ui, &kept, intents, &mut close) {
                kept.remove(removed);
                intents.push(Intent::KeepViews(kept.clone()));
            }
            let why = against(&now, &kept);
            let wanted = why.is_none()
                && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
            buttons(ui, |ui| {
                let keep = tr("views-keep");
                let button = Button::primary(&keep).key("Ctrl+Enter");
                if ui.add(button.disabled_because(why.as_deref())).clicked() || wanted {
                    kept.retain(|view| view.name != now.name);
                    kept.push(now.clone());
                    intents.push(Intent::KeepViews(kept.clone()));
                    close = true;
                }
                close |= ui.add(Button::secondary(&tr("form-close"))).clicked();
            });
        });
        close || output.close
    }
}

/// Why the view cannot be kept under its name.
fn against(view: &SavedView, kept: &[SavedView]) -> Option<String> {
    let new = kept.iter().all(|other| other.name != view.name);
    if view.name.is_empty() {
        Some(tr("views-nameless"))
    } else if new && kept.len() >= KEPT {
        Some(tr("views-full"))
    } else {
        None
    }
}

/// The views that are kept; says which one is to go.
fn list(
    ui: &mut Ui,
    kept: &[SavedView],
    intents: &mut Vec<Intent>,
    close: &mut bool,
) -> Option<usize> {
    if kept.is_empty() {
        hint(ui, tr("views-none"));
        return None;
    }
    let mut removed = None;
    ScrollArea::vertical()
        .max_height(MOST)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (index, view) in kept.iter().enumerate() {
                ui.push_id(index, |ui| {
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = SPACE_M;
                        if index < KEYED {
                            key_cap(ui, &format!("Alt+{}", index + 1));
                        }
                        ui.vertical(|ui| {
                            ui.spacing_mut().item_spacing.y = SPACE_XS;
                            label(ui, &view.name, Type::Strong);
                            label_2(ui, view.words(), Type::Small);
                        });
                        let right = egui::Layout::right_to_left(egui::Align::Center);
                        ui.with_layout(right, |ui| {
                            let name = [("name", view.name.clone().into())];
                            let drop = tr_args("views-drop", &name);
                            if ui.add(Button::icon_only(icons::TRASH, &drop)).clicked() {
                                removed = Some(index);
                            }
                            if ui.add(Button::secondary(&tr("views-show"))).clicked() {
                                intents.push(Intent::ShowView(index));
                                *close = true;
                            }
                        });
                    });
                });
            }
        });
    removed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_and_order_comes_back_as_it_was_kept() {
        let queues = Queue::ALL.iter().map(|queue| Filter::Queue(*queue));
        for filter in FILTERS.iter().map(|(filter, _)| *filter).chain(queues) {
            for (sort, _) in crate::screens::worklist::SORTS {
                let mut local = Local {
                    text: "CAIU".to_owned(),
                    filter,
                    sort,
                    ..Local::default()
                };
                let view = SavedView::of(&local, " morning ");
                assert_eq!(view.name, "morning");
                local = Local::default();
                view.show(&mut local);
                assert_eq!((local.filter, local.sort), (filter, sort));
                assert_eq!(local.text, "CAIU");
            }
        }
    }

    #[test]
    fn what_another_build_kept_and_this_one_does_not_know_shows_the_whole_post() {
        assert_eq!(filter_of("queue-dreams"), Filter::Post);
        assert_eq!(filter_of("tomorrow"), Filter::Post);
        assert_eq!(sort_of("by-smell"), Sort::default());
    }
}
