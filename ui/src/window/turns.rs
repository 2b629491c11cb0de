//! Keys and drags in turn: each is heard where the one before it has led.
//!
//! On a slow laptop several keys come with one frame. When the first of them opens another page or puts the keyboard
//! into a field, the others are meant for there: they are held back until the next frame. A key that is held down does
//! the same thing again and is not, nor are letters that are typed into a field. A drag that begins and ends between two
//! frames would pass for a click: its movement and its end are held back too.

use std::collections::VecDeque;

use egui::{Context, Event, Key, Modifiers, Plugin, RawInput};

/// Holds back what comes behind a key that may turn the page, and what comes too early in a drag.
#[derive(Debug, Default)]
pub(super) struct Turns {
    behind: VecDeque<Event>,
    /// Whether a button of the pointer is down, after what was heard so far.
    down: bool,
}

impl Plugin for Turns {
    fn debug_name(&self) -> &'static str {
        "keys and drags in turn"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.behind.extend(input.events.drain(..));
        input.events = self.next(ctx.text_edit_focused());
        if !self.behind.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl Turns {
    /// The events of the next frame.
    fn next(&mut self, typing: bool) -> Vec<Event> {
        let (mut keys, mut drag) = (Keys::default(), Drag::default());
        let mut now = Vec::new();
        while let Some(event) = self.behind.front() {
            if !keys.hear(event, typing) || !drag.hear(event, &mut self.down) {
                break;
            }
            now.extend(self.behind.pop_front());
        }
        now
    }
}

/// The keys of one frame: up to the first that may turn the page, with those that belong to it.
#[derive(Default)]
struct Keys {
    turn: Option<(Key, Modifiers)>,
    /// The event before was a key, whose own letter comes right behind it.
    writes: bool,
}

impl Keys {
    /// Whether the event still belongs to this frame.
    fn hear(&mut self, event: &Event, typing: bool) -> bool {
        let pressed = pressed(event);
        let own_letter = self.writes && matches!(event, Event::Text(_));
        match (self.turn, pressed) {
            (Some(_), Some(_)) if self.turn != pressed => return false,
            (Some(_), None) if acts(event) && !own_letter => return false,
            (None, Some((key, modifiers))) if turns(key, modifiers, typing) => self.turn = pressed,
            _ => {}
        }
        self.writes = pressed.is_some();
        true
    }
}

/// The drag of one frame: it begins, it moves or it ends.
#[derive(Default)]
struct Drag {
    begun: bool,
    moved: bool,
}

impl Drag {
    /// Whether the event still belongs to this frame; notes in `down` whether a button is down.
    fn hear(&mut self, event: &Event, down: &mut bool) -> bool {
        match event {
            Event::PointerButton { pressed: true, .. } => {
                self.begun = true;
                *down = true;
            }
            Event::PointerButton { pressed: false, .. } if self.moved => return false,
            Event::PointerButton { .. } => *down = false,
            Event::PointerMoved(_) if *down && self.begun => return false,
            Event::PointerMoved(_) => self.moved |= *down,
            _ => {}
        }
        true
    }
}

fn pressed(event: &Event) -> Option<(Key, Modifiers)> {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => Some((*key, *modifiers)),
        _ => None,
    }
}

/// Whether a key may lead elsewhere: each one, but for those that only change what is being typed.
const fn turns(key: Key, modifiers: Modifiers, typing: bool) -> bool {
    if !typing {
        return true;
    }
    if modifiers.command {
        return !matches!(
            key,
            Key::A | Key::C | Key::V | Key::X | Key::Z | Key::Backspace
        );
    }
    matches!(key, Key::Tab | Key::Enter | Key::Escape)
        || modifiers.alt
        || (key as u8 >= Key::F1 as u8 && key as u8 <= Key::F35 as u8)
}

/// Whether an event does something at the place where it is heard.
const fn acts(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Paste(_)
            | Event::PasteImage(_)
            | Event::MiddleClickPaste { .. }
            | Event::Copy
            | Event::Cut
            | Event::Ime(_)
            | Event::PointerButton { .. }
            | Event::Touch { .. }
            | Event::AccessKitActionRequest(_)
    )
}

#[cfg(test)]
mod tests {
    use egui::{PointerButton, Pos2};

    use super::*;

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn text(letters: &str) -> Event {
        Event::Text(letters.to_owned())
    }

    /// A key and its letter, as a keyboard gives them.
    fn typed(letter: Key) -> [Event; 3] {
        [
            key(letter, true),
            text(&letter.name().to_lowercase()),
            key(letter, false),
        ]
    }

    /// Frame by frame what is heard when these events come at once; a field is typed into from the second frame on
    /// when the first key leads there.
    fn frames(events: &[Event], typing: impl Fn(usize) -> bool) -> Vec<Vec<Event>> {
        let mut turns = Turns {
            behind: events.iter().cloned().collect(),
            down: false,
        };
        let mut frames = Vec::new();
        while !turns.behind.is_empty() {
            frames.push(turns.next(typing(frames.len())));
        }
        frames
    }

    #[test]
    fn a_key_behind_one_that_turns_the_page_waits_for_the_page() {
        let events = [typed(Key::Num4), typed(Key::B)].concat();
        let frames = frames(&events, |_| false);
        assert_eq!(frames, [typed(Key::Num4), typed(Key::B)]);
    }

    #[test]
    fn a_key_that_is_held_is_heard_as_often_as_it_was_pressed() {
        let events = [typed(Key::J), typed(Key::J), typed(Key::J)].concat();
        assert_eq!(frames(&events, |_| false), [events]);
    }

    #[test]
    fn what_is_typed_behind_the_key_of_a_field_comes_into_the_field_at_once() {
        let slash = [key(Key::Slash, true), text("/"), key(Key::Slash, false)];
        let word = [typed(Key::T), typed(Key::G), typed(Key::H)].concat();
        let events = [slash.to_vec(), word.clone()].concat();
        assert_eq!(frames(&events, |frame| frame > 0), [slash.to_vec(), word]);
    }

    #[test]
    fn a_bar_code_that_ends_with_enter_is_one_word_and_its_enter() {
        let word = [typed(Key::T), typed(Key::G)].concat();
        let enter = [key(Key::Enter, true), key(Key::Enter, false)];
        let next = typed(Key::C).to_vec();
        let events = [word.clone(), enter.to_vec(), next.clone()].concat();
        let first = [word, enter.to_vec()].concat();
        assert_eq!(frames(&events, |frame| frame == 0), [first, next]);
    }

    fn button(at: f32, pressed: bool) -> Event {
        Event::PointerButton {
            pos: Pos2::new(at, 0.0),
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    fn moved(to: f32) -> Event {
        Event::PointerMoved(Pos2::new(to, 0.0))
    }

    #[test]
    fn a_click_behind_a_key_is_a_click_on_what_the_key_has_opened() {
        let click = vec![button(0.0, true), button(0.0, false)];
        let events = [typed(Key::Num4).to_vec(), click.clone()].concat();
        assert_eq!(
            frames(&events, |_| false),
            [typed(Key::Num4).to_vec(), click]
        );
    }

    #[test]
    fn a_drag_between_two_frames_begins_moves_and_ends() {
        let begin = vec![moved(1.0), button(1.0, true)];
        let way = vec![moved(20.0), moved(40.0)];
        let end = vec![button(40.0, false), moved(50.0)];
        let events = [begin.clone(), way.clone(), end.clone()].concat();
        assert_eq!(frames(&events, |_| false), [begin, way, end]);
    }

    #[test]
    fn a_double_click_stays_in_its_frame() {
        let click = [button(0.0, true), button(0.0, false)];
        let events = [click.clone(), click].concat();
        assert_eq!(frames(&events, |_| false), [events]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_changes_its_place() {
        let events = [
            typed(Key::A).to_vec(),
            typed(Key::B).to_vec(),
            vec![Event::Paste("x".to_owned()), button(1.0, true), moved(2.0)],
            vec![button(2.0, false), Event::PointerGone],
            typed(Key::B).to_vec(),
            vec![key(Key::Tab, true), text("y")],
        ]
        .concat();
        for typing in [false, true] {
            let heard = frames(&events, |_| typing).concat();
            assert_eq!(heard, events);
        }
    }
}
