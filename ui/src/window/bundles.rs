//! Bundles: asked of the desk, and the file of an answer chosen or dropped.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, Ui};
use outpost_protocol::Request;

use crate::intent::Place;
use crate::model::Remote;
use crate::picker::{self, NoDialog};

use super::Window;
use super::asking::Purpose;
use super::papers::problem;

/// The end of a bundle's file name.
const ENDING: &str = "outpost-bundle";

impl Window {
    /// Asks for a bundle of what waits.
    pub(super) fn write_bundle(&mut self) {
        self.model.bundle = Remote::Asked;
        self.ask(Purpose::Bundle, Request::WriteBundle, Vec::new());
    }

    /// Opens the system's dialog for the central's answer, off the window's thread.
    pub(super) fn choose_answer(&mut self, ctx: &Context) {
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        let started = std::thread::Builder::new()
            .name("answer".to_owned())
            .spawn(move || {
                let dialog = rfd::FileDialog::new().add_filter("Outpost", &[ENDING]);
                // The window may have asked for another file by now; then nobody waits for this one.
                let _ = match picker::ask(|| dialog.pick_file()) {
                    Ok(Some(path)) => sender.send(Some(path)),
                    Ok(None) => Ok(()),
                    Err(NoDialog) => sender.send(None),
                };
                ctx.request_repaint();
            });
        match started {
            Ok(_) => self.choosing_answer = Some(receiver),
            Err(error) => {
                let problem = problem("no-file-dialog", String::new(), &error.to_string());
                self.model.complain(problem);
            }
        }
    }

    /// Takes the file that was chosen, or dropped onto the page.
    pub(super) fn take_answer(&mut self, ui: &Ui) {
        if self.place == Place::Sync
            && self.model.officer().is_some()
            && let Some(path) = picker::dropped(ui).into_iter().next()
        {
            self.hand_in(path);
        }
        let chosen = self.choosing_answer.as_ref().map(Receiver::try_recv);
        if let Some(Ok(chosen)) = chosen {
            self.choosing_answer = None;
            match chosen {
                Some(path) => self.hand_in(path),
                None => self
                    .model
                    .complain(problem("no-file-dialog", String::new(), "")),
            }
        }
    }

    /// Hands the file of this name to the desk.
    pub(super) fn hand_in(&mut self, path: PathBuf) {
        let path = path.display().to_string();
        self.model.bundle = Remote::Asked;
        self.ask(Purpose::Bundle, Request::TakeBundle { path }, Vec::new());
    }
}
