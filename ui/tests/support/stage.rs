//! A window on a stage: the real window over a link to the double, driven as an officer or a screen reader would.
#![allow(clippy::unwrap_used, dead_code, missing_docs)]

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use outpost_protocol::{Event, Said};
use outpost_ui::link::{FarEnd, Incoming, Link};
use outpost_ui::window::Window;

use crate::support::{Double, now};

thread_local! {
    /// What the window had the system open, on this test's thread.
    pub static OPENED: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
}

fn note_opened(path: &Path) -> std::io::Result<()> {
    if path.ends_with("nobody-opens-this.html") {
        return Err(std::io::Error::other("no program is set for HTML"));
    }
    OPENED.with_borrow_mut(|opened| opened.push(path.to_owned()));
    Ok(())
}

pub struct Stage {
    pub harness: Harness<'static, Window>,
    pub double: Double,
    far: FarEnd,
}

impl Stage {
    pub fn new(double: Double) -> Self {
        Self::sized(double, 1440.0, 900.0)
    }

    pub fn sized(double: Double, width: f32, height: f32) -> Self {
        let (link, far) = Link::within();
        let mut harness = Harness::builder()
            .with_size(Vec2::new(width, height))
            .wgpu()
            .allow_missing_glyphs()
            .build_eframe(|creation| {
                Window::new(&creation.egui_ctx, link, now).opening_with(note_opened)
            });
        harness.step();
        Self {
            harness,
            double,
            far,
        }
    }

    /// Answers what was asked and draws until nothing more happens.
    pub fn settle(&mut self) {
        loop {
            self.harness.run_steps(3);
            let asked: Vec<_> = self.far.asked.try_iter().collect();
            if asked.is_empty() {
                break;
            }
            for (asked, bytes) in asked {
                self.double.bytes = bytes;
                let (reply, events) = self.double.answer(&asked.request);
                let bytes = self.double.bytes(&asked.request);
                let said = match reply {
                    Ok(reply) => Said::Reply {
                        id: asked.id,
                        reply,
                    },
                    Err(problem) => Said::Refusal {
                        id: asked.id,
                        problem,
                    },
                };
                self.far
                    .tell
                    .send(Incoming::Said(Box::new(said), bytes))
                    .unwrap();
                for event in events {
                    self.tell(event);
                }
            }
        }
    }

    pub fn tell(&self, event: Event) {
        let said = Box::new(Said::Event { event });
        self.far
            .tell
            .send(Incoming::Said(said, Vec::new()))
            .unwrap();
    }

    pub fn hang_up(&self) {
        self.far.tell.send(Incoming::Closed(None)).unwrap();
    }

    /// Signs in the first officer of the post by name and PIN, as a screen reader would.
    pub fn signed_in(double: Double) -> Self {
        let mut stage = Self::new(double);
        stage.sign_in();
        stage
    }

    pub fn sign_in(&mut self) {
        self.settle();
        let officer = self.double.status.officers[0].clone();
        self.click_like(&officer.name);
        self.settle();
        self.type_text(outpost_demo::PIN);
        self.press(Key::Enter);
        self.settle();
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    pub fn click_like(&mut self, part: &str) {
        let part = part.to_owned();
        self.harness.get_by_label_contains(&part).click();
        self.settle();
    }

    pub fn says(&self, part: &str) -> bool {
        self.harness
            .query_all_by_label_contains(part)
            .next()
            .is_some()
    }

    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// Presses a key several times between two frames, as a key that is held does on a slow laptop.
    pub fn press_at_once(&mut self, key: Key, times: usize) {
        self.at_once((0..times).map(|_| key_press(key, Modifiers::NONE)));
    }

    /// Several things come between two frames.
    pub fn at_once(&mut self, events: impl IntoIterator<Item = egui::Event>) {
        self.harness.input_mut().events.extend(events);
        self.settle();
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Draws and answers until something holds; a thread that looks through a folder has its own pace.
    pub fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let deadline = std::time::Instant::now() + std::time::Duration::from_mins(1);
        while !holds(self) {
            assert!(std::time::Instant::now() < deadline, "never: {what}");
            std::thread::yield_now();
            self.settle();
        }
    }

    /// Drops the file of this name onto the window.
    pub fn drop_file(&mut self, path: impl Into<PathBuf>) {
        let file = std::sync::Arc::new(Dropped(path.into()));
        self.harness.input_mut().dropped_files.push(file);
        self.settle();
    }

    pub fn window(&self) -> &Window {
        self.harness.state()
    }

    pub fn snapshot(&mut self, name: &str) {
        self.harness.remove_cursor();
        self.harness.run_steps(3);
        self.harness.snapshot(name);
    }
}

/// A file that lies where it was dropped from.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// A key goes down.
pub fn key_press(key: Key, modifiers: Modifiers) -> egui::Event {
    egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}
