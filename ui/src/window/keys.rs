//! Keys: which intents the keys of this frame mean. They rest while something is typed or a dialog is open.

use egui::{Key, KeyboardShortcut, Ui};

use crate::acts::{acts, view_acts};
use crate::intent::{Intent, Place};
use crate::screens::worklist::search_id;
use crate::screens::worklist::views::kept;

use super::Window;

impl Window {
    /// Presses the key that an intent asked for, as if the officer had.
    pub(super) fn press_for(&mut self, ui: &Ui) {
        let Some(shortcut) = self.press.take() else {
            return;
        };
        ui.input_mut(|input| {
            input.events.push(egui::Event::Key {
                key: shortcut.logical_key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: shortcut.modifiers,
            });
        });
    }

    /// Whether the inspection screen is there to hear its keys.
    fn inspecting(&self) -> bool {
        let opened = |id| self.model.opened.contains_key(&id);
        self.place == Place::Inspection && self.inspected.is_some_and(opened)
    }

    /// What the keys pressed in this frame mean.
    pub(super) fn pressed(&self, ui: &Ui) -> Vec<Intent> {
        let form_open = match self.place {
            Place::Inspection => self.inspection.form_open(),
            Place::Agenda => self.agenda.asks(),
            Place::Worklist => self.worklist.beside.form_open() || self.worklist.views.is_some(),
            _ => false,
        };
        // A slot that is carried has the arrows, Enter and Esc; M takes up the next.
        let carried = self.place == Place::Agenda && self.agenda.carries();
        let over = self.palette.is_some() || self.keys || self.model.calendar.is_some();
        if self.signing_in() || over || ui.ctx().any_popup_open() {
            return Vec::new();
        }
        let focused = ui.memory(egui::Memory::focused);
        let typing = ui.ctx().text_edit_focused();
        let searching = focused == Some(search_id());
        let demonstration = self.model.is_demonstration();
        let mut intents = Vec::new();
        // First: a key without Alt is taken with it, too.
        if !form_open {
            for (act, _) in view_acts(&kept(&self.model)) {
                for shortcut in &act.keys {
                    if ui.input_mut(|input| input.consume_shortcut(shortcut)) {
                        intents.push(act.intent.clone());
                    }
                }
            }
        }
        for act in acts() {
            // What the inspection screen does with its own keys it hears itself.
            let heard_there = matches!(act.intent, Intent::Press(_))
                || (act.intent == Intent::Back && self.inspecting());
            // Over a form only the look may change: the light in a shed does.
            let looks = matches!(act.intent, Intent::ToggleTheme | Intent::ToggleGloves);
            if (form_open && !looks)
                || (carried && !looks && act.intent != Intent::TakeUp)
                || heard_there
                || !act.is_on(self.place, self.open_tab())
                || (act.demonstration && !demonstration)
            {
                continue;
            }
            for shortcut in &act.keys {
                let free = is_free(*shortcut, focused.is_some(), typing, searching);
                if free {
                    // As often as it was pressed: who holds a key on a slow laptop gets every row.
                    let (modifiers, key) = (shortcut.modifiers, shortcut.logical_key);
                    let times = ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
                    intents.extend(std::iter::repeat_n(act.intent.clone(), times));
                }
            }
        }
        intents
    }
}

/// Whether a key may mean its act now: letters belong to what is typed, Enter and Space to the button in focus; in the search
/// field arrows, Enter and Esc still move through the list.
fn is_free(shortcut: KeyboardShortcut, focused: bool, typing: bool, searching: bool) -> bool {
    let moves = matches!(
        shortcut.logical_key,
        Key::ArrowDown | Key::ArrowUp | Key::PageDown | Key::PageUp | Key::Enter | Key::Escape
    );
    if shortcut.modifiers.command {
        return !typing
            || !matches!(
                shortcut.logical_key,
                Key::A | Key::C | Key::V | Key::X | Key::Z
            );
    }
    if searching {
        return moves;
    }
    if typing {
        return false;
    }
    !(focused && matches!(shortcut.logical_key, Key::Enter | Key::Space))
}
