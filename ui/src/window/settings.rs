//! Settings: asked of the desk, which may refuse them, and the files of certificates.

use std::sync::mpsc::{Receiver, channel};

use egui::Context;
use outpost_protocol::{Problem, Request};

use crate::intent::Place;
use crate::model::Remote;
use crate::picker::{self, NoDialog};
use crate::screens::settings::central;

use super::Window;
use super::asking::Purpose;
use super::papers::problem;

impl Window {
    /// Keeps a setting, and applies it without waiting for the desk's word.
    pub(super) fn set(&mut self, name: &str, value: String) {
        // What an administrator has laid down is refused by the desk, in words; it is not applied meanwhile.
        let managed = self.model.is_managed(name);
        let mut before = None;
        if let Some(status) = self.model.status.as_mut().filter(|_| !managed) {
            before = status.settings.insert(name.to_owned(), value.clone());
        } else if let Some(status) = &self.model.status {
            before = status.settings.get(name).cloned();
        }
        let request = Request::Set {
            name: name.to_owned(),
            value,
        };
        self.ask(
            Purpose::Setting(name.to_owned(), before),
            request,
            Vec::new(),
        );
    }

    /// A setting was not kept: what stood before is shown again, and why beside its field, or over the page when the
    /// settings are not on it.
    pub(super) fn setting_refused(
        &mut self,
        name: String,
        before: Option<String>,
        problem: Problem,
    ) {
        if let Some(status) = &mut self.model.status {
            match before {
                Some(value) => drop(status.settings.insert(name.clone(), value)),
                None => drop(status.settings.remove(&name)),
            }
        }
        if self.place == Place::Settings {
            self.model.unset.insert(name, problem);
        } else {
            self.model.complain(problem);
        }
    }

    /// What came of settings is read once.
    pub(super) fn forget_refusals(&mut self) {
        self.model.unset.clear();
        if self.model.central != Remote::Asked {
            self.model.central = Remote::Unasked;
        }
    }

    /// Asks for another way to the central.
    pub(super) fn set_central(&mut self, wish: central::Wish) {
        self.model.central = Remote::Asked;
        let request = Request::SetCentral {
            url: wish.url,
            ca: wish.ca,
            identity: wish.identity,
        };
        self.ask(Purpose::Central, request, Vec::new());
    }

    /// Opens the system's dialog for the file of a certificate, off the window's thread.
    pub(super) fn choose_certificate(&mut self, ctx: &Context, which: central::Which) {
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        let started = std::thread::Builder::new()
            .name("certificate".to_owned())
            .spawn(move || {
                let dialog =
                    rfd::FileDialog::new().add_filter("PEM", &["pem", "crt", "cer", "key"]);
                // The window may have asked for another file by now; then nobody waits for this one.
                let _ = match picker::ask(|| dialog.pick_file()) {
                    Ok(Some(path)) => sender.send(Some(path)),
                    Ok(None) => Ok(()),
                    Err(NoDialog) => sender.send(None),
                };
                ctx.request_repaint();
            });
        match started {
            Ok(_) => self.choosing_certificate = Some((which, receiver)),
            Err(error) => {
                let problem = problem("no-file-dialog", String::new(), &error.to_string());
                self.model.complain(problem);
            }
        }
    }

    /// Takes the file that was chosen for a certificate.
    pub(super) fn take_certificate(&mut self) {
        let chosen = self
            .choosing_certificate
            .as_ref()
            .map(|(which, waiting)| (*which, Receiver::try_recv(waiting)));
        if let Some((which, Ok(chosen))) = chosen {
            self.choosing_certificate = None;
            match chosen {
                Some(path) => {
                    let path = path.display().to_string();
                    self.settings.central.choose(which, path);
                }
                None => self
                    .model
                    .complain(problem("no-certificate-dialog", String::new(), "")),
            }
        }
    }
}
