//! The screen's keys. They rest while something is typed or a form is open.

use egui::{Key, Modifiers, Ui};

use super::{
    Screen, Tab, View, checklist, comment, conclude, finding, goods, joint, opinion, place_hold,
    questions, seal, seals, sections,
};

/// Number keys and their tabs.
const TABS: [Key; 6] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
];

/// Carries out the keys pressed in this frame.
pub fn handle(screen: &mut Screen, ui: &Ui, view: &View<'_>) {
    let ctx = ui.ctx();
    if screen.form_open() || ctx.text_edit_focused() || ctx.any_popup_open() {
        return;
    }
    let pressed =
        |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (key, tab) in TABS.into_iter().zip(Tab::ALL) {
        if pressed(Modifiers::NONE, key) {
            screen.tab = tab;
        }
    }
    if screen.tab == Tab::Radiograph && screen.reading.keys(ui) {
        return;
    }
    if screen.tab == Tab::Joint && joint::keys(screen, ui, view) {
        return;
    }
    // With Shift first: a key without it is taken with it, too.
    if screen.tab == Tab::Checks {
        if pressed(Modifiers::SHIFT, Key::S) {
            seal::all_as_declared(screen, view, &seals::lines(view));
            return;
        } else if pressed(Modifiers::SHIFT, Key::G) {
            goods::all_as_declared(screen, view);
            return;
        } else if pressed(Modifiers::SHIFT, Key::K) {
            checklist::all_conform(screen, view);
            return;
        }
    }
    if pressed(Modifiers::COMMAND, Key::M) {
        comment::open(screen, view);
        return;
    } else if pressed(Modifiers::COMMAND, Key::R) {
        comment::acknowledge_first(screen, view);
        return;
    } else if screen.tab == Tab::Radiograph && pressed(Modifiers::COMMAND, Key::O) {
        opinion::open(screen, view);
        return;
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        screen.leave();
    } else if pressed(Modifiers::COMMAND, Key::Enter) {
        conclude::open(screen, view);
    } else if pressed(Modifiers::NONE, Key::F) {
        finding::open(screen, view, None);
    } else if pressed(Modifiers::NONE, Key::H) {
        place_hold::open(screen, view);
    } else if screen.tab == Tab::Checks && pressed(Modifiers::NONE, Key::C) {
        sections::claim(screen, view);
    } else if screen.tab == Tab::Checks && pressed(Modifiers::NONE, Key::S) {
        seal::open_next(screen, view);
    } else if screen.tab == Tab::Checks && pressed(Modifiers::NONE, Key::G) {
        goods::open_next(screen, view);
    } else if screen.tab == Tab::Checks && pressed(Modifiers::NONE, Key::L) {
        questions::open_next(screen, view);
    }
}
