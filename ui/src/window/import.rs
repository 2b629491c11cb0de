//! Files from a folder: the thread that looks through it, what the desk says of them, and each on its way into an
//! inspection: read again, kept, recorded. One after the other, so that no more than one is in memory.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::{ColorImage, Context, TextureOptions, Ui};
use jiff::SignedDuration;
use outpost_domain::{BlobHash, BroughtImage, EntryBody, ImageKind};
use outpost_protocol::{Problem, Reply, Request};

use crate::intake::{
    Found, News, Picture, Refused, Seen, Taken, Taking, Wanted, Watch, What, Why, written,
};
use crate::intent::Place;
use crate::picker::{self, NoDialog};
use crate::screens::import::{Local, SETTING, Small, Wish, obvious};

use super::Window;
use super::asking::Purpose;
use super::papers::problem;

/// Inspections that came since are held against the files after this time at the earliest.
const AGAIN: SignedDuration = SignedDuration::from_secs(20);

/// A file on its way into an inspection.
#[derive(Debug)]
pub(super) struct InHand {
    wanted: Wanted,
    path: PathBuf,
    image: BroughtImage,
    /// The description, once the file itself is kept.
    description: Option<Vec<u8>>,
    /// Whether its bytes have gone to the desk: then it goes on whatever becomes of the folder.
    sent: bool,
}

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Which inspections files may be of.
    Match,
    /// A file that is kept.
    Keep,
    /// The entry.
    Record,
}

impl Window {
    /// Carries out what is wanted on the page.
    pub(super) fn import_wish(&mut self, ctx: &Context, wish: Wish) {
        let basket = &mut self.import.basket;
        match wish {
            Wish::Choose => self.choose_folder(ctx),
            Wish::Look(path) => self.look_through(ctx, path),
            Wish::Leave => {
                self.leave_folder();
                self.import.left = true;
            }
            Wish::Always(always) => {
                let root = self.import.watch.as_ref().map(|w| w.root.display());
                let value = root.filter(|_| always).map(|r| r.to_string());
                self.set(SETTING, value.unwrap_or_default());
            }
            Wish::Step(rows) => basket.step(rows),
            Wish::Select(key) => basket.selected = (basket.selected != Some(key)).then_some(key),
            Wish::Only(group) => basket.show_only(group),
            Wish::Take => {
                if let Some(wanted) = basket.chosen().and_then(obvious) {
                    basket.want(wanted);
                }
            }
            Wish::TakeAll => {
                for wanted in basket.all_sure() {
                    basket.want(wanted);
                }
            }
            Wish::TakeTo(wanted) => basket.want(wanted),
        }
        self.import.basket.tidy();
    }

    /// Opens the system's dialog for a folder, off the window's thread.
    fn choose_folder(&mut self, ctx: &Context) {
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        let started = std::thread::Builder::new()
            .name("folder".to_owned())
            .spawn(move || {
                // The window may have asked for another folder by now; then nobody waits for this one.
                let _ = match picker::ask(|| rfd::FileDialog::new().pick_folder()) {
                    Ok(Some(path)) => sender.send(Some(path)),
                    Ok(None) => Ok(()),
                    Err(NoDialog) => sender.send(None),
                };
                ctx.request_repaint();
            });
        match started {
            Ok(_) => self.import.choosing = Some(receiver),
            Err(error) => self.complain_of_folder("no-file-dialog", "", &error.to_string()),
        }
    }

    fn complain_of_folder(&mut self, code: &str, folder: &str, reason: &str) {
        self.model
            .complain(problem(code, folder.to_owned(), reason));
    }

    fn look_through(&mut self, ctx: &Context, root: PathBuf) {
        self.leave_folder();
        match Watch::start(ctx, root, self.model.zone.clone()) {
            Ok(watch) => self.import.watch = Some(watch),
            Err(error) => self.complain_of_folder("import-no-thread", "", &error.to_string()),
        }
    }

    /// Puts the folder away. A file whose bytes the desk has goes on its way.
    fn leave_folder(&mut self) {
        self.import_in_hand = self.import_in_hand.take().filter(|hand| hand.sent);
        self.import = Local {
            of: self.import.of,
            ..Local::default()
        };
    }

    /// Takes in what the folder's thread has found, and goes on with what is on its way.
    pub(super) fn take_import(&mut self, ui: &Ui) {
        let officer = self.model.officer().map(|officer| officer.id);
        if self.import.of != officer {
            self.leave_folder();
            self.import_in_hand = None;
            self.import.of = officer;
        }
        if officer.is_none() {
            return;
        }
        self.take_folder(ui);
        let news: Vec<News> = self.import.watch.iter().flat_map(Watch::news).collect();
        for news in news {
            self.found(ui.ctx(), news);
        }
        self.want_picture();
        self.match_files();
        self.next_in_hand();
        self.import.basket.tidy();
    }

    /// The folder that was chosen, dropped onto the page, or is looked through at every start.
    fn take_folder(&mut self, ui: &Ui) {
        let chosen = self.import.choosing.as_ref().map(Receiver::try_recv);
        if let Some(Ok(chosen)) = chosen {
            self.import.choosing = None;
            match chosen {
                Some(path) => self.look_through(ui.ctx(), path),
                None => self.complain_of_folder("no-file-dialog", "", ""),
            }
        }
        if self.place != Place::Import {
            return;
        }
        if let Some(path) = picker::dropped(ui).into_iter().next() {
            self.look_through(ui.ctx(), path);
        } else if self.import.watch.is_none() && !self.import.left {
            let always = self.model.setting(SETTING).to_owned();
            if !always.is_empty() {
                self.look_through(ui.ctx(), always.into());
            }
        }
    }

    fn found(&mut self, ctx: &Context, news: News) {
        let basket = &mut self.import.basket;
        match news {
            News::Listing(listing, growing) => basket.list(listing, &growing),
            News::Looked(file, seen) => basket.looked(&file, *seen),
            News::Gone(reason) => basket.gone = Some(reason),
            News::Read(path, taken) => self.keep(&path, taken),
            News::Picture(path, picture) => self.pictured(ctx, &path, picture),
        }
    }

    /// Has a small picture made of the file that is selected, once.
    fn want_picture(&mut self) {
        let local = &mut self.import;
        let (Some(found), Some(watch)) = (local.basket.chosen(), &local.watch) else {
            return;
        };
        let asked = local
            .small
            .as_ref()
            .is_some_and(|(key, _)| *key == found.key);
        if let Some(seen) = found.seen().filter(|_| !asked) {
            watch.picture(found.file.clone(), seen.clone());
            local.small = Some((found.key, Small::Asked));
        }
    }

    fn pictured(
        &mut self,
        ctx: &Context,
        path: &std::path::Path,
        picture: Result<Picture, Refused>,
    ) {
        let local = &mut self.import;
        let chosen = local.basket.chosen().filter(|f| f.file.path == path);
        let Some(key) = chosen.map(|found| found.key) else {
            return;
        };
        let small = match picture {
            Ok(picture) => {
                let size = [picture.width, picture.height];
                let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
                Small::Here(ctx.load_texture("import", image, TextureOptions::LINEAR))
            }
            Err(why) => Small::None(why),
        };
        local.small = Some((key, small));
    }

    /// Asks which inspections files may be of, some at a time; again when others have come.
    fn match_files(&mut self) {
        if self.is_asked(|purpose| *purpose == Purpose::Import(Step::Match)) {
            return;
        }
        let (revision, now) = (self.model.rows.revision(), self.model.now);
        let local = &mut self.import;
        match local.matched_at {
            None => local.matched_at = Some((revision, now)),
            Some((before, at)) if before != revision && now >= at + AGAIN => {
                local.matched_at = Some((revision, now));
                local.basket.match_again();
            }
            Some(_) => {}
        }
        let files = local.basket.to_match();
        if !files.is_empty() {
            let request = Request::MatchFiles { files };
            self.ask(Purpose::Import(Step::Match), request, Vec::new());
        }
    }

    /// Has the next file that waits read again.
    fn next_in_hand(&mut self) {
        if self.import_in_hand.is_some() {
            return;
        }
        let local = &mut self.import;
        let (Some(watch), Some(wanted)) = (&local.watch, local.basket.queue.pop_front()) else {
            return;
        };
        let Some(found) = local.basket.get(wanted.key) else {
            return;
        };
        if let Some(seen) = found.seen() {
            watch.read(found.file.clone(), seen.clone());
            self.import_in_hand = Some(InHand {
                image: image_of(found, seen),
                path: found.file.path.clone(),
                wanted,
                description: None,
                sent: false,
            });
        }
    }

    /// Has the desk keep what was read.
    fn keep(&mut self, path: &std::path::Path, taken: Result<Taken, Refused>) {
        let Some(hand) = self
            .import_in_hand
            .as_mut()
            .filter(|hand| hand.path == path && !hand.sent)
        else {
            return;
        };
        match taken {
            Ok(taken) => {
                hand.sent = true;
                hand.description = taken.description;
                let request = Request::PutBlob {
                    media_type: hand.image.media_type.clone(),
                    name: hand.image.name.clone(),
                };
                self.ask(Purpose::Import(Step::Keep), request, taken.bytes);
            }
            Err(why) => self.settle_in_hand(Taking::Failed(Why::Refused(why))),
        }
    }

    fn settle_in_hand(&mut self, taking: Taking) {
        if let Some(hand) = self.import_in_hand.take() {
            self.import.basket.settle(hand.wanted.key, taking);
        }
    }

    /// The desk's answer to one of the steps.
    pub(super) fn import_answered(&mut self, step: Step, reply: Reply) {
        match (step, reply) {
            (Step::Match, Reply::Matched { files }) => self.import.basket.matched(files),
            (Step::Keep, Reply::Stored { blob, .. }) => self.kept(blob),
            (Step::Record, Reply::Saved { sequence, .. }) => {
                let unit = self.import_in_hand.as_ref().map(|h| h.wanted.unit.clone());
                let unit = unit.unwrap_or_default();
                self.settle_in_hand(Taking::Done { unit, sequence });
            }
            (_, _) => {}
        }
    }

    /// One of the steps was refused.
    pub(super) fn import_refused(&mut self, step: Step, problem: Problem) {
        match step {
            Step::Match => self.model.complain(problem),
            Step::Keep | Step::Record => {
                self.settle_in_hand(Taking::Failed(Why::Problem(problem)));
            }
        }
    }

    /// The file, or its description, is kept: the next step.
    fn kept(&mut self, blob: BlobHash) {
        let Some(hand) = self.import_in_hand.as_mut() else {
            return;
        };
        hand.image.files.push(blob);
        if let Some(description) = hand.description.take() {
            let request = Request::PutBlob {
                media_type: "application/json".to_owned(),
                name: format!("{}.json", hand.image.name),
            };
            self.ask(Purpose::Import(Step::Keep), request, description);
            return;
        }
        let request = Request::Record {
            inspection: hand.wanted.inspection,
            body: EntryBody::ImageBrought {
                image: Box::new(hand.image.clone()),
            },
            based_on: hand.wanted.version,
            supersedes: None,
            by: None,
            on_behalf_of: None,
        };
        self.ask(Purpose::Import(Step::Record), request, Vec::new());
    }
}

/// What the entry says of an image; its files are named once they are kept.
fn image_of(found: &Found, seen: &Seen) -> BroughtImage {
    BroughtImage {
        image: match seen.what {
            What::Radiograph => ImageKind::Radiograph,
            What::Photo => ImageKind::Photo,
        },
        files: Vec::new(),
        bytes: found.file.stamp.bytes,
        media_type: seen.media_type.clone(),
        name: found.name.clone(),
        width: seen.width,
        height: seen.height,
        taken_at: seen.taken_at,
        file_at: written(&found.file),
        source: seen.source.clone(),
        site: seen.site.clone(),
        pitch_um: seen.pitch_mm.map(|mm| (mm * 1000.0).round() as u32),
        unit_read: seen.units.first().map(|(unit, _)| unit.to_string()),
    }
}
