//! The radiograph of the inspection: fetched from the desk, read on the workbench, marked with regions, concluded.

use egui::{Frame, Key, Margin, Modifiers, Panel, Rect, ScrollArea, Ui, pos2};
use jiff::Timestamp;
use outpost_domain::{BlobHash, EntryBody, ImageConclusion, ImageRecord, RegionShape, Scan};

use crate::design::card::card;
use crate::design::words::paragraph;
use crate::design::{Button, SPACE_L, SPACE_S, Type, blank, icons, palette, progress};
use crate::moment::decimal;
use crate::radiograph::{self, Bench, Control, File, Outline, Shown};
use crate::text::{tr, tr_args, tr_code};

use super::act::{Outcome, Purpose};
use super::coming::Coming;
use super::compare::{self, Other};
use super::region::{self, RegionForm};
use super::suggest::{self, Offered};
use super::view::Shot;
use super::{Acts, Screen, View, gallery, measured, opinion, regions, scan_file, tools};

/// What the radiograph's tab remembers.
#[derive(Debug, Default)]
pub struct Reading {
    /// The image that was chosen; the first one when none was, or when it is there no more.
    picked: Option<BlobHash>,
    /// The image whose bytes are shown or on their way.
    blob: Option<BlobHash>,
    coming: Option<Coming>,
    arrived: Option<File>,
    problem: Option<String>,
    /// Whether it is a photo.
    pub photo: bool,
    /// The workbench.
    pub bench: Bench,
    stage: Option<Rect>,
    /// What the scan is, when the tool bar has no room for it.
    pub about: Option<String>,
    /// The control that was wanted and cannot be used on this image.
    pub refused: Option<Control>,
    /// The scan that is compared with.
    other: Option<Other>,
    /// What of the suggestions the officer has seen.
    pub offered: Offered,
    /// Whether the suggestion looked at is to become a region.
    pub mark_suggestion: bool,
    /// Where a chart was saved, or why it could not be.
    pub saved: Option<String>,
    /// The region looked at, as its place in the list.
    selected: Option<usize>,
    /// The region being described.
    pub form: Option<RegionForm>,
    /// Milliseconds that the image was in sight.
    looked: i64,
    seen_at: Option<Timestamp>,
}

/// Width of the panel beside the image, points.
const SIDE: f32 = 340.0;

impl Reading {
    /// Takes bytes of a scan.
    pub fn received(&mut self, blob: BlobHash, outcome: Outcome) {
        if let Some(other) = self.other.as_mut().filter(|other| other.waits_for(blob)) {
            other.received(outcome);
            return;
        }
        let coming = self.coming.as_mut().filter(|c| c.waits_for(blob));
        let Some(done) = coming.and_then(|coming| coming.received(outcome)) else {
            return;
        };
        self.coming = None;
        match done {
            Ok(file) => self.arrived = Some(file),
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// The image is out of sight: its reading time rests.
    pub const fn rest(&mut self) {
        self.seen_at = None;
    }

    /// Counts the time that the image is in sight.
    pub(in crate::screens) fn look(&mut self, now: Timestamp) {
        if let Some(before) = self.seen_at {
            self.looked += now.duration_since(before).as_millis().clamp(0, 3_600_000) as i64;
        }
        self.seen_at = Some(now);
    }

    fn seconds(&self) -> u32 {
        self.milliseconds() / 1000
    }

    /// How long the image was in sight.
    pub(in crate::screens) fn milliseconds(&self) -> u32 {
        u32::try_from(self.looked).unwrap_or(u32::MAX)
    }

    /// Where the image is shown.
    pub(in crate::screens) const fn stands_on(&mut self, stage: Rect) {
        self.stage = Some(stage);
    }

    /// The image that is shown, of all there are.
    pub(super) fn shown<'a>(&self, shots: &'a [Shot]) -> Option<&'a Shot> {
        let picked = shots.iter().find(|s| Some(s.scan.blob) == self.picked);
        picked.or_else(|| shots.first())
    }

    /// The scan that is compared with.
    pub(super) const fn other(&mut self) -> &mut Option<Other> {
        &mut self.other
    }

    /// Shows another image.
    pub(super) fn choose(&mut self, blob: BlobHash) {
        *self = Self {
            picked: Some(blob),
            bench: std::mem::take(&mut self.bench),
            ..Self::default()
        };
    }

    /// Asks for what is missing of the scan.
    fn fetch(&mut self, view: &View<'_>, scan: &Scan, acts: &mut Acts) {
        if self.blob != Some(scan.blob) && self.problem.is_none() && Coming::is_here(scan, view) {
            self.blob = Some(scan.blob);
            self.coming = Some(Coming::new(scan));
        }
        if let Some(coming) = &mut self.coming {
            coming.ask(acts);
        }
    }

    /// Carries out the tools' keys, each as often as it was pressed since the last frame; says whether one was.
    pub fn keys(&mut self, ui: &Ui) -> bool {
        if self.bench.image().is_none() {
            return false;
        }
        if self.outline_keys(ui) || suggest::keys(self, ui) {
            return true;
        }
        let mut heard = false;
        for control in Control::ALL {
            let key = control.key();
            let times = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
            for _ in 0..times {
                self.press(control, ui);
                heard = true;
            }
        }
        heard || self.move_by_keys(ui)
    }

    /// While an outline is drawn corner by corner, Enter closes it, Backspace takes the last corner back and Escape
    /// drops it.
    fn outline_keys(&mut self, ui: &Ui) -> bool {
        if self.bench.corners.is_empty() {
            return false;
        }
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Enter) {
            self.bench.close_outline = true;
        } else if pressed(Key::Backspace) {
            self.bench.corners.pop();
        } else if pressed(Key::Escape) {
            self.bench.corners.clear();
        } else {
            return false;
        }
        true
    }

    /// Uses a control; one that cannot be used on this image says why on the stage.
    pub fn press(&mut self, control: Control, ui: &Ui) {
        self.refused = self.bench.why_not(control).is_some().then_some(control);
        self.bench.press(control, ui.ctx(), self.stage);
        if control == Control::Suggest {
            suggest::next(self);
        }
    }

    /// Shows a part of the file, in its pixels, in the middle of the stage.
    pub(in crate::screens) fn look_at_part(&mut self, part: Rect) {
        if let Some(stage) = self.stage {
            let size = self.bench.size();
            let part = self.bench.seen(&Outline::Box(part)).bounds();
            self.bench
                .look(radiograph::Viewport::on(part, size, stage.size()));
        }
    }

    /// Arrows move the view by an eighth of the stage, plus and minus zoom to its middle.
    fn move_by_keys(&mut self, ui: &Ui) -> bool {
        let (Some(stage), Some(viewport)) = (self.stage, self.bench.viewport) else {
            return false;
        };
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let step = stage.size() / 8.0;
        let moves = [
            (Key::ArrowLeft, egui::vec2(step.x, 0.0)),
            (Key::ArrowRight, egui::vec2(-step.x, 0.0)),
            (Key::ArrowUp, egui::vec2(0.0, step.y)),
            (Key::ArrowDown, egui::vec2(0.0, -step.y)),
        ];
        let size = self.bench.size();
        for (key, by) in moves {
            if pressed(key) {
                self.bench.look(viewport.panned(by, size, stage.size()));
                return true;
            }
        }
        for (key, factor) in [(Key::Plus, 1.25), (Key::Equals, 1.25), (Key::Minus, 0.8)] {
            if pressed(key) {
                self.bench
                    .look(viewport.zoomed(stage, stage.center(), factor, size));
                return true;
            }
        }
        false
    }
}

const fn import(words: &str) -> Button<'_> {
    Button::secondary(words)
        .icon(icons::HARD_DRIVES)
        .key("Ctrl+I")
}

/// There is no image yet; a stick may have one.
fn none(screen: &mut Screen, ui: &mut Ui) {
    let words = tr("radiograph-import");
    let import = import(&words);
    let (title, why) = (tr("radiograph-none"), tr("radiograph-none-why"));
    let pressed = blank::empty(ui, icons::SCAN, &title, &why, Some(import));
    if pressed.is_some_and(|button| button.clicked()) {
        screen.acts.import();
    }
}

/// Shows the tab.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let shots = view.shots();
    let Some(shot) = screen.reading.shown(&shots) else {
        none(screen, ui);
        return;
    };
    let scan = &shot.scan;
    let reading = &mut screen.reading;
    reading.photo = shot.photo.is_some();
    reading.fetch(view, scan, &mut screen.acts);
    if let Some(file) = reading.arrived.take() {
        reading.bench.open(ui.ctx(), file);
    }
    reading.bench.receive(ui.ctx());
    reading.bench.pitch_mm = tools::pitch(&reading.bench, scan);
    let about = tools::metadata(&reading.bench, view, scan);
    tools::bar(reading, ui, about);
    side(screen, ui, view, shot);
    compare::fetch(screen, ui);
    compare::strip(&mut screen.reading, ui, view);
    stage(screen, ui, view, scan);
}

fn stage(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, scan: &Scan) {
    let p = palette(ui);
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0, p.stage);
    match screen.reading.bench.shown() {
        Shown::Image => image(screen, ui, view, scan),
        Shown::Failed(error) => {
            blank::failed(ui, &tr("radiograph-failed"), &why_unseen(error), None);
        }
        Shown::Decoding => blank::loading(
            ui,
            &tr("radiograph-decoding"),
            &tr("radiograph-decoding-why"),
        ),
        Shown::Nothing => waiting(&mut screen.reading, ui, view, scan),
    }
}

/// Why a file is not shown, in the officer's words, with the decoder's own for who repairs the scanner.
pub(in crate::screens) fn why_unseen(error: &outpost_imaging::DecodeError) -> String {
    format!(
        "{} {}",
        tr_code("unseen", error.code()),
        tr_args(
            "radiograph-failed-why",
            &[("error", error.to_string().into())]
        )
    )
}

/// Before the image is there: on its way, refused, or not on this laptop.
fn waiting(reading: &mut Reading, ui: &mut Ui, view: &View<'_>, scan: &Scan) {
    if let Some(problem) = reading.problem.clone() {
        let words = tr("radiograph-again");
        let again = blank::failed(
            ui,
            &tr("radiograph-unfetched"),
            &problem,
            Some(Button::secondary(&words)),
        );
        if again.is_some_and(|response| response.clicked()) {
            reading.choose(scan.blob);
        }
    } else if let Some(fetch) = reading.coming.as_ref().map(Coming::fetch) {
        let (here, total) = fetch.bytes();
        let megabytes = |bytes: u64| decimal(bytes as f64 / 1e6, 1);
        let args = [
            ("here", megabytes(here).into()),
            ("total", megabytes(total).into()),
        ];
        let words = tr_args("radiograph-fetching-why", &args);
        let rect = ui.available_rect_before_wrap();
        let place = Rect::from_center_size(
            pos2(rect.center().x, rect.top() + rect.height() * 0.3),
            egui::vec2(240.0, 4.0),
        );
        progress::paint(ui, place, fetch.part(), palette(ui).line);
        blank::loading(ui, &tr("radiograph-fetching"), &words);
    } else if reading.photo {
        let (title, why) = (tr("photos-absent"), tr("photos-absent-why"));
        blank::empty(ui, icons::IMAGE, &title, &why, None);
    } else if view.line_up() {
        let words = tr_args(
            "radiograph-coming-why",
            &[("size", decimal(scan.bytes as f64 / 1e6, 1).into())],
        );
        blank::empty(
            ui,
            icons::CLOUD_ARROW_DOWN,
            &tr("radiograph-coming"),
            &words,
            None,
        );
    } else {
        blank::empty(
            ui,
            icons::CLOUD_SLASH,
            &tr("radiograph-absent"),
            &tr("radiograph-absent-why"),
            None,
        );
    }
}

fn image(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, scan: &Scan) {
    let reading = &mut screen.reading;
    reading.look(view.now);
    let mut regions = region::drawn(view, scan, reading.selected, reading.bench.pitch_mm);
    let own = regions.len();
    if !view.suggestions_off() && !reading.photo {
        reading
            .bench
            .suggest(|| suggest::declared(view.inspection()));
        regions.extend(reading.offered.regions(reading.bench.suggestions()));
    }
    for region in &mut regions {
        region.outline = reading.bench.seen(&region.outline);
    }
    let looked_at = reading.selected.and_then(|index| regions.get(index));
    let mut measured = looked_at.map(|region| region.outline.clone());
    if let Some(form) = &reading.form {
        let mut region = form.region();
        region.outline = reading.bench.seen(&region.outline);
        measured = Some(region.outline.clone());
        regions.push(region);
    }
    reading
        .bench
        .measure_inside(measured.as_ref().and_then(Outline::area));
    let unit = [("unit", view.hero().into())];
    let name = if reading.photo {
        tr_args("photo-name", &unit)
    } else {
        tr_args("radiograph-name", &unit)
    };
    let names = compare::names(reading, view);
    let drawn = radiograph::canvas(
        ui,
        &mut reading.bench,
        &regions,
        &name,
        [&names[0], &names[1]],
    );
    let Some(stage) = drawn.stage else { return };
    reading.stands_on(stage);
    // A stage of half the width has no room for it beside the figures.
    if reading.bench.comparing.stages(stage).1.is_none() {
        radiograph::overview(ui, &mut reading.bench, stage, &tr("radiograph-map"));
    }
    if let Some(pixel) = drawn.pixel {
        radiograph::readout(ui, stage, &tools::readout(&reading.bench, pixel));
    }
    tools::marks(reading, ui, stage);
    tools::notes(reading, ui, stage);
    if let Some(index) = drawn.clicked.filter(|index| *index < own) {
        reading.selected = Some(index);
    }
    if let Some(outline) = drawn.region {
        let outline = reading.bench.recorded(&outline);
        reading.form = Some(RegionForm::new(scan.blob, &outline, &screen.drafts));
    }
    suggest::mark(screen, scan);
    region::popover(screen, ui, view, stage);
}

fn side(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, shot: &Shot) {
    let p = palette(ui);
    let scan = &shot.scan;
    let shown = Panel::right("radiograph-side")
        .exact_size(SIDE)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.background))
        .show(ui, |ui| {
            if shot.photo.is_none() {
                conclusions(screen, ui, view, scan);
            }
            ScrollArea::vertical()
                .id_salt("radiograph-side")
                .auto_shrink(false)
                .show(ui, |ui| {
                    Frame::new()
                        .inner_margin(Margin::same(SPACE_L as i8))
                        .show(ui, |ui| {
                            ui.spacing_mut().item_spacing.y = SPACE_L;
                            if let Some(photo) = &shot.photo {
                                gallery::says(&screen.reading, ui, view, photo);
                                regions::list(screen, ui, view, scan);
                                regions::manifest_says(ui, view);
                                return;
                            }
                            scan_file::warning(&screen.reading, ui, view, scan);
                            if screen.reading.bench.image().is_some() {
                                // It answers what the officer has just asked, so it comes first.
                                measured::line(&mut screen.reading, ui, &view.hero());
                                tools::cards(&mut screen.reading, ui);
                            }
                            regions::list(screen, ui, view, scan);
                            suggest::card(&mut screen.reading, ui, view);
                            measured::inside(&mut screen.reading, ui, &view.hero());
                            regions::manifest_says(ui, view);
                            if screen.reading.bench.image().is_some() {
                                tools::look(&mut screen.reading, ui);
                            }
                            scan_file::says(&screen.reading, ui);
                            if ui.add(import(&tr("radiograph-import")).fill()).clicked() {
                                screen.acts.import();
                            }
                            practice(screen, ui, view);
                        });
                });
        });
    ui.painter().vline(
        shown.response.rect.left(),
        shown.response.rect.y_range(),
        p.hairline(),
    );
}

/// The way to practice, below everything that belongs to this scan.
fn practice(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    if view.practice_off() {
        return;
    }
    card(ui, &tr("practice-card"), |ui| {
        let p = palette(ui);
        paragraph(ui, tr("practice-card-why"), Type::Small, p.ink_2);
        let words = tr("practice-card-go");
        if ui.add(Button::secondary(&words).key("Ctrl+8")).clicked() {
            screen.acts.practise();
        }
    });
}

/// The conclusion, at the lower right: what stands, and the four that can be recorded.
fn conclusions(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, scan: &Scan) {
    let p = palette(ui);
    Panel::bottom("conclusions")
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(SPACE_S, SPACE_S);
            opinion::shown(ui, view, scan.blob);
            let me = view.officer().map(|officer| officer.id);
            let own = |image: &&ImageRecord| image.scan == scan.blob && Some(image.reader) == me;
            let mine = view.state().images.iter().find(own).map(|i| i.conclusion);
            let asked = opinion::asked_of_me(view, scan.blob);
            let seen = screen.reading.bench.image().is_some();
            ui.columns(2, |columns| {
                for (index, conclusion) in ImageConclusion::ALL.iter().enumerate() {
                    let Some(column) = columns.get_mut(index % 2) else {
                        continue;
                    };
                    let body = EntryBody::ImageConcluded {
                        scan: scan.blob,
                        conclusion: *conclusion,
                        reading_seconds: screen.reading.seconds(),
                        opinion: asked,
                    };
                    let why = if seen {
                        view.refusal(&body)
                    } else {
                        Some(tr("radiograph-see-first"))
                    };
                    let words = tr_code("image", conclusion);
                    let button = match conclusion {
                        ImageConclusion::Anomaly => Button::danger(&words),
                        _ => Button::secondary(&words),
                    };
                    let button = button.fill().selected(mine == Some(*conclusion));
                    if column
                        .add(button.disabled_because(why.as_deref()))
                        .clicked()
                    {
                        screen.acts.record(view, Purpose::OneClick, body);
                    }
                }
            });
            // A second opinion is on a first one.
            let read = view.state().images.iter().any(|i| i.scan == scan.blob);
            let ask = tr("opinion-ask");
            if read && ui.add(Button::quiet(&ask).key("Ctrl+O")).clicked() {
                opinion::open(screen, view);
            }
        });
}

/// Shows a region in the middle of the stage.
pub fn look_at(reading: &mut Reading, index: usize, shape: &RegionShape) {
    reading.selected = Some(index);
    reading.look_at_part(region::outline_of(shape).bounds());
}

impl Reading {
    /// The region looked at, as its place in the list.
    pub const fn selected(&self) -> Option<usize> {
        self.selected
    }
}
