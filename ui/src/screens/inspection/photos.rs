//! Photo files: chosen or named, read on a thread of their own, handed to the desk, and known by their hash after.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::{Context, Key, Ui};
use outpost_domain::BlobHash;
use outpost_protocol::{MAX_FILE, Reply, Request};
use serde::{Deserialize, Serialize};

use crate::design::words::{hint, label, label_2};
use crate::design::{Button, Field, SPACE_S, SPACE_XS, Tone, Type, icons, notice};
use crate::picker::{self, NoDialog};
use crate::text::{tr, tr_args, tr_problem};

use super::{Acts, Outcome, Purpose};

/// A photo that is on this laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub blob: BlobHash,
}

impl Photo {
    /// A photo of an earlier entry: its file's name is not known any more, its content is.
    pub fn of(blob: &BlobHash) -> Self {
        Self {
            name: blob.to_string().chars().take(12).collect(),
            blob: *blob,
        }
    }
}

/// The contents of photos, as entries name them.
pub fn blobs(photos: &[Photo]) -> Vec<BlobHash> {
    photos.iter().map(|photo| photo.blob).collect()
}

/// What a thread found.
#[derive(Debug)]
enum Read {
    /// No dialog appeared.
    NoDialog,
    /// A file's bytes.
    File {
        name: String,
        media_type: &'static str,
        bytes: Vec<u8>,
    },
    /// It could not be taken; why, as a Fluent key with arguments.
    Failed {
        key: &'static str,
        name: String,
        detail: String,
    },
    /// The dialog was closed without a choice.
    Nothing,
}

/// Photos on their way to the desk.
#[derive(Debug)]
pub struct Photos {
    sender: Sender<Read>,
    receiver: Receiver<Read>,
    reading: usize,
    asked: Vec<(u64, String)>,
    next: u64,
    kept: Vec<Photo>,
    problem: Option<String>,
    /// A path being typed.
    path: String,
}

impl Default for Photos {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            reading: 0,
            asked: Vec::new(),
            next: 0,
            kept: Vec::new(),
            problem: None,
            path: String::new(),
        }
    }
}

impl Photos {
    /// Whether a file is being chosen, read or kept.
    pub const fn busy(&self) -> bool {
        self.reading > 0 || !self.asked.is_empty()
    }

    /// Opens the system's dialog for files, off the window's thread.
    fn choose(&mut self, ctx: &Context) {
        self.start(ctx, |send| {
            let dialog = rfd::FileDialog::new()
                .add_filter("JPEG, PNG", &["jpg", "jpeg", "png", "JPG", "JPEG", "PNG"]);
            match picker::ask(|| dialog.pick_files()) {
                Ok(chosen) => {
                    for path in chosen.unwrap_or_default() {
                        send(read(&path));
                    }
                }
                Err(NoDialog) => send(Read::NoDialog),
            }
            send(Read::Nothing);
        });
    }

    /// Reads a file by its path, off the window's thread.
    fn read(&mut self, ctx: &Context, path: PathBuf) {
        self.start(ctx, move |send| {
            send(read(&path));
            send(Read::Nothing);
        });
    }

    fn start(&mut self, ctx: &Context, work: impl FnOnce(&dyn Fn(Read)) + Send + 'static) {
        self.problem = None;
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let send = move |read| {
            // The screen may be gone by now; then nobody waits for the file.
            if sender.send(read).is_ok() {
                ctx.request_repaint();
            }
        };
        let started = std::thread::Builder::new()
            .name("photos".to_owned())
            .spawn(move || work(&send));
        match started {
            Ok(_) => self.reading += 1,
            Err(error) => self.problem = Some(error.to_string()),
        }
    }

    /// Hands what was read to the desk.
    pub fn receive(&mut self, acts: &mut Acts) {
        while let Ok(read) = self.receiver.try_recv() {
            match read {
                Read::NoDialog => self.problem = Some(tr("problem-no-file-dialog")),
                Read::Nothing => self.reading = self.reading.saturating_sub(1),
                Read::Failed { key, name, detail } => {
                    let limit = (MAX_FILE / 1_048_576).to_string();
                    let args = [
                        ("name", name.into()),
                        ("detail", detail.into()),
                        ("limit", limit.into()),
                    ];
                    self.problem = Some(tr_args(key, &args));
                }
                Read::File {
                    name,
                    media_type,
                    bytes,
                } => {
                    self.next += 1;
                    self.asked.push((self.next, name.clone()));
                    let request = Request::PutBlob {
                        media_type: media_type.to_owned(),
                        name,
                    };
                    acts.ask(Purpose::Photo(self.next), request, Some(bytes));
                }
            }
        }
    }

    /// The desk's answer about a photo.
    pub fn stored(&mut self, number: u64, outcome: Outcome) {
        let Some(index) = self.asked.iter().position(|(asked, _)| *asked == number) else {
            return;
        };
        let (_, name) = self.asked.remove(index);
        match outcome {
            Ok((Reply::Stored { blob, .. }, _)) => self.kept.push(Photo { name, blob }),
            Ok(_) => self.problem = Some(tr("photos-strange")),
            Err(problem) => self.problem = Some(tr_problem(&problem)),
        }
    }

    /// Hands the photos kept since to the form that is open.
    pub fn hand_over(&mut self, photos: &mut Vec<Photo>) {
        for photo in self.kept.drain(..) {
            if photos.iter().all(|known| known.blob != photo.blob) {
                photos.push(photo);
            }
        }
    }

    /// The photos of the form that is open, and how to add one.
    pub fn fields(&mut self, ui: &mut Ui, photos: &mut Vec<Photo>) {
        for path in picker::dropped(ui) {
            self.read(ui.ctx(), path);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = SPACE_XS;
            label_2(
                ui,
                tr_args("finding-photos", &[("n", photos.len().into())]),
                Type::SmallMedium,
            );
            let mut gone = None;
            for (index, photo) in photos.iter().enumerate() {
                if row(ui, photo) {
                    gone = Some(index);
                }
            }
            if let Some(index) = gone {
                photos.remove(index);
            }
            ui.horizontal(|ui| self.add(ui));
            if let Some(problem) = &self.problem {
                notice::banner(ui, problem, Tone::Red);
            }
        });
    }

    /// The button that chooses files, and the field for a path.
    fn add(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.x = SPACE_S;
        let choose = tr("photos-choose");
        let button = Button::secondary(&choose).icon(icons::CAMERA);
        if ui.add(button).clicked() {
            self.choose(ui.ctx());
        }
        let response = Field::new("")
            .hint(&tr("photos-path"))
            .limit(1000)
            .show(ui, &mut self.path);
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if entered && !self.path.trim().is_empty() {
            let path = std::mem::take(&mut self.path);
            self.read(ui.ctx(), path.trim().into());
            response.request_focus();
        }
    }
}

/// A photo's line; whether it is to be left out.
fn row(ui: &mut Ui, photo: &Photo) -> bool {
    ui.horizontal(|ui| {
        label(ui, icons::IMAGE, Type::Icon);
        label(ui, &photo.name, Type::Body);
        hint(ui, tr("photos-kept"));
        let words = tr_args("photos-remove", &[("name", photo.name.clone().into())]);
        ui.add(Button::icon_only(icons::X, &words).frameless())
            .clicked()
    })
    .inner
}

fn read(path: &Path) -> Read {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let failed = |key, detail: String| Read::Failed {
        key,
        name: name.clone(),
        detail,
    };
    let size = match std::fs::metadata(path) {
        Ok(data) if data.is_file() => data.len(),
        Ok(_) => return failed("photos-no-file", String::new()),
        Err(error) => return failed("photos-unreadable", error.to_string()),
    };
    // Rounded up: one byte too many must not read as the limit itself.
    let megabytes = |size: u64| size.div_ceil(1_048_576).to_string();
    if size > MAX_FILE {
        return failed("photos-too-large", megabytes(size));
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return failed("photos-unreadable", error.to_string()),
    };
    match media_type(&bytes) {
        Some(media_type) => Read::File {
            name,
            media_type,
            bytes,
        },
        None => failed("photos-no-image", String::new()),
    }
}

/// The media type by the first bytes, never by the name.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let starts: [(&[u8], &str); 5] = [
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"%PDF-", "application/pdf"),
    ];
    starts
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, kind)| *kind)
}
