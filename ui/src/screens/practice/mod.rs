//! Practice with projected threats: a clean scan, now and then with a threat in it, read with the usual tools, answered,
//! and then the truth. Every frame says that it is practice; nothing of it becomes an entry, counts in a figure or is
//! sent. What was answered belongs to the officer.

mod answer;
mod score;
mod told;

use egui::{CentralPanel, Frame, Margin, Panel, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};
use jiff::Timestamp;
use outpost_domain::{Bounds, Confidence, OfficerId, PracticeOutcome, PracticeResult, Projected};
use outpost_protocol::{PracticeCase, Practised, Problem};

use crate::design::card::card;
use crate::design::words::{paint_line, paragraph};
use crate::design::{
    Button, SPACE_L, SPACE_M, SPACE_S, Tone, Type, blank, icons, metrics, palette,
};
use crate::intent::Intent;
use crate::model::{Model, Remote};
use crate::moment::decimal;
use crate::radiograph::{self, Fetch, Mark, Outline, Practising, Region, Shown, Tool};
use crate::screens::inspection::Outcome;
use crate::screens::inspection::coming::taken;
use crate::screens::inspection::reading::{Reading, why_unseen};
use crate::screens::inspection::{measured, tools};
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// What an officer may want on this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The next scan.
    Next,
    /// To say how sure the answer is.
    Sure(Confidence),
    /// To answer that something is where it was marked.
    Something,
    /// To answer that nothing is there.
    Nothing,
    /// To look at the inspection that the scan belongs to.
    Open,
}

/// Width of the panel beside the image, points.
const SIDE: f32 = 340.0;
/// The frame around the page, points.
const FRAME: f32 = 4.0;
/// Half the side of the mark that a click leaves, points of the screen.
const CLICKED: f32 = 24.0;
/// The colour of practice: no lane, no hold and no agency's work has it on the dark page.
const COLOUR: Tone = Tone::Blue;

/// A scan that is practised on.
#[derive(Debug)]
struct Case {
    case: PracticeCase,
    fetch: Option<Fetch>,
    arrived: Option<Vec<u8>>,
    problem: Option<String>,
    /// Where the officer says that something is, pixels of the file.
    mark: Option<Rect>,
    confidence: Option<Confidence>,
    answered: Option<PracticeResult>,
}

/// What only this page knows.
#[derive(Debug, Default)]
pub struct Local {
    of: Option<OfficerId>,
    /// How the officer's practice stands.
    pub book: Remote<Practised>,
    /// The status' revision when that was asked for.
    asked: Option<u64>,
    /// Why no scan was dealt.
    pub undealt: Option<Problem>,
    reading: Reading,
    case: Option<Case>,
}

impl Local {
    /// Forgets what another officer saw.
    pub fn belong_to(&mut self, officer: Option<OfficerId>) {
        if self.of != officer {
            *self = Self {
                of: officer,
                ..Self::default()
            };
        }
    }

    /// Whether how practice stands is to be asked for: not while a scan is before the officer.
    pub fn is_stale(&self, revision: u64) -> bool {
        self.case.is_none() && self.asked != Some(revision)
    }

    /// Notes that it is asked for.
    pub fn asked_at(&mut self, revision: u64) {
        self.asked = Some(revision);
        if self.book == Remote::Unasked {
            self.book = Remote::Asked;
        }
    }

    /// Puts the scan away; one that was not answered does not count.
    pub fn leave(&mut self) {
        if self.case.is_some() || self.book != Remote::Unasked || self.undealt.is_some() {
            *self = Self {
                of: self.of,
                ..Self::default()
            };
        }
    }

    /// The scan before the next one.
    pub fn before(&self) -> Option<outpost_domain::BlobHash> {
        self.case.as_ref().map(|case| case.case.scan.blob)
    }

    /// Whether the next scan may be dealt: none is before the officer, or it is answered, or cannot be shown.
    pub fn may_deal(&self) -> bool {
        let here = self
            .book
            .here()
            .is_some_and(|book| !book.off && book.scans > 0);
        here && self.case.as_ref().is_none_or(|case| {
            case.answered.is_some()
                || case.problem.is_some()
                || matches!(self.reading.bench.shown(), Shown::Failed(_))
        })
    }

    /// Takes a scan that was dealt.
    pub fn dealt(&mut self, case: PracticeCase) {
        self.undealt = None;
        // Nothing of the scan before may be left to be answered on; the tool in hand stays in hand.
        let tool = self.reading.bench.tool;
        self.reading = Reading::default();
        self.reading.bench.tool = tool;
        self.case = Some(Case {
            fetch: Some(Fetch::new(case.scan.bytes)),
            arrived: None,
            problem: None,
            mark: None,
            confidence: None,
            answered: None,
            case,
        });
    }

    /// The next part of the scan that is to be asked for, as offset and length.
    pub fn ask(&mut self) -> Option<(outpost_domain::BlobHash, u64, u64)> {
        let case = self.case.as_mut()?;
        let (offset, length) = case.fetch.as_mut()?.ask()?;
        Some((case.case.scan.blob, offset, length))
    }

    /// Takes bytes of a scan.
    pub fn received(&mut self, blob: outpost_domain::BlobHash, outcome: Outcome) {
        let Some(case) = self.case.as_mut().filter(|c| c.case.scan.blob == blob) else {
            return;
        };
        let Some(done) = case.fetch.as_mut().and_then(|fetch| taken(fetch, outcome)) else {
            return;
        };
        case.fetch = None;
        match done {
            Ok(bytes) => case.arrived = Some(bytes),
            Err(problem) => case.problem = Some(problem),
        }
    }

    /// The inspection that the scan belongs to, once it is answered.
    pub fn inspection(&self) -> Option<outpost_domain::InspectionId> {
        let case = self.case.as_ref()?;
        case.answered.is_some().then_some(case.case.inspection)
    }

    /// Says how sure the answer is.
    pub fn sure(&mut self, confidence: Confidence) {
        if let Some(case) = self.case.as_mut().filter(|case| case.answered.is_none()) {
            case.confidence = Some(confidence);
        }
    }

    /// Answers; `None` when an answer cannot be given yet.
    pub fn answer(&mut self, something: bool, now: Timestamp) -> Option<PracticeResult> {
        if self.why_not(something).is_some() {
            return None;
        }
        let hidden = self.reading.bench.hidden();
        let case = self.case.as_mut()?;
        let result = PracticeResult {
            scan: case.case.scan.blob,
            projected: hidden.map(|hidden| Projected {
                what: hidden.what,
                place: Bounds {
                    x: hidden.place.x,
                    y: hidden.place.y,
                    width: hidden.place.width,
                    height: hidden.place.height,
                },
                thickness: hidden.thickness,
            }),
            marked: case.mark.filter(|_| something).map(bounds_of),
            confidence: case.confidence?,
            milliseconds: self.reading.milliseconds(),
            at: now,
        };
        case.answered = Some(result.clone());
        self.reading.rest();
        Some(result)
    }

    /// Why an answer cannot be given, as a Fluent key.
    fn why_not(&self, something: bool) -> Option<&'static str> {
        let Some(case) = self.case.as_ref().filter(|case| case.answered.is_none()) else {
            return Some("practice-no-scan");
        };
        if self.reading.bench.image().is_none() {
            Some("practice-no-scan")
        } else if something && case.mark.is_none() {
            Some("practice-mark-first")
        } else if case.confidence.is_none() {
            Some("practice-sure-first")
        } else {
            None
        }
    }

    /// Whether the picture on the stage is the one that is wanted; for tests.
    pub fn drawn(&self) -> bool {
        self.case.is_some() && self.reading.bench.settled()
    }
}

fn bounds_of(rect: Rect) -> Bounds {
    let whole = |length: f32| length.max(0.0) as u32;
    Bounds {
        x: whole(rect.left()),
        y: whole(rect.top()),
        width: whole(rect.width()).max(1),
        height: whole(rect.height()).max(1),
    }
}

fn rect_of(bounds: Bounds) -> Rect {
    Rect::from_min_size(
        Pos2::new(bounds.x as f32, bounds.y as f32),
        vec2(bounds.width as f32, bounds.height as f32),
    )
}

/// Shows the page.
pub fn show(ui: &mut Ui, local: &mut Local, model: &Model) -> Vec<Intent> {
    let mut intents = Vec::new();
    let p = palette(ui);
    let page = ui.available_rect_before_wrap();
    banner(ui, &mut intents);
    let margin = Margin::same(FRAME as i8);
    CentralPanel::default()
        .frame(Frame::new().fill(p.background).inner_margin(margin))
        .show(ui, |ui| {
            if local.case.is_some() {
                reading(ui, local, model, &mut intents);
            } else {
                start(ui, local, model, &mut intents);
            }
        });
    // Over everything that the page shows.
    ui.painter().rect_stroke(
        page,
        0,
        Stroke::new(FRAME, p.tone(COLOUR)),
        StrokeKind::Inside,
    );
    intents
}

/// The band that says on every frame what this is.
fn banner(ui: &mut Ui, intents: &mut Vec<Intent>) {
    let p = palette(ui);
    Panel::top("practice-banner")
        .exact_size(metrics(ui).control + SPACE_S)
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.tone(COLOUR))
                .inner_margin(Margin::symmetric(SPACE_L as i8, 0)),
        )
        .show(ui, |ui| {
            let rect = ui.available_rect_before_wrap();
            let leave = tr("practice-leave");
            let button = Button::secondary(&leave).key("Esc");
            let width = button.width(ui);
            let room = Rect::from_min_max(rect.min, rect.max - vec2(width + SPACE_M, 0.0));
            let words = format!("{} · {}", tr("practice-word"), tr("practice-banner"));
            paint_line(
                ui,
                room,
                egui::Align::Min,
                &words,
                Type::Strong,
                p.background,
            );
            ui.interact(
                room,
                egui::Id::unique("practice-banner"),
                egui::Sense::hover(),
            )
            .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Banner, true, &words));
            let place = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(place, |ui| {
                if ui.add(button).clicked() {
                    intents.push(Intent::Back);
                }
            });
        });
}

/// Before the first scan: what practice is, and how it went so far.
fn start(ui: &mut Ui, local: &Local, model: &Model, intents: &mut Vec<Intent>) {
    let book = match &local.book {
        Remote::Here(book) => book,
        Remote::Failed(problem) => {
            blank::failed(ui, &tr("practice-failed"), &tr_problem(problem), None);
            return;
        }
        Remote::Unasked | Remote::Asked => {
            blank::loading(ui, &tr("practice-loading"), &tr("agenda-loading-why"));
            return;
        }
    };
    if book.off {
        let (title, why) = (tr("practice-off"), tr("practice-off-why"));
        blank::empty(ui, icons::SCAN, &title, &why, None);
        return;
    }
    if book.scans == 0 && book.results.is_empty() {
        let (title, why) = (tr("practice-none"), tr("practice-none-why"));
        blank::empty(ui, icons::SCAN, &title, &why, None);
        return;
    }
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::same(SPACE_L as i8))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = SPACE_L;
                    begin(ui, local, book, intents);
                    score::cards(ui, book, model);
                });
        });
}

fn begin(ui: &mut Ui, local: &Local, book: &Practised, intents: &mut Vec<Intent>) {
    card(ui, &tr("practice-how-title"), |ui| {
        let p = palette(ui);
        paragraph(ui, tr("practice-how"), Type::Body, p.ink);
        let scans = [("n", book.scans.into())];
        paragraph(ui, tr_args("practice-scans", &scans), Type::Small, p.ink_2);
        if let Some(problem) = &local.undealt {
            paragraph(ui, tr_problem(problem), Type::Body, p.red);
        }
        let words = tr("practice-begin");
        let none = tr("practice-none");
        let why = (book.scans == 0).then_some(none.as_str());
        let button = Button::primary(&words).key("Enter").disabled_because(why);
        if ui.add(button).clicked() {
            intents.push(Intent::Practice(Wish::Next));
        }
    });
}

/// A scan before the officer: tools, image, answer.
fn reading(ui: &mut Ui, local: &mut Local, model: &Model, intents: &mut Vec<Intent>) {
    if let Some(case) = &mut local.case
        && let Some(bytes) = case.arrived.take()
    {
        let how = Practising {
            projects: case.case.projects,
            pitch_mm: case.case.scan.pitch_mm,
        };
        local.reading.bench.open_to_practise(ui.ctx(), bytes, how);
    }
    let bench = &mut local.reading.bench;
    bench.receive(ui.ctx());
    bench.mark = Mark::Box;
    bench.pitch_mm = bench.image().and_then(|image| image.pitch_mm);
    if !ui.ctx().text_edit_focused() && !ui.ctx().any_popup_open() {
        local.reading.keys(ui);
    }
    let about = about(local);
    tools::bar(&mut local.reading, ui, about);
    side(ui, local, model, intents);
    stage(ui, local, model, intents);
}

/// What may be told of the scan before the answer: its size.
fn about(local: &Local) -> String {
    let bench = &local.reading.bench;
    let size = bench.upright_size();
    let mut parts: Vec<String> = size
        .map(|(w, h)| format!("{w} × {h}"))
        .into_iter()
        .collect();
    parts.extend(
        bench
            .pitch_mm
            .map(|mm| format!("{} mm", decimal(f64::from(mm), 1))),
    );
    parts.join(" · ")
}

fn side(ui: &mut Ui, local: &mut Local, model: &Model, intents: &mut Vec<Intent>) {
    let p = palette(ui);
    Panel::right("practice-side")
        .exact_size(SIDE)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.background))
        .show(ui, |ui| {
            answer::panel(ui, local, model, intents);
            egui::ScrollArea::vertical()
                .id_salt("practice-side")
                .auto_shrink(false)
                .show(ui, |ui| {
                    Frame::new()
                        .inner_margin(Margin::same(SPACE_L as i8))
                        .show(ui, |ui| {
                            ui.spacing_mut().item_spacing.y = SPACE_L;
                            cards(ui, local);
                        });
                });
        });
}

fn cards(ui: &mut Ui, local: &mut Local) {
    let seen = local.reading.bench.image().is_some();
    if seen {
        measured::line(&mut local.reading, ui, &tr("practice-word"));
        tools::cards(&mut local.reading, ui);
    }
    if let Some(case) = &local.case {
        card(ui, &tr("practice-declared"), |ui| {
            let p = palette(ui);
            paragraph(ui, &case.case.goods, Type::Strong, p.ink);
        });
    }
    if seen {
        measured::inside(&mut local.reading, ui, &tr("practice-word"));
        tools::look(&mut local.reading, ui);
    }
}

fn stage(ui: &mut Ui, local: &mut Local, model: &Model, intents: &mut Vec<Intent>) {
    let p = palette(ui);
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0, p.stage);
    let Some(case) = &local.case else { return };
    let another = tr("practice-next");
    let act = || Some(Button::secondary(&another).key("Enter"));
    let pressed = match local.reading.bench.shown() {
        Shown::Image => {
            image(ui, local, model);
            None
        }
        Shown::Failed(error) => {
            blank::failed(ui, &tr("radiograph-failed"), &why_unseen(error), act())
        }
        Shown::Nothing if case.problem.is_some() => {
            let why = case.problem.clone().unwrap_or_default();
            blank::failed(ui, &tr("radiograph-unfetched"), &why, act())
        }
        Shown::Decoding | Shown::Nothing => {
            blank::loading(ui, &tr("practice-fetching"), &tr("radiograph-decoding-why"));
            None
        }
    };
    if pressed.is_some_and(|button| button.clicked()) {
        intents.push(Intent::Practice(Wish::Next));
    }
}

fn image(ui: &mut Ui, local: &mut Local, model: &Model) {
    let open = local
        .case
        .as_ref()
        .is_some_and(|case| case.answered.is_none());
    if open {
        local.reading.look(model.now);
    }
    let regions = regions(local);
    let reading = &mut local.reading;
    let measured = local
        .case
        .as_ref()
        .and_then(|case| case.mark)
        .map(Outline::Box);
    let measured = measured.map(|outline| reading.bench.seen(&outline));
    reading
        .bench
        .measure_inside(measured.as_ref().and_then(Outline::area));
    let names = [tr("practice-name"), tr("practice-name")];
    let drawn = radiograph::canvas(
        ui,
        &mut reading.bench,
        &regions,
        &tr("practice-name"),
        [&names[0], &names[1]],
    );
    let Some(stage) = drawn.stage else { return };
    reading.stands_on(stage);
    if reading.bench.comparing.stages(stage).1.is_none() {
        radiograph::overview(ui, &mut reading.bench, stage, &tr("radiograph-map"));
    }
    if let Some(pixel) = drawn.pixel {
        radiograph::readout(ui, stage, &tools::readout(&reading.bench, pixel));
    }
    word(ui, stage);
    tools::notes(reading, ui, stage);
    let marked = drawn.region.or_else(|| {
        let pixel = drawn
            .pointed
            .filter(|_| reading.bench.tool == Tool::Region)?;
        let zoom = reading.bench.viewport.map_or(1.0, |viewport| viewport.zoom);
        let whole = Rect::from_min_size(Pos2::ZERO, reading.bench.size());
        let around = Rect::from_center_size(pixel, vec2(2.0, 2.0) * CLICKED / zoom);
        whole
            .contains(pixel)
            .then(|| Outline::Box(around.intersect(whole)))
    });
    if let Some(outline) = marked.filter(|_| open) {
        let place = reading.bench.recorded(&outline).bounds();
        if let Some(case) = &mut local.case {
            case.mark = Some(place);
        }
    }
}

/// The word at the upper left of the picture, so that no cut-out of the screen passes for a real one.
fn word(ui: &Ui, stage: Rect) {
    let p = palette(ui);
    let row = Rect::from_min_size(
        stage.min + vec2(SPACE_L, SPACE_S),
        vec2(stage.width() - 2.0 * SPACE_L, 2.0 * SPACE_L),
    );
    let ink = p.tone(COLOUR).gamma_multiply(0.7);
    paint_line(
        ui,
        row,
        egui::Align::Min,
        &tr("practice-word"),
        Type::Hero,
        ink,
    );
}

/// The officer's mark; after the answer the truth too.
fn regions(local: &Local) -> Vec<Region> {
    let Some(case) = &local.case else {
        return Vec::new();
    };
    let bench = &local.reading.bench;
    let region = |rect: Rect, label: String, tone: Tone, selected: bool| Region {
        outline: bench.seen(&Outline::Box(rect)),
        label,
        tone,
        selected,
        offered: false,
    };
    let answered = case.answered.as_ref();
    let marked = match answered {
        Some(result) => result.marked.map(rect_of),
        None => case.mark,
    };
    // On a hit the two lie over each other, and so would their words.
    let hit = answered.is_some_and(|result| result.outcome() == PracticeOutcome::Hit);
    let label = if hit {
        String::new()
    } else {
        tr("practice-your-mark")
    };
    let own = marked.map(|rect| region(rect, label, Tone::Accent, false));
    let truth = answered.and_then(|result| {
        let projected = result.projected?;
        let label = tr_code("threat", projected.what);
        let tone = told::tone(result.outcome());
        Some(region(rect_of(projected.place), label, tone, true))
    });
    own.into_iter().chain(truth).collect()
}
